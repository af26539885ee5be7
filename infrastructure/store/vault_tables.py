"""The tables of the vault and the statements on them, compiled once per driver."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, CursorResult, Index, MetaData, Table, text
from sqlalchemy.schema import UniqueConstraint
from sqlalchemy.types import BigInteger, Boolean, Integer, LargeBinary, Text

# Compared by bytes: an index then outlives an upgrade of the server's language rules.
_Key = Text().with_variant(Text(collation="C"), "postgresql")

vault_metadata = MetaData()
vault_persons = Table(
    "vault_persons",
    vault_metadata,
    Column("ledger", _Key, primary_key=True),
    Column("reference", _Key, primary_key=True),
    Column("lookup", LargeBinary, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("host_id", LargeBinary, nullable=False),
    UniqueConstraint("ledger", "lookup"),
)
vault_values = Table(
    "vault_values",
    vault_metadata,
    Column("ledger", _Key, primary_key=True),
    Column("commitment", LargeBinary, primary_key=True),
    Column("subject", _Key, nullable=False),
    Column("field", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("keep_until", Text),  # an ISO day: the same text, and the same order, in every store
    Column("sealed", LargeBinary, nullable=False),
    Index("vault_values_subject", "ledger", "subject"),
)
Table(
    "vault_checks",
    vault_metadata,
    Column("ledger", _Key, primary_key=True),
    Column("key_check", LargeBinary, nullable=False),
)

# Who read what of a person: never who that is, and no evidence. Numbers can have gaps.
vault_reads = Table(
    "vault_reads",
    vault_metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("ledger", _Key, nullable=False),
    Column("person", _Key, nullable=False),
    Column("read_at", BigInteger, nullable=False),  # microseconds, as in the log
    Column("reader", _Key),
    Column("role", Text),
    Column("on_behalf", _Key),
    Column("purpose", Text),
    Column("question", Text, nullable=False),
    Column("granted", Boolean, nullable=False),
    Index("vault_reads_person", "ledger", "person", "number"),
)

# Writing a key over itself makes RETURNING give an existing row too; it changes no index.
# Nobody is made with a key that was replaced since opening: then it gives no row.
REFERENCE = """
INSERT INTO vault_persons (ledger, reference, lookup, wrapped_key, host_id)
SELECT :ledger, :reference, :lookup, :wrapped_key, :host_id
WHERE NOT EXISTS
(SELECT 1 FROM vault_checks WHERE ledger = :ledger AND key_check <> :key_check)
ON CONFLICT (ledger, lookup) DO UPDATE SET wrapped_key = vault_persons.wrapped_key
RETURNING reference, wrapped_key"""
FIND = "SELECT reference FROM vault_persons WHERE ledger = :ledger AND lookup = :lookup"
PERSON = """
SELECT lookup, wrapped_key, host_id FROM vault_persons
WHERE ledger = :ledger AND reference = :reference"""
KEEP = """
INSERT INTO vault_values (ledger, commitment, subject, field, purpose, keep_until, sealed)
VALUES (:ledger, :commitment, :subject, :field, :purpose, :keep_until, :sealed)"""
REVEAL = """
SELECT v.subject, v.field, v.sealed, p.wrapped_key FROM vault_values v
JOIN vault_persons p ON p.ledger = v.ledger AND p.reference = v.subject
WHERE v.ledger = :ledger AND v.commitment = :commitment"""
ERASE_VALUES = "DELETE FROM vault_values WHERE ledger = :ledger AND subject = :reference"
ERASE_PERSON = """
DELETE FROM vault_persons WHERE ledger = :ledger AND reference = :reference RETURNING lookup"""
ANYBODY = "SELECT 1 FROM vault_persons WHERE ledger = :ledger LIMIT 1"
NOTE = """
INSERT INTO vault_reads
(ledger, person, read_at, reader, role, on_behalf, purpose, question, granted) VALUES
(:ledger, :person, :read_at, :reader, :role, :on_behalf, :purpose, :question, :granted)"""
CHECK = "SELECT key_check FROM vault_checks WHERE ledger = :ledger"
FIRST_CHECK = """
INSERT INTO vault_checks (ledger, key_check) VALUES (:ledger, :key_check) ON CONFLICT DO NOTHING"""


_compiled: dict[tuple[str, str, str], tuple[str, list[str] | None]] = {}


def run(connection: Connection, statement: str, **values: Any) -> CursorResult[Any]:
    """Compiled once per driver, not at every call: the vault is in the path of every decision."""
    driver_text, order = _for_driver(connection, statement)
    given = values if order is None else tuple(values[name] for name in order)
    return connection.exec_driver_sql(driver_text, given)


def run_rows(connection: Connection, statement: str, rows: Sequence[dict[str, Any]]) -> None:
    """The same, once for each of several rows."""
    driver_text, order = _for_driver(connection, statement)
    given = rows if order is None else [tuple(row[name] for name in order) for row in rows]
    connection.exec_driver_sql(driver_text, list(given))


def _for_driver(connection: Connection, statement: str) -> tuple[str, list[str] | None]:
    dialect = connection.dialect
    known = _compiled.get((dialect.name, dialect.driver, statement))
    if known is None:
        compiled: Any = text(statement).compile(dialect=dialect)
        known = (str(compiled), compiled.positiontup)
        _compiled[dialect.name, dialect.driver, statement] = known
    return known
