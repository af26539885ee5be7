"""Four gemeenten in one database: each its own rules, reading and price, and nothing of another."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from tests.application.care import AANBIEDER, accepted, effort, granted, made, opened, started

from rekenschap.application import (
    Antwoord,
    Command,
    Incorrect,
    KiesOptie,
    Rekenschap,
    StelTariefVast,
    ToewijzingStand,
    TrekGegevenIn,
    VoerRegelingIn,
)
from rekenschap.domain.vocabulary import Uitkomst

REGION = (Path(__file__).parents[1] / "domain/regelingen/duindam-2026.yaml").read_text("utf-8")
ELSEWHERE = REGION.replace("regeling: duindam-2026", "regeling: elders-2026").replace(
    "termijn: {maanden: 9}", "termijn: {maanden: 7}"
)
OVER_A_REGION = """
regeling: kluwerdorp-2026
over: twente-2025
titel: Jeugdhulp Kluwerdorp 2026
gebied: Kluwerdorp
in_werking: {vanaf: 2026-01-01, tot_en_met: null}
documenten:
  verordening: {titel: Verordening jeugdhulp Kluwerdorp 2026, datum: 2025-11-20}
regels:
  - id: KD-01
    zin: Begeleiding duurt ten hoogste een half jaar.
    ernst: weigert
    status: verordening
    bron: [{document: verordening, plaats: artikel 3, citaat: ten hoogste zes maanden}]
    toepassingen:
      - soort: duur_maximum
        producten: [begeleiding_individueel]
        instelling: {termijn: {maanden: 6}}
