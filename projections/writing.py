"""Inserting many rows at once: on the driver, past SQLAlchemy's handling of every single value."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, insert

from rekenschap.application.parallel import Rij
from rekenschap.projections.schema import projection_metadata


def in_batches(
    rows: Iterable[Rij], generation: int, size: int
) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Rows that were folded elsewhere, as rows of this set, so many of one table at a time."""
    for name, found in groupby(rows, key=itemgetter(0)):
        table = projection_metadata.tables[name]
        columns = table.columns.keys()
        while some := [
            {**dict(zip(columns, row, strict=True)), "generation": generation}
            for _, row in islice(found, size)
        ]:
            yield table, some


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have every column of the table."""
    if not rows:
        return
    names = tuple(column.name for column in table.columns)
    if connection.dialect.name == "postgresql":
        if _guarded(connection, table):
            connection.execute(insert(table), list(rows))
        else:
            _copied(connection, table, names, rows)
    else:
        values = [tuple([row[name] for name in names]) for row in rows]
        connection.exec_driver_sql(_statement(connection.dialect, table), values)


def look_at(connection: Connection, tables: Iterable[Table]) -> None:
    """Have a PostgreSQL server look at tables into which much was written at once: it chooses how
    to find rows by what it knows. It passes over tables that are not of this user, and over those
    that somebody holds."""
    if connection.dialect.name == "postgresql":
        names = ", ".join(table.name for table in tables)
        connection.exec_driver_sql(f"ANALYZE (SKIP_LOCKED) {names}")


def _guarded(connection: Connection, table: Table) -> bool:
    """Whether the server holds this user to the rows of one grootboek: COPY is then refused. Asked
    each time, since the owner can begin with it (``rekenschap rollen``) while services run."""
    active = "SELECT row_security_active(%s::regclass)"
    return bool(connection.exec_driver_sql(active, (table.name,)).scalar())


def _copied(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> None:
    """PostgreSQL takes many rows fastest as a stream; they are in the same transaction."""
    driver: Any = connection.connection.driver_connection
    columns = ", ".join(names)
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as to:
        for row in rows:
            to.write_row([row[name] for name in names])


@lru_cache(maxsize=64)
def _statement(dialect: Any, table: Table) -> str:
    return str(insert(table).compile(dialect=dialect))
