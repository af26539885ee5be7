"""From a referral to an allocation, with what goes wrong on the way."""

from datetime import date
from typing import Any

from attrs import evolve as changed
from attrs import frozen

from rekenschap.application import (
    Eenheid,
    GeefToewijzingAf,
    LegContactVast,
    OntvangVerwijzing,
    TrekVerzoekIn,
    VerleenGoedkeuring,
    WeigerGoedkeuring,
)
from rekenschap.infrastructure.demo.chance import Chance
from rekenschap.infrastructure.demo.mix import Hulp, Mengsel
from rekenschap.infrastructure.demo.pen import (
    GEMEENTE,
    TOEGANG,
    Pen,
    days,
    planner,
    workday,
)

EXTENSIVE = 6000
"""Minutes from which a provider usually consults the toegang first."""


@frozen(kw_only=True)
class Plan:
    """An allocation as it was meant: what care then follows."""

    toewijzing: str
    verwijzing: str
    hulp: Hulp
    aanbieder: str
    verwijzer: str
    medisch: bool
    brief: date
    besloten: date
    van: date
    tot: date
    volume: int

    @property
    def medische_regels(self) -> bool:
        """Whether the rules on treatment after a medical referral bear on it."""
        return self.medisch and not (self.hulp.groep or self.hulp.sessies)


class Access:
    """The way one youth gets help."""

    def __init__(self, pen: Pen, chance: Chance, mix: Mengsel, youth: str) -> None:
        self._pen, self._chance, self._mix, self._youth = pen, chance, mix, youth

    def help(self, hulp: Hulp, day: date, aanbieder: str) -> Plan | None:
        """A referral, a request and a decision; None when no care follows."""
        chance = self._chance
        who = chance.weighed(tuple(self._mix.verwijzers), tuple(self._mix.verwijzers.values()))
        late = chance.happens("late_start")
        issued = day - days(chance.between(330, 345) if late else chance.between(0, 9))
        decided = workday(day + days(chance.between(7, 24)))
        begins = workday(decided + days(chance.between(0, 14)))
        limited = who in self._mix.medisch or hulp.variant != "regulier"
        too_long = limited and hulp.te_lang is not None and chance.happens("te_lang")
        weeks = hulp.te_lang if too_long and hulp.te_lang else hulp.weken
        plan = Plan(
            toewijzing=self._pen.name("T"),
            verwijzing=self._referral(who, hulp, day, issued),
            hulp=hulp,
            aanbieder=aanbieder,
            verwijzer=who,
            medisch=who in self._mix.medisch,
            brief=issued,
            besloten=decided,
            van=begins,
            tot=begins + days(7 * weeks - 1),
            volume=chance.between(hulp.minuten[0] // 60, hulp.minuten[1] // 60) * 60,
        )
        if who in self._mix.onbevoegd:
            self._grant(plan, decided)
            return None
        return self._decided(plan, too_long)

    def _referral(self, who: str, hulp: Hulp, day: date, issued: date) -> str:
        name = self._pen.name("V")
        self._pen.note(
            OntvangVerwijzing,
            TOEGANG,
            day,
            day,
            verwijzing=name,
            jeugdige=self._youth,
            verwijzer=who,
            afgiftedatum=issued,
            product=hulp.product,
        )
        return name

    def _decided(self, plan: Plan, too_long: bool) -> Plan | None:
        """The request with its missteps: each is mended and asked again under a new name."""
        chance, external = self._chance, plan.verwijzer != "gemeente"
        if chance.happens("verkeerde_rol"):
            plan = self._again(plan, actor=planner(plan.aanbieder))
        if external and chance.happens("onvolledig_overzicht"):
            plan = self._again(plan, afsprakenoverzicht="onvolledig")
        if plan.medische_regels and plan.volume >= EXTENSIVE:
            if chance.happens("contact_vergeten"):
                plan = self._again(plan)
            self.contact(plan, "verwachte_inzet", plan.besloten)
        unknown = plan.hulp.sessies and external and chance.happens("verzekering_onbekend")
        told = {"aanvullende_verzekering": "niet_onderzocht"} if unknown else {}
        self._grant(plan, plan.besloten, referentie=f"R-{plan.toewijzing}", **told)
        if plan.medische_regels and chance.happens("verwijzing_hergebruikt"):
            again = self._pen.name("T")
            later = workday(plan.besloten + days(40))
            self._grant(changed(plan, toewijzing=again, besloten=later), later)
        waits = too_long or unknown or plan.hulp.altijd_goedkeuring
        return self._approved(plan) if waits else plan

    def _again(self, plan: Plan, **told: Any) -> Plan:
        """A request that lacks something, and the plan for the next one."""
        self._grant(plan, plan.besloten, **told)
        wait = days(self._chance.between(3, 10))
        decided, name = workday(plan.besloten + wait), self._pen.name("T")
        begins = max(plan.van, decided)
        return changed(plan, toewijzing=name, besloten=decided, van=begins)

    def contact(self, plan: Plan, subject: str, day: date) -> None:
        """The provider consults the toegang."""
        self._pen.note(
            LegContactVast,
            TOEGANG,
            day,
            day,
            met="toegang",
            onderwerp=subject,
            verwijzing=plan.verwijzing,
        )

    def _approved(self, plan: Plan) -> Plan | None:
        """What the gemeente does with a request that waits."""
        fate = self._chance.weighed(("ja", "nee", "terug", "wacht"), (60, 15, 10, 15))
        day = workday(plan.besloten + days(self._chance.between(5, 25)))
        about = f"R-{plan.toewijzing}"
        if fate == "ja":
            words = f"Besproken met de toegang over {self._youth}; passend."
            self._pen.note(
                VerleenGoedkeuring,
                GEMEENTE,
                day,
                day,
                betreft=about,
                door="gemeente",
                motivering=words,
            )
            return changed(plan, van=max(plan.van, day))
        if fate == "nee":
            self._pen.note(WeigerGoedkeuring, GEMEENTE, day, day, betreft=about, door="gemeente")
        elif fate == "terug":
            by = planner(plan.aanbieder)
            self._pen.note(TrekVerzoekIn, by, day, day, betreft=about, door="aanbieder")
        return None

    def _grant(self, plan: Plan, day: date, **told: Any) -> None:
        fields: dict[str, Any] = {
            "aanvullende_verzekering": "niet_verzekerd",
            "afsprakenoverzicht": "nvt" if plan.verwijzer == "gemeente" else "volledig",
            "afstemming_verwijzer": True,
            "akkoord_gemeente": False,
            "variant": plan.hulp.variant,
            "verwachte_inzet_minuten": plan.volume,
            **told,
        }
        actor = fields.pop("actor", GEMEENTE)
        self._pen.note(
            GeefToewijzingAf,
            actor,
            day,
            day,
            toewijzing=plan.toewijzing,
            jeugdige=self._youth,
            verwijzing=plan.verwijzing,
            product=plan.hulp.product,
            aanbieder=plan.aanbieder,
            leveringsvorm="zin",
            ingangsdatum=plan.van,
            einddatum=plan.tot,
            volume=plan.volume,
            eenheid=Eenheid.MINUUT,
            **fields,
        )
