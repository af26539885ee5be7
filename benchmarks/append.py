"""The log alone on PostgreSQL: several writers at once, and a reader that follows them.

Every writer is a process that commits one event of 1,100 bytes at a time (in the long form twenty)
for the same seconds; a reader in another process asks again and again for what comes after the last
it saw, 5,000 at a time. ``missed`` are events of the log the reader never saw, ``twice`` those it
saw more than once. Nobody decides on anything.

- rekenschap, one grootboek: all writers append to one; positions, seal and references included;
- rekenschap, own grootboeken: each writer has its own; the reader follows all of them;
- eventsourcing: its recorder with the table lock, as it comes;
- eventsourcing, functions: the same with its database functions.
"""

import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from attrs import evolve, frozen

from benchmarks import library, ours
from benchmarks.places import Place, fresh
from benchmarks.raw import PAYLOAD
from benchmarks.rounds import Contender, Measured, timed
from benchmarks.rows import LESS, LIBRARY, MORE, OURS, Bench, Goal, Group, Row, Sizes
from rekenschap.application.ports import NewRecord

FUNCTIONS = "eventsourcing, functions"
OWN = "rekenschap, own grootboeken"
HERE = "rekenschap, one writer"
PAGE = 5000
PATIENCE = 120.0
"""Seconds a process is waited for at the start and at the end."""


@frozen(kw_only=True)
class Task:
    """What one process does."""

    place: Place
    contender: str
    grootboeken: tuple[str, ...]
    per_commit: int
    seconds: float
    events: int | None = None
    """To write so many, where it is not for so many seconds."""


@contextmanager
def one_per_commit(bench: Bench) -> Iterator[Mapping[str, Contender]]:
    """All four, one event per commit."""
    sizes = bench.sizes
    races = {
        name: partial(raced, bench.store, name, sizes, per_commit=1)
        for name in (OURS, OWN, LIBRARY, FUNCTIONS)
    }
    yield {**races, HERE: partial(alone, bench.store, sizes)}


@contextmanager
def followed(bench: Bench) -> Iterator[Mapping[str, Contender]]:
    """Ours, twenty events per commit, until there are as many as asked."""
    sizes = bench.sizes
    yield {
        name: partial(raced, bench.store, name, sizes, per_commit=20, events=sizes.followed)
        for name in (OURS, OWN)
    }


