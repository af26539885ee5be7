"""BX-VV01 to BX-VV04 and BX-U01 to BX-U08: transport, and how care is given."""

from typing import Any

import pytest
from tests.domain.boxtel.cases import case, inzet, start, step, verlenging, vervoer, zin


def ride(km: Any, **fields: Any) -> Any:
    return inzet(km, eenheid="km", soort="vervoer", **fields)


# --- transport


def test_a_kilometre_is_19_cents() -> None:
    case(vervoer(), ride(10)).then_accepted().then_stands(
        toegewezen_eur="19.00", bedrag_eur="1.90", saldo_eur="17.10"
    )
    case(vervoer(budget="19.00")).then_accepted()
    case(vervoer(budget="19.01")).then_refused_by("BX-VV01")
    case(vervoer(tarief="0.19")).then_accepted()
    case(vervoer(tarief="0.20")).then_refused_by("BX-VV01")
    case(vervoer(), ride(10, bedrag="1.90")).then_accepted()
    case(vervoer(), ride(10, bedrag="1.91")).then_refused_by("BX-VV01")


def test_an_extension_of_transport_is_at_19_cents_too() -> None:
    more = verlenging(extra_volume=10, eenheid="km", extra_budget="1.90")

    case(vervoer(budget="19.00"), more).then_accepted()
    case(vervoer(budget="19.00"), more | {"extra_budget": "1.91"}).then_refused_by("BX-VV01")


def test_more_kilometres_than_were_granted() -> None:
    case(vervoer(), ride(100)).then_accepted()
    case(vervoer(), ride(101)).then_refused_by("BX-P19", "BX-VV01")


def test_only_the_jeugdige_rides() -> None:
    case(vervoer(), ride(1, inzittende="ouder")).then_refused_by("BX-VV02")


@pytest.mark.parametrize(
    "told",
    [
        {"ouders_en_netwerk_niet_in_staat": None},
        {"ouders_en_netwerk_niet_in_staat": False},
        {"bovengebruikelijk_vastgesteld": False},
    ],
)
def test_transport_is_for_who_cannot(told: dict[str, Any]) -> None:
    case(vervoer(**told)).then_waits_for("BX-VV03")


def test_transport_costs_the_family_nothing() -> None:
    def charged(amount: str) -> Any:
        return step("EigenBijdrageOpgelegd", "2020-06-01", toewijzing="T1", bedrag=amount)

    case(vervoer(), charged("0.01")).then_refused_by("BX-VV04")
    case(vervoer(), charged("0.00")).then_accepted()
    case(zin(), charged("20.00")).then_accepted().then_stands(eigen_bijdrage_eur="20.00")


# --- how care is given


@pytest.mark.parametrize(
    ("amount", "unit", "signals"),
    [(120, "minuut", False), (121, "minuut", True), (2, "uur", False), (2.25, "uur", True)],
)
def test_a_conversation_is_at_most_two_hours(amount: float, unit: str, *, signals: bool) -> None:
    granted = zin("ambulante_jeugdhulp_op_locatie", volume=1200, eenheid="minuut")
    told = case(granted, inzet(amount, eenheid=unit))

    told.then_signals("BX-U01") if signals else told.then_accepted()


def test_several_days_are_no_conversation() -> None:
    granted = zin("ambulante_jeugdhulp_op_locatie", volume=1200, eenheid="minuut")
    days = {"van": "2020-06-01", "tot_en_met": "2020-06-02"}

    case(granted, inzet(300, eenheid="minuut", op="2020-06-02") | days).then_accepted()


@pytest.mark.parametrize(("amount", "signals"), [(0.5, True), (1, False), (2, False)])
def test_daghulp_is_at_least_one_dagdeel(amount: float, *, signals: bool) -> None:
    granted = zin("daghulp_op_locatie", volume=40, eenheid="dagdeel")
    told = case(granted, inzet(amount, eenheid="dagdeel"))

    told.then_signals("BX-U02") if signals else told.then_accepted()
    told.then_stands(verbruikt=amount)


NETWORK = zin("jeugdhulp_in_het_netwerk", volume=500, eenheid="uur")


@pytest.mark.parametrize(
    ("first", "second", "may"), [(20, 4, True), (20, 5, False), (0, 24, True), (0, 25, False)]
)
def test_a_day_has_24_hours(first: int, second: int, *, may: bool) -> None:
    told = case(NETWORK, inzet(first), inzet(second))

    told.then_accepted() if may else told.then_refused_by("BX-U03")


@pytest.mark.parametrize(
    ("hours", "may"),
    [(48, True), (49, False)],
)
def test_two_days_have_48(hours: int, *, may: bool) -> None:
    days = {"van": "2020-06-01", "tot_en_met": "2020-06-02"}
    told = case(NETWORK, inzet(hours, op="2020-06-02") | days)

    told.then_accepted() if may else told.then_refused_by("BX-U03")


def test_another_day_is_another_24_hours() -> None:
    case(NETWORK, inzet(24), inzet(24, op="2020-06-02")).then_accepted()
    case(NETWORK, inzet(1440, eenheid="minuut"), inzet(1, eenheid="minuut")).then_refused_by(
        "BX-U03"
    )


@pytest.mark.parametrize(
    "product", ["specialistische_jeugd_ggz", "specialistische_jeugd_ggz_verblijf"]
)
def test_specialised_care_has_an_end(product: str) -> None:
    case(zin(product, einddatum=None)).then_refused_by("BX-U06")
    case(zin(product)).then_accepted()


def test_pleegzorg_starts_with_a_contract() -> None:
    granted = zin("pleegzorg", einddatum="2028-06-01", pleegcontract=False)

    case(granted, start()).then_accepted()
    case(granted, start(pleegcontract=False)).then_refused_by("BX-U07")
    case(granted, start(pleegcontract=None)).then_refused_by("BX-U07")


@pytest.mark.parametrize(
    ("granted", "started", "may"),
    [
        ({}, {}, False),
        ({"machtiging": True}, {}, True),
        ({}, {"machtiging": True}, True),
        ({"machtiging": True}, {"machtiging": False}, False),
    ],
)
def test_closed_care_starts_with_a_warrant(
    granted: dict[str, Any], started: dict[str, Any], *, may: bool
) -> None:
    told = case(zin("gesloten_plaatsing", **granted), start(**started))

    told.then_accepted() if may else told.then_refused_by("BX-U08")
