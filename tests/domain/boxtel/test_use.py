"""BX-P19 and the figures: what was allocated bounds what is used, in units, euros and days."""

import pytest
from tests.domain.boxtel.cases import (
    case,
    eerder,
    intrekking,
    inzet,
    pgb,
    start,
    step,
    stop,
    zin,
)

HOURS = zin("gezinsgericht", volume=10, eenheid="uur")


@pytest.mark.parametrize(("hours", "may"), [(10, True), (10.25, False)])
def test_units_are_bounded(hours: float, *, may: bool) -> None:
    told = case(HOURS, inzet(hours))

    told.then_accepted() if may else told.then_refused_by("BX-P19")
    told.then_stands(verbruikt=hours if may else 0)


@pytest.mark.parametrize(("amount", "may"), [("470.00", True), ("470.01", False)])
def test_euros_are_bounded(amount: str, *, may: bool) -> None:
    for granted in (pgb(), pgb(budget="weg")):
        told = case(granted, inzet(9, bedrag=amount))

        told.then_accepted() if may else told.then_refused_by("BX-P19")


def test_a_step_that_just_does_not_fit_may_be_asked_for_less() -> None:
    granted = pgb(budget="100.00")

    case(granted, inzet(3)).then_refused_by("BX-P19")
    case(granted, inzet(3, bedrag="100.00")).then_accepted().then_stands(
        verbruikt=3, bedrag_eur="100.00", saldo_eur="0.00"
    )


def test_money_is_rounded_per_step() -> None:
    granted = pgb(hulpverlener="zzp", budget="399.50")

    case(granted, inzet(1.5), inzet(1.5)).then_accepted().then_stands(bedrag_eur="119.86")


@pytest.mark.parametrize(
    ("day", "may"),
    [("2020-05-10", False), ("2020-05-11", True), ("2020-12-31", True), ("2021-01-01", False)],
)
def test_days_are_bounded(day: str, *, may: bool) -> None:
    told = case(zin("gezinsgericht", op="2020-05-01", volume=10, eenheid="uur"), inzet(op=day))

    told.then_accepted() if may else told.then_refused_by("BX-P19")


@pytest.mark.parametrize(("day", "may"), [("2020-06-30", True), ("2020-07-01", False)])
def test_a_stop_bounds_the_days(day: str, *, may: bool) -> None:
    told = case(
        HOURS, stop(op="2020-06-30"), inzet(op="2020-07-02") | {"van": day, "tot_en_met": day}
    )

    told.then_accepted() if may else told.then_refused_by("BX-P19")


@pytest.mark.parametrize(("day", "may"), [("2020-06-29", True), ("2020-06-30", False)])
def test_a_withdrawal_bounds_the_days(day: str, *, may: bool) -> None:
    told = case(
        HOURS, intrekking(op="2020-06-30"), inzet(op="2020-07-02") | {"van": day, "tot_en_met": day}
    )

    told.then_accepted() if may else told.then_refused_by("BX-P19")


def test_a_no_show_that_is_charged_is_bounded_and_one_that_is_not_is_free() -> None:
    missed = step("NoShowGeregistreerd", "2020-06-02", toewijzing="T1", aantal=1, eenheid="uur")

    case(HOURS, inzet(10), missed).then_accepted()
    case(HOURS, inzet(10), missed | {"declareren": True}).then_refused_by("BX-P19")
    case(HOURS, inzet(9), missed | {"declareren": True}).then_accepted().then_stands(verbruikt=10)


def test_no_start_is_needed_and_absence_has_no_rule() -> None:
    away = step(
        "AfwezigheidGemeld",
        "2020-06-02",
        toewijzing="T1",
        van="2020-06-02",
        tot_en_met="2021-06-02",
        reden="vakantie",
    )

    case(HOURS, inzet()).then_accepted()
    case(HOURS, start(), away).then_accepted()


def test_what_was_used_before_counts() -> None:
    begin = (
        eerder("gezinsgericht", "T1", tot="2020-12-31", volume=10, eenheid="uur", verbruikt=9),
    )

    case(inzet(1), begin=begin).then_accepted()
    case(inzet(2), begin=begin).then_refused_by("BX-P19")


def test_claims_and_payments_are_booked() -> None:
    claimed = step("Gedeclareerd", "2020-06-02", toewijzing="T1", bedrag="9999.00")
    paid = step("Betaald", "2020-06-03", toewijzing="T1", bedrag="47.00", via="svb")

    case(pgb(), inzet(), claimed).then_accepted().then_stands(gedeclareerd_eur="9999.00")
    case(pgb(), inzet(), paid).then_accepted().then_stands(betaald_eur="47.00", saldo_eur="423.00")


def test_a_refused_step_leaves_every_figure_as_it_was() -> None:
    case(pgb(), inzet(2), inzet(9)).then_refused_by("BX-P19").then_stands(
        toegewezen=10, verbruikt=2, saldo=8, bedrag_eur="94.00", saldo_eur="376.00"
    )


def test_a_charged_no_show_is_bounded_in_euros_and_days() -> None:
    missed = step(
        "NoShowGeregistreerd",
        "2020-06-02",
        toewijzing="T1",
        aantal=3,
        eenheid="uur",
        declareren=True,
    )

    case(pgb(budget="141.00"), missed).then_accepted().then_stands(bedrag_eur="141.00")
    case(pgb(budget="140.99"), missed).then_refused_by("BX-P19")
    case(HOURS, stop(op="2020-06-01"), missed).then_refused_by("BX-P19")
    case(HOURS, stop(op="2020-06-02"), missed).then_accepted()
