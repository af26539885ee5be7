"""The whole log replayed, into how much of every allocation is used and left.

All read a log of the same number of events, in order, on one core.

- driver: position, name, version and payload of our log fetched, not decoded (the limit);
- eventsourcing: its notification log in pages of 5,000 through its mapper, its own small events
  added up per allocation in memory;
- rekenschap: the walk of ``nareken``: the balance of every allocation on a day, from which what is
  used and what is left is taken;
- rekenschap, every column: the same with all that a row of the tables holds, as ``nareken``
  compares it;
- rekenschap, mixed care: that over the national caseload of ``benchmarks.growth``, fewer lines.

In the log of the first two every effort is the same one, which is counted and not folded; in the
caseload half of the allocations have approvals or corrections and are read again as a whole.

Folding the log into the tables themselves, a row per day and per moment it was known, is the work
``projection``.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from benchmarks import grown, library, ours, raw
from benchmarks.places import fresh
from benchmarks.rounds import Contender, Measured, timed
from benchmarks.rows import DRIVER, LIBRARY, MORE, OURS, Bench, Goal, Group, Row, of_seconds
from rekenschap.domain.boeking import Boeking
from rekenschap.infrastructure.codec import decode
from rekenschap.infrastructure.outline import addition, outline
from rekenschap.projections.recount import Recount

EVERY_COLUMN = "rekenschap, every column"
MIXED = "rekenschap, mixed care"
SEED = 20260930
DAY = date(2025, 12, 31)


@contextmanager
def contenders(bench: Bench) -> Iterator[Mapping[str, Contender]]:
    """On logs that are written once and replayed in every round."""
    with (
        ours.filled(bench) as place,
        fresh(bench.store) as other,
        fresh(bench.store) as mixed,
        ours.store(place) as store,
        ExitStack() as stack,
    ):
        count = store.verify()
        lines = grown.built(mixed, SEED, bench.sizes.shared).events
        care = stack.enter_context(ours.store(mixed, grown.GROOTBOEK))
        settings = library.settings_of(other.store, other.parts)
        library.filled(settings, count)
        yield {
            DRIVER: lambda: raw.scan(place),
            LIBRARY: lambda: Measured(of_seconds(library.replay(settings))),
            OURS: lambda: timed(count, lambda: used_and_left(store)),
            EVERY_COLUMN: lambda: timed(count, lambda: every_column(store)),
            MIXED: lambda: timed(lines, lambda: every_column(care)),
        }


def used_and_left(store: ours.SqlStore) -> dict[str, tuple[Decimal, Decimal | None]]:
    """Of every allocation, from one scan of the log."""
    balances = walked(store).balances(lambda name: whole(store, name))
    return {name: (balance.verbruikt, balance.over) for name, balance in balances}


def every_column(store: ours.SqlStore) -> dict[str, dict[str, Any]]:
    """The balance of every allocation as the tables have it, from one scan of the log."""
    return dict(walked(store).rows(lambda name: whole(store, name)))


def walked(store: ours.SqlStore) -> Recount:
    """Every line taken, in order."""
    recount = Recount(DAY, outline, addition)
    for line in store.scan():
        recount.add(line)
    return recount


def whole(store: ours.SqlStore, name: str) -> Iterable[Boeking]:
    """Every entry about an allocation of which more is needed than a sum."""
    with store.reading() as unit:
        return [decode(line) for line in unit.log.read((f"toewijzing/{name}",))]


GROUPS = (
    Group(
        name="replay",
        contenders=contenders,
        rows=(
            Row(
                work="replay",
                title="replay of the log into every balance: used and left",
                unit="events/s",
                limit=DRIVER,
                peers=(LIBRARY,),
                goals=(Goal("≥ 3 × eventsourcing", MORE, 3.0, LIBRARY),),
            ),
            Row(
                work="every balance",
                title="every allocation's state from one scan",
                unit="events/s",
                ours=EVERY_COLUMN,
                limit=DRIVER,
                peers=(LIBRARY,),
                goals=(Goal("≥ 2 × eventsourcing", MORE, 2.0, LIBRARY),),
            ),
            Row(
                work="every balance, mixed care",
                title="the same over the national caseload",
                unit="events/s",
                ours=MIXED,
                peers=(LIBRARY,),
                goals=(Goal("≥ 2 × eventsourcing", MORE, 2.0, LIBRARY),),
            ),
        ),
    ),
)
