"""TW-AA-01 and TW-OK-01: one allocation for a family; TW-OK-02: no Wlz of a parent."""

from typing import Any

import pytest
from tests.builders import (
    ANNA,
    BRAM,
    CARL,
    FAMILY,
    OTHER_FAMILY,
    Ledger,
    called,
    doorhaling,
    gezin,
    given,
    goedkeuring,
    intrekking,
    jeugdige,
    start,
    stop,
    van_product,
    verlenging,
)

from rekenschap.domain.absent import AFWEZIG

RULES = {"csi_gezinsopname": "TW-AA-01", "ouder_kind_groep": "TW-OK-01"}
EACH = pytest.mark.parametrize(("product", "rule"), RULES.items())


def family(*more: Any) -> Ledger:
    return given(jeugdige(ANNA, gezin=FAMILY), jeugdige(BRAM, gezin=FAMILY), *more)


@EACH
def test_one_at_a_time_for_a_family_and_for_one_youth(product: str, rule: str) -> None:
    """The first lasts up to and including 30 June 2025."""
    first = van_product(product, tot="2025-06-30")
    for who in (ANNA, BRAM):
        ledger = family(first)
        for begin in ("2025-01-06", "2025-06-30"):
            step = van_product(product, "T2", voor=who, van=begin, tot="2025-12-31")
            ledger.when(step).then_refused_by(rule)
        for begin in ("2025-07-01", "2025-12-31"):
            step = van_product(product, f"T{begin}", voor=who, van=begin, tot=begin)
            ledger.when(step).then_accepted()


@EACH
def test_one_that_ends_on_the_first_day_of_another_shares_that_day(product: str, rule: str) -> None:
    ledger = family(van_product(product, van="2025-06-30", tot="2025-12-31"))
    ledger.when(van_product(product, "T2", voor=BRAM, tot="2025-06-30")).then_refused_by(rule)
    ledger.when(van_product(product, "T2", voor=BRAM, tot="2025-06-29")).then_accepted()


@EACH
def test_an_open_end_never_ends(product: str, rule: str) -> None:
    ledger = family(van_product(product, tot=None))
    late = van_product(product, "T2", voor=BRAM, van="2040-01-01", tot="2040-01-02")
    ledger.when(late).then_refused_by(rule)


@EACH
def test_a_stopped_one_counts_up_to_its_last_day(product: str, rule: str) -> None:
    ledger = family(van_product(product), start(), stop(op="2025-03-31"))
    ledger.when(van_product(product, "T2", voor=BRAM, van="2025-03-31")).then_refused_by(rule)
    ledger.when(van_product(product, "T2", voor=BRAM, van="2025-04-01")).then_accepted()


@EACH
def test_one_that_was_refused_or_withdrawn_does_not_count(product: str, rule: str) -> None:
    ledger = family().when(van_product(product, van="2024-12-31")).then_refused_by("TW-ALG-17")
    ledger.when(van_product(product, "T2", voor=BRAM)).then_accepted()
    ledger = family(van_product(product), intrekking(op="2025-03-01"))
    ledger.when(van_product(product, "T2", voor=BRAM)).then_accepted()
    ledger = family(called("T", van_product(product)), doorhaling("T"))
    ledger.when(van_product(product, "T2", voor=BRAM)).then_accepted()


def test_another_family_nobody_known_or_another_product_does_not_matter() -> None:
    ledger = family(
        jeugdige(CARL, gezin=OTHER_FAMILY), van_product("csi_gezinsopname", tot="2025-06-30")
    )
    ledger.when(van_product("csi_gezinsopname", "T3", voor=CARL)).then_accepted()
    ledger.when(van_product("ouder_kind_groep", "T4", voor=BRAM)).then_accepted()
    for told in (AFWEZIG, None):
        alone = given(jeugdige(ANNA, gezin=told), jeugdige(BRAM, gezin=told))
        alone.given(van_product("csi_gezinsopname"))
        alone.when(van_product("csi_gezinsopname", "T2", voor=BRAM)).then_accepted()


def test_a_family_may_be_told_as_a_list_too() -> None:
    ledger = given(jeugdige(ANNA), jeugdige(BRAM), gezin(ANNA, BRAM))
    ledger.given(van_product("csi_gezinsopname"))
    ledger.when(van_product("csi_gezinsopname", "T2", voor=BRAM)).then_refused_by("TW-AA-01")
    moved = given(jeugdige(ANNA), jeugdige(BRAM), gezin(ANNA, BRAM), gezin(ANNA))
    moved.given(van_product("csi_gezinsopname"))
    moved.when(van_product("csi_gezinsopname", "T2", voor=BRAM)).then_accepted()


@EACH
def test_an_extension_is_judged_for_the_days_it_adds(product: str, rule: str) -> None:
    ledger = family(
        van_product(product, tot="2025-03-31"),
        van_product(product, "T2", voor=BRAM, van="2025-07-01", tot="2025-12-31"),
    )
    ledger.when(verlenging("2025-07-01", op="2025-03-01")).then_refused_by(rule)
    ledger.when(verlenging("2025-06-30", op="2025-03-01")).then_accepted()
    ledger.when(verlenging("2026-06-30", van="T2", op="2025-12-01")).then_accepted()


def test_one_that_waits_does_not_count_and_is_judged_again_when_it_is_approved() -> None:
    waits = van_product("ouder_kind_groep", "T2")
    ledger = family(van_product("begeleiding_individueel")).when(called("W", waits))
    ledger.then_waits_for("TW-CMB-04")
    ledger.when(van_product("ouder_kind_groep", "T3", voor=BRAM)).then_accepted()
    ledger.when(goedkeuring("W")).then_refused_by("TW-OK-01")


@pytest.mark.parametrize(("told", "refused"), [(True, True), (False, False), (None, False)])
def test_a_parent_with_a_wlz_decision_gets_no_group(told: Any, refused: bool) -> None:
    ledger = given().when(van_product("ouder_kind_groep", wlz_beschikking_ouder=told))
    ledger.then_refused_by("TW-OK-02") if refused else ledger.then_accepted()


def test_a_wlz_decision_nobody_told_of_is_not_judged() -> None:
    ledger = given().when(van_product("ouder_kind_groep")).then_accepted()
    ledger.then_not_judged("TW-OK-02", "wlz_beschikking_ouder")
    given().when(van_product("kamertraining", wlz_beschikking_ouder=True)).then_accepted()
