"""Every way we know to change a stored ledger, tried one by one: is each found, and named?

``tried`` runs all kinds on one small ledger, or with ``share`` below 1 a sample of them, drawn with
a seed. A tampering is *missed* when verification passes. The position named is *wrong* when it is
not the first that differs; where hashes fit and only checkpoints tell, it must be the stretch
between the last checkpoint that still fits and the first that does not.
"""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any, Final

from attrs import define, evolve, field, frozen
from tests.evidence.small import Stored, fitting_head, rechained

from rekenschap.application import Broken, Controlepunt
from rekenschap.application.bewijsstukken import Insluitingsbewijs, Samenhangsbewijs
from rekenschap.application.ports import Head
from rekenschap.infrastructure.evidence import verify as standalone
from rekenschap.infrastructure.evidence.against import Against
from rekenschap.infrastructure.store.seal import (
    Row,
    chain,
    first_hash,
    from_microseconds,
    to_microseconds,
    verify_rows,
)

NUMBERS: Final = {0: 8, 1: 8, 3: 8, 5: 4}
"""The columns of a row that are numbers, and the bytes each takes in a database."""
PAYLOAD: Final = 6
Keep = Callable[[], bool]
"""Whether the next one is tried: always, or now and then."""
Kind = Callable[[Stored, Keep], Iterator["Case"]]


@frozen
class Named:
    """What verification said: the stretch in which the first wrong position lies.

    ``confirmed`` is up to where checkpoints confirm the log.
    """

    first: int | None
    last: int | None
    confirmed: int = 0

    @classmethod
    def by(cls, error: Broken) -> "Named":
        last = error.details.get("uiterlijk", error.position)
        return cls(error.position, last, error.details.get("bevestigd_tot", 0))


@frozen
class Case:
    """One tampering: what verification said of it (None: it passed), and what is true.

    ``truth`` is the first position that differs; None where nothing in the log does. With
    ``exact`` it must be named by itself, otherwise ``stretch`` must be.
    """

    said: Named | None
    truth: int | None
    stretch: tuple[int, int] | None = None

    @property
    def right(self) -> bool:
        if self.said is None:
            return False
        if self.truth is None:
            return True
        wanted = self.stretch or (self.truth, self.truth)
        return (self.said.first, self.said.last) == wanted and wanted[0] <= self.truth <= wanted[1]


@define
class Tally:
    """How many of one kind were tried, and what became of them."""

    tried: int = 0
    missed: int = 0
    wrong_position: int = 0
    named_exactly: int = 0
    named_as_stretch: int = 0
    no_position: int = 0
    examples: list[str] = field(factory=list)

    def add(self, kind: str, case: Case) -> None:
        self.tried += 1
        if case.said is None:
            self.missed += 1
        elif not case.right:
            self.wrong_position += 1
        elif case.truth is None:
            self.no_position += 1
        elif case.said.first == case.said.last:
            self.named_exactly += 1
        else:
            self.named_as_stretch += 1
        if not case.right and len(self.examples) < 3:
            self.examples.append(f"{kind}: {case}")


def said_of(stored: Stored, rows: Sequence[Row], head: Head, tegen: Sequence[Controlepunt]) -> Any:
    """What our own verification says of these rows."""
    try:
        if not tegen:
            verify_rows(iter(rows), stored.ledger, head)
        else:
            against = Against(stored.ledger, tegen)
            with against.naming():
                verify_rows(against.along(iter(rows)), stored.ledger, head)
                against.finish(head.position)
    except Broken as error:
        return Named.by(error)
    return None


def differs_at(stored: Stored, rows: Sequence[Row]) -> int:
    """The first position at which these rows are not those that were stored."""
    for number, (one, other) in enumerate(zip(rows, stored.rows, strict=False), start=1):
        if one != other:
            return number
    return min(len(rows), len(stored.rows)) + 1


def on_rows(stored: Stored, rows: Sequence[Row], head: Head | None = None) -> Case:
    """Judged by the chain alone."""
    said = said_of(stored, rows, head or stored.head, ())
    return Case(said, differs_at(stored, rows))


