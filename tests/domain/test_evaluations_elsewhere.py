"""TW-AA-02, AA-07, CR-07 and PZ-06: the evaluations with a term of their own; ALG-14 and 15."""

from datetime import timedelta
from typing import Any

import pytest
from tests.builders import (
    Ledger,
    called,
    day,
    doorhaling,
    evaluatie,
    given,
    intrekking,
    inzet,
    peildatum,
    running,
    start,
    stop,
    van_product,
    verblijf,
)

from rekenschap.domain.absent import AFWEZIG

NOBODY = ("aanbieder",)


def looked(ledger: Ledger, due: Any, rule: str) -> None:
    """On the due day nothing is open; from the day after, the signal is."""
    last = day(due)
    ledger.when(peildatum(last - timedelta(days=1))).then_accepted()
    ledger.when(peildatum(last)).then_accepted()
    ledger.when(peildatum(last + timedelta(days=1))).then_signals(rule)
    ledger.when(peildatum(last + timedelta(days=30))).then_signals(rule)


# --- CSI with the family: every four months


@pytest.mark.parametrize(
    ("begun", "due"),
    [
        ("2025-01-06", "2025-05-06"),
        ("2025-10-31", "2026-02-28"),
        ("2027-10-31", "2028-02-29"),
        ("2025-08-31", "2025-12-31"),
    ],
)
def test_csi_is_evaluated_every_four_months(begun: str, due: str) -> None:
    grant = van_product("csi_gezinsopname", tot="2029-12-31")
    looked(running(grant, op=begun), due, "TW-AA-02")


@pytest.mark.parametrize("soort", ["tussen", "eind"])
@pytest.mark.parametrize("met", [NOBODY, ("jeugdige", "verwijzer"), AFWEZIG])
def test_any_evaluation_of_csi_counts_whoever_was_there(soort: str, met: Any) -> None:
    ledger = running(van_product("csi_gezinsopname")).given(
        evaluatie("2025-03-31", soort=soort, met=met)
    )
    looked(ledger, "2025-07-31", "TW-AA-02")
    ledger.when(verblijf("2025-08-01", "2025-08-02")).then_signals("TW-AA-02")
    ledger.when(verblijf("2025-07-31", "2025-08-01")).then_accepted()


def test_csi_that_stopped_or_never_started_is_not_looked_at() -> None:
    given(van_product("csi_gezinsopname")).when(peildatum("2025-12-01")).then_accepted()
    ledger = running(van_product("csi_gezinsopname")).given(evaluatie("2025-02-01", soort="eind"))
    ledger.given(stop(op="2025-03-01")).when(peildatum("2025-12-01")).then_accepted()


# --- once by a day


ONCE = [
    ("zit", "TW-AA-07", "2025-01-20", "2025-01-19"),
    ("crisis_ambulante_spoedhulp", "TW-CR-07", "2025-02-03", "2025-02-02"),
    ("crisis_families_first", "TW-CR-07", "2025-02-17", "2025-02-16"),
]
EACH = pytest.mark.parametrize(("product", "rule", "due", "last"), ONCE)


@EACH
def test_there_is_one_by_the_due_day(product: str, rule: str, due: str, last: str) -> None:
    """Also when the allocation ends the day before, as it does at its longest."""
    ledger = given(van_product(product, tot=last), start())
    looked(ledger, due, rule)


@EACH
def test_any_one_counts_and_one_is_enough(product: str, rule: str, due: str, last: str) -> None:
    for held in ("2025-01-06", "2025-01-10", due):
        for met in (NOBODY, AFWEZIG):
            ledger = given(van_product(product, tot=last), start(), evaluatie(held, met=met))
            ledger.when(peildatum("2025-12-31")).then_accepted()


@pytest.mark.parametrize(("product", "rule", "due", "last"), ONCE[1:])
def test_a_first_evaluation_that_comes_later_is_a_signal_itself(
    product: str, rule: str, due: str, last: str
) -> None:
    ledger = given(van_product(product, tot=last), start())
    late = day(due) + timedelta(days=1)
    ledger.when(evaluatie(late)).then_signals(rule)
    ledger.when(evaluatie(late + timedelta(days=7))).then_accepted()
    ledger.when(peildatum("2025-12-31")).then_accepted()
    in_time = given(van_product(product, tot=last), start()).when(evaluatie(due)).then_accepted()
    in_time.when(evaluatie("2025-12-31")).then_accepted()


@EACH
def test_it_is_still_due_once_the_care_has_stopped(
    product: str, rule: str, due: str, last: str
) -> None:
    ended = stop(op="2025-01-10", reden="afgerond")
    ledger = given(van_product(product, tot=last), start()).when(ended)
    ledger.when(peildatum(due)).then_signals("TW-ALG-14")
    after = day(due) + timedelta(days=1)
    ledger.when(peildatum(after)).then_signals(rule, "TW-ALG-14")
    ledger.given(evaluatie(after, soort="eind")).when(peildatum("2025-12-31")).then_accepted()


@EACH
def test_nothing_is_due_of_what_was_withdrawn_or_never_started(
    product: str, rule: str, due: str, last: str
) -> None:
    never = given(van_product(product, tot=last)).when(stop(op="2025-01-10"))
    never.when(peildatum("2025-12-31")).then_accepted()
    gone = given(van_product(product, tot=last), start(), intrekking(op="2025-01-10"))
    gone.when(peildatum("2025-12-31")).then_accepted()


