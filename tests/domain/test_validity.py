"""TW-ALG-02 and TW-ALG-10: effort lies inside the validity, and after the start of care."""

import attrs
import pytest
from tests.builders import (
    afwezigheid,
    begeleiding,
    day,
    given,
    hervatting,
    intrekking,
    inzet,
    no_show,
    running,
    start,
    stop,
    toewijzing,
    verlenging,
)

from rekenschap.domain.facts import InzetGeregistreerd, ToewijzingAfgegeven


@pytest.mark.parametrize("op", ["2025-01-06", "2025-01-07", "2026-01-04", "2026-01-05"])
def test_both_ends_of_the_validity_are_in_it(op: str) -> None:
    running().when(inzet(op=op)).then_counts()


@pytest.mark.parametrize("op", ["2026-01-06", "2026-01-07", "2030-01-01"])
def test_effort_after_the_last_day_is_refused(op: str) -> None:
    running().when(inzet(op=op)).then_refused_by("TW-ALG-02").then_used(0)


@pytest.mark.parametrize("op", ["2025-01-05", "2024-12-31", "2000-01-01"])
def test_intake_before_the_first_day_is_refused(op: str) -> None:
    running().when(inzet(op=op, soort="intake")).then_refused_by("TW-ALG-02")


def test_an_allocation_of_one_day_takes_effort_on_that_day_only() -> None:
    ledger = running(begeleiding(van="2028-02-29", tot="2028-02-29"))
    ledger.when(inzet(op="2028-02-29")).then_accepted()
    ledger.when(inzet(op="2028-03-01")).then_refused_by("TW-ALG-02")


def test_an_open_end_has_no_last_day() -> None:
    ledger = running(begeleiding(tot=None))
    ledger.when(inzet(op="2100-12-31")).then_counts()


@pytest.mark.parametrize(("op", "fits"), [("2026-01-05", True), ("2026-01-06", False)])
def test_a_charged_no_show_lies_in_the_validity(op: str, fits: bool) -> None:
    ledger = running().when(no_show(op=op))
    ledger.then_accepted() if fits else ledger.then_refused_by("TW-ALG-02")


@pytest.mark.parametrize("op", ["2024-06-01", "2026-01-06", "2031-01-01"])
def test_a_no_show_that_is_only_reported_is_a_fact_on_any_day(op: str) -> None:
    running().when(no_show(op=op, declareren=False)).then_accepted()


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        ("2025-01-06", "2026-01-05", True),
        ("2025-01-05", "2025-01-06", False),
        ("2026-01-05", "2026-01-06", False),
    ],
)
def test_every_day_of_a_period_of_effort_lies_in_the_validity(
    first: str, last: str, fits: bool
) -> None:
    over = attrs.evolve(inzet(op=last, soort="intake"), van=day(first), tot_en_met=day(last))
    ledger = running().when(over)
    ledger.then_counts() if fits else ledger.then_refused_by("TW-ALG-02")


# --- stays


def stay(arrival: str, departure: str, nights: int) -> InzetGeregistreerd:
    return inzet(
        nights,
        op=departure,
        soort="verblijf",
        eenheid="etmaal",
        aankomst=day(arrival),
        vertrek=day(departure),
    )


def woongroep(*, tot: str = "2026-01-05") -> ToewijzingAfgegeven:
    return toewijzing(product="woongroep", volume=365, eenheid="etmaal", tot=tot)


def test_departure_on_the_day_after_the_last_day_is_fine() -> None:
    ledger = running(woongroep(tot="2025-06-30"))
    ledger.when(stay("2025-06-28", "2025-07-01", 3)).then_counts()
    ledger.then_used(3)


def test_a_night_after_the_last_day_is_refused() -> None:
    ledger = running(woongroep(tot="2025-06-30"))
    ledger.when(stay("2025-06-28", "2025-07-02", 4)).then_refused_by("TW-ALG-02")


def test_an_absence_is_charged_for_its_nights_both_ends_included() -> None:
    ledger = running(woongroep(tot="2025-06-30"))
    ledger.when(afwezigheid("2025-06-28", "2025-06-30", reden="vakantie")).then_counts()
    ledger.then_used(3)
    again = afwezigheid("2025-06-30", "2025-07-01", reden="vakantie")
    ledger.when(again).then_refused_by("TW-ALG-02")


def test_an_absence_without_an_end_claims_nothing_and_is_no_claim() -> None:
    ledger = running(woongroep(tot="2025-06-30"))
    ledger.when(afwezigheid("2025-07-20", None, reden="vakantie")).then_accepted()
    ledger.then_used(0)


# --- stopped and withdrawn


