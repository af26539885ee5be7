"""Nothing stored can be changed, taken away, moved or added without the seal naming where."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve
from sqlalchemy import delete, update
from tests.owner import drop_guards

from rekenschap.application.errors import Broken
from rekenschap.application.ports import Head, NewRecord, StoredRecord
from rekenschap.infrastructure.store.schema import events, ledgers
from rekenschap.infrastructure.store.seal import (
    Row,
    chain,
    first_hash,
    from_microseconds,
    to_microseconds,
    verify,
    verify_rows,
)
from rekenschap.infrastructure.store.store import SqlStore

LEDGER = "0f" * 16
START = to_microseconds(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
SEVEN_NUMBERS = {0: 8, 1: 8, 3: 8, 5: 4}  # column in a row: its bytes


def rows_of(length: int, ledger: str = LEDGER) -> list[Row]:
    rows: list[Row] = []
    previous = first_hash(ledger)
    for position in range(1, length + 1):
        at, payload = START + position, b'{"aantal":%d}' % position
        previous = chain(previous, position, at, "Naam", 1, "jeugdige/1", position, payload)
        rows.append((position, at, b"jeugdige/1", position, b"Naam", 1, payload, previous))
    return rows


def head_of(rows: list[Row]) -> Head:
    return Head(rows[-1][0], rows[-1][7], from_microseconds(rows[-1][1]))


def flips(row: Row) -> Iterator[Row]:
    """Every row that differs from this one in a single bit of a single column."""
    for column, value in enumerate(row):
        size = len(value) if isinstance(value, bytes) else SEVEN_NUMBERS[column]
        for bit in range(size * 8):
            if isinstance(value, bytes):
                changed: int | bytes = (int.from_bytes(value) ^ (1 << bit)).to_bytes(size)
            elif isinstance(value, int):
                as_bits = int.from_bytes(value.to_bytes(size, signed=True)) ^ (1 << bit)
                changed = int.from_bytes(as_bits.to_bytes(size), signed=True)
            yield (*row[:column], changed, *row[column + 1 :])  # type: ignore[misc]


def broken_at(rows: list[Row], head: Head, ledger: str = LEDGER) -> int | None:
    with pytest.raises(Broken) as caught:
        verify_rows(iter(rows), ledger, head)
    return caught.value.position


ROWS = rows_of(5)
HEAD = head_of(ROWS)


def test_an_untouched_chain_verifies() -> None:
    assert verify_rows(iter(ROWS), LEDGER, HEAD) == 5
    assert verify_rows(iter([]), LEDGER, Head(0, first_hash(LEDGER), None)) == 0


@pytest.mark.parametrize("index", range(5))
def test_every_flipped_bit_is_named_by_its_position(index: int) -> None:
    tried = 0
    for changed in flips(ROWS[index]):
        assert broken_at([*ROWS[:index], changed, *ROWS[index + 1 :]], HEAD) == index + 1
        tried += 1
    assert tried > 600


@pytest.mark.parametrize("index", range(5))
def test_a_deleted_line_is_named(index: int) -> None:
    assert broken_at(ROWS[:index] + ROWS[index + 1 :], HEAD) == index + 1


@pytest.mark.parametrize("first", range(5))
@pytest.mark.parametrize("second", range(5))
def test_swapped_lines_are_named_also_when_renumbered(first: int, second: int) -> None:
    if first >= second:
        return
    rows = list(ROWS)
    rows[first], rows[second] = rows[second], rows[first]
    assert broken_at(rows, HEAD) == first + 1
    renumbered = [(number, *row[1:]) for number, row in enumerate(rows, 1)]
    assert broken_at(renumbered, HEAD) == first + 1


@pytest.mark.parametrize("index", range(6))
def test_an_inserted_line_is_named_also_when_the_rest_is_renumbered(index: int) -> None:
    rows = [*ROWS[:index], ROWS[min(index, 4)], *ROWS[index:]]
    named = broken_at(rows, HEAD)
    renumbered = broken_at([(number, *row[1:]) for number, row in enumerate(rows, 1)], HEAD)
    # a copy of the line itself stands right at its own place; the one after it is then wrong
    assert (named, renumbered) == ((index + 2, index + 2) if index < 5 else (6, 6))


@pytest.mark.parametrize("length", range(5))
def test_a_cut_off_tail_is_named_against_the_head(length: int) -> None:
    assert broken_at(ROWS[:length], HEAD) == length + 1


def test_a_longer_chain_than_the_head_says_is_named() -> None:
    assert broken_at(ROWS, head_of(ROWS[:3])) == 4


def test_a_head_with_another_hash_or_moment_is_named() -> None:
    assert broken_at(ROWS, evolve(HEAD, hash=b"\0" * 32)) == 5
    assert broken_at(ROWS, evolve(HEAD, recorded_at=datetime(2026, 1, 1, tzinfo=UTC))) == 5


def test_a_chain_of_another_grootboek_does_not_fit() -> None:
    assert broken_at(ROWS, HEAD, ledger="1f" * 16) == 1


def test_a_moment_that_does_not_rise_is_named_although_the_hashes_fit() -> None:
    first = ROWS[0]
    seal = chain(first[7], 2, first[1], "Naam", 1, "s", 1, b"")
    rows: list[Row] = [first, (2, first[1], b"s", 1, b"Naam", 1, b"", seal)]
    assert broken_at(rows, head_of(rows)) == 2


@pytest.mark.parametrize("value", [None, "text", 1.5, 2**70])
@pytest.mark.parametrize("column", range(8))
def test_what_is_no_longer_of_its_type_is_named(column: int, value: object) -> None:
    changed = (*ROWS[2][:column], value, *ROWS[2][column + 1 :])
    assert broken_at([*ROWS[:2], changed, *ROWS[3:]], HEAD) == 3  # type: ignore[list-item]


def test_parts_cannot_flow_into_each_other() -> None:
    previous = first_hash(LEDGER)
    assert chain(previous, 1, 1, "ab", 1, "c", 1, b"") != chain(
        previous, 1, 1, "a", 1, "bc", 1, b""
    )


def test_the_leaf_is_fixed_for_ever() -> None:
    assert first_hash("ab").hex() == FIRST
    assert chain(bytes(32), 1, 2, "Naam", 3, "stroom/é", 4, b"\x00").hex() == LEAF


FIRST = "3f13d0a91a19f04185eb1bc68dc728efdec87e20a6fc1df5f49894cb8a26ae9b"
LEAF = "417a168944ab9591cdf55d62ff5666a2a097a77d5ff3c2737466a8ad66e13b08"


@pytest.fixture
def filled(store: SqlStore, append: Callable[..., list[StoredRecord]]) -> SqlStore:
    append(*(NewRecord(f"s/{n}", "Naam", 1, b"{}", (f"s/{n}",)) for n in range(1, 7)))
    return store


def test_records_and_stored_lines_verify_alike(filled: SqlStore) -> None:
    with filled.reading() as unit:
        head = unit.log.head()
    told: list[int] = []
    assert verify(filled.scan(), filled.ledger.id, head) == 6
    assert filled.verify(progress=told.append) == 6
    assert told == [6]


@pytest.mark.parametrize(
    "change",
    [
        {"payload": b"{ }"},
        {"name": "Name"},
        {"version": 2},
        {"stream": "s/9"},
        {"stream_version": 2},
        {"recorded_at": events.c.recorded_at + 1},
        {"recorded_at": 2**62},
        {"hash": b"\0" * 32},
    ],
)
def test_a_changed_column_in_the_database_is_named(
    filled: SqlStore, change: dict[str, object]
) -> None:
    with filled.engine.begin() as connection:
        drop_guards(connection)
        connection.execute(update(events).where(events.c.position == 4).values(change))
    with pytest.raises(Broken, match="position 4"):
        filled.verify()


@pytest.mark.parametrize(("position", "named"), [(1, 1), (4, 4), (6, 6)])
def test_a_line_deleted_from_the_database_is_named(
    filled: SqlStore, position: int, named: int
) -> None:
    with filled.engine.begin() as connection:
        drop_guards(connection)
        connection.execute(delete(events).where(events.c.position == position))
    with pytest.raises(Broken, match=f"position {named}"):
        filled.verify()


@pytest.mark.parametrize(("moved_to", "named"), [(7, 4), (-1, 1), (0, 1)])
def test_a_line_moved_in_the_database_is_named(filled: SqlStore, moved_to: int, named: int) -> None:
    with filled.engine.begin() as connection:
        drop_guards(connection)
        changed = update(events).where(events.c.position == 4).values(position=moved_to)
        connection.execute(changed)
        if moved_to == 7:
            connection.execute(update(ledgers).values(position=7))
    with pytest.raises(Broken, match=f"position {named}"):
        filled.verify()


def test_a_line_beyond_the_head_is_named(filled: SqlStore) -> None:
    with filled.engine.begin() as connection:
        drop_guards(connection)
        connection.execute(update(ledgers).values(position=5))
    with pytest.raises(Broken, match="position 6"):
        filled.verify()


def test_microseconds_are_exact_over_all_years() -> None:
    for year in (1, 1969, 1970, 2026, 2255, 9999):
        moment = datetime(year, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
        assert from_microseconds(to_microseconds(moment)) == moment
        earlier = moment - timedelta(microseconds=1)
        assert to_microseconds(moment) - to_microseconds(earlier) == 1


def test_text_that_is_no_text_any_more_is_named(filled: SqlStore) -> None:
    if filled.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL stores no text that is not UTF-8")
    with filled.engine.begin() as connection:
        drop_guards(connection)
        connection.exec_driver_sql(
            "UPDATE events SET stream = CAST(x'73ff' AS TEXT) WHERE position = 3"
        )
    with pytest.raises(Broken, match="position 3"):
        filled.verify()
    with pytest.raises(Broken, match="damaged"):
        list(filled.scan())
