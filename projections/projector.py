"""The projector: folds the log into the tables, its position in the same transaction.

It never rejects a recorded fact, and stops loudly at one it cannot read. What it keeps in memory is
only what the log would give again.
"""

import json
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final, Protocol

from sqlalchemy import Connection, delete, insert, select, update

from rekenschap.application.parallel import Rij
from rekenschap.application.ports import Log, StoredRecord
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import is_correction
from rekenschap.domain.facts import (
    GROOTBOEK,
    BeginstandOvergenomen,
    Feit,
    OverBoeking,
    RegelingIngevoerd,
    TenLasteGebracht,
)
from rekenschap.domain.toewijzing import GEEN_GEVOLG
from rekenschap.projections.changes import first_day
from rekenschap.projections.contributions import (
    Bearing,
    Introducing,
    Reported,
    contributions,
    is_plain,
    judged_under,
)
from rekenschap.projections.counters import Counters
from rekenschap.projections.intervals import Intervals
from rekenschap.projections.saldo import Bijdrage
from rekenschap.projections.schema import projection_positions, saldo, spoor, tellers
from rekenschap.projections.timeline import CounterKey, Days, Timeline

BATCH: Final = 2_000
KEPT: Final = 20_000
NOBODY: Final = ""
"""The jeugdige of a line of the audit trail that touches none."""
Decode = Callable[[StoredRecord], Boeking]
Counted = list[tuple[CounterKey, date]]


class SqlUnit(Protocol):
    """A unit of work on a database."""

    @property
    def log(self) -> Log: ...

    @property
    def connection(self) -> Connection: ...


