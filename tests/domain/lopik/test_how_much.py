"""Size: at least, at most, over all allocations of a youth, on average (P02-P04, P06-P08, P10,
P13, P24, W11)."""

from typing import Any

import pytest
from tests.builders import AFWEZIG, evaluatie, intrekking, stop
from tests.domain.lopik.case import begun, born, effort, given, grant, longer


@pytest.mark.parametrize(("hours", "fits"), [("1.49", False), ("1.5", True), (2, True)])
def test_a_consultation_is_an_hour_and_a_half(hours: Any, fits: bool) -> None:
    ledger = given().when(grant("45B04", volume=hours))
    ledger.then_accepted() if fits else ledger.then_refused_by("LOP-P02")


def test_without_a_size_there_is_no_least_size() -> None:
    given().when(grant("45B05")).then_accepted()


@pytest.mark.parametrize(
    ("sessions", "outcome"),
    [(1, "yes"), (10, "yes"), ("10.5", "wait"), (11, "wait"), (19, "wait"), (20, "yes"),
     ("20.1", "no"), (21, "no")],
)  # fmt: skip
def test_ten_sessions_or_twenty_at_once(sessions: Any, outcome: str) -> None:
    ledger = given().when(grant("50B05", volume=sessions))
    match outcome:
        case "yes":
            ledger.then_accepted()
        case "wait":
            ledger.then_waits_for("LOP-P03")
        case _:
            ledger.then_refused_by("LOP-P03")


def test_twenty_with_extensions_whatever_their_size() -> None:
    ledger = given(grant("50B05", volume=10)).given(longer(extra=3), longer(extra=7))
    ledger.when(longer(extra=1)).then_refused_by("LOP-P03")
    given(grant("50B05", volume=20)).when(longer(extra="0.1")).then_refused_by("LOP-P03")


def test_the_eleventh_of_twenty_waits_for_an_evaluation() -> None:
    ledger = given(grant("50B05", volume=20), begun("2024-11-18"))
    ledger.given(effort(10, "2024-12-02", eenheid="sessie"))
    ledger.when(effort(1, "2024-12-09", eenheid="sessie")).then_waits_for("LOP-P04")
    ledger.given(evaluatie("2024-12-10", soort="eind"))
    ledger.when(effort(1, "2024-12-10", eenheid="sessie")).then_waits_for("LOP-P04")
    ledger.given(evaluatie("2024-12-11"))
    ledger.when(effort(1, "2024-12-10", eenheid="sessie")).then_waits_for("LOP-P04")
    ledger.when(effort(1, "2024-12-11", eenheid="sessie")).then_accepted()


def test_a_step_that_passes_ten_waits_as_a_whole() -> None:
    ledger = given(grant("50B05", volume=20)).given(effort(9, "2024-12-02", eenheid="sessie"))
    ledger.when(effort(2, "2024-12-09", eenheid="sessie")).then_waits_for("LOP-P04")
    ledger.when(effort(1, "2024-12-09", eenheid="sessie")).then_accepted()


def test_ten_and_ten_more_ask_no_evaluation() -> None:
    ledger = given(grant("50B05", volume=10)).given(longer(extra=10, op="2024-12-01"))
    ledger.when(effort(20, "2024-12-09", eenheid="sessie")).then_accepted()


@pytest.mark.parametrize(
    ("minutes", "rules"), [(3900, ()), (3901, ("LOP-P08",)), (4600, ("LOP-P08",))]
)
def test_dyslexia_up_to_4600_minutes(minutes: int, rules: tuple[str, ...]) -> None:
    ledger = given().when(grant("54B25", volume=minutes))
    ledger.then_signals(*rules) if rules else ledger.then_accepted()


def test_one_minute_more_is_refused() -> None:
    given().when(grant("54B25", volume=4601)).then_refused_by("LOP-P06")
    given().when(grant("54B25", volume=77, eenheid="uur")).then_refused_by("LOP-P06")
    given().when(grant("54B25", volume=76, eenheid="uur")).then_signals("LOP-P08")


