"""The log as it would have been: recorded facts, with other decisions on some of them.

Between two positions of the log there is room for what was not recorded: a position here is that of
the log times ``ROOM``. What nothing changed is read from the log itself, so only what is different
is held in memory. Nothing can be appended, by type: it has no way to the log but reading.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import attrs
from attrs import frozen

from rekenschap.application.bekend import ReadOnly
from rekenschap.application.errors import Broken
from rekenschap.application.ports import Head, Log, StoredCommand, StoredRecord
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.verdicts import Beslissing

ROOM = 1_000


def end_of(position: int) -> int:
    """The last position here that belongs to one of the log, or to what follows from it."""
    return (position + 1) * ROOM - ROOM // 2


def log_position(position: int) -> int:
    """The position of the log that a position here belongs to."""
    return -(-position // ROOM) if position % ROOM > ROOM // 2 else position // ROOM


@frozen
class Anders:
    """An entry of this world, and what it touches; None where it stands in the place of a line of
    the log: then it touches what that line does."""

    boeking: Boeking
    raakt: tuple[str, ...] | None


class Wereld:
    """What is different, by position; and the log beneath it, of the unit of work at hand."""

    def __init__(self, decode: Callable[[StoredRecord], Boeking]) -> None:
        self._decode = decode
        self._entries: dict[int, Anders] = {}
        self._between: list[int] = []
        self._touching: defaultdict[str, list[int]] = defaultdict(list)
        self._gone: set[int] = set()

    def decode(self, record: StoredRecord) -> Boeking:
        """The entry behind a line read here."""
        other = self._entries.get(record.position)
        return moved(self._decode(record)) if other is None else other.boeking

    def replace(self, recorded: Iterable[int], entries: Iterable[Anders]) -> None:
        """From here on these entries stand where those lines of the log do."""
        self._gone.update(recorded)
        for one in entries:
            position = one.boeking.positie
            self._entries[position] = one
            if one.raakt is not None:
                insort(self._between, position)
                for reference in one.raakt:
                    insort(self._touching[reference], position)

    def here(self, line: StoredRecord) -> StoredRecord | None:
        """What stands in the place of a line of the log: mostly that line; None for nothing."""
        position = line.position * ROOM
        if position in self._entries:
            return self._line(position)
        return None if line.position in self._gone else attrs.evolve(line, position=position)

    def between(self, references: Sequence[str], after: int, upto: int) -> list[StoredRecord]:
        """The lines that stand here between those of the log, which touch one of the references."""
        each = (_within(self._touching.get(name, []), after, upto) for name in references)
        return [self._line(position) for position in sorted({p for found in each for p in found})]

    def among(self, after: int, upto: int) -> list[StoredRecord]:
        """The lines that stand here between those of the log, whatever they touch."""
        return [self._line(position) for position in _within(self._between, after, upto)]

    def raakt(self, position: int) -> tuple[str, ...] | None:
        """What an entry between the lines of the log touches; None for one in their place."""
        other = self._entries.get(position)
        return None if other is None else other.raakt

    def _line(self, position: int) -> StoredRecord:
        return bare(self._entries[position].boeking)


def _within(positions: list[int], after: int, upto: int) -> list[int]:
    """Those after one position up to another, of positions in order."""
    return positions[bisect_right(positions, after) : bisect_right(positions, upto)]


def bare(entry: Boeking) -> StoredRecord:
    """A line without bytes: what stands here was never written."""
    fact, moment = entry.feit, entry.geregistreerd_op
    return StoredRecord(entry.positie, moment, fact.stroom, 0, fact.naam, fact.versie, b"", b"")


@frozen
class WereldLog(ReadOnly):
    """``Log`` of a world, over the log of a unit of work; ``end`` is where it ends for now."""

    wereld: Wereld
    log: Log
    end: Head

    def head(self) -> Head:
        return self.end

    def moment(self) -> datetime:
        if self.end.recorded_at is None:
            raise Broken("nothing was recorded here")
        return self.end.recorded_at

    def find_command(self, command_id: str) -> StoredCommand | None:
        return self.log.find_command(command_id)

    def read(
        self, references: Sequence[str], *, after: int = 0, upto: int | None = None
    ) -> list[StoredRecord]:
        last = self._end(upto)
        first, until = after // ROOM, last // ROOM
        real = self.log.read(references, after=first, upto=until) if first < until else []
        return self._together(real, self.wereld.between(references, after, last), after)

    def read_from(
        self,
        after: int,
        *,
        upto: int | None = None,
        limit: int | None = None,
        names: Sequence[str] | None = None,
    ) -> list[StoredRecord]:
        last = self._end(upto)
        real = self.log.read_from(after // ROOM, upto=last // ROOM, names=names)
        instead = self.wereld.among(after, last)
        if names is not None:
            instead = [line for line in instead if line.name in names]
        return self._together(real, instead, after)[:limit]

    def references_of(self, position: int) -> tuple[str, ...]:
        other = self.wereld.raakt(position)
        return self.log.references_of(position // ROOM) if other is None else other

    def references_between(self, after: int, upto: int) -> dict[int, tuple[str, ...]]:
        lines = self.read_from(after, upto=upto)
        return {line.position: self.references_of(line.position) for line in lines}

    def position_at(self, moment: datetime) -> int:
        return min(self.log.position_at(moment) * ROOM, self.end.position)

    def _end(self, upto: int | None) -> int:
        return self.end.position if upto is None else min(upto, self.end.position)

    def _together(
        self, real: Iterable[StoredRecord], instead: Iterable[StoredRecord], after: int
    ) -> list[StoredRecord]:
        there = (self.wereld.here(line) for line in real)
        found = [*(line for line in there if line and line.position > after), *instead]
        return sorted(found, key=lambda line: line.position)


def moved(entry: Boeking) -> Boeking:
    """An entry of the log with the positions it points at as they are here."""
    return attrs.evolve(
        entry, feit=entry.feit.verplaatst(_here), beslissing=_decision(entry, _here)
    )


def as_recorded(entry: Boeking) -> Boeking:
    """An entry of a world with the positions of the log."""
    return attrs.evolve(
        entry,
        positie=log_position(entry.positie),
        feit=entry.feit.verplaatst(log_position),
        beslissing=_decision(entry, log_position),
    )


def _decision(entry: Boeking, place: Callable[[int], int]) -> Beslissing:
    """The decision of an entry with what it used elsewhere; mostly it used nothing."""
    decision = entry.beslissing
    if not decision.gebruikt:
        return decision
    return attrs.evolve(decision, gebruikt=tuple(place(p) for p in decision.gebruikt))


def _here(position: int) -> int:
    return position * ROOM
