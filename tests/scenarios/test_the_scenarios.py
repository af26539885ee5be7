"""Does the ledger answer the acceptance cases of every regeling as they were worked out?

The public cases are played in memory and on PostgreSQL, some of each also in a file; what else lies
here is our own.
"""

from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import URL

from rekenschap.infrastructure.scenario import (
    IN_MEMORY,
    Scenario,
    as_lines,
    play,
    read_file,
)

HERE: Final = Path(__file__).parent
PUBLIC: Final = {
    "twente-2025": 212,
    "lopik-2024-11": 64,
    "waalre-2017": 81,
    "boxtel-2020": 78,
}
"""How many cases each file holds."""
CASES: Final = {name: read_file(HERE / f"{name}.yaml") for name in PUBLIC}
EVERY: Final = [one for path in sorted(HERE.glob("*.yaml")) for one in read_file(path)]


def by_id(scenario: Scenario) -> str:
    return scenario.id


def explained(scenario: Scenario, database: str) -> tuple[bool | None, str]:
    """Whether it passed, and the report for people to show when it did not."""
    report = play(scenario, database)
    return report.geslaagd, "\n".join(line.plain for line in as_lines(report))


@pytest.fixture(scope="module")
def server(postgresql_database: URL) -> str:
    """One database for the whole module: every scenario has a grootboek of its own in it."""
    return postgresql_database.render_as_string(hide_password=False)


def test_there_are_as_many_cases_as_the_files_hold() -> None:
    assert {name: len(found) for name, found in CASES.items()} == PUBLIC


@pytest.mark.parametrize("scenario", EVERY, ids=by_id)
def test_the_answer_is_the_expected_one_in_memory(scenario: Scenario) -> None:
    passed, report = explained(scenario, IN_MEMORY)

    assert passed, report


@pytest.mark.postgresql
@pytest.mark.parametrize("scenario", [one for found in CASES.values() for one in found], ids=by_id)
def test_the_answer_is_the_expected_one_on_postgresql(scenario: Scenario, server: str) -> None:
    passed, report = explained(scenario, server)

    assert passed, report


@pytest.mark.parametrize("name", PUBLIC)
def test_the_answer_is_the_expected_one_in_a_file(name: str, sqlite_url: str) -> None:
    for scenario in CASES[name][:5]:
        passed, report = explained(scenario, sqlite_url)

        assert passed, report
