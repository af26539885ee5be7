"""The world a random simulation plays in: a store that fails, clocks that jump, two front doors.

``Doors`` is what the caseload takes for its ledger: it is asked to execute a command, and sees to
it that this goes wrong in every way a host must be able to live with.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import attrs
from attrs import define, field, frozen
from tests.application.care import opened
from tests.faults.databases import Databases
from tests.faults.injection import Faults, kinds_of

from rekenschap.application import Antwoord, Command, Rekenschap
from rekenschap.application.errors import Conflict, Incorrect, Onbeschikbaar
from rekenschap.infrastructure.clock import FixedClock

TOLERANCE = timedelta(seconds=5)
HOUR = timedelta(hours=1)
MOMENTS = (
    datetime(2026, 1, 5, 9, 0, tzinfo=UTC),
    datetime(2026, 3, 28, 23, 59, tzinfo=UTC),  # the night an hour is skipped
    datetime(2026, 10, 24, 23, 30, tzinfo=UTC),  # the night an hour comes twice
    datetime(2028, 2, 28, 22, 30, tzinfo=UTC),  # the night before a leap day
    datetime(2027, 12, 31, 22, 30, tzinfo=UTC),
)


@frozen(kw_only=True)
class Odds:
    """How often something goes wrong, per command."""

    again: float = 0.25
    conflict: float = 0.02
    failing: float = 0.12
    dies: float = 0.5
    jump: float = 0.06
    tested: float = 0.1
    rebuilt: float = 0.02


@define
class Doors:
    """Two openings of one grootboek, each with a clock of its own."""

    databases: Databases
    url: str
    chance: Random
    faults: Faults
    odds: Odds
    clock: FixedClock
    doors: list[Rekenschap] = field(factory=list)
    answered: dict[str, tuple[Command, Antwoord]] = field(factory=dict)
    counted: dict[str, int] = field(factory=dict)
    _stacks: list[ExitStack] = field(factory=list)
    _clocks: list[FixedClock] = field(factory=list)

    def open(self) -> None:
        for _ in range(2):
            self._stacks.append(ExitStack())
            self._clocks.append(FixedClock(self.clock.now()))
            self.doors.append(self._opened(len(self.doors)))

    def close(self) -> None:
        for stack in self._stacks:
            stack.close()

    def execute(self, command: Command) -> Antwoord:
        """Have a command done whatever happens; the answer is the one it first got."""
        number = self.chance.randrange(2)
        self._set_clocks()
        if self.chance.random() < self.odds.tested:
            self._tested(number, command)
        answer = self._insisting(number, command)
        before = self.answered.get(command.command_id)
        assert before is None or before[1] == answer, f"{command.command_id}: another answer"
        self.answered[command.command_id] = (command, answer)
        self._afterwards()
        return answer

    def _insisting(self, number: int, command: Command) -> Antwoord:
        """Send it until it is answered; the store fails, or the process dies, at random."""
        while True:
            failing = self.chance.random() < self.odds.failing
            if failing:
                kind = self.chance.choice(kinds_of(self.databases.kind))
                self.faults.arm(self.chance.randint(1, 16), kind)
            try:
                return self.doors[number].execute(command)
            except Onbeschikbaar:
                self._failed(number)
                number = self.chance.randrange(2)
            finally:
                self.faults.disarm()

    def _failed(self, number: int) -> None:
        """A process may die of it; and a clock that runs behind catches up."""
        self._count("store_failures")
        if self.faults.disarm() is None:
            self._count("clock_behind")
            self._set_clocks(exactly=True)
        elif self.chance.random() < self.odds.dies:
            self._count("processes_died")
            self._stacks[number].close()
            self.doors[number] = self._opened(number)

    def _opened(self, number: int) -> Rekenschap:
        self._stacks[number] = stack = ExitStack()
        return stack.enter_context(opened(self.url, clock=self._clocks[number]))

    def _set_clocks(self, *, exactly: bool = False) -> None:
        """Mostly on time, to within what is tolerated; sometimes an hour off."""
        for clock in self._clocks:
            skew = timedelta(seconds=0 if exactly else self.chance.uniform(-2, 2))
            if not exactly and self.chance.random() < self.odds.jump:
                self._count("clock_jumps")
                skew += -HOUR
            clock.set(self.clock.now() + skew)

    def _tested(self, number: int, command: Command) -> None:
        """What is tested is what is answered next, and records nothing."""
        self._count("tested")
        ledger = self.doors[number]
        try:
            before, told, after = ledger.positie, ledger.toets(command), ledger.positie
            others = self.doors[1 - number].toets(command)
        except (Incorrect, Onbeschikbaar):
            return
        assert before == after, "testing recorded something"
        assert told == others, "the doors test differently"

    def _afterwards(self) -> None:
        """Duplicates of what was sent before, ids used for something else, tables thrown away."""
        while self.chance.random() < self.odds.again:
            self._count("duplicates")
            command, answer = self.chance.choice(list(self.answered.values()))
            before = self.doors[0].positie
            assert self._insisting(self.chance.randrange(2), command) == answer
            assert self.doors[1].positie == before, "a duplicate was recorded"
        if self.chance.random() < self.odds.conflict:
            self._conflict()
        if self.chance.random() < self.odds.rebuilt:
            self._count("rebuilds")
            self._whatever_happens(lambda ledger: ledger.rebuild())

    def _conflict(self) -> None:
        self._count("conflicts")
        command, _ = self.chance.choice(list(self.answered.values()))
        other = attrs.evolve(command, datum=command.datum + timedelta(days=1))
        before = self.doors[0].positie
        try:
            self.doors[1].execute(other)
        except Conflict:
            assert self.doors[0].positie == before
        else:
            raise AssertionError(f"{command.command_id} was taken for another command")

    def _whatever_happens(self, ask: Callable[[Rekenschap], Any]) -> Any:
        """Ask a question, of a store that may fail meanwhile."""
        if self.chance.random() < self.odds.failing:
            kind = self.chance.choice(kinds_of(self.databases.kind))
            self.faults.arm(self.chance.randint(1, 12), kind)
            try:
                return ask(self.chance.choice(self.doors))
            except Onbeschikbaar:
                self._count("store_failures")
            finally:
                self.faults.disarm()
        return ask(self.chance.choice(self.doors))

    def ask(self, question: str, **values: Any) -> Any:
        """A question at one of the doors."""
        return self._whatever_happens(lambda ledger: getattr(ledger, question)(**values))

    def _count(self, what: str) -> None:
        self.counted[what] = self.counted.get(what, 0) + 1
