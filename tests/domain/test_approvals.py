"""What becomes of a request that waits: approved, turned down, taken back."""

from typing import Any

import pytest
from tests.builders import (
    ANNA,
    BRAM,
    Ledger,
    adviesvraag,
    afwijzing,
    begeleiding,
    behandeling,
    called,
    contact,
    correctie,
    doorhaling,
    evaluatie,
    given,
    goedkeuring,
    inzet,
    medisch,
    medische_behandeling,
    no_show,
    running,
    start,
    toewijzing,
    vaktherapie,
    verlenging,
    verwijzing,
    verzoek_terug,
    wijziging,
)

from rekenschap.domain.vocabulary import Uitkomst


def waiting() -> Ledger:
    """A medical treatment of more than a year, waiting under the name T."""
    ledger = given(verwijzing()).when(called("T", medische_behandeling(tot="2026-06-30")))
    return ledger.then_waits_for("TW-HA-02")


def test_a_waiting_allocation_counts_for_nothing() -> None:
    ledger = waiting()
    assert ledger.find() is None
    assert len(ledger.dossier().wachtend) == 1


def test_once_approved_it_counts_on_its_own_dates() -> None:
    ledger = waiting().when(goedkeuring("T", op="2025-09-01")).then_accepted()
    allocation = ledger.allocation()
    assert str(allocation.ingangsdatum) == "2025-01-06"
    assert allocation.omvang == 3000
    assert not ledger.dossier().wachtend
    ledger.given(start(), inzet(60, op="2025-01-06")).then_used(60)


@pytest.mark.parametrize(
    "who",
    ["aanbieder", "toegang", "verwijzer", "jeugdige", "ouder", "cmd", "sociaal_team", "svb"],
)
def test_only_the_gemeente_may_approve_or_turn_down(who: str) -> None:
    ledger = waiting().when(goedkeuring("T", door=who)).then_refused_by("TW-HA-02")
    assert ledger.answer.gronden == ("niet_bevoegd_goed_te_keuren",)
    ledger.when(afwijzing("T", door=who)).then_refused_by("TW-HA-02")
    ledger.when(goedkeuring("T")).then_accepted()


def test_after_a_refused_approval_the_request_keeps_waiting() -> None:
    ledger = waiting().when(goedkeuring("T", door="aanbieder"))
    assert len(ledger.dossier().wachtend) == 1


@pytest.mark.parametrize("end", [afwijzing, verzoek_terug])
def test_an_ended_request_cannot_be_approved(end: Any) -> None:
    ledger = waiting().when(end("T")).then_accepted()
    assert not ledger.dossier().wachtend
    ledger.when(goedkeuring("T")).then_refused_because("niets_dat_wacht")
    ledger.when(end("T")).then_refused_because("niets_dat_wacht")
    assert ledger.find() is None


@pytest.mark.parametrize("who", ["aanbieder", "gemeente", "verwijzer"])
def test_whoever_asked_may_take_the_request_back(who: str) -> None:
    waiting().when(verzoek_terug("T", door=who)).then_accepted()


def test_approving_twice_is_refused() -> None:
    ledger = waiting().given(goedkeuring("T"))
    ledger.when(goedkeuring("T")).then_refused_because("niets_dat_wacht")


@pytest.mark.parametrize("step", [goedkeuring, afwijzing, verzoek_terug])
def test_what_never_waited_cannot_be_approved(step: Any) -> None:
    ledger = given(called("T", begeleiding()))
    ledger.when(step("T")).then_refused_because("niets_dat_wacht")
    ledger.when(step("nobody knows")).then_refused_because("niets_dat_wacht")


def test_a_refused_step_cannot_be_approved() -> None:
    ledger = given().when(called("T", begeleiding(verwijzer="school")))
    ledger.when(goedkeuring("T")).then_refused_because("niets_dat_wacht")


def test_another_rule_that_has_come_to_object_refuses_the_approval() -> None:
    ledger = waiting().given(behandeling("T2", variant="KINGS", tot="2025-03-01"))
    ledger.when(goedkeuring("T")).then_refused_by("TW-CMB-01")
    assert ledger.find() is None
    assert len(ledger.dossier().wachtend) == 1


