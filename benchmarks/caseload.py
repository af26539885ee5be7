"""The national caseload: a seed and a number of youths give the same commands everywhere.

The mix of the demo (products, referrers, no-shows, approvals, extensions, stops,
corrections, refusals), for any number of youths: in neighbourhoods of sixty, each with providers of
its own, so that a provider does not grow with the country. Two years of days, each with what is
recorded on it. Memory stays flat: lives are made a neighbourhood at a time, and sorted by day on
disk.
"""

import math
import pickle
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import attrs

from rekenschap.application import Command
from rekenschap.domain.calendar import AMSTERDAM
from rekenschap.infrastructure.demo.caseload import CLOSING_TIME, lives, regulation
from rekenschap.infrastructure.demo.mix import Mengsel, mix

NEIGHBOURHOOD: Final = 60
KEPT: Final = 20_000
"""Commands in memory before they are put on disk."""
COUNTED: Final = 240
MARGIN: Final = 1.04
"""What is asked for is reached, although a youth has a few events more or fewer."""
Day = tuple[datetime, list[Command]]


@contextmanager
def caseload(seed: int, youths: int) -> Iterator[Iterator[Day]]:
    """Day after day, in order, what is recorded on it."""
    with TemporaryDirectory(prefix="rekenschap-caseload-") as folder:
        yield _days(_sorted(seed, youths, Path(folder)))


def _sorted(seed: int, youths: int, folder: Path) -> dict[date, Path]:
    """A file per day, of lists of commands in the order of the youths."""
    waiting: dict[date, list[Command]] = defaultdict(list)
    files: dict[date, Path] = {}
    count = 0

    def put() -> None:
        for day, commands in waiting.items():
            path = files.setdefault(day, folder / day.isoformat())
            with path.open("ab") as file:
                pickle.dump(commands, file)
        waiting.clear()

    first = regulation()
    waiting[first.dag].append(first.command)
    for start in range(1, youths + 1, NEIGHBOURHOOD):
        numbers = range(start, min(start + NEIGHBOURHOOD, youths + 1))
        for noted in lives(seed, numbers, neighbourhood(start // NEIGHBOURHOOD)):
            waiting[noted.dag].append(noted.command)
            count += 1
        if count > KEPT:
            put()
            count = 0
    put()
    return files


def neighbourhood(number: int) -> Mengsel:
    """The mix with the providers of one neighbourhood."""
    common = mix()
    ours = tuple(f"AGB-{74_000_000 + number * 10 + n}" for n in range(len(common.aanbieders)))
    return attrs.evolve(common, aanbieders=ours)


def _days(files: dict[date, Path]) -> Iterator[Day]:
    for day in sorted(files):
        commands: list[Command] = []
        with files[day].open("rb") as file:
            while file.peek(1):
                commands += pickle.load(file)
        yield datetime.combine(day, CLOSING_TIME, AMSTERDAM), commands


def youths_for(seed: int, events: int) -> int:
    """How many youths have about so many events, rather a few more: from the mean of the first."""
    return max(1, math.ceil(events * MARGIN / _per_youth(seed)))


@cache
def _per_youth(seed: int) -> float:
    return sum(1 for _ in lives(seed, range(1, COUNTED + 1), neighbourhood(0))) / COUNTED
