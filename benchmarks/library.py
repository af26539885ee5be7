"""The ``eventsourcing`` library as it comes: its own stores, mapper and small events, no rules.

It also runs in an environment of its own, for ``eventsourcing-sqlalchemy`` (see ``extension``), and
so imports nothing but the library and the standard library::

    python -m benchmarks.library '{"work": "decide", "settings": {…}, "count": 1000}'
"""

import json
import sys
import time
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import StoredEvent

PER_STREAM = 20
PAGE = 5000


class Allocation(Aggregate):
    """An allocation that only counts: an amount granted, and what is used of it."""

    @event("Granted")
    def __init__(self, size: int) -> None:
        self.size, self.used = size, 0

    @event("Used")
    def use(self, minutes: int) -> None:
        if self.used + minutes > self.size:
            raise ValueError("more than was granted")
        self.used += minutes


def settings_of(store: str, parts: dict[str, str], *, functions: bool = False) -> dict[str, str]:
    """Every key the library reads, so that nothing of the host's environment gets in."""
    if store == "sqlite":
        return {
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": parts["file"],
            "CREATE_TABLE": "y",
        }
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": parts["dbname"],
        "POSTGRES_HOST": parts["host"],
        "POSTGRES_PORT": parts["port"],
        "POSTGRES_USER": parts["user"],
        "POSTGRES_PASSWORD": parts["password"],
        "POSTGRES_ENABLE_DB_FUNCTIONS": "y" if functions else "n",
        "CREATE_TABLE": "y",
    }


def application(settings: dict[str, str]) -> Application[UUID]:
    """An application on these settings, its tables made."""
    return Application(env=settings)


def decide(settings: dict[str, str], count: int) -> dict[str, Any]:
    """Load an allocation of up to 20 events, check what is left, append one event and save."""
    app = application(settings)
    took = []
    try:
        warm(app)
        current: UUID | None = None
        for number in range(count):
            began = time.perf_counter()
            if number % PER_STREAM == 0 or current is None:
                made = Allocation(6000)
                app.save(made)
                current = made.id
            else:
                loaded: Allocation = app.repository.get(current)
                loaded.use(60)
                app.save(loaded)
            took.append((time.perf_counter() - began) * 1000)
    finally:
        app.close()
    return {"count": count, "seconds": sum(took) / 1000, "took": took}


def warm(app: Application[UUID]) -> None:
    """Statements prepared, connections made."""
    made = Allocation(6000)
    for _ in range(5):
        made.use(60)
        app.save(made)
        app.repository.get(made.id)


def bulk(settings: dict[str, str], count: int, per_commit: int = 1000) -> dict[str, Any]:
    """Make allocations of 20 events and save them, a thousand events per commit."""
    app = application(settings)
    try:
        warm(app)
        began = time.perf_counter()
        for first in range(0, count, per_commit):
            streams = min(per_commit, count - first) // PER_STREAM
            app.save(*[made_with(PER_STREAM) for _ in range(streams)])
        return {"count": count, "seconds": time.perf_counter() - began}
    finally:
        app.close()


def made_with(events: int) -> Allocation:
    """An allocation of so many events, not saved yet."""
    made = Allocation(60 * events)
    for _ in range(events - 1):
        made.use(60)
    return made


def filled(settings: dict[str, str], events: int, per_stream: int = PER_STREAM) -> list[UUID]:
    """A log of so many events; returns the ids of the allocations."""
    app = application(settings)
    try:
        made = [made_with(per_stream) for _ in range(max(1, events // per_stream))]
        for first in range(0, len(made), 50):
            app.save(*made[first : first + 50])
        return [one.id for one in made]
    finally:
        app.close()


def replay(settings: dict[str, str]) -> dict[str, Any]:
    """The whole notification log in pages of 5,000 through the library's mapper, each event folded
    into the balance of its allocation in memory."""
    app = application(settings)
    balances: dict[Any, int] = {}
    count, start = 0, 1
    try:
        began = time.perf_counter()
        while page := app.recorder.select_notifications(start, PAGE):
            for one in page:
                happened: Any = app.mapper.to_domain_event(one)
                key, minutes = happened.originator_id, getattr(happened, "minutes", 0)
                balances[key] = balances.get(key, 0) + minutes
            count, start = count + len(page), page[-1].id + 1
        return {"count": count, "seconds": time.perf_counter() - began}
    finally:
        app.close()


def at_version(settings: dict[str, str], allocation: UUID, version: int) -> dict[str, Any]:
    """One allocation as it was at a version, without snapshots."""
    app = application(settings)
    try:
        app.repository.get(allocation, version=3)
        began = time.perf_counter()
        app.repository.get(allocation, version=version)
        return {"count": 1, "seconds": time.perf_counter() - began}
    finally:
        app.close()


def appended(app: Application[UUID], payload: bytes, number: int) -> None:
    """One commit of ``number`` stored events of this payload, through the library's recorder."""
    stream = uuid4()
    app.recorder.insert_events(
        [StoredEvent(stream, version, "used", payload) for version in range(1, number + 1)]
    )


def main() -> None:
    told = json.loads(sys.argv[1])
    work = {"decide": decide, "bulk": bulk}[told.pop("work")]
    print(json.dumps(work(**told)))


if __name__ == "__main__":
    main()
