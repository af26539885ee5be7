"""What a PostgreSQL server knows of the tables, by which it chooses how to find rows.

It gathers that itself (autovacuum), some while after much was written; who writes much at once has
it look (``projections.writing.look_at``). SQLite keeps none: there the statements say how to go.
"""

from typing import Final

from sqlalchemy import Connection, bindparam, text

from rekenschap.infrastructure.store.schema import commands, event_references, events
from rekenschap.projections.schema import saldo, spoor, tellers

WATCHED: Final = (events, event_references, commands, saldo, spoor, tellers)
LARGE: Final = 20_000
"""Up to so many rows any way to find them is quick enough."""
_UNKNOWN: Final = text("""
SELECT relname FROM pg_stat_user_tables
WHERE relname IN :names AND relid = to_regclass(relname) AND n_live_tup > :large
AND last_analyze IS NULL AND last_autoanalyze IS NULL
ORDER BY relname""").bindparams(bindparam("names", expanding=True))


def unknown(connection: Connection) -> tuple[str, ...]:
    """The large tables that the server has never looked at."""
    if connection.dialect.name != "postgresql":
        return ()
    values = {"names": [table.name for table in WATCHED], "large": LARGE}
    return tuple(connection.execute(_UNKNOWN, values).scalars())
