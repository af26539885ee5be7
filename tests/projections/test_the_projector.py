"""The projector: rows and position together or not at all, whoever else is busy with them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import event
from tests.projections.caseload import Caseload
from tests.projections.conftest import Opener
from tests.projections.tables import Place, Rows

from rekenschap.application import Broken, Onbeschikbaar
from rekenschap.domain.boeking import Boeking
from rekenschap.infrastructure.codec import JsonCodec
from rekenschap.projections import counters, projector
from rekenschap.projections.leesmodel import SqlLeesmodel


class FailsHere(Exception):
    """The database gives up."""


def played(place: Place, seed: int = 7, steps: int = 60) -> Caseload:
    caseload = Caseload(place.ledger, place.clock, Random(seed))
    caseload.begin()
    caseload.play(steps)
    return caseload


@contextmanager
def the_statement_fails(place: Place, number: int) -> Iterator[Callable[[], int]]:
    """The ``number``-th statement from here that changes a projected table raises."""
    count = 0

    def before(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        nonlocal count
        changes = statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
        if changes:
            count += 1
            if count == number:
                raise FailsHere

    event.listen(place.store.engine, "before_cursor_execute", before)
    try:
        yield lambda: count
    finally:
        event.remove(place.store.engine, "before_cursor_execute", before)


def test_whichever_statement_fails_rows_and_position_stay_as_they_were(place: Place) -> None:
    caseload = played(place)
    model = place.another_model()
    model.catch_up()
    before = place.rows()
    caseload.play(25)
    failed = 0
    while True:
        with the_statement_fails(place, failed + 1) as seen:
            try:
                model.catch_up()
            except FailsHere:
                failed += 1
            else:
                assert seen() == failed
                break
        assert place.rows() == before, f"statement {failed} left something behind"
    assert failed >= 3
    assert place.rows() == place.rebuilt()


def test_a_commit_that_fails_is_made_good_by_the_next_catch_up(place: Place) -> None:
    caseload = played(place)
    model = place.another_model()
    model.catch_up()
    before = place.rows()
    caseload.play(20)

    def refuse(_connection: Any) -> None:
        raise FailsHere

    event.listen(place.store.engine, "commit", refuse)
    try:
        with pytest.raises(FailsHere):
            model.catch_up()
    finally:
        event.remove(place.store.engine, "commit", refuse)
    assert place.rows() == before
    model.catch_up()
    assert place.rows() == place.rebuilt()


def test_readers_that_catch_up_at_once_do_no_harm(place: Place) -> None:
    caseload = played(place, steps=20)
    stop = threading.Event()
    failures: list[BaseException] = []

    def keep_up(model: SqlLeesmodel) -> None:
        try:
            while not stop.is_set():
                model.catch_up()
        except BaseException as error:
            failures.append(error)

    one, other = place.another_model(), place.another_model()
    threads = [threading.Thread(target=keep_up, args=[m]) for m in (one, one, other, other)]
    with patch.object(projector, "BATCH", 5):
        for thread in threads:
            thread.start()
        try:
            caseload.play(40)
        finally:
            stop.set()
            for thread in threads:
                thread.join(60)
        place.model.catch_up()
    assert not failures
    assert place.rows() == place.rebuilt()


def test_questions_while_others_write_see_what_was_recorded_before_them(place: Place) -> None:
    caseload = played(place, steps=10)
    failures: list[BaseException] = []
    stop = threading.Event()

    def ask() -> None:
        try:
            while not stop.is_set():
                before = place.ledger.positie
                name = next(iter(caseload.owners))
                page = place.ledger.spoor(toewijzing=name)
                assert page.bekend_op >= before
                stand = place.ledger.stand(jeugdige=caseload.owners[name])
                assert stand.bekend_op >= page.bekend_op
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        caseload.play(25)
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
    assert not failures


@pytest.mark.parametrize("kept", [0, 1, 3])
def test_what_is_dropped_from_memory_is_read_again(opened_sqlite: Opener, kept: int) -> None:
    """A small memory gives the same rows; what is not written yet may not be dropped."""
    for seed in range(4):
        place = opened_sqlite()
        played(place, seed, steps=70)
        whole = place.rebuilt()
        with patch.object(projector, "KEPT", kept), patch.object(counters, "KEPT", kept):
            assert place.rebuilt(7) == whole
            assert place.rebuilt() == whole


def test_a_line_that_cannot_be_read_stops_the_projector_loudly(place: Place) -> None:
    """The batch before it stands; nothing of its own batch does, however often one tries."""
    played(place, steps=30)
    place.rebuilt()
    wrong = 17

    def decode(record: Any) -> Boeking:
        if record.position == wrong:
            raise Broken("an unknown event", position=record.position)
        return JsonCodec.decode(record)

    model = SqlLeesmodel(place.store, place.store.ledger.key, decode)
    place.thrown_away()
    with patch.object(projector, "BATCH", 5):
        for _ in range(2):
            with pytest.raises(Broken, match=f"position {wrong}"):
                model.catch_up()
            assert position_in(place.rows()) == 15
    place.another_model().catch_up()
    assert place.rows() == place.rebuilt()


def test_a_grootboek_is_projected_apart_from_its_neighbour(opened: Opener) -> None:
    mine, neighbour = opened(), opened()
    played(mine, 1, steps=20)
    played(neighbour, 2, steps=20)
    mine.model.catch_up()
    neighbour.model.catch_up()
    whole = neighbour.rows()
    mine.rebuilt(3)
    assert neighbour.rows() == whole
    assert mine.rows() != whole


def test_a_store_that_is_busy_is_unavailable_and_nothing_is_half_done(opened: Opener) -> None:
    """A question needs its tables caught up; if they cannot be, it has no answer at all."""
    place = opened()
    played(place, steps=10)

    @contextmanager
    def busy() -> Iterator[Any]:
        raise Onbeschikbaar("busy")
        yield

    with patch.object(place.store, "writing", busy), pytest.raises(Onbeschikbaar):
        place.ledger.stand(toewijzing="T1")
    assert place.ledger.spoor(toewijzing="T1").regels


def position_in(rows: Rows) -> int:
    return int(rows["projection_positions"][0][1])
