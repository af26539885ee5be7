"""TW-ALG-01, 04, 09, 12, 13, 16 and 17 on the products beyond the first three; the options."""

from typing import Any, Final

import pytest
from tests.builders import (
    TWENTE,
    Ledger,
    given,
    inzet,
    no_show,
    running,
    start,
    toewijzing,
    van_product,
    verlenging,
    verwijzing,
)

from rekenschap.domain.rules import SOORTEN
from rekenschap.domain.vocabulary import Eenheid

PRODUCTS: Final = sorted(TWENTE.producten)
SKIPPED: Final = {"screening", "crisis_coordinatiepunt_spoedhulp"}  # not granted as they are
ORDINARY: Final = [
    "gemeente",
    "huisarts",
    "jeugdarts",
    "medisch_specialist",
    "gecertificeerde_instelling",
]
OF_JEUGDZORGPLUS: Final = ["raad_voor_de_kinderbescherming", "officier_van_justitie", "rechter"]
NEVER: Final = ["zelfverwijzer", "sociaal_team", "wijkteam", "cmd", "voorzitter_roel"]
EXEMPT: Final = {
    "crisis_families_first",
    "crisis_ambulante_spoedhulp",
    "crisis_crisisdienst_ggz",
    "crisis_verblijf_lvb",
    "crisis_verblijf_ggz",
    "crisis_verblijf_jo",
    "ernstige_dyslexie",
    "medicatiecontrole",
    "jeugdhulpvervoer",
    "crisis_pleegzorg",
}
GRANTED: Final = [p for p in PRODUCTS if p not in SKIPPED]


def rules_of(ledger: Ledger) -> set[str]:
    return {str(o.regel) for o in ledger.answer.oordelen}


def entitled(product: str) -> list[str]:
    if product == "ernstige_dyslexie":
        return ["school", "poortwachter"]
    if product == "jeugdzorgplus":
        return ["gemeente", "gecertificeerde_instelling", *OF_JEUGDZORGPLUS]
    if product.startswith("crisis_"):
        return [*ORDINARY, "veilig_thuis", "crisis_coordinatiepunt"]
    return ORDINARY


@pytest.mark.parametrize("product", PRODUCTS)
def test_only_who_is_entitled_refers(product: str) -> None:
    everybody = {*ORDINARY, *OF_JEUGDZORGPLUS, *NEVER, "veilig_thuis", "school", "poortwachter"}
    for who in sorted({*everybody, "crisis_coordinatiepunt"}):
        refused = product != "jeugdhulpvervoer" and who not in entitled(product)
        for ledger in (
            given().when(van_product(product, verwijzer=who)),
            given().when(verwijzing(door=who, product=product)),
        ):
            assert ("TW-ALG-16" in rules_of(ledger)) is refused, who


@pytest.mark.parametrize("product", GRANTED)
def test_the_product_is_in_force_on_its_first_day_from_1_january_2025(product: str) -> None:
    early = {"van": "2024-12-31", "tot": "2025-01-10", "volume": 1}
    assert "TW-ALG-17" in rules_of(given().when(van_product(product, **early)))
    first = {"van": "2025-01-01", "tot": "2025-01-10", "volume": 1, "op": "2024-11-01"}
    assert "TW-ALG-17" not in rules_of(given().when(van_product(product, **first)))


@pytest.mark.parametrize("product", GRANTED)
@pytest.mark.parametrize("overview", ["geen", "nvt", "onvolledig", "afwijkend_van_vot", None])
def test_an_external_referral_needs_a_full_overview(product: str, overview: Any) -> None:
    who = "school" if product == "ernstige_dyslexie" else "gecertificeerde_instelling"
    step = van_product(product, verwijzer=who, afsprakenoverzicht=overview)
    ledger = given().when(step)
    refused = ("TW-ALG-12", "weigert") in {(o.regel, str(o.ernst)) for o in ledger.answer.oordelen}
    assert refused is (product not in EXEMPT)
    own = van_product(product, verwijzer="gemeente", afsprakenoverzicht=overview)
    assert "TW-ALG-12" not in rules_of(given().when(own))


@pytest.mark.parametrize("product", ["fact", "gezinshuis", "mst", "kdc_odc_basis"])
def test_an_extension_after_an_external_referral_needs_one_too(product: str) -> None:
    ledger = given(van_product(product, verwijzer="gecertificeerde_instelling"))
    step = verlenging("2026-01-31", afsprakenoverzicht="geen")
    ledger.when(step)
    assert "TW-ALG-13" in rules_of(ledger)
    for exempt in ("medicatiecontrole", "jeugdhulpvervoer"):
        beside = [] if exempt == "medicatiecontrole" else [van_product("fact", "T2")]
        other = given(*beside, van_product(exempt, verwijzer="gecertificeerde_instelling"))
        assert "TW-ALG-13" not in rules_of(other.when(step))


