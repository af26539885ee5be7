"""The ledger as a contender: opened at a place, filled, and its own store beside it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from benchmarks import workload
from benchmarks.places import Place, fresh
from benchmarks.rows import Bench
from rekenschap.application import Command, Rekenschap
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.migrations.ready import create_schema
from rekenschap.infrastructure.store.engine import make_engine
from rekenschap.infrastructure.store.store import SqlStore

KEY = bytes(range(32))
"""A key for what is thrown away afterwards."""
GROOTBOEK = "benchmark"
PER_COMMIT = 1000
WARM = 10**6
"""The number of the youth that warms up a ledger."""


@contextmanager
def ledger(place: Place) -> Iterator[Rekenschap]:
    """A ledger with the regeling introduced and one youth decided on: all is warm."""
    with opened(place) as rekenschap:
        rekenschap.execute(workload.regulation())
        for command in workload.of_youth(WARM):
            rekenschap.execute(command)
        yield rekenschap


@contextmanager
def opened(
    place: Place, grootboek: str = GROOTBOEK, clock: Any = None, **options: Any
) -> Iterator[Rekenschap]:
    """The ledger at a place as it is."""
    options |= {"grootboek": grootboek, "sleutel": KEY, "clock": clock}
    with open_grootboek(place.url, **options) as rekenschap:
        yield rekenschap


class Logs:
    """Logs of the workload, each made once and there until the end of the block."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._places: dict[tuple[str, int], Place] = {}

    def __enter__(self) -> "Logs":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def get(self, store: str, events: int) -> Place:
        """Where a log of so many commands is; whoever uses it may only make its tables anew."""
        if (store, events) not in self._places:
            place = self._stack.enter_context(fresh(store))
            with ledger(place) as rekenschap:
                fill(rekenschap, workload.asked(events // workload.PER_YOUTH))
            self._places[store, events] = place
        return self._places[store, events]


@contextmanager
def filled(bench: Bench, events: int | None = None) -> Iterator[Place]:
    """A log of the size asked for, or of so many commands, shared within a run."""
    with Logs() as own:
        logs: Logs = bench.logs or own
        yield logs.get(bench.store, bench.sizes.log if events is None else events)


def fill(rekenschap: Rekenschap, commands: Sequence[Command]) -> None:
    """Decide on commands, a thousand per commit."""
    for batch in in_batches(commands):
        rekenschap.execute_batch(batch)


def in_batches(commands: Sequence[Command], size: int = PER_COMMIT) -> Iterable[Sequence[Command]]:
    """The commands in pieces."""
    return (commands[first : first + size] for first in range(0, len(commands), size))


@contextmanager
def store(place: Place, grootboek: str = GROOTBOEK) -> Iterator[SqlStore]:
    """The log alone: no codec, no vault, no rules."""
    engine = make_engine(place.url)
    create_schema(engine)
    try:
        yield SqlStore(engine, grootboek, clock=SystemClock(), vault_factory=_no_vault)
    finally:
        engine.dispose()


def _no_vault(*_: object) -> Any:
    raise AssertionError("the log alone has no vault")