@pytest.mark.parametrize(("op", "fits"), [("2025-06-30", True), ("2025-07-01", False)])
def test_the_last_day_of_care_is_the_last_day_of_effort(op: str, fits: bool) -> None:
    ledger = running().given(stop(op="2025-06-30")).when(inzet(op=op))
    ledger.then_accepted() if fits else ledger.then_refused_by("TW-ALG-02")


@pytest.mark.parametrize(("op", "fits"), [("2025-06-29", True), ("2025-06-30", False)])
def test_from_the_day_of_withdrawal_nothing_is_charged(op: str, fits: bool) -> None:
    ledger = running().given(intrekking(op="2025-06-30")).when(inzet(op=op))
    ledger.then_accepted() if fits else ledger.then_refused_by("TW-ALG-02")


def test_a_stop_does_not_undo_effort_recorded_before_it() -> None:
    ledger = running().given(inzet(60, op="2025-07-15"), stop(op="2025-06-30"))
    ledger.then_used(60)


def test_care_that_is_resumed_takes_effort_again() -> None:
    ledger = running().given(stop(op="2025-03-31"), hervatting(op="2025-05-01"))
    ledger.when(inzet(op="2025-05-01")).then_accepted()


def test_an_extension_moves_the_last_day() -> None:
    ledger = running().given(verlenging("2026-02-28"))
    ledger.when(inzet(op="2026-02-28")).then_counts()
    ledger.when(inzet(op="2026-03-01")).then_refused_by("TW-ALG-02")


def test_an_extension_without_a_new_last_day_leaves_it() -> None:
    ledger = running().given(verlenging(extra=60))
    ledger.when(inzet(op="2026-01-06")).then_refused_by("TW-ALG-02")


def test_effort_is_judged_on_the_validity_known_when_it_is_recorded() -> None:
    """Refused effort does not come back to life by a later extension: it is submitted again."""
    ledger = running().when(inzet(60, op="2026-01-06")).then_refused_by("TW-ALG-02")
    ledger.given(verlenging("2026-06-30", op="2025-12-01")).then_used(0)
    ledger.when(inzet(60, op="2026-01-06")).then_counts()
    ledger.then_used(60)


# --- the start of care


@pytest.mark.parametrize("op", ["2025-02-01", "2025-02-02", "2025-12-31"])
def test_effort_from_the_day_care_starts_counts(op: str) -> None:
    running(op="2025-02-01").when(inzet(op=op)).then_counts()


@pytest.mark.parametrize("soort", ["direct", "indirect", "reistijd"])
@pytest.mark.parametrize("op", ["2025-01-06", "2025-01-31"])
def test_effort_before_the_start_is_refused(op: str, soort: str) -> None:
    running(op="2025-02-01").when(inzet(30, op=op, soort=soort)).then_refused_by("TW-ALG-10")


@pytest.mark.parametrize("soort", ["intake", "screening"])
def test_intake_and_screening_may_come_before_the_start(soort: str) -> None:
    running(op="2025-02-01").when(inzet(op="2025-01-31", soort=soort)).then_accepted()
    given(begeleiding()).when(inzet(op="2025-01-06", soort=soort)).then_accepted()


def test_without_a_start_no_effort_counts() -> None:
    given(begeleiding()).when(inzet()).then_refused_by("TW-ALG-10")


def test_a_start_that_is_learned_late_does_not_revive_refused_effort() -> None:
    ledger = given(begeleiding()).when(inzet()).then_refused_by("TW-ALG-10")
    ledger.given(start(op="2025-01-06")).then_used(0)
    ledger.when(inzet()).then_accepted()


def test_of_two_starts_the_earlier_counts() -> None:
    ledger = given(begeleiding(), start(op="2025-03-01"), start(op="2025-02-01"))
    ledger.when(inzet(op="2025-02-01")).then_accepted()
    ledger.when(inzet(op="2025-01-31")).then_refused_by("TW-ALG-10")


def test_a_no_show_needs_no_start_of_care() -> None:
    """The rule is about effort: who does not come to the first appointment has not started."""
    given(begeleiding()).when(no_show(op="2025-01-06")).then_accepted()


def test_a_stay_is_dated_by_its_arrival() -> None:
    ledger = running(woongroep(), op="2025-02-01")
    ledger.when(stay("2025-01-31", "2025-02-03", 3)).then_refused_by("TW-ALG-10")
    ledger.when(stay("2025-02-01", "2025-02-03", 2)).then_counts()


def test_the_start_of_another_allocation_is_no_start_of_this_one() -> None:
    ledger = given(begeleiding(), begeleiding("T2"), start("T2"))
    ledger.when(inzet()).then_refused_by("TW-ALG-10")


def test_too_early_and_outside_are_both_named() -> None:
    ledger = running().when(inzet(op="2025-01-05"))
    ledger.then_refused_by("TW-ALG-02", "TW-ALG-10")
