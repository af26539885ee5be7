"""Real processes that want the last place at the same moment: exactly one gets it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from tests.application.care import accepted, granted, introduced, no_show, opened, referred, started

from rekenschap.application.rekenschap import Rekenschap

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ROUNDS = 25
"""The long form runs a thousand: see docs/faults.md."""
GRACE = 0.004
"""Seconds from the last message to the start: long enough to be read by every process."""


@contextmanager
def racers(url: str, grootboek: str, count: int) -> "Iterator[list[subprocess.Popen[str]]]":
    path = os.pathsep.join([str(ROOT / "tests" / "src_root"), str(ROOT)])
    started = [
        subprocess.Popen(
            [sys.executable, str(HERE / "racer.py"), url, grootboek, f"p{number}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        for number in range(count)
    ]
    try:
        assert [heard(each) for each in started] == ["ready"] * count
        yield started
    finally:
        for each in started:
            assert each.stdin is not None
            each.stdin.close()
            each.wait(30)
            assert each.stdout is not None
            each.stdout.close()


def heard(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def race(processes: "list[subprocess.Popen[str]]", kind: str, youth: str) -> list[str]:
    """One round: all start at one moment; what each was answered."""
    start = time.time() + GRACE
    for each in processes:
        assert each.stdin is not None
        each.stdin.write(f"{kind} {youth} {start}\n")
        each.stdin.flush()
    return [heard(each) for each in processes]


def prepare(rekenschap: Rekenschap, youths: list[str]) -> None:
    """Each youth has four charged no-shows, and a referral that was not used."""
    for youth in youths:
        days = [date(2025, 4, day) for day in (1, 2, 3, 4)]
        answers = rekenschap.execute_batch(
            [
                granted(f"{youth}-T", youth),
                started(f"{youth}-T"),
                referred(f"{youth}-V", youth),
                *(no_show(f"{youth}-T", datum=day) for day in days),
            ]
        )
        for answer in answers:
            accepted(answer)


@pytest.mark.slow
@pytest.mark.parametrize("count", [2, 4])
@pytest.mark.parametrize(
    ("kind", "rule"), [("no-show", "TW-NS-01"), ("referral", "TW-HA-05")], ids=["no-show", "letter"]
)
def test_the_last_place_goes_to_exactly_one(
    database_url: str, kind: str, rule: str, count: int
) -> None:
    youths = [f"kind-{number}" for number in range(ROUNDS)]
    with opened(database_url) as rekenschap:
        accepted(rekenschap.execute(introduced()))
        prepare(rekenschap, youths)
        with racers(database_url, "gemeente", count) as processes:
            for youth in youths:
                answers = race(processes, kind, youth)
                lost = [answer for answer in answers if answer == f"geweigerd {rule}"]
                assert len(lost) == count - 1, (youth, answers)
                assert sorted(answers)[0] == "geaccepteerd", (youth, answers)
        assert rekenschap._store.verify() > 0  # type: ignore[attr-defined]
