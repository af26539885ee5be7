"""Commands as they were recorded: their lines, and which of them was asked for.

A command is one line, or several that follow each other: a claim comes after the fact it is about,
what a step brings along comes before it.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import frozen

from rekenschap.application.dossiers import Decode, Session
from rekenschap.application.errors import Broken
from rekenschap.application.ports import Log, Store, StoredRecord
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.facts import BeginstandOvergenomen, TenLasteGebracht, ToewijzingAfgegeven
from rekenschap.domain.identifiers import CommandId

AT_ONCE = 200
WINDOW = 20_000
"""So many positions are looked through at a time: what is held in memory stays bounded."""


@frozen
class Opdracht:
    """The lines of one command, in order, with their entries."""

    regels: tuple[StoredRecord, ...]
    boekingen: tuple[Boeking, ...]

    @property
    def id(self) -> CommandId:
        """The id its caller gave it."""
        return self.boekingen[0].opdracht

    @property
    def gevraagd(self) -> Boeking:
        """The entry that was asked for; the others follow from it."""
        *before, last = self.boekingen
        is_claim = isinstance(last.feit, TenLasteGebracht)
        return before[-1] if is_claim and before else last

    @property
    def beslist(self) -> Boeking:
        """The entry whose decision answered the command."""
        return self.boekingen[-1]

    @property
    def begin(self) -> int:
        """The position of its first line."""
        return self.boekingen[0].positie


@frozen(kw_only=True)
class Deel:
    """A part of a grootboek: of one subject or of all, and only what is about a day of a period.

    At most one subject: a ``jeugdige`` (a reference of the vault), a ``toewijzing``, or an
    ``aanbieder``, which means the allocations granted to it. ``van`` and ``tot_en_met`` are days
    the steps are about, both included.
    """

    jeugdige: str | None = None
    toewijzing: str | None = None
    aanbieder: str | None = None
    van: date = date.min
    tot_en_met: date = date.max

    @property
    def is_alles(self) -> bool:
        """Whether every line has to be looked at."""
        return self.jeugdige is None and self.toewijzing is None and self.aanbieder is None

    def heeft(self, command: Opdracht) -> bool:
        """Whether a command is about a day of the period."""
        return self.van <= command.gevraagd.feit.datum <= self.tot_en_met


def command_at(log: Log, decode: Decode, position: int) -> Opdracht:
    """The command that recorded the line at a position. Raises Broken when it is not there."""
    lines = log.read_from(position - 1, upto=position, limit=1)
    if not lines:
        raise Broken("there is no line here", position=position)
    return _command_of(log, decode, lines[0], decode(lines[0]))


def commands_of(
    store: Store, decode: Decode, part: Deel, upto: int
) -> Iterator[tuple[Opdracht, ...]]:
    """The commands of a part up to a position, in order, some at a time."""
    if part.is_alles:
        yield from _chunks(_every(store, decode, upto), part)
    else:
        yield from _chunks(_touching(store, decode, part, upto), part)


def references_of(session: Session, part: Deel) -> tuple[str, ...]:
    """What a line of a part touches, one of them at least."""
    if part.toewijzing is not None:
        return (f"toewijzing/{part.toewijzing}",)
    if part.jeugdige is not None:
        return (part.jeugdige,)
    granted = (e.feit for e in session.entries(f"aanbieder/{part.aanbieder}"))
    names = {
        f.toewijzing for f in granted if isinstance(f, ToewijzingAfgegeven | BeginstandOvergenomen)
    }
    return (*(f"toewijzing/{name}" for name in sorted(names)), f"aanbieder/{part.aanbieder}")


def _chunks(commands: Iterator[Opdracht], part: Deel) -> Iterator[tuple[Opdracht, ...]]:
    chunk: list[Opdracht] = []
    for command in commands:
        if part.heeft(command):
            chunk.append(command)
        if len(chunk) == AT_ONCE:
            yield tuple(chunk)
            chunk = []
    if chunk:
        yield tuple(chunk)


def _every(store: Store, decode: Decode, upto: int) -> Iterator[Opdracht]:
    """Every command of the log, streamed: its lines follow each other."""
    lines: list[StoredRecord] = []
    entries: list[Boeking] = []
    for record in store.scan(upto=upto):
        entry = decode(record)
        if entries and entry.opdracht != entries[0].opdracht:
            yield Opdracht(tuple(lines), tuple(entries))
            lines, entries = [], []
        lines.append(record)
        entries.append(entry)
    if entries:
        yield Opdracht(tuple(lines), tuple(entries))


def _touching(store: Store, decode: Decode, part: Deel, upto: int) -> Iterator[Opdracht]:
    """The commands of which a line touches what the part is about."""
    with store.reading() as unit:
        references = references_of(Session.fresh(unit.log, decode), part)
    done = 0
    for window in range(0, upto, WINDOW):
        with store.reading() as unit:
            last = min(window + WINDOW, upto)
            found = list(commands_in(unit.log, decode, references, max(window, done), last))
        yield from found
        done = found[-1].boekingen[-1].positie if found else done


def commands_in(
    log: Log, decode: Decode, references: Sequence[str], after: int, upto: int
) -> Iterator[Opdracht]:
    """The commands of which a line in these positions touches one of the references, in order."""
    lines = log.read(references, after=after, upto=upto)
    for first in range(0, len(lines), AT_ONCE):
        some = [(line, decode(line)) for line in lines[first : first + AT_ONCE]]
        log.expect([entry.opdracht for _, entry in some])
        for line, entry in some:
            if line.position > after:
                command = _command_of(log, decode, line, entry)
                after = command.boekingen[-1].positie
                yield command


def _command_of(log: Log, decode: Decode, line: StoredRecord, entry: Boeking) -> Opdracht:
    """The command that recorded a line at hand. Raises Broken where it is not known."""
    known = log.find_command(entry.opdracht)
    if known is None:
        raise Broken("the command of this line is not known", position=line.position)
    if known.first_position == known.last_position == line.position:
        return Opdracht((line,), (entry,))
    return _made(log.read_from(known.first_position - 1, upto=known.last_position), decode)


def _made(lines: Sequence[StoredRecord], decode: Decode) -> Opdracht:
    return Opdracht(tuple(lines), tuple(decode(line) for line in lines))
