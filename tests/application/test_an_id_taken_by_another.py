"""An id that somebody has stays with them: a refused request for another takes nothing over."""

from typing import Any

import pytest
from tests.application.care import AANBIEDER, accepted, effort, granted, made, referred, started

from rekenschap.application.commands import LegContactVast
from rekenschap.application.rekenschap import Rekenschap


def refused(answer: Any, ground: str) -> None:
    assert not answer.uitkomst.erkend
    assert answer.gronden == (ground,)


@pytest.fixture
def held(ledger: Rekenschap) -> Rekenschap:
    for command in (referred(verwijzer="gemeente"), granted(verwijzing="V1"), started()):
        accepted(ledger.execute(command))
    return ledger


def test_a_refused_grant_takes_no_toewijzing_over(held: Rekenschap) -> None:
    accepted(held.execute(effort(aantal=10)))
    refused(held.execute(granted(jeugdige="kind-2")), "toewijzing_bestaat_al")
    before = len(held.spoor(jeugdige="kind-2").regels)
    accepted(held.execute(effort(aantal=10)))
    stand = held.stand(toewijzing="T1")
    assert stand is not None
    assert stand.verbruikt == 20
    assert len(held.spoor(jeugdige="kind-2").regels) == before


def test_a_refused_referral_takes_no_verwijzing_over(held: Rekenschap) -> None:
    refused(
        held.execute(referred(jeugdige="kind-2", verwijzer="gemeente")), "verwijzing_bestaat_al"
    )
    contact = made(LegContactVast, verwijzing="V1", met="toegang", onderwerp="verlenging")
    accepted(held.execute(contact))


def test_whom_a_refused_request_named_is_forgotten_when_somebody_gets_the_id(
    ledger: Rekenschap,
) -> None:
    alone = granted(jeugdige="kind-2", actor=AANBIEDER)  # refused: not theirs to grant
    assert not ledger.execute(alone).uitkomst.erkend
    refused(ledger.execute(effort()), "toewijzing_niet_erkend")
    accepted(ledger.execute(granted()))
    accepted(ledger.execute(started()))
    accepted(ledger.execute(effort()))
