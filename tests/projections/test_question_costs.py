"""What a question reads of large tables: what it is about, by the index that is there for it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, event
from tests.projections.tables import Place

from rekenschap.projections import queries

DAY = date(2026, 12, 31)
SCHEMA_ONLY = "projection_positions"


@pytest.fixture
def asked(opened_sqlite: Any) -> Iterator[tuple[Connection, list[tuple[str, Any]]]]:
    """A connection, and the statements that went over it: the plan follows from the schema."""
    place: Place = opened_sqlite()
    seen: list[tuple[str, Any]] = []
    store: Any = place.ledger._store

    def note(_: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        seen.append((statement, values))

    with store.engine.connect() as connection:
        event.listen(connection, "before_cursor_execute", note)
        yield connection, seen


def plans(connection: Connection, seen: list[tuple[str, Any]]) -> list[str]:
    """How each statement finds its rows, but for the number of the set that is read."""
    found = []
    for statement, values in list(seen):
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        found += [row[3] for row in rows if SCHEMA_ONLY not in row[3] and "SUBQUERY" not in row[3]]
    return found


@pytest.mark.parametrize("column", ["jeugdige", "toewijzing"])
def test_a_page_of_the_trail(asked: Any, column: str) -> None:
    connection, seen = asked

    queries.trail(connection, 1, column, "x", DAY, 1000, after=5, limit=100)

    (first,) = plans(connection, seen)
    assert f"USING INDEX spoor_by_{column} " in first
    assert f"{column}=? AND bekend_van>? AND bekend_van<?" in first


@pytest.mark.parametrize("count", [1, 2, 100])
def test_what_replaced_the_lines_of_a_page(asked: Any, count: int) -> None:
    connection, seen = asked

    queries._replaced(connection, 1, list(range(1, count + 1)), 1000)

    lines, about = plans(connection, seen)
    assert "VIRTUAL TABLE" in lines
    assert "USING INDEX spoor_by_betreft (ledger=? AND generation=? AND betreft=?" in about


@pytest.mark.parametrize("column", ["jeugdige", "aanbieder"])
def test_a_page_of_balances(asked: Any, column: str) -> None:
    connection, seen = asked
    vault: Any = None

    queries.balances(connection, vault, 1, column, "x", DAY, 1000, after="", limit=100)

    found = plans(connection, seen)
    assert any(f"USING INDEX saldo_by_{column} " in one for one in found), found
    assert not any("saldo USING PRIMARY KEY (ledger=? AND generation=?)" in it for it in found), (
        found
    )


def test_one_balance(asked: Any) -> None:
    connection, seen = asked
    vault: Any = None

    queries.balance(connection, vault, 1, "T1", DAY, 1000)

    (only,) = plans(connection, seen)
    assert "toewijzing=? AND geldig_van<?" in only
