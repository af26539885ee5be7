"""What a traject comes to at its stop: by terms fixed there, from the facts as they are known."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attrs import evolve

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.facts import Feit
from rekenschap.domain.quantities import Bedrag, half_up
from rekenschap.domain.verdicts import Afrekenwijze, Gevolg
from rekenschap.domain.vocabulary import Eenheid

NIETS: Final = Decimal(0)


def settled(stop: Gevolg, started: date | None, stopped: date, spent: Decimal) -> Gevolg:
    """The effect of a stop by what is known now of the start and of the minutes spent.

    The terms are those of the decision on the stop. An effect without terms stays what it is.
    """
    terms = stop.afrekenwijze
    if terms is AFWEZIG:
        return stop
    if started is None:
        return evolve(stop, aantal=Decimal(0), tarief=None, tarief_eenheid=None, waarde=Bedrag(0))
    value = _value(terms, started, stopped, spent)
    known = value is not None
    return evolve(
        stop,
        aantal=Decimal(1),
        tarief=terms.geheel if known else None,
        tarief_eenheid=Eenheid.TRAJECT if known else None,
        waarde=None if value is None else half_up(value),
    )


def minutes_in(facts: Iterable[Feit]) -> Decimal:
    """The minutes these facts tell of."""
    return sum(map(minutes_of, facts), NIETS)


def minutes_of(fact: Feit) -> Decimal:
    """The minutes a fact tells of; another unit is no time spent."""
    if fact.lees("eenheid") is not Eenheid.MINUUT:
        return NIETS
    amount = fact.lees("aantal")
    return amount if isinstance(amount, Decimal) else NIETS


def _value(terms: Afrekenwijze, started: date, stopped: date, spent: Decimal) -> Fraction | None:
    """What the traject comes to, in eurocent; None when a price it takes is not known."""
    if terms.geheel is None:
        return None
    whole = Fraction(terms.geheel.eurocent)
    if terms.tijd:
        price = terms.per_minuut
        return None if price is None else min(Fraction(spent) * price.eurocent, whole)
    early = terms.binnen is not None and stopped <= terms.binnen.laatste_dag_vanaf(started)
    return whole * terms.procent / 100 if early else whole
