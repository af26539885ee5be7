"""Looking many things up at once: the lines that touch one of some references, the question that
every decision begins with; what touches what; commands by their ids.

On PostgreSQL nothing of it is left to the planner: ``OFFSET 0`` keeps each step an index lookup.
Its own choice rests on statistics that a growing log does not have yet, and was seen to read the
whole log for one youth, and all commands for a few.
"""

from typing import Any

from sqlalchemy import BigInteger, bindparam, select, true, tuple_

from rekenschap.infrastructure.store.clauses import LINE, MINE, ZERO, one_of, values_of, window
from rekenschap.infrastructure.store.schema import commands, event_references, events


def touching_sqlite() -> Any:
    """All lines that touch one of the references; the inner bound leaves nothing to be sorted."""
    touched = select(event_references.c.position).where(
        event_references.c.ledger == bindparam("ledger"),
        one_of(event_references.c.reference, "references", "sqlite"),
        *window(event_references.c.position),
    )
    lines = select(*LINE).where(MINE, events.c.position.in_(touched))
    return lines.order_by(events.c.position)


def touching_postgresql() -> Any:
    """The same, an index lookup per reference and per line."""
    references, found = _found_postgresql()
    touched = select(found.c.position).select_from(references.join(found, true()))
    one = touched.distinct().subquery("touched")
    line = select(*LINE).where(MINE, events.c.position == one.c.position).offset(ZERO)
    it = line.lateral("line")
    return select(*it.c).select_from(one.join(it, true())).order_by(it.c.position)


def touched_by(dialect_name: str) -> Any:
    """Which of some references lines touch, in any order: position and reference."""
    if dialect_name == "postgresql":
        references, found = _found_postgresql()
        joined = references.join(found, true())
        return select(found.c.position, references.c.value).select_from(joined)
    return select(event_references.c.position, event_references.c.reference).where(
        event_references.c.ledger == bindparam("ledger"),
        one_of(event_references.c.reference, "references", dialect_name),
        *window(event_references.c.position),
    )


def commands_by_id(dialect_name: str) -> Any:
    """Those of some commands that are there, in any order."""
    mine = select(
        commands.c.command_id,
        commands.c.content_hash,
        commands.c.first_position,
        commands.c.last_position,
    ).where(commands.c.ledger == bindparam("ledger"))
    if dialect_name == "postgresql":
        ids = values_of("ids", dialect_name)
        one = mine.where(commands.c.command_id == ids.c.value).offset(ZERO).lateral("one")
        return select(*one.c).select_from(ids.join(one, true()))
    return mine.where(one_of(commands.c.command_id, "ids", dialect_name))


def _found_postgresql() -> tuple[Any, Any]:
    """The references, and beside each the positions of the lines that touch it. The window is one
    on reference and position together: only the primary key has both."""
    references = values_of("references", "postgresql")
    place = tuple_(event_references.c.reference, event_references.c.position)
    found = (
        select(event_references.c.position)
        .where(
            event_references.c.ledger == bindparam("ledger"),
            event_references.c.reference == references.c.value,
            place > tuple_(references.c.value, bindparam("after", type_=BigInteger)),
            place <= tuple_(references.c.value, bindparam("upto", type_=BigInteger)),
        )
        .offset(ZERO)
        .lateral("found")
    )
    return references, found
