"""BX-L01 to BX-L05 and BX-L08 to BX-L11: how far care reaches, and on which ground."""

from typing import Any

import pytest
from tests.domain.boxtel.cases import (
    Step,
    case,
    eerder,
    inzet,
    start,
    stop,
    verlenging,
    verwijzing,
    zin,
)

TURNS_18 = "2002-06-15"
"""Eighteen on 15 June 2020."""
GROUND: Step = {"kader": "jeugdreclassering"}
PAST = {"op": "2020-06-01"}


# --- 23


@pytest.mark.parametrize(("last", "may"), [("2020-06-14", True), ("2020-06-15", False)])
def test_care_ends_the_day_before_23(last: str, *, may: bool) -> None:
    begin = (eerder("gezinsgericht", "T1", van="2015-01-01", tot="2020-06-01"),)
    told = case(verlenging(last, op="2020-05-01"), geboren="1997-06-15", begin=begin)

    told.then_accepted() if may else told.then_refused_by("BX-L01")


@pytest.mark.parametrize(("day", "may"), [("2020-06-14", True), ("2020-06-15", False)])
def test_effort_ends_the_day_before_23(day: str, *, may: bool) -> None:
    begin = (eerder("gezinsgericht", "T1", van="2015-01-01", tot="2020-12-31"),)
    told = case(inzet(op=day), geboren="1997-06-15", begin=begin)

    told.then_accepted() if may else told.then_refused_by("BX-L01")


def test_who_was_born_on_a_leap_day_turns_23_on_28_february() -> None:
    begin = (eerder("gezinsgericht", "T1", van="2010-01-01", tot="2023-01-31"),)
    born = "2000-02-29"

    case(verlenging("2023-02-27"), geboren=born, begin=begin).then_signals("BX-G05")
    case(verlenging("2023-02-28"), geboren=born, begin=begin).then_refused_by("BX-L01")


def test_an_open_end_is_not_judged_by_23() -> None:
    case(zin(einddatum=None), geboren="2010-01-01").then_accepted if False else None
    case(zin("gezinsgericht", einddatum=None), geboren="2010-01-01").then_signals("BX-G05")


def test_pleegzorg_past_23_is_refused_by_both_rules() -> None:
    begin = (eerder("pleegzorg", "T1", van="2010-01-01", tot="2020-07-01"),)

    case(
        verlenging("2020-08-20", op="2020-06-01"), geboren="1997-08-20", begin=begin
    ).then_refused_by("BX-L01", "BX-L10", "BX-L09")


# --- 18: another law, consent


@pytest.mark.parametrize("law", ["wlz", "wmo", "niet_onderzocht"])
def test_from_18_every_other_law_goes_first(law: str) -> None:
    before = {"op": "2020-05-01", "ingangsdatum": "2020-05-04", "ander_wettelijk_kader": law}
    refusing = {"BX-L02", "BX-V05"} if law == "wlz" else {"BX-L02"}

    case(zin(**before, einddatum="2020-06-15"), geboren=TURNS_18).then_refused_by(*refusing)
    if law != "wlz":
        case(zin(**before, einddatum="2020-06-14"), geboren=TURNS_18).then_accepted()


def test_from_18_the_client_consents() -> None:
    without = {"op": "2020-05-01", "ingangsdatum": "2020-05-04", "instemming_client": False}

    case(zin(**without, einddatum="2020-06-15"), geboren=TURNS_18).then_refused_by("BX-L04")
    case(zin(**without, einddatum="2020-06-14"), geboren=TURNS_18).then_accepted()
    case(zin(**without, **GROUND, einddatum="2020-06-15"), geboren=TURNS_18).then_accepted()
    case(zin(**without, machtiging=True, einddatum="2020-06-15"), geboren=TURNS_18).then_accepted()


# --- 18: a ground


