"""From 12, 16, 18 and 23 on, and from which law before 2016 (WAA-L01 to L05, O01 to O04, P04)."""

from typing import Any

import pytest
from tests.domain.waalre.builders import (
    OK,
    Stap,
    dagen,
    declareer,
    inzet,
    laatste,
    stand,
    stap,
    stop,
    toewijzing,
    verleng,
    vrij,
)

BORN = "1998-06-10"


@pytest.mark.parametrize(
    ("van", "op", "verwacht"),
    [
        ("2016-06-09", "2016-06-09", OK),
        ("2016-06-10", "2016-06-10", "geweigerd WAA-L01"),
        ("2016-06-10", "2016-06-09", OK),
        ("2016-09-01", "2016-06-10", "geweigerd WAA-L01"),
    ],
)
def test_nothing_new_from_eighteen(van: str, op: str, verwacht: str) -> None:
    assert laatste(toewijzing("P018", van, op=op), geboren=BORN) == verwacht


def test_what_makes_up_for_eighteen() -> None:
    granted = toewijzing("P018", "2016-07-01")
    assert laatste({**granted, "verlengde_jeugdhulp": True}, geboren=BORN) == OK
    probation = {**granted, "kader": "jeugdreclassering"}
    assert laatste(probation, geboren=BORN) == "goedkeuring_nodig WAA-L05"


@pytest.mark.parametrize(
    ("van", "verwacht"),
    [
        ("2016-09-16", OK),
        ("2017-03-15", "goedkeuring_nodig WAA-C01"),
        ("2017-03-16", "geweigerd WAA-L03"),
    ],
)
def test_care_resumes_within_half_a_year(van: str, verwacht: str) -> None:
    earlier = toewijzing("P018", "2016-02-01", "2016-12-31", toewijzing="T0")
    again = toewijzing("P018", van, "2017-12-31")
    said = laatste(earlier, stop("2016-09-15", toewijzing="T0"), again, geboren=BORN)
    assert said == verwacht.replace("goedkeuring_nodig WAA-C01", OK)


def test_the_end_of_a_month_resumes_at_the_end_of_a_month() -> None:
    earlier = toewijzing("P018", "2016-02-01", "2016-08-31", toewijzing="T0")
    assert laatste(earlier, toewijzing("P018", "2017-02-28", "2017-12-31"), geboren=BORN) == OK
    late = laatste(earlier, toewijzing("P018", "2017-03-01", "2017-12-31"), geboren=BORN)
    assert late == "geweigerd WAA-L03"


def test_what_began_after_eighteen_is_no_earlier_help() -> None:
    first = toewijzing("P018", "2016-07-01", toewijzing="T0", verlengde_jeugdhulp=True)
    assert laatste(first, toewijzing("ambulant", "2016-08-01"), geboren=BORN) == "geweigerd WAA-L01"


@pytest.mark.parametrize(
    ("tot", "verwacht"), [("2021-06-09", OK), ("2021-06-10", "geweigerd WAA-L02")]
)
def test_help_ends_before_the_twenty_third_birthday(tot: str, verwacht: str) -> None:
    granted = toewijzing("begeleiding", "2016-03-01", tot)
    assert laatste(granted, geboren=BORN) == verwacht
    shorter = toewijzing("begeleiding", "2016-03-01", "2020-12-31")
    assert laatste(shorter, verleng("2020-12-01", einddatum=tot), geboren=BORN) == verwacht


def test_probation_may_go_on_past_it() -> None:
    granted = toewijzing("begeleiding", "2016-03-01", "2021-12-31", kader="jeugdreclassering")
    assert laatste(granted, geboren=BORN) == OK
    assert laatste(granted, inzet(1, "2021-06-10", "uur"), geboren=BORN) == OK


