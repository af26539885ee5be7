"""Corrections and withdrawals: what was recorded stays, what counts changes."""

import pytest
from tests.builders import (
    ANNA,
    Ledger,
    adviesvraag,
    begeleiding,
    behandeling,
    called,
    contact,
    correctie,
    day,
    doorhaling,
    evaluatie,
    given,
    goedkeuring,
    inzet,
    medische_behandeling,
    no_show,
    peildatum,
    running,
    sessie,
    start,
    stop,
    toewijzing,
    vaktherapie,
    verlenging,
    verwijzing,
)

from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import ToewijzingAfgegeven


def effort(minutes: int = 60, *, size: int = 600) -> Ledger:
    """A ledger with one effort called E."""
    return running(begeleiding(volume=size)).given(called("E", inzet(minutes)))


# --- a claim, up and down


@pytest.mark.parametrize("minutes", [0, 1, 59, 61, 600])
def test_a_claim_is_corrected_within_the_size(minutes: int) -> None:
    effort().when(correctie("E", aantal=minutes)).then_accepted().then_used(minutes)


@pytest.mark.parametrize("minutes", [601, 9999])
def test_a_correction_that_does_not_fit_leaves_the_old_claim(minutes: int) -> None:
    effort().when(correctie("E", aantal=minutes)).then_refused_by("TW-ALG-01").then_used(60)


def test_a_correction_is_judged_without_what_it_replaces() -> None:
    """400 of 600 may become 600: it is the difference that has to fit."""
    effort(400).when(correctie("E", aantal=600)).then_accepted().then_used(600)


def test_a_correction_down_makes_room() -> None:
    ledger = effort(600).given(correctie("E", aantal=500))
    ledger.when(inzet(101)).then_refused_by("TW-ALG-01")
    ledger.when(inzet(100)).then_accepted()


def test_a_correction_up_can_find_the_room_taken() -> None:
    ledger = effort(500).given(correctie("E", aantal=400), inzet(200))
    ledger.when(correctie("E", aantal=500)).then_refused_by("TW-ALG-01").then_used(600)


def test_a_correction_keeps_the_place_of_the_record_and_not_of_its_own() -> None:
    ledger = effort().given(correctie("E", aantal=90), inzet(10))
    assert [last.aantal for last in ledger.allocation().lasten] == [90, 10]


def test_nothing_recorded_changes() -> None:
    ledger = effort()
    before = ledger.dossier().boekingen
    ledger.given(correctie("E", aantal=90))
    assert ledger.dossier().boekingen[: len(before)] == before


def test_a_date_moved_out_of_the_validity_is_refused() -> None:
    ledger = effort().when(correctie("E", datum="2026-01-06")).then_refused_by("TW-ALG-02")
    assert str(ledger.allocation().lasten[0].feit.datum) == "2025-03-10"


def test_a_correction_replaces_only_the_fields_it_names() -> None:
    ledger = effort().given(correctie("E", aantal=90), correctie("E", datum="2025-04-01"))
    last = ledger.allocation().lasten[0]
    assert (last.aantal, str(last.feit.datum)) == (90, "2025-04-01")


def test_a_kenmerk_can_be_corrected() -> None:
    ledger = running().given(called("E", sessie(60)))
    assert ledger.allocation().sessies == 1
    assert ledger.given(correctie("E", sessie=False)).allocation().sessies == 0


def test_a_correction_to_something_impossible_is_no_step_at_all() -> None:
    ledger = given(called("T", begeleiding()))
    with pytest.raises(Incorrect, match="einddatum"):
        ledger.when(correctie("T", einddatum="2025-01-05"))


# --- several in a row


def test_a_to_b_to_a_restores_the_balance_and_leaves_three_records() -> None:
    ledger = effort(60).given(correctie("E", aantal=90), correctie("E", aantal=60)).then_used(60)
    assert len(ledger.dossier().boekingen) == 5


def test_corrected_twice_the_last_one_counts() -> None:
    effort().given(correctie("E", aantal=90), correctie("E", aantal=30)).then_used(30)


def test_a_correction_of_a_correction_is_about_the_record_in_the_end() -> None:
    ledger = effort().given(called("C", correctie("E", aantal=90)))
    ledger.given(correctie("C", aantal=30)).then_used(30)
    ledger.when(correctie("E", aantal=20)).then_accepted().then_used(20)


