"""Does somebody who reads slowly hold anybody up, or keep anything open while they dawdle?"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import make_url
from tests.application.care import effort, granted, introduced, opened, started
from tests.faults.databases import connect

from rekenschap.application import Rekenschap, feed
from rekenschap.infrastructure.store import lines, store

FEW = 5
"""So many lines are read at once: a thousand are as many chunks as fit in a test."""
NAME = "rekenschap-slow"
SLOWLY: dict[str, Callable[[Rekenschap], Iterator[int]]] = {
    "feed": lambda ledger: (one.positie for one in ledger.lees()),
    "scan": lambda ledger: (one.position for one in ledger._store.scan()),
    "raw": lambda ledger: (
        row[0] for row in lines.SqlLines(ledger._store.reading, _ledger(ledger)).raw(None, 60)
    ),
}


def _ledger(ledger: Rekenschap) -> Any:
    store: Any = ledger._store
    return store.ledger


@pytest.fixture
def in_small_chunks() -> Iterator[None]:
    with (
        patch.object(feed, "AT_ONCE", FEW),
        patch.object(store, "_CHUNK", FEW),
        patch.object(lines, "_CHUNK", FEW),
    ):
        yield


@pytest.mark.usefixtures("in_small_chunks")
@pytest.mark.parametrize("way", SLOWLY)
def test_a_slow_reader_holds_nobody_up_and_gets_every_line_once(
    database_url: str, way: str
) -> None:
    url = named(database_url)
    with opened(url) as writer, opened(url) as reader:
        for command in (introduced(), granted("T1", volume=60_000), started("T1")):
            writer.execute(command)
        for _ in range(20):
            writer.execute(effort("T1", 15))
        found: list[int] = []
        for position in SLOWLY[way](reader):
            found.append(position)
            if len(found) % 3 == 0 and writer.positie < 40:
                nothing_is_open(database_url)  # this is where the reader dawdles
                writer.execute(effort("T1", 15))
        reached = writer.positie
        if way == "feed":  # it goes on where it was, with what was recorded after its last chunk
            found += [one.positie for one in reader.lees(found[-1])]

    assert found[0] == 1
    assert all(later == earlier + 1 for earlier, later in pairwise(found))
    assert found[-1] == (24 if way == "scan" else reached)  # a scan is of the log as it began


@pytest.mark.usefixtures("in_small_chunks")
def test_an_export_that_takes_its_time_holds_nobody_up(database_url: str, tmp_path: Path) -> None:
    url = named(database_url)
    with opened(url) as writer, opened(url) as reader:
        for command in (introduced(), granted("T1", volume=60_000), started("T1")):
            writer.execute(command)
        for _ in range(20):
            writer.execute(effort("T1", 15))
        before = reader.positie

        def dawdle(_done: int) -> None:
            nothing_is_open(database_url)
            writer.execute(effort("T1", 15))

        point = reader.exporteer(tmp_path / "export", progress=dawdle)
        assert point.omvang == before < writer.positie


def named(url: str) -> str:
    if url.startswith("sqlite"):
        return url
    it = make_url(url).update_query_dict({"application_name": NAME})
    return it.render_as_string(hide_password=False)


def nothing_is_open(url: str) -> None:
    """Nobody is in a transaction: on SQLite the WAL can be emptied, a server has none idle."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0)) as other:
            busy, left, _ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert (busy, left) == (0, 0)
        return
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    asked += f"AND application_name = '{NAME}' AND xact_start IS NOT NULL"
    with closing(connect(url)) as server:
        assert server.execute(asked.encode()).fetchone()[0] == 0
