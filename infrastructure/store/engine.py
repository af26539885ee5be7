"""From a URL to a database engine that keeps the promises of the log.

SQLite: one file in WAL mode, every commit on disk before it is answered (``synchronous=FULL``),
deleted bytes overwritten (``secure_delete``), transactions begun by us and not guessed by the
driver. In memory there is one connection, and the pool hands it to one user at a time.
"""

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from rekenschap.application.errors import Incorrect
from rekenschap.infrastructure.store.names import checked_name
from rekenschap.infrastructure.store.urls import parsed_url

BUSY_SECONDS = 30
_BEGIN = "rekenschap_begin"
_PRAGMAS = (
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "recursive_triggers = ON",  # what INSERT OR REPLACE deletes is then refused too
)
_PATIENCE = "SELECT set_config('lock_timeout', %s, false)"
_FOR_ONE = ", set_config('rekenschap.grootboek', %s, false)"
_ALLOWED = (
    "sqlite:///file.db, sqlite:////full/path/file.db, sqlite:// (in memory) "
    "or postgresql://user@host:port/database"
)
# A server that is gone without a word is noticed within a minute, also while we wait for it.
_KEEPALIVE = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}


def make_engine(url: str, grootboek: str | None = None) -> Engine:
    """An engine for ``url``; raises ``Incorrect`` for one that cannot be used.

    On PostgreSQL each connection says which ``grootboek`` it is for, and where the rows are guarded
    (``docs/roles.md``) it reaches no other. Open it in the process that uses it: connections do not
    survive a fork.
    """
    if grootboek is not None:
        grootboek = checked_name(grootboek)
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engine(parsed)
    return _postgresql_engine(parsed, grootboek)


def make_reading_engine(url: str, grootboek: str | None = None) -> Engine:
    """An engine that cannot write: a SQLite file is opened as one that is only read, and a server
    begins no transaction that writes. Raises ``Incorrect`` also when there is no such file."""
    if grootboek is not None:
        grootboek = checked_name(grootboek)
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_reader(parsed)
    engine = _postgresql_engine(parsed, grootboek)
    event.listen(engine, "connect", _only_read)
    return engine


def sqlite_file(url: str) -> Path | None:
    """The file behind a URL; None for a server or a database in memory. Raises ``Incorrect``."""
    parsed = _parsed(url)
    if parsed.get_backend_name() != "sqlite" or _in_memory(parsed):
        return None
    return Path(str(parsed.database))


def is_memory(engine: Engine) -> bool:
    """Whether the database lives in memory, behind one connection."""
    return engine.dialect.name == "sqlite" and _in_memory(engine.url)


def for_writing(engine: Engine) -> Engine:
    """The same connections, with transactions that may write.

    On SQLite they take the write lock at once: a reader that starts to write later can be refused.
    """
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
    return engine  # its connections are made so: to set it each time costs every decision


def for_reading(engine: Engine) -> Engine:
    """The same connections, with transactions that see one moment and write nothing."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{_BEGIN: "BEGIN"})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _parsed(url: str) -> URL:
    try:
        parsed = parsed_url(url)
    except (ArgumentError, ValueError, TypeError):
        raise Incorrect("url", url, _ALLOWED, secret=True) from None
    if parsed.drivername in ("sqlite", "sqlite+pysqlite"):
        return _sqlite_url(parsed)
    if parsed.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return parsed.set(drivername="postgresql+psycopg")
    raise _unusable(parsed, _ALLOWED)


def _sqlite_url(url: URL) -> URL:
    database = url.database or ""
    if url.host or url.username or url.query or database.startswith("file:"):
        raise _unusable(url, f"{_ALLOWED}; mind the three slashes before the name of a file")
    path = Path(database)
    if not _in_memory(url) and (path.is_dir() or not path.absolute().parent.is_dir()):
        raise _unusable(url, "the name of a file in a folder that exists")
    return url.set(drivername="sqlite+pysqlite")


def _in_memory(url: URL) -> bool:
    return (url.database or ":memory:") == ":memory:"


def _unusable(url: URL, allowed: str) -> Incorrect:
    """Shows the URL without what may be secret: the password, also where it is an option."""
    shown = url.set(query={}).render_as_string(hide_password=True)
    return Incorrect("url", shown, allowed)


def _postgresql_engine(url: URL, grootboek: str | None) -> Engine:
    try:
        engine = create_engine(
            url,
            hide_parameters=True,
            isolation_level="READ COMMITTED",
            pool_timeout=BUSY_SECONDS,
            connect_args={k: v for k, v in _KEEPALIVE.items() if k not in url.query},
        )
    except ArgumentError:  # several servers are looked at only here
        raise _unusable(url, f"{_ALLOWED}; of several servers each with its port") from None
    except ImportError as error:
        allowed = "a database whose driver is installed: pip install rekenschap[postgresql]"
        raise _unusable(url, allowed) from error

    def prepare(connection: Any, _record: object) -> None:
        """Waiting for the head of a grootboek has an end, as it has on SQLite."""
        if grootboek is None:
            connection.execute(_PATIENCE, (f"{BUSY_SECONDS}s",))
        else:
            connection.execute(_PATIENCE + _FOR_ONE, (f"{BUSY_SECONDS}s", grootboek))
        connection.commit()

    event.listen(engine, "connect", prepare)
    return engine


def _only_read(connection: Any, _record: object) -> None:
    connection.execute("SET default_transaction_read_only = on")
    connection.commit()


def _sqlite_reader(url: URL) -> Engine:
    file = Path(url.database or ":memory:").absolute()
    if _in_memory(url) or not file.is_file():
        raise _unusable(url, "the file of a database that exists")

    def connected() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{file.as_uri()}?mode=ro",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_SECONDS,
        )
        connection.execute("PRAGMA query_only = ON").close()
        return connection

    engine = create_engine(
        url, creator=connected, hide_parameters=True, poolclass=QueuePool, max_overflow=-1
    )
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _sqlite_engine(url: URL) -> Engine:
    one_at_a_time = _in_memory(url)
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=1 if one_at_a_time else 5,
        max_overflow=0 if one_at_a_time else -1,
        pool_timeout=BUSY_SECONDS,
        connect_args={
            "isolation_level": None,  # the driver begins nothing of its own accord
            "check_same_thread": False,  # the pool passes a connection from thread to thread
            "timeout": BUSY_SECONDS,
        },
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    if one_at_a_time:
        event.listen(engine, "handle_error", _keep_connection)
    return engine


def _keep_connection(context: ExceptionContext) -> None:
    """An interrupt makes SQLAlchemy throw its connection away: in memory that is the database."""
    if not isinstance(context.original_exception, Exception):
        context.is_disconnect = False


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    _use_wal(connection)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _use_wal(connection: sqlite3.Connection) -> None:
    """The change of mode is refused at once when another process is busy with it: ask again."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    """On the driver's connection: SQLAlchemy's own execution costs more than the statement."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute(connection.get_execution_options().get(_BEGIN, "BEGIN")).close()
