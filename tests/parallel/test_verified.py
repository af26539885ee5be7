"""A log verified in stretches, beside each other: the same is found wrong, or nothing is."""

from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve
from sqlalchemy import delete, insert, select, update
from tests.application.care import KEY, effort, granted, introduced, no_show, opened, started
from tests.owner import drop_guards
from tests.parallel.conftest import Played

from rekenschap.application import (
    Broken,
    Controlepunt,
    Incorrect,
    Onbeschikbaar,
    Rekenschap,
)
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.codec import decode
from rekenschap.infrastructure.parallel import InProcess, Processes
from rekenschap.infrastructure.parallel import together as together_module
from rekenschap.infrastructure.parallel.parts import stretches_for
from rekenschap.infrastructure.parallel.together import SqlParallel
from rekenschap.infrastructure.parallel.work import Checking, verify
from rekenschap.infrastructure.store.schema import event_references, events, ledgers
from rekenschap.infrastructure.store.seal import Sealed
from rekenschap.infrastructure.store.verifying import Judged, Stretch, Verification, judged
from rekenschap.infrastructure.traces import traces


@pytest.fixture
def small(database_url: str) -> Any:
    """Seven lines, of which the last two are of one command."""
    with opened(database_url) as ledger:
        ledger.execute_batch([introduced(), granted(), started(), effort(), no_show()])
        store: Any = ledger._store
        store.parallel = SqlParallel(store, store.parallel._place, 3)
        yield ledger


def altered(ledger: Rekenschap, statement: Any) -> None:
    store: Any = ledger._store
    with store.engine.begin() as connection:
        drop_guards(connection)
        connection.execute(statement)


def found(ledger: Rekenschap, **how: Any) -> tuple[Any, Any]:
    with pytest.raises(Broken) as caught:
        ledger.verify(**how)
    return caught.value.args, caught.value.details


# --- cutting


@pytest.mark.parametrize("parts", [1, 2, 3, 7, 50, 10_000])
def test_however_it_is_cut_all_of_it_is_judged_and_holds(played: Played, parts: int) -> None:
    told: list[int] = []
    last = played.ledger.positie
    with played.cut_in(parts):
        assert played.ledger.verify(told.append, werkers=InProcess()) == last
    assert told == sorted(told)
    assert told[-1] == last
    assert played.store.verified[0] == last


def test_stretches_follow_on_each_other_and_hold_whole_commands(played: Played) -> None:
    begun = played.store.verification()
    last, lines = begun.end.head.position, played.store._lines
    for number in (1, 2, 5, last, 3 * last):
        cut = begun.stretches(number)
        assert [one.after for one in cut] == [0, *(one.upto for one in cut[:-1])]
        assert cut[-1].upto == last
        assert len(cut) <= number
    commands = sum(judged(lines, traces, one).commands for one in begun.stretches(last))
    assert commands == len({decode(line).opdracht for line in played.store.scan()})


def test_a_command_of_two_lines_is_not_cut_through(small: Rekenschap) -> None:
    begun = small._store.verification()
    assert Stretch(5, 7) in begun.stretches(7)
    assert {one.upto for one in begun.stretches(7)} == {1, 2, 3, 4, 5, 7}


def test_an_empty_log_is_one_stretch(database_url: str) -> None:
    with open_grootboek(database_url, grootboek="leeg", sleutel=KEY) as ledger:
        assert Verification.begun(ledger._store._lines, None).stretches(4)[0].after == 0
        assert ledger.verify(werkers=InProcess()) == ledger.positie


def test_no_stretch_is_so_short_that_opening_it_takes_longer() -> None:
    assert stretches_for(2, 100) == 1
    assert stretches_for(2, 29_999) == 2
    assert stretches_for(2, 1_000_000) == 8
    assert stretches_for(16, 10_000_000) == 64


# --- by others


def test_two_processes_find_that_it_holds(played: Played, two: Processes) -> None:
    with played.cut_in(4):
        assert played.ledger.verify(werkers=two) == played.ledger.positie


def test_two_processes_find_what_is_wrong(small: Rekenschap, two: Processes) -> None:
    altered(small, update(events).where(events.c.position == 4).values(name="zorg-hervat"))
    told = found(small)
    assert found(small, werkers=two) == told
    assert "position 4" in str(told[0])


def test_no_key_is_sent(played: Played) -> None:
    sent: list[Any] = []

    class Kept(InProcess):
        def each(self, work: Any, tasks: Any) -> Any:
            sent.extend(task.place.sleutel for task in tasks)
            return super().each(work, tasks)

    assert played.place.sleutel is not None
    with played.cut_in(2):
        played.ledger.verify(werkers=Kept())
    assert set(sent) == {None}


def test_a_grootboek_that_only_this_process_sees_has_no_stretches() -> None:
    with (
        open_grootboek("sqlite://", grootboek="g", sleutel=KEY) as ledger,
        pytest.raises(Incorrect, match="werkers"),
    ):
        ledger.verify(werkers=2)


