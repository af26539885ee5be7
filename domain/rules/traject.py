"""Trajects: one price for the whole, settled when the care stops."""

from typing import Literal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.afrekening import minutes_in, settled
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.facts import ZorgGestopt
from rekenschap.domain.inrichting import Inrichting, Tarief
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Afrekenwijze, Bevinding, Gevolg
from rekenschap.domain.vocabulary import Eenheid
from rekenschap.domain.zaak import Regelsoort, Zaak, regelsoort


@regelsoort("traject_afrekening", 1, "ZorgGestopt")
@frozen(kw_only=True)
class TrajectAfrekening(Regelsoort):
    """What a traject comes to when the care stops; it computes and never objects.

    Completed (``voltooid``: reasons of stopping) it is the price of the traject. Aborted it is the
    time spent at the price per minute, at most the traject (``afgebroken: tijd``); or a percentage
    of the traject up to a last day, and all of it after that (``afgebroken: deel``). Without a
    price it takes, it is not known what it comes to.
    """

    voltooid: frozenset[str]
    afgebroken: Literal["tijd", "deel"]
    procent: int = 100
    binnen: Termijn | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        return VOLDOET

    def afrekening(self, allocation: Toewijzing, stop: ZorgGestopt, settings: Inrichting) -> Gevolg:
        """What the stop does to the balance: the traject is used up, at this price."""
        terms = self._terms(allocation, stop, settings)
        spent = minutes_in(last.feit for last in allocation.lasten)
        effect = Gevolg(eenheid=allocation.eenheid, afrekenwijze=terms)
        return settled(effect, allocation.gestart, stop.datum, spent)

    def _terms(
        self, allocation: Toewijzing, stop: ZorgGestopt, settings: Inrichting
    ) -> Afrekenwijze:
        product, day = allocation.product, stop.datum
        whole = _agreed(allocation) or settings.tarief(product, day, Eenheid.TRAJECT)
        price = None if whole is None else whole.bedrag
        if stop.reden in self.voltooid:
            return Afrekenwijze(price)
        if self.afgebroken == "deel":
            return Afrekenwijze(price, procent=self.procent, binnen=self.binnen)
        minute = settings.tarief(product, day, Eenheid.MINUUT)
        return Afrekenwijze(price, tijd=True, per_minuut=None if minute is None else minute.bedrag)


def _agreed(allocation: Toewijzing) -> Tarief | None:
    """The price of the traject that was agreed for this allocation, if any."""
    price, unit = allocation.lees("tarief"), allocation.lees("eenheid")
    if isinstance(price, Bedrag) and unit in (Eenheid.TRAJECT, AFWEZIG):
        return Tarief(price, Eenheid.TRAJECT)
    return None
