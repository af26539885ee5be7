"""The store a front door works on: it logs what is read, and finishes what an erasure began."""

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, Engine

from rekenschap.application.controlepunt import Controlepunt
from rekenschap.application.errors import Gesloten
from rekenschap.application.inzage import ASKED, Vraag
from rekenschap.application.kluis import Wissing, Wissingen
from rekenschap.application.ports import Clock
from rekenschap.infrastructure.store.aftermath import Aftermath
from rekenschap.infrastructure.store.keys import HostKey
from rekenschap.infrastructure.store.leeslog import Leeslog, engine_beside
from rekenschap.infrastructure.store.store import SqlStore
from rekenschap.infrastructure.store.unit import SqlUnitOfWork
from rekenschap.infrastructure.store.vault import Lookup, SqlVault
from rekenschap.infrastructure.traces import traces

Recorded = Callable[[SqlStore, int], Iterable[tuple[int, Wissing]]]
"""The erasures that the log of a store holds above a position, each with its own."""


class Noting(Protocol):
    """Where the lines of the reading log go."""

    def note(self, asked: Vraag, persons: Collection[str], *, granted: bool) -> None: ...


class GuardedStore(SqlStore):
    """The store of one block: when that ends, no unit of work begins any more.

    After a commit it does what an erasure leaves to be done; what a question read of persons is
    logged before the question is answered.
    """

    closed = False
    verified: tuple[int, datetime] | None = None
    """Up to where the chain was last verified here, and when."""
    aftermath: Aftermath
    leeslog: Noting

    @contextmanager
    def writing(self) -> Iterator[SqlUnitOfWork]:
        self._check_open()
        with super().writing() as unit:
            yield unit
        self.aftermath.follow_up()

    def reading(self) -> AbstractContextManager[SqlUnitOfWork]:
        self._check_open()
        asked = ASKED.get()
        if asked is None or self.inside:
            return super().reading()
        return self._logged(asked, super().reading())

    @contextmanager
    def _logged(
        self, asked: Vraag, view: AbstractContextManager[SqlUnitOfWork]
    ) -> Iterator[SqlUnitOfWork]:
        """Logged when the view has ended: inside it nothing can be written."""
        persons: Collection[str] = ()
        granted = False
        try:
            with view as unit:
                try:
                    yield unit
                finally:
                    persons = unit.read
            granted = True
        finally:
            self.note_read(asked, persons, granted=granted)

    def note_read(self, asked: Vraag, persons: Collection[str], *, granted: bool) -> None:
        """Log of whom was read, once per question; that it failed is logged of all of them."""
        new = set(persons) - asked.gelezen if granted else persons
        if new:
            with self.one_writer():
                self.leeslog.note(asked, new, granted=granted)
            if granted:
                asked.gelezen.update(new)

    def verify(
        self,
        progress: Callable[[int], None] | None = None,
        *,
        tegen: Sequence[Controlepunt] = (),
        alleen_keten: bool = False,
    ) -> int:
        count = super().verify(progress, tegen=tegen, alleen_keten=alleen_keten)
        self.verified = (count, self.clock.now())
        return count

    def _check_open(self) -> None:
        if self.closed:
            raise Gesloten(self.grootboek)


@contextmanager
def guarded_store(
    engine: Engine,
    grootboek: str,
    clock: Clock,
    key: HostKey,
    *,
    register: Wissingen | None,
    recorded: Recorded,
) -> Iterator[GuardedStore]:
    """The store of a block, with its vault, its reading log and what follows an erasure."""
    persons: dict[Lookup, str] = {}

    def vault(connection: Connection, ledger: str) -> SqlVault:
        return SqlVault(connection, ledger, key, persons, aftermath.erased)

    store = GuardedStore(engine, grootboek, clock=clock, vault_factory=vault, traces=traces)
    aftermath = store.aftermath = Aftermath(engine, register, lambda after: recorded(store, after))
    beside = engine_beside(engine, grootboek)
    fresh = functools.partial(SqlVault, key=key)
    store.leeslog = Leeslog(beside, store.ledger.id, clock, fresh)
    try:
        yield store
    finally:
        store.closed = True
        beside.dispose()
