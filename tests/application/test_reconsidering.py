"""Is every decision listed that would be different by what is known since, wherever it was told?"""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.application.care import (
    AANBIEDER,
    GEMEENTE,
    effort,
    granted,
    made,
    no_show,
    referred,
    started,
    treated,
)
from tests.application.reconsidering import (
    FIRST,
    NO,
    SIGNAL,
    WAITS,
    YES,
    chosen,
    corrected,
    happened,
    listed,
    reconsidered,
    taken_back,
)

from rekenschap.application import (
    BrengAdviesUit,
    HervatZorg,
    LegContactVast,
    LegJeugdigeVast,
    NeemBeginstandOver,
    Rekenschap,
    StelTariefVast,
    StopZorg,
    TrekToewijzingIn,
    VerleenGoedkeuring,
    Verleng,
    VraagAdvies,
)
from rekenschap.infrastructure.clock import FixedClock

MAY = {day: date(2025, 5, day) for day in (1, 9, 10, 11, 20)}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 6, 1, 9, tzinfo=UTC))


def stop(day: date, **values: Any) -> Any:
    return made(StopZorg, toewijzing="T1", actor=AANBIEDER, datum=day, **values)


def in_care(ledger: Rekenschap, **values: Any) -> None:
    happened(ledger, granted(**values), started())


# --- a decision that was itself corrected


def ended_after_effort(ledger: Rekenschap) -> str:
    """Care that stopped after the effort, by what was known; the decision on the effort."""
    in_care(ledger)
    happened(ledger, stop(MAY[20], referentie="stop"))
    return ledger.execute(effort("T1", 60, datum=MAY[10], referentie="inzet")).beslissing


def test_a_corrected_decision_is_listed_when_the_ground_falls_away(ledger: Rekenschap) -> None:
    decided = ended_after_effort(ledger)
    happened(ledger, corrected("inzet", aantal=50))
    assert reconsidered(ledger) == {}

    happened(ledger, corrected("stop", datum=MAY[1]))

    assert reconsidered(ledger) == {decided: (YES, NO)}


def test_and_when_its_correction_was_taken_back_again(ledger: Rekenschap) -> None:
    decided = ended_after_effort(ledger)
    happened(ledger, corrected("inzet", "c", aantal=50), taken_back("c"))

    happened(ledger, corrected("stop", datum=MAY[9]))
    assert reconsidered(ledger) == {decided: (YES, NO)}

    happened(ledger, corrected("stop", datum=MAY[10]))
    assert reconsidered(ledger) == {}


def test_a_correction_is_judged_on_what_was_known_when_it_was_made(ledger: Rekenschap) -> None:
    in_care(ledger, volume=600)
    happened(ledger, effort("T1", 60, referentie="a"), effort("T1", 60, datum=date(2025, 3, 11)))
    happened(ledger, corrected("a", aantal=540))
    assert reconsidered(ledger) == {}

    happened(ledger, made(Verleng, toewijzing="T1", extra_volume=60, datum=date(2025, 3, 12)))
    happened(ledger, effort("T1", 60, datum=date(2025, 3, 13)), stop(MAY[1]))

    assert reconsidered(ledger) == {}


def test_a_correction_with_a_signal_is_not_another_decision_by_itself(ledger: Rekenschap) -> None:
    in_care(ledger)
    happened(ledger, effort("T1", 60, datum=date(2025, 9, 1), referentie="a"))

    happened(ledger, corrected("a", datum=date(2025, 9, 4)), stop(date(2025, 12, 1)))

    assert reconsidered(ledger) == {}


def test_a_refused_claim_that_was_made_anew_and_charged_is_not_listed(ledger: Rekenschap) -> None:
    in_care(ledger)
    told = {"afgezegd_minuten_vooraf": 2000}
    refused = ledger.execute(no_show("T1", referentie="n", vastgesteld=told))
    assert refused.regels == ("TW-NS-02",)

    happened(ledger, corrected("n", afgezegd_minuten_vooraf=10))

    assert reconsidered(ledger) == {}


# --- what tells how the care ran counts however late it is told


def effort_on(ledger: Rekenschap, day: date) -> str:
    in_care(ledger)
    return ledger.execute(effort("T1", 60, datum=day)).beslissing


def test_a_stop_that_was_told_late(ledger: Rekenschap) -> None:
    decided = effort_on(ledger, MAY[10])

    happened(ledger, stop(MAY[9]))

    assert reconsidered(ledger) == {decided: (YES, NO)}


def test_a_stop_on_the_day_itself_changes_nothing(ledger: Rekenschap) -> None:
    effort_on(ledger, MAY[10])

    happened(ledger, stop(MAY[10]))

    assert reconsidered(ledger) == {}


