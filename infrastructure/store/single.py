"""What one decision leaves, in one statement: to a server each statement is a journey.

For PostgreSQL. Few rows are written out one by one; a list per column, which many rows need, costs
the server more than it saves. There is a text per number of rows, so that each is prepared once.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.dialects.postgresql import psycopg

from rekenschap.infrastructure.store.schema import commands, event_references, events, ledgers

Row = Mapping[str, Any]
MOST_LINES: Final = 4
MOST_REFERENCES: Final = 24
_HEAD: Final = ("position", "hash", "recorded_at")


def fits(lines: Sequence[Row], touched: Sequence[Row]) -> bool:
    """Whether it is little enough."""
    return 0 < len(lines) <= MOST_LINES and 0 < len(touched) <= MOST_REFERENCES


def write(
    cursor: Any, lines: Sequence[Row], touched: Sequence[Row], named: Sequence[Row], head: Row
) -> None:
    """Insert these rows of the log, and bring the head up to ``head``."""
    values = {f"head_{name}": value for name, value in head.items()}
    for kind, rows in (("line", lines), ("reference", touched), ("command", named)):
        for number, row in enumerate(rows):
            values.update((f"{kind}_{number}_{name}", value) for name, value in row.items())
    cursor.execute(_text(len(lines), len(touched), len(named)), values)


@cache
def _text(lines: int, touched: int, named: int) -> str:
    """The statement for so many rows of each."""
    moved = (
        update(ledgers)
        .where(ledgers.c.ledger == bindparam("head_this_ledger"))
        .values({name: bindparam(f"head_{name}") for name in _HEAD})
    )
    for kind, table, count in (
        ("line", events, lines),
        ("reference", event_references, touched),
        ("command", commands, named),
    ):
        if count:
            new = insert(table).values(list(_rows(kind, table, count)))
            moved = moved.add_cte(new.cte(f"new_{kind}"))
    dialect: Any = psycopg.dialect  # its constructor carries no types
    return str(moved.compile(dialect=dialect()))


def _rows(kind: str, table: Table, count: int) -> Iterable[dict[str, Any]]:
    for number in range(count):
        yield {
            column.name: bindparam(f"{kind}_{number}_{column.name}", type_=column.type)
            for column in table.columns
        }
