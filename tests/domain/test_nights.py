"""TW-VB-01, VB-13, DV-03, PZ-02, PZ-03, PZ-07, GH-03 and EV-03; ALG-01, 02 and 10 for stays."""

from datetime import date
from typing import Any

import attrs
import pytest
from tests.builders import (
    BRAM,
    Ledger,
    afwezigheid,
    called,
    doorhaling,
    given,
    goedkeuring,
    hervatting,
    intrekking,
    inzet,
    no_show,
    running,
    start,
    stop,
    van_product,
    verblijf,
)

IN_NIGHTS = [
    "csi_gezinsopname",
    "pleegzorg_voltijd",
    "deeltijdverblijf_logeren",
    "gezinshuis",
    "woongroep",
    "hoogspecialistische_woonvoorziening",
    "kamertraining",
    "ouder_kind_groep",
    "behandelgroep",
    "driemilieuvoorziening",
    "jeugd_ggz_verblijf",
    "jeugdzorgplus",
    "crisis_verblijf_lvb",
    "crisis_verblijf_ggz",
    "crisis_verblijf_jo",
    "crisis_pleegzorg",
]


def living(product: str = "woongroep", **values: Any) -> Ledger:
    return running(van_product(product, **values))


def days(first: str, last: str, count: int, **values: Any) -> Any:
    """Days of part-time foster care, the departure included."""
    return verblijf(first, last, aantal=count, **values)


# --- only nights


@pytest.mark.parametrize("product", IN_NIGHTS)
def test_no_more_is_claimed_than_there_were_nights(product: str) -> None:
    ledger = living(product)
    ledger.when(verblijf("2025-01-10", "2025-01-12", aantal=3)).then_refused_by("TW-VB-01")
    ledger.when(verblijf("2025-01-10", "2025-01-12", aantal=30)).then_refused_by("TW-VB-01")
    ledger.when(verblijf("2025-01-10", "2025-01-12", aantal=2)).then_accepted().then_used(2)
    ledger.when(verblijf("2025-01-13", "2025-01-16", aantal=1)).then_accepted().then_used(3)


@pytest.mark.parametrize("product", IN_NIGHTS)
def test_a_day_without_a_night_is_nothing(product: str) -> None:
    ledger = living(product)
    ledger.when(verblijf("2025-01-10", "2025-01-10", aantal=0)).then_accepted().then_used(0)
    ledger.when(verblijf("2025-01-10", "2025-01-10", aantal=1)).then_refused_by("TW-VB-01")


def test_without_both_days_nights_are_not_judged() -> None:
    living().when(inzet(5, eenheid="etmaal", soort="verblijf")).then_accepted().then_used(5)


def test_nights_over_a_leap_day_and_a_new_year() -> None:
    ledger = living("gezinshuis", van="2028-01-01", tot="2028-12-31")
    ledger.when(verblijf("2028-02-28", "2028-03-01", aantal=2)).then_accepted()
    ledger = living("gezinshuis", tot="2026-12-31")
    ledger.when(verblijf("2025-12-31", "2026-01-02", aantal=3)).then_refused_by("TW-VB-01")
    ledger.when(verblijf("2025-12-31", "2026-01-02", aantal=2)).then_accepted()


@pytest.mark.parametrize("product", [p for p in IN_NIGHTS if "crisis" not in p])
def test_the_departure_may_be_the_day_after_the_last(product: str) -> None:
    """The allocation lasts from 6 January 2025 up to and including 5 January 2026."""
    ledger = living(product)
    ledger.when(verblijf("2026-01-04", "2026-01-06")).then_counts()
    ledger.when(verblijf("2026-01-05", "2026-01-07")).then_refused_by("TW-ALG-02")
    ledger.when(verblijf("2026-01-06", "2026-01-07")).then_refused_by("TW-ALG-02")
    ledger.when(verblijf("2025-01-06", "2025-01-07")).then_accepted()
    ledger.when(verblijf("2025-01-05", "2025-01-06")).then_refused_by("TW-ALG-02", "TW-ALG-10")


def test_the_last_night_lies_before_a_stop_or_a_withdrawal() -> None:
    ledger = living().given(stop(op="2025-03-31"))
    ledger.when(verblijf("2025-03-30", "2025-04-01")).then_accepted()
    ledger.when(verblijf("2025-03-31", "2025-04-02")).then_refused_by("TW-ALG-02")
    ledger = living().given(intrekking(op="2025-04-01"))
    ledger.when(verblijf("2025-03-30", "2025-04-01")).then_accepted()
    ledger.when(verblijf("2025-04-01", "2025-04-02")).then_refused_by("TW-ALG-02")


