"""A grootboek looked at as a whole. What cannot be measured is a finding, never an exception."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from attrs import evolve
from sqlalchemy import Connection

from rekenschap.application.controlepunt import Controlepunt
from rekenschap.application.errors import Broken, Incorrect, Onbeschikbaar
from rekenschap.application.gezondheid import Bevinding, Gesteldheid, Gezondheid, Keuring
from rekenschap.application.ports import Clock
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.health import findings
from rekenschap.infrastructure.health.measure import (
    Measured,
    connection_beside,
    disk_of,
    measured,
)
from rekenschap.infrastructure.store.engine import is_memory, sqlite_file
from rekenschap.infrastructure.store.guarded import GuardedStore
from rekenschap.infrastructure.store.keys import HostKey, key_for
from rekenschap.infrastructure.store.lag import folded_to
from rekenschap.infrastructure.store.reading import ReadingStore

Verified = tuple[int, datetime] | None
"""Up to which position the chain was verified here, and when."""
Used = Callable[[Measured], Measured]
"""The same, with the tables that the questions asked here are answered from."""


def examined(
    view: AbstractContextManager[Connection],
    file: Path | None,
    grootboek: str,
    *,
    clock: Clock,
    key: HostKey | None,
    kept: Sequence[Controlepunt] = (),
    verified: Verified = None,
    used: Used | None = None,
) -> Gezondheid:
    """Findings on a grootboek seen through ``view``; ``file`` is its SQLite file, if it has one.

    Never raises.
    """
    found: list[Bevinding] = []
    now = _now(clock)
    try:
        with view as connection:
            found += _seen(connection, grootboek, now, key, kept, verified, used)
    except Exception as error:  # whatever it is, that is the finding
        found = [_unreachable(error)]
    found += _disk(file)
    return Gezondheid(grootboek=grootboek, gemeten_op=now, bevindingen=tuple(found))


def keuring_of(store: GuardedStore, url: str, key: HostKey | None) -> Keuring:
    """The look at a grootboek that is open; when its block has ended, that is the finding."""
    file = sqlite_file(url)

    @contextmanager
    def view() -> Iterator[Connection]:
        if is_memory(store.engine) or store.closed:
            with store.reading() as unit:
                yield unit.connection
        else:
            with connection_beside(url, store.grootboek) as connection:
                yield connection

    def looked(kept: Sequence[Controlepunt]) -> Gezondheid:
        return examined(
            view(),
            file,
            store.grootboek,
            clock=store.clock,
            key=key,
            kept=kept,
            verified=store.verified,
            used=lambda seen: _as_read(store, seen),
        )

    return looked


def _as_read(store: GuardedStore, seen: Measured) -> Measured:
    """Who only reads brings no tables of the database up to date; the ones in a file of its own,
    where it was given one, are looked at instead, and not made."""
    if not isinstance(store, ReadingStore):
        return seen
    if (file := store.own.file) is None:
        return evolve(seen, only_read=True)
    reached = 0
    if file.is_file() and file.stat().st_size > 0:
        with connection_beside(f"sqlite:///{file}") as tables:
            reached = folded_to(tables, store.ledger.key)
    return evolve(seen, tables=min(seen.position, reached), only_read=False)


def examined_at(
    url: str,
    grootboek: str,
    sleutel: bytes | str | os.PathLike[str] | None = None,
    kept: Sequence[Controlepunt] = (),
) -> Gezondheid:
    """The same of a grootboek that is not open, by the URL of its database: nothing is made or
    written, and it need not be there. Never raises, but for Incorrect on a URL that is none."""
    file = sqlite_file(url)
    key, problem = None, None
    there = file is None or (file.is_file() and file.stat().st_size > 0)
    if there and (file is not None or sleutel is not None):
        try:
            key = key_for(url, sleutel)
        except Incorrect:
            words = "Het sleutelbestand is er niet, of het is niet te lezen."
            problem = Bevinding("sleutel", Gesteldheid.FOUT, words)
    view = connection_beside(url, grootboek)
    health = examined(view, file, grootboek, clock=SystemClock(), key=key, kept=kept)
    if problem is None:
        return health
    others = tuple(one for one in health.bevindingen if one.onderdeel != "sleutel")
    return Gezondheid(
        grootboek=grootboek, gemeten_op=health.gemeten_op, bevindingen=(*others, problem)
    )


def _seen(
    connection: Connection,
    grootboek: str,
    now: datetime,
    key: HostKey | None,
    kept: Sequence[Controlepunt],
    verified: Verified,
    used: Used | None,
) -> Iterator[Bevinding]:
    seen = measured(connection, grootboek, kept)
    if seen is None:
        words = "De database is er, maar er is geen grootboek met deze naam in."
        yield Bevinding("opslag", Gesteldheid.FOUT, words)
        return
    yield Bevinding("opslag", Gesteldheid.OK, "De database is bereikbaar.")
    yield findings.log(seen)
    yield _tables(seen, used)
    yield findings.clock(seen, now)
    yield findings.key(seen, None if key is None else key.check(seen.ledger_id))
    yield findings.checkpoint(seen, verified)
    yield findings.schema(seen)
    yield findings.guards(seen)
    if seen.on_server:
        yield findings.statistics(seen)


def _tables(seen: Measured, used: Used | None) -> Bevinding:
    try:
        return findings.tables(seen if used is None else used(seen))
    except (Broken, Incorrect, Onbeschikbaar, OSError):
        words = "Het bestand met de eigen tabellen is niet te bekijken."
        return Bevinding("tabellen", Gesteldheid.FOUT, words)


def _disk(file: Path | None) -> Iterator[Bevinding]:
    if file is None:
        return
    try:
        seen = disk_of(file)
    except OSError:
        words = "De schijf van de database is niet te bekijken."
        yield Bevinding("schijf", Gesteldheid.FOUT, words)
        return
    yield findings.disk(seen)
    yield findings.wal(seen)


def _unreachable(error: Exception) -> Bevinding:
    """What keeps us from looking; never the words of a driver, which can name hosts and users."""
    match error:
        case Onbeschikbaar():
            words = "De database is niet te bereiken."
        case Incorrect():
            words = "Dit grootboek is gesloten, of de database kan zo niet worden geopend."
        case Broken():
            words = "De database is beschadigd, of niet door dit programma gemaakt."
        case _:
            words = f"De database kon niet worden bekeken ({type(error).__name__})."
    return Bevinding("opslag", Gesteldheid.FOUT, words)


def _now(clock: Clock) -> datetime:
    """The clock of the host may fail as well; then the machine's tells the moment."""
    try:
        return clock.now()
    except Exception:
        return SystemClock().now().astimezone(UTC)
