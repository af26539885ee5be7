"""What a grant took the place of, when that grant is corrected or taken back.

A grant brings withdrawals along (``replaced``). They rest on it as it was decided: taken back with
it, and made anew when a correction makes it another.
"""

from collections.abc import Iterator

from attrs import evolve as changed

from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import effective
from rekenschap.domain.decide import Situatie, Uitspraak, case_of, replaced
from rekenschap.domain.evolve import evolve
from rekenschap.domain.facts import (
    Feit,
    GegevenGecorrigeerd,
    GegevenIngetrokken,
    ToewijzingAfgegeven,
    ToewijzingIngetrokken,
)
from rekenschap.domain.facts.toewijzing import VERVANGEN_DOOR
from rekenschap.domain.identifiers import Stroom
from rekenschap.domain.judge import takes_place_of
from rekenschap.domain.standing import as_it_stands, counts, trial, without
from rekenschap.domain.verdicts import Beslissing, Gevolg

Herstel = GegevenGecorrigeerd | GegevenIngetrokken


def as_if_never(situation: Situatie, root: int) -> Situatie:
    """The situation without a record, and without the withdrawals that it brought along."""
    entry = situation.dossier.boeking(root)
    brought = [] if entry is None else list(brought_by(situation, entry.feit))
    bare = situation
    for position in (root, *(one.positie for one in brought)):
        bare = changed(bare, dossier=without(bare, position), positie=bare.positie + 1)
    return changed(bare, positie=situation.positie)


def brought_by(situation: Situatie, fact: Feit) -> Iterator[Boeking]:
    """The withdrawals that stand because of a grant."""
    if not isinstance(fact, ToewijzingAfgegeven):
        return
    for entry in situation.dossier.boekingen:
        gone = entry.feit
        if not isinstance(gone, ToewijzingIngetrokken):
            continue
        by_it = gone.lees(VERVANGEN_DOOR) == fact.toewijzing
        if by_it and as_it_stands(situation, entry.positie) is not None:
            yield entry


def restored(situation: Situatie, step: Herstel, fact: Feit) -> Iterator[Uitspraak]:
    """What a grant took the place of is there again when the grant is taken back."""
    for entry in brought_by(situation, fact):
        yield _back(step, entry)


def replaced_anew(
    situation: Situatie, bare: Situatie, step: Herstel, fact: Feit, said: Beslissing
) -> Iterator[Uitspraak]:
    """What another grant than it was takes the place of, and what it no longer does.

    ``bare`` is the situation as if it had never been given; ``fact`` what it is from now on.
    """
    if not said.uitkomst.erkend:
        return
    new = {_key(one.feit): one for one in replaced(bare, fact, said)}
    old = {_key(entry.feit): entry for entry in brought_by(situation, fact)}
    yield from (_back(step, entry) for key, entry in old.items() if key not in new)
    yield from (one for key, one in new.items() if key not in old)
    yield from _no_longer(situation, step, fact)


def _no_longer(situation: Situatie, step: Herstel, fact: Feit) -> Iterator[Uitspraak]:
    """What was taken the place of, is there again when corrected to what would not have been."""
    if not isinstance(fact, ToewijzingAfgegeven):
        return
    known = evolve(situation.dossier, trial(situation, step))
    after = changed(situation, dossier=known, positie=situation.positie + 1)
    grants = {
        one.feit.toewijzing: one
        for one in effective(situation.dossier.boekingen)
        if isinstance(one.feit, ToewijzingAfgegeven) and counts(situation, one)
    }
    for name, grant in grants.items():
        for entry in brought_by(situation, grant.feit):
            gone = entry.feit
            if name == fact.toewijzing or getattr(gone, "toewijzing", None) != fact.toewijzing:
                continue
            bare = as_if_never(after, grant.positie)
            if fact.toewijzing not in takes_place_of(case_of(bare, grant.feit, Gevolg())):
                yield _back(step, entry)


def _key(fact: Feit) -> tuple[object, ...]:
    assert isinstance(fact, ToewijzingIngetrokken)
    return fact.toewijzing, fact.datum


def _back(step: Herstel, entry: Boeking) -> Uitspraak:
    taken_back = GegevenIngetrokken(
        datum=step.datum,
        betreft=entry.positie,
        bij=Stroom(entry.feit.stroom),
        reden=step.reden,
        gezag=step.gezag,
    )
    return Uitspraak(taken_back, Beslissing.GEEN, meegebracht=True)
