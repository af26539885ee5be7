"""Rules about plans: there by a birthday, complete from an age on, or lacking at the start."""

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.corrections import effective
from rekenschap.domain.facts import PlanVastgesteld, ZorgGestart
from rekenschap.domain.rules.leeftijd import GEBOORTEDATUM, age_on
from rekenschap.domain.rules.termijnen import is_running
from rekenschap.domain.rules.verjaardagen import birthday
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.zaak import INZET, PEILDATUM, Regelsoort, Zaak, regelsoort

GESTART = "ZorgGestart"


@regelsoort("plan_uiterlijk_leeftijd", 1, PEILDATUM)
@frozen(kw_only=True)
class PlanUiterlijkLeeftijd(Regelsoort):
    """By a birthday there is a plan, for who has running care; open until a later birthday.

    A plan made after the birthday does not meet it.
    """

    leest_geboortedatum = True

    plan: str
    leeftijd: int
    tot: int

    def judge(self, zaak: Zaak) -> Bevinding | None:
        born, day = zaak.geboortedatum, zaak.stap.datum
        if born is None:
            return zwijgt(GEBOORTEDATUM)
        due = birthday(born, self.leeftijd)
        if not due < day < birthday(born, self.tot) or not is_running(zaak.toewijzing, day):
            return None
        if any(made.datum <= due for made in plans(zaak, self.plan)):
            return VOLDOET
        return breuk(leeftijd=age_on(born, day), uiterlijk_leeftijd=self.leeftijd, plan=None)


@regelsoort("plan_volledig_leeftijd", 1, PEILDATUM)
@frozen(kw_only=True)
class PlanVolledigLeeftijd(Regelsoort):
    """From an age on the latest plan is about these subjects; without a plan it is silent.

    ``zo_nodig`` are subjects that count only where a kenmerk of the plan is true.
    """

    leest_geboortedatum = True

    plan: str
    vanaf: Termijn
    tot: int
    onderwerpen: frozenset[str]
    zo_nodig: dict[str, str] = field(factory=dict)

    def judge(self, zaak: Zaak) -> Bevinding | None:
        born, day = zaak.geboortedatum, zaak.stap.datum
        if born is None:
            return zwijgt(GEBOORTEDATUM)
        judged = self.vanaf.na(born) <= day < birthday(born, self.tot)
        if not judged or not is_running(zaak.toewijzing, day):
            return None
        made = [one for one in plans(zaak, self.plan) if one.datum <= day]
        if not made:
            return None
        latest = max(reversed(made), key=lambda one: one.datum)
        told = latest.lees("onderwerpen")
        if told is AFWEZIG:
            return zwijgt("onderwerpen")
        lacking = self._wanted(latest, self.zo_nodig) - set(told if isinstance(told, tuple) else ())
        return breuk(ontbreekt=tuple(sorted(lacking))) if lacking else VOLDOET

    def _wanted(self, made: PlanVastgesteld, needed: Mapping[str, str]) -> set[str]:
        also = {subject for name, subject in needed.items() if made.lees(name) is True}
        return also | self.onderwerpen


@regelsoort("plan_bij_start", 1, GESTART, INZET)
@frozen(kw_only=True)
class PlanBijStart(Regelsoort):
    """Care starts with a plan; after a start without one, effort is signalled until there is."""

    kenmerk: str
    plan: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.gebeurtenis == GESTART:
            told = zaak.stap.lees(self.kenmerk)
            if told is AFWEZIG:
                return zwijgt(self.kenmerk)
            return VOLDOET if told is True else breuk(**{self.kenmerk: told})
        began = self._started_without(zaak)
        if began is None:
            return None
        if any(made.datum <= zaak.stap.datum for made in plans(zaak, self.plan)):
            return VOLDOET
        return breuk(gestart_zonder=began, plan=None)

    def _started_without(self, zaak: Zaak) -> date | None:
        """The day the care started without the plan; None when it did not."""
        for entry in effective(zaak.dossier.boekingen):
            fact = entry.feit
            if not isinstance(fact, ZorgGestart) or not entry.beslissing.uitkomst.erkend:
                continue
            if fact.toewijzing == zaak.toewijzing.id:
                told = fact.lees(self.kenmerk)
                if told is not AFWEZIG and told is not True:
                    return fact.datum
        return None


def plans(zaak: Zaak, kind: str) -> list[PlanVastgesteld]:
    """The plans of a kind that are known, as they were recorded."""
    return [one for one in zaak.dossier.plannen if one.plan == kind]
