"""Rules about when: inside the validity, after the start of care, while in force."""

from datetime import date, timedelta

from attrs import frozen

from rekenschap.domain.effects import days_of
from rekenschap.domain.facts import BeginstandOvergenomen, ToewijzingAfgegeven
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.zaak import AFGEGEVEN, INZET, LASTEN, Regelsoort, Zaak, regelsoort


@regelsoort("binnen_geldigheid", 1, *LASTEN)
@frozen(kw_only=True)
class BinnenGeldigheid(Regelsoort):
    """Every day that is charged lies in the validity, both ends included, and not past a stop.

    With ``besluit_vanaf`` an allocation that was taken over is judged if decided from that day on.
    """

    besluit_vanaf: date | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if taken_over_before(zaak.toewijzing, self.besluit_vanaf):
            return None
        days = days_of(zaak.stap, stays_through=zaak.vertrekdag_telt)
        if days.tot_en_met is None:
            return None  # not back yet: weighs nothing, claims nothing
        allocation = zaak.toewijzing
        last = allocation.einddatum
        stopped = allocation.verloop.stilte_tijdens(days)
        ends = [day for day in (last, stopped) if day is not None]
        if allocation.ingetrokken is not None:
            ends.append(allocation.ingetrokken - timedelta(days=1))
        latest = min(ends, default=date.max)
        if allocation.ingangsdatum <= days.van and days.tot_en_met <= latest:
            return VOLDOET
        return breuk(
            eerste_dag=days.van,
            laatste_dag=days.tot_en_met,
            geldig_van=allocation.ingangsdatum,
            geldig_tot_en_met=None if latest == date.max else latest,
        )


@regelsoort("inzet_na_start", 1, INZET)
@frozen(kw_only=True)
class InzetNaStart(Regelsoort):
    """Effort counts from the start of care; only these kinds may come before it."""

    vrij: frozenset[str]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.stap.lees("soort") in self.vrij:
            return VOLDOET
        started, first = zaak.toewijzing.gestart, days_of(zaak.stap).van
        if started is not None and started <= first:
            return VOLDOET
        return breuk(eerste_dag=first, start_zorg=started)


@regelsoort("in_werking", 1, AFGEGEVEN)
@frozen(kw_only=True)
class InWerking(Regelsoort):
    """The product is in force on the first day of the allocation.

    With ``vanaf_optie`` that option holds the day it comes into force (none: not yet); without it
    the period of the regeling counts.
    """

    vanaf_optie: str | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        assert isinstance(zaak.stap, ToewijzingAfgegeven)
        first = zaak.stap.ingangsdatum
        if self.vanaf_optie is None:
            period = zaak.regeling.periode
            if first in period:
                return VOLDOET
            return breuk(ingangsdatum=first, in_werking=period.van, tot_en_met=period.tot_en_met)
        since = zaak.optie(self.vanaf_optie)
        if isinstance(since, date) and since <= first:
            return VOLDOET
        return breuk(ingangsdatum=first, in_werking=since if isinstance(since, date) else None)


def taken_over_before(allocation: Toewijzing, day: date | None) -> bool:
    """Whether an allocation was taken over, and decided before a day."""
    granted = allocation.afgifte
    return day is not None and isinstance(granted, BeginstandOvergenomen) and granted.datum < day
