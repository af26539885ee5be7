"""Which facts bear on a balance: those that count, as corrections and approvals left them."""

from collections.abc import Iterable

from attrs import define, evolve, field

from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import TenLasteZoalsBeslist, effective
from rekenschap.domain.facts import (
    AfwezigheidGemeld,
    BeginstandOvergenomen,
    Betaald,
    BezwaarBeslist,
    EigenBijdrageOpgelegd,
    Feit,
    Gedeclareerd,
    GoedkeuringGeweigerd,
    GoedkeuringVerleend,
    NoShowGeregistreerd,
    OverBoeking,
    TenLasteGebracht,
    ToewijzingAangekondigd,
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
from rekenschap.projections.changes import first_day
from rekenschap.projections.omtrek import Omtrek
from rekenschap.projections.saldo import Bijdrage

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
    | Gedeclareerd
    | Betaald
    | EigenBijdrageOpgelegd
    | BezwaarBeslist
)
"""The facts that bear on a balance by themselves."""


def allocation_of(fact: Feit) -> str | None:
    """The toewijzing whose balance a fact can bear on."""
    if isinstance(fact, BeginstandOvergenomen):
        return fact.toewijzing
    if isinstance(fact, OverBoeking):
        kind, _, name = fact.bij.partition("/")
        return name if kind == "toewijzing" else None
    return fact.op_toewijzing


def is_plain(entry: Omtrek) -> bool:
    """Whether an entry only adds to what is known: no approval, no correction, nothing waiting."""
    if not entry.uitkomst.erkend:
        return entry.uitkomst is Uitkomst.GEWEIGERD
    return not isinstance(entry.feit, OverBoeking)


def contributions(entries: Iterable[Boeking]) -> tuple[list[Bijdrage], dict[int, Reported]]:
    """What bears on one allocation, in valid order (facts of the same day as recorded), and what
    was reported, by position: a claim recorded later can charge it.
    """
    gathered = _Gathered()
    waiting: dict[int, Boeking] = {}
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
                gathered.add(evolve(asked, beslissing=counted))
            case GoedkeuringGeweigerd(betreft=position) | VerzoekIngetrokken(betreft=position):
                waiting.pop(position, None)
            case _:
                gathered.add(entry)
    found = gathered.found
    for entry in waiting.values():
        if isinstance(entry.feit, ToewijzingAfgegeven) and not found:
            found[entry.positie] = _bearing(entry, entry.feit, waits=True)
    items = sorted(found.values(), key=lambda item: (item.dag, item.positie))
    return items, gathered.reported


@define
class _Gathered:
    """What was found so far. ``early`` are starts recognised while the allocation was announced
    and not given yet (None: it was not announced)."""

    found: dict[int, Bijdrage] = field(factory=dict)
    reported: dict[int, Reported] = field(factory=dict)
    early: dict[int, Bijdrage] | None = None

    def add(self, entry: Boeking) -> None:
        """A grant begins anew: what bore on an earlier one under the same id went with it."""
        fact = entry.feit
        if isinstance(fact, ToewijzingAangekondigd):
            self.early = self.early or {}
        elif isinstance(fact, Introducing):
            self.found.clear()
            self.reported.clear()
            self.found.update(self.early or {})
            self.found[entry.positie] = _bearing(entry, fact)
        elif not self.found:
            if isinstance(fact, ZorgGestart) and self.early is not None:
                self.early[entry.positie] = _bearing(entry, fact)
        elif isinstance(fact, Reported):
            self.reported[entry.positie] = fact
        elif isinstance(fact, TenLasteGebracht):
            charged = self.reported.get(fact.betreft)
            if charged is not None and isinstance(fact, TenLasteZoalsBeslist):
                charged = fact.feit
            if charged is not None and charged.declareren:
                self.found[fact.betreft] = _bearing(entry, charged)
        elif isinstance(fact, Bearing):
            self.found[entry.positie] = _bearing(entry, fact)


def _bearing(entry: Boeking, fact: Feit, *, waits: bool = False) -> Bijdrage:
    position = entry.feit.betreft if isinstance(entry.feit, TenLasteGebracht) else entry.positie
    return Bijdrage(
        first_day(fact),
        position,
        fact,
        entry.beslissing.gevolg or GEEN_GEVOLG,
        waits,
        Omtrek.van(entry).onder,
    )
