"""A rebuild beside what is read: who reads and writes meanwhile, what it finds, and how it ends."""

import threading
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from attrs import evolve
from sqlalchemy import delete, func, insert, select, update
from tests.projections.conftest import Opener
from tests.projections.tables import Place
from tests.projections.test_the_projector import FailsHere, played, the_statement_fails

from rekenschap.application import (
    Broken,
    Fase,
    Herbouw,
    Onbeschikbaar,
    SoortTabelverschil,
    Voortgang,
)
from rekenschap.domain.boeking import Boeking
from rekenschap.infrastructure.codec import JsonCodec
from rekenschap.projections import claiming, comparison, projector, rebuilding, sets
from rekenschap.projections.leesmodel import SqlLeesmodel
from rekenschap.projections.schema import STILL_KNOWN, projection_positions, saldo, spoor, tellers
from rekenschap.projections.writing import look_at

ONTBRAK, TEVEEL, ANDERS = SoortTabelverschil


def at(fase: Fase, do: Callable[[], object], which: int = 1) -> Callable[[Voortgang], None]:
    """Do something the so-manieth time that a rebuild tells of this phase."""
    seen = 0

    def told(progress: Voortgang) -> None:
        nonlocal seen
        seen += progress.fase is fase
        if progress.fase is fase and seen == which:
            do()

    return told


def by_hand(place: Place, statement: Any) -> int:
    """Change rows of what is read as nobody should; how many."""
    with place.store.writing() as unit:
        known = sets.read(unit.connection, place.store.ledger.key)
        table = statement.table
        mine = (table.c.ledger == place.store.ledger.key, table.c.generation == known.current)
        return int(unit.connection.execute(statement.where(*mine)).rowcount)


def dies(place: Place, fase: Fase) -> None:
    """A rebuild by a process that ends there: it cleans nothing up."""

    class Killed(BaseException):
        pass

    def kill() -> None:
        raise Killed

    with patch.object(claiming.Claim, "release"), pytest.raises(Killed):
        place.another_model().rebuild(at(fase, kill))


@pytest.fixture
def small_pages() -> Any:
    with (
        patch.object(comparison, "PAGE", 7),
        patch.object(projector, "BATCH", 5),
        patch.object(rebuilding, "FEW", 2),
    ):
        yield


# --- what it tells


def test_it_tells_how_much_was_folded_and_that_nothing_differed(place: Place) -> None:
    played(place, steps=20)
    place.model.catch_up()
    whole, last = place.rows(), place.ledger.positie
    found = place.ledger.rebuild()
    assert found == Herbouw(positie=last, regels=last, vergeleken_tot=last)
    assert found.gelijk
    assert place.rows() == whole
    assert place.numbers() == {2}


def test_progress_is_told_phase_by_phase(place: Place, small_pages: None) -> None:
    played(place, steps=20)
    place.model.catch_up()
    told: list[Voortgang] = []
    last = place.ledger.rebuild(told.append).positie
    phases = list(dict.fromkeys(one.fase for one in told))
    assert phases == [Fase.VOUWEN, Fase.VERGELIJKEN, Fase.WISSELEN, Fase.OPRUIMEN]
    for fase in phases:
        steps = [one for one in told if one.fase is fase]
        assert [one.gedaan for one in steps] == sorted(one.gedaan for one in steps)
        assert steps[-1].gedaan == steps[-1].totaal > 0
    folded = [one.gedaan for one in told if one.fase is Fase.VOUWEN]
    assert (folded[0], folded[-1]) == (5, last)


def test_what_was_never_folded_is_compared_with_nothing(place: Place) -> None:
    played(place, steps=10)
    place.thrown_away()
    last = place.ledger.positie
    assert place.ledger.rebuild() == Herbouw(positie=last, regels=last, vergeleken_tot=0)
    assert place.rows() == place.rebuilt()


def test_a_grootboek_without_lines_can_be_rebuilt(opened: Opener) -> None:
    """One that is opened has its house rules; what lies below it has none yet."""
    place = opened()
    with patch.object(place.store, "ledger", place.store._opened("nog-leeg")):
        model = SqlLeesmodel(place.store, place.store.ledger.key, JsonCodec().decode)
        for _ in range(2):
            assert model.rebuild() == Herbouw(positie=0, regels=0, vergeleken_tot=0)
        assert model.catch_up() == 0


def test_what_is_read_is_compared_as_far_as_it_was_folded(place: Place) -> None:
    caseload = played(place, steps=20)
    place.model.catch_up()
    middle = place.ledger.positie
    caseload.play(20)
    found = place.another_model().rebuild()
    assert (found.vergeleken_tot, found.gelijk) == (middle, True)
    assert found.positie == place.ledger.positie > middle
    assert place.rows() == place.rebuilt()


