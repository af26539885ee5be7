"""TW-ALG-07, 08 and 09: travel per conversation, and time shared by the youths who are there."""

from typing import Any

import pytest
from tests.builders import (
    ANNA,
    BRAM,
    CARL,
    Ledger,
    begeleiding,
    behandeling,
    called,
    correctie,
    doorhaling,
    given,
    inzet,
    running,
    start,
    toewijzing,
    vaktherapie,
)

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.facts import InzetGeregistreerd


def reis(minutes: Any, **values: Any) -> InzetGeregistreerd:
    return inzet(minutes, soort="reistijd", **values)


@pytest.mark.parametrize("minutes", [0, 1, 44, 45])
def test_travel_up_to_45_minutes_is_charged(minutes: int) -> None:
    running().when(reis(minutes, gesprek="G1")).then_accepted().then_used(minutes)


@pytest.mark.parametrize("minutes", ["45.000001", 46, 90, 10_000])
def test_more_travel_is_refused_not_cut_off(minutes: Any) -> None:
    ledger = running(begeleiding(volume=99_999)).when(reis(minutes, gesprek="G1"))
    ledger.then_refused_by("TW-ALG-07").then_used(0)


@pytest.mark.parametrize("grant", [begeleiding(), behandeling(), vaktherapie()])
def test_the_cap_is_the_same_for_the_three_products(grant: Any) -> None:
    running(grant).when(reis(45)).then_accepted()
    running(grant).when(reis(46)).then_refused_by("TW-ALG-07")


def test_there_and_back_are_one_conversation() -> None:
    ledger = running().given(reis(25, gesprek="G1"))
    ledger.when(reis(21, gesprek="G1")).then_refused_by("TW-ALG-07")
    ledger.when(reis(20, gesprek="G1")).then_accepted().then_used(45)


def test_each_conversation_has_its_own_45_minutes() -> None:
    ledger = running().given(reis(45, gesprek="G1"))
    ledger.when(reis(45, gesprek="G2")).then_accepted()


def test_travel_without_a_conversation_stands_alone() -> None:
    ledger = running().given(reis(45), reis(45, gesprek="G1"))
    ledger.when(reis(45)).then_accepted()


def test_travel_of_all_who_go_is_capped_together_before_it_is_divided() -> None:
    ledger = running()
    shared = {"gesprek": "G1", "aanwezige_jeugdigen": 2}
    ledger.when(reis(23, totaal_minuten=46, **shared)).then_refused_by("TW-ALG-07")
    ledger.when(reis(22, totaal_minuten=45, **shared)).then_accepted()


def test_work_in_the_same_conversation_is_no_travel() -> None:
    running().given(inzet(120, gesprek="G1")).when(reis(45, gesprek="G1")).then_accepted()


def test_the_conversation_counts_over_the_allocations_of_the_youth() -> None:
    ledger = running().given(vaktherapie("T2"), start("T2"), reis(30, gesprek="G1"))
    ledger.when(reis(16, van="T2", gesprek="G1")).then_refused_by("TW-ALG-07")


def test_refused_travel_takes_no_room() -> None:
    ledger = running().when(reis(46, gesprek="G1")).then_refused_by("TW-ALG-07")
    ledger.when(reis(45, gesprek="G1")).then_accepted()


def test_travel_corrected_downwards_makes_room() -> None:
    ledger = running().given(called("R", reis(45, gesprek="G1")), correctie("R", aantal=20))
    ledger.when(reis(26, gesprek="G1")).then_refused_by("TW-ALG-07")
    ledger.when(reis(25, gesprek="G1")).then_accepted()


def test_the_cap_is_silent_where_the_text_is() -> None:
    ledger = running(toewijzing(product="begeleiding_groep_basis", volume=99, eenheid="uur"))
    ledger.when(reis(60, eenheid="uur")).then_accepted()


# --- shared time


def group_of(*youths: Any) -> Ledger:
    """A ledger where each of these youths has an allocation T1, T2, ... and care started."""
    steps: list[Any] = []
    for number, youth in enumerate(youths, start=1):
        steps += [begeleiding(f"T{number}", voor=youth), start(f"T{number}")]
    return given(*steps)


def share(minutes: Any, total: Any, present: Any, van: str = "T1", **more: Any) -> Any:
    values = {"gesprek": "G1", **more}
    return inzet(minutes, van=van, totaal_minuten=total, aanwezige_jeugdigen=present, **values)


@pytest.mark.parametrize("minutes", [0, 1, 59, 60, "60.999999"])
def test_a_share_up_to_less_than_a_minute_more_is_fine(minutes: Any) -> None:
    running().when(share(minutes, 120, 2)).then_accepted()


