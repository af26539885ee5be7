"""TW-ALG-04, 05, 06 and 11, and TW-MC-03: which unit, and which kinds of time may be charged."""

import pytest
from tests.builders import (
    begeleiding,
    behandeling,
    given,
    inzet,
    no_show,
    running,
    toewijzing,
    vaktherapie,
    verlenging,
)

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.vocabulary import Eenheid

OTHER_UNITS = [e.value for e in Eenheid if e is not Eenheid.MINUUT]


@pytest.mark.parametrize("grant", [begeleiding(), behandeling(), vaktherapie()])
def test_an_allocation_in_minutes_is_fine(grant: object) -> None:
    given(grant)


@pytest.mark.parametrize("eenheid", OTHER_UNITS)
def test_an_allocation_in_another_unit_is_refused(eenheid: str) -> None:
    ledger = given().when(begeleiding(volume=10, eenheid=eenheid))
    ledger.then_refused_by("TW-ALG-04")
    assert ledger.find() is None


@pytest.mark.parametrize("eenheid", OTHER_UNITS)
def test_effort_in_another_unit_is_refused_not_converted(eenheid: str) -> None:
    running().when(inzet(1, eenheid=eenheid)).then_refused_by("TW-ALG-04").then_used(0)


@pytest.mark.parametrize("eenheid", OTHER_UNITS)
def test_an_extension_in_another_unit_is_refused(eenheid: str) -> None:
    ledger = running().when(verlenging(extra=1, eenheid=Eenheid(eenheid)))
    ledger.then_refused_by("TW-ALG-04")
    assert ledger.allocation().omvang == 6000


def test_an_extension_in_minutes_is_fine() -> None:
    running().when(verlenging(extra=1, eenheid=Eenheid.MINUUT)).then_accepted()


def test_a_charged_no_show_in_hours_is_refused() -> None:
    running().when(no_show(aantal=1, eenheid="uur")).then_refused_by("TW-ALG-04").then_used(0)


def test_a_no_show_in_hours_that_is_only_reported_is_a_fact() -> None:
    running().when(no_show(aantal=1, eenheid="uur", declareren=False)).then_accepted()


def test_zero_hours_are_still_the_wrong_unit() -> None:
    running().when(inzet(0, eenheid="uur")).then_refused_by("TW-ALG-04")


def test_an_allocation_without_a_size_has_no_unit_to_be_wrong() -> None:
    given().when(begeleiding(volume=AFWEZIG, eenheid=AFWEZIG)).then_accepted()


def test_a_group_is_in_hours() -> None:
    group = "begeleiding_groep_basis"
    given().when(toewijzing(product=group, volume=10)).then_refused_by("TW-ALG-04")
    given().when(toewijzing(product=group, volume=10, eenheid="uur")).then_accepted()


def test_a_stay_is_in_etmalen() -> None:
    ledger = running(toewijzing(product="gezinshuis", volume=10, eenheid="etmaal"))
    ledger.when(inzet(60, soort="verblijf")).then_refused_by("TW-ALG-04")
    ledger.when(inzet(1, soort="verblijf", eenheid="etmaal")).then_counts()


def test_a_traject_takes_minutes_beside_it_but_no_hours() -> None:
    ledger = running(toewijzing(product="mst", volume=1, eenheid="traject"))
    ledger.when(inzet(600)).then_accepted().then_used(0)
    ledger.when(inzet(10, eenheid="uur")).then_refused_by("TW-ALG-04")


def test_a_traject_is_not_allocated_in_minutes() -> None:
    given().when(toewijzing(product="mst", volume=600)).then_refused_by("TW-ALG-04")


def test_the_wrong_unit_does_not_silence_the_other_rules() -> None:
    ledger = running().when(inzet(1, eenheid="uur", op="2026-01-06"))
    ledger.then_refused_by("TW-ALG-04", "TW-ALG-02")


# --- kinds of time


@pytest.mark.parametrize("aantal", [0, 1, 9999])
def test_time_bound_to_no_client_is_never_charged(aantal: int) -> None:
    ledger = running(begeleiding(volume=99_999))
    ledger.when(inzet(aantal, soort="niet_clientgebonden")).then_refused_by("TW-ALG-05")


@pytest.mark.parametrize("product", ["gezinshuis", "pleegzorg_voltijd"])
def test_time_bound_to_no_client_is_never_charged_on_a_stay_either(product: str) -> None:
    ledger = running(toewijzing(product=product, volume=10, eenheid="etmaal"))
    step = inzet(1, soort="niet_clientgebonden", eenheid="etmaal")
    ledger.when(step).then_refused_by("TW-ALG-05")


@pytest.mark.parametrize("grant", [begeleiding(), behandeling(), vaktherapie()])
def test_direct_and_indirect_time_draw_on_the_same_size(grant: object) -> None:
    ledger = running(grant).given(inzet(40, soort="direct"), inzet(20, soort="indirect"))
    ledger.then_used(60)
    assert "TW-ALG-06" in ledger.answer.geslaagd


def test_a_permission_says_nothing_about_other_kinds() -> None:
    ledger = running().when(inzet(30, soort="reistijd")).then_accepted()
    assert "TW-ALG-06" not in ledger.answer.regels


@pytest.mark.parametrize("grant", [begeleiding(), behandeling(), vaktherapie()])
def test_intake_may_be_charged_in_ambulant(grant: object) -> None:
    ledger = running(grant).when(inzet(30, soort="intake")).then_accepted().then_used(30)
    assert "TW-ALG-11" in ledger.answer.geslaagd


def test_screening_may_be_charged_on_treatment() -> None:
    ledger = running(behandeling()).when(inzet(30, soort="screening")).then_accepted()
    assert "TW-ALG-11" in ledger.answer.geslaagd


def test_medication_checks_inside_treatment_are_treatment() -> None:
    ledger = running(behandeling()).when(inzet(30, onderdeel="medicatiecontrole"))
    ledger.then_accepted().then_used(30)
    assert "TW-MC-03" in ledger.answer.geslaagd
