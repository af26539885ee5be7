"""Catching the tables up with the log: in batches, and one event per commit.

- rekenschap: the projector as it is used, up to 2,000 lines per transaction;
- rekenschap, one per commit: the same projector, one line and its position per transaction;
- driver: an upsert of a small balance per event, a thousand and one position per transaction, from
  events made up in memory (the limit: nothing read, decoded or kept of what was known before);
- driver, one per commit: the same, one event and one position per transaction.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from unittest.mock import patch

from sqlalchemy import delete

from benchmarks import ours, raw
from benchmarks.decisions import at_fresh
from benchmarks.rounds import Contender, Measured, timed
from benchmarks.rows import DRIVER, MORE, OURS, Bench, Goal, Group, Row
from rekenschap.application import Rekenschap
from rekenschap.infrastructure.codec import decode
from rekenschap.projections import projector
from rekenschap.projections.schema import projection_metadata

SINGLE = "rekenschap, one per commit"
DRIVER_SINGLE = "driver, one per commit"


@contextmanager
def contenders(bench: Bench) -> Iterator[Mapping[str, Contender]]:
    """On one log; each makes the tables anew."""
    sizes = bench.sizes
    with (
        ours.filled(bench) as place,
        ours.opened(place) as rekenschap,
        ours.store(place) as store,
    ):
        yield {
            DRIVER: at_fresh(bench, lambda at: raw.project(at, sizes.log, 1000)),
            DRIVER_SINGLE: at_fresh(bench, lambda at: raw.project(at, sizes.singles, 1)),
            SINGLE: lambda: _one_by_one(store, sizes.singles),
            OURS: lambda: rebuilt(rekenschap),
        }


def rebuilt(rekenschap: Rekenschap) -> Measured:
    """Events per second of throwing the tables away and folding them anew."""
    return timed(rekenschap.positie, rekenschap.rebuild)


def _one_by_one(store: ours.SqlStore, count: int) -> Measured:
    """The first lines of the log, each in a transaction of its own."""
    one = projector.Projector(store.ledger.key, decode)
    with store.writing() as unit:
        for table in projection_metadata.sorted_tables:
            unit.connection.execute(delete(table).where(table.c.ledger == store.ledger.key))

    def work() -> None:
        for _ in range(count):
            with store.writing() as unit:
                one.batch(unit)

    with patch.object(projector, "BATCH", 1):
        return timed(count, work)


GROUPS = (
    Group(
        name="projection",
        contenders=contenders,
        rounds=3,
        rows=(
            Row(
                work="projection",
                title="projection catch-up into tables",
                unit="events/s",
                limit=DRIVER,
                peers=(SINGLE, DRIVER_SINGLE),
                goals=(Goal("≥ 50 × one event per commit", MORE, 50.0, SINGLE),),
            ),
        ),
    ),
)
