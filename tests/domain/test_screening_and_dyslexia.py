"""TW-SC-01 to 05, TW-PZ-07 at the grant, TW-DY-01 and TW-ALG-16 for dyslexia."""

from datetime import date
from typing import Any

import pytest
from tests.builders import (
    Ledger,
    given,
    inzet,
    optie,
    stop,
    tarief,
    van_product,
    verwijzing,
)

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.effects import value_of

IN_FORCE = optie("screening_in_werking_vanaf", date(2025, 4, 1))
FIRST = {"van": "2025-04-01", "tot": "2025-12-31"}


def screening(*before: Any, **values: Any) -> Ledger:
    return given(IN_FORCE, *before).when(van_product("screening", **{**FIRST, **values}))


def test_without_a_day_screening_is_not_in_force() -> None:
    for van in ("2025-01-06", "2029-01-01"):
        step = van_product("screening", van=van, tot="2029-12-31")
        given().when(step).then_refused_by("TW-SC-01")
        none = given(optie("screening_in_werking_vanaf", None))
        none.when(step).then_refused_by("TW-SC-01")


def test_from_that_day_on_it_is_whatever_the_day_of_the_decision() -> None:
    screening(van="2025-03-31").then_refused_by("TW-SC-01")
    screening().then_accepted()
    screening(van="2025-12-31").then_accepted()
    early = given(optie("screening_in_werking_vanaf", date(2025, 4, 1)))
    early.when(van_product("screening", **FIRST, op="2025-01-02")).then_accepted()


def test_for_screening_its_own_day_counts_and_not_that_of_the_regeling() -> None:
    own = given(optie("screening_in_werking_vanaf", date(2024, 1, 1), vanaf="2024-01-01"))
    own.when(van_product("screening", van="2024-06-01", tot="2024-12-31")).then_accepted()


@pytest.mark.parametrize(
    ("product", "rule"),
    [
        ("begeleiding_individueel", "TW-SC-03"),
        ("vaktherapie", "TW-SC-03"),
        ("begeleiding_groep_basis", "TW-SC-03"),
        ("begeleiding_groep_intensief", "TW-SC-03"),
        ("ernstige_dyslexie", "TW-SC-03"),
        ("pleegzorg_voltijd", "TW-PZ-07"),
        ("pleegzorg_deeltijd", "TW-PZ-07"),
        ("behandeling_individueel", None),
        ("kdc_odc_basis", None),
        ("gezinshuis", None),
        ("fact", None),
        (None, None),
        (AFWEZIG, None),
    ],
)
def test_screening_is_not_granted_for_every_product(product: Any, rule: str | None) -> None:
    ledger = screening(voor_product=product)
    ledger.then_accepted() if rule is None else ledger.then_refused_by(rule)


@pytest.mark.parametrize("told", [True, False, None, AFWEZIG])
@pytest.mark.parametrize("who", ["gemeente", "huisarts", "gecertificeerde_instelling"])
def test_after_an_external_referral_it_is_asked_for(told: Any, who: str) -> None:
    ledger = screening(verwijzer=who, verzoek_om_toewijzing=told)
    waits = told is False and who != "gemeente"
    ledger.then_waits_for("TW-SC-04") if waits else ledger.then_accepted()


def test_its_price_is_that_of_the_text_unless_another_was_fixed_or_agreed() -> None:
    def worth(*before: Any, **values: Any) -> Any:
        ledger = screening(*before, **values)
        ledger.when(inzet(100, op="2025-04-02", soort="screening")).then_accepted()
        return value_of(ledger.allocation().lasten[0].gevolg)

    assert worth() == 22_300
    assert worth(tarief("screening", 250)) == 25_000
    assert worth(tarief("screening", 250), tarief=300) == 30_000
    assert worth(tarief("screening", 250, tot="2025-04-01")) == 22_300


def test_screening_comes_before_the_care_and_may_lead_to_nothing() -> None:
    ledger = screening()
    ledger.when(inzet(5000, op="2025-04-01", soort="screening")).then_accepted()
    ledger.when(inzet(60, op="2025-04-01", soort="intake")).then_accepted()
    ledger.when(inzet(60, op="2025-04-01")).then_refused_by("TW-ALG-10")
    ledger.when(stop(op="2025-04-30", reden="niet_in_zorg_genomen")).then_accepted()


# --- dyslexia


@pytest.mark.parametrize("gatekeeper", [True, False, None])
@pytest.mark.parametrize("who", ["school", "poortwachter", "huisarts", "gemeente"])
def test_the_school_refers_except_where_there_is_a_gatekeeper(gatekeeper: Any, who: str) -> None:
    chosen = [] if gatekeeper is None else [optie("dyslexie_poortwachter", gatekeeper)]
    grant = given(*chosen).when(van_product("ernstige_dyslexie", verwijzer=who))
    told = given(*chosen).when(verwijzing(door=who, product="ernstige_dyslexie"))
    for ledger in (grant, told):
        if who not in ("school", "poortwachter"):
            ledger.then_refused_by("TW-ALG-16")
        elif who == "school" and gatekeeper:
            ledger.then_refused_by("TW-DY-01")
        else:
            ledger.then_accepted()


def test_a_letter_without_a_product_is_judged_at_the_grant() -> None:
    ledger = given(optie("dyslexie_poortwachter", True), verwijzing(door="school"))
    step = van_product("ernstige_dyslexie", verwijzing="V1", verwijzer=AFWEZIG)
    ledger.when(step).then_refused_by("TW-DY-01")


def test_the_gatekeeper_counts_from_the_day_it_was_chosen() -> None:
    ledger = given(optie("dyslexie_poortwachter", True, vanaf="2025-07-01"))
    early = van_product("ernstige_dyslexie", verwijzer="school", op="2025-06-30")
    ledger.when(early).then_accepted()
    late = van_product("ernstige_dyslexie", "T2", verwijzer="school", op="2025-07-01")
    ledger.when(late).then_refused_by("TW-DY-01")
