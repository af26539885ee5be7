"""TW-CR-01, 02, 03, 06 and 09: how long crisis care lasts, and by what way it comes."""

from typing import Any

import pytest
from tests.builders import Ledger, called, given, goedkeuring, start, van_product, verlenging
from tests.builders import verwijzing as letter

from rekenschap.domain.absent import AFWEZIG

FIVE = [
    "crisis_ambulante_spoedhulp",
    "crisis_verblijf_lvb",
    "crisis_verblijf_ggz",
    "crisis_verblijf_jo",
    "crisis_pleegzorg",
]
WITH_OVERVIEW = [
    "crisis_families_first",
    "crisis_ambulante_spoedhulp",
    "crisis_verblijf_lvb",
    "crisis_verblijf_ggz",
    "crisis_verblijf_jo",
]
FF = "crisis_families_first"


@pytest.mark.parametrize("product", FIVE)
@pytest.mark.parametrize(
    ("van", "last", "late"),
    [
        ("2025-01-06", "2025-02-02", "2025-02-03"),
        ("2025-12-20", "2026-01-16", "2026-01-17"),
        ("2028-02-10", "2028-03-08", "2028-03-09"),
    ],
)
def test_crisis_care_lasts_28_days_and_longer_waits(
    product: str, van: str, last: str, late: str
) -> None:
    for tot in (van, last):
        given().when(van_product(product, van=van, tot=tot)).then_accepted()
    for tot in (late, "2029-12-31", None):
        given().when(van_product(product, van=van, tot=tot)).then_waits_for("TW-CR-01")
        agreed = van_product(product, van=van, tot=tot, akkoord_gemeente=True)
        given().when(agreed).then_accepted()


@pytest.mark.parametrize("product", FIVE)
def test_an_extension_past_28_days_waits_too(product: str) -> None:
    ledger = given(van_product(product, tot="2025-01-12"))
    late = {"op": "2025-01-10"}
    ledger.when(verlenging("2025-02-03", **late)).then_waits_for("TW-CR-01")
    ledger.when(verlenging("2025-02-02", **late)).then_accepted()
    ledger.when(verlenging(extra=1, **late)).then_accepted()
    ledger.when(called("V", verlenging("2025-03-01", **late))).then_waits_for("TW-CR-01")
    ledger.given(goedkeuring("V"))
    assert ledger.allocation().einddatum is not None
    agreed = verlenging("2025-04-01", akkoord_gemeente=True, **late)
    ledger.when(agreed).then_accepted()


@pytest.mark.parametrize("product", FIVE)
def test_extended_the_28_days_run_from_the_start_of_care(product: str) -> None:
    ledger = given(van_product(product, tot="2025-01-12"), start(op="2025-01-08"))
    ledger.when(verlenging("2025-02-05", op="2025-01-10")).then_waits_for("TW-CR-01")
    ledger.when(verlenging("2025-02-04", op="2025-01-10")).then_accepted()


@pytest.mark.parametrize(
    ("tot", "rule"),
    [
        ("2025-01-06", None),
        ("2025-02-02", None),  # 28 days
        ("2025-02-03", "TW-CR-01"),
        ("2025-02-16", "TW-CR-01"),  # 42 days
        ("2025-02-17", "TW-CR-02"),
        ("2026-01-01", "TW-CR-02"),
        (None, "TW-CR-02"),
    ],
)
@pytest.mark.parametrize("agreed", [True, False])
def test_families_first_lasts_28_days_and_42_at_most(
    tot: str | None, rule: str | None, *, agreed: bool
) -> None:
    judged(given().when(van_product(FF, tot=tot, akkoord_gemeente=agreed)), rule)
    if tot is None or tot > "2025-01-12":
        extended = given(van_product(FF, tot="2025-01-12"))
        told = {"op": "2025-01-10", "akkoord_gemeente": agreed}
        judged(extended.when(verlenging(tot, **told)), rule)


def judged(ledger: Ledger, rule: str | None) -> None:
    if rule is None:
        ledger.then_accepted()
    elif rule == "TW-CR-01":
        ledger.then_signals(rule)
    else:
        ledger.then_refused_by(rule)


