"""The reading log: written in a transaction of its own, before the answer is handed out.

It holds references, never the host's id of anybody. On SQLite its commit is not flushed to disk by
itself: the next decision does that. A crash of the process loses no line; a power cut can lose the
last ones.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.exc import DBAPIError

from rekenschap.application.commands import Actor
from rekenschap.application.errors import Onbeschikbaar
from rekenschap.application.inzage import Inzage, Vraag
from rekenschap.application.kluis import Vault
from rekenschap.application.ports import Clock
from rekenschap.domain.vocabulary import Rol
from rekenschap.infrastructure.store.engine import for_writing, is_memory, make_engine
from rekenschap.infrastructure.store.faults import transaction
from rekenschap.infrastructure.store.seal import from_microseconds, to_microseconds
from rekenschap.infrastructure.store.unit import VaultFactory
from rekenschap.infrastructure.store.vault_tables import NOTE, run_rows, vault_reads


def engine_beside(engine: Engine, grootboek: str) -> Engine:
    """An engine for the reading log on the same database, whose commits wait for no disk."""
    if is_memory(engine):
        return engine
    beside = make_engine(engine.url.render_as_string(hide_password=False), grootboek)
    lazily = "PRAGMA synchronous = NORMAL"
    if beside.dialect.name == "postgresql":
        lazily = "SET synchronous_commit = off"

    def prepare(connection: Any, _record: object) -> None:
        connection.execute(lazily)
        if beside.dialect.name == "postgresql":
            connection.commit()

    event.listen(beside, "connect", prepare)
    return beside


class Leeslog:
    """The reading log of one grootboek. ``vault`` makes one that remembers nothing."""

    def __init__(self, engine: Engine, ledger: str, clock: Clock, vault: VaultFactory) -> None:
        self._engine = for_writing(engine)
        self._ledger = ledger
        self._clock = clock
        self._vault = vault

    def note(self, asked: Vraag, persons: Collection[str], *, granted: bool) -> None:
        """One line per person, in one write. Raises Onbeschikbaar when it cannot be written."""
        line = {
            "ledger": self._ledger,
            "read_at": to_microseconds(self._clock.now()),
            "purpose": asked.lezer.doel,
            "question": asked.naam,
            "granted": granted,
        }
        try:
            with transaction(self._engine) as connection:
                line |= self._reader(connection, asked.lezer.wie)
                rows = [{**line, "person": person} for person in sorted(persons)]
                run_rows(connection, NOTE, rows)
        except DBAPIError as error:
            raise Onbeschikbaar("what was read cannot be logged, so it is not told") from error

    def _reader(self, connection: Connection, who: Actor | None) -> dict[str, str | None]:
        if who is None:
            return {"reader": None, "role": None, "on_behalf": None}
        vault = self._vault(connection, self._ledger)
        return {
            "reader": _known(vault, who.id),
            "role": Rol(who.rol).value,
            "on_behalf": None if who.namens is None else _known(vault, who.namens),
        }


def _known(vault: Vault, host_id: str) -> str:
    """Looked up before it is made: making writes a row, also where there is one."""
    return vault.find("persoon", host_id) or vault.reference("persoon", host_id)


def reads_of(
    connection: Connection, ledger: str, vault: Vault, person: str, after: int, limit: int
) -> list[tuple[int, Inzage]]:
    """The lines about one person above a number, in order."""
    reads = vault_reads.c
    query = (
        select(vault_reads)
        .where(reads.ledger == ledger, reads.person == person, reads.number > after)
        .order_by(reads.number)
        .limit(limit)
    )
    return [(row.number, _line(row, vault)) for row in connection.execute(query)]


def _line(row: Any, vault: Vault) -> Inzage:
    return Inzage(
        betrokkene=row.person,
        gelezen_op=from_microseconds(row.read_at),
        lezer=None if row.reader is None else vault.host_id(row.reader),
        rol=None if row.role is None else Rol(row.role),
        namens=None if row.on_behalf is None else vault.host_id(row.on_behalf),
        doel=row.purpose,
        vraag=row.question,
        toegekend=row.granted,
    )
