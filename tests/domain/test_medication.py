"""TW-MC-01, MC-02 and NS-07: ten hours of medication control, and who it is not for."""

from typing import Any

import pytest
from tests.builders import (
    BRAM,
    Ledger,
    behandeling,
    called,
    contact,
    given,
    goedkeuring,
    inzet,
    no_show,
    optie,
    start,
    van_product,
    verlenging,
    verwijzing,
)

from rekenschap.domain.absent import AFWEZIG

REASONED = {"onderwerp": "extra_uren", "onderbouwing": True}


def control(volume: Any, name: str = "T1", **values: Any) -> Any:
    return van_product("medicatiecontrole", name, volume=volume, **values)


def period(name: str, *more: Any) -> Ledger:
    return given(optie("medicatiecontrole_periode", name), *more)


@pytest.mark.parametrize(
    ("volume", "waits"), [(0, False), (599, False), (600, False), (601, True), (6000, True)]
)
@pytest.mark.parametrize("tot", ["2025-01-06", "2026-01-05", "2030-01-01", None])
def test_ten_hours_over_the_whole_validity(volume: int, waits: bool, tot: Any) -> None:
    ledger = given().when(control(volume, tot=tot))
    ledger.then_waits_for("TW-MC-01") if waits else ledger.then_accepted()


def test_overlapping_ones_of_the_youth_count_together() -> None:
    ledger = given(control(400, tot="2025-06-30"))
    ledger.when(control(201, "T2", van="2025-06-30")).then_waits_for("TW-MC-01")
    ledger.when(control(200, "T3", van="2025-06-30")).then_accepted()
    ledger = given(control(400, tot="2025-06-30"))
    ledger.when(control(600, "T2", van="2025-07-01")).then_accepted()
    given(control(400, voor=BRAM)).when(control(600, "T2")).then_accepted()


def test_an_extension_may_not_pass_ten_hours_either() -> None:
    ledger = given(control(500))
    ledger.when(verlenging(extra=101)).then_waits_for("TW-MC-01")
    ledger.when(verlenging(extra=100)).then_accepted()
    ledger.when(verlenging("2026-06-30")).then_accepted()


@pytest.mark.parametrize(
    ("talk", "enough"),
    [
        ({**REASONED, "op": "2025-01-06"}, True),
        ({**REASONED, "op": "2025-01-02"}, True),
        ({**REASONED, "op": "2025-01-07"}, False),
        ({**REASONED, "onderbouwing": False}, False),
        ({**REASONED, "onderbouwing": None}, False),
        ({**REASONED, "onderbouwing": AFWEZIG}, False),
        ({**REASONED, "onderwerp": "verlenging"}, False),
        ({**REASONED, "met": "gemeente"}, False),
        ({**REASONED, "over": "V1"}, True),
        ({**REASONED, "over": "V2"}, False),
    ],
)
def test_more_only_after_a_reasoned_talk_with_the_toegang(
    talk: dict[str, Any], enough: bool
) -> None:
    ledger = given(verwijzing("V1"), verwijzing("V2"), contact(**talk))
    ledger.when(control(6000, verwijzing="V1", verwijzer=AFWEZIG))
    ledger.then_accepted() if enough else ledger.then_waits_for("TW-MC-01")


def test_within_a_larger_size_only_that_size_bounds() -> None:
    ledger = given(contact(**REASONED), control(900), start())
    ledger.when(inzet(900)).then_accepted()
    ledger.when(inzet(1)).then_refused_by("TW-ALG-01")
    approved = given().when(called("T", control(900))).given(goedkeuring("T"), start())
    approved.when(inzet(900)).then_accepted()


@pytest.mark.parametrize(
    ("tot", "limit"),
    [
        ("2025-12-31", 600),
        ("2026-01-05", 600),
        ("2026-01-06", 1200),
        ("2027-01-05", 1200),
        ("2027-01-06", 1800),
    ],
)
def test_per_year_of_the_validity_each_year_that_begins_adds_ten_hours(
    tot: str, limit: int
) -> None:
    period("looptijdjaar").when(control(limit, tot=tot)).then_accepted()
    period("looptijdjaar").when(control(limit + 1, tot=tot)).then_waits_for("TW-MC-01")


