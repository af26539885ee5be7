"""Days, terms and periods as Dutch rules count them.

Days are Amsterdam days. End dates are inclusive. Months and years are calendar periods, clipped to
the end of the month; weeks are ISO weeks. There are two kinds of term, and mixing them is the most
likely error of one day: something *within* N after D has D + N as its last day; something that
*lasts* N from D has D as its first day and D + N - 1 as its last.
"""

from calendar import monthrange
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from attrs import field, frozen

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
FIRST_WEEKEND_DAY: Final = 5


@frozen
class Termijn:
    """A term of years, months, weeks or days (each a whole number, not negative)."""

    jaren: int = 0
    maanden: int = 0
    weken: int = 0
    dagen: int = 0

    def na(self, day: date, *, leap_day_forward: bool = False) -> date:
        """The day this long after ``day``; 29 February becomes 28 (or 1 March if forward)."""
        months = self.jaren * 12 + self.maanden
        moved = add_months(day, months)
        if leap_day_forward and months and day.day > moved.day and moved.month == 2:
            moved += timedelta(days=1)
        return moved + timedelta(days=7 * self.weken + self.dagen)

    def voor(self, day: date) -> date:
        """The day this long before ``day``."""
        moved = add_months(day, -(self.jaren * 12 + self.maanden))
        return moved - timedelta(days=7 * self.weken + self.dagen)

    def laatste_dag_vanaf(self, first: date) -> date:
        """The last day of something that lasts this long and has ``first`` as its first day."""
        return self.na(first) - timedelta(days=1)

    @property
    def in_maanden(self) -> int:
        """Its years and months, in whole months; weeks and days left out."""
        return self.jaren * 12 + self.maanden

    def __str__(self) -> str:
        named = (
            (self.jaren, "jaar"),
            (self.maanden, "maanden"),
            (self.weken, "weken"),
            (self.dagen, "dagen"),
        )
        return " en ".join(f"{count} {unit}" for count, unit in named if count) or "0 dagen"


@frozen
class Periode:
    """A run of days, both ends included; ``tot_en_met`` None is an open end."""

    van: date
    tot_en_met: date | None = field(default=None)

    def __contains__(self, day: date) -> bool:
        return self.van <= day and (self.tot_en_met is None or day <= self.tot_en_met)

    def overlaps(self, other: "Periode") -> bool:
        """Whether the two share at least one day."""
        starts_in_time = other.tot_en_met is None or self.van <= other.tot_en_met
        return starts_in_time and (self.tot_en_met is None or other.van <= self.tot_en_met)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on (or back), clipped to the end of the month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def iso_week(day: date) -> tuple[int, int]:
    """ISO year and week of a day."""
    year, week, _ = day.isocalendar()
    return year, week


def week_of(day: date) -> tuple[date, ...]:
    """The days of the ISO week that holds a day, as far as there are dates."""
    monday = day.toordinal() - day.weekday()
    sunday = min(monday + 6, date.max.toordinal())
    return tuple(date.fromordinal(one) for one in range(monday, sunday + 1))


def amsterdam_day(moment: datetime) -> date:
    """The day it is in Amsterdam at an aware moment."""
    return moment.astimezone(AMSTERDAM).date()


def end_of_day(day: date) -> datetime:
    """The last microsecond of an Amsterdam day, in UTC."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    midnight = datetime.combine(day + timedelta(days=1), time.min, AMSTERDAM)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def from_local(moment: datetime) -> datetime | None:
    """A local Amsterdam time in UTC: the first where it occurs twice, None where it is skipped."""
    utc = moment.replace(tzinfo=AMSTERDAM, fold=0).astimezone(UTC)
    exists = utc.astimezone(AMSTERDAM).replace(tzinfo=None) == moment.replace(fold=0)
    return utc if exists else None


def working_days_after(day: date, count: int, holidays: Collection[date]) -> date:
    """The ``count``-th working day after ``day``: not a Saturday, a Sunday or a holiday."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < FIRST_WEEKEND_DAY and day not in holidays:
            count -= 1
    return day
