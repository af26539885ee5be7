"""Finding the position of a moment in a log without an index on moments."""

from sqlalchemy import BigInteger, Integer, bindparam, case, cast, literal_column, select
from sqlalchemy.sql.base import Executable

from rekenschap.infrastructure.store.schema import events

_ZERO = literal_column("0", Integer)
_MINE = events.c.ledger == bindparam("ledger")


def position_at() -> Executable:
    """Halve the log until the moment is found: positions are gapless and their moments rise.

    An index on the moment would be written at every append, for a question that is seldom asked.
    """
    low = cast(_ZERO, BigInteger).label("low")
    halves = select(low, bindparam("head", type_=BigInteger).label("high")).cte(
        "halves", recursive=True
    )
    one, two = literal_column("1", BigInteger), literal_column("2", BigInteger)
    middle = (halves.c.low + halves.c.high + one) // two
    known = events.c.recorded_at <= bindparam("moment", type_=BigInteger)
    step = (
        select(
            case((known, middle), else_=halves.c.low),
            case((known, halves.c.high), else_=middle - one),
        )
        .join_from(halves, events, events.c.position == middle)
        .where(_MINE, halves.c.low < halves.c.high)
    )
    halves = halves.union_all(step)
    return select(halves.c.low).where(halves.c.low == halves.c.high)
