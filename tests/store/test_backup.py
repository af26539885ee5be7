"""Is a copy made while others write one moment of the ledger, and does it come back whole?"""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.application.care import KEY, accepted, effort, granted, introduced, made, opened, started
from tests.owner import drop_guards

from rekenschap.application import Broken, Incorrect, LegJeugdigeVast, Rekenschap, WisGegevens
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.backup import Kop, backup, herstel

ROOT = Path(__file__).resolve().parents[2]
WRITERS = ("a", "b", "c")
UP_TO = date(2025, 12, 31)


def running(url: str, name: str, count: int) -> "subprocess.Popen[str]":
    path = os.pathsep.join((str(ROOT / "tests/src_root"), str(ROOT)))
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.backup_writer", url, name, str(count)],
        env={**os.environ, "PYTHONPATH": path},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


@contextmanager
def writing(url: str, count: int) -> Iterator[list["subprocess.Popen[str]"]]:
    """Several processes that write, each past its first steps; they are waited for at the end."""
    there = [running(url, name, count) for name in WRITERS]
    try:
        for one in there:
            assert one.stdout is not None
            assert one.stdout.readline()
        yield there
    finally:
        for one in there:
            one.communicate(timeout=300)
    assert [one.returncode for one in there] == [0] * len(there)


def balances(rekenschap: Rekenschap, position: int) -> dict[str, Any]:
    found = {}
    for name in WRITERS:
        stand = rekenschap.stand(toewijzing=f"T-{name}", geldig_op=UP_TO, bekend_op=position)
        assert stand is not None
        found[name] = (stand.jeugdige, stand.status, stand.verbruikt, stand.saldo, stand.saldo_eur)
    return found


def lines(rekenschap: Rekenschap, upto: int) -> list[Any]:
    return list(rekenschap._store.scan(upto=upto))


def test_a_copy_while_three_processes_write_is_one_moment_of_the_ledger(
    sqlite_url: str, tmp_path: Path
) -> None:
    with opened(sqlite_url) as rekenschap:
        accepted(rekenschap.execute(introduced()))
    heads = []
    with writing(sqlite_url, 200) as there:
        for number in range(3):
            heads += backup(sqlite_url, tmp_path / f"kopie-{number}.db")
            time.sleep(0.05)
        assert any(one.poll() is None for one in there), "the writers were done too soon"
    assert [one.positie for one in heads] == sorted({one.positie for one in heads})
    for number, head in enumerate(heads):
        url = f"sqlite:///{tmp_path / f'terug-{number}.db'}"
        copy = tmp_path / f"kopie-{number}.db"
        (done,) = herstel(copy, url, sleutel=KEY, koppen=[head])
        assert (done.vastleggingen, done.opnieuw_gewist) == (head.positie, 0)
        with opened(sqlite_url) as original, opened(url) as restored:
            assert restored.positie == head.positie < original.positie
            assert lines(restored, head.positie) == lines(original, head.positie)
            restored.rebuild()
            assert balances(restored, head.positie) == balances(original, head.positie)
            accepted(restored.execute(effort("T-a", aantal=1)))  # and it goes on from there


def test_a_copy_is_one_file_for_its_owner_only_without_the_key(
    sqlite_url: str, tmp_path: Path
) -> None:
    with opened(sqlite_url) as rekenschap:
        rekenschap.execute(introduced())
        (head,) = backup(sqlite_url, tmp_path / "kopie.db")
        assert head == Kop("gemeente", rekenschap.positie, lines(rekenschap, 9)[-1].hash.hex())
    made_files = sorted(p.name for p in tmp_path.iterdir() if p.name.startswith("kopie"))
    assert made_files == ["kopie.db"]
    assert (tmp_path / "kopie.db").stat().st_mode & 0o077 == 0
    assert KEY not in (tmp_path / "kopie.db").read_bytes()


def test_a_copy_holds_every_grootboek_of_the_file(sqlite_url: str, tmp_path: Path) -> None:
    for name in ("een", "twee"):
        with opened(sqlite_url, name) as rekenschap:
            rekenschap.execute(introduced())
    heads = backup(sqlite_url, tmp_path / "kopie.db")
    assert [one.grootboek for one in heads] == ["een", "twee"]
    url = f"sqlite:///{tmp_path / 'terug.db'}"
    done = herstel(tmp_path / "kopie.db", url, sleutel=KEY, koppen=heads)
    assert [one.grootboek for one in done] == ["een", "twee"]


def test_nothing_is_written_over_a_file_that_is_there(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url) as rekenschap:
        rekenschap.execute(introduced())
    (tmp_path / "kopie.db").write_bytes(b"iets anders")
    with pytest.raises(Incorrect, match="naar"):
        backup(sqlite_url, tmp_path / "kopie.db")
    assert (tmp_path / "kopie.db").read_bytes() == b"iets anders"
    backup(sqlite_url, tmp_path / "echt.db")
    (tmp_path / "terug.db-wal").write_bytes(b"van een ander")
    for there in (sqlite_url, f"sqlite:///{tmp_path / 'terug.db'}"):
        with pytest.raises(Incorrect, match="database"):
            herstel(tmp_path / "echt.db", there, sleutel=KEY)
    assert (tmp_path / "terug.db-wal").read_bytes() == b"van een ander"
    assert not (tmp_path / "terug.db").exists()


def left_by(tmp_path: Path) -> list[str]:
    return sorted(p.name for p in tmp_path.iterdir() if p.name.startswith("terug"))


