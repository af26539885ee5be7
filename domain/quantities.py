"""Exact quantities and money: decimals and whole eurocents, never a float."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from attrs import frozen

from rekenschap.domain.vocabulary import Eenheid

MAX_QUANTITY: Final = Decimal(10) ** 12
MAX_DECIMALS: Final = 6
CUT_OFF: Final = 20

IN_MINUTES: Final = {Eenheid.MINUUT: 1, Eenheid.UUR: 60}
"""The only units that convert into each other; a regeling may forbid even that."""


@frozen(order=True)
class Bedrag:
    """An amount of money in whole eurocents."""

    eurocent: int

    def __str__(self) -> str:
        sign = "-" if self.eurocent < 0 else ""
        return f"{sign}{abs(self.eurocent) // 100}.{abs(self.eurocent) % 100:02d}"


def half_up(eurocents: Fraction) -> Bedrag:
    """Round an exact amount once, halves away from zero."""
    size, parts = abs(eurocents.numerator), eurocents.denominator
    rounded = (2 * size + parts) // (2 * parts)
    return Bedrag(rounded if eurocents >= 0 else -rounded)


def canonical(number: Decimal) -> str:
    """The one spelling of a decimal: no exponent, no trailing zeros, no negative zero."""
    if not number:
        return "0"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def converted(
    amount: Decimal,
    unit: Eenheid,
    to: Eenheid,
    besides: Mapping[Eenheid, int] = MappingProxyType({}),
) -> Decimal | None:
    """The same amount in another unit, or None where the two do not convert.

    ``besides`` are units that have a length in minutes for one product only. A part that has no end
    (ten minutes of an hour) is cut off after so many decimals that no sum of it is ever too much.
    """
    if unit is to:
        return amount
    lengths = {**IN_MINUTES, **besides}
    if unit not in lengths or to not in lengths:
        return None
    exact = Fraction(amount) * lengths[unit] / lengths[to]
    units = str(exact.numerator * 10**CUT_OFF // exact.denominator)
    return Decimal((0, tuple(map(int, units)), -CUT_OFF))


def shown(number: Decimal) -> Decimal:
    """A sum as it is told: to as many decimals as a quantity can have."""
    return number.quantize(Decimal(1).scaleb(-MAX_DECIMALS))
