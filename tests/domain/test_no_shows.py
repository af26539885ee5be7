"""TW-NS-01, 02 and 03: how many no-shows may be charged, and what is one."""

from typing import Any

import pytest
from tests.builders import (
    ANNA,
    BRAM,
    Ledger,
    begeleiding,
    behandeling,
    called,
    correctie,
    doorhaling,
    given,
    inzet,
    no_show,
    optie,
    running,
    start,
    toewijzing,
    vaktherapie,
    van_product,
    verlenging,
)

from rekenschap.domain.absent import AFWEZIG

FIVE = ["2025-01-06", "2025-02-10", "2025-05-12", "2025-09-08", "2025-12-31"]


def five(van: str = "T1") -> list[Any]:
    """Five no-shows, called N1 to N5."""
    return [called(f"N{n}", no_show(op, van=van)) for n, op in enumerate(FIVE, start=1)]


def year(name: str) -> Ledger:
    """A ledger that counts no-shows over that year, with an allocation of two years."""
    return given(optie("no_show_jaar", name), begeleiding(tot="2026-12-31"), start())


def scope(name: str) -> Ledger:
    return given(optie("no_show_scope", name), begeleiding(), start())


# --- five per year


@pytest.mark.parametrize("make", [begeleiding, behandeling, vaktherapie])
def test_five_may_be_charged_and_the_sixth_may_not(make: Any) -> None:
    ledger = running(make())
    for op in FIVE:
        ledger.when(no_show(op)).then_accepted()
    ledger.when(no_show("2025-03-03")).then_refused_by("TW-NS-01").then_used(300)
    ledger.when(no_show("2025-03-04")).then_refused_by("TW-NS-01")


def test_the_sixth_no_show_stays_on_record_as_a_fact() -> None:
    ledger = running().given(*five()).when(no_show("2025-06-02"))
    ledger.then_refused_by("TW-NS-01")
    fact, claim = ledger.said
    assert fact.beslissing.uitkomst.erkend
    assert not claim.beslissing.uitkomst.erkend
    assert len(ledger.allocation().no_shows) == 6
    assert len(ledger.allocation().lasten) == 5


def test_no_shows_that_are_only_reported_do_not_count() -> None:
    ledger = running()
    for _ in range(20):
        ledger.when(no_show(declareren=False)).then_accepted()
    for op in FIVE:
        ledger.when(no_show(op)).then_accepted()


def test_a_sixth_that_is_only_reported_is_a_fact() -> None:
    running().given(*five()).when(no_show(declareren=False)).then_accepted()


def test_two_on_one_day_count_twice() -> None:
    ledger = running().given(*[no_show("2025-03-10") for _ in range(5)])
    ledger.when(no_show("2025-03-10")).then_refused_by("TW-NS-01")


def test_a_no_show_of_zero_minutes_is_one_of_the_five() -> None:
    ledger = running().given(*[no_show(aantal=0) for _ in range(5)])
    ledger.when(no_show(aantal=0)).then_refused_by("TW-NS-01")


def test_a_refused_no_show_is_none_of_the_five() -> None:
    ledger = running().given(*five()[:4])
    ledger.when(no_show("2026-02-02")).then_refused_by("TW-ALG-02")
    ledger.when(no_show(aantal=99_999)).then_refused_by("TW-ALG-01")
    ledger.when(no_show("2025-10-10")).then_accepted()


def test_no_shows_of_another_youth_do_not_count() -> None:
    ledger = running().given(begeleiding("T2", voor=BRAM), start("T2"), *five("T2"))
    ledger.when(no_show("2025-03-10")).then_accepted()


def test_a_new_calendar_year_begins_on_1_january() -> None:
    ledger = running(begeleiding(tot="2026-12-31")).given(*five())
    ledger.when(no_show("2026-01-01")).then_accepted()
    ledger.when(no_show("2025-12-31")).then_refused_by("TW-NS-01")


def test_the_iso_week_year_is_no_calendar_year() -> None:
    """29 December 2025 lies in ISO week 1 of 2026, and in 2025."""
    ledger = running(begeleiding(tot="2026-12-31")).given(*five())
    ledger.when(no_show("2025-12-29")).then_refused_by("TW-NS-01")


def test_who_is_recorded_first_has_the_place_whatever_its_day() -> None:
    ledger = running().given(*[no_show(f"2025-12-0{n}") for n in range(1, 6)])
    ledger.when(no_show("2025-01-06")).then_refused_by("TW-NS-01")


@pytest.mark.parametrize("first", [0, 1, 4])
def test_a_late_one_of_last_year_takes_no_place_in_this(first: int) -> None:
    ledger = running(begeleiding(tot="2026-12-31"))
    ledger.given(*[no_show(f"2026-02-0{n}") for n in range(1, 6)])
    ledger.when(no_show(FIVE[first])).then_accepted()


