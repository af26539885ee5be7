"""Objections that were recorded before a decision could be named: they are read as they were."""

import json
from datetime import date
from typing import Any

import pytest
from tests.application.care import accepted, granted, head, made, started

from rekenschap.application import Bezwaarstand, Rekenschap
from rekenschap.application.commands import BeslisBezwaar, DienBezwaarIn, TrekBezwaarIn
from rekenschap.application.ports import NewRecord

RECEIVED, DECIDED = date(2026, 2, 2), date(2026, 3, 2)


@pytest.fixture
def ledger(ledger: Rekenschap) -> Rekenschap:
    accepted(ledger.execute(granted("T1", referentie="toekenning")))
    accepted(ledger.execute(started("T1")))
    return ledger


def as_the_first_version_wrote_it(ledger: Rekenschap, command: Any) -> int:
    """Record what a command records today in the shape of version 1; its position."""
    codec: Any = ledger._codec
    ours = ledger.toets(command)
    assert ours.uitkomst.erkend
    with ledger._store.writing() as unit:
        start = unit.log.read_from(head_of(unit) - 1)[-1]
        whole = json.loads(start.payload)
        fields = {"datum": command.datum.isoformat(), "toewijzing": "T1", "vastgesteld": {}}
        if isinstance(command, BeslisBezwaar) and command.volume:
            fields |= {"volume": str(command.volume), "eenheid": "minuut"}
        whole["feit"] = fields
        whole["opdracht"] = command.command_id
        whole["oordeel"]["gevolg"] = effect(command)
        payload = json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()
        touched = ("toewijzing/T1", *(r for r in unit.log.references_of(start.position)))
        record = NewRecord(
            "toewijzing/T1", command.feit.naam, 1, payload, tuple(dict.fromkeys(touched))
        )
        (stored,) = unit.log.append(
            [record], moment=unit.log.moment(), command_id=command.command_id
        )
    codec.decode(stored)
    return stored.position


def head_of(unit: Any) -> int:
    position: int = unit.log.head().position
    return position


def effect(command: Any) -> dict[str, Any] | None:
    if not isinstance(command, BeslisBezwaar) or not command.volume:
        return None
    nothing = {"tarief": None, "tarief_eenheid": None, "budget": None, "waarde": None}
    return {**nothing, "eenheid": "minuut", "aantal": str(command.volume), "jaardagen": []}


def test_it_is_against_the_grant_and_its_decision_decides_the_last_open_one(
    ledger: Rekenschap,
) -> None:
    objects = made(DienBezwaarIn, toewijzing="T1", datum=RECEIVED)
    position = as_the_first_version_wrote_it(ledger, objects)
    (one,) = ledger.bezwaren(jeugdige="kind-1", op=date(2026, 6, 1))
    assert (one.bezwaar, one.stand) == (f"gemeente/{position}", Bezwaarstand.OPEN)
    assert (one.gebeurtenis, one.toewijzing, one.aard) == (
        *("ToewijzingAfgegeven", "T1"),
        "besluit",
    )
    decides = made(BeslisBezwaar, toewijzing="T1", volume=9000, eenheid="minuut", datum=DECIDED)
    last = as_the_first_version_wrote_it(ledger, decides)
    (one,) = ledger.bezwaren(jeugdige="kind-1", op=date(2026, 6, 1))
    assert (one.stand, one.dictum, one.nieuw_besluit) == (Bezwaarstand.BESLIST, None, None)
    assert one.beslissing == f"gemeente/{last}"
    balance = ledger.stand(toewijzing="T1", geldig_op=DECIDED)
    assert balance is not None
    assert balance.toegewezen == 9000
    assert ledger.verify() == last
    assert ledger.rebuild().positie == last
    assert ledger.stand(toewijzing="T1", geldig_op=DECIDED) == balance
    assert [line.gebeurtenis for line in ledger.spoor(toewijzing="T1").regels][-2:] == [
        *("BezwaarIngediend", "BezwaarBeslist")
    ]


def test_what_is_told_of_it_today_names_it_by_its_position(ledger: Rekenschap) -> None:
    objects = made(DienBezwaarIn, toewijzing="T1", datum=RECEIVED)
    position = as_the_first_version_wrote_it(ledger, objects)
    before = head(ledger)
    taken = made(TrekBezwaarIn, bezwaar=f"gemeente/{position}", datum=DECIDED)
    accepted(ledger.execute(taken))
    (one,) = ledger.bezwaren(jeugdige="kind-1", op=DECIDED)
    assert one.stand is Bezwaarstand.INGETROKKEN
    assert head(ledger) == before + 1
