"""TW-VB-02, 03, 05, 06, 07, 09, 10, 12 and TW-PZ-04: which nights away may be charged."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.builders import (
    BRAM,
    Ledger,
    afwezigheid,
    afwijzing,
    called,
    correctie,
    doorhaling,
    given,
    goedkeuring,
    inzet,
    optie,
    running,
    start,
    van_product,
)

from rekenschap.domain.absent import AFWEZIG

EIGHT = [
    "woongroep",
    "hoogspecialistische_woonvoorziening",
    "kamertraining",
    "ouder_kind_groep",
    "behandelgroep",
    "driemilieuvoorziening",
    "jeugd_ggz_verblijf",
    "jeugdzorgplus",
]
COUNTED = ["vakantie", "opname_andere_aanbieder"]
OTHERWISE = ["ongeoorloofd", "overig", "ziekte", "logeren"]
BOTH = ("TW-VB-02", "TW-VB-05")


def living(product: str = "woongroep", **values: Any) -> Ledger:
    return running(van_product(product, **values))


def away(first: str, nights: int, reden: str = "vakantie", **values: Any) -> Any:
    begin = date.fromisoformat(first)
    return afwezigheid(begin, begin + timedelta(days=nights - 1), reden=reden, **values)


# --- 42 nights per calendar year


@pytest.mark.parametrize("product", EIGHT)
@pytest.mark.parametrize("reden", COUNTED)
def test_42_nights_may_be_charged_and_a_43rd_waits(product: str, reden: str) -> None:
    living(product).when(away("2025-02-01", 42, reden)).then_accepted()
    living(product).when(away("2025-02-01", 43, reden)).then_waits_for(*BOTH)
    living(product).when(away("2025-02-01", 300, reden)).then_waits_for(*BOTH)
    ledger = living(product).given(away("2025-02-01", 42, reden))
    ledger.when(away("2025-06-01", 1, reden)).then_waits_for(*BOTH).then_used(42)


def test_the_two_reasons_count_together_and_no_other_reason_does() -> None:
    ledger = living().given(
        away("2025-02-01", 20),
        away("2025-04-01", 60, "ziekenhuisopname"),
        away("2025-03-01", 22, "opname_andere_aanbieder"),
    )
    ledger.when(away("2025-07-01", 1)).then_waits_for(*BOTH)
    ledger.when(away("2025-07-01", 100, "ziekenhuisopname")).then_accepted()


def test_the_whole_step_waits_and_none_of_it_weighs() -> None:
    ledger = living().given(away("2025-02-01", 40))
    ledger.when(away("2025-06-01", 3)).then_waits_for(*BOTH).then_used(40)
    ledger.when(away("2025-06-01", 2)).then_accepted().then_used(42)


def test_an_absence_over_new_year_counts_in_both_years() -> None:
    ledger = living(tot="2026-12-31", volume=700).given(away("2025-02-01", 40))
    ledger.when(away("2025-12-29", 5)).then_waits_for(*BOTH)  # 29, 30, 31 December
    ledger.given(away("2025-12-30", 5))  # two nights in 2025, three in 2026
    ledger.when(away("2026-02-01", 39)).then_accepted()
    ledger.when(away("2026-06-01", 1)).then_waits_for(*BOTH)


def test_42_nights_before_and_42_after_new_year_may_be_charged_at_once() -> None:
    ledger = living(tot="2026-12-31", volume=700)
    ledger.when(away("2025-11-20", 84)).then_accepted()
    ledger.when(away("2026-03-01", 1)).then_waits_for(*BOTH)
    one_early = living(tot="2026-12-31", volume=700).when(away("2025-11-19", 84))
    one_early.then_waits_for(*BOTH)


def test_permission_on_or_before_the_first_night_above_42_is_enough() -> None:
    """The first night above is 15 March."""
    for on in ("2025-03-15", "2025-03-14", "2025-01-01"):
        step = away("2025-02-01", 50, akkoord_gemeente_op=date.fromisoformat(on))
        living().when(step).then_accepted()
    for on in ("2025-03-16", "2025-12-31"):
        step = away("2025-02-01", 50, akkoord_gemeente_op=date.fromisoformat(on))
        living().when(step).then_waits_for(*BOTH)
    living().when(away("2025-02-01", 50, akkoord_gemeente_op=None)).then_waits_for(*BOTH)
    living().when(away("2025-02-01", 50, akkoord_gemeente_op=AFWEZIG)).then_waits_for(*BOTH)


def test_what_was_permitted_counts_in_the_42() -> None:
    ledger = living().given(away("2025-02-01", 43, akkoord_gemeente_op=date(2025, 2, 1)))
    ledger.when(away("2025-06-01", 1)).then_waits_for(*BOTH)
    ledger.when(away("2025-06-01", 1, akkoord_gemeente_op=date(2025, 6, 1))).then_accepted()


def test_what_was_approved_counts_and_what_was_turned_down_does_not() -> None:
    ledger = living().given(away("2025-02-01", 40))
    ledger.when(called("A", away("2025-06-01", 3))).then_waits_for(*BOTH)
    ledger.given(afwijzing("A")).when(away("2025-06-10", 2)).then_accepted()
    ledger = living().given(away("2025-02-01", 40))
    ledger.when(called("A", away("2025-06-01", 3))).given(goedkeuring("A")).then_used(43)
    ledger.when(away("2025-07-01", 1)).then_waits_for(*BOTH)


def test_absence_that_is_only_reported_or_without_an_end_counts_nowhere() -> None:
    ledger = living().given(away("2025-02-01", 100, declareren=False))
    ledger.given(afwezigheid("2025-08-01", None, reden="vakantie"))
    ledger.when(away("2025-06-01", 42)).then_accepted()


def test_an_absence_taken_back_or_corrected_makes_room() -> None:
    ledger = living().given(called("A", away("2025-02-01", 42)))
    ledger.when(away("2025-06-01", 1)).then_waits_for(*BOTH)
    ledger.given(doorhaling("A")).when(away("2025-06-01", 42)).then_accepted()
    ledger = living().given(called("A", away("2025-02-01", 42)))
    ledger.given(correctie("A", reden="ziekenhuisopname"))
    ledger.when(away("2025-06-01", 42)).then_accepted()


def test_a_late_entry_counts_with_what_was_recorded_before() -> None:
    ledger = living().given(away("2025-10-01", 40))
    ledger.when(away("2025-02-01", 3)).then_waits_for(*BOTH)
    ledger.when(away("2025-02-01", 2)).then_accepted()


def test_another_allocation_and_another_youth_have_their_own_42() -> None:
    ledger = given(van_product("woongroep"), start(), away("2025-02-01", 42))
    ledger.given(van_product("kamertraining", "T2"), start("T2"), away("2025-02-01", 42, van="T2"))
    ledger.given(van_product("woongroep", "T3", voor=BRAM), start("T3"))
    ledger.when(away("2025-02-01", 42, van="T3")).then_accepted()


def test_a_foster_child_and_a_gezinshuis_know_no_42() -> None:
    living("gezinshuis").when(away("2025-02-01", 200)).then_accepted().then_used(200)
    living("pleegzorg_voltijd").when(away("2025-02-01", 200)).then_accepted().then_used(200)


@pytest.mark.parametrize("reden", ["vakantie", "ziekte", "ongeoorloofd", "overig", AFWEZIG])
@pytest.mark.parametrize("planned", [True, False, None, AFWEZIG])
def test_foster_care_and_gezinshuis_accept_every_reason(reden: Any, planned: Any) -> None:
    for product in ("pleegzorg_voltijd", "gezinshuis"):
        step = afwezigheid("2025-02-01", "2025-02-02", reden=reden, gepland_aanwezig=planned)
        living(product).when(step).then_accepted().then_used(2)


def test_a_stay_in_hospital_has_no_maximum() -> None:
    living().when(away("2025-01-06", 365, "ziekenhuisopname")).then_accepted().then_used(365)
    ledger = living(volume=364)
    ledger.when(away("2025-01-06", 365, "ziekenhuisopname")).then_refused_by("TW-ALG-01")


# --- weekends at home


@pytest.mark.parametrize("product", EIGHT)
def test_two_nights_may_be_charged_and_three_in_a_row_may_not(product: str) -> None:
    ledger = living(product)
    ledger.when(away("2025-02-07", 1, "weekendverlof")).then_accepted()
    ledger.when(away("2025-02-14", 2, "weekendverlof")).then_accepted()
    ledger.when(away("2025-03-07", 3, "weekendverlof")).then_refused_by("TW-VB-03")
    ledger.when(away("2025-03-07", 30, "weekendverlof")).then_refused_by("TW-VB-03")


def test_every_friday_and_saturday_night_may_be_charged() -> None:
    ledger = living()
    for week in range(50):
        friday = date(2025, 1, 10) + timedelta(weeks=week)
        ledger.when(away(friday.isoformat(), 2, "weekendverlof")).then_accepted()


def test_a_third_night_within_seven_days_is_refused_before_and_after() -> None:
    taken = away("2025-03-07", 2, "weekendverlof")  # Friday and Saturday night
    for late in ("2025-03-10", "2025-03-12", "2025-03-13"):
        living().given(taken).when(away(late, 1, "weekendverlof")).then_refused_by("TW-VB-03")
    living().given(taken).when(away("2025-03-14", 1, "weekendverlof")).then_accepted()
    for early in ("2025-03-02", "2025-03-05"):
        living().given(taken).when(away(early, 1, "weekendverlof")).then_refused_by("TW-VB-03")
    living().given(taken).when(away("2025-03-01", 1, "weekendverlof")).then_accepted()


def test_adjoining_steps_are_one_block() -> None:
    ledger = living().given(away("2025-03-07", 2, "weekendverlof"))
    ledger.when(away("2025-03-09", 1, "weekendverlof")).then_refused_by("TW-VB-03")
    ledger.when(away("2025-03-06", 1, "weekendverlof")).then_refused_by("TW-VB-03")
    ledger = living().given(optie("weekendverlof_venster", "iso_week"))
    ledger.given(away("2025-03-08", 2, "weekendverlof"))  # Saturday and Sunday night
    ledger.when(away("2025-03-10", 1, "weekendverlof")).then_refused_by("TW-VB-03")


def test_in_iso_weeks_two_nights_of_each_week_may_be_charged() -> None:
    """Wednesday and Sunday, then Tuesday and Thursday: three in seven days, two in each week."""
    week = optie("weekendverlof_venster", "iso_week")
    ledger = living().given(week)
    ledger.given(away("2025-03-05", 1, "weekendverlof"), away("2025-03-09", 1, "weekendverlof"))
    ledger.when(away("2025-03-08", 1, "weekendverlof")).then_refused_by("TW-VB-03")
    ledger.when(away("2025-03-11", 1, "weekendverlof")).then_accepted()
    ledger.when(away("2025-03-13", 1, "weekendverlof")).then_accepted()
    rolling = living().given(optie("weekendverlof_venster", "voortschrijdend_7_dagen"))
    rolling.given(away("2025-03-05", 1, "weekendverlof"), away("2025-03-09", 1, "weekendverlof"))
    rolling.when(away("2025-03-11", 1, "weekendverlof")).then_refused_by("TW-VB-03")


def test_the_iso_week_over_new_year_is_one_week() -> None:
    """29 December 2025 to 4 January 2026 is week 1 of 2026."""
    ledger = running(van_product("woongroep", tot="2026-12-31", volume=700))
    ledger.given(optie("weekendverlof_venster", "iso_week"))
    ledger.given(away("2025-12-29", 1, "weekendverlof"), away("2025-12-31", 1, "weekendverlof"))
    ledger.when(away("2026-01-02", 1, "weekendverlof")).then_refused_by("TW-VB-03")
    ledger.when(away("2026-01-05", 1, "weekendverlof")).then_accepted()


def test_only_charged_leave_of_this_allocation_counts() -> None:
    ledger = living().given(
        away("2025-03-07", 2, "weekendverlof", declareren=False),
        away("2025-03-09", 2, "vakantie"),
        van_product("kamertraining", "T2"),
        start("T2"),
        away("2025-03-11", 2, "weekendverlof", van="T2"),
    )
    ledger.when(away("2025-03-08", 2, "weekendverlof")).then_accepted()
    ledger.when(away("2025-03-14", 3, "weekendverlof", declareren=False)).then_accepted()


def test_leave_is_not_part_of_the_42() -> None:
    ledger = living().given(away("2025-02-01", 42))
    ledger.when(away("2025-03-21", 2, "weekendverlof")).then_accepted()


# --- coming home step by step


@pytest.mark.parametrize("product", [*EIGHT, "deeltijdverblijf_logeren", "gezinshuis"])
def test_coming_home_counts_until_another_can_use_the_room(product: str) -> None:
    ledger = living(product)
    for room in (False, None, AFWEZIG):
        step = away("2025-02-01", 10, "geleidelijke_terugkeer", kamer_beschikbaar_voor_ander=room)
        ledger.when(step).then_accepted()
    step = away("2025-06-01", 1, "geleidelijke_terugkeer", kamer_beschikbaar_voor_ander=True)
    ledger.when(step).then_refused_by("TW-VB-06")
    fact = away(
        "2025-06-01",
        1,
        "geleidelijke_terugkeer",
        kamer_beschikbaar_voor_ander=True,
        declareren=False,
    )
    ledger.when(fact).then_accepted()


def test_with_another_reason_the_room_plays_no_part() -> None:
    step = away("2025-02-01", 2, "vakantie", kamer_beschikbaar_voor_ander=True)
    living().when(step).then_accepted()
    step = away("2025-02-01", 2, "geleidelijke_terugkeer", kamer_beschikbaar_voor_ander=True)
    living("pleegzorg_voltijd").when(step).then_accepted()


# --- doubt whether the jeugdige comes back


@pytest.mark.parametrize("product", [*EIGHT, "gezinshuis"])
def test_from_the_fourteenth_day_after_doubt_a_night_waits_without_consultation(
    product: str,
) -> None:
    """Doubt since 3 March: 17 March is the day."""
    told = {"gerede_twijfel_sinds": date(2025, 3, 3)}

    def until(last: str, **more: Any) -> Ledger:
        step = afwezigheid("2025-03-01", last, reden="ziekenhuisopname", **told, **more)
        return living(product).when(step)

    until("2025-03-16").then_accepted()
    until("2025-03-17").then_waits_for("TW-VB-09")
    until("2025-12-31").then_waits_for("TW-VB-09")
    until("2025-03-17", overleg_op=date(2025, 3, 17)).then_accepted()
    until("2025-12-31", overleg_op=date(2025, 3, 3)).then_accepted()
    until("2025-03-17", overleg_op=date(2025, 3, 18)).then_waits_for("TW-VB-09")
    until("2025-12-31", declareren=False).then_accepted()


def test_an_absence_wholly_after_the_fourteen_days_waits() -> None:
    step = away("2025-06-01", 2, gerede_twijfel_sinds=date(2025, 3, 3))
    living().when(step).then_waits_for("TW-VB-09")


@pytest.mark.parametrize("doubt", [None, AFWEZIG])
def test_without_doubt_there_is_nothing_to_consult_about(doubt: Any) -> None:
    living().when(away("2025-06-01", 20, gerede_twijfel_sinds=doubt)).then_accepted()


def test_doubt_does_not_matter_elsewhere() -> None:
    step = away("2025-06-01", 20, gerede_twijfel_sinds=date(2025, 3, 3))
    living("pleegzorg_voltijd").when(step).then_accepted()


# --- other reasons ask permission beforehand


@pytest.mark.parametrize("product", EIGHT)
@pytest.mark.parametrize("reden", OTHERWISE)
def test_another_reason_waits_without_permission_on_the_first_night(
    product: str, reden: str
) -> None:
    ledger = living(product)
    ledger.when(away("2025-02-10", 1, reden)).then_waits_for("TW-VB-12")
    for on, permitted in (("2025-02-09", True), ("2025-02-10", True), ("2025-02-11", False)):
        ledger.when(away("2025-02-10", 1, reden, akkoord_gemeente_op=date.fromisoformat(on)))
        ledger.then_accepted() if permitted else ledger.then_waits_for("TW-VB-12")
    ledger.when(away("2025-02-10", 1, reden, declareren=False)).then_accepted()


def test_without_a_reason_nothing_is_judged() -> None:
    ledger = living().when(afwezigheid("2025-02-10", "2025-02-12"))
    ledger.then_accepted().then_not_judged("TW-VB-12", "reden")


def test_permission_for_another_reason_may_be_given_afterwards() -> None:
    ledger = living().when(called("A", away("2025-02-10", 2, "ziekte"))).then_waits_for("TW-VB-12")
    ledger.given(goedkeuring("A")).then_used(2)


# --- part-time stay


def test_in_part_time_stay_only_planned_presence_is_charged() -> None:
    ledger = living("deeltijdverblijf_logeren")
    for reden in ("ziekte", "vakantie", "overig", "ziekenhuisopname", "weekendverlof"):
        planned = away("2025-02-10", 1, reden, gepland_aanwezig=True)
        ledger.when(planned).then_accepted()
        ledger.when(away("2025-02-10", 1, reden, gepland_aanwezig=False))
        ledger.then_waits_for("TW-VB-05")
    ledger.when(away("2025-02-10", 1, "geleidelijke_terugkeer", gepland_aanwezig=False))
    ledger.then_accepted()


@pytest.mark.parametrize(
    ("on", "permitted"), [("2025-02-10", True), ("2025-02-01", True), ("2025-02-11", False)]
)
def test_permission_replaces_the_plan(on: str, permitted: bool) -> None:
    granted = date.fromisoformat(on)
    step = away("2025-02-10", 2, "ziekte", gepland_aanwezig=False, akkoord_gemeente_op=granted)
    ledger = living("deeltijdverblijf_logeren").when(step)
    ledger.then_accepted() if permitted else ledger.then_waits_for("TW-VB-05")


# --- what weighs, and where it lies


@pytest.mark.parametrize("product", [*EIGHT, "gezinshuis", "pleegzorg_voltijd"])
def test_a_charged_absence_weighs_its_nights_both_ends_included(product: str) -> None:
    ledger = living(product)
    ledger.when(away("2025-02-10", 1)).then_accepted().then_used(1)
    ledger.when(away("2025-03-10", 7)).then_accepted().then_used(8)
    ledger.when(away("2025-04-10", 7, declareren=False)).then_accepted().then_used(8)


def test_every_night_lies_in_the_validity() -> None:
    ledger = living()
    ledger.when(afwezigheid("2025-12-31", "2026-01-05", reden="vakantie")).then_accepted()
    late = afwezigheid("2025-12-31", "2026-01-06", reden="vakantie")
    ledger.when(late).then_refused_by("TW-ALG-02")
    early = afwezigheid("2025-01-05", "2025-01-06", reden="vakantie")
    ledger.when(early).then_refused_by("TW-ALG-02")
    ledger.when(afwezigheid("2026-02-01", "2026-02-02", declareren=False)).then_accepted()


def test_an_absence_without_an_end_is_a_fact_and_no_claim() -> None:
    for reden in ("vakantie", "ongeoorloofd", "weekendverlof", "geleidelijke_terugkeer"):
        step = afwezigheid(
            "2025-02-01",
            None,
            reden=reden,
            kamer_beschikbaar_voor_ander=True,
            gerede_twijfel_sinds=date(2025, 1, 6),
        )
        living().when(step).then_accepted().then_used(0)


def test_nights_away_and_nights_there_fill_the_same_size() -> None:
    ledger = living("gezinshuis", volume=5)
    ledger.given(inzet(3, eenheid="etmaal", soort="verblijf"))
    ledger.when(away("2025-02-10", 3)).then_refused_by("TW-ALG-01")
    ledger.when(away("2025-02-10", 2)).then_accepted().then_used(5)
