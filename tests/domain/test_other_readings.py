"""The readings no rule of its own page shows: what changes when a grootboek chooses otherwise."""

from typing import Any

import pytest
from tests.builders import (
    Ledger,
    afwezigheid,
    begeleiding,
    evaluatie,
    given,
    no_show,
    optie,
    running,
    start,
    van_product,
    verlenging,
    verwijzing,
)

from rekenschap.domain.absent import AFWEZIG

BH = "behandeling_individueel"


def chosen(name: str, value: Any, **values: Any) -> Ledger:
    return given(optie(name, value, **values))


# --- called off exactly 24 hours before


@pytest.mark.parametrize(
    ("minutes", "by_default", "otherwise"),
    [(None, True, True), (1439, True, True), (1440, False, True), (1441, False, False)],
)
def test_exactly_24_hours_is_a_no_show_when_so_read(
    minutes: int | None, *, by_default: bool, otherwise: bool
) -> None:
    step = no_show("2025-03-10", afgezegd_minuten_vooraf=minutes)
    for ledger, counts in (
        (running(), by_default),
        (chosen("no_show_grens_24u_inclusief", False).given(begeleiding(), start()), by_default),
        (chosen("no_show_grens_24u_inclusief", True).given(begeleiding(), start()), otherwise),
    ):
        ledger.when(step)
        ledger.then_accepted() if counts else ledger.then_refused_by("TW-NS-02")


def test_the_reading_holds_from_the_day_it_was_chosen_for() -> None:
    late = optie("no_show_grens_24u_inclusief", True, vanaf="2025-03-10")
    ledger = running().given(late)
    ledger.when(no_show("2025-03-09", afgezegd_minuten_vooraf=1440)).then_refused_by("TW-NS-02")
    ledger.when(no_show("2025-03-10", afgezegd_minuten_vooraf=1440)).then_accepted()


# --- for which products the rules on a medical letter hold


def large(product: str, **values: Any) -> Any:
    return van_product(
        product, verwijzing="V1", verwijzer="huisarts", verwachte_inzet_minuten=6000, **values
    )


def test_the_medical_rules_hold_for_the_products_of_the_reading() -> None:
    only = [verwijzing(door="huisarts")]
    both = [optie("medische_regels_producten", (BH, "vaktherapie")), *only]
    neither = [optie("medische_regels_producten", ("vaktherapie",)), *only]
    assert rules_of(given(*only), large(BH)) == {"TW-HA-01"}
    assert rules_of(given(*only), large("vaktherapie")) == set()
    assert rules_of(given(*both), large(BH)) == {"TW-HA-01"}
    assert rules_of(given(*both), large("vaktherapie")) == {"TW-HA-01"}
    assert rules_of(given(*neither), large(BH)) == set()
    assert rules_of(given(optie("medische_regels_producten", ()), *only), large(BH)) == set()


def test_where_the_medical_rules_do_not_hold_they_are_not_silent_either() -> None:
    """A referrer nobody told of leaves them out of what was not judged."""
    answer = given().when(van_product("fact", verwijzer=AFWEZIG)).answer
    assert not {one.regel for one in answer.niet_getoetst if one.regel.startswith("TW-HA-")}


def rules_of(ledger: Ledger, step: Any) -> set[str]:
    return {one.regel for one in ledger.when(step).answer.oordelen if "-HA-" in one.regel}


# --- when the evaluation after about six months is in time


@pytest.mark.parametrize(
    ("reading", "first", "last"),
    [
        ("maand_5_tot_en_met_7", "2025-06-06", "2025-08-06"),
        ("maand_4_tot_en_met_8", "2025-05-06", "2025-09-06"),
        ("maand_6_tot_en_met_7", "2025-07-06", "2025-08-06"),
    ],
)
def test_the_window_of_the_evaluation_is_the_one_read(reading: str, first: str, last: str) -> None:
    for day, speaks in ((first, False), (last, False), (before(first), True), (after(last), True)):
        ledger = chosen("evaluatie_6m_venster", reading).given(
            van_product(BH), start(), evaluatie(day, met=("gemeente",))
        )
        ledger.when(verlenging("2026-06-05", op="2025-12-01"))
        ledger.then_signals("TW-HA-06") if speaks else ledger.then_accepted()


def before(day: str) -> str:
    return f"{day[:-2]}05"


def after(day: str) -> str:
    return f"{day[:-2]}07"


# --- absence of a jeugdige in education


def away(nights: int, first: str = "2025-02-01", **values: Any) -> Any:
    last = f"{first[:-2]}{int(first[-2:]) + nights - 1:02d}"
    return afwezigheid(first, last, reden="vakantie", **values)


def school(maximum: int | None) -> Ledger:
    return chosen("afwezigheid_onderwijs_max", maximum).given(van_product("woongroep"), start())


def test_absence_of_who_is_in_education_has_the_number_that_was_chosen() -> None:
    school(10).when(away(10, volgt_onderwijs=True)).then_accepted()
    school(10).when(away(11, volgt_onderwijs=True)).then_waits_for("TW-VB-04")
    school(10).when(away(11, volgt_onderwijs=False)).then_accepted()
    school(0).when(away(1, volgt_onderwijs=True)).then_waits_for("TW-VB-04")
    school(10).when(away(11)).then_accepted().then_not_judged("TW-VB-04", "volgt_onderwijs")


def test_without_a_number_only_the_42_days_are_judged() -> None:
    for ledger in (school(None), running(van_product("woongroep"))):
        ledger.when(away(28, volgt_onderwijs=True)).then_accepted()
        ledger.when(away(14, "2025-03-01", volgt_onderwijs=True)).then_accepted().then_used(42)
        ledger.when(away(1, "2025-05-01", volgt_onderwijs=True))
        ledger.then_waits_for("TW-VB-02", "TW-VB-05")


def test_the_nights_count_once_and_over_the_year() -> None:
    ledger = school(10).given(away(10, volgt_onderwijs=True))
    ledger.when(away(1, "2025-05-01", volgt_onderwijs=True)).then_waits_for("TW-VB-04")
    ledger.when(away(1, "2025-05-01", volgt_onderwijs=False)).then_accepted().then_used(11)


# --- Families First, and the overview at crisispleegzorg


@pytest.mark.parametrize(
    ("most", "fits", "beyond"),
    [(28, "2025-02-02", "2025-02-03"), (42, "2025-02-16", "2025-02-17")],
)
def test_families_first_lasts_as_long_as_was_chosen(most: int, fits: str, beyond: str) -> None:
    for tot, refused in ((fits, False), (beyond, True), (None, True)):
        ledger = chosen("families_first_max_dagen", most)
        answer = ledger.when(van_product("crisis_families_first", tot=tot)).answer
        assert ("TW-CR-02" in {one.regel for one in answer.oordelen}) is refused


@pytest.mark.parametrize("required", [False, True])
def test_a_missing_overview_at_crisispleegzorg_weighs_as_chosen(*, required: bool) -> None:
    ledger = chosen("crisis_ao_pleegzorg_verplicht", required)
    ledger.given(verwijzing(door="gecertificeerde_instelling"))
    step = van_product(
        "crisis_pleegzorg",
        tot="2025-02-02",
        verwijzing="V1",
        verwijzer="gecertificeerde_instelling",
        afsprakenoverzicht="geen",
    )
    ledger.when(step)
    ledger.then_refused_by("TW-ALG-12") if required else ledger.then_signals("TW-ALG-12")
