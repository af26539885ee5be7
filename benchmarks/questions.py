"""Two decisions and three questions, at several sizes of the log, the sizes taking turns.

- first: an effort on an allocation that runs, in a durable transaction of its own, by a process
  that has not seen its jeugdige yet: the dossier is read and folded;
- decision: another one right after it: the dossier is in memory;
- balance: ``stand(toewijzing=…)``;
- as of: the same of a day and a position in its life;
- trail: a page of up to a hundred lines of the audit trail of its jeugdige.

Each is about another allocation each time, out of all there are in the log.
"""

import random
import statistics
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from attrs import field, frozen

from benchmarks import ours
from benchmarks.grown import GROOTBOEK, Subject
from benchmarks.places import Place
from benchmarks.rounds import latencies, spread
from rekenschap.application import RegistreerInzet, Rekenschap
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.demo.pen import LAST_DAY, planner

ASKED: Final = 60
"""Times each, per round."""
NOW: Final = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)
KINDS: Final = ("first", "decision", "balance", "as of", "trail")


@frozen
class Asker:
    """Asks one log; the choice of subjects is the same for the same seed."""

    rekenschap: Rekenschap
    sample: Sequence[Subject]
    prefix: str
    chance: random.Random = field(factory=lambda: random.Random(1))

    def round(self, number: int, times: int) -> dict[str, list[float]]:
        """The latencies of each kind, in milliseconds."""
        subjects = [self.chance.choice(self.sample) for _ in range(times)]
        decided = latencies(self._decisions(subjects, number))
        first, again = decided[::2], decided[1::2]
        self.rekenschap.stand(toewijzing=subjects[0].toewijzing)  # what was decided is folded here
        ask, head = self.rekenschap, self.rekenschap.positie
        works: dict[str, list[Callable[[], object]]] = {
            "balance": [lambda s=s: ask.stand(toewijzing=s.toewijzing) for s in subjects],
            "as of": [self._as_of(one, head) for one in subjects],
            "trail": [lambda s=s: ask.spoor(jeugdige=s.jeugdige) for s in subjects],
        }
        asked = {kind: latencies(each) for kind, each in works.items()}
        return {"first": first, "decision": again, **asked}

    def _decisions(self, subjects: Sequence[Subject], number: int) -> list[Callable[[], object]]:
        """Two about each subject, before the first of which nothing is known of its jeugdige."""
        kept: Any = self.rekenschap._kept
        commands = [
            RegistreerInzet(
                command_id=f"groei-{self.prefix}-{number}-{place}-{time}",
                actor=planner("meting"),
                datum=LAST_DAY,
                toewijzing=one.toewijzing,
                soort="direct",
                aantal=15,
                eenheid="minuut",
                vastgesteld={"sessie": True, "aanwezige_jeugdigen": 1},
            )
            for place, one in enumerate(subjects)
            for time in ("first", "again")
        ]

        def decide(command: RegistreerInzet) -> None:
            if command.command_id.endswith("first"):
                kept.dossiers.clear()
            self.rekenschap.execute(command)

        return [lambda c=c: decide(c) for c in commands]

    def _as_of(self, one: Subject, head: int) -> Callable[[], object]:
        day = one.ingangsdatum + timedelta(days=self.chance.randrange(1, 120))
        known = self.chance.randrange(one.positie, head + 1)
        return lambda: self.rekenschap.stand(
            toewijzing=one.toewijzing, geldig_op=min(day, date(2026, 12, 31)), bekend_op=known
        )


def asked(
    spots: Sequence[Place],
    samples: Sequence[Sequence[Subject]],
    rounds: int,
    times: int = ASKED,
) -> list[dict[str, Any]]:
    """Per log: the median and the 99th percentile of each kind over all rounds, and the ratio of
    its median to that of the smallest log in the same round."""
    with ExitStack() as stack:
        askers = [
            Asker(
                stack.enter_context(ours.opened(place, GROOTBOEK, FixedClock(NOW))),
                sample,
                str(number),
            )
            for number, (place, sample) in enumerate(zip(spots, samples, strict=True))
        ]
        for one in askers:
            one.round(0, max(1, times // 6))
        runs = [[one.round(number, times) for one in askers] for number in range(1, rounds + 1)]
    return [
        {
            kind: _summed([run[place][kind] for run in runs], [run[0][kind] for run in runs])
            for kind in KINDS
        }
        for place in range(len(askers))
    ]


def _summed(mine: list[list[float]], smallest: list[list[float]]) -> dict[str, float]:
    ratios = [
        statistics.median(ours_) / statistics.median(theirs)
        for ours_, theirs in zip(mine, smallest, strict=True)
    ]
    everything = [one for run in mine for one in run]
    found = {name: round(value, 3) for name, value in spread(everything).items()}
    return {**found, "ratio": round(statistics.median(ratios), 2)}
