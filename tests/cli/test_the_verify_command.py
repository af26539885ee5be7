"""Does ``rekenschap verify`` find what was changed, and make nothing when a name is wrong?"""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text
from tests.owner import drop_guards

from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.cli import main

KEY = bytes(range(32))


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "sleutel"
    path.write_bytes(KEY)
    return path


@pytest.fixture
def filled(database_url: str) -> str:
    with open_grootboek(database_url, grootboek="gemeente", sleutel=KEY):
        return database_url


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["verify", *arguments])


def options(url: str, key_file: Path, name: str = "gemeente") -> list[str]:
    return ["--database", url, "--grootboek", name, "--sleutel", str(key_file)]


def test_a_chain_that_holds(filled: str, key_file: Path) -> None:
    result = run(*options(filled, key_file))

    assert result.exit_code == 0, result.output
    assert "De keten van gemeente klopt" in result.stdout


def test_of_the_chain_alone_it_is_said_what_was_not_looked_at(filled: str, key_file: Path) -> None:
    engine = create_engine(filled)
    with engine.begin() as connection:
        drop_guards(connection)
        connection.execute(text("delete from event_references"))
    engine.dispose()

    whole = run(*options(filled, key_file))
    chain = run(*options(filled, key_file), "--alleen-keten")

    assert whole.exit_code == 1
    assert chain.exit_code == 0, chain.output
    assert "Wat ernaast staat (verwijzingen en opdrachten) is niet nagegaan." in chain.stdout


def test_the_first_position_that_was_changed_is_named(sqlite_url: str, key_file: Path) -> None:
    with open_grootboek(sqlite_url, grootboek="gemeente", sleutel=KEY):
        pass
    engine = create_engine(sqlite_url)
    with engine.begin() as connection:
        tables = connection.scalars(
            text("select name from sqlite_master where type = 'table' and sql like '%payload%'")
        ).all()
        drop_guards(connection)
        for table in tables:
            connection.execute(
                text(f"update {table} set payload = replace(payload, 'huis', 'muis')")
            )
    engine.dispose()

    result = run(*options(sqlite_url, key_file))

    assert result.exit_code == 1, result.output
    assert "vanaf positie 1 " in result.stderr


def test_a_name_that_is_wrong_makes_no_grootboek(filled: str, key_file: Path) -> None:
    for _ in range(2):
        result = run(*options(filled, key_file, name="gemente"))

        assert result.exit_code == 2
        assert "gemeente" in result.stderr


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path, key_file: Path) -> None:
    result = run(*options(f"sqlite:///{tmp_path / 'geen.db'}", key_file))

    assert result.exit_code == 2
    assert not (tmp_path / "geen.db").exists()


def test_an_empty_database_holds_none(database_url: str, tmp_path: Path, key_file: Path) -> None:
    if database_url.startswith("sqlite"):
        Path(database_url.removeprefix("sqlite:///")).touch()

    result = run(*options(database_url, key_file))

    assert result.exit_code == 2
    assert "er is er geen" in result.stderr


def test_a_store_that_cannot_be_reached(key_file: Path) -> None:
    result = run(*options("postgresql://postgres@127.0.0.1:1/x?connect_timeout=1", key_file))

    assert result.exit_code == 3
    assert "niet beschikbaar" in result.stderr


def test_the_options_can_come_from_the_environment(filled: str, key_file: Path) -> None:
    environment = {
        "REKENSCHAP_DATABASE": filled,
        "REKENSCHAP_GROOTBOEK": "gemeente",
        "REKENSCHAP_SLEUTEL": str(key_file),
    }

    result = CliRunner().invoke(main, ["verify"], env=environment)

    assert result.exit_code == 0, result.output