def raced(
    store: str, name: str, sizes: Sizes, *, per_commit: int, events: int | None = None
) -> Measured:
    """Events per second of all writers together, and what the reader made of it."""
    number = sizes.writers
    own = [f"grootboek-{n}" for n in range(number)] if name == OWN else [ours.GROOTBOEK] * number
    each = None if events is None else -(-events // number)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.append"])
    with fresh(store) as place, ExitStack() as stack:
        task = Task(
            place=place,
            contender=name,
            grootboeken=tuple(dict.fromkeys(own)),
            per_commit=per_commit,
            seconds=sizes.seconds,
            events=each,
        )
        _make(task)
        start, told = context.Barrier(number + 1), context.Queue()
        done = context.Event()
        writers = [
            context.Process(target=_write, args=(evolve(task, grootboeken=(one,)), start, told))
            for one in own
        ]
        reader = context.Process(target=_read, args=(task, start, done, told))
        for process in (*writers, reader):
            process.start()
            stack.callback(_ended, process)
        wait = PATIENCE + (sizes.seconds if events is None else events / 500)
        wrote = [told.get(timeout=wait) for _ in writers]
        done.set()
        seen = told.get(timeout=wait)
    return _summed(wrote, seen)


def alone(store: str, sizes: Sizes) -> Measured:
    """One writer, in this process."""
    with fresh(store) as place:
        task = Task(
            place=place,
            contender=OURS,
            grootboeken=(ours.GROOTBOEK,),
            per_commit=1,
            seconds=sizes.seconds,
        )
        _make(task)
        with appender(task) as append:
            return timed(sizes.singles, lambda: [append(1) for _ in range(sizes.singles)])


def _summed(wrote: list[dict[str, Any]], seen: dict[str, Any]) -> Measured:
    count = sum(one["count"] for one in wrote)
    took = max(one["ended"] for one in wrote) - min(one["began"] for one in wrote)
    extra = {
        "events": float(count),
        "missed": float(count - seen["seen"]),
        "twice": float(seen["twice"]),
    }
    return Measured(count / took, extra)


def _ended(process: Any) -> None:
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()


def _make(task: Task) -> None:
    """Tables and grootboeken, before anybody writes."""
    if task.contender in (LIBRARY, FUNCTIONS):
        library.application(_settings(task)).close()
        return
    for one in task.grootboeken:
        with ours.store(task.place, one):
            pass


def _settings(task: Task) -> dict[str, str]:
    functions = task.contender == FUNCTIONS
    return library.settings_of(task.place.store, task.place.parts, functions=functions)


@contextmanager
def appender(task: Task) -> Iterator[Callable[[int], None]]:
    """Appends a commit of so many events."""
    if task.contender in (LIBRARY, FUNCTIONS):
        app = library.application({**_settings(task), "CREATE_TABLE": "n"})
        try:
            yield partial(library.appended, app, PAYLOAD)
        finally:
            app.close()
        return
    with ours.store(task.place, task.grootboeken[0]) as store:
        numbers = iter(range(10**9))

        def append(count: int) -> None:
            stream = f"toewijzing/{task.grootboeken[0]}-{id(store)}-{next(numbers)}"
            lines = [NewRecord(stream, "gemeten", 1, PAYLOAD, (stream,))] * count
            with store.writing() as unit:
                unit.log.append(lines, moment=unit.log.moment())

        yield append


def _write(task: Task, start: Any, told: Any) -> None:
    with appender(task) as append:
        append(1)
        start.wait(PATIENCE)
        began = time.monotonic()
        count = 1  # the reader sees the first one too
        while _goes_on(task, count, began):
            append(task.per_commit)
            count += task.per_commit
        told.put({"count": count, "began": began, "ended": time.monotonic()})


def _goes_on(task: Task, count: int, began: float) -> bool:
    if task.events is not None:
        return count < task.events
    return time.monotonic() - began < task.seconds


def _read(task: Task, start: Any, done: Any, told: Any) -> None:
    """Follows until the writers are done and nothing comes after what it saw last."""
    with _following(task) as asks:
        start.wait(PATIENCE)
        seen: list[Counter[int]] = [Counter() for _ in asks]
        while True:
            finished = done.is_set()  # before asking: what was written by then is there
            new = 0
            for counted, ask in zip(seen, asks, strict=True):
                positions = ask()
                counted.update(positions)
                new += len(positions)
            if finished and not new:
                break
            if not new:
                time.sleep(0.002)
    twice = sum(times - 1 for counted in seen for times in counted.values())
    told.put({"seen": sum(len(counted) for counted in seen), "twice": twice})


@contextmanager
def _following(task: Task) -> Iterator[list[Callable[[], list[int]]]]:
    """Per sequence a question that gives the positions after the last one it gave."""
    with ExitStack() as stack:
        if task.contender in (LIBRARY, FUNCTIONS):
            app = library.application({**_settings(task), "CREATE_TABLE": "n"})
            stack.callback(app.close)
            yield [_after_last(lambda last: app.recorder.select_notifications(last + 1, PAGE))]
            return
        stores = [stack.enter_context(ours.store(task.place, one)) for one in task.grootboeken]
        yield [_after_last(partial(_lines_after, store)) for store in stores]


def _lines_after(store: Any, last: int) -> Any:
    with store.reading() as unit:
        return unit.log.read_from(last, limit=PAGE)


def _after_last(ask: Callable[[int], Any]) -> Callable[[], list[int]]:
    last = 0

    def positions() -> list[int]:
        nonlocal last
        found = [getattr(one, "id", None) or one.position for one in ask(last)]
        last = found[-1] if found else last
        return found

    return positions


NONE_LOST = (
    Goal("none missed", LESS, 0, measure="missed"),
    Goal("none twice", LESS, 0, measure="twice"),
)
SEEN = ("events", "missed", "twice")
GROUPS = (
    Group(
        name="append",
        contenders=one_per_commit,
        stores=("postgresql",),
        rounds=3,
        rows=(
            Row(
                work="append, one grootboek",
                title="append alone, four writers, one grootboek",
                unit="events/s",
                peers=(LIBRARY, FUNCTIONS),
                goals=(Goal("ahead of eventsourcing", MORE, 1.0, LIBRARY), *NONE_LOST),
                extra=SEEN,
                profile=HERE,
            ),
            Row(
                work="append, four grootboeken",
                title="append alone, four writers, four grootboeken",
                unit="events/s",
                ours=OWN,
                peers=(LIBRARY, FUNCTIONS),
                goals=(
                    Goal("ahead of eventsourcing", MORE, 1.0, LIBRARY),
                    Goal("ahead of its functions", MORE, 1.0, FUNCTIONS),
                    *NONE_LOST,
                ),
                extra=SEEN,
                profile=HERE,
            ),
        ),
    ),
    Group(
        name="followed",
        contenders=followed,
        profiled=False,
        stores=("postgresql",),
        rounds=1,
        warm=False,
        applies=lambda sizes: sizes.followed > 0,
        rows=tuple(
            Row(
                work=f"followed, {words}",
                title=f"a reader follows four writers, 20 per commit, {words}",
                unit="events/s",
                ours=name,
                goals=(
                    Goal("≥ 400,000 events", MORE, 400_000, measure="events"),
                    *NONE_LOST,
                ),
                extra=SEEN,
            )
            for name, words in ((OURS, "one grootboek"), (OWN, "four grootboeken"))
        ),
    ),
)
