"""What a role may not record, it may not correct or take back; a regeling stays whoever asks."""

from datetime import date
from typing import Any

import attrs
import pytest
from tests.application.care import (
    AANBIEDER,
    GEMEENTE,
    accepted,
    effort,
    granted,
    made,
    started,
)

from rekenschap.application.answers import Antwoord
from rekenschap.application.commands import (
    Actor,
    CorrigeerGegeven,
    StelTariefVast,
    TrekGegevenIn,
)
from rekenschap.application.rekenschap import Rekenschap

BEHEERDER = Actor("beheer-1", "beheerder")
PRICE: dict[str, Any] = {
    "product": "begeleiding_individueel",
    "eenheid": "uur",
    "bedrag": "75.50",
    "datum": date(2025, 1, 1),
}


def back(ledger: Rekenschap, what: str, actor: Actor) -> Antwoord:
    command = made(TrekGegevenIn, betreft=what, reden="dubbel", gezag="aanbieder", actor=actor)
    return ledger.execute(command)


def corrected(ledger: Rekenschap, what: str, actor: Actor, **new: Any) -> Antwoord:
    told = {"reden": "typefout", "gezag": "gemeente", "vervanging": new}
    return ledger.execute(made(CorrigeerGegeven, betreft=what, actor=actor, **told))


@pytest.mark.parametrize("what", ["gemeente/1", "gemeente/2"])
def test_a_regeling_stays_whoever_asks(ledger: Rekenschap, what: str) -> None:
    refused = back(ledger, what, AANBIEDER)
    assert (str(refused.uitkomst), refused.regels) == ("geweigerd", ("HR-03",))
    for actor in (GEMEENTE, BEHEERDER):
        assert back(ledger, what, actor).gronden == ("regeling_blijft",)
        again = corrected(ledger, what, actor, datum=date(2025, 2, 1))
        assert again.gronden == ("regeling_blijft",)
    accepted(ledger.execute(granted()))


@pytest.mark.parametrize("actor", [GEMEENTE, BEHEERDER])
def test_a_price_is_changed_and_taken_back_by_who_may_fix_it(
    ledger: Rekenschap, actor: Actor
) -> None:
    price = accepted(ledger.execute(made(StelTariefVast, actor=actor, **PRICE))).beslissing
    assert corrected(ledger, price, AANBIEDER, bedrag="99.00").regels == ("HR-03",)
    assert back(ledger, price, AANBIEDER).regels == ("HR-03",)
    accepted(corrected(ledger, price, actor, bedrag="80.00"))
    accepted(back(ledger, price, actor))


def test_a_provider_takes_back_its_effort_and_not_the_grant(ledger: Rekenschap) -> None:
    grant = accepted(ledger.execute(granted())).beslissing
    accepted(ledger.execute(started()))
    line = accepted(ledger.execute(effort())).beslissing
    assert back(ledger, grant, AANBIEDER).regels == ("HR-02",)
    accepted(back(ledger, line, AANBIEDER))
    correction = accepted(corrected(ledger, grant, GEMEENTE, volume=5000)).beslissing
    assert back(ledger, correction, AANBIEDER).regels == ("HR-02",)
    accepted(back(ledger, correction, GEMEENTE))
    gone = accepted(back(ledger, grant, attrs.evolve(GEMEENTE, rol="toegang"))).beslissing
    assert back(ledger, gone, AANBIEDER).regels == ("HR-02",)
    accepted(back(ledger, gone, GEMEENTE))
