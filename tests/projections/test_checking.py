"""Balances worked out anew from the log alone, and held against the tables."""

import secrets
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from attrs import evolve
from hypothesis import given
from sqlalchemy import delete, func, insert, select, update
from tests.projections import oracle
from tests.projections.conftest import Opener
from tests.projections.steps import Case
from tests.projections.tables import Place
from tests.projections.test_laws import SEEDS, begun, randomly
from tests.projections.test_rebuilding import by_hand
from tests.projections.test_the_projector import played

from rekenschap.application import Broken, Incorrect, SoortTabelverschil, Tabelverschil
from rekenschap.infrastructure import open_alleen_lezen, open_grootboek
from rekenschap.infrastructure.codec import decode
from rekenschap.infrastructure.outline import addition, outline
from rekenschap.projections import checking
from rekenschap.projections.changes import charged
from rekenschap.projections.checking import Check
from rekenschap.projections.recount import Recount
from rekenschap.projections.schema import STILL_KNOWN, saldo

ONTBRAK, TEVEEL, ANDERS = SoortTabelverschil
DAY = date(2025, 12, 31)


def the_tables_say_the_same(place: Place) -> None:
    """On every day that matters, as known at the last and at other positions."""
    place.model.catch_up()
    log = place.log()
    names = oracle.allocations(log)
    days = sorted({day for name in names for day in oracle.interesting_days(log, name)})
    key = place.store.ledger.key
    for upto in {len(log), *range(3, len(log), 5)}:
        for day in (*days[::9], DAY, date.max):
            check = Check(place.store, key, decode, day, upto)
            found = check.run(Recount(day, outline, addition), None)
            assert found.gelijk, (upto, day, found)


@randomly(6)
@given(seed=SEEDS)
def test_the_tables_say_what_the_log_says_on_sqlite(opened_sqlite: Opener, seed: int) -> None:
    place, caseload = begun(opened_sqlite, seed)
    caseload.play(40)
    the_tables_say_the_same(place)


@pytest.mark.postgresql
@randomly(1)
@given(seed=SEEDS)
def test_the_tables_say_what_the_log_says_on_postgresql(
    opened_postgresql: Opener, seed: int
) -> None:
    place, caseload = begun(opened_postgresql, seed)
    caseload.play(20)
    the_tables_say_the_same(place)


@pytest.fixture
def page_of_two() -> Any:
    with patch.object(checking, "PAGE", 2), patch.object(checking, "BATCH", 5):
        yield


def test_it_tells_how_many_allocations_and_up_to_where(place: Place, page_of_two: None) -> None:
    played(place)
    place.model.catch_up()
    told: list[int] = []
    found = place.ledger.nareken(told.append, geldig_op=DAY)
    with place.store.reading() as unit:
        on_the_day = saldo.c.geldig_van <= DAY.isoformat()
        names = select(saldo.c.toewijzing).where(on_the_day).distinct()
        count = len(unit.connection.scalars(names).all())
    assert (found.positie, found.geldig_op) == (place.ledger.positie, DAY)
    assert found.toewijzingen == count > 3
    assert found.gelijk
    assert told == sorted(told)
    assert told[-1] == found.positie


def test_a_day_before_everything_has_no_balances(place: Place) -> None:
    played(place, steps=10)
    place.model.catch_up()
    found = place.ledger.nareken(geldig_op=date(2000, 1, 1))
    assert (found.toewijzingen, found.afwijkend) == (0, 0)


def test_an_empty_ledger_has_nothing_to_work_out(place: Place) -> None:
    place.model.catch_up()
    found = place.ledger.nareken()
    assert (found.positie, found.toewijzingen) == (place.ledger.positie, 0)
    assert found.gelijk


def test_a_moment_is_no_day(place: Place) -> None:
    with pytest.raises(Incorrect, match="geldig_op"):
        place.ledger.nareken(geldig_op=place.clock.now())


def test_rows_that_stand_otherwise_are_named_and_left_alone(
    place: Place, page_of_two: None
) -> None:
    played(place)
    place.model.catch_up()
    with place.store.reading() as unit:
        names = sorted(set(unit.connection.scalars(select(saldo.c.toewijzing))))
    assert place.ledger.nareken(geldig_op=date.max).gelijk
    by_hand(place, update(saldo).values(verbruikt="1").where(saldo.c.toewijzing == names[0]))
    by_hand(place, delete(saldo).where(saldo.c.toewijzing == names[-1]))
    still_known = select(saldo).where(saldo.c.bekend_tot == STILL_KNOWN)
    strays = ["!before-all", f"{names[1]}-between", "~after-all"]
    with place.store.writing() as unit:
        row = unit.connection.execute(still_known.limit(1)).mappings().one()
        rows = [{**row, "toewijzing": name} for name in strays]
        unit.connection.execute(insert(saldo), rows)
    before = place.rows()
    found = place.ledger.nareken(geldig_op=date.max)
    kinds = {dict(one.sleutel)["toewijzing"]: one.soort for one in found.eerste}
    assert kinds == {names[0]: ANDERS, names[-1]: ONTBRAK, **dict.fromkeys(strays, TEVEEL)}
    assert found.afwijkend == len(kinds)
    assert found.eerste[0] == Tabelverschil(
        "saldo", (("toewijzing", "!before-all"), ("geldig_op", "9999-12-31")), TEVEEL
    )
    assert place.rows() == before
    place.ledger.rebuild()
    assert place.ledger.nareken(geldig_op=date.max).gelijk


