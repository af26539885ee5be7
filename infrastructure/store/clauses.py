"""Parts that the statements of the log are made of."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Integer,
    Text,
    any_,
    bindparam,
    func,
    literal_column,
    select,
)

from rekenschap.infrastructure.store.schema import events

LINE = (
    events.c.position,
    events.c.recorded_at,
    events.c.stream,
    events.c.stream_version,
    events.c.name,
    events.c.version,
    events.c.payload,
    events.c.hash,
)
ZERO = literal_column("0", Integer)
MINE = events.c.ledger == bindparam("ledger")
LIMIT = bindparam("limit", type_=BigInteger)


def window(number: ColumnElement[int]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Above ``after``, and up to and including ``upto``."""
    after, upto = bindparam("after", type_=BigInteger), bindparam("upto", type_=BigInteger)
    return number > after, number <= upto


def one_of(column: ColumnElement[Any], name: str, dialect_name: str) -> ColumnElement[bool]:
    """``column`` is in a list of any length, in one and the same statement."""
    if dialect_name == "sqlite":
        return column.in_(select(values_of(name, dialect_name).c.value))
    return column == any_(bindparam(name, type_=ARRAY(Text)))


def values_of(name: str, dialect_name: str) -> Any:
    """A list, given as a parameter, as rows with a column ``value`` (see ``as_list``)."""
    if dialect_name == "sqlite":
        return func.json_each(bindparam(name, type_=Text)).table_valued("value", name=name)
    values = func.unnest(bindparam(name, type_=ARRAY(Text))).table_valued("value", name=name)
    return values.render_derived()
