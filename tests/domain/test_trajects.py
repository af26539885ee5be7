"""TW-AA-03 and AA-06: what a traject comes to; AA-05 and NS-06 on ZIT; ALG-04 and NS-01 on MST."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from tests.builders import (
    Ledger,
    called,
    correctie,
    doorhaling,
    given,
    inzet,
    no_show,
    optie,
    running,
    start,
    stop,
    tarief,
    toewijzing,
    van_product,
    verlenging,
)

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.effects import value_of
from rekenschap.domain.quantities import half_up

WHOLE = 1_200_000  # eurocent
DONE = ["afgerond", "doel_behaald"]
BROKEN_OFF = ["voortijdig_afgebroken", "verhuizing", "wens_pleegkind", AFWEZIG]


def prices(minute: int | None = 200, whole: int | None = WHOLE, product: str = "mst") -> list[Any]:
    steps = []
    if minute is not None:
        steps.append(tarief(product, minute))
    if whole is not None:
        steps.append(tarief(product, whole, per="traject"))
    return steps


def mst(*more: Any, minute: int | None = 200, whole: int | None = WHOLE) -> Ledger:
    return given(*prices(minute, whole), van_product("mst"), start(), *more)


def comes_to(ledger: Ledger, eurocent: int | None, used: int = 1) -> None:
    settled = ledger.allocation().afrekening
    assert settled is not None
    assert ledger.allocation().verbruikt == used
    worth = None if settled.waarde is None else settled.waarde.eurocent
    assert worth == eurocent


# --- MST


@pytest.mark.parametrize("reden", DONE)
@pytest.mark.parametrize("minutes", [0, 1, 6000, 60_000])
def test_a_completed_mst_is_the_price_of_the_traject(reden: str, minutes: int) -> None:
    ledger = mst(inzet(minutes)).when(stop(op="2025-03-31", reden=reden)).then_counts()
    comes_to(ledger, WHOLE)


@pytest.mark.parametrize("reden", BROKEN_OFF)
@pytest.mark.parametrize(
    ("minutes", "eurocent"),
    [(0, 0), (1, 200), (600, 120_000), (5999, 1_199_800), (6000, WHOLE), (6001, WHOLE)],
)
def test_an_mst_broken_off_is_the_time_spent_at_most_the_traject(
    reden: Any, minutes: int, eurocent: int
) -> None:
    ledger = mst(inzet(minutes)).when(stop(op="2025-03-31", reden=reden)).then_counts()
    comes_to(ledger, eurocent)


def test_all_effort_and_charged_no_shows_are_time_spent() -> None:
    ledger = mst(
        inzet(60),
        inzet(30, soort="indirect"),
        inzet(45, soort="reistijd", op="2025-03-11"),
        no_show("2025-03-12", aantal=60),
        no_show("2025-03-13", aantal=60, declareren=False),
    )
    ledger.then_used(0)
    comes_to(ledger.when(stop(op="2025-03-31", reden="verhuizing")), 195 * 200)


def test_part_of_a_minute_is_rounded_once_for_the_whole() -> None:
    ledger = mst(inzet("0.5"), inzet("0.5"), inzet("0.5"), minute=1)
    comes_to(ledger.when(stop(op="2025-03-31", reden="verhuizing")), 2)  # 1.5 cent, half up


def test_an_unknown_price_is_not_guessed() -> None:
    for ledger in (mst(inzet(60), whole=None), mst(inzet(60), minute=None)):
        comes_to(ledger.when(stop(op="2025-03-31", reden="verhuizing")), None)
        settled = ledger.allocation().afrekening
        assert settled is not None
        assert value_of(settled) is None
    comes_to(mst(inzet(60), whole=None).when(stop(op="2025-03-31", reden="afgerond")), None)
    comes_to(mst(inzet(60), minute=None).when(stop(op="2025-03-31", reden="afgerond")), WHOLE)


@pytest.mark.parametrize(("product", "early"), [("mst", 60 * 200), ("zit", 750_000)])
def test_a_price_agreed_for_the_allocation_goes_first(product: str, early: int) -> None:
    for reden, eurocent in (("afgerond", 1_000_000), ("verhuizing", early)):
        grant = van_product(product, tarief=1_000_000)
        ledger = given(*prices(product=product), grant, start(), inzet(60, op="2025-01-07"))
        comes_to(ledger.when(stop(op="2025-01-10", reden=reden)), eurocent)


@pytest.mark.parametrize("product", ["mst", "zit"])
@pytest.mark.parametrize("reden", [*DONE, "niet_in_zorg_genomen", AFWEZIG])
def test_care_that_never_started_costs_nothing(product: str, reden: Any) -> None:
    ledger = given(*prices(product=product), van_product(product))
    comes_to(ledger.when(stop(op="2025-01-07", reden=reden)), 0, used=0)


@pytest.mark.parametrize("product", ["mst", "zit"])
def test_until_it_stops_nothing_is_used_and_nothing_is_due(product: str) -> None:
    ledger = given(*prices(product=product), van_product(product), start())
    ledger.when(inzet(90, op="2025-01-08")).then_accepted().then_used(0)
    assert ledger.allocation().afrekening is None
    (charge,) = ledger.allocation().lasten
    assert value_of(charge.gevolg) == 0


def test_the_time_of_a_traject_is_not_bound_by_its_size() -> None:
    ledger = mst()
    for _ in range(3):
        ledger.when(inzet(99_999)).then_accepted().then_used(0)


def test_what_is_taken_back_or_refused_is_no_time_spent() -> None:
    ledger = mst(called("I", inzet(600)), inzet(60), doorhaling("I"))
    ledger.when(inzet(60, op="2026-02-01")).then_refused_by("TW-ALG-02")
    comes_to(ledger.when(stop(op="2025-03-31", reden="verhuizing")), 60 * 200)


def test_a_stop_that_is_corrected_is_settled_anew() -> None:
    ledger = mst(inzet(60), called("S", stop(op="2025-03-31", reden="verhuizing")))
    comes_to(ledger, 60 * 200)
    comes_to(ledger.given(correctie("S", reden="afgerond")), WHOLE)


BROKEN: dict[str, Any] = {"op": "2025-03-31", "reden": "verhuizing"}


def test_what_is_recorded_after_the_stop_is_settled_as_if_it_was_known() -> None:
    comes_to(mst(inzet(60), stop(**BROKEN), inzet(30, op="2025-03-31")), 90 * 200)
    late = given(*prices(), van_product("mst"), stop(**BROKEN))
    comes_to(late, 0, used=0)
    comes_to(late.given(start()), 0)
    comes_to(late.given(inzet(60)), 60 * 200)
    comes_to(late.given(inzet(6000)), WHOLE)
    late.when(inzet(60, op="2025-04-01")).then_refused_by("TW-ALG-02")


def test_what_is_corrected_or_taken_back_after_the_stop_is_settled_anew() -> None:
    ledger = mst(called("I", inzet(60)), called("N", no_show("2025-03-12")), stop(**BROKEN))
    comes_to(ledger, 120 * 200)
    comes_to(ledger.given(correctie("I", aantal=50)), 110 * 200)
    comes_to(ledger.given(correctie("N", declareren=False)), 50 * 200)
    comes_to(ledger.given(doorhaling("I")), 0)


def test_a_price_fixed_after_the_stop_is_not_that_of_the_stop() -> None:
    """The terms are those of the decision; only what it is about may still become known."""
    ledger = mst(inzet(60), stop(**BROKEN), tarief("mst", 999, vanaf="2025-01-02"))
    comes_to(ledger.given(inzet(60)), 120 * 200)


def test_the_decision_on_a_stop_keeps_the_effect_it_had() -> None:
    ledger = mst(called("I", inzet(60)), called("S", stop(**BROKEN)), doorhaling("I"))
    comes_to(ledger, 0)
    effect = ledger.named("S").beslissing.gevolg
    assert effect is not None
    assert effect.waarde is not None
    assert effect.waarde.eurocent == 60 * 200


def test_a_start_that_is_corrected_after_the_stop_moves_the_week() -> None:
    ledger = zit(called("B", start()), stop(op="2025-01-13", reden="verhuizing"))
    comes_to(ledger, 800_001)
    comes_to(ledger.given(correctie("B", datum="2025-01-07")), 600_001)
    comes_to(ledger.given(doorhaling("B")), 0, used=0)


def test_a_no_show_on_mst_counts_in_the_five_and_weighs_nothing() -> None:
    ledger = mst()
    for month in range(1, 6):
        ledger.when(no_show(f"2025-0{month}-20")).then_accepted().then_used(0)
    ledger.when(no_show("2025-07-20")).then_refused_by("TW-NS-01")


# --- ZIT


def zit(*more: Any, **values: Any) -> Ledger:
    """From Monday 6 January up to and including Sunday 19 January 2025."""
    return given(tarief("zit", 800_001, per="traject"), van_product("zit", **values), *more)


@pytest.mark.parametrize(
    ("last", "week"),
    [
        ("2025-01-06", 1),
        ("2025-01-12", 1),  # Sunday, the seventh day
        ("2025-01-13", 2),
        ("2025-01-19", 2),
        ("2025-03-01", 2),
    ],
)
def test_zit_broken_off_in_the_first_week_is_75_percent(last: str, week: int) -> None:
    ledger = zit(start()).when(stop(op=last, reden="voortijdig_afgebroken"))
    comes_to(ledger, 600_001 if week == 1 else 800_001)  # 6000.0075 is rounded to 6000.01


@pytest.mark.parametrize("reden", DONE)
@pytest.mark.parametrize("last", ["2025-01-07", "2025-01-12", "2025-01-13", "2025-01-19"])
def test_a_completed_zit_is_the_price_of_the_traject(reden: str, last: str) -> None:
    comes_to(zit(start()).when(stop(op=last, reden=reden)), 800_001)


def test_the_weeks_of_zit_are_counted_from_the_start_of_care() -> None:
    ledger = zit(start(op="2025-01-09"))
    comes_to(ledger.when(stop(op="2025-01-15", reden="verhuizing")), 600_001)
    ledger = zit(start(op="2025-01-09"))
    comes_to(ledger.when(stop(op="2025-01-16", reden="verhuizing")), 800_001)


def test_zit_without_a_price_comes_to_nothing_known() -> None:
    ledger = running(van_product("zit"))
    comes_to(ledger.when(stop(op="2025-01-10", reden="verhuizing")), None)


def test_the_price_of_a_traject_is_rounded_half_up() -> None:
    assert half_up(Fraction(75 * 2, 100)).eurocent == 2


@pytest.mark.parametrize(
    ("tot", "refused"),
    [("2025-01-18", False), ("2025-01-19", False), ("2025-01-20", True), (None, True)],
)
def test_zit_lasts_two_weeks(tot: Any, refused: bool) -> None:
    ledger = given().when(van_product("zit", tot=tot))
    ledger.then_refused_by("TW-AA-05") if refused else ledger.then_accepted()


def test_a_zit_that_started_later_is_extended_from_its_start() -> None:
    ledger = zit(start(op="2025-01-08"))
    ledger.when(verlenging("2025-01-22", op="2025-01-09")).then_refused_by("TW-AA-05")
    ledger.when(verlenging("2025-01-21", op="2025-01-09")).then_accepted()
    before = zit().when(verlenging("2025-01-20", op="2025-01-06"))
    before.then_refused_by("TW-AA-05")
    zit().when(verlenging(extra=0, op="2025-01-06")).then_accepted()


@pytest.mark.parametrize("product", ["zit", "csi_gezinsopname", "screening"])
@pytest.mark.parametrize("aantal", [0, 1])
def test_a_no_show_can_never_be_charged_there(product: str, aantal: int) -> None:
    ledger = given(
        optie("screening_in_werking_vanaf", date(2025, 1, 1)),
        van_product(product),
        start(),
    )
    unit = {"zit": "minuut", "csi_gezinsopname": "etmaal", "screening": "minuut"}[product]
    claimed = no_show("2025-01-08", aantal=aantal, eenheid=unit)
    ledger.when(claimed).then_refused_by("TW-NS-06")
    told = no_show("2025-01-08", aantal=aantal, eenheid=unit, declareren=False)
    ledger.when(told).then_accepted()


@pytest.mark.parametrize("product", ["mst", "zit"])
@pytest.mark.parametrize("unit", ["uur", "etmaal", "sessie"])
def test_only_minutes_go_beside_a_traject(product: str, unit: str) -> None:
    ledger = running(van_product(product))
    ledger.when(inzet(1, op="2025-01-08", eenheid=unit)).then_refused_by("TW-ALG-04")


def test_a_traject_is_not_granted_in_minutes() -> None:
    step = toewijzing(product="mst", volume=6000, eenheid="minuut")
    given().when(step).then_refused_by("TW-ALG-04")
    given().when(van_product("mst", volume=Decimal(2))).then_accepted()
