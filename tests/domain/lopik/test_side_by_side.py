"""One allocation next to another, or after it (P11, P20, P36, P38, P41, W7, W8, W10)."""

from typing import Any

import pytest
from tests.builders import AFWEZIG, intrekking, stop
from tests.domain.lopik.case import begun, given, grant

from rekenschap.domain.quantities import Bedrag


@pytest.mark.parametrize("product", ["50B03", "50B04", "50B05", "50B06"])
def test_guidance_beside_a_stay_needs_the_sociaal_team(product: str) -> None:
    stay = grant("43B11", "T0", tot="2025-11-16", volume=100)
    given(stay).when(grant(product, volume=10)).then_waits_for("LOP-P11")
    given(stay).when(grant(product, volume=10, noodzaak_sociaal_team=True)).then_accepted()
    after = grant(product, volume=10, van="2025-11-17")
    given(stay).when(after).then_accepted()
    last_day = grant(product, volume=10, van="2025-11-16")
    given(stay).when(last_day).then_waits_for("LOP-P11")


def test_a_stay_that_comes_second_is_not_judged() -> None:
    ledger = given(grant("50B03", "T0", volume=10))
    ledger.when(grant("43B11", tot="2025-11-16", volume=100)).then_accepted()


PAIRS = [("45B40", "45B53", "LOP-P38"), ("50B02", "50B10", "LOP-P41")]


@pytest.mark.parametrize(("one", "other", "rule"), [*PAIRS, *((b, a, r) for a, b, r in PAIRS)])
def test_two_that_exclude_each_other_whichever_comes_first(one: str, other: str, rule: str) -> None:
    first = grant(one, "T1", tot="2025-02-17")
    given(first).when(grant(other, "T2", tot="2025-05-17")).then_waits_for(rule)
    shares_a_day = grant(other, "T2", van="2025-02-17", tot="2025-05-17")
    given(first).when(shares_a_day).then_waits_for(rule)
    follows = grant(other, "T2", van="2025-02-18", tot="2025-05-17")
    given(first).when(follows).then_accepted()


def test_what_was_stopped_or_withdrawn_is_not_beside_it() -> None:
    ledger = given(grant("50B02", "T1", tot="2025-11-17"), begun("2024-11-18"))
    ledger.given(stop(op="2025-01-31"))
    ledger.when(grant("50B10", "T2", van="2025-02-01", tot="2025-11-17")).then_accepted()
    ledger = given(grant("50B02", "T1", tot="2025-11-17")).given(intrekking(op="2025-01-31"))
    ledger.when(grant("50B10", "T2", van="2025-01-01", tot="2025-11-17")).then_accepted()


@pytest.mark.parametrize(
    "product", ["54B01", "54B02", "54B30", "45B48", "45B53", "45B40", "54B20", "54C16"]
)
def test_a_consult_comes_with_or_after_a_treatment(product: str) -> None:
    before = grant(product, "T0", van="2024-11-11", tot="2024-11-15", volume=AFWEZIG)
    given(before).when(grant("54B03", van="2029-01-01")).then_accepted()
    beside = grant(product, "T0", van="2024-12-31", op="2024-11-11", tot="2025-01-15")
    given(beside).when(grant("54B03", tot="2024-12-31")).then_accepted()
    later = grant(product, "T0", van="2025-01-01", op="2024-11-11", tot="2025-01-15")
    given(later).when(grant("54B03", tot="2024-12-31")).then_waits_for("LOP-P36")


def test_guidance_is_no_treatment_and_neither_is_a_withdrawn_one() -> None:
    given(grant("50B06", "T0")).when(grant("54B03")).then_waits_for("LOP-P36")
    ledger = given(grant("54B01", "T0")).given(intrekking("T0", op="2024-12-01"))
    ledger.when(grant("54B03", van="2025-01-06")).then_waits_for("LOP-P36")


# --- compensations


def paid(product: str, name: str = "T1", **values: Any) -> Any:
    return grant(product, name, leveringsvorm="vergoeding", **values)


@pytest.mark.parametrize(("cents", "fits"), [(300_000, True), (300_001, False)])
def test_sports_equipment_up_to_3000_euro(cents: int, fits: bool) -> None:
    ledger = given().when(paid("sportvoorziening", budget=cents))
    ledger.then_accepted() if fits else ledger.then_refused_by("LOP-W7")


