"""A grootboek taken to another database, from a file to a server or back: the same lines and seal.

All that belongs to it is copied in one transaction and verified there before that is committed: its
lines with their positions, moments and hashes, references and command ids, the vault as it is
encrypted, and the log of who read what. The tables of balances are folded anew where it comes.

What was recorded elsewhere in its name keeps its meaning: the id of the grootboek comes along, so
checkpoints, proofs and references of answers hold as they did. The key of the vault stays the same.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from itertools import islice
from typing import Any, Final

from attrs import frozen
from sqlalchemy import Connection, Engine, Select, Table, func, insert, select

from rekenschap.application.errors import Incorrect, Onbeschikbaar
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.migrations.ready import create_schema, refuse_older
from rekenschap.infrastructure.migrations.revisions import stand_of
from rekenschap.infrastructure.store.beside import Beside, Totals
from rekenschap.infrastructure.store.engine import (
    for_reading,
    for_writing,
    is_memory,
    make_engine,
    make_reading_engine,
)
from rekenschap.infrastructure.store.faults import transaction
from rekenschap.infrastructure.store.lines import SqlLines, end_of
from rekenschap.infrastructure.store.log import SqlLog
from rekenschap.infrastructure.store.names import checked_name
from rekenschap.infrastructure.store.queries import Ledger
from rekenschap.infrastructure.store.reading import known_ledger
from rekenschap.infrastructure.store.schema import (
    commands,
    event_references,
    events,
    ledgers,
    wait_for_turn,
)
from rekenschap.infrastructure.store.seal import verify_rows
from rekenschap.infrastructure.store.unit import SqlUnitOfWork
from rekenschap.infrastructure.store.vault_tables import CHECK, run, vault_metadata
from rekenschap.infrastructure.traces import traces
from rekenschap.projections.writing import look_at

Progress = Callable[[int, int], None]
"""Told now and then: how many lines are copied, and of how many."""

_AT_ONCE: Final = 2_000
_OF_THE_LOG: Final = (events, event_references, commands)


@frozen
class Verhuisd:
    """What was moved: how many lines, all verified in the new place, and the hash of the last."""

    grootboek: str
    regels: int
    hash: str


def verhuis(van: str, naar: str, *, grootboek: str, voortgang: Progress | None = None) -> Verhuisd:
    """Copy a grootboek to a database where it is not yet; the old one is left as it is.

    Nobody may use it meanwhile, not even to read what is logged: then Onbeschikbaar, as far as that
    is seen, for the old one cannot be locked. Raises Incorrect for a grootboek that is not in
    ``van``, or that is in ``naar`` already by its name or id; Broken, with the position, when what
    was copied does not verify. After any error nothing of it is in ``naar``.
    """
    name = checked_name(grootboek)
    with _disposed(make_reading_engine(van, name)) as source:
        here = _there(source, name)
        with _disposed(make_engine(naar, name)) as target:
            if is_memory(target):
                raise Incorrect("naar", naar, "a database that stays: a file or a server")
            create_schema(target)
            moved = _moved(source, target, here, voortgang)
            with suppress(Onbeschikbaar), transaction(for_writing(target)) as new:
                look_at(new, (*_OF_THE_LOG, *vault_metadata.sorted_tables))
            return moved


def _there(source: Engine, name: str) -> Ledger:
    """The grootboek in the old place, at the revision of this program."""
    with transaction(for_reading(source)) as old:
        found = known_ledger(old, name)
        refuse_older(stand_of(old))
    return found


def _moved(source: Engine, target: Engine, here: Ledger, progress: Progress | None) -> Verhuisd:
    """One transaction in the new place; the view of the old one ends once all is copied."""
    with transaction(for_writing(target)) as new:
        wait_for_turn(new)
        with transaction(for_reading(source)) as old:
            there = _made(new, old, here)
            try:
                _copy_all(old, new, here, there, progress)
            except Exception:
                _verified(old, here)  # where it is damaged, if that is why
                raise
        done = _verified(new, there)
        with transaction(for_reading(source)) as old:
            if _extent(old, here) != _extent(new, there):
                raise Onbeschikbaar("the grootboek was used while it moved: nothing moved")
    return done


@contextmanager
def _disposed(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()


def _made(new: Connection, old: Connection, here: Ledger) -> Ledger:
    """The grootboek in the new place, with its head; its small number is of that database."""
    same = (ledgers.c.name == here.name) | (ledgers.c.id == here.id)
    if new.execute(select(ledgers.c.name).where(same)).first() is not None:
        allowed = "a database without this grootboek: it is there already"
        raise Incorrect("naar", here.name, allowed)
    row = old.execute(select(ledgers).where(ledgers.c.ledger == here.key)).mappings().one()
    values = {name: value for name, value in row.items() if name != "ledger"}
    key = new.execute(insert(ledgers).values(values).returning(ledgers.c.ledger)).scalar_one()
    return Ledger(key=key, id=here.id, name=here.name)


def _copy_all(
    old: Connection, new: Connection, here: Ledger, there: Ledger, progress: Progress | None
) -> None:
    total, count = _position(old, here), 0
    for table in _OF_THE_LOG:
        for copied in _copy(old, new, table, here.key, lambda row: {**row, "ledger": there.key}):
            count += copied
            if progress is not None and table is events:
                progress(count, total)
    for table in vault_metadata.sorted_tables:
        for _ in _copy(old, new, table, here.id, _without_number):
            pass


def _without_number(row: dict[str, Any]) -> dict[str, Any]:
    """Of the reading log: its numbers are those of a database, which many grootboeken share."""
    return {name: value for name, value in row.items() if name != "number"}


def _copy(
    old: Connection,
    new: Connection,
    table: Table,
    key: int | str,
    put: Callable[[dict[str, Any]], dict[str, Any]],
) -> Iterator[int]:
    """Every row of a table that is of the grootboek, as it is put there; how many at a time."""
    wanted = select(table).where(table.c.ledger == key).order_by(*table.primary_key)
    for rows in _chunks(old, wanted):
        new.execute(insert(table), [put(row) for row in rows])
        yield len(rows)


def _chunks(connection: Connection, wanted: Select[Any]) -> Iterator[list[dict[str, Any]]]:
    found = connection.execute(wanted, execution_options={"yield_per": _AT_ONCE}).mappings()
    while rows := [dict(one) for one in islice(found, _AT_ONCE)]:
        yield rows


def _position(connection: Connection, ledger: Ledger) -> int:
    wanted = select(ledgers.c.position).where(ledgers.c.ledger == ledger.key)
    return int(connection.execute(wanted).scalar_one())


def _extent(connection: Connection, ledger: Ledger) -> tuple[Any, ...]:
    """Where it ends, how much there is in its vault and of who read what, and under which key."""
    head = select(ledgers.c.position, ledgers.c.hash).where(ledgers.c.ledger == ledger.key)
    counts = [
        connection.execute(
            select(func.count()).select_from(table).where(table.c.ledger == ledger.id)
        ).scalar_one()
        for table in vault_metadata.sorted_tables
    ]
    key_check = run(connection, CHECK, ledger=ledger.id).scalar()
    return (*connection.execute(head).one(), *counts, key_check)


def _verified(connection: Connection, ledger: Ledger) -> Verhuisd:
    """The copy, read back before it is committed: the chain and the tables beside the lines."""
    log = SqlLog(connection, ledger, SystemClock(), writing=False)
    unit = SqlUnitOfWork(connection, ledger, log, _no_vault)
    try:
        end = end_of(unit)
        beside = Beside(ledger, traces)
        lines = SqlLines(lambda: nullcontext(unit), ledger)
        rows = lines.raw(None, end.head.position, beside=beside)
        count = verify_rows(rows, ledger.id, end.head, end.last)
        beside.ended(count)
        Totals.counted(connection, ledger).check(connection, traces, count, beside.seen)
    finally:
        log.close()
    return Verhuisd(ledger.name, count, end.head.hash.hex())


def _no_vault(*_: object) -> Any:
    raise RuntimeError("nothing in the vault is read: it moves as it is encrypted")
