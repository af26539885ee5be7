"""Contracts, giving notice, evaluating and messages (WAA-C01 to C08, B01 to B07)."""

from typing import Any

import pytest
from tests.domain.waalre.builders import (
    OK,
    Stap,
    bericht,
    dagen,
    declareer,
    inzet,
    laatste,
    speel,
    stand,
    stap,
    start,
    stop,
    toewijzing,
    verleng,
    vrij,
)


@pytest.mark.parametrize(
    ("product", "van", "verwacht"),
    [
        ("ambulant", "2014-12-31", "geweigerd WAA-C01"),
        ("ambulant", "2015-01-01", OK),
        ("P018", "2015-12-31", "geweigerd WAA-C01"),
        ("P018", "2016-01-01", OK),
        ("P018", "2019-12-31", OK),
        ("P018", "2020-01-01", "goedkeuring_nodig WAA-C01"),
        ("ambulant", "2020-01-01", "goedkeuring_nodig WAA-C01"),
        ("begeleiding", "2020-01-01", OK),
        ("BK", "2020-01-01", OK),
    ],
)
def test_a_grant_needs_a_contract_in_force(product: str, van: str, verwacht: str) -> None:
    assert laatste(toewijzing(product, van, "2020-12-31")) == verwacht


@pytest.mark.parametrize(
    ("van", "verwacht"), [("2021-12-31", OK), ("2022-01-01", "goedkeuring_nodig WAA-C01")]
)
def test_a_recorded_prolongation_moves_the_end(van: str, verwacht: str) -> None:
    given = [{"id": "A1", "verlengd_tot_en_met": "2021-12-31"}]
    granted = toewijzing("P018", van, "2022-12-31", aanbieder="A1")
    assert laatste(granted, aanbieders=given) == verwacht


@pytest.mark.parametrize(
    ("maand", "verwacht"), [("2019-12", OK), ("2020-01", "goedkeuring_nodig WAA-C01")]
)
def test_and_so_does_the_month_of_a_claim(maand: str, verwacht: str) -> None:
    granted = toewijzing("ambulant", "2019-06-01", "2020-06-30")
    assert laatste(granted, declareer("2020-01-31", periode=maand)) == verwacht
    assert laatste(granted, inzet(60, "2020-06-01")) == OK
    assert laatste(granted, verleng("2020-06-01", einddatum="2020-12-31")) == OK


@pytest.mark.parametrize(
    ("dag", "verwacht"), [("2016-04-25", "geweigerd WAA-C02"), ("2016-04-26", OK)]
)
@pytest.mark.parametrize("product", ["P018", "ambulant"])
def test_the_gemeente_gives_six_weeks(dag: str, verwacht: str, product: str) -> None:
    ended = stop(dag, door="gemeente", opgezegd_op="2016-03-15")
    assert laatste(toewijzing(product), ended) == verwacht
    assert laatste(toewijzing(product), stop(dag, door="gemeente")) == OK
    assert laatste(toewijzing(product), {**ended, "door": "aanbieder"}) == OK


@pytest.mark.parametrize("door", ["ouder", "jeugdige"])
@pytest.mark.parametrize(
    ("op", "dag", "verwacht"),
    [
        ("2016-03-15", "2016-05-30", "goedkeuring_nodig WAA-C03"),
        ("2016-03-15", "2016-05-31", OK),
        ("2016-03-31", "2016-05-31", OK),
        ("2016-04-01", "2016-05-31", "goedkeuring_nodig WAA-C03"),
        ("2015-12-31", "2016-02-28", "goedkeuring_nodig WAA-C03"),
        ("2015-12-31", "2016-02-29", OK),
    ],
)
def test_parents_give_two_whole_months(op: str, dag: str, verwacht: str, door: str) -> None:
    ended = stop(dag, door=door, opgezegd_op=op)
    granted = toewijzing("ambulant", "2015-06-01")
    assert laatste(granted, ended) == verwacht
    assert stand(granted, ended)["status"] == ("gestopt" if verwacht == OK else "lopend")
    assert laatste(toewijzing("P018"), ended) == OK
    assert laatste(toewijzing("begeleiding"), ended) == OK


NOTICE = [{"id": "A1", "opgezegd_op": "2016-10-15", "opgezegd_door": "aanbieder"}]


