"""Rules about what is declared: once, only beside something, up to a maximum, at a price."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.facts import Gedeclareerd
from rekenschap.domain.identifiers import Product
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.rules.ruimte import left, left_in_euros
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.zaak import Regelsoort, Zaak, regelsoort

GEDECLAREERD = "Gedeclareerd"
CREDITNOTA = "creditnota"
ONE = Decimal(1)


@regelsoort("declaratie_een_tegelijk", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratieEenTegelijk(Regelsoort):
    """Of these products together one declaration stands on an allocation, until it is credited.

    ``aantal`` and ``hoogstens`` bound the quantity and the amount of a line.
    """

    producten: frozenset[Product]
    aantal: Decimal | None = None
    hoogstens: Bedrag | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, Gedeclareerd)
        assert zaak.voor is not None
        if declared(step, zaak.toewijzing) not in self.producten:
            return None
        before = [f for f in zaak.voor.declaraties if declared(f, zaak.voor) in self.producten]
        if stands(before):
            return breuk(al_gedeclareerd=amount_of(before))
        if self.aantal is not None and (step.aantal or ONE) > self.aantal:
            return breuk(aantal=step.aantal or ONE, hoogstens=self.aantal)
        if self.hoogstens is not None and (step.bedrag or Bedrag(0)) > self.hoogstens:
            return breuk(bedrag=step.bedrag or None, hoogstens=self.hoogstens)
        return VOLDOET


@regelsoort("declaratie_vereist", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratieVereist(Regelsoort):
    """These are declared only for who has, or had, an allocation of one of ``producten``."""

    declaratie: frozenset[Product]
    producten: frozenset[Product]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        assert isinstance(zaak.stap, Gedeclareerd)
        if declared(zaak.stap, zaak.toewijzing) not in self.declaratie:
            return None
        known = zaak.dossier.toewijzingen.values()
        if any(t.product in self.producten and t.ingetrokken is None for t in known):
            return VOLDOET
        return breuk(vereist=tuple(sorted(self.producten)))


@regelsoort("gedeclareerd_maximum", 1, GEDECLAREERD)
@frozen(kw_only=True)
class GedeclareerdMaximum(Regelsoort):
    """All that is declared is at most so much, in quantity and in money.

    Per allocation, or per calendar year over all allocations of the product; the year is that of
    the month of care, else of the declaration.
    """

    per: Literal["toewijzing", "kalenderjaar"]
    aantal: Decimal | None = None
    bedrag: Bedrag | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, Gedeclareerd)
        claims = self._counted(step, zaak)
        amount, total = sum((signed(f) for f in claims), Decimal(0)), amount_of(claims)
        too_many = self.aantal is not None and amount > self.aantal
        too_much = self.bedrag is not None and total > self.bedrag
        if not too_many and not too_much:
            return VOLDOET
        return breuk(
            aantal_met_deze=amount,
            hoogstens_aantal=self.aantal,
            bedrag_met_deze=total,
            hoogstens_bedrag=self.bedrag,
            past_nog=None if self.aantal is None else left(self.aantal, amount - signed(step)),
            past_nog_bedrag=None
            if self.bedrag is None
            else left_in_euros(self.bedrag, total.eurocent - amount_of([step]).eurocent),
        )

    def _counted(self, step: Gedeclareerd, zaak: Zaak) -> list[Gedeclareerd]:
        this = zaak.toewijzing
        if self.per == "toewijzing":
            return list(this.declaraties)
        others = (t for t in zaak.dossier.andere(this.id) if t.product == this.product)
        claims = (fact for t in (this, *others) for fact in t.declaraties)
        return [fact for fact in claims if _year(fact) == _year(step)]


@regelsoort("declaratie_prijs", 1, GEDECLAREERD)
@frozen(kw_only=True)
class DeclaratiePrijs(Regelsoort):
    """The amount declared is at most the quantity times a price."""

    per_eenheid: Bedrag

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, Gedeclareerd)
        if not isinstance(step.bedrag, Bedrag) or not isinstance(step.aantal, Decimal):
            return None
        if step.bedrag.eurocent <= Fraction(step.aantal) * self.per_eenheid.eurocent:
            return VOLDOET
        return breuk(bedrag=step.bedrag, aantal=step.aantal, per_eenheid=self.per_eenheid)


def declared(fact: Gedeclareerd, allocation: Toewijzing) -> Product:
    """What is declared: the product that is named, else that of the allocation."""
    return allocation.product if fact.product is AFWEZIG else fact.product


def gives_back(fact: Gedeclareerd) -> bool:
    """Whether a line gives back."""
    negative = isinstance(fact.bedrag, Bedrag) and fact.bedrag.eurocent < 0
    return fact.soort == CREDITNOTA or negative


def signed(fact: Gedeclareerd) -> Decimal:
    """The quantity of a line; what it gives back is negative."""
    amount = fact.aantal if isinstance(fact.aantal, Decimal) else Decimal(0)
    return -abs(amount) if gives_back(fact) else amount


def amount_of(claims: Iterable[Gedeclareerd]) -> Bedrag:
    """What was declared together, creditings deducted."""
    return Bedrag(sum(f.bedrag.eurocent for f in claims if isinstance(f.bedrag, Bedrag)))


def stands(claims: list[Gedeclareerd]) -> bool:
    """Whether something is declared, net; a line without an amount counts as one."""
    bare = [f for f in claims if not isinstance(f.bedrag, Bedrag)]
    lines = sum(-1 if gives_back(f) else 1 for f in bare)
    return amount_of(claims).eurocent > 0 or lines > 0


def _year(fact: Gedeclareerd) -> int:
    return fact.datum.year if fact.periode is AFWEZIG else int(fact.periode[:4])
