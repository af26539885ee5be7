"""A step on an allocation that is unknown, pending, refused or withdrawn; and extension itself."""

from typing import Any

import pytest
from tests.builders import (
    Ledger,
    afwezigheid,
    afwijzing,
    begeleiding,
    behandeling,
    called,
    doorhaling,
    evaluatie,
    given,
    hervatting,
    intrekking,
    inzet,
    no_show,
    running,
    start,
    stop,
    verlenging,
    verwijzing,
    verzoek_terug,
    wijziging,
)

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.errors import Incorrect

STEPS = [
    start(),
    inzet(),
    no_show(),
    no_show(declareren=False),
    afwezigheid("2025-03-01", "2025-03-02"),
    evaluatie("2025-03-01"),
    verlenging(extra=1),
    stop(op="2025-03-01"),
    hervatting(op="2025-03-01"),
    intrekking(op="2025-03-01"),
    wijziging("vaktherapie", op="2025-03-01"),
]
IDS = [f"{type(s).__name__}{n}" for n, s in enumerate(STEPS)]
each_step = pytest.mark.parametrize("step", STEPS, ids=IDS)


def pending() -> Ledger:
    ledger = given().when(called("T", behandeling(variant="ZIG", tot="2025-12-31")))
    return ledger.then_waits_for("TW-BH-01")


@each_step
def test_on_an_unknown_allocation_every_step_is_refused(step: Any) -> None:
    given(verwijzing()).when(step).then_refused_because("toewijzing_niet_erkend")


@each_step
def test_on_a_refused_allocation_every_step_is_refused(step: Any) -> None:
    ledger = given().when(begeleiding(verwijzer="school"))
    ledger.when(step).then_refused_because("toewijzing_niet_erkend")


@each_step
def test_on_a_pending_allocation_every_step_is_refused(step: Any) -> None:
    pending().when(step).then_refused_because("toewijzing_wacht")


@each_step
@pytest.mark.parametrize("end", [afwijzing, verzoek_terug])
def test_on_one_that_waited_in_vain_every_step_is_refused(step: Any, end: Any) -> None:
    pending().given(end("T")).when(step).then_refused_because("toewijzing_niet_erkend")


@each_step
def test_on_one_that_was_taken_back_as_a_mistake_every_step_is_refused(step: Any) -> None:
    ledger = given(called("T", begeleiding()), doorhaling("T"))
    ledger.when(step).then_refused_because("toewijzing_niet_erkend")


def test_what_was_refused_does_not_revive_when_the_allocation_comes() -> None:
    ledger = given().when(inzet(60)).then_refused_because("toewijzing_niet_erkend")
    ledger.given(begeleiding(), start()).then_used(0)


def test_what_was_refused_is_on_record_all_the_same() -> None:
    ledger = given(verwijzing()).when(inzet(60))
    assert len(ledger.dossier().boekingen) == 2


def test_an_allocation_on_an_unknown_letter_is_refused() -> None:
    given().when(begeleiding(verwijzing="V9")).then_refused_because("verwijzing_onbekend")


def test_an_allocation_without_a_letter_is_fine() -> None:
    given().when(begeleiding(verwijzing=None)).then_accepted()


def test_a_letter_comes_in_once() -> None:
    given(verwijzing()).when(verwijzing()).then_refused_because("verwijzing_bestaat_al")


# --- extension


def test_a_withdrawn_allocation_is_not_extended() -> None:
    ledger = given(begeleiding(), intrekking(op="2025-06-01"))
    ledger.when(verlenging("2026-06-30")).then_refused_because("toewijzing_ingetrokken")


@pytest.mark.parametrize("last", ["2026-01-04", "2025-01-06", "2024-01-01"])
def test_an_extension_does_not_shorten(last: str) -> None:
    given(begeleiding()).when(verlenging(last)).then_refused_because("einddatum_vervroegd")


def test_an_extension_to_the_same_last_day_is_only_a_raise() -> None:
    ledger = given(begeleiding(volume=100)).given(verlenging("2026-01-05", extra=10))
    assert ledger.allocation().omvang == 110
    assert str(ledger.allocation().einddatum) == "2026-01-05"


def test_an_open_end_is_not_extended_to_a_day() -> None:
    ledger = given(begeleiding(tot=None))
    ledger.when(verlenging("2030-01-01")).then_refused_because("einddatum_vervroegd")


def test_an_extension_to_an_open_end_has_no_last_day() -> None:
    ledger = given(begeleiding()).given(verlenging(None))
    assert ledger.allocation().einddatum is None


def test_extensions_add_up() -> None:
    ledger = given(begeleiding(volume=100))
    ledger.given(verlenging("2026-02-28", extra=10), verlenging("2026-03-31", extra=5))
    assert ledger.allocation().omvang == 115
    assert str(ledger.allocation().einddatum) == "2026-03-31"
    assert len(ledger.allocation().verlengingen) == 2


def test_an_extension_of_an_allocation_without_a_size_leaves_it_without() -> None:
    ledger = running(begeleiding(volume=AFWEZIG, eenheid=AFWEZIG))
    assert ledger.given(verlenging("2026-12-31", extra=60)).allocation().omvang is None


def test_a_size_without_a_unit_is_impossible() -> None:
    with pytest.raises(Incorrect, match="eenheid"):
        given().when(begeleiding(eenheid=AFWEZIG))


def test_a_period_that_ends_before_it_begins_is_impossible() -> None:
    with pytest.raises(Incorrect, match="einddatum"):
        given().when(begeleiding(van="2025-01-02", tot="2025-01-01"))
