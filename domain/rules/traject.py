"""Trajects: one price for the whole, settled when the care stops."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.facts import ZorgGestopt
from rekenschap.domain.inrichting import Inrichting, Tarief
from rekenschap.domain.quantities import Bedrag, half_up
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, Gevolg
from rekenschap.domain.vocabulary import Eenheid
from rekenschap.domain.zaak import Regelsoort, Zaak, regelsoort


@regelsoort("traject_afrekening", 1, "ZorgGestopt")
@frozen(kw_only=True)
class TrajectAfrekening(Regelsoort):
    """What a traject comes to when the care stops; it computes and never objects.

    Completed (``voltooid``: reasons of stopping) it is the price of the traject. Aborted it is the
    time spent at the price per minute, at most the traject (``afgebroken: tijd``); or a percentage
    of the traject up to a last day, and all of it after that (``afgebroken: deel``).
    """

    voltooid: frozenset[str]
    afgebroken: Literal["tijd", "deel"]
    procent: int = 100
    binnen: Termijn | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        return VOLDOET

    def afrekening(self, allocation: Toewijzing, stop: ZorgGestopt, settings: Inrichting) -> Gevolg:
        """What the stop does to the balance: the traject is used up, at this price."""
        unit = allocation.eenheid
        if allocation.gestart is None:
            return Gevolg(eenheid=unit, aantal=Decimal(0), waarde=Bedrag(0))
        whole = _agreed(allocation) or settings.tarief(
            allocation.product, stop.datum, Eenheid.TRAJECT
        )
        price = whole.bedrag.eurocent if whole is not None else None
        value: Fraction | None = None if price is None else Fraction(price)
        if stop.reden not in self.voltooid:
            value = self._aborted(allocation, stop.datum, value, settings)
        return Gevolg(
            eenheid=unit,
            aantal=Decimal(1),
            tarief=whole.bedrag if whole is not None else None,
            tarief_eenheid=whole.per if whole is not None else None,
            waarde=None if value is None else half_up(value),
        )

    def _aborted(
        self, allocation: Toewijzing, stopped: date, whole: Fraction | None, settings: Inrichting
    ) -> Fraction | None:
        if whole is None:
            return None
        if self.afgebroken == "deel":
            started = allocation.gestart
            assert started is not None
            early = self.binnen is not None and stopped <= self.binnen.laatste_dag_vanaf(started)
            return whole * self.procent / 100 if early else whole
        per_minute = settings.tarief(allocation.product, stopped, Eenheid.MINUUT)
        if per_minute is None:
            return None
        spent = sum((Fraction(_minutes(last.feit)) for last in allocation.lasten), Fraction(0))
        return min(spent * per_minute.bedrag.eurocent, whole)


def _agreed(allocation: Toewijzing) -> Tarief | None:
    """The price of the traject that was agreed for this allocation, if any."""
    price, unit = allocation.lees("tarief"), allocation.lees("eenheid")
    if isinstance(price, Bedrag) and unit in (Eenheid.TRAJECT, AFWEZIG):
        return Tarief(price, Eenheid.TRAJECT)
    return None


def _minutes(fact: object) -> Decimal:
    unit, amount = getattr(fact, "eenheid", None), getattr(fact, "aantal", Decimal(0))
    return Decimal(amount) if unit is Eenheid.MINUUT else Decimal(0)