@pytest.mark.parametrize(("day", "found"), [(MAY[10], 1), (MAY[11], 0)])
def test_a_withdrawal_of_the_toewijzing_that_was_told_late(
    ledger: Rekenschap, day: date, found: int
) -> None:
    decided = effort_on(ledger, MAY[10])

    happened(ledger, made(TrekToewijzingIn, toewijzing="T1", door="gemeente", datum=day))

    assert reconsidered(ledger) == dict([(decided, (YES, NO))] * found)


def test_a_resumption_that_was_told_late(ledger: Rekenschap) -> None:
    in_care(ledger)
    happened(ledger, stop(MAY[1]))
    refused = ledger.execute(effort("T1", 60, datum=MAY[10]))

    happened(ledger, made(HervatZorg, toewijzing="T1", actor=AANBIEDER, datum=MAY[9]))

    assert reconsidered(ledger) == {refused.beslissing: (NO, YES)}


@pytest.mark.parametrize(("day", "found"), [(FIRST, 1), (date(2025, 3, 11), 0)])
def test_a_start_that_was_told_late(ledger: Rekenschap, day: date, found: int) -> None:
    happened(ledger, granted())
    refused = ledger.execute(effort("T1", 60))
    assert refused.regels == ("TW-ALG-10",)

    happened(ledger, started(datum=day))

    assert reconsidered(ledger) == dict([(refused.beslissing, (NO, YES))] * found)


def test_a_referral_that_was_told_late(ledger: Rekenschap) -> None:
    refused = ledger.execute(treated("T1", "V1"))
    assert refused.gronden == ("verwijzing_onbekend",)

    happened(ledger, referred())

    assert reconsidered(ledger) == {refused.beslissing: (NO, YES)}


def test_what_takes_a_place_never_counts_against_what_was_first(ledger: Rekenschap) -> None:
    in_care(ledger, volume=600)
    happened(ledger, effort("T1", 300, datum=MAY[10]), effort("T1", 300, datum=MAY[1]))

    happened(ledger, made(Verleng, toewijzing="T1", extra_volume=600, datum=FIRST))
    happened(ledger, effort("T1", 600, datum=date(2025, 3, 4)), stop(MAY[20]))

    assert reconsidered(ledger) == {}


def test_another_ground_is_another_decision(ledger: Rekenschap) -> None:
    happened(ledger, granted("T1", referentie="eerste"))
    refused = ledger.execute(treated("T1", "V1"))
    assert refused.gronden == ("toewijzing_bestaat_al",)

    happened(ledger, taken_back("eerste", actor=GEMEENTE, gezag="gemeente"))

    (one,) = listed(ledger, "te_herzien")
    assert one.nu is not None
    assert one.nu.gronden == ("verwijzing_onbekend",)
    assert reconsidered(ledger) == {refused.beslissing: (NO, NO)}


# --- what was told in another stream


GROUP = {"product": "ouder_kind_groep", "eenheid": "etmaal", "volume": 30}


def test_what_was_granted_to_another_of_the_family_and_taken_back(ledger: Rekenschap) -> None:
    for youth in ("kind-1", "kind-2"):
        happened(ledger, made(LegJeugdigeVast, jeugdige=youth, gezin="G", datum=FIRST))
    happened(ledger, granted("T1", "kind-1", referentie="eerste", **GROUP))
    refused = ledger.execute(granted("T2", "kind-2", **GROUP))
    assert refused.regels == ("TW-OK-01",)
    assert reconsidered(ledger) == {}

    happened(ledger, taken_back("eerste", actor=GEMEENTE, gezag="gemeente"))

    assert reconsidered(ledger) == {refused.beslissing: (NO, YES)}


def test_a_family_that_was_told_late_speaks_for_the_second_only(ledger: Rekenschap) -> None:
    happened(ledger, granted("T1", "kind-1", **GROUP))
    second = ledger.execute(granted("T2", "kind-2", **GROUP))

    for youth in ("kind-1", "kind-2"):
        happened(ledger, made(LegJeugdigeVast, jeugdige=youth, gezin="G", datum=FIRST))

    assert reconsidered(ledger) == {second.beslissing: (YES, NO)}


@pytest.mark.parametrize(("minutes", "found"), [(10, 1), (29, 0)])
def test_the_part_of_another_in_a_conversation(
    ledger: Rekenschap, minutes: int, found: int
) -> None:
    for number in (1, 2):
        happened(ledger, granted(f"T{number}", f"kind-{number}"), started(f"T{number}"))
    travel = {"gesprek": "G1", "soort": "reistijd"}
    happened(ledger, effort("T1", 30, referentie="r1", **travel))
    refused = ledger.execute(effort("T2", 30, **travel))
    assert refused.regels == ("TW-ALG-07",)

    happened(ledger, corrected("r1", aantal=minutes))

    assert reconsidered(ledger) == dict([(refused.beslissing, (NO, YES))] * found)


