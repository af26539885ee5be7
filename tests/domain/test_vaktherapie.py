"""TW-VT-01 to 05: 24 sessions, 2200 minutes, one year, and what lifts them."""

from typing import Any

import pytest
from tests.builders import (
    BRAM,
    Ledger,
    called,
    doorhaling,
    given,
    goedkeuring,
    intrekking,
    inzet,
    no_show,
    running,
    sessie,
    start,
    stop,
    vaktherapie,
    verlenging,
)

from rekenschap.domain.absent import AFWEZIG


def therapy(sessions: int = 0, **values: Any) -> Ledger:
    """A ledger with therapy on which so many sessions of a minute were held."""
    return running(vaktherapie(**values)).given(*[sessie(1) for _ in range(sessions)])


# --- sessions


@pytest.mark.parametrize("held", [0, 22, 23])
def test_up_to_24_sessions_are_held(held: int) -> None:
    therapy(held).when(sessie(1)).then_accepted()


def test_the_25th_session_is_refused() -> None:
    ledger = therapy(24).when(sessie(1)).then_refused_by("TW-VT-01")
    ledger.when(sessie(0)).then_refused_by("TW-VT-01")
    assert ledger.allocation().sessies == 24


def test_effort_that_is_no_session_goes_on() -> None:
    therapy(24).when(inzet(10, soort="indirect")).then_accepted()


def test_a_no_show_is_no_session() -> None:
    therapy(23).given(no_show()).when(sessie(1)).then_accepted()


def test_a_session_with_several_youths_is_one_session() -> None:
    ledger = therapy(23)
    ledger.when(sessie(30, aanwezige_jeugdigen=3, totaal_minuten=90)).then_accepted()
    ledger.when(sessie(1)).then_refused_by("TW-VT-01")


def test_whether_it_is_a_session_and_nobody_told_is_not_judged() -> None:
    therapy(24).when(inzet(1, sessie=AFWEZIG)).then_accepted().then_not_judged("TW-VT-01", "sessie")


def test_sessions_of_another_youth_do_not_count() -> None:
    ledger = therapy(24).given(vaktherapie("T2", voor=BRAM), start("T2"))
    ledger.when(sessie(1, van="T2")).then_accepted()


def test_a_withdrawn_session_frees_a_place() -> None:
    ledger = therapy(23).given(called("S", sessie(1)), doorhaling("S"))
    ledger.when(sessie(1)).then_accepted()
    ledger.when(sessie(1)).then_refused_by("TW-VT-01")


def successive(first: str) -> Ledger:
    """Therapy with 20 sessions that stopped, and a second allocation from that day on."""
    ledger = therapy(20).given(stop(op="2025-06-30"))
    return ledger.given(vaktherapie("T2", volume=1000, van=first), start("T2", op=first))


def test_sessions_of_allocations_that_begin_within_a_year_are_added() -> None:
    ledger = successive("2026-01-05")
    for _ in range(4):
        ledger.when(sessie(1, van="T2", op="2026-01-05")).then_accepted()
    ledger.when(sessie(1, van="T2", op="2026-01-05")).then_refused_by("TW-VT-01")


def test_an_allocation_that_begins_a_year_later_starts_a_new_count() -> None:
    ledger = therapy(24).given(stop(op="2025-06-30"))
    ledger.given(
        vaktherapie("T2", van="2026-01-06", tot="2026-12-31"), start("T2", op="2026-01-06")
    )
    ledger.when(sessie(1, van="T2", op="2026-01-06")).then_accepted()


# --- minutes


@pytest.mark.parametrize("volume", [0, 1, 2200])
def test_up_to_2200_minutes_are_allocated(volume: int) -> None:
    given().when(vaktherapie(volume=volume)).then_accepted()


@pytest.mark.parametrize("volume", ["2200.01", 2201, 99_999])
def test_more_is_refused(volume: Any) -> None:
    given().when(vaktherapie(volume=volume)).then_refused_by("TW-VT-02")