class Projector:
    """Projects one grootboek. Not shared between threads: the caller takes turns."""

    def __init__(self, ledger: int, decode: Decode) -> None:
        self._ledger = ledger
        self._decode = decode
        self._timelines: OrderedDict[str, Timeline] = OrderedDict()
        self._regulations: dict[str, str] | None = None
        self._saldo = Intervals(saldo, ledger)
        self._counters = Counters(ledger)
        self._trail: list[dict[str, Any]] = []
        self._position = 0

    def position(self, connection: Connection) -> int:
        """Up to where the tables are folded."""
        query = select(projection_positions.c.position).where(
            projection_positions.c.ledger == self._ledger
        )
        return connection.execute(query).scalar() or 0

    def batch(self, unit: SqlUnit) -> int:
        """Fold the next batch in a writing unit of work; returns how many lines it had."""
        position = self.position(unit.connection)
        if position != self._position:
            self.forget()  # somebody else projected meanwhile
        records = unit.log.read_from(position, limit=BATCH)
        if not records:
            return 0
        try:
            self._fold(unit, records, position)
        except BaseException:
            self.forget()
            raise
        self._position = records[-1].position
        return len(records)

    def clear(self, unit: SqlUnit) -> None:
        """Throw the tables of this grootboek away, to be folded anew."""
        for table in (saldo, tellers, spoor, projection_positions):
            unit.connection.execute(delete(table).where(table.c.ledger == self._ledger))
        self.forget()
        self._position = 0

    def fill(self, unit: SqlUnit, rows: Iterable[Rij], position: int) -> None:
        """Write rows folded elsewhere up to a position into tables that are empty."""
        tables = {table.name: table for table in (saldo, tellers, spoor)}
        for name, these in groupby(rows, key=itemgetter(0)):
            columns, waiting = tables[name].columns.keys(), iter(these)
            while some := [
                dict(zip(columns, row, strict=True)) for _, row in islice(waiting, BATCH)
            ]:
                unit.connection.execute(insert(tables[name]), some)
        self._write(unit.connection, position, new=True)
        self._position = position

    def forget(self) -> None:
        """Drop everything kept in memory."""
        self._timelines.clear()
        self._regulations = None
        self._saldo = Intervals(saldo, self._ledger)
        self._counters = Counters(self._ledger)
        self._trail = []

    def _fold(self, unit: SqlUnit, records: Sequence[StoredRecord], position: int) -> None:
        touched = unit.log.references_between(position, records[-1].position)
        for record in records:
            entry = self._decode(record)
            self._note(entry, touched.get(record.position, ()))
            if isinstance(entry.feit, RegelingIngevoerd):
                self._names(unit)[entry.feit.hash] = entry.feit.regeling
            elif (name := _allocation(entry.feit)) is not None:
                self._bear(unit, name, entry, record)
        self._write(unit.connection, records[-1].position, new=position == 0)

    def _write(self, connection: Connection, position: int, *, new: bool) -> None:
        self._saldo.write(connection)
        self._counters.write(connection)
        if self._trail:
            connection.execute(insert(spoor), self._trail)
        self._trail = []
        row = {"ledger": self._ledger, "position": position}
        if new:
            connection.execute(insert(projection_positions), row)
        else:
            mine = projection_positions.c.ledger == self._ledger
            connection.execute(update(projection_positions).where(mine).values(position=position))

    def _note(self, entry: Boeking, touched: Sequence[str]) -> None:
        """A line of the audit trail, once for each jeugdige it touches."""
        fact, decision = entry.feit, entry.beslissing
        replaces = is_correction(entry) and decision.uitkomst.erkend
        line = {
            "ledger": self._ledger,
            "bekend_van": entry.positie,
            "geldig_van": fact.datum.isoformat(),
            "toewijzing": _told_of(fact),
            "betreft": fact.betreft if replaces and isinstance(fact, OverBoeking) else None,
            "gebeurtenis": fact.naam,
            "uitkomst": decision.uitkomst.value,
            "oordelen": json.dumps([[o.regel, o.ernst.value] for o in decision.oordelen]),
        }
        youths = [r for r in touched if r.startswith("jeugdige/")]
        self._trail += [{**line, "jeugdige": youth} for youth in youths or [NOBODY]]

    def _bear(self, unit: SqlUnit, name: str, entry: Boeking, record: StoredRecord) -> None:
        timeline = self._timeline(unit, name, record)
        fact = entry.feit
        if not is_plain(entry) or isinstance(fact, Introducing):
            if entry.beslissing.uitkomst.erkend or not is_plain(entry):
                self._refold(unit, name, timeline, entry.positie)
            return
        if not entry.beslissing.uitkomst.erkend:
            return
        effect = entry.beslissing.gevolg or GEEN_GEVOLG
        if isinstance(fact, Reported):
            if timeline.rows:
                timeline.reported[entry.positie] = fact
        elif isinstance(fact, TenLasteGebracht):
            charged = timeline.reported.get(fact.betreft)
            if charged is None or any(i.positie == fact.betreft for i in timeline.items):
                self._refold(unit, name, timeline, entry.positie)
                return
            under = judged_under(entry)
            item = Bijdrage(first_day(charged), fact.betreft, charged, effect, onder=under)
            self._add(unit, name, timeline, item, entry.positie)
        elif isinstance(fact, Bearing):
            under = judged_under(entry)
            item = Bijdrage(first_day(fact), entry.positie, fact, effect, onder=under)
            self._add(unit, name, timeline, item, entry.positie)

    def _add(
        self, unit: SqlUnit, name: str, timeline: Timeline, item: Bijdrage, position: int
    ) -> None:
        before, rows = timeline.add(item)
        self._replace(unit, name, before, rows, position)
        self._count(unit, [], timeline.no_shows_of(item), position)

    def _refold(self, unit: SqlUnit, name: str, old: Timeline, position: int) -> None:
        """The whole timeline again, where a fact changed what is effective."""
        new = self._loaded(unit, name, position)
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
        return known

    def _loaded(self, unit: SqlUnit, name: str, upto: int) -> Timeline:
        records = unit.log.read((f"toewijzing/{name}",), upto=upto)
        entries = [self._decode(record) for record in records]
        items, reported = contributions(entries)
        timeline = Timeline.of(items)
        timeline.reported = reported
        return timeline

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


def _allocation(fact: Feit) -> str | None:
    """The toewijzing whose balance a fact can bear on."""
    if isinstance(fact, BeginstandOvergenomen):
        return fact.toewijzing
    if isinstance(fact, OverBoeking):
        kind, _, name = fact.bij.partition("/")
        return name if kind == "toewijzing" else None
    return fact.op_toewijzing
