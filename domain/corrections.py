"""From what was recorded to what is effective: corrections and withdrawals applied.

Nothing recorded changes. A correction replaces only the fields it names, so that withdrawing one
correction leaves the others standing; a withdrawn withdrawal brings its record back.

What is charged for a no-show or an absence is what the last claim on it that counts came to, on the
fact as it stood then: a correction whose claim is refused changes the fact and not the charge. Once
the fact is corrected to one that is not charged, the claims before that have lapsed.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import evolve, frozen

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
from rekenschap.domain.vocabulary import Uitkomst


def is_correction(entry: Boeking) -> bool:
    """Whether an entry changes what an earlier one says."""
    return isinstance(entry.feit, GegevenGecorrigeerd | GegevenIngetrokken)


@frozen(kw_only=True)
class TenLasteZoalsBeslist(TenLasteGebracht):
    """A claim with the fact as it stood when it was decided on. Derived: no log holds it."""

    feit: NoShowGeregistreerd | AfwezigheidGemeld


def effective(recorded: Sequence[Boeking]) -> Iterator[Boeking]:
    """The entries that count, each as its corrections left it, in recorded order.

    A withdrawal that made a fact be claimed again stands here as that claim, at the place of the
    fact.
    """
    changes = _changes_that_count(recorded)
    if not changes:
        yield from recorded
        return
    withdrawn = _withdrawn(changes)
    claims = _Claims.of(recorded, changes, withdrawn)
    touched = {_betreft(change) for change in changes.values()}
    for entry in recorded:
        if is_correction(entry):
            yield from claims.asked_again(entry)
        elif isinstance(entry.feit, TenLasteGebracht):
            yield from claims.standing(entry, entry.feit)
        elif entry.positie not in withdrawn:
            if isinstance(entry.feit, GoedkeuringVerleend) and entry.feit.betreft in touched:
                entry = _without_effect(entry)
            yield _corrected(entry, changes, withdrawn)


@frozen
class _Claims:
    """The claims on the facts that were corrected or taken back.

    ``facts`` are those facts as recorded; ``roots`` says which one a change is about in the end,
    ``approved`` where a claim that waited was approved, ``undone`` what a withdrawn correction
    was recorded with, ``lapsed`` before which position no claim on a fact counts any more.
    """

    changes: dict[int, Boeking]
    withdrawn: set[int]
    roots: dict[int, int]
    facts: dict[int, Boeking]
    approved: dict[int, int]
    undone: set[str]
    lapsed: dict[int, int]

    @classmethod
    def of(
        cls, recorded: Sequence[Boeking], changes: dict[int, Boeking], withdrawn: set[int]
    ) -> "_Claims":
        roots: dict[int, int] = {}
        lapsed: dict[int, int] = {}
        for position in sorted(changes):
            about = _betreft(changes[position])
            roots[position] = roots.get(about, about)
            if position not in withdrawn and _no_longer_charged(changes[position].feit):
                lapsed[roots[position]] = position
        about_them = set(roots.values())
        return cls(
            changes,
            withdrawn,
            roots,
            {e.positie: e for e in recorded if e.positie in about_them},
            {
                e.feit.betreft: e.positie
                for e in recorded
                if isinstance(e.feit, GoedkeuringVerleend) and e.beslissing.uitkomst.erkend
            },
            {changes[p].opdracht for p in withdrawn if p in changes},
            lapsed,
        )

    def standing(self, entry: Boeking, claim: TenLasteGebracht) -> Iterator[Boeking]:
        """A claim, unless it fell with its fact, its correction, or what was corrected since."""
        root = claim.betreft
        if root in self.withdrawn or entry.opdracht in self.undone:
            return
        if entry.positie < self.lapsed.get(root, 0):
            return
        if root not in self.facts:
            yield entry
        elif entry.beslissing.uitkomst is Uitkomst.GOEDKEURING_NODIG:
            yield from self._on(root, entry, self.approved.get(entry.positie), entry.positie)
        else:
            yield from self._on(root, entry, entry.positie, entry.positie)

    def asked_again(self, entry: Boeking) -> Iterator[Boeking]:
        """The claim that a withdrawal was judged as, because it gave a fact its claim back."""
        position, root = entry.positie, self.roots.get(entry.positie, 0)
        if root not in self.facts or root in self.withdrawn or position in self.withdrawn:
            return  # also where only a part of what was recorded is looked at
        if entry.beslissing.gevolg is not None and position > self.lapsed.get(root, 0):
            yield from self._on(root, entry, position, root)

    def _on(self, root: int, entry: Boeking, upto: int | None, place: int) -> Iterator[Boeking]:
        """The claim on a fact as it stood at a position (None: as it stands now)."""
        known = {p: c for p, c in self.changes.items() if upto is None or p <= upto}
        fact = _corrected(self.facts[root], known, self.withdrawn).feit
        if isinstance(fact, NoShowGeregistreerd | AfwezigheidGemeld):
            claim = TenLasteZoalsBeslist(
                datum=entry.feit.datum, toewijzing=fact.toewijzing, betreft=root, feit=fact
            )
            yield evolve(entry, positie=place, feit=claim)


def _no_longer_charged(change: Feit) -> bool:
    return (
        isinstance(change, GegevenGecorrigeerd)
        and "declareren" in change.velden
        and change.nieuw.lees("declareren") is False
    )


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
