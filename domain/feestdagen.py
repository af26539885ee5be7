"""Public holidays of the Algemene termijnenwet (Atw), and where a term of a law ends.

Holidays are those of Atw 3 lid 1 and Good Friday (lid 2). Which days a royal decree puts on a par
with them (lid 3) is not in any calendar: a caller tells. The King's birthday was celebrated on
30 April until 2013 (29 when that was a Sunday), and is on 27 April since (26 when a Sunday).
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache
from typing import Final

from rekenschap.domain.calendar import FIRST_WEEKEND_DAY

DAY: Final = timedelta(days=1)
_SUNDAY: Final = 6
_KING_SINCE: Final = 2014


def easter(year: int) -> date:
    """Easter Sunday of a year in the Gregorian calendar."""
    century = year // 100
    golden = year % 19
    skipped = century - century // 4
    moon = (19 * golden + skipped - (8 * century + 13) // 25 + 15) % 30
    moon -= (moon > 28) or (moon == 28 and golden > 10)
    full = date(year, 3, 21) + moon * DAY
    return full + (_SUNDAY - full.weekday() or 7) * DAY


@cache
def feestdagen(year: int) -> frozenset[date]:
    """The holidays of a calendar year (Atw 3 lid 1 and 2)."""
    sunday = easter(year)
    moving = (sunday + days * DAY for days in (-2, 1, 39, 50))
    king = date(year, 4, 27) if year >= _KING_SINCE else date(year, 4, 30)
    if king.weekday() == _SUNDAY:
        king -= DAY
    fixed = (date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26))
    return frozenset((*moving, king, *fixed))


def is_vrij(day: date, gelijkgesteld: Collection[date] = ()) -> bool:
    """Whether a term cannot end on a day: a Saturday, a Sunday or a holiday (Atw 1 lid 1)."""
    weekend = day.weekday() >= FIRST_WEEKEND_DAY
    return weekend or day in feestdagen(day.year) or day in gelijkgesteld


def einde(day: date, gelijkgesteld: Collection[date] = ()) -> date:
    """The last day of a term that would end on ``day``: that, or the first day one can end on."""
    while is_vrij(day, gelijkgesteld):
        day += DAY
    return day


def mogelijk_gelijkgesteld(day: date) -> bool:
    """Whether a decree of Atw 3 lid 3 may well be about a day: one shut in between two free ones.

    So the Friday after Ascension Day, and the Monday before a holiday on a Tuesday.
    """
    return not is_vrij(day) and is_vrij(day - DAY) and is_vrij(day + DAY)