def test_from_18_a_first_allocation_has_no_ground() -> None:
    case(zin(ingangsdatum="2020-06-15"), geboren=TURNS_18).then_refused_by("BX-L02")
    case(zin(ingangsdatum="2020-06-14"), geboren=TURNS_18).then_accepted()


def test_an_open_end_that_begins_at_18_is_judged() -> None:
    case(
        zin("gezinsgericht", ingangsdatum="2020-06-15", einddatum=None), geboren=TURNS_18
    ).then_refused_by("BX-L02")


@pytest.mark.parametrize(
    "ground",
    [
        {"kader": "jeugdreclassering"},
        {"kader": "kinderbeschermingsmaatregel"},
        {"kader": "gedwongen"},
        {"machtiging": True},
    ],
)
def test_measures_are_a_ground(ground: dict[str, Any]) -> None:
    case(zin(ingangsdatum="2020-07-01", **ground), geboren=TURNS_18).then_accepted()


def test_the_frame_of_the_referral_is_a_ground_too() -> None:
    letter = verwijzing("gecertificeerde_instelling", kader="jeugdreclassering", op="2020-06-20")
    after = zin(ingangsdatum="2020-07-01", verwijzing="V1")

    case(letter, after, geboren=TURNS_18).then_accepted()


@pytest.mark.parametrize(
    ("earlier", "may"),
    [
        ({"tot": "2020-06-30"}, True),
        ({"tot": None}, True),
        ({"tot": "2021-06-30", "gestart": None}, False),
        ({"tot": "2021-06-30", "datum": "2020-06-15"}, False),
        ({"tot": "2021-06-30", "gestart": "2020-06-15"}, False),
    ],
)
def test_care_begun_and_decided_before_18_goes_on(earlier: dict[str, Any], *, may: bool) -> None:
    told: dict[str, Any] = {
        key: value for key, value in earlier.items() if value is not None or key == "tot"
    }
    begin = eerder("gezinsgericht", **told)
    if earlier.get("gestart", "") is None:
        del begin["gestart"]

    said = case(zin(ingangsdatum="2020-07-01"), geboren=TURNS_18, begin=(begin,))

    said.then_accepted() if may else said.then_refused_by("BX-L02")


@pytest.mark.parametrize(
    ("asked", "may"),
    [("2020-08-28", True), ("2020-08-29", False)],
)
def test_closed_care_begins_again_within_half_a_year(asked: str, *, may: bool) -> None:
    begin = (eerder("gezinsgericht", tot="2020-02-28", gestopt="2020-02-28"),)
    again = zin(op="2020-09-20", ingangsdatum="2020-10-01", aanvraagdatum=asked)

    told = case(again, geboren="2001-12-01", begin=begin)

    told.then_accepted() if may else told.then_refused_by("BX-L02", "BX-L03")


def test_the_last_closing_counts() -> None:
    begin = (
        eerder("gezinsgericht", tot="2020-02-28"),
        eerder("specialistische_jeugd_ggz", "T9", tot="2020-12-31", gestopt="2020-04-30"),
    )
    again = zin(op="2020-10-30", ingangsdatum="2020-11-01")

    case(again, geboren="2001-12-01", begin=begin).then_accepted()


def test_care_that_never_began_cannot_be_resumed() -> None:
    never = eerder("gezinsgericht", tot="2020-05-31")
    del never["gestart"]
    again = zin(ingangsdatum="2020-07-01")

    case(again, geboren="2001-12-01", begin=(never,)).then_refused_by("BX-L02")


def test_an_extension_past_18_leans_on_care_begun_before() -> None:
    longer = verlenging("2020-12-31", op="2020-06-01")
    begin = (eerder("gezinsgericht", "T1", tot="2020-06-14"),)
    never = eerder("gezinsgericht", "T1", tot="2020-06-14")
    del never["gestart"]

    case(longer, geboren=TURNS_18, begin=begin).then_accepted()
    case(longer, geboren=TURNS_18, begin=(never,)).then_refused_by("BX-L02")
    case(longer | {"einddatum": "2020-06-14"}, geboren=TURNS_18, begin=(never,)).then_accepted()


