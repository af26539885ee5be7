"""Does ``rekenschap migreer`` bring a database up to date, and say what it did?"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.application.care import KEY

from rekenschap.infrastructure.cli import main
from rekenschap.infrastructure.migrations.ready import create_schema
from rekenschap.infrastructure.store.engine import make_engine

DUMP = Path(__file__).parents[1] / "migrations/first-release.sqlite.sql"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["migreer", *arguments])


@pytest.fixture
def old(sqlite_url: str) -> str:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        connection.executescript(DUMP.read_text("utf-8"))
    return sqlite_url


def tables(url: str) -> list[str]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        return [row[0] for row in connection.execute("SELECT sql FROM sqlite_master ORDER BY name")]


def test_an_older_database_is_brought_up_to_date_once(old: str) -> None:
    first, second = run("-d", old), run("-d", old)

    assert first.stdout == "De database is bijgewerkt van revisie 0001 naar 0003.\n"
    assert second.stdout == "De database is al bij, op revisie 0003.\n"


def test_an_empty_database_gets_its_tables(database_url: str, tmp_path: Path) -> None:
    if database_url.startswith("sqlite"):
        Path(database_url.removeprefix("sqlite:///")).touch()

    assert run("-d", database_url).stdout == "De tabellen zijn gemaakt, op revisie 0003.\n"


def test_a_misspelt_file_is_not_made(tmp_path: Path) -> None:
    result = run("-d", f"sqlite:///{tmp_path / 'nope.db'}")

    assert result.exit_code == 2
    assert "nodig is het bestand van een database die er is" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_sql_that_is_printed_does_the_same(old: str, tmp_path: Path) -> None:
    before = tables(old)
    printed = run("-d", old, "--sql")
    assert tables(old) == before, "nothing was done"
    assert printed.stdout.count("BEGIN;") == printed.stdout.count("COMMIT;") == 1
    with closing(sqlite3.connect(old.removeprefix("sqlite:///"))) as connection:
        connection.executescript(printed.stdout)
    by_hand = tables(old)

    assert run("-d", old).stdout == "De database is al bij, op revisie 0003.\n"
    assert by_hand == tables(old) != before


def test_a_newer_database_is_refused_in_dutch(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    create_schema(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE rekenschap_schema SET version_num = '9999'")
    engine.dispose()

    result = run("-d", sqlite_url)

    assert result.exit_code == 2
    assert "een revisie die dit programma kent, tot en met 0003" in result.stderr


@pytest.mark.postgresql
def test_what_a_service_is_told_about_an_older_server(postgresql_url: str, tmp_path: Path) -> None:
    key = tmp_path / "sleutel"
    key.write_bytes(KEY)
    assert run("-d", postgresql_url).exit_code == 0
    engine = make_engine(postgresql_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE rekenschap_schema SET version_num = '0001'")
        connection.exec_driver_sql(
            "INSERT INTO ledgers (id, name, position, hash) VALUES ('x', 'gemeente', 0, '')"
        )
    engine.dispose()

    asked = ["verify", "-d", postgresql_url, "-g", "gemeente", "-s", str(key)]
    result = CliRunner().invoke(main, asked)

    assert result.exit_code == 3, result.output
    assert "laat de eigenaar rekenschap migreer draaien" in result.stderr