@pytest.mark.parametrize(
    ("van", "verwacht"), [("2017-04-30", OK), ("2017-05-01", "geweigerd WAA-C04")]
)
@pytest.mark.parametrize("product", ["P018", "ambulant"])
def test_nothing_new_once_a_contract_ran_off(van: str, verwacht: str, product: str) -> None:
    granted = toewijzing(product, van, "2017-12-31", aanbieder="A1")
    assert laatste(granted, aanbieders=NOTICE) == verwacht
    assert laatste({**granted, "aanbieder": "A2"}, aanbieders=NOTICE) == OK


def month(maand: str, laatste_dag: str, bedrag: str) -> tuple[Stap, ...]:
    days = int(laatste_dag[-2:])
    granted = toewijzing("P015", "2016-09-01", "2017-12-31", aanbieder="A1")
    claim = declareer("2018-01-31", periode=maand, aantal=days, bedrag=bedrag)
    return granted, dagen(f"{maand}-01", laatste_dag, days), claim


@pytest.mark.parametrize(
    ("maand", "dag", "bedrag", "verwacht"),
    [
        ("2017-01", "2017-01-31", "4310.24", "gesignaleerd WAA-F01 WAA-F03"),
        ("2017-01", "2017-01-31", "4310.25", "geweigerd WAA-C05"),
        ("2017-04", "2017-04-30", "4171.20", "gesignaleerd WAA-F01 WAA-F03"),
        ("2017-05", "2017-05-31", "4310.24", "goedkeuring_nodig WAA-C05"),
        ("2016-12", "2016-12-31", "4310.25", "geweigerd WAA-V01"),
    ],
)
def test_the_last_price_holds_while_it_runs_off(
    maand: str, dag: str, bedrag: str, verwacht: str
) -> None:
    assert laatste(*month(maand, dag, bedrag), aanbieders=NOTICE) == verwacht


def test_before_the_notice_there_is_no_price_yet() -> None:
    late = [{"id": "A1", "opgezegd_op": "2017-03-10"}]
    before = laatste(*month("2017-03", "2017-03-31", "4310.24"), aanbieders=late)
    assert before == "goedkeuring_nodig WAA-V02"
    after = laatste(*month("2017-04", "2017-04-30", "4171.20"), aanbieders=late)
    assert after == "gesignaleerd WAA-F01 WAA-F03"


def withdrawn(n: int, op: str, **velden: Any) -> tuple[Stap, Stap]:
    name = f"T{n}"
    granted = toewijzing("ambulant", tot="2019-12-31", toewijzing=name, aanbieder="A9", **velden)
    return granted, stap("ToewijzingIngetrokken", op, toewijzing=name, door="gemeente")


def story(*days: str) -> list[Stap]:
    pairs = [withdrawn(n, day) for n, day in enumerate(days, start=2)]
    return [granted for granted, _ in pairs] + [gone for _, gone in pairs]


@pytest.mark.parametrize(
    ("op", "verwacht"),
    [
        ("2016-11-03", "geweigerd WAA-C06"),
        ("2019-11-02", "geweigerd WAA-C06"),
        ("2019-11-03", OK),
    ],
)
def test_three_withdrawals_in_a_year_exclude_a_provider(op: str, verwacht: str) -> None:
    days = story("2016-02-10", "2016-05-20", "2016-11-03")
    granted = toewijzing("ambulant", op, "2019-12-31", aanbieder="A9")
    assert laatste(*days, granted) == verwacht
    assert laatste(*days, {**granted, "product": "begeleiding"}) == OK
    assert laatste(*days, {**granted, "aanbieder": "A8"}) == OK


def test_three_over_two_years_do_not() -> None:
    granted = toewijzing("ambulant", "2017-06-01", "2019-12-31", aanbieder="A9")
    assert laatste(*story("2016-02-10", "2016-12-31", "2017-01-01"), granted) == OK
    days = story("2016-02-10", "2016-05-20", "2016-11-03")
    by_others = [{**one, "door": "aanbieder"} if "door" in one else one for one in days]
    assert laatste(*by_others, granted) == OK


def test_those_of_every_child_count() -> None:
    days = story("2016-02-10", "2016-05-20", "2016-11-03")
    days[0]["jeugdige"] = "J2"
    granted = toewijzing("ambulant", "2017-06-01", "2019-12-31", aanbieder="A9")
    assert laatste(*days, granted, jeugdigen=[{"id": "J2"}]) == "geweigerd WAA-C06"


def test_a_reason_for_the_end_is_recorded() -> None:
    granted = toewijzing("P018")
    assert laatste(granted, stop("2016-06-01", reden=None)) == "gesignaleerd WAA-C07"
    assert laatste(granted, stop("2016-06-01")) == OK
    assert laatste(granted, stop("2016-06-01", reden="verhuizing")) == OK


