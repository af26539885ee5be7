"""Rules about so much per week, month or year. A step over several days is spread evenly."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import frozen

from rekenschap.domain.calendar import Periode, Termijn
from rekenschap.domain.effects import days_of
from rekenschap.domain.facts import InzetGeregistreerd, ToewijzingAfgegeven
from rekenschap.domain.identifiers import Product
from rekenschap.domain.lasten import Last
from rekenschap.domain.quantities import canonical
from rekenschap.domain.rules.duur import day_one, last_day_of
from rekenschap.domain.rules.ruimte import left_exact
from rekenschap.domain.sizes import weight_of
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.vocabulary import Frequentie
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    INZET,
    PEILDATUM,
    VERLENGD,
    Regelsoort,
    Zaak,
    regelsoort,
)

Per = Literal["week", "looptijdjaar"]
Hours = Callable[[Last, InzetGeregistreerd], Fraction]
ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(days=7)


@regelsoort("inzet_per_periode", 1, INZET)
@frozen(kw_only=True)
class InzetPerPeriode(Regelsoort):
    """Of one allocation at most so much effort in an ISO week, or a year since its first day.

    Counted is the quantity, or the first of the kenmerken ``gemeten_in`` that is recorded.
    """

    hoogstens: Decimal
    per: Per = "week"
    gemeten_in: tuple[str, ...] = ()

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this = zaak.toewijzing
        for window in _touched(days_of(zaak.stap), self.per, this.ingangsdatum):
            held = effort_in(this, window, self.gemeten_in)
            if held > self.hoogstens:
                before = effort_in(zaak.voor, window, self.gemeten_in) if zaak.voor else Fraction(0)
                return breuk(
                    hoogstens=self.hoogstens,
                    vanaf=window.van,
                    met_deze=as_text(held),
                    past_nog=as_text(left_exact(self.hoogstens, before)),
                )
        return VOLDOET


@regelsoort("inzet_samen_per_week", 1, INZET)
@frozen(kw_only=True)
class InzetSamenPerWeek(Regelsoort):
    """At most so much effort of one jeugdige in an ISO week on two of these products together.

    Of the products in ``gemeten`` the first of the kenmerken ``gemeten_in`` counts.
    """

    producten: frozenset[Product]
    hoogstens: Decimal
    gemeten: frozenset[Product] = frozenset()
    gemeten_in: tuple[str, ...] = ()

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this = zaak.toewijzing
        beside = [
            t
            for t in zaak.dossier.andere(this.id)
            if t.product in self.producten and t.product != this.product and t.ingetrokken is None
        ]
        for window in _touched(days_of(zaak.stap), "week", this.ingangsdatum):
            others = sum((self._effort(t, window) for t in beside), Fraction(0))
            held = self._effort(this, window) + others
            if others and held > self.hoogstens:
                own = self._effort(zaak.voor, window) if zaak.voor else Fraction(0)
                return breuk(
                    hoogstens=self.hoogstens,
                    vanaf=window.van,
                    samen=as_text(held),
                    past_nog=as_text(left_exact(self.hoogstens, others + own)),
                )
        return VOLDOET if beside else None

    def _effort(self, allocation: Toewijzing, window: Periode) -> Fraction:
        measured = self.gemeten_in if allocation.product in self.gemeten else ()
        return effort_in(allocation, window, measured)


@regelsoort("inzet_per_week_minimum", 1, PEILDATUM)
@frozen(kw_only=True)
class InzetPerWeekMinimum(Regelsoort):
    """In every whole ISO week of the care so far there is at least so much effort.

    The care runs from its start (else the first day of the validity) until its last day, or at most
    ``dagen``.
    """

    minstens: Decimal
    dagen: int

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this, day = zaak.toewijzing, zaak.stap.datum
        first, runs = day_one(this), this.looptijd_op(day)
        if runs is None:
            return None
        last = min(runs.tot_en_met or day, last_day_of(this, self.dagen), day)
        monday = first + timedelta(days=-first.weekday() % 7)
        while monday + ONE_WEEK - ONE_DAY <= last:
            held = effort_in(this, Periode(monday, monday + ONE_WEEK - ONE_DAY), ())
            if held < self.minstens:
                return breuk(minstens=self.minstens, vanaf=monday, in_de_week=as_text(held))
            monday += ONE_WEEK
        return VOLDOET


@regelsoort("gemiddeld_per_week", 1, AFGEGEVEN, VERLENGD, INZET)
@frozen(kw_only=True)
class GemiddeldPerWeek(Regelsoort):
    """On average at most so much a week, over the whole validity (days / 7, not rounded).

    A size per week is compared as it is. Effort is judged where the allocation has no size; an
    open end otherwise leaves nothing to compare.
    """

    hoogstens: Decimal

    def judge(self, zaak: Zaak) -> Bevinding | None:
        rate = self._rate(zaak)
        if rate is None:
            return None
        if rate <= self.hoogstens:
            return VOLDOET
        return breuk(hoogstens=self.hoogstens, per_week=as_text(rate))

    def _rate(self, zaak: Zaak) -> Fraction | None:
        this = zaak.toewijzing
        if zaak.gebeurtenis == INZET:
            return None if this.omvang is not None else _weekly(this.verbruikt, this)
        granted = this.afgifte
        if isinstance(granted, ToewijzingAfgegeven) and granted.frequentie is Frequentie.PER_WEEK:
            added = sum((v.feit.extra_volume for v in this.verlengingen), Decimal(0))
            more = _weekly(added, this) if added else Fraction(0)
            weekly = self._in_its_unit(zaak, granted)
            if weekly is not None and more is not None:
                return Fraction(weekly) + more
        return None if this.omvang is None else _weekly(this.omvang, this)

    def _in_its_unit(self, zaak: Zaak, granted: ToewijzingAfgegeven) -> Decimal | None:
        """What was granted a week, in the unit of the balance; as told where none converts."""
        if not isinstance(granted.volume, Decimal):
            return None
        this = zaak.toewijzing
        told = granted.eenheid
        weight = weight_of(granted.volume, told, this.eenheid, zaak.regeling, this.product)
        return granted.volume if weight is None else weight


def _weekly(size: Decimal, allocation: Toewijzing) -> Fraction | None:
    if allocation.einddatum is None:
        return None
    days = (allocation.einddatum - allocation.ingangsdatum).days + 1
    return Fraction(size) * 7 / days


def effort_in(allocation: Toewijzing, window: Periode, measured: tuple[str, ...]) -> Fraction:
    """The effort in a window: each step for the part of its days that lies in it."""
    total = Fraction(0)
    for last, fact in allocation.inzet():
        share = part_of(days_of(fact), window)
        if share:
            total += share * _measured(last, fact, measured)
    return total


def _measured(last: Last, fact: InzetGeregistreerd, names: tuple[str, ...]) -> Fraction:
    if not names:
        return Fraction(last.aantal)
    for name in names:
        told = fact.lees(name)
        if isinstance(told, int | Decimal) and not isinstance(told, bool):
            return Fraction(told)
    return Fraction(0)


def part_of(days: Periode, window: Periode) -> Fraction:
    """The part of a run of days that lies in a window."""
    assert days.tot_en_met is not None
    assert window.tot_en_met is not None
    first, last = max(days.van, window.van), min(days.tot_en_met, window.tot_en_met)
    if last < first:
        return Fraction(0)
    return Fraction((last - first).days + 1, (days.tot_en_met - days.van).days + 1)


def _touched(days: Periode, per: Per, since: date) -> Iterator[Periode]:
    """The weeks, or years since a day, that a run of days touches."""
    assert days.tot_en_met is not None
    window = _window(days.van, per, since)
    while window.van <= days.tot_en_met:
        yield window
        assert window.tot_en_met is not None
        window = _window(window.tot_en_met + ONE_DAY, per, since)


def _window(day: date, per: Per, since: date) -> Periode:
    if per == "week":
        monday = day - timedelta(days=day.weekday())
        return Periode(monday, monday + ONE_WEEK - ONE_DAY)
    years = day.year - since.year
    if Termijn(jaren=years).na(since) > day:
        years -= 1
    first = Termijn(jaren=years).na(since)
    return Periode(first, Termijn(jaren=years + 1).na(since) - ONE_DAY)


def as_text(value: Fraction) -> str:
    """An exact number as text: a decimal where it is whole, else as a fraction."""
    if value.denominator == 1:
        return canonical(Decimal(value.numerator))
    return f"{value.numerator}/{value.denominator}"
