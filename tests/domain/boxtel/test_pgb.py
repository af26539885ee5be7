"""BX-P01 to BX-P18: what a pgb may cost, who may be paid from it, and what was established."""

from typing import Any

import pytest
from tests.domain.boxtel.cases import (
    case,
    goedkeuring,
    informeel,
    inzet,
    pgb,
    start,
    vaktherapie,
    verlenging,
    zin,
)

PRICES = [
    ("persoonlijke_verzorging", "uur", "28.00", "24.00", "14.00"),
    ("individuele_begeleiding", "uur", "47.00", "39.95", "23.50"),
    ("groepsbegeleiding", "dagdeel", "52.00", "44.20", "24.00"),
    ("kortdurend_verblijf", "etmaal", "229.00", "194.65", "60.00"),
    ("specialistische_behandeling_jeugd_ggz", "uur", "73.30", None, None),
    ("behandeling_basis_jeugd_ggz", "uur", "62.00", None, None),
    ("specialistische_ambulante_behandeling", "uur", "51.50", None, None),
]
HELPERS = ("zorgorganisatie", "zzp", "sociaal_netwerk")
CELLS = [
    (product, unit, helper, price)
    for product, unit, *prices in PRICES
    for helper, price in zip(HELPERS, prices, strict=True)
    if price is not None
]


def cents(price: str) -> int:
    return int(price.replace(".", ""))


