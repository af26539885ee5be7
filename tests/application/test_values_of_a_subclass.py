"""A host's own kinds of text and number are taken for what they hold, not for how they print."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from tests.application.care import accepted, effort, granted, no_show, started

from rekenschap.application import Rekenschap
from rekenschap.domain.errors import Incorrect


class Mine(str, Enum):  # noqa: UP042 - as many hosts still write it: str() of it is 'Mine.ONE'
    """An enumeration of texts whose members print as something else."""

    ALLOCATION = "T1"
    KIND = "direct"
    UNIT = "minuut"
    ID = "opdracht-van-mij"
    REFERENCE = "stap-van-mij"
    YOUTH = "kind-1"
    UNKNOWN = "telepathisch"


class Number(Decimal):
    """A decimal of a library of the host."""


class Whole(int):
    """A whole number of a library of the host."""


class Day(date):
    """A day of a library of the host."""


@pytest.fixture
def running(ledger: Rekenschap) -> Rekenschap:
    """A ledger with an allocation that has begun."""
    accepted(ledger.execute(granted("T1", Mine.YOUTH)))
    accepted(ledger.execute(started(Mine.ALLOCATION)))
    return ledger


def stored(ledger: Rekenschap) -> bytes:
    return list(ledger._store.scan())[-1].payload


def test_text_of_a_subclass_is_stored_as_what_it_holds(running: Rekenschap) -> None:
    own = {"soort": Mine.KIND, "eenheid": Mine.UNIT, "command_id": Mine.ID}
    accepted(running.execute(effort(Mine.ALLOCATION, **own, referentie=Mine.REFERENCE)))

    assert b"Mine" not in stored(running)
    stand = running.stand(toewijzing="T1", geldig_op=date(2025, 12, 1))
    assert stand is not None
    assert stand.verbruikt_per_soort == {"direct": 60}
    same = effort("T1", command_id="opdracht-van-mij", referentie="stap-van-mij")
    before = running.positie
    accepted(running.execute(same))
    assert running.positie == before


@pytest.mark.parametrize("number", [Number("60"), Whole(60)], ids=["decimal", "int"])
def test_a_number_of_a_subclass_is_the_number(running: Rekenschap, number: Any) -> None:
    accepted(running.execute(effort(aantal=number, datum=Day(2025, 3, 10))))

    assert b'"aantal":"60"' in stored(running)
    told = {"vastgesteld": {"afgezegd_minuten_vooraf": Whole(30)}}
    accepted(running.execute(no_show(**told)))


def test_what_a_list_does_not_have_is_refused_whatever_it_is_called(running: Rekenschap) -> None:
    before = running.positie

    with pytest.raises(Incorrect, match="soort"):
        running.execute(effort(soort=Mine.UNKNOWN))

    assert running.positie == before
