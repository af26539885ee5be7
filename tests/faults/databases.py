"""Fresh databases of both kinds, and everything that stands in one of them."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from sqlalchemy import URL, make_url

SERVER = os.environ.get("REKENSCHAP_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/")
PROJECTED = ("saldo", "tellers", "spoor", "projection_positions")
Content = dict[str, Any]
"""By table, all that stands in it, in a form that can be compared."""


class Databases(Protocol):
    """Where databases come from; ``kind`` is sqlite or postgresql."""

    kind: str

    def fresh(self) -> str:
        """The URL of an empty database."""
        ...

    def content(self, url: str) -> Content:
        """Every row of every table, as somebody from outside reads it."""
        ...

    def version(self) -> str:
        """Of the database program."""
        ...


class SqliteFiles:
    """SQLite files in a folder."""

    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def version(self) -> str:
        return sqlite3.sqlite_version

    def fresh(self) -> str:
        return f"sqlite:///{self._folder / f'grootboek-{next(self._numbers)}.db'}"

    def content(self, url: str) -> Content:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            return {
                name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr)
                for (name,) in names.fetchall()
            }


class PostgresqlSchemas:
    """Schemas in one database of a server."""

    kind = "postgresql"

    def __init__(self, database: URL) -> None:
        self._database = database
        self._url = ""
        self._connection: Any = None

    def version(self) -> str:
        with closing(connect(self._database.render_as_string(hide_password=False))) as server:
            shown: str = server.execute("SHOW server_version").fetchone()[0]
            return shown

    def fresh(self) -> str:
        name = f"fault_{uuid4().hex}"
        with closing(connect(self._database.render_as_string(hide_password=False))) as server:
            server.execute(f"CREATE SCHEMA {name}")
        url = self._database.update_query_dict({"options": f"-csearch_path={name}"})
        return url.render_as_string(hide_password=False)

    def content(self, url: str) -> Content:
        """Here a digest per table, made by the server."""
        server = self._looking_at(url)
        listed = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        names = [name for (name,) in server.execute(listed).fetchall()]
        each = "SELECT '%s', md5(string_agg(md5(t::text), '' ORDER BY t::text)) FROM %s t"
        if not names:
            return {}
        union = " UNION ALL ".join(each % (name, name) for name in names)
        return dict(server.execute(union.encode()).fetchall())

    def _looking_at(self, url: str) -> Any:
        """One connection at a time is kept: a new one for every look would take its time."""
        if self._url != url:
            self.close()
            self._url, self._connection = url, connect(url)
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._url, self._connection = "", None


def connect(url: str) -> Any:
    """A plain connection to a server, on which nothing is made to fail."""
    import psycopg

    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True, connect_timeout=10)


READS = "vault_reads"


def log_of(content: Content) -> Content:
    """What stands there but for the tables that can be folded anew, and the reading log: that a
    question read and was not answered is a line in it."""
    return {name: rows for name, rows in content.items() if name not in (*PROJECTED, READS)}


@contextmanager
def databases(kind: str) -> Iterator[Databases]:
    """Databases of a kind; all of them are gone after the block."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="rekenschap-") as folder:
            yield SqliteFiles(Path(folder))
        return
    server = make_url(SERVER)
    maintenance = server.set(database=server.database or "postgres")
    name = f"rekenschap_faults_{uuid4().hex}"
    with closing(connect(maintenance.render_as_string(hide_password=False))) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            with closing(PostgresqlSchemas(server.set(database=name))) as schemas:
                yield schemas
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