@pytest.mark.parametrize("product", GRANTED)
@pytest.mark.parametrize("unit", ["minuut", "uur", "etmaal", "traject", "stuks"])
def test_a_product_is_granted_in_its_own_unit(product: str, unit: str) -> None:
    own = TWENTE.eenheid_van(product)  # type: ignore[arg-type]
    ledger = given().when(toewijzing(product=product, volume=1, eenheid=unit))
    refused = own is not Eenheid.GEEN and own != unit
    assert ("TW-ALG-04" in rules_of(ledger)) is refused


@pytest.mark.parametrize(
    ("product", "unit"),
    [
        ("kdc_odc_basis", "minuut"),
        ("fact", "uur"),
        ("gezinshuis", "uur"),
        ("csi_gezinsopname", "dag"),
    ],
)
def test_effort_is_in_the_unit_of_the_product(product: str, unit: str) -> None:
    ledger = running(van_product(product))
    ledger.when(inzet(1, eenheid=unit)).then_refused_by("TW-ALG-04").then_used(0)


@pytest.mark.parametrize("unit", ["minuut", "stuks", "geen"])
def test_on_a_product_without_a_unit_nothing_is_judged_and_nothing_weighs(unit: str) -> None:
    grant = van_product("jeugdhulpvervoer", volume=2, eenheid="geen")
    ledger = given(van_product("fact", "T2"), grant, start())
    ledger.when(inzet(3, eenheid=unit, soort="vervoer")).then_accepted().then_used(0)
    ledger.when(no_show(aantal=3, eenheid=unit)).then_accepted().then_used(0)


@pytest.mark.parametrize("product", ["fact", "forensische_jeugdhulp", "extra_verblijfsbegeleiding"])
def test_the_size_is_the_bound(product: str) -> None:
    beside = [van_product("behandelgroep", "T2")] if product.startswith("extra") else []
    ledger = given(*beside, van_product(product, volume=100), start())
    ledger.when(inzet(101)).then_refused_by("TW-ALG-01")
    ledger.when(inzet(100)).then_accepted()
    ledger.when(inzet(0)).then_accepted()
    ledger.when(inzet(1)).then_refused_by("TW-ALG-01")


# --- time shared at FACT


@pytest.mark.parametrize(
    ("soort", "aantal", "refused"),
    [
        ("direct", 60, False),
        ("direct", 61, True),
        ("behandeling", 61, True),
        ("indirect", 120, False),
        ("reistijd", 45, False),
    ],
)
def test_fact_divides_direct_time_only(soort: str, aantal: int, *, refused: bool) -> None:
    total = 45 if soort == "reistijd" else 120
    step = inzet(aantal, soort=soort, aanwezige_jeugdigen=2, totaal_minuten=total)
    ledger = running(van_product("fact")).when(step)
    ledger.then_refused_by("TW-ALG-09") if refused else ledger.then_accepted()


def test_at_fact_the_share_may_be_rounded_up_by_less_than_a_minute() -> None:
    def share(aantal: Any) -> Ledger:
        step = inzet(aantal, aanwezige_jeugdigen=3, totaal_minuten=100)
        return running(van_product("fact")).when(step)

    share(34).then_accepted()
    share(35).then_refused_by("TW-ALG-09")


@pytest.mark.parametrize("product", ["mst", "medicatiecontrole", "ernstige_dyslexie"])
def test_elsewhere_time_is_not_divided(product: str) -> None:
    who = {"verwijzer": "school"} if product == "ernstige_dyslexie" else {}
    step = inzet(120, aanwezige_jeugdigen=2, totaal_minuten=120)
    running(van_product(product, **who)).when(step).then_accepted()


@pytest.mark.parametrize(
    ("product", "bound"),
    [
        ("fact", True),
        ("mst", True),
        ("forensische_jeugdhulp", True),
        ("medicatiecontrole", True),
        ("zit", False),
        ("crisis_families_first", False),
    ],
)
def test_travel_is_45_minutes_for_some_products(product: str, bound: bool) -> None:
    ledger = running(van_product(product))
    ledger.when(inzet(45, op="2025-01-08", soort="reistijd")).then_accepted()
    ledger.when(inzet(46, op="2025-01-08", soort="reistijd"))
    ledger.then_refused_by("TW-ALG-07") if bound else ledger.then_accepted()


# --- the options


def test_every_option_is_read_by_a_rule() -> None:
    read: set[str] = set()
    for rule in TWENTE.regels:
        for application in rule.toepassingen:
            read |= {str(name) for name in application.als_optie}
            read |= {str(application.producten_optie)} - {"None"}
            kind = application.soort
            fields = [a.name for a in type(kind).__attrs_attrs__ if a.name.endswith("optie")]
            read |= {str(value) for name in fields if (value := getattr(kind, name))}
    assert read == {str(name) for name in TWENTE.opties}


def test_every_rule_kind_that_is_applied_is_registered() -> None:
    for rule in TWENTE.regels:
        for application in rule.toepassingen:
            kind = type(application.soort)
            assert SOORTEN[kind.naam, kind.versie] is kind
