"""Does the vault know each person by one reference, return what it kept, and forget when told?"""

import os
import pickle
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import event

from rekenschap.application.errors import Broken, Incorrect
from rekenschap.application.ports import Vault
from rekenschap.infrastructure.migrations.ready import create_schema
from rekenschap.infrastructure.store.engine import for_writing, make_engine
from rekenschap.infrastructure.store.key_checks import check_key
from rekenschap.infrastructure.store.keys import HostKey, create_key_file, framed, key_for, seal
from rekenschap.infrastructure.store.vault import SqlVault
from rekenschap.infrastructure.store.vault_tables import vault_metadata

HOST_ID = "host-id-999990019"
BIRTH_DATE = "2009-02-28"
WORDS = "Zoë‑Noëlle zei: “ik wil naar huis” 👧🏽 \u0000 e\u0301"
KEY = HostKey(bytes(range(32)))


@contextmanager
def opened(url: str) -> Iterator[sa.Engine]:
    base = make_engine(url)
    create_schema(base)
    try:
        yield for_writing(base)
    finally:
        base.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    with opened(database_url) as engine:
        yield engine


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.connect() as connection:
        yield connection


@pytest.fixture
def vault(connection: sa.Connection) -> SqlVault:
    return SqlVault(connection, "grootboek-a", KEY)


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "vault_" in statement:
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def again(connection: sa.Connection) -> SqlVault:
    """A vault that remembers nothing itself: what it knows comes from the database."""
    return SqlVault(connection, "grootboek-a", KEY)


# --- persons ---------------------------------------------------------------------------------


def test_the_vault_is_what_the_application_asks_for(vault: SqlVault) -> None:
    port: Vault = vault
    reference = port.reference("jeugdige", HOST_ID)
    kind, _, token = reference.partition("/")
    assert kind == "jeugdige"
    assert len(bytes.fromhex(token)) == 16
    assert port.host_id(reference) == HOST_ID


def test_the_same_person_has_one_reference(connection: sa.Connection) -> None:
    first = again(connection).reference("jeugdige", HOST_ID)
    vault = again(connection)
    assert vault.find("jeugdige", HOST_ID) == first
    assert again(connection).reference("jeugdige", HOST_ID) == first


def test_another_kind_or_host_id_is_another_person(vault: SqlVault) -> None:
    made = [
        vault.reference("jeugdige", "12"),
        vault.reference("gezin", "12"),
        vault.reference("jeugdige", "1"),
        vault.reference("jeugdige", "12 "),
    ]
    assert len(set(made)) == 4
    assert [vault.host_id(reference) for reference in made] == ["12", "12", "1", "12 "]


def test_a_person_in_two_grootboeken_cannot_be_linked(connection: sa.Connection) -> None:
    here, there = (SqlVault(connection, name, KEY) for name in ("grootboek-a", "grootboek-b"))
    reference, other = here.reference("jeugdige", HOST_ID), there.reference("jeugdige", HOST_ID)
    assert reference != other
    assert there.host_id(reference) is None
    assert here.fingerprint(BIRTH_DATE) != there.fingerprint(BIRTH_DATE)
    commitment = here.keep(reference, "geboortedatum", BIRTH_DATE, purpose="leeftijd")
    assert there.reveal(commitment) is None


def test_finding_makes_nobody(vault: SqlVault, connection: sa.Connection) -> None:
    assert vault.find("jeugdige", HOST_ID) is None
    assert connection.exec_driver_sql("SELECT count(*) FROM vault_persons").scalar() == 0


def test_an_unknown_reference_has_no_host_id(vault: SqlVault) -> None:
    assert vault.host_id("jeugdige/" + "0" * 32) is None


