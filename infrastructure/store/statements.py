"""The statements of the log, written once in SQLAlchemy Core and compiled once per database.

They run on the driver's own cursor, by name of parameter: on the path of a decision SQLAlchemy's
execution costs several times what SQLite needs for the statement itself.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any

from attrs import frozen
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    LargeBinary,
    Table,
    Text,
    bindparam,
    case,
    cast,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.sql.base import Executable
from sqlalchemy.types import TypeEngine

from rekenschap.infrastructure.store.clauses import (
    LIMIT,
    LINE,
    MINE,
    ZERO,
    one_of,
    values_of,
    window,
)
from rekenschap.infrastructure.store.halving import position_at
from rekenschap.infrastructure.store.schema import commands, event_references, events, ledgers
from rekenschap.infrastructure.store.touching import (
    commands_by_id,
    touched_by,
    touching_postgresql,
    touching_sqlite,
)


@frozen
class Statements:
    """The text of each statement for one database."""

    lists_are_json: bool
    head: str
    lock_head: str
    move_head: str
    insert_event: str
    insert_reference: str
    insert_command: str
    find_command: str
    find_commands: str
    forget_content: str
    versions: str
    read: str
    read_from: str
    read_names: str
    read_topics: str
    read_raw: str
    read_hashes: str
    read_stream: str
    read_stream_back: str
    references_of: str
    references_between: str
    touched_by: str
    position_at: str
    last_position: str

    def as_list(self, values: Iterable[str]) -> Any:
        """A list as the parameter the statements take: SQLite has no arrays."""
        return json.dumps(list(values)) if self.lists_are_json else list(values)

    def cursor_on(self, connection: Any) -> Any:
        """A cursor of the driver; from PostgreSQL bytes come as they are and not spelled in hex."""
        return connection.cursor() if self.lists_are_json else connection.cursor(binary=True)

    def run_rows(self, cursor: Any, sql: str, rows: Sequence[dict[str, Any]]) -> None:
        """Run one of the inserts of several rows, in the way this database is quickest."""
        if not rows:
            return
        if self.lists_are_json:
            cursor.executemany(sql, rows)
        else:
            cursor.execute(sql, {name: [row[name] for row in rows] for name in rows[0]})

    def at_once(self, cursor: Any) -> AbstractContextManager[Any]:
        """A block whose statements go to the server in one journey; nothing is read in it."""
        return nullcontext() if self.lists_are_json else cursor.connection.pipeline()


@cache
def statements_for(dialect_name: str) -> Statements:
    sqlite: Any = pysqlite.dialect  # their constructors carry no types
    postgresql: Any = psycopg.dialect
    dialect = sqlite(paramstyle="named") if dialect_name == "sqlite" else postgresql()
    texts = {**_writing(dialect_name), **_reading(dialect_name), **_looking_up(dialect_name)}
    compiled = {name: str(it.compile(dialect=dialect)) for name, it in texts.items()}
    return Statements(lists_are_json=dialect_name == "sqlite", **compiled)


def _writing(dialect_name: str) -> dict[str, Any]:
    head = select(ledgers.c.position, ledgers.c.hash, ledgers.c.recorded_at).where(
        ledgers.c.ledger == bindparam("ledger")
    )
    moved: dict[str, Any] = {name: bindparam(name) for name in ("position", "hash", "recorded_at")}
    return {
        "head": head,
        "lock_head": head.with_for_update(),
        "move_head": update(ledgers)
        .where(ledgers.c.ledger == bindparam("this_ledger"))
        .values(moved),
        "insert_event": _insert_rows(events, dialect_name),
        "insert_reference": _insert_rows(event_references, dialect_name),
        "insert_command": _insert_rows(commands, dialect_name),
        "forget_content": update(commands)
        .where(
            commands.c.ledger == bindparam("this_ledger"),
            commands.c.command_id == bindparam("this_command"),
        )
        .values(content_hash=bindparam("content_hash")),
    }


def _insert_rows(table: Table, dialect_name: str) -> Any:
    """On PostgreSQL all rows go in one statement, a list per column: one journey to the server."""
    if dialect_name == "sqlite":
        return insert(table)
    names = [column.name for column in table.columns]
    lists = [bindparam(it.name, type_=ARRAY(_plain(it.type))) for it in table.columns]
    rows = func.unnest(*lists).table_valued(*names).render_derived()
    return insert(table).from_select(names, select(*rows.c))


def _plain(column_type: TypeEngine[Any]) -> TypeEngine[Any]:
    """The type without its collation, which a list of values cannot carry."""
    return Text() if isinstance(column_type, Text) else column_type


def _reading(dialect_name: str) -> dict[str, Any]:
    lines = select(*LINE).where(MINE)
    between = lines.where(*window(events.c.position)).order_by(events.c.position)
    stream = (
        lines.where(
            events.c.stream == bindparam("stream"),
            events.c.stream_version > bindparam("after", type_=BigInteger),
            events.c.stream_version <= bindparam("upto", type_=BigInteger),
        )
        .limit(LIMIT)
        .offset(ZERO)
    )
    topic = case(
        (events.c.version == ZERO, events.c.name),
        else_=events.c.name + literal_column("'/'", Text) + cast(events.c.version, Text),
    )
    return {
        "read": touching_sqlite() if dialect_name == "sqlite" else touching_postgresql(),
        "read_from": between.limit(LIMIT).offset(ZERO),
        "read_names": between.where(one_of(events.c.name, "names", dialect_name))
        .limit(LIMIT)
        .offset(ZERO),
        "read_topics": between.where(one_of(topic, "topics", dialect_name))
        .limit(LIMIT)
        .offset(ZERO),
        "read_raw": _raw(dialect_name),
        "read_hashes": select(events.c.position, events.c.hash)
        .where(MINE, *window(events.c.position))
        .order_by(events.c.position)
        .limit(LIMIT)
        .offset(ZERO),
        "read_stream": stream.order_by(events.c.stream_version),
        "read_stream_back": stream.order_by(events.c.stream_version.desc()),
    }


def _raw(dialect_name: str) -> Executable:
    """Lines with their text as bytes: to verify, also what is no longer text must be read."""

    def as_bytes(column: ColumnElement[Any]) -> ColumnElement[Any]:
        if dialect_name == "sqlite":
            return cast(column, LargeBinary)
        return func.convert_to(column, literal_column("'UTF8'"))

    columns = [as_bytes(it) if it.name in ("stream", "name") else it for it in LINE]
    return (
        select(*columns)
        .where(MINE, *window(events.c.position))
        .order_by(events.c.position)
        .limit(LIMIT)
        .offset(ZERO)
    )


def _looking_up(dialect_name: str) -> dict[str, Any]:
    wanted = values_of("streams", dialect_name)
    newest = (
        select(func.max(events.c.stream_version))
        .where(MINE, events.c.stream == wanted.c.value)
        .scalar_subquery()
    )
    return {
        "find_command": select(
            commands.c.content_hash, commands.c.first_position, commands.c.last_position
        ).where(
            commands.c.ledger == bindparam("ledger"),
            commands.c.command_id == bindparam("command_id"),
        ),
        "find_commands": commands_by_id(dialect_name),
        "touched_by": touched_by(dialect_name),
        "versions": select(wanted.c.value, newest),
        "references_of": select(event_references.c.reference)
        .where(
            event_references.c.ledger == bindparam("ledger"),
            event_references.c.position == bindparam("position"),
        )
        .order_by(event_references.c.reference),
        "references_between": select(
            event_references.c.position, event_references.c.reference
        ).where(
            event_references.c.ledger == bindparam("ledger"),
            event_references.c.position > bindparam("after"),
            event_references.c.position <= bindparam("upto"),
        ),
        "position_at": position_at(),
        "last_position": select(func.max(events.c.position)).where(MINE),
    }
