"""Makes the k-th statement of a database fail, on the driver, as the database itself would.

``faults()`` has every connection that is made in its block count what passes: statements, and the
moment of committing. ``Faults.arm(k, kind)`` says which of the next ones fails, and how.

On PostgreSQL the errors are the server's own: it is told to raise one, or to end the connection.
SQLite has no such statement, so there the error is made, with the code SQLite gives; what SQLite
does to the transaction (or to the connection) is done for real.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from attrs import define
from sqlalchemy import Dialect, Engine, event

SQLITE = ("full", "io", "busy", "lost", "after")
POSTGRESQL = ("full", "timeout", "lost", "after")
"""The disk is full; an error of the disk with the transaction left open; somebody holds the lock;
a time limit of the server; the connection is gone for good; or the statement did take effect, and
only then the connection was lost (so at a commit: recorded, but nobody was told)."""
COMMIT = "COMMIT"
_CODES = {
    "full": sqlite3.SQLITE_FULL,
    "io": sqlite3.SQLITE_IOERR_WRITE,
    "busy": sqlite3.SQLITE_BUSY,
    "lost": sqlite3.SQLITE_IOERR_READ,
    "after": sqlite3.SQLITE_IOERR_FSYNC,
}
_RAISE = "DO $$ BEGIN RAISE EXCEPTION 'the test says so' USING ERRCODE = '%s'; END $$"
_STATES = {"full": "53100", "timeout": "57014"}


def kinds_of(store: str) -> tuple[str, ...]:
    """The ways in which a statement can fail in a kind of store."""
    return SQLITE if store == "sqlite" else POSTGRESQL


@define
class Faults:
    """What is to fail, and what failed: the statement itself, or ``COMMIT``; None if nothing."""

    at: int = 0
    kind: str = ""
    seen: int = 0
    failed: str | None = None

    def arm(self, at: int, kind: str) -> None:
        """The ``at``-th statement from here on fails (the first is 1)."""
        self.at, self.kind, self.seen, self.failed = at, kind, 0, None

    def disarm(self) -> str | None:
        """Nothing fails any more; tells what failed."""
        self.at = 0
        return self.failed

    def passes(self, connection: Any, statement: str, run: Callable[[], Any]) -> Any:
        """Run a statement of a connection, or have it fail."""
        if connection.dead:
            raise connection.gone()
        self.seen += 1
        if not self.at or self.seen != self.at:
            return run()
        self.at, self.failed = 0, statement
        return connection.fail(self.kind, statement, run)


_faults = Faults()


class SqliteCursor(sqlite3.Cursor):
    """A cursor whose statements are counted."""

    def execute(self, sql: str, *values: Any) -> Any:
        return _faults.passes(
            self.connection, sql, lambda: sqlite3.Cursor.execute(self, sql, *values)
        )

    def executemany(self, sql: str, values: Any) -> Any:
        return _faults.passes(
            self.connection, sql, lambda: sqlite3.Cursor.executemany(self, sql, values)
        )


class SqliteConnection(sqlite3.Connection):
    """A connection to a file that can fail."""

    dead = False

    def cursor(self, factory: Any = SqliteCursor) -> Any:
        return super().cursor(factory)

    def commit(self) -> None:
        if self.in_transaction or self.dead:
            _faults.passes(self, COMMIT, super().commit)

    def rollback(self) -> None:
        if self.dead:
            raise self.gone()
        super().rollback()

    def fail(self, kind: str, _statement: str, run: Callable[[], Any]) -> Any:
        if kind == "after":
            run()
        if kind in ("full", "lost"):  # SQLite gives the transaction up by itself
            super().rollback()
        self.dead = kind == "lost"
        raise _sqlite_error(kind)

    def gone(self) -> Exception:
        return _sqlite_error("lost")


def _sqlite_error(kind: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(f"the test says so: {kind}")
    error.sqlite_errorcode = _CODES[kind]
    return error


def _postgresql(*arguments: Any, **options: Any) -> Any:
    """A connection to the server, whose statements are counted."""
    import psycopg

    class Cursor(psycopg.Cursor[Any]):
        def execute(self, query: Any, *values: Any, **more: Any) -> Any:
            run = super().execute
            return _faults.passes(self.connection, str(query), lambda: run(query, *values, **more))

        def executemany(self, query: Any, *values: Any, **more: Any) -> Any:
            run = super().executemany
            return _faults.passes(self.connection, str(query), lambda: run(query, *values, **more))

    class Connection(psycopg.Connection[Any]):
        dead = False  # the server says so itself

        def commit(self) -> None:
            open_transaction = self.info.transaction_status != psycopg.pq.TransactionStatus.IDLE
            if open_transaction:
                _faults.passes(self, COMMIT, super().commit)

        def fail(self, kind: str, statement: str, run: Callable[[], Any]) -> Any:
            if kind == "after":
                run()
            if kind in ("lost", "after"):
                with suppress(psycopg.OperationalError):
                    self.now("SELECT pg_terminate_backend(pg_backend_pid())")
                if statement == COMMIT and kind == "after":
                    raise psycopg.OperationalError("the connection was lost after the commit")
                return run()
            self.now(_RAISE % _STATES[kind])
            raise AssertionError("the server did not fail")

        def now(self, statement: str) -> None:
            """Run a statement and wait for what comes of it, also among others that wait."""
            with self.pipeline():
                psycopg.Cursor(self).execute(statement.encode())

    return Connection.connect(*arguments, **options, cursor_factory=Cursor)


def _connect(dialect: Dialect, _record: Any, arguments: Any, options: Any) -> Any:
    if dialect.name == "sqlite":
        return sqlite3.connect(*arguments, **options, factory=SqliteConnection)
    return _postgresql(*arguments, **options)


@contextmanager
def faults() -> Iterator[Faults]:
    """Every connection made in this block can be told to fail."""
    _faults.disarm()
    event.listen(Engine, "do_connect", _connect)
    try:
        yield _faults
    finally:
        event.remove(Engine, "do_connect", _connect)
        _faults.disarm()
