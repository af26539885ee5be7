"""TW-HA-06, TW-HA-07, TW-BH-01 to 03: how long treatment lasts, and its variants."""

from typing import Any

import pytest
from tests.builders import (
    Ledger,
    begeleiding,
    behandeling,
    called,
    evaluatie,
    given,
    goedkeuring,
    inzet,
    no_show,
    peildatum,
    running,
    sessie,
    start,
    stop,
    verlenging,
)

from rekenschap.domain.absent import AFWEZIG

WITH_GEMEENTE = ("ouder", "gemeente", "aanbieder")


# --- longer than a year: an evaluation with the gemeente


def long(**values: Any) -> Ledger:
    return running(behandeling(**values))


def test_up_to_a_year_after_the_start_no_evaluation_is_asked() -> None:
    long(tot="2025-06-30").when(verlenging("2026-01-05")).then_accepted()


@pytest.mark.parametrize("last", ["2026-01-06", "2026-12-31"])
def test_longer_than_a_year_asks_one(last: str) -> None:
    long(tot="2025-06-30").when(verlenging(last)).then_waits_for("TW-HA-06")


@pytest.mark.parametrize("held", ["2025-06-06", "2025-07-06", "2025-08-06"])
def test_one_in_month_5_to_7_will_do(held: str) -> None:
    ledger = long().given(evaluatie(held, met=WITH_GEMEENTE))
    ledger.when(verlenging("2026-12-31", op="2025-12-01")).then_accepted()


@pytest.mark.parametrize("held", ["2025-01-06", "2025-06-05", "2025-08-07", "2025-12-01"])
def test_one_outside_that_window_is_signalled(held: str) -> None:
    ledger = long().given(evaluatie(held, met=WITH_GEMEENTE))
    ledger.when(verlenging("2026-12-31", op="2025-12-01")).then_signals("TW-HA-06")
    assert str(ledger.allocation().einddatum) == "2026-12-31"


@pytest.mark.parametrize(
    ("started", "first", "last"),
    [
        ("2025-09-30", "2026-02-28", "2026-04-30"),
        ("2025-07-31", "2025-12-31", "2026-02-28"),
        ("2027-09-30", "2028-02-29", "2028-04-30"),
    ],
)
def test_the_window_is_clipped_to_the_end_of_the_month(started: str, first: str, last: str) -> None:
    for held in (first, last):
        ledger = running(behandeling(van=started, tot=f"{int(started[:4]) + 1}-05-31"))
        ledger.given(evaluatie(held, met=WITH_GEMEENTE))
        extension = verlenging(f"{int(started[:4]) + 1}-12-31", op=last)
        ledger.when(extension).then_accepted()


def test_an_evaluation_of_a_later_day_is_none_yet() -> None:
    ledger = long().given(evaluatie("2025-07-06", met=WITH_GEMEENTE))
    ledger.when(verlenging("2026-12-31", op="2025-07-05")).then_waits_for("TW-HA-06")


def test_the_ordinary_evaluation_counts_where_the_gemeente_is_the_referrer() -> None:
    present = ("ouder", "verwijzer", "aanbieder")
    ledger = long().given(evaluatie("2025-07-06", met=present))
    ledger.when(verlenging("2026-12-31", op="2025-12-01")).then_accepted()
    other = long(verwijzer="gecertificeerde_instelling").given(evaluatie("2025-07-06", met=present))
    other.when(verlenging("2026-12-31", op="2025-12-01")).then_waits_for("TW-HA-06")


@pytest.mark.parametrize("present", [("ouder", "aanbieder"), (), AFWEZIG])
def test_an_evaluation_without_the_gemeente_does_not_count(present: Any) -> None:
    ledger = long().given(evaluatie("2025-07-06", met=present))
    ledger.when(verlenging("2026-12-31", op="2025-12-01")).then_waits_for("TW-HA-06")


def test_an_extension_without_a_new_last_day_is_not_judged() -> None:
    long(tot="2026-06-30").when(verlenging(extra=60)).then_accepted()


def test_the_term_runs_from_the_start_of_care() -> None:
    ledger = running(behandeling(tot="2025-06-30"), op="2025-03-01")
    ledger.when(verlenging("2026-03-01")).then_waits_for("TW-HA-06")
    ledger.when(verlenging("2026-02-28")).then_accepted()


def test_before_care_started_it_is_not_judged() -> None:
    ledger = given(behandeling()).when(verlenging("2026-12-31")).then_accepted()
    ledger.then_not_judged("TW-HA-06", "start_zorg")


def test_other_products_ask_no_such_evaluation() -> None:
    running(begeleiding()).when(verlenging("2030-12-31")).then_accepted()


def test_the_gemeente_can_approve_without_the_evaluation() -> None:
    ledger = long().when(called("V", verlenging("2026-12-31", extra=60)))
    ledger.then_waits_for("TW-HA-06")
    assert str(ledger.allocation().einddatum) == "2026-01-05"
    ledger.when(goedkeuring("V")).then_accepted()
    assert str(ledger.allocation().einddatum) == "2026-12-31"
    assert ledger.allocation().omvang == 3060


