"""BX-L06, BX-L07 and BX-U05: the plan towards 18, and the plan behind specialised care."""

import pytest
from tests.domain.boxtel.cases import Step, case, eerder, inzet, peildatum, plan, start, zin

BORN = "2003-09-10"
"""Seventeen on 10 September 2020, sixteen and a half on 10 March 2020."""
RUNNING = (eerder("gezinsgericht", "T1", tot="2021-12-31"),)
ALL = ["huisvesting", "financien", "werk_en_of_onderwijs"]


@pytest.mark.parametrize(
    ("day", "signals"),
    [("2020-09-10", False), ("2020-09-11", True), ("2021-09-09", True), ("2021-09-10", False)],
)
def test_there_is_a_plan_by_17(day: str, *, signals: bool) -> None:
    told = case(peildatum(day), geboren=BORN, begin=RUNNING)

    told.then_signals("BX-L06") if signals else told.then_accepted()


@pytest.mark.parametrize(("made", "signals"), [("2020-09-10", False), ("2020-09-11", True)])
def test_a_plan_after_17_does_not_close_the_signal(made: str, *, signals: bool) -> None:
    planned = plan("toekomstplan", op=made, onderwerpen=ALL)
    told = case(planned, peildatum("2020-10-01"), geboren=BORN, begin=RUNNING)

    told.then_signals("BX-L06") if signals else told.then_accepted()


def test_another_plan_does_not_count() -> None:
    planned = plan("hulpverleningsplan", op="2020-05-01")

    case(planned, peildatum("2020-10-01"), geboren=BORN, begin=RUNNING).then_signals("BX-L06")


def test_without_running_care_nothing_is_open() -> None:
    over = (eerder("gezinsgericht", "T1", tot="2020-09-30"),)

    case(peildatum("2020-10-01"), geboren=BORN, begin=over).then_accepted()
    case(peildatum("2020-09-30"), geboren=BORN, begin=over).then_signals("BX-L06")


def test_an_allocation_of_this_regeling_counts_too() -> None:
    case(zin(), peildatum("2020-10-01"), geboren=BORN).then_signals("BX-L06")


@pytest.mark.parametrize(
    ("born", "signals"), [("2003-12-01", True), ("2003-12-02", False), ("2002-06-02", True)]
)
def test_from_sixteen_and_a_half_the_plan_is_complete(born: str, *, signals: bool) -> None:
    planned = plan("toekomstplan", op="2019-05-01", onderwerpen=ALL[:2])
    told = case(planned, peildatum("2020-06-01"), geboren=born, begin=RUNNING)

    told.then_signals("BX-L07") if signals else told.then_accepted()


@pytest.mark.parametrize(
    ("topics", "needed", "signals"),
    [
        (ALL, False, False),
        (ALL, True, True),
        ([*ALL, "zorg_en_ondersteuning"], True, False),
        (ALL[1:], False, True),
        ([], False, True),
    ],
)
def test_what_a_complete_plan_has(topics: list[str], *, needed: bool, signals: bool) -> None:
    planned = plan("toekomstplan", op="2020-05-01", onderwerpen=topics, zorg_nodig_na_18=needed)
    told = case(planned, peildatum("2020-06-01"), geboren=BORN, begin=RUNNING)

    told.then_signals("BX-L07") if signals else told.then_accepted()


def test_the_latest_plan_counts() -> None:
    old = plan("toekomstplan", op="2020-04-01", onderwerpen=[])
    new = plan("toekomstplan", op="2020-05-01", onderwerpen=ALL)

    case(old, new, peildatum("2020-06-01"), geboren=BORN, begin=RUNNING).then_accepted()


def _specialised(product: str = "specialistische_jeugd_ggz") -> Step:
    return zin(product, volume=100, eenheid="uur")


@pytest.mark.parametrize(
    "product", ["specialistische_jeugd_ggz", "specialistische_jeugd_ggz_verblijf"]
)
def test_specialised_care_starts_with_a_plan(product: str) -> None:
    granted = _specialised(product)

    case(granted, start()).then_accepted()
    case(granted, start(hulpverleningsplan=False)).then_signals("BX-U05")


def test_after_such_a_start_all_effort_is_signalled_until_there_is_one() -> None:
    begun = (_specialised(), start(hulpverleningsplan=False))
    planned = plan("hulpverleningsplan", op="2020-06-02")

    case(*begun, inzet(op="2020-06-01")).then_signals("BX-U05")
    case(*begun, inzet(op="2020-06-01"), planned, inzet(op="2020-06-03")).then_accepted()
    case(*begun, plan("toekomstplan", op="2020-06-02"), inzet(op="2020-06-03")).then_signals(
        "BX-U05"
    )


def test_after_a_start_with_a_plan_effort_is_not() -> None:
    case(_specialised(), start(), inzet()).then_accepted()


def test_other_care_needs_none() -> None:
    case(zin(), start(hulpverleningsplan=False)).then_accepted()
