"""The guards of the log (revision 0002): which of them are missing, and putting those back.

Whoever owns the tables can take a guard away, by hand or by restoring a copy without triggers. Then
nothing refuses a change of what is recorded any more, and only verifying would show it.
"""

import re
from typing import Final

from sqlalchemy import Connection

from rekenschap.infrastructure.migrations.versions.r0002_append_only import TEXTS

_TRIGGER: Final = re.compile(r"CREATE TRIGGER (\w+) BEFORE .*? ON (\w+)", re.DOTALL)
_SQLITE: Final = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
_POSTGRESQL: Final = """
SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE tgenabled IN ('O', 'A') AND pg_table_is_visible(pg_class.oid)"""
_FUNCTION: Final = "CREATE FUNCTION"


def missing_guards(connection: Connection) -> tuple[str, ...]:
    """The names of the guards that are not there, or are switched off."""
    dialect = connection.dialect.name
    asked = _SQLITE if dialect == "sqlite" else _POSTGRESQL
    there = set(connection.exec_driver_sql(asked).scalars())
    named = (_TRIGGER.match(text) for text in TEXTS[dialect])
    return tuple(one[1] for one in named if one is not None and one[1] not in there)


def restore_guards(connection: Connection) -> tuple[str, ...]:
    """Put the missing ones back, in the transaction that is going on; which they were."""
    missing = missing_guards(connection)
    for text in TEXTS[connection.dialect.name] if missing else ():
        trigger = _TRIGGER.match(text)
        if trigger is None:
            connection.exec_driver_sql(text.replace(_FUNCTION, "CREATE OR REPLACE FUNCTION", 1))
        elif trigger[1] in missing:
            if connection.dialect.name != "sqlite":  # it may be there, switched off
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger[1]} ON {trigger[2]}")
            connection.exec_driver_sql(text)
    return missing
