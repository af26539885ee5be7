"""The database itself refuses to alter what is recorded.

Lines and their references are only ever added. Of a command only the hash of its content can be
forgotten, and the head of a grootboek only moves forward. Whoever owns the tables can drop these
triggers: against that there are the seal and the checkpoints.
"""

from typing import Final

from rekenschap.infrastructure.migrations.statements import Texts, run

revision: Final = "0002"
down_revision: Final = "0001"

_TABLES: Final = ("ledgers", "events", "event_references", "commands")
_ONLY_ADDED: Final = ("events", "event_references")

_FORGOTTEN: Final = """(
    length(NEW.content_hash) > 0
    OR NEW.ledger <> OLD.ledger
    OR NEW.command_id <> OLD.command_id
    OR NEW.first_position <> OLD.first_position
    OR NEW.last_position <> OLD.last_position
)"""
_FORWARD: Final = """(
    NEW.position <= OLD.position
    OR NEW.ledger <> OLD.ledger
    OR NEW.id <> OLD.id
    OR NEW.name <> OLD.name
)"""
_RAISED: Final = "what is recorded in {table} is not altered"


def _sqlite(table: str, event: str, when: str = "") -> str:
    condition = f"WHEN {when}\n" if when else ""
    return f"""CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table}
{condition}BEGIN
    SELECT RAISE(ABORT, '{_RAISED.format(table=table)}');
END"""


def _postgresql(table: str, events: str, how: str = "STATEMENT", when: str = "") -> str:
    name = f"{table}_append_only" if how == "STATEMENT" else f"{table}_no_update"
    condition = f"WHEN {when}\n" if when else ""
    return f"""CREATE TRIGGER {name} BEFORE {events} ON {table}
FOR EACH {how} {condition}EXECUTE FUNCTION rekenschap_append_only()"""


# No percent sign and no colon: the texts run as they are, with and without Alembic.
_FUNCTION: Final = f"""CREATE FUNCTION rekenschap_append_only() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'restrict_violation',
        MESSAGE = replace('{_RAISED}', '{{table}}', TG_TABLE_NAME);
END
$$"""

TEXTS: Final[Texts] = {
    "sqlite": (
        *(_sqlite(table, "DELETE") for table in _TABLES),
        *(_sqlite(table, "UPDATE") for table in _ONLY_ADDED),
        _sqlite("commands", "UPDATE", _FORGOTTEN),
        _sqlite("ledgers", "UPDATE", _FORWARD),
    ),
    "postgresql": (
        _FUNCTION,
        *(_postgresql(table, "UPDATE OR DELETE OR TRUNCATE") for table in _ONLY_ADDED),
        _postgresql("commands", "DELETE OR TRUNCATE"),
        _postgresql("ledgers", "DELETE OR TRUNCATE"),
        _postgresql("commands", "UPDATE", "ROW", _FORGOTTEN),
        _postgresql("ledgers", "UPDATE", "ROW", _FORWARD),
    ),
}


def upgrade() -> None:
    run(TEXTS)
