"""What each fact that bears on a balance does to it."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, Final

from attrs import evolve

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.afrekening import minutes_of
from rekenschap.domain.effects import value_of
from rekenschap.domain.facts import (
    AfwezigheidGemeld,
    BeginstandOvergenomen,
    Betaald,
    BezwaarBeslist,
    EigenBijdrageOpgelegd,
    Feit,
    Gedeclareerd,
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
from rekenschap.domain.overname import taken_over
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.verdicts import Gevolg
from rekenschap.domain.verloop import latest
from rekenschap.domain.vocabulary import Status
from rekenschap.projections.saldo import NUL, Bijdrage, Saldo


def first_balance(item: Bijdrage) -> Saldo:
    """The balance an allocation begins with: granted, asked for, or taken over."""
    fact = item.feit
    if isinstance(fact, BeginstandOvergenomen):
        unit, size, used = taken_over(fact, item.gevolg)
        return Saldo(
            jeugdige=fact.jeugdige,
            aanbieder=fact.aanbieder or None,
            status=Status.GESTOPT if fact.gestopt else Status.LOPEND,
            product=fact.product,
            regeling=fact.regeling,
            eenheid=unit,
            omvang=size,
            ingangsdatum=fact.ingangsdatum,
            einddatum=fact.einddatum,
            gestart=fact.gestart or None,
            gestopt=fact.gestopt or None,
            geboekt=used,
            waarde=None if fact.verbruikt else Fraction(0),
        )
    assert isinstance(fact, ToewijzingAfgegeven)
    effect = item.gevolg
    return Saldo(
        jeugdige=fact.jeugdige,
        aanbieder=fact.aanbieder or None,
        status=Status.WACHT if item.wacht else Status.LOPEND,
        product=fact.product,
        regeling=item.onder,
        leveringsvorm=fact.leveringsvorm or None,
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
    changed = balance if change is None else change(balance, item.feit, item.gevolg)
    if item.onder and _brings_under(item.feit):
        return evolve(changed, regeling=item.onder)
    return changed


def _brings_under(fact: Feit) -> bool:
    """Whether a decision brings the allocation under the rules it was judged by."""
    if isinstance(fact, Verlengd):
        return fact.einddatum is not AFWEZIG
    return isinstance(fact, BezwaarBeslist) and fact.herziet


def first_day(fact: Feit) -> date:
    """From which day a fact bears on the balance: a grant from its decision or its first day."""
    if isinstance(fact, ToewijzingAfgegeven | BeginstandOvergenomen):
        return min(fact.datum, fact.ingangsdatum)
    return fact.datum


def charged(balance: Saldo, fact: Feit, effect: Gevolg, times: int = 1) -> Saldo:
    """The balance once something is charged to it, or the same so many times."""
    weight = (effect.aantal or NUL) * times
    kind = _kind(fact)
    value = value_of(effect)
    worth = None if value is None or balance.waarde is None else balance.waarde + value * times
    missed = dict(balance.no_shows)
    if isinstance(fact, NoShowGeregistreerd):
        missed[fact.datum.year] = missed.get(fact.datum.year, 0) + times
    away = dict(balance.afwezigheidsdagen)
    for one in effect.jaardagen:
        away[one.jaar] = away.get(one.jaar, 0) + one.dagen * times
    return evolve(
        balance,
        eenheid=balance.eenheid or effect.eenheid,
        gestart=_earliest(balance.gestart, effect.start or None),
        geboekt=balance.geboekt + weight,
        per_soort={**balance.per_soort, kind: balance.per_soort.get(kind, NUL) + weight},
        sessies=balance.sessies + (times if fact.lees("sessie") is True else 0),
        no_shows=missed,
        afwezigheidsdagen=away,
        waarde=worth,
        minuten=balance.minuten + minutes_of(fact) * times,
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
    return evolve(balance, gestart=_earliest(balance.gestart, fact.datum))


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _stopped(balance: Saldo, fact: ZorgGestopt, effect: Gevolg) -> Saldo:
    if balance.gestopt is not None:
        return balance  # it stands still already
    settled = effect if effect.aantal is not None else None
    status = balance.status if balance.status is Status.INGETROKKEN else Status.GESTOPT
    return evolve(balance, gestopt=fact.datum, status=status, bij_stop=settled)


def _resumed(balance: Saldo, fact: ZorgHervat, _: Gevolg) -> Saldo:
    if balance.gestopt is None or fact.datum <= balance.gestopt:
        return balance
    status = balance.status if balance.status is Status.INGETROKKEN else Status.LOPEND
    return evolve(balance, gestopt=None, status=status, bij_stop=None)


def _declared(balance: Saldo, fact: Gedeclareerd, effect: Gevolg) -> Saldo:
    if isinstance(fact.bedrag, Bedrag):
        balance = evolve(balance, gedeclareerd=balance.gedeclareerd + fact.bedrag.eurocent)
    worth = value_of(effect)
    if effect.aantal is None or worth is None:
        return balance
    total = None if balance.waarde is None else balance.waarde + worth
    return evolve(balance, geboekt=balance.geboekt + effect.aantal, waarde=total)


def _paid(balance: Saldo, fact: Betaald, _: Gevolg) -> Saldo:
    return evolve(balance, betaald=(balance.betaald or 0) + fact.bedrag.eurocent)


def _contributed(balance: Saldo, fact: EigenBijdrageOpgelegd, _: Gevolg) -> Saldo:
    return evolve(balance, eigen_bijdrage=balance.eigen_bijdrage + fact.bedrag.eurocent)


def _objected(balance: Saldo, fact: BezwaarBeslist, effect: Gevolg) -> Saldo:
    if fact.volume is AFWEZIG:
        return balance
    unit = effect.eenheid or balance.eenheid
    return evolve(balance, omvang=effect.aantal, eenheid=unit, prijs=effect)


_CHANGES: Final[dict[type[Feit], Callable[[Saldo, Any, Gevolg], Saldo]]] = {
    InzetGeregistreerd: charged,
    NoShowGeregistreerd: charged,
    AfwezigheidGemeld: charged,
    Verlengd: _extended,
    ToewijzingGewijzigd: _changed,
    ToewijzingIngetrokken: _withdrawn,
    ZorgGestart: _started,
    ZorgGestopt: _stopped,
    ZorgHervat: _resumed,
    Gedeclareerd: _declared,
    Betaald: _paid,
    EigenBijdrageOpgelegd: _contributed,
    BezwaarBeslist: _objected,
}
"""What bears on a balance; a no-show or absence only through the claim that goes with it."""
