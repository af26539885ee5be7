"""Duration, age, extensions and evaluations (P15, P16, P18, P20, P22-P26, P32, P33, P39)."""

from typing import Any

import pytest
from tests.builders import AFWEZIG, evaluatie, intrekking, peildatum, stop
from tests.domain.lopik.case import begun, born, effort, given, grant, longer, talked

YEAR = "2025-11-17"
OF_A_YEAR = {
    "50B02": "LOP-P15",
    "50B10": "LOP-P16",
    "500xx-OZA-ZWAAR": "LOP-P20",
    "50B11": "LOP-P22",
    "50B08": "LOP-P25",
}


def known(product: str) -> tuple[Any, ...]:
    """What holds before, so that only the rules about time can object."""
    youth = born("2023-01-01" if product in ("50B08", "50B09") else "2014-01-01")
    return (youth, grant("50B07", "T0", volume=10)) if "OZA" in product else (youth,)


@pytest.mark.parametrize(("product", "rule"), OF_A_YEAR.items())
def test_a_year_at_most(product: str, rule: str) -> None:
    given(*known(product)).when(grant(product, tot=YEAR)).then_accepted()
    given(*known(product)).when(grant(product, tot="2025-11-18")).then_refused_by(rule)
    answer = given(*known(product)).when(grant(product, tot=None)).answer
    assert rule in answer.regels


@pytest.mark.parametrize(
    ("van", "last"),
    [("2024-02-29", "2025-02-27"), ("2024-12-31", "2025-12-30"), ("2028-02-29", "2029-02-27")],
)
def test_a_year_from_the_end_of_a_month(van: str, last: str) -> None:
    """The same day next year is the first day too many; 29 February becomes the 28th."""
    told: dict[str, Any] = {"van": van, "op": "2024-11-11" if van < "2024-11" else van}
    given().when(grant("50B02", tot=last, **told)).then_accepted()
    later = last[:-2] + f"{int(last[-2:]) + 1:02d}"
    given().when(grant("50B02", tot=later, **told)).then_refused_by("LOP-P15")


@pytest.mark.parametrize(("product", "rule"), OF_A_YEAR.items())
def test_longer_waits_and_more_than_a_year_longer_is_refused(product: str, rule: str) -> None:
    ledger = given(*known(product), grant(product, tot=YEAR))
    ledger.given(evaluatie("2025-05-01"))
    ledger.when(longer("2025-11-18")).then_waits_for(rule)
    ledger.when(longer("2026-11-17")).then_waits_for(rule)
    ledger.when(longer("2026-11-18")).then_refused_by(rule)
    ledger.when(longer(extra=5)).then_accepted()


@pytest.mark.parametrize(
    ("tot", "outcome"),
    [
        ("2025-05-16", "signal"),
        ("2025-05-17", "yes"),
        (YEAR, "yes"),
        ("2025-11-18", "no"),
        (None, "no"),
    ],
)
def test_day_treatment_takes_six_to_twelve_months(tot: str | None, outcome: str) -> None:
    ledger = given().when(grant("50B32", tot=tot))
    match outcome:
        case "yes":
            ledger.then_accepted()
        case "signal":
            ledger.then_signals("LOP-P18")
        case _:
            ledger.then_refused_by("LOP-P18")


@pytest.mark.parametrize(
    ("told", "fits"),
    [
        ({}, False),
        ({"besluit_door": "sociaal_team"}, True),
        ({"akkoord_sociaal_team": True}, True),
        ({"besluit_door": "gemeente"}, False),
        ({"akkoord_sociaal_team": AFWEZIG}, False),
    ],
)
def test_the_sociaal_team_extends(told: dict[str, Any], fits: bool) -> None:
    ledger = given(grant("50B32", tot=YEAR)).when(longer("2026-05-17", **told))
    ledger.then_accepted() if fits else ledger.then_refused_by("LOP-P18")
    youth = born("2022-01-01")
    ledger = given(youth, grant("50B09", tot="2025-05-17")).when(longer("2025-11-17", **told))
    ledger.then_accepted() if fits else ledger.then_refused_by("LOP-P23")


