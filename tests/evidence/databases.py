"""Tampering with a real database, by whoever can write to all of its tables; put right each time.

The front door verifies what then stands there. Drawn at random with a seed: opening, changing and
verifying a database takes milliseconds, not microseconds.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError
from tests.evidence.small import Stored, fitting_head, rechained
from tests.evidence.tampering import (
    PAYLOAD,
    Case,
    Named,
    differs_at,
    flipped,
    kept_sets,
    stretch_of,
)
from tests.owner import drop_guards

from rekenschap.application import Broken, Controlepunt, Rekenschap
from rekenschap.infrastructure.store.schema import commands, event_references, events, ledgers
from rekenschap.infrastructure.store.seal import Row, first_hash, to_microseconds

TABLES: Final = (ledgers, events, event_references, commands)
COLUMNS: Final = (
    "position",
    "recorded_at",
    "stream",
    "stream_version",
    "name",
    "version",
    "payload",
    "hash",
)
TEXTS: Final = (2, 4)
_Changed = Callable[[Connection, random.Random], "int | None"]
"""Changes something; the first position that is wrong then, None to have it looked up."""


class Database:
    """A ledger in a database, and what stood there before anybody touched it."""

    def __init__(self, rekenschap: Rekenschap) -> None:
        store: Any = rekenschap._store
        self.rekenschap, self.engine = rekenschap, store.engine
        self.stored = Stored.of(rekenschap)
        with self.engine.begin() as connection:
            drop_guards(connection)
            self._before = {one: self._rows(connection, one) for one in TABLES}

    @staticmethod
    def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
        return [dict(row) for row in connection.execute(select(table)).mappings()]

    @contextmanager
    def changed(self, change: Callable[[Connection], Any]) -> Iterator[Any]:
        """With a change committed, for the length of the block."""
        try:
            with self.engine.begin() as connection:
                result = change(connection)
            yield result
        finally:
            with self.engine.begin() as connection:
                for table in TABLES:
                    connection.execute(delete(table))
                    connection.execute(insert(table), self._before[table])

    def said(self, tegen: tuple[Controlepunt, ...] = ()) -> Named | None:
        try:
            self.rekenschap.verify(tegen=tegen)
        except Broken as error:
            return Named.by(error)
        return None

    def rows_now(self) -> list[Row]:
        store: Any = self.rekenschap._store
        with store.reading() as unit:
            return [tuple(row) for row in unit.log.read_raw(None, upto=2**62, limit=1_000)]

    def case(self, change: _Changed, chance: random.Random) -> Case | None:
        """One change, judged without checkpoints; None when the database would not have it."""
        with (
            suppress(IntegrityError, DataError),
            self.changed(lambda connection: change(connection, chance)) as truth,
        ):
            if truth is None:
                truth = differs_at(self.stored, self.rows_now())
            return Case(self.said(), truth)
        return None


def one_bit(connection: Connection, chance: random.Random) -> None:
    """A bit of a column of a line; of a text one that leaves it ASCII, which both stores take."""
    rows = connection.execute(select(events).order_by(events.c.position)).mappings().all()
    row = chance.choice(rows)
    column = chance.randrange(8)
    name = COLUMNS[column]
    value = row[name]
    if column in TEXTS:
        content = value.encode()
        changed: Any = flipped(content, column, chance.randrange(len(content)) * 8).decode()
    else:
        size = len(value) * 8 if isinstance(value, bytes) else (31 if name == "version" else 63)
        changed = flipped(value, column, chance.randrange(size))
    mine = events.c.position == row["position"]
    connection.execute(update(events).where(mine).values({name: changed}))


def one_line_gone(connection: Connection, chance: random.Random) -> int:
    """With its references; its command stays if another line carries it."""
    position = chance.choice(connection.scalars(select(events.c.position)).all())
    connection.execute(delete(events).where(events.c.position == position))
    if chance.random() < 0.5:
        mine = event_references.c.position == position
        connection.execute(delete(event_references).where(mine))
    return position


def two_lines_swapped(connection: Connection, chance: random.Random) -> int:
    one, other = sorted(chance.sample(connection.scalars(select(events.c.position)).all(), 2))
    for old, new in ((one, -1), (other, one), (-1, other)):
        moved = update(events).where(events.c.position == old).values(position=new)
        connection.execute(moved)
    return one


def a_copy_put_in(connection: Connection, chance: random.Random) -> int:
    """All later lines make room, as do the head, and what stands beside them."""
    rows = connection.execute(select(events).order_by(events.c.position)).mappings().all()
    copied, place = dict(chance.choice(rows)), chance.randrange(1, len(rows) + 1)
    for row in reversed(rows):
        if row["position"] > place:
            mine = events.c.position == row["position"]
            moved = update(events).where(mine).values(position=row["position"] + 1)
            connection.execute(moved)
    copied |= {"position": place + 1, "stream_version": 10_000 + place}
    connection.execute(insert(events), [copied])
    connection.execute(update(ledgers).values(position=len(rows) + 1))
    return place + 1


def one_reference(connection: Connection, chance: random.Random) -> int:
    """Taken away, added, or moved to another line."""
    found = connection.execute(select(event_references)).mappings().all()
    row = dict(chance.choice(found))
    mine = (event_references.c.position == row["position"]) & (
        event_references.c.reference == row["reference"]
    )
    match chance.randrange(3):
        case 0:
            connection.execute(delete(event_references).where(mine))
            return int(row["position"])
        case 1:
            added = row | {"reference": f"toewijzing/X{chance.randrange(10**6)}"}
            connection.execute(insert(event_references), [added])
            return int(row["position"])
    other = chance.choice([one["position"] for one in found if one["position"] != row["position"]])
    connection.execute(update(event_references).where(mine).values(position=other))
    return int(min(row["position"], other))


def one_command(connection: Connection, chance: random.Random) -> int:
    """Its id, its positions, or the whole of it; the first line it is about is named."""
    row = dict(chance.choice(connection.execute(select(commands)).mappings().all()))
    mine = commands.c.command_id == row["command_id"]
    first, last = row["first_position"], row["last_position"]
    match chance.randrange(4):
        case 0:
            connection.execute(delete(commands).where(mine))
        case 1:
            other = f"{row['command_id']}-{chance.randrange(10**6)}"
            connection.execute(update(commands).where(mine).values(command_id=other))
        case 2:
            other = first + chance.choice((-1, 1))
            connection.execute(update(commands).where(mine).values(first_position=other))
        case 3:
            other = last + chance.choice((-1, 1))
            connection.execute(update(commands).where(mine).values(last_position=other))
            return int(last)
    return int(first)


def the_head(connection: Connection, chance: random.Random) -> int:
    """Its position, hash or moment."""
    row = dict(connection.execute(select(ledgers)).mappings().one())
    count, column = row["position"], chance.choice(("position", "hash", "recorded_at"))
    if column == "hash":
        changed: Any = flipped(row["hash"], 7, chance.randrange(256))
    else:
        changed = flipped(row[column], 0, chance.randrange(63))
    connection.execute(update(ledgers).values({column: changed}))
    if column != "position":
        return int(count)
    return int(min(count, max(changed, 0))) + 1


SIMPLE: Final[dict[str, _Changed]] = {
    "a bit of a stored column": one_bit,
    "a line deleted": one_line_gone,
    "two lines swapped": two_lines_swapped,
    "a copy put in, the rest moved along": a_copy_put_in,
    "a reference of a line": one_reference,
    "a command": one_command,
    "the head": the_head,
}


def simple(database: Database, kind: str, count: int, chance: random.Random) -> Iterator[Case]:
    for _ in range(count):
        case = database.case(SIMPLE[kind], chance)
        if case is not None:
            yield case


def cut_off(database: Database, count: int, chance: random.Random) -> Iterator[Case]:
    """The tail gone from every table, with a head that fits: only a checkpoint tells."""
    stored = database.stored
    for _ in range(count):
        length = chance.randrange(len(stored.rows))
        while commands_across(stored, database, length):
            length = chance.randrange(len(stored.rows))
        kept = chance.choice(kept_sets(stored))
        with database.changed(lambda connection, length=length: _cut(connection, stored, length)):
            assert database.said() is None, "without a checkpoint it must not show"
            yield Case(database.said(kept), length + 1)


def commands_across(stored: Stored, database: Database, length: int) -> bool:
    """Whether a command has lines on both sides: that cut would show in its last position."""
    return any(
        row["first_position"] <= length < row["last_position"] for row in database._before[commands]
    )


def _cut(connection: Connection, stored: Stored, length: int) -> None:
    for table, column in (
        (events, events.c.position),
        (event_references, event_references.c.position),
        (commands, commands.c.first_position),
    ):
        connection.execute(delete(table).where(column > length))
    _write_head(connection, stored, list(stored.rows[:length]))


def _write_head(connection: Connection, stored: Stored, rows: list[Row]) -> None:
    head = fitting_head(rows, first_hash(stored.ledger))
    at = None if head.recorded_at is None else to_microseconds(head.recorded_at)
    written = {"position": head.position, "hash": head.hash, "recorded_at": at}
    connection.execute(update(ledgers).values(written))


def rewritten(database: Database, count: int, chance: random.Random) -> Iterator[Case]:
    """From some line on with other outcomes and moments, hashes and head that fit."""
    stored = database.stored
    for _ in range(count):
        rows = list(stored.rows)
        at = chance.randrange(len(rows))
        row: Any = rows[at]
        other = (
            row[PAYLOAD].replace(b'"programma":"rekenschap-', b'"programma":"anders-'),
            row[PAYLOAD].replace(b'"uitkomst":"ge', b'"uitkomst":"Ge'),
        )[chance.randrange(2)]
        changed: Any = (row[0], row[1] + 1, *row[2:PAYLOAD], other, row[7])
        previous = rows[at - 1][7] if at else first_hash(stored.ledger)
        anew = [*rows[:at], *rechained([changed, *rows[at + 1 :]], previous, at + 1)]
        kept = chance.choice(kept_sets(stored))
        with database.changed(lambda connection, anew=anew: _write(connection, stored, anew)):
            assert database.said() is None, "without a checkpoint it must not show"
            yield Case(database.said(kept), at + 1, stretch_of(at + 1, anew, kept))


def _write(connection: Connection, stored: Stored, rows: list[Row]) -> None:
    for row in rows:
        values = {"recorded_at": row[1], "payload": row[PAYLOAD], "hash": row[7]}
        mine = events.c.position == row[0]
        connection.execute(update(events).where(mine).values(values))
    _write_head(connection, stored, rows)


def all_kinds(
    database: Database, count: int, chance: random.Random
) -> Iterator[tuple[str, Iterator[Case]]]:
    """Every kind by name, ``count`` of each."""
    for kind in SIMPLE:
        yield kind, simple(database, kind, count, chance)
    yield "the tail cut off everywhere, against checkpoints", cut_off(database, count, chance)
    yield "rewritten in the database, against checkpoints", rewritten(database, count, chance)