"""
DAY = date(2026, 2, 2)


@frozen
class Gemeente:
    """How a gemeente is configured, and up to which day it grants."""

    naam: str
    tekst: str
    regeling: str
    product: str
    optie: str
    waarde: str
    prijs: str
    laatste: date
    regel: str | None


GEMEENTEN = (
    Gemeente("westdorp", "twente-2025", "twente-2025", "begeleiding_individueel",
             "no_show_jaar", "kalenderjaar", "1.00", date(2027, 2, 1), None),
    Gemeente("kluwerdorp", OVER_A_REGION, "kluwerdorp-2026", "begeleiding_individueel",
             "no_show_jaar", "looptijd", "1.10", date(2026, 8, 1), "KD-01"),
    Gemeente("duindam", REGION, "duindam-2026", "wandelcoach",
             "gemist_jaar", "kalenderjaar", "1.20", date(2026, 11, 1), "DD-02"),
    Gemeente("elders", ELSEWHERE, "elders-2026", "wandelcoach",
             "gemist_samen", "toewijzing", "1.30", date(2026, 9, 1), "DD-02"),
)  # fmt: skip
Ledgers = dict[str, Rekenschap]


def configuration(one: Gemeente) -> Iterator[Command]:
    yield made(VoerRegelingIn, command_id="c1", tekst=one.tekst, datum=DAY)
    yield made(
        KiesOptie,
        command_id="c2",
        regeling=one.regeling,
        optie=one.optie,
        waarde=one.waarde,
        datum=DAY,
    )
    yield made(
        StelTariefVast,
        command_id="c3",
        product=one.product,
        eenheid="minuut",
        bedrag=one.prijs,
        datum=DAY,
    )


def grant(one: Gemeente, last: date, **values: str) -> Command:
    told: dict[str, Any] = {"command_id": "c4", "volume": 600, **values}
    return granted(product=one.product, datum=DAY, ingangsdatum=DAY, einddatum=last, **told)


def stand_of(ledger: Rekenschap) -> ToewijzingStand:
    stand = ledger.stand(toewijzing="T1", geldig_op=date(2026, 4, 1))
    assert stand is not None
    return stand


@pytest.fixture
def ledgers(database_url: str) -> Iterator[Ledgers]:
    """Every step by the same ids in each: those of one are not those of another."""
    with ExitStack() as stack:
        found = {one.naam: stack.enter_context(opened(database_url, one.naam)) for one in GEMEENTEN}
        for one in GEMEENTEN:
            for command in configuration(one):
                accepted(found[one.naam].execute(command))
        for number, one in enumerate(GEMEENTEN, start=1):
            for command in (
                grant(one, one.laatste),
                started(command_id="c5", datum=DAY),
                effort(command_id="c6", aantal=100 * number, datum=date(2026, 3, 2)),
            ):
                accepted(found[one.naam].execute(command))
        yield found


def test_each_judges_by_its_own_rules(ledgers: Ledgers) -> None:
    for one in GEMEENTEN:
        later = one.laatste.replace(day=one.laatste.day + 1)
        tested = ledgers[one.naam].toets(grant(one, later, command_id="c9", toewijzing="T2"))

        refused = () if one.regel is None else (one.regel,)
        assert tested.regels == refused, one.naam


def test_each_counts_at_its_own_price(ledgers: Ledgers) -> None:
    euros = {}
    for one in GEMEENTEN:
        stand = stand_of(ledgers[one.naam])
        euros[one.naam] = (int(stand.verbruikt), str(stand.bedrag_eur), stand.regeling)
        (price,) = ledgers[one.naam].uitleg(product=one.product, geldig_op=DAY).tarieven
        assert (str(price.bedrag), price.vastgesteld) == (one.prijs, True)

    assert euros == {
        "westdorp": (100, "100.00", "twente-2025"),
        "kluwerdorp": (200, "220.00", "kluwerdorp-2026"),
        "duindam": (300, "360.00", "duindam-2026"),
        "elders": (400, "520.00", "elders-2026"),
    }


def test_each_has_its_own_reading(ledgers: Ledgers) -> None:
    for one in GEMEENTEN:
        chosen = [o for o in ledgers[one.naam].opties(op=DAY) if o.sinds is not None]
        assert [(o.optie, o.waarde) for o in chosen] == [(one.optie, one.waarde)]


def test_what_one_records_no_other_sees(ledgers: Ledgers) -> None:
    first, *others = GEMEENTEN
    mine = ledgers[first.naam]
    before = {name: ledger.lees(0, limiet=100) for name, ledger in ledgers.items()}
    known = {name: [line.positie for line in lines] for name, lines in before.items()}

    accepted(
        mine.execute(
            grant(first, first.laatste, command_id="c7", toewijzing="T2", jeugdige="kind-2")
        )
    )

    for one in others:
        ledger = ledgers[one.naam]
        assert [line.positie for line in ledger.lees(0, limiet=100)] == known[one.naam]
        with pytest.raises(Incorrect):
            ledger.stand(toewijzing="T2", geldig_op=DAY)
        with pytest.raises(Incorrect):
            ledger.stand(jeugdige="kind-2", geldig_op=DAY)
        assert [t.toewijzing for t in ledger.toewijzingen(jeugdige="kind-1").regels] == ["T1"]
        assert ledger.execute(effort("T2", command_id="c7")).gronden == ("toewijzing_niet_erkend",)


def test_a_reference_into_another_grootboek_is_refused(ledgers: Ledgers) -> None:
    one, other = ledgers["duindam"], ledgers["elders"]
    answer: Antwoord = one.execute(effort(command_id="c8", datum=date(2026, 3, 3)))
    taken_back = made(
        TrekGegevenIn, betreft=answer.beslissing, reden="typefout", gezag="aanbieder",
        actor=AANBIEDER,
    )  # fmt: skip

    there = other.execute(taken_back)

    assert (there.uitkomst, there.gronden) == (Uitkomst.GEWEIGERD, ("niets_in_te_trekken",))
    assert one.execute(taken_back).uitkomst is not Uitkomst.GEWEIGERD
    assert stand_of(other).verbruikt == 400


def test_each_is_evidence_by_itself(ledgers: Ledgers) -> None:
    accepted(ledgers["elders"].execute(effort(command_id="c8", datum=date(2026, 3, 3))))

    lines = {name: ledger.verify() for name, ledger in ledgers.items()}

    assert lines["elders"] == lines["duindam"] + 1
    assert lines["westdorp"] == lines["kluwerdorp"] == lines["duindam"]
