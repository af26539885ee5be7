"""TW-ALG-01 and TW-ALG-03: what was allocated is the bound of all that is charged."""

import pytest
from tests.builders import (
    begeleiding,
    behandeling,
    called,
    correctie,
    given,
    intrekking,
    inzet,
    no_show,
    running,
    start,
    stop,
    tarief,
    toewijzing,
    verlenging,
)

from rekenschap.domain.absent import AFWEZIG


@pytest.mark.parametrize("minutes", [0, 1, 599, 600])
def test_effort_up_to_the_size_counts(minutes: int) -> None:
    running(begeleiding(volume=600)).when(inzet(minutes)).then_accepted().then_used(minutes)


@pytest.mark.parametrize("minutes", ["600.000001", 601, 1200, 999_999_999])
def test_effort_above_the_size_is_refused_as_a_whole(minutes: object) -> None:
    ledger = running(begeleiding(volume=600)).when(inzet(minutes))
    ledger.then_refused_by("TW-ALG-01").then_used(0)


def test_the_last_minute_is_the_last() -> None:
    ledger = running(begeleiding(volume=600)).given(inzet(540), inzet(60, soort="indirect"))
    ledger.when(inzet(1)).then_refused_by("TW-ALG-01").then_used(600)


def test_the_part_that_fits_can_be_submitted_again() -> None:
    ledger = running(begeleiding(volume=600)).given(inzet(540))
    ledger.when(inzet(61)).then_refused_by("TW-ALG-01")
    ledger.when(inzet(60)).then_accepted().then_used(600)


def test_the_answer_tells_what_was_compared() -> None:
    ledger = running(begeleiding(volume=600)).given(inzet(540)).when(inzet(100))
    compared = ledger.answer.oordelen[0].vergeleken
    assert compared == {"toegewezen": 600, "verbruikt_met_deze_stap": 640, "past_nog": 60}


def test_a_charged_no_show_draws_on_the_same_size() -> None:
    ledger = running(begeleiding(volume=100)).given(inzet(60))
    ledger.when(no_show(aantal=41)).then_refused_by("TW-ALG-01").then_used(60)
    ledger.when(no_show(aantal=40)).then_accepted().then_used(100)


def test_a_no_show_that_is_only_reported_weighs_nothing() -> None:
    ledger = running(begeleiding(volume=60)).given(inzet(60))
    ledger.when(no_show(aantal=600, declareren=False)).then_accepted().then_used(60)


def test_effort_that_comes_late_finds_the_size_used_up() -> None:
    """Who is recorded first has the place, whatever its valid day."""
    ledger = running(begeleiding(volume=100)).given(inzet(100, op="2025-12-01"))
    ledger.when(inzet(1, op="2025-02-01")).then_refused_by("TW-ALG-01")


def test_another_allocation_has_a_size_of_its_own() -> None:
    ledger = running(begeleiding(volume=100)).given(inzet(100), begeleiding("T2"), start("T2"))
    ledger.when(inzet(100, van="T2")).then_accepted().then_used(100).then_used(100, "T2")


def test_an_allocation_without_a_size_has_no_bound() -> None:
    grant = begeleiding(volume=AFWEZIG, eenheid=AFWEZIG)
    ledger = running(grant).when(inzet(999_999)).then_accepted()
    assert ledger.allocation().saldo is None


def test_an_allocation_of_zero_takes_no_minute() -> None:
    running(begeleiding(volume=0)).when(inzet(1)).then_refused_by("TW-ALG-01")


def test_fractions_of_a_minute_are_counted_exactly() -> None:
    ledger = running(begeleiding(volume=1)).given(*[inzet("0.1") for _ in range(10)])
    assert ledger.allocation().saldo == 0
    ledger.when(inzet("0.000001")).then_refused_by("TW-ALG-01")


@pytest.mark.parametrize(
    ("frequentie", "first", "last", "size"),
    [
        ("per_dag", "2025-03-01", "2025-03-01", 10),
        ("per_dag", "2025-02-27", "2025-03-01", 30),
        ("per_dag", "2028-02-28", "2028-03-01", 30),
        ("per_week", "2025-01-06", "2025-01-12", 10),
        ("per_week", "2025-01-06", "2025-01-13", 20),
        ("per_week", "2025-12-28", "2025-12-29", 20),
        ("per_week", "2026-12-28", "2027-01-03", 10),
        ("per_maand", "2025-01-31", "2025-02-01", 20),
        ("per_maand", "2025-12-31", "2026-01-01", 20),
        ("per_maand", "2025-01-01", "2025-12-31", 120),
    ],
)
def test_a_size_per_day_week_or_month_is_a_total_over_the_validity(
    frequentie: str, first: str, last: str, size: int
) -> None:
    grant = begeleiding(volume=10, frequentie=frequentie, van=first, tot=last)
    assert given(grant).allocation().omvang == size


def test_a_size_per_week_with_an_open_end_has_no_bound() -> None:
    ledger = running(begeleiding(volume=10, frequentie="per_week", tot=None))
    ledger.when(inzet(10_000)).then_accepted()


