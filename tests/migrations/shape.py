"""What a database is made of, in a form that can be compared."""

from typing import Any

from sqlalchemy import Connection, MetaData, make_url

from rekenschap.infrastructure.store.schema import log_metadata
from rekenschap.infrastructure.store.vault_tables import vault_metadata
from rekenschap.projections.schema import projection_metadata

_POSTGRESQL = {
    "columns": """
        SELECT table_name, column_name, data_type, is_nullable, collation_name,
               regexp_replace(column_default, '[a-z_0-9]+\\.', '')
        FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, 2""",
    "indexes": """
        SELECT replace(indexdef, quote_ident(schemaname) || '.', '') FROM pg_indexes
        WHERE schemaname = current_schema() ORDER BY 1""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = current_schema()::regnamespace ORDER BY 1, 2""",
    "triggers": """
        SELECT tgname, replace(pg_get_triggerdef(oid), current_schema() || '.', '') FROM pg_trigger
        WHERE NOT tgisinternal AND tgrelid::regclass::text NOT LIKE '%.%' ORDER BY 1""",
    "functions": """
        SELECT proname, prosrc FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace ORDER BY 1""",
}
TABLES = ("columns", "indexes", "constraints")


def plain(url: str) -> Any:
    """A connection of the driver, as anybody can make one; it commits each statement."""
    import psycopg

    wanted = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(wanted, autocommit=True, connect_timeout=10)


def all_tables() -> MetaData:
    """The tables as the code has them."""
    together = MetaData()
    for metadata in (log_metadata, vault_metadata, projection_metadata):
        for table in metadata.tables.values():
            table.to_metadata(together)
    return together


def shape_of(connection: Connection) -> dict[str, list[Any]]:
    """Tables, indexes and triggers; where tables are made in another order, it is the same."""
    if connection.dialect.name == "sqlite":
        asked = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 1, 2"
        rows = [tuple(row) for row in connection.exec_driver_sql(asked)]
        return {
            kind: [(name, _spaced(sql)) for one, name, sql in rows if one == kind]
            for kind in ("table", "index", "trigger")
        }
    return {
        name: [tuple(row) for row in connection.exec_driver_sql(text.replace("%", "%%"))]
        for name, text in _POSTGRESQL.items()
    }


def of_tables(shape: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Without triggers, which no table in the code knows of, and without Alembic's own."""
    return {
        kind: [row for row in rows if "rekenschap_schema" not in str(row)]
        for kind, rows in shape.items()
        if kind in ("table", "index", *TABLES)
    }


def _spaced(sql: str) -> str:
    for mark in "(),":
        sql = sql.replace(mark, f" {mark} ")
    return " ".join(sql.split())