def test_a_stay_begins_on_or_after_the_start_of_care() -> None:
    ledger = running(van_product("woongroep"), op="2025-02-03")
    ledger.when(verblijf("2025-02-03", "2025-02-04")).then_accepted()
    ledger.when(verblijf("2025-02-02", "2025-02-04")).then_refused_by("TW-ALG-10")
    given(van_product("woongroep")).when(verblijf("2025-02-03", "2025-02-04")).then_refused_by(
        "TW-ALG-10"
    )


def test_the_size_is_the_bound_for_nights() -> None:
    ledger = living("gezinshuis", volume=3)
    ledger.when(verblijf("2025-02-03", "2025-02-06")).then_accepted()
    ledger.when(verblijf("2025-02-10", "2025-02-11")).then_refused_by("TW-ALG-01")
    living("gezinshuis", volume=2).when(verblijf("2025-02-03", "2025-02-06")).then_refused_by(
        "TW-ALG-01"
    )
    nothing = living("gezinshuis", volume=0)
    nothing.when(verblijf("2025-02-03", "2025-02-04")).then_refused_by("TW-ALG-01")
    nothing.when(verblijf("2025-02-03", "2025-02-03", aantal=0)).then_accepted()


# --- one bed a night


def two(first: str = "woongroep", second: str = "kamertraining") -> Ledger:
    return given(van_product(first), start(), van_product(second, "T2"), start("T2"))


def test_a_night_is_claimed_on_one_allocation() -> None:
    ledger = two().given(verblijf("2025-02-03", "2025-02-06"))
    ledger.when(verblijf("2025-02-05", "2025-02-07", van="T2")).then_refused_by("TW-VB-13")
    ledger.when(verblijf("2025-02-01", "2025-02-04", van="T2")).then_refused_by("TW-VB-13")
    ledger.when(verblijf("2025-02-03", "2025-02-06", van="T2")).then_refused_by("TW-VB-13")
    ledger.when(verblijf("2025-02-06", "2025-02-07", van="T2")).then_accepted()
    ledger.when(verblijf("2025-02-01", "2025-02-03", van="T2")).then_accepted()


@pytest.mark.parametrize("product", [p for p in IN_NIGHTS if p != "woongroep"])
def test_the_later_of_two_claims_is_refused_in_either_order(product: str) -> None:
    if product in ("gezinshuis", "crisis_pleegzorg"):
        ledger = (
            two("pleegzorg_voltijd", product)
            if product != "gezinshuis"
            else two("behandelgroep", product)
        )
    else:
        ledger = two("woongroep", product)
    ledger.given(verblijf("2025-01-10", "2025-01-11", van="T2"))
    ledger.when(verblijf("2025-01-10", "2025-01-11")).then_refused_by("TW-VB-13")


def test_nights_that_are_not_claimed_are_free() -> None:
    """Three nights, of which the first two are claimed."""
    ledger = two().given(verblijf("2025-02-03", "2025-02-06", aantal=2))
    ledger.when(verblijf("2025-02-05", "2025-02-06", van="T2")).then_accepted()
    ledger.when(verblijf("2025-02-04", "2025-02-05", van="T2")).then_refused_by("TW-VB-13")


def test_absence_is_no_presence() -> None:
    ledger = two().given(afwezigheid("2025-02-03", "2025-02-06", reden="vakantie"))
    ledger.when(verblijf("2025-02-03", "2025-02-06", van="T2")).then_accepted()


def test_the_day_part_time_foster_care_ends_another_bed_is_free() -> None:
    ledger = two("pleegzorg_deeltijd", "kamertraining")
    ledger.given(days("2025-02-03", "2025-02-05", 3))
    ledger.when(verblijf("2025-02-04", "2025-02-05", van="T2")).then_refused_by("TW-VB-13")
    ledger.when(verblijf("2025-02-05", "2025-02-06", van="T2")).then_accepted()
    ledger.when(days("2025-02-10", "2025-02-10", 1)).then_accepted()


def test_another_youth_or_a_claim_taken_back_leaves_the_night_free() -> None:
    ledger = given(van_product("woongroep"), start(), verblijf("2025-02-03", "2025-02-06"))
    ledger.given(van_product("woongroep", "T3", voor=BRAM), start("T3"))
    ledger.when(verblijf("2025-02-03", "2025-02-06", van="T3")).then_accepted()
    ledger = two().given(called("stay", verblijf("2025-02-03", "2025-02-06")), doorhaling("stay"))
    ledger.when(verblijf("2025-02-03", "2025-02-06", van="T2")).then_accepted()


