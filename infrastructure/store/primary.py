"""The database that a replica follows, as far as who reads the replica needs it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Engine, select

from rekenschap.application.errors import Incorrect, Onbeschikbaar
from rekenschap.application.inzage import Inzage, Leesregister, Vraag
from rekenschap.application.ports import Clock
from rekenschap.domain.vocabulary import Rol
from rekenschap.infrastructure.store.engine import for_reading, make_engine
from rekenschap.infrastructure.store.faults import transaction
from rekenschap.infrastructure.store.leeslog import Leeslog, engine_beside
from rekenschap.infrastructure.store.queries import Ledger
from rekenschap.infrastructure.store.schema import ledgers
from rekenschap.infrastructure.store.unit import VaultFactory


class Primary:
    """One grootboek at its primary: how far it is there, and the reading log that is kept there.

    Nothing is asked of it before it is needed: what does not need it is answered while it is down.
    """

    def __init__(self, url: str, ledger: Ledger, clock: Clock, vault: VaultFactory) -> None:
        self._engine: Engine = make_engine(url, ledger.name)
        self._beside = engine_beside(self._engine, ledger.name)
        self._leeslog = Leeslog(self._beside, ledger.id, clock, vault)
        self._ledger = ledger
        self._known = False

    def position(self) -> int | None:
        """The last position there; None when it cannot be reached. Raises Incorrect when this is
        not the database the replica was made of."""
        try:
            with transaction(for_reading(self._engine)) as connection:
                return self._position(connection)
        except Onbeschikbaar:
            return None

    def note(self, asked: Vraag, persons: Collection[str], *, granted: bool) -> None:
        """Lines of the reading log. Raises Onbeschikbaar when they cannot be written."""
        if not self._known:
            with transaction(for_reading(self._engine)) as connection:
                self._position(connection)
        self._leeslog.note(asked, persons, granted=granted)

    def close(self) -> None:
        self._beside.dispose()
        self._engine.dispose()

    def _position(self, connection: Connection) -> int:
        wanted = select(ledgers.c.position).where(ledgers.c.id == self._ledger.id)
        found: Any = None
        if connection.dialect.has_table(connection, ledgers.name):
            found = connection.execute(wanted).scalar()
        if found is None:
            allowed = "the URL of the database that this one is a copy of"
            raise Incorrect("primair", None, allowed, secret=True)
        self._known = True
        return int(found)


class OwnLog:
    """The reading log of a host itself: it gets the lines, with the host's id of who reads."""

    def __init__(self, register: Leesregister, clock: Clock) -> None:
        self._register = register
        self._clock = clock

    def note(self, asked: Vraag, persons: Collection[str], *, granted: bool) -> None:
        who = asked.lezer.wie
        self._register.noteer(
            [
                Inzage(
                    betrokkene=person,
                    gelezen_op=self._clock.now(),
                    lezer=None if who is None else who.id,
                    rol=None if who is None else Rol(who.rol),
                    namens=None if who is None else who.namens,
                    doel=asked.lezer.doel,
                    vraag=asked.naam,
                    toegekend=granted,
                )
                for person in sorted(persons)
            ]
        )


class NoLog:
    """Nowhere to log what is read: then nothing of persons is told."""

    def note(self, asked: Vraag, persons: Collection[str], *, granted: bool) -> None:
        if granted and persons:
            allowed = (
                "where it is logged that persons are read: nothing can be written here, so give "
                "primair=… (the URL of the primary) or leeslog=… (a log of your own)"
            )
            raise Incorrect("leeslog", None, allowed)