@pytest.mark.parametrize(
    ("op", "signalled"), [("2025-08-06", False), ("2025-08-07", True), ("2026-12-31", True)]
)
def test_a_long_treatment_raises_the_signal_once_the_window_is_past(
    op: str, signalled: bool
) -> None:
    answer = long(tot="2026-12-31").when(peildatum(op)).answer
    assert ("TW-HA-06" in answer.signalen) is signalled


def test_a_treatment_of_a_year_raises_no_such_signal() -> None:
    assert "TW-HA-06" not in long().when(peildatum("2025-12-31")).answer.signalen


def test_after_it_ended_there_is_no_signal() -> None:
    ledger = long(tot="2026-12-31")
    assert "TW-HA-06" not in ledger.when(peildatum("2027-01-01")).answer.signalen
    ledger.given(stop(op="2026-02-01"))
    assert "TW-HA-06" not in ledger.when(peildatum("2026-02-02")).answer.signalen


# --- at most two years


@pytest.mark.parametrize("variant", ["regulier", "KINGS", "IHT", "IAG"])
@pytest.mark.parametrize(
    ("first", "last", "beyond"),
    [
        ("2025-04-07", "2027-04-06", "2027-04-07"),
        ("2026-03-01", "2028-02-29", "2028-03-01"),
        ("2028-02-29", "2030-02-27", "2030-02-28"),
        ("2025-01-01", "2026-12-31", "2027-01-01"),
    ],
)
def test_treatment_lasts_two_years_at_most(
    variant: str, first: str, last: str, beyond: str
) -> None:
    given().when(behandeling(van=first, tot=last, variant=variant)).then_accepted()
    ledger = given().when(behandeling(van=first, tot=beyond, variant=variant))
    ledger.then_refused_by("TW-HA-07")


@pytest.mark.parametrize("last", ["2035-01-01", None])
def test_far_beyond_two_years_and_an_open_end_are_refused(last: str | None) -> None:
    given().when(behandeling(tot=last)).then_refused_by("TW-HA-07")


def test_an_extension_counts_from_the_start_of_care() -> None:
    ledger = running(behandeling(tot="2026-12-31"), op="2025-03-01")
    ledger.given(evaluatie("2025-09-01", met=WITH_GEMEENTE))
    ledger.when(verlenging("2027-03-01", op="2026-01-01")).then_refused_by("TW-HA-07")
    ledger.when(verlenging("2027-02-28", op="2026-01-01")).then_accepted()


def test_an_extension_before_the_start_counts_from_the_first_day() -> None:
    ledger = given(behandeling())
    ledger.when(verlenging("2027-01-06")).then_refused_by("TW-HA-07")
    ledger.when(verlenging("2027-01-05")).then_accepted()


def test_two_extensions_do_not_get_past_it() -> None:
    ledger = given(behandeling()).given(verlenging("2026-12-31"), verlenging("2027-01-05"))
    ledger.when(verlenging("2027-01-06")).then_refused_by("TW-HA-07")


def test_an_extension_to_an_open_end_is_refused() -> None:
    given(behandeling()).when(verlenging(None)).then_refused_by("TW-HA-07")


def test_a_second_treatment_starts_a_new_count() -> None:
    ledger = given(behandeling(tot="2027-01-05"))
    ledger.when(behandeling("T2", van="2027-01-06", tot="2029-01-05")).then_accepted()


@pytest.mark.parametrize("make", [begeleiding])
def test_other_products_may_last_longer(make: Any) -> None:
    given().when(make(tot=None)).then_accepted()


def test_a_variant_nobody_told_is_not_judged() -> None:
    ledger = given().when(behandeling(variant=AFWEZIG, tot=None))
    ledger.then_not_judged("TW-HA-07", "variant")


# --- the variants


@pytest.mark.parametrize(
    ("variant", "first", "last", "beyond"),
    [
        ("ZIG", "2025-01-06", "2025-05-05", "2025-05-06"),
        ("ZIG", "2025-10-31", "2026-02-27", "2026-02-28"),
        ("MDFT", "2025-01-06", "2025-07-05", "2025-07-06"),
        ("MDFT", "2025-08-31", "2026-02-27", "2026-02-28"),
        ("IPG", "2025-01-06", "2025-07-05", "2025-07-06"),
        ("CSI_thuis", "2025-01-06", "2025-04-27", "2025-04-28"),
        ("CSI_thuis", "2027-12-06", "2028-03-26", "2028-03-27"),
    ],
)
def test_a_variant_has_a_duration_of_its_own(
    variant: str, first: str, last: str, beyond: str
) -> None:
    given().when(behandeling(van=first, tot=last, variant=variant)).then_accepted()
    for day in (beyond, "2035-01-01", None):
        ledger = given().when(behandeling(van=first, tot=day, variant=variant))
        ledger.then_waits_for("TW-BH-01")


