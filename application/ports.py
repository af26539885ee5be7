"""What the application needs of the outside, as Protocols; infrastructure fills them in.

One unit of work is one database transaction. Inside a writing one the grootboek is locked: nobody
else can append, so what is read there is still true when it is appended to.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from attrs import frozen

from rekenschap.application.bewijsvoering import Bewijsvoering, Progress
from rekenschap.application.controlepunt import Controlepunt
from rekenschap.application.standen import ToewijzingStand
from rekenschap.domain.boeking import Boeking, Melder
from rekenschap.domain.facts import Feit
from rekenschap.domain.identifiers import CommandId, Referentie
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.verdicts import Beslissing


@frozen
class StoredRecord:
    """One line of the log as it is stored: these bytes are the evidence, never re-serialised."""

    position: int
    recorded_at: datetime
    stream: str
    stream_version: int
    name: str
    version: int
    payload: bytes
    hash: bytes


@frozen
class NewRecord:
    """One line to append; ``references`` are what it touches, to be found by."""

    stream: str
    name: str
    version: int
    payload: bytes
    references: tuple[str, ...]


@frozen
class Head:
    """The end of the log: ``position`` 0 and no ``recorded_at`` when it is empty."""

    position: int
    hash: bytes
    recorded_at: datetime | None


@frozen
class StoredCommand:
    """A command id that was used: the hash of its content and the positions it recorded."""

    command_id: str
    content_hash: bytes
    first_position: int
    last_position: int


class Clock(Protocol):
    """Where the present comes from. ``now`` is aware and in UTC."""

    def now(self) -> datetime: ...


class Log(Protocol):
    """The log of one grootboek inside a unit of work."""

    def head(self) -> Head: ...

    def moment(self) -> datetime:
        """The moment the next record is recorded at: max(clock, previous + 1 µs).

        Raises Onbeschikbaar when the previous moment lies more than 5 s ahead of the clock.
        """
        ...

    def find_command(self, command_id: str) -> StoredCommand | None: ...

    def read(
        self, references: Sequence[str], *, after: int = 0, upto: int | None = None
    ) -> list[StoredRecord]:
        """Every record that touches one of the references, once, in order of position."""
        ...

    def read_from(
        self,
        after: int,
        *,
        upto: int | None = None,
        limit: int | None = None,
        names: Sequence[str] | None = None,
    ) -> list[StoredRecord]:
        """Records with a position above ``after``, in order; only these ``names`` if given."""
        ...

    def references_of(self, position: int) -> tuple[str, ...]: ...

    def references_between(self, after: int, upto: int) -> dict[int, tuple[str, ...]]:
        """What the records above ``after`` up to ``upto`` touch, by position."""
        ...

    def position_at(self, moment: datetime) -> int:
        """The last position recorded at or before ``moment``; 0 if there is none."""
        ...

    def append(
        self,
        records: Sequence[NewRecord],
        *,
        moment: datetime,
        command_id: str | None = None,
        content_hash: bytes = b"",
    ) -> list[StoredRecord]:
        """Append in order; the first at ``moment``, each next one 1 µs later."""
        ...


class Vault(Protocol):
    """Personal data inside a unit of work; events hold only what this port hands out."""

    def reference(self, kind: str, host_id: str) -> str:
        """The random reference (``kind/…``) of a host's id; made when it is new."""
        ...

    def find(self, kind: str, host_id: str) -> str | None:
        """The reference of a host's id, or None; makes nothing."""
        ...

    def host_id(self, reference: str) -> str | None:
        """The host's id behind a reference, or None when it is unknown or erased."""
        ...

    def keep(
        self,
        subject: str,
        field: str,
        value: str,
        *,
        purpose: str,
        keep_until: date | None = None,
    ) -> str:
        """Store a value under its subject's key; returns its salted commitment (hex)."""
        ...

    def reveal(self, commitment: str) -> str | None:
        """The value behind a commitment, or None when it was erased."""
        ...

    def fingerprint(self, value: str) -> str:
        """A keyed hash (hex) of a value: equal values are recognised, nothing else is told."""
        ...