def test_on_mst_a_no_show_counts_in_the_five_and_weighs_nothing() -> None:
    ledger = running(toewijzing(product="mst", volume=1, eenheid="traject")).given(*five())
    ledger.then_used(0)
    ledger.when(no_show("2025-06-02")).then_refused_by("TW-NS-01")


def test_other_products_have_no_five_per_year() -> None:
    group = toewijzing(product="begeleiding_groep_basis", volume=100, eenheid="uur")
    ledger = running(group)
    step = no_show(eenheid="uur", aantal=1, inhaaldag_mogelijk=False, vervanger_gevonden=False)
    for _ in range(6):
        ledger.when(step)
        assert "TW-NS-01" not in ledger.answer.regels


# --- the year: a rolling one, or the allocation


def test_a_rolling_year_ends_on_the_day_and_begins_a_day_later_the_year_before() -> None:
    ledger = year("voortschrijdend_12m").given(*[no_show("2025-03-10") for _ in range(5)])
    ledger.when(no_show("2026-03-09")).then_refused_by("TW-NS-01")
    ledger.when(no_show("2026-03-10")).then_counts()


def test_a_rolling_year_does_not_begin_anew_in_january() -> None:
    ledger = year("voortschrijdend_12m").given(*five())
    ledger.when(no_show("2026-01-01")).then_refused_by("TW-NS-01")
    ledger.when(no_show("2026-01-06")).then_counts()


def test_a_rolling_year_over_a_leap_day() -> None:
    ledger = given(
        optie("no_show_jaar", "voortschrijdend_12m"),
        begeleiding(van="2027-01-04", tot="2029-12-31"),
        start(op="2027-01-04"),
    )
    ledger.given(*[no_show("2028-02-29") for _ in range(5)])
    ledger.when(no_show("2029-02-27")).then_refused_by("TW-NS-01")
    ledger.when(no_show("2029-02-28")).then_refused_by("TW-NS-01")
    ledger.when(no_show("2029-03-01")).then_counts()


def test_a_late_no_show_is_tested_in_every_rolling_year_that_holds_its_day() -> None:
    """Five lie after it, within one year: with it there would be six in that year."""
    ledger = year("voortschrijdend_12m").given(*[no_show(f"2026-02-0{n}") for n in range(1, 6)])
    ledger.when(no_show("2025-02-06")).then_refused_by("TW-NS-01")
    ledger.when(no_show("2025-02-05")).then_accepted()


def test_over_the_allocation_five_is_all_there_is() -> None:
    ledger = year("looptijd").given(*five())
    ledger.when(no_show("2026-12-31")).then_refused_by("TW-NS-01")


def test_over_the_allocation_another_one_has_five_of_its_own() -> None:
    ledger = year("looptijd").given(*five(), begeleiding("T2"), start("T2"))
    for op in FIVE:
        ledger.when(no_show(op, van="T2")).then_accepted()
    ledger.when(no_show("2025-03-03", van="T2")).then_refused_by("TW-NS-01")


def test_an_extension_gives_no_new_five_over_the_allocation() -> None:
    ledger = year("looptijd").given(*five(), verlenging("2027-12-31"))
    ledger.when(no_show("2027-06-07")).then_refused_by("TW-NS-01")


def test_a_reading_counts_from_the_day_it_was_chosen_for() -> None:
    ledger = given(
        optie("no_show_jaar", "looptijd", vanaf="2026-01-01"),
        begeleiding(tot="2026-12-31"),
        start(),
        *five(),
    )
    ledger.when(no_show("2026-01-01")).then_refused_by("TW-NS-01")
    ledger.when(no_show("2025-12-31")).then_refused_by("TW-NS-01")


# --- the scope: youth and product, the allocation, or the youth


def test_successive_allocations_of_the_product_are_counted_together() -> None:
    ledger = running(begeleiding(tot="2025-06-30")).given(
        no_show("2025-01-06"),
        no_show("2025-02-10"),
        no_show("2025-05-12"),
        begeleiding("T2", van="2025-07-01", tot="2025-12-31"),
        no_show("2025-09-08", van="T2"),
        no_show("2025-12-31", van="T2"),
    )
    ledger.when(no_show("2025-10-06", van="T2")).then_refused_by("TW-NS-01")


def test_another_product_has_five_of_its_own() -> None:
    ledger = running().given(*five(), vaktherapie("T2"), start("T2"))
    for op in FIVE:
        ledger.when(no_show(op, van="T2")).then_accepted()
    ledger.when(no_show("2025-03-03", van="T2")).then_refused_by("TW-NS-01")


def test_per_allocation_a_second_of_the_same_product_has_five_of_its_own() -> None:
    ledger = scope("toewijzing").given(*five(), begeleiding("T2"), start("T2"))
    ledger.when(no_show("2025-03-03", van="T2")).then_accepted()
    ledger.when(no_show("2025-03-03")).then_refused_by("TW-NS-01")


