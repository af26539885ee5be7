"""The balances worked out anew from the log, held against the tables that are read.

Where a rebuild folds every row there ever was, this adds up what holds on one day, and writes
nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import Any, Final

from attrs import frozen
from sqlalchemy import ColumnElement, Select, func, select, true

from rekenschap.application.errors import Broken
from rekenschap.application.herbouw import Nagerekend, SoortTabelverschil, Tabelverschil
from rekenschap.application.ports import StoredRecord
from rekenschap.domain.boeking import Boeking
from rekenschap.projections import sets
from rekenschap.projections.comparison import SHOWN
from rekenschap.projections.recount import Recount
from rekenschap.projections.schema import saldo
from rekenschap.projections.units import SqlUnits

BATCH: Final = 2_000
PAGE: Final = 1_000
"""So many allocations are compared at a time."""
_KEY: Final = ("ledger", "generation", "geldig_van", "bekend_van", "bekend_tot")
_SHOWN: Final = tuple(column for column in saldo.c if column.name not in _KEY)
_WHOSE: Final = tuple(
    end(column).label(f"{name}_{column.name}")
    for column in (saldo.c.jeugdige, saldo.c.aanbieder)
    for name, end in (("first", func.min), ("last", func.max))
)
"""A question by jeugdige or aanbieder finds every row of theirs, whatever the last one says."""
UNFIT: Final[dict[str, Any]] = {}
"""Rows that no log gives: two for one moment, or of different people."""
Rows = dict[str, dict[str, Any]]


@frozen
class Check:
    """One check: on a valid day, as known at a position up to which the tables are folded."""

    units: SqlUnits
    ledger: int
    decode: Callable[[StoredRecord], Boeking]
    day: date
    upto: int

    def run(self, recount: Recount, progress: Callable[[int], None] | None) -> Nagerekend:
        """Walk over the log, then compare page by page. Raises Broken for an unreadable line."""
        for record in self._lines(progress):
            recount.add(record)
        counts: Counter[SoortTabelverschil] = Counter()
        first: list[Tabelverschil] = []
        number = 0
        for there, rows in self._pages(recount):
            number += len(there)
            for name in sorted(there.keys() | rows.keys()):
                if (kind := _kind(there.get(name), rows.get(name))) is not None:
                    counts[kind] += 1
                    key = (("toewijzing", name), ("geldig_op", self.day.isoformat()))
                    first.append(Tabelverschil(saldo.name, key, kind))
            del first[SHOWN:]
        return Nagerekend(
            positie=self.upto,
            geldig_op=self.day,
            toewijzingen=number,
            afwijkend=counts.total(),
            eerste=tuple(first),
        )

    def _lines(self, progress: Callable[[int], None] | None) -> Iterator[StoredRecord]:
        """The log in pieces, each in its own short view: what is recorded never changes."""
        after = 0
        while after < self.upto:
            with self.units.reading() as unit:
                records = unit.log.read_from(after, upto=self.upto, limit=BATCH)
            if not records:
                raise Broken("the log ends before its head", position=after + 1)
            yield from records
            after = records[-1].position
            if progress is not None:
                progress(after)

    def _pages(self, recount: Recount) -> Iterator[tuple[Rows, Rows]]:
        """What the log says of some allocations, and what the tables do; together of them all."""
        after, rows = None, recount.rows(self._entries)
        while there := dict(islice(rows, PAGE)):
            last = max(there)
            yield there, self._in_tables(after, last)
            after = last
        yield {}, self._in_tables(after, None)

    def _entries(self, name: str) -> list[Boeking]:
        with self.units.reading() as unit:
            records = unit.log.read((f"toewijzing/{name}",), upto=self.upto)
        return [self.decode(record) for record in records]

    def _in_tables(self, after: str | None, upto: str | None) -> Rows:
        with self.units.reading() as unit:
            found = unit.tables.execute(self._query(after, upto)).mappings()
            rows: Rows = {}
            for row in found:
                name = row["toewijzing"]
                rows[name] = UNFIT if name in rows else _columns(dict(row))
            return rows

    def _query(self, after: str | None, upto: str | None) -> Select[Any]:
        name = saldo.c.toewijzing
        known: list[ColumnElement[bool]] = [
            sets.read_now(saldo, self.ledger),
            true() if after is None else name > after,
            true() if upto is None else name <= upto,
            saldo.c.bekend_van <= self.upto,
            saldo.c.bekend_tot > self.upto,
        ]
        latest = (
            select(name, func.max(saldo.c.geldig_van).label("van"), *_WHOSE)
            .where(*known, saldo.c.geldig_van <= self.day.isoformat())
            .group_by(name)
            .subquery()
        )
        same = (name == latest.c.toewijzing) & (saldo.c.geldig_van == latest.c.van)
        shown: list[ColumnElement[Any]] = [*_SHOWN, *(latest.c[one.name] for one in _WHOSE)]
        return select(*shown).join(latest, same).where(*known)


def _columns(row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row, if the rows of the days before it are of the same people."""
    del row["toewijzing"]
    ends = {name: row.pop(name) for name in [one.name for one in _WHOSE]}
    same = all(value == row[name.partition("_")[2]] for name, value in ends.items())
    return row if same else UNFIT


def _kind(there: dict[str, Any] | None, row: dict[str, Any] | None) -> SoortTabelverschil | None:
    if there == row:
        return None
    if row is None:
        return SoortTabelverschil.ONTBRAK
    return SoortTabelverschil.TEVEEL if there is None else SoortTabelverschil.ANDERS
