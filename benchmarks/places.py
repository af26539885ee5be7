"""Where a contender works: a fresh file or database, thrown away afterwards."""

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from attrs import frozen
from sqlalchemy import URL, make_url

SERVER = os.environ.get("REKENSCHAP_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/")
STORES = ("sqlite", "postgresql")


@frozen
class Place:
    """A database of one contender; ``url`` as our own engine takes it."""

    store: str
    url: str

    @property
    def file(self) -> str:
        """The path of a SQLite file."""
        return str(make_url(self.url).database)

    @property
    def conninfo(self) -> str:
        """What psycopg connects with."""
        return make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)

    @property
    def bytes(self) -> int:
        """How much it takes on disk."""
        if self.store == "sqlite":
            files = (Path(self.file + end) for end in ("", "-wal"))
            return sum(one.stat().st_size for one in files if one.exists())
        with psycopg.connect(self.conninfo) as connection:
            asked = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        assert asked is not None
        return int(asked[0])

    def settle(self) -> None:
        """Have a server look at its tables, as it does by itself where autovacuum is on."""
        if self.store == "postgresql":
            with psycopg.connect(self.conninfo, autocommit=True) as connection:
                connection.execute("ANALYZE")

    @property
    def parts(self) -> dict[str, str]:
        """What the ``eventsourcing`` library is told of it, in its own words."""
        if self.store == "sqlite":
            return {"file": self.file}
        url = make_url(self.url)
        return {
            "dbname": str(url.database),
            "host": url.host or "127.0.0.1",
            "port": str(url.port or 5432),
            "user": url.username or "postgres",
            "password": url.password or "",
        }


@contextmanager
def fresh(store: str) -> Iterator[Place]:
    """A fresh database; nothing of it is left after the block."""
    if store == "sqlite":
        with tempfile.TemporaryDirectory(prefix="rekenschap-bench-") as folder:
            yield Place(store, f"sqlite:///{folder}/ledger.db")
        return
    name = f"rekenschap_bench_{uuid4().hex}"
    _on_server(f"CREATE DATABASE {name}")
    try:
        yield Place(store, _server().set(database=name).render_as_string(hide_password=False))
    finally:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def cleaned_up_when_ended() -> None:
    """Let an ended process drop what it made: SIGTERM becomes an exit like any other."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def there_is(store: str) -> bool:
    """Whether this kind of store can be used here."""
    if store == "sqlite":
        return True
    try:
        _on_server("SELECT 1")
    except psycopg.Error:
        return False
    return True


def version(store: str) -> str:
    """The version of the database."""
    if store == "sqlite":
        import sqlite3

        return sqlite3.sqlite_version
    with psycopg.connect(_address(), connect_timeout=5) as connection:
        told = connection.execute("SHOW server_version").fetchone()
    assert told is not None
    return str(told[0]).split()[0]


def _server() -> URL:
    return make_url(SERVER).set(drivername="postgresql")


def _address() -> str:
    return _server().render_as_string(hide_password=False)


def _on_server(statement: str) -> None:
    with psycopg.connect(_address(), autocommit=True, connect_timeout=5) as connection:
        connection.execute(statement.encode())
