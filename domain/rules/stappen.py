"""Rules about one step and what went before it: contacts, indications, starts, effort, moves."""

from datetime import date, timedelta
from decimal import Decimal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Periode, Termijn
from rekenschap.domain.conditions import Eisen
from rekenschap.domain.effects import days_of
from rekenschap.domain.facts import ContactVastgelegd, InzetGeregistreerd, ToewijzingAfgegeven
from rekenschap.domain.quantities import converted
from rekenschap.domain.rules.declareren import care_month, effort_spent
from rekenschap.domain.rules.geldigheid import taken_over_before
from rekenschap.domain.rules.leeftijd import GEBOORTEDATUM
from rekenschap.domain.rules.termijnen import evaluations
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.vocabulary import Eenheid, Ernst, Frequentie
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    GEDECLAREERD,
    INZET,
    PEILDATUM,
    VERLENGD,
    Regelsoort,
    Zaak,
    regelsoort,
)

ONE_DAY = timedelta(days=1)


@regelsoort("contacten_hoogstens", 1, "ContactVastgelegd")
@frozen(kw_only=True)
class ContactenHoogstens(Regelsoort):
    """At most so many contacts about a subject with one jeugdige, whoever they were with."""

    onderwerp: str
    hoogstens: int

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, ContactVastgelegd)
        if step.onderwerp != self.onderwerp:
            return None
        held = 1 + sum(1 for c in zaak.dossier.contacten if c.feit.onderwerp == self.onderwerp)
        return VOLDOET if held <= self.hoogstens else breuk(hoogstens=self.hoogstens, met_deze=held)


@regelsoort("kenmerk_na_besluit", 1, VERLENGD)
@frozen(kw_only=True)
class KenmerkNaBesluit(Regelsoort):
    """A day the step names lies after the decision on the allocation."""

    kenmerk: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        named = zaak.stap.lees(self.kenmerk)
        if named is AFWEZIG:
            return zwijgt(self.kenmerk)
        decided = zaak.toewijzing.afgifte.datum
        if isinstance(named, date) and named > decided:
            return VOLDOET
        return breuk(**{self.kenmerk: named}, besluit=decided)


@regelsoort("kenmerk_niet_na_stap", 1)
@frozen(kw_only=True)
class KenmerkNietNaStap(Regelsoort):
    """A day the step names does not lie after the step itself."""

    overal = True

    kenmerk: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        named = zaak.stap.lees(self.kenmerk)
        if not isinstance(named, date):
            return zwijgt(self.kenmerk) if named is AFWEZIG else None
        if named <= zaak.stap.datum:
            return VOLDOET
        return breuk(**{self.kenmerk: named}, dag=zaak.stap.datum)


@regelsoort("start_zonder_besluit", 1, "ZorgGestart")
@frozen(kw_only=True)
class StartZonderBesluit(Regelsoort):
    """Care begins on a decision, and not before the first day that names.

    A start before that which says all of ``mits`` is a breach of the weight ``dan`` instead.
    """

    vooraf = True

    mits: Eisen
    dan: Ernst

    def judge(self, zaak: Zaak) -> Bevinding | None:
        granted, day = zaak.voor, zaak.stap.datum
        if granted is not None and day >= granted.ingangsdatum:
            return VOLDOET
        told = {name: zaak.stap.lees(name) for name in self.mits}
        urgent = all(
            value is not AFWEZIG and self.mits[name].holds(value) for name, value in told.items()
        )
        first = None if granted is None else granted.ingangsdatum
        return breuk(self.dan if urgent else None, start=day, ingangsdatum=first)


@regelsoort("woonplaats_in", 1, "WoonplaatsGewijzigd", AFGEGEVEN)
@frozen(kw_only=True)
class WoonplaatsIn(Regelsoort):
    """The jeugdige lives in one of these places; what is not known is not judged."""

    leest_persoon = frozenset({"woonplaats"})

    woonplaatsen: frozenset[str]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        lives = zaak.persoon.get("woonplaats")
        if lives is None:
            return zwijgt("woonplaats")
        if lives in self.woonplaatsen:
            return VOLDOET
        return breuk(anders_dan=tuple(sorted(self.woonplaatsen)))


