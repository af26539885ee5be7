"""Rules about the size of one allocation, and of all of a product for one jeugdige."""

from decimal import Decimal
from typing import Literal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.facts import BezwaarBeslist, InzetGeregistreerd
from rekenschap.domain.rules.ruimte import NUL, added_by, left
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.vocabulary import SoortEvaluatie, Status
from rekenschap.domain.zaak import AFGEGEVEN, INZET, VERLENGD, Regelsoort, Zaak, regelsoort


@regelsoort("omvang_grens", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class OmvangGrens(Regelsoort):
    """The whole size of an allocation is at least, or at most, so much; without a size silent."""

    overal = True

    hoogstens: Decimal | None = None
    minstens: Decimal | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        size = zaak.toewijzing.omvang
        if size is None or leaves_size(zaak):
            return None
        too_much = self.hoogstens is not None and size > self.hoogstens
        too_little = self.minstens is not None and size < self.minstens
        if not too_much and not too_little:
            return VOLDOET
        return breuk(omvang=size, hoogstens=self.hoogstens, minstens=self.minstens)


@regelsoort("omvang_keuze", 1, AFGEGEVEN)
@frozen(kw_only=True)
class OmvangKeuze(Regelsoort):
    """The size is at most so much, or exactly one of the larger sizes that are named."""

    overal = True

    hoogstens: Decimal
    of: tuple[Decimal, ...]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        size = zaak.toewijzing.omvang
        if size is None or leaves_size(zaak):
            return None
        if size <= self.hoogstens or size in self.of:
            return VOLDOET
        named = tuple(str(one) for one in self.of)
        return breuk(omvang=size, hoogstens=self.hoogstens, of_precies=named)


@regelsoort("verbruik_maximum", 1, INZET)
@frozen(kw_only=True)
class VerbruikMaximum(Regelsoort):
    """Of one allocation at most so much is used, whatever its size."""

    hoogstens: Decimal

    def judge(self, zaak: Zaak) -> Bevinding | None:
        used = zaak.toewijzing.verbruikt
        if used <= self.hoogstens:
            return VOLDOET
        room = left(self.hoogstens, used - (zaak.gevolg.aantal or NUL))
        return breuk(hoogstens=self.hoogstens, verbruikt_met_deze_stap=used, past_nog=room)


@regelsoort("evaluatie_bij_gebruik", 1, INZET)
@frozen(kw_only=True)
class EvaluatieBijGebruik(Regelsoort):
    """An allocation granted at one size is used past a part of it only after an evaluation.

    The evaluation is of that kind and held on or before the day. Extensions do not count as size.
    """

    omvang: Decimal
    na: Decimal
    evaluatie: Literal["tussen", "eind"]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this, day = zaak.toewijzing, zaak.stap.datum
        if _granted(this) != self.omvang or this.verbruikt <= self.na:
            return None
        kind = SoortEvaluatie(self.evaluatie)
        if any(e.soort is kind and e.datum <= day for e in this.evaluaties):
            return VOLDOET
        return breuk(verbruikt_met_deze_stap=this.verbruikt, na=self.na, evaluatie=None)


@regelsoort("omvang_jeugdige_maximum", 1, AFGEGEVEN, VERLENGD, INZET)
@frozen(kw_only=True)
class OmvangJeugdigeMaximum(Regelsoort):
    """At most so much over all allocations of the product of the jeugdige, however long ago.

    A running one counts its size, a stopped one or one without size what was used of it. At effort
    only what was used counts.
    """

    overal = True

    hoogstens: Decimal

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if leaves_size(zaak):
            return None
        effort = isinstance(zaak.stap, InzetGeregistreerd)
        total = sum((t.verbruikt if effort else _claims(t) for t in _of_product(zaak)), NUL)
        if total <= self.hoogstens:
            return VOLDOET
        room = left(self.hoogstens, total - added_by(zaak, _claims(zaak.toewijzing)))
        return breuk(hoogstens=self.hoogstens, samen=total, past_nog=room)


@regelsoort("inzetsoort_jeugdige_maximum", 1, INZET)
@frozen(kw_only=True)
class InzetsoortJeugdigeMaximum(Regelsoort):
    """Of one kind of effort at most so much, over all allocations of the product."""

    inzetsoort: str
    hoogstens: Decimal

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.stap.lees("soort") != self.inzetsoort:
            return None
        effort = (one for allocation in _of_product(zaak) for one in allocation.inzet())
        total = sum((last.aantal for last, f in effort if f.soort == self.inzetsoort), NUL)
        if total <= self.hoogstens:
            return VOLDOET
        room = left(self.hoogstens, total - (zaak.gevolg.aantal or NUL))
        return breuk(soort=self.inzetsoort, hoogstens=self.hoogstens, samen=total, past_nog=room)


def leaves_size(zaak: Zaak) -> bool:
    """Whether the step is a decision on an objection that names no size."""
    return isinstance(zaak.stap, BezwaarBeslist) and zaak.stap.volume is AFWEZIG


def _of_product(zaak: Zaak) -> list[Toewijzing]:
    """This allocation as it would be, and the others of its product that count."""
    this = zaak.toewijzing
    others = (t for t in zaak.dossier.andere(this.id) if t.product == this.product)
    return [this, *(t for t in others if t.ingetrokken is None)]


def _claims(allocation: Toewijzing) -> Decimal:
    if allocation.omvang is None or allocation.status is not Status.LOPEND:
        return allocation.verbruikt
    return allocation.omvang


def _granted(allocation: Toewijzing) -> Decimal | None:
    """The size as it was granted, without what extensions added."""
    if allocation.omvang is None:
        return None
    effects = (extension.beslissing.gevolg for extension in allocation.verlengingen)
    return allocation.omvang - sum((e.aantal or NUL for e in effects if e is not None), NUL)