def test_per_youth_all_products_are_counted_together() -> None:
    ledger = scope("jeugdige").given(*five(), vaktherapie("T2"), start("T2"))
    ledger.when(no_show("2025-03-03", van="T2")).then_refused_by("TW-NS-01")


@pytest.mark.parametrize("product", ["begeleiding_groep_basis", "kdc_odc_basis"])
def test_per_youth_a_product_that_has_no_five_counts_in_none(product: str) -> None:
    ledger = scope("jeugdige").given(van_product(product, "T2"), start("T2"))
    for op in FIVE:
        ledger.given(no_show(op, van="T2", aantal=1, eenheid="uur"))
    ledger.given(*five())
    ledger.when(no_show("2025-03-03")).then_refused_by("TW-NS-01")


def test_per_youth_another_youth_is_still_another() -> None:
    ledger = scope("jeugdige").given(*five(), begeleiding("T2", voor=BRAM), start("T2"))
    ledger.when(no_show("2025-03-03", van="T2")).then_accepted()
    assert ANNA != BRAM


# --- corrections and the five


def test_a_withdrawn_no_show_frees_a_place_for_a_later_one() -> None:
    ledger = running().given(*five()).given(doorhaling("N1"))
    ledger.when(no_show("2025-06-02")).then_accepted()
    ledger.when(no_show("2025-06-03")).then_refused_by("TW-NS-01")


def test_a_freed_place_is_not_handed_to_an_earlier_refused_one() -> None:
    ledger = running().given(*five()).when(no_show("2025-06-02")).then_refused_by("TW-NS-01")
    ledger.given(doorhaling("N1")).then_used(240)
    ledger.when(no_show("2025-06-02")).then_accepted().then_used(300)


def test_a_no_show_corrected_to_only_a_fact_frees_its_place() -> None:
    ledger = running().given(*five(), correctie("N3", declareren=False)).then_used(240)
    ledger.when(no_show("2025-06-02")).then_accepted()


def test_a_no_show_corrected_into_another_year_frees_its_place() -> None:
    ledger = running(begeleiding(tot="2026-12-31")).given(*five())
    ledger.given(correctie("N5", datum="2026-01-01"))
    ledger.when(no_show("2025-06-02")).then_accepted()
    ledger.when(no_show("2025-06-03")).then_refused_by("TW-NS-01")


def test_a_reported_no_show_corrected_to_charged_needs_a_place() -> None:
    ledger = running().given(*five(), called("X", no_show("2025-06-02", declareren=False)))
    ledger.when(correctie("X", declareren=True)).then_refused_by("TW-NS-01").then_used(300)


def test_correcting_the_minutes_of_the_fifth_takes_no_sixth_place() -> None:
    ledger = running().given(*five()).when(correctie("N5", aantal=45)).then_accepted()
    ledger.then_used(285)


# --- called off less than 24 hours before


@pytest.mark.parametrize("minutes", [None, 0, 1, 1439])
def test_less_than_24_hours_before_is_a_no_show(minutes: int | None) -> None:
    running().when(no_show(afgezegd_minuten_vooraf=minutes)).then_accepted()


@pytest.mark.parametrize("minutes", [1440, 1441, 10_080])
def test_24_hours_before_or_earlier_is_none(minutes: int) -> None:
    running().when(no_show(afgezegd_minuten_vooraf=minutes)).then_refused_by("TW-NS-02")


def test_what_is_no_no_show_can_still_be_reported() -> None:
    step = no_show(afgezegd_minuten_vooraf=9999, reistijd_minuten=60, declareren=False)
    running().when(step).then_accepted()


def test_when_it_was_called_off_and_nobody_told_is_not_judged() -> None:
    ledger = running().when(no_show(afgezegd_minuten_vooraf=AFWEZIG)).then_accepted()
    ledger.then_not_judged("TW-NS-02", "afgezegd_minuten_vooraf")


# --- no travel on top


def test_no_travel_is_charged_on_a_no_show() -> None:
    running().when(no_show(reistijd_minuten=0)).then_accepted()


@pytest.mark.parametrize("minutes", [1, 45, 600])
def test_a_no_show_with_travel_is_refused(minutes: int) -> None:
    running().when(no_show(reistijd_minuten=minutes)).then_refused_by("TW-NS-03").then_used(0)


def test_travel_nobody_told_of_is_not_judged() -> None:
    ledger = running().when(no_show(reistijd_minuten=AFWEZIG)).then_accepted()
    ledger.then_not_judged("TW-NS-03", "reistijd_minuten")


def test_all_that_is_wrong_is_named() -> None:
    ledger = running().given(*five())
    step = no_show("2025-06-02", afgezegd_minuten_vooraf=1440, reistijd_minuten=5, aantal=99_999)
    ledger.when(step).then_refused_by("TW-NS-01", "TW-NS-02", "TW-NS-03", "TW-ALG-01")


def test_work_is_no_no_show() -> None:
    ledger = running().given(*[inzet(op=op) for op in FIVE])
    ledger.when(no_show()).then_accepted()