class UnitOfWork(Protocol):
    """One transaction: what is read and appended in it happens together or not at all."""

    @property
    def log(self) -> Log: ...

    @property
    def vault(self) -> Vault: ...


class Store(Protocol):
    """One grootboek in a database."""

    @property
    def grootboek(self) -> str: ...

    @property
    def clock(self) -> Clock: ...

    def writing(self) -> AbstractContextManager[UnitOfWork]:
        """Lock the grootboek; commits at the end of the block, rolls back on any exception."""
        ...

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """A consistent view that writes nothing."""
        ...

    @property
    def bewijs(self) -> Bewijsvoering: ...

    def verify(self, progress: Progress = None, *, tegen: Sequence[Controlepunt] = ()) -> int:
        """Verify the seal of the whole log, what stands beside it, and that it fits ``tegen``.

        Returns the number of lines. Raises Broken.
        """
        ...

    def scan(self, after: int = 0, *, upto: int | None = None) -> Iterator[StoredRecord]:
        """The whole log in order, streamed in constant memory."""
        ...


class Codec(Protocol):
    """Between entries and stored bytes."""

    def encode(self, entry: "Entry") -> NewRecord: ...

    def decode(self, record: StoredRecord) -> Boeking: ...

    def content(self, values: Mapping[str, object]) -> bytes:
        """The hash of a command's content, after pseudonymising."""
        ...


class Regelingen(Protocol):
    """Where the texts of regelingen come from, and what they say."""

    def text(self, source: str) -> str:
        """The canonical text of a packaged regeling by name, or of one in YAML."""
        ...

    def read(self, text: str) -> Regeling:
        """The regeling in a canonical text."""
        ...


@frozen(kw_only=True)
class Entry:
    """An entry on its way to the log: it gets its position there."""

    feit: Feit
    beslissing: Beslissing
    melder: Melder
    opdracht: CommandId
    referentie: Referentie | None
    raakt: tuple[str, ...]
    """References besides those the fact itself names."""


class Leesmodel(Protocol):
    """The tables that questions are answered from. Days are valid days, positions known ones."""

    def catch_up(self, progress: Callable[[int], None] | None = None) -> int:
        """Fold what is not folded yet; returns the position reached."""
        ...

    def position(self, unit: UnitOfWork) -> int:
        """Up to where the tables are folded, as this unit of work sees them."""
        ...

    def rebuild(self, progress: Callable[[int], None] | None = None) -> int:
        """Throw the tables away and fold the whole log anew."""
        ...

    def toewijzing(
        self, unit: UnitOfWork, name: str, geldig_op: date, bekend_op: int
    ) -> ToewijzingStand | None:
        """The balance of an allocation; None when nothing was known of it for that day."""
        ...

    def toewijzingen(
        self,
        unit: UnitOfWork,
        column: str,
        value: str,
        geldig_op: date,
        bekend_op: int,
        *,
        after: str,
        limit: int,
    ) -> list[ToewijzingStand]:
        """The balances of the allocations of a jeugdige or aanbieder, by id, after one."""
        ...

    def jeugdigen(self, unit: UnitOfWork) -> list[str]:
        """The references of every jeugdige the audit trail names."""
        ...

    def tellers(
        self, unit: UnitOfWork, jeugdige: str, geldig_op: date, bekend_op: int
    ) -> dict[str, dict[int, int]]:
        """Charged no-shows per product and year."""
        ...

    def spoor(
        self,
        unit: UnitOfWork,
        column: str,
        value: str,
        geldig_op: date,
        bekend_op: int,
        *,
        after: int,
        limit: int,
    ) -> list[tuple[int, int | None]]:
        """Positions of the audit trail of a toewijzing or jeugdige, and what replaced each."""
        ...
