"""Is a decision judged again, on what was known then and now, under its own rules and others?"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.application.care import AANBIEDER, accepted, effort, granted, made, opened, rows, started

from rekenschap.application import (
    CorrigeerGegeven,
    Heroverwogen,
    Incorrect,
    KiesOptie,
    LegJeugdigeVast,
    NeemBeginstandOver,
    Rekenschap,
    TrekGegevenIn,
    Uitkomst,
    VoerRegelingIn,
    WisGegevens,
)
from rekenschap.domain.andere_regels import AndereRegels, Getal
from rekenschap.infrastructure.clock import FixedClock

FIRST = (Path(__file__).parents[1] / "domain/regelingen/duindam-2026.yaml").read_text("utf-8")
SECOND = (
    FIRST.replace("regeling: duindam-2026", "regeling: duindam-2028")
    .replace("{vanaf: 2026-01-01, tot_en_met: 2027-12-31}", "{vanaf: 2028-01-01, tot_en_met: null}")
    .replace("termijn: {maanden: 9}", "termijn: {maanden: 6}")
)
RETROACTIVE = (
    FIRST.replace("regeling: duindam-2026", "regeling: duindam-2026-herzien")
    .replace("{vanaf: 2026-01-01, tot_en_met: 2027-12-31}", "{vanaf: 2026-01-01, tot_en_met: null}")
    .replace("termijn: {maanden: 9}", "termijn: {maanden: 12}")
)
SIZE = "TW-ALG-01"
YES, NO, WAITS = Uitkomst.GEACCEPTEERD, Uitkomst.GEWEIGERD, Uitkomst.GOEDKEURING_NODIG


def four(found: Heroverwogen) -> tuple[Any, ...]:
    """Then, then under other rules, now, and now under other rules."""
    all_four = (found.toen, found.toen_anders, found.nu, found.nu_anders)
    return tuple(None if one is None else one.uitkomst for one in all_four)


# --- under the rules of a second version


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 6, 1, 9, tzinfo=UTC))


@pytest.fixture
def duindam(database_url: str, clock: FixedClock) -> Iterator[Rekenschap]:
    with opened(database_url, clock=clock) as rekenschap:
        introduced(rekenschap, FIRST)
        yield rekenschap


def introduced(ledger: Rekenschap, text: str) -> None:
    accepted(ledger.execute(made(VoerRegelingIn, tekst=text, datum=date(2026, 1, 1))))


def walking(last: date) -> Any:
    return granted(
        product="wandelcoach",
        volume=600,
        datum=date(2026, 2, 2),
        ingangsdatum=date(2026, 2, 2),
        einddatum=last,
    )


IN_FIRST = date(2026, 10, 1)  # within nine months, not within six
BEYOND = date(2026, 12, 1)  # within twelve months, not within nine


def test_a_version_of_a_later_day_counts_once_that_day_has_come(
    duindam: Rekenschap, clock: FixedClock
) -> None:
    granted_then = accepted(duindam.execute(walking(IN_FIRST))).beslissing
    introduced(duindam, SECOND)
    before = duindam.heroverweeg(granted_then)
    clock.set(datetime(2028, 1, 3, 9, tzinfo=UTC))
    after = duindam.heroverweeg(granted_then)

    assert four(before) == (YES, YES, YES, YES)
    assert (before.regeling, before.regeling_anders) == ("duindam-2026", "duindam-2026")
    assert four(after) == (YES, NO, YES, NO)
    assert (after.regeling, after.regeling_anders) == ("duindam-2026", "duindam-2028")
    assert after.nu_anders is not None
    (verdict,) = after.nu_anders.verdicts
    assert verdict.bronnen
    assert duindam.bezwaardossier(granted_then).heroverwogen == after


def test_what_was_refused_can_be_allowed_by_a_version_that_works_back(duindam: Rekenschap) -> None:
    refused = duindam.execute(walking(BEYOND))
    assert refused.uitkomst is NO
    introduced(duindam, RETROACTIVE)

    found = duindam.heroverweeg(refused.beslissing)

    assert four(found) == (NO, YES, NO, YES)
    assert (found.regeling, found.regeling_anders) == ("duindam-2026", "duindam-2026-herzien")


# --- under rules that are named


@pytest.fixture
def running(ledger: Rekenschap) -> Rekenschap:
    for step in (granted("T1", volume=600), started(), effort(aantal=500, referentie="eerste")):
        accepted(ledger.execute(step))
    return ledger


@pytest.fixture
def too_much(running: Rekenschap) -> str:
    answer = running.execute(effort(aantal=200, referentie="tweede"))
    assert answer.regels == (SIZE,)
    return answer.beslissing


def test_other_rules_are_asked_by_name_or_by_what_is_changed(
    running: Rekenschap, too_much: str
) -> None:
    assert four(running.heroverweeg(too_much, "twente-2025")) == (NO, NO, NO, NO)
    without = running.heroverweeg(too_much, AndereRegels(zonder=(SIZE,)))
    assert four(without) == (NO, YES, NO, YES)
    assert SIZE in without.volgens


@pytest.mark.parametrize(
    "rules",
    [
        "nergens-1999",
        "huisregels",
        7,
        AndereRegels(zonder=("XX-1",)),
        AndereRegels(getallen={Getal(SIZE, "niets"): 1}),
    ],
)
def test_rules_that_are_not_there_are_incorrect(
    running: Rekenschap, too_much: str, rules: Any
) -> None:
    before = rows(running)
    with pytest.raises(Incorrect, match="regel"):
        running.heroverweeg(too_much, rules)
    assert rows(running) == before


# --- on what is known now


def test_a_correction_of_what_went_before_lets_it_fit(running: Rekenschap, too_much: str) -> None:
    about = {"betreft": "eerste", "reden": "typefout", "gezag": "aanbieder", "actor": AANBIEDER}
    accepted(running.execute(made(CorrigeerGegeven, vervanging={"aantal": 400}, **about)))

    assert four(running.heroverweeg(too_much)) == (NO, NO, YES, YES)


def test_what_only_just_does_not_fit_stays_refused(running: Rekenschap, too_much: str) -> None:
    about = {"betreft": "eerste", "reden": "typefout", "gezag": "aanbieder", "actor": AANBIEDER}
    accepted(running.execute(made(CorrigeerGegeven, vervanging={"aantal": 401}, **about)))

    assert four(running.heroverweeg(too_much)) == (NO, NO, NO, NO)


def test_what_stands_no_more_is_not_judged_by_what_is_known_now(running: Rekenschap) -> None:
    about = {"betreft": "eerste", "reden": "dubbel", "gezag": "aanbieder", "actor": AANBIEDER}
    line = next(r for r in running.spoor(toewijzing="T1").regels if r.referentie == "eerste")
    accepted(running.execute(made(TrekGegevenIn, **about)))

    assert four(running.heroverweeg(f"gemeente/{line.bekend_op}")) == (YES, YES, None, None)


def test_another_reading_chosen_since_does_not_change_the_own_rules(
    running: Rekenschap, too_much: str
) -> None:
    options = {"regeling": "twente-2025", "datum": date(2025, 6, 1)}
    name, value = next(
        (one.optie, one.waarde)
        for one in running.opties(op=date(2025, 6, 1))
        if isinstance(one.waarde, bool)
    )
    accepted(running.execute(made(KiesOptie, optie=name, waarde=not value, **options)))

    assert four(running.heroverweeg(too_much)) == (NO, NO, NO, NO)


# --- what was erased


def test_what_was_erased_leaves_the_recorded_verdict(ledger: Rekenschap) -> None:
    """Day care is for who is not yet eighteen, which without a birth date nobody can tell."""
    born = made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=date(2007, 5, 10))
    taken = made(
        NeemBeginstandOver,
        toewijzing="O1",
        jeugdige="kind-1",
        regeling="voorganger",
        product="kdc_odc_basis",
        ingangsdatum=date(2024, 1, 1),
        einddatum=date(2025, 6, 20),
        volume=400,
        eenheid="uur",
        gestart=date(2024, 1, 1),
    )
    for step in (born, taken):
        accepted(ledger.execute(step))
    hours = {"soort": "direct", "eenheid": "uur", "datum": date(2025, 5, 20)}
    refused = ledger.execute(effort("O1", 4, **hours))
    assert "TW-KD-01" in refused.regels
    accepted(ledger.execute(made(WisGegevens, jeugdige="kind-1", grond="verzoek_betrokkene")))

    found = ledger.bezwaardossier(refused.beslissing)

    assert found.heroverwogen.toen.regels == refused.regels
    assert four(found.heroverwogen) == (NO, NO, NO, NO)
    assert found.heroverwogen.gewist == ("TW-KD-01",)
    assert found.reproductie.gelijk
    assert found.reproductie.gewist == ("TW-KD-01",)