def test_a_worker_of_another_release_judges_nothing(played: Played) -> None:
    task = Checking(place=played.place, stretch=Stretch(0, 1), programma="rekenschap-0.0")
    with pytest.raises(Onbeschikbaar, match="a worker is"):
        verify(task)


# --- the chain alone


@pytest.mark.parametrize("how", [{}, {"werkers": InProcess()}], ids=["one go", "stretches"])
def test_the_chain_alone_is_not_what_stands_beside_it(
    small: Rekenschap, how: dict[str, Any]
) -> None:
    altered(small, delete(event_references).where(event_references.c.position == 4))
    with pytest.raises(Broken, match="position 4"):
        small.verify(**how)
    assert small.verify(**how, alleen_keten=True) == 7
    altered(small, update(events).where(events.c.position == 6).values(name="zorg-hervat"))
    with pytest.raises(Broken, match="position 6"):
        small.verify(**how, alleen_keten=True)


# --- what is wrong is named alike


@pytest.mark.parametrize("position", range(1, 8))
def test_a_line_that_is_gone_or_altered_is_named(small: Rekenschap, position: int) -> None:
    here = events.c.position == position
    with small._store.reading() as unit:
        row = unit.connection.execute(select(events).where(here)).mappings().one()
    altered(small, update(events).where(here).values(payload=row["payload"] + b" "))
    told = found(small)
    assert found(small, werkers=InProcess()) == told
    altered(small, delete(events).where(here))
    told = found(small)
    assert found(small, werkers=InProcess()) == told
    assert f"position {position}" in str(told[0])


@pytest.mark.parametrize("position", [-1, 0, 8])
def test_a_line_where_none_should_be_is_named(small: Rekenschap, position: int) -> None:
    with small._store.reading() as unit:
        first = select(events).where(events.c.position == 1)
        row = unit.connection.execute(first).mappings().one()
    stray = {**row, "position": position, "stream_version": 1000}
    altered(small, insert(events).values(stray))
    told = found(small)
    assert found(small, werkers=InProcess()) == told


def test_a_head_that_says_otherwise_is_named(small: Rekenschap) -> None:
    for values in (
        {"position": 6},
        {"position": 8},
        {"hash": b"\1" * 32},
    ):
        with small._store.engine.connect() as connection:
            before = connection.execute(select(ledgers)).mappings().one()
        altered(small, update(ledgers).values(values))
        told = found(small)
        assert found(small, werkers=InProcess()) == told
        altered(small, update(ledgers).values({name: before[name] for name in values}))
    assert small.verify(werkers=InProcess()) == 7


def test_what_changed_between_two_stretches_does_not_fit(small: Rekenschap) -> None:
    """Each holds by itself; only together they do not."""
    begun = small._store.verification()
    lines = small._store._lines
    parts = [judged(lines, traces, one) for one in begun.stretches(4)]
    assert begun.together(parts[::-1], ()) == 7
    other = evolve(parts[1], began=evolve(parts[1].began, hash=b"\1" * 32))
    with pytest.raises(Broken, match="changed while it was verified"):
        begun.together([parts[0], other, parts[2]], ())
    with pytest.raises(Broken, match="changed while it was verified"):
        begun.together([parts[0], parts[2]], ())
    with pytest.raises(Broken, match="stand where the head says 7"):
        begun.together(parts[:-1], ())
    fewer = evolve(parts[2], commands=parts[2].commands - 1)
    with pytest.raises(Broken, match="an id that no line carries"):
        begun.together([*parts[:2], fewer], ())


def test_what_one_worker_saw_and_is_not_there_is_still_told(
    small: Rekenschap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that was put back before this process looked itself."""

    def seen(_: Any) -> Judged:
        raise Broken("the stored hash is not the hash of this line", position=2)

    monkeypatch.setattr(together_module, "verify", seen)
    with pytest.raises(Broken, match="position 2"):
        small.verify(werkers=InProcess())


# --- against checkpoints


def test_checkpoints_are_held_against_it(played: Played) -> None:
    first, last = (played.ledger.controlepunt(omvang=size) for size in (5, None))
    with played.cut_in(3):
        kept = [last, first]
        assert played.ledger.verify(tegen=kept, werkers=InProcess()) == played.ledger.positie


def test_a_checkpoint_of_another_log_is_named_alike(small: Rekenschap) -> None:
    good = small.controlepunt(omvang=3)
    other: list[Controlepunt] = [
        evolve(small.controlepunt(omvang=5), wortel=b"\1" * 32),
        evolve(small.controlepunt(omvang=5), kop=b"\1" * 32),
        evolve(small.controlepunt(omvang=5), moment=datetime(2020, 1, 1, tzinfo=UTC)),
        evolve(small.controlepunt(), omvang=9),
        evolve(small.controlepunt(), grootboek_id="0" * 32),
    ]
    for one in other:
        told = found(small, tegen=[good, one])
        assert found(small, tegen=[good, one], werkers=InProcess()) == told, one


def test_nothing_was_judged_before_the_first_line() -> None:
    assert Sealed.nothing("a").count == 0
    assert Sealed.nothing("a") != Sealed.nothing("b")