@pytest.mark.parametrize(
    ("van", "usable", "outcome"),
    [
        ("2027-12-01", False, "no"),
        ("2027-12-02", False, "yes"),
        ("2027-12-02", True, "wait"),
        ("2027-12-02", AFWEZIG, "wait"),
        ("2027-12-02", None, "wait"),
    ],
)
def test_the_next_one_after_three_years_when_written_off(
    van: str, usable: Any, outcome: str
) -> None:
    ledger = given(paid("sportvoorziening", "T0", van="2024-12-02", budget=300_000))
    ledger.when(paid("sportvoorziening", van=van, budget=300_000, nog_bruikbaar=usable))
    match outcome:
        case "yes":
            ledger.then_accepted()
        case "wait":
            ledger.then_waits_for("LOP-W7")
        case _:
            ledger.then_refused_by("LOP-W7")


@pytest.mark.parametrize(
    ("van", "usable", "cents", "fits"),
    [
        ("2027-12-01", True, 55_700, False),
        ("2027-12-02", True, 55_700, True),
        ("2027-12-02", AFWEZIG, 55_700, True),
        ("2027-12-02", False, 55_700, False),
        ("2027-12-02", True, 55_701, False),
    ],
)
def test_maintenance_after_three_years(van: str, usable: Any, cents: int, fits: bool) -> None:
    ledger = given(paid("sportvoorziening", "T0", van="2024-12-02", budget=300_000))
    ledger.when(paid("sportvoorziening_onderhoud", van=van, budget=cents, nog_bruikbaar=usable))
    ledger.then_accepted() if fits else ledger.then_refused_by("LOP-W8")


@pytest.mark.parametrize(
    ("who", "cents", "fits"),
    [
        ("volwassen", 8000, True),
        ("jong", 4000, True),
        ("volwassen", 4000, False),
        ("jong", 8000, False),
        (AFWEZIG, 4000, True),
        ("volwassen", 7999, False),
        ("volwassen", 8001, False),
    ],
)
def test_the_appreciation_of_a_carer(who: Any, cents: int, fits: bool) -> None:
    ledger = given().when(paid("mantelzorgwaardering", budget=cents, mantelzorger=who))
    ledger.then_accepted() if fits else ledger.then_refused_by("LOP-W10")


@pytest.mark.parametrize(("on", "signals"), [("2025-12-31", True), ("2026-01-01", False)])
def test_a_second_one_in_a_calendar_year(on: str, signals: bool) -> None:
    told: dict[str, Any] = {"budget": 8000, "mantelzorger": "volwassen"}
    ledger = given(paid("mantelzorgwaardering", "T0", van="2025-01-01", op="2025-01-01", **told))
    ledger.when(paid("mantelzorgwaardering", van=on, op=on, **told))
    ledger.then_signals("LOP-W10") if signals else ledger.then_accepted()


@pytest.mark.parametrize(
    ("cents", "needed", "rules"),
    [
        (1540, False, ()),
        (1541, False, ("LOP-W1",)),
        (2444, True, ()),
        (2445, True, ("LOP-W2",)),
        (2445, False, ("LOP-W1", "LOP-W2")),
    ],
)
def test_the_price_of_informal_help(cents: int, needed: bool, rules: tuple[str, ...]) -> None:
    asked = grant("informeel_netwerk", eenheid="uur", tarief=cents, noodzaak_sociaal_team=needed)
    ledger = given().when(asked)
    ledger.then_refused_by(*rules) if rules else ledger.then_accepted()


@pytest.mark.parametrize(("areas", "cents"), [("1-2", 6160), ("3-4", 9240), ("5-6", 14014)])
def test_the_matrix_of_informal_carers(areas: str, cents: int) -> None:
    told: dict[str, Any] = {
        "tot": "2025-11-17",
        "frequentie": "per_maand",
        "resultaatgebieden": areas,
        "doel": "behouden",
        "verzwaring": "gemiddeld",
    }
    given().when(grant("matrix_informeel", budget=cents, **told)).then_accepted()
    given().when(grant("matrix_informeel", budget=cents + 1, **told)).then_refused_by("LOP-W3")
    for name, value in (
        ("doel", "ontwikkelen"),
        ("verzwaring", "plus"),
        ("verzwaring", "plusplus"),
    ):
        asked = grant("matrix_informeel", **{**told, name: value})
        given().when(asked).then_refused_by("LOP-W3")


@pytest.mark.parametrize(
    ("cents", "judged", "waits"),
    [(75_000, False, False), (75_001, False, True), (75_001, True, False)],
)
def test_a_quotation_above_750_euro_is_judged(cents: int, judged: bool, waits: bool) -> None:
    told = {"offerte_bedrag": Bedrag(cents), "offerte_beoordeeld": judged}
    ledger = given().when(grant("wmo_voorziening", **told))
    ledger.then_waits_for("LOP-W13") if waits else ledger.then_accepted()