def screened(ledger: Rekenschap) -> Any:
    told = {"verzoek_om_toewijzing": True}
    values = {"product": "screening", "eenheid": "minuut", "volume": 600, "vastgesteld": told}
    return ledger.execute(granted(**values))


@pytest.mark.parametrize(("day", "found"), [(FIRST, 1), (date(2025, 3, 4), 0)])
def test_a_reading_chosen_back_in_time(ledger: Rekenschap, day: date, found: int) -> None:
    refused = screened(ledger)
    assert "TW-SC-01" in refused.regels

    happened(ledger, chosen("screening_in_werking_vanaf", date(2025, 1, 1), day))

    assert reconsidered(ledger) == dict([(refused.beslissing, (NO, YES))] * found)


def test_a_reading_that_was_taken_back(ledger: Rekenschap) -> None:
    happened(ledger, chosen("screening_in_werking_vanaf", date(2025, 1, 1), referentie="lezing"))
    granted_then = screened(ledger)

    happened(ledger, taken_back("lezing", actor=GEMEENTE, gezag="gemeente"))
    assert reconsidered(ledger) == {granted_then.beslissing: (YES, NO)}

    happened(ledger, chosen("screening_in_werking_vanaf", date(2025, 1, 1)))
    assert reconsidered(ledger) == {}


def priced(bedrag: str, day: date = date(2025, 1, 1), **values: Any) -> Any:
    about = {"product": "begeleiding_individueel", "eenheid": "minuut", "bedrag": bedrag}
    return made(StelTariefVast, datum=day, **about, **values)


@pytest.mark.parametrize(("day", "found"), [(date(2025, 3, 10), 1), (date(2025, 3, 11), 0)])
def test_a_price_that_was_told_late(ledger: Rekenschap, day: date, found: int) -> None:
    in_care(ledger, budget="100.00")
    decided = ledger.execute(effort("T1", 101))

    happened(ledger, priced("1.00", day))

    assert reconsidered(ledger) == dict([(decided.beslissing, (YES, NO))] * found)


def test_a_price_that_was_corrected(ledger: Rekenschap) -> None:
    happened(ledger, priced("1.00", referentie="prijs"))
    in_care(ledger, budget="100.00")
    refused = ledger.execute(effort("T1", 101))
    assert refused.regels == ("TW-ALG-03",)

    happened(ledger, corrected("prijs", actor=GEMEENTE, bedrag="1.00"))
    assert reconsidered(ledger) == {}
    happened(ledger, corrected("prijs", actor=GEMEENTE, bedrag="0.50"))
    assert reconsidered(ledger) == {refused.beslissing: (NO, YES)}


def test_advice_whose_question_was_corrected(ledger: Rekenschap) -> None:
    question = {"advies": "A1", "verwijzer": "gemeente", "vorm": "fysiek_overleg"}
    happened(ledger, made(VraagAdvies, referentie="vraag", **question))
    late = ledger.execute(made(BrengAdviesUit, advies="A1", datum=date(2025, 3, 11)))
    assert late.signalen == ("TW-AE-01",)
    assert reconsidered(ledger) == {}

    happened(ledger, corrected("vraag", datum=date(2025, 3, 4)))

    assert reconsidered(ledger) == {late.beslissing: (SIGNAL, YES)}


# --- under the rules it was decided under


def test_what_was_taken_over_has_no_rules_here_later_either(ledger: Rekenschap) -> None:
    taken_over = {"regeling": "oud-2019", "product": "begeleiding_individueel", "volume": 60}
    period = {"ingangsdatum": FIRST, "einddatum": date(2025, 12, 31), "eenheid": "minuut"}
    about = {"toewijzing": "T1", "jeugdige": "kind-1", **taken_over, **period}
    happened(ledger, made(NeemBeginstandOver, **about), effort("T1", 600))

    talk = {"met": "toegang", "onderwerp": "gesprek", "jeugdige": "kind-1"}
    happened(ledger, made(LegContactVast, datum=FIRST, **talk))

    assert reconsidered(ledger) == {}


# --- as of a day, and as it was known


def test_it_is_listed_from_the_day_of_the_decision_and_once_it_was_known(
    ledger: Rekenschap,
) -> None:
    decided = effort_on(ledger, MAY[10])
    before = ledger.positie
    happened(ledger, stop(MAY[1]))

    assert reconsidered(ledger, MAY[9]) == {}
    assert list(reconsidered(ledger, MAY[10])) == [decided]
    assert reconsidered(ledger, bekend_op=before) == {}
    assert list(reconsidered(ledger, bekend_op=before + 1)) == [decided]