def test_an_extension_of_a_size_per_week_adds_the_weeks_it_adds() -> None:
    grant = begeleiding(volume=10, frequentie="per_week", van="2025-01-06", tot="2025-01-12")
    ledger = given(grant, verlenging("2025-01-26", op="2025-01-10"))
    assert ledger.allocation().omvang == 30


def test_an_extension_adds_its_size() -> None:
    ledger = running(begeleiding(volume=100)).given(inzet(100), verlenging(extra=50))
    ledger.when(inzet(51)).then_refused_by("TW-ALG-01")
    ledger.when(inzet(50)).then_accepted()


def test_an_extension_of_the_period_alone_adds_no_size() -> None:
    ledger = running(begeleiding(volume=100)).given(inzet(100), verlenging("2026-06-30"))
    ledger.when(inzet(1)).then_refused_by("TW-ALG-01")


# --- money


@pytest.mark.parametrize("minutes", [0, 99, 100])
def test_effort_up_to_the_budget_counts(minutes: int) -> None:
    ledger = running(begeleiding(budget=10_000, tarief=100))
    ledger.when(inzet(minutes)).then_accepted()


@pytest.mark.parametrize("minutes", ["100.01", 101, 5000])
def test_effort_above_the_budget_is_refused(minutes: object) -> None:
    ledger = running(begeleiding(budget=10_000, tarief=100))
    ledger.when(inzet(minutes)).then_refused_by("TW-ALG-03").then_used(0)


def test_no_shows_weigh_on_the_budget_too() -> None:
    ledger = running(begeleiding(budget=10_000, tarief=100)).given(inzet(60))
    ledger.when(no_show(aantal=41)).then_refused_by("TW-ALG-03")
    ledger.when(no_show(aantal=40)).then_accepted()


def test_without_a_budget_money_is_no_bound() -> None:
    running(begeleiding(tarief=100_000_000)).when(inzet(6000)).then_accepted()


def test_without_a_price_the_budget_is_not_judged() -> None:
    ledger = running(begeleiding(budget=1)).when(inzet(6000)).then_accepted()
    ledger.then_not_judged("TW-ALG-03", "tarief")


def test_a_budget_of_zero_takes_nothing_that_costs() -> None:
    ledger = running(begeleiding(budget=0, tarief=1))
    ledger.when(inzet(0)).then_accepted()
    ledger.when(inzet(1)).then_refused_by("TW-ALG-03")


def test_the_price_is_that_of_the_day_of_delivery() -> None:
    product = "begeleiding_individueel"
    ledger = given(
        tarief(product, 100, vanaf="2025-01-01"),
        tarief(product, 200, vanaf="2025-07-01"),
        begeleiding(budget=10_000),
        start(),
    )
    ledger.when(inzet(51, op="2025-07-01")).then_refused_by("TW-ALG-03")
    ledger.when(inzet(100, op="2025-06-30")).then_accepted()


def test_an_agreed_price_goes_before_the_fixed_one() -> None:
    ledger = given(
        tarief("begeleiding_individueel", 1), begeleiding(budget=100, tarief=100), start()
    )
    ledger.when(inzet(2)).then_refused_by("TW-ALG-03")


def test_an_extension_can_add_budget() -> None:
    ledger = running(begeleiding(budget=100, tarief=100)).given(inzet(1))
    ledger.given(verlenging(extra_budget=100))
    ledger.when(inzet(2)).then_refused_by("TW-ALG-03")
    ledger.when(inzet(1)).then_accepted()


def test_size_and_budget_refuse_together() -> None:
    ledger = running(begeleiding(volume=10, budget=1000, tarief=100))
    ledger.when(inzet(11)).then_refused_by("TW-ALG-01", "TW-ALG-03")


def test_a_budget_is_compared_exactly_not_rounded() -> None:
    """A third of a cent too much is too much, and rounding does not hide it."""
    ledger = running(begeleiding(budget=100, tarief=1)).given(inzet(100))
    ledger.when(inzet("0.3")).then_refused_by("TW-ALG-03")


# --- states around it


def test_a_stopped_allocation_still_takes_late_effort_within_its_size() -> None:
    ledger = running(begeleiding(volume=100)).given(called("S", stop(op="2025-06-30")))
    ledger.when(inzet(100, op="2025-06-30")).then_accepted()
    ledger.when(inzet(1, op="2025-06-30")).then_refused_by("TW-ALG-01")


def test_a_withdrawn_allocation_takes_effort_from_before_the_withdrawal() -> None:
    ledger = running(begeleiding(volume=100)).given(intrekking(op="2025-06-30"))
    ledger.when(inzet(100, op="2025-06-29")).then_accepted()


def test_raising_the_size_by_correction_makes_room() -> None:
    ledger = given(called("T", behandeling(volume=100)), start()).given(inzet(100))
    ledger.given(correctie("T", volume=200))
    ledger.when(inzet(101)).then_refused_by("TW-ALG-01")
    ledger.when(inzet(100)).then_accepted()


def test_effort_in_minutes_on_a_traject_weighs_nothing() -> None:
    grant = toewijzing(product="mst", volume=1, eenheid="traject")
    running(grant).when(inzet(9000)).then_accepted().then_used(0)
