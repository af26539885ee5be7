"""Do the Parquet files say what the ledger itself answers, and are they whole or not there?"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from sqlalchemy import select
from tests.application.care import KEY, effort, granted, introduced, opened, started
from tests.projections.caseload import NOW, Caseload

from rekenschap.application import Fase, Incorrect, Onbeschikbaar, Rekenschap, Voortgang
from rekenschap.infrastructure import open_alleen_lezen, open_grootboek
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.parquet import files, log
from rekenschap.projections import claiming
from rekenschap.projections.schema import STILL_KNOWN, saldo

pq = pytest.importorskip("pyarrow.parquet", reason="the extra arrow is not installed")
DAY = date(2025, 6, 30)


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def ledger(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Rekenschap]:
    """Random care with corrections and refusals, of whom the host's ids are easy to find."""
    url = f"sqlite:///{tmp_path_factory.mktemp('tabellen') / 'grootboek.db'}"
    if request.param == "postgresql":
        database = request.getfixturevalue("postgresql_database")
        url = database.render_as_string(hide_password=False)
    clock = FixedClock(NOW)
    name = f"gemeente-{uuid4().hex}"
    with open_grootboek(url, grootboek=name, sleutel=KEY, clock=clock) as ledger:
        case = Caseload(ledger, clock, Random(7))
        case.begin()
        case.play(60)
        clock.advance(timedelta(days=1))
        yield ledger