# --- what differs


def test_a_row_that_was_changed_by_hand_is_found_and_not_silently_mended(place: Place) -> None:
    played(place, steps=25)
    place.model.catch_up()
    whole = place.rows()
    with place.store.reading() as unit:
        one = unit.connection.execute(
            select(saldo.c.toewijzing, saldo.c.geldig_van, saldo.c.bekend_van)
            .where(sets.read_now(saldo, place.store.ledger.key))
            .limit(1)
        ).one()
    row = (saldo.c.toewijzing == one[0], saldo.c.geldig_van == one[1], saldo.c.bekend_van == one[2])
    assert by_hand(place, update(saldo).where(*row).values(verbruikt="31")) == 1
    found = place.ledger.rebuild()
    assert found.verschillen == {"saldo": 1}
    (told,) = found.eerste
    assert (told.tabel, told.soort) == ("saldo", ANDERS)
    assert dict(told.sleutel) == one._asdict()
    assert place.rows() == whole
    assert place.ledger.rebuild().gelijk


ROTTEN: dict[str, tuple[Any, SoortTabelverschil]] = {
    "a balance is gone": (delete(saldo).where(saldo.c.bekend_van > 5), ONTBRAK),
    "a counter counts more": (update(tellers).values(aantal=tellers.c.aantal + 1), ANDERS),
    "a line has another outcome": (
        update(spoor).where(spoor.c.bekend_van == 4).values(uitkomst="?"),
        ANDERS,
    ),
    "a line is gone": (delete(spoor).where(spoor.c.bekend_van == 4), ONTBRAK),
    "a line stands elsewhere": (
        update(spoor).where(spoor.c.bekend_van == 4).values(jeugdige="jeugdige/x"),
        TEVEEL,
    ),
    "an open row is closed": (
        update(saldo).where(saldo.c.bekend_tot == STILL_KNOWN).values(bekend_tot=9999),
        ANDERS,
    ),
    "a row is known from later than the head": (
        update(tellers).values(bekend_van=tellers.c.bekend_van + 9999),
        TEVEEL,
    ),
}


def test_whatever_rotted_is_counted_row_by_row(place: Place, small_pages: None) -> None:
    """Each mended by the rebuild before the next one is tried."""
    played(place, steps=80)
    place.model.catch_up()
    whole = place.rows()
    for how, (statement, kind) in ROTTEN.items():
        changed = by_hand(place, statement)
        assert changed, how
        found = place.ledger.rebuild()
        moved = 2 if kind is TEVEEL else 1  # what stands where it should not is missing elsewhere
        assert found.verschillen == {statement.table.name: changed * moved}, how
        assert kind in {one.soort for one in found.eerste}, how
        assert len(found.eerste) == min(changed * moved, comparison.SHOWN), how
        assert place.rows() == whole, how


def test_a_row_of_nobody_is_found_as_well(place: Place) -> None:
    played(place, steps=10)
    place.model.catch_up()
    ledger = place.store.ledger.key
    row = {"ledger": ledger, "generation": 1, "jeugdige": "jeugdige/~", "teller": "no_shows"}
    row |= {"product": "p", "jaar": 2025, "geldig_van": "2025-01-01", "bekend_van": 1}
    with place.store.writing() as unit:
        unit.connection.execute(insert(tellers), {**row, "bekend_tot": STILL_KNOWN, "aantal": 1})
    found = place.ledger.rebuild()
    assert [(one.tabel, one.soort) for one in found.eerste] == [("tellers", TEVEEL)]


def test_what_rots_while_it_is_rebuilt_is_found_once(place: Place, small_pages: None) -> None:
    """Rows written after the comparison began are compared too, just before the switch."""
    caseload = played(place, steps=20)
    model = place.another_model()
    model.catch_up()

    def go_on_and_spoil() -> None:
        before = place.ledger.positie
        caseload.play(15)
        model.catch_up()
        late = spoor.c.bekend_van > before
        assert by_hand(place, update(spoor).where(late).values(uitkomst="?"))

    found = place.another_model().rebuild(at(Fase.WISSELEN, go_on_and_spoil))
    spoiled = [line for line in place.rows()["spoor"] if line[0]]
    assert 0 < found.verschillen["spoor"] < len(spoiled)
    assert set(found.verschillen) == {"spoor"}
    assert found.vergeleken_tot == found.positie == place.ledger.positie