def test_help_by_the_minute_is_no_bed() -> None:
    ledger = given(van_product("jeugd_ggz_verblijf"), start())
    ledger.given(van_product("behandeling_individueel", "T2"), start("T2"))
    ledger.given(inzet(60, van="T2", op="2025-02-03"))
    ledger.when(verblijf("2025-02-03", "2025-02-06")).then_accepted()


# --- part-time foster care: days


def test_part_time_foster_care_counts_calendar_days() -> None:
    ledger = living("pleegzorg_deeltijd")
    ledger.when(days("2025-02-07", "2025-02-09", 4)).then_refused_by("TW-PZ-03")
    ledger.when(days("2025-02-07", "2025-02-09", 3)).then_accepted().then_used(3)
    ledger.when(days("2025-02-15", "2025-02-15", 2)).then_refused_by("TW-PZ-03")
    ledger.when(days("2025-02-15", "2025-02-15", 1)).then_accepted().then_used(4)
    ledger.when(days("2025-02-16", "2025-02-16", 0)).then_accepted().then_used(4)


@pytest.mark.parametrize(
    ("paid", "claimed", "refused"),
    [(3, 3, False), (2, 3, True), (2, 2, False), (0, 1, True), (0, 0, False), (None, 1, True)],
)
def test_a_day_counts_if_the_foster_parent_was_paid(
    paid: int | None, claimed: int, *, refused: bool
) -> None:
    step = days("2025-02-07", "2025-02-09", claimed, pleegvergoeding_dagen=paid)
    ledger = living("pleegzorg_deeltijd").when(step)
    ledger.then_refused_by("TW-PZ-03") if refused else ledger.then_accepted()


def test_the_departure_of_part_time_foster_care_lies_in_the_validity() -> None:
    ledger = living("pleegzorg_deeltijd")
    ledger.when(days("2026-01-03", "2026-01-05", 2)).then_counts()
    ledger.when(days("2026-01-04", "2026-01-06", 2)).then_refused_by("TW-ALG-02")


def test_three_days_a_week_and_a_fourth_waits() -> None:
    ledger = living("pleegzorg_deeltijd")
    ledger.when(days("2025-02-03", "2025-02-05", 3)).then_accepted()
    ledger.when(days("2025-02-08", "2025-02-08", 1)).then_waits_for("TW-PZ-02")
    ledger.when(days("2025-02-10", "2025-02-13", 4)).then_waits_for("TW-PZ-02")
    ledger.when(days("2025-02-17", "2025-03-02", 14)).then_waits_for("TW-PZ-02").then_used(3)


def test_a_weekend_over_two_weeks_counts_in_both() -> None:
    """Friday to Monday: three days in one ISO week, one in the next."""
    ledger = living("pleegzorg_deeltijd").given(days("2025-02-07", "2025-02-10", 4))
    ledger.when(days("2025-02-11", "2025-02-12", 2)).then_accepted()
    ledger.when(days("2025-02-13", "2025-02-13", 1)).then_waits_for("TW-PZ-02")
    ledger.when(days("2025-02-06", "2025-02-06", 1)).then_waits_for("TW-PZ-02")


def test_the_iso_week_over_new_year_is_one_week_for_foster_care() -> None:
    ledger = living("pleegzorg_deeltijd", tot="2026-12-31", volume=200)
    ledger.given(days("2025-12-29", "2025-12-31", 3))
    ledger.when(days("2026-01-01", "2026-01-01", 1)).then_waits_for("TW-PZ-02")
    ledger.when(days("2026-01-05", "2026-01-05", 1)).then_counts()


def test_only_the_claimed_days_of_the_week_count_and_an_approved_fourth_does() -> None:
    ledger = living("pleegzorg_deeltijd").given(days("2025-02-03", "2025-02-07", 2))
    ledger.when(days("2025-02-08", "2025-02-08", 1)).then_accepted()
    ledger.when(called("A", days("2025-02-09", "2025-02-09", 1))).then_waits_for("TW-PZ-02")
    ledger.given(goedkeuring("A")).then_used(4)


