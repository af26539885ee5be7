"""Races of real processes for one place, as often as asked; see ``tests/application``."""

from collections.abc import Callable
from typing import Any

from attrs import frozen
from tests.application.care import opened
from tests.application.test_races import prepare, race, racers
from tests.application.test_races_of_products import families, rivals

from rekenschap.application import Rekenschap

WON = "geaccepteerd"


@frozen
class Race:
    """How a race is prepared, run, and what the loser is told."""

    prepare: Callable[[Rekenschap, list[str]], None]
    processes: Callable[[str], Any]
    kind: str
    rule: str


RACES = {
    "the last no-show": Race(prepare, lambda url: racers(url, "gemeente", 2), "no-show", "TW-NS-01"),
    "two products that exclude each other": Race(
        lambda ledger, youths: families(ledger, "variant", youths), rivals, "variant", "TW-CMB-01"
    ),
}


def race_rounds(url: str, name: str, rounds: int) -> int:
    """Run so many races in one grootboek; how many had exactly one winner, which is all."""
    it = RACES[name]
    youths = [f"kind-{number}" for number in range(rounds)]
    won = 0
    with opened(url) as ledger:
        it.prepare(ledger, youths)
        with it.processes(url) as processes:
            for youth in youths:
                answers = sorted(race(processes, it.kind, youth))
                assert answers == [WON, f"geweigerd {it.rule}"], (youth, answers)
                won += 1
        ledger.verify()
    return won
