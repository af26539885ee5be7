"""The projector: folds the log into a set of rows, its position in the same transaction.

It never rejects a recorded fact, and stops loudly at one it cannot read. What it keeps in memory is
only what the log and that set would give again.
"""

import json
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from rekenschap.application.ports import StoredRecord
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.facts import (
    GROOTBOEK,
    Feit,
    GegevenGecorrigeerd,
    GegevenIngetrokken,
    OverBoeking,
    RegelingIngevoerd,
)
from rekenschap.projections import sets
from rekenschap.projections.contributions import (
    allocation_of,
)
from rekenschap.projections.counters import Counters
from rekenschap.projections.intervals import Intervals
from rekenschap.projections.omtrek import Omtrek, Outline
from rekenschap.projections.saldo import Bijdrage
from rekenschap.projections.schema import saldo, spoor
from rekenschap.projections.timeline import CounterKey, Days, Timeline
from rekenschap.projections.units import SqlUnit
from rekenschap.projections.writing import insert_rows

BATCH: Final = 2_000
KEPT: Final = 2_000
"""So many timelines stay in memory, some 45 KB each; the one asked for longest ago goes first."""
NOBODY: Final = ""
"""The jeugdige of a line of the audit trail that touches none."""
_spell: Final = json.JSONEncoder().encode
Decode = Callable[[StoredRecord], Boeking]
Counted = list[tuple[CounterKey, date]]