@pytest.mark.parametrize("product", ["pleegzorg_voltijd", "pleegzorg_deeltijd"])
@pytest.mark.parametrize("soort", ["intake", "screening"])
def test_intake_and_screening_are_in_the_price_of_foster_care(product: str, soort: str) -> None:
    ledger = living(product)
    ledger.when(inzet(1, eenheid="etmaal", soort=soort)).then_refused_by("TW-PZ-07")
    ledger.when(inzet(0, eenheid="etmaal", soort=soort)).then_refused_by("TW-PZ-07")
    ledger.when(inzet(60, soort=soort)).then_refused_by("TW-PZ-07", "TW-ALG-04")
    before = given(van_product(product))
    before.when(inzet(1, eenheid="etmaal", soort=soort)).then_refused_by("TW-PZ-07")


@pytest.mark.parametrize("aantal", [0, 1, 60])
def test_extra_support_is_in_the_price_of_the_gezinshuis(aantal: int) -> None:
    ledger = living("gezinshuis")
    step = inzet(aantal, eenheid="etmaal", soort="extra_ondersteuning", aanleiding="weekend")
    ledger.when(step).then_refused_by("TW-GH-03")
    ledger.when(inzet(aantal, eenheid="uur", soort="extra_ondersteuning")).then_refused_by(
        "TW-GH-03", "TW-ALG-04"
    )
    other = living().when(inzet(aantal, eenheid="etmaal", soort="extra_ondersteuning"))
    other.then_accepted()


# --- a day of part-time stay


HELP = {
    "begeleiding_individueel": "minuut",
    "behandeling_individueel": "minuut",
    "vaktherapie": "minuut",
    "begeleiding_groep_basis": "uur",
    "begeleiding_groep_intensief": "uur",
    "behandeling_groep_basis": "uur",
    "behandeling_groep_intensief": "uur",
}


def staying(product: str) -> Ledger:
    size = {"volume": 2200} if product == "vaktherapie" else {}
    grant = van_product(product, "T2", aanvullende_verzekering="niet_verzekerd", **size)
    return (
        two("deeltijdverblijf_logeren")
        if product == "kamertraining"
        else given(van_product("deeltijdverblijf_logeren"), start(), grant, start("T2"))
    )


@pytest.mark.parametrize(("product", "unit"), HELP.items())
def test_no_help_on_a_day_of_part_time_stay(product: str, unit: str) -> None:
    ledger = staying(product).given(verblijf("2025-02-07", "2025-02-09"))

    def helped(on: str, **values: Any) -> Ledger:
        return ledger.when(inzet(1, van="T2", op=on, eenheid=unit, **values))

    helped("2025-02-06").then_accepted()
    helped("2025-02-07").then_refused_by("TW-DV-03")
    helped("2025-02-08", tussen=("10:00", "11:00")).then_refused_by("TW-DV-03")
    helped("2025-02-09").then_accepted()
    for kind in ("indirect", "reistijd"):
        helped("2025-02-08", soort=kind).then_accepted()


def over(first: str, last: str, van: str = "T2", **values: Any) -> Any:
    """Effort over several days, recorded on the last."""
    days = {"van": date.fromisoformat(first), "tot_en_met": date.fromisoformat(last)}
    effort = inzet(60, van=van, op=last, **values)
    return attrs.evolve(effort, **days)


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        ("2025-02-03", "2025-02-06", False),
        ("2025-02-03", "2025-02-07", True),
        ("2025-02-08", "2025-02-12", True),
        ("2025-02-03", "2025-02-28", True),
        ("2025-02-09", "2025-02-28", False),
    ],
)
def test_every_day_of_effort_over_a_part_time_stay_counts(
    first: str, last: str, refused: bool
) -> None:
    ledger = staying("begeleiding_individueel").given(verblijf("2025-02-07", "2025-02-09"))
    ledger.when(over(first, last))
    ledger.then_refused_by("TW-DV-03") if refused else ledger.then_accepted()
    ledger.when(over(first, last, soort="indirect")).then_accepted()


def test_a_stay_that_is_registered_afterwards_is_not_refused() -> None:
    ledger = staying("begeleiding_individueel").given(inzet(van="T2", op="2025-02-08"))
    ledger.when(verblijf("2025-02-07", "2025-02-09")).then_accepted()


def test_absence_an_unclaimed_night_and_other_help_leave_the_day_free() -> None:
    ledger = staying("begeleiding_individueel")
    ledger.given(verblijf("2025-02-07", "2025-02-10", aantal=2))
    ledger.when(inzet(van="T2", op="2025-02-09")).then_accepted()
    ledger.given(afwezigheid("2025-03-07", "2025-03-08", reden="ziekte", gepland_aanwezig=True))
    ledger.when(inzet(van="T2", op="2025-03-07")).then_accepted()
    for product, unit in (("kdc_odc_basis", "uur"), ("fact", "minuut")):
        other = staying(product).given(verblijf("2025-02-07", "2025-02-09"))
        other.when(inzet(1, van="T2", op="2025-02-07", eenheid=unit)).then_accepted()


