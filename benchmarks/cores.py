"""The same replay by two processes beside one, in parts by jeugdige, merged in one order.

The processes are started, and warm, before the first round; the results are those of a replay
without parts, to the byte (``tests/parallel``).

- fold: every row of balances, counters and audit trail, as the projector makes them;
- reproduce: every decision made again and compared with what was recorded, byte for byte.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from benchmarks import ours
from benchmarks.rounds import Contender, timed
from benchmarks.rows import MORE, Bench, Goal, Group, Row
from rekenschap.application import Rekenschap
from rekenschap.application.parallel import Workers
from rekenschap.infrastructure.parallel import InProcess, Processes

FOLD_ONE, FOLD_TWO = "one process folds", "two processes fold"
FOLD_HERE, AGAIN_HERE = "folded here", "decided again here"
AGAIN_ONE, AGAIN_TWO = "one process decides again", "two processes decide again"


@contextmanager
def contenders(bench: Bench) -> Iterator[Mapping[str, Contender]]:
    """On one log that is read by all."""
    with (
        ours.filled(bench, bench.sizes.shared) as place,
        ours.opened(place) as rekenschap,
        Processes(1) as one,
        Processes(2) as two,
    ):

        def by(work: Callable[[Rekenschap, Workers], int], workers: Workers) -> Contender:
            return lambda: timed(rekenschap.positie, lambda: work(rekenschap, workers))

        for workers in (one, two):
            fold(rekenschap, workers)
        yield {
            FOLD_ONE: by(fold, one),
            FOLD_TWO: by(fold, two),
            FOLD_HERE: by(fold, InProcess()),
            AGAIN_HERE: by(again, InProcess()),
            AGAIN_ONE: by(again, one),
            AGAIN_TWO: by(again, two),
        }


def fold(rekenschap: Rekenschap, workers: Workers) -> int:
    """Every row folded again; how many."""
    parallel: Any = rekenschap._store.parallel
    return sum(1 for _ in parallel.folded(workers, rekenschap.positie, None))


def again(rekenschap: Rekenschap, workers: Workers) -> int:
    """Every decision made again; how many, all of them the same."""
    found = [one.gelijk for one in rekenschap.reproduceer_alles(werkers=workers)]
    if not all(found):
        raise AssertionError("a decision came out otherwise")
    return len(found)


def _row(work: str, title: str, one: str, two: str, here: str) -> Row:
    return Row(
        work=work,
        title=title,
        unit="events/s",
        ours=two,
        peers=(one,),
        goals=(Goal("≥ 1.8 × one process", MORE, 1.8, one),),
        profile=here,
    )


GROUPS = (
    Group(
        name="cores",
        contenders=contenders,
        rounds=3,
        warm=False,
        rows=(
            _row(
                "two cores, fold",
                "the log folded by two processes",
                FOLD_ONE,
                FOLD_TWO,
                FOLD_HERE,
            ),
            _row(
                "two cores, decide",
                "all decided again by two processes",
                AGAIN_ONE,
                AGAIN_TWO,
                AGAIN_HERE,
            ),
        ),
    ),
)
