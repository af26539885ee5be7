"""From what a caller means by 'as known then' to the position it is."""

from datetime import UTC, date, datetime

from rekenschap.application.ports import Log
from rekenschap.domain.calendar import end_of_day
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.values import as_moment

ALLOWED = "a position from 0 up to the last one, a moment, or a day"
MOMENT = "a moment from 1900 to 2199 that exists in Amsterdam, or one with an offset"


def valid_day(asked: date | None, otherwise: date, field: str = "geldig_op") -> date:
    """The valid day of a question; a moment is not a day."""
    if asked is None:
        return otherwise
    if isinstance(asked, date) and not isinstance(asked, datetime):
        return asked
    raise Incorrect(field, asked, "a day (a date without a time)")


def known_position(asked: int | datetime | date | None, reached: int, log: Log) -> int:
    """The position of a question: one given, or the last at or before a moment or day's end."""
    if asked is None:
        return reached
    if isinstance(asked, datetime):
        return min(log.position_at(_moment(asked)), reached)
    if isinstance(asked, date):
        return min(log.position_at(_end(asked)), reached)
    if isinstance(asked, int) and not isinstance(asked, bool) and 0 <= asked <= reached:
        return asked
    raise Incorrect("bekend_op", asked, f"{ALLOWED} (the last position is {reached})")


def _moment(asked: datetime) -> datetime:
    try:
        return as_moment("bekend_op", asked)
    except (Incorrect, OverflowError):  # the very ends of the calendar lie outside it in UTC
        raise Incorrect("bekend_op", asked, MOMENT) from None


def _end(day: date) -> datetime:
    last = datetime.max.replace(tzinfo=UTC)
    return last if day.year >= last.year else end_of_day(day)