def test_what_rotted_before_and_is_touched_again_meanwhile_is_counted_once(
    place: Place, small_pages: None
) -> None:
    caseload = played(place, steps=20)
    model = place.another_model()
    model.catch_up()
    changed = by_hand(place, update(saldo).values(product="?"))

    def go_on() -> None:
        caseload.play(15)
        model.catch_up()

    found = place.another_model().rebuild(at(Fase.WISSELEN, go_on))
    assert found.verschillen["saldo"] == changed
    assert place.rows() == place.rebuilt()


# --- who reads and writes meanwhile


@pytest.mark.parametrize("fase", Fase)
def test_others_write_and_read_in_every_phase(
    opened: Opener, place: Place, small_pages: None, fase: Fase
) -> None:
    """Also somebody who opened the same grootboek on his own."""
    caseload = played(place, steps=25)
    place.model.catch_up()
    asked: list[tuple[Any, Any]] = []

    def go_on() -> None:
        caseload.play(6)
        name = next(iter(caseload.owners))
        for it in (place.ledger, place.another_model()):
            if it is place.ledger:
                stand = place.ledger.stand(toewijzing=name)
            else:
                assert isinstance(it, SqlLeesmodel)
                it.catch_up()
                assert stand is not None
                with place.store.reading() as unit:
                    found = it.toewijzing(unit, name, stand.geldig_op, stand.bekend_op)
                asked.append((evolve(found, bekend_op=stand.bekend_op), stand))

    found = place.another_model().rebuild(at(fase, go_on))
    assert found.gelijk
    assert asked
    assert all(one == evolve(other, regeling=one.regeling) for one, other in asked)
    place.model.catch_up()
    assert place.rows() == place.rebuilt()


