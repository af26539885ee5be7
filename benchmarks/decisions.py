"""One durable decision through the application service, and a thousand of them per commit.

- driver: per transaction one select of the stream and one insert of 1,100 bytes; in bulk
  ``executemany`` of a thousand such rows per commit;
- eventsourcing, eventsourcing-sqlalchemy: load an allocation of its own small events, check, append
  one, save; in bulk fifty new allocations of twenty events per save. No rules, receipts or seal;
- rekenschap: facts read, every rule judged, receipt, seal, command id and references, each command
  in a transaction of its own; in bulk ``execute_batch`` of a thousand.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from benchmarks import extension, library, ours, raw, workload
from benchmarks.places import Place, fresh
from benchmarks.rounds import Contender, Measured, UnavailableError, each_timed, spread, timed
from benchmarks.rows import (
    DRIVER,
    EXTENSION,
    LESS,
    LIBRARY,
    MORE,
    OURS,
    Bench,
    Goal,
    Group,
    Row,
    of_seconds,
)
from rekenschap.application import Rekenschap

PER_COMMIT = 1000


@contextmanager
def one_by_one(bench: Bench) -> Iterator[Mapping[str, Contender]]:
    """Contenders that commit each decision."""
    count = bench.sizes.decisions

    def decide(rekenschap: Rekenschap) -> Measured:
        commands = workload.asked(count // workload.PER_YOUTH)
        return each_timed([lambda c=c: rekenschap.execute(c) for c in commands])

    yield {
        DRIVER: at_fresh(bench, lambda place: raw.decide(place, count)),
        LIBRARY: at_fresh(bench, lambda place: _with_latencies(_library(place, "decide", count))),
        EXTENSION: at_fresh(
            bench, lambda place: _with_latencies(_extension(bench, place, "decide", count))
        ),
        OURS: at_fresh(bench, lambda place: _in_ledger(place, decide)),
    }


@contextmanager
def in_bulk(bench: Bench) -> Iterator[Mapping[str, Contender]]:
    """Contenders that commit a thousand at a time."""
    count = bench.sizes.bulk

    def decide(rekenschap: Rekenschap) -> Measured:
        commands = workload.asked(count // workload.PER_YOUTH)
        return timed(len(commands), lambda: ours.fill(rekenschap, commands))

    yield {
        DRIVER: at_fresh(bench, lambda place: raw.bulk(place, count, PER_COMMIT)),
        LIBRARY: at_fresh(bench, lambda place: _rate(_library(place, "bulk", count))),
        EXTENSION: at_fresh(bench, lambda place: _rate(_extension(bench, place, "bulk", count))),
        OURS: at_fresh(bench, lambda place: _in_ledger(place, decide)),
    }


def at_fresh(bench: Bench, work: Callable[[Place], Measured]) -> Contender:
    """A contender that gets a database of its own each time."""

    def run() -> Measured:
        with fresh(bench.store) as place:
            return work(place)

    return run


def _in_ledger(place: Place, work: Callable[[Rekenschap], Measured]) -> Measured:
    with ours.ledger(place) as rekenschap:
        return work(rekenschap)


def _library(place: Place, work: str, count: int) -> dict[str, Any]:
    settings = library.settings_of(place.store, place.parts)
    works: dict[str, Callable[..., dict[str, Any]]] = {
        "decide": library.decide,
        "bulk": library.bulk,
    }
    return works[work](settings, count)


def _extension(bench: Bench, place: Place, work: str, count: int) -> dict[str, Any]:
    if not bench.sizes.extension:
        raise UnavailableError("left out")
    return extension.run(place, work, count=count)


def _rate(told: dict[str, Any]) -> Measured:
    return Measured(of_seconds(told))


def _with_latencies(told: dict[str, Any]) -> Measured:
    return Measured(of_seconds(told), spread(told["took"]))


PEERS = (LIBRARY, EXTENSION)
SHARE = (
    Goal("≥ 0.4 of the driver", MORE, 0.4, DRIVER),
    Goal("≥ 1.5 × eventsourcing", MORE, 1.5, LIBRARY),
)
P99 = Goal("p99 ≤ 10 ms", LESS, 10.0, measure="p99_ms")
DECISION = Row(
    work="decision",
    title="one durable decision",
    unit="decisions/s",
    limit=DRIVER,
    peers=PEERS,
    extra=("p50_ms", "p99_ms"),
)
GROUPS = (
    Group(
        name="decision",
        contenders=one_by_one,
        rows=(
            DECISION.on("sqlite", *SHARE, P99),
            DECISION.on("postgresql", *SHARE),
        ),
    ),
    Group(
        name="bulk",
        contenders=in_bulk,
        rounds=3,
        rows=(
            Row(
                work="bulk",
                title="bulk import, 1,000 decisions per commit",
                unit="decisions/s",
                limit=DRIVER,
                peers=PEERS,
                goals=(Goal("≥ 10,000 decisions/s", MORE, 10_000),),
            ),
        ),
    ),
)