def flipped(value: Any, column: int, bit: int) -> Any:
    if isinstance(value, bytes):
        return (int.from_bytes(value) ^ (1 << bit)).to_bytes(len(value))
    size = NUMBERS[column]
    return int.from_bytes(
        (int.from_bytes(value.to_bytes(size, signed=True)) ^ (1 << bit)).to_bytes(size),
        signed=True,
    )


def bits_of(rows: Sequence[Row]) -> Iterator[tuple[int, int, int]]:
    """Every bit that is stored, as row, column and number."""
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            size = len(value) if isinstance(value, bytes) else NUMBERS[column]
            for bit in range(size * 8):
                yield at, column, bit


def with_bit(rows: Sequence[Row], at: int, column: int, bit: int) -> list[Row]:
    row = rows[at]
    changed: Any = (*row[:column], flipped(row[column], column, bit), *row[column + 1 :])
    return [*rows[:at], changed, *rows[at + 1 :]]


def bits(stored: Stored, keep: Keep) -> Iterator[Case]:
    for at, column, bit in bits_of(stored.rows):
        if keep():
            yield on_rows(stored, with_bit(stored.rows, at, column, bit))


def bits_of_the_head(stored: Stored, keep: Keep) -> Iterator[Case]:
    head, count = stored.head, len(stored.rows)
    assert head.recorded_at is not None
    for bit in range(64):
        position = flipped(head.position, 0, bit)
        said = said_of(stored, stored.rows, evolve(head, position=position), ())
        yield Case(said, min(count, max(position, 0)) + 1)
    for bit in range(256):
        said = said_of(stored, stored.rows, evolve(head, hash=flipped(head.hash, 7, bit)), ())
        yield Case(said, count)
    for bit in range(50):  # the moments that a datetime can hold
        at = from_microseconds(flipped(to_microseconds(head.recorded_at), 1, bit))
        yield Case(said_of(stored, stored.rows, evolve(head, recorded_at=at), ()), count)


def renumbered(rows: Sequence[Row]) -> list[Row]:
    return [(number, *row[1:]) for number, row in enumerate(rows, start=1)]


def both_ways(stored: Stored, rows: Sequence[Row], keep: Keep) -> Iterator[Case]:
    """As they are, and with positions that follow each other again."""
    for one in (list(rows), renumbered(rows)):
        if keep() and one != list(stored.rows):
            yield on_rows(stored, one)


def deletions(stored: Stored, keep: Keep) -> Iterator[Case]:
    count = len(stored.rows)
    for first, end in combinations(range(count + 1), 2):
        yield from both_ways(stored, stored.rows[:first] + stored.rows[end:], keep)


def swaps(stored: Stored, keep: Keep) -> Iterator[Case]:
    for one, other in combinations(range(len(stored.rows)), 2):
        rows = list(stored.rows)
        rows[one], rows[other] = rows[other], rows[one]
        yield from both_ways(stored, rows, keep)


def columns_swapped(stored: Stored, keep: Keep) -> Iterator[Case]:
    """One column of two lines changes places."""
    for one, other in combinations(range(len(stored.rows)), 2):
        for column in range(8):
            rows: list[Any] = list(stored.rows)
            a, b = rows[one], rows[other]
            rows[one] = (*a[:column], b[column], *a[column + 1 :])
            rows[other] = (*b[:column], a[column], *b[column + 1 :])
            if keep() and rows != list(stored.rows):
                yield on_rows(stored, rows)


def copies(stored: Stored, keep: Keep) -> Iterator[Case]:
    for row in stored.rows:
        for place in range(len(stored.rows) + 1):
            rows = [*stored.rows[:place], row, *stored.rows[place:]]
            yield from both_ways(stored, rows, keep)


def forged(stored: Stored, place: int, text: bytes) -> Row:
    """A line whose hash fits the line before it, for a place in the log."""
    previous = stored.rows[place - 1][7] if place else first_hash(stored.ledger)
    at = stored.rows[place - 1][1] + 1 if place else stored.rows[0][1] - 1
    seal = chain(previous, place + 1, at, "zorg-gestart", 1, "toewijzing/W9", 1, text)
    return (place + 1, at, b"toewijzing/W9", 1, b"zorg-gestart", 1, text, seal)