@regelsoort("meertijd_per_dag", 1, AFGEGEVEN)
@frozen(kw_only=True)
class MeertijdPerDag(Regelsoort):
    """A size per day is at most the minutes needed less those that are usual."""

    nodig: str
    gebruikelijk: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, ToewijzingAfgegeven)
        if step.frequentie is not Frequentie.PER_DAG or not isinstance(step.volume, Decimal):
            return None
        values = []
        for name in (self.nodig, self.gebruikelijk):
            value = step.lees(name)
            if isinstance(value, bool) or not isinstance(value, int | Decimal):
                return zwijgt(name)
            values.append(value)
        size = converted(step.volume, step.eenheid or Eenheid.MINUUT, Eenheid.MINUUT)
        if size is None or size <= values[0] - values[1]:
            return None if size is None else VOLDOET
        return breuk(per_dag=size, hoogstens=values[0] - values[1])


@regelsoort("inzet_norm", 1, INZET)
@frozen(kw_only=True)
class InzetNorm(Regelsoort):
    """All effort together against a norm; kinds of effort in ``zonder`` do not count."""

    hoogstens: Decimal
    zonder: frozenset[str] = frozenset()

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, InzetGeregistreerd)
        if step.soort in self.zonder:
            return None
        spent = effort_spent(zaak.toewijzing, self.zonder)
        return VOLDOET if spent <= self.hoogstens else breuk(norm=self.hoogstens, besteed=spent)


@regelsoort("oud_besluit_tot", 1, INZET, GEDECLAREERD)
@frozen(kw_only=True)
class OudBesluitTot(Regelsoort):
    """An allocation taken over that was decided before a day holds until a last day.

    That is ``tot_en_met``, its own last day (``eigen_duur``), and the day before a birthday
    (``tot_leeftijd``), whichever is first. A claim is judged on the first day of its month.
    """

    leest_geboortedatum = True

    besluit_voor: date
    tot_en_met: date | None = None
    eigen_duur: bool = False
    tot_leeftijd: int | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if not taken_over_before(zaak.toewijzing, self.besluit_voor):
            return None
        if self.tot_leeftijd is not None and zaak.geboortedatum is None:
            return zwijgt(GEBOORTEDATUM)
        days = days_of(zaak.stap) if zaak.gebeurtenis == INZET else care_month(zaak)
        if days is None or days.tot_en_met is None:
            return zwijgt("periode")
        first, last = self._holds(zaak)
        judged = days.tot_en_met if zaak.gebeurtenis == INZET else days.van
        too_late = last is not None and judged > last
        too_early = first is not None and first > (
            days.van if zaak.gebeurtenis == INZET else days.tot_en_met
        )
        if not too_late and not too_early:
            return VOLDOET
        return breuk(dag=judged, geldt_van=first, geldt_tot_en_met=last)

    def _holds(self, zaak: Zaak) -> tuple[date | None, date | None]:
        """The first and the last day it holds."""
        ends = [] if self.tot_en_met is None else [self.tot_en_met]
        if self.tot_leeftijd is not None and zaak.geboortedatum is not None:
            ends.append(Termijn(jaren=self.tot_leeftijd).na(zaak.geboortedatum) - ONE_DAY)
        if not self.eigen_duur:
            return None, min(ends, default=None)
        own = zaak.toewijzing.looptijd or Periode(date.min, date.min)
        if own.tot_en_met is not None:
            ends.append(own.tot_en_met)
        return zaak.toewijzing.ingangsdatum, min(ends, default=None)


@regelsoort("evaluatie_bij_lange_duur", 1, PEILDATUM)
@frozen(kw_only=True)
class EvaluatieBijLangeDuur(Regelsoort):
    """What is given for a term or longer is evaluated once per term, from its first day on.

    It stays open until the care is stopped, also after the last day of the validity.
    """

    vanaf: Termijn
    termijn: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        allocation, day = zaak.toewijzing, zaak.stap.datum
        end, first = allocation.einddatum, allocation.ingangsdatum
        if end is not None and end < self.vanaf.laatste_dag_vanaf(first):
            return None
        withdrawn = allocation.ingetrokken
        if allocation.verloop.stilte_op(day) or (withdrawn is not None and withdrawn <= day):
            return None
        latest = max([first, *(e.datum for e in evaluations(allocation, day))])
        due = self.termijn.na(latest)
        return VOLDOET if day <= due else breuk(laatste=latest, uiterlijk=due, peildag=day)
