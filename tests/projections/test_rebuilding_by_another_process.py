"""Is a grootboek read and written on while another process rebuilds it, and after it is killed?"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from tests.application.care import DAY, accepted, effort, granted, introduced, opened, started
from tests.projections.tables import numbers_of

from rekenschap.application import Onbeschikbaar, Rekenschap
from rekenschap.projections import claiming, sets

ROOT = Path(__file__).resolve().parents[2]
LATER = DAY.replace(year=2026)


@contextmanager
def rebuilding_elsewhere(url: str, phase: str) -> Iterator[None]:
    """Another process is in the middle of a rebuild; after the block it has been killed."""
    paths = os.pathsep.join((str(ROOT / "tests/src_root"), str(ROOT)))
    command = (sys.executable, "-m", "tests.projections.rebuilder_process", url, phase)
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": paths}, stdout=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == phase.encode()
        yield
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)


def used(ledger: Rekenschap) -> tuple[Any, int]:
    stand = ledger.stand(toewijzing="T1", geldig_op=LATER)
    assert stand is not None
    return stand.verbruikt, len(ledger.spoor(toewijzing="T1").regels)


def numbers(ledger: Rekenschap) -> set[int]:
    store: Any = ledger._store
    with store.reading() as unit:
        return numbers_of(unit.connection, store.ledger.key)


def test_a_killed_rebuild_is_in_nobodys_way(database_url: str) -> None:
    with opened(database_url) as ledger:
        for command in (introduced(), granted("T1", "kind-1"), started("T1"), effort("T1", 60)):
            accepted(ledger.execute(command))
        assert used(ledger) == (60, 3)
        with rebuilding_elsewhere(database_url, "vouwen"):
            assert used(ledger) == (60, 3)
            accepted(ledger.execute(effort("T1", 30)))
            assert used(ledger) == (90, 4)
        assert used(ledger) == (90, 4)
        assert len(numbers(ledger)) == 2
        with patch.object(claiming, "SILENT", 0.3):
            found = ledger.rebuild()
        assert (found.gelijk, found.positie) == (True, ledger.positie)
        assert (used(ledger), len(numbers(ledger))) == ((90, 4), 1)


def test_a_rebuild_elsewhere_that_lives_is_not_taken_for_dead(database_url: str) -> None:
    """It is waited for; here somebody gives its sign of life, as it stands still for this test."""
    with opened(database_url) as ledger:
        for command in (introduced(), granted("T1", "kind-1")):
            accepted(ledger.execute(command))
        store: Any = ledger._store
        key = store.ledger.key
        with store.writing() as unit:
            known = sets.read(unit.connection, key)
            alive = sets.claim(unit.connection, key, known)
        elsewhere = claiming.Claim(store, key, alive)

        def sign(_seconds: float) -> None:
            with store.writing() as unit:
                elsewhere.grow(unit.connection, 1)

        with (
            patch.object(claiming.time, "sleep", sign),
            pytest.raises(Onbeschikbaar, match="has come to position 1"),
        ):
            ledger.rebuild()
        elsewhere.release()
        assert ledger.rebuild().gelijk
