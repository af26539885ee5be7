"""Threads and processes that write at once, grootboeken side by side, writers that are killed."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from tests.store.writer_process import no_vault

from rekenschap.application.ports import NewRecord
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.migrations.ready import create_schema
from rekenschap.infrastructure.store.engine import make_engine
from rekenschap.infrastructure.store.log import SqlLog
from rekenschap.infrastructure.store.schema import commands, event_references
from rekenschap.infrastructure.store.store import SqlStore

HERE = Path(__file__).parent
OpenStore = Callable[..., SqlStore]


def writer(url: str, grootboek: str, name: str, count: int) -> "subprocess.Popen[str]":
    arguments = [url, grootboek, name, str(count)]
    return subprocess.Popen(
        [sys.executable, str(HERE / "writer_process.py"), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parent / "src_root")},
    )


@pytest.fixture
def opened(database_url: str) -> Iterator[Callable[[str], SqlStore]]:
    """Opens the database only when the processes have made it: they do that at once."""
    engines: list[Engine] = []

    def open_later(grootboek: str) -> SqlStore:
        engine = make_engine(database_url)
        engines.append(engine)
        create_schema(engine)
        return SqlStore(engine, grootboek, clock=SystemClock(), vault_factory=no_vault)

    yield open_later
    for engine in engines:
        engine.dispose()


def test_processes_that_open_and_append_at_once_make_one_chain(
    database_url: str, opened: Callable[[str], SqlStore]
) -> None:
    writers = [writer(database_url, "gemeente", name, 50) for name in ("een", "twee", "drie")]
    acknowledged = [int(each) for it in writers for each in it.communicate()[0].split()]
    assert [it.returncode for it in writers] == [0, 0, 0]
    store = opened("gemeente")
    lines = list(store.scan())
    assert [it.position for it in lines] == list(range(1, 301))
    assert sorted(acknowledged) == list(range(2, 301, 2))
    assert Counter(it.stream for it in lines) == {"s/een": 100, "s/twee": 100, "s/drie": 100}
    assert store.verify() == 300


def test_processes_that_write_to_two_grootboeken_keep_them_apart(
    database_url: str, opened: Callable[[str], SqlStore]
) -> None:
    writers = [writer(database_url, name, name, 25) for name in ("noord", "zuid")]
    for it in writers:
        it.communicate()
    assert [it.returncode for it in writers] == [0, 0]
    stores = [opened("noord"), opened("zuid")]
    assert stores[0].ledger.id != stores[1].ledger.id
    for store in stores:
        assert {it.stream for it in store.scan()} == {f"s/{store.grootboek}"}
        assert [it.position for it in store.scan()] == list(range(1, 51))
        assert store.verify() == 50


@pytest.mark.parametrize("after", [1, 5, 12])
def test_a_killed_writer_leaves_nothing_half_done(
    database_url: str, opened: Callable[[str], SqlStore], after: int
) -> None:
    killed = writer(database_url, "gemeente", "een", 100_000)
    assert killed.stdout is not None
    acknowledged = [int(killed.stdout.readline()) for _ in range(after)]
    killed.kill()
    acknowledged += [int(it) for it in killed.stdout.read().split()]
    killed.wait()
    killed.stdout.close()
    store = opened("gemeente")
    count = store.verify()
    assert count >= acknowledged[-1]
    assert count % 2 == 0
    with store.reading() as unit:
        for table, expected in ((commands, count // 2), (event_references, count)):
            found = unit.connection.execute(select(func.count()).select_from(table)).scalar_one()
            assert found == expected
        assert unit.log.find_command(f"een-{count // 2 - 1}") is not None
    with store.writing() as unit:
        (stored,) = unit.log.append(
            [NewRecord("s/een", "Geteld", 1, b"", ())], moment=unit.log.moment()
        )
    assert stored.position == count + 1


def test_threads_that_share_a_store_append_in_turn(
    open_store: OpenStore, new_line: Callable[..., NewRecord]
) -> None:
    store = open_store()

    def append(number: int) -> int:
        with store.writing() as unit:
            lines = [new_line(f"s/{number}")]
            return unit.log.append(lines, moment=unit.log.moment())[0].position

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(append, range(80))) == list(range(1, 81))
    assert store.verify() == 80


def test_a_reader_is_not_held_to_what_is_recorded_after_its_view_was_taken(
    store: SqlStore,
    engine: Engine,
    append: Callable[..., object],
    new_line: Callable[..., NewRecord],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    append(new_line())
    engine.dispose()  # so that the reader gets a new connection, whose log is checked
    taken = SqlLog.__init__

    def and_then_another_writes(log: SqlLog, *args: Any, **options: Any) -> None:
        taken(log, *args, **options)
        monkeypatch.undo()
        with ThreadPoolExecutor(1) as other:
            other.submit(append, new_line()).result()

    monkeypatch.setattr(SqlLog, "__init__", and_then_another_writes)
    with store.reading() as unit:
        assert unit.log.head().position == 1
    with store.reading() as unit:
        assert unit.log.head().position == 2


def test_two_grootboeken_in_one_database_are_kept_apart(
    open_store: OpenStore, new_line: Callable[..., NewRecord]
) -> None:
    noord, zuid = open_store("noord"), open_store("zuid")
    for store, lines in ((noord, 2), (zuid, 1), (noord, 1)):
        with store.writing() as unit:
            records = [new_line("jeugdige/1", store.grootboek.encode())] * lines
            unit.log.append(records, moment=unit.log.moment(), command_id=f"zelfde-{lines}")
    for store, count in ((noord, 3), (zuid, 1)):
        assert store.verify() == count
        with store.reading() as unit:
            read = unit.log.read(["jeugdige/1"])
        assert [it.payload for it in read] == [store.grootboek.encode()] * count
    with zuid.reading() as unit:
        assert unit.log.find_command("zelfde-2") is None


def test_opening_a_grootboek_again_finds_the_same_one(open_store: OpenStore) -> None:
    with ThreadPoolExecutor(6) as threads:
        ids = {it.ledger for it in threads.map(open_store, ["gemeente"] * 12)}
    assert len(ids) == 1


def test_a_store_in_memory_serves_threads_one_at_a_time(
    new_line: Callable[..., NewRecord],
) -> None:
    engine = make_engine("sqlite://")
    create_schema(engine)
    store = SqlStore(engine, "gemeente", clock=SystemClock(), vault_factory=no_vault)

    def append(_number: int) -> int:
        with store.writing() as unit:
            position = unit.log.append([new_line()], moment=unit.log.moment())[0].position
            with store.reading() as inner:  # joins: there is but one connection
                assert inner.log.head().position == position
            return position

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(append, range(40))) == list(range(1, 41))
    assert store.verify() == 40
    with store.reading(), pytest.raises(RuntimeError, match="one unit of work"), store.writing():
        pass
    engine.dispose()