def test_every_line_of_the_log_is_a_row_with_its_own_bytes(
    ledger: Rekenschap, tmp_path: Path
) -> None:
    with patch.object(log, "GROUP", 25):
        made = ledger.exporteer_parquet(tmp_path / "uit")
    table = pq.read_table(made.log)
    store: Any = ledger._store
    lines, feed = list(store.scan()), list(ledger.lees())

    assert table.num_rows == made.regels == ledger.positie
    assert pq.ParquetFile(made.log).num_row_groups == -(-len(lines) // 25)
    rows = table.to_pylist()
    assert [
        (r["positie"], r["geregistreerd_op"], r["stroom"], r["stroomversie"]) for r in rows
    ] == [(line.position, line.recorded_at, line.stream, line.stream_version) for line in lines]
    assert [(r["inhoud"], r["hash"], r["versie"]) for r in rows] == [
        (line.payload, line.hash, line.version) for line in lines
    ]
    for row, told in zip(rows, feed, strict=True):
        assert row["gebeurtenis"] == told.soort
        assert (row["datum"], row["uitkomst"]) == (told.feit.datum, told.uitkomst.value)
        assert tuple(row["raakt"]) == told.raakt
        effect = row["gevolg_aantal"]
        assert (None if effect is None else Decimal(effect)) == told.gevolg_aantal
        assert row["opdracht"] == json.loads(row["inhoud"])["opdracht"]
        assert row["aantal"] == (getattr(told.feit, "aantal", None) or None)
        if row["jeugdige"] is not None:
            assert row["jeugdige"] in told.raakt
        if row["toewijzing"] is not None and row["stroom"].startswith("toewijzing/"):
            assert row["stroom"] == f"toewijzing/{row['toewijzing']}"
    assert {r["uitkomst"] for r in rows} > {"geweigerd"}
    assert any(r["betreft"] for r in rows)


@pytest.mark.parametrize("known", [None, 40])
def test_the_balances_are_what_stand_answers(
    ledger: Rekenschap, tmp_path: Path, known: int | None
) -> None:
    made = ledger.exporteer_parquet(tmp_path, geldig_op=DAY, bekend_op=known)
    rows = {row["toewijzing"]: row for row in pq.read_table(made.saldo).to_pylist()}
    assert (made.standen, made.positie) == (len(rows), known or ledger.positie)
    assert pq.read_table(made.log).num_rows == made.positie

    assert rows
    names = {row["toewijzing"] for row in pq.read_table(made.log).to_pylist()} - {None}
    for name in names:
        stand = ledger.stand(toewijzing=name, geldig_op=DAY, bekend_op=known)
        row = rows.get(name)
        assert (row is None) is (stand is None)
        if row is None or stand is None:
            continue
        for field in ("status", "product", "regeling", "ingangsdatum", "einddatum", "sessies",
                      "toegewezen", "verbruikt", "saldo", "startdatum"):  # fmt: skip
            assert row[field] == getattr(stand, field), field
        for column, answer in (
            ("toegewezen_eurocent", stand.toegewezen_eur),
            ("verbruikt_eurocent", stand.bedrag_eur),
            ("saldo_eurocent", stand.saldo_eur),
            ("gedeclareerd_eurocent", stand.gedeclareerd_eur),
            ("betaald_eurocent", stand.betaald_eur),
            ("eigen_bijdrage_eurocent", stand.eigen_bijdrage_eur),
        ):
            assert row[column] == (None if answer is None else answer.eurocent), column


def test_all_balances_are_every_row_of_the_table(ledger: Rekenschap, tmp_path: Path) -> None:
    made = ledger.exporteer_parquet(tmp_path, alle_standen=True)
    rows = pq.read_table(made.saldo).to_pylist()
    store: Any = ledger._store
    query = select(saldo).where(saldo.c.ledger == store.ledger.key)
    query = query.order_by(saldo.c.toewijzing, saldo.c.geldig_van, saldo.c.bekend_van)
    with store.reading() as unit:
        expected = [dict(row) for row in unit.connection.execute(query).mappings()]

    assert len(rows) == made.standen == len(expected) > 10
    for row, stored in zip(rows, expected, strict=True):
        until = stored["bekend_tot"]
        assert row["bekend_tot"] == (None if until == STILL_KNOWN else until)
        assert row["geldig_van"].isoformat() == stored["geldig_van"]
        assert (row["bekend_van"], row["verdeling"]) == (stored["bekend_van"], stored["verdeling"])
        assert row["verbruikt"] == Decimal(stored["verbruikt"])

    earlier = ledger.exporteer_parquet(tmp_path / "toen", alle_standen=True, bekend_op=50)
    then = pq.read_table(earlier.saldo).to_pylist()
    assert {row["bekend_tot"] for row in then if (row["bekend_tot"] or 0) > 50} == set()
    assert len(then) == len([row for row in expected if row["bekend_van"] <= 50])


def test_no_column_is_a_float_and_a_file_says_what_it_was_made_from(
    ledger: Rekenschap, tmp_path: Path
) -> None:
    made = ledger.exporteer_parquet(tmp_path, geldig_op=DAY, bekend_op=40)
    store: Any = ledger._store
    line = list(store.scan())[39]
    for place in (made.log, made.saldo):
        schema = pq.read_schema(place)
        assert not [
            one.name for one in schema if "float" in str(one.type) or "double" in str(one.type)
        ]
        told = {key.decode(): value.decode() for key, value in schema.metadata.items()}
        assert told["rekenschap.grootboek"] == ledger.grootboek
        assert told["rekenschap.grootboek_id"] == store.ledger.id
        assert told["rekenschap.positie"] == "40"
        assert told["rekenschap.hash"] == line.hash.hex()
        assert told["rekenschap.geldig_op"] == "2025-06-30"
        assert told["rekenschap.programma"].startswith("rekenschap ")


def test_the_same_ledger_gives_the_same_bytes_and_nobody_by_name(
    ledger: Rekenschap, tmp_path: Path
) -> None:
    first, second = (ledger.exporteer_parquet(tmp_path / n, geldig_op=DAY) for n in ("a", "b"))
    for one, other in ((first.log, second.log), (first.saldo, second.saldo)):
        assert one.read_bytes() == other.read_bytes()
        everything = json.dumps(pq.read_table(one).to_pylist(), default=repr)
        assert "kind-1" not in everything
        assert "medewerker-1" not in everything


def test_what_is_there_stays_unless_it_may_be_replaced(ledger: Rekenschap, tmp_path: Path) -> None:
    made = ledger.exporteer_parquet(tmp_path, bekend_op=10)
    before = made.log.read_bytes()
    with pytest.raises(Incorrect, match="unless you overwrite it"):
        ledger.exporteer_parquet(tmp_path)
    assert made.log.read_bytes() == before
    (tmp_path / "saldo.parquet").unlink()
    with pytest.raises(Incorrect, match="unless you overwrite it"):
        ledger.exporteer_parquet(tmp_path)
    assert sorted(one.name for one in tmp_path.glob("*parquet*")) == ["log.parquet"]

    ledger.exporteer_parquet(tmp_path, overschrijf=True)
    assert pq.read_table(tmp_path / "log.parquet").num_rows == ledger.positie


def test_an_export_that_fails_leaves_no_file(ledger: Rekenschap, tmp_path: Path) -> None:
    folder = tmp_path / "uit"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with (
        patch.object(files.os, "fsync", full),
        pytest.raises(Onbeschikbaar, match="No space left"),
    ):
        ledger.exporteer_parquet(folder)
    assert list(folder.iterdir()) == []


def test_what_cannot_be_asked_is_incorrect(ledger: Rekenschap, tmp_path: Path) -> None:
    (tmp_path / "bestand").touch()
    for wrong, told in (
        ({"naar": tmp_path / "bestand"}, "a folder"),
        ({"naar": tmp_path / "geen" / "map"}, "a folder"),
        ({"naar": 3}, "the path of a folder"),
        ({"naar": tmp_path, "bekend_op": 10_000}, "bekend_op"),
        ({"naar": tmp_path, "alle_standen": True, "geldig_op": DAY}, "it is every day"),
    ):
        values: dict[str, Any] = dict(wrong)
        with pytest.raises(Incorrect, match=told):
            ledger.exporteer_parquet(values.pop("naar"), **values)


def test_a_ledger_of_one_line_is_written_too(tmp_path: Path) -> None:
    with open_grootboek("sqlite://", grootboek="leeg", sleutel=KEY) as ledger:
        made = ledger.exporteer_parquet(tmp_path)
    assert (made.regels, made.standen) == (1, 0)
    assert pq.read_table(made.saldo).num_rows == 0


def test_a_ledger_that_is_only_read_exports_the_balances_it_folded_itself(
    database_url: str, tmp_path: Path
) -> None:
    with opened(database_url) as ledger:
        ledger.execute_batch([introduced(), granted(), started(), effort("T1", 60)])
    with open_alleen_lezen(database_url, grootboek="gemeente", sleutel=KEY) as reader:
        assert reader.achterstand().standen == 0  # nobody asked anything yet
        made = reader.exporteer_parquet(tmp_path)

    rows = pq.read_table(made.saldo).to_pylist()
    assert [(row["toewijzing"], row["verbruikt"]) for row in rows] == [("T1", 60)]


@pytest.mark.parametrize("asked", [{"geldig_op": DAY}, {"alle_standen": True}])
def test_rows_of_a_rebuild_that_died_are_not_exported(
    database_url: str, tmp_path: Path, asked: dict[str, Any]
) -> None:
    class Killed(BaseException):
        pass

    def kill(progress: Voortgang) -> None:
        if progress.fase is Fase.VERGELIJKEN:
            raise Killed

    with opened(database_url) as ledger:
        ledger.execute_batch([introduced(), granted(), started(), effort("T1", 60)])
        before = ledger.exporteer_parquet(tmp_path / "before", **asked)
        with patch.object(claiming.Claim, "release"), pytest.raises(Killed):
            ledger.rebuild(kill)
        store: Any = ledger._store
        with store.reading() as unit:
            sets = unit.connection.scalars(select(saldo.c.generation).distinct()).all()
        after = ledger.exporteer_parquet(tmp_path / "after", **asked)

    assert len(sets) == 2
    assert before.standen == after.standen > 0
    assert before.saldo.read_bytes() == after.saldo.read_bytes()