@pytest.mark.parametrize(("second", "fits"), [(1100, True), (1101, False)])
@pytest.mark.parametrize("first_day", ["2025-01-06", "2026-01-05"])
def test_running_allocations_within_a_year_add_their_size(
    second: int, fits: bool, first_day: str
) -> None:
    ledger = running(vaktherapie(volume=1100)).given(inzet(10))
    ledger.when(vaktherapie("T2", volume=second, van=first_day))
    ledger.then_accepted() if fits else ledger.then_refused_by("TW-VT-02")


def test_the_earlier_one_recorded_later_is_added_too() -> None:
    ledger = given(vaktherapie(volume=1100, van="2025-09-01"))
    ledger.when(vaktherapie("T2", volume=1101, van="2025-02-01")).then_refused_by("TW-VT-02")
    ledger.when(vaktherapie("T2", volume=1100, van="2025-02-01", tot="2025-12-31")).then_accepted()


def test_a_stopped_one_adds_what_was_used() -> None:
    ledger = running(vaktherapie(volume=2200)).given(inzet(200), stop(op="2025-06-30"))
    ledger.when(vaktherapie("T2", volume=2001, van="2025-07-01")).then_refused_by("TW-VT-02")
    ledger.when(vaktherapie("T2", volume=2000, van="2025-07-01")).then_accepted()


def test_a_withdrawn_one_takes_no_room() -> None:
    ledger = given(vaktherapie(), intrekking(op="2025-01-06"))
    ledger.when(vaktherapie("T2")).then_accepted()


def test_one_that_began_a_year_before_is_not_added() -> None:
    ledger = running(vaktherapie())
    ledger.when(vaktherapie("T2", van="2026-01-06", tot="2026-12-31")).then_accepted()


def test_three_in_a_row_are_added_in_every_year_that_holds_two() -> None:
    """January and December lie within a year, and so do December and the next November."""
    ledger = given(
        vaktherapie(volume=1100, van="2025-01-06", tot="2025-12-31"),
        vaktherapie("T2", volume=1100, van="2025-12-01", tot="2026-11-30"),
    )
    ledger.when(vaktherapie("T3", volume=1101, van="2026-11-01", tot="2026-12-31"))
    ledger.then_refused_by("TW-VT-02")
    ledger.when(vaktherapie("T3", volume=1100, van="2026-11-01", tot="2026-12-31"))
    ledger.then_accepted()


def test_another_youth_has_minutes_of_his_own() -> None:
    given(vaktherapie()).when(vaktherapie("T2", voor=BRAM)).then_accepted()


def test_all_that_is_charged_counts_in_the_minutes() -> None:
    ledger = therapy().given(inzet(2000, soort="indirect"), inzet(40, soort="reistijd"))
    ledger.given(no_show(aantal=160))
    ledger.when(inzet(1)).then_refused_by("TW-ALG-01")


# --- one year


@pytest.mark.parametrize(
    ("first", "last", "beyond"),
    [
        ("2025-01-06", "2026-01-05", "2026-01-06"),
        ("2027-03-01", "2028-02-29", "2028-03-01"),
        ("2028-02-29", "2029-02-27", "2029-02-28"),
        ("2025-01-01", "2025-12-31", "2026-01-01"),
    ],
)
def test_therapy_lasts_a_year_from_its_first_day(first: str, last: str, beyond: str) -> None:
    given().when(vaktherapie(van=first, tot=last)).then_accepted()
    for day in (beyond, "2040-01-01", None):
        given().when(vaktherapie(van=first, tot=day)).then_refused_by("TW-VT-03")


# --- after the maximum the gemeente judges


@pytest.mark.parametrize(
    "values",
    [{"extra": 1}, {"tot": "2026-01-06"}, {"tot": None}, {"extra": 1, "tot": "2027-01-01"}],
)
def test_past_the_minutes_or_the_year_the_gemeente_judges(values: dict[str, Any]) -> None:
    therapy().when(verlenging(**values, besluit_door="gemeente")).then_accepted()
    for who in ("huisarts", "jeugdarts", "gecertificeerde_instelling", AFWEZIG):
        therapy().when(verlenging(**values, besluit_door=who)).then_waits_for("TW-VT-04")


def test_agreement_is_no_judgement() -> None:
    therapy().when(verlenging(extra=1, akkoord_gemeente=True)).then_waits_for("TW-VT-04")


