"""Crisis care: 28 days, chains, the hours after the referral, contact and hours (P26, P29-P31)."""

from typing import Any

import pytest
from tests.builders import intrekking, peildatum, stop
from tests.domain.lopik.case import begun, born, effort, given, grant, letter, longer, talked

CRISIS = ("46C01", "46C03", "54C16", "54C18")
UNITS = {"46C01": "uur", "46C03": "etmaal", "54C16": "minuut", "54C18": "minuut"}


@pytest.mark.parametrize("product", CRISIS)
@pytest.mark.parametrize(
    ("tot", "fits"), [("2024-12-15", True), ("2024-12-16", False), (None, True)]
)
def test_twenty_eight_days_the_first_included(product: str, tot: str | None, fits: bool) -> None:
    ledger = given(born("2014-01-01")).when(grant(product, tot=tot))
    ledger.then_accepted() if fits else ledger.then_refused_by("LOP-P26")


@pytest.mark.parametrize("product", CRISIS)
def test_effort_up_to_day_twenty_eight(product: str) -> None:
    unit = UNITS[product]
    ledger = given(born("2014-01-01"), grant(product))
    ledger.when(effort(1, "2024-12-16", eenheid=unit)).then_refused_by("LOP-P26")
    ledger.when(effort(1, "2024-12-15", eenheid=unit)).then_accepted()
    ledger.when(effort(2, "2024-12-16", eenheid=unit, sinds="2024-12-15"))
    ledger.then_refused_by("LOP-P26")


def test_day_one_is_the_start_of_care() -> None:
    ledger = given(grant("46C01"), begun("2024-11-20"))
    ledger.when(effort(1, "2024-12-17")).then_accepted()
    ledger.when(effort(1, "2024-12-18")).then_refused_by("LOP-P26")


@pytest.mark.parametrize(
    "step", [longer("2024-12-10", op="2024-12-01"), longer(extra=1, op="2024-12-01")]
)
@pytest.mark.parametrize("product", CRISIS)
def test_no_extension_at_all(product: str, step: Any) -> None:
    ledger = given(born("2014-01-01"), grant(product, tot="2024-12-01", volume=5))
    ledger.when(step).then_refused_by("LOP-P26")


@pytest.mark.parametrize(
    ("van", "tot", "waits"),
    [
        ("2024-12-02", "2024-12-15", False),
        ("2024-12-02", "2024-12-16", True),
        ("2024-11-25", "2024-12-16", True),
        ("2024-12-03", "2024-12-20", False),
        ("2024-12-02", None, False),
    ],
)
def test_a_chain_of_products_passes_no_day_twenty_eight(
    van: str, tot: str | None, waits: bool
) -> None:
    """The first runs from 18 November to 1 December; its day 28 is 15 December."""
    ledger = given(grant("46C01", "T1", tot="2024-12-01"))
    ledger.when(grant("46C03", "T2", van=van, op="2024-11-18", tot=tot))
    ledger.then_waits_for("LOP-P26") if waits else ledger.then_accepted()


def test_a_chain_of_three_counts_from_the_first() -> None:
    ledger = given(
        born("2014-01-01"),
        grant("46C01", "T1", tot="2024-11-24"),
        grant("46C03", "T2", van="2024-11-25", tot="2024-12-08"),
    )
    ledger.when(grant("54C18", "T3", van="2024-12-09", tot="2024-12-16")).then_waits_for("LOP-P26")
    ledger.when(grant("54C18", "T4", van="2024-12-09", tot="2024-12-15")).then_accepted()


def test_the_same_product_again_is_no_chain_and_a_withdrawn_one_is_no_link() -> None:
    ledger = given(grant("46C01", "T1", tot="2024-12-01"))
    ledger.when(grant("46C01", "T2", van="2024-12-02", tot="2024-12-20")).then_accepted()
    ledger = given(grant("46C01", "T1", tot="2024-12-01"), intrekking(op="2024-11-25"))
    ledger.when(grant("46C03", "T2", van="2024-11-25", tot="2024-12-20")).then_accepted()


def test_a_stop_ends_a_link() -> None:
    ledger = given(grant("46C01", "T1"), begun("2024-11-18"), stop(op="2024-11-24"))
    ledger.when(grant("46C03", "T2", van="2024-11-26", tot="2024-12-20")).then_accepted()
    ledger.when(grant("46C03", "T3", van="2024-11-25", tot="2024-12-20")).then_waits_for("LOP-P26")


@pytest.mark.parametrize(
    ("product", "at", "on", "late"),
    [
        ("46C01", "2024-11-19", "09:00", False),
        ("46C01", "2024-11-19", "09:01", True),
        ("54C16", "2024-11-19", "09:01", True),
        ("54C18", "2024-11-19", "09:00", False),
        ("46C03", "2024-11-18", "13:00", False),
        ("46C03", "2024-11-18", "13:01", True),
    ],
)
def test_care_starts_within_hours(product: str, at: str, on: str, late: bool) -> None:
    ledger = given(born("2014-01-01"), letter("2024-11-18", om="09:00"))
    ledger.given(grant(product, verwijzing="V1", op="2024-11-18"))
    ledger.when(begun(at, om=on))
    ledger.then_signals("LOP-P29") if late else ledger.then_accepted()


