"""A database with the tables of this program: made, brought up to date, or refused."""

from sqlalchemy import Connection, Engine

from rekenschap.application.errors import Onbeschikbaar
from rekenschap.infrastructure.migrations.revisions import (
    NEWEST,
    REVISIONS,
    VERSION_TABLE,
    Stand,
    stand_of,
)
from rekenschap.infrastructure.store.engine import for_reading, for_writing
from rekenschap.infrastructure.store.faults import transaction
from rekenschap.infrastructure.store.schema import wait_for_turn

_VERSIONS = f"""CREATE TABLE IF NOT EXISTS {VERSION_TABLE} (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num)
)"""


def create_schema(engine: Engine) -> None:
    """Have the tables at the newest revision; what opening a grootboek begins with.

    An empty database gets them, and an older SQLite file is brought up to date. On PostgreSQL that
    is done by whoever owns the tables, with ``rekenschap migreer``: until then Onbeschikbaar.
    Raises Incorrect for a database that a newer program made. Safe when several processes open one
    database at once: the first does the work, the others wait.
    """
    stand = standing(engine)
    if stand.revision == NEWEST:
        return
    if stand.revision is not None and engine.dialect.name != "sqlite":
        refuse_older(stand)
    bring_up_to_date(engine)


def refuse_older(stand: Stand) -> None:
    """Raises Onbeschikbaar for a database that is not at the newest revision."""
    if stand.revision != NEWEST:
        raise Onbeschikbaar(
            f"the database is at revision {stand.revision} and this program needs {NEWEST}: "
            "have its owner run rekenschap migreer"
        )


def standing(engine: Engine) -> Stand:
    """At which revision a database is. Raises Incorrect when this program does not know it."""
    with transaction(for_reading(engine)) as connection:
        return stand_of(connection)


def bring_up_to_date(engine: Engine) -> Stand:
    """Bring a database to the newest revision, all of it or nothing; returns where it was."""
    with transaction(for_writing(engine)) as connection:
        wait_for_turn(connection)
        stand = stand_of(connection)
        if stand.revision is None:
            _make(connection)
        elif stand.revision != NEWEST:
            from rekenschap.infrastructure.migrations.alembic_runs import upgrade

            upgrade(connection, stand)
    return stand


def _make(connection: Connection) -> None:
    """An empty database needs no Alembic: there is nothing in it to be moved."""
    for one in REVISIONS:
        for text in one.TEXTS[connection.dialect.name]:
            connection.exec_driver_sql(text)
    connection.exec_driver_sql(_VERSIONS)
    connection.exec_driver_sql(f"INSERT INTO {VERSION_TABLE} VALUES ('{NEWEST}')")
