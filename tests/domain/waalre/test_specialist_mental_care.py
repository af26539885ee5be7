"""Specialist mental care: its code, its year, coming back, and its money (WAA-D01 to D07)."""

import pytest
from tests.domain.waalre.builders import (
    OK,
    declareer,
    hervat,
    inzet,
    laatste,
    stand,
    start,
    stop,
    toewijzing,
    verleng,
)

DBC = toewijzing("DBC", "2016-03-01", "2017-12-31", productcode="32000")
BEGUN = start("2016-03-01")


def test_it_begins_on_one_code_and_ends_on_another() -> None:
    assert laatste(toewijzing("DBC", productcode="15001")) == "geweigerd WAA-D01"
    assert laatste(toewijzing("DBC")) == OK
    done = (DBC, BEGUN, stop("2016-06-30"))
    for soort in ("eindfactuur", "creditnota", "regulier"):
        claim = declareer("2016-07-01", soort=soort, productcode="32000")
        assert laatste(*done, claim) == "geweigerd WAA-D01"
        assert laatste(*done, {**claim, "productcode": "definitief"}) == OK
    advance = declareer("2016-07-01", soort="voorschot", productcode="32000")
    assert laatste(*done, advance) == OK


@pytest.mark.parametrize(
    ("dag", "verwacht"), [("2017-02-28", OK), ("2017-03-01", "geweigerd WAA-D02")]
)
def test_it_is_valid_for_365_days(dag: str, verwacht: str) -> None:
    assert laatste(DBC, BEGUN, inzet(60, dag)) == verwacht
    short = toewijzing("DBC", "2016-03-01", "2016-06-30", productcode="32000")
    assert laatste(short, BEGUN, verleng("2016-06-01", einddatum=dag)) == verwacht
    stopped = stop("2017-02-20", reden="afgerond")
    assert laatste(DBC, BEGUN, stopped, hervat(dag, zelfde_diagnose=True)) == verwacht


def test_before_a_start_the_days_run_from_the_first_day() -> None:
    assert laatste(DBC, inzet(60, "2017-06-30")) == OK
    assert laatste(DBC, inzet(60, "2016-04-01"), inzet(60, "2017-03-31")) == OK
    assert laatste(DBC, inzet(60, "2016-04-01"), inzet(60, "2017-04-01")) == "geweigerd WAA-D02"


@pytest.mark.parametrize(
    ("dag", "zelfde", "verwacht"),
    [
        ("2016-11-04", True, OK),
        ("2016-11-05", True, "geweigerd WAA-D03"),
        ("2016-10-05", False, "geweigerd WAA-D03"),
    ],
)
def test_it_is_reopened_within_35_days(dag: str, zelfde: bool, verwacht: str) -> None:
    back = hervat(dag, zelfde_diagnose=zelfde)
    assert laatste(DBC, BEGUN, stop("2016-09-30"), back) == verwacht
    status = stand(DBC, BEGUN, stop("2016-09-30"), back)["status"]
    assert status == ("lopend" if verwacht == OK else "gestopt")


@pytest.mark.parametrize("op", [None, "T1"])
@pytest.mark.parametrize(
    ("dag", "initieel", "vervolg"),
    [
        ("2016-10-01", "WAA-D03", "WAA-D03"),
        ("2016-11-04", "WAA-D03", "WAA-D03"),
        ("2016-11-05", "WAA-D04", OK),
        ("2017-09-30", "WAA-D04", OK),
        ("2017-10-01", OK, "WAA-D05"),
    ],
)
def test_what_follows_by_the_days_since(
    dag: str, initieel: str, vervolg: str, op: str | None
) -> None:
    told = {"productcode": "32000", "zelfde_diagnose": True, "toewijzing": "T2"}
    named = {} if op is None else {"vervolg_op": op}
    for soort, hoped in (("initieel", initieel), ("vervolg", vervolg)):
        again = toewijzing("DBC", dag, "2018-12-31", traject_soort=soort, **told, **named)
        said = laatste(DBC, BEGUN, stop("2016-09-30"), again)
        assert said == (OK if hoped == OK else f"geweigerd {hoped}")
        other = {**again, "zelfde_diagnose": False}
        assert laatste(DBC, BEGUN, stop("2016-09-30"), other) == OK


