"""Verifying a grootboek: from its first line to its head, or in stretches beside each other.

Each line is held against the hash that stands at the line before it, so the log can be cut
anywhere: when every stretch holds, and each begins with what the one before it ended with, the
whole does. It is cut between two commands, since a command has one row beside the log.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext

from attrs import field, frozen

from rekenschap.application.controlepunt import Controlepunt
from rekenschap.application.errors import Broken
from rekenschap.infrastructure.evidence.against import Against
from rekenschap.infrastructure.store.beside import Beside, Totals, Traces
from rekenschap.infrastructure.store.indexes import check_indexes
from rekenschap.infrastructure.store.lines import SqlLines, end_of
from rekenschap.infrastructure.store.seal import (
    End,
    Row,
    Sealed,
    judge_rows,
    verify_end,
    verify_rows,
)
from rekenschap.infrastructure.store.unit import SqlUnitOfWork

Progress = Callable[[int], None] | None
AROUND = 50
"""So many lines are read at once to see where a command ends."""


@frozen
class Stretch:
    """Lines with a position above ``after``, up to ``upto``: whole commands."""

    after: int
    upto: int


@frozen
class Judged:
    """A stretch that holds: after which line it began, where it ended, and how many commands."""

    began: Sealed
    ended: Sealed
    commands: int = 0


@frozen
class Verification:
    """One verification of what stood there when it began; ``traces`` tells what a line says of the
    tables beside the log: without it only the seal is verified."""

    lines: SqlLines
    traces: Traces | None
    end: End
    totals: Totals | None = field(repr=False)

    @classmethod
    def begun(cls, lines: SqlLines, traces: Traces | None) -> "Verification":
        with lines.reading() as unit:
            end = end_of(unit)
            totals = None if traces is None else Totals.counted(unit.connection, lines.ledger)
        return cls(lines, traces, end, totals)

    def in_one_go(self, progress: Progress, tegen: Sequence[Controlepunt]) -> int:
        """By this process, line by line; the number of lines. Raises Broken with the first
        position that is wrong."""
        lines, head = self.lines, self.end.head
        beside = None if self.traces is None else Beside(lines.ledger, self.traces)
        rows = lines.raw(None, head.position, progress, beside)
        against = Against(lines.ledger_id, tegen) if tegen else None
        with against.naming() if against is not None else nullcontext():
            along = rows if against is None else against.along(rows)
            count = verify_rows(along, lines.ledger_id, head, self.end.last)
            if against is not None:
                against.finish(head.position)
        if beside is not None:
            beside.ended(count)
            self._check_beside(beside.seen)
            with lines.reading() as unit:
                check_indexes(unit.connection)
        return count

    def stretches(self, number: int) -> list[Stretch]:
        """The log in so many stretches, about as long."""
        last = self.end.head.position
        size = max(1, -(-last // number))
        with self.lines.reading() as unit:
            cuts = {self._end_of_command(unit, place) for place in range(size, last, size)}
        ends = sorted({one for one in cuts if one < last} | {last})
        return [Stretch(*pair) for pair in zip([0, *ends], ends, strict=False)]

    def together(self, judged: Sequence[Judged], tegen: Sequence[Controlepunt]) -> int:
        """What was judged elsewhere, in any order, put together. Raises Broken where it does not
        fit on each other, on the head, on the tables beside the log, or on checkpoints."""
        found = Sealed.nothing(self.lines.ledger_id)
        for one in sorted(judged, key=lambda one: one.began.count):
            if one.began != found:
                raise Broken("changed while it was verified", position=found.count + 1)
            found = one.ended
        verify_end(found, self.end.head, self.end.last)
        if self.traces is not None:
            self._check_beside(sum(one.commands for one in judged))
        if tegen:
            self._hold_against(tegen)
        return found.count

    def _check_beside(self, commands: int) -> None:
        if self.totals is not None and self.traces is not None:
            with self.lines.reading() as unit:
                head = self.end.head.position
                self.totals.check(unit.connection, self.traces, head, commands)

    def _hold_against(self, tegen: Sequence[Controlepunt]) -> None:
        """By the hashes alone: the lines were held against those."""
        head = self.end.head.position
        against = Against(self.lines.ledger_id, tegen)
        with against.naming():
            against.follow(self.lines.hashes(head), self._moment)
            against.finish(head)

    def _moment(self, position: int) -> int:
        for row in self.lines.raw(position - 1, position):
            return row[1]
        raise Broken("there is no line here", position=position)

    def _end_of_command(self, unit: SqlUnitOfWork, position: int) -> int:
        """The last line of the command that a line is of; the line itself where it cannot be told:
        what is wrong with it is for whoever judges it to say."""
        last = self.end.head.position
        if self.traces is None:
            return position
        command = None
        while rows := unit.log.read_raw(position - 1, upto=last, limit=AROUND):
            for row in rows:
                found = _command(self.traces, row)
                if found is None or command not in (None, found):
                    return position if command is None else row[0] - 1
                command = found
            position = rows[-1][0] + 1
        return last


def judged(lines: SqlLines, traces: Traces | None, stretch: Stretch) -> Judged:
    """A stretch, line by line. Raises Broken with the first position of it that is wrong."""
    began = _before(lines, stretch.after)
    beside = None if traces is None else Beside(lines.ledger, traces, stretch.after)
    ended = judge_rows(lines.raw(stretch.after or None, stretch.upto, None, beside), began)
    if ended.count != stretch.upto:
        raise Broken("there is no line here", position=ended.count + 1)
    if beside is None:
        return Judged(began, ended)
    beside.ended(stretch.upto)
    return Judged(began, ended, beside.seen)


def _before(lines: SqlLines, position: int) -> Sealed:
    """What stands at the line before a stretch; that line is judged by another."""
    if not position:
        return Sealed.nothing(lines.ledger_id)
    for row in lines.raw(position - 1, position):
        return Sealed(row[0], row[7], row[1])
    raise Broken("there is no line here", position=position)


def _command(traces: Traces, row: Row) -> str | None:
    _, _, stream, _, name, version, payload, _ = row
    try:
        return traces(name.decode(), version, stream.decode(), payload)[0]
    except Exception:  # anything can stand there
        return None
