"""TW-ALG-12 and TW-ALG-13: an external referral needs a complete afsprakenoverzicht."""

from typing import Any

import pytest
from tests.builders import (
    begeleiding,
    behandeling,
    contact,
    given,
    toewijzing,
    vaktherapie,
    verlenging,
    verwijzing,
)

from rekenschap.domain.absent import AFWEZIG

NOT_COMPLETE = ["nvt", "geen", "onvolledig", "afwijkend_van_vot"]
EXTERNAL = ["huisarts", "jeugdarts", "medisch_specialist", "gecertificeerde_instelling"]


@pytest.mark.parametrize("who", EXTERNAL)
@pytest.mark.parametrize("state", NOT_COMPLETE)
def test_an_external_referral_without_a_complete_overview_is_refused(who: str, state: str) -> None:
    ledger = given().when(begeleiding(verwijzer=who, afsprakenoverzicht=state))
    ledger.then_refused_by("TW-ALG-12")


@pytest.mark.parametrize("make", [begeleiding, behandeling, vaktherapie])
@pytest.mark.parametrize("who", EXTERNAL)
def test_a_complete_overview_will_do(make: Any, who: str) -> None:
    given().when(make(verwijzer=who)).then_counts()


@pytest.mark.parametrize("make", [begeleiding, behandeling, vaktherapie])
@pytest.mark.parametrize("state", NOT_COMPLETE)
def test_the_gemeente_needs_no_overview(make: Any, state: str) -> None:
    given().when(make(verwijzer="gemeente", afsprakenoverzicht=state)).then_accepted()


def test_the_referrer_on_the_letter_counts() -> None:
    grant = begeleiding(verwijzing="V1", verwijzer=AFWEZIG, afsprakenoverzicht="geen")
    given(verwijzing(door="huisarts")).when(grant).then_refused_by("TW-ALG-12")
    given(verwijzing(door="gemeente")).when(grant).then_accepted()


def test_an_overview_nobody_told_of_is_not_judged() -> None:
    ledger = given().when(begeleiding(verwijzer="huisarts", afsprakenoverzicht=AFWEZIG))
    ledger.then_accepted().then_not_judged("TW-ALG-12", "afsprakenoverzicht")


def test_an_overview_that_is_told_not_to_be_there_is_refused() -> None:
    """None is not the same as not told."""
    ledger = given().when(begeleiding(verwijzer="huisarts", afsprakenoverzicht=None))
    ledger.then_refused_by("TW-ALG-12")


def test_a_referrer_nobody_told_of_is_not_judged() -> None:
    ledger = given().when(begeleiding(verwijzer=AFWEZIG, afsprakenoverzicht="geen"))
    ledger.then_accepted().then_not_judged("TW-ALG-12", "verwijzer")


@pytest.mark.parametrize(
    ("product", "unit"),
    [
        ("medicatiecontrole", "minuut"),
        ("ernstige_dyslexie", "minuut"),
        ("crisis_verblijf_jo", "etmaal"),
        ("crisis_families_first", "minuut"),
    ],
)
def test_exempt_products_need_no_overview(product: str, unit: str) -> None:
    who = "school" if product == "ernstige_dyslexie" else "huisarts"
    grant = toewijzing(
        product=product,
        verwijzer=who,
        afsprakenoverzicht="geen",
        volume=10,
        eenheid=unit,
        tot="2025-01-20",
    )
    assert "TW-ALG-12" not in given().when(grant).answer.regels


def test_crisis_foster_care_without_an_overview_is_signalled_only() -> None:
    grant = toewijzing(
        product="crisis_pleegzorg",
        verwijzer="huisarts",
        afsprakenoverzicht="geen",
        volume=10,
        eenheid="etmaal",
        tot="2025-01-20",
    )
    answer = given().when(grant).answer
    assert "TW-ALG-12" in answer.signalen
    assert answer.uitkomst.erkend


# --- extension


@pytest.mark.parametrize("state", NOT_COMPLETE)
def test_an_extension_needs_a_new_complete_overview(state: str) -> None:
    ledger = given(begeleiding(verwijzer="huisarts"))
    ledger.when(verlenging("2026-03-31", afsprakenoverzicht=state)).then_refused_by("TW-ALG-13")


def test_a_raise_of_zero_minutes_is_an_adjustment_too() -> None:
    ledger = given(begeleiding(verwijzer="huisarts"))
    ledger.when(verlenging(extra=0, afsprakenoverzicht="geen")).then_refused_by("TW-ALG-13")


def test_an_extension_with_a_complete_overview_counts() -> None:
    ledger = given(begeleiding(verwijzer="huisarts")).when(verlenging("2026-03-31"))
    ledger.then_accepted()


def test_an_extension_after_referral_by_the_gemeente_needs_none() -> None:
    given(begeleiding()).when(verlenging("2026-03-31", afsprakenoverzicht="nvt")).then_accepted()


def test_the_old_overview_does_not_serve_again() -> None:
    ledger = given(begeleiding(verwijzer="huisarts", afsprakenoverzicht="volledig"))
    ledger.when(verlenging(extra=60, afsprakenoverzicht="nvt")).then_refused_by("TW-ALG-13")


def test_an_extension_whose_overview_nobody_told_of_is_not_judged() -> None:
    ledger = given(begeleiding(verwijzer="huisarts"))
    ledger.when(verlenging(extra=60, afsprakenoverzicht=AFWEZIG)).then_accepted()
    ledger.then_not_judged("TW-ALG-13", "afsprakenoverzicht")


@pytest.mark.parametrize("state", ["geen", "volledig"])
def test_a_medical_extension_needs_overview_and_contact(state: str) -> None:
    ledger = given(verwijzing(), behandeling(verwijzing="V1", verwijzer=AFWEZIG))
    missing = {"TW-HA-03"} | ({"TW-ALG-13"} if state == "geen" else set())
    ledger.when(verlenging(extra=60, afsprakenoverzicht=state)).then_refused_by(*missing)
    ledger.given(contact("verlenging"))
    ledger.when(verlenging(extra=60)).then_accepted()
