"""Stops, resumptions and extensions count by their own day, in whatever order they are recorded."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from tests.builders import begeleiding, hervatting, inzet, running, stop, verlenging

STOPPED, RESUMED = stop(op="2025-02-01"), hervatting(op="2025-03-01")


@pytest.mark.parametrize("turns", list(permutations((STOPPED, RESUMED))))
@pytest.mark.parametrize(
    ("day", "runs"),
    [
        ("2025-01-31", True),
        ("2025-02-01", True),
        ("2025-02-02", False),
        ("2025-02-28", False),
        ("2025-03-01", True),
        ("2025-03-05", True),
    ],
)
def test_care_stands_still_between_a_stop_and_the_resumption(
    turns: Any, day: str, runs: bool
) -> None:
    ledger = running().given(*turns).when(inzet(60, op=day))
    if runs:
        ledger.then_counts()
    else:
        ledger.then_refused_by("TW-ALG-02")


@pytest.mark.parametrize("turns", list(permutations((STOPPED, stop(op="2025-06-01")))))
def test_of_two_stops_the_first_stands(turns: Any) -> None:
    ledger = running().given(*turns)
    assert ledger.allocation().gestopt == date(2025, 2, 1)
    ledger.when(inzet(60, op="2025-02-01")).then_counts()
    ledger.when(inzet(60, op="2025-04-01")).then_refused_by("TW-ALG-02")


def test_a_resumption_on_the_day_of_the_stop_does_not_undo_it() -> None:
    ledger = running().given(STOPPED, hervatting(op="2025-02-01"))
    ledger.when(inzet(60, op="2025-02-02")).then_refused_by("TW-ALG-02")


def test_a_resumption_on_the_next_day_leaves_no_day_between() -> None:
    ledger = running().given(hervatting(op="2025-02-02"), STOPPED)
    ledger.when(inzet(60, op="2025-02-01")).then_counts()
    ledger.when(inzet(60, op="2025-02-02")).then_counts()


def test_extensions_to_the_same_last_day_in_any_order() -> None:
    extensions = (
        verlenging(op="2025-06-02", tot="2025-09-30"),
        verlenging(op="2025-06-01", tot="2025-09-30"),
    )
    for order in permutations(extensions):
        ledger = running(begeleiding(tot="2025-06-30")).given(*order)
        assert ledger.allocation().einddatum == date(2025, 9, 30)
