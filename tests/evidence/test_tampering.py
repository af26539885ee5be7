"""Is every change to what is stored found, and its first position named? The short form.

``make tamper`` is the long form: everything there is, over half a million tries.
"""

import json
import random
from pathlib import Path

import pytest
from tests.evidence.databases import Database, all_kinds
from tests.evidence.documents import kinds_of
from tests.evidence.raw_file import flips_of_the_file
from tests.evidence.small import Stored, small_ledger
from tests.evidence.tampering import Tally, counted, summed

from rekenschap.application import Rekenschap
from rekenschap.infrastructure.store.engine import make_engine

SEED = 2026
RESULTS = Path(__file__).resolve().parents[2] / "benchmarks/tampering.json"
SHARES = {"every bit of": 0.004, "an export": 0.001}
"""Of what there is too much of; a fifth of the rest."""


def share_of(kind: str) -> float:
    return next((share for start, share in SHARES.items() if kind.startswith(start)), 0.2)


def test_no_change_of_rows_proofs_or_exports_is_missed(
    in_memory: tuple[Rekenschap, Stored],
) -> None:
    rekenschap, stored = in_memory
    found: dict[str, Tally] = {}

    for kind, cases in kinds_of(rekenschap, stored).items():
        found |= counted({kind: cases}, stored, share=share_of(kind), seed=SEED)

    wrong = [example for tally in found.values() for example in tally.examples]
    assert wrong == []
    assert [kind for kind, tally in found.items() if tally.tried == 0] == []
    assert summed(found)["tried"] > 5_000


def test_no_change_to_a_database_is_missed(ledger: Rekenschap) -> None:
    database = Database(ledger)

    for kind, cases in all_kinds(database, 6, random.Random(SEED)):
        tally = Tally()
        for case in cases:
            tally.add(kind, case)

        assert tally.examples == []
        assert tally.tried > 0

    assert ledger.verify() == len(database.stored.rows), "all was put right"


def test_no_bit_of_a_sqlite_file_changes_evidence_unseen(tmp_path: Path) -> None:
    file = tmp_path / "raw.db"
    with small_ledger(f"sqlite:///{file}"):
        pass
    engine = make_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()

    found = flips_of_the_file(file, 60, SEED)

    assert found["missed"] == 0
    assert found["found"] > 5
    assert found["found"] + found["harmless"] + found["content_hash_changed"] == 60


def test_a_change_that_is_not_found_would_be_counted() -> None:
    tally = Tally()
    with small_ledger("sqlite://") as rekenschap:
        stored = Stored.of(rekenschap)
        (kind, cases), *_ = kinds_of(rekenschap, stored).items()
        first = next(iter(cases(stored, lambda: True)))

    tally.add(kind, type(first)(None, 1))
    tally.add(kind, type(first)(first.said, 2))

    assert first.right
    assert (tally.missed, tally.wrong_position, len(tally.examples)) == (1, 1, 2)


def test_the_results_of_the_long_form_are_in_the_repository() -> None:
    if not RESULTS.exists():
        pytest.fail("run make tamper and commit benchmarks/tampering.json")
    found = json.loads(RESULTS.read_text("utf-8"))

    assert found["total"]["tried"] >= 100_000
    assert found["total"]["missed"] == found["total"]["wrong_position"] == 0
    assert found["seed"]
    assert found["commit"]
    assert all(kind["tried"] for kind in found["kinds"].values())
