"""What would still fit below a limit, so that a refusal can tell it: never less than nothing."""

from decimal import Decimal
from fractions import Fraction
from math import floor

from rekenschap.domain.facts import InzetGeregistreerd, Verlengd
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.zaak import Zaak

NUL = Decimal(0)


def left(limit: Decimal, before: Decimal) -> Decimal:
    """How much more fits on what was there before the step."""
    return max(limit - before, NUL)


def left_exact(limit: Decimal, before: Fraction) -> Fraction:
    """The same where a step over several days was spread."""
    return max(Fraction(limit) - before, Fraction(0))


def left_in_euros(limit: Bedrag, before: Fraction | int) -> Bedrag:
    """How many whole cents more fit."""
    return Bedrag(max(floor(limit.eurocent - before), 0))


def added_by(zaak: Zaak, claims: Decimal) -> Decimal:
    """What the step adds: effort and an extension what they are for, else all the allocation
    ``claims``."""
    adds = isinstance(zaak.stap, InzetGeregistreerd | Verlengd)
    return zaak.gevolg.aantal or NUL if adds else claims