def asked(*stappen: Stap, op: str) -> str:
    return laatste(*stappen, stap("PeildatumBereikt", op, toewijzing="T1"))


@pytest.mark.parametrize(
    ("tot", "op", "verwacht"),
    [
        ("2017-01-02", "2017-01-05", OK),
        ("2017-06-30", "2017-01-04", OK),
        ("2017-06-30", "2017-01-05", "gesignaleerd WAA-C08"),
    ],
)
@pytest.mark.parametrize("product", ["P018", "ambulant"])
def test_a_report_every_year(tot: str, op: str, verwacht: str, product: str) -> None:
    granted = toewijzing(product, tot=tot)
    held = stap("EvaluatieVastgelegd", "2016-12-01", toewijzing="T1")
    assert asked(granted, op=op) == verwacht
    assert asked(granted, held, op=op) == OK
    assert asked(toewijzing("begeleiding", tot=tot), op=op) == OK


def test_what_is_given_for_exactly_a_year_needs_one_too() -> None:
    assert asked(toewijzing("P018", tot="2017-01-03"), op="2017-01-04") == OK
    assert asked(toewijzing("P018", tot="2017-01-03"), op="2017-01-05") == "gesignaleerd WAA-C08"
    assert asked(toewijzing("P018", tot="2017-01-02"), op="2017-01-05") == OK


def test_the_next_year_counts_from_the_last_report() -> None:
    granted = toewijzing("P018", tot="2018-12-31")
    held = stap("EvaluatieVastgelegd", "2016-12-01", toewijzing="T1")
    assert asked(granted, held, op="2017-12-01") == OK
    assert asked(granted, held, op="2017-12-02") == "gesignaleerd WAA-C08"


def test_a_report_at_the_end() -> None:
    granted, ended = toewijzing("P018"), stop("2016-06-01")
    held = stap("EvaluatieVastgelegd", "2016-06-01", toewijzing="T1")
    assert asked(granted, ended, op="2016-06-02") == "gesignaleerd WAA-C08"
    assert asked(granted, ended, held, op="2016-06-02") == "gesignaleerd WAA-C08"
    assert asked(granted, ended, {**held, "soort": "eind"}, op="2016-06-02") == OK
    assert asked(granted, op="2016-06-02") == OK


@pytest.mark.parametrize(
    ("soort", "vooraf", "op", "laat"),
    [
        ("JW316", [bericht("JW315", "2017-05-01")], "2017-05-15", "WAA-B02"),
        ("JW301", [bericht("JW315", "2017-05-01")], "2017-05-15", "WAA-B03"),
        ("JW302", [bericht("JW301", "2017-05-01")], "2017-05-29", "WAA-B04"),
        ("JW305", [start("2017-05-01")], "2017-05-15", "WAA-B05"),
        ("JW307", [stop("2017-05-01")], "2017-05-29", "WAA-B07"),
    ],
)
def test_messages_in_time(soort: str, vooraf: list[Stap], op: str, laat: str) -> None:
    granted = toewijzing("ambulant", "2017-04-01", "2017-12-31")
    day_after = f"{op[:8]}{int(op[8:]) + 1:02d}"
    assert laatste(granted, *vooraf, bericht(soort, op)) == OK
    assert laatste(granted, *vooraf, bericht(soort, day_after)) == f"gesignaleerd {laat}"
    assert laatste(granted, bericht(soort, day_after)) == OK


def test_messages_before_the_grant() -> None:
    granted = toewijzing("ambulant", "2017-06-01", "2017-12-31")
    first = bericht("JW315", "2017-05-01", gemeld_op="2017-04-17")
    late = {**first, "gemeld_op": "2017-04-16"}
    assert speel(first, granted).stappen[0].antwoord.regels == ()
    assert speel(late, granted).stappen[0].antwoord.regels == ("WAA-B01",)
    answered = bericht("JW301", "2017-05-16")
    assert speel(first, answered, granted).stappen[1].antwoord.regels == ("WAA-B03",)
    assert laatste(first, granted, bericht("JW316", "2017-06-02")) == "gesignaleerd WAA-B02"


def test_care_that_begins_with_effort_is_reported_too() -> None:
    granted = toewijzing("DBC", "2017-04-01", "2017-12-31")
    first = inzet(60, "2017-05-01")
    assert laatste(granted, first, bericht("JW305", "2017-05-15")) == OK
    assert laatste(granted, first, bericht("JW305", "2017-05-16")) == "gesignaleerd WAA-B05"
    assert laatste(granted, vrij(first), bericht("JW307", "2017-05-16")) == OK