def test_within_all_three_nobody_needs_to_judge() -> None:
    therapy(23, volume=2000, tot="2025-12-31").when(
        verlenging("2026-01-05", extra=200)
    ).then_accepted()


def test_after_24_sessions_any_extension_is_judged() -> None:
    ledger = therapy(24, volume=1000)
    ledger.when(verlenging(extra=1)).then_waits_for("TW-VT-04")
    ledger.when(verlenging(extra=1, besluit_door="gemeente")).then_accepted()


def test_the_judgement_lifts_the_three_maximums_up_to_the_new_size() -> None:
    """24 minutes were used of 2200; 300 come with the extension."""
    ledger = therapy(24).given(verlenging("2026-06-30", extra=300, besluit_door="gemeente"))
    ledger.when(sessie(1)).then_accepted()
    ledger.when(inzet(2476)).then_refused_by("TW-ALG-01")
    ledger.when(sessie(2475)).then_accepted().then_used(2500)


def test_an_extension_within_the_maximums_lifts_nothing() -> None:
    ledger = therapy(23, volume=2000).given(verlenging(extra=100, besluit_door="gemeente"))
    ledger.when(sessie(1)).then_accepted()
    ledger.when(sessie(1)).then_refused_by("TW-VT-01")


def test_a_judgement_the_gemeente_gives_by_approval_lifts_them_too() -> None:
    ledger = therapy(24).when(called("V", verlenging(extra=100))).then_waits_for("TW-VT-04")
    ledger.when(sessie(1)).then_refused_by("TW-VT-01")
    ledger.given(goedkeuring("V"))
    ledger.when(sessie(1)).then_accepted()


def test_the_judgement_holds_for_this_allocation_only() -> None:
    ledger = therapy(24).given(verlenging(extra=100, besluit_door="gemeente"))
    ledger.given(stop(op="2025-06-30"))
    ledger.when(vaktherapie("T2", volume=2200, van="2025-07-01")).then_refused_by("TW-VT-02")


# --- the supplementary insurance


@pytest.mark.parametrize("who", ["huisarts", "gecertificeerde_instelling"])
@pytest.mark.parametrize("state", ["niet_verzekerd", "geen_vergoeding"])
def test_an_external_referral_that_looked_into_the_insurance_is_fine(who: str, state: str) -> None:
    given().when(vaktherapie(verwijzer=who, aanvullende_verzekering=state)).then_accepted()


@pytest.mark.parametrize("state", ["niet_onderzocht", None])
def test_an_external_referral_that_did_not_waits(state: str | None) -> None:
    grant = vaktherapie(verwijzer="huisarts", aanvullende_verzekering=state)
    given().when(grant).then_waits_for("TW-VT-05")


def test_an_insurance_that_pays_must_tell_how_much() -> None:
    def grant(**values: Any) -> Any:
        return vaktherapie(verwijzer="huisarts", aanvullende_verzekering="vergoeding", **values)

    given().when(grant(verzekering_vergoedt=None)).then_waits_for("TW-VT-05")
    given().when(grant(verzekering_vergoedt="0.00")).then_accepted()
    given().when(grant(verzekering_vergoedt="500.00")).then_accepted()


def test_an_insurance_that_pays_and_nobody_told_how_much_waits() -> None:
    """Accepted if the amount is there, else approval: absent is not there either."""
    grant = vaktherapie(verwijzer="huisarts", aanvullende_verzekering="vergoeding")
    given().when(grant).then_waits_for("TW-VT-05")


@pytest.mark.parametrize("state", ["niet_onderzocht", "vergoeding", None, AFWEZIG])
def test_a_referral_by_the_gemeente_need_not_tell(state: Any) -> None:
    given().when(vaktherapie(aanvullende_verzekering=state)).then_accepted()


def test_an_insurance_nobody_told_of_is_not_judged() -> None:
    ledger = given().when(vaktherapie(verwijzer="huisarts", aanvullende_verzekering=AFWEZIG))
    ledger.then_accepted().then_not_judged("TW-VT-05", "aanvullende_verzekering")
