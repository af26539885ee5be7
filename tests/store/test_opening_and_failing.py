"""URLs that cannot be used, databases that cannot be reached, and what the caller is told."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect
from tests.store.writer_process import no_vault

from rekenschap.application.errors import Broken, Incorrect, Onbeschikbaar
from rekenschap.application.ports import NewRecord, StoredRecord
from rekenschap.infrastructure import open_alleen_lezen, open_grootboek
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.migrations.ready import create_schema
from rekenschap.infrastructure.store.engine import for_reading, for_writing, make_engine
from rekenschap.infrastructure.store.store import SqlStore

Append = Callable[..., list[StoredRecord]]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "geen url",
        "mysql://piet:geheim@host/db",
        "postgresql+psycopg2://piet:geheim@host/db",
        "postgresql://piet:geheim@host:poort/db",
        "oracle://host/db?password=geheim",
        "sqlite://bestand.db",
        "sqlite:///bestand.db?mode=ro",
        "sqlite:///file:geheugen?mode=memory",
        "sqlite:////geen/map/bestand.db",
    ],
)
def test_an_unusable_url_is_incorrect_and_shows_no_password(url: str) -> None:
    with pytest.raises(Incorrect) as caught:
        make_engine(url)
    assert caught.value.field == "url"
    assert "geheim" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_folder_is_not_a_database(tmp_path: Path) -> None:
    with pytest.raises(Incorrect, match="name of a file"):
        make_engine(f"sqlite:///{tmp_path}")


def test_a_missing_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Incorrect, match=r"pip install rekenschap\[postgresql\]") as caught:
        make_engine("postgresql://piet:geheim@host/db")
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_means_psycopg_3(scheme: str) -> None:
    assert make_engine(f"{scheme}://host/db").dialect.driver == "psycopg"


def test_a_sqlite_file_is_durable_and_forgets_what_is_deleted(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    with engine.connect() as connection:

        def pragma(name: str) -> object:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()

        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        assert [pragma(name) for name in names] == ["wal", 2, 1, 1, 30_000]
        assert pragma("recursive_triggers") == 1
    engine.dispose()


def test_reading_and_writing_transactions_are_what_they_say(engine: Engine) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one isolation level")
    for chosen, level, read_only in (
        (for_writing(engine), "read committed", "off"),
        (for_reading(engine), "repeatable read", "on"),
    ):
        with chosen.begin() as connection:
            shown = [
                connection.exec_driver_sql(f"SHOW transaction_{name}").scalar_one()
                for name in ("isolation", "read_only")
            ]
        assert shown == [level, read_only]


@pytest.fixture
def locked(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[SqlStore, sqlite3.Connection]]:
    monkeypatch.setattr("rekenschap.infrastructure.store.engine.BUSY_SECONDS", 0.05)
    engine = make_engine(sqlite_url)
    create_schema(engine)
    store = SqlStore(engine, "gemeente", clock=SystemClock(), vault_factory=no_vault)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    yield store, other
    other.close()
    engine.dispose()


def test_a_busy_store_is_unavailable_until_it_is_free(
    locked: tuple[SqlStore, sqlite3.Connection], new_line: Callable[..., NewRecord]
) -> None:
    store, other = locked
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Onbeschikbaar, match="busy"), store.writing():
        pass
    other.execute("ROLLBACK")
    with store.writing() as unit:
        unit.log.append([new_line()], moment=unit.log.moment())
    assert store.verify() == 1


def test_a_full_disk_is_unavailable_and_leaves_nothing(
    locked: tuple[SqlStore, sqlite3.Connection], new_line: Callable[..., NewRecord]
) -> None:
    store, _ = locked

    def append(limit: int) -> None:
        with store.writing() as unit:
            unit.connection.exec_driver_sql(f"PRAGMA max_page_count = {limit}")
            lines = [new_line("s", bytes(1_000_000))]
            unit.log.append(lines, moment=unit.log.moment())

    with pytest.raises(Onbeschikbaar, match="full"):
        append(1)
    assert store.verify() == 0
    append(1_000_000)
    assert store.verify() == 1


def test_a_file_that_is_no_database_is_broken(tmp_path: Path) -> None:
    file = tmp_path / "grootboek.db"
    file.write_bytes(b"geen database" * 1_000)
    engine = make_engine(f"sqlite:///{file}")
    with pytest.raises(Broken, match="damaged"):
        create_schema(engine)
    engine.dispose()


def test_an_unreachable_server_is_unavailable() -> None:
    engine = make_engine("postgresql://piet:geheim@127.0.0.1:1/db")
    with pytest.raises(Onbeschikbaar) as caught:
        create_schema(engine)
    assert "geheim" not in str(caught.value)
    engine.dispose()


def test_a_lost_connection_is_unavailable_once_and_then_replaced(
    store: SqlStore, append: Append, new_line: Callable[..., NewRecord]
) -> None:
    if store.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no connection to lose")

    def lose_it_half_way() -> None:
        with store.writing() as unit:
            unit.log.append([new_line()], moment=unit.log.moment())
            own = unit.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            with store.reading() as other:
                other.connection.exec_driver_sql(f"SELECT pg_terminate_backend({own})")
            unit.log.append([new_line()], moment=unit.log.moment())

    with pytest.raises(Onbeschikbaar):
        lose_it_half_way()
    append(new_line())
    assert store.verify() == 1


@pytest.mark.parametrize("name", ["", "\ud800", "\x00", "a\x00b", 5, b"gemeente", None])
def test_a_name_that_cannot_be_kept_is_refused_before_anything_is_made(
    database_url: str, name: Any
) -> None:
    openings: list[Callable[..., Any]] = [open_grootboek, open_alleen_lezen]
    for opening in openings:
        with (
            pytest.raises(Incorrect) as caught,
            opening(database_url, grootboek=name, sleutel=b"k" * 32),
        ):
            pass
        assert caught.value.field == "grootboek"
    engine = make_engine(database_url)
    with pytest.raises(Incorrect):
        SqlStore(engine, name, clock=SystemClock(), vault_factory=no_vault)
    with engine.connect() as connection:
        assert not inspect(connection).has_table("ledgers")
    engine.dispose()


def test_a_wrong_name_leaves_no_key_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nieuw.db'}"
    with pytest.raises(Incorrect, match="a name"), open_grootboek(url, grootboek="\0"):
        pass
    assert not list(tmp_path.iterdir())
