"""What should somebody look at today, and which decisions would be different by now?"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.application.care import (
    AANBIEDER,
    accepted,
    effort,
    granted,
    made,
    no_show,
    referred,
    rows,
    started,
    treated,
)

from rekenschap.application import (
    Antwoord,
    CorrigeerGegeven,
    Incorrect,
    KiesOptie,
    LegContactVast,
    LegEvaluatieVast,
    LegJeugdigeVast,
    MeldAfwezigheid,
    Rekenschap,
    SoortWerk,
    StopZorg,
    TrekGegevenIn,
    TrekToewijzingIn,
    TrekVerzoekIn,
    Uitkomst,
    VerleenGoedkeuring,
    WeigerGoedkeuring,
    Werk,
)
from rekenschap.infrastructure.clock import FixedClock

FIRST = date(2025, 3, 3)
ONE = timedelta(days=1)


@pytest.fixture
def clock() -> FixedClock:
    """Well after all that happens: what is asked about is a day that was given."""
    return FixedClock(datetime(2026, 6, 1, 9, tzinfo=UTC))


def happened(ledger: Rekenschap, *commands: Any) -> None:
    for command in commands:
        accepted(ledger.execute(command))


def listed(ledger: Rekenschap, soort: str, day: date | None = None, **values: Any) -> list[Werk]:
    return list(ledger.werklijst(day, soorten=[SoortWerk(soort)], **values))


def days_of(found: list[Werk]) -> list[date | None]:
    return [one.uiterlijk for one in found]


def evaluated(toewijzing: str, day: date) -> Any:
    met = ["jeugdige", "verwijzer", "aanbieder"]
    values = {"actor": AANBIEDER, "datum": day, "soort": "tussen", "vastgesteld": {"met": met}}
    return made(LegEvaluatieVast, toewijzing=toewijzing, **values)


# --- open signals


def test_a_signal_is_open_from_the_day_after_it_was_due(ledger: Rekenschap) -> None:
    happened(ledger, granted(), started())
    due = date(2025, 9, 3)

    assert listed(ledger, "signaal", due) == []
    (one,) = listed(ledger, "signaal", due + ONE)
    assert (one.regels, one.uiterlijk) == (("TW-ALG-15",), due)
    assert (one.jeugdige, one.toewijzing) == ("kind-1", "T1")


def test_a_signal_closes_with_what_it_asked_for(ledger: Rekenschap) -> None:
    happened(ledger, granted(), started(), evaluated("T1", date(2025, 9, 8)))

    assert days_of(listed(ledger, "signaal", date(2025, 9, 7))) == [date(2025, 9, 3)]
    assert listed(ledger, "signaal", date(2025, 9, 8)) == []
    assert listed(ledger, "signaal", date(2026, 3, 8)) == []
    assert days_of(listed(ledger, "signaal", date(2026, 3, 9))) == [date(2026, 3, 8)]


def test_a_signal_is_not_open_on_care_that_did_not_start(ledger: Rekenschap) -> None:
    happened(ledger, granted())

    assert listed(ledger, "signaal", date(2026, 3, 9)) == []


def test_the_list_and_the_question_about_signals_agree(ledger: Rekenschap) -> None:
    happened(ledger, granted(), started(), granted("T2", "kind-2"), started("T2"))
    day = date(2025, 9, 4)

    for youth in ("kind-1", "kind-2"):
        (one,) = listed(ledger, "signaal", day, jeugdige=youth)
        assert one.regels == ledger.signalen(day, jeugdige=youth).signalen


# --- referrals that soon lapse


LAPSES = date(2026, 2, 1)


def on_a_letter(**values: Any) -> list[Any]:
    return [referred(), treated("T1", "V1", einddatum=date(2026, 3, 2), **values)]


def test_a_referral_is_listed_thirty_days_before_its_last_day(ledger: Rekenschap) -> None:
    happened(ledger, *on_a_letter())
    first = LAPSES - timedelta(days=30)

    assert listed(ledger, "verwijzing_verloopt", first - ONE) == []
    (one,) = listed(ledger, "verwijzing_verloopt", first)
    assert (one.toewijzing, one.uiterlijk, one.regels) == ("T1", LAPSES, ("TW-HA-04",))
    assert days_of(listed(ledger, "verwijzing_verloopt", LAPSES)) == [LAPSES]


def test_a_referral_lapses_no_more_once_care_started(ledger: Rekenschap) -> None:
    happened(ledger, *on_a_letter(), started("T1", datum=date(2026, 1, 15)))

    assert listed(ledger, "verwijzing_verloopt", LAPSES) == []


def test_a_letter_of_a_leap_day_lapses_on_the_day_the_rule_says(ledger: Rekenschap) -> None:
    values = {"regeling": "twente-2025", "optie": "jaartermijn_schrikkeldag", "waarde": "volgende"}
    happened(ledger, made(KiesOptie, datum=date(2024, 1, 1), **values))
    leap = date(2024, 2, 29)
    first = {"ingangsdatum": date(2025, 1, 1), "datum": date(2025, 1, 1)}
    happened(ledger, referred(afgiftedatum=leap, datum=leap), treated("T1", "V1", **first))

    listed_day = days_of(listed(ledger, "verwijzing_verloopt", date(2025, 2, 28)))

    assert ledger.toets(started("T1", datum=date(2025, 3, 1))).uitkomst is Uitkomst.GEACCEPTEERD
    assert listed_day == [date(2025, 3, 1)]


@pytest.mark.parametrize("how", [StopZorg, TrekToewijzingIn])
def test_a_referral_of_what_ended_is_not_listed(ledger: Rekenschap, how: Any) -> None:
    values = {} if how is StopZorg else {"door": "gemeente"}
    happened(ledger, *on_a_letter(), made(how, toewijzing="T1", datum=date(2025, 6, 2), **values))

    assert listed(ledger, "verwijzing_verloopt", LAPSES) == []


def test_a_referrer_without_a_term_has_nothing_that_lapses(ledger: Rekenschap) -> None:
    letter = referred(verwijzer="gemeente")
    happened(ledger, letter, treated("T1", "V1", verwijzer="gemeente", einddatum=None))

    assert listed(ledger, "verwijzing_verloopt", date(2026, 6, 1)) == []


def test_a_letter_without_a_date_has_no_day_on_which_it_lapses(ledger: Rekenschap) -> None:
    letter = made(
        type(referred()), verwijzing="V1", jeugdige="kind-1", verwijzer="huisarts", datum=FIRST
    )
    happened(ledger, letter, treated("T1", "V1", einddatum=date(2026, 3, 2)))

    assert listed(ledger, "verwijzing_verloopt", LAPSES) == []


# --- nearly used, near its last day


@pytest.mark.parametrize(("minutes", "found"), [(5399, []), (5400, ["T1"]), (6000, ["T1"])])
def test_nearly_used_is_nine_tenths(ledger: Rekenschap, minutes: int, found: list[str]) -> None:
    happened(ledger, granted(), started(), effort("T1", minutes))

    assert [one.toewijzing for one in listed(ledger, "bijna_op", date(2025, 4, 1))] == found


def test_nearly_used_is_as_of_the_day_that_is_asked(ledger: Rekenschap) -> None:
    happened(ledger, granted(), started(), effort("T1", 5400, datum=date(2025, 6, 1)))

    assert len(listed(ledger, "bijna_op", date(2025, 6, 1))) == 1
    assert listed(ledger, "bijna_op", date(2025, 5, 31)) == []


def test_what_has_no_size_is_never_nearly_used(ledger: Rekenschap) -> None:
    happened(ledger, granted(volume=0), granted("T2", "kind-2"), started("T2"))

    assert listed(ledger, "bijna_op", date(2025, 4, 1)) == []


def test_near_its_last_day_is_thirty_days_up_to_that_day(ledger: Rekenschap) -> None:
    happened(ledger, granted(), granted("T2", einddatum=None))
    last = date(2025, 12, 31)

    assert listed(ledger, "loopt_af", last - timedelta(days=31)) == []
    assert days_of(listed(ledger, "loopt_af", last - timedelta(days=30))) == [last]
    assert days_of(listed(ledger, "loopt_af", last)) == [last]
    assert listed(ledger, "loopt_af", last + ONE) == []


def test_what_stopped_is_neither(ledger: Rekenschap) -> None:
    stop = made(StopZorg, toewijzing="T1", actor=AANBIEDER, datum=date(2025, 12, 1))
    happened(ledger, granted(), started(), effort("T1", 6000), stop)

    day = date(2025, 12, 15)
    assert listed(ledger, "bijna_op", day) + listed(ledger, "loopt_af", day) == []


# --- what waits


def asked() -> Any:
    told = {"variant": "NIEUW_ALTERNATIEF", "akkoord_gemeente": False}
    return treated("T1", "V1", vastgesteld=told, referentie="nieuw")


def test_what_waits_is_listed_with_the_rules_that_ask(ledger: Rekenschap) -> None:
    happened(ledger, referred())
    answer = ledger.execute(asked())

    (one,) = listed(ledger, "wacht_op_goedkeuring")

    assert answer.uitkomst is Uitkomst.GOEDKEURING_NODIG
    assert set(answer.regels) <= set(one.regels)
    assert (one.beslissing, one.toewijzing) == (answer.beslissing, "T1")


@pytest.mark.parametrize("how", [VerleenGoedkeuring, WeigerGoedkeuring, TrekVerzoekIn])
def test_it_waits_until_somebody_ends_it(ledger: Rekenschap, how: Any) -> None:
    happened(ledger, referred())
    ledger.execute(asked())

    happened(ledger, made(how, betreft="nieuw", door="gemeente"))

    assert listed(ledger, "wacht_op_goedkeuring") == []


def test_who_may_not_approve_does_not_end_it(ledger: Rekenschap) -> None:
    happened(ledger, referred())
    ledger.execute(asked())

    ledger.execute(made(VerleenGoedkeuring, betreft="nieuw", door="aanbieder"))

    assert len(listed(ledger, "wacht_op_goedkeuring")) == 1


# --- decisions that would be different by now


def reconsidered(ledger: Rekenschap) -> dict[str | None, tuple[str, str]]:
    """The reference of each decision listed, with the answer it had and would have."""
    return {
        one.beslissing: (str(one.toen.uitkomst), str(one.nu.uitkomst))
        for one in listed(ledger, "te_herzien")
        if one.toen is not None and one.nu is not None
    }


YES, SIGNAL, NO = "geaccepteerd", "gesignaleerd", "geweigerd"
MUCH = {"volume": 6000, "vastgesteld": {"verwachte_inzet_minuten": 6000}}


def contact(day: date, onderwerp: str = "verwachte_inzet") -> Any:
    values = {"met": "toegang", "onderwerp": onderwerp, "verwijzing": "V1"}
    return made(LegContactVast, datum=day, actor=AANBIEDER, **values)


def test_a_contact_that_came_late_flips_a_refusal(ledger: Rekenschap) -> None:
    happened(ledger, referred())
    refused = ledger.execute(treated("T1", "V1", **MUCH))
    assert reconsidered(ledger) == {}

    happened(ledger, contact(FIRST))

    assert refused.regels == ("TW-HA-01",)
    assert reconsidered(ledger) == {refused.beslissing: (NO, YES)}
    (one,) = listed(ledger, "te_herzien")
    assert (one.regels, one.jeugdige) == (("TW-HA-01",), "kind-1")


def test_a_contact_after_the_day_of_the_request_changes_nothing(ledger: Rekenschap) -> None:
    happened(ledger, referred())
    ledger.execute(treated("T1", "V1", **MUCH))

    happened(ledger, contact(FIRST + ONE))

    assert reconsidered(ledger) == {}


def test_an_evaluation_that_came_late_takes_a_signal_away(ledger: Rekenschap) -> None:
    happened(ledger, granted(), started())
    late = ledger.execute(effort("T1", datum=date(2025, 9, 4)))

    happened(ledger, evaluated("T1", date(2025, 9, 2)))

    assert late.signalen == ("TW-ALG-15",)
    assert reconsidered(ledger) == {late.beslissing: (SIGNAL, YES)}


def test_a_birth_date_that_came_late_shows_what_was_not_judged(ledger: Rekenschap) -> None:
    grant = accepted(ledger.execute(granted(product="mst", eenheid="traject", volume=1)))
    assert "TW-AA-04" in [rule for rule, _ in grant.niet_getoetst]

    born = date(2016, 3, 4)
    happened(ledger, made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=born, datum=FIRST))

    assert reconsidered(ledger) == {grant.beslissing: (str(grant.uitkomst), SIGNAL)}


def test_a_birth_date_that_is_registered_later_shows_it_too(ledger: Rekenschap) -> None:
    grant = accepted(ledger.execute(granted(product="mst", eenheid="traject", volume=1)))

    born, today = date(2016, 3, 4), date(2025, 4, 1)
    happened(ledger, made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=born, datum=today))

    assert list(reconsidered(ledger)) == [grant.beslissing]


def test_a_birth_date_that_fits_puts_nothing_on_the_list(ledger: Rekenschap) -> None:
    happened(ledger, granted(product="mst", eenheid="traject", volume=1))

    born = date(2012, 3, 4)
    happened(ledger, made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=born, datum=FIRST))

    assert reconsidered(ledger) == {}


def full(ledger: Rekenschap) -> Antwoord:
    """All of an allocation is used; what came after that was refused."""
    happened(ledger, granted(volume=600), started(), effort("T1", 600, referentie="alles"))
    refused = ledger.execute(effort("T1", 60, datum=date(2025, 3, 11)))
    assert refused.regels == ("TW-ALG-01",)
    return refused


def corrected(aantal: int, betreft: str = "alles") -> Any:
    about = {"betreft": betreft, "reden": "typefout", "gezag": "aanbieder", "actor": AANBIEDER}
    return made(CorrigeerGegeven, vervanging={"aantal": aantal}, **about)


def test_a_correction_flips_what_was_refused_after_it(ledger: Rekenschap) -> None:
    refused = full(ledger)

    happened(ledger, corrected(540))

    assert reconsidered(ledger) == {refused.beslissing: (NO, YES)}


def test_a_correction_that_frees_too_little_flips_nothing(ledger: Rekenschap) -> None:
    full(ledger)

    happened(ledger, corrected(541))

    assert reconsidered(ledger) == {}


def test_a_withdrawal_flips_what_was_refused_after_it(ledger: Rekenschap) -> None:
    refused = full(ledger)

    about = {"betreft": "alles", "reden": "dubbel", "gezag": "aanbieder", "actor": AANBIEDER}
    happened(ledger, made(TrekGegevenIn, **about))

    assert reconsidered(ledger) == {refused.beslissing: (NO, YES)}


def test_a_correction_taken_back_leaves_the_list_empty(ledger: Rekenschap) -> None:
    full(ledger)
    happened(ledger, made(type(corrected(1)), **values_of(corrected(540), referentie="c")))

    about = {"betreft": "c", "reden": "typefout", "gezag": "aanbieder", "actor": AANBIEDER}
    happened(ledger, made(TrekGegevenIn, **about))

    assert reconsidered(ledger) == {}


def values_of(command: Any, **more: Any) -> dict[str, Any]:
    names = ("betreft", "reden", "gezag", "actor", "vervanging", "datum")
    return {**{name: getattr(command, name) for name in names}, **more}


def test_a_correction_alone_does_not_put_its_own_decision_on_the_list(ledger: Rekenschap) -> None:
    happened(ledger, granted(volume=600), started(), effort("T1", 600, referentie="alles"))

    happened(ledger, corrected(60))

    assert reconsidered(ledger) == {}


def test_a_no_show_that_was_itself_corrected_is_not_another_decision(ledger: Rekenschap) -> None:
    happened(ledger, granted(volume=600), started(), no_show("T1", referentie="gemist"))

    happened(ledger, corrected(30, "gemist"))

    assert reconsidered(ledger) == {}


def test_a_refused_no_show_stays_refused_whatever_else_comes_late(ledger: Rekenschap) -> None:
    happened(ledger, granted(), started())
    happened(ledger, *(no_show("T1", datum=date(2025, 4, day)) for day in range(1, 6)))
    sixth = ledger.execute(no_show("T1", datum=date(2025, 4, 7)))
    assert sixth.regels == ("TW-NS-01",)

    happened(ledger, contact_of_the_youth())

    assert reconsidered(ledger) == {}


def test_a_no_show_refused_by_age_stays_refused_whatever_else_comes_late(
    ledger: Rekenschap,
) -> None:
    born, hours = date(2007, 5, 1), {"eenheid": "uur", "aantal": 2}
    known = made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=born, datum=FIRST)
    place = granted(product="kdc_odc_basis", eenheid="uur", volume=500)
    happened(ledger, known, place, started())
    missed = {"afgezegd_minuten_vooraf": None, "vervanger_gevonden": False}
    late = no_show("T1", datum=date(2025, 5, 5), vastgesteld=missed, **hours)
    assert ledger.execute(late).regels == ("TW-KD-01",)

    happened(ledger, contact_of_the_youth())

    assert reconsidered(ledger) == {}


def test_a_no_show_less_frees_the_place_of_the_sixth(ledger: Rekenschap) -> None:
    happened(ledger, granted(), started())
    days = [date(2025, 4, day) for day in range(1, 6)]
    happened(ledger, *(no_show("T1", datum=day, referentie=f"n{day.day}") for day in days))
    sixth = ledger.execute(no_show("T1", datum=date(2025, 4, 7)))
    assert sixth.regels == ("TW-NS-01",)

    about = {"betreft": "n3", "reden": "dubbel", "gezag": "aanbieder", "actor": AANBIEDER}
    happened(ledger, made(TrekGegevenIn, **about))

    assert reconsidered(ledger) == {sixth.beslissing: (NO, YES)}


def test_facts_that_no_rule_reads_put_nothing_on_the_list(ledger: Rekenschap) -> None:
    happened(ledger, *on_a_letter(), started("T1"), effort("T1", datum=date(2025, 3, 11)))
    home = made(LegJeugdigeVast, jeugdige="kind-1", woonplaats="Enschede", datum=FIRST)

    happened(ledger, contact(FIRST, "gesprek"), home, evaluated("T1", date(2025, 3, 10)))

    assert reconsidered(ledger) == {}


def test_later_claims_never_put_an_earlier_decision_on_the_list(ledger: Rekenschap) -> None:
    happened(ledger, granted(volume=600), started(), effort("T1", 300))
    happened(ledger, effort("T1", 300, datum=date(2025, 3, 4)), contact_of_the_youth())

    assert reconsidered(ledger) == {}


def contact_of_the_youth() -> Any:
    values = {"met": "toegang", "onderwerp": "verwachte_inzet", "jeugdige": "kind-1"}
    return made(LegContactVast, datum=FIRST, **values)


def test_an_evaluation_of_a_later_allocation_is_no_trouble(ledger: Rekenschap) -> None:
    happened(ledger, granted(), started(), effort("T1", 60, datum=date(2025, 6, 10)))
    happened(ledger, granted("T2", product="forensische_jeugdhulp"), started("T2"))

    happened(ledger, evaluated("T2", date(2025, 6, 1)))

    assert reconsidered(ledger) == {}


def test_an_absence_known_before_the_grant_was_decided_is_no_trouble(ledger: Rekenschap) -> None:
    happened(ledger, granted(datum=date(2025, 3, 20)), started())
    away = {"van": date(2025, 3, 6), "tot_en_met": date(2025, 3, 7), "declareren": False}

    happened(ledger, made(MeldAfwezigheid, toewijzing="T1", datum=date(2025, 3, 6), **away))

    assert reconsidered(ledger) == {}


def test_a_later_claim_of_the_family_never_counts_against_an_earlier_one(
    ledger: Rekenschap,
) -> None:
    group = {"product": "ouder_kind_groep", "eenheid": "etmaal", "volume": 30}
    later = {"ingangsdatum": date(2025, 7, 1), "datum": date(2025, 6, 30)}
    for youth in ("kind-1", "kind-2"):
        happened(ledger, made(LegJeugdigeVast, jeugdige=youth, gezin="G", datum=FIRST))
    happened(ledger, granted("T1", "kind-1", **group))
    beside = ledger.execute(granted("T0", "kind-2", **group))
    ends = made(TrekToewijzingIn, toewijzing="T1", door="gemeente", datum=date(2025, 6, 1))
    happened(ledger, ends, granted("T2", "kind-2", **{**group, **later}))

    happened(ledger, contact_of_the_youth())

    assert beside.regels == ("TW-OK-01",)
    assert [one for one in reconsidered(ledger) if one != beside.beslissing] == []


# --- asking


def test_asking_records_nothing(ledger: Rekenschap) -> None:
    refused = full(ledger)
    happened(ledger, corrected(540))
    before = rows(ledger)

    first, again = list(ledger.werklijst()), list(ledger.werklijst())

    assert first == again
    assert refused.beslissing in [one.beslissing for one in first]
    assert rows(ledger) == before


def test_without_a_day_it_is_about_today(ledger: Rekenschap, clock: FixedClock) -> None:
    happened(ledger, granted(), started())

    clock.set(datetime(2026, 6, 1, 9, tzinfo=UTC))

    assert list(ledger.werklijst()) == list(ledger.werklijst(date(2026, 6, 1)))


def test_all_youths_are_those_of_each_youth_together(ledger: Rekenschap) -> None:
    for number in (1, 2, 3):
        name, youth = f"T{number}", f"kind-{number}"
        happened(ledger, granted(name, youth), started(name), effort(name, 5400))
    day = date(2025, 12, 15)

    everything = list(ledger.werklijst(day))
    each = [one for n in (1, 2, 3) for one in ledger.werklijst(day, jeugdige=f"kind-{n}")]

    assert {one.jeugdige for one in everything} == {"kind-1", "kind-2", "kind-3"}
    assert sorted(map(repr, everything)) == sorted(map(repr, each))


def test_a_youth_nobody_knows_is_incorrect(ledger: Rekenschap) -> None:
    with pytest.raises(Incorrect):
        list(ledger.werklijst(jeugdige="niemand"))