def test_a_withdrawn_correction_gives_the_record_its_old_weight() -> None:
    ledger = effort().given(called("C", correctie("E", aantal=90)))
    ledger.when(doorhaling("C")).then_accepted().then_used(60)


def test_withdrawing_one_correction_leaves_the_others() -> None:
    ledger = effort().given(
        called("C", correctie("E", aantal=90)), correctie("E", datum="2025-04-01")
    )
    ledger.given(doorhaling("C"))
    last = ledger.allocation().lasten[0]
    assert (last.aantal, str(last.feit.datum)) == (60, "2025-04-01")


def test_withdrawing_the_last_of_two_corrections_gives_the_first_again() -> None:
    ledger = effort().given(correctie("E", aantal=90), called("C", correctie("E", aantal=120)))
    ledger.given(doorhaling("C")).then_used(90)


def test_withdrawing_the_first_of_two_corrections_leaves_the_last() -> None:
    ledger = effort().given(called("C", correctie("E", aantal=90)), correctie("E", aantal=120))
    ledger.given(doorhaling("C")).then_used(120)


def test_a_withdrawn_record_weighs_nothing() -> None:
    effort().when(doorhaling("E")).then_accepted().then_used(0)


def test_a_withdrawn_withdrawal_brings_its_record_back() -> None:
    ledger = effort().given(called("D", doorhaling("E"))).then_used(0)
    ledger.when(doorhaling("D")).then_accepted().then_used(60)


def test_a_record_that_was_brought_back_can_be_withdrawn_again() -> None:
    ledger = effort().given(called("D", doorhaling("E")), doorhaling("D"))
    ledger.when(doorhaling("E")).then_accepted().then_used(0)


def test_a_withdrawal_is_not_undone_when_the_room_is_gone() -> None:
    """Bringing a claim back is claiming it again: the sum never exceeds the size."""
    ledger = effort(600).given(called("D", doorhaling("E")), inzet(600))
    ledger.when(doorhaling("D")).then_used(600)
    assert not ledger.answer.uitkomst.erkend


def test_a_correction_down_is_not_undone_when_the_room_is_gone() -> None:
    ledger = effort(600).given(called("C", correctie("E", aantal=0)), inzet(600))
    ledger.when(doorhaling("C")).then_used(600)
    assert not ledger.answer.uitkomst.erkend


def test_what_was_withdrawn_cannot_be_withdrawn_or_corrected_again() -> None:
    ledger = effort().given(doorhaling("E"))
    ledger.when(doorhaling("E")).then_refused_because("niets_in_te_trekken")
    ledger.when(correctie("E", aantal=1)).then_refused_because("niets_te_corrigeren")


def test_a_withdrawn_correction_cannot_be_withdrawn_again() -> None:
    ledger = effort().given(called("C", correctie("E", aantal=90)), doorhaling("C"))
    ledger.when(doorhaling("C")).then_refused_because("niets_in_te_trekken")


def test_a_refused_correction_cannot_be_withdrawn() -> None:
    ledger = effort().when(called("C", correctie("E", aantal=601))).then_refused_by("TW-ALG-01")
    ledger.when(doorhaling("C")).then_refused_because("niets_in_te_trekken")


def test_a_refused_claim_can_be_neither_corrected_nor_withdrawn() -> None:
    ledger = running(begeleiding(volume=60)).when(called("E", inzet(61)))
    ledger.when(correctie("E", aantal=60)).then_refused_because("niets_te_corrigeren")
    ledger.when(doorhaling("E")).then_refused_because("niets_in_te_trekken")


def test_a_pending_request_cannot_be_corrected() -> None:
    ledger = given().when(called("T", behandeling(variant="ZIG", tot="2025-12-31")))
    ledger.when(correctie("T", volume=1)).then_refused_because("niets_te_corrigeren")


def test_an_approved_request_can_be_corrected() -> None:
    grant = behandeling(variant="ZIG", tot="2025-12-31")
    ledger = given().when(called("T", grant)).given(goedkeuring("T"))
    answer = ledger.when(correctie("T", einddatum="2025-04-01")).answer
    assert answer.uitkomst.erkend
    assert str(ledger.allocation().einddatum) == "2025-04-01"


def test_a_correction_that_would_ask_approval_is_refused_and_asked_anew() -> None:
    ledger = given(called("T", behandeling(variant="ZIG", tot="2025-05-05")))
    ledger.when(correctie("T", einddatum="2025-05-06")).then_refused_by("TW-BH-01")
    assert str(ledger.allocation().einddatum) == "2025-05-05"


