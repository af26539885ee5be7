"""The balance of one allocation as it stands on a day: folded in valid order, over few fields."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from attrs import evolve, field, frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.effects import value_of
from rekenschap.domain.facts import (
    AfwezigheidGemeld,
    BeginstandOvergenomen,
    Feit,
    InzetGeregistreerd,
    NoShowGeregistreerd,
    ToewijzingAfgegeven,
    ToewijzingGewijzigd,
    ToewijzingIngetrokken,
    Verlengd,
    ZorgGestart,
    ZorgGestopt,
    ZorgHervat,
)
from rekenschap.domain.quantities import canonical
from rekenschap.domain.toewijzing import latest
from rekenschap.domain.verdicts import Gevolg
from rekenschap.domain.vocabulary import Eenheid, Status

NUL = Decimal(0)
NO_SHOWS: Final = "no_shows"
AFWEZIGHEIDSDAGEN: Final = "afwezigheidsdagen"


@frozen(kw_only=True)
class Saldo:
    """The balance of an allocation on a day; quantities in ``eenheid``, money exact in eurocent.

    ``waarde`` is None once something was charged, or taken over, for which no price was known.
    """

    jeugdige: str
    aanbieder: str | None
    status: Status
    product: str
    regeling: str
    eenheid: Eenheid | None
    omvang: Decimal | None
    ingangsdatum: date
    einddatum: date | None
    gestart: date | None = None
    gestopt: date | None = None
    geboekt: Decimal = NUL
    per_soort: Mapping[str, Decimal] = field(factory=dict)
    sessies: int = 0
    no_shows: Mapping[int, int] = field(factory=dict)
    afwezigheidsdagen: Mapping[int, int] = field(factory=dict)
    budget: int | None = None
    prijs: Gevolg | None = None
    waarde: Fraction | None = Fraction(0)
    afrekening: Gevolg | None = None

    @property
    def laatste_dag(self) -> date | None:
        """The last day: of the validity, or of the care once it stopped."""
        return self.einddatum if self.gestopt is None else self.gestopt

    @property
    def verbruikt(self) -> Decimal:
        """What is used: what was charged, or what a traject was settled at when it stopped."""
        return self.geboekt if self.afrekening is None else self.afrekening.aantal or NUL

    @property
    def over(self) -> Decimal | None:
        """What is left; None when the size is not bounded."""
        return None if self.omvang is None else self.omvang - self.verbruikt

    def toegewezen_waarde(self) -> Fraction | None:
        """The budget, else the size at its price; None when it cannot be determined."""
        if self.budget is not None:
            return Fraction(self.budget)
        if self.prijs is None or self.omvang is None or self.prijs.tarief is None:
            return None
        return value_of(evolve(self.prijs, aantal=self.omvang))

    def verbruikte_waarde(self) -> Fraction | None:
        """The value of what was used; None without a known price."""
        unpriced = self.prijs is None or self.prijs.tarief is None
        worth = self.waarde if self.afrekening is None else value_of(self.afrekening)
        return None if unpriced and not worth else worth

    def row(self) -> dict[str, Any]:
        """The columns of a row, but for its key and its intervals."""
        left = self.over
        return {
            "jeugdige": self.jeugdige,
            "aanbieder": self.aanbieder,
            "status": self.status.value,
            "product": self.product,
            "regeling": self.regeling,
            "eenheid": None if self.eenheid is None else self.eenheid.value,
            "toegewezen": None if self.omvang is None else canonical(self.omvang),
            "verbruikt": canonical(self.verbruikt),
            "saldo": None if left is None else canonical(left),
            "sessies": self.sessies,
            "ingangsdatum": self.ingangsdatum.isoformat(),
            "einddatum": None if (last := self.laatste_dag) is None else last.isoformat(),
            "startdatum": None if self.gestart is None else self.gestart.isoformat(),
            "verdeling": json.dumps(
                {
                    "per_soort": {k: canonical(v) for k, v in self.per_soort.items()},
                    NO_SHOWS: {str(k): v for k, v in self.no_shows.items()},
                    AFWEZIGHEIDSDAGEN: {str(k): v for k, v in self.afwezigheidsdagen.items()},
                    "toegewezen_cent": _exact(self.toegewezen_waarde()),
                    "waarde_cent": _exact(self.verbruikte_waarde()),
                },
                sort_keys=True,
            ),
        }


@frozen
class Bijdrage:
    """A fact that bears on a balance from a day on, and what it does to it."""

    dag: date
    positie: int
    feit: Feit
    gevolg: Gevolg
    wacht: bool = False


def first_balance(item: Bijdrage, regulation: str) -> Saldo:
    """The balance an allocation begins with: granted, asked for, or taken over."""
    fact = item.feit
    if isinstance(fact, BeginstandOvergenomen):
        return Saldo(
            jeugdige=fact.jeugdige,
            aanbieder=fact.aanbieder or None,
            status=Status.GESTOPT if fact.gestopt else Status.LOPEND,
            product=fact.product,
            regeling=fact.regeling,
            eenheid=fact.eenheid or None,
            omvang=fact.volume if isinstance(fact.volume, Decimal) else None,
            ingangsdatum=fact.ingangsdatum,
            einddatum=fact.einddatum,
            gestart=fact.gestart or None,
            gestopt=fact.gestopt or None,
            geboekt=fact.verbruikt,
            waarde=None if fact.verbruikt else Fraction(0),
        )
    assert isinstance(fact, ToewijzingAfgegeven)
    effect = item.gevolg
    return Saldo(
        jeugdige=fact.jeugdige,
        aanbieder=fact.aanbieder or None,
        status=Status.WACHT if item.wacht else Status.LOPEND,
        product=fact.product,
        regeling=regulation,
        eenheid=effect.eenheid,
        omvang=effect.aantal,
        ingangsdatum=fact.ingangsdatum,
        einddatum=fact.einddatum,
        budget=None if effect.budget is None else effect.budget.eurocent,
        prijs=effect,
    )


def after(balance: Saldo, item: Bijdrage) -> Saldo:
    """The balance once one more fact bears on it."""
    change = _CHANGES.get(type(item.feit))
    return balance if change is None else change(balance, item.feit, item.gevolg)


def first_day(fact: Feit) -> date:
    """From which day a fact bears on the balance: a grant from its decision or its first day."""
    if isinstance(fact, ToewijzingAfgegeven | BeginstandOvergenomen):
        return min(fact.datum, fact.ingangsdatum)
    return fact.datum


def _charged(balance: Saldo, fact: Feit, effect: Gevolg) -> Saldo:
    weight = effect.aantal or NUL
    kind = _kind(fact)
    value = value_of(effect)
    worth = None if value is None or balance.waarde is None else balance.waarde + value
    missed = dict(balance.no_shows)
    if isinstance(fact, NoShowGeregistreerd):
        missed[fact.datum.year] = missed.get(fact.datum.year, 0) + 1
    away = dict(balance.afwezigheidsdagen)
    for one in effect.jaardagen:
        away[one.jaar] = away.get(one.jaar, 0) + one.dagen
    return evolve(
        balance,
        geboekt=balance.geboekt + weight,
        per_soort={**balance.per_soort, kind: balance.per_soort.get(kind, NUL) + weight},
        sessies=balance.sessies + (fact.lees("sessie") is True),
        no_shows=missed,
        afwezigheidsdagen=away,
        waarde=worth,
    )


def _kind(fact: Feit) -> str:
    match fact:
        case InzetGeregistreerd():
            return fact.soort
        case NoShowGeregistreerd():
            return "no_show"
        case _:
            return "afwezigheid"


def _extended(balance: Saldo, fact: Verlengd, effect: Gevolg) -> Saldo:
    size, budget = balance.omvang, balance.budget
    if size is not None:
        size += effect.aantal or NUL
    if effect.budget is not None:
        budget = (budget or 0) + effect.budget.eurocent
    end = latest(balance.einddatum, fact.einddatum)
    return evolve(balance, omvang=size, budget=budget, einddatum=end)


def _changed(balance: Saldo, fact: ToewijzingGewijzigd, _: Gevolg) -> Saldo:
    return balance if fact.product is AFWEZIG else evolve(balance, product=fact.product)


def _withdrawn(balance: Saldo, *_: Any) -> Saldo:
    return evolve(balance, status=Status.INGETROKKEN)


def _started(balance: Saldo, fact: ZorgGestart, _: Gevolg) -> Saldo:
    known = balance.gestart
    return evolve(balance, gestart=fact.datum if known is None else min(known, fact.datum))


def _stopped(balance: Saldo, fact: ZorgGestopt, effect: Gevolg) -> Saldo:
    if balance.gestopt is not None:
        return balance  # it stands still already
    settled = effect if effect.aantal is not None else None
    status = balance.status if balance.status is Status.INGETROKKEN else Status.GESTOPT
    return evolve(balance, gestopt=fact.datum, status=status, afrekening=settled)


def _resumed(balance: Saldo, fact: ZorgHervat, _: Gevolg) -> Saldo:
    if balance.gestopt is None or fact.datum <= balance.gestopt:
        return balance
    status = balance.status if balance.status is Status.INGETROKKEN else Status.LOPEND
    return evolve(balance, gestopt=None, status=status, afrekening=None)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


_CHANGES: Final[dict[type[Feit], Callable[[Saldo, Any, Gevolg], Saldo]]] = {
    InzetGeregistreerd: _charged,
    NoShowGeregistreerd: _charged,
    AfwezigheidGemeld: _charged,
    Verlengd: _extended,
    ToewijzingGewijzigd: _changed,
    ToewijzingIngetrokken: _withdrawn,
    ZorgGestart: _started,
    ZorgGestopt: _stopped,
    ZorgHervat: _resumed,
}
"""What bears on a balance; a no-show or absence only through the claim that goes with it."""
