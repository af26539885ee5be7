"""Which records stand: what counts, what was taken back, and how it would be without one."""

from attrs import evolve as changed

from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import effective
from rekenschap.domain.decide import Situatie
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.evolve import evolve
from rekenschap.domain.facts import Feit, GegevenIngetrokken, GoedkeuringVerleend
from rekenschap.domain.identifiers import Code, Keuze, Stroom
from rekenschap.domain.verdicts import Beslissing


def as_it_stands(situation: Situatie, root: int) -> Boeking | None:
    """The record as its corrections left it; None when it is unknown or does not count."""
    entry = next((b for b in effective(situation.dossier.boekingen) if b.positie == root), None)
    return entry if entry is not None and counts(situation, entry) else None


def counts(situation: Situatie, entry: Boeking) -> bool:
    """Whether a record counts: accepted, or approved since, and not taken back."""
    gone = {
        b.feit.betreft
        for b in situation.dossier.boekingen
        if isinstance(b.feit, GegevenIngetrokken)
        and b.beslissing.uitkomst.erkend
        and not _taken_back(situation, b.positie)
    }
    if entry.positie in gone:
        return False
    if entry.beslissing.uitkomst.erkend:
        return True
    return any(
        isinstance(b.feit, GoedkeuringVerleend)
        and b.feit.betreft == entry.positie
        and b.beslissing.uitkomst.erkend
        for b in situation.dossier.boekingen
    )


def _taken_back(situation: Situatie, position: int) -> bool:
    return any(
        isinstance(b.feit, GegevenIngetrokken)
        and b.feit.betreft == position
        and b.beslissing.uitkomst.erkend
        and not _taken_back(situation, b.positie)
        for b in situation.dossier.boekingen
        if b.positie > position
    )


def without(situation: Situatie, root: int) -> Dossier:
    """The dossier as if the record had never been there."""
    entry = situation.dossier.boeking(root)
    assert entry is not None
    taken_back = GegevenIngetrokken(
        datum=entry.feit.datum,
        betreft=root,
        bij=Stroom(entry.feit.stroom),
        reden=Code("proef"),
        gezag=Keuze("gemeente"),
    )
    return evolve(situation.dossier, trial(situation, taken_back))


def trial(situation: Situatie, fact: Feit) -> Boeking:
    """An entry that is never recorded: only to see what would be."""
    last = situation.dossier.boekingen[-1]
    return changed(
        last,
        positie=situation.positie,
        geregistreerd_op=situation.moment,
        feit=fact,
        beslissing=Beslissing.GEEN,
    )
