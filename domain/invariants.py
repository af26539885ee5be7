"""What makes a fact impossible rather than refused; checked before anything is written."""

from datetime import date, time
from typing import Any

from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import (
    AfwezigheidGemeld,
    BeginstandOvergenomen,
    ContactVastgelegd,
    Feit,
    GegevenGecorrigeerd,
    InzetGeregistreerd,
    NoShowGeregistreerd,
    RegelingIngevoerd,
    TariefVastgesteld,
    ToewijzingAfgegeven,
)

_PAIRS: dict[type[Feit], tuple[tuple[str, str], ...]] = {
    ToewijzingAfgegeven: (("ingangsdatum", "einddatum"),),
    BeginstandOvergenomen: (("ingangsdatum", "einddatum"), ("gestart", "gestopt")),
    InzetGeregistreerd: (("van", "tot_en_met"), ("aankomst", "vertrek"), ("begintijd", "eindtijd")),
    NoShowGeregistreerd: (("begintijd", "eindtijd"),),
    AfwezigheidGemeld: (("van", "tot_en_met"),),
    TariefVastgesteld: (("datum", "tot_en_met"),),
    RegelingIngevoerd: (("in_werking_op", "vervalt_op"),),
}


def check(fact: Feit) -> None:
    """Raise Incorrect for a fact that contradicts itself."""
    for first, last in _PAIRS.get(type(fact), ()):
        _in_order(fact, first, last)
    match fact:
        case ToewijzingAfgegeven() | BeginstandOvergenomen() if fact.volume and not fact.eenheid:
            raise Incorrect("eenheid", None, "a unit, because a volume is given")
        case ContactVastgelegd() if not fact.verwijzing and not fact.jeugdige:
            raise Incorrect("verwijzing", None, "a verwijzing or a jeugdige: whom it is about")
        case GegevenGecorrigeerd():
            check(fact.nieuw)


def _in_order(fact: Feit, first: str, last: str) -> None:
    one: Any = fact.lees(first)
    two: Any = fact.lees(last)
    if type(one) is type(two) and isinstance(one, date | time) and two < one:
        raise Incorrect(last, two, f"not before {first} ({one.isoformat()})")
