"""Tables of balances and history of one's own, in a SQLite file, folded from a log that is read.

A database that cannot be written has the tables that came with it, which may be behind its log:
they are then folded here instead. They hold no personal data, and can be thrown away.
"""

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, NoReturn, Protocol

from attrs import frozen
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    delete,
    insert,
    inspect,
    select,
    update,
)

from rekenschap.application.errors import Incorrect
from rekenschap.application.herbouw import Herbouw, Voortgang
from rekenschap.application.parallel import Gevouwen
from rekenschap.application.ports import Log, Vault
from rekenschap.infrastructure.store.engine import for_reading, for_writing, make_engine
from rekenschap.infrastructure.store.faults import transaction
from rekenschap.infrastructure.store.lag import folded_to
from rekenschap.infrastructure.store.queries import Ledger
from rekenschap.infrastructure.store.unit import SqlUnitOfWork
from rekenschap.projections.leesmodel import SqlLeesmodel
from rekenschap.projections.omtrek import Addition, Outline
from rekenschap.projections.projector import Decode
from rekenschap.projections.schema import projection_metadata
from rekenschap.projections.units import SqlUnits

_metadata = MetaData()

# Whose tables these are, and the line they reach: of another log they would be nonsense.
_folded_from = Table(
    "folded_from",
    _metadata,
    Column("ledger", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)


class Reading(Protocol):
    """Where views of the log come from."""

    def reading(self) -> AbstractContextManager[SqlUnitOfWork]: ...


@frozen
class TablesUnit:
    """A view of the log, beside a transaction on the tables."""

    log: Log
    vault: Vault
    connection: Connection

    @property
    def tables(self) -> Connection:
        return self.connection


class OwnTables:
    """The tables of one grootboek in a file; without a path in one that is gone at ``close``.

    With a path they are always used, without one only where those of the database are behind. The
    file is made when it is first needed. Raises Incorrect for tables of another grootboek.
    """

    def __init__(self, store: Reading, ledger: Ledger, path: str | os.PathLike[str] | None) -> None:
        self._store = store
        self._ledger = ledger
        self.always = path is not None
        self._path = path
        self._made: Engine | None = None
        self._turn = threading.Lock()
        self._closing = ExitStack()

    @property
    def file(self) -> Path | None:
        """The file that is always used, made or not; None without one."""
        return None if self._path is None else Path(self._path).absolute()

    @contextmanager
    def beside(self, unit: SqlUnitOfWork) -> Iterator[SqlUnitOfWork]:
        """The unit of work with the tables its questions are answered from, chosen when first
        asked for: one choice, and one moment, for the whole of the unit."""
        found: list[Connection] = []
        with ExitStack() as stack:

            def tables() -> Connection:
                if not found:
                    own = None if self._level(unit) else self.view()
                    found.append(unit.connection if own is None else stack.enter_context(own))
                return found[0]

            unit.elsewhere = tables
            yield unit

    @contextmanager
    def reading(self) -> Iterator[TablesUnit]:
        """As the projector reads."""
        with self._store.reading() as unit, self.view() as tables:
            yield TablesUnit(unit.log, unit.vault, tables)

    @contextmanager
    def writing(self) -> Iterator[TablesUnit]:
        """As the projector writes: the log is only read."""
        with self._store.reading() as unit, transaction(for_writing(self._engine())) as tables:
            self._hold_against(unit.log, tables)
            yield TablesUnit(unit.log, unit.vault, tables)
            self._note(unit.log, tables)

    @property
    def of_the_database(self) -> "OfTheDatabase":
        """The tables that somebody else keeps."""
        return OfTheDatabase(self._store)

    def view(self) -> AbstractContextManager[Connection]:
        """One moment of the tables."""
        return transaction(for_reading(self._engine()))

    def close(self) -> None:
        self._closing.close()

    def _level(self, unit: SqlUnitOfWork) -> bool:
        if self.always:
            return False
        return folded_to(unit.connection, self._ledger.key) == unit.log.head().position

    def _engine(self) -> Engine:
        with self._turn:
            if self._made is None:
                self._made = self._opened()
            return self._made

    def _opened(self) -> Engine:
        path = self._path
        if path is None:
            made = tempfile.TemporaryDirectory(prefix="rekenschap-", ignore_cleanup_errors=True)
            path = Path(self._closing.enter_context(made)) / "standen.db"
        engine = make_engine(f"sqlite:///{Path(path).absolute()}")
        self._closing.callback(engine.dispose)
        with transaction(for_writing(engine)) as connection:
            self._in_shape(connection, path)
            found = connection.execute(self._mine(select(_folded_from.c.id))).scalar()
            if found not in (None, self._ledger.id):
                raise _another(path)
            if found is None:
                row = {"ledger": self._ledger.key, "id": self._ledger.id, "position": 0}
                connection.execute(insert(_folded_from), {**row, "hash": b""})
        return engine

    def _in_shape(self, connection: Connection, path: str | os.PathLike[str]) -> None:
        """Make the tables; those that another release made with other columns are made anew.

        Raises Incorrect, and drops nothing, where they are not known to be ours.
        """
        unfit = [it for it in (_metadata, projection_metadata) if not _fits(connection, it)]
        if unfit:
            if not inspect(connection).has_table(_folded_from.name):
                raise _another(path)
            if _metadata not in unfit:
                found = connection.execute(self._mine(select(_folded_from.c.id))).scalar()
                if found != self._ledger.id:
                    raise _another(path)
        for metadata in unfit:
            metadata.drop_all(connection)
        for metadata in (_metadata, projection_metadata):
            metadata.create_all(connection, checkfirst=True)

    def _hold_against(self, log: Log, tables: Connection) -> None:
        """Tables that were folded from lines that are no longer there are folded anew."""
        wanted = self._mine(select(_folded_from.c.position, _folded_from.c.hash))
        row = tables.execute(wanted).one()
        if row.position > log.head().position or _hash_at(log, row.position) == row.hash:
            return  # a replica that is further behind than the one before catches up by itself
        for table in projection_metadata.sorted_tables:
            tables.execute(delete(table).where(table.c.ledger == self._ledger.key))

    def _note(self, log: Log, tables: Connection) -> None:
        position = folded_to(tables, self._ledger.key)
        if position <= log.head().position:
            values = {"position": position, "hash": _hash_at(log, position)}
            tables.execute(self._mine(update(_folded_from).values(**values)))

    def _mine(self, statement: Any) -> Any:
        return statement.where(_folded_from.c.ledger == self._ledger.key)


@frozen
class OfTheDatabase:
    """The log, and the tables beside it in the database, which are only read."""

    _store: Any

    @contextmanager
    def reading(self) -> Iterator[TablesUnit]:
        with self._store.reading() as unit:
            yield TablesUnit(unit.log, unit.vault, unit.connection)

    def writing(self) -> NoReturn:
        raise RuntimeError("these tables are only read")


class ReadingLeesmodel(SqlLeesmodel):
    """Questions where nothing can be written: what is folded, is folded into one's own tables."""

    def __init__(
        self,
        own: OwnTables,
        ledger: int,
        decode: Decode,
        outline: Outline,
        addition: Addition,
    ) -> None:
        super().__init__(own, ledger, decode, outline, addition)
        self._own = own

    def rebuild(
        self,
        progress: Callable[[Voortgang], None] | None = None,
        gevouwen: Gevouwen | None = None,
    ) -> Herbouw:
        """Raises Incorrect without a file for tables of one's own."""
        if not self._own.always:
            allowed = (
                "the path of a file for the tables: those of a database that is only read are "
                "made anew where it is written"
            )
            raise Incorrect("standen", None, allowed)
        return super().rebuild(progress, gevouwen)

    def _units_to_check(self) -> SqlUnits:
        """One's own tables where they are always used; else those of the database, whether or not
        questions are answered from them."""
        return self._own if self._own.always else self._own.of_the_database


def _fits(connection: Connection, metadata: MetaData) -> bool:
    """Whether the tables that are there have the columns they should have."""
    there = inspect(connection)
    for table in metadata.sorted_tables:
        if there.has_table(table.name):
            key = there.get_pk_constraint(table.name)["constrained_columns"]
            found = {(it["name"], it["name"] in key) for it in there.get_columns(table.name)}
            if found != {(it.name, it.primary_key) for it in table.columns}:
                return False
    return True


def _another(path: str | os.PathLike[str]) -> Incorrect:
    allowed = "a file for the tables of this grootboek: these are of another one"
    return Incorrect("standen", str(path), allowed)


def _hash_at(log: Log, position: int) -> bytes:
    lines = log.read_from(position - 1, upto=position, limit=1) if position else []
    return lines[0].hash if lines else b""