def test_twelve_months_or_six_at_a_time() -> None:
    consent = {"akkoord_sociaal_team": True}
    ledger = given(grant("50B32", tot=YEAR))
    ledger.when(longer("2026-11-18", **consent)).then_refused_by("LOP-P18")
    ledger.when(longer("2026-11-17", **consent)).then_accepted()
    ledger = given(born("2022-01-01"), grant("50B09", tot="2025-05-17"))
    ledger.when(longer("2025-11-18", **consent)).then_refused_by("LOP-P23")
    ledger.when(longer("2025-11-17", **consent)).then_accepted()


def test_more_size_needs_consent_for_a_class_and_not_for_day_treatment() -> None:
    given(grant("50B32", tot=YEAR, volume=100)).when(longer(extra=10)).then_accepted()
    ledger = given(born("2022-01-01"), grant("50B09", tot="2025-05-17", volume=100))
    ledger.when(longer(extra=10)).then_refused_by("LOP-P23")


@pytest.mark.parametrize(
    ("tot", "fits"), [("2025-05-17", True), ("2025-05-18", False), (None, False)]
)
def test_a_class_takes_half_a_year(tot: str | None, fits: bool) -> None:
    ledger = given(born("2022-01-01")).when(grant("50B09", tot=tot))
    ledger.then_accepted() if fits else ledger.then_refused_by("LOP-P23")


@pytest.mark.parametrize(
    ("kind", "last", "day_after"),
    [
        ("enkel_psychisch", "2025-02-17", "2025-02-18"),
        ("meervoudig", "2025-05-17", "2025-05-18"),
        (AFWEZIG, "2025-05-17", "2025-05-18"),
    ],
)
def test_observation_takes_three_or_six_months(kind: Any, last: str, day_after: str) -> None:
    youth, told = born("2014-01-01"), {"volume": 10, "problematiek": kind}
    given(youth).when(grant("50B12", tot=last, **told)).then_accepted()
    given(youth).when(grant("50B12", tot=day_after, **told)).then_refused_by("LOP-P24")
    ledger = given(youth, grant("50B12", tot="2024-12-31", **told))
    ledger.when(longer(day_after, op="2024-12-01")).then_refused_by("LOP-P24")
    ledger.when(longer(last, op="2024-12-01")).then_accepted()


# --- age


@pytest.mark.parametrize(
    ("product", "rule", "van", "tot"),
    [("50B11", "LOP-P22", 4, 18), ("50B09", "LOP-P23", 2, 5), ("50B12", "LOP-P24", 2, 18)],
)
def test_the_whole_validity_lies_within_the_age(
    product: str, rule: str, van: int, tot: int
) -> None:
    told: dict[str, Any] = {"tot": "2025-01-17", "volume": 10}
    youngest = f"{2024 - van}-11-18"
    given(born(youngest)).when(grant(product, **told)).then_accepted()
    given(born(f"{2024 - van}-11-19")).when(grant(product, **told)).then_refused_by(rule)
    given(born(f"{2025 - tot}-01-18")).when(grant(product, **told)).then_accepted()
    given(born(f"{2025 - tot}-01-17")).when(grant(product, **told)).then_refused_by(rule)
    given().when(grant(product, **told)).then_not_judged(rule, "geboortedatum").then_accepted()


def test_an_extension_past_the_birthday_is_refused() -> None:
    ledger = given(born("2007-03-01"), grant("50B11", tot="2025-02-20"))
    ledger.when(longer("2025-02-28", op="2025-01-06")).then_waits_for("LOP-P22")
    ledger.when(longer("2025-03-01", op="2025-01-06")).then_refused_by("LOP-P22")


def test_who_is_born_on_a_leap_day_turns_eighteen_on_the_28th() -> None:
    youth = born("2008-02-29")
    told = {"van": "2025-11-03"}
    given(youth).when(grant("50B11", tot="2026-02-27", **told)).then_accepted()
    given(youth).when(grant("50B11", tot="2026-02-28", **told)).then_refused_by("LOP-P22")