def test_an_allocation_that_ran_past_18_has_its_ground_in_itself() -> None:
    granted = zin(op="2020-05-01", einddatum="2020-07-31")

    case(granted, geboren=TURNS_18).then_accepted()
    case(granted, verlenging("2020-12-31"), geboren=TURNS_18).then_accepted()


def test_an_allocation_granted_at_18_keeps_its_ground() -> None:
    granted = zin(ingangsdatum="2020-07-01", einddatum="2020-09-30", **GROUND)
    longer = verlenging("2020-12-31", op="2020-09-01")

    case(granted, longer, geboren=TURNS_18).then_accepted()


def test_effort_before_18_is_care_that_began() -> None:
    granted = zin("gezinsgericht", einddatum="2020-06-14", volume=10, eenheid="uur")
    steps = (granted, inzet(op="2020-06-02"), verlenging("2020-12-31", op="2020-06-03"))

    case(*steps, geboren=TURNS_18).then_accepted()


# --- closed care: 18 and six months


@pytest.mark.parametrize(("last", "may"), [("2020-12-14", True), ("2020-12-15", False)])
def test_closed_care_ends_within_six_months_after_18(last: str, *, may: bool) -> None:
    begin = (eerder("gesloten_plaatsing", "T1", tot="2020-06-14"),)
    longer = verlenging(last, op="2020-06-02", besluit_door="rechter", machtiging=True)

    told = case(longer, geboren=TURNS_18, begin=begin)
    first = case(
        zin("gesloten_plaatsing", einddatum=last, machtiging=True), geboren=TURNS_18, begin=()
    )
    for said in (told, first):
        said.then_accepted() if may else said.then_refused_by("BX-L05")


def test_six_months_are_counted_from_the_birthday_that_was_kept() -> None:
    begin = (eerder("gesloten_plaatsing", "T1", tot="2022-02-20"),)
    born = "2004-02-29"

    case(verlenging("2022-08-27", machtiging=True), geboren=born, begin=begin).then_signals(
        "BX-G05"
    )
    case(verlenging("2022-08-28", machtiging=True), geboren=born, begin=begin).then_refused_by(
        "BX-L05"
    )


# --- pleegzorg


@pytest.mark.parametrize(
    ("day", "reason", "outcome"),
    [
        ("2020-06-14", "leeftijd_18", "accepted"),
        ("2020-06-15", "leeftijd_18", "refused"),
        ("2020-06-15", "andere_bekostiging", "refused"),
        ("2020-06-15", "na_365_dagen", "refused"),
        ("2020-06-15", "wens_pleegkind", "accepted"),
        ("2020-06-15", "overlijden", "waits"),
        ("2020-06-15", "doel_behaald", "waits"),
        ("2020-06-15", None, "accepted"),
    ],
)
def test_between_18_and_21_pleegzorg_stops_by_wish(
    day: str, reason: str | None, outcome: str
) -> None:
    begin = (eerder("pleegzorg", "T1", tot="2022-12-31"),)
    why = {} if reason is None else {"reden": reason}
    told = case(stop(op=day, **why), geboren=TURNS_18, begin=begin)

    match outcome:
        case "accepted":
            told.then_accepted().then_stands(status="gestopt", einddatum=day)
        case "refused":
            told.then_refused_by("BX-L08").then_stands(status="lopend", einddatum="2022-12-31")
        case _:
            told.then_waits_for("BX-L08")


@pytest.mark.parametrize(("born", "may"), [("1999-06-15", True), ("1999-06-16", False)])
def test_from_21_it_may_stop_for_any_reason(born: str, *, may: bool) -> None:
    begin = (eerder("pleegzorg", "T1", tot="2020-12-31"),)
    told = case(stop(op="2020-06-15", reden="andere_bekostiging"), geboren=born, begin=begin)

    told.then_accepted() if may else told.then_refused_by("BX-L08")


