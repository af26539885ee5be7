"""Rules about the amount that is declared: by the price in the text, or at most so much."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Periode, Termijn
from rekenschap.domain.facts import Gedeclareerd
from rekenschap.domain.identifiers import Code, Product
from rekenschap.domain.inrichting import Tarief
from rekenschap.domain.maanden import days_of_month, month_of, whole_months_after
from rekenschap.domain.quantities import Bedrag, converted, half_up
from rekenschap.domain.rules.declareren import care_month, in_unit
from rekenschap.domain.rules.ruimte import left_in_euros
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.vocabulary import Eenheid, Ernst
from rekenschap.domain.zaak import GEDECLAREERD, Regelsoort, Zaak, regelsoort

OPGEZEGD_OP = "opgezegd_op"


@regelsoort("declaratie_tegen_tarief", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratieTegenTarief(Regelsoort):
    """The amount is the quantity times the price in the text for that month, no more and no less.

    Judged when both were told and the text names a price for what is declared.
    """

    def judge(self, zaak: Zaak) -> Bevinding | None:
        month = care_month(zaak)
        price = _text_price(zaak, zaak.stap.datum if month is None else month.van)
        return None if price is None else _by_price(zaak, price)


@regelsoort("declaratie_over_tijdvak", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratieOverTijdvak(Regelsoort):
    """A claim about care from a day on, or up to one, is a breach.

    Care is that of the month declared, and with ``ook_stop`` what stopped in time. With
    ``behalve_uitloop`` the months after the notice on a contract are left to another rule.
    """

    leest_contract = True

    van: date | None = None
    tot_en_met: date | None = None
    ook_stop: bool = False
    behalve_uitloop: Termijn | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        month = care_month(zaak)
        stopped = zaak.toewijzing.gestopt if self.ook_stop else None
        if month is None and stopped is None:
            return zwijgt("periode")
        if month is not None and self.behalve_uitloop is not None:
            left = _run_off(zaak, self.behalve_uitloop)
            if left is not None and month.van >= left.van:
                return None
        days = [day for day in (month.tot_en_met if month else None, stopped) if day is not None]
        early = self.tot_en_met is not None and min(days) <= self.tot_en_met
        late = self.van is not None and month is not None and month.van >= self.van
        if not early and not late:
            return VOLDOET
        return breuk(zorg_op=min(days), van=self.van, tot_en_met=self.tot_en_met)


@regelsoort("uitlooptarief", 1, GEDECLAREERD)
@frozen(kw_only=True)
class Uitlooptarief(Regelsoort):
    """While a contract runs off after notice, the last price in the text holds.

    Judged for care from ``van`` on. It runs off for a term of whole months after that of the
    notice; a month that ends later is a breach of the weight ``daarna``.
    """

    leest_contract = True

    van: date
    uitloop: Termijn
    daarna: Ernst

    def judge(self, zaak: Zaak) -> Bevinding | None:
        month = care_month(zaak)
        left = _run_off(zaak, self.uitloop)
        if month is None or left is None or month.van < max(self.van, left.van):
            return None
        assert month.tot_en_met is not None
        assert left.tot_en_met is not None
        if month.tot_en_met > left.tot_en_met:
            return breuk(self.daarna, maand_van=month.van, uitloop_tot_en_met=left.tot_en_met)
        price = _last_price(zaak, month.van)
        return None if price is None else _by_price(zaak, price)


@regelsoort("declaratie_maximum", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratieMaximum(Regelsoort):
    """The amount is at most the price that was fixed in the column ``tarief``, itself included.

    ``van_product`` is whose price counts (else what is declared), and ``teller`` over ``noemer``
    the part of it. Where the kenmerk ``verhoogd_bij`` is true it is that percentage of it. Without
    a price it is silent, or a breach of the weight ``zonder_tarief``.
    """

    tarief: str
    van_product: Product | None = None
    teller: int = 1
    noemer: int = 1
    verhoogd_bij: str | None = None
    verhoogd_procent: int = 100
    zonder_tarief: Ernst | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, Gedeclareerd)
        if not isinstance(step.bedrag, Bedrag):
            return zwijgt("bedrag")
        priced = self.van_product or zaak.prestatie
        month = care_month(zaak)
        day = step.datum if month is None else month.van
        assert priced is not None
        price = zaak.inrichting.tarief(priced, day, soort=Code(self.tarief))
        if price is None:
            if self.zonder_tarief is None:
                return zwijgt("tarief")
            return breuk(self.zonder_tarief, maximum=None, bedrag=step.bedrag)
        most = Fraction(price.bedrag.eurocent) * self.teller / self.noemer
        if self.verhoogd_bij is not None and step.lees(self.verhoogd_bij) is True:
            most = most * self.verhoogd_procent / 100
        if step.bedrag <= half_up(most):
            return VOLDOET
        return breuk(bedrag=step.bedrag, maximum=half_up(most))


@regelsoort("voorschot_naar_inzet", 1, GEDECLAREERD)
@frozen(kw_only=True)
class VoorschotNaarInzet(Regelsoort):
    """An advance is the time spent in its month, at a price per hour.

    More is a breach, less one of the weight ``eronder``. Kinds of effort in ``zonder`` do not
    count; effort over several days counts in the month of the first.
    """

    per_uur: Decimal
    zonder: frozenset[str] = frozenset()
    eronder: Ernst | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step, month = zaak.stap, care_month(zaak)
        assert isinstance(step, Gedeclareerd)
        if month is None or not isinstance(step.bedrag, Bedrag):
            return zwijgt("periode" if month is None else "bedrag")
        minutes = self._minutes(zaak.toewijzing, month)
        right = half_up(Fraction(minutes) * Fraction(self.per_uur) * 100 / 60)
        if step.bedrag == right:
            return VOLDOET
        weight = self.eronder if step.bedrag < right else None
        return breuk(weight, bedrag=step.bedrag, minuten=minutes, voorschot=right)

    def _minutes(self, allocation: Toewijzing, month: Periode) -> Decimal:
        return sum(
            (
                converted(fact.aantal, fact.eenheid, Eenheid.MINUUT) or Decimal(0)
                for _, fact in allocation.inzet()
                if fact.soort not in self.zonder
                and days_of_month(month_of(fact.van or fact.datum)) == month
            ),
            Decimal(0),
        )


@regelsoort("declaraties_samen_hoogstens_tarief", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratiesSamenHoogstensTarief(Regelsoort):
    """All claims on an allocation together are at most the price that was fixed for its product."""

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, Gedeclareerd)
        product, day = zaak.toewijzing.product, step.datum
        price = zaak.inrichting.tarief(product, day, Eenheid.TRAJECT) or zaak.inrichting.tarief(
            product, day
        )
        if price is None:
            return zwijgt("tarief")
        if not isinstance(step.bedrag, Bedrag):
            return zwijgt("bedrag")
        earlier = zaak.voor.declaraties if zaak.voor is not None else ()
        amounts = [c.bedrag.eurocent for c in (*earlier, step) if isinstance(c.bedrag, Bedrag)]
        if sum(amounts) <= price.bedrag.eurocent:
            return VOLDOET
        room = left_in_euros(price.bedrag, sum(amounts) - step.bedrag.eurocent)
        return breuk(samen=Bedrag(sum(amounts)), tarief=price.bedrag, past_nog=room)


def _by_price(zaak: Zaak, price: Tarief) -> Bevinding | None:
    """Whether an amount is exactly its quantity at a price; silent without one of the two."""
    step = zaak.stap
    assert isinstance(step, Gedeclareerd)
    if not isinstance(step.aantal, Decimal) or not isinstance(step.bedrag, Bedrag):
        return zwijgt("bedrag" if step.bedrag is AFWEZIG else "aantal")
    amount = in_unit(step.aantal, step.eenheid or price.per, price.per)
    right = half_up((Fraction(step.aantal) if amount is None else amount) * price.bedrag.eurocent)
    if step.bedrag == right:
        return VOLDOET
    return breuk(bedrag=step.bedrag, aantal=step.aantal, tarief=price.bedrag, volgens_tarief=right)


def _text_price(zaak: Zaak, day: date) -> Tarief | None:
    known = zaak.regeling.producten.get(zaak.prestatie) if zaak.prestatie else None
    return None if known is None else known.prijs(day)


def _last_price(zaak: Zaak, day: date) -> Tarief | None:
    """The last price in the text that began by a day, whether it still holds or not."""
    known = zaak.regeling.producten.get(zaak.prestatie) if zaak.prestatie else None
    begun = [t for t in known.tarieven if t.soort is None and t.periode.van <= day] if known else []
    return max(begun, key=lambda t: t.periode.van).tarief if begun else None


def _run_off(zaak: Zaak, term: Termijn) -> Periode | None:
    """The months a contract runs off in after notice was given on it; None without notice."""
    provider = zaak.toewijzing.aanbieder
    contract = zaak.contracten.get(provider) if provider is not None else None
    given = contract.lees(OPGEZEGD_OP) if contract is not None else None
    return whole_months_after(given, term) if isinstance(given, date) else None
