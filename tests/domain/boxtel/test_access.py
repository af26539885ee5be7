"""BX-V01 to BX-V08: who may refer, what goes first, and what parents do themselves."""

from typing import Any

import pytest
from tests.domain.boxtel.cases import (
    case,
    eerder,
    informeel,
    pgb,
    verlenging,
    verwijzing,
    zin,
)

REFERRERS = (
    "gemeente",
    "wijkteam",
    "gecertificeerde_instelling",
    "rechter",
    "officier_van_justitie",
    "huisarts",
    "jeugdarts",
    "medisch_specialist",
)


@pytest.mark.parametrize("who", REFERRERS)
def test_the_list_of_referrers(who: str) -> None:
    case(verwijzing(who, kader="jeugdreclassering")).then_accepted()
    case(zin(verwijzer=who)).then_accepted()


@pytest.mark.parametrize("who", ["school", "zelfverwijzer", "sociaal_team", "veilig_thuis"])
def test_the_list_is_closed(who: str) -> None:
    case(verwijzing(who)).then_refused_by("BX-V01")
    case(zin(verwijzer=who)).then_refused_by("BX-V01")


def test_without_a_referral_the_wijkteam_decided_itself() -> None:
    case(zin()).then_accepted()
    case(zin(verwijzing=None)).then_accepted()
    case(zin(verwijzing=None, verwijzer="school")).then_accepted()


@pytest.mark.parametrize(
    ("who", "kader", "may"),
    [
        ("gecertificeerde_instelling", "kinderbeschermingsmaatregel", True),
        ("gecertificeerde_instelling", "jeugdreclassering", True),
        ("gecertificeerde_instelling", "gedwongen", False),
        ("gecertificeerde_instelling", None, False),
        ("rechter", "jeugdreclassering", True),
        ("rechter", "kinderbeschermingsmaatregel", False),
        ("officier_van_justitie", "jeugdreclassering", True),
        ("officier_van_justitie", "vrijwillig", False),
        ("huisarts", None, True),
    ],
)
def test_the_frame_in_which_one_may_refer(who: str, kader: str | None, *, may: bool) -> None:
    told = case(verwijzing(who, kader=kader))

    told.then_accepted() if may else told.then_refused_by("BX-V02")


def test_a_frame_that_nobody_told_is_not_judged() -> None:
    case(verwijzing("gecertificeerde_instelling")).then_accepted()


def test_a_judge_may_place_in_closed_care_without_that_frame() -> None:
    case(verwijzing("rechter", kader=None, product="gesloten_plaatsing")).then_accepted()
    case(verwijzing("rechter", kader=None, product="gezinsgericht")).then_refused_by("BX-V02")


@pytest.mark.parametrize("alternative", [True, False])
@pytest.mark.parametrize("who", ["huisarts", "jeugdarts", "medisch_specialist"])
def test_a_provider_without_contract_after_a_doctor_waits(who: str, *, alternative: bool) -> None:
    without: dict[str, Any] = {
        "aanbieder_gecontracteerd": False,
        "gecontracteerd_alternatief": alternative,
    }

    case(zin(verwijzer=who, **without)).then_waits_for("BX-V03")
    case(zin(verwijzer=who)).then_accepted()


def test_a_provider_without_contract_after_another_referrer_does_not() -> None:
    case(zin(verwijzer="wijkteam", aanbieder_gecontracteerd=False)).then_accepted()


@pytest.mark.parametrize("who", ["huisarts", "gecertificeerde_instelling"])
def test_a_pgb_after_a_doctor_needs_an_application(who: str) -> None:
    case(pgb(verwijzer=who, aanvraag_gemeente=False)).then_refused_by("BX-V04")
    case(pgb(verwijzer=who)).then_accepted()
    case(pgb(verwijzer="wijkteam", aanvraag_gemeente=False)).then_accepted()


@pytest.mark.parametrize("law", ["wlz", "zvw", "beginselenwet_jji"])
def test_another_law_goes_first_at_every_age(law: str) -> None:
    begin = (eerder("gezinsgericht", "T1", tot="2020-10-31"),)

    case(zin(ander_wettelijk_kader=law)).then_refused_by("BX-V05")
    case(verlenging("2020-12-31", ander_wettelijk_kader=law), begin=begin).then_refused_by("BX-V05")


@pytest.mark.parametrize("law", ["geen", "wmo", "niet_onderzocht"])
def test_under_18_the_wmo_does_not_count(law: str) -> None:
    case(zin(ander_wettelijk_kader=law)).then_accepted()


def test_help_for_school_waits() -> None:
    case(zin(doel_onderwijs=True)).then_waits_for("BX-V06")


@pytest.mark.parametrize(
    ("told", "waits"),
    [
        ({"ingangsdatum": "2020-05-01", "einddatum": "2020-07-31"}, True),
        ({"ingangsdatum": "2020-05-01", "einddatum": "2020-08-01"}, False),
        ({"ingangsdatum": "2020-05-31", "einddatum": "2020-08-30"}, True),
        ({"ingangsdatum": "2020-05-31", "einddatum": "2020-08-31"}, False),
        ({"verwachte_duur_maanden": 3}, True),
        ({"verwachte_duur_maanden": 4}, False),
        ({"verwachte_duur_maanden": 4, "einddatum": "2020-06-30"}, False),
        ({"verwachte_duur_maanden": 2, "einddatum": "2020-12-31"}, True),
    ],
)
def test_informal_help_of_at_most_three_months_waits(told: dict[str, Any], *, waits: bool) -> None:
    said = case(informeel(**told))

    said.then_waits_for("BX-V07") if waits else said.then_accepted()


def test_an_open_end_is_long_enough() -> None:
    case(informeel(einddatum=None)).then_signals("BX-G05")


def test_formal_help_may_be_short() -> None:
    case(pgb(einddatum="2020-05-31")).then_accepted()


@pytest.mark.parametrize(("born", "signals"), [("2012-05-12", True), ("2012-05-11", False)])
def test_below_8_care_is_what_parents_do(born: str, *, signals: bool) -> None:
    young = zin("persoonlijke_verzorging", bovengebruikelijk_vastgesteld=False)

    told = case(young, geboren=born)

    told.then_signals("BX-V08") if signals else told.then_accepted()


def test_below_8_it_is_no_signal_once_established_or_for_another_product() -> None:
    case(zin("groepsbegeleiding"), geboren="2017-01-01").then_accepted()
    case(zin(bovengebruikelijk_vastgesteld=False), geboren="2017-01-01").then_accepted()


@pytest.mark.parametrize(("needed", "signals"), [(59, True), (60, True), (61, False)])
def test_no_more_than_usual_is_a_signal_at_any_age(needed: int, *, signals: bool) -> None:
    minutes: dict[str, Any] = {
        "benodigde_minuten_per_dag": needed,
        "gebruikelijke_minuten_per_dag": 60,
    }

    told = case(zin("individuele_begeleiding", **minutes))

    told.then_signals("BX-V08") if signals else told.then_accepted()
