"""Verifying a log of our lines.

- sha-256: SHA-256 over the hash before and the payload of every line, lines in memory (the limit);
- rekenschap: the seal of every line read from the database and held against the head, in two
  stretches by two processes, which are started before;
- rekenschap, one process: the same by this process, line by line;
- rekenschap, all: ``verify()``: the same, and every line decoded and held against the references
  and command ids beside it, with the indexes checked; by one process;
- rekenschap, all, two: the same by two.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from benchmarks import ours
from benchmarks.rounds import Contender, timed
from benchmarks.rows import MORE, OURS, Bench, Goal, Group, Row
from rekenschap.infrastructure.parallel import Processes
from rekenschap.infrastructure.parallel.place import Place
from rekenschap.infrastructure.parallel.together import SqlParallel
from rekenschap.infrastructure.parallel.work import Checking, verify

CHAIN, ALONE = "sha-256", "rekenschap, one process"
ALL, ALL_TWO = "rekenschap, all", "rekenschap, all, two"
TEN_MILLION = 10_000_000
STRETCHES = 2


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
        where = Place(place.url, ours.GROOTBOEK)
        rekenschap._store.parallel = SqlParallel(rekenschap._store, where, STRETCHES)
        sealed(store, where, two)
        yield {
            CHAIN: lambda: timed(count, lambda: chained(payloads)),
            OURS: lambda: timed(count, lambda: sealed(store, where, two)),
            ALONE: lambda: timed(count, store.verify),
            ALL: lambda: timed(count, rekenschap.verify),
            ALL_TWO: lambda: timed(count, lambda: rekenschap.verify(werkers=two)),
        }


def sealed(store: ours.SqlStore, place: Place, workers: Processes) -> int:
    """The seal of every line, and nothing beside it; how many lines."""
    begun = store.verification()
    tasks = [Checking(place, one, beside=False) for one in begun.stretches(STRETCHES)]
    found = [one for one in workers.each(verify, tasks) if one is not None]
    return begun.together(found, ())


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
                title="verifying the seal, by two processes",
                unit="events/s",
                limit=CHAIN,
                peers=(ALONE,),
                profile=ALONE,
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
                peers=(ALL_TWO,),
            ),
        ),
    ),
)