def euros(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


# --- the price


@pytest.mark.parametrize(("product", "unit", "helper", "price"), CELLS)
def test_the_budget_is_at_most_the_size_times_the_price(
    product: str, unit: str, helper: str, price: str
) -> None:
    def asked(more: int) -> Any:
        budget = euros(10 * cents(price) + more)
        return pgb(product, eenheid=unit, hulpverlener=helper, budget=budget)

    extra = {"groepsbegeleiding": "BX-P09", "kortdurend_verblijf": "BX-P10"}.get(product)
    refusing = {"BX-P01"} | ({extra} if extra and helper == "sociaal_netwerk" else set())
    case(asked(0)).then_accepted()
    case(asked(1)).then_refused_by(*refusing)


def test_without_a_budget_the_size_is_worth_the_price() -> None:
    told = pgb(budget="weg", volume="weg") | {"volume": 12}

    case(told).then_accepted().then_stands(toegewezen_eur="564.00", bedrag_eur="0.00")
    case(told | {"tarief": "40.00"}).then_accepted().then_stands(toegewezen_eur="480.00")
    case(told | {"tarief": "55.00"}).then_accepted().then_stands(toegewezen_eur="564.00")


@pytest.mark.parametrize(
    ("agreed", "budget", "may"),
    [
        ("40.00", "400.00", True),
        ("40.00", "400.01", False),
        ("55.00", "470.00", True),
        ("55.00", "470.01", False),
    ],
)
def test_a_lower_price_that_was_agreed_counts(agreed: str, budget: str, *, may: bool) -> None:
    told = case(pgb(tarief=agreed, budget=budget))

    told.then_accepted() if may else told.then_refused_by("BX-P01")


def test_half_a_cent_is_rounded_up() -> None:
    half = pgb(hulpverlener="zzp", volume=1.5, budget="59.93")

    case(half).then_accepted()
    case(half | {"budget": "59.94"}).then_refused_by("BX-P01")
    case(pgb(hulpverlener="zzp", volume=1.5, budget="weg")).then_stands(toegewezen_eur="59.93")


def test_an_extension_is_judged_by_the_new_totals() -> None:
    more = verlenging(extra_volume=5, extra_budget="235.00")

    case(pgb(), more).then_accepted().then_stands(toegewezen=15, toegewezen_eur="705.00")
    case(pgb(), more | {"extra_budget": "235.01"}).then_refused_by("BX-P01")
    case(pgb(budget="400.00"), verlenging(extra_budget="70.01")).then_refused_by("BX-P01")


def test_care_in_natura_is_worth_nothing_until_it_is_used() -> None:
    granted = zin("individuele_begeleiding", volume=10, eenheid="uur", tarief="40.00")

    case(granted).then_accepted().then_stands(toegewezen_eur=None, bedrag_eur="0.00")
    case(granted, inzet(bedrag="40.00")).then_accepted().then_stands(bedrag_eur="40.00")


def test_care_in_natura_has_no_price() -> None:
    case(
        zin("individuele_begeleiding", volume=10, eenheid="uur"), inzet()
    ).then_accepted().then_stands(toegewezen_eur=None, bedrag_eur=None, saldo=9)


# --- the cost in natura


@pytest.mark.parametrize(("cost", "may"), [("469.99", False), ("470.00", True)])
def test_a_pgb_costs_no_more_than_care_in_natura(cost: str, *, may: bool) -> None:
    told = case(pgb(zin_kostprijs=cost))

    told.then_accepted() if may else told.then_refused_by("BX-P02")


def test_without_a_budget_the_worth_is_compared() -> None:
    case(pgb(budget="weg", zin_kostprijs="469.99")).then_refused_by("BX-P02")
    case(pgb(budget="weg", zin_kostprijs="470.00")).then_accepted()


def test_a_cost_that_was_not_recorded_waits() -> None:
    unknown = pgb(zin_kostprijs=None, referentie="R1")

    case(unknown).then_waits_for("BX-P02").then_stands(status="wacht")
    case(unknown, goedkeuring("R1")).then_accepted().then_stands(status="lopend")
    case(unknown, goedkeuring("R1", door="toegang")).then_accepted()
    case(unknown, goedkeuring("R1", door="aanbieder")).then_refused_by("BX-P02")
    case(pgb(zin_kostprijs="weg")).then_accepted()


def test_the_total_after_an_extension_is_compared_again() -> None:
    more = verlenging(extra_volume=1, extra_budget="47.00")

    case(pgb(zin_kostprijs="517.00"), more).then_accepted()
    case(pgb(zin_kostprijs="516.99"), more).then_refused_by("BX-P02")


# --- conditions


@pytest.mark.parametrize(
    "name",
    ["motivatieplan_volledig", "pgb_bekwaam", "zin_niet_passend_gemotiveerd", "kwaliteit_geborgd"],
)
@pytest.mark.parametrize("value", [False, None])
def test_all_conditions_are_met(name: str, *, value: bool | None) -> None:
    told: dict[str, Any] = {name: value}

    case(pgb(**told)).then_refused_by("BX-P03")


@pytest.mark.parametrize("name", ["regie_bij_hulpverlener", "hulpverlener_is_vertegenwoordiger"])
def test_the_helper_does_not_direct_the_pgb(name: str) -> None:
    told: dict[str, Any] = {name: True}

    case(pgb(**told)).then_refused_by("BX-P11")


@pytest.mark.parametrize("name", ["hulpverlener_is_beheerder", "eerdere_pgb_fraude"])
def test_serious_objections_wait(name: str) -> None:
    told: dict[str, Any] = {name: True}

    case(pgb(**told)).then_waits_for("BX-P17")


def test_formal_help_asks_no_subcontractor_and_quality() -> None:
    case(pgb(onderaannemer=True)).then_refused_by("BX-P14")
    case(pgb(formele_eisen_voldaan=None)).then_waits_for("BX-P16")
    case(pgb(formele_eisen_voldaan=False)).then_waits_for("BX-P16")
    case(informeel(onderaannemer=True, formele_eisen_voldaan=None)).then_accepted()


def test_informal_help_is_beyond_the_usual_and_does_not_overburden() -> None:
    case(informeel(overbelasting_hulpverlener=True)).then_waits_for("BX-P15")
    case(informeel(bovengebruikelijk_vastgesteld=False)).then_waits_for("BX-P15")
    case(pgb(overbelasting_hulpverlener=True, bovengebruikelijk_vastgesteld=False)).then_accepted()


def test_none_of_this_is_asked_of_care_in_natura() -> None:
    case(zin(pgb_bekwaam=False, regie_bij_hulpverlener=True, onderaannemer=True)).then_accepted()


# --- who helps


@pytest.mark.parametrize(("degree", "formal"), [(1, False), (2, False), (3, True), (None, True)])
def test_near_relatives_are_informal(degree: int | None, *, formal: bool) -> None:
    aunt = pgb(hulpverlener="zzp", budget="399.50", graad_tot_budgethouder=degree, skj=True)

    told = case(aunt)

    told.then_accepted() if formal else told.then_refused_by("BX-P01", "BX-P04")


def test_a_relative_may_be_paid_the_informal_price() -> None:
    case(pgb(hulpverlener="zzp", budget="235.00", graad_tot_budgethouder=2)).then_accepted()


@pytest.mark.parametrize(
    ("registered", "budget", "refusing"),
    [
        ({"diplomas": False}, "235.00", ()),
        ({"diplomas": False}, "235.01", ("BX-P01", "BX-P05")),
        ({"handelsregister": False}, "235.01", ("BX-P01", "BX-P05")),
        ({"handelsregister": False, "skj": True}, "399.50", ()),
        ({"handelsregister": False, "big": True}, "399.50", ()),
        ({"diplomas": False, "big": True}, "399.51", ("BX-P01",)),
        ({}, "470.00", ()),
    ],
)
def test_formal_help_is_qualified(
    registered: dict[str, Any], budget: str, refusing: tuple[str, ...]
) -> None:
    told = case(pgb(budget=budget, **registered))

    told.then_refused_by(*refusing) if refusing else told.then_accepted()


def test_treatment_is_never_informal() -> None:
    treatment = informeel("behandeling_basis_jeugd_ggz", budget="1.00", big=True)

    case(treatment).then_refused_by("BX-P06")
    case(treatment | {"hulpverlener": "informeel_overig"}).then_refused_by("BX-P06")
    case(treatment | {"hulpverlener": "zzp"}).then_refused_by("BX-P06", "BX-P04")
    case(vaktherapie(hulpverlener="sociaal_netwerk")).then_refused_by("BX-P06")


@pytest.mark.parametrize("product", [row[0] for row in PRICES if row[3] is None])
def test_treatment_by_a_zzp_waits_whatever_the_budget(product: str) -> None:
    case(pgb(product, hulpverlener="zzp", budget="5000.00")).then_waits_for("BX-P07")


def test_vaktherapie_by_a_zzp_has_a_price() -> None:
    case(vaktherapie(hulpverlener="zzp")).then_accepted()


# --- offers


def offer(product: str = "specialistisch_verblijf", **fields: Any) -> Any:
    told = {
        "offerte_bedrag": "31500.00",
        "offerte_beoordeeld": True,
        "budget": "31500.00",
        "zin_kostprijs": "36000.00",
        "zorgzwaartepakket": "LVG 3",
    }
    return pgb(product, eenheid="weg", volume="weg", **{**told, **fields})


def test_an_offer_is_assessed() -> None:
    case(offer()).then_accepted().then_stands(
        toegewezen_eur="31500.00", bedrag_eur="0.00", saldo_eur="31500.00"
    )
    case(offer(offerte_beoordeeld=False)).then_waits_for("BX-P08")
    case(offer(budget="31500.01")).then_waits_for("BX-P08")
    case(offer(zorgzwaartepakket="weg")).then_accepted()
    case(offer(zorgzwaartepakket="VG 4")).then_waits_for("BX-P08")
    case(offer(budget="weg")).then_accepted().then_stands(toegewezen_eur=None)
    case(offer(budget="weg", zin_kostprijs="31499.99")).then_refused_by("BX-P02")


def test_beschermd_wonen_has_a_package_of_its_own() -> None:
    case(offer("beschermd_wonen", zorgzwaartepakket="GGZ-C")).then_accepted()
    case(offer("beschermd_wonen", zorgzwaartepakket="LVG 3")).then_waits_for("BX-P08")


def test_another_product_has_no_price_and_waits() -> None:
    case(pgb("daghulp_op_locatie", eenheid="dagdeel")).then_waits_for("BX-P08")
    case(pgb("vervoer", eenheid="km", budget="1.90")).then_accepted()


# --- hours within a unit


@pytest.mark.parametrize(
    ("product", "unit", "most", "rule"),
    [
        ("groepsbegeleiding", "dagdeel", 2, "BX-P09"),
        ("kortdurend_verblijf", "etmaal", 5, "BX-P10"),
    ],
)
def test_informal_hours_within_a_unit(product: str, unit: str, most: int, rule: str) -> None:
    full = most * 1200
    granted = informeel(product, eenheid=unit, budget=euros(10 * full))

    def asked(amount: int | None, worked: float | None, units: int = 1) -> Any:
        more: dict[str, Any] = {} if amount is None else {"bedrag": euros(amount)}
        hours: dict[str, Any] = {} if worked is None else {"gewerkte_uren": worked}
        return inzet(units, eenheid=unit, **more, **hours)

    case(granted, asked(full, most)).then_accepted()
    case(granted, asked(full + 1, most)).then_refused_by(rule)
    case(granted, asked(full + 1, 24)).then_refused_by(rule)
    case(granted, asked(1800, 1.5)).then_accepted()
    case(granted, asked(1801, 1.5)).then_refused_by(rule)
    case(granted, asked(full, None)).then_accepted()
    case(granted, asked(full + 1, None)).then_refused_by(rule)
    case(granted, asked(2 * full, 2 * most, 2)).then_accepted()
    case(granted, asked(None, 1)).then_accepted().then_stands(bedrag_eur="12.00")
    case(granted, asked(None, None, 3)).then_accepted().then_stands(bedrag_eur=euros(3 * full))


def test_formal_hours_are_not_counted() -> None:
    granted = pgb("groepsbegeleiding", eenheid="dagdeel", budget="520.00")

    case(granted, inzet(1, eenheid="dagdeel", gewerkte_uren=1, bedrag="52.00")).then_accepted()


# --- the statement about conduct


@pytest.mark.parametrize(
    ("statement", "since", "may"),
    [
        ("2020-06-01", "2020-09-01", True),
        ("2020-05-31", "2020-09-01", False),
        ("2014-10-05", "2015-01-05", True),
        ("2014-10-04", "2015-01-05", False),
        (None, "2020-09-01", False),
        (None, "weg", False),
        ("2000-01-01", "weg", True),
        ("weg", "2020-09-01", True),
    ],
)
def test_a_formal_helper_has_a_recent_statement(
    statement: str | None, since: str, *, may: bool
) -> None:
    told = {"vog_afgiftedatum": statement, "werkzaam_sinds": since}
    said = case(pgb(), start(**{k: v for k, v in told.items() if v != "weg"}))

    said.then_accepted() if may else said.then_refused_by("BX-P12")


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ({"vog_vereist": True, "vog_afgiftedatum": "2020-02-11"}, "accepted"),
        ({"vog_vereist": True, "vog_afgiftedatum": "2020-02-10"}, "refused"),
        ({"vog_vereist": True, "vog_afgiftedatum": None}, "refused"),
        ({"vog_vereist": True}, "accepted"),
        ({"vog_afgiftedatum": None}, "signals"),
        ({"vog_afgiftedatum": "2000-01-01"}, "accepted"),
        ({}, "accepted"),
    ],
)
def test_an_informal_helper_has_one_where_it_is_asked(told: dict[str, Any], outcome: str) -> None:
    said = case(informeel(), start(**told))

    match outcome:
        case "accepted":
            said.then_accepted()
        case "refused":
            said.then_refused_by("BX-P13")
        case _:
            said.then_signals("BX-P13")


