"""Is everything with a term on a list: before it runs out, when it has, and not once it was met?"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.application.care import (
    AANBIEDER,
    effort,
    granted,
    made,
    no_show,
    referred,
    started,
    treated,
)
from tests.application.reconsidering import chosen, corrected, happened, listed

from rekenschap.application import (
    BrengAdviesUit,
    LegEvaluatieVast,
    MeldAfwezigheid,
    Rekenschap,
    SoortWerk,
    StelTariefVast,
    StopZorg,
    VerleenGoedkeuring,
    VraagAdvies,
    Werk,
)
from rekenschap.infrastructure.clock import FixedClock

ONE = timedelta(days=1)
Found = list[tuple[str, tuple[str, ...], date | None]]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 6, 1, 9, tzinfo=UTC))


def duties(ledger: Rekenschap, day: date, **values: Any) -> Found:
    kinds = [SoortWerk.TERMIJN_LOOPT, SoortWerk.TERMIJN_VERSTREKEN, SoortWerk.SIGNAAL]
    found = ledger.werklijst(day, soorten=kinds, **values)
    return [(str(one.soort), one.regels, one.uiterlijk) for one in found]


RUNS, LATE, SIGNAL = "termijn_loopt", "termijn_verstreken", "signaal"


def seen(ledger: Rekenschap, rule: str, due: date) -> None:
    """A duty is listed while its term runs, and after it."""
    assert (RUNS, (rule,), due) in duties(ledger, due)
    assert (LATE, (rule,), due) not in duties(ledger, due)
    assert (LATE, (rule,), due) in duties(ledger, due + ONE)
    assert (RUNS, (rule,), due) not in duties(ledger, due + ONE)


def unseen(ledger: Rekenschap, rule: str, due: date) -> None:
    found = [*duties(ledger, due), *duties(ledger, due + ONE)]
    assert rule not in {one for _, rules, _ in found for one in rules}


# --- advice that was asked


QUESTION = {"advies": "A1", "verwijzer": "gemeente", "datum": date(2025, 3, 3)}


@pytest.mark.parametrize(
    ("vorm", "told", "rule", "due"),
    [
        ("fysiek_overleg", {}, "TW-AE-01", date(2025, 3, 10)),
        ("schriftelijk", {}, "TW-AE-02", date(2025, 3, 17)),
        ("diagnostiek", {}, "TW-AE-02", date(2025, 3, 17)),
        ("diagnostiek", {"instrument_ingezet_op": date(2025, 3, 6)}, "TW-AE-03", date(2025, 4, 3)),
    ],
)
def test_advice_is_due_until_it_is_given(
    ledger: Rekenschap, vorm: str, told: Any, rule: str, due: date
) -> None:
    happened(ledger, made(VraagAdvies, vorm=vorm, **QUESTION, vastgesteld=told))
    seen(ledger, rule, due)

    happened(ledger, made(BrengAdviesUit, advies="A1", datum=due))

    unseen(ledger, rule, due)
    assert (RUNS, (rule,), due) in duties(ledger, due - ONE)


def test_an_instrument_that_was_put_in_is_not_due(ledger: Rekenschap) -> None:
    told = {"instrument_ingezet_op": date(2025, 3, 6)}
    happened(ledger, made(VraagAdvies, vorm="diagnostiek", **QUESTION, vastgesteld=told))

    unseen(ledger, "TW-AE-02", date(2025, 3, 17))


def test_a_holiday_gives_a_day_more(ledger: Rekenschap) -> None:
    happened(ledger, chosen("feestdagen", [date(2025, 3, 5)]))
    happened(ledger, made(VraagAdvies, vorm="fysiek_overleg", **QUESTION))

    seen(ledger, "TW-AE-01", date(2025, 3, 11))


def test_advice_that_waits_is_listed_and_due_once_approved(ledger: Rekenschap) -> None:
    asked = {**QUESTION, "verwijzer": "huisarts"}
    told = {"vooraf_besproken_toegang": False}
    request = made(VraagAdvies, vorm="schriftelijk", vastgesteld=told, referentie="vraag", **asked)
    answer = ledger.execute(request)
    assert answer.regels == ("TW-AE-04",)
    (one,) = listed(ledger, "wacht_op_goedkeuring")
    assert (one.advies, one.beslissing, one.jeugdige) == ("A1", answer.beslissing, None)
    unseen(ledger, "TW-AE-02", date(2025, 3, 17))

    happened(ledger, made(VerleenGoedkeuring, betreft="vraag", door="gemeente"))

    assert listed(ledger, "wacht_op_goedkeuring") == []
    seen(ledger, "TW-AE-02", date(2025, 3, 17))


def test_a_question_for_advice_is_of_no_jeugdige(ledger: Rekenschap) -> None:
    happened(ledger, made(VraagAdvies, vorm="fysiek_overleg", **QUESTION), granted())
    day = date(2025, 3, 10)

    assert [one.advies for one in listed(ledger, RUNS, day)] == ["A1"]
    assert listed(ledger, RUNS, day, jeugdige="kind-1") == []
    assert listed(ledger, RUNS, day, bekend_op=1) == []


# --- contact within a term of a step


def in_crisis(ledger: Rekenschap, **told: Any) -> None:
    """Care that starts on Good Friday."""
    day = date(2025, 4, 18)
    values = {"product": "crisis_ambulante_spoedhulp", "verwijzer": "crisis_coordinatiepunt"}
    period = {"ingangsdatum": day, "einddatum": date(2025, 5, 1), "datum": day, "volume": 600}
    happened(ledger, granted(**values, **period))
    happened(ledger, started(datum=day, referentie="start", vastgesteld=told))


@pytest.mark.parametrize("told", [{}, {"contact_toegang_op": None}])
def test_contact_after_a_crisis_starts_is_due_on_the_first_working_day(
    ledger: Rekenschap, told: Any
) -> None:
    in_crisis(ledger, **told)
    seen(ledger, "TW-CR-05", date(2025, 4, 21))

    happened(ledger, corrected("start", contact_toegang_op=date(2025, 4, 22)))

    unseen(ledger, "TW-CR-05", date(2025, 4, 21))


def test_and_not_when_it_was_told(ledger: Rekenschap) -> None:
    in_crisis(ledger, contact_toegang_op=date(2025, 4, 18))

    unseen(ledger, "TW-CR-05", date(2025, 4, 21))


def test_ordinary_care_brings_no_such_duty(ledger: Rekenschap) -> None:
    happened(ledger, granted(), started())

    unseen(ledger, "TW-CR-05", date(2025, 3, 4))


def away(day: date, product: str, **told: Any) -> list[Any]:
    values = {"van": day, "tot_en_met": day, "declareren": False, "datum": day}
    agreed = {"akkoord_gemeente": True}
    place = granted(product=product, eenheid="etmaal", volume=90, vastgesteld=agreed)
    about = {"toewijzing": "T1", "actor": AANBIEDER, "vastgesteld": told, "referentie": "weg"}
    return [place, started(), made(MeldAfwezigheid, **values, **about)]


@pytest.mark.parametrize(
    ("day", "product", "rule", "told", "due"),
    [
        (date(2025, 3, 5), "behandelgroep", "TW-VB-08", {}, date(2025, 3, 6)),
        (date(2025, 3, 8), "behandelgroep", "TW-VB-08", {}, date(2025, 3, 10)),
        (date(2025, 3, 8), "csi_gezinsopname", "TW-AA-09", {}, date(2025, 3, 9)),
        (
            date(2025, 3, 5),
            "behandelgroep",
            "TW-VB-08",
            {"begin_tijdstip": datetime(2025, 3, 4, 9, tzinfo=UTC)},
            date(2025, 3, 5),
        ),
    ],
)
def test_contact_after_an_unplanned_absence(
    ledger: Rekenschap, day: date, product: str, rule: str, told: Any, due: date
) -> None:
    happened(ledger, *away(day, product, ongepland=True, **told))
    seen(ledger, rule, due)

    moment = datetime(2025, 3, 20, 9, tzinfo=UTC)
    happened(ledger, corrected("weg", contact_verwijzer_op=moment))

    unseen(ledger, rule, due)


@pytest.mark.parametrize("told", [{}, {"ongepland": False}])
def test_an_absence_that_was_not_unplanned_brings_no_duty(ledger: Rekenschap, told: Any) -> None:
    happened(ledger, *away(date(2025, 3, 5), "behandelgroep", **told))

    unseen(ledger, "TW-VB-08", date(2025, 3, 6))


# --- evaluations


def evaluated(day: date) -> Any:
    met = ["jeugdige", "verwijzer", "aanbieder"]
    values = {"actor": AANBIEDER, "datum": day, "soort": "tussen", "vastgesteld": {"met": met}}
    return made(LegEvaluatieVast, toewijzing="T1", **values)


def test_an_evaluation_is_listed_thirty_days_ahead_and_then_as_a_signal(
    ledger: Rekenschap,
) -> None:
    happened(ledger, granted(), started())
    due = date(2025, 9, 3)

    assert duties(ledger, due - timedelta(days=31)) == []
    assert duties(ledger, due - timedelta(days=30)) == [(RUNS, ("TW-ALG-15",), due)]
    assert duties(ledger, due) == [(RUNS, ("TW-ALG-15",), due)]
    assert duties(ledger, due + ONE) == [(SIGNAL, ("TW-ALG-15",), due)]

    happened(ledger, evaluated(date(2025, 9, 1)))
    assert duties(ledger, due) == duties(ledger, due + ONE) == []
    assert duties(ledger, date(2026, 3, 1)) == [(RUNS, ("TW-ALG-15",), date(2026, 3, 1))]


@pytest.mark.parametrize("how", ["not started", "stopped"])
def test_no_evaluation_is_due_on_what_does_not_run(ledger: Rekenschap, how: str) -> None:
    happened(ledger, granted())
    if how == "stopped":
        stop = made(StopZorg, toewijzing="T1", actor=AANBIEDER, datum=date(2025, 6, 1))
        happened(ledger, started(), stop)

    assert listed(ledger, RUNS, date(2025, 9, 3)) == []


def test_a_crisis_has_its_own_term(ledger: Rekenschap) -> None:
    in_crisis(ledger, contact_toegang_op=date(2025, 4, 18))
    due = date(2025, 5, 16)

    assert duties(ledger, due) == [(RUNS, ("TW-CR-07",), due)]
    assert duties(ledger, due + ONE) == [(SIGNAL, ("TW-CR-07",), due)]


def test_the_evaluation_at_the_end_is_due_on_the_day_care_stopped(ledger: Rekenschap) -> None:
    stopped = date(2025, 4, 1)
    stop = made(StopZorg, toewijzing="T1", actor=AANBIEDER, datum=stopped)
    happened(ledger, granted(), started(), stop)

    assert duties(ledger, stopped - ONE) == []
    assert duties(ledger, stopped) == [(SIGNAL, ("TW-ALG-14",), stopped)]


# --- referrals nothing was granted on


LAPSES = date(2026, 2, 1)


def lapsing(ledger: Rekenschap, day: date) -> list[Werk]:
    return listed(ledger, "verwijzing_verloopt", day)


def test_a_referral_nothing_was_granted_on_is_listed_up_to_its_last_day(
    ledger: Rekenschap,
) -> None:
    happened(ledger, referred())

    assert lapsing(ledger, LAPSES - timedelta(days=31)) == []
    (one,) = lapsing(ledger, LAPSES - timedelta(days=30))
    assert (one.verwijzing, one.toewijzing, one.jeugdige) == ("V1", None, "kind-1")
    assert (one.regels, one.uiterlijk) == (("TW-HA-04",), LAPSES)
    assert len(lapsing(ledger, LAPSES)) == 1
    assert lapsing(ledger, LAPSES + ONE) == []


def test_a_referral_whose_grant_waits_is_listed_with_it(ledger: Rekenschap) -> None:
    asked = {"variant": "NIEUW_ALTERNATIEF", "akkoord_gemeente": False}
    happened(ledger, referred())
    ledger.execute(treated("T1", "V1", vastgesteld=asked, referentie="nieuw"))

    assert [one.toewijzing for one in lapsing(ledger, LAPSES)] == ["T1"]

    longer = {"betreft": "nieuw", "door": "gemeente"}
    happened(ledger, made(VerleenGoedkeuring, **longer), started("T1"))
    assert lapsing(ledger, LAPSES) == []


@pytest.mark.parametrize("verwijzer", ["gemeente", "gecertificeerde_instelling"])
def test_a_referrer_without_a_term_has_none_before_the_grant_either(
    ledger: Rekenschap, verwijzer: str
) -> None:
    happened(ledger, referred(verwijzer=verwijzer))

    assert lapsing(ledger, LAPSES) == []


# --- nearly used: every maximum that is kept on the allocation


def full(ledger: Rekenschap) -> list[tuple[str, ...]]:
    return [one.regels for one in listed(ledger, "bijna_op", date(2025, 4, 15))]


@pytest.mark.parametrize(("minutes", "found"), [(89, []), (90, [("TW-ALG-03",)])])
def test_a_budget_that_is_nearly_used(
    ledger: Rekenschap, minutes: int, found: list[tuple[str, ...]]
) -> None:
    price = {"product": "begeleiding_individueel", "eenheid": "minuut", "bedrag": "1.00"}
    happened(ledger, made(StelTariefVast, datum=date(2025, 1, 1), **price))
    happened(ledger, granted(budget="100.00"), started(), effort("T1", minutes))

    assert full(ledger) == found


def test_a_budget_without_a_price_is_not_reckoned(ledger: Rekenschap) -> None:
    happened(ledger, granted(budget="100.00"), started(), effort("T1", 300))

    assert full(ledger) == []


@pytest.mark.parametrize(("count", "found"), [(4, []), (5, [("TW-NS-01",)])])
def test_no_shows_of_which_there_are_no_more_left(
    ledger: Rekenschap, count: int, found: list[tuple[str, ...]]
) -> None:
    missed = [no_show("T1", datum=date(2025, 4, day)) for day in range(1, count + 1)]
    happened(ledger, granted(), started(), *missed)

    assert full(ledger) == found


def test_what_is_nearly_used_in_two_ways_is_one_thing_to_look_at(ledger: Rekenschap) -> None:
    missed = [no_show("T1", datum=date(2025, 4, day)) for day in range(1, 6)]
    happened(ledger, granted(volume=300), started(), *missed)

    assert [set(rules) for rules in full(ledger)] == [{"TW-ALG-01", "TW-NS-01"}]