@pytest.mark.parametrize(
    ("kader", "verwacht"),
    [
        ("geen", OK),
        ("zvw", "goedkeuring_nodig WAA-L04"),
        ("niet_onderzocht", "goedkeuring_nodig WAA-L04"),
    ],
)
def test_another_law_from_eighteen(kader: str, verwacht: str) -> None:
    young = toewijzing("ambulant", "2016-06-09", ander_wettelijk_kader=kader)
    assert laatste(young, geboren=BORN) == OK
    of_age = toewijzing("ambulant", "2016-06-10", op="2016-06-01", ander_wettelijk_kader=kader)
    assert laatste(of_age, geboren=BORN) == verwacht
    assert laatste(young, inzet(10, "2016-06-09"), geboren=BORN) == OK
    assert laatste(young, inzet(10, "2016-06-10"), geboren=BORN) == verwacht
    longer = verleng("2016-06-09", einddatum="2017-01-31", ander_wettelijk_kader=kader)
    assert laatste(young, longer, geboren=BORN) == verwacht


@pytest.mark.parametrize(
    ("van", "goed"),
    [("2018-05-13", False), ("2018-05-14", True), ("2024-05-13", True), ("2024-05-14", False)],
)
def test_probation_is_for_twelve_to_eighteen(van: str, goed: bool) -> None:
    granted = toewijzing("begeleiding", van, "2024-12-31", kader="jeugdreclassering")
    assert laatste(granted) == (OK if goed else "goedkeuring_nodig WAA-L05")


def pgb(op: str, **velden: Any) -> Stap:
    told = {"leveringsvorm": "pgb", "budgethouder": "jeugdige", **velden}
    return stap("AanvraagIngediend", op, jeugdige="J1", **told)


@pytest.mark.parametrize(
    ("op", "bekwaam", "verwacht"),
    [
        ("2022-05-13", {}, "geweigerd WAA-P04"),
        ("2022-05-13", {"budgethouder_bekwaam": True}, "geweigerd WAA-P04"),
        ("2022-05-14", {}, "goedkeuring_nodig WAA-P04"),
        ("2022-05-14", {"budgethouder_bekwaam": None}, "goedkeuring_nodig WAA-P04"),
        ("2022-05-14", {"budgethouder_bekwaam": True}, OK),
        ("2022-05-14", {"budgethouder_bekwaam": False}, "geweigerd WAA-P04"),
        ("2024-05-13", {}, "goedkeuring_nodig WAA-P04"),
        ("2024-05-14", {}, OK),
        ("2024-05-14", {"budgethouder_bekwaam": False}, "geweigerd WAA-P04"),
        ("2016-05-14", {"budgethouder": "ouder"}, OK),
        (
            "2016-05-14",
            {"budgethouder": "ouder", "budgethouder_bekwaam": False},
            "geweigerd WAA-P04",
        ),
        ("2016-05-14", {"leveringsvorm": "zin"}, OK),
    ],
)
def test_who_holds_a_budget_by_age(op: str, bekwaam: dict[str, Any], verwacht: str) -> None:
    assert laatste(pgb(op, **bekwaam)) == verwacht


def test_a_grant_of_a_budget_to_a_child() -> None:
    granted = toewijzing("begeleiding", "2022-05-13", "2022-12-31", leveringsvorm="pgb")
    assert laatste({**granted, "budgethouder": "jeugdige"}) == "geweigerd WAA-P04"
    older = toewijzing("begeleiding", "2022-05-14", "2022-12-31", leveringsvorm="pgb")
    assert laatste({**older, "budgethouder": "jeugdige"}) == OK
    assert laatste({**older, "pgb_bekwaam": False}) == "geweigerd WAA-P04"


def taken_over(product: str, op: str = "2014-06-01", tot: str = "2016-06-30", **velden: Any) -> Any:
    one = {"toewijzing": "T1", "jeugdige": "J1", "regeling": "voorganger", "product": product}
    return {"toewijzingen": [{**one, "datum": op, "ingangsdatum": op, "einddatum": tot, **velden}]}


@pytest.mark.parametrize(
    ("product", "dag", "verwacht"),
    [
        ("ambulant", "2015-12-31", OK),
        ("ambulant", "2016-01-01", "geweigerd WAA-O01"),
        ("P021", "2016-01-01", OK),
        ("P021", "2016-06-30", OK),
        ("P021", "2016-07-01", "geweigerd WAA-O02"),
        ("Z320", "2016-06-30", OK),
        ("Z320", "2016-07-01", "geweigerd WAA-F04"),
    ],
)
def test_an_indication_from_before_2015(product: str, dag: str, verwacht: str) -> None:
    assert laatste(inzet(1, dag, "dag"), **taken_over(product)) == verwacht


