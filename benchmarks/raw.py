"""The limit: the driver itself, with payloads of our size and nothing that knows what they mean.

One table (stream, version, payload) with a primary key; SQLite in WAL with ``synchronous=FULL``,
PostgreSQL as it comes. A payload has 1,100 bytes, what a line of our log has on average.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from benchmarks.places import Place
from benchmarks.rounds import Measured, each_timed, timed

PAYLOAD = b"x" * 1100
PER_STREAM = 20


class Raw:
    """A connection of a driver; statements are written with question marks."""

    def __init__(self, place: Place) -> None:
        self.is_sqlite = place.store == "sqlite"
        self.connection: Any
        if self.is_sqlite:
            self.connection = sqlite3.connect(place.file, isolation_level=None)
            self.connection.execute("PRAGMA journal_mode=WAL")
            self.connection.execute("PRAGMA synchronous=FULL")
        else:
            self.connection = psycopg.connect(place.conninfo)
        self.cursor = self.connection.cursor()

    def begin(self) -> None:
        """A transaction that will write; psycopg begins by itself."""
        if self.is_sqlite:
            self.cursor.execute("BEGIN IMMEDIATE")

    def run(self, statement: str, values: tuple[Any, ...] = ()) -> Any:
        return self.cursor.execute(self.spelled(statement), values)

    def run_many(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        self.cursor.executemany(self.spelled(statement), rows)

    def commit(self) -> None:
        if self.is_sqlite:
            self.cursor.execute("COMMIT")
        else:
            self.connection.commit()

    def spelled(self, statement: str) -> str:
        """The statement as this driver has it."""
        if self.is_sqlite:
            return statement
        return statement.replace("?", "%s").replace("BLOB", "BYTEA")


@contextmanager
def raw(place: Place) -> Iterator[Raw]:
    """A connection with the table of events made."""
    one = Raw(place)
    try:
        one.begin()
        one.run("CREATE TABLE e (s TEXT, v INTEGER, p BLOB, PRIMARY KEY (s, v))")
        one.commit()
        yield one
    finally:
        one.connection.close()


INSERT = "INSERT INTO e VALUES (?, ?, ?)"


def decide(place: Place, count: int) -> Measured:
    """Per transaction one select of a stream of up to 20 events and one insert."""
    with raw(place) as one:

        def step(number: int) -> None:
            stream = f"T{number // PER_STREAM}"
            one.begin()
            one.run("SELECT p FROM e WHERE s = ? ORDER BY v", (stream,)).fetchall()
            one.run(INSERT, (stream, number, PAYLOAD))
            one.commit()

        return each_timed([lambda n=n: step(n) for n in range(count)])


def bulk(place: Place, count: int, per_commit: int) -> Measured:
    """``executemany`` of so many events per commit."""
    rows: list[tuple[Any, ...]] = [(f"T{n // PER_STREAM}", n, PAYLOAD) for n in range(count)]
    with raw(place) as one:

        def work() -> None:
            for first in range(0, count, per_commit):
                one.begin()
                one.run_many(INSERT, rows[first : first + per_commit])
                one.commit()

        return timed(count, work)


LINES = "SELECT position, name, version, payload FROM events ORDER BY position"


def scan(place: Place) -> Measured:
    """Every line of our own log fetched in order, in chunks, and not decoded."""
    one = Raw(place)
    try:
        count = one.run("SELECT count(*) FROM events").fetchone()[0]

        def work() -> None:
            named = () if one.is_sqlite else ("lines",)  # kept on the server, fetched in pieces
            with closing(one.connection.cursor(*named)) as cursor:
                cursor.execute(LINES)
                while cursor.fetchmany(2000):
                    pass

        return timed(count, work)
    finally:
        one.connection.close()


UPSERT = "INSERT INTO b VALUES (?, ?) ON CONFLICT (s) DO UPDATE SET used = b.used + excluded.used"


def project(place: Place, count: int, per_commit: int) -> Measured:
    """An upsert of one small balance per event, and the position, in each transaction.

    Nothing is read from a log and nothing decoded: the events are made up in memory.
    """
    rows: list[tuple[Any, ...]] = [(f"T{n * 7 % (count // 20 + 1)}", 60) for n in range(count)]
    with raw(place) as one:
        one.begin()
        one.run("CREATE TABLE b (s TEXT PRIMARY KEY, used INTEGER)")
        one.run("CREATE TABLE p (position INTEGER)")
        one.run("INSERT INTO p VALUES (0)")
        one.commit()

        def work() -> None:
            for first in range(0, count, per_commit):
                one.begin()
                one.run_many(UPSERT, rows[first : first + per_commit])
                one.run("UPDATE p SET position = ?", (first + per_commit,))
                one.commit()

        return timed(count, work)