def test_racing_connections_get_one_reference(engine: sa.Engine) -> None:
    persons, start = [f"host-{number}" for number in range(20)], threading.Barrier(4)
    results: list[list[str]] = []

    def race() -> None:
        found = []
        for person in persons:
            start.wait(timeout=30)
            with engine.begin() as connection:
                found.append(again(connection).reference("jeugdige", person))
        results.append(found)

    racers = [threading.Thread(target=race) for _ in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert len(results) == 4
    assert all(found == results[0] for found in results)
    assert len(set(results[0])) == len(persons)


def test_get_or_create_is_one_statement_and_none_when_remembered(engine: sa.Engine) -> None:
    shared: dict[tuple[str, bytes], str] = {}
    with engine.connect() as connection, counted(engine) as statements:
        first = SqlVault(connection, "grootboek-a", KEY, shared)
        reference = first.reference("jeugdige", HOST_ID)
        assert len(statements) == 1
        assert first.reference("jeugdige", HOST_ID) == reference
        assert len(statements) == 1
        connection.commit()
        second = SqlVault(connection, "grootboek-a", KEY, shared)
        assert second.reference("jeugdige", HOST_ID) == reference
        assert len(statements) == 2
        second.committed()
        third = SqlVault(connection, "grootboek-a", KEY, shared)
        assert third.reference("jeugdige", HOST_ID) == reference
        assert len(statements) == 2


def test_a_rolled_back_person_is_in_no_cache(engine: sa.Engine) -> None:
    shared: dict[tuple[str, bytes], str] = {}
    with engine.connect() as connection:
        lost = SqlVault(connection, "grootboek-a", KEY, shared).reference("jeugdige", HOST_ID)
        connection.rollback()
        assert shared == {}
        vault = SqlVault(connection, "grootboek-a", KEY, shared)
        assert vault.find("jeugdige", HOST_ID) is None
        assert vault.reference("jeugdige", HOST_ID) != lost


# --- values ----------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [BIRTH_DATE, WORDS, "", "x" * 100_000])
def test_a_kept_value_comes_back_unchanged(connection: sa.Connection, value: str) -> None:
    reference = again(connection).reference("jeugdige", HOST_ID)
    until = date(2044, 2, 29)
    commitment = again(connection).keep(reference, "f", value, purpose="p", keep_until=until)
    assert again(connection).reveal(commitment) == value
    row = connection.exec_driver_sql("SELECT purpose, keep_until FROM vault_values").one()
    assert tuple(row) == ("p", "2044-02-29")


def test_equal_values_differ_in_commitment_and_agree_in_fingerprint(vault: SqlVault) -> None:
    reference = vault.reference("jeugdige", HOST_ID)
    made = {vault.keep(reference, "geboortedatum", BIRTH_DATE, purpose="p") for _ in range(3)}
    assert len(made) == 3
    assert {vault.reveal(commitment) for commitment in made} == {BIRTH_DATE}
    assert vault.fingerprint(BIRTH_DATE) == vault.fingerprint(BIRTH_DATE)
    assert vault.fingerprint(BIRTH_DATE) != vault.fingerprint("2009-03-01")


def test_an_unknown_commitment_reveals_nothing(vault: SqlVault) -> None:
    assert vault.reveal("0" * 64) is None


@pytest.mark.parametrize(
    ("field", "act"),
    [
        ("kind", lambda vault: vault.reference(f"Jeugdige/{HOST_ID}", "1")),
        ("kind", lambda vault: vault.find("", "1")),
        ("host_id", lambda vault: vault.reference("jeugdige", "")),
        ("host_id", lambda vault: vault.reference("jeugdige", HOST_ID + "\ud800")),
        ("subject", lambda vault: vault.keep(HOST_ID, "f", "v", purpose="p")),
        ("subject", lambda vault: vault.keep("jeugdige/" + "0" * 32, "f", "v", purpose="p")),
        ("commitment", lambda vault: vault.reveal(HOST_ID)),
        ("value", lambda vault: vault.fingerprint(HOST_ID + "\ud800")),
    ],
)
def test_malformed_input_is_named_and_nothing_personal_is_shown(
    vault: SqlVault, field: str, act: Callable[[SqlVault], object]
) -> None:
    with pytest.raises(Incorrect) as caught:
        act(vault)
    assert caught.value.field == field
    assert HOST_ID not in str(caught.value)
    assert caught.value.__cause__ is None


# --- keys and tampering ----------------------------------------------------------------------


def test_a_wrong_key_is_noticed_at_opening(engine: sa.Engine) -> None:
    wrong = HostKey.generate()
    with engine.begin() as connection:
        check_key(connection, "grootboek-a", KEY)
        check_key(connection, "grootboek-a", KEY)
        check_key(connection, "grootboek-b", wrong)
        with pytest.raises(Incorrect, match="sleutel"):
            check_key(connection, "grootboek-a", wrong)


def test_a_removed_check_value_does_not_let_another_key_in(connection: sa.Connection) -> None:
    check_key(connection, "grootboek-a", KEY)
    again(connection).reference("jeugdige", HOST_ID)
    connection.exec_driver_sql("DELETE FROM vault_checks")
    with pytest.raises(Broken):
        check_key(connection, "grootboek-a", HostKey.generate())


def test_another_key_reads_nothing_and_says_so(connection: sa.Connection) -> None:
    vault = again(connection)
    reference = vault.reference("jeugdige", HOST_ID)
    commitment = vault.keep(reference, "naam", WORDS, purpose="p")
    stranger = SqlVault(connection, "grootboek-a", HostKey.generate())
    assert stranger.find("jeugdige", HOST_ID) is None
    with pytest.raises(Broken):
        stranger.host_id(reference)
    with pytest.raises(Broken):
        stranger.reveal(commitment)


def overwrite(connection: sa.Connection, table: str, column: str, content: object) -> None:
    statement = f"UPDATE {table} SET {column} = :content"
    connection.execute(sa.text(statement), {"content": content})


@pytest.mark.parametrize(
    ("table", "column"), [("vault_values", "sealed"), ("vault_persons", "wrapped_key")]
)
def test_changed_ciphertext_is_broken(connection: sa.Connection, table: str, column: str) -> None:
    vault = again(connection)
    reference = vault.reference("jeugdige", HOST_ID)
    commitment = vault.keep(reference, "geboortedatum", BIRTH_DATE, purpose="p")
    stored = connection.exec_driver_sql(f"SELECT {column} FROM {table}").scalar_one()
    flips = [(at, 1 << bit) for at in range(len(stored)) for bit in (0, 7)]
    changed = [stored[:at] + bytes([stored[at] ^ flip]) + stored[at + 1 :] for at, flip in flips]
    for content in (*changed, stored[:-1], stored[:5], stored + b"\0", b""):
        overwrite(connection, table, column, content)
        with pytest.raises(Broken) as caught:
            again(connection).reveal(commitment)
        assert BIRTH_DATE not in str(caught.value)
    overwrite(connection, table, column, stored)
    assert again(connection).reveal(commitment) == BIRTH_DATE


def test_a_value_under_another_commitment_field_or_person_is_broken(
    connection: sa.Connection,
) -> None:
    vault = again(connection)
    reference, other = vault.reference("jeugdige", HOST_ID), vault.reference("jeugdige", "ander")
    commitment = vault.keep(reference, "geboortedatum", BIRTH_DATE, purpose="p")
    for column, content in (("field", "naam"), ("subject", other)):
        with connection.begin_nested() as nested:
            overwrite(connection, "vault_values", column, content)
            with pytest.raises(Broken):
                again(connection).reveal(commitment)
            nested.rollback()
    overwrite(connection, "vault_values", "commitment", bytes(32))
    with pytest.raises(Broken):
        again(connection).reveal("0" * 64)


@pytest.mark.parametrize("column", ["host_id", "wrapped_key", "lookup"])
def test_a_changed_person_is_broken(connection: sa.Connection, column: str) -> None:
    reference = again(connection).reference("jeugdige", HOST_ID)
    overwrite(connection, "vault_persons", column, os.urandom(60))
    with pytest.raises(Broken):
        again(connection).host_id(reference)


def test_a_value_that_was_never_committed_to_is_broken(connection: sa.Connection) -> None:
    vault = again(connection)
    reference = vault.reference("jeugdige", HOST_ID)
    commitment = vault.keep(reference, "geboortedatum", BIRTH_DATE, purpose="p")
    bound_to = framed(b"value", b"grootboek-a", reference.encode(), bytes.fromhex(commitment))
    wrapped = connection.exec_driver_sql("SELECT wrapped_key FROM vault_persons").scalar_one()
    secret = KEY.wrapping.decrypt(
        wrapped[:12], wrapped[12:], framed(b"key", b"grootboek-a", reference.encode())
    )
    forged = seal(AESGCM(secret), os.urandom(16) + b"2001-01-01", bound_to)
    overwrite(connection, "vault_values", "sealed", forged)
    with pytest.raises(Broken, match="committed"):
        vault.reveal(commitment)


def test_a_persons_row_under_another_reference_does_not_open(connection: sa.Connection) -> None:
    again(connection).reference("jeugdige", HOST_ID)
    moved = "jeugdige/" + "0" * 32
    overwrite(connection, "vault_persons", "reference", moved)
    with pytest.raises(Broken):
        again(connection).host_id(moved)
    with pytest.raises(Broken):
        again(connection).reference("jeugdige", HOST_ID)


GOLDEN_PERSON: dict[str, Any] = {
    "ledger": "grootboek-a",
    "reference": "jeugdige/9a18b59acc950bb5fb2997bc37d40dae",
    "lookup": bytes.fromhex("f0e824266a0139a4f6b455e17ad47a419e2fb1baabbd13e64bc081fd1614ead0"),
    "wrapped_key": bytes.fromhex(
        "bffe606dbb51e1c23c51cbd1bc2a408e911d1dcb6b26129b83d861712af0"
        "110a75d7c85ac0d3daec4be2ae06da010f40cf860b143e20993a73d47f3b"
    ),
    "host_id": bytes.fromhex(
        "c20171449b5b77d9a55ba9cae35119c8a5890043cc4ee1bd4284474aa79e74fbd84e"
    ),
}
GOLDEN_VALUE: dict[str, Any] = {
    "ledger": "grootboek-a",
    "commitment": bytes.fromhex("9013d5bb3507f9bbc187e703c0a71f0e5b984cd656f40fa1afea4122c793c22b"),
    "subject": GOLDEN_PERSON["reference"],
    "field": "naam",
    "purpose": "dossier",
    "sealed": bytes.fromhex(
        "00f0bbb4383e4a792b47d3241e3d6ab66da8ffae"
        "fcdbdefff1775e1c7a2be1af73bf7bccbe5d55463ae9109dfb37bcc2"
    ),
}


def test_what_the_first_version_stored_is_read_for_ever(connection: sa.Connection) -> None:
    for table, row in (("vault_persons", GOLDEN_PERSON), ("vault_values", GOLDEN_VALUE)):
        connection.execute(vault_metadata.tables[table].insert(), row)
    vault = again(connection)
    assert vault.find("jeugdige", "host-1") == GOLDEN_PERSON["reference"]
    assert vault.host_id(GOLDEN_PERSON["reference"]) == "host-1"
    assert vault.reveal(GOLDEN_VALUE["commitment"].hex()) == "Zoë"


# --- what can be found on disk -----------------------------------------------------------------


def bytes_on_disk(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_no_plaintext_reaches_a_file(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'vault.db'}") as engine:
        with engine.connect() as connection:
            vault = again(connection)
            reference = vault.reference("jeugdige", HOST_ID)
            vault.keep(reference, "geboortedatum", BIRTH_DATE, purpose="leeftijd")
            vault.keep(reference, "toelichting", WORDS, purpose="dossier")
            vault.fingerprint(WORDS)
            connection.commit()
            raw = bytes_on_disk(tmp_path)
        assert (tmp_path / "vault.db-wal").stat().st_size > 0
    assert reference.encode() in raw  # the search itself works
    raw += bytes_on_disk(tmp_path)
    for secret in (HOST_ID, BIRTH_DATE, WORDS, "ik wil naar huis", "999990019"):
        assert secret.encode() not in raw


def test_erasing_forgets_everything_about_one_person(connection: sa.Connection) -> None:
    vault = again(connection)
    reference, other = vault.reference("jeugdige", HOST_ID), vault.reference("jeugdige", "ander")
    commitment = vault.keep(reference, "naam", WORDS, purpose="p")
    kept = vault.keep(other, "naam", "blijft", purpose="p")
    assert vault.erase(reference)
    for asked in (vault, again(connection)):
        assert asked.reveal(commitment) is None
        assert asked.host_id(reference) is None
        assert asked.find("jeugdige", HOST_ID) is None
        assert not asked.erase(reference)
        with pytest.raises(Incorrect, match="subject"):
            asked.keep(reference, "naam", WORDS, purpose="p")
        assert asked.reveal(kept) == "blijft"
        assert asked.host_id(other) == "ander"
    assert again(connection).reference("jeugdige", HOST_ID) != reference


def test_erasing_takes_the_person_out_of_the_shared_cache(connection: sa.Connection) -> None:
    shared: dict[tuple[str, bytes], str] = {}
    first = SqlVault(connection, "grootboek-a", KEY, shared)
    reference = first.reference("jeugdige", HOST_ID)
    first.committed()
    vault = SqlVault(connection, "grootboek-a", KEY, shared)
    vault.erase(reference)
    assert vault.find("jeugdige", HOST_ID) is None
    made = vault.reference("jeugdige", HOST_ID)
    assert made != reference
    vault.committed()
    assert list(shared.values()) == [made]


def test_erased_persons_are_not_in_the_raw_bytes(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'vault.db'}") as engine:
        with engine.begin() as connection:
            vault, people = again(connection), [f"host-id-{number:09}" for number in range(300)]
            references = [vault.reference("jeugdige", person) for person in people]
            for reference in references:
                vault.keep(reference, "toelichting", WORDS + reference * 20, purpose="dossier")
        with engine.connect() as connection:
            query = sa.text(
                "SELECT * FROM vault_persons p JOIN vault_values v ON reference=subject"
            )
            rows = {row.reference: row for row in connection.execute(query)}
        with engine.begin() as connection:
            for reference in references[::3]:
                again(connection).erase(reference)
        with closing(sqlite3.connect(tmp_path / "vault.db")) as outside:
            outside.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        raw = bytes_on_disk(tmp_path)
    for number, reference in enumerate(references):
        row = rows[reference]
        traces = (row.wrapped_key, row.lookup, row.host_id, row.commitment, row.sealed[:64])
        erased = number % 3 == 0
        assert all((trace not in raw) is erased for trace in (*traces, reference.encode()))
        assert people[number].encode() not in raw


# --- where the host's key is kept ----------------------------------------------------------------


def test_a_key_file_is_made_once_beside_a_new_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'boek.db'}"
    first = key_for(url)
    path = tmp_path / "boek.db.sleutel"
    assert len(path.read_bytes()) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["boek.db.sleutel"]
    (tmp_path / "boek.db").write_bytes(b"in use")
    assert key_for(url).check("a") == key_for(url, path).check("a") == first.check("a")
    assert key_for("postgresql://h/d", path.read_bytes()).check("a") == first.check("a")


def test_an_existing_key_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "sleutel"
    path.write_bytes(bytes(32))
    assert create_key_file(path).check("a") == HostKey(bytes(32)).check("a")
    assert path.read_bytes() == bytes(32)
    assert [entry.name for entry in tmp_path.iterdir()] == ["sleutel"]


def test_a_database_whose_key_is_gone_gets_no_new_one(tmp_path: Path) -> None:
    (tmp_path / "boek.db").write_bytes(b"in use")
    with pytest.raises(Incorrect, match="it is gone") as caught:
        key_for(f"sqlite:///{tmp_path / 'boek.db'}")
    assert caught.value.field == "sleutel"
    assert not (tmp_path / "boek.db.sleutel").exists()


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_of_the_wrong_size_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "boek.db.sleutel"
    path.write_bytes(b"\x01" * size)
    for sleutel in (None, path, str(path), path.read_bytes()):
        with pytest.raises(Incorrect, match="sleutel"):
            key_for(f"sqlite:///{tmp_path / 'boek.db'}", sleutel)
    assert path.read_bytes() == b"\x01" * size


def test_a_key_file_that_cannot_be_read_or_made_is_named(tmp_path: Path) -> None:
    for sleutel in (tmp_path / "nergens", tmp_path, "a\0b"):
        with pytest.raises(Incorrect, match="sleutel"):
            key_for("sqlite://", sleutel)
    with pytest.raises(Incorrect, match="sleutel"):
        key_for(f"sqlite:///{tmp_path / 'nergens' / 'boek.db'}")


def test_a_server_needs_a_key_and_the_error_says_how() -> None:
    with pytest.raises(Incorrect, match="create_key_file") as caught:
        key_for("postgresql://postgres@localhost/boek")
    assert caught.value.field == "sleutel"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_has_a_key_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert key_for(url).check("a") != key_for(url).check("a")
    assert list(tmp_path.iterdir()) == []


def test_a_link_leads_to_the_key_of_the_database_itself(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "boek.db")
    key = key_for(f"sqlite:///{tmp_path / 'link.db'}")
    assert key_for(f"sqlite:///{tmp_path / 'boek.db'}").check("a") == key.check("a")
    assert not (tmp_path / "link.db.sleutel").exists()


def test_a_url_that_cannot_be_read_is_not_shown() -> None:
    with pytest.raises(Incorrect, match="url") as caught:
        key_for("geheim zonder schema")
    assert "geheim" not in str(caught.value)


def test_processes_that_open_first_together_share_one_key(tmp_path: Path) -> None:
    found: list[bytes] = []
    start = threading.Barrier(8)

    def first() -> None:
        start.wait(timeout=30)
        found.append(key_for(f"sqlite:///{tmp_path / 'boek.db'}").check("a"))

    openers = [threading.Thread(target=first) for _ in range(8)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_sub_keys_are_permanent_and_the_key_does_not_show_itself() -> None:
    check = "6c4f54355eebb2a5f21250b7cd2517d2a548dcbbe51131f7799a372c40c845b9"
    index = "be0b325287caaf9a3d5be0e998ceadaab6e1025f1f41adc8ddd09fb68695c95c"
    fingerprint = "99da6ed6030914269ad1c641450b3955af7763ad57d68d1188d2fb3a328c3302"
    assert KEY.check("grootboek").hex() == check
    assert KEY.index(b"grootboek", b"jeugdige", b"1").hex() == index
    assert KEY.fingerprint(b"grootboek", b"1").hex() == fingerprint
    assert repr(KEY) == "HostKey(not shown)"
    with pytest.raises(TypeError, match="not copied or pickled"):
        pickle.dumps(KEY)
