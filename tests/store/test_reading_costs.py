"""What a question reads of a long log: what it asks for, and not what lies before it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from rekenschap.application.ports import NewRecord
from rekenschap.infrastructure.store.statements import statements_for
from rekenschap.infrastructure.store.store import SqlStore

LINES = 3000


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    """Its planner is the one that has to be held to it."""
    return postgresql_url


def rows_read(plan: dict[str, Any]) -> int:
    """The rows that every scan of a table went through, those it threw away as well."""
    under = sum(rows_read(one) for one in plan.get("Plans", ()))
    if "Relation Name" not in plan:
        return under
    each = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
    return under + int(each * plan["Actual Loops"])


@pytest.mark.postgresql
@pytest.mark.parametrize("analyzed", [False, True])
@pytest.mark.parametrize(("youth", "after", "lines"), [(1, LINES, 2), (2, 0, 1)])
def test_lines_are_found_without_reading_what_lies_before_them_or_is_of_others(
    store: SqlStore,
    engine: Engine,
    new_line: Callable[..., NewRecord],
    *,
    youth: int,
    after: int,
    lines: int,
    analyzed: bool,
) -> None:
    long = [new_line("jeugdige/1") for _ in range(LINES - 1)]
    with store.writing() as unit:
        several = [*long, new_line("jeugdige/2"), new_line("jeugdige/1"), new_line("jeugdige/1")]
        unit.log.append(several, moment=unit.log.moment())
    plan = planned(
        engine,
        statements_for("postgresql").read,
        {
            "ledger": store.ledger.key,
            "references": [f"jeugdige/{youth}"],
            "after": after,
            "upto": 2**62,
        },
        analyzed=analyzed,
    )

    assert rows_read(plan) == 2 * lines  # their references, and they themselves


def planned(engine: Engine, statement: str, values: dict[str, Any], *, analyzed: bool) -> Any:
    """What the server did for a statement, with or without statistics of its tables."""
    with engine.connect() as connection:
        if analyzed:
            connection.exec_driver_sql("ANALYZE")
        asked = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
        found = connection.exec_driver_sql(asked, values).scalar_one()
    return (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]


@pytest.mark.postgresql
@pytest.mark.parametrize("analyzed", [False, True])
def test_commands_and_what_lines_touch_are_found_without_reading_those_of_others(
    store: SqlStore, engine: Engine, new_line: Callable[..., NewRecord], *, analyzed: bool
) -> None:
    """Many ids at once: a planner without statistics rather reads the whole table."""
    with store.writing() as unit:
        for number in range(LINES):
            unit.log.append(
                [new_line(f"jeugdige/{number}")],
                moment=unit.log.moment(),
                command_id=f"c-{number}",
                content_hash=b"\0" * 32,
            )
    many = range(0, LINES, 3)
    mine = {"ledger": store.ledger.key}
    sql = statements_for("postgresql")
    commands = {**mine, "ids": [f"c-{number}" for number in many]}
    touched = {"references": [f"jeugdige/{number}" for number in many], "after": 0, "upto": LINES}

    for statement, values in ((sql.find_commands, commands), (sql.touched_by, mine | touched)):
        plan = planned(engine, statement, values, analyzed=analyzed)
        assert rows_read(plan) == len(many) == plan["Actual Rows"]
    with store.reading() as unit:
        assert len(unit.log.find_commands(commands["ids"])) == len(many)
        found = unit.log.touched_by(touched["references"], upto=9)
    assert sorted(found) == [(1, "jeugdige/0"), (4, "jeugdige/3"), (7, "jeugdige/6")]
