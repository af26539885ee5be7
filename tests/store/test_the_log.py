"""What is appended can be found again, in order, once, and at its moment."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from tests.owner import drop_guards

from rekenschap.application.errors import Broken, Onbeschikbaar
from rekenschap.application.ports import NewRecord, StoredCommand, StoredRecord
from rekenschap.infrastructure.clock import FixedClock, SystemClock
from rekenschap.infrastructure.store.faults import DuplicateError
from rekenschap.infrastructure.store.schema import ledgers
from rekenschap.infrastructure.store.store import SqlStore

Append = Callable[..., list[StoredRecord]]
NewLine = Callable[..., NewRecord]
MICROSECOND = timedelta(microseconds=1)


def test_what_is_appended_is_read_back_unchanged(
    store: SqlStore, append: Append, new_line: NewLine
) -> None:
    stored = append(new_line("toewijzing/a", b"\x00\xff", "jeugdige/1"), new_line("jeugdige/1"))
    with store.reading() as unit:
        assert unit.log.read_from(0) == stored
        assert unit.log.references_of(1) == ("jeugdige/1",)
        assert unit.log.head().position == 2
        assert unit.log.head().hash == stored[-1].hash
        assert unit.log.head().recorded_at == stored[-1].recorded_at
    assert list(store.scan()) == stored


def test_an_empty_log_has_a_head_without_a_moment(store: SqlStore) -> None:
    with store.reading() as unit:
        assert (unit.log.head().position, unit.log.head().recorded_at) == (0, None)
        assert unit.log.position_at(datetime(2030, 1, 1, tzinfo=UTC)) == 0
    assert list(store.scan()) == []
    assert store.verify() == 0


def test_streams_count_their_own_versions(append: Append, new_line: NewLine) -> None:
    first = append(new_line("a"), new_line("b"), new_line("a"))
    second = append(new_line("b"), new_line("a"))
    assert [it.stream_version for it in first + second] == [1, 1, 2, 2, 3]


def test_versions_continue_within_one_unit_of_work(store: SqlStore, new_line: NewLine) -> None:
    with store.writing() as unit:
        for expected in (1, 2, 3):
            (stored,) = unit.log.append([new_line("a")], moment=unit.log.moment())
            assert stored.stream_version == expected
    assert store.verify() == 3


def test_a_line_that_touches_two_references_is_read_once(
    store: SqlStore, append: Append, new_line: NewLine
) -> None:
    append(
        new_line("a", b"1", "jeugdige/1", "gezin/1"),
        new_line("b", b"2", "jeugdige/2"),
        new_line("c", b"3", "gezin/1", "gezin/1"),
    )
    with store.reading() as unit:
        read = unit.log.read(["gezin/1", "jeugdige/1", "onbekend"])
        assert [it.position for it in read] == [1, 3]
        assert [it.position for it in unit.log.read(["gezin/1"], after=1)] == [3]
        assert [it.position for it in unit.log.read(["gezin/1"], upto=2)] == [1]
        assert unit.log.read([]) == []


def test_reading_on_takes_names_bounds_and_a_limit(store: SqlStore, append: Append) -> None:
    append(*(NewRecord("s", name, 1, b"", ()) for name in ("A", "B", "A", "C")))
    with store.reading() as unit:
        assert [it.position for it in unit.log.read_from(0, names=["A", "C"])] == [1, 3, 4]
        assert [it.position for it in unit.log.read_from(1, names=["A"])] == [3]
        assert [it.position for it in unit.log.read_from(1, upto=3, limit=1)] == [2]
        assert unit.log.read_from(0, names=[]) == []


def test_a_command_id_is_remembered_with_its_content_and_positions(
    store: SqlStore, append: Append, new_line: NewLine
) -> None:
    append(new_line())
    with store.writing() as unit:
        lines = [new_line(), new_line()]
        unit.log.append(
            lines, moment=unit.log.moment(), command_id="opdracht-1", content_hash=b"inhoud"
        )
    with store.reading() as unit:
        known = StoredCommand("opdracht-1", b"inhoud", 2, 3)
        assert unit.log.find_command("opdracht-1") == known
        assert unit.log.find_command("opdracht-2") is None


def test_a_command_id_is_recorded_once(store: SqlStore, append: Append, new_line: NewLine) -> None:
    append(new_line(), command_id="opdracht-1")
    with pytest.raises(DuplicateError):
        append(new_line(), command_id="opdracht-1")
    assert store.verify() == 1


def test_moments_rise_when_the_clock_stands_still_or_is_set_back(
    store: SqlStore, clock: FixedClock, append: Append, new_line: NewLine
) -> None:
    start = clock.now()
    append(new_line(), new_line())
    clock.advance(timedelta(seconds=-4))
    append(new_line())
    clock.advance(timedelta(seconds=10))
    append(new_line())
    moments = [it.recorded_at for it in store.scan()]
    later = start + timedelta(seconds=6)
    assert moments == [start, start + MICROSECOND, start + 2 * MICROSECOND, later]


@pytest.mark.parametrize(("behind", "refused"), [(5_000_000, False), (5_000_001, True)])
def test_nothing_is_recorded_when_the_clock_is_over_five_seconds_behind(
    store: SqlStore,
    clock: FixedClock,
    append: Append,
    new_line: NewLine,
    behind: int,
    refused: bool,
) -> None:
    append(new_line())
    clock.advance(timedelta(microseconds=-behind))
    if refused:
        with pytest.raises(Onbeschikbaar, match=r"5\.0 s behind"):
            append(new_line())
    else:
        append(new_line())
    assert store.verify() == (1 if refused else 2)


def test_a_moment_that_does_not_rise_is_not_appended(
    store: SqlStore, append: Append, new_line: NewLine
) -> None:
    (stored,) = append(new_line())
    with pytest.raises(ValueError, match="later"), store.writing() as unit:
        unit.log.append([new_line()], moment=stored.recorded_at)
    assert store.verify() == 1


def test_the_position_at_a_moment_includes_what_was_recorded_at_it(
    store: SqlStore, clock: FixedClock, append: Append, new_line: NewLine
) -> None:
    start = clock.now()
    for _ in range(13):
        append(new_line())
        clock.advance(timedelta(minutes=1))
    with store.reading() as unit:
        for number in range(13):
            moment = start + timedelta(minutes=number)
            assert unit.log.position_at(moment) == number + 1
            assert unit.log.position_at(moment - MICROSECOND) == number
        assert unit.log.position_at(datetime(2400, 1, 1, tzinfo=UTC)) == 13
        assert unit.log.position_at(datetime(1800, 1, 1, tzinfo=UTC)) == 0


def test_a_refused_unit_of_work_leaves_nothing(store: SqlStore, new_line: NewLine) -> None:
    def append_and_fail() -> None:
        with store.writing() as unit:
            unit.log.append([new_line()], moment=unit.log.moment(), command_id="x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        append_and_fail()
    with store.reading() as unit:
        assert unit.log.read_from(0) == []
        assert unit.log.find_command("x") is None
    assert store.verify() == 0


def test_an_append_that_failed_cannot_be_committed_after_all(
    store: SqlStore, append: Append, new_line: NewLine
) -> None:
    append(new_line())

    def append_and_look_away() -> None:
        with store.writing() as unit:
            try:
                unit.log.append([new_line()], moment=unit.log.moment(), versions=[1])
            except DuplicateError:
                return

    with pytest.raises(RuntimeError, match="cannot be committed"):
        append_and_look_away()
    assert store.verify() == 1


def test_lines_that_wait_to_be_written_are_seen_by_whatever_is_read(
    store: SqlStore, append: Append, new_line: NewLine
) -> None:
    append(new_line("jeugdige/1"))
    with store.writing() as unit:
        line = new_line("jeugdige/1")
        unit.log.append([line], moment=unit.log.moment(), command_id="x")
        assert unit.log.find_command("x") == StoredCommand("x", b"", 2, 2)
        assert unit.log.read(("jeugdige/2",)) == []
        assert [it.position for it in unit.log.read(("jeugdige/1",))] == [1, 2]
        unit.log.append([new_line()], moment=unit.log.moment(), command_id="y")
        assert [it.position for it in unit.log.read_from(0)] == [1, 2, 3]
        assert unit.log.find_command("x") == StoredCommand("x", b"", 2, 2)
    assert store.verify() == 3


def test_a_command_id_is_used_once_in_a_unit_of_work(store: SqlStore, new_line: NewLine) -> None:
    def twice() -> None:
        with store.writing() as unit:
            for _ in range(2):
                unit.log.append([new_line()], moment=unit.log.moment(), command_id="x")

    with pytest.raises(DuplicateError):
        twice()
    assert store.verify() == 0


def test_a_reading_unit_of_work_appends_nothing(store: SqlStore, new_line: NewLine) -> None:
    with store.reading() as unit, pytest.raises(RuntimeError, match="writing"):
        unit.log.append([new_line()], moment=unit.log.moment())


def test_a_reader_keeps_the_view_it_started_with(
    store: SqlStore, append: Append, new_line: NewLine
) -> None:
    append(new_line())
    with store.reading() as unit:
        assert unit.log.head().position == 1
        append(new_line())
        assert [it.position for it in unit.log.read_from(0)] == [1]


def test_a_scan_goes_on_over_its_chunks_up_to_the_head_it_saw(
    store: SqlStore, append: Append, new_line: NewLine
) -> None:
    append(*(new_line() for _ in range(4_100)))
    scan = store.scan(after=50)
    assert next(scan).position == 51
    append(new_line())
    assert [it.position for it in scan] == list(range(52, 4_101))
    assert [it.position for it in store.scan(2, upto=4)] == [3, 4]


def test_a_head_that_was_lost_is_broken(store: SqlStore) -> None:
    with store.engine.begin() as connection:
        drop_guards(connection)
        connection.execute(update(ledgers).values(ledger=99))
    with pytest.raises(Broken, match="head"), store.reading():
        pass


def test_the_clock_of_the_machine_is_aware_and_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_a_clock_takes_no_naive_moment() -> None:
    with pytest.raises(ValueError, match="aware"):
        FixedClock(datetime(2026, 1, 1))  # noqa: DTZ001