def test_a_late_evaluation_of_zit_is_no_signal() -> None:
    ledger = running(van_product("zit")).when(evaluatie("2025-01-25"))
    ledger.then_accepted()


def test_an_evaluation_taken_back_was_not_held() -> None:
    ledger = running(van_product("crisis_families_first", tot="2025-02-16"))
    ledger.given(called("E", evaluatie("2025-01-20")), doorhaling("E"))
    ledger.when(evaluatie("2025-02-18")).then_signals("TW-CR-07")


def test_effort_after_the_due_day_signals_in_a_longer_crisis() -> None:
    grant = van_product("crisis_ambulante_spoedhulp", tot="2025-03-31", akkoord_gemeente=True)
    ledger = running(grant)
    ledger.when(inzet(60, op="2025-02-03")).then_accepted()
    ledger.when(inzet(60, op="2025-02-04")).then_signals("TW-CR-07")
    ledger.when(peildatum("2025-02-03")).then_accepted()
    ledger.when(peildatum("2025-02-04")).then_signals("TW-CR-07")


# --- foster care: half-yearly, then yearly


def foster(*more: Any, begun: str = "2025-01-06") -> Ledger:
    return given(van_product("pleegzorg_voltijd", tot="2035-01-01"), start(op=begun), *more)


@pytest.mark.parametrize(
    ("begun", "due"),
    [
        ("2025-01-06", "2025-07-06"),
        ("2025-08-31", "2026-02-28"),
        ("2027-08-31", "2028-02-29"),
        ("2025-12-31", "2026-06-30"),
    ],
)
@pytest.mark.parametrize("product", ["pleegzorg_voltijd", "pleegzorg_deeltijd"])
def test_foster_care_is_evaluated_half_yearly_at_first(product: str, begun: str, due: str) -> None:
    grant = van_product(product, tot="2035-01-01")
    looked(running(grant, op=begun), due, "TW-PZ-06")


@pytest.mark.parametrize(
    ("held", "due"),
    [
        ("2025-07-06", "2026-01-06"),
        ("2027-01-05", "2027-07-05"),  # the last day of the first 24 months
        ("2027-01-06", "2028-01-06"),
        ("2028-02-29", "2029-02-28"),
    ],
)
def test_which_term_holds_is_told_by_the_last_evaluation(held: str, due: str) -> None:
    looked(foster(evaluatie(held, met=NOBODY)), due, "TW-PZ-06")


def test_a_stay_in_foster_care_is_judged_on_its_last_night() -> None:
    ledger = foster()
    ledger.when(verblijf("2025-07-01", "2025-07-07")).then_accepted()
    ledger.when(verblijf("2025-07-01", "2025-07-08")).then_signals("TW-PZ-06")


def test_foster_care_that_stopped_or_never_started_is_not_looked_at() -> None:
    given(van_product("pleegzorg_voltijd")).when(peildatum("2025-12-01")).then_accepted()
    ledger = foster(evaluatie("2025-03-01", soort="eind"), stop(op="2025-03-01"))
    ledger.when(peildatum("2025-12-01")).then_accepted()


# --- half-yearly for some, not for all


HALF_YEARLY = [
    "begeleiding_groep_basis",
    "begeleiding_groep_intensief",
    "behandeling_groep_basis",
    "behandeling_groep_intensief",
    "kdc_odc_basis",
    "kdc_odc_intensief",
    "fact",
    "forensische_jeugdhulp",
]
NEVER = [
    "mst",
    "medicatiecontrole",
    "ernstige_dyslexie",
    "gezinshuis",
    "woongroep",
    "jeugdzorgplus",
    "jeugdhulpvervoer",
]


@pytest.mark.parametrize("product", HALF_YEARLY)
def test_help_is_evaluated_half_yearly(product: str) -> None:
    looked(running(van_product(product)), "2025-07-06", "TW-ALG-15")


@pytest.mark.parametrize("product", NEVER)
def test_other_products_have_no_half_yearly_evaluation(product: str) -> None:
    beside = [van_product("kdc_odc_basis", "T2")] if product == "jeugdhulpvervoer" else []
    dyslexia = {"verwijzer": "school"} if product == "ernstige_dyslexie" else {}
    ledger = given(*beside, van_product(product, **dyslexia), start())
    ledger.when(peildatum("2025-12-31")).then_accepted()


@pytest.mark.parametrize("product", ["gezinshuis", "mst", "kdc_odc_basis", "crisis_verblijf_jo"])
def test_care_of_every_kind_ends_with_an_evaluation(product: str) -> None:
    ledger = running(van_product(product))
    ledger.when(stop(op="2025-01-31")).then_signals("TW-ALG-14")
    ledger.when(peildatum("2025-01-30")).then_accepted()
    ledger.when(peildatum("2025-02-01")).then_signals("TW-ALG-14")
    ledger.given(evaluatie("2025-02-05", soort="eind"))
    ledger.when(peildatum("2025-02-05")).then_accepted()
    held = running(van_product(product)).given(evaluatie("2025-01-31", soort="eind"))
    held.when(stop(op="2025-01-31")).then_accepted()
    given(van_product(product)).when(stop(op="2025-01-31")).then_accepted()