def test_another_product_may_stop_at_18() -> None:
    begin = (eerder("gezinsgericht", "T1", tot="2020-12-31"),)

    case(stop(op="2020-06-15", reden="leeftijd_18"), geboren=TURNS_18, begin=begin).then_accepted()


@pytest.mark.parametrize(("asked", "may"), [("2020-11-19", True), ("2020-11-20", False)])
def test_pleegzorg_from_21_is_asked_within_half_a_year(asked: str, *, may: bool) -> None:
    granted = zin("pleegzorg", op="2020-11-25", ingangsdatum="2020-11-25", aanvraagdatum=asked)
    told = case(granted, geboren="1999-05-20")

    told.then_accepted() if may else told.then_refused_by("BX-L09")


@pytest.mark.parametrize(("day", "may"), [("2020-11-19", True), ("2020-11-20", False)])
def test_an_extension_of_pleegzorg_past_21_too(day: str, *, may: bool) -> None:
    begin = (eerder("pleegzorg", "T1", tot="2020-11-30"),)
    told = case(verlenging("2020-12-31", op=day), geboren="1999-05-20", begin=begin)

    told.then_accepted() if may else told.then_refused_by("BX-L09")


def test_before_21_pleegzorg_needs_the_grounds_of_18() -> None:
    granted = zin("pleegzorg", ingangsdatum="2020-07-01")

    case(granted, geboren=TURNS_18).then_refused_by("BX-L02")
    case(granted, geboren="1999-07-01").then_accepted()
    case(granted | {"instemming_client": False}, geboren="1999-07-01").then_refused_by("BX-L04")


@pytest.mark.parametrize(
    ("last", "signals"), [("2020-06-14", True), ("2020-06-15", True), ("2020-06-16", False)]
)
def test_pleegzorg_that_ends_by_18_is_signalled(last: str, *, signals: bool) -> None:
    told = case(zin("pleegzorg", op="2020-05-01", einddatum=last), geboren=TURNS_18)

    told.then_signals("BX-L11") if signals else told.then_accepted()


def test_at_an_extension_it_is_not() -> None:
    begin = (eerder("pleegzorg", "T1", tot="2020-06-30"),)

    case(verlenging("2020-12-31"), geboren="2015-01-01", begin=begin).then_accepted()


def test_starting_and_stopping_is_not_judged_by_age_alone() -> None:
    case(zin(), start(), stop(op="2020-06-30", reden="doel_behaald")).then_accepted()


def test_an_extension_of_pleegzorg_past_18_needs_a_ground() -> None:
    never = eerder("pleegzorg", "T1", tot="2020-06-14")
    del never["gestart"]
    longer = verlenging("2020-12-31", op="2020-06-01")

    case(longer, geboren=TURNS_18, begin=(never,)).then_refused_by("BX-L02")
    case(longer, geboren=TURNS_18, begin=(never | {"gestart": "2019-01-07"},)).then_accepted()


@pytest.mark.parametrize(("asked", "may"), [("2020-08-28", True), ("2020-08-29", False)])
def test_pleegzorg_begins_again_within_half_a_year(asked: str, *, may: bool) -> None:
    begin = (eerder("pleegzorg", tot="2020-02-28"),)
    again = zin("pleegzorg", op="2020-09-20", ingangsdatum="2020-10-01", aanvraagdatum=asked)

    told = case(again, geboren="2001-12-01", begin=begin)

    told.then_accepted() if may else told.then_refused_by("BX-L02", "BX-L03")


@pytest.mark.parametrize(("day", "may"), [("2020-06-14", True), ("2020-06-15", False)])
def test_effort_of_pleegzorg_ends_the_day_before_23(day: str, *, may: bool) -> None:
    begin = (eerder("pleegzorg", "T1", van="2015-01-01", tot="2020-12-31"),)
    told = case(inzet(op=day), geboren="1997-06-15", begin=begin)

    told.then_accepted() if may else told.then_refused_by("BX-L01", "BX-L10")
