"""Which decisions would be different by what is known since: corrections and late facts.

A verdict once given is never changed; this only finds what somebody should look at again. A claim
or request recorded later never counts against an earlier one: who is recorded first has the place.
"""

from collections.abc import Callable, Sequence

from attrs import frozen

from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import effective, is_correction
from rekenschap.domain.decide import Aanspraakfeit, Situatie, judged, obstacles
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.evolve import fold
from rekenschap.domain.facts import Feit, JeugdigeVastgelegd, OverBoeking, TenLasteGebracht
from rekenschap.domain.verdicts import Beslissing
from rekenschap.domain.vocabulary import Uitkomst

Situation = Callable[[Boeking, Feit, Dossier], Situatie]
"""The situation of an entry and the fact it is judged by, on a dossier: as it was, but for that."""


@frozen
class Herziening:
    """A decision with the answer it had, and the one it would have by what is known now."""

    boeking: Boeking
    toen: Beslissing
    nu: Beslissing


def reconsidered(entries: Sequence[Boeking], situation: Situation) -> list[Herziening]:
    """The decisions that would be different, in the order they were recorded."""
    now = list(effective(entries))
    as_recorded = {e.positie: e for e in entries}
    untouched = [e for e in now if _as_recorded(e, as_recorded[e.positie]) and _is_judged(e)]
    if not any(is_correction(e) for e in entries) and not _has_late_facts(entries):
        return []
    found = []
    for entry in untouched:
        again = _again(entry, now, situation)
        if again is not None and _differs(entry.beslissing, again):
            found.append(Herziening(entry, entry.beslissing, again))
    return found


def _again(entry: Boeking, now: Sequence[Boeking], situation: Situation) -> Beslissing | None:
    own = {entry.positie}
    if isinstance(entry.feit, TenLasteGebracht):
        own.add(entry.feit.betreft)
    known = [e for e in now if e.positie not in own and _bears_on(e, entry)]
    dossier = fold(known)
    fact, claim = entry.feit, None
    if isinstance(fact, TenLasteGebracht):
        claim = fact
        reported = next((e.feit for e in now if e.positie == fact.betreft), None)
        if not isinstance(reported, Aanspraakfeit):
            return None
        fact = reported
    grounds = obstacles(dossier, fact)
    if grounds:
        return Beslissing(Uitkomst.GEWEIGERD, gronden=grounds)
    return judged(situation(entry, fact, dossier), fact, claim=claim)


def _bears_on(other: Boeking, entry: Boeking) -> bool:
    """Whether an entry was there first, or is a plain fact that came late about an earlier day."""
    if other.positie < entry.positie or isinstance(other.feit, JeugdigeVastgelegd):
        return True
    return not type(other.feit).aanspraak and other.feit.datum <= entry.feit.datum


def _as_recorded(entry: Boeking, recorded: Boeking) -> bool:
    """Whether an entry stands as it was recorded; a claim does, whatever became of its fact."""
    return entry == recorded or isinstance(recorded.feit, TenLasteGebracht)


def _is_judged(entry: Boeking) -> bool:
    return type(entry.feit).aanspraak and not isinstance(entry.feit, OverBoeking)


def _has_late_facts(entries: Sequence[Boeking]) -> bool:
    """Whether a plain fact was recorded after a decision about the same or a later day."""
    latest = None
    for entry in entries:
        if _is_judged(entry):
            latest = entry.feit.datum if latest is None else max(latest, entry.feit.datum)
        elif latest is not None and (
            isinstance(entry.feit, JeugdigeVastgelegd) or entry.feit.datum <= latest
        ):
            return True
    return False


def _differs(then: Beslissing, now: Beslissing) -> bool:
    told = {(o.regel, o.ernst) for o in then.oordelen}
    tells = {(o.regel, o.ernst) for o in now.oordelen}
    return then.uitkomst is not now.uitkomst or told != tells or then.gronden != now.gronden
