"""How much an amount is in the unit of the balance, and a size over the whole of a validity."""

from datetime import date, timedelta
from decimal import Decimal

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.calendar import Periode, iso_week
from rekenschap.domain.identifiers import Product
from rekenschap.domain.quantities import converted
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.vocabulary import Eenheid, Frequentie

WEIGHTLESS = frozenset({Eenheid.TRAJECT, Eenheid.GEEN})
"""Units in which registered effort does not weigh: a traject is settled, ``geen`` has no size."""


def weight_of(
    amount: Decimal,
    unit: Eenheid | Afwezig,
    of_balance: Eenheid | None,
    rules: Regeling,
    product: Product,
) -> Decimal | None:
    """The amount in the unit of the balance; None where the units do not go together."""
    if of_balance in WEIGHTLESS and unit is not of_balance:
        return Decimal(0)
    if of_balance is None or unit is AFWEZIG or unit is of_balance:
        return amount
    if not rules.rekent_om:
        return None
    known = rules.producten.get(product)
    return converted(amount, unit, of_balance, known.omrekening if known is not None else {})


def total_of(size: Decimal, per: Frequentie, period: Periode) -> Decimal | None:
    """A size per day, ISO week or calendar month over the validity; None for an open end."""
    if per is Frequentie.TOTAAL:
        return size
    if period.tot_en_met is None:
        return None
    return size * _count(per, period.van, period.tot_en_met)


def _count(per: Frequentie, first: date, last: date) -> int:
    if last < first:
        return 0
    if per is Frequentie.PER_DAG:
        return (last - first).days + 1
    if per is Frequentie.PER_MAAND:
        return (last.year - first.year) * 12 + last.month - first.month + 1
    monday = first - timedelta(days=first.weekday())
    weeks = (last - monday).days // 7 + 1
    assert iso_week(monday) == iso_week(first)
    return weeks
