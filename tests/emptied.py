"""Schemas on PostgreSQL that were used by a test before, with every row gone again.

Making the tables takes the server a tenth of a second, more than most tests take. A schema is used
again only if it is exactly what it was when it was made; otherwise it is dropped.
"""

from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL

from rekenschap.infrastructure.migrations.ready import create_schema
from rekenschap.infrastructure.migrations.revisions import VERSION_TABLE
from rekenschap.infrastructure.store.engine import make_engine

_SHAPE = """
SELECT kind, of, told FROM (
    SELECT 'relation' kind, relname::text of,
           concat_ws(' ', relkind, relpersistence, relrowsecurity, relforcerowsecurity,
                     relowner, relacl, reloptions, relnatts) told
      FROM pg_class WHERE relnamespace = %(schema)s::regnamespace
    UNION ALL
    SELECT 'column', relname::text, concat_ws(' ', attnum, attname, atttypid, attnotnull, attacl)
      FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
     WHERE relnamespace = %(schema)s::regnamespace AND attnum > 0
    UNION ALL
    SELECT 'trigger', relname::text, concat_ws(' ', tgname, tgenabled, tgtype)
      FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
     WHERE relnamespace = %(schema)s::regnamespace
    UNION ALL
    SELECT 'policy', relname::text, polname::text
      FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
     WHERE relnamespace = %(schema)s::regnamespace
    UNION ALL
    SELECT 'function', proname::text, md5(prosrc)
      FROM pg_proc WHERE pronamespace = %(schema)s::regnamespace
) shape ORDER BY kind, of, told"""
_TABLES = """
SELECT relname FROM pg_class
 WHERE relnamespace = %s::regnamespace AND relkind = 'r' AND relname <> %s"""
_SEQUENCES = """
SELECT setval(oid::regclass, 1, false) FROM pg_class
 WHERE relnamespace = %s::regnamespace AND relkind = 'S'"""


class Emptied:
    """The schemas of one database that are free to be used again."""

    def __init__(self, database: URL) -> None:
        plain = database.set(drivername="postgresql").render_as_string(hide_password=False)
        self._database = database
        self._connection = psycopg.connect(plain, autocommit=True)
        self._connection.execute("SET lock_timeout = '2s'")
        self._free: list[str] = []
        self._shape: list[tuple[str, str, str]] = []

    def close(self) -> None:
        self._connection.close()

    def take(self) -> str:
        """A schema with the tables made and nothing in them."""
        if self._free:
            return self._free.pop()
        name = f"emptied_{uuid4().hex}"
        self._connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(name)))
        engine = make_engine(self.url_of(name))
        create_schema(engine)
        engine.dispose()
        self._shape = self._shape or self._shape_of(name)
        return name

    def url_of(self, name: str) -> str:
        url = self._database.update_query_dict({"options": f"-csearch_path={name}"})
        return url.render_as_string(hide_password=False)

    def give_back(self, name: str) -> None:
        """Empty it for the next one; or leave it, when a test changed it or holds on to it."""
        if self._shape_of(name) == self._shape and self._empties(name):
            self._free.append(name)

    def _shape_of(self, name: str) -> list[tuple[str, str, str]]:
        return self._connection.execute(_SHAPE, {"schema": name}).fetchall()

    def _empties(self, name: str) -> bool:
        tables = self._connection.execute(_TABLES, (name, VERSION_TABLE)).fetchall()
        try:
            with self._connection.transaction():
                # as a replica: the guards of the log refuse it to everybody else
                self._connection.execute("SET LOCAL session_replication_role = replica")
                for (table,) in tables:
                    self._connection.execute(SQL("DELETE FROM {}").format(Identifier(name, table)))
                self._connection.execute(_SEQUENCES, (name,))
        except psycopg.Error:
            return False
        return True
