"""Which facts bear on a balance: those that count, as corrections and approvals left them."""

from collections.abc import Iterable

from attrs import evolve

from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import effective
from rekenschap.domain.facts import (
    AfwezigheidGemeld,
    BeginstandOvergenomen,
    Feit,
    GoedkeuringGeweigerd,
    GoedkeuringVerleend,
    NoShowGeregistreerd,
    OverBoeking,
    TenLasteGebracht,
    ToewijzingAfgegeven,
    ToewijzingGewijzigd,
    ToewijzingIngetrokken,
    Verlengd,
    VerzoekIngetrokken,
    ZorgGestart,
    ZorgGestopt,
    ZorgHervat,
)
from rekenschap.domain.facts.uitvoering import InzetGeregistreerd
from rekenschap.domain.toewijzing import GEEN_GEVOLG
from rekenschap.domain.vocabulary import Uitkomst
from rekenschap.projections.saldo import Bijdrage, first_day

Reported = NoShowGeregistreerd | AfwezigheidGemeld
Introducing = ToewijzingAfgegeven | BeginstandOvergenomen
Bearing = (
    ToewijzingAfgegeven
    | BeginstandOvergenomen
    | Verlengd
    | ToewijzingGewijzigd
    | ToewijzingIngetrokken
    | ZorgGestart
    | ZorgGestopt
    | ZorgHervat
    | InzetGeregistreerd
)
"""The facts that bear on a balance by themselves."""


def is_plain(entry: Boeking) -> bool:
    """Whether an entry only adds to what is known: no approval, no correction, nothing waiting."""
    outcome = entry.beslissing.uitkomst
    if not outcome.erkend:
        return outcome is Uitkomst.GEWEIGERD
    return not isinstance(entry.feit, OverBoeking)


def contributions(entries: Iterable[Boeking]) -> tuple[list[Bijdrage], dict[int, Reported]]:
    """What bears on one allocation, in valid order (facts of the same day as recorded), and what
    was reported, by position: a claim recorded later can charge it.
    """
    found: dict[int, Bijdrage] = {}
    waiting: dict[int, Boeking] = {}
    reported: dict[int, Reported] = {}
    for entry in effective(tuple(entries)):
        outcome, fact = entry.beslissing.uitkomst, entry.feit
        if outcome is Uitkomst.GOEDKEURING_NODIG:
            waiting[entry.positie] = entry
        if not outcome.erkend:
            continue
        match fact:
            case GoedkeuringVerleend(betreft=position) if position in waiting:
                asked = waiting.pop(position)
                counted = asked.beslissing.met_gevolg_van(entry.beslissing)
                _add(found, reported, evolve(asked, beslissing=counted))
            case GoedkeuringGeweigerd(betreft=position) | VerzoekIngetrokken(betreft=position):
                waiting.pop(position, None)
            case _:
                _add(found, reported, entry)
    for entry in waiting.values():
        if isinstance(entry.feit, ToewijzingAfgegeven) and not found:
            found[entry.positie] = _bearing(entry, entry.feit, waits=True)
    items = sorted(found.values(), key=lambda item: (item.dag, item.positie))
    return items, reported


def _add(found: dict[int, Bijdrage], reported: dict[int, Reported], entry: Boeking) -> None:
    """A grant begins anew: what bore on an earlier one under the same id went with it."""
    fact = entry.feit
    if isinstance(fact, Introducing):
        found.clear()
        reported.clear()
        found[entry.positie] = _bearing(entry, fact)
    elif not found:
        return
    elif isinstance(fact, Reported):
        reported[entry.positie] = fact
    elif isinstance(fact, TenLasteGebracht):
        charged = reported.get(fact.betreft)
        if charged is not None and charged.declareren:
            found[fact.betreft] = _bearing(entry, charged)
    elif isinstance(fact, Bearing):
        found[entry.positie] = _bearing(entry, fact)


def _bearing(entry: Boeking, fact: Feit, *, waits: bool = False) -> Bijdrage:
    position = entry.feit.betreft if isinstance(entry.feit, TenLasteGebracht) else entry.positie
    return Bijdrage(first_day(fact), position, fact, entry.beslissing.gevolg or GEEN_GEVOLG, waits)
