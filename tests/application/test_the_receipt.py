"""Does the receipt of a decision name the readings it rests on, and nothing it did not read?"""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from tests.application.care import granted, no_show, started
from tests.application.reconsidering import chosen, corrected, happened

from rekenschap.application import Rekenschap
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.verdicts import Beslissing, Bon, Lezing


def receipts(ledger: Rekenschap) -> list[Bon]:
    found = []
    store: Any = ledger._store
    with store.reading() as unit:
        for record in unit.log.read_from(0):
            entry = ledger._codec.decode(record)
            assert entry.beslissing.bon is not None
            assert type(entry.beslissing) is Beslissing
            found.append(entry.beslissing.bon)
    return found


def read(bon: Bon) -> dict[str, Any]:
    assert isinstance(bon.lezingen, tuple)
    return {one.optie: one.waarde for one in bon.lezingen}


@pytest.mark.parametrize("scope", ["jeugdige", "toewijzing"])
def test_the_receipt_holds_the_reading_that_was_chosen(ledger: Rekenschap, scope: str) -> None:
    happened(ledger, chosen("no_show_scope", scope), granted(), started(), no_show("T1"))

    assert read(receipts(ledger)[-1])["no_show_scope"] == scope


def test_it_holds_the_default_where_nobody_chose_and_nothing_that_was_not_read(
    ledger: Rekenschap,
) -> None:
    happened(ledger, granted(), started(), no_show("T1", referentie="n"))
    *_, start, fact, claim = receipts(ledger)

    assert read(claim)["no_show_scope"] == "jeugdige_product"
    assert "screening_in_werking_vanaf" not in read(claim)
    assert "no_show_scope" not in read(start)
    assert read(fact) == {}


def test_a_correction_and_the_reading_of_its_own_day(ledger: Rekenschap) -> None:
    happened(ledger, chosen("no_show_scope", "toewijzing", date(2025, 4, 2)))
    happened(ledger, granted(), started(), no_show("T1", referentie="n"))
    assert read(receipts(ledger)[-1])["no_show_scope"] == "jeugdige_product"

    happened(ledger, corrected("n", datum=date(2025, 4, 2)))

    assert read(receipts(ledger)[-1])["no_show_scope"] == "toewijzing"


def test_the_readings_are_under_the_seal(ledger: Rekenschap) -> None:
    happened(ledger, granted(), started(), no_show("T1"))
    store: Any = ledger._store
    with store.reading() as unit:
        rows = unit.connection.execute(text("SELECT payload FROM events ORDER BY position"))
        last = json.loads([bytes(one) for one in rows.scalars()][-1])

    told = {"optie": "no_show_scope", "waarde": "jeugdige_product"}
    assert told in last["oordeel"]["bon"]["lezingen"]
    assert "lezingen" not in last["oordeel"]
    assert ledger.verify() == ledger.positie


def test_a_receipt_from_before_has_none_and_is_not_one_without_readings() -> None:
    before = Bon((), 0, (), "0" * 64, "p")  # type: ignore[arg-type]
    assert before.lezingen is AFWEZIG
    assert before != Bon((), 0, (), "0" * 64, "p", ())  # type: ignore[arg-type]
    assert Lezing("a", None) != Lezing("a", False)  # type: ignore[arg-type]
