"""Personal budgets: for what, at what price, and what is paid out (WAA-P01 to P08)."""

from typing import Any

import pytest
from tests.domain.waalre.builders import (
    OK,
    Stap,
    betaal,
    inzet,
    laatste,
    stand,
    start,
    toewijzing,
    verleng,
    vrij,
)


def pgb(product: str = "begeleiding", **velden: Any) -> Stap:
    told = {"leveringsvorm": "pgb", "hulpverlener": "sociaal_netwerk", **velden}
    return toewijzing(product, **told)


@pytest.mark.parametrize(
    ("product", "mag"),
    [
        ("persoonlijke_verzorging", True),
        ("kortdurend_verblijf", True),
        ("begeleiding", True),
        ("ambulante_behandeling", False),
        ("P018", False),
    ],
)
def test_the_network_helps_in_four_ways(product: str, mag: bool) -> None:
    assert laatste(pgb(product)) == (OK if mag else "geweigerd WAA-P01")
    assert laatste(pgb(product, hulpverlener="informeel_overig")) == OK
    assert laatste(toewijzing("P018"), pgb("vervoer", toewijzing="T2")) == OK


@pytest.mark.parametrize("wie", ["sociaal_netwerk", "informeel_overig"])
@pytest.mark.parametrize("eenheid", ["uur", "dagdeel"])
@pytest.mark.parametrize(
    ("tarief", "budget", "verwacht"),
    [
        ("20.00", "480.00", OK),
        ("19.99", "480.00", OK),
        ("20.01", "480.00", "geweigerd WAA-P02"),
        ("20.00", "480.01", "geweigerd WAA-P02"),
    ],
)
def test_informal_help_costs_twenty_euro(
    wie: str, eenheid: str, tarief: str, budget: str, verwacht: str
) -> None:
    size = {"volume": 24, "eenheid": eenheid, "tarief": tarief, "budget": budget}
    assert laatste(pgb(hulpverlener=wie, **size)) == verwacht
    professional = pgb(hulpverlener="zzp", **size)
    assert laatste(professional) == OK


@pytest.mark.parametrize(("bedrag", "verwacht"), [("100.00", OK), ("100.01", "geweigerd WAA-P02")])
def test_so_does_what_is_paid(bedrag: str, verwacht: str) -> None:
    granted = pgb(volume=24, eenheid="uur", tarief="20.00", budget="480.00")
    paid = betaal("2016-03-05", bedrag, aantal=5, eenheid="uur", via="svb")
    assert laatste(granted, paid) == verwacht


@pytest.mark.parametrize(("tarief", "verwacht"), [("139.04", OK), ("139.05", "geweigerd WAA-P03")])
@pytest.mark.parametrize("wie", ["zorgorganisatie", "zzp"])
def test_a_professional_costs_what_is_contracted(tarief: str, verwacht: str, wie: str) -> None:
    granted = pgb("P015", hulpverlener=wie, eenheid="dag", tarief=tarief)
    assert laatste(granted) == verwacht
    without_unit = pgb("P015", hulpverlener=wie, tarief=tarief)
    assert laatste(without_unit) == verwacht
    price = [{"product": "begeleiding", "eenheid": "uur", "bedrag": "139.04"}]
    fixed = pgb(hulpverlener=wie, eenheid="uur", tarief=tarief)
    assert laatste(fixed, tarieven=price) == verwacht
    assert laatste(fixed) == OK


def test_there_is_a_plan() -> None:
    assert laatste(pgb(motivatieplan_volledig=False)) == "geweigerd WAA-P05"
    assert laatste(toewijzing("begeleiding", motivatieplan_volledig=False)) == OK


@pytest.mark.parametrize(("bedrag", "verwacht"), [("80.00", OK), ("80.01", "geweigerd WAA-P06")])
@pytest.mark.parametrize("budget", [{"budget": "480.00"}, {}])
def test_no_more_is_paid_than_the_budget(
    bedrag: str, verwacht: str, budget: dict[str, str]
) -> None:
    granted = pgb(volume=24, eenheid="uur", tarief="20.00", **budget)
    paid = betaal("2016-03-05", "400.00", via="svb")
    assert laatste(granted, paid, betaal("2016-03-12", bedrag, via="svb")) == verwacht


