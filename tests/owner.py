"""What the owner of the tables can do, and nobody else: take the guards of the database away.

The tests of evidence need it: whoever can do that can alter every row, and must still be found out.
"""

import sqlite3

from sqlalchemy import Connection

_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


def drop_guards(connection: Connection | sqlite3.Connection) -> None:
    """Drop the triggers that refuse changes of what is recorded; nothing where there are none."""
    if isinstance(connection, sqlite3.Connection):
        for (name,) in connection.execute(_TRIGGERS).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
    elif connection.dialect.name == "sqlite":
        for name in connection.exec_driver_sql(_TRIGGERS).scalars().all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
    else:
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS rekenschap_append_only CASCADE")
