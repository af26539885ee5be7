"""The tables beside the log, held against its sealed lines: references and commands.

No hash covers a row of ``event_references`` or ``commands``, and every decision rests on them. What
they must hold follows from the lines, so it is made again from each line and compared. Only the
hash of a command's content is in no line: it is not judged.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, LargeBinary, and_, case, cast, func, literal, select

from rekenschap.application.errors import Broken
from rekenschap.infrastructure.store.queries import Ledger
from rekenschap.infrastructure.store.schema import commands, event_references, events
from rekenschap.infrastructure.store.seal import Row
from rekenschap.infrastructure.store.unit import SqlUnitOfWork

Traces = Callable[[str, int, str, bytes], tuple[str, set[str]]]
"""The command id and the references of a line, from its name, version, stream and payload."""

_AT_ONCE = 2_000


class Beside:
    """Goes along with a verification of lines in their order, once: from the first, or from one
    with which a command begins."""

    def __init__(self, ledger: Ledger, traces: Traces, after: int = 0) -> None:
        self._ledger, self._name, self._traces = ledger.key, ledger.name, traces
        self.seen = 0
        """How many commands began."""
        self._command: str | None = None
        self._ends = after

    def along(self, unit: SqlUnitOfWork, after: int | None, rows: Sequence[Row]) -> Iterator[Row]:
        """The same lines; each is held against the tables once whoever takes them judged it."""
        traced = [self._traced(row) for row in rows]
        touched = self._references(unit.connection, after, rows[-1][0])
        named = {it[0] for it in traced if not isinstance(it, Exception)}
        found = unit.log.find_commands(sorted(named))
        known = {one.command_id: (one.first_position, one.last_position) for one in found}
        return self._held(rows, traced, touched, known)

    def ended(self, position: int) -> None:
        """Raises Broken unless the last command ends there."""
        if self._ends != position:
            raise self._broken(
                f"the table of commands says its command ends at {self._ends}", position
            )

    def _held(
        self,
        rows: Sequence[Row],
        traced: Sequence[tuple[str, set[str]] | Exception],
        touched: dict[int, set[bytes | None]],
        known: dict[str, tuple[int, int]],
    ) -> Iterator[Row]:
        strays = sorted(touched.keys() - {row[0] for row in rows})
        for row, it in zip(rows, traced, strict=True):
            yield row
            position = row[0]
            if isinstance(it, Exception):
                raise self._broken(f"what it touches cannot be read ({it})", position) from it
            if strays and strays[0] < position:
                raise self._broken("references stand where no line is", strays[0])
            self._compare(position, {one.encode() for one in it[1]}, touched.get(position, set()))
            if it[0] != self._command:
                self._begun(position, it[0], known.get(it[0]))

    def _begun(self, position: int, command: str, found: tuple[int, int] | None) -> None:
        self.ended(position - 1)
        if found is None:
            raise self._broken("its command is not in the table of commands", position)
        if found[0] != position:
            raise self._broken(
                f"the table of commands says its command begins at {found[0]}", position
            )
        self._command, self._ends, self.seen = command, found[1], self.seen + 1

    def _traced(self, row: Row) -> tuple[str, set[str]] | Exception:
        """An error is a value here, and any can come of what was changed: the seal is judged first,
        and may say more."""
        _, _, stream, _, name, version, payload, _ = row
        try:
            return self._traces(name.decode(), version, stream.decode(), payload)
        except Exception as error:
            return error

    def _references(
        self, connection: Connection, after: int | None, upto: int
    ) -> dict[int, set[bytes | None]]:
        """As bytes, and None for what is no text: it is found by no question."""
        text: Any = event_references.c.reference
        if connection.dialect.name == "sqlite":
            text = case((func.typeof(text) == "text", cast(text, LargeBinary)))
        else:
            text = func.convert_to(text, "UTF8")
        position = event_references.c.position
        wanted = select(position, text).where(
            event_references.c.ledger == self._ledger, position <= upto
        )
        if after is not None:
            wanted = wanted.where(position > after)
        touched: dict[int, set[bytes | None]] = {}
        for at, reference in connection.execute(wanted):
            touched.setdefault(at, set()).add(reference)
        return touched

    def _compare(self, position: int, expected: set[bytes], found: set[bytes | None]) -> None:
        if expected == found:
            return
        missing = sorted(one.decode() for one in expected - found)
        if missing:
            raise self._broken(f"the reference {missing[0]} is missing", position)
        extra = sorted(repr(one) for one in found - expected)
        raise self._broken(f"a reference stands there that is not its own ({extra[0]})", position)

    def _broken(self, reason: str, position: int) -> Broken:
        return _broken(self._name, reason, position)


@frozen
class Totals:
    """What stands in the tables beside the log, counted in the view in which the head is read."""

    ledger: Ledger
    last_touched: int | None
    commands: int

    @classmethod
    def counted(cls, connection: Connection, ledger: Ledger) -> "Totals":
        last = select(func.max(event_references.c.position))
        number = select(func.count()).where(commands.c.ledger == ledger.key)
        return cls(
            ledger,
            connection.scalar(last.where(event_references.c.ledger == ledger.key)),
            connection.scalar(number) or 0,
        )

    def check(self, connection: Connection, traces: Traces, head: int, seen: int) -> None:
        """Raises Broken for what stands beyond the last line, and for commands that no line
        carries: ``seen`` of them do."""
        last = self.last_touched
        if last is not None and (type(last) is not int or last > head):
            raise _broken(self.ledger.name, "references stand beyond the head", head + 1)
        if self.commands != seen:
            raise _broken(
                self.ledger.name,
                "the table of commands has an id that no line carries",
                self._first_unknown(connection, traces, head),
            )

    def _first_unknown(self, connection: Connection, traces: Traces, head: int) -> int:
        """Reads the whole table once, which only a ledger that does not verify has to bear."""
        same = and_(
            events.c.ledger == commands.c.ledger, events.c.position == commands.c.first_position
        )
        line = (events.c.name, events.c.version, events.c.stream, events.c.payload)
        wanted = (
            select(commands.c.command_id, commands.c.first_position, *line)
            .join_from(commands, events, same, isouter=True)
            .where(commands.c.ledger == self.ledger.key, commands.c.first_position <= literal(head))
        )
        rows = connection.execute(wanted, execution_options={"yield_per": _AT_ONCE})
        return min((row[1] for row in rows if not _carries(traces, row)), default=head + 1)


def _carries(traces: Traces, row: Any) -> bool:
    command, _, name, version, stream, payload = row
    return name is not None and traces(name, version, stream, payload)[0] == command


def _broken(grootboek: str, reason: str, position: int) -> Broken:
    return Broken(f"{reason}, in grootboek {grootboek!r}", position=position)
