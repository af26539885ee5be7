"""What a process wrote itself it need not ask; what somebody else wrote it does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from rekenschap.application.ports import NewRecord
from rekenschap.infrastructure.store import written
from rekenschap.infrastructure.store.log import SqlLog
from rekenschap.infrastructure.store.store import SqlStore
from rekenschap.infrastructure.store.unit import SqlUnitOfWork
from rekenschap.infrastructure.store.written import NOTHING, Known, Written

OpenStore = Callable[..., SqlStore]
Line = Callable[..., NewRecord]


def append(store: SqlStore, *records: NewRecord) -> list[int]:
    with store.writing() as unit:
        stored = unit.log.append(records, moment=unit.log.moment())
    return [line.stream_version for line in stored]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked of the database of streams and references."""
    seen: list[str] = []
    rows = SqlLog._rows

    def looked(log: SqlLog, sql: str, **values: object) -> list[object]:
        for name in ("versions", "read"):
            if sql == getattr(log._sql, name):
                seen.append(name)
        return rows(log, sql, **values)

    monkeypatch.setattr(SqlLog, "_rows", looked)
    return seen


def found(store: SqlStore, *references: str, after: int) -> list[int]:
    with store.reading() as unit:
        return [line.position for line in unit.log.read(references, after=after)]


def test_who_writes_alone_asks_once(store: SqlStore, new_line: Line, asked: list[str]) -> None:
    assert append(store, new_line("jeugdige/1")) == [1]
    assert append(store, new_line("jeugdige/1"), new_line("jeugdige/1")) == [2, 3]
    assert append(store, new_line("jeugdige/1")) == [4]
    assert asked == ["versions"]


def test_two_that_take_turns_never_give_the_same_version(
    open_store: OpenStore, new_line: Line
) -> None:
    one, other = open_store(), open_store()
    given = [append(store, new_line("jeugdige/1"))[0] for store in (one, other, other, one, one)]
    assert given == [1, 2, 3, 4, 5]


def test_what_was_rolled_back_was_never_given(store: SqlStore, new_line: Line) -> None:
    def fails(unit: SqlUnitOfWork) -> None:
        unit.log.append([new_line("jeugdige/1")], moment=unit.log.moment())
        raise ZeroDivisionError

    append(store, new_line("jeugdige/1"))
    with pytest.raises(ZeroDivisionError), store.writing() as unit:
        fails(unit)
    assert append(store, new_line("jeugdige/1")) == [2]


def test_a_version_that_leaves_a_gap_is_asked_for_again(
    store: SqlStore, new_line: Line, asked: list[str]
) -> None:
    append(store, new_line("jeugdige/1"))
    with store.writing() as unit:
        unit.log.append([new_line("jeugdige/1")], moment=unit.log.moment(), versions=[7])
        later = unit.log.append([new_line("jeugdige/1")], moment=unit.log.moment())
    assert later[0].stream_version == 8
    assert append(store, new_line("jeugdige/1")) == [9]


def test_a_dossier_that_nothing_touched_since_is_not_asked_for(
    store: SqlStore, new_line: Line, asked: list[str]
) -> None:
    append(store, new_line("jeugdige/1"))
    append(store, new_line("jeugdige/2"), new_line("jeugdige/2"))
    assert found(store, "jeugdige/1", after=1) == []
    assert "read" not in asked
    assert found(store, "jeugdige/2", after=1) == [2, 3]
    assert found(store, "jeugdige/1", "jeugdige/2", after=2) == [3]
    assert asked.count("read") == 2


def test_a_line_of_this_unit_of_work_is_found(store: SqlStore, new_line: Line) -> None:
    append(store, new_line("jeugdige/1"))
    with store.writing() as unit:
        assert unit.log.read(["jeugdige/1"], after=1) == []
        unit.log.append([new_line("jeugdige/1")], moment=unit.log.moment())
        assert [line.position for line in unit.log.read(["jeugdige/1"], after=1)] == [2]


def test_what_somebody_else_wrote_is_found(open_store: OpenStore, new_line: Line) -> None:
    one, other = open_store(), open_store()
    append(one, new_line("jeugdige/1"))
    append(other, new_line("jeugdige/1"))
    assert found(one, "jeugdige/1", after=1) == [2]
    append(one, new_line("jeugdige/2"))
    assert found(one, "jeugdige/1", after=1) == [2]
    assert found(one, "jeugdige/1", after=2) == []


def test_what_a_reader_sees_does_not_change_under_its_eyes(store: SqlStore, new_line: Line) -> None:
    append(store, new_line("jeugdige/1"))
    with store.reading() as unit:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(append, store, new_line("jeugdige/1")).result()
        assert unit.log.read(["jeugdige/1"], after=1) == []
    assert found(store, "jeugdige/1", after=1) == [2]


def test_when_it_becomes_too_much_it_begins_anew(
    store: SqlStore, new_line: Line, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written, "_AT_MOST", 2)
    for number in (1, 2, 3, 4):
        append(store, new_line(f"jeugdige/{number}"))
    assert found(store, "jeugdige/1", after=1) == []
    assert asked.count("read") == 1
    assert append(store, new_line("jeugdige/1"), new_line("jeugdige/4")) == [2, 2]


def test_what_is_known_holds_at_one_place_of_the_log() -> None:
    here = Written()
    here.recorded((0, b""), (1, b"a"), Known(0, {"jeugdige/1": 1}, {"jeugdige/1": 1}))
    assert here.known_at((1, b"a")) == Known(0, {"jeugdige/1": 1}, {"jeugdige/1": 1})
    assert here.known_at((1, b"another log")) is NOTHING
    here.recorded((5, b"somebody else wrote"), (6, b"b"), Known(0, {"jeugdige/2": 4}, {}))
    assert here.known_at((6, b"b")) == Known(5, {"jeugdige/2": 4}, {})
    here.recorded(None, (7, b"c"), Known(0, {"jeugdige/2": 9}, {}))
    assert here.known_at((7, b"c")).since == 7
    assert NOTHING.untouched(["jeugdige/1"], 10**9) is False
