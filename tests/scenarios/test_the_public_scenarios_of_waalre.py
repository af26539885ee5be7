"""Does the ledger answer the acceptance cases of Waalre as they were worked out, on both stores?"""

from pathlib import Path

import pytest
from sqlalchemy import URL

from rekenschap.infrastructure.scenario import (
    IN_MEMORY,
    Scenario,
    as_lines,
    play,
    read_file,
)

FILE = Path(__file__).with_name("waalre-2017.yaml")
CASES = read_file(FILE)


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


def test_there_are_as_many_cases_as_the_file_holds() -> None:
    assert len(CASES) == 81


@pytest.mark.parametrize("scenario", CASES, ids=by_id)
def test_the_answer_is_the_expected_one_in_memory(scenario: Scenario) -> None:
    passed, report = explained(scenario, IN_MEMORY)

    assert passed, report


@pytest.mark.postgresql
@pytest.mark.parametrize("scenario", CASES, ids=by_id)
def test_the_answer_is_the_expected_one_on_postgresql(scenario: Scenario, server: str) -> None:
    passed, report = explained(scenario, server)

    assert passed, report
