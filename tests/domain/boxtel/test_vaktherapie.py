"""BX-VT01 to BX-VT07: how many treatments, for how much, and what is looked into first."""

from typing import Any

import pytest
from tests.domain.boxtel.cases import (
    case,
    eerder,
    goedkeuring,
    intrekking,
    inzet,
    stop,
    vaktherapie,
    verlenging,
    zin,
)


def treatments(count: int, **fields: Any) -> Any:
    return vaktherapie(volume=count, **{"budget": f"{count * 70}.00", **fields})


def treated(count: int, **fields: Any) -> Any:
    return inzet(count, eenheid="sessie", **fields)


@pytest.mark.parametrize(("count", "may"), [(15, True), (16, False)])
def test_at_most_fifteen(count: int, *, may: bool) -> None:
    told = case(treatments(count, tarief="60.00", budget="900.00", motivering=True))

    told.then_accepted() if may else told.then_refused_by("BX-VT01")


def test_in_natura_too() -> None:
    granted = zin(
        "vaktherapie",
        volume=16,
        eenheid="sessie",
        motivering=True,
        tarief="10.00",
        aanvullende_verzekering="niet_verzekerd",
    )

    case(granted).then_refused_by("BX-VT01")


def test_an_extension_counts_the_new_total() -> None:
    granted = treatments(12, motivering=True)
    more = verlenging(extra_volume=3, eenheid="sessie", extra_budget="210.00")

    case(granted, more).then_accepted()
    case(granted, more | {"extra_volume": 4, "extra_budget": "210.00"}).then_refused_by("BX-VT01")


def test_a_sixteenth_treatment_is_refused_without_a_size_too() -> None:
    granted = zin("vaktherapie", eenheid="sessie", aanvullende_verzekering="niet_verzekerd")

    case(granted, treated(15, bedrag="600.00")).then_accepted()
    case(granted, treated(16, bedrag="600.00")).then_refused_by("BX-VT01")


@pytest.mark.parametrize(
    ("count", "motivated", "signals"),
    [(10, False, False), (11, False, True), (15, None, True), (11, True, False)],
)
def test_above_ten_there_is_a_reason(count: int, *, motivated: bool | None, signals: bool) -> None:
    told = case(treatments(count, motivering=motivated))

    told.then_signals("BX-VT02") if signals else told.then_accepted()


def test_an_extension_leans_on_the_reason_of_the_allocation() -> None:
    more = verlenging(extra_volume=1, eenheid="sessie", extra_budget="70.00")

    case(treatments(10), more).then_signals("BX-VT02")
    case(treatments(10, motivering=True), more).then_accepted()


def test_a_second_allocation_waits() -> None:
    second = vaktherapie("T2", op="2020-06-01", referentie="R1")

    case(vaktherapie(), second).then_waits_for("BX-VT01")
    case(vaktherapie(), stop(op="2020-05-30"), second).then_waits_for("BX-VT01")
    case(vaktherapie(), second, goedkeuring("R1")).then_accepted()
    case(second, begin=(eerder("vaktherapie", tot="2019-12-31"),)).then_waits_for("BX-VT01")


def test_one_that_was_withdrawn_or_waits_does_not_count() -> None:
    second = vaktherapie("T2", op="2020-06-01")

    case(vaktherapie(), intrekking(op="2020-05-30"), second).then_accepted()
    case(vaktherapie(aanvullende_verzekering="niet_onderzocht"), second).then_accepted()


def test_at_most_1050() -> None:
    granted = treatments(15, motivering=True, tarief="80.00")

    case(granted).then_accepted()
    case(granted | {"budget": "1050.01"}).then_refused_by("BX-VT03", "BX-P01")
    case(
        zin("vaktherapie", aanvullende_verzekering="niet_verzekerd", budget="1050.01")
    ).then_refused_by("BX-VT03")


def test_effort_is_worth_at_most_1050() -> None:
    granted = zin("vaktherapie", eenheid="sessie", aanvullende_verzekering="niet_verzekerd")

    case(granted, treated(10, bedrag="1050.00")).then_accepted()
    case(granted, treated(10, bedrag="1050.01")).then_refused_by("BX-VT03")
    case(granted, treated(10), treated(5)).then_accepted().then_stands(bedrag_eur="1050.00")


def insured(pays: str | None = "400.00", **fields: Any) -> Any:
    return vaktherapie(aanvullende_verzekering="vergoeding", verzekering_vergoedt=pays, **fields)


@pytest.mark.parametrize(
    ("pays", "budget", "refusing"),
    [
        ("400.00", "650.00", ()),
        ("400.00", "650.01", ("BX-VT04",)),
        ("1050.00", "0.00", ()),
        ("1050.00", "0.01", ("BX-VT04",)),
        ("1200.00", "350.00", ("BX-VT04",)),
        ("0.00", "700.00", ()),
    ],
)
def test_what_the_insurer_pays_is_taken_off(
    pays: str, budget: str, refusing: tuple[str, ...]
) -> None:
    told = case(insured(pays, budget=budget))

    told.then_refused_by(*refusing) if refusing else told.then_accepted()


def test_the_lower_bound_holds_for_use_and_extension_too() -> None:
    granted = insured(budget="weg", volume=9, tarief="70.00")

    case(granted).then_accepted().then_stands(toegewezen_eur="630.00")
    case(granted, verlenging(extra_volume=1, eenheid="sessie")).then_refused_by("BX-VT04")
    case(insured(budget="650.00"), treated(10)).then_refused_by("BX-P19", "BX-VT04")


@pytest.mark.parametrize("known", ["niet_verzekerd", "geen_vergoeding"])
def test_insurance_was_looked_into(known: str) -> None:
    case(vaktherapie(aanvullende_verzekering=known)).then_accepted()
    case(vaktherapie(aanvullende_verzekering="niet_onderzocht")).then_waits_for("BX-VT05")


def test_an_insurance_without_an_amount_waits() -> None:
    case(insured(None)).then_waits_for("BX-VT05")
    case(vaktherapie(aanvullende_verzekering="vergoeding")).then_waits_for("BX-VT05")


def test_the_therapist_is_registered_and_there_is_advice() -> None:
    case(vaktherapie(srvb=False, skj=True)).then_refused_by("BX-VT06")
    case(vaktherapie(advies_vaktherapie=False)).then_refused_by("BX-VT07")
    case(vaktherapie(skj=False)).then_accepted()
