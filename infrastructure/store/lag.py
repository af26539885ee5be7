"""What a server says of itself: does it follow another one, and how far behind is it?"""

from datetime import timedelta

from sqlalchemy import Connection, select

from rekenschap.application.achterstand import Achterstand
from rekenschap.projections.schema import projection_positions

# All that was received may be replayed while the primary goes on without us: then the age of the
# last change is the least we know. Who may not see the statistics still sees that there is a row.
_FOLLOWING = """
SELECT receiving, CASE
    WHEN receiving AND pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
    ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())
END FROM (SELECT EXISTS (SELECT FROM pg_stat_wal_receiver WHERE pid IS NOT NULL)) AS it(receiving)
"""
_MAY_RECORD = "SELECT has_any_column_privilege(current_user, 'ledgers', 'UPDATE')"
ZERO = timedelta(0)


def only_reads(connection: Connection) -> bool:
    """Whether nothing can be recorded here: the server follows another one, or the user may not
    move the head of a grootboek. For a database with the tables of the log."""
    if connection.dialect.name != "postgresql":
        return False
    return in_recovery(connection) or not connection.exec_driver_sql(_MAY_RECORD).scalar()


def lag_of(
    connection: Connection, position: int, tables: int, primary: int | None = None
) -> Achterstand:
    """How far behind the database of a connection is; ``primary`` is the position there."""
    receiving: bool | None = None
    behind: timedelta | None = ZERO
    replica = in_recovery(connection)
    if replica:
        receiving, seconds = connection.exec_driver_sql(_FOLLOWING).one()
        behind = None if seconds is None else max(ZERO, timedelta(seconds=float(seconds)))
    return Achterstand(
        positie=position,
        standen=tables,
        hoofd=primary,
        replica=replica,
        verbonden=receiving,
        vertraging=behind,
    )


def folded_to(connection: Connection, ledger: int) -> int:
    """Up to where the tables of balances and history of a grootboek are folded."""
    mine = projection_positions.c.ledger == ledger
    return connection.execute(select(projection_positions.c.position).where(mine)).scalar() or 0


def in_recovery(connection: Connection) -> bool:
    """Whether the server of a connection follows another one, and so is only read."""
    if connection.dialect.name != "postgresql":
        return False
    return bool(connection.exec_driver_sql("SELECT pg_is_in_recovery()").scalar())