def test_once_that_objection_is_gone_it_can_be_approved_after_all() -> None:
    ledger = waiting().given(called("K", behandeling("T2", variant="KINGS", tot="2025-03-01")))
    ledger.when(goedkeuring("T")).then_refused_by("TW-CMB-01")
    ledger.given(doorhaling("K"))
    ledger.when(goedkeuring("T")).then_accepted()


def test_another_rule_that_would_ask_approval_objects_too() -> None:
    """Approval lifts only what was asked: that treatment came beside it, nobody approved."""
    ledger = given(vaktherapie(aanbieder="A2", tot="2025-06-30"))
    ledger.when(called("V", verlenging("2025-08-01", extra=1))).then_waits_for("TW-VT-04")
    ledger.given(behandeling("T2", aanbieder="A1", van="2025-07-01", tot="2025-12-31"))
    ledger.when(goedkeuring("V")).then_refused_by("TW-CMB-02")
    assert str(ledger.allocation().einddatum) == "2025-06-30"


def test_two_rules_that_asked_are_lifted_together() -> None:
    ledger = given(behandeling("T2", aanbieder="A1", van="2025-07-01", tot="2025-12-31"))
    ledger.given(vaktherapie(aanbieder="A2", tot="2025-06-30"))
    extension = called("V", verlenging("2025-08-01", extra=1))
    ledger.when(extension).then_waits_for("TW-VT-04", "TW-CMB-02")
    ledger.when(goedkeuring("V")).then_accepted()


def test_a_ground_that_is_gone_needs_no_lifting() -> None:
    """The evaluation was recorded after all, before anybody approved."""
    ledger = running(behandeling()).when(called("V", verlenging("2026-06-30")))
    ledger.then_waits_for("TW-HA-06")
    ledger.given(evaluatie("2025-06-10", met=("ouder", "gemeente", "aanbieder")))
    ledger.when(goedkeuring("V")).then_accepted()
    assert "TW-HA-06" in ledger.answer.geslaagd


def test_a_pending_extension_reserves_nothing_and_counts_from_its_approval() -> None:
    ledger = running(behandeling(volume=100)).when(called("V", verlenging("2026-06-30", extra=50)))
    ledger.then_waits_for("TW-HA-06")
    ledger.when(inzet(101)).then_refused_by("TW-ALG-01")
    ledger.given(goedkeuring("V"))
    ledger.when(inzet(150)).then_accepted()


def test_an_approved_extension_uses_its_contact() -> None:
    ledger = medisch().given(contact("verlenging"))
    ledger.when(called("V", verlenging("2026-01-06"))).then_waits_for("TW-HA-06")
    ledger.given(goedkeuring("V"))
    ledger.when(verlenging(extra=1)).then_refused_by("TW-HA-03")


def test_an_extension_that_waits_behind_a_longer_one_has_nothing_left_to_extend() -> None:
    ledger = running(behandeling()).when(called("V", verlenging("2026-06-30")))
    ledger.when(called("W", verlenging("2026-09-30"))).then_waits_for("TW-HA-06")
    ledger.given(goedkeuring("W"))
    ledger.when(goedkeuring("V")).then_refused_because("einddatum_vervroegd")
    assert str(ledger.allocation().einddatum) == "2026-09-30"


def test_an_approved_step_that_also_signals_is_signalled() -> None:
    grant = toewijzing(
        product="crisis_pleegzorg",
        verwijzer="huisarts",
        afsprakenoverzicht="geen",
        volume=10,
        eenheid="etmaal",
        tot="2025-12-31",
    )
    ledger = given().when(called("T", grant))
    assert ledger.answer.uitkomst is Uitkomst.GOEDKEURING_NODIG
    ledger.when(goedkeuring("T")).then_signals("TW-ALG-12")
    assert ledger.find() is not None


def test_a_request_for_advice_that_waits_can_be_approved() -> None:
    ledger = given()
    step = adviesvraag(op="2025-02-03", door="huisarts", vooraf_besproken_toegang=False)
    ledger.when(called("A", step)).then_waits_for("TW-AE-04")
    ledger.when(goedkeuring("A")).then_accepted()


def test_approval_of_one_youth_does_not_touch_another() -> None:
    ledger = waiting().given(verwijzing("V2", van=BRAM))
    other = medische_behandeling("T2", verwijzing="V2", voor=BRAM, tot="2026-06-30")
    ledger.when(called("U", other)).then_waits_for("TW-HA-02")
    ledger.given(goedkeuring("U"))
    assert ledger.find("T2") is not None
    assert ledger.find() is None
    assert len(ledger.dossier(ANNA).wachtend) == 1