class Projector:
    """Projects one grootboek. Not shared between threads: the caller takes turns."""

    def __init__(self, ledger: int, decode: Decode, outline: Outline | None = None) -> None:
        """``outline`` gives what ``decode`` gives, without what no table needs."""
        self._ledger = ledger
        self._decode = decode
        self._outline = outline or (lambda record: Omtrek.van(decode(record)))
        self._at: tuple[int, int] | None = None
        self._trail: list[dict[str, Any]] = []
        self.forget(0)

    def batch(self, unit: SqlUnit) -> int:
        """Fold the next batch into the set that is read, in a writing unit of work; returns how
        many lines it had."""
        known = sets.read(unit.connection, self._ledger)
        count = self.fold(unit, known.current, known.position)
        if count:
            self.write(unit.connection)
            sets.advance(unit.connection, self._ledger, known, self.reached)
        return count

    def fold(self, unit: SqlUnit, generation: int, position: int) -> int:
        """Fold the next batch after a position for a set, in memory; how many lines it had.

        Nothing is written: a view is enough, and ``write`` goes with it.
        """
        if (generation, position) != self._at:
            self.forget(generation)  # somebody else projected meanwhile, or a write failed
        self._at = None
        records = unit.log.read_from(position, limit=BATCH)
        if records:
            self._fold(unit, records, position)
            position = records[-1].position
        self._generation, self._reached = generation, position
        return len(records)

    def write(self, connection: Connection) -> None:
        """Write what was folded; whoever asks it moves the position of the set along."""
        self._saldo.write(connection)
        self._counters.write(connection)
        insert_rows(connection, spoor, self._trail)
        self._trail = []
        self._at = self._generation, self._reached

    @property
    def reached(self) -> int:
        """Up to where was folded, written or not."""
        return self._reached

    def forget(self, generation: int) -> None:
        """Drop everything kept in memory, to go on with a set."""
        self._generation, self._reached = generation, 0
        self._timelines: OrderedDict[str, Timeline] = OrderedDict()
        self._regulations: dict[str, str] | None = None
        self._saldo = Intervals(saldo, self._ledger, generation)
        self._counters = Counters(self._ledger, generation)
        self._trail = []

    def _fold(self, unit: SqlUnit, records: Sequence[StoredRecord], position: int) -> None:
        touched = unit.log.references_between(position, records[-1].position)
        for record in records:
            entry = self._outline(record)
            self._note(entry, touched.get(record.position, ()))
            if isinstance(entry.feit, RegelingIngevoerd):
                self._names(unit)[entry.feit.hash] = entry.feit.regeling
            elif (name := allocation_of(entry.feit)) is not None:
                self._bear(unit, name, entry, record)

    def _note(self, entry: Omtrek, touched: Sequence[str]) -> None:
        """A line of the audit trail, once for each jeugdige it touches."""
        fact = entry.feit
        replaces = entry.uitkomst.erkend and isinstance(
            fact, GegevenGecorrigeerd | GegevenIngetrokken
        )
        line = {
            "ledger": self._ledger,
            "generation": self._generation,
            "bekend_van": entry.positie,
            "geldig_van": fact.datum.isoformat(),
            "toewijzing": _told_of(fact),
            "betreft": fact.betreft if replaces and isinstance(fact, OverBoeking) else None,
            "gebeurtenis": fact.naam,
            "uitkomst": entry.uitkomst.value,
            "oordelen": _spell(entry.oordelen) if entry.oordelen else "[]",
        }
        youths = [r for r in touched if r.startswith("jeugdige/")]
        self._trail += [{**line, "jeugdige": youth} for youth in youths or [NOBODY]]

    def _bear(self, unit: SqlUnit, name: str, entry: Omtrek, record: StoredRecord) -> None:
        timeline = self._timeline(unit, name, record)
        if timeline.asks_all(entry):
            if record.stream_version == 1 and not isinstance(entry.feit, OverBoeking):
                new = Timeline.of_entries([self._decode(record)])
            else:
                new = self._loaded(unit, name, entry.positie)
            self._refold(unit, name, timeline, new, entry.positie)
        elif (item := timeline.bearing(entry)) is not None:
            self._add(unit, name, timeline, item, entry.positie)

    def _add(
        self, unit: SqlUnit, name: str, timeline: Timeline, item: Bijdrage, position: int
    ) -> None:
        before, rows = timeline.add(item)
        self._replace(unit, name, before, rows, position)
        self._count(unit, [], timeline.no_shows_of(item), position)

    def _refold(
        self, unit: SqlUnit, name: str, old: Timeline, new: Timeline, position: int
    ) -> None:
        """The whole timeline again, where a fact changed what is effective."""
        self._timelines[name] = new
        self._replace(unit, name, old.as_days(), new.as_days(), position)
        self._count(unit, old.no_shows(), new.no_shows(), position)

    def _replace(self, unit: SqlUnit, name: str, before: Days, rows: Days, position: int) -> None:
        names = self._names(unit)
        columns = {
            day: {**b.row(), "regeling": names.get(b.regeling, b.regeling)}
            for day, b in rows.items()
            if before.get(day) != b
        }
        self._saldo.replace({"toewijzing": name}, before, rows, columns, position)

    def _count(self, unit: SqlUnit, old: Counted, new: Counted, position: int) -> None:
        if old == new:
            return
        added, removed = Counter(new) - Counter(old), Counter(old) - Counter(new)
        for key in {key for key, _ in (*added, *removed)}:
            self._counters.change(
                unit.connection,
                key,
                [day for under, day in added.elements() if under == key],
                [day for under, day in removed.elements() if under == key],
                position,
            )

    def _timeline(self, unit: SqlUnit, name: str, record: StoredRecord) -> Timeline:
        known = self._timelines.get(name)
        if known is None:
            first = record.stream_version == 1
            known = Timeline() if first else self._loaded(unit, name, record.position - 1)
            self._timelines[name] = known
            if len(self._timelines) > KEPT:
                self._timelines.popitem(last=False)
        else:
            self._timelines.move_to_end(name)
        return known

    def _loaded(self, unit: SqlUnit, name: str, upto: int) -> Timeline:
        records = unit.log.read((f"toewijzing/{name}",), upto=upto)
        return Timeline.of_entries([self._decode(record) for record in records])

    def _names(self, unit: SqlUnit) -> dict[str, str]:
        """The names of the regelingen by their hash."""
        if self._regulations is None:
            records = unit.log.read((GROOTBOEK,))
            facts = [self._decode(record).feit for record in records]
            self._regulations = {
                f.hash: f.regeling for f in facts if isinstance(f, RegelingIngevoerd)
            }
        return self._regulations


def _told_of(fact: Feit) -> str | None:
    """The toewijzing in whose stream a fact lies: what was told of it, also before it was given."""
    kind, _, name = fact.stroom.partition("/")
    return name if kind == "toewijzing" else None
