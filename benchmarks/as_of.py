"""Balances as of a valid day and a known position, and under other rules; in milliseconds each.

The log has 20 events per allocation. Each contender asks the same number of times, about
allocations in turn; the value is the median.

- driver: the current row of the table of balances by its key, and nothing else (the limit);
- current: ``stand(toewijzing=…)``: valid today, known now;
- rekenschap: the same of a day half way and a position at which it was known;
- eventsourcing at a version: its aggregate of 10,000 events as it was half way, without snapshots;
- a hundred: a page of a hundred allocations of one provider, current and as of.
"""

import statistics
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from benchmarks import library, ours, workload
from benchmarks.places import Place, fresh
from benchmarks.raw import Raw
from benchmarks.rounds import Contender, Measured, latencies, spread
from benchmarks.rows import DRIVER, LESS, LIBRARY, OURS, Bench, Goal, Group, Row
from rekenschap.application import AndereRegels, Rekenschap
from rekenschap.projections.schema import STILL_KNOWN

CURRENT = "current"
CURRENT_HUNDRED, HUNDRED = "current, a hundred", "rekenschap, a hundred"
HALF_WAY = date(2025, 6, 30)
LAST = "2026-12-31"
"""Later than any day of the workload."""
ROW = (
    "SELECT * FROM saldo WHERE ledger = 1 AND toewijzing = ? AND geldig_van <= ? "
    "AND bekend_tot = ? ORDER BY geldig_van DESC LIMIT 1"
)


@contextmanager
def on_two_clocks(bench: Bench) -> Iterator[Mapping[str, Contender]]:
    """On one log, whose tables are caught up before."""
    sizes = bench.sizes
    youths = sizes.log // workload.PER_YOUTH
    with ours.filled(bench) as place, fresh(bench.store) as other, ours.opened(place) as it:
        it.stand(toewijzing="T0")
        head, pages = it.positie, max(3, sizes.questions // 20)
        numbers = [n * 7919 % youths for n in range(sizes.questions)]
        names = [f"T{n}" for n in numbers]
        settings = library.settings_of(other.store, other.parts)
        long_one = library.filled(settings, sizes.history, sizes.history)[0]

        def past(first: int, place: int) -> dict[str, Any]:
            """Half way in the year, and known somewhere between a position and the last one."""
            known = first + place * 7919 % (head - first)
            return {"geldig_op": HALF_WAY, "bekend_op": known}

        def known(number: int) -> int:
            """A position at which half of what was recorded of this allocation is known."""
            return head - (youths - number) * workload.PER_YOUTH + workload.PER_YOUTH // 2

        yield {
            DRIVER: lambda: _rows(place, names),
            CURRENT: _asking(it, [{"toewijzing": name} for name in names]),
            OURS: _asking(it, [{"toewijzing": f"T{n}", **past(known(n), n)} for n in numbers]),
            LIBRARY: lambda: _of_library(settings, long_one, sizes.history),
            CURRENT_HUNDRED: _paging(it, [{}] * pages),
            HUNDRED: _paging(it, [past(head * 3 // 4, n) for n in range(pages)]),
        }


def _asking(it: Rekenschap, questions: list[dict[str, Any]]) -> Contender:
    if any(it.stand(**question) is None for question in questions):
        raise AssertionError("every question must have an answer")
    return _median([lambda q=q: it.stand(**q) for q in questions])


def _there(answer: object) -> None:
    """Every question must have an answer; asking this one once more takes too long."""
    if answer is None:
        raise AssertionError("every question must have an answer")


def _paging(it: Rekenschap, questions: list[dict[str, Any]]) -> Contender:
    provider = workload.PROVIDER
    return _median([lambda q=q: it.toewijzingen(aanbieder=provider, **q) for q in questions])


def _median(works: list[Callable[[], object]]) -> Contender:
    def run() -> Measured:
        found = spread(latencies(works))
        return Measured(found["p50_ms"], found)

    return run


def _rows(place: Place, names: list[str]) -> Measured:
    one = Raw(place)
    try:
        asked = [lambda n=n: one.run(ROW, (n, LAST, STILL_KNOWN)).fetchone() for n in names]
        return Measured(statistics.median(latencies(asked)))
    finally:
        one.connection.close()


def _of_library(settings: dict[str, str], allocation: Any, events: int) -> Measured:
    return Measured(1000 * library.at_version(settings, allocation, max(2, events // 2))["seconds"])


@contextmanager
def under_other_rules(bench: Bench, events: int) -> Iterator[Mapping[str, Contender]]:
    """A balance under a rule set without one of its rules: the whole history decided again."""
    with fresh(bench.store) as place, ours.ledger(place) as it:
        ours.fill(it, list(workload.of_youth(0, sessions=events - 3)))
        it.stand(toewijzing="T0")
        changed = AndereRegels(zonder=(it.regels(op=HALF_WAY)[0].id,))
        yield {OURS: _median([lambda: _there(it.stand(toewijzing="T0", regels=changed))])}


def _other_rules(
    name: str, title: str, of: Callable[[Any], int], *goals: Goal, rounds: int, warm: bool
) -> Group:
    return Group(
        name=name,
        contenders=lambda bench: under_other_rules(bench, of(bench.sizes)),
        rounds=rounds,
        warm=warm,
        rows=(Row(work=name, title=title, unit="ms", goals=goals),),
    )


GROUPS = (
    Group(
        name="as_of",
        contenders=on_two_clocks,
        rows=(
            Row(
                work="as of, one allocation",
                title="balance as of a day and a position, one allocation",
                unit="ms",
                limit=DRIVER,
                peers=(CURRENT, LIBRARY),
                goals=(Goal("≤ 1.5 × current", LESS, 1.5, CURRENT),),
                extra=("p50_ms", "p99_ms"),
            ),
            Row(
                work="as of, a hundred",
                title="the same of a hundred allocations",
                unit="ms",
                ours=HUNDRED,
                peers=(CURRENT_HUNDRED,),
                goals=(Goal("≤ 4 × current", LESS, 4.0, CURRENT_HUNDRED),),
                extra=("p50_ms", "p99_ms"),
            ),
        ),
    ),
    _other_rules(
        "other rules, 10,000 events",
        "balance under another rule set, a youth with 10,000 events",
        lambda sizes: sizes.history,
        Goal("≤ 150 ms", LESS, 150.0),
        rounds=1,
        warm=False,
    ),
    _other_rules(
        "other rules, 100 events",
        "the same, a youth with 100 events",
        lambda sizes: sizes.short_history,
        rounds=3,
        warm=True,
    ),
)
