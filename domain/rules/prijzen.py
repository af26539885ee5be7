"""What a unit of an allocation costs by the text, and what size and use are worth by that."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs
from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.afleiding import Lezer
from rekenschap.domain.effects import days_of, reader_of, value_of
from rekenschap.domain.facts import InzetGeregistreerd, NoShowGeregistreerd
from rekenschap.domain.inrichting import Tarief
from rekenschap.domain.quantities import Bedrag, half_up
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import Bevinding, Gevolg
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    INZET,
    NO_SHOW,
    Regelsoort,
    Rekenstap,
    Zaak,
    regelsoort,
)


@regelsoort("laagste_prijs", 1, AFGEGEVEN, INZET, NO_SHOW, "BezwaarBeslist")
@frozen(kw_only=True)
class LaagstePrijs(Regelsoort):
    """The price of a unit is the one in the text, or a lower one that was agreed; it only computes.

    The column of the price is told by the kenmerk that the regeling names (``tariefsoort``). Where
    the text has no price nothing has one, whatever was agreed; what is used is then worth 0 until
    there is use.
    """

    rekent = True

    def judge(self, zaak: Zaak) -> Bevinding | None:
        return None

    def waarde(self, stap: Rekenstap, gevolg: Gevolg) -> Gevolg:
        charged = isinstance(stap.feit, InzetGeregistreerd | NoShowGeregistreerd)
        day = days_of(stap.feit).van if charged else stap.toewijzing.ingangsdatum
        price = price_by_text(
            stap.regeling, stap.toewijzing, reader_of(stap.feit, stap.toewijzing), day
        )
        if not isinstance(price, Tarief):
            begins = gevolg.waarde if charged else Bedrag(0)
            return attrs.evolve(gevolg, tarief=None, tarief_eenheid=None, waarde=begins)
        price = lowest(price, stap.toewijzing)
        return attrs.evolve(gevolg, tarief=price.bedrag, tarief_eenheid=price.per)


def price_by_text(
    rules: Regeling, allocation: Toewijzing, told: Lezer, day: date
) -> Tarief | Afwezig | None:
    """The price in the text on a day: that of its column, else the ordinary one.

    None where the text has none; AFWEZIG where it has columns and nobody told which.
    """
    known = rules.producten.get(allocation.product)
    if known is None:
        return None
    unit = allocation.eenheid
    if rules.tariefsoort is None or all(t.soort is None for t in known.tarieven):
        return known.prijs(day, unit)
    column = rules.afgeleid.lees(rules.tariefsoort, told)
    if not isinstance(column, str):
        return AFWEZIG
    return known.prijs(day, unit, column)


def lowest(price: Tarief, allocation: Toewijzing) -> Tarief:
    """The price in the text, or the one agreed for the allocation if that is lower."""
    agreed = allocation.lees("tarief")
    if isinstance(agreed, Bedrag) and agreed < price.bedrag:
        return Tarief(agreed, price.per)
    return price


def unit_price(zaak: Zaak, *, agreed: bool = True) -> Tarief | Afwezig | None:
    """The price of a unit of this allocation on its first day; ``agreed``: or a lower one."""
    allocation = zaak.toewijzing
    price = price_by_text(zaak.regeling, allocation, zaak.lees, allocation.ingangsdatum)
    return lowest(price, allocation) if agreed and isinstance(price, Tarief) else price


def size_in_euros(zaak: Zaak, *, agreed: bool = True) -> Bedrag | None:
    """What was allocated: the budget, else the size at its price; None when not known."""
    if zaak.toewijzing.budget is not None:
        return zaak.toewijzing.budget
    price = unit_price(zaak, agreed=agreed)
    return size_at(zaak.toewijzing, price) if isinstance(price, Tarief) else None


def size_at(allocation: Toewijzing, price: Tarief) -> Bedrag | None:
    """The size at a price; None when it is not bounded, or in another unit."""
    worth = value_of(
        Gevolg(
            eenheid=allocation.eenheid,
            aantal=allocation.omvang,
            tarief=price.bedrag,
            tarief_eenheid=price.per,
        )
    )
    return None if worth is None else half_up(worth)


def used_in_euros(zaak: Zaak) -> Bedrag | None:
    """What all that is charged is worth; None when the price of some of it is not known."""
    total = _worth(zaak.toewijzing)
    return None if total is None else half_up(total)


def used_before(zaak: Zaak) -> Fraction:
    """What was charged before the step is worth, in eurocent; nothing where there was nothing."""
    return (_worth(zaak.voor) if zaak.voor is not None else None) or Fraction(0)


def _worth(allocation: Toewijzing) -> Fraction | None:
    total = Fraction(0)
    for last in allocation.lasten:
        worth = value_of(last.gevolg)
        if worth is None:
            return None
        total += worth
    return total


def priced(amount: Decimal, per_unit: Decimal) -> Bedrag:
    """An amount at a price in euros."""
    return half_up(Fraction(amount) * Fraction(per_unit) * 100)