def test_the_day_centre_asks_approval_around_the_fifth_birthday() -> None:
    youth = born("2020-03-01")
    given(youth).when(grant("50B08", tot="2025-02-28")).then_accepted()
    given(youth).when(grant("50B08", tot="2025-03-01")).then_waits_for("LOP-P25")


@pytest.mark.parametrize(
    ("birthday", "tot", "fits"),
    [
        ("2006-12-16", None, True),
        ("2006-12-15", None, False),
        ("2006-12-03", "2024-12-02", True),
        ("2006-12-02", "2024-12-02", False),
    ],
)
def test_a_crisis_treatment_ends_before_the_eighteenth_birthday(
    birthday: str, tot: str | None, fits: bool
) -> None:
    ledger = given(born(birthday)).when(grant("54C18", tot=tot))
    ledger.then_accepted() if fits else ledger.then_refused_by("LOP-P39")


@pytest.mark.parametrize(
    ("birthday", "tot", "fits"),
    [
        ("2006-11-19", None, True),
        ("2006-11-18", None, False),
        ("2007-01-02", "2025-01-01", True),
        ("2007-01-01", "2025-01-01", False),
    ],
)
def test_treatment_past_eighteen_waits(birthday: str, tot: str | None, fits: bool) -> None:
    ledger = given(born(birthday)).when(grant("45B48", tot=tot, volume=10))
    ledger.then_accepted() if fits else ledger.then_waits_for("LOP-P39")


# --- evaluations


@pytest.mark.parametrize(
    ("product", "rule", "due", "late"),
    [
        ("50B02", "LOP-P15", "2025-05-18", "2025-05-19"),
        ("50B10", "LOP-P16", "2025-05-18", "2025-05-19"),
        ("500xx-OZA-ZWAAR", "LOP-P20", "2025-05-18", "2025-05-19"),
    ],
)
def test_an_evaluation_every_six_months(product: str, rule: str, due: str, late: str) -> None:
    ledger = given(*known(product), grant(product, tot=YEAR))
    ledger.when(peildatum(due)).then_accepted()
    ledger.when(peildatum(late)).then_signals(rule)
    ledger.given(evaluatie("2025-05-19", soort="eind"))
    ledger.when(peildatum("2025-11-17")).then_accepted()


def test_it_counts_from_the_start_of_care_and_at_effort_too() -> None:
    ledger = given(grant("50B02", tot=YEAR), begun("2024-12-02"))
    ledger.when(effort(2, "2025-05-19")).then_signals("LOP-G3")
    ledger.when(effort(2, "2025-06-02")).then_signals("LOP-G3")
    ledger.when(effort(2, "2025-06-03")).then_signals("LOP-P15", "LOP-G3")


def test_the_day_centre_is_evaluated_once_a_year_while_it_runs() -> None:
    ledger = given(born("2023-01-01"), grant("50B08", van="2024-02-29", tot="2025-02-27"))
    ledger.when(peildatum("2025-02-27")).then_accepted()
    ledger = given(born("2023-01-01"), grant("50B08", tot=YEAR), begun("2024-11-18"))
    ledger.when(peildatum("2026-01-05")).then_accepted()


def test_a_stopped_or_withdrawn_allocation_asks_no_evaluation() -> None:
    ledger = given(grant("50B02", tot=YEAR), begun("2024-11-18"), stop(op="2025-05-01"))
    ledger.when(peildatum("2025-06-01")).then_accepted()
    ledger = given(grant("50B02", tot=YEAR)).given(intrekking(op="2025-05-01"))
    ledger.when(peildatum("2025-06-01")).then_accepted()


# --- forensic care


@pytest.mark.parametrize(("tot", "waits"), [(YEAR, False), ("2025-11-18", True), (None, True)])
def test_forensic_treatment_takes_a_year_in_principle(tot: str | None, waits: bool) -> None:
    ledger = given().when(grant("54B20", tot=tot, kader="vrijwillig"))
    ledger.then_waits_for("LOP-P32") if waits else ledger.then_accepted()
    given().when(grant("50B20", tot=tot)).then_accepted()


