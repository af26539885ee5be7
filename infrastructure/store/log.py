"""The log of one grootboek inside one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from rekenschap.application.errors import Broken, Onbeschikbaar
from rekenschap.application.ports import (
    FORGOTTEN,
    Clock,
    Head,
    NewRecord,
    StoredCommand,
    StoredRecord,
)
from rekenschap.infrastructure.store.faults import DuplicateError
from rekenschap.infrastructure.store.pending import Pending
from rekenschap.infrastructure.store.queries import Ledger, LogQueries
from rekenschap.infrastructure.store.seal import chain, from_microseconds, to_microseconds
from rekenschap.infrastructure.store.written import NOTHING, Known, Place, Written

_TOLERANCE_US = 5_000_000


class SqlLog(LogQueries):
    """``Log`` on the connection of a unit of work.

    In a writing unit the head is read and locked once, kept here while lines are appended, and
    written back once by ``finish``, which whoever opened the unit calls just before the commit.
    Lines wait (``Pending``) until something is read that they bear on.
    """

    _position: int
    _hash: bytes
    _recorded_at: int | None

    def __init__(
        self,
        connection: Connection,
        ledger: Ledger,
        clock: Clock,
        *,
        writing: bool,
        written: Written | None = None,
    ) -> None:
        super().__init__(connection, ledger)
        driver: Any = connection.dialect.loaded_dbapi
        self._duplicate: type[Exception] = driver.IntegrityError
        self._clock = clock
        self._writing = writing
        self._moved = False
        self._half_way = False
        self._versions: dict[str, int] = {}
        self._expected: dict[str, StoredCommand | None] = {}
        self._head: Head | None = None
        self._pending = Pending(ledger.key)
        try:
            rows = self._rows(self._sql.lock_head if writing else self._sql.head)
        except BaseException:
            self.close()  # a cursor left half-read keeps its old view on a connection for the next
            raise
        if not rows:
            raise Broken(f"grootboek {ledger.name!r} has lost its head")
        self._position, self._hash, self._recorded_at = rows[0]
        self._written = written
        self._began: Place | None = (self._position, self._hash)
        self._known = NOTHING if written is None else written.known_at(self._began)
        self._touched: dict[str, int] = {}

    def head(self) -> Head:
        if self._head is None:
            self._head = self._checked_head()
        return self._head

    def _checked_head(self) -> Head:
        position, last, at = self._position, self._hash, self._recorded_at
        if type(position) is not int or type(last) is not bytes:
            raise Broken(f"the head of grootboek {self._ledger.name!r} cannot be read")
        try:
            moment = None if at is None else from_microseconds(at)
        except (OverflowError, TypeError) as error:
            told = "the head has no moment that can be read"
            raise Broken(told, position=position) from error
        return Head(position, last, moment)

    def moment(self) -> datetime:
        now = to_microseconds(self._clock.now())
        if self._recorded_at is None or now > self._recorded_at:
            return from_microseconds(now)
        if self._recorded_at - now > _TOLERANCE_US:
            ahead = (self._recorded_at - now) / 1_000_000
            raise Onbeschikbaar(
                f"the clock runs {ahead:.1f} s behind the last line of the grootboek; "
                "nothing is recorded until it has caught up to within 5 s"
            )
        return from_microseconds(self._recorded_at + 1)

    def position_at(self, moment: datetime) -> int:
        at = to_microseconds(moment)
        if self._recorded_at is None or at >= self._recorded_at:
            return self._position
        position: int = self._rows(self._sql.position_at, head=self._position, moment=at)[0][0]
        return position

    def append(
        self,
        records: Sequence[NewRecord],
        *,
        moment: datetime,
        command_id: str | None = None,
        content_hash: bytes = b"",
        versions: Sequence[int] | None = None,
    ) -> list[StoredRecord]:
        """``versions`` are the versions in their streams; the next ones when not given.

        Raises ``DuplicateError`` when such a version is there already; the unit of work must then
        be abandoned, as after any other error. A command id that was recorded before, which
        ``find_command`` tells, is found out when the unit of work ends.
        """
        if not self._writing:
            raise RuntimeError("appending takes a writing unit of work")
        if not records:
            raise ValueError("a command that is recorded has at least one line")
        at = to_microseconds(moment)
        if self._recorded_at is not None and at <= self._recorded_at:
            raise ValueError("the moment must be later than the last line; ask it of the log")
        first, self._half_way = self._position + 1, True
        numbers = self._next_versions(records) if versions is None else versions
        stored = self._sealed(records, numbers, at)
        self._pending.add(records, stored)
        if command_id is not None:
            if self._pending.command(command_id) is not None:
                raise DuplicateError("the command id is used twice")
            command = StoredCommand(command_id, content_hash, first, self._position)
            self._expected.pop(command_id, None)
            self._pending.add_command(command)
        if versions is not None:
            self._write()
            # they may leave gaps: from here on nothing is known
            self._began, self._known, self._versions = None, NOTHING, {}
        self._half_way = False
        return stored

    def find_command(self, command_id: str) -> StoredCommand | None:
        if command_id in self._expected:
            return self._expected[command_id]
        return self._pending.command(command_id) or super().find_command(command_id)

    def expect(self, command_ids: Sequence[str]) -> None:
        """Look these up in one go; nobody else adds to them while the head is locked."""
        asked = [one for one in command_ids if isinstance(one, str) and one.isprintable()]
        found = {one.command_id: one for one in self.find_commands(asked)}
        self._expected = {one: found.get(one) for one in asked}

    def read(
        self, references: Sequence[str], *, after: int = 0, upto: int | None = None
    ) -> list[StoredRecord]:
        untouched = all(self._touched.get(one, 0) <= after for one in references)
        if untouched and self._known.untouched(references, after):
            return []
        if self._pending.touches(references):
            self._write()
        return super().read(references, after=after, upto=upto)

    def forget_contents(self, command_ids: Sequence[str]) -> None:
        self._write()
        self._expected.clear()
        rows = [
            {"this_ledger": self._ledger.key, "this_command": one, "content_hash": FORGOTTEN}
            for one in command_ids
        ]
        if rows:
            self._cursor.executemany(self._sql.forget_content, rows)

    def finish(self) -> None:
        """Write the head back, once for all that was appended; refuses half of an append."""
        if self._half_way:
            raise RuntimeError("an append failed in this unit of work: it cannot be committed")
        if self._moved:
            self._write(and_head=True)
            self._moved = False

    def committed(self) -> None:
        """What was appended stands for good: the next unit of work may build on it."""
        if self._written is not None and self._began != (self._position, self._hash):
            known = Known(self._known.since, self._versions, self._touched)
            self._written.recorded(self._began, (self._position, self._hash), known)

    def _write(self, *, and_head: bool = False) -> None:
        """Insert the lines that wait, and with ``and_head`` bring the head up to them."""
        self._half_way = True
        try:
            self._pending.write(self._cursor, self._sql, self._head_row() if and_head else None)
        except self._duplicate as error:
            told = "a version of a stream or a command id was recorded before"
            raise DuplicateError(told) from error
        self._half_way = False

    def _head_row(self) -> dict[str, Any]:
        return {
            "this_ledger": self._ledger.key,
            "position": self._position,
            "hash": self._hash,
            "recorded_at": self._recorded_at,
        }

    def _rows(self, sql: str, **values: Any) -> list[Any]:
        """Whatever looks at the lines sees those that wait; these three know of them already."""
        knowing = (self._sql.find_command, self._sql.versions, self._sql.read)
        if self._pending and sql not in knowing:
            self._write()
        return super()._rows(sql, **values)

    def _next_versions(self, records: Sequence[NewRecord]) -> list[int]:
        """The last version per stream is asked once: while the lock is held, only we add to it."""
        unknown = []
        for stream in {record.stream for record in records}:
            if stream not in self._versions:
                if stream in self._known.versions:
                    self._versions[stream] = self._known.versions[stream]
                else:
                    unknown.append(stream)
        if unknown:
            streams = self._sql.as_list(unknown)
            rows = self._rows(self._sql.versions, streams=streams)
            self._versions.update((stream, last or 0) for stream, last in rows)
        numbers = []
        for record in records:
            self._versions[record.stream] = number = self._versions[record.stream] + 1
            numbers.append(number)
        return numbers

    def _sealed(
        self, records: Sequence[NewRecord], versions: Sequence[int], at: int
    ) -> list[StoredRecord]:
        """The lines with their position, moment and hash; the head moves along."""
        stored = []
        for offset, (it, number) in enumerate(zip(records, versions, strict=True)):
            position, us = self._position + 1, at + offset
            stream, name, version, payload = it.stream, it.name, it.version, it.payload
            self._hash = chain(self._hash, position, us, name, version, stream, number, payload)
            self._position, self._recorded_at = position, us
            recorded_at = from_microseconds(us)
            line = (position, recorded_at, stream, number, name, version, payload, self._hash)
            stored.append(StoredRecord(*line))
            self._touched.update((one, position) for one in it.references)
        self._head, self._moved = None, True
        return stored
