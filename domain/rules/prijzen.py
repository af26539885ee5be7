"""What a unit of an allocation costs by the text, and what size and use are worth by that."""

from decimal import Decimal
from fractions import Fraction

from rekenschap.domain.absent import Afwezig
from rekenschap.domain.effects import value_of
from rekenschap.domain.quantities import Bedrag, half_up
from rekenschap.domain.zaak import Zaak


def priced(amount: Decimal, per_unit: Decimal) -> Bedrag:
    """An amount at a price in euros."""
    return half_up(Fraction(amount) * Fraction(per_unit) * 100)
