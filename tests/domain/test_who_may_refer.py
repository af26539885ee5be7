"""TW-ALG-16 and TW-ALG-17: who may refer to a product, and whether it is in force."""

from typing import Any

import pytest
from tests.builders import (
    adviesvraag,
    begeleiding,
    behandeling,
    given,
    toewijzing,
    vaktherapie,
    verwijzing,
)

from rekenschap.domain.absent import AFWEZIG

ENTITLED = [
    "gemeente",
    "huisarts",
    "jeugdarts",
    "medisch_specialist",
    "gecertificeerde_instelling",
]
NOT_ENTITLED = [
    "zelfverwijzer",
    "rechter",
    "officier_van_justitie",
    "raad_voor_de_kinderbescherming",
    "school",
    "poortwachter",
    "sociaal_team",
    "wijkteam",
    "cmd",
    "plusteam",
    "veilig_thuis",
    "voorzitter_roel",
    "crisis_coordinatiepunt",
]
THREE = [begeleiding, behandeling, vaktherapie]
NAMES = ["begeleiding_individueel", "behandeling_individueel", "vaktherapie"]


@pytest.mark.parametrize("make", THREE)
@pytest.mark.parametrize("who", ENTITLED)
def test_these_may_refer(make: Any, who: str) -> None:
    given().when(make(verwijzer=who)).then_accepted()


@pytest.mark.parametrize("make", THREE)
@pytest.mark.parametrize("who", NOT_ENTITLED)
def test_nobody_else_may(make: Any, who: str) -> None:
    ledger = given().when(make(verwijzer=who)).then_refused_by("TW-ALG-16")
    assert ledger.find() is None


@pytest.mark.parametrize("product", NAMES)
@pytest.mark.parametrize("who", NOT_ENTITLED)
def test_a_letter_that_names_the_product_is_refused_at_once(product: str, who: str) -> None:
    given().when(verwijzing(door=who, product=product)).then_refused_by("TW-ALG-16")


@pytest.mark.parametrize("who", NOT_ENTITLED)
def test_a_letter_that_names_no_product_is_judged_at_the_allocation(who: str) -> None:
    ledger = given().when(verwijzing(door=who)).then_accepted()
    grant = begeleiding(verwijzing="V1", verwijzer=AFWEZIG)
    ledger.when(grant).then_refused_by("TW-ALG-16")


def test_the_allocation_on_a_refused_letter_has_nothing_to_stand_on() -> None:
    ledger = given().when(verwijzing(door="school", product="vaktherapie"))
    ledger.when(vaktherapie(verwijzing="V1")).then_refused_because("verwijzing_onbekend")


def test_a_referrer_nobody_told_of_is_not_judged() -> None:
    ledger = given().when(begeleiding(verwijzer=AFWEZIG)).then_accepted()
    ledger.then_not_judged("TW-ALG-16", "verwijzer")


def test_a_judge_may_refer_to_jeugdzorgplus_only() -> None:
    grant = toewijzing(
        product="jeugdzorgplus", verwijzer="rechter", volume=10, eenheid="etmaal", machtiging=True
    )
    assert "TW-ALG-16" in given().when(grant).answer.geslaagd


def test_a_school_may_refer_to_dyslexia_only() -> None:
    grant = toewijzing(product="ernstige_dyslexie", verwijzer="school")
    assert "TW-ALG-16" in given().when(grant).answer.geslaagd


@pytest.mark.parametrize("who", [*ENTITLED, "veilig_thuis"])
def test_these_may_ask_advice(who: str) -> None:
    step = adviesvraag(op="2025-02-03", door=who, vooraf_besproken_toegang=True)
    given().when(step).then_accepted()


@pytest.mark.parametrize("who", [n for n in NOT_ENTITLED if n != "veilig_thuis"])
@pytest.mark.parametrize("spoken", [True, False])
def test_nobody_else_may_ask_advice_talk_or_not(who: str, spoken: bool) -> None:
    step = adviesvraag(op="2025-02-03", door=who, vooraf_besproken_toegang=spoken)
    given().when(step).then_refused_by("TW-ALG-16")


# --- in force


@pytest.mark.parametrize("make", THREE)
@pytest.mark.parametrize("first", ["2025-01-01", "2025-01-02", "2099-01-01"])
def test_from_1_january_2025_the_products_are_in_force(make: Any, first: str) -> None:
    given().when(make(van=first, tot=first)).then_accepted()


@pytest.mark.parametrize("make", THREE)
@pytest.mark.parametrize("first", ["2024-12-31", "2024-01-01", "1999-12-31"])
def test_before_that_day_they_are_not(make: Any, first: str) -> None:
    given().when(make(van=first, tot=first)).then_refused_by("TW-ALG-17")


def test_the_first_day_counts_not_the_day_of_the_decision() -> None:
    given().when(begeleiding(van="2025-01-01", op="2024-11-30")).then_accepted()
    late = begeleiding(van="2024-12-31", op="2025-02-01", tot="2025-12-31")
    given().when(late).then_refused_by("TW-ALG-17")