# --- plain facts are always corrected


def test_a_fact_is_always_corrected() -> None:
    ledger = running().given(called("V", evaluatie("2025-07-01")))
    ledger.when(correctie("V", datum="2025-03-01")).then_accepted()
    ledger.when(peildatum("2025-09-02")).then_signals("TW-ALG-15")


def test_a_referral_corrected_to_a_later_letter_moves_the_term() -> None:
    ledger = given(
        called("V", verwijzing(afgifte="2024-01-10")), behandeling(verwijzing="V1", verwijzer=None)
    )
    ledger.when(start(op="2025-02-01")).then_refused_by("TW-HA-04")
    ledger.given(correctie("V", afgiftedatum=day("2024-02-01")))
    ledger.when(start(op="2025-02-01")).then_accepted()


def test_a_request_for_advice_can_be_taken_back() -> None:
    ledger = given(called("A", adviesvraag(op="2025-02-03")))
    ledger.when(doorhaling("A")).then_accepted()


def test_the_fact_of_a_no_show_is_corrected_though_its_claim_does_not_fit() -> None:
    ledger = running(begeleiding(volume=100)).given(called("N", no_show(aantal=60)))
    ledger.when(correctie("N", aantal=101)).then_refused_by("TW-ALG-01")
    assert ledger.said[0].beslissing.uitkomst.erkend
    assert ledger.allocation().no_shows[0].feit.aantal == 101


def test_a_refused_correction_of_a_no_show_leaves_the_old_charge() -> None:
    ledger = running(begeleiding(volume=100)).given(called("N", no_show(aantal=60)))
    ledger.when(correctie("N", aantal=101)).then_refused_by("TW-ALG-01").then_used(60)


@pytest.mark.parametrize("minutes", [0, 30, 100])
def test_the_charge_of_a_no_show_follows_its_correction(minutes: int) -> None:
    ledger = running(begeleiding(volume=100)).given(called("N", no_show(aantal=60)))
    ledger.when(correctie("N", aantal=minutes)).then_accepted().then_used(minutes)


def test_a_no_show_back_and_forth_restores_the_balance() -> None:
    ledger = running().given(called("N", no_show(aantal=60)))
    ledger.given(correctie("N", aantal=90), correctie("N", aantal=60)).then_used(60)
    assert len(ledger.allocation().lasten) == 1


def test_a_withdrawn_correction_of_a_no_show_restores_its_charge() -> None:
    ledger = running().given(called("N", no_show(aantal=60)))
    ledger.given(called("C", correctie("N", aantal=90))).then_used(90)
    ledger.given(doorhaling("C")).then_used(60)


def test_a_withdrawn_no_show_takes_its_charge_along() -> None:
    ledger = running().given(called("N", no_show(aantal=60)), doorhaling("N")).then_used(0)
    assert not ledger.allocation().no_shows


def test_a_withdrawn_no_show_that_is_brought_back_is_charged_again() -> None:
    ledger = running().given(called("N", no_show(aantal=60)), called("D", doorhaling("N")))
    ledger.given(doorhaling("D")).then_used(60)


def test_a_no_show_corrected_from_reported_to_charged_weighs() -> None:
    ledger = running().given(called("N", no_show(aantal=60, declareren=False))).then_used(0)
    ledger.when(correctie("N", declareren=True)).then_accepted().then_used(60)


def test_a_no_show_corrected_from_charged_to_reported_weighs_nothing() -> None:
    ledger = running().given(called("N", no_show(aantal=60))).then_used(60)
    ledger.when(correctie("N", declareren=False)).then_accepted().then_used(0)


# --- what stands on a corrected record


def test_a_smaller_size_by_correction_leaves_what_was_charged() -> None:
    """What was accepted is not taken back; nothing more fits."""
    ledger = given(called("T", begeleiding(volume=100)), start(), inzet(80))
    ledger.when(correctie("T", volume=50)).then_accepted().then_used(80)
    assert ledger.allocation().saldo == -30
    ledger.when(inzet(1)).then_refused_by("TW-ALG-01")


def test_effort_on_an_allocation_taken_back_goes_with_it() -> None:
    ledger = given(called("T", begeleiding()), start(), inzet(60), doorhaling("T"))
    assert ledger.find() is None


def test_effort_comes_back_with_its_allocation() -> None:
    ledger = given(called("T", begeleiding()), start(), inzet(60), called("D", doorhaling("T")))
    ledger.given(doorhaling("D")).then_used(60)