def test_only_the_svb_pays_out() -> None:
    granted = pgb(volume=24, eenheid="uur", tarief="20.00", budget="480.00")
    assert laatste(granted, betaal("2016-03-05", "1.00", via="gemeente")) == "geweigerd WAA-P06"
    paid = betaal("2016-03-05", "400.00", via="svb")
    assert stand(granted, paid)["saldo_eur"] == "80.00"
    assert laatste(toewijzing("begeleiding"), betaal("2016-03-05", "1.00")) == OK


@pytest.mark.parametrize(
    ("vog", "verwacht"),
    [
        ("2016-01-10", "geweigerd WAA-P07"),
        ("2016-01-11", OK),
        ("2016-04-11", OK),
        ("2016-04-12", "geweigerd WAA-P07"),
        (None, "geweigerd WAA-P07"),
    ],
)
def test_a_certificate_of_conduct_is_recent(vog: str | None, verwacht: str) -> None:
    begun = start("2016-04-11", vog_afgiftedatum=vog)
    assert laatste(pgb(), begun) == verwacht
    assert laatste(pgb(), start("2016-04-11")) == OK
    assert laatste(toewijzing("begeleiding"), begun) == OK


def test_effort_on_a_personal_budget_takes_nothing_off_what_can_be_paid() -> None:
    granted = pgb(volume=24, eenheid="uur", tarief="20.00", budget="480.00")
    told = stand(granted, inzet(3, "2016-03-05", "uur"))
    assert (told["saldo_eur"], told["bedrag_eur"]) == ("480.00", "60.00")
    paid = betaal("2016-03-06", "40.00", via="svb")
    assert stand(granted, inzet(3, "2016-03-05", "uur"), paid)["saldo_eur"] == "440.00"


def test_nothing_paid_leaves_the_whole_budget() -> None:
    granted = pgb(hulpverlener="zzp", budget="300.00")
    assert stand(granted)["saldo_eur"] == "300.00"
    too_much = vrij(betaal("2016-04-01", "300.01", via="svb"))
    told = stand(granted, too_much)
    assert (told["saldo_eur"], told["betaald_eur"]) == ("300.00", "0.00")
    assert stand(granted, betaal("2016-04-01", "300.00", via="svb"))["saldo_eur"] == "0.00"
    assert stand(pgb(hulpverlener="zzp"))["saldo_eur"] is None


@pytest.mark.parametrize(
    ("van", "tot", "frequentie", "samen"),
    [
        ("2016-03-07", "2016-03-27", "per_week", "120.00"),
        ("2016-03-07", "2016-03-28", "per_week", "160.00"),
        ("2016-03-01", "2016-05-31", "per_maand", "120.00"),
        ("2016-03-01", "2016-06-01", "per_maand", "160.00"),
        ("2016-03-01", "2016-03-03", "per_dag", "120.00"),
        ("2016-03-01", "2016-12-31", "totaal", "40.00"),
    ],
)
@pytest.mark.parametrize("omvang", [{}, {"volume": 2, "eenheid": "uur"}])
def test_a_budget_per_period_is_for_as_many_as_a_size_is(
    van: str, tot: str, frequentie: str, samen: str, omvang: dict[str, Any]
) -> None:
    granted = pgb(van=van, tot=tot, frequentie=frequentie, budget="40.00", **omvang)
    assert stand(granted)["toegewezen_eur"] == samen
    paid = betaal("2017-01-02", samen, via="svb")
    assert stand(granted, paid)["saldo_eur"] == "0.00"
    assert laatste(granted, paid, betaal("2017-01-03", "0.01", via="svb")) == "geweigerd WAA-P06"


def test_a_budget_per_week_is_held_against_the_size_per_week() -> None:
    weekly: dict[str, Any] = {"volume": 2, "eenheid": "uur", "frequentie": "per_week"}
    assert laatste(pgb(budget="40.00", **weekly)) == OK
    assert laatste(pgb(budget="40.01", **weekly)) == "geweigerd WAA-P02"


def test_a_longer_budget_per_month_is_for_more_months() -> None:
    granted = pgb(van="2016-03-01", tot="2016-05-31", frequentie="per_maand", budget="40.00")
    longer = verleng("2016-05-01", einddatum="2016-06-30", extra_budget="5.00")
    assert stand(granted, longer)["toegewezen_eur"] == "165.00"
