"""TW-NS-08: the hour of a charged no-show is charged once."""

import pytest
from tests.builders import (
    begeleiding,
    behandeling,
    called,
    correctie,
    doorhaling,
    inzet,
    no_show,
    running,
    start,
    toewijzing,
    vaktherapie,
)

TEN_TO_ELEVEN = ("10:00", "11:00")


@pytest.mark.parametrize("grant", [begeleiding(), behandeling(), vaktherapie()])
@pytest.mark.parametrize("soort", ["direct", "indirect"])
def test_work_in_the_hour_of_a_charged_no_show_is_refused(grant: object, soort: str) -> None:
    ledger = running(grant).given(no_show(tussen=TEN_TO_ELEVEN))
    ledger.when(inzet(soort=soort, tussen=TEN_TO_ELEVEN)).then_refused_by("TW-NS-08").then_used(60)


def test_a_no_show_in_an_hour_of_work_is_refused() -> None:
    ledger = running().given(inzet(tussen=TEN_TO_ELEVEN))
    ledger.when(no_show(tussen=TEN_TO_ELEVEN)).then_refused_by("TW-NS-08").then_used(60)


@pytest.mark.parametrize("slot", [("10:59", "12:00"), ("09:00", "10:01"), ("10:30", "10:31")])
def test_a_minute_of_overlap_is_too_much(slot: tuple[str, str]) -> None:
    running().given(no_show(tussen=TEN_TO_ELEVEN)).when(inzet(tussen=slot)).then_refused_by(
        "TW-NS-08"
    )
    running().given(inzet(tussen=slot)).when(no_show(tussen=TEN_TO_ELEVEN)).then_refused_by(
        "TW-NS-08"
    )


@pytest.mark.parametrize("slot", [("11:00", "12:00"), ("09:00", "10:00"), ("14:00", "15:00")])
def test_touching_times_do_not_overlap(slot: tuple[str, str]) -> None:
    running().given(no_show(tussen=TEN_TO_ELEVEN)).when(inzet(tussen=slot)).then_accepted()
    running().given(inzet(tussen=slot)).when(no_show(tussen=TEN_TO_ELEVEN)).then_accepted()


def test_the_same_hour_of_another_day_is_another_hour() -> None:
    ledger = running().given(no_show(tussen=TEN_TO_ELEVEN))
    ledger.when(inzet(op="2025-03-11", tussen=TEN_TO_ELEVEN)).then_accepted()


def test_an_hour_that_was_only_reported_is_free_for_work() -> None:
    ledger = running().given(no_show(tussen=TEN_TO_ELEVEN, declareren=False))
    ledger.when(inzet(tussen=TEN_TO_ELEVEN)).then_accepted()


def test_a_reported_no_show_never_stands_in_the_way_of_itself() -> None:
    ledger = running().given(inzet(tussen=TEN_TO_ELEVEN))
    ledger.when(no_show(tussen=TEN_TO_ELEVEN, declareren=False)).then_accepted()


def test_a_refused_no_show_leaves_its_hour_free() -> None:
    ledger = running().when(no_show(tussen=TEN_TO_ELEVEN, reistijd_minuten=5))
    ledger.then_refused_by("TW-NS-03")
    ledger.when(inzet(tussen=TEN_TO_ELEVEN)).then_accepted()


def test_without_clock_times_on_the_step_nothing_is_judged() -> None:
    ledger = running().given(no_show(tussen=TEN_TO_ELEVEN)).when(inzet()).then_accepted()
    ledger.then_not_judged("TW-NS-08", "begintijd")


def test_without_clock_times_on_the_no_show_nothing_is_refused() -> None:
    running().given(no_show()).when(inzet(tussen=TEN_TO_ELEVEN)).then_accepted()


def test_without_clock_times_on_the_no_show_the_rule_did_not_pass_but_was_silent() -> None:
    """It needs both clock times: where the earlier ones are not known, nobody compared."""
    ledger = running().given(no_show()).when(inzet(tussen=TEN_TO_ELEVEN)).then_accepted()
    ledger.then_not_judged("TW-NS-08", "begintijd")


def test_work_and_work_in_one_hour_is_not_this_rule() -> None:
    ledger = running().given(inzet(tussen=TEN_TO_ELEVEN))
    ledger.when(inzet(soort="indirect", tussen=TEN_TO_ELEVEN)).then_accepted()


def test_a_second_no_show_at_the_hour_is_not_this_rule() -> None:
    running().given(no_show(tussen=TEN_TO_ELEVEN)).when(
        no_show(tussen=TEN_TO_ELEVEN)
    ).then_accepted()


def test_work_on_another_allocation_is_not_judged() -> None:
    ledger = running().given(vaktherapie("T2"), start("T2"), no_show(tussen=TEN_TO_ELEVEN))
    ledger.when(inzet(van="T2", tussen=TEN_TO_ELEVEN)).then_accepted()


def test_a_withdrawn_no_show_gives_its_hour_back() -> None:
    ledger = running().given(called("N", no_show(tussen=TEN_TO_ELEVEN)), doorhaling("N"))
    ledger.when(inzet(tussen=TEN_TO_ELEVEN)).then_accepted()


def test_a_correction_that_moves_work_into_the_hour_is_refused() -> None:
    work = called("W", inzet(op="2025-03-11", tussen=TEN_TO_ELEVEN))
    ledger = running().given(no_show(tussen=TEN_TO_ELEVEN), work)
    ledger.when(correctie("W", datum="2025-03-10")).then_refused_by("TW-NS-08").then_used(120)


def test_groups_have_no_such_rule() -> None:
    group = toewijzing(product="begeleiding_groep_basis", volume=99, eenheid="uur")
    step = no_show(aantal=1, eenheid="uur", tussen=TEN_TO_ELEVEN)
    ledger = running(group).given(step)
    ledger.when(inzet(1, eenheid="uur", soort="groep", tussen=TEN_TO_ELEVEN))
    assert "TW-NS-08" not in ledger.answer.regels
