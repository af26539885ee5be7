"""The process that forks writers, seen from outside: what it is told, and what it says."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import attrs
from attrs import define, field, frozen
from tests.faults.writer import Order

ROOT = Path(__file__).resolve().parents[2]
WHILE_OPENING = 0.15
LONGEST = 60
"""Seconds after which a writer that does not come to its end is a failure."""


@frozen
class Heard:
    """What a writer told before it went: per operation its digests, whether it had opened."""

    answers: dict[int, list[str]]
    opened: bool
    failures: int


@define
class Writers:
    """The process that forks writers, and what it says."""

    process: "subprocess.Popen[str]"
    _early: list[dict[str, Any]] = field(factory=list, init=False)

    def start(self, order: Order) -> int:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(attrs.asdict(order)) + "\n")
        self.process.stdin.flush()
        self._early = []
        while (message := self.hear())["what"] != "pid":
            self._early.append(message)
        return int(message["pid"])

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the writers are gone"
        message: dict[str, Any] = json.loads(line)
        return message

    def let_go_on(self, order: Order) -> None:
        """Wait for the moment to strike: now and then while it opens, mostly while it writes."""
        chance = Random(f"moment {order.seed} {order.round}")
        if chance.random() < WHILE_OPENING:
            time.sleep(chance.uniform(0, 0.04))
            return
        self.wait_for("open", 1)
        self.wait_for("done", chance.choice((0, 0, 1, 2, 4, 8, 16)))
        time.sleep(chance.uniform(0, 0.03))

    def wait_for(self, what: str, times: int) -> None:
        """Wait until the writer said something so many times."""
        while sum(message["what"] == what for message in self._early) < times:
            self._early.append(self.hear())
            assert self._early[-1]["what"] not in ("error", "gone"), self._early[-1]

    def rest(self) -> Heard:
        """All that was said until the writer was gone."""
        answers: dict[int, list[str]] = {}
        was_open, failures = False, 0
        messages = iter(self._early)
        while True:
            message = next(messages, None) or self.hear()
            match message["what"]:
                case "open":
                    was_open = True
                case "done":
                    answers[message["number"]] = message["answers"]
                    failures += message["failures"]
                case "error":
                    raise AssertionError(f"the writer failed: {message['error']}")
                case "gone":
                    return Heard(answers, was_open, failures)


@contextmanager
def writers() -> Iterator[Writers]:
    path = os.pathsep.join([str(ROOT / "tests" / "src_root"), str(ROOT)])
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("writer.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    try:
        yield Writers(process)
    finally:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        process.wait(LONGEST)
        process.stdout.close()
