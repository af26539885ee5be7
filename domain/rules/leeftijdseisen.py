"""Rules that change with age: who chooses, what must be said, until when care may begin or last."""

from datetime import date
from typing import Literal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.conditions import Eisen
from rekenschap.domain.effects import days_of
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.rules.leeftijd import GEBOORTEDATUM, age_on
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    INZET,
    LASTEN,
    VERLENGD,
    Regelsoort,
    Zaak,
    regelsoort,
)


@frozen(kw_only=True)
class Leeftijdsband:
    """Who it must be for an age below ``tot``; without ``tot`` for every age above the others."""

    wie: tuple[str, ...]
    tot: int | None = None


@regelsoort("keuze_naar_leeftijd", 1, AFGEGEVEN)
@frozen(kw_only=True)
class KeuzeNaarLeeftijd(Regelsoort):
    """Who chose (a kenmerk with a list) is exactly who may at that age, on the day of the step."""

    leest_geboortedatum = True

    kenmerk: str
    leeftijden: tuple[Leeftijdsband, ...]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        chosen = zaak.stap.lees(self.kenmerk)
        if chosen is AFWEZIG:
            return zwijgt(self.kenmerk)
        if zaak.geboortedatum is None:
            return zwijgt(GEBOORTEDATUM)
        age = age_on(zaak.geboortedatum, zaak.stap.datum)
        band = next((b for b in self.leeftijden if b.tot is None or age < b.tot), None)
        if band is None:
            return None
        if isinstance(chosen, tuple) and set(chosen) == set(band.wie):
            return VOLDOET
        return breuk(**{self.kenmerk: chosen}, leeftijd=age, bij_deze_leeftijd=band.wie)


@regelsoort("vereist_op_leeftijd", 1, AFGEGEVEN, VERLENGD, INZET)
@frozen(kw_only=True)
class VereistOpLeeftijd(Regelsoort):
    """From the birthday ``van`` up to the one ``tot`` the case must say certain things.

    The day is the first of a grant, the new last one of an extension, the last one of effort, else
    that of the step; with ``dag: datum`` always that of the step. What nobody told is not judged,
    unless ``ook_afwezig``: then it counts as none.
    """

    overal = True
    leest_geboortedatum = True

    eis: Eisen
    van: int = 0
    tot: int | None = None
    dag: Literal["datum", "van_de_stap"] = "van_de_stap"
    ook_afwezig: bool = False

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.geboortedatum is None:
            return zwijgt(GEBOORTEDATUM)
        day = zaak.stap.datum if self.dag == "datum" else _judged_day(zaak)
        if day is None:
            return None
        age = age_on(zaak.geboortedatum, day)
        if age < self.van or (self.tot is not None and age >= self.tot):
            return None
        wrong: dict[str, Waarde] = {}
        for name, condition in self.eis.items():
            value = zaak.lees(name)
            if value is AFWEZIG:
                if not self.ook_afwezig:
                    return zwijgt(name)
                value = None
            if not condition.holds(value):
                wrong[name] = value
        return breuk(**wrong, leeftijd=age) if wrong else VOLDOET


@regelsoort("niet_vanaf_leeftijd", 1, AFGEGEVEN, VERLENGD, *LASTEN)
@frozen(kw_only=True)
class NietVanafLeeftijd(Regelsoort):
    """Nothing on or after a birthday: not the first day, not the last, not a day charged.

    An extension is judged on the last day it names; an open end names none.
    """

    leest_geboortedatum = True

    leeftijd: int

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.geboortedatum is None:
            return zwijgt(GEBOORTEDATUM)
        birthday = Termijn(jaren=self.leeftijd).na(zaak.geboortedatum)
        if zaak.gebeurtenis == VERLENGD and zaak.stap.lees("einddatum") is AFWEZIG:
            return None
        if zaak.gebeurtenis in LASTEN:
            days = days_of(zaak.stap, stays_through=zaak.vertrekdag_telt)
        else:
            days = zaak.toewijzing.periode
        last = max(days.van, days.tot_en_met or days.van)
        if last < birthday:
            return VOLDOET
        age = age_on(zaak.geboortedatum, last)
        return breuk(leeftijd_op_laatste_dag=age, tot=self.leeftijd)


@regelsoort("nieuw_na_leeftijd", 1, AFGEGEVEN)
@frozen(kw_only=True)
class NieuwNaLeeftijd(Regelsoort):
    """An allocation decided and begun on or after a birthday goes on with, or resumes, earlier one.

    The earlier one began before the birthday, and still runs or ended no longer than a term before.
    There can be two breaches, and this judges the one named by ``geval``: there is no earlier one
    (``geen_eerdere``), or it ended too long ago (``te_lang_geleden``).
    """

    leest_geboortedatum = True

    leeftijd: int
    hervatting: Termijn
    geval: Literal["geen_eerdere", "te_lang_geleden"]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.geboortedatum is None:
            return zwijgt(GEBOORTEDATUM)
        this = zaak.toewijzing
        birthday = Termijn(jaren=self.leeftijd).na(zaak.geboortedatum)
        if this.ingangsdatum < birthday or zaak.stap.datum < birthday:
            return VOLDOET
        earlier = [
            runs.tot_en_met
            for other in zaak.dossier.andere(this.id)
            if (runs := other.looptijd) is not None and runs.van < birthday
        ]
        if any(end is None or self.hervatting.na(end) >= this.ingangsdatum for end in earlier):
            return VOLDOET
        if bool(earlier) is (self.geval == "geen_eerdere"):
            return None  # the other case
        age = age_on(zaak.geboortedatum, this.ingangsdatum)
        ended = max((end for end in earlier if end is not None), default=None)
        last = None if ended is None else self.hervatting.na(ended)
        return breuk(leeftijd_bij_aanvang=age, geeindigd=ended, hervatten_tot_en_met=last)


def _judged_day(zaak: Zaak) -> date | None:
    """The day whose age counts; None for an extension that leaves the last day where it is."""
    if zaak.gebeurtenis == AFGEGEVEN:
        return zaak.toewijzing.ingangsdatum
    if zaak.gebeurtenis == VERLENGD:
        named = zaak.stap.lees("einddatum")
        return named if isinstance(named, date) else None
    if zaak.gebeurtenis in LASTEN:
        return days_of(zaak.stap, stays_through=zaak.vertrekdag_telt).tot_en_met
    return zaak.stap.datum
