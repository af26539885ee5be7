"""TW-AE-01 to TW-AE-04: the terms of advice, and the talk before an external referrer asks it."""

from datetime import date

import pytest
from tests.builders import advies, adviesvraag, given, optie

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import working_days_after


@pytest.mark.parametrize(
    ("vorm", "rule", "asked", "due", "late"),
    [
        # Monday 2025-02-03: 5 working days are Tuesday to Monday
        ("fysiek_overleg", "TW-AE-01", "2025-02-03", "2025-02-10", "2025-02-11"),
        ("fysiek_overleg", "TW-AE-01", "2025-02-07", "2025-02-14", "2025-02-15"),
        ("fysiek_overleg", "TW-AE-01", "2025-02-08", "2025-02-14", "2025-02-17"),
        ("fysiek_overleg", "TW-AE-01", "2025-12-29", "2026-01-05", "2026-01-06"),
        ("schriftelijk", "TW-AE-02", "2025-02-03", "2025-02-17", "2025-02-18"),
        ("mondeling", "TW-AE-02", "2025-02-03", "2025-02-17", "2025-02-18"),
        ("schriftelijk", "TW-AE-02", "2028-02-28", "2028-03-13", "2028-03-14"),
    ],
)
def test_advice_comes_within_its_working_days(
    vorm: str, rule: str, asked: str, due: str, late: str
) -> None:
    ledger = given(adviesvraag(vorm, op=asked))
    ledger.when(advies(asked)).then_accepted()
    ledger.when(advies(due)).then_accepted()
    ledger.when(advies(late)).then_signals(rule)
    ledger.when(advies("2099-01-01")).then_signals(rule)


@pytest.mark.parametrize(("due", "late"), [("2025-05-06", "2025-05-07")])
def test_holidays_are_no_working_days(due: str, late: str) -> None:
    """Asked on Friday 25 April: Monday 28 and Monday 5 May are holidays here."""
    free = optie("feestdagen", (date(2025, 4, 28), date(2025, 5, 5)))
    ledger = given(free, adviesvraag("fysiek_overleg", op="2025-04-25"))
    ledger.when(advies(due)).then_accepted()
    ledger.when(advies(late)).then_signals("TW-AE-01")


def test_without_holidays_every_weekday_is_a_working_day() -> None:
    ledger = given(adviesvraag("fysiek_overleg", op="2025-04-25"))
    ledger.when(advies("2025-05-02")).then_accepted()
    ledger.when(advies("2025-05-05")).then_signals("TW-AE-01")


@pytest.mark.parametrize(
    ("instrument", "given_on", "signals"),
    [
        ("2025-02-17", "2025-03-17", set()),
        ("2025-02-18", "2025-03-18", {"TW-AE-02"}),
        ("2025-02-17", "2025-03-18", {"TW-AE-03"}),
        ("2025-02-18", "2025-03-19", {"TW-AE-02", "TW-AE-03"}),
        ("2025-02-03", "2025-03-03", set()),
        ("2025-02-03", "2025-03-04", {"TW-AE-03"}),
        ("2030-01-01", "2035-01-01", {"TW-AE-02", "TW-AE-03"}),
    ],
)
def test_a_diagnostic_instrument_has_two_terms(
    instrument: str, given_on: str, signals: set[str]
) -> None:
    ledger = given(adviesvraag("diagnostiek", op="2025-02-03"))
    step = advies(given_on, instrument_ingezet_op=date.fromisoformat(instrument))
    ledger.when(step)
    ledger.then_signals(*signals) if signals else ledger.then_accepted()


def test_without_the_day_of_the_instrument_nothing_is_judged() -> None:
    ledger = given(adviesvraag("diagnostiek", op="2025-02-03"))
    ledger.when(advies("2025-12-31")).then_accepted()
    ledger.then_not_judged("TW-AE-02", "instrument_ingezet_op")
    ledger.then_not_judged("TW-AE-03", "instrument_ingezet_op")


def test_advice_nobody_asked_for_is_refused() -> None:
    given().when(advies("2025-02-03")).then_refused_because("advies_onbekend")


def test_each_request_has_its_own_term() -> None:
    ledger = given(
        adviesvraag("fysiek_overleg", op="2025-02-03"),
        adviesvraag("fysiek_overleg", op="2025-03-03", name="A2"),
    )
    ledger.when(advies("2025-03-10", name="A2")).then_accepted()
    ledger.when(advies("2025-03-10")).then_signals("TW-AE-01")


# --- the talk beforehand


EXTERNAL = ["huisarts", "jeugdarts", "gecertificeerde_instelling", "veilig_thuis"]


@pytest.mark.parametrize("who", EXTERNAL)
@pytest.mark.parametrize("spoken", [False, None])
def test_an_external_referrer_who_did_not_talk_waits(who: str, spoken: bool | None) -> None:
    step = adviesvraag(op="2025-02-03", door=who, vooraf_besproken_toegang=spoken)
    given().when(step).then_waits_for("TW-AE-04")


@pytest.mark.parametrize("who", EXTERNAL)
def test_an_external_referrer_who_did_talk_does_not_wait(who: str) -> None:
    step = adviesvraag(op="2025-02-03", door=who, vooraf_besproken_toegang=True)
    given().when(step).then_accepted()


def test_the_gemeente_need_not_talk_to_itself() -> None:
    step = adviesvraag(op="2025-02-03", door="gemeente", vooraf_besproken_toegang=False)
    given().when(step).then_accepted()


def test_whether_they_talked_and_nobody_told_is_not_judged() -> None:
    step = adviesvraag(op="2025-02-03", door="huisarts", vooraf_besproken_toegang=AFWEZIG)
    given().when(step).then_accepted().then_not_judged("TW-AE-04", "vooraf_besproken_toegang")


def test_zero_working_days_after_a_day_is_that_day() -> None:
    assert working_days_after(date(2025, 2, 8), 0, ()) == date(2025, 2, 8)
