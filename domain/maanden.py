"""Calendar months: the months care is declared for."""

from calendar import monthrange
from datetime import date

from rekenschap.domain.calendar import Periode, Termijn, add_months
from rekenschap.domain.identifiers import Maand


def days_of_month(month: Maand) -> Periode:
    """The days of a month."""
    year, number = (int(part) for part in month.split("-"))
    return Periode(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def month_of(day: date) -> Maand:
    """The month a day lies in."""
    return Maand(f"{day:%Y-%m}")


def last_day_of_month(day: date, later: int = 0) -> date:
    """The last day of the month a day lies in, or of one so many months later."""
    moved = add_months(day.replace(day=1), later)
    return moved.replace(day=monthrange(moved.year, moved.month)[1])


def first_of_next_month(day: date) -> date:
    """The first day of the month after the one a day lies in."""
    return add_months(day.replace(day=1), 1)


def whole_months_after(day: date, term: Termijn) -> Periode:
    """A term that begins on the first day of the month after a day."""
    first = first_of_next_month(day)
    return Periode(first, term.laatste_dag_vanaf(first))
