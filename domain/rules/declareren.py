"""Rules about what is declared: when, for which days, after which end, and how often."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from rekenschap.domain.calendar import Periode, Termijn
from rekenschap.domain.facts import Gedeclareerd, ZorgGestart
from rekenschap.domain.identifiers import Product
from rekenschap.domain.maanden import days_of_month, last_day_of_month
from rekenschap.domain.quantities import IN_MINUTES
from rekenschap.domain.rules.geldigheid import taken_over_before
from rekenschap.domain.rules.trajecten import last_open_day
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.vocabulary import Eenheid
from rekenschap.domain.zaak import GEDECLAREERD, Regelsoort, Zaak, regelsoort


@regelsoort("declaratie_termijn", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratieTermijn(Regelsoort):
    """A claim comes at the latest on the last day of a month, so many after that of the care.

    ``alleen_van`` and ``behalve_van`` begin a run of days of care that alone, or that not, is
    judged.
    """

    maanden: int
    alleen_van: date | None = None
    alleen_tot_en_met: date | None = None
    behalve_van: date | None = None
    behalve_tot_en_met: date | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        month = care_month(zaak)
        if month is None:
            return zwijgt("periode")
        if self.alleen_van is not None:
            only = Periode(self.alleen_van, self.alleen_tot_en_met)
            if month.van not in only:
                return None
        if self.behalve_van is not None:
            except_for = Periode(self.behalve_van, self.behalve_tot_en_met)
            if month.van in except_for:
                return None
        last = last_day_of_month(month.van, self.maanden)
        if zaak.stap.datum <= last:
            return VOLDOET
        return breuk(gedeclareerd_op=zaak.stap.datum, uiterlijk=last)


@regelsoort("declaratie_binnen_geldigheid", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratieBinnenGeldigheid(Regelsoort):
    """The month of a claim shares a day with the validity, up to the stop or the withdrawal.

    With ``besluit_vanaf`` an allocation that was taken over is judged if decided from that day on.
    """

    besluit_vanaf: date | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if taken_over_before(zaak.toewijzing, self.besluit_vanaf):
            return None
        month = care_month(zaak)
        if month is None:
            return zwijgt("periode")
        runs = zaak.toewijzing.looptijd
        if runs is not None and runs.overlaps(month):
            return VOLDOET
        return breuk(
            maand_van=month.van,
            geldig_van=zaak.toewijzing.ingangsdatum,
            geldig_tot_en_met=None if runs is None else runs.tot_en_met,
        )


@regelsoort("declaratie_zonder_besluit", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratieZonderBesluit(Regelsoort):
    """Nothing is declared on care that was begun in a hurry, before its allocation is given."""

    vooraf = True

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.voor is not None or not isinstance(zaak.stap, Gedeclareerd):
            return None
        named = zaak.stap.toewijzing
        starts = (
            entry.feit
            for entry in zaak.dossier.boekingen
            if isinstance(entry.feit, ZorgGestart) and entry.feit.toewijzing == named
        )
        begun = next((s.datum for s in starts if s.lees("spoed") is True), None)
        return None if begun is None else breuk(besluit=None, start_zorg=begun)


@regelsoort("na_afsluiting", 1, GEDECLAREERD)
@frozen(kw_only=True)
class NaAfsluiting(Regelsoort):
    """A claim comes after the care stopped, or after the term a traject may be open.

    ``redenen`` are the reasons of stopping that close it (none named: any); a reason that nobody
    told closes it too.
    """

    open: Termijn
    redenen: frozenset[str] | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        allocation, day = zaak.toewijzing, zaak.stap.datum
        if day > last_open_day(allocation, self.open):
            return VOLDOET
        stop = allocation.verloop.stop_op(day)
        if stop is None:
            return breuk(gedeclareerd_op=day, gestopt=None)
        if self.redenen is None or stop.reden is None or stop.reden in self.redenen:
            return VOLDOET
        return breuk(gestopt=stop.dag, reden=stop.reden)


@regelsoort("declaratie_naar_einde", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratieNaarEinde(Regelsoort):
    """After a stop for one of these reasons such a claim is not possible.

    ``behalve_redenen`` names the reasons it is possible for instead. With ``hoogstens`` and
    ``boven`` only when at most, or more than, so much was spent; kinds of effort in ``zonder`` do
    not count.
    """

    redenen: frozenset[str] | None = None
    behalve_redenen: frozenset[str] = frozenset()
    hoogstens: Decimal | None = None
    boven: Decimal | None = None
    zonder: frozenset[str] = frozenset()

    def judge(self, zaak: Zaak) -> Bevinding | None:
        stop = zaak.toewijzing.verloop.stop_op(zaak.stap.datum)
        reason = None if stop is None else stop.reden
        if self.redenen is not None and reason not in self.redenen:
            return None
        if reason in self.behalve_redenen:
            return None
        spent = effort_spent(zaak.toewijzing, self.zonder)
        if self.hoogstens is not None and spent > self.hoogstens:
            return VOLDOET
        if self.boven is not None and spent <= self.boven:
            return VOLDOET
        return breuk(prestatie=zaak.prestatie, reden=reason, besteed=spent)


@regelsoort("declaratie_eenmalig", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratieEenmalig(Regelsoort):
    """A claim of its kind is accepted once on an allocation, or once a month (``per_periode``).

    With ``prestaties`` a claim of any of these is the same.
    """

    prestaties: frozenset[Product] | None = None
    per_periode: bool = False

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, Gedeclareerd)
        if self.per_periode and not step.periode:
            return zwijgt("periode")
        for earlier in zaak.voor.declaraties if zaak.voor is not None else ():
            declared = earlier.product or zaak.toewijzing.product
            if earlier.soort != step.soort:
                continue
            if self.prestaties is not None and declared not in self.prestaties:
                continue
            if self.per_periode and earlier.periode != step.periode:
                continue
            return breuk(soort=str(step.soort), al_gedeclareerd_op=earlier.datum)
        return VOLDOET


@regelsoort("declaratie_van_product", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratieVanProduct(Regelsoort):
    """What is declared is the product the allocation has on that day."""

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.prestatie == zaak.product:
            return VOLDOET
        return breuk(prestatie=zaak.prestatie, product=zaak.product)


@regelsoort("declaratie_bij_product", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratieBijProduct(Regelsoort):
    """These are declared on an allocation of their own, or of a product they go with."""

    bij_product: dict[Product, tuple[Product, ...]] = field(factory=dict)

    def judge(self, zaak: Zaak) -> Bevinding | None:
        declared = zaak.prestatie
        goes_with = self.bij_product.get(declared) if declared is not None else None
        if goes_with is None:
            return None
        if zaak.product == declared or zaak.product in goes_with:
            return VOLDOET
        return breuk(prestatie=declared, product=zaak.product, hoort_bij=goes_with)


@regelsoort("declaratie_naast", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratieNaast(Regelsoort):
    """In the month of the care another allocation runs, of one of these products."""

    producten: frozenset[Product]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        month = care_month(zaak)
        if month is None:
            return zwijgt("periode")
        beside = zaak.dossier.samenlopend(zaak.toewijzing.id, month)
        if any(other.product in self.producten for other in beside):
            return VOLDOET
        return breuk(maand_van=month.van, naast=tuple(sorted(self.producten)))


def care_month(zaak: Zaak) -> Periode | None:
    """The days of the month that is declared for; None when nobody told."""
    step = zaak.stap
    told = step.periode if isinstance(step, Gedeclareerd) else None
    return days_of_month(told) if told else None


def effort_spent(allocation: Toewijzing, without: frozenset[str]) -> Decimal:
    """The effort charged, without these kinds, in the unit of the balance."""
    kept = (last.aantal for last, fact in allocation.inzet() if fact.soort not in without)
    return sum(kept, Decimal(0))


def in_unit(amount: Decimal, unit: Eenheid, to: Eenheid) -> Fraction | None:
    """An amount in another unit, exactly; None where the units do not go together."""
    if unit is to:
        return Fraction(amount)
    if unit not in IN_MINUTES or to not in IN_MINUTES:
        return None
    return Fraction(amount) * IN_MINUTES[unit] / IN_MINUTES[to]
