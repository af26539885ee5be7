"""Rules about a size or budget that was granted per day, week or month."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from attrs import evolve, frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Periode, Termijn, add_months
from rekenschap.domain.effects import days_of, value_of
from rekenschap.domain.facts import ToewijzingAfgegeven, Verlengd
from rekenschap.domain.lasten import Last
from rekenschap.domain.quantities import Bedrag, half_up
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.rules.eenheden import in_unit
from rekenschap.domain.rules.perperiode import as_text, part_of
from rekenschap.domain.rules.ruimte import left_exact, left_in_euros
from rekenschap.domain.sizes import total_of
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, Gevolg, breuk, zwijgt
from rekenschap.domain.vocabulary import Frequentie
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    LASTEN,
    VERLENGD,
    Regelsoort,
    Rekenstap,
    Zaak,
    regelsoort,
)

ONE_DAY = timedelta(days=1)
Measure = Callable[[Last], Fraction | None]


@regelsoort("omvang_per_periode", 1, *LASTEN)
@frozen(kw_only=True)
class OmvangPerPeriode(Regelsoort):
    """What is charged within a day, ISO week or month never exceeds the size granted for one.

    A charge over several days is spread evenly. What an extension adds may be used in any period.
    """

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this, grant = zaak.toewijzing, _granted_per_period(zaak.toewijzing)
        days = days_of(zaak.stap)
        if grant is None or not isinstance(grant.volume, Decimal) or days.tot_en_met is None:
            return None
        if zaak.gevolg.aantal is None:
            return None
        unit = grant.eenheid or None
        size = in_unit(grant.volume, unit, this.eenheid, this.product, zaak.regeling)
        if size is None:
            return None
        limit = size + _added(this, zaak.regeling)
        for window in windows(days, grant.frequentie):
            held = _sum(this, window, lambda last: Fraction(last.aantal))
            if held is not None and held > limit:
                own = part_of(days, window) * Fraction(zaak.gevolg.aantal)
                return breuk(
                    hoogstens=limit,
                    vanaf=window.van,
                    met_deze=as_text(held),
                    past_nog=as_text(left_exact(limit, held - own)),
                )
        return VOLDOET


@regelsoort("budget_per_periode", 1, *LASTEN)
@frozen(kw_only=True)
class BudgetPerPeriode(Regelsoort):
    """The value of what is charged within a period never exceeds a budget granted for one.

    Beside a size, the period belongs to the size and the budget is for the whole.
    """

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this, grant = zaak.toewijzing, _granted_per_period(zaak.toewijzing)
        days = days_of(zaak.stap)
        if grant is None or isinstance(grant.volume, Decimal) or days.tot_en_met is None:
            return None
        if not isinstance(grant.budget, Bedrag):
            return None
        for window in windows(days, grant.frequentie):
            worth = _sum(this, window, lambda last: value_of(last.gevolg))
            if worth is None:
                return zwijgt("tarief")
            if worth > grant.budget.eurocent:
                own = part_of(days, window) * (value_of(zaak.gevolg) or Fraction(0))
                return breuk(
                    budget=grant.budget,
                    vanaf=window.van,
                    met_deze=half_up(worth),
                    past_nog=left_in_euros(grant.budget, worth - own),
                )
        return VOLDOET


@regelsoort("budget_over_looptijd", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class BudgetOverLooptijd(Regelsoort):
    """A budget per day, week or month comes to so many times that, over the whole validity.

    Counted in whole months, in days / 7, or in days; without a last day it comes to no amount.
    Beside a size, the period belongs to the size. With ``als_omvang`` it is counted as a size is,
    per ISO week or calendar month the validity touches, and the period belongs to the budget too.
    It computes and never objects.
    """

    rekent = True

    als_omvang: bool = False

    def judge(self, zaak: Zaak) -> Bevinding | None:
        return VOLDOET

    def waarde(self, stap: Rekenstap, gevolg: Gevolg) -> Gevolg:
        grant = _granted_per_period(stap.toewijzing)
        if grant is None or not isinstance(grant.budget, Bedrag):
            return gevolg
        if isinstance(grant.volume, Decimal) and not self.als_omvang:
            return gevolg
        before = self._over(grant.budget, grant.frequentie, stap.toewijzing.periode)
        if not isinstance(stap.feit, Verlengd):
            return evolve(gevolg, budget=before)
        if stap.feit.einddatum is AFWEZIG or before is None:
            return gevolg
        longer = Periode(stap.toewijzing.ingangsdatum, stap.feit.einddatum)
        after = self._over(grant.budget, grant.frequentie, longer)
        if after is None:
            return gevolg
        extra = gevolg.budget.eurocent if gevolg.budget else 0
        return evolve(gevolg, budget=Bedrag(after.eurocent - before.eurocent + extra))

    def _over(self, budget: Bedrag, per: Frequentie, period: Periode) -> Bedrag | None:
        if not self.als_omvang:
            return _times(budget, per, period)
        total = total_of(Decimal(budget.eurocent), per, period)
        return None if total is None else Bedrag(int(total))


def _added(this: Toewijzing, rules: Regeling) -> Decimal:
    """The volume extensions named; the days they add bring their own periods, not more of one."""
    told = (one.feit for one in this.verlengingen if one.feit.extra_volume)
    sizes = (
        in_unit(f.extra_volume, f.eenheid or this.eenheid, this.eenheid, this.product, rules)
        for f in told
    )
    return sum((size for size in sizes if size is not None), Decimal(0))


def _granted_per_period(allocation: Toewijzing) -> ToewijzingAfgegeven | None:
    grant = allocation.afgifte
    if not isinstance(grant, ToewijzingAfgegeven) or grant.frequentie is Frequentie.TOTAAL:
        return None
    return grant


def _times(budget: Bedrag, per: Frequentie, period: Periode) -> Bedrag | None:
    if period.tot_en_met is None:
        return None
    days = (period.tot_en_met - period.van).days + 1
    match per:
        case Frequentie.PER_MAAND:
            count = Fraction(whole_months(period.van, period.tot_en_met))
        case Frequentie.PER_WEEK:
            count = Fraction(days, 7)
        case _:
            count = Fraction(days)
    return half_up(count * budget.eurocent)


def whole_months(first: date, last: date) -> int:
    """How many whole months lie in a run of days."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    while Termijn(maanden=months).laatste_dag_vanaf(first) > last:
        months -= 1
    return months


def windows(days: Periode, per: Frequentie) -> Iterator[Periode]:
    """The days, ISO weeks or calendar months that a run of days touches."""
    assert days.tot_en_met is not None
    day = days.van
    while day <= days.tot_en_met:
        window = _window(day, per)
        yield window
        assert window.tot_en_met is not None
        day = window.tot_en_met + ONE_DAY


def _window(day: date, per: Frequentie) -> Periode:
    match per:
        case Frequentie.PER_WEEK:
            monday = day - timedelta(days=day.weekday())
            return Periode(monday, monday + timedelta(days=6))
        case Frequentie.PER_MAAND:
            first = day.replace(day=1)
            return Periode(first, add_months(first, 1) - ONE_DAY)
        case _:
            return Periode(day, day)


def _sum(allocation: Toewijzing, window: Periode, measure: Measure) -> Fraction | None:
    total = Fraction(0)
    for last in allocation.lasten:
        days = days_of(last.feit)
        share = part_of(days, window) if days.tot_en_met is not None else Fraction(0)
        if share:
            amount = measure(last)
            if amount is None:
                return None
            total += share * amount
    return total
