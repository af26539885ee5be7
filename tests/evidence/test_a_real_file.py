"""What tampering with real files brought to light, each kept as a test of its own."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from tests.evidence.raw_file import EVIDENCE, rows_of, said_of_file
from tests.evidence.small import small_ledger
from tests.owner import drop_guards

from rekenschap.application import Broken, Rekenschap
from rekenschap.infrastructure.store.schema import events, ledgers


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A small ledger in one file, with nothing left in its WAL."""
    file = tmp_path / "ledger.db"
    with small_ledger(f"sqlite:///{file}"):
        pass
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    return file


def copies(file: Path, old: bytes, new: bytes) -> list[Path]:
    """The file with one occurrence replaced, for each there is, in one that does not know."""
    content, found = file.read_bytes(), []
    at = content.find(old)
    while at >= 0:
        copy = file.with_name(f"copy-{at}.db")
        copy.write_bytes(content[:at] + new + content[at + len(old) :])
        found.append(copy)
        at = content.find(old, at + 1)
    return found


def test_a_table_that_differs_from_its_index_is_damage(closed: Path) -> None:
    before = rows_of(closed, EVIDENCE)
    assert said_of_file(closed) == ""

    for copy in copies(closed, b"toewijzing/W1", b"toewijzing/W3"):
        elsewhere = rows_of(copy, EVIDENCE) == before and b"toewijzing/W3" in copy.read_bytes()
        assert said_of_file(copy) or elsewhere, copy
    found = [said_of_file(copy) for copy in copies(closed, b"toewijzing/W1\t", b"toewijzing/W3\t")]
    assert any("the database file is damaged" in said for said in found)


def test_a_damaged_table_is_broken_and_no_error_of_a_library(closed: Path) -> None:
    for copy in copies(closed, b"\tpayload ", b"\tpayLOAX "):
        assert "damaged" in said_of_file(copy)
    for copy in copies(closed, b"CREATE TABLE events", b"CREATE TABL\xc1 events"):
        assert "damaged" in said_of_file(copy)


def test_a_field_of_a_fact_that_is_no_longer_called_so_is_named(closed: Path) -> None:
    (copy, *_) = copies(closed, b'"toewijzing":"W2"', b'"toewhjzing":"W2"')

    assert "the stored hash is not the hash of this line" in said_of_file(copy)


@pytest.mark.parametrize("moment", [2**62, -(2**62)])
def test_a_head_whose_moment_no_calendar_has_is_broken(ledger: Rekenschap, moment: int) -> None:
    store: Any = ledger._store
    with store.engine.begin() as connection:
        drop_guards(connection)
        connection.execute(update(ledgers).values(recorded_at=moment))

    for ask in (ledger.verify, ledger.controlepunt, lambda: ledger.positie):
        with pytest.raises(Broken, match="position 13: the head has no moment"):
            ask()


@pytest.mark.parametrize(("position", "named"), [(4, 4), (13, 13)])
def test_a_line_moved_beyond_the_head_leaves_a_hole_that_is_named_first(
    ledger: Rekenschap, position: int, named: int
) -> None:
    store: Any = ledger._store
    moved = update(events).where(events.c.position == position).values(position=99)
    with store.engine.begin() as connection:
        drop_guards(connection)
        connection.execute(moved)

    for ask in (ledger.verify, ledger.controlepunt):
        with pytest.raises(Broken, match=f"position {named}: "):
            ask()
