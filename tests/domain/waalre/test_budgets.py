"""Personal budgets: for what, at what price, and what is paid out (WAA-P01 to P08)."""

from typing import Any

import pytest
from tests.domain.waalre.builders import OK, Stap, betaal, laatste, stand, start, toewijzing


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
