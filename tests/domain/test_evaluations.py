"""TW-ALG-14 and TW-ALG-15: an evaluation every half year, and one at the end."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.builders import (
    begeleiding,
    behandeling,
    evaluatie,
    given,
    hervatting,
    intrekking,
    inzet,
    no_show,
    peildatum,
    running,
    start,
    stop,
    toewijzing,
    vaktherapie,
)

from rekenschap.domain.absent import AFWEZIG


@pytest.mark.parametrize("make", [begeleiding, behandeling, vaktherapie])
@pytest.mark.parametrize("ask", [inzet, peildatum])
def test_the_day_six_months_on_is_in_time(make: Any, ask: Any) -> None:
    running(make()).when(ask(op="2025-07-06")).then_accepted()


@pytest.mark.parametrize("make", [begeleiding, behandeling, vaktherapie])
@pytest.mark.parametrize("ask", [inzet, peildatum])
@pytest.mark.parametrize("op", ["2025-07-07", "2025-12-31"])
def test_later_than_that_raises_a_signal(make: Any, ask: Any, op: str) -> None:
    running(make()).when(ask(op=op)).then_signals("TW-ALG-15")


@pytest.mark.parametrize(
    ("started", "due"),
    [
        ("2025-08-31", "2026-02-28"),
        ("2027-08-31", "2028-02-29"),
        ("2025-03-31", "2025-09-30"),
        ("2028-02-29", "2028-08-29"),
        ("2025-07-01", "2026-01-01"),
    ],
)
def test_half_a_year_is_clipped_to_the_end_of_the_month(started: str, due: str) -> None:
    ledger = running(begeleiding(van=started, tot=None))
    ledger.when(peildatum(due)).then_accepted()
    later = ledger.when(inzet(op=_next(due)))
    later.then_signals("TW-ALG-15")


def _next(told: str) -> str:
    return (date.fromisoformat(told) + timedelta(days=1)).isoformat()


def test_the_term_runs_from_the_start_of_care_not_from_the_first_day() -> None:
    ledger = running(op="2025-03-06")
    ledger.when(inzet(op="2025-09-06")).then_accepted()
    ledger.when(inzet(op="2025-09-07")).then_signals("TW-ALG-15")


def test_an_evaluation_starts_a_new_half_year() -> None:
    ledger = running().given(evaluatie("2025-04-30"))
    ledger.when(inzet(op="2025-10-30")).then_accepted()
    ledger.when(inzet(op="2025-10-31")).then_signals("TW-ALG-15")


def test_an_evaluation_on_the_day_itself_counts() -> None:
    running().given(evaluatie("2025-12-31")).when(inzet(op="2025-12-31")).then_accepted()


def test_an_evaluation_of_a_later_day_does_not_count_yet() -> None:
    running().given(evaluatie("2025-08-01")).when(inzet(op="2025-07-31")).then_signals("TW-ALG-15")


def test_evaluations_recorded_out_of_order_count_by_their_day() -> None:
    ledger = running().given(evaluatie("2025-11-01"), evaluatie("2025-05-01"))
    ledger.when(inzet(op="2025-12-31")).then_accepted()


@pytest.mark.parametrize(
    "present",
    [
        ("jeugdige", "verwijzer", "aanbieder"),
        ("ouder", "verwijzer", "aanbieder"),
        ("ouder", "gemeente", "aanbieder"),
        ("jeugdige", "ouder", "verwijzer", "aanbieder", "toegang"),
        AFWEZIG,
    ],
)
def test_youth_or_parent_referrer_and_provider_make_an_evaluation(present: Any) -> None:
    """The gemeente is the referrer where it refers; who was there and was not told, counts."""
    running().given(evaluatie("2025-07-01", met=present)).when(inzet(op="2025-12-31")).then_counts()
    ledger = running().given(evaluatie("2025-07-01", met=present))
    ledger.when(peildatum("2025-12-31")).then_accepted()


@pytest.mark.parametrize(
    "present",
    [
        ("verwijzer", "aanbieder"),
        ("jeugdige", "aanbieder"),
        ("jeugdige", "verwijzer"),
        ("ouder", "toegang", "aanbieder"),
        (),
    ],
)
def test_without_one_of_the_three_it_is_no_evaluation(present: Any) -> None:
    ledger = running().given(evaluatie("2025-07-01", met=present))
    ledger.when(inzet(op="2025-12-31")).then_signals("TW-ALG-15")


def test_the_gemeente_does_not_stand_in_for_another_referrer() -> None:
    ledger = running(begeleiding(verwijzer="huisarts"))
    ledger.given(evaluatie("2025-07-01", met=("ouder", "gemeente", "aanbieder")))
    ledger.when(inzet(op="2025-12-31")).then_signals("TW-ALG-15")


def test_no_signal_before_care_started() -> None:
    given(begeleiding()).when(peildatum("2025-12-31")).then_accepted()


def test_no_signal_on_a_no_show() -> None:
    running().when(no_show("2025-12-31")).then_accepted()


def test_no_half_year_signal_after_care_stopped() -> None:
    ledger = running().given(evaluatie("2025-03-31", soort="eind"), stop(op="2025-03-31"))
    ledger.when(peildatum("2025-12-31")).then_accepted()


@pytest.mark.parametrize(("withdrawn", "speaks"), [("2025-08-01", False), ("2025-08-02", True)])
def test_no_half_year_signal_from_the_day_of_a_withdrawal(withdrawn: str, speaks: bool) -> None:
    ledger = running().given(intrekking(op=withdrawn)).when(peildatum("2025-08-01"))
    if speaks:
        ledger.then_signals("TW-ALG-15")
    else:
        ledger.then_accepted()


def test_the_half_year_is_no_rule_for_medication_checks() -> None:
    ledger = running(toewijzing(product="medicatiecontrole", volume=600))
    ledger.when(peildatum("2025-12-31")).then_accepted()


def test_an_evaluation_of_another_allocation_does_not_count() -> None:
    ledger = running().given(begeleiding("T2"), start("T2"), evaluatie("2025-07-01", van="T2"))
    ledger.when(inzet(op="2025-12-31")).then_signals("TW-ALG-15")


def test_the_signal_does_not_hold_back_the_effort() -> None:
    running().when(inzet(60, op="2025-12-31")).then_signals("TW-ALG-15").then_used(60)


# --- at the end


def test_a_stop_without_an_evaluation_at_the_end_is_signalled() -> None:
    ledger = running().when(stop(op="2025-03-31")).then_signals("TW-ALG-14")
    assert ledger.allocation().gestopt is not None


def test_an_evaluation_under_way_is_not_the_one_at_the_end() -> None:
    ledger = running().given(evaluatie("2025-03-30"))
    ledger.when(stop(op="2025-03-31")).then_signals("TW-ALG-14")


@pytest.mark.parametrize("op", ["2025-01-06", "2025-03-30", "2025-03-31"])
def test_an_evaluation_at_the_end_held_before_or_on_the_day_counts(op: str) -> None:
    running().given(evaluatie(op, soort="eind")).when(stop(op="2025-03-31")).then_accepted()


def test_the_signal_stays_open_until_the_evaluation_comes() -> None:
    ledger = running().given(stop(op="2025-03-31"))
    ledger.when(peildatum("2025-03-30")).then_accepted()
    ledger.when(peildatum("2025-03-31")).then_signals("TW-ALG-14")
    ledger.when(peildatum("2030-01-01")).then_signals("TW-ALG-14")
    ledger.given(evaluatie("2025-04-10", soort="eind"))
    ledger.when(peildatum("2025-04-09")).then_signals("TW-ALG-14")
    ledger.when(peildatum("2025-04-10")).then_accepted()


def test_care_that_never_started_asks_no_evaluation() -> None:
    given(begeleiding()).when(stop(op="2025-03-31")).then_accepted()


@pytest.mark.parametrize("product", ["woongroep", "gezinshuis", "crisis_pleegzorg"])
def test_the_evaluation_at_the_end_holds_for_all_products(product: str) -> None:
    grant = toewijzing(
        product=product, volume=10, eenheid="etmaal", tot="2025-01-20", afstemming_verwijzer=True
    )
    ledger = given().when(grant)
    if ledger.find() is None:
        pytest.skip("needs approval for another reason")
    ledger.given(start())
    answer = ledger.when(stop(op="2025-01-10")).answer
    assert "TW-ALG-14" in answer.signalen


def test_a_withdrawal_is_no_stop() -> None:
    running().when(intrekking(op="2025-03-31")).then_accepted()


def test_resumed_care_has_no_end_to_evaluate() -> None:
    ledger = running().given(stop(op="2025-03-31"), hervatting(op="2025-04-01"))
    ledger.when(peildatum("2025-04-02")).then_accepted()
