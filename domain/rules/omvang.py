"""Rules about size: what is allocated is the bound, and what may be allocated at all."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from rekenschap.domain.calendar import Termijn
from rekenschap.domain.effects import value_of
from rekenschap.domain.facts import Verlengd
from rekenschap.domain.quantities import half_up
from rekenschap.domain.rules.ruimte import left, left_in_euros
from rekenschap.domain.rules.voorwaarden import is_lifted
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.vocabulary import Status
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    INZET,
    LASTEN,
    VERLENGD,
    Regelsoort,
    Zaak,
    known,
    regelsoort,
)


@regelsoort("omvang_maximum", 1, *LASTEN)
@frozen(kw_only=True)
class OmvangMaximum(Regelsoort):
    """All that is charged together never exceeds the size of the allocation."""

    def judge(self, zaak: Zaak) -> Bevinding | None:
        after = zaak.toewijzing
        if zaak.gevolg.aantal is None:
            return None  # another unit: a sum over mixed units has no meaning
        if after.omvang is None or after.verbruikt <= after.omvang:
            return VOLDOET
        assert zaak.voor is not None
        return breuk(
            toegewezen=after.omvang,
            verbruikt_met_deze_stap=after.verbruikt,
            past_nog=left(after.omvang, zaak.voor.verbruikt),
        )

    def deel_gebruikt(self, zaak: Zaak) -> Fraction | None:
        size = zaak.toewijzing.omvang
        return Fraction(zaak.toewijzing.geboekt) / Fraction(size) if size else None


@regelsoort("budget_maximum", 1, *LASTEN)
@frozen(kw_only=True)
class BudgetMaximum(Regelsoort):
    """The value of all that is charged never exceeds the budget, if the allocation has one."""

    def judge(self, zaak: Zaak) -> Bevinding | None:
        budget = zaak.toewijzing.budget
        if budget is None:
            return None
        total = _total(zaak.toewijzing)
        if total is None:
            return zwijgt("tarief")
        if total <= budget.eurocent:
            return VOLDOET
        before = (_total(zaak.voor) if zaak.voor is not None else None) or Fraction(0)
        return breuk(
            budget=budget,
            waarde_met_deze_stap=half_up(total),
            past_nog=left_in_euros(budget, before),
        )

    def deel_gebruikt(self, zaak: Zaak) -> Fraction | None:
        budget, total = zaak.toewijzing.budget, _total(zaak.toewijzing)
        return total / budget.eurocent if budget and budget.eurocent and total else None


def _total(allocation: Toewijzing) -> Fraction | None:
    """The value of all that is charged, in eurocent; None where a price is not known."""
    total = Fraction(0)
    for last in allocation.lasten:
        value = value_of(last.gevolg)
        if value is None:
            return None
        total += value
    return total


@regelsoort("sessies_maximum", 1, INZET)
@frozen(kw_only=True)
class SessiesMaximum(Regelsoort):
    """At most so many sessions, over the allocations of one product that begin within a term."""

    hoogstens: int
    binnen: Termijn
    opgeheven_door: str | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        session = zaak.stap.lees("sessie")
        if not known(session):
            return zwijgt("sessie")
        if session is not True or is_lifted(zaak.toewijzing, self.opgeheven_door):
            return VOLDOET
        held = max(sum(t.sessies for t in group) for group in windows(zaak, self.binnen))
        if held <= self.hoogstens:
            return VOLDOET
        return breuk(hoogstens=self.hoogstens, sessies_met_deze=held)


@regelsoort("omvang_samen_maximum", 1, AFGEGEVEN, INZET)
@frozen(kw_only=True)
class OmvangSamenMaximum(Regelsoort):
    """At most so much, over the allocations of one product that begin within a term."""

    hoogstens: Decimal
    binnen: Termijn
    opgeheven_door: str | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if is_lifted(zaak.toewijzing, self.opgeheven_door):
            return VOLDOET
        total = largest_size(zaak, self.binnen)
        if total <= self.hoogstens:
            return VOLDOET
        added: Decimal | None = _size(zaak.toewijzing)
        if zaak.gebeurtenis == INZET:
            counts_use = zaak.toewijzing.omvang is None or zaak.toewijzing.status is Status.GESTOPT
            added = zaak.gevolg.aantal if counts_use else None
        room = left(self.hoogstens, total - (added or Decimal(0)))
        return breuk(hoogstens=self.hoogstens, samen=total, past_nog=room)


@regelsoort("beoordeling_na_maximum", 1, VERLENGD)
@frozen(kw_only=True)
class BeoordelingNaMaximum(Regelsoort):
    """Past a maximum of sessions, size or time, a named party judges whether to go on."""

    sessies: int
    omvang: Decimal
    termijn: Termijn
    door: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        after = zaak.toewijzing
        last_day = self.termijn.laatste_dag_vanaf(after.ingangsdatum)
        sessions = max(sum(t.sessies for t in group) for group in windows(zaak, self.termijn))
        size = largest_size(zaak, self.termijn)
        too_long = after.einddatum is None or after.einddatum > last_day
        if sessions < self.sessies and size <= self.omvang and not too_long:
            return None
        assert isinstance(zaak.stap, Verlengd)
        if zaak.stap.besluit_door == self.door:
            return VOLDOET
        return breuk(
            besluit_door=zaak.stap.besluit_door or None,
            beoordeling_door=self.door,
            sessies=sessions,
            omvang=size,
            einddatum=after.einddatum,
            laatste_dag=last_day,
        )


def windows(zaak: Zaak, term: Termijn) -> Iterator[list[Toewijzing]]:
    """The allocations of this product in each term that begins with one and holds this one."""
    this = zaak.toewijzing
    others = [t for t in zaak.dossier.andere(this.id) if t.product == this.product]
    group = [this, *(t for t in others if t.ingetrokken is None)]
    begin: date
    for begin in {t.ingangsdatum for t in group}:
        last = term.laatste_dag_vanaf(begin)
        if begin <= this.ingangsdatum <= last:
            yield [t for t in group if begin <= t.ingangsdatum <= last]


def largest_size(zaak: Zaak, term: Termijn) -> Decimal:
    """The largest of the sums over those terms: a running one counts its size."""
    return max(sum((_size(t) for t in group), Decimal(0)) for group in windows(zaak, term))


def _size(allocation: Toewijzing) -> Decimal:
    """What an allocation takes of a shared maximum: its size, or what was used once stopped."""
    if allocation.omvang is None or allocation.status is Status.GESTOPT:
        return allocation.verbruikt
    return allocation.omvang