def test_a_corrected_extension_moves_size_and_last_day() -> None:
    ledger = given(begeleiding(volume=100), called("V", verlenging("2026-06-30", extra=50)))
    ledger.given(correctie("V", extra_volume=20, einddatum="2026-03-31"))
    assert ledger.allocation().omvang == 120
    assert str(ledger.allocation().einddatum) == "2026-03-31"


def test_a_withdrawn_extension_is_gone() -> None:
    ledger = given(begeleiding(volume=100), called("V", verlenging("2026-06-30", extra=50)))
    ledger.given(doorhaling("V"))
    assert ledger.allocation().omvang == 100
    assert str(ledger.allocation().einddatum) == "2026-01-05"


def test_a_withdrawn_start_leaves_none() -> None:
    ledger = given(begeleiding(), called("S", start()), doorhaling("S"))
    ledger.when(inzet()).then_refused_by("TW-ALG-10")


def test_a_withdrawn_stop_lets_the_care_run_on() -> None:
    ledger = running().given(called("S", stop(op="2025-02-01")), doorhaling("S"))
    ledger.when(inzet()).then_accepted()


def test_the_products_balance_of_another_allocation_stays() -> None:
    ledger = effort().given(toewijzing("T2"), start("T2"), inzet(30, van="T2"))
    ledger.given(doorhaling("E")).then_used(0).then_used(30, "T2")
    assert len(ledger.dossier(ANNA).toewijzingen) == 2


# --- what a corrected request leaned on


def next_treatment() -> ToewijzingAfgegeven:
    """Treatment on a second letter that needs a contact."""
    return medische_behandeling(
        "T2", verwijzing="V2", volume=6000, van="2026-02-01", tot="2026-12-31"
    )


def test_a_correction_uses_up_the_contact_it_leans_on() -> None:
    """5000 minutes needed no contact; corrected to 6000 it does, and that contact is spent."""
    later = next_treatment()
    ledger = given(verwijzing(), verwijzing("V2"), contact())
    ledger.given(called("T", medische_behandeling(volume=5000)))
    ledger.given(correctie("T", verwachte_inzet_minuten=6000))
    ledger.when(later).then_refused_by("TW-HA-01")


def test_a_correction_that_needs_no_contact_any_more_gives_it_back() -> None:
    later = next_treatment()
    ledger = given(verwijzing(), verwijzing("V2"), contact())
    ledger.given(called("T", medische_behandeling(volume=6000)))
    ledger.given(correctie("T", verwachte_inzet_minuten=5000))
    ledger.when(later).then_accepted()


def test_a_withdrawn_extension_gives_its_contact_back() -> None:
    ledger = given(verwijzing(), medische_behandeling(), contact("verlenging"))
    ledger.given(called("V", verlenging(extra=60)), doorhaling("V"))
    ledger.when(verlenging(extra=60)).then_accepted()


def test_a_corrected_extension_still_uses_its_contact() -> None:
    ledger = given(verwijzing(), medische_behandeling(), contact("verlenging"))
    ledger.given(called("V", verlenging(extra=60)), correctie("V", extra_volume=30))
    ledger.when(verlenging(extra=60)).then_refused_by("TW-HA-03")


def full_therapy() -> Ledger:
    """Therapy of 2000 minutes with 23 sessions."""
    return running(vaktherapie(volume=2000)).given(*[sessie(1) for _ in range(23)])


def test_an_extension_corrected_to_one_the_gemeente_judged_lifts_the_maximums() -> None:
    ledger = full_therapy().given(called("V", verlenging(extra=100)))
    ledger.given(correctie("V", extra_volume=300, besluit_door="gemeente"), sessie(1))
    ledger.when(sessie(1)).then_accepted()


def test_an_extension_corrected_to_stay_within_the_maximums_lifts_nothing() -> None:
    ledger = full_therapy().given(called("V", verlenging(extra=300, besluit_door="gemeente")))
    ledger.given(correctie("V", extra_volume=100), sessie(1))
    ledger.when(sessie(1)).then_refused_by("TW-VT-01")


def test_a_withdrawn_judgement_lifts_nothing() -> None:
    ledger = full_therapy().given(called("V", verlenging(extra=300, besluit_door="gemeente")))
    ledger.given(doorhaling("V"), sessie(1))
    ledger.when(sessie(1)).then_refused_by("TW-VT-01")