def test_all_allocations_of_the_youth_together() -> None:
    first = grant("54B25", "T1", volume=2000)
    given(first).when(grant("54B25", "T2", volume=2601)).then_refused_by("LOP-P06")
    given(first).when(grant("54B25", "T2", volume=2600)).then_signals("LOP-P08")
    given(first).when(grant("54B25", "T2", volume=1900)).then_accepted()


def test_a_stopped_one_counts_what_was_used_and_a_withdrawn_one_nothing() -> None:
    ledger = given(grant("54B25", "T1", volume=2000), begun("2024-11-18"))
    ledger.given(effort(500, "2024-12-02", eenheid="minuut"), stop(op="2024-12-31"))
    ledger.when(grant("54B25", "T2", volume=4101, van="2025-01-06")).then_refused_by("LOP-P06")
    ledger.when(grant("54B25", "T2", volume=4100, van="2025-01-06")).then_signals("LOP-P08")
    ledger = given(grant("54B25", "T1", volume=3900)).given(intrekking(op="2024-12-01"))
    ledger.when(grant("54B25", "T2", volume=3900, van="2025-01-06")).then_accepted()


def test_an_extension_and_effort_are_held_against_the_same_maximum() -> None:
    ledger = given(grant("54B25", volume=3900))
    ledger.when(longer(extra=701)).then_refused_by("LOP-P06")
    ledger.when(longer(extra=700)).then_accepted()
    ledger = given(grant("54B25", "T1"), grant("54B25", "T2"))
    ledger.given(effort(4000, "2024-12-02", eenheid="minuut"))
    ledger.when(effort(601, "2024-12-03", eenheid="minuut", van="T2")).then_refused_by("LOP-P06")
    ledger.when(effort(600, "2024-12-03", eenheid="minuut", van="T2")).then_accepted()


def test_diagnostics_up_to_720_minutes_over_all_allocations() -> None:
    ledger = given(grant("54B25", "T1", volume=2000), grant("54B25", "T2", volume=1900))
    ledger.given(effort(700, "2024-12-02", eenheid="minuut", soort="diagnostiek"))
    more = {"eenheid": "minuut", "van": "T2", "soort": "diagnostiek"}
    ledger.when(effort(21, "2024-12-03", **more)).then_refused_by("LOP-P07")
    ledger.when(effort(20, "2024-12-03", **more)).then_accepted()
    ledger.when(effort(900, "2024-12-04", eenheid="minuut", soort="direct")).then_accepted()


@pytest.mark.parametrize(("group", "signals"), [(2, True), (3, False), (8, False), (9, True)])
def test_dyslexia_is_for_groups_three_to_eight(group: int, signals: bool) -> None:
    ledger = given(grant("54B25", volume=60, schoolgroep=group))
    ledger.when(begun("2024-11-18", schooldossier_volledig=True))
    ledger.then_signals("LOP-P09") if signals else ledger.then_accepted()


def test_no_start_without_a_complete_school_file_and_later_effort_counts() -> None:
    ledger = given(grant("54B25", volume=60))
    ledger.when(begun("2024-11-18", schooldossier_volledig=False)).then_refused_by("LOP-P09")
    ledger.when(effort(60, "2024-11-20", eenheid="minuut")).then_accepted()


@pytest.mark.parametrize(
    ("tot", "nights", "fits"),
    [
        ("2025-11-16", 156, True),
        ("2025-11-16", 157, False),
        ("2024-12-15", 12, True),
        ("2024-12-16", 12, True),
        ("2024-12-16", 13, False),
        ("2024-11-18", 1, False),
        (None, 5000, True),
    ],
)
def test_three_nights_a_week_on_average(tot: str | None, nights: int, fits: bool) -> None:
    ledger = given().when(grant("43B11", tot=tot, volume=nights))
    ledger.then_accepted() if fits else ledger.then_waits_for("LOP-P10")


