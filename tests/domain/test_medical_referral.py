"""TW-HA-01 to 05: treatment on the letter of a huisarts, jeugdarts or medisch specialist."""

from typing import Any

import pytest
from tests.builders import (
    BRAM,
    Ledger,
    begeleiding,
    behandeling,
    called,
    contact,
    doorhaling,
    given,
    goedkeuring,
    intrekking,
    medisch,
    medische_behandeling,
    optie,
    start,
    stop,
    vaktherapie,
    verlenging,
    verwijzing,
)

from rekenschap.domain.absent import AFWEZIG

MEDICAL = ["huisarts", "jeugdarts", "medisch_specialist"]
NOT_MEDICAL = ["gemeente", "gecertificeerde_instelling"]


def letter(who: str = "huisarts", **values: Any) -> Ledger:
    return given(verwijzing(door=who, **values))


def large(minutes: Any = 6000, **values: Any) -> Any:
    return medische_behandeling(verwachte_inzet_minuten=minutes, **values)


# --- 6000 minutes: first contact with the toegang


@pytest.mark.parametrize("who", MEDICAL)
@pytest.mark.parametrize("minutes", [0, 1, 5999])
def test_less_than_6000_minutes_needs_no_contact(who: str, minutes: int) -> None:
    letter(who).when(large(minutes)).then_accepted()


@pytest.mark.parametrize("who", MEDICAL)
@pytest.mark.parametrize("minutes", [6000, 6001, 31_000])
def test_6000_minutes_or_more_needs_contact_first(who: str, minutes: int) -> None:
    letter(who).when(large(minutes)).then_refused_by("TW-HA-01")
    ledger = letter(who).given(contact(over="V1"))
    ledger.when(large(minutes)).then_accepted()


@pytest.mark.parametrize("who", NOT_MEDICAL)
def test_the_contact_is_asked_of_medical_referrers_only(who: str) -> None:
    letter(who).when(large(60_000)).then_accepted()


def test_what_is_expected_counts_not_what_is_asked() -> None:
    letter().when(large(7000, volume=3000)).then_refused_by("TW-HA-01")
    letter().when(large(5999, volume=9000)).then_accepted()


def test_an_expectation_nobody_told_is_not_judged() -> None:
    ledger = letter().when(large(AFWEZIG, volume=9000)).then_accepted()
    ledger.then_not_judged("TW-HA-01", "verwachte_inzet_minuten")


@pytest.mark.parametrize("op", ["2025-01-05", "2025-01-06"])
def test_contact_before_or_on_the_day_serves(op: str) -> None:
    letter().given(contact(op=op)).when(large()).then_accepted()


@pytest.mark.parametrize("op", ["2025-01-07", "2025-12-31"])
def test_contact_after_the_day_is_too_late(op: str) -> None:
    letter().given(contact(op=op)).when(large()).then_refused_by("TW-HA-01")


def test_contact_recorded_after_the_decision_helps_the_next_request_only() -> None:
    ledger = letter().when(large()).then_refused_by("TW-HA-01")
    ledger.given(contact(op="2025-01-03"))
    assert ledger.find() is None
    ledger.when(large()).then_accepted()


@pytest.mark.parametrize("met", ["gemeente", "verwijzer", "ouder", "aanbieder", "cmd"])
def test_contact_with_somebody_else_does_not_serve(met: str) -> None:
    letter().given(contact(met=met)).when(large()).then_refused_by("TW-HA-01")


@pytest.mark.parametrize("onderwerp", ["verlenging", "extra_uren", "gesprek"])
def test_contact_about_something_else_does_not_serve(onderwerp: str) -> None:
    letter().given(contact(onderwerp)).when(large()).then_refused_by("TW-HA-01")


def test_contact_about_the_youth_serves_any_letter_contact_about_another_letter_none() -> None:
    letter().given(contact()).when(large()).then_accepted()
    ledger = letter().given(verwijzing("V2"), contact(over="V2"))
    ledger.when(large()).then_refused_by("TW-HA-01")


