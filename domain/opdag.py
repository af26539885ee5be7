"""A dossier as it stood on a valid day: what was so by then, by what is known now."""

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import evolve as changed

from rekenschap.domain.boeking import Boeking
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.corrections import effective
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.evolve import fold
from rekenschap.domain.facts import (
    GezinVastgelegd,
    GoedkeuringVerleend,
    JeugdigeVastgelegd,
    OverBesluit,
    OverBoeking,
    ToewijzingAfgegeven,
)

PERSONS = JeugdigeVastgelegd | GezinVastgelegd


def told_on(entry: Boeking) -> date:
    """The day a step was first there: the day it is about, or the day it was recorded."""
    return min(entry.feit.datum, amsterdam_day(entry.geregistreerd_op))


def on_day(entries: Sequence[Boeking], day: date) -> Dossier:
    """What is dated after the day is left out; persons are who they are. What was approved counts
    on its own days, whenever it was approved. What waits is what waited on that day."""
    now = list(effective(entries))
    there = {e.positie for e in now if not isinstance(e.feit, OverBoeking) and _is_so(e, day)}
    known = fold(e for e in now if e.positie in there or _follows(e) in there)
    waiting = fold(e for e in now if told_on(e) <= day).wachtend
    return changed(known, wachtend=waiting)


def recognised(dossier: Dossier) -> Iterator[Boeking]:
    """The entries that count: accepted, or approved since."""
    approved = {
        b.feit.betreft
        for b in dossier.boekingen
        if isinstance(b.feit, GoedkeuringVerleend) and b.beslissing.uitkomst.erkend
    }
    for entry in dossier.boekingen:
        if entry.beslissing.uitkomst.erkend or entry.positie in approved:
            yield entry


def _follows(entry: Boeking) -> int:
    """The step an entry goes with, whatever its own day; what is told of an objection has one."""
    if isinstance(entry.feit, OverBesluit):
        return 0
    about: int = getattr(entry.feit, "betreft", 0)
    return about


def _is_so(entry: Boeking, day: date) -> bool:
    fact = entry.feit
    if isinstance(fact, PERSONS):
        return True
    if isinstance(fact, ToewijzingAfgegeven):
        return min(told_on(entry), fact.ingangsdatum) <= day
    return fact.datum <= day
