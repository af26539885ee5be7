"""A log of the national caseload, of a size."""

import time
from collections import Counter
from datetime import date
from typing import Any, Final

from attrs import frozen

from benchmarks import ours
from benchmarks.caseload import caseload, youths_for
from benchmarks.places import Place
from rekenschap.application import Antwoord, Command, GeefToewijzingAf, Uitkomst
from rekenschap.infrastructure.clock import FixedClock

GROOTBOEK: Final = "nederland"
PER_COMMIT: Final = 1000
KEPT: Final = 50_000
"""More dossiers than there are youths: as whoever imports a country would have it."""
STILL_RUNS: Final = date(2027, 1, 5)
"""An allocation that lasts until here can still be used on the last day of the caseload."""


@frozen(kw_only=True)
class Subject:
    """An allocation to ask about: whose, since when, and at which position it was decided."""

    jeugdige: str
    toewijzing: str
    ingangsdatum: date
    positie: int
    loopt: bool


@frozen(kw_only=True)
class Log:
    """What was made, how long it took, and some allocations in it to ask about."""

    youths: int
    events: int
    seconds: float
    outcomes: dict[str, int]
    sample: list[Subject]

    def told(self) -> dict[str, Any]:
        """What of it is kept in the figures."""
        return {
            "youths": self.youths,
            "events": self.events,
            "decisions_per_second": round(sum(self.outcomes.values()) / self.seconds, 1),
            "outcomes": self.outcomes,
        }


def built(place: Place, seed: int, events: int) -> Log:
    """At least so many events through the front door, up to a thousand commands per commit.

    The clock stands at the end of each day of the caseload; generating is not in the seconds.
    """
    outcomes: Counter[str] = Counter()
    subjects: list[Subject] = []
    youths, seconds, clock = youths_for(seed, events), 0.0, None
    with caseload(seed, youths) as days:
        moment, first = next(days)
        clock = FixedClock(moment)
        with ours.opened(place, GROOTBOEK, clock, onthouden=KEPT) as rekenschap:
            day: list[Command] = first
            while True:
                for batch in ours.in_batches(day, PER_COMMIT):
                    began = time.perf_counter()
                    answers = rekenschap.execute_batch(batch)
                    seconds += time.perf_counter() - began
                    outcomes.update(answer.uitkomst.value for answer in answers)
                    subjects += _subjects(batch, answers)
                if (following := next(days, None)) is None:
                    break
                moment, day = following
                clock.set(moment)
            positie = rekenschap.positie
    return Log(
        youths=youths,
        events=positie,
        seconds=seconds,
        outcomes=dict(outcomes.most_common()),
        sample=[one for one in subjects if one.loopt] or subjects,
    )


def _subjects(commands: Any, answers: list[Antwoord]) -> list[Subject]:
    return [
        Subject(
            jeugdige=command.jeugdige,
            toewijzing=command.toewijzing,
            ingangsdatum=command.ingangsdatum,
            positie=int(answer.beslissing.rpartition("/")[2]),
            loopt=command.einddatum is not None and command.einddatum >= STILL_RUNS,
        )
        for command, answer in zip(commands, answers, strict=True)
        if isinstance(command, GeefToewijzingAf)
        and answer.uitkomst is not Uitkomst.GEWEIGERD
        and answer.uitkomst.erkend
    ]
