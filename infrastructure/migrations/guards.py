"""The guards of the log (revision 0002): which of them are missing, and putting those back.

Whoever owns the tables can take a guard away, switch it off or put another one in its place, by
hand or by restoring a copy without triggers. Then nothing refuses a change of what is recorded any
more, and only verifying would show it.
"""

import re
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from rekenschap.infrastructure.migrations.versions.r0002_append_only import TEXTS

_TRIGGER: Final = re.compile(r"CREATE TRIGGER (\w+) BEFORE .*? ON (\w+)", re.DOTALL)
_BODY: Final = re.compile(r"\$\$(.*)\$\$", re.DOTALL)
_SQLITE: Final = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
_POSTGRESQL: Final = """
SELECT tgname, relname, prosrc FROM pg_trigger
JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE tgenabled IN ('O', 'A') AND pg_table_is_visible(pg_class.oid)"""
_FUNCTION: Final = "CREATE FUNCTION"


def missing_guards(connection: Connection) -> tuple[str, ...]:
    """The names of the guards that are not there as they were made, or are switched off."""
    dialect = connection.dialect.name
    asked = _SQLITE if dialect == "sqlite" else _POSTGRESQL
    there = {(name, table, _words(told)) for name, table, told in connection.exec_driver_sql(asked)}
    return tuple(one[0] for one in _wanted(dialect) if one not in there)


def restore_guards(connection: Connection) -> tuple[str, ...]:
    """Put the missing ones back, in the transaction that is going on; which they were."""
    missing = missing_guards(connection)
    on_server = connection.dialect.name != "sqlite"
    for text in TEXTS[connection.dialect.name] if missing else ():
        trigger = _TRIGGER.match(text)
        if trigger is None:
            connection.exec_driver_sql(text.replace(_FUNCTION, "CREATE OR REPLACE FUNCTION", 1))
        elif trigger[1] in missing:  # another one of that name may stand there
            place = f" ON {trigger[2]}" if on_server else ""
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger[1]}{place}")
            connection.exec_driver_sql(text)
    return missing


def _wanted(dialect: str) -> Iterator[tuple[str, str, str]]:
    """Name, table, and what it does: on SQLite its own text, on PostgreSQL that of its function."""
    body = ""
    for text in TEXTS[dialect]:
        trigger = _TRIGGER.match(text)
        if trigger is not None:
            yield trigger[1], trigger[2], body or _words(text)
        elif (found := _BODY.search(text)) is not None:
            body = _words(found[1])


def _words(text: str) -> str:
    """The same text, however it is laid out."""
    return " ".join(text.split())