def test_no_show_on_a_day_of_part_time_stay_is_not_judged() -> None:
    ledger = staying("begeleiding_individueel").given(verblijf("2025-02-07", "2025-02-09"))
    ledger.when(no_show("2025-02-07", van="T2")).then_accepted()


# --- extra guidance while away


def extra(product: str = "behandelgroep") -> Ledger:
    stay = van_product(product)
    return given(stay, start(), van_product("extra_verblijfsbegeleiding", "T2"), start("T2"))


@pytest.mark.parametrize("product", ["behandelgroep", "driemilieuvoorziening", "jeugdzorgplus"])
@pytest.mark.parametrize("charged", [True, False])
def test_no_extra_guidance_on_the_days_away(product: str, charged: bool) -> None:
    away = afwezigheid("2025-02-07", "2025-02-09", reden="vakantie", declareren=charged)
    ledger = extra(product).given(away)
    for day in ("2025-02-07", "2025-02-08", "2025-02-09"):
        ledger.when(inzet(van="T2", op=day)).then_refused_by("TW-EV-03")
        ledger.when(inzet(van="T2", op=day, soort="indirect")).then_refused_by("TW-EV-03")
    for day in ("2025-02-06", "2025-02-10"):
        ledger.when(inzet(van="T2", op=day)).then_accepted()


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        ("2025-02-03", "2025-02-06", False),
        ("2025-02-03", "2025-02-07", True),
        ("2025-02-09", "2025-02-12", True),
        ("2025-02-03", "2025-02-28", True),
        ("2025-02-10", "2025-02-16", False),
        ("2025-02-10", "2025-02-17", True),  # the day of the no-show
    ],
)
def test_every_day_of_extra_guidance_counts(first: str, last: str, refused: bool) -> None:
    ledger = extra().given(afwezigheid("2025-02-07", "2025-02-09", reden="vakantie"))
    ledger.given(no_show("2025-02-17", van="T2"))
    ledger.when(over(first, last))
    ledger.then_refused_by("TW-EV-03") if refused else ledger.then_accepted()


def test_an_absence_whose_claim_waits_or_is_refused_blocks_too() -> None:
    waits = afwezigheid("2025-02-07", "2025-02-07", reden="ziekte")
    refused = afwezigheid("2025-02-14", "2025-02-16", reden="weekendverlof")
    ledger = extra().when(waits).then_waits_for("TW-VB-12")
    ledger.when(refused).then_refused_by("TW-VB-03")
    for day in ("2025-02-07", "2025-02-15"):
        ledger.when(inzet(van="T2", op=day)).then_refused_by("TW-EV-03")


def test_an_absence_without_an_end_lasts_until_the_day_before_the_return() -> None:
    ledger = extra().given(afwezigheid("2025-02-07", None, reden="ziekte"))
    ledger.when(inzet(van="T2", op="2025-04-01")).then_refused_by("TW-EV-03")
    ledger.given(hervatting(op="2025-02-20"))
    ledger.when(inzet(van="T2", op="2025-02-19")).then_refused_by("TW-EV-03")
    ledger.when(inzet(van="T2", op="2025-02-20")).then_accepted()


def test_a_charged_no_show_blocks_its_day_and_a_reported_one_does_not() -> None:
    ledger = extra().given(no_show("2025-02-07", van="T2"))
    ledger.when(inzet(van="T2", op="2025-02-07")).then_refused_by("TW-EV-03")
    ledger.given(no_show("2025-02-10", van="T2", declareren=False))
    ledger.when(inzet(van="T2", op="2025-02-10")).then_accepted()


def test_absence_elsewhere_blocks_nothing() -> None:
    ledger = extra().given(van_product("jeugd_ggz_verblijf", "T3"), start("T3"))
    ledger.given(afwezigheid("2025-02-07", "2025-02-09", van="T3", reden="vakantie"))
    ledger.given(van_product("behandelgroep", "T4", voor=BRAM), start("T4"))
    ledger.given(afwezigheid("2025-02-07", "2025-02-09", van="T4", reden="vakantie"))
    ledger.when(inzet(van="T2", op="2025-02-08")).then_accepted()
