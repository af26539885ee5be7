"""Removing the rows of sets that nobody reads or builds, in pieces: writers go in between."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select

from rekenschap.projections import sets
from rekenschap.projections.comparison import SUBJECTS, page_end
from rekenschap.projections.sets import Sets
from rekenschap.projections.units import SqlUnits


def sweep(units: SqlUnits, ledger: int, told: Callable[[int, int], None]) -> None:
    """Remove every row of a set that is neither read nor being built.

    ``told`` is told after each piece how many rows are gone, and how many there were.
    """
    with units.reading() as unit:
        total = _left_over(unit.connection, ledger)
    if not total:
        return
    gone = 0
    told(gone, total)
    for table in SUBJECTS:
        place: tuple[int, Any] | None = None
        while True:
            with units.writing() as unit:
                count, place = _piece(unit.connection, ledger, table, place)
            if place is None:
                break
            gone += count
            told(gone, total)


def _piece(
    connection: Connection, ledger: int, table: Table, place: tuple[int, Any] | None
) -> tuple[int, tuple[int, Any] | None]:
    """Remove the next piece; how many rows it had, and where it ended: None when none is left."""
    known = sets.read(connection, ledger)
    found = _unread(connection, ledger, table, known)
    if found is None:
        return 0, None
    after = place[1] if place is not None and place[0] == found else None
    end = page_end(connection, ledger, found, table, after)
    rows = delete(table).where(table.c.ledger == ledger, table.c.generation == found)
    if after is not None:  # what is before it is gone; PostgreSQL would walk over it once more
        rows = rows.where(SUBJECTS[table] > after)
    if end is not None:
        rows = rows.where(SUBJECTS[table] <= end)
    return connection.execute(rows).rowcount, (found, end)


def _unread(connection: Connection, ledger: int, table: Table, known: Sets) -> int | None:
    """A set with rows in a table that is not read and not being built. Three looks in the index:
    to ask for any other number would read all that is there."""
    number = table.c.generation
    after_all = known.newest - known.rebuilding
    for where in (number < known.current, (number > known.current) & (number <= after_all)):
        lowest = select(func.min(number)).where(table.c.ledger == ledger, where)
        found: int | None = connection.scalar(lowest)
        if found is not None:
            return found
    return None


def _left_over(connection: Connection, ledger: int) -> int:
    known = sets.read(connection, ledger)
    if all(_unread(connection, ledger, table, known) is None for table in SUBJECTS):
        return 0
    used = (known.current, known.newest) if known.rebuilding else (known.current,)
    total = 0
    for table in SUBJECTS:
        mine = (table.c.ledger == ledger, table.c.generation.not_in(used))
        total += connection.scalar(select(func.count()).select_from(table).where(*mine)) or 0
    return total
