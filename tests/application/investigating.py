"""What the tests of replay, reproduction and difference share: a ledger in memory, and a hand."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from attrs import define
from tests.application.care import KEY, NOW, accepted, introduced, made

from rekenschap.application import (
    Antwoord,
    Command,
    CorrigeerGegeven,
    Rekenschap,
    TrekGegevenIn,
    Uitkomst,
)
from rekenschap.application.other_rules import Regels
from rekenschap.application.replay import Herbeslissing
from rekenschap.domain.andere_regels import AndereRegels, Getal
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.clock import FixedClock

SIZE = "TW-ALG-01"
TRAVEL = Getal("TW-ALG-07", "hoogstens")
REFERRERS = Getal("TW-ALG-16", "verwijzers")
END = date(2025, 12, 31)


@define
class Hand:
    """One ledger, and who sends commands to it, a minute apart."""

    ledger: Rekenschap
    clock: FixedClock

    def do(self, command: Command) -> Antwoord:
        """Send a command and hand back its answer."""
        self.clock.advance(timedelta(minutes=1))
        return self.ledger.execute(command)

    def must(self, *commands: Command) -> list[Antwoord]:
        """Send commands that have to be accepted."""
        return [accepted(self.do(one)) for one in commands]

    def correct(self, betreft: str, **vervanging: Any) -> Antwoord:
        """Correct fields of an earlier step."""
        values = {"reden": "typefout", "gezag": "aanbieder", "vervanging": vervanging}
        return self.do(made(CorrigeerGegeven, betreft=betreft, **values))

    def take_back(self, betreft: str, **values: Any) -> Antwoord:
        """Take back an earlier step."""
        told = {"reden": "dubbel", "gezag": "aanbieder", **values}
        return self.do(made(TrekGegevenIn, betreft=betreft, **told))

    def saldo(self, regels: Regels = None, toewijzing: str = "T1", **clocks: Any) -> Any:
        """What is left of an allocation at the end of its days; None when there is none."""
        told = {"geldig_op": END, **clocks}
        found = self.ledger.stand(toewijzing=toewijzing, regels=regels, **told)
        return None if found is None else found.saldo

    def different(self, regels: Regels = None, **part: Any) -> list[Herbeslissing]:
        """What would have been decided otherwise, in a part of the ledger."""
        return [one for one in self.ledger.herspeel(regels, **part) if one.anders]


@contextmanager
def hand(url: str = "sqlite://", moment: datetime = NOW, *, empty: bool = False) -> Iterator[Hand]:
    """A ledger that knows twente-2025, unless it has to be empty."""
    clock = FixedClock(moment)
    with open_grootboek(url, grootboek="gemeente", sleutel=KEY, clock=clock) as ledger:
        found = Hand(ledger, clock)
        if not empty:
            found.must(introduced())
        yield found


def outcomes(found: list[Herbeslissing]) -> list[tuple[int, str, str | None, str | None]]:
    """Of each line its position, its event, and both outcomes."""
    return [(one.positie, one.gebeurtenis, _outcome(one.toen), _outcome(one.nu)) for one in found]


def _outcome(decision: Any) -> str | None:
    return None if decision is None else str(decision.uitkomst)


def numbers(values: Mapping[Getal, Any]) -> AndereRegels:
    """Rules with these numbers."""
    return AndereRegels(getallen=dict(values))


JA, NEE = Uitkomst.GEACCEPTEERD.value, Uitkomst.GEWEIGERD.value