@pytest.mark.parametrize(
    ("kader", "met", "enough"),
    [
        ("vrijwillig", ("sociaal_team",), True),
        ("vrijwillig", ("jeugdreclassering", "gemeente"), False),
        ("gedwongen", ("jeugdreclassering", "gemeente"), True),
        ("gedwongen", ("jeugdreclassering",), False),
        ("gedwongen", ("sociaal_team",), False),
        (AFWEZIG, ("sociaal_team",), True),
        (AFWEZIG, ("gemeente", "jeugdreclassering"), True),
        (AFWEZIG, ("gemeente",), False),
        (AFWEZIG, (), False),
    ],
)
def test_an_extension_comes_after_consultation(
    kader: Any, met: tuple[str, ...], enough: bool
) -> None:
    ledger = given(grant("54B20", tot="2025-05-17", kader=kader))
    ledger.when(longer("2025-11-17", overleg_met=met))
    ledger.then_accepted() if enough else ledger.then_waits_for("LOP-P32")


def test_a_contact_about_the_extension_is_consultation_too() -> None:
    ledger = given(grant("54B20", tot="2025-05-17", kader="vrijwillig"))
    ledger.given(talked("sociaal_team", "2025-04-30", onderwerp="extra_uren"))
    ledger.when(longer("2025-11-17")).then_waits_for("LOP-P32")
    ledger.given(talked("sociaal_team", "2025-04-30", onderwerp="verlenging"))
    ledger.when(longer("2025-11-17")).then_accepted()
    ledger = given(grant("54B20", tot="2025-05-17", kader="vrijwillig"))
    ledger.given(talked("sociaal_team", "2025-05-02", onderwerp="verlenging"))
    ledger.when(longer("2025-11-17", op="2025-05-01")).then_waits_for("LOP-P32")


def test_past_a_year_an_extension_waits_even_after_consultation() -> None:
    ledger = given(grant("54B20", tot=YEAR, kader="vrijwillig"))
    ledger.when(longer("2025-11-18", overleg_met=("sociaal_team",))).then_waits_for("LOP-P32")


@pytest.mark.parametrize("product", ["54B20", "50B20"])
@pytest.mark.parametrize(("on", "in_time"), [("2025-05-17", True), ("2025-05-18", False)])
def test_an_extension_is_in_time_up_to_the_last_day(product: str, on: str, in_time: bool) -> None:
    rule = "LOP-P32" if product == "54B20" else "LOP-P33"
    asked = longer("2025-11-17", op=on, overleg_met=("sociaal_team",))
    ledger = given(grant(product, tot="2025-05-17", kader="vrijwillig")).when(asked)
    ledger.then_accepted() if in_time else ledger.then_refused_by(rule)


def test_what_is_recorded_late_is_late() -> None:
    ledger = given(grant("50B20", tot="2025-05-17")).at("2025-05-18")
    asked = longer("2025-11-17", op="2025-05-17", overleg_met=("sociaal_team",))
    ledger.when(asked).then_refused_by("LOP-P33")


@pytest.mark.parametrize(
    ("who", "met", "enough"),
    [
        ("sociaal_team", ("sociaal_team",), True),
        ("sociaal_team", ("jeugdreclassering",), True),
        ("sociaal_team", ("verwijzer",), False),
        ("gecertificeerde_instelling", ("verwijzer",), True),
        ("sociaal_team", ("gemeente",), False),
        ("gecertificeerde_instelling", (), False),
    ],
)
def test_forensic_guidance_is_extended_after_consultation(
    who: str, met: tuple[str, ...], enough: bool
) -> None:
    ledger = given(grant("50B20", tot="2025-05-17", verwijzer=who))
    ledger.when(longer(extra=5, overleg_met=met))
    ledger.then_accepted() if enough else ledger.then_waits_for("LOP-P33")
