"""Is everything in exactly one part, whatever a worker does, and does an error come back whole?"""

import os
import pickle
from typing import Any

import pytest
from sqlalchemy import text
from tests.application.care import KEY, effort, granted, introduced, started
from tests.owner import drop_guards

from rekenschap.application import Broken, Incorrect, Onbeschikbaar, Rekenschap
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.parallel import InProcess, Processes
from rekenschap.infrastructure.parallel.parts import Part, how_many, part_of
from rekenschap.infrastructure.parallel.place import Place
from rekenschap.infrastructure.parallel.work import Task
from rekenschap.infrastructure.parallel.workers import Attempt, cores, taken, workers_of


def test_a_jeugdige_is_in_the_same_part_for_ever() -> None:
    found = [part_of(f"jeugdige/{number:032x}", 64) for number in range(8)]
    assert found == [16, 2, 10, 10, 60, 25, 53, 21]
    assert {part_of(f"jeugdige/{number:032x}", 5) for number in range(50)} == set(range(5))


def test_there_are_more_parts_than_workers_and_none_is_large() -> None:
    assert how_many(2, 100) == 8
    assert how_many(2, 20_000) == 8
    assert how_many(2, 20_001) == 9
    assert how_many(16, 1_000_000) == 400


def test_a_line_that_cannot_be_read_is_broken_at_its_position(
    sqlite_url: str, two: Processes
) -> None:
    with open_grootboek(sqlite_url, grootboek="g", sleutel=KEY) as ledger:
        ledger.execute_batch([introduced(), granted(), started(), effort(), effort(aantal=61)])
        store: Any = ledger._store
        with store.engine.begin() as connection:
            drop_guards(connection)
            connection.execute(text("UPDATE events SET payload = '{}' WHERE position = 5"))
        for work in (
            lambda: list(ledger.reproduceer_alles(werkers=two)),
            lambda: ledger.rebuild(werkers=two),
        ):
            with pytest.raises(Broken, match="position 5") as caught:
                work()
            assert caught.value.position == 5


def test_an_error_that_comes_back_is_the_error_itself() -> None:
    for error in (
        Broken("weg", position=7, uiterlijk=9),
        Incorrect("sleutel", None, "a key", secret=True),
        Onbeschikbaar("bezig"),
    ):

        def work(_: Any, error: Exception = error) -> None:
            raise error

        back = pickle.loads(pickle.dumps(Attempt(work)(None)))
        with pytest.raises(type(error)) as caught:
            taken(back)
        assert (str(caught.value), vars(caught.value)) == (str(error), vars(error))


def stop(_: int) -> None:
    os._exit(3)


def test_a_process_that_ends_is_unavailable() -> None:
    with pytest.raises(Onbeschikbaar, match="a worker ended"):
        list(Processes(1).each(stop, [1]))


def test_another_version_of_the_program_is_unavailable() -> None:
    place = Place("sqlite:///g.db", "g")
    task = Task(place=place, part=Part(()), upto=1, programma="rekenschap-0.0")
    with pytest.raises(Onbeschikbaar, match=r"a worker is rekenschap-0\.1"):
        task.check()


@pytest.mark.parametrize("wrong", [-1, True, "2", 1.0, None])
def test_what_is_no_number_of_workers_is_incorrect(wrong: Any) -> None:
    with pytest.raises(Incorrect, match="a number of processes"):
        workers_of(wrong)


def test_none_is_every_core_and_one_is_this_process() -> None:
    assert Processes(0).aantal == cores() >= 1
    assert isinstance(workers_of(1), InProcess)


def test_in_memory_there_is_one_process(in_memory: Rekenschap) -> None:
    assert len(list(in_memory.reproduceer_alles(werkers=1))) == 1
    for werkers in (0, 2, InProcess()):
        with pytest.raises(Incorrect, match="a grootboek in memory"):
            next(in_memory.reproduceer_alles(werkers=werkers))
        with pytest.raises(Incorrect, match="a grootboek in memory"):
            in_memory.rebuild(werkers=werkers)


@pytest.fixture
def in_memory() -> Any:
    with open_grootboek("sqlite://", grootboek="g", sleutel=KEY) as ledger:
        yield ledger