# --- a charged no-show that waits (medicatiecontrole)


def missed() -> Ledger:
    ledger = running(toewijzing(product="medicatiecontrole", volume=600))
    return ledger.when(called("N", no_show())).then_waits_for("TW-NS-07")


def test_the_no_show_is_a_fact_while_its_charge_waits() -> None:
    ledger = missed().then_used(0)
    assert len(ledger.allocation().no_shows) == 1


def test_an_approved_charge_weighs_on_the_allocation() -> None:
    missed().when(goedkeuring("N")).then_accepted().then_used(60)


def test_a_charge_that_no_longer_fits_is_not_approved() -> None:
    ledger = missed().given(inzet(600))
    ledger.when(goedkeuring("N")).then_refused_by("TW-ALG-01").then_used(600)


def test_a_charge_turned_down_weighs_nothing_and_the_fact_stays() -> None:
    ledger = missed().given(afwijzing("N")).then_used(0)
    assert len(ledger.allocation().no_shows) == 1


# --- introduced again


def test_a_refused_allocation_may_be_introduced_again() -> None:
    ledger = given().when(begeleiding(verwijzer="school")).then_refused_by("TW-ALG-16")
    ledger.when(begeleiding()).then_accepted()


def test_a_waiting_allocation_may_be_introduced_again() -> None:
    ledger = waiting().when(medische_behandeling()).then_accepted()
    ledger.when(goedkeuring("T")).then_refused_because("toewijzing_bestaat_al")
    assert str(ledger.allocation().einddatum) == "2026-01-05"


def test_of_two_waiting_ones_either_may_be_approved_but_not_both() -> None:
    ledger = waiting().when(called("U", medische_behandeling(tot="2026-09-30")))
    ledger.then_waits_for("TW-HA-02")
    ledger.given(goedkeuring("U"))
    ledger.when(goedkeuring("T")).then_refused_because("toewijzing_bestaat_al")
    assert str(ledger.allocation().einddatum) == "2026-09-30"


def test_an_allocation_that_counts_may_not_be_introduced_again() -> None:
    given(begeleiding()).when(begeleiding()).then_refused_because("toewijzing_bestaat_al")


@pytest.mark.parametrize("end", [afwijzing, verzoek_terug])
def test_an_ended_one_may_be_introduced_again(end: Any) -> None:
    waiting().given(end("T")).when(medische_behandeling()).then_accepted()


def test_a_change_of_product_on_a_waiting_allocation_is_refused() -> None:
    step = wijziging("vaktherapie", op="2025-06-30")
    waiting().when(step).then_refused_because("toewijzing_wacht")


# --- the effect is worked out again when it is approved


def test_an_approval_records_the_effect_it_has() -> None:
    ledger = given(verwijzing()).when(called("T", medische_behandeling(tot="2026-06-30")))
    asked = ledger.answer.gevolg
    ledger.when(goedkeuring("T")).then_accepted()
    assert ledger.answer.gevolg == asked
    assert ledger.allocation().omvang == 3000


def test_a_correction_after_the_approval_has_the_last_word() -> None:
    ledger = running(behandeling(volume=100)).when(called("V", verlenging("2026-06-30", extra=50)))
    ledger.given(goedkeuring("V"), evaluatie("2025-06-10", met=("ouder", "gemeente", "aanbieder")))
    ledger.given(called("C", correctie("V", extra_volume=20)))
    assert ledger.allocation().omvang == 120
    ledger.given(doorhaling("C"))
    assert ledger.allocation().omvang == 150


def test_an_extension_per_week_is_worked_out_again_behind_a_shorter_one() -> None:
    """A to 1 February and B to 18 January wait; with B counted, A adds only the two weeks left."""
    ledger = running(vaktherapie(volume=40, frequentie="per_week", tot="2025-12-28"))
    first = ledger.allocation().omvang
    ledger.when(called("A", verlenging("2026-02-01"))).when(called("B", verlenging("2026-01-18")))
    ledger.given(goedkeuring("B"), goedkeuring("A"))
    assert first is not None
    assert ledger.allocation().omvang == first + 5 * 40
