"""Which decisions would be different by what is known since: corrections and late facts.

A verdict once given is never changed; this only finds what somebody should look at again. What
takes a place (``Feit.neemt_plaats``) and was recorded later never counts against an earlier one:
who is recorded first has the place. What only tells how the care ran counts on its own day.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from attrs import frozen

from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import decided_by, effective, is_correction
from rekenschap.domain.decide import Aanspraakfeit, Situatie, judged
from rekenschap.domain.decide_about import decide_about
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.evolve import fold
from rekenschap.domain.facts import (
    Feit,
    GegevenGecorrigeerd,
    GegevenIngetrokken,
    GegevensGewist,
    GoedkeuringGeweigerd,
    GoedkeuringVerleend,
    JeugdigeVastgelegd,
    OverBoeking,
    TenLasteGebracht,
    VerzoekIngetrokken,
)
from rekenschap.domain.identifiers import RegelId
from rekenschap.domain.obstacles import obstacles
from rekenschap.domain.verdicts import Beslissing
from rekenschap.domain.vocabulary import Uitkomst

ENDING = GoedkeuringVerleend | GoedkeuringGeweigerd | VerzoekIngetrokken


@frozen
class Besluit:
    """A decision that stands: an entry as it is now, and the record that decided on it.

    ``door`` is the entry itself, or the last correction of it: what was corrected is judged by
    that, on what was known when it was corrected. ``stap`` is what is judged: the fact, or of a
    claim the fact it is about.
    """

    boeking: Boeking
    door: Boeking
    stap: Feit

    @property
    def aanspraak(self) -> TenLasteGebracht | None:
        """The claim that is judged, if it is one."""
        fact = self.boeking.feit
        return fact if isinstance(fact, TenLasteGebracht) else None

    @property
    def wortel(self) -> int:
        """The position of the fact it is about."""
        claim = self.aanspraak
        return self.boeking.positie if claim is None else claim.betreft

    @property
    def positie(self) -> int:
        """Where the step was put when it was decided on: a correction stands at its own place."""
        new = isinstance(self.door.feit, GegevenGecorrigeerd)
        return self.door.positie if new else self.wortel

    @property
    def tot(self) -> date:
        """The day by which something must be so to bear on it."""
        if isinstance(self.stap, GegevenGecorrigeerd):
            return max(self.stap.datum, self.stap.nieuw.datum)
        return self.stap.datum

    def telt(self, other: Boeking) -> bool:
        """Whether an entry bears on it: it was there first, or tells what was so by its day."""
        if other.positie < self.door.positie or isinstance(other.feit, JeugdigeVastgelegd):
            return True
        return not type(other.feit).neemt_plaats and other.feit.datum <= self.tot

    def eigen(self, other: Boeking) -> bool:
        """Whether an entry is part of the step itself: it is left out when judging it again."""
        if isinstance(self.stap, OverBoeking):
            return other.positie == self.boeking.positie
        about = getattr(other.feit, "betreft", None)
        return other.positie in (self.boeking.positie, self.wortel) or about == self.wortel

    def kan_anders(self, entries: Sequence[Boeking]) -> bool:
        """Whether anything among these came after it that can make it different."""
        for entry in reversed(entries):
            if entry.positie <= self.door.positie:
                return False
            if entry.beslissing.uitkomst.erkend and (
                is_correction(entry) or (self.telt(entry) and not self.eigen(entry))
            ):
                return True
        return False


@frozen
class Herziening:
    """A decision with the answer it had, and the one it would have by what is known now."""

    besluit: Besluit
    toen: Beslissing
    nu: Beslissing


Situation = Callable[[Besluit, Dossier], Situatie]
"""The situation of a decision on a dossier: as it was when decided, with what is known since."""
Elsewhere = Callable[[Besluit], bool]
"""Whether something outside the dossier changed since that the decision can rest on."""


def reconsidered(
    entries: Sequence[Boeking], situation: Situation, elsewhere: Elsewhere
) -> Iterator[Herziening]:
    """The decisions that would be different, in the order of the facts they are about.

    Only what can be different is judged again: where nothing it can rest on came after it, a
    decision is what it was.
    """
    now = sorted(effective(entries), key=lambda entry: entry.positie)
    erased = any(isinstance(e.feit, GegevensGewist) and _counts(e) for e in entries)
    known, folded = Dossier(), 0
    for one in sorted(decisions(entries, now), key=lambda one: one.wortel):
        if not (one.kan_anders(entries) or elsewhere(one)):
            continue
        while folded < len(now) and now[folded].positie < one.wortel:
            known, folded = fold((now[folded],), known), folded + 1
        again = _on_its_own(one, situation, known, now[folded:])
        if _differs(one.door.beslissing, again, erased):
            yield Herziening(one, one.door.beslissing, again)
    for one in decisions_about(entries):
        if one.kan_anders(entries) or elsewhere(one):
            try:
                again = _about(one, situation, entries)
            except Incorrect:
                continue  # with what was changed since it can no longer be asked at all
            if _differs(one.door.beslissing, again, erased):
                yield Herziening(one, one.door.beslissing, again)


def reconsidered_one(
    entries: Sequence[Boeking], position: int, situation: Situation
) -> Herziening | None:
    """One decision judged again by what is known now, whether or not it would be different.

    None when it stands no more: it was corrected, approved or taken back since. Raises Incorrect
    when it can no longer be asked at all.
    """
    now = sorted(effective(entries), key=lambda entry: entry.positie)
    for one in decisions(entries, now):
        if one.boeking.positie == position:
            known = fold(entry for entry in now if entry.positie < one.wortel)
            later = [entry for entry in now if entry.positie >= one.wortel]
            again = _on_its_own(one, situation, known, later)
            return Herziening(one, one.door.beslissing, again)
    for one in decisions_about(entries):
        if one.boeking.positie == position:
            return Herziening(one, one.door.beslissing, _about(one, situation, entries))
    return None


def _on_its_own(
    one: Besluit, situation: Situation, known: Dossier, later: Sequence[Boeking]
) -> Beslissing:
    """A step or claim judged on what was known before it, and what of later bears on it."""
    bearing = [entry for entry in later if one.telt(entry) and not one.eigen(entry)]
    return _again(one, situation, fold(bearing, known))


def _about(one: Besluit, situation: Situation, entries: Sequence[Boeking]) -> Beslissing:
    """An approval, correction or withdrawal judged again."""
    there = (e for e in entries if is_correction(e) or one.telt(e))
    known = fold(e for e in there if not one.eigen(e))
    assert isinstance(one.stap, OverBoeking)
    return decide_about(situation(one, known), one.stap)[0].beslissing


def decisions_about(entries: Sequence[Boeking]) -> Iterator[Besluit]:
    """The approvals, and the refusals to approve, correct or take back, that nothing followed."""
    by = decided_by(entries)
    ended = {e.feit.betreft: e for e in entries if isinstance(e.feit, ENDING) and _counts(e)}
    for entry in entries:
        match entry.feit:
            case GoedkeuringVerleend(betreft=about):
                followed = about in by or ended.get(about, entry) is not entry
            case GegevenGecorrigeerd(betreft=about) | GegevenIngetrokken(betreft=about):
                later = by.get(about)
                followed = _counts(entry) or (later is not None and later.positie > entry.positie)
            case _:
                continue
        if not followed:
            yield Besluit(entry, entry, entry.feit)


def _counts(entry: Boeking) -> bool:
    return entry.beslissing.uitkomst.erkend


def decisions(entries: Sequence[Boeking], now: Sequence[Boeking]) -> Iterator[Besluit]:
    """The decisions on claims and requests that stand; of a claim made anew only the last."""
    by_position = {e.positie: e for e in now if not isinstance(e.feit, TenLasteGebracht)}
    claims = {e.feit.betreft: e for e in now if isinstance(e.feit, TenLasteGebracht)}
    by = decided_by(entries)
    approved = {
        e.feit.betreft for e in now if isinstance(e.feit, GoedkeuringVerleend) and _counts(e)
    }
    for entry in now:
        fact: Feit = entry.feit
        if not type(fact).aanspraak or isinstance(fact, OverBoeking | GegevensGewist):
            continue
        if entry.positie in approved and entry.positie not in by:
            continue  # the approval is the decision that stands
        if isinstance(fact, TenLasteGebracht):
            about = by_position.get(fact.betreft)
            last = claims[fact.betreft] is entry
            if about is None or not last or not isinstance(about.feit, Aanspraakfeit):
                continue
            fact = about.feit
        yield Besluit(entry, by.get(entry.positie, entry), fact)


def _again(one: Besluit, situation: Situation, dossier: Dossier) -> Beslissing:
    grounds = obstacles(dossier, one.stap)
    if grounds:
        return Beslissing(Uitkomst.GEWEIGERD, gronden=grounds)
    return judged(situation(one, dossier), one.stap, claim=one.aanspraak)


def _differs(then: Beslissing, now: Beslissing, erased: bool) -> bool:
    """Whether two decisions differ; after an erasure only where every rule can still be asked."""
    if erased and {rule.regel for rule in now.niet_getoetst} & _judged(then):
        return False
    told = {(o.regel, o.ernst) for o in then.oordelen}
    tells = {(o.regel, o.ernst) for o in now.oordelen}
    return then.uitkomst is not now.uitkomst or told != tells or then.gronden != now.gronden


def _judged(said: Beslissing) -> set[RegelId]:
    """The rules that spoke: that objected, or passed."""
    return {one.regel for one in said.oordelen} | set(said.geslaagd)
