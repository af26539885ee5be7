"""Interleaved rounds: every contender once per round, in turn, so that a busy moment hits all.

A ratio is taken within a round and never between rounds; the median and the worst are shown.
"""

import gc
import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from attrs import field, frozen

NOTHING: Mapping[str, float] = MappingProxyType({})


class UnavailableError(Exception):
    """A contender that cannot take part here; the row says why, and the rest goes on."""


@frozen
class Measured:
    """One run of a contender: its value in the unit of the row, and what else was seen."""

    value: float
    extra: Mapping[str, float] = NOTHING

    def get(self, measure: str) -> float:
        """The value itself, or something else that was seen."""
        return self.value if measure == "value" else self.extra[measure]


Contender = Callable[[], Measured]


@frozen
class Found:
    """What the rounds gave, by contender; the n-th of each is of the same round."""

    runs: Mapping[str, Sequence[Measured]]
    missing: Mapping[str, str] = field(factory=dict)
    """Contenders that could not take part, and why."""

    def values(self, name: str, measure: str = "value", of: str | None = None) -> list[float]:
        """A measure per round, or its ratio to the same round's value of another contender; to
        nothing at all that is infinite."""
        mine = [run.get(measure) for run in self.runs[name]]
        if of is None:
            return mine
        theirs = [run.value for run in self.runs[of]]
        return [
            ours / other if other else math.inf for ours, other in zip(mine, theirs, strict=True)
        ]


def rounds(
    contenders: Mapping[str, Contender], count: int, *, warm: bool = True, seconds: float = math.inf
) -> Found:
    """``count`` rounds after one that is not counted; fewer once ``seconds`` have passed.

    Each round begins with another contender. The warming round tells who cannot take part.
    """
    began, missing = time.perf_counter(), dict[str, str]()
    runs: dict[str, list[Measured]] = {name: [] for name in contenders}
    for number in range(0 if warm else 1, count + 1):
        if number > 1 and time.perf_counter() - began > seconds:
            break
        for name in turned(list(contenders), number):
            if name in missing:
                continue
            try:
                run = _alone(contenders[name])
            except UnavailableError as error:
                missing[name] = str(error)
                continue
            if number:
                runs[name].append(run)
    return Found({name: run for name, run in runs.items() if name not in missing}, missing)


def _alone(contender: Contender) -> Measured:
    """What others keep in this process is not gone through again on this one's account."""
    gc.collect()
    gc.freeze()
    try:
        return contender()
    finally:
        gc.unfreeze()


def turned(names: list[str], by: int) -> list[str]:
    """The same names, beginning elsewhere."""
    place = by % len(names) if names else 0
    return names[place:] + names[:place]


def timed(count: int, work: Callable[[], object]) -> Measured:
    """How many per second, where ``work`` does ``count`` of them."""
    began = time.perf_counter()
    work()
    return Measured(count / (time.perf_counter() - began))


def each_timed(works: Sequence[Callable[[], object]]) -> Measured:
    """How many per second one after another, and the latencies of each in milliseconds."""
    took = latencies(works)
    return Measured(len(took) / (sum(took) / 1000), spread(took))


def latencies(works: Sequence[Callable[[], object]]) -> list[float]:
    """How long each took, in milliseconds."""
    took = []
    for work in works:
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return took


def spread(took: Sequence[float]) -> dict[str, float]:
    """The median, and what one in a hundred is slower than."""
    ordered = sorted(took)
    last = min(len(ordered) - 1, math.ceil(0.99 * len(ordered)) - 1)
    return {"p50_ms": statistics.median(ordered), "p99_ms": ordered[last]}
