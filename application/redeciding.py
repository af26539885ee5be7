"""A recorded command, decided again: on what is known in some view, under some rules.

Nothing here can be recorded: a ``Herbeslissing`` is no decision, and no append takes it.
"""

from collections.abc import Sequence
from typing import TypeVar

import attrs
from attrs import frozen

from rekenschap.application.deciding import Besloten, Decider
from rekenschap.application.dossiers import Session
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.recorded import Opdracht
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.application.requests import Verzoek
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.decide import Uitspraak
from rekenschap.domain.facts import Feit, OverBesluit, OverBoeking
from rekenschap.domain.identifiers import RegelId
from rekenschap.domain.verdicts import Beslissing, NietGetoetst, Oordeel, heaviest
from rekenschap.domain.vocabulary import Ernst, Uitkomst


@frozen
class Herbesloten:
    """What a command would come to: each fact with its decision, none of it recorded.

    ``gewist`` are the rules that needed what was erased since; their recorded verdicts stand.
    """

    besloten: Besloten
    uitspraken: tuple[Uitspraak, ...]
    gewist: tuple[RegelId, ...]


def decided_again(
    command: Opdracht,
    unit: UnitOfWork,
    session: Session,
    library: Bibliotheek,
    about: Boeking | None = None,
) -> Herbesloten:
    """Decide on a recorded command again, at its own moment and by who reported it.

    ``about`` is the entry it points at, as it is in this view. Raises Incorrect where it could no
    longer be asked at all.
    """
    asked = command.gevraagd
    request = Verzoek(asked.feit, {}, about)
    moment = command.boekingen[0].geregistreerd_op
    decided = Decider(unit, session, library).decide(request, asked.melder, moment)
    gone = _erased(decided)
    said = decided.uitspraken
    if gone:
        recorded = matched(said, command.boekingen)
        said = tuple(
            attrs.evolve(one, beslissing=as_recorded(one.beslissing, then, gone))
            for one, then in zip(said, recorded, strict=True)
        )
    return Herbesloten(decided, said, gone)


def pointed_at(session: Session, fact: Feit) -> Boeking | None:
    """The entry a fact is about; None where it is about none, or that is not there."""
    about = fact.betreft if isinstance(fact, OverBoeking | OverBesluit) else None
    return session.entry(about) if isinstance(about, int) else None


def matched(said: Sequence[Uitspraak], recorded: Sequence[Boeking]) -> tuple[Boeking | None, ...]:
    """For each fact the recorded entry it stands for, by its kind and what it is about."""
    left = list(recorded)
    found: list[Boeking | None] = []
    for one in said:
        same = next((e for e in left if _alike(e.feit, one.feit)), None)
        if same is not None:
            left.remove(same)
        found.append(same)
    return tuple(found)


def _alike(one: Feit, other: Feit) -> bool:
    return type(one) is type(other) and one.stroom == other.stroom


def _erased(decided: Besloten) -> tuple[RegelId, ...]:
    """The rules that were silent because what they need was erased."""
    gaps = (gap for one in decided.uitspraken for gap in one.beslissing.niet_getoetst)
    return tuple(dict.fromkeys(gap.regel for gap in gaps if gap.kenmerk in decided.gewist))


def as_recorded(now: Beslissing, then: Boeking | None, erased: tuple[RegelId, ...]) -> Beslissing:
    """The decision with what is on record of the rules that can no longer be asked."""
    if then is None:
        return now
    before = then.beslissing
    verdicts = _with_recorded(now.oordelen, before.oordelen, erased)
    weighed = tuple(one for one in verdicts if one.ernst is not Ernst.INFO)
    order = list(Uitkomst)
    return attrs.evolve(
        now,
        uitkomst=max(now.uitkomst, heaviest(weighed), key=order.index),
        oordelen=verdicts,
        geslaagd=_with_recorded(now.geslaagd, before.geslaagd, erased),
        niet_getoetst=_with_recorded(now.niet_getoetst, before.niet_getoetst, erased),
    )


S = TypeVar("S", RegelId, Oordeel, NietGetoetst)


def _with_recorded(
    now: tuple[S, ...], before: tuple[S, ...], erased: tuple[RegelId, ...]
) -> tuple[S, ...]:
    """What is said now of the other rules and was said of these, in the order it was said then."""
    first = {_rule(one): place for place, one in reversed(list(enumerate(before)))}
    said = [one for one in now if _rule(one) not in erased]
    said += [one for one in before if _rule(one) in erased]
    return tuple(sorted(said, key=lambda one: first.get(_rule(one), len(before))))


def _rule(said: RegelId | Oordeel | NietGetoetst) -> RegelId:
    return said.regel if isinstance(said, Oordeel | NietGetoetst) else said
