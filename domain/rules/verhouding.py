"""Rules about size in proportion to time: so much per year, per four weeks, per month."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from rekenschap.domain.facts import NoShowGeregistreerd, ToewijzingAfgegeven
from rekenschap.domain.quantities import canonical
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.vocabulary import Frequentie
from rekenschap.domain.zaak import AFGEGEVEN, NO_SHOW, VERLENGD, Regelsoort, Zaak, regelsoort

PER_MONTH_ONLY = "omvang_per_maand"
"""A reading: only a size that was told per month is a size of a month."""


@regelsoort("omvang_verhouding", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class OmvangVerhouding(Regelsoort):
    """The size over so many days: at most, or at least, a number. Exact, over the whole validity.

    ``zonder`` is a kenmerk whose quantity is left out of the size. With ``absoluut_optie`` set to
    ``absoluut`` the size itself is compared, whatever the validity.
    """

    per_dagen: int
    hoogstens: Decimal | None = None
    minstens: Decimal | None = None
    zonder: str | None = None
    absoluut_optie: str | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        rate = self._rate(zaak)
        if rate is None:
            return None
        too_much = self.hoogstens is not None and rate > Fraction(self.hoogstens)
        too_little = self.minstens is not None and rate < Fraction(self.minstens)
        if not too_much and not too_little:
            return VOLDOET
        return breuk(
            hoogstens=self.hoogstens,
            minstens=self.minstens,
            per_dagen=self.per_dagen,
            omvang=zaak.toewijzing.omvang,
            dagen=_days(zaak.toewijzing),
        )

    def _rate(self, zaak: Zaak) -> Fraction | None:
        size, days = zaak.toewijzing.omvang, _days(zaak.toewijzing)
        if size is None or days is None:
            return None
        if self.zonder is not None:
            size -= quantity(zaak, self.zonder)
        if self.absoluut_optie and zaak.optie(self.absoluut_optie) == "absoluut":
            return Fraction(size)
        return Fraction(size) * self.per_dagen / days


@regelsoort("omvang_met_beoordeling", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class OmvangMetBeoordeling(Regelsoort):
    """Above the proportion only by a quantity a named party judged.

    Speaks where the size fits without ``deel`` and does not fit with it: then ``kenmerk`` names
    one of ``door``, or, when the gemeente refers, of ``door_bij_gemeente`` too.
    """

    per_dagen: int
    hoogstens: Decimal
    deel: str
    kenmerk: str
    door: frozenset[str]
    door_bij_gemeente: frozenset[str] = frozenset()

    def judge(self, zaak: Zaak) -> Bevinding | None:
        size, days = zaak.toewijzing.omvang, _days(zaak.toewijzing)
        if size is None or days is None:
            return None
        limit = Fraction(self.hoogstens) * days / self.per_dagen
        part = quantity(zaak, self.deel)
        if Fraction(size) <= limit or Fraction(size - part) > limit:
            return None
        allowed = self.door
        if zaak.verwijzer == "gemeente":
            allowed |= self.door_bij_gemeente
        judged_by = zaak.lees(self.kenmerk)
        if judged_by in allowed:
            return VOLDOET
        by = judged_by if isinstance(judged_by, str) else None
        return breuk(beoordeeld_door=by, waarvan=part, omvang=size)


@regelsoort("no_show_deel_per_maand", 1, NO_SHOW)
@frozen(kw_only=True)
class NoShowDeelPerMaand(Regelsoort):
    """Per calendar month at most a part of the size of that month.

    The monthly size is the volume if it was allocated per month, else the volume divided by the
    calendar months the validity touches; with ``basis_optie`` set to ``totaal`` the whole size, and
    with ``omvang_per_maand`` only a volume that was allocated per month: nothing is divided.
    Without a size, or without a last day, it is silent.
    """

    procent: int
    basis_optie: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, NoShowGeregistreerd)
        monthly = self._monthly(zaak)
        if monthly is None:
            per_month = zaak.optie(self.basis_optie) == PER_MONTH_ONLY
            bounded = isinstance(zaak.toewijzing.lees("volume"), Decimal)
            if bounded and zaak.toewijzing.einddatum is None:
                return zwijgt("einddatum")
            return zwijgt("frequentie" if per_month else "volume")
        month = (step.datum.year, step.datum.month)
        missed = sum(
            (
                last.aantal
                for last in zaak.toewijzing.lasten.no_shows
                if (last.feit.datum.year, last.feit.datum.month) == month
            ),
            Decimal(0),
        )
        limit = monthly * self.procent / 100
        if Fraction(missed) <= limit:
            return VOLDOET
        return breuk(in_de_maand=missed, procent=self.procent, omvang_van_de_maand=_text(monthly))

    def _monthly(self, zaak: Zaak) -> Fraction | None:
        allocation = zaak.toewijzing
        grant = allocation.afgifte
        if allocation.einddatum is None:
            return None
        per_month = (
            isinstance(grant, ToewijzingAfgegeven) and grant.frequentie is Frequentie.PER_MAAND
        )
        if per_month and isinstance(grant.volume, Decimal):
            return Fraction(grant.volume)
        basis = zaak.optie(self.basis_optie)
        if allocation.omvang is None or basis == PER_MONTH_ONLY:
            return None
        if basis == "totaal":
            return Fraction(allocation.omvang)
        months = months_touched(allocation.ingangsdatum, allocation.einddatum)
        return Fraction(allocation.omvang) / months


def months_touched(first: date, last: date) -> int:
    """The calendar months a period touches; the first and the last count whole."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def quantity(zaak: Zaak, name: str) -> Decimal:
    """A quantity in a kenmerk of the step or the allocation; nothing told is zero."""
    value = zaak.lees(name)
    counts = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return Decimal(value) if counts else Decimal(0)  # type: ignore[arg-type]


def _days(allocation: Toewijzing) -> int | None:
    if allocation.einddatum is None:
        return None
    return (allocation.einddatum - allocation.ingangsdatum).days + 1


def _text(value: Fraction) -> str:
    if value.denominator == 1:
        return canonical(Decimal(value.numerator))
    return f"{value.numerator}/{value.denominator}"
