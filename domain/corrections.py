"""From what was recorded to what is effective: corrections and withdrawals applied.

Nothing recorded changes. A correction replaces only the fields it names, so that withdrawing one
correction leaves the others standing; a withdrawn withdrawal brings its record back.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import evolve

from rekenschap.domain.boeking import Boeking
from rekenschap.domain.facts import (
    AfwezigheidGemeld,
    Feit,
    GegevenGecorrigeerd,
    GegevenIngetrokken,
    GoedkeuringVerleend,
    NoShowGeregistreerd,
    TenLasteGebracht,
)
from rekenschap.domain.facts.base import FeitMetKenmerken
from rekenschap.domain.verdicts import Gevolg


def is_correction(entry: Boeking) -> bool:
    """Whether an entry changes what an earlier one says."""
    return isinstance(entry.feit, GegevenGecorrigeerd | GegevenIngetrokken)


def effective(recorded: Sequence[Boeking]) -> Iterator[Boeking]:
    """The entries that count, each as its corrections left it, in recorded order."""
    changes = _changes_that_count(recorded)
    if not changes:
        yield from recorded
        return
    withdrawn = _withdrawn(changes)
    undone = {changes[p].opdracht for p in withdrawn if p in changes}
    touched = {_betreft(change) for change in changes.values()}
    for entry in recorded:
        if is_correction(entry) or entry.positie in withdrawn:
            continue
        if isinstance(entry.feit, TenLasteGebracht) and entry.opdracht in undone:
            continue
        if isinstance(entry.feit, GoedkeuringVerleend) and entry.feit.betreft in touched:
            entry = _without_effect(entry)
        yield _corrected(entry, changes, withdrawn)


def decided_by(recorded: Sequence[Boeking]) -> dict[int, Boeking]:
    """The last change that counts of each record that was changed, by its position: the record as
    it now stands was judged by that one."""
    changes = _changes_that_count(recorded)
    withdrawn = _withdrawn(changes)
    roots: dict[int, int] = {}
    found: dict[int, Boeking] = {}
    for position in sorted(changes):
        about = _betreft(changes[position])
        roots[position] = root = roots.get(about, about)
        if position not in withdrawn:
            found[root] = changes[position]
    return found


def merged(fact: Feit, newer: Feit, names: Sequence[str]) -> Feit:
    """``fact`` with the named core fields and kenmerken of ``newer``."""
    core: dict[str, Any] = {n: getattr(newer, n) for n in names if n in type(fact).__core__}
    rest = [n for n in names if n not in core]
    if rest and isinstance(fact, FeitMetKenmerken):
        core["vastgesteld"] = {
            **{k: v for k, v in fact.vastgesteld.items() if k not in rest},
            **{k: newer.kenmerken[k] for k in rest if k in newer.kenmerken},
        }
    return evolve(fact, **core)


def _changes_that_count(recorded: Sequence[Boeking]) -> dict[int, Boeking]:
    return {e.positie: e for e in recorded if is_correction(e) and e.beslissing.uitkomst.erkend}


def _withdrawn(changes: dict[int, Boeking]) -> set[int]:
    """Positions taken back; the latest withdrawal is judged first, it may take back another."""
    gone: set[int] = set()
    for position in sorted(changes, reverse=True):
        match changes[position].feit:
            case GegevenIngetrokken(betreft=target) if position not in gone:
                gone.add(target)
    return gone


def _corrected(entry: Boeking, changes: dict[int, Boeking], withdrawn: set[int]) -> Boeking:
    fact: Feit = entry.feit
    effect: Gevolg | None = entry.beslissing.gevolg
    latest = entry.beslissing
    about = {entry.positie}
    for position in sorted(changes):
        change = changes[position].feit
        if _betreft(changes[position]) not in about:
            continue
        about.add(position)
        effect = changes[position].beslissing.gevolg or effect
        if position not in withdrawn and not isinstance(
            fact, NoShowGeregistreerd | AfwezigheidGemeld
        ):
            latest = changes[position].beslissing
        if isinstance(change, GegevenGecorrigeerd) and position not in withdrawn:
            fact = merged(fact, change.nieuw, change.velden)
    if len(about) == 1:
        return entry
    return evolve(
        entry,
        feit=fact,
        beslissing=evolve(latest, uitkomst=entry.beslissing.uitkomst, gevolg=effect),
    )


def _without_effect(approval: Boeking) -> Boeking:
    """An approval of what was corrected since: the effect is that of the correction."""
    return evolve(approval, beslissing=evolve(approval.beslissing, gevolg=None))


def _betreft(change: Boeking) -> int:
    assert isinstance(change.feit, GegevenGecorrigeerd | GegevenIngetrokken)
    return change.feit.betreft
