"""What a unit of work has appended and not written yet: many lines go in a few statements.

It is written before anything is read that it could bear on, and before the commit.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from rekenschap.application.ports import NewRecord, StoredCommand, StoredRecord
from rekenschap.infrastructure.store import single
from rekenschap.infrastructure.store.seal import to_microseconds
from rekenschap.infrastructure.store.statements import Statements


class Pending:
    """The rows of one grootboek that still have to be inserted."""

    def __init__(self, ledger: int) -> None:
        self._ledger = ledger
        self._lines: list[dict[str, Any]] = []
        self._touched: list[dict[str, Any]] = []
        self._references: set[str] = set()
        self._commands: dict[str, StoredCommand] = {}

    def __bool__(self) -> bool:
        return bool(self._lines)

    def touches(self, references: Iterable[str]) -> bool:
        """Whether a line that is waiting touches one of these."""
        return not self._references.isdisjoint(references)

    def command(self, command_id: str) -> StoredCommand | None:
        """A command whose lines are waiting."""
        return self._commands.get(command_id)

    def add(self, records: Sequence[NewRecord], stored: Sequence[StoredRecord]) -> None:
        """Lines, each with the references its record names."""
        for record, line in zip(records, stored, strict=True):
            self._lines.append(
                {
                    "ledger": self._ledger,
                    "position": line.position,
                    "recorded_at": to_microseconds(line.recorded_at),
                    "stream": line.stream,
                    "stream_version": line.stream_version,
                    "name": line.name,
                    "version": line.version,
                    "payload": line.payload,
                    "hash": line.hash,
                }
            )
            for reference in dict.fromkeys(record.references):
                row = {"ledger": self._ledger, "reference": reference, "position": line.position}
                self._touched.append(row)
                self._references.add(reference)

    def add_command(self, command: StoredCommand) -> None:
        """The command that some of the lines belong to."""
        self._commands[command.command_id] = command

    def write(self, cursor: Any, sql: Statements, head: dict[str, Any] | None = None) -> None:
        """Insert all of it, and forget it; with ``head`` the head of the log is brought there."""
        commands = [
            {
                "ledger": self._ledger,
                "command_id": one.command_id,
                "content_hash": one.content_hash,
                "first_position": one.first_position,
                "last_position": one.last_position,
            }
            for one in self._commands.values()
        ]
        if head is not None and not sql.lists_are_json and single.fits(self._lines, self._touched):
            single.write(cursor, self._lines, self._touched, commands, head)
        else:
            with sql.at_once(cursor):
                sql.run_rows(cursor, sql.insert_event, self._lines)
                sql.run_rows(cursor, sql.insert_reference, self._touched)
                sql.run_rows(cursor, sql.insert_command, commands)
                if head is not None:
                    cursor.execute(sql.move_head, head)
        for waiting in (self._lines, self._touched, self._references, self._commands):
            waiting.clear()