@pytest.mark.parametrize(("nights", "fits"), [(3, True), (4, False)])
@pytest.mark.parametrize("tot", ["2025-11-12", None])
def test_a_size_per_week_is_compared_as_it_is(tot: str | None, nights: int, fits: bool) -> None:
    asked = grant("43B11", van="2024-11-20", tot=tot, volume=nights, frequentie="per_week")
    ledger = given().when(asked)
    ledger.then_accepted() if fits else ledger.then_waits_for("LOP-P10")


def test_more_nights_by_extension_and_by_effort_without_a_size() -> None:
    ledger = given(grant("43B11", tot="2024-12-15", volume=10))
    ledger.when(longer(extra=3, op="2024-12-01")).then_waits_for("LOP-P10")
    ledger.when(longer(extra=2, op="2024-12-01")).then_accepted()
    ledger = given(grant("43B11", tot="2024-12-15"))
    stay = {"eenheid": "etmaal", "soort": "verblijf"}
    ledger.given(effort(12, "2024-12-02", **stay))
    ledger.when(effort(1, "2024-12-03", **stay)).then_waits_for("LOP-P10")


def test_early_signalling_up_to_ten_hours() -> None:
    given().when(grant("50B07", volume=10)).then_accepted()
    given().when(grant("50B07", volume="10.01")).then_refused_by("LOP-P13")
    ledger = given(grant("50B07")).given(effort(8, "2024-12-02"))
    ledger.when(effort(3, "2024-12-03")).then_refused_by("LOP-P13")
    ledger.when(effort(2, "2024-12-03")).then_accepted()


@pytest.mark.parametrize("step", [longer(extra=1), longer("2025-12-31"), longer()])
def test_early_signalling_is_never_extended(step: Any) -> None:
    ledger = given(grant("50B07", volume=5, tot="2025-06-30"))
    ledger.when(step).then_refused_by("LOP-P13")


def test_a_second_intervention_waits_however_long_ago_the_first() -> None:
    ledger = given(grant("50B07", "T1", volume=10), begun("2024-11-18"), stop(op="2024-12-31"))
    ledger.when(grant("50B07", "T2", volume=10, van="2031-01-06")).then_waits_for("LOP-P13")
    ledger = given(grant("50B07", "T1", volume=10)).given(intrekking(op="2024-12-31"))
    ledger.when(grant("50B07", "T2", volume=10, van="2025-01-06")).then_accepted()


@pytest.mark.parametrize(
    ("hours", "outcome"),
    [(9, "signal"), ("9.99", "signal"), (10, "yes"), (20, "yes"), ("20.01", "no"), (21, "no")],
)
def test_observation_takes_ten_to_twenty_hours(hours: Any, outcome: str) -> None:
    ledger = given(born("2014-01-01")).when(grant("50B12", tot="2025-02-17", volume=hours))
    match outcome:
        case "yes":
            ledger.then_accepted()
        case "signal":
            ledger.then_signals("LOP-P24")
        case _:
            ledger.then_refused_by("LOP-P24")


def test_an_extension_of_observation_is_judged_on_the_total() -> None:
    ledger = given(born("2014-01-01"), grant("50B12", tot="2025-02-17", volume=15))
    ledger.when(longer(extra=6, op="2025-01-06")).then_refused_by("LOP-P24")
    ledger.when(longer(extra=5, op="2025-01-06")).then_accepted()
    ledger = given(born("2014-01-01"), grant("50B12", tot="2025-02-17", volume=8))
    ledger.when(longer(extra=1, op="2025-01-06")).then_signals("LOP-P24")


@pytest.mark.parametrize(("minutes", "fits"), [(90, True), (91, False)])
def test_the_subsidy_is_for_ninety_minutes_a_week(minutes: int, fits: bool) -> None:
    asked = grant("2.4a", volume=minutes, frequentie="per_week", tot="2025-11-17")
    ledger = given().when(asked)
    ledger.then_accepted() if fits else ledger.then_refused_by("LOP-W11")


def test_effort_without_a_known_unit_of_size_still_weighs() -> None:
    given(grant("50B03", volume=AFWEZIG)).when(effort(3, "2024-12-02")).then_accepted()
