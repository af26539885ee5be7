"""Real processes that ask two products which exclude each other: exactly one of them gets its own.

Run as a program this module is one of those processes; see ``racer.py`` for what it reads.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.application import racer
from tests.application.care import accepted, granted, introduced, made, opened
from tests.application.test_races import ROOT, heard, race

from rekenschap.application import LegJeugdigeVast, Rekenschap

ROUNDS = 25
"""The long form runs a thousand: see docs/faults.md."""


@contextmanager
def rivals(url: str) -> "Iterator[list[subprocess.Popen[str]]]":
    """Two processes that stay open on the grootboek."""
    path = os.pathsep.join([str(ROOT / "tests" / "src_root"), str(ROOT)])
    started = [
        subprocess.Popen(
            [sys.executable, str(Path(__file__)), url, "gemeente", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        for name in ("p0", "p1")
    ]
    try:
        assert [heard(each) for each in started] == ["ready"] * 2
        yield started
    finally:
        for each in started:
            assert each.stdin is not None
            each.stdin.close()
            each.wait(30)
            assert each.stdout is not None
            each.stdout.close()


def asked(name: str, kind: str, youth: str) -> Any:
    """What one process asks for: its own variant for one youth, or a place for its own youth."""
    own = f"{youth}-{name}"
    if kind == "variant":
        told = {"variant": "regulier" if name == "p0" else "ZIG", "verwachte_inzet_minuten": 300}
        values = {"product": "behandeling_individueel", "volume": 300, "vastgesteld": told}
        return granted(own, youth, **values, command_id=own, einddatum=date(2025, 4, 4))
    values = {"product": "ouder_kind_groep", "eenheid": "etmaal", "volume": 30}
    return granted(own, own, **values, command_id=own)


def run(rekenschap: Rekenschap, name: str, kind: str, youth: str) -> str:
    answer = rekenschap.execute(asked(name, kind, youth))
    return " ".join([answer.uitkomst, *answer.regels, *answer.gronden])


def families(rekenschap: Rekenschap, kind: str, youths: list[str]) -> None:
    """Each youth of a race is known; in a race of a family there are two in it."""
    for youth in youths:
        members = [youth] if kind == "variant" else [f"{youth}-p0", f"{youth}-p1"]
        for one in members:
            accepted(rekenschap.execute(made(LegJeugdigeVast, jeugdige=one, gezin=f"{youth}-G")))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "rule"), [("variant", "TW-CMB-01"), ("family", "TW-OK-01")], ids=["variant", "family"]
)
def test_of_two_that_exclude_each_other_exactly_one_is_granted(
    database_url: str, kind: str, rule: str
) -> None:
    youths = [f"kind-{number}" for number in range(ROUNDS)]
    with opened(database_url) as rekenschap:
        accepted(rekenschap.execute(introduced()))
        families(rekenschap, kind, youths)
        with rivals(database_url) as processes:
            results = {youth: race(processes, kind, youth) for youth in youths}
        for youth, answers in results.items():
            lost = [answer for answer in answers if answer == f"geweigerd {rule}"]
            won = [answer for answer in answers if answer.split()[0] == "geaccepteerd"]
            assert (len(won), len(lost)) == (1, 1), (youth, answers)
        assert rekenschap._store.verify() > 0  # type: ignore[attr-defined]


if __name__ == "__main__":
    racer.run = run
    racer.main(*sys.argv[1:4])
