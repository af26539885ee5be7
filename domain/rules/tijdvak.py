"""Rules about on which days: a decision, the first and the last day of what it grants."""

from datetime import date
from typing import Literal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.effects import days_of
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    INZET,
    LASTEN,
    VERLENGD,
    Regelsoort,
    Zaak,
    regelsoort,
)


@regelsoort("tijdvak", 1, AFGEGEVEN, VERLENGD, INZET)
@frozen(kw_only=True)
class Tijdvak(Regelsoort):
    """A day lies from one day up to another, both included.

    ``datum`` is the day of the step; ``eerste`` and ``laatste`` are those of what is charged, else
    of the allocation. An open end lies past every day. An extension that names no last day is not
    judged on it.
    """

    overal = True

    dag: Literal["datum", "eerste", "laatste"]
    vanaf: date | None = None
    tot_en_met: date | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if self.dag == "laatste" and names_no_last_day(zaak):
            return None
        day = self._day(zaak)
        too_early = self.vanaf is not None and day is not None and day < self.vanaf
        too_late = self.tot_en_met is not None and (day is None or day > self.tot_en_met)
        if not too_early and not too_late:
            return VOLDOET
        return breuk(dag=day, vanaf=self.vanaf, tot_en_met=self.tot_en_met)

    def _day(self, zaak: Zaak) -> date | None:
        if self.dag == "datum":
            return zaak.stap.datum
        first = self.dag == "eerste"
        if zaak.gebeurtenis in LASTEN:
            days = days_of(zaak.stap, stays_through=zaak.vertrekdag_telt)
        else:
            days = zaak.toewijzing.periode
        return days.van if first else days.tot_en_met


@regelsoort("duur_langer_dan", 1, AFGEGEVEN)
@frozen(kw_only=True)
class DuurLangerDan(Regelsoort):
    """It lasts longer than a term: by the months that are expected, else by the validity.

    An open end is longer than any term.
    """

    termijn: Termijn
    verwacht: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        months = zaak.stap.lees(self.verwacht)
        if isinstance(months, int) and not isinstance(months, bool):
            if months > self.termijn.in_maanden:
                return VOLDOET
            return breuk(**{self.verwacht: months}, meer_dan_maanden=self.termijn.in_maanden)
        allocation = zaak.toewijzing
        least = self.termijn.na(allocation.ingangsdatum)
        if allocation.einddatum is None or allocation.einddatum >= least:
            return VOLDOET
        return breuk(einddatum=allocation.einddatum, ten_minste_tot_en_met=least)


def names_no_last_day(zaak: Zaak) -> bool:
    """Whether the step is an extension that leaves the last day where it is."""
    return zaak.gebeurtenis == VERLENGD and zaak.stap.lees("einddatum") is AFWEZIG