def test_it_is_not_reopened_past_its_year() -> None:
    told = {"productcode": "32000", "zelfde_diagnose": True, "toewijzing": "T2"}
    within = toewijzing("DBC", "2017-02-28", "2018-01-31", traject_soort="vervolg", **told)
    after = toewijzing("DBC", "2017-03-01", "2018-01-31", traject_soort="vervolg", **told)
    done = (DBC, BEGUN, stop("2017-02-15"))
    assert laatste(*done, within) == "geweigerd WAA-D03"
    assert laatste(*done, after) == OK
    assert laatste(*done, {**after, "traject_soort": "initieel"}) == "geweigerd WAA-D04"


@pytest.mark.parametrize(
    ("bedrag", "verwacht"),
    [
        ("134.57", "gesignaleerd"),
        ("134.58", OK),
        ("134.59", "geweigerd WAA-D06"),
    ],
)
def test_an_advance_is_the_time_of_its_month(bedrag: str, verwacht: str) -> None:
    story = (
        DBC,
        BEGUN,
        inzet(600, "2016-03-31"),
        inzet(90, "2016-04-01"),
        inzet(5, "2016-05-02", van="2016-04-30", tot_en_met="2016-05-02", soort="indirect"),
        inzet(60, "2016-04-02", soort="niet_clientgebonden"),
    )
    claim = declareer("2016-05-04", soort="voorschot", periode="2016-04", bedrag=bedrag)
    assert laatste(*story, claim).removesuffix(" WAA-D06") == verwacht.removesuffix(" WAA-D06")
    again = declareer("2016-05-05", soort="voorschot", periode="2016-04", bedrag=bedrag)
    if verwacht == OK:
        assert laatste(*story, claim, again) == "geweigerd WAA-D06"
        march = declareer("2016-05-05", soort="voorschot", periode="2016-03", bedrag="850.00")
        assert laatste(*story, claim, march) == OK


def test_no_time_is_no_advance() -> None:
    claim = declareer("2016-05-04", soort="voorschot", periode="2016-04", bedrag="0.00")
    assert laatste(DBC, BEGUN, claim) == OK
    assert laatste(DBC, BEGUN, {**claim, "bedrag": "0.01"}) == "geweigerd WAA-D06"


PRICE = [{"product": "DBC", "eenheid": "traject", "bedrag": "1000.00"}]


@pytest.mark.parametrize(
    ("bedrag", "verwacht"), [("149.99", OK), ("150.00", OK), ("150.01", "geweigerd WAA-D07")]
)
def test_all_together_is_at_most_the_price(bedrag: str, verwacht: str) -> None:
    paid = declareer("2016-04-05", soort="voorschot", periode="2016-03", bedrag="850.00")
    story = (DBC, BEGUN, inzet(600, "2016-03-31"), paid, stop("2016-06-30"))
    claim = declareer("2016-07-05", soort="eindfactuur", bedrag=bedrag, productcode="definitief")
    assert laatste(*story, claim, tarieven=PRICE) == verwacht
    assert laatste(*story, claim) == OK


def test_the_final_invoice_comes_after_the_end() -> None:
    claim = declareer("2016-07-05", soort="eindfactuur", bedrag="10.00")
    assert laatste(DBC, BEGUN, claim) == "geweigerd WAA-D07"
    assert laatste(DBC, BEGUN, stop("2016-07-05"), claim) == OK
    assert laatste(DBC, BEGUN, {**claim, "datum": "2017-02-28"}) == "geweigerd WAA-D07"
    assert laatste(DBC, BEGUN, {**claim, "datum": "2017-03-01"}) == OK


def test_a_grant_may_last_longer_than_its_year() -> None:
    assert laatste(toewijzing("DBC", "2016-03-01", "2018-12-31")) == OK
