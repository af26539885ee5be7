"""Does the ledger answer the acceptance cases of Boxtel as they were worked out?"""

from pathlib import Path

import pytest

from rekenschap.infrastructure.scenario import IN_MEMORY, Scenario, as_lines, play, read_file

CASES = read_file(Path(__file__).with_name("boxtel-2020.yaml"))


def test_there_are_as_many_cases_as_the_file_holds() -> None:
    assert len(CASES) == 78


@pytest.mark.parametrize("scenario", CASES, ids=lambda one: one.id)
def test_the_answer_is_the_expected_one(scenario: Scenario) -> None:
    report = play(scenario, IN_MEMORY)

    assert report.geslaagd, "\n".join(line.plain for line in as_lines(report))
