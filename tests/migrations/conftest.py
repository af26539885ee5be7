"""Databases as the first released schema left them, and what a database is made of."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url
from tests.migrations.shape import plain

from rekenschap.infrastructure.store.engine import make_engine

HERE = Path(__file__).parent


@pytest.fixture
def golden_url(database_url: str) -> str:
    """A database of the first released schema, with a ledger of 14 records, an erasure among them.

    It was made by the program as it was before there were migrations; its dump is never renewed.
    """
    kind = make_url(database_url).get_backend_name()
    dump = (HERE / f"first-release.{kind}.sql").read_text("utf-8")
    if kind == "sqlite":
        with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as connection:
            connection.executescript(dump)
    else:
        with plain(database_url) as connection:
            connection.execute(dump.encode())
    return database_url


@pytest.fixture
def engine_of() -> Iterator[Callable[[str], Engine]]:
    made: list[Engine] = []

    def engine(url: str) -> Engine:
        made.append(make_engine(url))
        return made[-1]

    yield engine
    for one in made:
        one.dispose()
