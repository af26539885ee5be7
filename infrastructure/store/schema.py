"""The tables of the log; the revisions in ``infrastructure/migrations/`` make them.

Rows are keyed by a small number per grootboek (``ledgers.ledger``), not by its name or its random
id: it stands in every row and every index. There are no foreign keys to it from the log: every
append holds the head row of its grootboek, and a check per line would only cost.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

# Compared by bytes: an index then outlives an upgrade of the server's language rules.
_Key = Text().with_variant(Text(collation="C"), "postgresql")

log_metadata = MetaData()

ledgers = Table(
    "ledgers",
    log_metadata,
    Column("ledger", Integer, primary_key=True, autoincrement=True),
    Column("id", _Key, nullable=False, unique=True),
    Column("name", _Key, nullable=False, unique=True),
    Column("position", BigInteger, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("recorded_at", BigInteger),
)

# A table with a rowid on SQLite: without one, a line of over 1,000 bytes takes an overflow page.
events = Table(
    "events",
    log_metadata,
    Column("ledger", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("stream", _Key, nullable=False),
    Column("stream_version", BigInteger, nullable=False),
    Column("name", _Key, nullable=False),
    Column("version", Integer, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    UniqueConstraint("ledger", "stream", "stream_version"),
)

event_references = Table(
    "event_references",
    log_metadata,
    Column("ledger", Integer, primary_key=True, autoincrement=False),
    Column("reference", _Key, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Index("event_references_by_position", "ledger", "position"),
    sqlite_with_rowid=False,
)

commands = Table(
    "commands",
    log_metadata,
    Column("ledger", Integer, primary_key=True, autoincrement=False),
    Column("command_id", _Key, primary_key=True),
    Column("content_hash", LargeBinary, nullable=False),
    Column("first_position", BigInteger, nullable=False),
    Column("last_position", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

_SCHEMA_LOCK = 0x72656B656E  # "reken": any number will do, as long as every process takes this one


def wait_for_turn(connection: Connection) -> None:
    """On SQLite beginning to write is the turn itself; PostgreSQL has a lock to ask for."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_SCHEMA_LOCK})")