@pytest.mark.parametrize("minutes", [61, 62, 120, 600])
def test_a_whole_minute_more_than_the_share_is_refused(minutes: int) -> None:
    running().when(share(minutes, 120, 2)).then_refused_by("TW-ALG-08").then_used(0)


def test_a_hundred_minutes_over_three_may_be_34_33_and_33() -> None:
    ledger = group_of(ANNA, BRAM, CARL)
    ledger.when(share(34, 100, 3)).then_accepted()
    ledger.when(share(33, 100, 3, "T2")).then_accepted()
    ledger.when(share(34, 100, 3, "T3")).then_refused_by("TW-ALG-08")
    ledger.when(share(33, 100, 3, "T3")).then_accepted()


def test_35_of_a_hundred_over_three_is_too_much() -> None:
    running().when(share(35, 100, 3)).then_refused_by("TW-ALG-08")


def test_one_minute_over_two_may_be_charged_once() -> None:
    ledger = group_of(ANNA, BRAM)
    ledger.when(share(1, 1, 2)).then_accepted()
    ledger.when(share(1, 1, 2, "T2")).then_refused_by("TW-ALG-08")


def test_alone_there_is_nothing_to_divide() -> None:
    running().when(share(120, 120, 1)).then_accepted()
    running().when(share(500, 120, 1)).then_accepted()


@pytest.mark.parametrize("soort", ["direct", "indirect"])
def test_direct_and_indirect_time_are_both_divided(soort: str) -> None:
    running().when(share(61, 120, 2, soort=soort)).then_refused_by("TW-ALG-08")


def test_each_kind_of_time_has_a_total_of_its_own() -> None:
    ledger = group_of(ANNA, BRAM).given(share(60, 120, 2), share(60, 120, 2, "T2"))
    ledger.when(share(15, 30, 2, soort="indirect")).then_accepted()


def test_another_conversation_has_a_total_of_its_own() -> None:
    ledger = group_of(ANNA, BRAM).given(share(60, 120, 2), share(60, 120, 2, "T2"))
    ledger.when(share(60, 120, 2, gesprek="G2")).then_accepted()


@pytest.mark.parametrize("grant", [behandeling(), vaktherapie()])
def test_the_same_holds_for_treatment_and_therapy(grant: Any) -> None:
    running(grant).when(share(60, 120, 2)).then_accepted()
    running(grant).when(share(61, 120, 2)).then_refused_by("TW-ALG-08")


def test_without_the_total_nothing_is_judged() -> None:
    ledger = running().when(inzet(500, aanwezige_jeugdigen=2)).then_accepted()
    ledger.then_not_judged("TW-ALG-08", "totaal_minuten")


def test_without_the_number_present_nothing_is_judged() -> None:
    ledger = running().when(inzet(500, aanwezige_jeugdigen=AFWEZIG)).then_accepted()
    ledger.then_not_judged("TW-ALG-08", "aanwezige_jeugdigen")


def test_withdrawn_effort_of_the_same_youth_no_longer_takes_from_the_total() -> None:
    ledger = group_of(ANNA, BRAM).given(called("E", share(60, 120, 2)), doorhaling("E"))
    ledger.when(share(60, 120, 2)).then_accepted()


def test_withdrawn_effort_of_another_youth_no_longer_takes_from_the_total() -> None:
    ledger = group_of(ANNA, BRAM).given(called("E", share(1, 1, 2)))
    ledger.when(share(1, 1, 2, "T2")).then_refused_by("TW-ALG-08")
    ledger.given(doorhaling("E")).when(share(1, 1, 2, "T2")).then_accepted()


# --- FACT: direct time only


def fact() -> Ledger:
    return running(toewijzing(product="fact"))


def test_fact_divides_direct_time() -> None:
    fact().when(share(60, 120, 2)).then_accepted()
    fact().when(share(61, 120, 2)).then_refused_by("TW-ALG-09")


@pytest.mark.parametrize("soort", ["indirect", "reistijd"])
def test_fact_does_not_divide_indirect_time_and_travel(soort: str) -> None:
    fact().when(share(40, 40, 2, soort=soort)).then_accepted()


def test_what_each_youth_claims_of_one_journey_adds_up() -> None:
    ledger = group_of(ANNA, BRAM).given(reis(25, gesprek="G1"))
    ledger.when(reis(21, van="T2", gesprek="G1")).then_refused_by("TW-ALG-07")
    ledger.when(reis(20, van="T2", gesprek="G1")).then_accepted()


def test_a_total_that_was_told_covers_every_youth() -> None:
    ledger = group_of(ANNA, BRAM).given(share(22, 45, 2, soort="reistijd"))
    ledger.when(share(23, 45, 2, "T2", soort="reistijd")).then_accepted()
