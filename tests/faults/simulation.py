"""A random life of a grootboek, and everything that is always true of it.

The same seed and number of commands give the same life; a failure prints the one command that plays
it again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from attrs import define, field, frozen
from tests.application.care import opened
from tests.faults.databases import Databases
from tests.faults.injection import faults
from tests.faults.statements import sound
from tests.faults.world import MOMENTS, Doors, Odds
from tests.projections import oracle
from tests.projections.caseload import FIRST, Caseload

from rekenschap.application import (
    Betaal,
    Command,
    Declareer,
    GeefToewijzingAf,
    Incorrect,
    KiesOptie,
    LegJeugdigeVast,
    Rekenschap,
    StartZorg,
)
from rekenschap.domain.boeking import Boeking
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.codec import JsonCodec

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAYS = (FIRST, date(2025, 3, 20), date(2025, 10, 10), date(2027, 12, 20), date(2028, 2, 20))


@frozen
class Life:
    """What a simulation came to."""

    seed: int
    commands: int
    lines: int
    counted: dict[str, int]


@define
class Disorder(Caseload):
    """The random caseload, whose commands arrive late, in another order, or more than once."""

    held: list[tuple[Command, str]] = field(factory=list)
    reordered: int = 0
    disorder: float = 0.3

    def step(self) -> None:
        """As the caseload, with some kinds of steps that have no balance of their own."""
        if self.owners and self.chance.random() < 0.12:
            self._besides()
        else:
            super().step()
        if self.held and self.chance.random() < 0.5:
            self.release(self.chance.randrange(len(self.held)))

    def release(self, number: int) -> None:
        """Send what was held back, when other things have happened since."""
        command, name = self.held.pop(number)
        super()._record(command, name)

    def _besides(self) -> None:
        name, day = self._one(), self._day()
        amounts = {"bedrag": self.chance.choice(("75.00", "0.01"))}
        youth = self.owners[name]
        born = date(2012, 2, 29) + timedelta(days=self.chance.randrange(2000))
        match self.chance.randrange(4):
            case 0:
                self._do(Declareer, name, day, soort="regulier", **amounts)
            case 1:
                self._do(Betaal, name, day, via="gemeente", **amounts)
            case 2:
                person = self._made(LegJeugdigeVast, day, jeugdige=youth, geboortedatum=born)
                self._record(person, name)
            case _:
                reading = self.chance.choice(("jeugdige", "toewijzing", "jeugdige_product"))
                told = {"regeling": "twente-2025", "optie": "no_show_scope", "waarde": reading}
                self._record(self._made(KiesOptie, day, **told), name)

    def _record(self, command: Command, name: str) -> None:
        grants = isinstance(command, GeefToewijzingAf | StartZorg)
        if not grants and self.chance.random() < self.disorder:
            self.reordered += 1
            self.held.append((command, name))
            return
        super()._record(command, name)


@define
class Simulation:
    """One seed: play it, and look at it from every side."""

    seed: int
    commands: int
    doors: Doors
    caseload: Disorder
    asked: list[tuple[str, dict[str, Any], Any]] = field(factory=list)

    def run(self) -> Life:
        self.caseload.begin()
        while self.caseload.sent < self.commands:
            self.caseload.step()
            if self.caseload.given and self.doors.chance.random() < 0.1:
                self._ask()
        while self.caseload.held:
            self.caseload.release(0)
        self._judge()
        counted = {**self.doors.counted, "reordered": self.caseload.reordered}
        counted["questions"] = len(self.asked)
        return Life(self.seed, self.caseload.sent, self.doors.doors[0].positie, counted)

    def _ask(self) -> None:
        """Something somebody wants to know on the way, on some day and as it was known once."""
        chance, doors = self.doors.chance, self.doors
        name = chance.choice(list(self.caseload.owners))
        known = chance.randint(0, doors.doors[0].positie)
        clocks = {"geldig_op": chance.choice((self.caseload.today, date.max)), "bekend_op": known}
        youth = self.caseload.owners[name]
        question, about = chance.choice(
            (
                ("stand", {"toewijzing": name}),
                ("stand", {"jeugdige": youth}),
                ("spoor", {"toewijzing": name, "limiet": 1000}),
                ("spoor", {"jeugdige": youth, "limiet": 1000}),
                ("toewijzingen", {"jeugdige": youth}),
            )
        )
        values = {**about, **clocks}
        try:
            answer = doors.ask(question, **values)
        except Incorrect:  # nothing was ever reported of it: its grant was no fact at all
            return
        self.asked.append((question, values, answer))

    # what is always true

    def _judge(self) -> None:
        doors = self.doors
        with opened(doors.url, clock=doors.clock) as fresh:
            log = [JsonCodec.decode(record) for record in fresh._store.scan()]
            self._positions_and_moments(log)
            self._commands_once(log)
            for question, values, answer in self.asked:
                assert getattr(fresh, question)(**values) == answer, (question, values)
            for command, answer in doors.chance.sample(
                sorted(doors.answered.values(), key=_id), 10
            ):
                assert fresh.execute(command) == answer, command
            self._balances(fresh, log)
            assert sound(fresh) == len(log)

    def _positions_and_moments(self, log: Sequence[Boeking]) -> None:
        assert [entry.positie for entry in log] == list(range(1, len(log) + 1))
        moments = [entry.geregistreerd_op for entry in log]
        assert all(one < next_one for one, next_one in pairwise(moments))

    def _commands_once(self, log: Sequence[Boeking]) -> None:
        """Every command that was answered is recorded once, and nothing else is."""
        mine = [entry for entry in log if entry.opdracht != "rekenschap-huisregels-1"]
        told = [entry.opdracht for entry in mine]
        runs = [one for n, one in enumerate(told) if n == 0 or told[n - 1] != one]
        assert len(runs) == len(set(runs)), "a command was recorded twice"
        assert set(runs) == set(self.doors.answered), "what is recorded is not what was answered"
        for entry in mine:
            _, answer = self.doors.answered[entry.opdracht]
            assert entry.positie <= answer.positie

    def _balances(self, ledger: Rekenschap, log: Sequence[Boeking]) -> None:
        """What the tables say on both clocks is what a naive fold of the log says."""
        chance = self.doors.chance
        names = sorted(oracle.allocations(log))
        for name in names:
            for day in chance.sample(days := oracle.interesting_days(log, name), min(4, len(days))):
                position = chance.choice((len(log), chance.randint(0, len(log))))
                self._balance(ledger, log, name, day, position)
        with ledger._store.reading() as unit:
            model: Any = ledger._leesmodel
            for youth in sorted(set(oracle.allocations(log).values())):
                mine = [n for n, owner in oracle.allocations(log).items() if owner == youth]
                said = model.tellers(unit, youth, date.max, len(log))
                assert said == oracle.counters(log, mine, date.max, len(log)), youth

    def _balance(
        self, ledger: Rekenschap, log: Sequence[Boeking], name: str, day: date, position: int
    ) -> None:
        expected = oracle.balance(oracle.known_of(log, name, position), day)
        said = ledger.stand(toewijzing=name, geldig_op=day, bekend_op=position)
        assert oracle.same(said) == expected, (name, day, position)
        if not position:
            return
        moment = log[position - 1].geregistreerd_op
        assert ledger.stand(toewijzing=name, geldig_op=day, bekend_op=moment) == said
        known_on = moment.astimezone(AMSTERDAM).date()
        last = sum(1 for entry in log if _day_of(entry.geregistreerd_op) <= known_on)
        by_day = ledger.stand(toewijzing=name, geldig_op=day, bekend_op=known_on)
        expected = oracle.balance(oracle.known_of(log, name, last), day)
        assert oracle.same(by_day) == expected, (name, day, known_on)


def _day_of(moment: datetime) -> date:
    return moment.astimezone(AMSTERDAM).date()


def _id(one: tuple[Command, Any]) -> str:
    return one[0].command_id


@contextmanager
def simulation(where: Databases, seed: int, commands: int) -> Iterator[Simulation]:
    """A simulation on a fresh database."""
    chance = Random(seed)
    number = chance.randrange(len(MOMENTS))
    clock = FixedClock(MOMENTS[number])
    disorder = chance.choice((0.1, 0.3, 0.5))
    odds = Odds(again=chance.choice((0.0, 0.1, 0.3, 0.5)), failing=chance.choice((0.05, 0.1, 0.3)))
    with faults() as made:
        doors = Doors(where, where.fresh(), chance, made, odds, clock)
        caseload = Disorder(doors, clock, chance, today=DAYS[number], disorder=disorder)  # type: ignore[arg-type]
        try:
            doors.open()
            yield Simulation(seed, commands, doors, caseload)
        finally:
            doors.close()


def play(where: Databases, seed: int, commands: int) -> Life:
    """Play one seed; a failure says how it is played again."""
    try:
        with simulation(where, seed, commands) as one:
            return one.run()
    except Exception as error:
        told = f"--seed {seed} --seeds 1 --commands {commands} --store {where.kind}"
        again = f"make faults ARGS='--only simulation {told}'"
        raise AssertionError(f"seed {seed} fails; play it again: {again}") from error
