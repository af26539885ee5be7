"""What the application needs of the outside, as Protocols; infrastructure fills them in.

One unit of work is one database transaction. Inside a writing one the grootboek is locked: nobody
else can append, so what is read there is still true when it is appended to.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from attrs import frozen

from rekenschap.application.achterstand import Achterstand
from rekenschap.application.bewijsvoering import Bewijsvoering, Progress
from rekenschap.application.controlepunt import Controlepunt
from rekenschap.application.kluis import Vault as Vault
from rekenschap.application.parallel import Parallel
from rekenschap.domain.andere_regels import Getal
from rekenschap.domain.boeking import Boeking, Melder
from rekenschap.domain.facts import Feit
from rekenschap.domain.identifiers import CommandId, Referentie
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.persoonsgegevens import Persoonsgegevens
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.verdicts import Beslissing

if TYPE_CHECKING:  # what it writes is asked for by a question, and questions name these ports
    from rekenschap.application.tabellen import Tabellenschrijver


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


FORGOTTEN: Final = b""
"""In place of the hash of a content that could tell something of somebody who was erased."""


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

    def expect(self, command_ids: Sequence[str]) -> None:
        """These will be asked for one by one: look them all up in one go."""
        ...

    def forget_contents(self, command_ids: Sequence[str]) -> None:
        """Make the hashes of these commands' contents ``FORGOTTEN``: a guess at what they held
        can no longer be tried on them. Their ids and positions stay."""
        ...

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

    @property
    def parallel(self) -> Parallel: ...

    @property
    def tabellen(self) -> "Tabellenschrijver": ...

    def verify(
        self,
        progress: Progress = None,
        *,
        tegen: Sequence[Controlepunt] = (),
        alleen_keten: bool = False,
    ) -> int:
        """Verify the seal of the whole log, that it fits ``tegen``, and, unless ``alleen_keten``,
        what stands beside it.

        Returns the number of lines. Raises Broken.
        """
        ...

    def achterstand(self) -> Achterstand:
        """How far this database is behind the one that is written."""
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


class Regelinglezer(Protocol):
    """What the texts of regelingen say."""

    def read(self, text: str) -> Regeling:
        """The regeling in a canonical text."""
        ...


class Regelingen(Regelinglezer, Protocol):
    """Where the texts of regelingen come from, and what they say."""

    def text(self, source: str) -> str:
        """The canonical text of a packaged regeling by name, or of one in YAML."""
        ...

    def persoonsgegevens(self) -> Persoonsgegevens:
        """What is kept of persons, what for and how long."""
        ...

    def replaced(self, text: str, numbers: Mapping[Getal, Waarde], without: Sequence[str]) -> str:
        """The canonical text with other numbers and without some rules; what it lacks of these is
        left alone. Raises Incorrect for a value no text can hold, or when no rule is left."""
        ...

    def numbers(self, text: str, rule: str) -> tuple[str, ...]:
        """What can be replaced in a rule of a canonical text; nothing when it lacks the rule."""
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
