"""What a worker does with one part: make its decisions again, fold its balances, or judge it."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, Final

from attrs import frozen
from sqlalchemy import Connection, Select, Table, select

from rekenschap.application.dossiers import Kept
from rekenschap.application.errors import Onbeschikbaar
from rekenschap.application.lezen import Libraries
from rekenschap.application.parallel import Rij
from rekenschap.application.ports import Log, StoredRecord
from rekenschap.application.receipts import PROGRAMMA
from rekenschap.application.reproduction import Reproducer, Reproductie
from rekenschap.infrastructure.codec import JsonCodec
from rekenschap.infrastructure.outline import outline
from rekenschap.infrastructure.parallel.lines import PartReader
from rekenschap.infrastructure.parallel.parts import Part
from rekenschap.infrastructure.parallel.place import Place, reading_place
from rekenschap.infrastructure.regelingen import YamlRegelingen
from rekenschap.infrastructure.store.engine import make_engine
from rekenschap.infrastructure.store.indexes import check_indexes
from rekenschap.infrastructure.store.lines import SqlLines
from rekenschap.infrastructure.store.verifying import Judged, Stretch, judged
from rekenschap.infrastructure.traces import traces
from rekenschap.projections.projector import NOBODY, Projector
from rekenschap.projections.schema import projection_metadata, saldo, spoor, tellers

TABLES: Final = (saldo, spoor, tellers)
"""By name, as their rows are ordered: by table, and within it by key."""
_LIBRARIES: Final = Libraries()


@frozen(kw_only=True)
class Asked:
    """Work on a grootboek, as one version of this program asks it."""

    place: Place
    programma: str = PROGRAMMA

    def check(self) -> None:
        """Raises Onbeschikbaar where another version would work it out."""
        if self.programma != PROGRAMMA:
            told = f"a worker is {PROGRAMMA}, and who asks is {self.programma}"
            raise Onbeschikbaar(told)


@frozen(kw_only=True)
class Task(Asked):
    """One part of a grootboek up to a position."""

    part: Part
    upto: int


@frozen
class Done:
    """What came of a part: its results in order, how many lines it answers for, and of whom the
    vault told anything."""

    gevonden: list[Any]
    regels: int
    gelezen: frozenset[str] = frozenset()


@frozen(kw_only=True)
class Checking(Asked):
    """A stretch of a grootboek to judge, with or without the tables beside the log; without a
    stretch, the copies of values that the database keeps in its indexes."""

    stretch: Stretch | None
    beside: bool = True


def verify(task: Checking) -> Judged | None:
    """A stretch judged line by line."""
    task.check()
    with reading_place(task.place) as store:
        if task.stretch is not None:
            lines = SqlLines(store.reading, store.ledger)
            return judged(lines, traces if task.beside else None, task.stretch)
        with store.reading() as unit:
            check_indexes(unit.connection)
        return None


def reproduce(task: Task) -> Done:
    """Every decision of a part, made again."""
    task.check()
    found: list[Reproductie] = []
    lines, kept = 0, Kept()
    with reading_place(task.place) as store, store.reading() as unit:
        reader = PartReader(unit, store.ledger, task.part, task.upto)
        again = Reproducer(store.grootboek, unit, JsonCodec(), YamlRegelingen(), _LIBRARIES)
        for commands in reader.commands():
            found += [again.of(command, kept) for command in commands]
            lines += sum(len(command.regels) for command in commands)
        return Done(found, lines, frozenset(unit.read))


def fold(task: Task) -> Done:
    """Every row of balances, counters and audit trail of a part, by table and key.

    The projector itself folds, into tables in memory, from a log that holds no other lines.
    """
    task.check()
    with reading_place(task.place) as store, store.reading() as unit:
        reader = PartReader(unit, store.ledger, task.part, task.upto)
        log = PartLog(unit.log, reader.lines(), reader.touched())
        rows = _folded(log, store.ledger.key, task.part)
    return Done(rows, len(log.lines))


def _folded(log: "PartLog", ledger: int, part: Part) -> list[Rij]:
    mine = frozenset(part.jeugdigen) or {NOBODY}
    engine = make_engine("sqlite://")
    try:
        with engine.begin() as connection:
            projection_metadata.create_all(connection)
            projector, unit = Projector(ledger, JsonCodec.decode, outline), _Unit(log, connection)
            while projector.batch(unit):
                pass
            return [
                (table.name, tuple(row))
                for table in TABLES
                for row in connection.execute(_rows(table, ledger))
                if row.jeugdige in mine  # what a line of two parts says of others is theirs
            ]
    finally:
        engine.dispose()


def _rows(table: Table, ledger: int) -> Select[Any]:
    return select(table).where(table.c.ledger == ledger).order_by(*table.primary_key)


@frozen
class _Unit:
    """A unit of work for the projector: the log of a part, and tables in memory."""

    log: Any
    connection: Connection


class PartLog:
    """The log as the projector reads it on: the lines of a part. A subject is read whole."""

    def __init__(
        self, log: Log, lines: Sequence[StoredRecord], touched: dict[int, tuple[str, ...]]
    ) -> None:
        self.lines = lines
        self._log = log
        self._positions = [line.position for line in lines]
        self._touched = touched

    def read_from(self, after: int, *, limit: int) -> Sequence[StoredRecord]:
        """The next lines of the part."""
        first = bisect_right(self._positions, after)
        return self.lines[first : first + limit]

    def references_between(self, after: int, upto: int) -> dict[int, tuple[str, ...]]:
        """Which jeugdigen of the part these lines touch."""
        first, last = (bisect_right(self._positions, one) for one in (after, upto))
        return {at: self._touched.get(at, ()) for at in self._positions[first:last]}

    def read(self, references: Sequence[str], *, upto: int | None = None) -> list[StoredRecord]:
        """Every line that touches one of the references, of the whole log."""
        return self._log.read(references, upto=upto)
