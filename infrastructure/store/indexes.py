"""SQLite keeps a value in its table and again in every index on it, and reads whichever is quicker.

So verifying what stands in one of them is not enough: the copies must be the same. Only whoever
changes the file itself, or a disk that fails, can make them differ: SQLite writes both.
"""

from typing import Final

from sqlalchemy import Connection

from rekenschap.application.errors import Broken
from rekenschap.infrastructure.store.schema import commands, event_references, events, ledgers

_TABLES: Final = (ledgers, events, event_references, commands)


def check_indexes(connection: Connection) -> None:
    """Raises Broken when a table and one of its indexes hold different values; SQLite only.

    All grootboeken of the file are looked at: they share their tables. Which position it is about
    is not known: SQLite itself compares, and names the row.
    """
    if connection.dialect.name != "sqlite":
        return
    for table in _TABLES:
        asked = f"PRAGMA integrity_check({table.name})"
        found = connection.exec_driver_sql(asked).scalars().all()
        if found != ["ok"]:
            raise Broken(f"the database file is damaged ({found[0]})")
