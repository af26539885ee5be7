"""BX-G01 to BX-G05: from which day the text holds, and what it does with earlier decisions."""

import pytest
from tests.domain.boxtel.cases import (
    case,
    eerder,
    grant,
    inzet,
    peildatum,
    pgb,
    vaktherapie,
    verlenging,
    verwijzing,
    zin,
)

EARLY = "2020-04-10T23:59:00+02:00"
LATE = "2020-04-11T00:00:00+02:00"


@pytest.mark.parametrize(("first", "holds"), [("2019-12-31", False), ("2020-01-01", True)])
def test_care_from_1_january_2020(first: str, *, holds: bool) -> None:
    told = case(zin(op="2020-05-01", ingangsdatum=first))

    told.then_accepted() if holds else told.then_refused_by("BX-G01")


@pytest.mark.parametrize(("day", "holds"), [("2019-12-31", False), ("2020-01-01", True)])
def test_effort_from_1_january_2020(day: str, *, holds: bool) -> None:
    begin = (eerder("generalistische_jeugd_ggz", "T1", tot="2020-12-31"),)
    told = case(
        inzet(op="2020-05-01", van="T1", tot_en_met="2020-05-01") | {"van": day}, begin=begin
    )

    told.then_accepted() if holds else told.then_refused_by("BX-G01")


@pytest.mark.parametrize(("first", "holds"), [("2020-03-31", False), ("2020-04-01", True)])
def test_a_pgb_from_1_april_2020(first: str, *, holds: bool) -> None:
    told = case(pgb(op="2020-05-01", ingangsdatum=first))

    told.then_accepted() if holds else told.then_refused_by("BX-G02")


def test_vaktherapie_carries_its_own_price_from_january() -> None:
    case(vaktherapie(op="2020-05-01", ingangsdatum="2020-01-01")).then_accepted()


def test_a_pgb_without_an_amount_in_the_text_is_not_split() -> None:
    told = pgb(
        "beschermd_wonen",
        op="2020-05-01",
        ingangsdatum="2020-03-01",
        offerte_beoordeeld=True,
        offerte_bedrag="470.00",
        eenheid="weg",
        volume="weg",
    )
    case(told).then_accepted()


@pytest.mark.parametrize(("first", "holds"), [("2020-03-31", False), ("2020-04-01", True)])
def test_an_extension_of_a_pgb_is_split_too(first: str, *, holds: bool) -> None:
    earlier = eerder(
        "individuele_begeleiding", "T1", van=first, tot="2020-06-30", leveringsvorm="pgb"
    )
    told = case(verlenging("2020-12-31"), begin=(earlier,))

    told.then_accepted() if holds else told.then_refused_by("BX-G02")


@pytest.mark.parametrize(("day", "holds"), [("2020-03-31", False), ("2020-04-01", True)])
def test_effort_on_a_pgb_from_1_april_2020(day: str, *, holds: bool) -> None:
    begin = (eerder("individuele_begeleiding", "T1", tot="2020-12-31", leveringsvorm="pgb"),)
    told = case(inzet(op=day), begin=begin)

    told.then_accepted() if holds else told.then_refused_by("BX-G02")


def test_a_decision_from_before_11_april_stands_without_signals() -> None:
    granted = vaktherapie(
        op="2020-04-10",
        geregistreerd=EARLY,
        ingangsdatum="2020-02-01",
        volume=20,
        budget="1400.00",
        einddatum="2021-06-30",
        srvb=False,
    )
    case(granted).then_accepted().then_stands(toegewezen=20, toegewezen_eur="1400.00")


def test_the_same_decision_from_11_april_on_is_judged() -> None:
    granted = vaktherapie(
        op="2020-04-10",
        geregistreerd=LATE,
        ingangsdatum="2020-02-01",
        volume=20,
        budget="1400.00",
        einddatum="2020-12-31",
    )
    case(granted).then_refused_by("BX-VT01", "BX-VT03")


def test_an_early_decision_about_care_of_2019_is_refused_all_the_same() -> None:
    granted = zin(op="2020-04-10", geregistreerd=EARLY, ingangsdatum="2019-12-31")

    case(granted).then_refused_by("BX-G01")


OLD = vaktherapie(
    op="2020-04-06", ingangsdatum="2020-02-01", volume=20, budget="1400.00", einddatum="2020-10-31"
)


@pytest.mark.parametrize(
    ("day", "open_"),
    [("2020-04-10", False), ("2020-04-11", True), ("2020-10-31", True), ("2020-11-01", False)],
)
def test_an_early_decision_against_the_text_is_looked_at_again(day: str, *, open_: bool) -> None:
    told = case(OLD, peildatum(day))

    told.then_signals("BX-G03") if open_ else told.then_accepted()


def test_an_early_decision_that_would_only_wait_is_left_alone() -> None:
    waits = vaktherapie(
        op="2020-04-06", aanvullende_verzekering="niet_onderzocht", ingangsdatum="2020-04-06"
    )

    case(waits, peildatum("2020-05-01")).then_accepted()


def test_the_size_of_an_early_decision_is_the_bound_of_its_effort() -> None:
    sixteen = inzet(16, eenheid="sessie", bedrag="1120.00")

    case(OLD, sixteen).then_accepted().then_stands(verbruikt=16, bedrag_eur="1120.00")
    case(OLD, sixteen, inzet(5, eenheid="sessie", bedrag="280.00")).then_refused_by("BX-P19")


def test_an_extension_of_an_early_decision_is_judged_as_any_other() -> None:
    case(OLD, verlenging(extra_volume=1, eenheid="sessie", extra_budget="70.00")).then_refused_by(
        "BX-VT01", "BX-VT03"
    )


@pytest.mark.parametrize(("day", "signals"), [("2020-12-31", False), ("2021-01-01", True)])
def test_a_referral_after_2020_asks_which_gemeente_it_is(day: str, *, signals: bool) -> None:
    told = case(verwijzing("huisarts", op=day))

    told.then_signals("BX-G04") if signals else told.then_accepted()


def test_a_decision_after_2020_asks_which_gemeente_it_is() -> None:
    case(zin(op="2021-01-01")).then_signals("BX-G04")


@pytest.mark.parametrize(
    ("last", "signals"), [("2020-12-31", False), ("2021-01-01", True), (None, True)]
)
def test_an_allocation_past_2020_is_signalled(last: str | None, *, signals: bool) -> None:
    told = case(grant(product="gezinsgericht", leveringsvorm="zin", einddatum=last))

    told.then_signals("BX-G05") if signals else told.then_accepted()


def test_an_extension_is_signalled_only_by_the_last_day_it_names() -> None:
    granted = zin(einddatum="2021-01-31", volume=10, eenheid="uur")

    case(granted, verlenging(extra_volume=5)).then_accepted()
    case(granted, verlenging("2021-02-28")).then_signals("BX-G05")
    case(zin(einddatum="2020-10-31"), verlenging("2020-12-31")).then_accepted()
    case(zin(einddatum="2020-10-31"), verlenging("open")).then_signals("BX-G05").then_stands(
        einddatum=None
    )
