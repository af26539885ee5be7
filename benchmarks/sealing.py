"""Verifying a log of our lines.

- sha-256: SHA-256 over the hash before and the payload of every line, lines in memory (the limit);
- rekenschap: ``verify(alleen_keten=True)``: the seal of every line read from the database and held
  against the head, by one process;
- rekenschap, two processes: the same in stretches, by two that are started before;
- rekenschap, all: ``verify()``: the same, and every line decoded and held against the references
  and command ids beside it, with the indexes checked;
- rekenschap, all, two processes: that by two.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from benchmarks import ours
from benchmarks.rounds import Contender, timed
from benchmarks.rows import MORE, OURS, Bench, Goal, Group, Row
from rekenschap.infrastructure.parallel import Processes

CHAIN, TWO = "sha-256", "rekenschap, two processes"
ALL, ALL_TWO = "rekenschap, all", "rekenschap, all, two processes"
TEN_MILLION = 10_000_000


@contextmanager
def contenders(bench: Bench) -> Iterator[Mapping[str, Contender]]:
    """On one log."""
    with (
        ours.filled(bench) as place,
        ours.opened(place) as rekenschap,
        ours.store(place) as store,
        Processes(2) as two,
    ):
        payloads = [line.payload for line in store.scan()]
        count = len(payloads)

        def by(**how: Any) -> Contender:
            return lambda: timed(count, partial(rekenschap.verify, **how))

        rekenschap.verify(werkers=two)
        yield {
            CHAIN: lambda: timed(count, lambda: chained(payloads)),
            OURS: by(alleen_keten=True),
            TWO: by(alleen_keten=True, werkers=two),
            ALL: by(),
            ALL_TWO: by(werkers=two),
        }


def chained(payloads: Sequence[bytes]) -> bytes:
    """The last hash of a bare chain."""
    last = b""
    for payload in payloads:
        last = hashlib.sha256(last + payload).digest()
    return last


GOALS = (
    Goal("≥ 250,000 events/s", MORE, 250_000),
    Goal("10 million within a minute", MORE, TEN_MILLION / 60),
)
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
                goals=GOALS,
            ),
            Row(
                work="seal, two processes",
                title="the same by two processes",
                unit="events/s",
                ours=TWO,
                peers=(OURS,),
                goals=GOALS,
                profile=OURS,
            ),
            Row(
                work="verify",
                title="verifying seal, references, command ids and indexes",
                unit="events/s",
                ours=ALL,
                limit=CHAIN,
            ),
            Row(
                work="verify, two processes",
                title="the same by two processes",
                unit="events/s",
                ours=ALL_TWO,
                peers=(ALL,),
            ),
        ),
    ),
)