def test_a_variant_extended_counts_from_the_start_of_care() -> None:
    ledger = running(behandeling(variant="ZIG", tot="2025-05-05"), op="2025-02-01")
    ledger.when(verlenging("2025-06-01")).then_waits_for("TW-BH-01")
    ledger.when(verlenging("2025-05-31")).then_accepted()


def test_a_raise_that_leaves_the_last_day_is_not_judged_on_duration() -> None:
    ledger = given().when(called("T", behandeling(variant="ZIG", tot="2025-12-31")))
    ledger.given(goedkeuring("T")).when(verlenging(extra=60)).then_accepted()


# Intensity per ISO week; 2025-03-10 is a Monday.


def test_zig_takes_1800_minutes_in_a_week() -> None:
    ledger = running(behandeling(variant="ZIG", volume=9000, tot="2025-05-05"))
    ledger.when(inzet(1799, op="2025-03-10")).then_accepted()
    ledger.when(inzet(1, op="2025-03-16", soort="indirect")).then_accepted()
    ledger.when(inzet(1, op="2025-03-13", soort="reistijd")).then_signals("TW-BH-02")
    ledger.when(inzet(1800, op="2025-03-17")).then_accepted()
    ledger.when(inzet(4000, op="2025-03-03")).then_signals("TW-BH-02")


def test_a_no_show_is_no_intensity() -> None:
    ledger = running(behandeling(variant="ZIG", volume=9000, tot="2025-05-05"))
    ledger.given(no_show("2025-03-10", aantal=100))
    ledger.when(inzet(1800, op="2025-03-11")).then_accepted()


def test_the_iso_week_runs_over_the_end_of_the_year() -> None:
    """29 December 2025 and 4 January 2026 lie in one week, 5 January in the next."""
    grant = behandeling(variant="ZIG", volume=9000, van="2025-12-01", tot="2026-03-31")
    ledger = running(grant).given(inzet(1800, op="2025-12-29"))
    ledger.when(inzet(1, op="2026-01-04")).then_signals("TW-BH-02")
    ledger.when(inzet(1, op="2025-12-28")).then_accepted()
    ledger.when(inzet(1, op="2026-01-05")).then_accepted()


def test_weeks_with_the_same_number_of_two_years_are_two_weeks() -> None:
    grant = behandeling(variant="ZIG", volume=9000, van="2025-12-01", tot="2027-03-31")
    ledger = given().when(called("T", grant)).given(goedkeuring("T"), start(op="2025-12-01"))
    ledger.given(inzet(1800, op="2026-01-05"))
    ledger.when(inzet(1, op="2027-01-11"))
    assert "TW-BH-02" not in ledger.answer.signalen


def test_mdft_takes_three_sessions_in_a_week() -> None:
    ledger = running(behandeling(variant="MDFT", tot="2025-07-05"))
    for op in ("2025-03-10", "2025-03-10", "2025-03-16"):
        ledger.when(sessie(op=op)).then_accepted()
    ledger.when(inzet(op="2025-03-12")).then_accepted()
    ledger.when(sessie(op="2025-03-12")).then_signals("TW-BH-02")
    ledger.when(sessie(op="2025-03-17")).then_accepted()


def test_mdft_with_one_session_in_a_week_is_not_signalled() -> None:
    running(behandeling(variant="MDFT", tot="2025-07-05")).when(sessie()).then_accepted()


def test_ipg_takes_two_sessions_in_the_first_week_of_care_only() -> None:
    ledger = running(behandeling(variant="IPG", tot="2025-07-05"), op="2025-01-08")
    for op in ("2025-01-08", "2025-01-12"):
        ledger.when(sessie(op=op)).then_accepted()
    ledger.when(sessie(op="2025-01-10")).then_signals("TW-BH-02")
    for op in ("2025-01-13", "2025-01-13", "2025-01-14"):
        ledger.when(sessie(op=op)).then_accepted()


def test_regular_treatment_has_no_intensity() -> None:
    running(behandeling(volume=9000)).when(inzet(9000)).then_accepted()


def test_a_session_nobody_told_of_is_not_judged() -> None:
    ledger = running(behandeling(variant="MDFT", tot="2025-07-05"))
    ledger.when(inzet(sessie=AFWEZIG)).then_accepted().then_not_judged("TW-BH-02", "sessie")


# An alternative that is not in the list


@pytest.mark.parametrize("agreed", [False, None])
def test_a_new_alternative_without_agreement_beforehand_waits(agreed: bool | None) -> None:
    grant = behandeling(variant="NIEUW_ALTERNATIEF", akkoord_gemeente=agreed)
    given().when(grant).then_waits_for("TW-BH-03")


def test_a_new_alternative_with_agreement_is_fine() -> None:
    grant = behandeling(variant="NIEUW_ALTERNATIEF", akkoord_gemeente=True)
    given().when(grant).then_accepted()


@pytest.mark.parametrize("variant", ["regulier", "KINGS", "IHT", "ZIG", "IAG"])
def test_listed_alternatives_need_no_agreement(variant: str) -> None:
    given().when(behandeling(variant=variant, tot="2025-04-01")).then_accepted()
