"""Roles on PostgreSQL: one that only adds to the log, one that only reads; rows of one grootboek.

They are group roles: a service logs in as a member of one. What a role may not, the server refuses,
whatever the program does. See ``docs/roles.md``.
"""

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen
from sqlalchemy import Connection, Engine

from rekenschap.application.errors import Incorrect
from rekenschap.infrastructure.migrations.ready import refuse_older
from rekenschap.infrastructure.migrations.revisions import VERSION_TABLE, stand_of
from rekenschap.infrastructure.store.engine import for_writing
from rekenschap.infrastructure.store.faults import transaction
from rekenschap.infrastructure.store.schema import wait_for_turn

_NAME: Final = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_LOG: Final = {
    "ledgers": "INSERT, UPDATE (position, hash, recorded_at)",
    "events": "INSERT",
    "event_references": "INSERT",
    "commands": "INSERT, UPDATE (content_hash)",
}
_BALANCES: Final = dict.fromkeys(
    ("projection_positions", "saldo", "tellers", "spoor"), "INSERT, UPDATE, DELETE"
)
_VAULT: Final = {
    "vault_persons": "INSERT, UPDATE (wrapped_key), DELETE",
    "vault_values": "INSERT, DELETE",
    "vault_checks": "INSERT",
    "vault_reads": "INSERT",
}
_SEQUENCES: Final = (("ledgers", "ledger"), ("vault_reads", "number"))
TABLES: Final = (*_LOG, *_BALANCES, *_VAULT)

POLICY: Final = "rekenschap_grootboek"
_MINE: Final = "current_setting('rekenschap.grootboek', true)"


@frozen
class Rollen:
    """The names of the two roles. Raises Incorrect for one that cannot be a name of a role."""

    schrijver: str = "rekenschap_schrijver"
    lezer: str = "rekenschap_lezer"

    def __attrs_post_init__(self) -> None:
        for field, name in (("schrijver", self.schrijver), ("lezer", self.lezer)):
            if not _NAME.fullmatch(name) or name.startswith("pg_"):
                allowed = "at most 63 lower-case letters, digits and underscores; not from pg_ on"
                raise Incorrect(field, name, allowed)
        if self.schrijver == self.lezer:
            raise Incorrect("lezer", self.lezer, "another role than the one that writes")


def make_roles(
    engine: Engine, rollen: Rollen, *, kluis: bool = False, rijbeveiliging: bool = True
) -> None:
    """Make the roles where they are not there, and give them exactly what they need.

    ``kluis`` lets the reader read the tables of the vault too. With ``rijbeveiliging`` a connection
    reaches only the rows of the grootboek it says it is for; without it that is taken away. For
    whoever owns the tables and may make roles. Raises Incorrect for SQLite, Onbeschikbaar when the
    tables are of an older revision or the user may not do this.
    """
    if engine.dialect.name != "postgresql":
        raise Incorrect("database", engine.url.database, "a PostgreSQL server: a file has no roles")
    with transaction(for_writing(engine)) as connection:
        wait_for_turn(connection)
        refuse_older(stand_of(connection))
        for field, role in (("schrijver", rollen.schrijver), ("lezer", rollen.lezer)):
            _make(connection, field, role)
        for statement in (
            *_grants(connection, rollen, kluis=kluis),
            *_policies(rijbeveiliging=rijbeveiliging),
        ):
            connection.exec_driver_sql(statement)


def _make(connection: Connection, field: str, role: str) -> None:
    """A role that owns the tables, or is a superuser, would be refused nothing."""
    asked = """
        SELECT pg_has_role(r.oid, c.relowner, 'MEMBER') FROM pg_roles r, pg_class c
        WHERE r.rolname = %s AND c.oid = 'events'::regclass"""
    above = connection.exec_driver_sql(asked, (role,)).scalar()
    if above is None:
        connection.exec_driver_sql(f"CREATE ROLE {role} NOLOGIN")
    elif above:
        raise Incorrect(field, role, "a role that does not own the tables and is no superuser")


def _grants(connection: Connection, rollen: Rollen, *, kluis: bool) -> Iterator[str]:
    """What was given before is taken back first: a role has what is written here, and no more."""
    writer, reader = rollen.schrijver, rollen.lezer
    both = f"{writer}, {reader}"
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    yield f"GRANT USAGE ON SCHEMA {schema} TO {both}"
    for table in (*TABLES, VERSION_TABLE):
        yield f"REVOKE ALL ON {table} FROM {both}"
        yield f"GRANT SELECT ON {table} TO {writer}"
        if kluis or table not in _VAULT:
            yield f"GRANT SELECT ON {table} TO {reader}"
    for table, more in {**_LOG, **_BALANCES, **_VAULT}.items():
        yield f"GRANT {more} ON {table} TO {writer}"
    for table, column in _SEQUENCES:
        sequence = f"SELECT pg_get_serial_sequence('{table}', '{column}')"
        name = connection.exec_driver_sql(sequence).scalar_one()
        yield f"REVOKE ALL ON SEQUENCE {name} FROM {both}"
        yield f"GRANT USAGE ON SEQUENCE {name} TO {writer}"


def _policies(*, rijbeveiliging: bool) -> Iterator[str]:
    """For everybody but the owner. The vault knows a grootboek by its id, the log by its number."""
    for table in TABLES:
        yield f"DROP POLICY IF EXISTS {POLICY} ON {table}"
        if not rijbeveiliging:
            yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
            continue
        known_by = "id" if table in _VAULT else "ledger"
        mine = f"ledger = (SELECT l.{known_by} FROM ledgers l WHERE l.name = {_MINE})"
        if table == "ledgers":
            mine = f"name = {_MINE}"
        yield f"CREATE POLICY {POLICY} ON {table} USING ({mine})"
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
