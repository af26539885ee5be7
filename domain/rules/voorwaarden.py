"""Rules about one step by itself: what it must say, what it may not be, what is permitted."""

from collections.abc import Iterator

from attrs import field, frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.conditions import Eisen
from rekenschap.domain.facts import Feit, InzetGeregistreerd, NoShowGeregistreerd
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.vocabulary import Eenheid, Rol
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    AFWEZIG_GEMELD,
    INZET,
    NO_SHOW,
    VERLENGD,
    Regelsoort,
    Zaak,
    regelsoort,
)


@regelsoort("vereist", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class Vereist(Regelsoort):
    """The step itself must say certain things.

    What nobody told is not judged, unless ``ook_afwezig``: then it counts as none.
    """

    overal = True

    eis: Eisen
    ook_afwezig: bool = False

    def judge(self, zaak: Zaak) -> Bevinding | None:
        wrong = {}
        for name, condition in self.eis.items():
            value = zaak.stap.lees(name)
            if value is AFWEZIG:
                if not self.ook_afwezig:
                    return zwijgt(name)
                value = None
            if not condition.holds(value):
                wrong[name] = value
        return breuk(**wrong) if wrong else VOLDOET


@regelsoort("soort_uitgesloten", 1, INZET)
@frozen(kw_only=True)
class SoortUitgesloten(Regelsoort):
    """Effort of these kinds can never be charged."""

    soorten: frozenset[str]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        kind = zaak.stap.lees("soort")
        if isinstance(kind, Afwezig):
            return zwijgt("soort")
        return breuk(soort=kind) if kind in self.soorten else VOLDOET


@regelsoort("uitgesloten", 1, NO_SHOW, AFWEZIG_GEMELD)
@frozen(kw_only=True)
class Uitgesloten(Regelsoort):
    """The step is never possible for these products or cases."""

    overal = True

    def judge(self, zaak: Zaak) -> Bevinding | None:
        return breuk(product=zaak.product)


@regelsoort("eenheid_van_product", 1, AFGEGEVEN, VERLENGD, INZET, NO_SHOW)
@frozen(kw_only=True)
class EenheidVanProduct(Regelsoort):
    """The size and the effort are in the unit of the product.

    ``naast`` names units that are accepted beside it; they weigh nothing.
    """

    naast: dict[Eenheid, tuple[Eenheid, ...]] = field(factory=dict)

    def judge(self, zaak: Zaak) -> Bevinding | None:
        product = zaak.product
        unit = zaak.regeling.eenheid_van(product) if product else None
        if unit is None or unit is Eenheid.GEEN:
            return None
        given = zaak.stap.lees("eenheid")
        if given is AFWEZIG:
            return None
        beside = () if _grants(zaak.stap) else self.naast.get(unit, ())
        if given is unit or given in beside:
            return VOLDOET
        return breuk(eenheid=str(given), eenheid_van_product=str(unit))


@regelsoort("toegestaan", 1)
@frozen(kw_only=True)
class Toegestaan(Regelsoort):
    """A permission: it stands in the register so that nothing refuses it, and never objects."""

    overal = True

    def judge(self, zaak: Zaak) -> Bevinding | None:
        return VOLDOET


@regelsoort("regelreferentie_uniek", 1, INZET, NO_SHOW, AFWEZIG_GEMELD)
@frozen(kw_only=True)
class RegelreferentieUniek(Regelsoort):
    """A provider's own line reference that came before is probably the same line again."""

    def judge(self, zaak: Zaak) -> Bevinding | None:
        named = zaak.stap.lees("regelreferentie")
        if not named or zaak.voor is None:
            return None
        for allocation in (zaak.voor, *zaak.dossier.andere(zaak.voor.id)):
            if allocation.aanbieder != zaak.voor.aanbieder:
                continue
            if any(fact.lees("regelreferentie") == named for fact in _lines(allocation)):
                return breuk(regelreferentie=named, toewijzing=allocation.id)
        return VOLDOET


@regelsoort("rol_bevoegd", 1)
@frozen(kw_only=True)
class RolBevoegd(Regelsoort):
    """Only who acts in one of these roles may take the step."""

    overal = True
    over_rol = True

    rollen: frozenset[Rol]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.rol is Rol.SCENARIO or zaak.rol in self.rollen:
            return VOLDOET
        return breuk(rol=str(zaak.rol))


def _lines(allocation: Toewijzing) -> Iterator[Feit]:
    """What a provider reported on an allocation with a reference of its own."""
    for last in allocation.lasten:
        yield last.feit
    for missed in allocation.no_shows:
        yield missed.feit
    for away in allocation.afwezigheden:
        yield away.feit


def _grants(step: Feit) -> bool:
    return not isinstance(step, InzetGeregistreerd | NoShowGeregistreerd)


def is_lifted(allocation: Toewijzing, by: str | None) -> bool:
    """Whether an extension was judged under that rule and counts: it lifts the maximum."""
    if by is None:
        return False
    return any(
        by in extension.beslissing.geslaagd
        or (extension.goedgekeurd and any(o.regel == by for o in extension.beslissing.oordelen))
        for extension in allocation.verlengingen
    )