def test_a_copy_that_was_changed_is_not_put_back(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url) as rekenschap:
        rekenschap.execute_batch([introduced(), granted(), started()])
    copy, url = tmp_path / "kopie.db", f"sqlite:///{tmp_path / 'terug.db'}"
    backup(sqlite_url, copy)
    with closing(sqlite3.connect(copy)) as connection, connection:
        drop_guards(connection)
        connection.execute("UPDATE events SET payload = payload || ' ' WHERE position = 3")
    with pytest.raises(Broken) as error:
        herstel(copy, url, sleutel=KEY)
    assert error.value.position == 3
    assert left_by(tmp_path) == []


def test_an_end_that_was_noted_shows_a_copy_that_was_cut_short_or_made_anew(
    sqlite_url: str, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'terug.db'}"
    with opened(sqlite_url) as rekenschap:
        rekenschap.execute_batch([introduced(), granted()])
        (early,) = backup(sqlite_url, tmp_path / "vroeg.db")
        rekenschap.execute(started())
        (late,) = backup(sqlite_url, tmp_path / "laat.db")
    with pytest.raises(Broken) as error:
        herstel(tmp_path / "vroeg.db", url, sleutel=KEY, koppen=[late])
    assert error.value.position == late.positie
    other = Kop("gemeente", early.positie, "0" * 64)
    with pytest.raises(Broken) as error:
        herstel(tmp_path / "laat.db", url, sleutel=KEY, koppen=[other])
    assert error.value.position == early.positie
    with pytest.raises(Incorrect, match="kop"):
        herstel(tmp_path / "laat.db", url, sleutel=KEY, koppen=[Kop("nergens", 1, "0" * 64)])
    assert left_by(tmp_path) == []
    assert herstel(tmp_path / "laat.db", url, sleutel=KEY, koppen=[early, late])


def test_without_the_right_key_nothing_is_put_back(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url) as rekenschap:
        rekenschap.execute(introduced())
    copy, url = tmp_path / "kopie.db", f"sqlite:///{tmp_path / 'terug.db'}"
    backup(sqlite_url, copy)
    for key in (None, bytes(32)):
        with pytest.raises(Incorrect, match="sleutel"):
            herstel(copy, url, sleutel=key)
    assert left_by(tmp_path) == []
    (tmp_path / "terug.db.sleutel").write_bytes(KEY)
    assert herstel(copy, url)[0].vastleggingen == 2


@pytest.mark.parametrize("content", [b"", b"geen database", b"SQLite format 3\x00" + b"x" * 500])
def test_a_file_that_is_no_copy_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kopie.db").write_bytes(content)
    url = f"sqlite:///{tmp_path / 'terug.db'}"
    with pytest.raises((Incorrect, Broken)):
        herstel(tmp_path / "kopie.db", url, sleutel=KEY)
    assert left_by(tmp_path) == []
    with pytest.raises(Incorrect, match="van"):
        herstel(tmp_path / "nergens.db", url, sleutel=KEY)


def test_whoever_was_erased_since_the_copy_is_erased_again(sqlite_url: str, tmp_path: Path) -> None:
    register = tmp_path / "wissingen.jsonl"
    options: dict[str, Any] = {"grootboek": "gemeente", "sleutel": KEY, "wissingen": register}
    with open_grootboek(sqlite_url, **options) as rekenschap:
        youths = [made(LegJeugdigeVast, jeugdige=f"kind-{n}") for n in (1, 2)]
        rekenschap.execute_batch([introduced(), *youths])
        backup(sqlite_url, tmp_path / "kopie.db")
        erasure = made(WisGegevens, jeugdige="kind-1", grond="verzoek_betrokkene")
        accepted(rekenschap.execute(erasure))
    url = f"sqlite:///{tmp_path / 'terug.db'}"
    (done,) = herstel(tmp_path / "kopie.db", url, sleutel=KEY, wissingen=register)
    assert (done.vastleggingen, done.opnieuw_gewist) == (4, 1)
    with open_grootboek(url, **options) as restored:
        assert restored.stand(jeugdige="kind-2").jeugdige == "kind-2"
        with pytest.raises(Incorrect):
            restored.stand(jeugdige="kind-1")
        assert restored.verify() == 5


def test_a_server_or_a_database_in_memory_has_other_tools(tmp_path: Path) -> None:
    for url in ("postgresql://wie:geheim@ergens/x", "sqlite://"):
        for ask in (lambda u: backup(u, tmp_path / "k.db"), lambda u: herstel(__file__, u)):
            with pytest.raises(Incorrect, match="own tools") as error:
                ask(url)
            assert "geheim" not in str(error.value)


# --- PostgreSQL, with its own tools -----------------------------------------------------------


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed here")
    return found


@pytest.mark.postgresql
def test_pg_dump_and_pg_restore_give_a_ledger_that_verifies_while_others_write(
    postgresql_database: Any, tmp_path: Path
) -> None:
    """As ``docs/backup.md`` says it, on databases of its own."""
    import psycopg

    dump, restore = tool("pg_dump"), tool("pg_restore")
    server = postgresql_database.set(drivername="postgresql")
    names = [f"rekenschap_backup_{uuid4().hex}" for _ in range(2)]
    plain, copy = (server.set(database=name).render_as_string(False) for name in names)
    with psycopg.connect(server.render_as_string(False), autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            with opened(plain) as rekenschap:
                rekenschap.execute(introduced())
            with writing(plain, 15):
                subprocess.run([dump, "-Fc", "-f", tmp_path / "kopie.dump", plain], check=True)
            subprocess.run([restore, "-d", copy, tmp_path / "kopie.dump"], check=True)
            with opened(plain) as original, opened(copy) as restored:
                end = restored.positie
                assert restored.verify() == end <= original.positie
                assert lines(restored, end) == lines(original, end)
                restored.rebuild()
                assert balances(restored, end) == balances(original, end)
        finally:
            for name in names:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
