"""A primary goes while writers write, its standby takes over, and the old one comes back.

The front door stays open all along, as that of a host does. Who got no answer asks again with the
same command id; in the end all that was answered is there, once, with the same answer.
"""

import threading
import time
from collections.abc import Callable
from math import inf
from random import Random
from typing import Any

import attrs
from attrs import define, field
from tests.application.care import effort, granted, introduced, opened, started
from tests.faults.clusters import LONGEST, Pair
from tests.faults.kills import assert_balances
from tests.faults.writer import digest

from rekenschap.application import Onbeschikbaar, Rekenschap
from rekenschap.application.commands import Command

WRITERS = 3
WAYS = ("kill", "immediate", "fast")


@define
class Failovers:
    """What was counted over many failovers."""

    failovers: int = 0
    acknowledged: int = 0
    not_available: int = 0
    in_doubt: int = 0
    longest_wait_seconds: float = 0.0
    lines_verified: int = 0

    def found(self) -> dict[str, Any]:
        return attrs.asdict(self)


@define
class Writer:
    """One caller: sends a command until it is answered, and then the next one."""

    ledger: Rekenschap
    name: str
    _stop: threading.Event = field(factory=threading.Event)
    answers: dict[str, str] = field(factory=dict)
    commands: dict[str, Command] = field(factory=dict)
    doubted: set[str] = field(factory=set)
    not_available: int = 0
    longest: float = 0.0
    error: BaseException | None = None

    def begin(self) -> threading.Thread:
        thread = threading.Thread(target=self._write, daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        self._stop.set()

    def _write(self) -> None:
        try:
            for number in range(100_000):
                if self._stop.is_set():
                    return
                self._send(f"{self.name}-{number}")
        except BaseException as error:
            self.error = error

    def _send(self, command_id: str) -> None:
        command = effort("T1", 15, referentie=command_id, command_id=command_id)
        self.commands[command_id] = command
        began = time.monotonic()
        while True:
            try:
                answer = self.ledger.execute(command)
            except Onbeschikbaar:
                self.not_available += 1
                self.doubted.add(command_id)
                assert time.monotonic() - began < LONGEST, "nobody answers any more"
                time.sleep(0.02)
            else:
                break
        self.answers[command_id] = digest(answer)
        self.longest = max(self.longest, time.monotonic() - began)


def failover_rounds(
    both: Pair, seed: int, rounds: range, tally: Failovers, until: float = inf
) -> None:
    """Take the primary away per round, in one of the ways; the old one is back before the next."""
    with opened(both.url(both.fresh())) as ledger:
        for command in (introduced(), granted("T1", volume=6_000_000), started("T1")):
            ledger.execute(command)
        for number in rounds:
            if time.monotonic() > until:
                return
            one_failover(both, ledger, seed, number, tally)


def one_failover(both: Pair, ledger: Rekenschap, seed: int, number: int, tally: Failovers) -> None:
    """One round, and all that must hold after it."""
    chance = Random(f"failover {seed} {number}")
    writers = [Writer(ledger, f"r{number}-{one}") for one in range(WRITERS)]
    threads = [writer.begin() for writer in writers]
    try:
        answered(writers, chance.choice((1, 3, 6)))
        time.sleep(chance.uniform(0, 0.03))
        way = WAYS[number % len(WAYS)]
        both.fail_over(way)
        both.rejoin(rewind=chance.random() < 0.7)
        so_far = [len(writer.answers) for writer in writers]
        for writer, before in zip(writers, so_far, strict=True):
            answered([writer], before + 2)
    finally:
        for writer in writers:
            writer.stop()
        for thread in threads:
            thread.join(LONGEST)
    for writer in writers:
        assert writer.error is None, (seed, number, writer.error)
        judge(ledger, writer, tally)
    tally.failovers += 1
    tally.lines_verified = ledger.verify()
    assert_balances(ledger, "T1")


def judge(ledger: Rekenschap, writer: Writer, tally: Failovers) -> None:
    """All that was answered is there once, and is answered the same."""
    before = ledger.positie
    for command_id, said in writer.answers.items():
        assert digest(ledger.execute(writer.commands[command_id])) == said, command_id
    assert ledger.positie == before, "what was acknowledged was not there any more"
    tally.acknowledged += len(writer.answers)
    tally.not_available += writer.not_available
    tally.in_doubt += len(writer.doubted)
    tally.longest_wait_seconds = round(max(tally.longest_wait_seconds, writer.longest), 1)


def answered(writers: list[Writer], times: int) -> None:
    """Wait until each was answered so many times."""
    wait(lambda: all(len(w.answers) >= times or w.error is not None for w in writers))


def wait(true: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST
    while not true():
        assert time.monotonic() < until, "the writers do not come so far"
        time.sleep(0.005)
