"""Verifying a log of our lines.

- sha-256: SHA-256 over the hash before and the payload of every line, lines in memory (the limit);
- rekenschap: the seal of every line read from the database and held against the head;
- rekenschap, all: ``verify()``: the same, and every line decoded and held against the references
  and command ids beside it, with the indexes checked.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from benchmarks import ours
from benchmarks.rounds import Contender, timed
from benchmarks.rows import MORE, OURS, Bench, Goal, Group, Row

CHAIN, ALL = "sha-256", "rekenschap, all"
TEN_MILLION = 10_000_000


@contextmanager
def contenders(bench: Bench) -> Iterator[Mapping[str, Contender]]:
    """On one log."""
    with (
        ours.filled(bench) as place,
        ours.opened(place) as rekenschap,
        ours.store(place) as store,
    ):
        payloads = [line.payload for line in store.scan()]
        count = len(payloads)
        yield {
            CHAIN: lambda: timed(count, lambda: chained(payloads)),
            OURS: lambda: timed(count, store.verify),
            ALL: lambda: timed(count, rekenschap.verify),
        }


def chained(payloads: Sequence[bytes]) -> bytes:
    """The last hash of a bare chain."""
    last = b""
    for payload in payloads:
        last = hashlib.sha256(last + payload).digest()
    return last


GROUPS = (
    Group(
        name="seal",
        contenders=contenders,
        rows=(
            Row(
                work="seal",
                title="verifying the seal",
                unit="events/s",
                limit=CHAIN,
                goals=(
                    Goal("≥ 250,000 events/s", MORE, 250_000),
                    Goal("10 million within a minute", MORE, TEN_MILLION / 60),
                ),
            ),
            Row(
                work="verify",
                title="verifying seal, references, command ids and indexes",
                unit="events/s",
                ours=ALL,
                limit=CHAIN,
            ),
        ),
    ),
)
