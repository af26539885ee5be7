"""A ledger that is open for a test: its log, its projector, and the rows that projector wrote."""

from typing import Any
from unittest.mock import patch

from attrs import frozen
from sqlalchemy import Connection, delete, select

from rekenschap.application import Rekenschap
from rekenschap.domain.boeking import Boeking
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.codec import JsonCodec
from rekenschap.infrastructure.store.store import SqlStore
from rekenschap.projections import projector, sets
from rekenschap.projections.leesmodel import SqlLeesmodel
from rekenschap.projections.schema import projection_positions, saldo, spoor, tellers

Rows = dict[str, list[tuple[Any, ...]]]
TABLES = (saldo, tellers, spoor)


@frozen
class Place:
    """An open grootboek and what lies behind its front door."""

    ledger: Rekenschap
    clock: FixedClock
    name: str

    @property
    def store(self) -> SqlStore:
        store = self.ledger._store
        assert isinstance(store, SqlStore)
        return store

    @property
    def model(self) -> SqlLeesmodel:
        model = self.ledger._leesmodel
        assert isinstance(model, SqlLeesmodel)
        return model

    def another_model(self) -> SqlLeesmodel:
        """A projector as another process would have it: nothing in memory."""
        return SqlLeesmodel(self.store, self.store.ledger.key, JsonCodec().decode)

    def log(self) -> list[Boeking]:
        """Everything recorded, decoded."""
        return [JsonCodec.decode(record) for record in self.store.scan()]

    def rows(self) -> Rows:
        """Every projected row of this grootboek, sorted."""
        with self.store.reading() as unit:
            return rows_of(unit.connection, self.store.ledger.key)

    def thrown_away(self) -> None:
        """The tables as they are where nothing was ever folded."""
        with self.store.writing() as unit:
            for table in (*TABLES, projection_positions):
                mine = table.c.ledger == self.store.ledger.key
                unit.connection.execute(delete(table).where(mine))

    def numbers(self) -> set[int]:
        """The numbers of all sets that have rows, read or not."""
        with self.store.reading() as unit:
            return numbers_of(unit.connection, self.store.ledger.key)

    def rebuilt(self, batch: int | None = None) -> Rows:
        """The rows after folding everything anew, in batches of this many lines."""
        with patch.object(projector, "BATCH", batch or projector.BATCH):
            self.another_model().rebuild()
        return self.rows()


def rows_of(connection: Connection, ledger: int) -> Rows:
    """What is read, without the number of its set, and up to where it is folded."""
    known = sets.read(connection, ledger)
    found: Rows = {"projection_positions": [(ledger, known.position)]}
    for table in TABLES:
        columns = [column for column in table.c if column.name != "generation"]
        rows = connection.execute(select(*columns).where(sets.read_now(table, ledger)))
        found[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return found


def numbers_of(connection: Connection, ledger: int) -> set[int]:
    """The numbers of all sets that have rows, read or not."""
    found: set[int] = set()
    for table in TABLES:
        rows = select(table.c.generation).where(table.c.ledger == ledger).distinct()
        found |= set(connection.scalars(rows))
    return found
