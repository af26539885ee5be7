"""Rules about how much: a size, one registration, the hours of a day, a price, a second time."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from rekenschap.domain.calendar import Periode
from rekenschap.domain.effects import days_of
from rekenschap.domain.facts import InzetGeregistreerd
from rekenschap.domain.quantities import Bedrag, converted, half_up
from rekenschap.domain.rules.ruimte import NUL, added_by, left
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.vocabulary import Eenheid
from rekenschap.domain.zaak import AFGEGEVEN, INZET, VERLENGD, Regelsoort, Zaak, regelsoort


@regelsoort("omvang_hoogstens", 1, AFGEGEVEN, VERLENGD, INZET)
@frozen(kw_only=True)
class OmvangHoogstens(Regelsoort):
    """At most so much is allocated, and used, on one allocation.

    Above ``tot_en_met``, where it is told, this rule no longer speaks.
    """

    hoogstens: Decimal
    tot_en_met: Decimal | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        used = zaak.gebeurtenis == INZET
        if used and zaak.gevolg.aantal is None:
            return None  # another unit: a sum over mixed units has no meaning
        size = zaak.toewijzing.verbruikt if used else zaak.toewijzing.omvang
        if size is None:
            return None
        beyond = self.tot_en_met is not None and size > self.tot_en_met
        if size <= self.hoogstens or beyond:
            return VOLDOET
        room = left(self.hoogstens, size - added_by(zaak, size))
        return breuk(hoogstens=self.hoogstens, met_deze_stap=size, past_nog=room)


@regelsoort("eerste_van_product", 1, AFGEGEVEN)
@frozen(kw_only=True)
class EersteVanProduct(Regelsoort):
    """It is the first allocation of its product for this jeugdige.

    One that stopped counts; one that waits, was refused or withdrawn does not.
    """

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this = zaak.toewijzing
        for other in zaak.dossier.andere(this.id):
            if other.product == this.product and other.ingetrokken is None:
                return breuk(eerder=other.id)
        return VOLDOET


@regelsoort("inzet_grenzen", 1, INZET)
@frozen(kw_only=True)
class InzetGrenzen(Regelsoort):
    """One registration is at most, or at least, so much of a unit.

    With ``op_een_dag`` only one on a single day; in a unit that does not convert it is not judged.
    """

    eenheid: Eenheid
    hoogstens: Decimal | None = None
    minstens: Decimal | None = None
    op_een_dag: bool = False

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, InzetGeregistreerd)
        days = days_of(step, stays_through=zaak.vertrekdag_telt)
        if self.op_een_dag and days.van != days.tot_en_met:
            return None
        amount = converted(step.aantal, step.eenheid, self.eenheid)
        if amount is None:
            return None
        too_much = self.hoogstens is not None and amount > self.hoogstens
        too_little = self.minstens is not None and amount < self.minstens
        if not too_much and not too_little:
            return VOLDOET
        return breuk(
            aantal=amount,
            eenheid=str(self.eenheid),
            hoogstens=self.hoogstens,
            minstens=self.minstens,
        )


@regelsoort("uren_per_dag", 1, INZET)
@frozen(kw_only=True)
class UrenPerDag(Regelsoort):
    """At most so many hours per day, over all effort on the allocation.

    Effort over several days fills those days together: no run of days holds more than its days do.
    """

    hoogstens: Decimal

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.gevolg.aantal is None:
            return None
        own = days_of(zaak.stap)
        assert own.tot_en_met is not None
        effort = list(_hours(zaak.toewijzing))
        for first, last in _runs(own.van, own.tot_en_met, [days for days, _ in effort]):
            held = sum((h for days, h in effort if _within(days, first, last)), Decimal(0))
            limit = self.hoogstens * ((last - first).days + 1)
            if held > limit:
                spent = converted(zaak.gevolg.aantal, _unit_of(zaak), Eenheid.UUR)
                room = left(limit, held - (spent or NUL))
                return breuk(van=first, tot_en_met=last, uren=held, hoogstens=limit, past_nog=room)
        return VOLDOET


@regelsoort("prijs_hoogstens", 1, AFGEGEVEN, INZET)
@frozen(kw_only=True)
class PrijsHoogstens(Regelsoort):
    """A price that is agreed or charged, and an amount that is asked, is at most so much a unit."""

    per_eenheid: Decimal

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        price, asked = step.lees("tarief"), step.lees("bedrag")
        most = half_up(Fraction(self.per_eenheid) * 100)
        if isinstance(price, Bedrag) and price > most:
            return breuk(tarief=price, hoogstens=most)
        if isinstance(asked, Bedrag) and zaak.gevolg.aantal is not None:
            limit = half_up(Fraction(zaak.gevolg.aantal) * most.eurocent)
            if asked > limit:
                return breuk(bedrag=asked, hoogstens=limit)
        return VOLDOET


@regelsoort("bedrag_hoogstens", 1)
@frozen(kw_only=True)
class BedragHoogstens(Regelsoort):
    """The amount of the step is at most so much."""

    overal = True

    hoogstens: Decimal

    def judge(self, zaak: Zaak) -> Bevinding | None:
        amount = zaak.stap.lees("bedrag")
        if not isinstance(amount, Bedrag):
            return zwijgt("bedrag")
        most = half_up(Fraction(self.hoogstens) * 100)
        return VOLDOET if amount <= most else breuk(bedrag=amount, hoogstens=most)


def _hours(allocation: Toewijzing) -> Iterator[tuple[Periode, Decimal]]:
    """The effort on an allocation: its days, and its hours where it has any."""
    for last, fact in allocation.inzet():
        hours = converted(last.aantal, allocation.eenheid or fact.eenheid, Eenheid.UUR)
        if hours is not None:
            yield days_of(fact), hours


def _runs(first: date, last: date, known: list[Periode]) -> Iterator[tuple[date, date]]:
    """The runs of days around these that other effort could have filled."""
    longer = [p for p in known if p.tot_en_met is not None and p.van != p.tot_en_met]
    starts = {first, *(p.van for p in longer if p.van < first)}
    ends = {last, *(p.tot_en_met for p in longer if p.tot_en_met and p.tot_en_met > last)}
    for start in sorted(starts, reverse=True):
        for end in sorted(ends):
            yield start, end


def _unit_of(zaak: Zaak) -> Eenheid:
    assert isinstance(zaak.stap, InzetGeregistreerd)
    return zaak.toewijzing.eenheid or zaak.stap.eenheid


def _within(days: Periode, first: date, last: date) -> bool:
    return first <= days.van and days.tot_en_met is not None and days.tot_en_met <= last
