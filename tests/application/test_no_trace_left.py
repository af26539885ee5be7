"""A search of every byte there is: nothing personal before an erasure, no ciphertext after it."""

import io
import json
import logging
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text
from tests.application.care import KEY, accepted, effort, made, started
from tests.application.test_persons import SECRETS, live, told

from rekenschap.application import LegJeugdigeVast, Rekenschap, WisGegevens
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.backup import backup
from rekenschap.infrastructure.store.keys import create_key_file

YOUTH = SECRETS["the id of a youth"]
GONE = ("the id of a youth", "the id of a family", "who asks")


def filled(rekenschap: Rekenschap, others: int = 60) -> None:
    """The case with every secret, between others, so that pages are split and rows moved."""
    for number in range(others // 2):
        rekenschap.execute(made(LegJeugdigeVast, jeugdige=f"k-{number}", woonplaats=f"w-{number}"))
    live(rekenschap)
    for number in range(others // 2, others):
        rekenschap.execute(made(LegJeugdigeVast, jeugdige=f"k-{number}", woonplaats=f"w-{number}"))


def sealed(rekenschap: Rekenschap, kind: str, host_id: str) -> list[bytes]:
    """The wrapped key, index entry and ciphertexts of a person."""
    store: Any = rekenschap._store
    with store.reading() as unit:
        reference = unit.vault.find(kind, host_id)
        rows = [
            *unit.connection.execute(
                text("SELECT wrapped_key, host_id, lookup FROM vault_persons WHERE reference = :r"),
                {"r": reference},
            ),
            *unit.connection.execute(
                text("SELECT sealed FROM vault_values WHERE subject = :r"), {"r": reference}
            ),
        ]
    return [bytes(cell) for row in rows for cell in row]


def erase_all(rekenschap: Rekenschap) -> list[bytes]:
    """Erase the youth, the family and who asked; what was encrypted of them."""
    persons = {
        "jeugdige": YOUTH,
        "gezin": SECRETS["the id of a family"],
        "persoon": SECRETS["who asks"],
    }
    was = [cell for kind, host_id in persons.items() for cell in sealed(rekenschap, kind, host_id)]
    for kind, host_id in persons.items():
        erasure = made(WisGegevens, grond="verzoek_betrokkene", **{kind: host_id})
        accepted(rekenschap.execute(erasure))
    return was


def files_in(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def found_in(content: bytes, needles: list[bytes]) -> int:
    return sum(needle in content for needle in needles)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything any library logs meanwhile, the statements of the database included."""
    stream = io.StringIO()
    handler, root = logging.StreamHandler(stream), logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in ("", "sqlalchemy.engine")}
    root.addHandler(handler)
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_on_sqlite_no_file_holds_anything_before_and_no_ciphertext_after(
    tmp_path: Path, logged: io.StringIO
) -> None:
    create_key_file(tmp_path / "de.sleutel")
    url = f"sqlite:///{tmp_path / 'zorg.db'}"
    options: dict[str, Any] = {
        "sleutel": tmp_path / "de.sleutel",
        "wissingen": tmp_path / "wissingen.jsonl",
    }
    with open_grootboek(url, grootboek="gemeente", **options) as rekenschap:
        filled(rekenschap)
        rekenschap.spoor(jeugdige=YOUTH)
        backup(url, tmp_path / "voor.db")
        rekenschap.exporteer(tmp_path / "export-voor")
        before = files_in(tmp_path)
        assert "export-voor/log.jsonl" in before
        assert set(before) >= {"zorg.db", "zorg.db-wal", "zorg.db-shm", "voor.db", "de.sleutel"}
        assert told(b"".join(before.values())) == []

        was = erase_all(rekenschap)
        assert len(was) == 3 * 3 + 5  # three of each person, and all that was told of the youth
        assert found_in(before["zorg.db"] + before["zorg.db-wal"], was) == len(was)
        backup(url, tmp_path / "na.db")
        rekenschap.exporteer(tmp_path / "export-na")
        during = files_in(tmp_path)
        del during["voor.db"]
        assert len(during["zorg.db-wal"]) < 100_000
        for name, content in during.items():
            assert told(content) == [], name
            assert found_in(content, was) == 0, name
        accepted(rekenschap.execute(started("T1")))
        assert rekenschap.verify() == rekenschap.positie
    after = files_in(tmp_path)
    del after["voor.db"]
    assert found_in(b"".join(after.values()), was) == 0
    assert told(logged.getvalue().encode()) == []
    assert "gegevens-gewist" in logged.getvalue() or "vault_persons" in logged.getvalue()
    assert len(after["wissingen.jsonl"].splitlines()) == 3


def test_a_reader_that_is_still_busy_does_not_keep_the_old_pages_for_ever(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'zorg.db'}"
    with open_grootboek(url, grootboek="gemeente", sleutel=KEY) as rekenschap:
        filled(rekenschap, 4)
        reader = sqlite3.connect(tmp_path / "zorg.db", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchone()
        was = erase_all(rekenschap)
        assert found_in(b"".join(files_in(tmp_path).values()), was) > 0
        reader.execute("COMMIT")
        reader.close()
        rekenschap.execute(effort("T1"))  # any later commit
        assert found_in(b"".join(files_in(tmp_path).values()), was) == 0


def dumped(url: str) -> bytes:
    """All that a copy of the database would hold, read table by table as COPY gives it."""
    import psycopg
    from sqlalchemy import create_engine, make_url

    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    names = inspect(engine).get_table_names()
    engine.dispose()
    assert {"vault_persons", "vault_values", "vault_reads", "commands", "events"} <= set(names)
    parts = []
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        for name in names:
            with connection.cursor().copy(f"COPY {name} TO STDOUT".encode()) as copy:
                parts += [bytes(part) for part in copy]
    return b"".join(parts)


def as_copied(cells: list[bytes]) -> list[bytes]:
    return [cell.hex().encode() for cell in cells]


@pytest.mark.postgresql
def test_on_postgresql_no_table_holds_anything_before_and_no_ciphertext_after(
    postgresql_url: str,
) -> None:
    with open_grootboek(postgresql_url, grootboek="gemeente", sleutel=KEY) as rekenschap:
        filled(rekenschap, 4)
        rekenschap.spoor(jeugdige=YOUTH)
        before = dumped(postgresql_url)
        assert told(before) == []
        was = erase_all(rekenschap)
        assert found_in(before, as_copied(was)) == len(was)
        after = dumped(postgresql_url)
    assert told(after) == []
    assert found_in(after, as_copied(was)) == 0


@pytest.mark.postgresql
def test_on_postgresql_the_files_of_the_server_hold_no_ciphertext_once_vacuumed(
    postgresql_url: str,
) -> None:
    """Read as root, where the server runs on this machine; VACUUM FULL writes the tables anew."""
    import psycopg

    with open_grootboek(postgresql_url, grootboek="gemeente", sleutel=KEY) as rekenschap:
        filled(rekenschap, 4)
        was = erase_all(rekenschap)
    with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as connection:
        row = connection.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
        assert row is not None
        base = Path(row[0]) / "base" / str(row[1])
        if not os.access(base, os.R_OK):
            pytest.skip(f"the files of the server cannot be read here ({base})")
        for _ in range(50):  # a connection that is still closing holds the old rows for a while
            for table in ("vault_persons", "vault_values"):
                connection.execute(f"VACUUM FULL {table}".encode())
            connection.execute("CHECKPOINT")
            content = b"".join(p.read_bytes() for p in sorted(base.iterdir()) if p.is_file())
            if not found_in(content, was):
                break
            time.sleep(0.1)
    assert len(content) > 1_000_000
    assert told(content) == []
    assert found_in(content, was) == 0


def test_reading_and_erasing_name_nobody_on_the_command_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'zorg.db'}"
    with open_grootboek(url, grootboek="gemeente") as rekenschap:
        filled(rekenschap, 2)
        erase_all(rekenschap)
    command = "from rekenschap.infrastructure.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", command, "spoor", "-d", url, "-g", "gemeente", "-t", "T1", "--json"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src_root")},
        capture_output=True,
        check=True,
    )
    lines = [json.loads(line) for line in run.stdout.splitlines() if line.startswith(b"{")]
    assert lines
    assert set(told(run.stdout + run.stderr)) & set(GONE) == set()