def forgeries(stored: Stored, keep: Keep) -> Iterator[Case]:
    """Put in with a hash that fits: the chain breaks behind it, and checkpoints tell where."""
    for place in range(len(stored.rows) + 1):
        for number in range(40):
            line = forged(stored, place, b'{"feit":{"nummer":%d}}' % number)
            rows = renumbered([*stored.rows[:place], line, *stored.rows[place:]])
            if keep():
                said = said_of(stored, rows, stored.head, stored.kept)
                yield Case(said, differs_at(stored, rows))


def truncations(stored: Stored, keep: Keep) -> Iterator[Case]:
    """The tail cut off: without touching the head, and with a head that fits."""
    empty = first_hash(stored.ledger)
    for length in range(len(stored.rows)):
        rows = stored.rows[:length]
        yield on_rows(stored, rows)
        for kept in kept_sets(stored):
            if kept[-1].omvang > length:
                said = said_of(stored, rows, fitting_head(rows, empty), kept)
                yield Case(said, length + 1)


def kept_sets(stored: Stored) -> list[tuple[Controlepunt, ...]]:
    """Who kept which checkpoints: of every size, of some, of the last alone."""
    kept, last = stored.kept, len(stored.rows)
    sizes = [range(last + 1), range(4, last, 4), range(5, last, 7), ()]
    return [(*(kept[size] for size in one if size < last), kept[last]) for one in sizes]


def rewritings(stored: Stored, keep: Keep) -> Iterator[Case]:
    """Everything from some line on written anew, hashes and head and all."""
    for rows in rewritten(stored):
        truth = differs_at(stored, rows)
        head = fitting_head(rows, first_hash(stored.ledger))
        for kept in kept_sets(stored):
            if keep():
                yield Case(said_of(stored, rows, head, kept), truth, stretch_of(truth, rows, kept))


def stretch_of(
    truth: int, rows: Sequence[Row], kept: Sequence[Controlepunt]
) -> tuple[int, int] | None:
    """Between the last checkpoint before the truth and the first one after it."""
    before = max((one.omvang for one in kept if one.omvang < truth), default=0)
    after = min(one.omvang for one in kept if one.omvang >= truth)
    return before + 1, min(after, len(rows) + 1)


