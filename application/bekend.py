"""What was known then: a unit of work that reads the log up to a position, and appends nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn

from attrs import frozen

from rekenschap.application.ports import (
    Head,
    Log,
    NewRecord,
    StoredCommand,
    StoredRecord,
    UnitOfWork,
    Vault,
)


class ReadOnly:
    """A log that is only read: whatever would change it is refused."""

    def append(
        self,
        records: Sequence[NewRecord],
        *,
        moment: datetime,
        command_id: str | None = None,
        content_hash: bytes = b"",
    ) -> NoReturn:
        raise RuntimeError("what was known then, or would have been, is never recorded")

    def expect(self, command_ids: Sequence[str]) -> None:
        """Nothing is handled here."""

    def forget_contents(self, command_ids: Sequence[str]) -> NoReturn:
        raise RuntimeError("what was known then, or would have been, forgets nothing")


@frozen
class KnownLog(ReadOnly):
    """The log as it was when ``end`` was its last line."""

    log: Log
    end: Head

    def head(self) -> Head:
        return self.end

    def moment(self) -> datetime:
        return self.log.moment()

    def find_command(self, command_id: str) -> StoredCommand | None:
        found = self.log.find_command(command_id)
        return found if found is not None and found.last_position <= self.end.position else None

    def read(
        self, references: Sequence[str], *, after: int = 0, upto: int | None = None
    ) -> list[StoredRecord]:
        return self.log.read(references, after=after, upto=self._end(upto))

    def read_from(
        self,
        after: int,
        *,
        upto: int | None = None,
        limit: int | None = None,
        names: Sequence[str] | None = None,
    ) -> list[StoredRecord]:
        return self.log.read_from(after, upto=self._end(upto), limit=limit, names=names)

    def references_of(self, position: int) -> tuple[str, ...]:
        return self.log.references_of(position) if position <= self.end.position else ()

    def references_between(self, after: int, upto: int) -> dict[int, tuple[str, ...]]:
        return self.log.references_between(after, self._end(upto))

    def position_at(self, moment: datetime) -> int:
        return self._end(self.log.position_at(moment))

    def _end(self, upto: int | None) -> int:
        return self.end.position if upto is None else min(upto, self.end.position)


@frozen
class Known:
    """A unit of work in which only what was known then can be read."""

    log: Log
    vault: Vault


def as_known(unit: UnitOfWork, position: int) -> UnitOfWork:
    """The same view, with the log as it was at a position that exists (0: before all)."""
    if position >= unit.log.head().position:
        return unit
    lines = unit.log.read_from(position - 1, upto=position, limit=1) if position else []
    last = lines[0] if lines else None
    end = Head(position, last.hash if last else b"", last.recorded_at if last else None)
    return Known(KnownLog(unit.log, end), unit.vault)
