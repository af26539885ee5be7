"""TW-CMB-01 and 02, and the rules beside them: which products may run on the same days."""

from typing import Any

import pytest
from tests.builders import (
    BRAM,
    Ledger,
    begeleiding,
    behandeling,
    called,
    contact,
    given,
    goedkeuring,
    intrekking,
    start,
    stop,
    toewijzing,
    vaktherapie,
    verlenging,
)

from rekenschap.domain.absent import AFWEZIG


def variant(name: str, **values: Any) -> Any:
    return behandeling("T2", variant=name, **{"tot": "2025-04-01", **values})


# --- regular treatment and a variant


@pytest.mark.parametrize("name", ["ZIG", "MDFT", "IPG", "CSI_thuis", "KINGS", "IHT", "IAG"])
def test_regular_treatment_and_a_variant_exclude_each_other(name: str) -> None:
    given(behandeling()).when(variant(name)).then_refused_by("TW-CMB-01")
    given(variant(name)).when(behandeling()).then_refused_by("TW-CMB-01")


def test_two_variants_or_two_regular_ones_do_not() -> None:
    first = behandeling(variant="MDFT", tot="2025-04-01")
    given(first).when(variant("ZIG")).then_accepted()
    given(behandeling()).when(behandeling("T2")).then_accepted()
    given(first).when(variant("MDFT")).then_accepted()


@pytest.mark.parametrize(
    ("van", "tot", "together"),
    [
        ("2026-01-06", "2026-03-01", False),
        ("2026-01-05", "2026-03-01", True),
        ("2025-01-01", "2025-01-05", False),
        ("2025-01-01", "2025-01-06", True),
        ("2025-06-01", "2025-06-01", True),
    ],
)
def test_one_shared_day_is_too_much(van: str, tot: str, together: bool) -> None:
    ledger = given(behandeling()).when(variant("ZIG", van=van, tot=tot))
    ledger.then_refused_by("TW-CMB-01") if together else ledger.then_accepted()


@pytest.mark.parametrize(
    ("product", "unit"),
    [("fact", "minuut"), ("mst", "traject"), ("zit", "traject"), ("csi_gezinsopname", "etmaal")],
)
def test_an_alternative_of_its_own_excludes_treatment(product: str, unit: str) -> None:
    other = toewijzing("T2", product=product, volume=1, eenheid=unit, tot="2025-01-19")

    given(behandeling()).when(other).then_refused_by("TW-CMB-01")
    given(other).when(behandeling()).then_refused_by("TW-CMB-01")


def test_only_csi_at_home_goes_with_csi_family_admission() -> None:
    other = toewijzing(product="csi_gezinsopname", volume=1, eenheid="etmaal", tot="2025-03-01")
    given(other).when(variant("CSI_thuis")).then_accepted()
    given(other).when(variant("ZIG")).then_refused_by("TW-CMB-01")


def test_of_another_youth_it_does_not_matter() -> None:
    given(behandeling()).when(variant("ZIG", voor=BRAM)).then_accepted()


def test_a_stopped_one_counts_up_to_its_last_day() -> None:
    ledger = given(behandeling(), start(), stop(op="2025-02-28"))
    ledger.when(variant("ZIG", van="2025-02-28")).then_refused_by("TW-CMB-01")
    ledger.when(variant("ZIG", van="2025-03-01")).then_accepted()


def test_a_withdrawn_one_does_not_count() -> None:
    given(behandeling(), intrekking(op="2025-06-01")).when(variant("ZIG")).then_accepted()


def test_a_refused_one_does_not_count() -> None:
    ledger = given().when(behandeling(tot=None)).then_refused_by("TW-HA-07")
    ledger.when(variant("ZIG")).then_accepted()


def test_a_waiting_one_does_not_count_until_it_is_approved() -> None:
    ledger = given().when(called("Z", variant("ZIG", tot="2025-12-31"))).then_waits_for("TW-BH-01")
    ledger.when(behandeling()).then_accepted()
    ledger.when(goedkeuring("Z")).then_refused_by("TW-CMB-01")
    assert ledger.find("T2") is None