def test_contact_about_another_youth_does_not_serve() -> None:
    letter().given(contact(van=BRAM)).when(large()).then_refused_by("TW-HA-01")


def test_contact_about_an_unknown_letter_is_refused() -> None:
    given().when(contact(over="V9")).then_refused_because("verwijzing_onbekend")


def test_a_contact_serves_once() -> None:
    ledger = letter().given(verwijzing("V2"), contact(), large())
    second = large(name="T2", verwijzing="V2", van="2026-02-01", tot="2026-12-31")
    ledger.when(second).then_refused_by("TW-HA-01")
    ledger.given(contact(op="2025-02-01")).when(second).then_accepted()


def test_a_refused_allocation_does_not_use_the_contact_up() -> None:
    ledger = letter().given(contact())
    ledger.when(large(afsprakenoverzicht="geen")).then_refused_by("TW-ALG-12")
    ledger.when(large()).then_accepted()


def test_an_allocation_below_6000_minutes_uses_no_contact() -> None:
    ledger = letter().given(verwijzing("V2"), contact(), large(5999))
    second = large(name="T2", verwijzing="V2", van="2026-02-01", tot="2026-12-31")
    ledger.when(second).then_accepted()


def test_a_withdrawn_contact_does_not_serve() -> None:
    ledger = letter().given(called("C", contact()), doorhaling("C"))
    ledger.when(large()).then_refused_by("TW-HA-01")


def test_a_waiting_allocation_uses_no_contact_until_it_is_approved() -> None:
    """A pending request reserves nothing."""
    ledger = letter().given(verwijzing("V2"), contact())
    ledger.when(called("T", large(tot="2026-01-06"))).then_waits_for("TW-HA-02")
    second = large(name="T2", verwijzing="V2")
    ledger.when(second).then_accepted()
    ledger.when(goedkeuring("T")).then_refused_by("TW-HA-01")


@pytest.mark.parametrize("make", [begeleiding, vaktherapie])
def test_other_products_ask_no_contact(make: Any) -> None:
    grant = make(verwijzing="V1", verwijzer=AFWEZIG, verwachte_inzet_minuten=99_999)
    letter().when(grant).then_accepted()


# --- at most one year on one letter


@pytest.mark.parametrize(
    ("first", "last", "beyond"),
    [
        ("2025-04-01", "2026-03-31", "2026-04-01"),
        ("2027-03-01", "2028-02-29", "2028-03-01"),
        ("2028-02-29", "2029-02-27", "2029-02-28"),
        ("2025-01-01", "2025-12-31", "2026-01-01"),
    ],
)
def test_one_year_has_the_first_day_as_day_one(first: str, last: str, beyond: str) -> None:
    letter().when(medische_behandeling(van=first, tot=last)).then_accepted()
    letter().when(medische_behandeling(van=first, tot=beyond)).then_waits_for("TW-HA-02")


@pytest.mark.parametrize("who", MEDICAL)
def test_far_beyond_a_year_waits_too(who: str) -> None:
    letter(who).when(medische_behandeling(tot="2027-01-05")).then_waits_for("TW-HA-02")


def test_an_open_end_exceeds_one_year_and_two() -> None:
    letter().when(medische_behandeling(tot=None)).then_refused_by("TW-HA-07")
    answer = letter().when(medische_behandeling(tot=None)).answer
    assert {str(o.regel) for o in answer.oordelen} == {"TW-HA-02", "TW-HA-07"}


@pytest.mark.parametrize("who", NOT_MEDICAL)
def test_other_referrers_may_refer_for_longer_than_a_year(who: str) -> None:
    letter(who).when(medische_behandeling(tot="2026-06-30")).then_accepted()


def test_the_year_holds_whatever_the_size() -> None:
    letter().when(medische_behandeling(volume=1, tot="2026-01-06")).then_waits_for("TW-HA-02")


def test_the_year_is_not_judged_at_an_extension() -> None:
    ledger = medisch().given(contact("verlenging"))
    ledger.when(verlenging("2026-01-06")).then_waits_for("TW-HA-06")


# --- every extension: fresh contact


