"""An event this program does not know stops every use of it, with its position; nothing half done.

It is what a ledger holds that a later release wrote to. Rows are added below the program, as that
release would have.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.application.care import accepted, effort, granted, introduced, opened, started
from tests.projections.tables import Rows, rows_of

from rekenschap.application import Broken, Rekenschap
from rekenschap.application.ports import NewRecord
from rekenschap.infrastructure.clock import FixedClock

DAY = date(2025, 4, 1)
UNKNOWN = [("zorg-verhuisd", 1), ("zorg-gestart", 2), ("bezwaar-ingediend", 3), ("zorg-gestart", 0)]


@pytest.fixture
def ledger(database_url: str) -> Iterator[Rekenschap]:
    with opened(database_url, clock=FixedClock(datetime(2025, 6, 2, 9, tzinfo=UTC))) as rekenschap:
        accepted(rekenschap.execute(introduced()))
        accepted(rekenschap.execute(granted("T1", "kind-1")))
        accepted(rekenschap.execute(granted("T2", "kind-2")))
        accepted(rekenschap.execute(started("T1")))
        yield rekenschap


def written_by_a_later_release(ledger: Rekenschap, name: str, version: int) -> int:
    """Append an event to the stream of T1 as a later release would; its position."""
    with ledger._store.writing() as unit:
        last = unit.log.head().position
        line = unit.log.read_from(last - 1, upto=last)[0]
        payload = line.payload.replace(b'"opdracht":"', b'"opdracht":"later-')
        record = NewRecord(line.stream, name, version, payload, unit.log.references_of(last))
        command = payload.split(b'"opdracht":"')[1].split(b'"')[0].decode()
        (stored,) = unit.log.append([record], moment=unit.log.moment(), command_id=command)
    return stored.position


def tables(ledger: Rekenschap) -> Rows:
    """Every row of every table of the projections that is read, and up to where they go."""
    store: Any = ledger._store
    with store.reading() as unit:
        return rows_of(unit.connection, store.ledger.key)


def decoded(ledger: Rekenschap) -> list[int]:
    """A scan of the whole log, each line read."""
    return [ledger._codec.decode(line).positie for line in ledger._store.scan()]


USES: dict[str, Callable[[Rekenschap], object]] = {
    "decide": lambda ledger: ledger.execute(effort("T1")),
    "toets": lambda ledger: ledger.toets(effort("T1")),
    "batch": lambda ledger: ledger.execute_batch([effort("T2"), effort("T1")]),
    "stand": lambda ledger: ledger.stand(toewijzing="T1"),
    "stand of another": lambda ledger: ledger.stand(toewijzing="T2"),
    "spoor": lambda ledger: ledger.spoor(toewijzing="T1"),
    "toewijzingen": lambda ledger: ledger.toewijzingen(jeugdige="kind-1"),
    "lees": lambda ledger: list(ledger.lees()),
    "signalen": lambda ledger: ledger.signalen(DAY, toewijzing="T1"),
    "werklijst": lambda ledger: list(ledger.werklijst(DAY)),
    "bezwaren": lambda ledger: ledger.bezwaren(jeugdige="kind-1"),
    "uitleg": lambda ledger: ledger.uitleg(toewijzing="T1"),
    "scan": decoded,
}


@pytest.mark.parametrize(("name", "version"), UNKNOWN)
def test_every_use_stops_loudly_at_its_position_and_writes_nothing(
    ledger: Rekenschap, name: str, version: int
) -> None:
    ledger.stand(toewijzing="T1")
    before = tables(ledger)
    position = written_by_a_later_release(ledger, name, version)
    for use, asked in USES.items():
        with pytest.raises(Broken) as caught:
            asked(ledger)
        assert caught.value.position == position, use
        assert f"{name} version {version} cannot be read: an unknown event" in str(caught.value)
        with ledger._store.reading() as unit:
            assert unit.log.head().position == position, use
        assert tables(ledger) == before, use


def test_a_rebuild_that_stops_leaves_the_tables_as_they_are_read(ledger: Rekenschap) -> None:
    ledger.stand(toewijzing="T1")
    before = tables(ledger)
    position = written_by_a_later_release(ledger, *UNKNOWN[0])
    with pytest.raises(Broken) as caught:
        ledger.rebuild()
    assert caught.value.position == position
    assert tables(ledger) == before


@pytest.mark.parametrize(("name", "version"), UNKNOWN)
def test_the_tables_never_hold_a_part_of_a_batch_with_it(
    ledger: Rekenschap, name: str, version: int
) -> None:
    """What lies behind the tables comes in whole batches: with this one in it, none of it."""
    ledger.stand(toewijzing="T1")
    before = tables(ledger)
    accepted(ledger.execute(effort("T1")))
    written_by_a_later_release(ledger, name, version)
    for _ in range(2):
        with pytest.raises(Broken):
            ledger.stand(toewijzing="T1")
        assert tables(ledger) == before


def test_who_the_event_does_not_touch_is_still_decided_on(ledger: Rekenschap) -> None:
    position = written_by_a_later_release(ledger, *UNKNOWN[0])
    answer = accepted(ledger.execute(started("T2")))
    assert answer.positie == position + 1


def test_what_is_before_it_can_still_be_read(ledger: Rekenschap) -> None:
    position = written_by_a_later_release(ledger, *UNKNOWN[0])
    feed = ledger.lees()
    assert [next(feed).positie for _ in range(position - 1)] == list(range(1, position))
    with pytest.raises(Broken):
        next(feed)


def test_verifying_stops_at_it_as_well(ledger: Rekenschap) -> None:
    position = written_by_a_later_release(ledger, *UNKNOWN[0])
    with pytest.raises(Broken) as caught:
        ledger.verify()
    assert caught.value.position == position
