"""What is measured of a grootboek: a handful of rows in one reading transaction, and the disk.

On a connection of its own, so that a busy pool does not keep the answer waiting; only a database
in memory has no other connection than its one. It makes no file and writes nothing.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from attrs import frozen
from sqlalchemy import Connection, Engine, create_engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from rekenschap.application.controlepunt import Controlepunt
from rekenschap.application.errors import Incorrect, Onbeschikbaar
from rekenschap.infrastructure.migrations.guards import missing_guards
from rekenschap.infrastructure.migrations.revisions import stand_of
from rekenschap.infrastructure.store import planner
from rekenschap.infrastructure.store.engine import for_reading, make_engine, sqlite_file
from rekenschap.infrastructure.store.faults import NOT_ALLOWED, transaction
from rekenschap.infrastructure.store.lag import in_recovery
from rekenschap.infrastructure.store.schema import events, ledgers
from rekenschap.infrastructure.store.seal import from_microseconds
from rekenschap.infrastructure.store.vault_tables import CHECK, run
from rekenschap.projections.schema import projection_positions

PATIENCE_SECONDS: Final = 2
"""How long a connection, and on PostgreSQL a statement, is waited for."""


@frozen(kw_only=True)
class Measured:
    """Of one grootboek, as one transaction saw it. ``tables`` is None when nothing is folded yet,
    ``key_check`` when no key was ever noted, or the user may not see the vault; ``revision`` when
    no schema of ours is there, and ``kept_hash`` when no line lies at the end of the furthest kept
    checkpoint. Of a database that is ``only_read`` the tables are not brought up to date here."""

    ledger_id: str
    position: int
    recorded_at: datetime | None
    tables: int | None
    key_check: bytes | None
    revision: str | None
    furthest: Controlepunt | None
    kept_hash: bytes | None
    vault_seen: bool = True
    on_server: bool = False
    only_read: bool = False
    unguarded: tuple[str, ...] = ()
    """The guards of the log that are not there."""
    unknown: tuple[str, ...] = ()
    """Large tables that the server has never looked at."""


@frozen(kw_only=True)
class Disk:
    """Bytes: what is free and what there is where the database file lies, and its WAL."""

    free: int
    size: int
    wal: int


@contextmanager
def connection_beside(url: str, grootboek: str | None = None) -> Iterator[Connection]:
    """A connection of its own to a database that is there, where the rows are guarded for one
    grootboek. Raises Onbeschikbaar, Incorrect."""
    file = sqlite_file(url)
    engine = _server(url, grootboek) if file is None else _file(file)
    try:
        with transaction(for_reading(engine) if file is None else engine) as connection:
            begin = "BEGIN"
            if file is None:
                begin = f"SET LOCAL statement_timeout = '{PATIENCE_SECONDS}s'"
            connection.exec_driver_sql(begin)
            yield connection
    finally:
        engine.dispose()


def _server(url: str, grootboek: str | None) -> Engine:
    engine = make_engine(url, grootboek)
    patient = {"connect_timeout": str(PATIENCE_SECONDS)}
    if "connect_timeout" not in engine.url.query:
        hurried = engine.url.update_query_dict(patient)
        engine.dispose()
        engine = make_engine(hurried.render_as_string(hide_password=False), grootboek)
    return engine


def _file(file: Path) -> Engine:
    def connected() -> sqlite3.Connection:
        where = f"file:{quote(str(file.absolute()))}?mode=rw"
        return sqlite3.connect(where, uri=True, timeout=PATIENCE_SECONDS, isolation_level=None)

    if not file.is_file():
        raise Onbeschikbaar("there is no database file")
    return create_engine(
        "sqlite+pysqlite://", creator=connected, poolclass=NullPool, hide_parameters=True
    )


def measured(
    connection: Connection, grootboek: str, kept: Sequence[Controlepunt]
) -> Measured | None:
    """A grootboek by its name; None when this database has none of that name."""
    row = connection.execute(select(ledgers).where(ledgers.c.name == grootboek)).one_or_none()
    if row is None:
        return None
    folded = projection_positions.c
    reached = select(folded.position).where(folded.ledger == row.ledger)
    furthest = max(kept, key=lambda one: one.omvang, default=None)
    vault_seen, key_check = _key_check(connection, row.id)
    return Measured(
        ledger_id=row.id,
        position=row.position,
        recorded_at=None if row.recorded_at is None else from_microseconds(row.recorded_at),
        tables=connection.execute(reached).scalar(),
        key_check=key_check,
        revision=_revision(connection),
        furthest=furthest,
        kept_hash=None if furthest is None else _hash_at(connection, row.ledger, furthest.omvang),
        vault_seen=vault_seen,
        on_server=connection.dialect.name != "sqlite",
        only_read=in_recovery(connection),
        unguarded=missing_guards(connection),
        unknown=planner.unknown(connection),
    )


def _hash_at(connection: Connection, ledger: int, position: int) -> Any:
    mine = (events.c.ledger == ledger, events.c.position == position)
    return connection.execute(select(events.c.hash).where(*mine)).scalar()


def _key_check(connection: Connection, ledger: str) -> tuple[bool, bytes | None]:
    """Whether the user may see the vault, and what its key noted there."""
    try:
        with connection.begin_nested():  # what is refused would end the whole transaction
            found: bytes | None = run(connection, CHECK, ledger=ledger).scalar()
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != NOT_ALLOWED:
            raise
        return False, None
    return True, found


def _revision(connection: Connection) -> str | None:
    """Also one that this program does not know."""
    try:
        return stand_of(connection).revision
    except Incorrect as error:
        return str(error.value)


def disk_of(file: Path) -> Disk:
    """Where a database file lies. Raises OSError."""
    usage = shutil.disk_usage(file.absolute().parent)
    wal = file.with_name(f"{file.name}-wal")
    return Disk(free=usage.free, size=usage.total, wal=wal.stat().st_size if wal.exists() else 0)