def test_foster_care_ends_before_eighteen() -> None:
    given = taken_over("P021", tot="2020-12-31")
    assert laatste(inzet(1, "2016-06-09", "dag"), geboren=BORN, **given) == OK
    assert laatste(inzet(1, "2016-06-10", "dag"), geboren=BORN, **given) == "geweigerd WAA-O02"


def test_sheltered_living_lasts_five_years() -> None:
    given = taken_over("Z351", tot="2021-12-31")
    assert laatste(inzet(1, "2019-12-31", "dag"), **given) == OK
    assert laatste(inzet(1, "2020-01-01", "dag"), **given) == "goedkeuring_nodig WAA-O03"


def test_an_indication_of_2015_keeps_its_own_period() -> None:
    given = taken_over("ambulant", "2015-01-01")
    assert laatste(inzet(1, "2016-06-30", "uur"), **given) == OK
    assert laatste(inzet(1, "2016-07-01", "uur"), **given) == "geweigerd WAA-F04"
    foster = taken_over("P021", "2015-01-01")
    assert laatste(inzet(1, "2016-07-01", "dag"), **foster) == "geweigerd WAA-F04"


def test_declaring_on_one_from_before_2015() -> None:
    given = taken_over("ambulant")
    assert laatste(declareer("2016-01-10", periode="2015-12"), **given) == OK
    assert laatste(declareer("2016-02-10", periode="2016-01"), **given) == "geweigerd WAA-O01"


def test_it_is_kept_in_the_unit_of_its_first_effort() -> None:
    given = taken_over("ambulant")
    held = stand(inzet(2, "2015-03-01", "uur"), inzet(30, "2015-03-02"), **given)
    assert (held["eenheid"], str(held["verbruikt"])) == ("uur", "2.5")
    assert stand(declareer("2015-03-02"), **given)["eenheid"] is None


@pytest.mark.parametrize(
    ("maand", "verwacht"), [("2015-12", "goedkeuring_nodig WAA-O04"), ("2016-01", OK)]
)
def test_basic_care_before_2016_is_under_another_text(maand: str, verwacht: str) -> None:
    granted = toewijzing("BK", "2015-03-01", "2016-02-28")
    spent, ended = inzet(200, "2015-06-01"), stop("2016-01-31", reden="afgerond")
    claim = declareer("2016-02-10", periode=maand)
    assert laatste(granted, spent, ended, claim) == verwacht


@pytest.mark.parametrize(
    ("dag", "verwacht"), [("2015-12-31", "goedkeuring_nodig WAA-O04"), ("2016-01-01", OK)]
)
def test_or_stopped_before_2016(dag: str, verwacht: str) -> None:
    granted = toewijzing("BK", "2015-03-01", "2016-02-28")
    spent, ended = inzet(200, "2015-06-01"), stop(dag, reden="afgerond")
    assert laatste(granted, spent, ended, declareer("2016-02-10")) == verwacht


def test_only_a_few_rules_judge_what_was_taken_over() -> None:
    given = taken_over("BK", "2015-02-01", "2017-12-31", gestart="2015-02-01")
    assert laatste(inzet(900, "2016-06-01"), **given) == OK
    assert laatste(declareer("2016-06-01"), **given) == OK
    longer = verleng("2016-06-01", einddatum="2018-01-31", indicatie_door="school")
    assert laatste(longer, **given) == "geweigerd WAA-T02"
    good = {**longer, "indicatie_door": "cmd"}
    assert laatste(vrij(good), declareer("2016-06-02"), **given) == OK
    assert laatste(vrij(good), inzet(900, "2018-02-01"), **given) == "geweigerd WAA-F04"


def test_effort_before_its_first_day() -> None:
    given = taken_over("P021", "2014-06-01")
    assert laatste(dagen("2014-05-31", "2014-06-01", 2), **given) == "geweigerd WAA-O02"