def test_it_writes_nothing_and_goes_as_far_as_the_tables_do(case: Case, place: Place) -> None:
    case.lopend()
    assert place.ledger.nareken(geldig_op=DAY).positie == 0
    assert place.rows()["saldo"] == []
    place.model.catch_up()
    folded, before = place.ledger.positie, place.rows()
    case.inzet(60, op="2025-02-03")
    found = place.ledger.nareken(geldig_op=DAY)
    assert (found.positie, found.toewijzingen, found.gelijk) == (folded, 1, True)
    assert place.rows() == before


def test_a_second_row_for_one_moment_is_noticed(case: Case, place: Place) -> None:
    """A question by jeugdige would show both."""
    case.lopend()
    place.model.catch_up()
    with place.store.writing() as unit:
        known = select(saldo).where(saldo.c.bekend_tot == STILL_KNOWN)
        row = unit.connection.execute(known.limit(1)).mappings().one()
        again = {**row, "bekend_van": 1, "saldo": "1"}
        unit.connection.execute(insert(saldo), again)
    assert [one.soort for one in place.ledger.nareken(geldig_op=DAY).eerste] == [ANDERS]


@pytest.mark.parametrize("column", ["jeugdige", "aanbieder"])
def test_an_earlier_row_of_somebody_else_is_noticed(case: Case, place: Place, column: str) -> None:
    case.lopend()
    case.inzet(60, op="2025-02-03")
    place.model.catch_up()
    assert place.ledger.nareken(geldig_op=DAY).gelijk
    first = select(func.min(saldo.c.geldig_van)).scalar_subquery()
    by_hand(place, update(saldo).values({column: "x"}).where(saldo.c.geldig_van == first))
    assert [one.soort for one in place.ledger.nareken(geldig_op=DAY).eerste] == [ANDERS]


def test_who_only_reads_looks_at_the_tables_of_the_database(
    database_url: str, tmp_path: Path
) -> None:
    key = secrets.token_bytes(32)
    with open_grootboek(database_url, grootboek="g", sleutel=key) as ledger:
        case = Case(ledger)
        case.regeling()
        case.lopend()
        assert ledger.stand(toewijzing="T1", geldig_op=DAY) is not None
        folded = ledger.positie
        store: Any = ledger._store
        with store.engine.begin() as connection:
            connection.execute(update(saldo).values(verbruikt="599"))
        case.inzet(60, op="2025-02-03")

    class Nowhere:
        def noteer(self, regels: object) -> None:
            """Who reads is not what this is about."""

    asked: dict[str, Any] = {"grootboek": "g", "sleutel": key, "leeslog": Nowhere()}
    with open_alleen_lezen(database_url, **asked) as reader:
        found = reader.nareken(geldig_op=DAY)
        assert (found.positie, found.afwijkend) == (folded, 1)
    own = tmp_path / "standen.db"
    with open_alleen_lezen(database_url, standen=own, **asked) as reader:
        assert reader.stand(toewijzing="T1", geldig_op=DAY) is not None
        found = reader.nareken(geldig_op=DAY)
        assert (found.positie, found.afwijkend) == (reader.positie, 0)


def test_efforts_that_add_the_same_are_weighed_once(case: Case, place: Place) -> None:
    """And an allocation is read again only where its entries bear on each other."""
    for name in ("T1", "T2"):
        case.lopend(name)
        for month in range(2, 9):
            case.inzet(60, op=f"2025-{month:02}-03", van=name)
        case.inzet(45, op="2025-09-01", van=name)
    lines = list(place.store.scan())
    assert [addition(line) for line in lines].count(None) == len(lines) - 16
    recount = Recount(date(2025, 9, 1), outline, addition)
    with patch("rekenschap.projections.recount.charged", wraps=charged) as weighed:
        for line in lines:
            recount.add(line)
        rows = dict(recount.rows(lambda name: pytest.fail(f"{name} was read again")))
    assert [call.args[3] for call in weighed.mock_calls] == [7, 1, 7, 1]
    assert {name: row["verbruikt"] for name, row in rows.items()} == {"T1": "465", "T2": "465"}


def test_an_effort_that_is_not_as_it_should_be_is_broken_at_its_position(
    case: Case, place: Place
) -> None:
    case.lopend()
    case.inzet(60, op="2025-02-03")
    line = next(one for one in place.store.scan() if addition(one) is not None)
    rotten = evolve(line, payload=line.payload.replace(b'"datum":"2025', b'"datum":"20x5'))
    assert rotten != line
    assert addition(rotten) is None
    with pytest.raises(Broken) as caught:
        Recount(DAY, outline, addition).add(rotten)
    assert caught.value.position == line.position


def test_a_log_without_its_end_is_broken(place: Place) -> None:
    played(place, steps=5)
    last = place.ledger.positie
    check = Check(place.store, place.store.ledger.key, decode, DAY, last + 1)
    with pytest.raises(Broken, match="ends before its head"):
        check.run(Recount(DAY, outline, addition), None)