# --- approvals and corrections are decisions too


@pytest.mark.parametrize(("also", "found"), [(["b"], 1), ([], 0)])
def test_a_correction_that_was_refused_and_would_be_no_more(
    ledger: Rekenschap, also: list[str], found: int
) -> None:
    in_care(ledger, volume=900)
    happened(ledger, effort("T1", 300, referentie="a"))
    happened(ledger, effort("T1", 300, referentie="b", datum=date(2025, 3, 11)))
    refused = ledger.execute(corrected("a", aantal=700))
    assert refused.regels == ("TW-ALG-01",)
    assert reconsidered(ledger) == {}

    happened(ledger, stop(MAY[20]), *(taken_back(one) for one in also))
    assert reconsidered(ledger) == dict([(refused.beslissing, (NO, YES))] * found)

    if also:
        happened(ledger, corrected("a", aantal=700))
        assert reconsidered(ledger) == {}


def asked(ledger: Rekenschap) -> str:
    told = {"variant": "NIEUW_ALTERNATIEF", "akkoord_gemeente": False}
    happened(ledger, referred(referentie="brief"))
    values = {"vastgesteld": {**told, "verwachte_inzet_minuten": 3000}, "referentie": "nieuw"}
    return ledger.execute(treated("T1", "V1", **values)).beslissing


def test_an_approval_whose_ground_falls_away(ledger: Rekenschap) -> None:
    asked(ledger)
    approval = ledger.execute(made(VerleenGoedkeuring, betreft="nieuw", door="gemeente"))
    assert reconsidered(ledger) == {}

    happened(ledger, taken_back("brief", actor=GEMEENTE, gezag="gemeente"))

    assert reconsidered(ledger) == {approval.beslissing: (YES, NO)}


def test_a_request_that_waits_is_listed_itself(ledger: Rekenschap) -> None:
    request = asked(ledger)

    happened(ledger, taken_back("brief", actor=GEMEENTE, gezag="gemeente"))

    assert reconsidered(ledger) == {request: (WAITS, NO)}


def test_an_approval_that_was_refused_and_would_be_no_more(ledger: Rekenschap) -> None:
    asked(ledger)
    happened(ledger, granted("T1", "kind-1", referentie="ander"))
    refused = ledger.execute(made(VerleenGoedkeuring, betreft="nieuw", door="gemeente"))
    assert refused.gronden == ("toewijzing_bestaat_al",)
    assert reconsidered(ledger) == {}

    happened(ledger, taken_back("ander", actor=GEMEENTE, gezag="gemeente"))
    assert reconsidered(ledger) == {refused.beslissing: (NO, YES)}

    happened(ledger, made(VerleenGoedkeuring, betreft="nieuw", door="gemeente"))
    assert reconsidered(ledger) == {}


def test_what_the_house_rules_refused_stays_refused(ledger: Rekenschap) -> None:
    in_care(ledger, referentie="toewijzing")
    refused = ledger.execute(corrected("toewijzing", volume=9000))
    assert refused.regels == ("HR-02",)

    happened(ledger, stop(MAY[1]), made(LegJeugdigeVast, jeugdige="kind-1", gezin="G"))

    assert reconsidered(ledger) == {}


def test_a_correction_of_a_person_that_was_taken_back_changes_nothing(ledger: Rekenschap) -> None:
    home = made(LegJeugdigeVast, jeugdige="kind-1", woonplaats="Enschede", referentie="thuis")
    happened(ledger, home, taken_back("thuis", "weg"))
    refused = ledger.execute(corrected("thuis", woonplaats="Almelo"))
    assert refused.gronden == ("niets_te_corrigeren",)

    happened(ledger, made(LegJeugdigeVast, jeugdige="kind-1", gezin="G"))
    assert reconsidered(ledger) == {}


def test_a_no_show_whose_correction_was_taken_back_is_claimed_as_before(
    ledger: Rekenschap,
) -> None:
    """The claim that came back lies in the log after the refused correction that looks at it."""
    happened(ledger, granted(volume=600), started(), no_show("T1", referentie="gemist"))
    happened(ledger, effort("T1", 540, datum=MAY[10], referentie="inzet"))
    happened(ledger, corrected("gemist", "af", declareren=False))
    refused = ledger.execute(corrected("inzet", aantal=601))
    assert refused.regels == ("TW-ALG-01",)
    happened(ledger, taken_back("af"))

    assert reconsidered(ledger) == {}
    assert ledger.stand(toewijzing="T1", geldig_op=MAY[20]).saldo == 0  # type: ignore[union-attr]
