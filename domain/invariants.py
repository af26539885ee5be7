"""What makes a fact impossible rather than refused; checked before anything is written."""

from datetime import date, time
from typing import Any

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import (
    AfwezigheidGemeld,
    BeginstandOvergenomen,
    BeslistermijnOpgeschort,
    BeslistermijnVerdaagd,
    BezwaarBeslist,
    BezwaarIngediend,
    ContactVastgelegd,
    Feit,
    GegevenGecorrigeerd,
    InzetGeregistreerd,
    NoShowGeregistreerd,
    RegelingIngevoerd,
    TariefVastgesteld,
    ToewijzingAfgegeven,
)
from rekenschap.domain.facts.bezwaar import NOT_ON_MERITS

_PAIRS: dict[type[Feit], tuple[tuple[str, str], ...]] = {
    ToewijzingAfgegeven: (("ingangsdatum", "einddatum"),),
    BeginstandOvergenomen: (("ingangsdatum", "einddatum"), ("gestart", "gestopt")),
    InzetGeregistreerd: (("van", "tot_en_met"), ("aankomst", "vertrek"), ("begintijd", "eindtijd")),
    NoShowGeregistreerd: (("begintijd", "eindtijd"),),
    AfwezigheidGemeld: (("van", "tot_en_met"),),
    TariefVastgesteld: (("datum", "tot_en_met"),),
    RegelingIngevoerd: (("in_werking_op", "vervalt_op"),),
    BezwaarIngediend: (("ter_post_op", "datum"),),
    BeslistermijnOpgeschort: (("datum", "hersteltermijn"),),
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
        case BezwaarBeslist():
            _of_one_piece(fact)
        case BeslistermijnVerdaagd() if fact.dagen < 1:
            raise Incorrect("dagen", fact.dagen, "a number of days, 1 or more")
        case GegevenGecorrigeerd():
            check(fact.nieuw)


def _of_one_piece(fact: BezwaarBeslist) -> None:
    """What leaves a decision as it is puts nothing in its place."""
    if fact.dictum not in NOT_ON_MERITS:
        return
    for name in ("volume", "nieuw_besluit"):
        if fact.lees(name) is not AFWEZIG:
            raise Incorrect(name, fact.lees(name), f"none, because the dictum is {fact.dictum}")


def _in_order(fact: Feit, first: str, last: str) -> None:
    one: Any = fact.lees(first)
    two: Any = fact.lees(last)
    if type(one) is type(two) and isinstance(one, date | time) and two < one:
        raise Incorrect(last, two, f"not before {first} ({one.isoformat()})")
