"""What the tests of faults share: databases of each kind, as many as they want."""

from collections.abc import Iterator

import pytest
from tests.faults.databases import Databases, PostgresqlSchemas, SqliteFiles


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def where(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """Fresh databases of a kind; the test runs once for each kind of store."""
    if request.param == "sqlite":
        yield SqliteFiles(request.getfixturevalue("tmp_path"))
        return
    schemas = PostgresqlSchemas(request.getfixturevalue("postgresql_database"))
    yield schemas
    schemas.close()
