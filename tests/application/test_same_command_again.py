"""A command id is used once: what does the same command again, or another one with its id, do?"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from tests.application.care import (
    AANBIEDER,
    accepted,
    effort,
    granted,
    introduced,
    made,
    no_show,
    opened,
    referred,
    rows,
    started,
    treated,
)

from rekenschap.application.commands import (
    Command,
    CorrigeerGegeven,
    LegJeugdigeVast,
    StartZorg,
    VerleenGoedkeuring,
)
from rekenschap.application.errors import Conflict, Incorrect
from rekenschap.application.rekenschap import Rekenschap
from rekenschap.domain.vocabulary import Uitkomst

STEPS: list[Callable[[], Command]] = [
    introduced,
    referred,
    granted,
    no_show,
    lambda: started("T1", referentie="start"),
    lambda: effort("T1", vastgesteld={"sessie": True}),
    lambda: effort("onbekend"),
    lambda: made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=date(2012, 5, 17)),
    lambda: made(
        CorrigeerGegeven,
        betreft="start",
        reden="typefout",
        gezag="gemeente",
        vervanging={"datum": date(2025, 3, 4)},
    ),
    lambda: made(
        VerleenGoedkeuring, betreft="start", door="gemeente", motivering="Dit is in orde."
    ),
]


@pytest.mark.parametrize("number", range(len(STEPS)))
def test_the_same_command_again_gives_the_same_answer_and_records_nothing(
    ledger: Rekenschap, database_url: str, number: int
) -> None:
    for make in (granted, lambda: started("T1", referentie="start")):
        ledger.execute(make())
    command = STEPS[number]()
    answer = ledger.execute(command)
    before = rows(ledger)
    assert ledger.execute(command) == answer
    assert ledger.execute_batch([command, command]) == [answer, answer]
    with opened(database_url) as other:
        assert other.execute(command) == answer
    assert rows(ledger) == before


@pytest.mark.parametrize(
    "other",
    [
        {"aantal": 61},
        {"datum": date(2025, 3, 11)},
        {"soort": "indirect"},
        {"actor": attrs.evolve(AANBIEDER, id="iemand-anders")},
        {"actor": attrs.evolve(AANBIEDER, rol="gemeente")},
        {"actor": attrs.evolve(AANBIEDER, namens=None)},
        {"referentie": "naam"},
        {"vastgesteld": {"sessie": None}},
        {"regelreferentie": "R1"},
        {"toewijzing": "T2"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_an_id_with_other_content_is_a_conflict_and_records_nothing(
    ledger: Rekenschap, other: dict[str, Any]
) -> None:
    ledger.execute_batch([granted(), started()])
    command = effort()
    answer = ledger.execute(command)
    before = rows(ledger)
    with pytest.raises(Conflict) as caught:
        ledger.execute(attrs.evolve(command, **other))
    assert caught.value.command_id == command.command_id
    assert caught.value.position == answer.positie
    assert rows(ledger) == before
    assert ledger.execute(command) == answer


def test_an_id_with_another_kind_of_command_is_a_conflict(ledger: Rekenschap) -> None:
    ledger.execute(granted())
    first = ledger.execute(command := started())
    assert first.uitkomst.erkend
    with pytest.raises(Conflict):
        ledger.execute(effort(command_id=command.command_id))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Jan is ziek.", "Jan is beter."), ("Jan is ziek.", None)],
)
def test_words_and_birth_dates_are_content_too(
    ledger: Rekenschap, one: str, other: str | None
) -> None:
    born = made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=date(2012, 5, 17))
    ledger.execute(born)
    with pytest.raises(Conflict):
        ledger.execute(attrs.evolve(born, geboortedatum=date(2012, 5, 18)))
    with pytest.raises(Conflict):
        ledger.execute(attrs.evolve(born, geboortedatum=None))
    words = made(VerleenGoedkeuring, betreft="niets", door="gemeente", motivering=one)
    ledger.execute(words)
    with pytest.raises(Conflict):
        ledger.execute(attrs.evolve(words, **({"motivering": other} if other else {"door": "cmd"})))


def test_an_int_and_a_decimal_of_the_same_size_are_the_same_command(ledger: Rekenschap) -> None:
    ledger.execute_batch([granted(), started()])
    command = effort(aantal=60)
    answer = ledger.execute(command)
    assert ledger.execute(attrs.evolve(command, aantal=Decimal("60.00"))) == answer


def test_malformed_input_does_not_use_an_id_up(ledger: Rekenschap) -> None:
    with pytest.raises(Incorrect):
        ledger.execute(granted(command_id="nog-vrij", volume=-1))
    assert accepted(ledger.execute(granted(command_id="nog-vrij")))


def test_a_refusal_uses_an_id_up_and_stays_the_answer_for_ever(ledger: Rekenschap) -> None:
    early = started("T1")
    refused = ledger.execute(early)
    assert refused.uitkomst is Uitkomst.GEWEIGERD
    assert refused.gronden == ("toewijzing_niet_erkend",)
    ledger.execute(granted())
    assert ledger.execute(early) == refused
    with pytest.raises(Conflict):
        ledger.execute(attrs.evolve(early, datum=date(2025, 3, 4)))
    accepted(ledger.execute(made(StartZorg, toewijzing="T1")))


def test_the_same_id_in_another_grootboek_is_another_command(
    ledger: Rekenschap, database_url: str
) -> None:
    command = referred()
    ledger.execute(command)
    with opened(database_url, "buren") as other:
        other.execute(introduced())
        accepted(other.execute(attrs.evolve(command, jeugdige="ander-kind")))


def test_one_referral_is_used_once(ledger: Rekenschap) -> None:
    ledger.execute(referred())
    accepted(ledger.execute(treated("T1", "V1")))
    second = ledger.execute(treated("T2", "V1"))
    assert second.uitkomst is Uitkomst.GEWEIGERD
    assert second.regels == ("TW-HA-05",)
