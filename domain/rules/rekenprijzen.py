"""Rules that say what a step comes to, where that is not quantity times price. They compute."""

from decimal import Decimal
from fractions import Fraction

from attrs import evolve, field, frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Periode
from rekenschap.domain.facts import Gedeclareerd, Verlengd, ZorgGestopt
from rekenschap.domain.identifiers import Product
from rekenschap.domain.inrichting import Inrichting
from rekenschap.domain.quantities import Bedrag, half_up
from rekenschap.domain.rules.declaraties import gives_back, signed
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, Gevolg, Trede
from rekenschap.domain.vocabulary import Eenheid
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    INZET,
    VERLENGD,
    Regelsoort,
    Rekenstap,
    Zaak,
    regelsoort,
)

GEDECLAREERD = "Gedeclareerd"


class Rekensoort(Regelsoort):
    """Base of the kinds that only compute."""

    __slots__ = ()

    rekent = True

    def judge(self, zaak: Zaak) -> Bevinding | None:
        return VOLDOET


@frozen(kw_only=True)
class Staffeltrede:
    """From so many on this price for the whole, and this product if it then becomes another."""

    vanaf: Decimal
    prijs: Bedrag
    product: Product | None = None


@regelsoort("staffelprijs", 1, AFGEGEVEN, INZET)
@frozen(kw_only=True)
class Staffelprijs(Rekensoort):
    """One price for all that was used together, by how much that is; the size is not bounded."""

    treden: tuple[Staffeltrede, ...]

    def waarde(self, stap: Rekenstap, gevolg: Gevolg) -> Gevolg:
        if type(stap.feit).__name__ == INZET:
            worth = Bedrag(0) if stap.feit.datum in stap.regeling.periode else None
            return evolve(gevolg, waarde=worth, tarief=None, tarief_eenheid=None)
        steps = tuple(Trede(s.vanaf, s.prijs, s.product or AFWEZIG) for s in self.treden)
        return evolve(gevolg, aantal=None, tarief=None, tarief_eenheid=None, staffel=steps)


@regelsoort("zonder_waarde", 1, AFGEGEVEN, VERLENGD, INZET)
@frozen(kw_only=True)
class ZonderWaarde(Rekensoort):
    """No amount and no size: the price is not one of an allocation.

    With ``alleen_voorganger`` only of what rests on an allocation of an earlier regeling, whose
    prices are not known; its size then stays.
    """

    alleen_voorganger: bool = False

    def waarde(self, stap: Rekenstap, gevolg: Gevolg) -> Gevolg:
        bare = evolve(gevolg, waarde=None, tarief=None, tarief_eenheid=None)
        if self.alleen_voorganger:
            return bare if stap.toewijzing.voorganger else gevolg
        charged = type(stap.feit).__name__ == INZET
        return evolve(bare, budget=None, aantal=Decimal(0) if charged else None)


@regelsoort("ritprijs", 1, AFGEGEVEN, INZET)
@frozen(kw_only=True)
class Ritprijs(Rekensoort):
    """A fixed amount per step, and so much per unit on top."""

    instap: Bedrag
    per_eenheid: Bedrag

    def waarde(self, stap: Rekenstap, gevolg: Gevolg) -> Gevolg:
        if type(stap.feit).__name__ != INZET:
            return evolve(gevolg, tarief=self.per_eenheid, tarief_eenheid=gevolg.eenheid)
        if gevolg.aantal is None or stap.feit.datum not in stap.regeling.periode:
            return gevolg
        worth = self.instap.eurocent + Fraction(gevolg.aantal) * self.per_eenheid.eurocent
        return evolve(gevolg, waarde=half_up(worth))


@regelsoort("abonnement_per_week", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class AbonnementPerWeek(Rekensoort):
    """A price per week of the validity (days / 7), however much is used; open-ended it has none."""

    prijs: Bedrag

    def waarde(self, stap: Rekenstap, gevolg: Gevolg) -> Gevolg:
        amount = self._over(stap.toewijzing.periode)
        if isinstance(stap.feit, Verlengd):
            if stap.feit.einddatum is AFWEZIG or amount is None:
                return gevolg
            longer = self._over(Periode(stap.toewijzing.ingangsdatum, stap.feit.einddatum))
            amount = None if longer is None else Bedrag(longer.eurocent - amount.eurocent)
        return evolve(gevolg, budget=amount)

    def _over(self, period: Periode) -> Bedrag | None:
        if period.tot_en_met is None:
            return None
        days = (period.tot_en_met - period.van).days + 1
        return half_up(Fraction(days, 7) * self.prijs.eurocent)


@regelsoort("declaratie_verbruikt", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratieVerbruikt(Rekensoort):
    """What is declared is what was used; a crediting gives it back."""

    def waarde(self, stap: Rekenstap, gevolg: Gevolg) -> Gevolg:
        assert isinstance(stap.feit, Gedeclareerd)
        unit = stap.feit.eenheid or stap.toewijzing.eenheid
        if unit is not stap.toewijzing.eenheid:
            return gevolg
        return Gevolg(eenheid=unit, aantal=signed(stap.feit), waarde=Bedrag(0))


@regelsoort("traject_vaste_prijs", 1, "ZorgGestopt", GEDECLAREERD)
@frozen(kw_only=True)
class TrajectVastePrijs(Rekensoort):
    """A traject is settled at one price: when the care stops, however early, or it is declared.

    Not when it stops for one of the reasons ``niet``.
    """

    prijs: Bedrag
    niet: frozenset[str] = field(default=frozenset())

    def waarde(self, stap: Rekenstap, gevolg: Gevolg) -> Gevolg:
        if not isinstance(stap.feit, Gedeclareerd):
            return gevolg
        used, worth = stap.toewijzing.geboekt, self.prijs.eurocent
        if gives_back(stap.feit):
            return gevolg if not used else self._settled(stap.toewijzing, -1, -worth)
        return gevolg if used else self._settled(stap.toewijzing, 1, worth)

    def afrekening(self, allocation: Toewijzing, stop: ZorgGestopt, settings: Inrichting) -> Gevolg:
        """What the stop does to the balance: the traject is used up, at its price."""
        if stop.reden in self.niet:
            return Gevolg(eenheid=allocation.eenheid, aantal=Decimal(0), waarde=Bedrag(0))
        return self._settled(allocation, 1, self.prijs.eurocent)

    def _settled(self, allocation: Toewijzing, count: int, cents: int) -> Gevolg:
        return Gevolg(
            eenheid=allocation.eenheid or Eenheid.TRAJECT,
            aantal=Decimal(count),
            waarde=Bedrag(cents),
        )
