"""The report of a replay: what goes by is counted, so that any number of decisions fits."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from attrs import define, field, frozen

from rekenschap.application.replay import Herbeslissing
from rekenschap.domain.effects import value_of
from rekenschap.domain.facts import (
    BeginstandOvergenomen,
    Betaald,
    BezwaarBeslist,
    EigenBijdrageOpgelegd,
    Feit,
    Gedeclareerd,
    GegevenGecorrigeerd,
    GegevenIngetrokken,
    GoedkeuringVerleend,
    ToewijzingAfgegeven,
    Verlengd,
)
from rekenschap.domain.quantities import Bedrag, half_up
from rekenschap.domain.verdicts import Beslissing
from rekenschap.domain.vocabulary import Eenheid, Uitkomst

Uitkomsten = tuple[Uitkomst | None, Uitkomst | None]
"""The outcome then and now; None where there is no decision."""


class Geldsoort(StrEnum):
    """What an amount of a decision is about.

    Of an approval it is what was approved, of a correction what it made of the step: those stand
    apart, since the step itself may be in a total too.
    """

    TOEGEWEZEN = "toegewezen"
    GEBRUIKT = "gebruikt"
    GEDECLAREERD = "gedeclareerd"
    BETAALD = "betaald"
    EIGEN_BIJDRAGE = "eigen_bijdrage"
    GOEDGEKEURD = "goedgekeurd"
    GECORRIGEERD = "gecorrigeerd"


GRANTING: Final = ToewijzingAfgegeven | BeginstandOvergenomen | Verlengd | BezwaarBeslist
MONEY: Final = {
    Gedeclareerd: Geldsoort.GEDECLAREERD,
    Betaald: Geldsoort.BETAALD,
    EigenBijdrageOpgelegd: Geldsoort.EIGEN_BIJDRAGE,
}
ABOUT_A_STEP: Final = {
    GoedkeuringVerleend: Geldsoort.GOEDGEKEURD,
    GegevenGecorrigeerd: Geldsoort.GECORRIGEERD,
    GegevenIngetrokken: Geldsoort.GECORRIGEERD,
}


@frozen
class Geldverschil:
    """What decisions that differ come to together, rounded once per total."""

    toen: Bedrag
    nu: Bedrag


@frozen
class Omvangverschil:
    """What decisions that differ come to together, in ``eenheid``."""

    soort: Geldsoort
    eenheid: Eenheid
    toen: Decimal
    nu: Decimal


@define
class Herspeelverslag:
    """What a replay came to, of what went by ``door``.

    ``gezien`` counts lines, ``anders`` those that would have been different, ``uitkomsten`` how.
    ``zonder_prijs`` are those of them that no amount is known of: they are in no total. ``gewist``
    are the rules that could not be asked again.
    """

    gezien: int = 0
    anders: int = 0
    zonder_prijs: int = 0
    uitkomsten: Counter[Uitkomsten] = field(factory=Counter)
    gewist: set[str] = field(factory=set)
    _cents: dict[Geldsoort, list[Fraction]] = field(factory=dict)
    _sizes: dict[tuple[Geldsoort, Eenheid], list[Decimal]] = field(factory=dict)

    def door(self, found: Iterable[Herbeslissing]) -> Iterator[Herbeslissing]:
        """Everything is counted; only what differs comes through."""
        for one in found:
            self.gezien += 1
            self.gewist.update(one.gewist)
            if one.anders:
                self._count(one)
                yield one

    @property
    def geld(self) -> dict[Geldsoort, Geldverschil]:
        """The amounts that differ, by what they are about."""
        return {
            kind: Geldverschil(half_up(then), half_up(now))
            for kind, (then, now) in sorted(self._cents.items())
            if then != now
        }

    @property
    def omvang(self) -> tuple[Omvangverschil, ...]:
        """The quantities that differ, by what they are about and their unit."""
        return tuple(
            Omvangverschil(kind, unit, then, now)
            for (kind, unit), (then, now) in sorted(self._sizes.items())
            if then != now
        )

    def _count(self, one: Herbeslissing) -> None:
        self.anders += 1
        self.uitkomsten[_outcome(one.toen), _outcome(one.nu)] += 1
        kind = kind_of(one.feit)
        for place, decision in enumerate((one.toen, one.nu)):
            effect = None if decision is None or not decision.uitkomst.erkend else decision.gevolg
            if effect is not None and effect.aantal is not None and effect.eenheid is not None:
                sizes = self._sizes.setdefault((kind, effect.eenheid), [Decimal(0), Decimal(0)])
                sizes[place] += effect.aantal
        amounts = (cents_of(one.feit, one.toen), cents_of(one.feit, one.nu))
        if None in amounts:
            self.zonder_prijs += 1
            return
        totals = self._cents.setdefault(kind, [Fraction(0), Fraction(0)])
        for place, cents in enumerate(amounts):
            totals[place] += cents or 0


def kind_of(fact: Feit) -> Geldsoort:
    """What the amount of a decision on a fact is about."""
    if isinstance(fact, GRANTING):
        return Geldsoort.TOEGEWEZEN
    kinds: dict[type[Feit], Geldsoort] = {**MONEY, **ABOUT_A_STEP}
    return kinds.get(type(fact), Geldsoort.GEBRUIKT)


def cents_of(fact: Feit, decision: Beslissing | None) -> Fraction | None:
    """What a decision comes to in eurocent: 0 when it does not count, None without a price."""
    if decision is None or not decision.uitkomst.erkend:
        return Fraction(0)
    told = fact.lees("bedrag") if type(fact) in MONEY else None
    if isinstance(told, Bedrag):
        return Fraction(told.eurocent)
    return Fraction(0) if decision.gevolg is None else value_of(decision.gevolg)


def _outcome(decision: Beslissing | None) -> Uitkomst | None:
    return None if decision is None else decision.uitkomst
