"""Which set of rows of a grootboek is read, which one a rebuild fills, and up to where each is.

All of it is one row. It changes only in a writing unit of work, which holds the head of the
grootboek: one at a time.
"""

from functools import lru_cache
from typing import Any

from attrs import frozen
from sqlalchemy import ColumnElement, Connection, Table, and_, insert, select, update

from rekenschap.projections.schema import projection_positions

FIRST = 1
_ROW = projection_positions.c


@frozen
class Sets:
    """``current`` is read and folded up to ``position``. ``newest`` is the highest number there
    was; it is folded up to ``newest_position`` by a rebuild, None while none is going on.
    """

    current: int = FIRST
    position: int = 0
    newest: int = FIRST
    newest_position: int | None = None
    signs: int = 0

    @property
    def rebuilding(self) -> bool:
        """Whether a rebuild is going on, or died."""
        return self.newest_position is not None


def read(connection: Connection, ledger: int) -> Sets:
    """How it stands, as this connection sees it."""
    columns = (_ROW.generation, _ROW.position, _ROW.newest, _ROW.newest_position, _ROW.signs)
    row = connection.execute(select(*columns).where(_ROW.ledger == ledger)).one_or_none()
    return Sets() if row is None else Sets(*row)


@lru_cache(maxsize=256)
def read_now(table: Table, ledger: int) -> ColumnElement[bool]:
    """The rows of a table that are in the set that is read, looked up by the same statement."""
    current = select(_ROW.generation).where(_ROW.ledger == ledger).scalar_subquery()
    return and_(table.c.ledger == ledger, table.c.generation == current)


def advance(connection: Connection, ledger: int, known: Sets, position: int) -> None:
    """The set that is read is folded up to a position."""
    if known == Sets():
        connection.execute(insert(projection_positions), _first(ledger, position))
    else:
        _set(connection, ledger, position=position)


def claim(connection: Connection, ledger: int, known: Sets) -> int:
    """Begin a set beside the one that is read, in place of one that was begun before: a number of
    its own, so that whoever still writes to that one finds out."""
    if known == Sets():
        connection.execute(insert(projection_positions), _first(ledger, 0))
    mine = known.newest + 1
    _set(connection, ledger, newest=mine, newest_position=0, signs=known.signs + 1)
    return mine


def grow(connection: Connection, ledger: int, known: Sets, position: int) -> None:
    """The set that a rebuild fills is folded up to a position."""
    _set(connection, ledger, newest_position=position, signs=known.signs + 1)


def switch(connection: Connection, ledger: int, known: Sets) -> None:
    """From this commit on the newest set is the one that is read."""
    position = known.newest_position
    _set(connection, ledger, generation=known.newest, position=position, newest_position=None)


def release(connection: Connection, ledger: int) -> None:
    """The set that was being filled will not be read: its rows may go."""
    _set(connection, ledger, newest_position=None)


def _set(connection: Connection, ledger: int, **columns: Any) -> None:
    mine = _ROW.ledger == ledger
    connection.execute(update(projection_positions).where(mine).values(**columns))


def _first(ledger: int, position: int) -> dict[str, Any]:
    return {
        "ledger": ledger,
        "generation": FIRST,
        "position": position,
        "newest": FIRST,
        "newest_position": None,
        "signs": 0,
    }