def test_the_crisis_service_has_no_duration() -> None:
    for tot in ("2025-12-31", None):
        given().when(van_product("crisis_crisisdienst_ggz", tot=tot)).then_accepted()


# --- the overview of agreements at an extension


@pytest.mark.parametrize("product", [*WITH_OVERVIEW, "crisis_pleegzorg"])
@pytest.mark.parametrize("overview", ["geen", "nvt", "onvolledig", "afwijkend_van_vot", None])
def test_an_extension_after_an_external_referral_needs_a_full_overview(
    product: str, overview: Any
) -> None:
    rule = "TW-ALG-13" if product == "crisis_pleegzorg" else "TW-CR-03"
    step = verlenging("2025-01-19", op="2025-01-10", afsprakenoverzicht=overview)
    external = given(van_product(product, tot="2025-01-12", verwijzer="huisarts"))
    external.when(step).then_refused_by(rule)
    external.when(verlenging("2025-01-19", op="2025-01-10")).then_accepted()
    own = given(van_product(product, tot="2025-01-12", verwijzer="gemeente"))
    own.when(step).then_accepted()


def test_the_crisis_service_needs_no_overview() -> None:
    ledger = given(
        van_product("crisis_crisisdienst_ggz", verwijzer="huisarts", afsprakenoverzicht="geen")
    )
    ledger.when(verlenging("2026-12-31", afsprakenoverzicht="geen")).then_accepted()


@pytest.mark.parametrize("product", [*WITH_OVERVIEW, "crisis_crisisdienst_ggz"])
def test_at_the_grant_crisis_care_needs_no_overview(product: str) -> None:
    step = van_product(product, verwijzer="huisarts", afsprakenoverzicht="geen")
    given().when(step).then_accepted()


@pytest.mark.parametrize(
    ("overview", "speaks"), [("volledig", False), ("geen", True), ("nvt", True), (None, True)]
)
def test_crisis_foster_care_without_an_overview_is_a_signal(overview: Any, speaks: bool) -> None:
    step = van_product("crisis_pleegzorg", verwijzer="huisarts", afsprakenoverzicht=overview)
    ledger = given().when(step)
    ledger.then_signals("TW-ALG-12") if speaks else ledger.then_accepted()
    own = van_product("crisis_pleegzorg", verwijzer="gemeente", afsprakenoverzicht=overview)
    given().when(own).then_accepted()


# --- by way of the coordination point


@pytest.mark.parametrize("product", [*WITH_OVERVIEW, "crisis_pleegzorg"])
@pytest.mark.parametrize("via", ["cpsh", "crisisdienst_ggz", None, AFWEZIG])
@pytest.mark.parametrize("who", ["gemeente", "huisarts", "crisis_coordinatiepunt"])
def test_crisis_care_comes_by_way_of_the_coordination_point(
    product: str, via: Any, who: str
) -> None:
    ledger = given(letter(door=who, via=via))
    ledger.when(van_product(product, verwijzing="V1", verwijzer=AFWEZIG))
    own = product == "crisis_verblijf_ggz" and via == "crisisdienst_ggz"
    if who == "crisis_coordinatiepunt" or via == "cpsh" or own:
        ledger.then_accepted()
    elif via is AFWEZIG:
        ledger.then_accepted().then_not_judged("TW-CR-06", "via")
    else:
        ledger.then_waits_for("TW-CR-06")


def test_without_a_known_letter_the_way_is_not_judged() -> None:
    ledger = given().when(van_product(FF)).then_accepted()
    ledger.then_not_judged("TW-CR-06", "via")


def test_the_crisis_service_may_come_any_way() -> None:
    ledger = given(letter(door="huisarts", via=None))
    step = van_product("crisis_crisisdienst_ggz", verwijzing="V1", verwijzer=AFWEZIG)
    ledger.when(step).then_accepted()


@pytest.mark.parametrize("who", ["gemeente", "huisarts", "crisis_coordinatiepunt", AFWEZIG, None])
def test_the_coordination_point_itself_is_never_allocated(who: Any) -> None:
    step = van_product("crisis_coordinatiepunt_spoedhulp", verwijzer=who, akkoord_gemeente=True)
    given().when(step).then_refused_by("TW-CR-09")
