"""Does the ledger answer the acceptance cases of Lopik, and our own at their boundaries?"""

from pathlib import Path

import pytest

from rekenschap.infrastructure.scenario import IN_MEMORY, Scenario, as_lines, play, read_file

HERE = Path(__file__).parent
PUBLIC = read_file(HERE / "lopik-2024-11.yaml")
OWN = read_file(HERE / "lopik-grenzen.yaml")


def by_id(scenario: Scenario) -> str:
    return scenario.id


def test_there_are_as_many_cases_as_the_file_holds() -> None:
    assert len(PUBLIC) == 64


@pytest.mark.parametrize("scenario", [*PUBLIC, *OWN], ids=by_id)
def test_the_answer_is_the_expected_one(scenario: Scenario) -> None:
    report = play(scenario, IN_MEMORY)

    assert report.geslaagd, "\n".join(line.plain for line in as_lines(report))