@pytest.mark.parametrize("values", [{"extra": 1}, {"extra": 0}, {"tot": "2026-01-05"}])
def test_every_extension_asks_contact_first(values: dict[str, Any]) -> None:
    medisch().when(verlenging(**values)).then_refused_by("TW-HA-03")


@pytest.mark.parametrize("op", ["2025-06-29", "2025-06-30"])
def test_contact_about_the_extension_on_or_before_the_day_serves(op: str) -> None:
    medisch().given(contact("verlenging", op=op)).when(verlenging(extra=1)).then_accepted()


def test_contact_about_the_extension_a_day_late_does_not() -> None:
    ledger = medisch().given(contact("verlenging", op="2025-07-01"))
    ledger.when(verlenging(extra=1)).then_refused_by("TW-HA-03")


def test_contact_for_the_first_size_does_not_serve_an_extension() -> None:
    medisch().given(contact()).when(verlenging(extra=1)).then_refused_by("TW-HA-03")


def test_each_extension_asks_a_contact_of_its_own() -> None:
    ledger = medisch().given(contact("verlenging"), verlenging(extra=1))
    ledger.when(verlenging(extra=1)).then_refused_by("TW-HA-03")
    ledger.given(contact("verlenging")).when(verlenging(extra=1)).then_accepted()


def test_a_refused_extension_does_not_use_the_contact_up() -> None:
    ledger = medisch().given(contact("verlenging"))
    ledger.when(verlenging(extra=1, afsprakenoverzicht="geen")).then_refused_by("TW-ALG-13")
    ledger.when(verlenging(extra=1)).then_accepted()


def test_an_extension_after_referral_by_the_gemeente_asks_no_contact() -> None:
    given(behandeling(), start()).when(verlenging(extra=1)).then_accepted()


def test_an_extension_cannot_shorten() -> None:
    ledger = medisch().given(contact("verlenging"))
    ledger.when(verlenging("2025-12-31")).then_refused_because("einddatum_vervroegd")


# --- start within a year of the letter


def issued(day: str) -> Ledger:
    """A letter of that day, and an allocation on it that begins at once."""
    return given(verwijzing(op=day), medische_behandeling(van=day, tot=f"{day[:4]}-12-31"))


@pytest.mark.parametrize(
    ("letter_of", "last", "too_late"),
    [
        ("2025-03-10", "2026-03-10", "2026-03-11"),
        ("2027-03-10", "2028-03-10", "2028-03-11"),
        ("2025-12-31", "2026-12-31", "2027-01-01"),
        ("2028-02-29", "2029-02-28", "2029-03-01"),
        ("2027-02-28", "2028-02-28", "2028-02-29"),
    ],
)
def test_the_same_day_next_year_is_the_last_to_start(
    letter_of: str, last: str, too_late: str
) -> None:
    issued(letter_of).when(start(op=letter_of)).then_accepted()
    issued(letter_of).when(start(op=last)).then_accepted()
    ledger = issued(letter_of).when(start(op=too_late)).then_refused_by("TW-HA-04")
    assert ledger.allocation().gestart is None
    issued(letter_of).when(start(op="2035-01-01")).then_refused_by("TW-HA-04")


def test_the_other_reading_of_29_february_gives_a_day_more() -> None:
    forward = optie("jaartermijn_schrikkeldag", "volgende")

    def ledger() -> Ledger:
        grant = medische_behandeling(van="2028-02-29", tot="2028-12-31")
        return given(forward, verwijzing(op="2028-02-29"), grant)

    ledger().when(start(op="2029-03-01")).then_accepted()
    ledger().when(start(op="2029-03-02")).then_refused_by("TW-HA-04")


def test_the_other_reading_changes_nothing_for_other_days() -> None:
    forward = optie("jaartermijn_schrikkeldag", "volgende")
    ledger = given(forward, verwijzing(op="2027-02-28"))
    ledger.given(medische_behandeling(van="2027-02-28", tot="2027-12-31"))
    ledger.when(start(op="2028-02-29")).then_refused_by("TW-HA-04")


