"""The lines that touch one of some references: the question that every decision begins with."""

from typing import Any

from sqlalchemy import BigInteger, bindparam, select, true, tuple_

from rekenschap.infrastructure.store.clauses import LINE, MINE, ZERO, one_of, values_of, window
from rekenschap.infrastructure.store.schema import event_references, events


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
    """The same, with nothing left to the planner: ``OFFSET 0`` keeps each step an index lookup.

    Its own choice rests on statistics that a growing log does not have yet, and was seen to read
    the whole log for one youth. The window is one on reference and position together: only the
    primary key has both.
    """
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
    touched = select(found.c.position).select_from(references.join(found, true()))
    one = touched.distinct().subquery("touched")
    line = select(*LINE).where(MINE, events.c.position == one.c.position).offset(ZERO)
    it = line.lateral("line")
    return select(*it.c).select_from(one.join(it, true())).order_by(it.c.position)
