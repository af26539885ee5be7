"""Effort per week and per year, groups, and prices fixed for one year (P17, P19, W12, G3)."""

from typing import Any

import pytest
from tests.builders import AFWEZIG
from tests.domain.lopik.case import born, effort, given, grant

YEAR = "2025-11-17"


def running(product: str, name: str = "T1") -> Any:
    return grant(product, name, tot="2025-05-17")


@pytest.mark.parametrize("product", ["50B32", "50B11", "50B08"])
def test_thirty_six_hours_in_a_week(product: str) -> None:
    ledger = given(born("2020-11-01"), running(product))
    ledger.given(effort(30, "2024-11-21"))
    ledger.when(effort(7, "2024-11-24")).then_refused_by("LOP-P19")
    ledger.when(effort(6, "2024-11-24")).then_accepted()
    ledger.when(effort("0.01", "2024-11-18")).then_refused_by("LOP-P19")
    ledger.when(effort(36, "2024-11-25")).then_accepted()


def test_a_week_lies_over_the_new_year() -> None:
    ledger = given(running("50B32")).given(effort(30, "2024-12-30"))
    ledger.when(effort(7, "2025-01-05")).then_refused_by("LOP-P19")
    ledger.when(effort(7, "2025-01-06")).then_signals("LOP-G3")


def test_a_run_of_days_is_spread_evenly() -> None:
    """Fourteen days from Thursday on: 4/14 in the first week, 7/14 and 3/14 in the next two."""
    ledger = given(running("50B32"))
    ledger.when(effort(73, "2024-12-04", sinds="2024-11-21")).then_refused_by("LOP-P19")
    ledger.when(effort(72, "2024-12-04", sinds="2024-11-21")).then_accepted()
    ledger.when(effort(1, "2024-11-27")).then_refused_by("LOP-P19")


def test_in_a_class_hours_count_and_only_signal() -> None:
    youth, told = born("2021-06-01"), {"eenheid": "dagdeel"}
    ledger = given(youth, running("50B09"))
    ledger.when(effort(9, "2024-11-21", gewerkte_uren=36, **told)).then_accepted()
    ledger.when(effort(1, "2024-11-22", gewerkte_uren=1, **told)).then_signals("LOP-P19")
    ledger.when(effort(1, "2024-11-28", feitelijke_uren=4, **told)).then_accepted()
    ledger.when(effort(1, "2024-11-28", **told)).then_signals("LOP-P19", "LOP-G1")


def test_two_products_of_one_youth_together() -> None:
    ledger = given(born("2014-01-01"), running("50B32", "T1"), running("50B11", "T2"))
    ledger.given(effort(20, "2024-11-18"))
    ledger.when(effort(16, "2024-11-19", van="T2")).then_accepted()
    ledger.when(effort(1, "2024-11-20")).then_signals("LOP-P19")
    ledger = given(running("50B32", "T1"), running("50B32", "T2"))
    ledger.given(effort(36, "2024-11-18")).when(effort(36, "2024-11-18", van="T2")).then_accepted()


GROUPS = {"50B02": 8, "50B10": 8, "50B32": 12, "50B11": 12, "500xx-OZA-ZWAAR": 8, "50B08": 8}


@pytest.mark.parametrize(("product", "largest"), GROUPS.items())
def test_a_group_has_a_largest_size(product: str, largest: int) -> None:
    youth = born("2020-11-01")
    ledger = given(youth, grant("50B07", "T0", volume=10), running(product))
    alone = ledger.when(effort(1, "2024-11-21", aanwezige_jeugdigen=largest)).answer
    assert "LOP-P17" not in alone.regels
    more = ledger.when(effort(1, "2024-11-22", aanwezige_jeugdigen=largest + 1)).answer
    assert "LOP-P17" in more.signalen


@pytest.mark.parametrize(
    ("on", "signals"), [("2024-12-31", False), ("2025-01-01", True), ("2028-02-29", True)]
)
def test_later_delivery_uses_the_prices_of_2024(on: str, signals: bool) -> None:
    ledger = given(grant("50B03", volume=100)).when(effort(1, on))
    ledger.then_signals("LOP-G3") if signals else ledger.then_accepted()


def test_the_last_day_of_delivery_tells() -> None:
    ledger = given(grant("50B03", volume=100))
    ledger.when(effort(10, "2025-01-01", sinds="2024-12-02")).then_signals("LOP-G3")


@pytest.mark.parametrize("product", ["regiotaxi", "individueel_vervoer", "informeel_netwerk"])
def test_what_has_no_tariff_in_the_annexes_does_not_signal(product: str) -> None:
    unit = "uur" if product == "informeel_netwerk" else "km"
    given(grant(product)).when(effort(5, "2026-01-05", eenheid=unit)).then_accepted()


@pytest.mark.parametrize(("product", "most"), [("10A81", 1), ("10A82", 3), ("10A83", 6)])
def test_contacts_per_week(product: str, most: int) -> None:
    ledger = given(grant(product, tot=YEAR)).given(effort(most, "2024-11-18", eenheid="stuks"))
    ledger.when(effort(1, "2024-11-24", eenheid="stuks")).then_signals("LOP-W12")
    ledger.when(effort(most, "2024-11-25", eenheid="stuks")).then_accepted()


def test_twelve_contacts_per_year_since_the_first_day() -> None:
    ledger = given(grant("10A80", van="2023-11-18", op="2024-11-11", volume=AFWEZIG))
    ledger.given(effort(12, "2024-11-17", eenheid="stuks"))
    ledger.when(effort(1, "2024-11-17", eenheid="stuks")).then_signals("LOP-W12")
    ledger.when(effort(12, "2024-11-18", eenheid="stuks")).then_accepted()
    ledger.when(effort(1, "2024-12-31", eenheid="stuks")).then_signals("LOP-W12")
