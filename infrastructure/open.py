"""open_grootboek: the one place that puts the parts together."""

import functools
import os
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection, Engine

from rekenschap.application.commands import Actor, VoerRegelingIn
from rekenschap.application.errors import Gesloten
from rekenschap.application.kluis import Wissingen
from rekenschap.application.lezen import ASKED, Vraag
from rekenschap.application.ports import Clock
from rekenschap.application.rekenschap import Rekenschap
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.codec import JsonCodec
from rekenschap.infrastructure.erasures import SYSTEM, erase_again, record_again, recorded
from rekenschap.infrastructure.regelingen import YamlRegelingen
from rekenschap.infrastructure.store.aftermath import Aftermath
from rekenschap.infrastructure.store.engine import make_engine
from rekenschap.infrastructure.store.keys import HostKey, key_for
from rekenschap.infrastructure.store.leeslog import Leeslog, engine_beside
from rekenschap.infrastructure.store.schema import create_schema
from rekenschap.infrastructure.store.store import SqlStore, SqlUnitOfWork
from rekenschap.infrastructure.store.vault import Lookup, SqlVault, check_key
from rekenschap.infrastructure.store.vault_tables import vault_metadata
from rekenschap.infrastructure.store.wissingen import register_of
from rekenschap.infrastructure.traces import traces
from rekenschap.projections.leesmodel import SqlLeesmodel
from rekenschap.projections.schema import projection_metadata

HUISREGELS = "huisregels"


class _Store(SqlStore):
    """The store of one block: when that ends, no unit of work begins any more.

    After a commit it does what an erasure leaves to be done; what a question read of persons is
    logged before the question is answered.
    """

    closed = False
    aftermath: Aftermath | None = None
    leeslog: Leeslog | None = None

    @contextmanager
    def writing(self) -> Iterator[SqlUnitOfWork]:
        self._check_open()
        with super().writing() as unit:
            yield unit
        if self.aftermath is not None:
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
            if persons and self.leeslog is not None:
                with self.one_writer():
                    self.leeslog.note(asked, persons, granted=granted)

    def _check_open(self) -> None:
        if self.closed:
            raise Gesloten(self.grootboek)


@contextmanager
def open_grootboek(
    url: str,
    *,
    grootboek: str,
    sleutel: bytes | str | os.PathLike[str] | None = None,
    clock: Clock | None = None,
    wissingen: str | os.PathLike[str] | Wissingen | None = None,
    lezer: Actor | None = None,
    doel: str | None = None,
) -> Iterator[Rekenschap]:
    """Open a grootboek in a database, making what is not there yet.

    ``url`` is ``sqlite:///file.db``, ``sqlite://`` (in memory) or ``postgresql://…``. ``grootboek``
    names the ledger in it; one that is opened can neither read nor write another. ``sleutel`` is
    the host's key of the vault: 32 bytes or the path of a key file; a SQLite file has one made
    beside it. ``wissingen`` is the register of erasures, kept apart from the database: the path
    of a file, or one of your own; what a restored database does not know is erased again from it.
    ``lezer`` and ``doel`` say who asks the questions and what for, as ``namens`` does. After the
    block every request and question raises Gesloten.
    Raises Incorrect naming what is wrong, Onbeschikbaar when the store cannot be reached.
    """
    key, register = key_for(url, sleutel), register_of(wissingen)
    engine = make_engine(url)
    try:
        create_schema(engine, vault_metadata, projection_metadata)
        store = _store(engine, grootboek, clock or SystemClock(), key, register)
        with store.writing() as unit:
            check_key(unit.connection, store.ledger.id, key)
            new = unit.log.head().position == 0
        codec = JsonCodec()
        leesmodel = SqlLeesmodel(store, store.ledger.key, codec.decode)
        rekenschap = Rekenschap(store, codec, YamlRegelingen(), leesmodel)
        if new:
            _introduce_house_rules(rekenschap, store.clock)
        _erase_again(store, rekenschap, register)
        try:
            with _reading_log(store, key):
                yield rekenschap if lezer is None else rekenschap.namens(lezer, doel=doel)
        finally:
            store.closed = True
    finally:
        engine.dispose()


def _store(
    engine: Engine, grootboek: str, clock: Clock, key: HostKey, register: Wissingen | None
) -> _Store:
    persons: dict[Lookup, str] = {}
    aftermath = Aftermath(engine, register, lambda: recorded(store))

    def vault(connection: Connection, ledger: str) -> SqlVault:
        return SqlVault(connection, ledger, key, persons, aftermath.erased)

    store = _Store(engine, grootboek, clock=clock, vault_factory=vault, traces=traces)
    store.aftermath = aftermath
    return store


@contextmanager
def _reading_log(store: _Store, key: HostKey) -> Iterator[None]:
    """The reading log, on connections of its own that are closed at the end."""
    beside = engine_beside(store.engine)
    fresh = functools.partial(SqlVault, key=key)
    store.leeslog = Leeslog(beside, store.ledger.id, store.clock, fresh)
    try:
        yield
    finally:
        beside.dispose()


def _erase_again(store: _Store, rekenschap: Rekenschap, register: Wissingen | None) -> None:
    """The log, the vault and the register outside agree on who was erased."""
    erase_again(store)
    if register is not None:
        record_again(store, rekenschap, register)
    assert store.aftermath is not None
    store.aftermath.note_recorded()


def _introduce_house_rules(rekenschap: Rekenschap, clock: Clock) -> None:
    """The ledger's own rules are in it from the first line on; two openers record them once."""
    rekenschap.execute(
        VoerRegelingIn(
            command_id="rekenschap-huisregels-1",
            actor=SYSTEM,
            datum=amsterdam_day(clock.now()),
            tekst=HUISREGELS,
        )
    )