@pytest.mark.parametrize(
    ("tot", "limit"),
    [("2025-12-31", 600), ("2026-01-01", 1200), ("2026-12-31", 1200), ("2027-01-01", 1800)],
)
def test_per_calendar_year_each_year_it_touches_adds_ten_hours(tot: str, limit: int) -> None:
    period("kalenderjaar").when(control(limit, tot=tot)).then_accepted()
    period("kalenderjaar").when(control(limit + 1, tot=tot)).then_waits_for("TW-MC-01")


@pytest.mark.parametrize(
    ("name", "last", "first"),
    [("looptijdjaar", "2026-01-05", "2026-01-06"), ("kalenderjaar", "2025-12-31", "2026-01-01")],
)
def test_with_a_period_the_minutes_of_each_are_bounded(name: str, last: str, first: str) -> None:
    ledger = period(name, control(1200, tot="2026-12-31"), start(), inzet(540, op="2025-03-10"))
    ledger.when(inzet(61, op=last)).then_waits_for("TW-MC-01")
    ledger.when(inzet(60, op=last)).then_accepted()
    ledger.when(inzet(1, op="2025-01-06")).then_waits_for("TW-MC-01")
    ledger.when(inzet(600, op=first)).then_accepted()
    ledger.given(contact(**REASONED, op="2025-03-12"))
    ledger.when(inzet(0, op=first)).then_accepted()


def test_after_the_talk_more_may_be_done_in_a_year() -> None:
    ledger = period("kalenderjaar", control(1200, tot="2026-12-31"), start(), inzet(600))
    ledger.given(contact(**REASONED, op="2025-05-01"))
    ledger.when(inzet(1, op="2025-04-30")).then_waits_for("TW-MC-01")
    ledger.when(inzet(1, op="2025-05-01")).then_accepted()


ONE_AFTER_THE_OTHER = [
    control(600, tot="2025-06-30"),
    start(),
    control(1200, "T2", van="2025-07-01", tot="2026-06-30"),
    start("T2", op="2025-07-01"),
    inzet(400, op="2025-03-10"),
]


def test_a_calendar_year_is_of_the_youth_over_successive_allocations() -> None:
    ledger = period("kalenderjaar", *ONE_AFTER_THE_OTHER)
    ledger.when(inzet(201, van="T2", op="2025-12-31")).then_waits_for("TW-MC-01")
    ledger.when(inzet(200, van="T2", op="2025-12-31")).then_accepted()
    ledger.when(inzet(600, van="T2", op="2026-01-01")).then_accepted()
    ledger.given(contact(**REASONED, op="2025-03-12"))
    ledger.when(inzet(201, van="T2", op="2025-12-31")).then_accepted()


@pytest.mark.parametrize("name", ["looptijd", "looptijdjaar"])
def test_another_year_is_of_each_allocation(name: str) -> None:
    smaller = control(600, "T2", van="2025-07-01", tot="2026-06-30")
    ledger = period(name, *ONE_AFTER_THE_OTHER[:2], smaller, *ONE_AFTER_THE_OTHER[3:])
    ledger.when(inzet(600, van="T2", op="2025-12-31")).then_accepted()


def test_minutes_under_treatment_never_count() -> None:
    ledger = period("kalenderjaar", behandeling("T2"), start("T2"), control(600), start())
    ledger.given(inzet(2000, van="T2"))
    ledger.when(inzet(600)).then_accepted()


@pytest.mark.parametrize(("told", "refused"), [(True, True), (False, False), (None, False)])
def test_it_is_not_for_who_has_another_disease(told: Any, refused: bool) -> None:
    ledger = given().when(control(600, medische_comorbiditeit=told))
    ledger.then_refused_by("TW-MC-02") if refused else ledger.then_accepted()
    given().when(control(600)).then_accepted().then_not_judged("TW-MC-02", "medische_comorbiditeit")


@pytest.mark.parametrize("aantal", [0, 10, 600])
def test_a_charged_no_show_waits_for_the_gemeente(aantal: int) -> None:
    ledger = given(control(600), start())
    ledger.when(no_show(aantal=aantal, declareren=False)).then_accepted()
    ledger.when(called("N", no_show(aantal=aantal))).then_waits_for("TW-NS-07").then_used(0)
    ledger.given(goedkeuring("N")).then_used(aantal)
