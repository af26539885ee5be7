"""Which version a line gets in its stream: known from what was written here, or asked."""

from collections.abc import Callable

import pytest

from rekenschap.application.ports import NewRecord
from rekenschap.infrastructure.store.log import SqlLog
from rekenschap.infrastructure.store.store import SqlStore
from rekenschap.infrastructure.store.streams import Streams
from rekenschap.infrastructure.store.unit import SqlUnitOfWork

OpenStore = Callable[..., SqlStore]
Line = Callable[..., NewRecord]


def append(store: SqlStore, *records: NewRecord) -> list[int]:
    with store.writing() as unit:
        stored = unit.log.append(records, moment=unit.log.moment())
    return [line.stream_version for line in stored]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The streams whose last version was asked of the database."""
    seen: list[list[str]] = []
    rows = SqlLog._rows

    def looked(log: SqlLog, sql: str, **values: object) -> list[object]:
        if sql == log._sql.versions:
            seen.append([str(values["streams"])])
        return rows(log, sql, **values)

    monkeypatch.setattr(SqlLog, "_rows", looked)
    return seen


def test_who_writes_alone_asks_once(store: SqlStore, new_line: Line, asked: list[object]) -> None:
    assert append(store, new_line("jeugdige/1")) == [1]
    assert append(store, new_line("jeugdige/1"), new_line("jeugdige/1")) == [2, 3]
    assert append(store, new_line("jeugdige/1")) == [4]
    assert len(asked) == 1


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
    store: SqlStore, new_line: Line, asked: list[object]
) -> None:
    append(store, new_line("jeugdige/1"))
    with store.writing() as unit:
        unit.log.append([new_line("jeugdige/1")], moment=unit.log.moment(), versions=[7])
        later = unit.log.append([new_line("jeugdige/1")], moment=unit.log.moment())
    assert later[0].stream_version == 8
    assert append(store, new_line("jeugdige/1")) == [9]


def test_what_is_known_holds_at_one_place_of_the_log() -> None:
    streams = Streams()
    streams.recorded((0, b""), (1, b"a"), {"jeugdige/1": 1})
    assert streams.known_at((1, b"a")) == {"jeugdige/1": 1}
    assert streams.known_at((1, b"another log")) == {}
    streams.recorded((5, b"somebody else wrote"), (6, b"b"), {"jeugdige/2": 4})
    assert streams.known_at((6, b"b")) == {"jeugdige/2": 4}
    streams.recorded(None, (7, b"c"), {})
    assert streams.known_at((7, b"c")) == {}