def test_hours_are_elapsed_hours_in_the_night_the_clock_changes() -> None:
    """From 12:00 on 29 March 2025 to 13:00 on the 30th is 24 hours."""
    ledger = given(letter("2025-03-29", om="12:00"))
    ledger.given(grant("46C01", verwijzing="V1", van="2025-03-29", op="2025-03-29"))
    ledger.when(begun("2025-03-30", om="13:00")).then_accepted()
    ledger.when(begun("2025-03-30", om="13:01")).then_signals("LOP-P29")


def test_without_a_clock_time_it_is_not_judged() -> None:
    ledger = given(letter("2024-11-18", om="09:00"))
    ledger.given(grant("46C03", verwijzing="V1", op="2024-11-18"))
    ledger.when(begun("2024-11-25")).then_accepted().then_not_judged("LOP-P29", "tijdstip")


@pytest.mark.parametrize(
    ("contact", "met", "signals"),
    [
        ("2024-11-18", "verwijzer", False),
        ("2024-11-23", "verwijzer", False),
        ("2024-11-24", "verwijzer", True),
        ("2024-11-17", "verwijzer", True),
        ("2024-11-20", "gemeente", True),
    ],
)
def test_the_perspective_is_discussed_within_five_days(
    contact: str, met: str, signals: bool
) -> None:
    ledger = given(letter("2024-11-18", om="09:00"))
    ledger.given(grant("46C03", verwijzing="V1", op="2024-11-18"))
    ledger.when(peildatum("2024-11-23")).then_accepted()
    ledger.given(talked(met, contact)).when(peildatum("2024-11-25"))
    ledger.then_signals("LOP-P29") if signals else ledger.then_accepted()


@pytest.mark.parametrize(("hours", "signals"), [(7, True), ("7.99", True), (8, False), (12, False)])
def test_eight_hours_in_every_whole_week(hours: Any, signals: bool) -> None:
    ledger = given(grant("46C01"), begun("2024-11-18"))
    ledger.given(effort(hours, "2024-11-20"))
    ledger.when(peildatum("2024-11-23")).then_accepted()
    ledger.when(peildatum("2024-11-25"))
    ledger.then_signals("LOP-P30") if signals else ledger.then_accepted()


def test_a_week_that_is_not_whole_is_not_judged() -> None:
    ledger = given(grant("46C01", van="2024-11-20"), begun("2024-11-20"))
    ledger.when(peildatum("2024-11-27")).then_accepted()
    ledger.given(stop(op="2024-11-30"))
    ledger.when(peildatum("2025-01-06")).then_accepted()


@pytest.mark.parametrize(
    ("product", "van", "fits"),
    [
        ("46C01", "2024-11-18", True),
        ("50B03", "2024-11-18", True),
        ("54B20", "2024-11-18", True),
        ("50B07", "2024-11-18", False),
        ("46C03", "2024-11-18", False),
    ],
)
def test_crisis_foster_care_goes_with_ambulatory_help(product: str, van: str, fits: bool) -> None:
    ledger = given(born("2014-01-01"), grant(product, "T0", van=van, tot="2024-12-01", volume=10))
    ledger.when(grant("46C05", tot="2024-12-01"))
    ledger.then_accepted() if fits else ledger.then_waits_for("LOP-P31")


def test_help_that_ended_before_does_not_count() -> None:
    ledger = given(grant("46C01", "T0", tot="2024-12-01"))
    ledger.when(grant("46C05", van="2024-12-01", tot="2024-12-10")).then_accepted()
    ledger = given(grant("50B03", "T0", tot="2024-12-01", volume=5))
    ledger.when(grant("46C05", van="2024-12-02", tot="2024-12-10")).then_waits_for("LOP-P31")


def test_an_open_end_of_crisis_care_means_twenty_eight_days() -> None:
    ledger = given(grant("46C01", "T0", van="2024-11-18"))
    ledger.when(grant("46C05", van="2024-12-15")).then_accepted()
    ledger = given(grant("46C01", "T0", van="2024-11-18"))
    ledger.when(grant("46C05", van="2024-12-16")).then_waits_for("LOP-P31")
    ledger = given(grant("50B03", "T0", van="2024-12-16", op="2024-11-11", volume=5))
    ledger.when(grant("46C05", van="2024-11-18")).then_waits_for("LOP-P31")
    ledger = given(grant("50B03", "T0", van="2024-12-15", op="2024-11-11", volume=5))
    ledger.when(grant("46C05", van="2024-11-18")).then_accepted()
