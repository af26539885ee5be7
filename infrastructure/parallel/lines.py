"""The lines and the commands of one part, read in one view of the log."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from attrs import frozen
from sqlalchemy import ColumnElement, exists, func, select

from rekenschap.application.errors import Broken
from rekenschap.application.ports import StoredRecord
from rekenschap.application.recorded import Opdracht
from rekenschap.domain.boeking import Boeking
from rekenschap.infrastructure.codec import decode
from rekenschap.infrastructure.parallel.parts import BEYOND, YOUTH, Part
from rekenschap.infrastructure.store.queries import Ledger
from rekenschap.infrastructure.store.schema import event_references, events
from rekenschap.infrastructure.store.seal import from_microseconds
from rekenschap.infrastructure.store.unit import SqlUnitOfWork

AT_ONCE = 200
_AT = event_references.c.position
_NAME = event_references.c.reference
_IS_YOUTH = (_NAME > YOUTH, _NAME < BEYOND)


class Line(NamedTuple):
    """A line as it is stored, and what it says."""

    record: StoredRecord
    entry: Boeking


@frozen
class PartReader:
    """Reads what belongs to a part, up to a position."""

    unit: SqlUnitOfWork
    ledger: Ledger
    part: Part
    upto: int

    def lines(self) -> list[StoredRecord]:
        """Every line that touches a jeugdige of the part, or no jeugdige, in order."""
        if self.part.jeugdigen:
            return self.unit.log.read(self.part.jeugdigen, upto=self.upto)
        any_youth = exists().where(
            event_references.c.ledger == self.ledger.key, events.c.position == _AT, *_IS_YOUTH
        )
        columns = [one for one in events.c if one is not events.c.ledger]
        query = (
            select(*columns)
            .where(events.c.ledger == self.ledger.key, events.c.position <= self.upto, ~any_youth)
            .order_by(events.c.position)
        )
        rows: Iterable[Any] = self.unit.connection.execute(query)
        return [StoredRecord(row[0], from_microseconds(row[1]), *row[2:]) for row in rows]

    def touched(self) -> dict[int, tuple[str, ...]]:
        """Which jeugdigen of the part each of those lines touches."""
        found: dict[int, tuple[str, ...]] = {}
        for position, name in self.unit.log.touched_by(self.part.jeugdigen, upto=self.upto):
            found[position] = (*found.get(position, ()), name)
        return {position: tuple(sorted(names)) for position, names in found.items()}

    def commands(self) -> Iterator[list[Opdracht]]:
        """The commands that belong to the part and to no other, in order, some at a time."""
        entries = (Line(line, decode(line)) for line in self.lines())
        chunk: dict[str, list[Line]] = {}
        for name, run in groupby(entries, key=lambda one: str(one.entry.opdracht)):
            if len(chunk) == AT_ONCE:
                yield list(self._own(chunk))
                chunk = {}
            chunk.setdefault(name, []).extend(run)
        if chunk:
            yield list(self._own(chunk))

    def _own(self, chunk: dict[str, list[Line]]) -> Iterator[Opdracht]:
        whole = [self._whole(*one) for one in self._known(chunk)]
        first = self._first_youths([one.record.position for lines in whole for one in lines])
        mine = set(self.part.jeugdigen)
        for lines in whole:
            youths = [first[at] for one in lines if (at := one.record.position) in first]
            if (min(youths) in mine) if youths else not mine:
                records, entries = zip(*lines, strict=True)
                yield Opdracht(records, entries)

    def _known(self, chunk: dict[str, list[Line]]) -> Iterator[tuple[list[Line], int, int]]:
        found = {one.command_id: one for one in self.unit.log.find_commands(list(chunk))}
        for name, lines in chunk.items():
            if name not in found:
                at = lines[0].record.position
                raise Broken("the command of this line is not known", position=at)
            yield lines, found[name].first_position, found[name].last_position

    def _whole(self, lines: list[Line], first: int, last: int) -> list[Line]:
        """All lines of a command, also those that touch nobody of the part."""
        if len(lines) == last - first + 1:
            return lines
        return [Line(one, decode(one)) for one in self.unit.log.read_from(first - 1, upto=last)]

    def _first_youths(self, positions: Sequence[int]) -> dict[int, str]:
        if not positions:
            return {}
        query = (
            select(_AT, func.min(_NAME))
            .where(self._ledger_is, _AT.in_(positions), *_IS_YOUTH)
            .group_by(_AT)
        )
        return {row[0]: row[1] for row in self.unit.connection.execute(query)}

    @property
    def _ledger_is(self) -> ColumnElement[bool]:
        return event_references.c.ledger == self.ledger.key
