"""The care as it goes: start, contacts, no-shows, evaluations, extension, stop."""

from datetime import date
from typing import Any

from rekenschap.application import (
    CorrigeerGegeven,
    Eenheid,
    LegContactVast,
    LegEvaluatieVast,
    RegistreerInzet,
    RegistreerNoShow,
    SoortEvaluatie,
    StartZorg,
    StopZorg,
    TrekGegevenIn,
    VerleenGoedkeuring,
    Verleng,
    WeigerGoedkeuring,
)
from rekenschap.domain.calendar import Termijn
from rekenschap.infrastructure.demo.access import Plan
from rekenschap.infrastructure.demo.chance import Chance
from rekenschap.infrastructure.demo.pen import GEMEENTE, TOEGANG, Pen, days, planner, workday

EVALUATED_BY = ("jeugdige", "verwijzer", "aanbieder", "gemeente")
CALLED_OFF_IN_TIME = 2_880
TOO_MANY = 3
"""So many claims beyond the size, and the provider notices that it is used up."""


class Care:
    """The care on one allocation."""

    def __init__(self, pen: Pen, chance: Chance, plan: Plan, *, troubled: bool) -> None:
        self._pen, self._chance, self._plan = pen, chance, plan
        self._by, self._troubled = planner(plan.aanbieder), troubled
        self._left = plan.volume

    def goes(self) -> date:
        """The whole of it; returns the last day."""
        plan, chance = self._plan, self._chance
        start = workday(plan.van + days(chance.between(0, 18)))
        if chance.happens("te_vroeg"):
            self._effort(start - days(2), "direct", 60, sessie=True)
        self._note(StartZorg, start)
        if plan.medische_regels and start > Termijn(jaren=1).na(plan.brief):
            return start
        stopped = chance.happens("vroeg_gestopt")
        last = start + days(chance.between(60, 200)) if stopped else plan.tot
        last = min(last, plan.tot)
        self._evaluations(start, last)
        self._contacts(start, last)
        if not stopped and chance.happens("verlenging"):
            last = self._extended(last)
        self._stop(last, early=stopped)
        return last

    def together(self, day: date, talk: str, present: int, total: int, share: int) -> None:
        """This youth's share of an hour with several youths."""
        self._effort(
            day,
            "direct",
            share,
            sessie=True,
            gesprek=talk,
            aanwezige_jeugdigen=present,
            totaal_minuten=total,
        )

    def _contacts(self, first: date, last: date) -> None:
        plan, chance, day, beyond = self._plan, self._chance, first, 0
        while day <= last and beyond < TOO_MANY:
            minutes = chance.between(*(m // 15 for m in plan.hulp.gesprek)) * 15
            beyond += minutes > self._left
            if chance.happens("no_show") or (self._troubled and chance.between(1, 4) == 1):
                self._no_show(day, minutes)
            else:
                self._conversation(day, minutes)
            day = workday(day + days(chance.between(*plan.hulp.ritme)))

    def _conversation(self, day: date, minutes: int) -> None:
        chance = self._chance
        talk = self._pen.name("G")
        late = days(chance.between(21, 70)) if chance.happens("te_laat_vastgelegd") else None
        known = day + (late or days(chance.between(0, 4)))
        step, line = f"R-{talk}", f"L-{talk}"
        told = {"gesprek": talk, "regelreferentie": line, "known": known}
        self._effort(day, "direct", minutes, sessie=True, referentie=step, **told)
        if chance.happens("indirect"):
            self._effort(day, "indirect", chance.between(2, 5) * 5, known=known)
        if chance.happens("reistijd"):
            long = chance.happens("reistijd_te_lang")
            travel = 60 if long else chance.between(3, 9) * 5
            self._effort(day, "reistijd", travel, known=known, gesprek=talk)
        if chance.happens("dubbele_regel"):
            self._effort(day, "direct", minutes, sessie=True, **{**told, "known": known + days(9)})
        if chance.happens("correctie"):
            self._note(
                CorrigeerGegeven,
                known + days(chance.between(5, 60)),
                betreft=step,
                reden="typefout",
                gezag="aanbieder",
                vervanging={"aantal": max(15, minutes - 15)},
            )
        elif chance.happens("intrekking"):
            undone = known + days(chance.between(5, 40))
            self._note(
                TrekGegevenIn, undone, betreft=step, reden="verkeerde_client", gezag="aanbieder"
            )

    def _no_show(self, day: date, minutes: int) -> None:
        chance = self._chance
        claimed = chance.happens("no_show_declareren")
        self._left -= minutes if claimed else 0
        in_time = claimed and chance.happens("op_tijd_afgezegd")
        ahead = CALLED_OFF_IN_TIME if in_time else chance.one_of((None, None, 120, 600))
        self._note(
            RegistreerNoShow,
            day,
            known=day + days(chance.between(0, 3)),
            aantal=minutes,
            eenheid=Eenheid.MINUUT,
            declareren=claimed,
            afgezegd_minuten_vooraf=ahead,
            reistijd_minuten=0,
        )

    def _evaluations(self, start: date, last: date) -> None:
        day = start
        while (day := day + days(178)) <= last:
            if self._chance.happens("evaluatie_te_laat"):
                day += days(self._chance.between(14, 40))
            held = workday(day)
            self._note(LegEvaluatieVast, held, soort=SoortEvaluatie.TUSSEN, met=EVALUATED_BY)

    def _extended(self, last: date) -> date:
        """An extension asked before the end; how it turns out is for the rules to say."""
        plan, chance = self._plan, self._chance
        asked = workday(last - days(chance.between(15, 35)))
        forgotten = plan.medische_regels and chance.happens("contact_vergeten")
        if plan.medische_regels and not forgotten:
            subject = {"onderwerp": "verlenging", "verwijzing": plan.verwijzing}
            self._pen.note(LegContactVast, TOEGANG, asked, asked, met="toegang", **subject)
        special = plan.hulp.variant != "regulier"
        other = plan.hulp.sessies and chance.between(1, 3) == 1
        longer = last + days(7 * chance.between(8, 20))
        extra = chance.between(10, 20) * 60
        self._pen.note(
            Verleng,
            GEMEENTE,
            asked,
            asked,
            toewijzing=plan.toewijzing,
            referentie=(step := self._pen.name("R")),
            einddatum=longer,
            extra_volume=extra,
            eenheid=Eenheid.MINUUT,
            besluit_door=plan.verwijzer if other else "gemeente",
            afsprakenoverzicht="nvt" if plan.verwijzer == "gemeente" else "volledig",
        )
        if forgotten or ((special or other) and not self._approved(step, asked)):
            self._conversation(workday(last + days(1)), 60)
            return last
        self._left += extra
        self._contacts(workday(last + days(5)), longer)
        return longer

    def _approved(self, step: str, asked: date) -> bool:
        """Whether the gemeente approves the extension that waits, turns it down or lets it wait."""
        day = workday(asked + days(self._chance.between(2, 10)))
        fate = self._chance.weighed((True, False, None), (65, 15, 20))
        if fate is not None:
            cls = VerleenGoedkeuring if fate else WeigerGoedkeuring
            self._pen.note(cls, GEMEENTE, day, day, betreft=step, door="gemeente")
        return fate is True

    def _stop(self, last: date, *, early: bool) -> None:
        if self._chance.happens("eindevaluatie"):
            self._note(LegEvaluatieVast, last, soort=SoortEvaluatie.EIND, met=EVALUATED_BY)
        reason = "voortijdig_afgebroken" if early else "doel_behaald"
        self._note(StopZorg, last, reden=reason, door="aanbieder", known=last + days(1))

    def _effort(self, day: date, kind: str, minutes: int, **told: Any) -> None:
        fields = {"aanwezige_jeugdigen": 1, "sessie": False, **told}
        self._left -= min(minutes, self._left)
        self._note(
            RegistreerInzet, day, soort=kind, aantal=minutes, eenheid=Eenheid.MINUUT, **fields
        )

    def _note(self, cls: Any, day: date, *, known: date | None = None, **told: Any) -> None:
        about = {} if "betreft" in told else {"toewijzing": self._plan.toewijzing}
        self._pen.note(cls, self._by, day, known or day, **about, **told)
