"""The revisions this program knows, and at which one a database is."""

from typing import Final

from attrs import frozen
from sqlalchemy import Connection

from rekenschap.application.errors import Incorrect
from rekenschap.infrastructure.migrations.versions import (
    r0001_first_release,
    r0002_append_only,
    r0003_generations,
)

REVISIONS: Final = (r0001_first_release, r0002_append_only, r0003_generations)
KNOWN: Final = tuple(one.revision for one in REVISIONS)
FIRST: Final = KNOWN[0]
NEWEST: Final = KNOWN[-1]

VERSION_TABLE: Final = "rekenschap_schema"
"""Not Alembic's own name for it: a host may keep its tables, and their revisions, beside ours."""
_OURS: Final = "event_references"
_SQLITE: Final = f"""
SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('{VERSION_TABLE}', '{_OURS}')"""
# Not to_regclass: whoever waited for another to make the tables would still be told there are none.
_POSTGRESQL: Final = f"""
SELECT relname FROM pg_class
WHERE relname IN ('{VERSION_TABLE}', '{_OURS}') AND pg_table_is_visible(oid)"""


@frozen
class Stand:
    """At which revision a database is, None for one without our tables; whether it says so itself.

    One that does not was made before there were migrations: it has the first released schema.
    """

    revision: str | None
    stamped: bool


def stand_of(connection: Connection) -> Stand:
    """Raises Incorrect for a revision that this program does not know."""
    asked = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    there = set(connection.exec_driver_sql(asked).scalars())
    if VERSION_TABLE in there:
        found = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalars()
        revision = ", ".join(sorted(found))
        if revision:
            return Stand(_known(revision), True)
    return Stand(FIRST if _OURS in there else None, False)


def _known(revision: str) -> str:
    if revision not in KNOWN:
        allowed = f"a revision this program knows, up to {NEWEST}: a newer program made this one"
        raise Incorrect("database", revision, allowed)
    return revision