def test_readers_see_complete_answers_all_the_time(place: Place, small_pages: None) -> None:
    """Every answer is the known one of its position, whatever set it was read from."""
    caseload = played(place, steps=20)
    place.model.catch_up()
    names = list(caseload.owners)
    day, last = caseload.today, place.ledger.positie
    moments = [(name, known) for name in names for known in range(last // 2, last + 1, 5)]
    known = {
        (name, at): place.ledger.stand(toewijzing=name, geldig_op=day, bekend_op=at)
        for name, at in moments
    }
    trail = {name: place.ledger.spoor(toewijzing=name, bekend_op=last) for name in names}
    stop, failures, answers = threading.Event(), [], 0

    def ask() -> None:
        nonlocal answers
        try:
            while not stop.is_set():
                for name, at in moments:
                    stand = place.ledger.stand(toewijzing=name, geldig_op=day, bekend_op=at)
                    assert stand == known[name, at]
                    assert place.ledger.spoor(toewijzing=name, bekend_op=last) == trail[name]
                    answers += 1
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(2):
            assert place.another_model().rebuild().gelijk
            caseload.play(2)
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
    assert not failures
    assert answers


def test_a_view_that_began_before_the_switch_goes_on_reading_what_it_saw(place: Place) -> None:
    """On a file and on a server: in memory there is one connection, and no two views."""
    played(place, steps=25)
    place.model.catch_up()
    rows = place.rows()["spoor"]
    with place.store.reading() as unit:
        count = select(func.count()).select_from(spoor)
        mine = count.where(sets.read_now(spoor, place.store.ledger.key))
        assert unit.connection.scalar(mine) == len(rows)
        thread = threading.Thread(target=place.another_model().rebuild)
        thread.start()
        thread.join(60)
        assert unit.connection.scalar(mine) == len(rows)
    assert place.numbers() == {2}


def test_a_grootboek_beside_it_is_not_touched(opened: Opener) -> None:
    mine, neighbour = opened(), opened()
    played(mine, 1, steps=15)
    played(neighbour, 2, steps=15)
    mine.model.catch_up()
    neighbour.model.catch_up()
    whole = neighbour.rows()
    assert mine.ledger.rebuild().gelijk
    assert (neighbour.rows(), neighbour.numbers()) == (whole, {1})


# --- how it ends otherwise


@pytest.mark.parametrize("fase", Fase)
def test_a_rebuild_that_dies_leaves_what_is_read_and_the_next_one_clears_away(
    place: Place, small_pages: None, fase: Fase
) -> None:
    caseload = played(place, steps=25)
    place.model.catch_up()
    whole = place.rows()
    dies(place, fase)
    assert place.rows() == whole
    assert len(place.numbers()) == 2
    caseload.play(3)
    place.model.catch_up()
    with patch.object(claiming, "SILENT", 0.0):
        assert place.another_model().rebuild().gelijk
    assert len(place.numbers()) == 1
    assert place.rows() == place.rebuilt()


def test_whichever_statement_fails_what_is_read_stays_whole(place: Place) -> None:
    played(place, steps=25)
    model = place.another_model()
    model.catch_up()
    whole, failed = place.rows(), 0
    while True:
        with the_statement_fails(place, failed + 1) as seen:
            try:
                assert model.rebuild().gelijk
            except FailsHere:
                failed += 1
            else:
                assert seen() <= failed  # a run after a failure has more to clear away
                break
        assert place.rows() == whole, f"statement {failed} left something behind"
    assert failed >= 8
    assert (len(place.numbers()), place.rows()) == (1, whole)


def test_a_line_that_cannot_be_read_leaves_what_is_read_as_it_is(place: Place) -> None:
    """As where a later release wrote a new version: the next one that knows it rebuilds."""
    played(place, steps=25)
    place.model.catch_up()
    whole, wrong = place.rows(), place.ledger.positie - 2

    def decode(record: Any) -> Boeking:
        if record.position == wrong:
            raise Broken("an unknown event", position=record.position)
        return JsonCodec.decode(record)

    model = SqlLeesmodel(place.store, place.store.ledger.key, decode)
    with patch.object(projector, "BATCH", 5), pytest.raises(Broken, match=f"position {wrong}"):
        model.rebuild()
    assert place.rows() == whole
    assert place.another_model().rebuild().gelijk
    assert (len(place.numbers()), place.rows()) == (1, whole)


# --- two at once


def test_a_second_rebuild_is_refused_while_the_first_gives_signs_of_life(
    place: Place, small_pages: None
) -> None:
    played(place, steps=25)
    place.model.catch_up()
    refused: list[BaseException] = []
    first_goes_on = threading.Event()

    def second() -> None:
        with pytest.raises(Onbeschikbaar, match="another rebuild of this grootboek is going on"):
            place.another_model().rebuild()
        refused.append(Onbeschikbaar())

    thread = threading.Thread(target=second)

    def begin() -> None:
        thread.start()
        first_goes_on.wait(0.05)

    def slowly(progress: Voortgang) -> None:
        if progress.fase is Fase.VOUWEN:
            begin() if not thread.ident else thread.join(0.15)

    assert place.another_model().rebuild(slowly).gelijk
    thread.join(60)
    assert refused


def test_a_second_rebuild_in_one_process_is_refused_at_once(place: Place) -> None:
    played(place, steps=5)

    def again() -> None:
        with pytest.raises(Onbeschikbaar, match="in this process"):
            place.ledger.rebuild()

    place.ledger.rebuild(at(Fase.VOUWEN, again))
    assert place.ledger.rebuild().gelijk


@pytest.mark.parametrize("fase", [Fase.VOUWEN, Fase.VERGELIJKEN, Fase.WISSELEN])
def test_one_that_was_only_slow_writes_nothing_once_its_place_is_taken(
    place: Place, small_pages: None, fase: Fase
) -> None:
    played(place, steps=25)
    place.model.catch_up()
    whole = place.rows()

    def taken() -> None:
        with patch.object(claiming, "SILENT", 0.0):
            assert place.another_model().rebuild().gelijk

    with pytest.raises(Onbeschikbaar, match="took the place of this one"):
        place.another_model().rebuild(at(fase, taken))
    assert (len(place.numbers()), place.rows()) == (1, whole)


def test_a_rebuild_gives_signs_of_life_while_it_only_compares(
    place: Place, small_pages: None
) -> None:
    played(place, steps=25)
    place.model.catch_up()
    told: list[int] = []

    def look() -> None:
        with place.store.reading() as unit:
            told.append(unit.connection.scalar(select(projection_positions.c.signs)) or 0)

    with patch.object(claiming, "SIGN", 0.0):
        place.ledger.rebuild(lambda one: look() if one.fase is Fase.VERGELIJKEN else None)
    assert told == sorted(told)
    assert len(set(told)) > 3


@pytest.mark.postgresql
def test_who_holds_a_table_for_a_while_does_not_stop_a_server_from_looking_elsewhere(
    opened_postgresql: Opener,
) -> None:
    """A vacuum that goes on does: the rebuild neither waits for it nor fails."""
    place = opened_postgresql()
    played(place, steps=10)
    with place.store.engine.connect() as other:
        other.exec_driver_sql("LOCK TABLE saldo IN SHARE UPDATE EXCLUSIVE MODE")
        look_at(other, (tellers,))
        with place.store.reading() as unit:
            unit.connection.exec_driver_sql("SET LOCAL lock_timeout = '1s'")
            look_at(unit.connection, (saldo, tellers, spoor))
        other.rollback()
