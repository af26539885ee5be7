"""Rules that hold what is declared for a month against what was done in it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from rekenschap.domain.calendar import Periode, Termijn
from rekenschap.domain.effects import COUNTED_IN_DAYS, days_of
from rekenschap.domain.facts import AfwezigheidGemeld, Gedeclareerd, InzetGeregistreerd
from rekenschap.domain.identifiers import Product
from rekenschap.domain.lasten import Last
from rekenschap.domain.maanden import days_of_month, month_of
from rekenschap.domain.rules.declareren import care_month, in_unit
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.zaak import AFWEZIG_GEMELD, GEDECLAREERD, Regelsoort, Zaak, regelsoort

ONE_DAY = timedelta(days=1)


@regelsoort("declaratie_naar_inzet", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratieNaarInzet(Regelsoort):
    """All claims of a product for a month are no more than was done in it.

    Days of absence are paid up to a term (``doorbetaald``) after they began, but never for the
    products in ``niet_doorbetaald``. With ``alleen_bij_onderbreking`` it speaks only where days of
    that month were not paid. Without a quantity or a month it is silent.
    """

    doorbetaald: Termijn
    niet_doorbetaald: frozenset[Product] = frozenset()
    alleen_bij_onderbreking: bool = False

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step, month = zaak.stap, care_month(zaak)
        assert isinstance(step, Gedeclareerd)
        if month is None:
            return zwijgt("periode")
        if not isinstance(step.aantal, Decimal):
            return zwijgt("aantal")
        allocation = zaak.toewijzing
        paid, unpaid = self._absent(allocation, month)
        if self.alleen_bij_onderbreking and not unpaid:
            return None
        allowed = effort_in_month(allocation, month) + paid
        claimed = self._claimed(zaak, step)
        if claimed is None or claimed <= allowed:
            return None if claimed is None else VOLDOET
        return breuk(
            gedeclareerd=str(claimed), hoogstens=allowed, doorbetaald=paid, niet_betaald=len(unpaid)
        )

    def _absent(self, allocation: Toewijzing, month: Periode) -> tuple[int, set[date]]:
        """How many days of absence in a month are paid, and which are not."""
        paid: set[date] = set()
        unpaid: set[date] = set()
        never = allocation.product in self.niet_doorbetaald
        for away in allocation.afwezigheden:
            last_paid = self.doorbetaald.laatste_dag_vanaf(away.feit.van)
            for day in _days_in(absence_of(away.feit, allocation), month):
                (unpaid if never or day > last_paid else paid).add(day)
        in_days = allocation.eenheid in COUNTED_IN_DAYS
        return (len(paid - unpaid) if in_days else 0), unpaid

    def _claimed(self, zaak: Zaak, step: Gedeclareerd) -> Fraction | None:
        """This claim and the earlier ones of its kind, in the unit of the balance."""
        total = Fraction(0)
        before = zaak.voor.declaraties if zaak.voor is not None else ()
        for line in (*before, step):
            same = (line.product or zaak.toewijzing.product) == zaak.prestatie
            if not same or line.periode != step.periode or line.soort != step.soort:
                continue
            if isinstance(line.aantal, Decimal):
                weight = _in_unit(line, zaak.toewijzing)
                if weight is None:
                    return None
                total += weight
        return total


@regelsoort("afwezigheid_hoogstens", 1, AFWEZIG_GEMELD)
@frozen(kw_only=True)
class AfwezigheidHoogstens(Regelsoort):
    """An absence that is charged lasts no longer than a term, its first day included."""

    termijn: Termijn

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, AfwezigheidGemeld)
        last = self.termijn.laatste_dag_vanaf(step.van)
        if step.tot_en_met is None or step.tot_en_met <= last:
            return VOLDOET
        return breuk(van=step.van, tot_en_met=step.tot_en_met, laatste_dag=last)


@frozen(kw_only=True)
class Productpaar:
    """Two lists of products of which one each do not go together."""

    een: frozenset[Product]
    ander: frozenset[Product]


@regelsoort("naast_in_maand", 1, GEDECLAREERD)
@frozen(kw_only=True)
class NaastInMaand(Regelsoort):
    """Such products are not both declared for the same month, for one jeugdige.

    Speaks at the second claim. With ``zelfde_dagen`` only where effort on the two shares a day.
    """

    paren: tuple[Productpaar, ...]
    zelfde_dagen: bool = False

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, Gedeclareerd)
        if not step.periode:
            return zwijgt("periode")
        for other in zaak.dossier.toewijzingen.values():
            for line in other.declaraties:
                declared = line.product or other.product
                if line.periode != step.periode or not self._pair(zaak.prestatie, declared):
                    continue
                if not self.zelfde_dagen or _share_a_day(zaak.toewijzing, other, step):
                    return breuk(prestatie=zaak.prestatie, naast=declared, op=other.id)
        return VOLDOET

    def _pair(self, one: Product | None, other: Product) -> bool:
        if one == other:
            return False
        return any(
            (one in pair.een and other in pair.ander) or (one in pair.ander and other in pair.een)
            for pair in self.paren
        )


def effort_in_month(allocation: Toewijzing, month: Periode) -> Decimal:
    """What was done in a month: days by the day, anything else in the month it began."""
    return sum(
        (_within(last, fact, month) for last, fact in allocation.inzet()),
        Decimal(0),
    )


def begun_in(fact: InzetGeregistreerd) -> Periode:
    """The month effort counts in: that of its first day, or of its own day."""
    return days_of_month(month_of(fact.van or fact.aankomst or fact.datum))


def _within(last: Last, fact: InzetGeregistreerd, month: Periode) -> Decimal:
    """The part of effort in a month: its first days, as many as were claimed."""
    first = fact.van or fact.aankomst
    whole = last.aantal == int(last.aantal)
    if not isinstance(first, date) or not whole or last.gevolg.eenheid not in COUNTED_IN_DAYS:
        return last.aantal if begun_in(fact) == month else Decimal(0)
    end = first + timedelta(days=int(last.aantal) - 1)
    if end < first:
        return Decimal(0)
    return Decimal(sum(1 for _ in _days_in(Periode(first, end), month)))


def absence_of(fact: AfwezigheidGemeld, allocation: Toewijzing) -> Periode:
    """The days of an absence, while the allocation runs and until the care is resumed."""
    back = [day for day in allocation.verloop.hervat if day > fact.van]
    runs = allocation.looptijd
    ends = [fact.tot_en_met, runs.tot_en_met if runs is not None else fact.van - ONE_DAY]
    if back:
        ends.append(min(back) - ONE_DAY)
    return Periode(fact.van, min((day for day in ends if day is not None), default=None))


def _days_in(run: Periode, month: Periode) -> Iterator[date]:
    """The days of a run that lie in a month."""
    assert month.tot_en_met is not None
    day = max(run.van, month.van)
    last = month.tot_en_met if run.tot_en_met is None else min(run.tot_en_met, month.tot_en_met)
    while day <= last:
        yield day
        day += ONE_DAY


def _in_unit(line: Gedeclareerd, allocation: Toewijzing) -> Fraction | None:
    """A declared quantity in the unit of the balance; None where the units do not go together."""
    assert isinstance(line.aantal, Decimal)
    if not line.eenheid or allocation.eenheid is None:
        return Fraction(line.aantal)
    return in_unit(line.aantal, line.eenheid, allocation.eenheid)


def _share_a_day(one: Toewijzing, other: Toewijzing, step: Gedeclareerd) -> bool:
    """Whether effort on two allocations in the declared month shares a day."""
    assert step.periode
    month = days_of_month(step.periode)
    own = [days_of(fact) for _, fact in one.inzet() if days_of(fact).overlaps(month)]
    its = [days_of(fact) for _, fact in other.inzet() if days_of(fact).overlaps(month)]
    return any(a.overlaps(b) for a in own for b in its)