def rewritten(stored: Stored) -> Iterator[list[Row]]:
    """Logs that fit in themselves and are not what was stored, as long as before or longer."""
    rows, count = list(stored.rows), len(stored.rows)
    for at in range(count):
        previous = rows[at - 1][7] if at else first_hash(stored.ledger)
        row, rest = rows[at], rows[at + 1 :]
        others: list[list[Any]] = [
            [(*row[:PAYLOAD], row[PAYLOAD] + b" ", b""), *rest],
            [(*row[:PAYLOAD], b"{}", b""), *rest],
            [(row[0], row[1] + 1, *row[2:]), *rest],
            [(*row[:2], b"toewijzing/W7", *row[3:]), *rest],
            [(*row[:5], row[5] + 1, *row[6:]), *rest],
            [row, row, *rest],
            [forged(stored, at, b"{}"), row, *rest],
            [*rest, row] if rest else [forged(stored, at, b"{}")],
            [*rest, row, row],
        ]
        for bit in range(0, len(row[PAYLOAD]) * 8, max(1, len(row[PAYLOAD]) // 8)):
            others.append([(*row[:PAYLOAD], flipped(row[PAYLOAD], PAYLOAD, bit), b""), *rest])
        for later in range(len(rest)):
            swapped = [row, *rest]
            swapped[0], swapped[later + 1] = swapped[later + 1], swapped[0]
            others.append(swapped)
        for tail in others:
            anew = [*rows[:at], *rechained(tail, previous, at + 1)]
            if (
                anew[:count] != rows and len(anew) >= count
            ):  # more lines at the end are no rewriting
                yield anew


def rewritten_and_cut(stored: Stored, keep: Keep) -> Iterator[Case]:
    """Written anew and shorter: that it ends too soon is certain, and what is not confirmed told.

    The end is named; the first wrong position lies between what is confirmed and there.
    """
    for rows in rewritten(stored):
        truth = differs_at(stored, rows)
        for length in range(truth, len(stored.rows)):
            cut = rows[:length]
            head = fitting_head(cut, first_hash(stored.ledger))
            for kept in kept_sets(stored):
                if keep():
                    said = said_of(stored, cut, head, kept)
                    yield Case(within(said, truth), truth, stretch_of(truth, cut, kept))


def within(said: Named | None, truth: int) -> Named | None:
    """Where the end is named: the stretch from what is confirmed up to there."""
    if said is not None and said.last is not None and truth < said.last == said.first:
        return Named(said.confirmed + 1, said.last, said.confirmed)
    return said


def other_grootboeken(stored: Stored, keep: Keep) -> Iterator[Case]:
    """The whole ledger under another id, and lines of another one among ours."""
    for number in range(50):
        other = f"{number:032x}"
        rows = rechained(stored.rows, first_hash(other))
        yield Case(said_of(stored, rows, fitting_head(rows, b""), ()), 1)
        try:
            Against(other, stored.kept)
        except Broken as error:
            yield Case(Named(error.position, error.position), 1)
        else:
            yield Case(None, 1)
        for at in range(len(rows)):
            if keep():
                mixed = [*stored.rows[:at], rows[at], *stored.rows[at + 1 :]]
                yield on_rows(stored, mixed)


# The documents that others check: with the standalone verifier, against what they kept.


def said_by_verifier(check: Callable[[], object]) -> Named | None:
    try:
        check()
    except standalone.Wrong as error:
        return Named(error.position, error.position)
    except standalone.Unusable:
        return Named(None, None)
    return None


def trusted(punten: Sequence[Controlepunt]) -> list[standalone.Checkpoint]:
    return [standalone.checkpoint(one.tekst) for one in punten]


def bits_of_text(text: bytes, keep: Keep) -> Iterator[tuple[int, bytes]]:
    """Every text that differs in one bit, and in which byte."""
    for at, byte in enumerate(text):
        for bit in range(8):
            if keep():
                yield at, text[:at] + bytes([byte ^ (1 << bit)]) + text[at + 1 :]


def proof_bits(proofs: Sequence[Insluitingsbewijs | Samenhangsbewijs]) -> Kind:
    def cases(stored: Stored, keep: Keep) -> Iterator[Case]:
        kept = trusted(stored.kept)
        for proof in proofs:
            text = proof.tekst.encode()
            assert said_by_verifier(lambda text=text: standalone.check_proof(text, kept)) is None
            for _, changed in bits_of_text(text, keep):
                said = said_by_verifier(
                    lambda changed=changed: standalone.check_proof(changed, kept)
                )
                yield Case(said, None)

    return cases


def proofs_of_something_else(proofs: Sequence[Insluitingsbewijs]) -> Kind:
    """Parts of one proof in another: its line, its path, its checkpoint, a part of its path."""

    def cases(stored: Stored, keep: Keep) -> Iterator[Case]:
        kept = trusted(stored.kept)
        for one in proofs:
            mixed = [evolve(one, regel=other.regel) for other in proofs]
            mixed += [evolve(one, pad=other.pad) for other in proofs]
            mixed += [evolve(one, controlepunt=punt) for punt in stored.kept[1:]]
            mixed += [
                evolve(one, pad=one.pad[:at] + one.pad[at + 1 :]) for at in range(len(one.pad))
            ]
            mixed += [
                evolve(one, pad=(*one.pad[:at], one.regel.hash, *one.pad[at:]))
                for at in range(len(one.pad) + 1)
            ]
            mixed += [evolve(one, pad=one.pad[::-1])]
            mixed += [
                evolve(one, regel=evolve(one.regel, positie=number))
                for number in range(-1, len(stored.rows) + 2)
            ]
            for proof in mixed:
                if proof == one or not keep():
                    continue
                text = proof.tekst.encode()
                said = said_by_verifier(lambda text=text: standalone.check_proof(text, kept))
                yield Case(said, None)

    return cases


def export_cases(lines: Sequence[bytes], keep: Keep, stored: Stored) -> Iterator[Case]:
    def case(changed: Sequence[bytes], truth: int) -> Case:
        kept = trusted(stored.kept[-1:])
        return Case(
            said_by_verifier(lambda: standalone.check_log(changed, stored.ledger, kept)), truth
        )

    for first, end in combinations(range(len(lines) + 1), 2):
        yield case([*lines[:first], *lines[end:]], first + 1)
    for one, other in combinations(range(len(lines)), 2):
        changed = list(lines)
        changed[one], changed[other] = changed[other], changed[one]
        yield case(changed, one + 1)
    for place in range(len(lines) + 1):
        for line in lines:
            changed = [*lines[:place], line, *lines[place:]]
            pairs = zip(changed, [*lines, b""], strict=True)
            yield case(changed, next(n for n, (a, b) in enumerate(pairs, start=1) if a != b))
    for at, line in enumerate(lines):
        for cut in range(0, len(line), max(1, len(line) // 50)):
            yield case([*lines[:at], line[:cut], *lines[at + 1 :]], at + 1)
    for at, line in enumerate(lines):
        for _, flipped_line in bits_of_text(line, keep):
            broken = [*lines[:at], *flipped_line.splitlines(keepends=True), *lines[at + 1 :]]
            joined = b"".join(broken).split(b"\n")
            yield case([part + b"\n" for part in joined[:-1]] + joined[-1:], at + 1)


def exported(lines: Sequence[bytes]) -> Kind:
    return lambda stored, keep: export_cases(lines, keep, stored)


def checkpoint_bits(stored: Stored, keep: Keep) -> Iterator[Case]:
    """Every bit of the checkpoints in an export, against the same as they were kept."""
    lines = [json_line(stored, row) for row in stored.rows]
    kept = trusted(stored.kept)
    text = "\n".join(one.tekst for one in stored.kept[-3:]).encode()

    def check(changed: bytes) -> None:
        try:
            own = standalone.checkpoints(changed.decode())
        except ValueError as error:
            raise standalone.Wrong(str(error)) from error
        standalone.of_another(own[-1].ledger, [*own, *kept])
        standalone.check_log(lines, own[-1].ledger, [*own, *kept])

    for _, changed in bits_of_text(text, keep):
        yield Case(said_by_verifier(lambda changed=changed: check(changed)), None)


def json_line(stored: Stored, row: Row) -> bytes:
    """A line of an export, written apart from the code that writes exports."""
    position, at, stream, stream_version, name, version, payload, seal = row
    fields = {
        "position": position,
        "recorded_at": at,
        "stream": stream.decode(),
        "stream_version": stream_version,
        "name": name.decode(),
        "version": version,
        "payload": payload.decode(),
        "hash": seal.hex(),
    }
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


ON_ROWS: Final[dict[str, Kind]] = {
    "every bit of every stored line": bits,
    "every bit of the head": bits_of_the_head,
    "deletion of every line and every run of lines": deletions,
    "every two lines swapped": swaps,
    "every column of every two lines swapped": columns_swapped,
    "a copy of every line at every place": copies,
    "a forged line with a fitting hash at every place": forgeries,
    "every truncation": truncations,
    "rewritten from every position, against checkpoints": rewritings,
    "rewritten from every position and cut off": rewritten_and_cut,
    "another grootboek": other_grootboeken,
}


def counted(
    kinds: dict[str, Kind],
    stored: Stored,
    *,
    share: float,
    seed: int,
) -> dict[str, Tally]:
    """Tries all of these kinds, or about a share of each, drawn with the seed."""
    chance = random.Random(seed)
    found: dict[str, Tally] = {}
    for kind, cases in kinds.items():
        found[kind] = tally = Tally()
        keep = (lambda: True) if share >= 1 else (lambda: chance.random() < share)
        for case in cases(stored, keep):
            tally.add(kind, case)
    return found


def summed(found: dict[str, Tally]) -> Counter[str]:
    """All kinds together."""
    names = (
        "tried",
        "missed",
        "wrong_position",
        "named_exactly",
        "named_as_stretch",
        "no_position",
    )
    return Counter({name: sum(getattr(tally, name) for tally in found.values()) for name in names})