# --- units


def test_a_pgb_is_in_the_unit_of_its_price() -> None:
    case(pgb(eenheid="minuut", volume=600)).then_refused_by("BX-P18")
    case(pgb(), inzet(60, eenheid="minuut")).then_refused_by("BX-P18")
    case(pgb(), verlenging(extra_volume=60, eenheid="minuut")).then_refused_by("BX-P18")


def test_in_natura_hours_and_minutes_convert() -> None:
    granted = zin("individuele_begeleiding", volume=600, eenheid="minuut")

    case(granted, inzet(2)).then_accepted().then_stands(toegewezen=10, verbruikt=2, eenheid="uur")


# --- at an extension the column of the allocation holds


@pytest.mark.parametrize(
    ("helper", "rule"),
    [({"graad_tot_budgethouder": 2}, "BX-P04"), ({"diplomas": False}, "BX-P05")],
)
def test_an_extension_keeps_the_informal_price(helper: dict[str, Any], rule: str) -> None:
    granted = pgb(hulpverlener="zzp", budget="235.00", **helper)
    more = verlenging(extra_volume=1, extra_budget="23.50")

    case(granted, more).then_accepted()
    case(granted, more | {"extra_budget": "23.51"}).then_refused_by("BX-P01", rule)


@pytest.mark.parametrize(
    ("helper", "rule"),
    [({"graad_tot_budgethouder": 2}, "BX-P04"), ({"diplomas": False}, "BX-P05")],
)
def test_treatment_presented_as_formal_is_refused_and_not_extended(
    helper: dict[str, Any], rule: str
) -> None:
    treatment = pgb("behandeling_basis_jeugd_ggz", budget="1.00", **helper)
    early = treatment | {"datum": "2020-04-06"}

    case(treatment).then_refused_by("BX-P06", rule)
    case(early, verlenging("2020-12-31")).then_refused_by(rule)
