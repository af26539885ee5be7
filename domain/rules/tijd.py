"""Rules about time spent: travel, time shared by several youths, the same hour twice, per week."""

from collections import defaultdict
from datetime import time
from decimal import Decimal
from typing import Literal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import week_of
from rekenschap.domain.facts import Feit, InzetGeregistreerd, NoShowGeregistreerd
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.zaak import INZET, NO_SHOW, Regelsoort, Zaak, known, regelsoort


@regelsoort("tijd_per_gesprek", 1, INZET)
@frozen(kw_only=True)
class TijdPerGesprek(Regelsoort):
    """Of one kind of time at most so much per conversation, there and back, before dividing."""

    soort: str
    hoogstens: Decimal

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, InzetGeregistreerd)
        if step.soort != self.soort:
            return None
        total = _undivided(step)
        if step.gesprek is not AFWEZIG:
            for allocation in zaak.dossier.toewijzingen.values():
                for _, other in allocation.inzet():
                    if other.soort == self.soort and other.gesprek == step.gesprek:
                        total += _undivided(other)
            total += sum((f.aantal for f in zaak.samen if self._adds(step, f)), Decimal(0))
        if total <= self.hoogstens:
            return VOLDOET
        return breuk(hoogstens=self.hoogstens, met_deze=total)

    def _adds(self, step: InzetGeregistreerd, other: InzetGeregistreerd) -> bool:
        """Whether what another youth claims comes on top; a total that was told covers them all."""
        told = (one.lees("totaal_minuten") for one in (step, other))
        return other.soort == self.soort and not any(isinstance(total, int) for total in told)


@regelsoort("tijd_verdeeld", 1, INZET)
@frozen(kw_only=True)
class TijdVerdeeld(Regelsoort):
    """Time with several youths is divided over those present.

    One youth may exceed the exact share by less than a minute; all together, in the same
    conversation and of the same kind, never exceed the total. ``niet`` are kinds left undivided.
    """

    niet: frozenset[str] = frozenset()

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, InzetGeregistreerd)
        if step.soort in self.niet:
            return None
        present, total = step.lees("aanwezige_jeugdigen"), step.lees("totaal_minuten")
        if not isinstance(present, int):
            return zwijgt("aanwezige_jeugdigen")
        if present <= 1:
            return None
        if not isinstance(total, int):
            return zwijgt("totaal_minuten")
        if step.aantal * present - total >= present:
            return breuk(aantal=step.aantal, totaal_minuten=total, aanwezige_jeugdigen=present)
        return self._together(step, total, zaak)

    def _together(self, step: InzetGeregistreerd, total: int, zaak: Zaak) -> Bevinding:
        """The sum over the youths; legs that each of them lists add up to the total."""
        claimed = step.aantal
        totals: dict[str, int] = defaultdict(int, {zaak.toewijzing.id: total})
        for other in _others(step, zaak):
            claimed += other.aantal
            leg = other.lees("totaal_minuten")
            totals[other.toewijzing] += leg if isinstance(leg, int) else 0
        if claimed <= max(totals.values()):
            return VOLDOET
        return breuk(samen=claimed, totaal_minuten=max(totals.values()))


@regelsoort("geen_dubbele_tijd", 1, INZET, NO_SHOW)
@frozen(kw_only=True)
class GeenDubbeleTijd(Regelsoort):
    """The hour of a charged no-show is charged once: not again as work, in either order."""

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.voor is None:
            return None
        no_show = isinstance(zaak.stap, NoShowGeregistreerd)
        same_day = [
            last.feit
            for last in zaak.voor.lasten.op(zaak.stap.datum)
            if last.no_show is not no_show
        ]
        if not same_day:
            return None
        own = slot_of(zaak.stap)
        slots = [slot_of(other) for other in same_day]
        if own is None:
            return zwijgt("begintijd")
        for slot in slots:
            if slot is not None and own[0] < slot[1] and slot[0] < own[1]:
                return breuk(begintijd=own[0], eindtijd=own[1], al_vanaf=slot[0], al_tot=slot[1])
        return zwijgt("begintijd") if None in slots else VOLDOET


@regelsoort("intensiteit_per_week", 1, INZET)
@frozen(kw_only=True)
class IntensiteitPerWeek(Regelsoort):
    """At most so many minutes or sessions in an ISO week, or in the first one of the care."""

    wat: Literal["minuten", "sessies"]
    hoogstens: Decimal
    alleen_eerste_week: bool = False

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this, week = zaak.toewijzing, week_of(zaak.stap.datum)
        if self.alleen_eerste_week and this.gestart not in week:
            return None
        sessions = self.wat == "sessies"
        if sessions:
            held = zaak.stap.lees("sessie")
            if not known(held):
                return zwijgt("sessie")
            if held is not True:
                return None
        charged = (last for day in week for last in this.lasten.op(day))
        effort = (last for last in charged if isinstance(last.feit, InzetGeregistreerd))
        counted = (last for last in effort if last.sessie or not sessions)
        amount = sum((Decimal(1) if sessions else last.aantal for last in counted), Decimal(0))
        if amount <= self.hoogstens:
            return VOLDOET
        return breuk(hoogstens=self.hoogstens, in_de_week=amount, wat=self.wat)


def _undivided(fact: InzetGeregistreerd) -> Decimal:
    total = fact.lees("totaal_minuten")
    return Decimal(total) if isinstance(total, int) else fact.aantal


def _others(step: InzetGeregistreerd, zaak: Zaak) -> list[InzetGeregistreerd]:
    """What was registered before for the same conversation and kind, by whichever youth."""
    if step.gesprek is AFWEZIG:
        return []
    own = [fact for t in zaak.dossier.toewijzingen.values() for _, fact in t.inzet()]
    return [f for f in (*own, *zaak.samen) if f.gesprek == step.gesprek and f.soort == step.soort]


def clash(one: Feit, other: Feit) -> bool:
    """Whether two steps overlap on the clock; touching times do not."""
    first, second = slot_of(one), slot_of(other)
    if first is None or second is None:
        return False
    return first[0] < second[1] and second[0] < first[1]


def slot_of(fact: Feit) -> tuple[time, time] | None:
    """The clock times of a step; None unless both were told."""
    begin, end = fact.lees("begintijd"), fact.lees("eindtijd")
    return (begin, end) if isinstance(begin, time) and isinstance(end, time) else None