def test_an_extension_into_an_overlap_is_refused() -> None:
    ledger = given(
        behandeling(tot="2025-06-30"), variant("ZIG", van="2025-09-01", tot="2025-09-30")
    )
    ledger.when(verlenging("2025-09-01")).then_refused_by("TW-CMB-01")
    ledger.when(verlenging("2025-08-31")).then_accepted()


def test_an_extension_is_judged_on_the_days_it_adds_only() -> None:
    """Therapy beside it was approved: neither a raise nor days after it asks that again."""
    ledger = given(behandeling(aanbieder="A1")).when(called("V", vaktherapie("T2", aanbieder="A2")))
    ledger.then_waits_for("TW-CMB-02").given(goedkeuring("V"))
    ledger.when(verlenging(extra=60)).then_accepted()
    ledger.when(verlenging("2026-02-28")).then_accepted()


def test_a_variant_nobody_told_is_not_judged_against_a_variant() -> None:
    ledger = given(behandeling(variant=AFWEZIG)).when(variant("ZIG")).then_accepted()
    ledger.then_not_judged("TW-CMB-01", "variant")


def test_an_open_ended_other_one_reaches_every_later_day() -> None:
    fact = toewijzing("T2", product="fact", tot=None)
    ledger = given(fact).when(behandeling(van="2099-01-01", tot="2099-01-31"))
    ledger.then_refused_by("TW-CMB-01")


# --- therapy during treatment


def pair(**values: Any) -> Ledger:
    return given(behandeling(aanbieder="A1", **values))


def test_therapy_during_treatment_by_the_same_provider_is_refused() -> None:
    pair().when(vaktherapie("T2", aanbieder="A1")).then_refused_by("TW-CMB-02")


def test_therapy_by_another_provider_can_be_approved() -> None:
    ledger = pair().when(called("V", vaktherapie("T2", aanbieder="A2"))).then_waits_for("TW-CMB-02")
    ledger.when(goedkeuring("V")).then_accepted()
    assert ledger.find("T2") is not None


@pytest.mark.parametrize("provider", [AFWEZIG])
def test_where_a_provider_is_not_known_it_is_refused(provider: Any) -> None:
    pair().when(vaktherapie("T2", aanbieder=provider)).then_refused_by("TW-CMB-02")
    given(behandeling()).when(vaktherapie("T2", aanbieder="A2")).then_refused_by("TW-CMB-02")


def test_treatment_during_therapy_is_refused_the_same_way() -> None:
    given(vaktherapie()).when(behandeling("T2")).then_refused_by("TW-CMB-02")


@pytest.mark.parametrize(
    ("van", "tot", "together"),
    [("2026-01-06", "2026-12-31", False), ("2026-01-05", "2026-12-31", True)],
)
def test_therapy_after_treatment_is_fine(van: str, tot: str, together: bool) -> None:
    ledger = given(behandeling()).when(vaktherapie("T2", van=van, tot=tot))
    ledger.then_refused_by("TW-CMB-02") if together else ledger.then_accepted()


def test_treatment_in_a_basic_group_counts_as_treatment() -> None:
    group = toewijzing("T2", product="behandeling_groep_basis", volume=9, eenheid="uur")
    given(group).when(vaktherapie()).then_refused_by("TW-CMB-02")
    given(vaktherapie()).when(group).then_refused_by("TW-CMB-02")


def test_in_an_intensive_group_this_rule_is_silent() -> None:
    group = toewijzing("T2", product="behandeling_groep_intensief", volume=9, eenheid="uur")
    assert "TW-CMB-02" not in given(group).when(vaktherapie()).answer.regels


def test_guidance_goes_with_either() -> None:
    given(begeleiding()).when(vaktherapie("T2")).then_accepted()
    given(begeleiding()).when(behandeling("T2")).then_accepted()


def test_an_extension_into_treatment_by_another_provider_waits() -> None:
    ledger = given(
        vaktherapie(aanbieder="A2", tot="2025-06-30"),
        behandeling("T2", aanbieder="A1", van="2025-07-01"),
    )
    ledger.when(verlenging("2025-07-01")).then_waits_for("TW-CMB-02")


def test_an_extension_of_therapy_asks_no_contact() -> None:
    """The contact before an extension is a rule of treatment."""
    given(vaktherapie(verwijzer="huisarts", tot="2025-06-30"), contact("verlenging")).when(
        verlenging("2025-12-31")
    ).then_accepted()
