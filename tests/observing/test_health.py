"""Does a grootboek say how it is doing: cheaply, on both sides of each limit, whatever is wrong?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from sqlalchemy import event, text
from tests.application.care import KEY, NOW, granted, head, introduced, opened, started
from tests.owner import drop_guards

from rekenschap.application import Controlepunt, Gesteldheid, Incorrect, Rekenschap
from rekenschap.infrastructure import open_alleen_lezen, open_grootboek
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.health import examined_at, findings
from rekenschap.infrastructure.health.measure import Disk, Measured
from rekenschap.infrastructure.migrations.revisions import FIRST, KNOWN, NEWEST, VERSION_TABLE
from rekenschap.infrastructure.store import planner
from rekenschap.projections.writing import look_at

OK, WARNING, ERROR = Gesteldheid.OK, Gesteldheid.WAARSCHUWING, Gesteldheid.FOUT
SEEN = Measured(
    ledger_id="a" * 32,
    position=100_000,
    recorded_at=NOW,
    tables=100_000,
    key_check=b"check",
    revision=NEWEST,
    furthest=None,
    kept_hash=None,
)
POINT = Controlepunt(
    grootboek_id="a" * 32, omvang=90_000, wortel=b"w" * 32, kop=b"k" * 32, moment=NOW
)
TINY = timedelta(microseconds=1)


def seen(**values: Any) -> Measured:
    return attrs.evolve(SEEN, **values)


def disk(free: int = 10**12, wal: int = 0) -> Disk:
    return Disk(free=free, size=10**12, wal=wal)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def ledger(database_url: str, clock: FixedClock) -> Iterator[Rekenschap]:
    with opened(database_url, clock=clock) as rekenschap:
        rekenschap.execute(introduced())
        yield rekenschap


@pytest.mark.parametrize(
    ("behind", "gesteldheid", "words"),
    [
        (0, OK, "De tabellen zijn bij."),
        (1, OK, "De tabellen lopen 1 regel achter; de volgende vraag werkt ze bij."),
        (20_000, OK, "De tabellen lopen 20.000 regels achter; de volgende vraag werkt ze bij."),
        (20_001, WARNING, "De tabellen lopen 20.001 regels achter; de volgende vraag wacht erop."),
        (-1, ERROR, "De tabellen zijn 1 regel verder dan het log: herbouw ze (rebuild)."),
    ],
)
def test_tables_behind_the_log(behind: int, gesteldheid: Gesteldheid, words: str) -> None:
    found = findings.tables(seen(tables=SEEN.position - behind))

    assert (found.gesteldheid, found.zin, found.waarden["achter"]) == (gesteldheid, words, behind)


@pytest.mark.parametrize(
    ("behind", "gesteldheid", "words"),
    [
        (0, OK, "De tabellen zijn bij."),
        (20_000, OK, "uit eigen tabellen."),
        (20_001, WARNING, "uit eigen tabellen: de eerste wacht erop."),
    ],
)
def test_tables_of_a_database_that_is_only_read_stay_behind(
    behind: int, gesteldheid: Gesteldheid, words: str
) -> None:
    found = findings.tables(seen(tables=SEEN.position - behind, only_read=True))

    assert (found.gesteldheid, found.waarden["achter"]) == (gesteldheid, behind)
    assert found.zin.endswith(words)
    assert "werkt ze bij" not in found.zin


def test_who_only_reads_is_told_of_the_tables_that_answer(
    ledger: Rekenschap, database_url: str, tmp_path: Path
) -> None:
    asked: dict[str, Any] = {"grootboek": "gemeente", "sleutel": KEY, "clock": FixedClock(NOW)}
    last, file = head(ledger), tmp_path / "standen.db"
    with open_alleen_lezen(database_url, **asked) as reader:
        found = reader.gezondheid()["tabellen"]
        assert (found.waarden["achter"], found.gesteldheid) == (last, OK)
        assert "hier wordt alleen gelezen" in found.zin
    with open_alleen_lezen(database_url, standen=file, **asked) as reader:
        assert reader.gezondheid()["tabellen"].zin.endswith("de volgende vraag werkt ze bij.")
        assert not file.exists()
        list(reader.werklijst())
        assert reader.gezondheid()["tabellen"].waarden == {"positie": last, "achter": 0}
        assert ledger.gezondheid()["tabellen"].waarden["achter"] == last
    file.write_bytes(b"no database " * 400)
    with open_alleen_lezen(database_url, standen=file, **asked) as reader:
        assert reader.gezondheid()["tabellen"].gesteldheid is ERROR
        assert reader.gezondheid()["opslag"].gesteldheid is OK


def test_tables_that_were_never_filled_are_all_of_the_log_behind() -> None:
    assert findings.tables(seen(tables=None)).waarden == {"positie": 0, "achter": 100_000}


@pytest.mark.parametrize(
    ("behind", "gesteldheid", "seconds"),
    [
        (timedelta(days=-1), OK, 0),
        (timedelta(0), OK, 0),
        (TINY, OK, 1),
        (timedelta(seconds=1), OK, 1),
        (timedelta(seconds=1) + TINY, WARNING, 2),
        (timedelta(seconds=5), WARNING, 5),
        (timedelta(seconds=5) + TINY, ERROR, 6),
        (timedelta(days=1), ERROR, 86_400),
    ],
)
def test_a_clock_behind_the_log(behind: timedelta, gesteldheid: Gesteldheid, seconds: int) -> None:
    found = findings.clock(SEEN, NOW - behind)

    assert (found.gesteldheid, found.waarden) == (gesteldheid, {"achter_seconden": seconds})


def test_a_clock_beside_an_empty_log() -> None:
    assert findings.clock(seen(recorded_at=None), NOW).gesteldheid is OK
    assert findings.log(seen(recorded_at=None, position=0)).zin == "Er is nog niets vastgelegd."


@pytest.mark.parametrize(
    ("free", "gesteldheid"),
    [
        (1_000_000_000, OK),
        (999_999_999, WARNING),
        (100_000_000, WARNING),
        (99_999_999, ERROR),
        (0, ERROR),
    ],
)
def test_a_disk_that_fills(free: int, gesteldheid: Gesteldheid) -> None:
    assert findings.disk(disk(free)).gesteldheid is gesteldheid


@pytest.mark.parametrize(("size", "gesteldheid"), [(256_000_000, OK), (256_000_001, WARNING)])
def test_a_wal_that_grows(size: int, gesteldheid: Gesteldheid) -> None:
    assert findings.wal(disk(wal=size)).gesteldheid is gesteldheid


@pytest.mark.parametrize(
    ("noted", "given", "gesteldheid"),
    [
        (b"check", b"check", OK),
        (b"check", b"other", ERROR),
        (b"check", None, WARNING),
        (None, b"check", WARNING),
    ],
)
def test_a_key_that_fits_or_not(
    noted: bytes | None, given: bytes | None, gesteldheid: Gesteldheid
) -> None:
    assert findings.key(seen(key_check=noted), given).gesteldheid is gesteldheid


@pytest.mark.parametrize(
    ("kept", "here", "gesteldheid"),
    [
        ({}, b"k" * 32, OK),
        ({"omvang": 100_000}, b"k" * 32, OK),
        ({"omvang": 100_001}, None, ERROR),
        ({}, b"x" * 32, ERROR),
        ({}, None, ERROR),
        ({"grootboek_id": "b" * 32}, b"k" * 32, ERROR),
        ({"omvang": 0, "moment": None}, None, OK),
    ],
)
def test_the_end_of_a_kept_checkpoint(
    kept: dict[str, Any], here: bytes | None, gesteldheid: Gesteldheid
) -> None:
    point = attrs.evolve(POINT, **kept)
    found = findings.checkpoint(seen(furthest=point, kept_hash=here), None)

    assert found.gesteldheid is gesteldheid


@pytest.mark.parametrize(
    ("revision", "on_server", "gesteldheid", "words"),
    [
        (NEWEST, True, OK, "is bij"),
        (NEWEST, False, OK, "is bij"),
        (KNOWN[-2], True, ERROR, "rekenschap migreer"),
        (KNOWN[-2], False, WARNING, "het openen brengt het bij"),
        (FIRST, True, ERROR, "rekenschap migreer"),
        ("9999", True, ERROR, "neem het nieuwere"),
        ("9999", False, ERROR, "neem het nieuwere"),
        (None, False, ERROR, "niet dat van dit programma"),
    ],
)
def test_the_revision_of_the_schema(
    revision: str | None, on_server: bool, gesteldheid: Gesteldheid, words: str
) -> None:
    found = findings.schema(seen(revision=revision, on_server=on_server))

    assert found.gesteldheid is gesteldheid
    assert words in found.zin


@pytest.mark.parametrize(
    ("missing", "revision", "gesteldheid", "words"),
    [
        ((), NEWEST, OK, "weigert wijzigingen"),
        (("events_no_delete",), NEWEST, ERROR, "1 wachter van het log"),
        (("events_no_delete", "events_no_update"), NEWEST, ERROR, "2 wachters van het log"),
        (("events_no_delete",), FIRST, OK, "nog niet"),
        (("events_no_delete",), KNOWN[1], ERROR, "1 wachter van het log"),
    ],
)
def test_the_guards_of_the_log(
    missing: tuple[str, ...], revision: str, gesteldheid: Gesteldheid, words: str
) -> None:
    found = findings.guards(seen(unguarded=missing, revision=revision))

    assert found.gesteldheid is gesteldheid
    assert words in found.zin
    assert found.waarden["ontbreken"] == len(missing)


def test_guards_that_were_taken_away_are_noticed(ledger: Rekenschap) -> None:
    store: Any = ledger._store
    with store.engine.begin() as connection:
        drop_guards(connection)

    assert ledger.gezondheid()["wachters"].gesteldheid is ERROR


@pytest.mark.parametrize(("unknown", "gesteldheid"), [((), OK), (("events", "spoor"), WARNING)])
def test_what_a_server_knows_of_large_tables(
    unknown: tuple[str, ...], gesteldheid: Gesteldheid
) -> None:
    found = findings.statistics(seen(unknown=unknown, on_server=True))

    assert found.gesteldheid is gesteldheid
    assert all(name in found.zin for name in unknown)
    assert found.waarden == {"onbekend": len(unknown)}


@pytest.mark.postgresql
def test_a_server_that_never_looked_at_a_table_is_noticed(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planner, "LARGE", -1)
    with opened(postgresql_url) as ledger:
        store: Any = ledger._store
        with store.engine.begin() as connection:
            connection.exec_driver_sql("SELECT pg_stat_reset()")
        assert ledger.gezondheid()["statistieken"].waarden["onbekend"] > 0
        with store.engine.begin() as connection:
            look_at(connection, planner.WATCHED)
        assert ledger.gezondheid()["statistieken"].gesteldheid is OK


def test_a_new_ledger_is_well(ledger: Rekenschap, clock: FixedClock) -> None:
    ledger.execute_batch([granted(), started()])
    found = ledger.gezondheid()

    assert found.gesteldheid is OK, found
    assert found.gemeten_op == NOW
    assert found["log"].waarden["positie"] == head(ledger)
    assert found["tabellen"].waarden["achter"] == head(ledger)
    assert {one.gesteldheid for one in found.bevindingen} == {OK}
    ledger.stand(jeugdige="kind-1")
    assert ledger.gezondheid()["tabellen"].waarden["achter"] == 0
    with pytest.raises(KeyError):
        found["iets"]


def test_the_worst_finding_is_how_it_is_as_a_whole(ledger: Rekenschap, clock: FixedClock) -> None:
    clock.advance(timedelta(seconds=-3))
    assert ledger.gezondheid().gesteldheid is WARNING
    clock.advance(timedelta(seconds=-3))
    assert ledger.gezondheid().gesteldheid is ERROR


def test_a_file_tells_of_its_disk_and_a_server_does_not(ledger: Rekenschap) -> None:
    parts = [one.onderdeel for one in ledger.gezondheid().bevindingen]
    own = ["opslag", "log", "tabellen", "klok", "sleutel", "controlepunt", "schema", "wachters"]
    sqlite = ledger._store.engine.dialect.name == "sqlite"  # type: ignore[attr-defined]

    assert parts == own + (["schijf", "wal"] if sqlite else ["statistieken"])


def test_what_was_verified_or_kept_elsewhere_is_told(ledger: Rekenschap) -> None:
    assert ledger.gezondheid()["controlepunt"].waarden == {}
    ledger.verify()
    told = ledger.gezondheid()["controlepunt"].waarden
    assert told == {"omvang": 2, "daarna": 0, "nagegaan_op": NOW}
    kept = ledger.controlepunt()
    ledger.execute(granted())
    told = ledger.gezondheid(tegen=[kept])["controlepunt"].waarden
    assert told == {"omvang": 2, "daarna": head(ledger) - 2}
    forged = attrs.evolve(kept, kop=b"x" * 32)
    assert ledger.gezondheid(tegen=[forged]).gesteldheid is ERROR
    wrong: Any = ["no checkpoint"]
    with pytest.raises(Incorrect):
        ledger.gezondheid(tegen=wrong)


def test_the_revision_is_read_where_the_program_keeps_it(
    ledger: Rekenschap, database_url: str
) -> None:
    store: Any = ledger._store
    server = store.engine.dialect.name == "postgresql"
    assert ledger.gezondheid()["schema"].waarden == {"versie": NEWEST, "nodig": NEWEST}
    for revision, found in ((FIRST, ERROR if server else WARNING), ("9999", ERROR)):
        with store.writing() as unit:
            stamp = f"UPDATE {VERSION_TABLE} SET version_num = '{revision}'"
            unit.connection.execute(text(stamp))
        for health in (ledger.gezondheid(), examined_at(database_url, "gemeente", KEY)):
            assert health["schema"].waarden["versie"] == revision
            assert health["schema"].gesteldheid is health.gesteldheid is found


def test_it_answers_while_somebody_writes_and_while_every_connection_is_in_use(
    ledger: Rekenschap,
) -> None:
    engine = ledger._store.engine  # type: ignore[attr-defined]
    taken: list[object] = []
    event.listen(engine, "begin", taken.append)
    with ledger._store.writing():
        assert ledger.gezondheid()["opslag"].gesteldheid is OK

    assert len(taken) == 1  # only the writer's


def test_in_memory_it_looks_through_its_one_connection() -> None:
    with opened("sqlite://") as ledger:
        assert ledger.gezondheid().gesteldheid is OK
        with ledger._store.reading():
            assert ledger.gezondheid().gesteldheid is OK


def test_a_closed_ledger_says_so(database_url: str) -> None:
    with opened(database_url) as ledger:
        pass
    found = ledger.gezondheid()

    assert found["opslag"].gesteldheid is ERROR
    assert "gesloten" in found["opslag"].zin


def test_a_file_that_is_gone_is_a_finding_and_is_not_made_again(
    sqlite_url: str, tmp_path: Path
) -> None:
    with opened(sqlite_url) as ledger:
        for file in tmp_path.glob("grootboek.db*"):
            file.unlink()
        found = ledger.gezondheid()

        assert found.gesteldheid is ERROR
        assert found["opslag"].zin == "De database is niet te bereiken."
        assert not (tmp_path / "grootboek.db").exists()
    assert examined_at(f"sqlite:///{tmp_path / 'x.db'}", "g").gesteldheid is ERROR
    assert list(tmp_path.glob("x.db*")) == []


def test_a_server_that_is_away_is_a_finding_without_its_address() -> None:
    url = "postgresql://somebody:secret@127.0.0.1:1/jeugd"
    found = examined_at(url, "gemeente", KEY)

    assert found.gesteldheid is ERROR
    assert [one.onderdeel for one in found.bevindingen] == ["opslag"]
    assert "secret" not in repr(found)
    assert "127.0.0.1" not in repr(found)


def test_a_file_that_is_no_database_is_a_finding(tmp_path: Path) -> None:
    file = tmp_path / "tekst.db"
    file.write_text("this is no database, but it is long enough to be taken for one " * 40)
    found = examined_at(f"sqlite:///{file}", "gemeente", KEY)

    assert "beschadigd" in found["opslag"].zin


def test_another_name_another_key_and_no_key_are_findings(database_url: str) -> None:
    with opened(database_url):
        pass
    assert examined_at(database_url, "gemeente", KEY)["sleutel"].gesteldheid is OK
    assert examined_at(database_url, "gemeente", b"x" * 32)["sleutel"].gesteldheid is ERROR
    assert examined_at(database_url, "elders", KEY)["opslag"].gesteldheid is ERROR
    without = examined_at(database_url, "gemeente")["sleutel"].gesteldheid
    assert without is (ERROR if database_url.startswith("sqlite") else WARNING)
    assert examined_at(database_url, "gemeente", "/no/such/key")["sleutel"].gesteldheid is ERROR


def test_a_clock_that_fails_is_no_exception_either(sqlite_url: str) -> None:
    class Failing:
        moment: datetime | None = datetime(2026, 1, 5, tzinfo=UTC)

        def now(self) -> datetime:
            if self.moment is None:
                raise OSError("no time")
            return self.moment

    clock = Failing()
    with open_grootboek(sqlite_url, grootboek="g", sleutel=KEY, clock=clock) as ledger:
        clock.moment = None
        assert ledger.gezondheid()["opslag"].gesteldheid is OK