def test_the_date_on_the_letter_counts_not_the_day_it_came_in() -> None:
    ledger = given(verwijzing(op="2025-06-01", afgifte="2025-01-10"), medische_behandeling())
    ledger.when(start(op="2026-01-11")).then_refused_by("TW-HA-04")
    ledger.when(start(op="2026-01-10")).then_accepted()


def test_a_letter_without_a_date_is_not_judged() -> None:
    ledger = given(verwijzing(afgifte=AFWEZIG), medische_behandeling())
    ledger.when(start(op="2030-01-01")).then_accepted().then_not_judged("TW-HA-04", "afgiftedatum")


@pytest.mark.parametrize("who", NOT_MEDICAL)
def test_other_letters_do_not_expire(who: str) -> None:
    ledger = letter(who).given(medische_behandeling())
    ledger.when(start(op="2027-01-01")).then_accepted()


def test_other_products_may_start_later() -> None:
    ledger = letter().given(begeleiding(verwijzing="V1", verwijzer=AFWEZIG, tot=None))
    ledger.when(start(op="2027-01-01")).then_accepted()


def test_an_allocation_whose_first_day_lies_too_late_raises_no_signal_yet() -> None:
    letter().when(medische_behandeling(van="2026-06-01", tot="2026-12-31")).then_accepted()


# --- a letter is used once


def again(**values: Any) -> Any:
    told = {"van": "2026-02-01", "tot": "2026-12-31", **values}
    return medische_behandeling("T2", **told)


@pytest.mark.parametrize("who", MEDICAL)
def test_a_second_allocation_on_the_letter_is_refused(who: str) -> None:
    letter(who).given(medische_behandeling()).when(again()).then_refused_by("TW-HA-05")


@pytest.mark.parametrize("who", NOT_MEDICAL)
def test_other_letters_may_be_used_again(who: str) -> None:
    letter(who).given(medische_behandeling()).when(again()).then_accepted()


def test_another_letter_may_be_used() -> None:
    ledger = letter().given(medische_behandeling(), verwijzing("V2"))
    ledger.when(again(verwijzing="V2")).then_accepted()


def test_a_letter_is_spent_also_when_care_stopped() -> None:
    ledger = medisch().given(stop(op="2025-02-01")).when(again())
    ledger.then_refused_by("TW-HA-05")


def test_a_letter_is_spent_also_when_care_never_started() -> None:
    ledger = letter().given(medische_behandeling(), intrekking(op="2025-01-06"))
    ledger.when(again()).then_refused_by("TW-HA-05")


def test_a_letter_is_spent_on_any_product() -> None:
    ledger = letter().given(begeleiding(verwijzing="V1", verwijzer=AFWEZIG))
    ledger.when(again()).then_refused_by("TW-HA-05")


def test_the_rule_judges_treatment_only() -> None:
    ledger = letter().given(medische_behandeling())
    ledger.when(begeleiding("T2", verwijzing="V1", verwijzer=AFWEZIG)).then_accepted()


def test_a_refused_allocation_spends_nothing() -> None:
    ledger = letter().when(medische_behandeling(afsprakenoverzicht="geen"))
    ledger.then_refused_by("TW-ALG-12")
    ledger.when(again()).then_accepted()


def test_a_waiting_allocation_spends_nothing() -> None:
    ledger = letter().when(called("T", medische_behandeling(tot="2026-01-06")))
    ledger.then_waits_for("TW-HA-02")
    ledger.when(again()).then_accepted()
    ledger.when(goedkeuring("T")).then_refused_by("TW-HA-05")


def test_an_approved_allocation_spends_its_letter() -> None:
    ledger = letter().when(called("T", medische_behandeling(tot="2026-01-06")))
    ledger.given(goedkeuring("T")).when(again()).then_refused_by("TW-HA-05")


def test_an_extension_is_the_same_use() -> None:
    medisch().given(contact("verlenging")).when(verlenging(extra=60)).then_accepted()


def test_an_allocation_taken_back_as_a_mistake_gives_its_letter_back() -> None:
    ledger = letter().given(called("T", medische_behandeling()), doorhaling("T"))
    ledger.when(again()).then_accepted()
