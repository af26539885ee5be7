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
    with engine.connect() as connection:
        if analyzed:
            connection.exec_driver_sql("ANALYZE")
        found = connection.exec_driver_sql(
            f"EXPLAIN (ANALYZE, FORMAT JSON) {statements_for('postgresql').read}",
            {
                "ledger": store.ledger.key,
                "references": [f"jeugdige/{youth}"],
                "after": after,
                "upto": 2**62,
            },
        ).scalar_one()
    plan = json.loads(found) if isinstance(found, str) else found

    assert rows_read(plan[0]["Plan"]) == 2 * lines  # their references, and they themselves
