"""Races of real processes for one place, as often as asked; see ``tests/application``."""

import time
from collections.abc import Callable
from math import inf
from typing import Any

from attrs import frozen
from tests.application.care import accepted, introduced, opened
from tests.application.test_races import prepare, race, racers
from tests.application.test_races_of_products import families, rivals

from rekenschap.application import Rekenschap

WON = "geaccepteerd"
AT_ONCE = 25


@frozen
class Race:
    """How a race is prepared, run, and what the loser is told."""

    prepare: Callable[[Rekenschap, list[str]], None]
    processes: Callable[[str], Any]
    kind: str
    rule: str


RACES = {
    "the last no-show": Race(
        prepare, lambda url: racers(url, "gemeente", 2), "no-show", "TW-NS-01"
    ),
    "two products that exclude each other": Race(
        lambda ledger, youths: families(ledger, "variant", youths), rivals, "variant", "TW-CMB-01"
    ),
}


def race_rounds(url: str, name: str, rounds: int, until: float = inf) -> int:
    """Run so many races in one grootboek, or until a moment; all of them had one winner."""
    it, won = RACES[name], 0
    with opened(url) as ledger:
        accepted(ledger.execute(introduced()))
        with it.processes(url) as processes:
            for first in range(0, rounds, AT_ONCE):
                youths = [f"kind-{first + number}" for number in range(AT_ONCE)][: rounds - first]
                it.prepare(ledger, youths)
                for youth in youths:
                    answers = sorted(race(processes, it.kind, youth))
                    assert answers == [WON, f"geweigerd {it.rule}"], (youth, answers)
                    won += 1
                if time.monotonic() > until:
                    break
        ledger.verify()
    return won
