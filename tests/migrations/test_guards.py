"""Are the guards of the log noticed when they are gone, and put back as they were?"""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from tests.application.care import granted, introduced, opened
from tests.owner import drop_guards

from rekenschap.infrastructure.cli import main
from rekenschap.infrastructure.migrations.guards import missing_guards, restore_guards
from rekenschap.infrastructure.store.engine import make_engine

ALL_OF_THEM = {"sqlite": 8, "postgresql": 6}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with opened(database_url) as ledger:
        ledger.execute_batch([introduced(), granted()])
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def refuses(engine: Engine) -> bool:
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE events SET name = name")
    except DBAPIError as error:
        return "what is recorded in events is not altered" in str(error)
    return False


def test_a_database_as_it_was_made_misses_none(engine: Engine) -> None:
    with engine.begin() as connection:
        assert missing_guards(connection) == ()
        assert restore_guards(connection) == ()
    assert refuses(engine)


def test_all_of_them_gone_and_back(engine: Engine) -> None:
    with engine.begin() as connection:
        drop_guards(connection)
        assert len(missing_guards(connection)) == ALL_OF_THEM[engine.dialect.name]
    assert not refuses(engine)

    with engine.begin() as connection:
        restored = restore_guards(connection)

    assert len(restored) == ALL_OF_THEM[engine.dialect.name]
    assert refuses(engine)
    with engine.begin() as connection:
        assert missing_guards(connection) == ()


@pytest.mark.postgresql
def test_one_that_is_switched_off_is_missing(postgresql_url: str) -> None:
    with opened(postgresql_url) as ledger:
        ledger.execute_batch([introduced(), granted()])
    engine = make_engine(postgresql_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE events DISABLE TRIGGER events_append_only")
        assert missing_guards(connection) == ("events_append_only",)
        assert restore_guards(connection) == ("events_append_only",)
    assert refuses(engine)
    engine.dispose()


@pytest.mark.postgresql
def test_one_that_does_nothing_any_more_is_missing(postgresql_url: str) -> None:
    with opened(postgresql_url) as ledger:
        ledger.execute_batch([introduced(), granted()])
    engine = make_engine(postgresql_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION rekenschap_append_only() RETURNS trigger "
            "LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
        )
        assert len(restore_guards(connection)) == ALL_OF_THEM["postgresql"]
    assert refuses(engine)
    engine.dispose()


def test_another_one_of_that_name_is_none_on_sqlite(sqlite_url: str) -> None:
    with opened(sqlite_url) as ledger:
        ledger.execute_batch([introduced(), granted()])
    engine = make_engine(sqlite_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER events_no_update")
        connection.exec_driver_sql(
            "CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT 1; END"
        )
        assert restore_guards(connection) == ("events_no_update",)
    assert refuses(engine)
    engine.dispose()


def test_migreer_puts_them_back_and_says_so(engine: Engine, database_url: str) -> None:
    with engine.begin() as connection:
        drop_guards(connection)

    first, second = (CliRunner().invoke(main, ["migreer", "-d", database_url]) for _ in range(2))

    assert "Deze wachters van het log ontbraken, en staan er weer: " in first.stdout
    assert "rekenschap verify" in first.stdout
    assert second.stdout == "De database is al bij, op revisie 0003.\n"
    assert refuses(engine)
