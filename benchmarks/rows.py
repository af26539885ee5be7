"""What a row of the figures is: a work, its unit, its limit, its peers and its goals as data."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

import attrs
from attrs import evolve, frozen

from benchmarks.rounds import Contender

OURS = "rekenschap"
LIBRARY = "eventsourcing"
EXTENSION = "eventsourcing-sqlalchemy"
DRIVER = "driver"
MORE, LESS = ">=", "<="


@frozen
class Goal:
    """What a measure must come to: by itself, or as a ratio to another contender (``of``).

    The ratio is taken within each round and its median compared. ``words`` say what the goal is.
    """

    words: str
    sense: str
    bound: float
    of: str | None = None
    measure: str = "value"

    def met(self, found: float) -> bool:
        """Whether a measure reaches it; the bound itself does."""
        return found >= self.bound if self.sense == MORE else found <= self.bound

    def reached(self, found: float) -> float:
        """How many times the goal: 1 is just met, more is better, whichever sense it has."""
        if self.sense == MORE:
            return found / self.bound if self.bound else 0.0
        return self.bound / found if found else 1000.0


@frozen(kw_only=True)
class Row:
    """One line of the table, on one store."""

    work: str
    title: str
    unit: str
    ours: str = OURS
    limit: str | None = None
    peers: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    extra: tuple[str, ...] = ()
    only: str | None = None
    """The one store it is measured on, where it is not every one."""
    profile: str | None = None
    """Who shows in this process where the time goes, where ours works in others."""

    @property
    def contenders(self) -> set[str]:
        """Everybody whose value is in it."""
        of = {goal.of for goal in self.goals if goal.of}
        return {self.ours, *self.peers, *of} | ({self.limit} if self.limit else set())

    def on(self, store: str, *goals: Goal) -> "Row":
        """The same on one store, with goals of its own."""
        return evolve(self, only=store, goals=goals)


@frozen(kw_only=True)
class Sizes:
    """How much of each work is done. The payload of driver and log alone is fixed (``raw``)."""

    decisions: int = 400
    bulk: int = 6_000
    log: int = 20_000
    shared: int = 6_000
    """Events of the log that two processes share."""
    singles: int = 300
    """Events that are projected one per commit."""
    questions: int = 200
    history: int = 10_000
    short_history: int = 100
    writers: int = 4
    seconds: float = 2.0
    """How long the writers write."""
    followed: int = 0
    """How many events a tailing reader follows in the long form; 0 leaves that out."""
    extension: bool = True
    scale: float = 1.0
    """What part of the sizes this is."""

    def scaled(self, by: float) -> "Sizes":
        """A part of it, for a look; never less than the works need."""
        least, tiny = attrs.asdict(self), attrs.asdict(TINY)
        numbers = {
            name: max(tiny[name], int(value * by) // 1000 * 1000 or int(value * by))
            for name, value in least.items()
            if name not in ("writers", "seconds", "followed", "extension", "scale")
        }
        return evolve(self, scale=by, **numbers)

    def long(self) -> "Sizes":
        """With the reader that follows 400,000 events."""
        return evolve(self, followed=400_000)


TINY = Sizes(
    decisions=20,
    bulk=20,
    log=40,
    shared=40,
    singles=10,
    questions=5,
    history=30,
    short_history=20,
    writers=2,
    seconds=0.1,
    followed=100,
    extension=False,
    scale=0.001,
)
"""For the tests: every work is done, and its figures mean nothing."""


@frozen(kw_only=True)
class Bench:
    """Where and how much."""

    store: str
    sizes: Sizes
    logs: Any = None
    """Logs kept for the length of a run, so that each is made once (``ours.filled``)."""


Contenders = Callable[[Bench], AbstractContextManager[Mapping[str, Contender]]]


@frozen(kw_only=True)
class Group:
    """Works whose contenders take turns in the same rounds."""

    name: str
    rows: tuple[Row, ...]
    contenders: Contenders
    stores: tuple[str, ...] = ("sqlite", "postgresql")
    rounds: int | None = None
    """The most rounds it is worth, where it takes long."""
    warm: bool = True
    """Whether a first round is not counted."""
    profiled: bool = True
    """Whether a profile is kept where a goal is missed: it takes one run more, in this process."""
    applies: Callable[[Sizes], bool] = lambda sizes: True

    def rows_on(self, store: str) -> list[Row]:
        """Its rows on a store."""
        return [row for row in self.rows if row.only in (None, store)]


def of_seconds(told: Mapping[str, Any]) -> float:
    """How many per second, of an answer of the library's process."""
    return float(told["count"]) / float(told["seconds"])
