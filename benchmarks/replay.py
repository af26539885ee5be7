"""The whole log replayed: into the tables of balances, and into every balance in memory.

All read a log of the same number of events, in order, on one core.

- driver: position, name, version and payload of our log fetched, not decoded (the limit);
- eventsourcing: its notification log in pages of 5,000 through its mapper, its own small events
  added up per allocation in memory;
- rekenschap: ``rebuild()``: every line decoded (fact, verdicts, receipt), folded into bitemporal
  rows, counters and trail, and those written to the tables;
- rekenschap, in memory: the same lines decoded in one scan, and every allocation's balance made.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from benchmarks import library, ours, raw
from benchmarks.places import fresh
from benchmarks.rounds import Contender, Measured, timed
from benchmarks.rows import DRIVER, LIBRARY, MORE, OURS, Bench, Goal, Group, Row, of_seconds
from rekenschap.application import Rekenschap
from rekenschap.infrastructure.codec import decode
from rekenschap.projections.folded import row_on

IN_MEMORY = "rekenschap, in memory"
DAY = date(2025, 12, 31)


@contextmanager
def contenders(bench: Bench) -> Iterator[Mapping[str, Contender]]:
    """On logs that are written once and replayed in every round."""
    with ours.filled(bench) as place, fresh(bench.store) as other, ours.opened(place) as rekenschap:
        settings = library.settings_of(other.store, other.parts)
        library.filled(settings, rekenschap.positie)
        with ours.store(place) as store:
            yield {
                DRIVER: lambda: raw.scan(place),
                LIBRARY: lambda: Measured(of_seconds(library.replay(settings))),
                OURS: lambda: rebuilt(rekenschap),
                IN_MEMORY: lambda: timed(rekenschap.positie, lambda: balances(store)),
            }


def rebuilt(rekenschap: Rekenschap) -> Measured:
    """Events per second of throwing the tables away and folding them anew."""
    return timed(rekenschap.positie, rekenschap.rebuild)


def balances(store: Any) -> dict[str, Any]:
    """The balance of every allocation on a day, from one scan of the log."""
    entries: dict[str, list[Any]] = {}
    for line in store.scan():
        if line.stream.startswith("toewijzing/"):
            entries.setdefault(line.stream, []).append(decode(line))
        else:
            decode(line)
    return {stream: row_on(told, DAY) for stream, told in entries.items()}


GROUPS = (
    Group(
        name="replay",
        contenders=contenders,
        rows=(
            Row(
                work="replay",
                title="replay of the log into tables of balances",
                unit="events/s",
                limit=DRIVER,
                peers=(LIBRARY,),
                goals=(Goal("≥ 3 × eventsourcing", MORE, 3.0, LIBRARY),),
            ),
            Row(
                work="every balance",
                title="every balance in memory from one scan",
                unit="events/s",
                ours=IN_MEMORY,
                limit=DRIVER,
                peers=(LIBRARY,),
                goals=(Goal("≥ 2 × eventsourcing", MORE, 2.0, LIBRARY),),
            ),
        ),
    ),
)
