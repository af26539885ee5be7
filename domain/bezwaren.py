"""Objections as they stand: which decision each is against, and what became of it. Pure.

Only what counts is looked at: corrected, not taken back, recognised. What an objection is against
stays the record it was, also when that was corrected or taken back since.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from attrs import frozen

from rekenschap.domain.bezwaartermijnen import Termijnen, Uitstel, Verloop, termijnen
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.calendar import Periode
from rekenschap.domain.corrections import effective
from rekenschap.domain.facts import (
    BeginstandOvergenomen,
    BeslistermijnOpgeschort,
    BeslistermijnVerdaagd,
    BesluitBekendgemaakt,
    BezwaarBeslist,
    BezwaarIngediend,
    BezwaarIngetrokken,
    BezwaarNaarCommissie,
    GegevenGecorrigeerd,
    GoedkeuringGeweigerd,
    GoedkeuringVerleend,
    OverBesluit,
    OverBezwaar,
    ToewijzingAfgegeven,
    VerzoekIngetrokken,
    VerzuimHersteld,
)
from rekenschap.domain.feestdagen import DAY
from rekenschap.domain.vocabulary import Aard, Uitkomst

F = TypeVar("F", bound=OverBezwaar)
GRANTS = ToewijzingAfgegeven | BeginstandOvergenomen
ENDING = GoedkeuringVerleend | GoedkeuringGeweigerd | VerzoekIngetrokken


class Bezwaarstand(StrEnum):
    """Where an objection stands."""

    OPEN = "open"
    BESLIST = "beslist"
    INGETROKKEN = "ingetrokken"


@frozen
class Bezwaarzaak:
    """One objection: the record, the decision it is against, and all that was told of it.

    ``tegen`` None is a decision that is not in the log; ``verloop`` holds the records about the
    objection that count, in recorded order, ``bekendmakingen`` those about the decision.
    """

    boeking: Boeking
    tegen: Boeking | None
    verloop: tuple[Boeking, ...] = ()
    bekendmakingen: tuple[Boeking, ...] = ()

    @property
    def feit(self) -> BezwaarIngediend:
        """What was told of the objection."""
        assert isinstance(self.boeking.feit, BezwaarIngediend)
        return self.boeking.feit

    @property
    def aard(self) -> Aard:
        """Of what kind the decision is; the Awb holds for a besluit only."""
        return Aard.BESLUIT if self.tegen is None else aard_van(self.tegen)

    @property
    def beslist(self) -> Boeking | None:
        """The last decision on it: one after a judge undid another takes its place."""
        return next((e for e in reversed(self.verloop) if isinstance(e.feit, BezwaarBeslist)), None)

    @property
    def ingetrokken(self) -> Boeking | None:
        """Its withdrawal."""
        return next((e for e in self.verloop if isinstance(e.feit, BezwaarIngetrokken)), None)

    @property
    def stand(self) -> Bezwaarstand:
        """Where it stands."""
        if self.beslist is not None:
            return Bezwaarstand.BESLIST
        return Bezwaarstand.OPEN if self.ingetrokken is None else Bezwaarstand.INGETROKKEN

    def termijnen(self, gelijkgesteld: Collection[date] = ()) -> Termijnen | None:
        """The terms of the Awb; None where that does not hold."""
        if self.aard is not Aard.BESLUIT:
            return None
        posted = self.feit.ter_post_op
        told = Verloop(
            bekendgemaakt_op=bekendgemaakt_op(self.bekendmakingen),
            ontvangen_op=self.feit.datum,
            ter_post_op=posted if isinstance(posted, date) else None,
            per_post=posted is not None,
            commissie=min((one.datum for one in self._told(BezwaarNaarCommissie)), default=None),
            opgeschort=tuple(self._standing_still()),
            uitstel=tuple(
                Uitstel(one.datum, one.dagen, one.grond)
                for one in self._told(BeslistermijnVerdaagd)
            ),
        )
        return termijnen(told, gelijkgesteld)

    def _told(self, kind: type[F]) -> Iterator[F]:
        return (entry.feit for entry in self.verloop if isinstance(entry.feit, kind))

    def _standing_still(self) -> Iterator[Periode]:
        """From the day after a repair was asked to the day before it was made, or could be."""
        repaired = sorted(one.datum for one in self._told(VerzuimHersteld))
        for asked in self._told(BeslistermijnOpgeschort):
            day = next((one for one in repaired if one >= asked.datum), None)
            last = asked.hersteltermijn
            yield Periode(asked.datum + DAY, last if day is None else min(last, day - DAY))


def bezwaarzaken(recorded: Sequence[Boeking], op: date | None = None) -> tuple[Bezwaarzaak, ...]:
    """The objections that count in these records, oldest first, as they stood on a day.

    Without a day everything told counts. A decision that names no objection (older records, and
    who knew the toewijzing only) is on the last one still open in its stream.
    """
    if not any(isinstance(entry.feit, BezwaarIngediend) for entry in recorded):
        return ()
    found: dict[int, Bezwaarzaak] = {}
    as_recorded = {entry.positie: entry for entry in recorded}
    there = [e for e in counting(recorded) if op is None or e.feit.datum <= op]
    for entry in there:
        match entry.feit:
            case BezwaarIngediend(betreft=int() as position):
                found[entry.positie] = Bezwaarzaak(entry, as_recorded.get(position))
            case BezwaarIngediend():
                found[entry.positie] = Bezwaarzaak(
                    entry, besluit_in(recorded, entry.feit.bij, entry)
                )
            case OverBezwaar():
                about = _about(found, entry.feit)
                if about is not None:
                    case, told = found[about], entry
                    found[about] = Bezwaarzaak(case.boeking, case.tegen, (*case.verloop, told))
    return tuple(
        Bezwaarzaak(case.boeking, case.tegen, case.verloop, bekendmakingen(there, case.tegen))
        for case in found.values()
    )


def open_in(cases: Iterable[Bezwaarzaak], stream: str) -> Bezwaarzaak | None:
    """The last objection that is still open in a stream."""
    still = [c for c in cases if c.stand is Bezwaarstand.OPEN and c.feit.bij == stream]
    return still[-1] if still else None


def bekendmakingen(entries: Iterable[Boeking], besluit: Boeking | None) -> tuple[Boeking, ...]:
    """The records that a decision was made known."""
    return tuple(
        entry
        for entry in entries
        if isinstance(entry.feit, BesluitBekendgemaakt)
        and besluit is not None
        and entry.feit.betreft == besluit.positie
    )


def bekendgemaakt_op(entries: Iterable[Boeking]) -> date | None:
    """The first day it was made known: sending it again begins no new term."""
    return min((entry.feit.datum for entry in entries), default=None)


def aard_van(entry: Boeking) -> Aard:
    """Of what kind a decision is. What was taken over stands for the besluit it began with, and a
    correction is what it corrects."""
    fact = entry.feit
    if isinstance(fact, GegevenGecorrigeerd):
        fact = fact.nieuw
    return Aard.BESLUIT if isinstance(fact, BeginstandOvergenomen) else type(fact).aard


def counting(recorded: Sequence[Boeking]) -> list[Boeking]:
    """The records that count, each as its corrections left it: accepted, or approved since."""
    now = list(effective(recorded))
    approved = {
        e.feit.betreft
        for e in now
        if isinstance(e.feit, GoedkeuringVerleend) and e.beslissing.uitkomst.erkend
    }
    return [e for e in now if e.beslissing.uitkomst.erkend or e.positie in approved]


def besluit_in(recorded: Sequence[Boeking], stream: str, before: Boeking | None) -> Boeking | None:
    """The grant of an allocation as it last stood; None when none is recognised."""
    grants = [
        e
        for e in counting(recorded)
        if isinstance(e.feit, GRANTS)
        and e.feit.stroom == stream
        and (before is None or e.positie < before.positie)
    ]
    return besluit_op(recorded, grants[-1]) if grants else None


def besluit_op(recorded: Sequence[Boeking], entry: Boeking) -> Boeking:
    """The decision on a step: of one that waited, what ended that; else the record itself."""
    if entry.beslissing.uitkomst is not Uitkomst.GOEDKEURING_NODIG:
        return entry
    ended = (e for e in recorded if isinstance(e.feit, ENDING) and e.feit.betreft == entry.positie)
    return next((e for e in ended if e.beslissing.uitkomst.erkend), entry)


def _about(found: dict[int, Bezwaarzaak], fact: OverBesluit) -> int | None:
    """The objection a record is about, by position; None when it is about none that counts."""
    if isinstance(fact.betreft, int):
        return fact.betreft if fact.betreft in found else None
    last = open_in(found.values(), fact.bij)
    return None if last is None else last.boeking.positie
