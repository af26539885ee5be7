"""Fixtures for every test: a fresh database of each kind.

``database_url`` runs a test once on SQLite and once on PostgreSQL; ``sqlite_url`` and
``postgresql_url`` are for tests that cannot be parametrised. The server comes from
``REKENSCHAP_TEST_POSTGRES``; without one those tests are skipped, except where ``CI`` is true.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import URL, make_url

if TYPE_CHECKING:
    from tests.emptied import Emptied

SERVER = os.environ.get("REKENSCHAP_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/")


def _on_server(database: str, statement: str) -> None:
    import psycopg  # a machine without the driver still runs the tests on SQLite

    server = make_url(SERVER).set(drivername="postgresql", database=database)
    conninfo = server.render_as_string(hide_password=False)
    with psycopg.connect(conninfo, autocommit=True, connect_timeout=5) as connection:
        connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgresql_database() -> Iterator[URL]:
    """A database of this test session alone, and so of one xdist worker, dropped afterwards."""
    name = f"rekenschap_test_{uuid4().hex}"
    maintenance = make_url(SERVER).database or "postgres"
    try:
        _on_server(maintenance, f"CREATE DATABASE {name}")
    except Exception as error:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"no PostgreSQL server for the tests: {error}")
        pytest.skip(f"no PostgreSQL server for the tests: {error}")
    yield make_url(SERVER).set(database=name)
    _on_server(maintenance, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgresql_url(postgresql_database: URL) -> str:
    """A fresh schema: as good as a fresh database, and far quicker to make."""
    schema = f"test_{uuid4().hex}"
    _on_server(str(postgresql_database.database), f"CREATE SCHEMA {schema}")
    url = postgresql_database.update_query_dict({"options": f"-csearch_path={schema}"})
    return url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def emptied(postgresql_database: URL) -> Iterator["Emptied"]:
    from tests.emptied import Emptied

    schemas = Emptied(postgresql_database)
    yield schemas
    schemas.close()


@pytest.fixture
def postgresql_url_with_tables(emptied: "Emptied") -> Iterator[str]:
    """The same with its tables made, for tests that are not about making them: far quicker yet."""
    schema = emptied.take()
    yield emptied.url_of(schema)
    emptied.give_back(schema)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'grootboek.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh, empty database; the test runs once for each kind of store."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
