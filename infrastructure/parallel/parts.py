"""Parts of a grootboek by jeugdige: which lines and which commands belong to each.

A jeugdige lies in one part, by a hash of the reference that is the same everywhere and for ever. A
line lies in the part of every jeugdige it touches; a command belongs to one part alone, that of the
first jeugdige (by reference) that its lines touch. What touches none is a part of its own.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

from attrs import frozen
from sqlalchemy import Connection, select

from rekenschap.infrastructure.store.schema import event_references

LINES_A_PART: Final = 2_500
"""About so many lines: what one worker holds in memory at a time."""
LINES_A_STRETCH: Final = 10_000
"""At least so many lines: judging them takes several times as long as opening the grootboek."""
PARTS_A_WORKER: Final = 4
"""At least so many parts each: a worker that is done early takes another one."""
YOUTH: Final = "jeugdige/"
BEYOND: Final = "jeugdige0"
"""What sorts just after every reference of a jeugdige."""


@frozen
class Part:
    """The jeugdigen of a part, in order; none: the part of what touches no jeugdige."""

    jeugdigen: tuple[str, ...]


def part_of(reference: str, parts: int) -> int:
    """The number of the part of a jeugdige, from 0: the same in every process and version."""
    digest = hashlib.blake2b(reference.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % parts


def how_many(workers: int, lines: int) -> int:
    """How many parts a log is cut into."""
    return max(PARTS_A_WORKER * workers, -(-lines // LINES_A_PART))


def stretches_for(workers: int, lines: int) -> int:
    """How many stretches a log is cut into to be verified."""
    return max(1, min(PARTS_A_WORKER * workers, lines // LINES_A_STRETCH))


def planned(youths: Sequence[str], parts: int) -> list[Part]:
    """That of what touches no jeugdige first, then those with a jeugdige in them."""
    cut: list[list[str]] = [[] for _ in range(parts)]
    for youth in youths:
        cut[part_of(youth, parts)].append(youth)
    return [Part(()), *(Part(tuple(sorted(one))) for one in cut if one)]


def youths_in(connection: Connection, ledger: int) -> list[str]:
    """The reference of every jeugdige that a line touches, out of the index."""
    name = event_references.c.reference
    query = select(name).where(event_references.c.ledger == ledger, name > YOUTH, name < BEYOND)
    return list(connection.scalars(query.distinct().order_by(name)))
