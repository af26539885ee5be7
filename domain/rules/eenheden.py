"""Rules about units that convert into the unit of the balance, and units that do not."""

from collections.abc import Mapping
from decimal import Decimal

from attrs import frozen

from rekenschap.domain.identifiers import Product
from rekenschap.domain.quantities import IN_MINUTES, converted
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.vocabulary import Eenheid
from rekenschap.domain.zaak import INZET, Regelsoort, Zaak, regelsoort


@regelsoort("eenheid_omrekenbaar", 1, INZET)
@frozen(kw_only=True)
class EenheidOmrekenbaar(Regelsoort):
    """Effort is in the unit of the product, or in one that converts into it; not of ``niet``."""

    niet: frozenset[Product] = frozenset()

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.toewijzing.product in self.niet:
            return None
        unit = _unit_of_product(zaak)
        given = zaak.stap.lees("eenheid")
        if unit is None or not isinstance(given, Eenheid):
            return None
        if convertible(given, unit, zaak.toewijzing.product, zaak.regeling):
            return VOLDOET
        return breuk(eenheid=str(given), eenheid_van_product=str(unit))


@regelsoort("toegewezen_in_andere_eenheid", 1, INZET)
@frozen(kw_only=True)
class ToegewezenInAndereEenheid(Regelsoort):
    """The allocation was given in a unit that does not convert: effort is held against no size."""

    def judge(self, zaak: Zaak) -> Bevinding | None:
        unit = _unit_of_product(zaak)
        granted = zaak.toewijzing.lees("eenheid")
        if unit is None or not isinstance(granted, Eenheid):
            return None
        if convertible(granted, unit, zaak.toewijzing.product, zaak.regeling):
            return VOLDOET
        return breuk(toegewezen_in=str(granted), eenheid_van_product=str(unit))


def _unit_of_product(zaak: Zaak) -> Eenheid | None:
    return zaak.regeling.eenheid_van(zaak.toewijzing.product)


def convertible(unit: Eenheid, to: Eenheid, product: Product, rules: Regeling) -> bool:
    """Whether a quantity of a product in one unit has a size in another."""
    lengths = {*IN_MINUTES, *_of_product(product, rules)} if rules.rekent_om else set()
    return unit is to or (unit in lengths and to in lengths)


def in_unit(
    amount: Decimal, unit: Eenheid | None, to: Eenheid | None, product: Product, rules: Regeling
) -> Decimal | None:
    """A quantity of a product in the unit of its balance; None where the two do not convert."""
    if unit is None or to is None or unit is to:
        return amount
    if not rules.rekent_om:
        return None
    return converted(amount, unit, to, _of_product(product, rules))


def _of_product(product: Product, rules: Regeling) -> Mapping[Eenheid, int]:
    known = rules.producten.get(product)
    return {} if known is None else known.omrekening
