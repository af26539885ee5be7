"""Two sets of rows held against each other, page by page, by the database itself.

Both are looked at as they were known at one position, so that neither has to stand still: what
became known later is left out, and a row that was closed later counts as open.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from attrs import define, field
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    case,
    except_,
    func,
    literal,
    or_,
    select,
    true,
)

from rekenschap.application.herbouw import SoortTabelverschil, Tabelverschil
from rekenschap.projections.schema import STILL_KNOWN, saldo, spoor, tellers
from rekenschap.projections.sets import Sets

PAGE: Final = 2_000
"""Rows per page: what a database sorts at a time."""
SHOWN: Final = 10
NAMED: Final = 500
"""Subjects that are asked for in one statement."""

SUBJECTS: Final[dict[Table, Column[Any]]] = {
    saldo: saldo.c.toewijzing,
    tellers: tellers.c.jeugdige,
    spoor: spoor.c.bekend_van,
}
"""The tables, and what the rows of each are ordered by within a set."""
Key = tuple[Any, ...]
Differing = dict[Key, SoortTabelverschil]


@define
class Comparison:
    """What differs between the set that is read and the one that is being built."""

    ledger: int
    rows: int = 0
    counts: Counter[str] = field(factory=Counter)
    first: list[Tabelverschil] = field(factory=list)

    def page(
        self, connection: Connection, sets: Sets, table: Table, after: Any, upto: int
    ) -> tuple[Any, bool]:
        """Compare the next page as known at ``upto``; where it ended, and whether it was the last.

        ``after`` is where the page before it ended; None begins.
        """
        end = page_end(connection, self.ledger, sets.newest, table, after)
        subject = SUBJECTS[table]
        within = [true() if after is None else subject > after]
        within.append(true() if end is None else subject <= end)
        self._tell(table, self._differing(connection, sets, table, within, upto))
        return end, end is None

    def since(
        self, connection: Connection, sets: Sets, touched: Sequence[str], before: int, upto: int
    ) -> None:
        """Compare what became known after ``before``, where all was compared, about subjects that
        the lines in between touched."""
        for table, where in _about(touched, before):
            found = self._differing(connection, sets, table, [where], upto)
            if found:  # what was found before is not found twice
                known = self._differing(connection, sets, table, [where], before)
                found = {key: how for key, how in found.items() if key not in known}
            self._tell(table, found)

    def _tell(self, table: Table, found: Differing) -> None:
        if not found:
            return
        self.counts[table.name] += len(found)
        names = [column.name for column in _key(table)]
        for key in sorted(found, key=repr)[: max(0, SHOWN - len(self.first))]:
            named = tuple(zip(names, key, strict=True))
            self.first.append(Tabelverschil(table.name, named, found[key]))

    def _differing(
        self,
        connection: Connection,
        sets: Sets,
        table: Table,
        where: Sequence[ColumnElement[bool]],
        upto: int,
    ) -> Differing:
        """By key, the rows that are not the same in both."""
        old = self._rows(table, sets.current, sets.position, upto).where(*where)
        new = self._rows(table, sets.newest, sets.newest_position or 0, upto).where(*where)
        before, now = connection.execute(select(_count(old), _count(new))).one()
        self.rows += now
        gone = connection.execute(except_(old, new)).all()
        if not gone and before == now:
            return {}
        size = len(_key(table))
        missing = {tuple(row[:size]) for row in connection.execute(except_(new, old))}
        found = dict.fromkeys(missing, SoortTabelverschil.ONTBRAK)
        for key in (tuple(row[:size]) for row in gone):
            both = key in missing
            found[key] = SoortTabelverschil.ANDERS if both else SoortTabelverschil.TEVEEL
        return found

    def _rows(self, table: Table, generation: int, folded: int, upto: int) -> Select[Any]:
        """A set as it was known at a position. What lies beyond where it is folded is none of its
        later rows, but something that does not belong there."""
        shown: list[ColumnElement[Any]] = list(_key(table))
        for column in table.c:
            if column.name == "bekend_tot":
                later = (column > upto) & (column <= folded)
                shown.append(case((later, literal(STILL_KNOWN)), else_=column).label("tot"))
            elif column.name not in ("ledger", "generation") and not column.primary_key:
                shown.append(column)
        known = table.c.bekend_van
        return select(*shown).where(
            table.c.ledger == self.ledger,
            table.c.generation == generation,
            or_(known <= upto, known > folded),
        )


def page_end(
    connection: Connection, ledger: int, generation: int, table: Table, after: Any
) -> Any | None:
    """The subject with which a page of a set ends; None for the last page."""
    subject = SUBJECTS[table]
    query = select(subject).where(table.c.ledger == ledger, table.c.generation == generation)
    if after is not None:
        query = query.where(subject > after)
    return connection.scalar(query.order_by(subject).limit(1).offset(PAGE))


def number_of_rows(connection: Connection, ledger: int, generation: int) -> int:
    """How many rows a set has, in all tables."""
    total = 0
    for table in SUBJECTS:
        mine = select(func.count()).select_from(table).where(table.c.ledger == ledger)
        total += connection.scalar(mine.where(table.c.generation == generation)) or 0
    return total


def _count(rows: Select[Any]) -> ColumnElement[int]:
    return select(func.count()).select_from(rows.subquery()).scalar_subquery()


def _key(table: Table) -> list[Column[Any]]:
    return [c for c in table.primary_key.columns if c.name not in ("ledger", "generation")]


def _about(touched: Sequence[str], before: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Where the rows stand that lines with these references can have changed."""
    names = [r.removeprefix("toewijzing/") for r in touched if r.startswith("toewijzing/")]
    youths = [r for r in touched if r.startswith("jeugdige/")]
    for table, subjects in ((saldo, names), (tellers, youths)):
        for first in range(0, len(subjects), NAMED):
            yield table, SUBJECTS[table].in_(subjects[first : first + NAMED])
    yield spoor, spoor.c.bekend_van > before
