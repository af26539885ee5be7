"""Is who was erased gone again after a restore, whichever part was restored?"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest
from sqlalchemy import create_engine, make_url, text
from tests.application.care import KEY, accepted, granted, head, introduced, made, started

from rekenschap.application import (
    AFWEZIG,
    Actor,
    Broken,
    Incorrect,
    LegJeugdigeVast,
    Onbeschikbaar,
    Rekenschap,
    VoerRegelingIn,
    WisGegevens,
    Wisgrond,
    Wissing,
)
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.regelingen import packaged_text
from rekenschap.infrastructure.store.wissingen import WissingenBestand

BORN = date(2010, 1, 1)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return tmp_path / "elders-wissingen.jsonl"


@contextmanager
def opened(url: str, register: Any = None) -> Iterator[Rekenschap]:
    with open_grootboek(url, grootboek="gemeente", sleutel=KEY, wissingen=register) as rekenschap:
        yield rekenschap


def told(*youths: str) -> list[Any]:
    return [made(LegJeugdigeVast, jeugdige=youth, geboortedatum=BORN) for youth in youths]


def erased(youth: str) -> Any:
    return made(WisGegevens, jeugdige=youth, grond="verzoek_betrokkene")


def noted(reference: str, grootboek: str = "0" * 32) -> Wissing:
    return Wissing(
        grootboek=grootboek,
        betrokkene=reference,
        grond=Wisgrond.VERZOEK_BETROKKENE,
        geregistreerd_op=datetime(2026, 1, 1, tzinfo=UTC),
    )


def known(rekenschap: Rekenschap, youth: str) -> bool:
    with rekenschap._store.reading() as unit:
        return unit.vault.find("jeugdige", youth) is not None


def vault_rows(url: str) -> dict[str, list[dict[str, Any]]]:
    engine = create_engine(_driver(url))
    with engine.connect() as connection:
        found = {
            table: [dict(r) for r in connection.execute(text(f"SELECT * FROM {table}")).mappings()]
            for table in ("vault_persons", "vault_values")
        }
    engine.dispose()
    return found


def put_back(url: str, rows: dict[str, list[dict[str, Any]]]) -> None:
    """The vault of an older moment in the database of now."""
    engine = create_engine(_driver(url))
    with engine.begin() as connection:
        for table, lines in rows.items():
            connection.execute(text(f"DELETE FROM {table}"))
            for line in lines:
                names = ", ".join(line)
                marks = ", ".join(f":{name}" for name in line)
                connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), line)
    engine.dispose()


def _driver(url: str) -> Any:
    parsed = make_url(url)
    postgresql = parsed.get_backend_name() == "postgresql"
    return parsed.set(drivername="postgresql+psycopg") if postgresql else parsed


# --- the vault is older than the log ------------------------------------------------------------


def test_a_vault_that_is_older_than_the_log_is_erased_again_at_opening(database_url: str) -> None:
    with opened(database_url) as rekenschap:
        rekenschap.execute_batch([introduced(), *told("kind-1", "kind-2")])
    older = vault_rows(database_url)
    with opened(database_url) as rekenschap:
        accepted(rekenschap.execute(erased("kind-1")))
        position = head(rekenschap)
        rekenschap.execute(attrs.evolve(erased("kind-2"), actor=Actor("x", "aanbieder")))
    put_back(database_url, older)
    with opened(database_url) as rekenschap:
        assert not known(rekenschap, "kind-1")
        assert known(rekenschap, "kind-2")  # its erasure was refused
        assert head(rekenschap) == position + 1  # nothing is recorded: the log knew
        assert rekenschap.verify() == head(rekenschap)


# --- the whole database is older than the erasure ------------------------------------------------


def copied(url: str, name: str) -> str:
    path = Path(str(make_url(url).database))
    target = path.with_name(name)
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
    return f"sqlite:///{target}"


def test_what_a_restored_database_does_not_know_is_erased_again_and_recorded_anew(
    sqlite_url: str, register: Path
) -> None:
    with opened(sqlite_url, register) as rekenschap:
        rekenschap.execute_batch([introduced(), *told("kind-1", "kind-2"), granted()])
        older = copied(sqlite_url, "ouder.db")
        before = head(rekenschap)
        accepted(rekenschap.execute(erased("kind-1")))
    with opened(older, register) as rekenschap:
        assert not known(rekenschap, "kind-1")
        assert known(rekenschap, "kind-2")
        (line,) = rekenschap.lees(soorten=["GegevensGewist"])
        assert line.positie == before + 1
        stand = rekenschap.stand(toewijzing="T1")
        assert stand is not None
        assert stand.jeugdige is None
        accepted(rekenschap.execute(started("T1")))
        assert rekenschap.verify() == head(rekenschap) == before + 2
    with opened(older, register) as rekenschap:  # and once is enough
        assert head(rekenschap) == before + 2
    assert len(list(WissingenBestand(register).alle())) == 1


def test_without_the_register_a_restored_database_knows_nothing_of_it(sqlite_url: str) -> None:
    with opened(sqlite_url) as rekenschap:
        rekenschap.execute_batch([introduced(), *told("kind-1")])
        older = copied(sqlite_url, "ouder.db")
        rekenschap.execute(erased("kind-1"))
    with opened(older) as rekenschap:
        assert known(rekenschap, "kind-1")


def test_a_register_given_later_gets_the_erasures_that_were_there(
    database_url: str, register: Path
) -> None:
    with opened(database_url) as rekenschap:
        rekenschap.execute_batch([introduced(), *told("kind-1", "kind-2")])
        rekenschap.execute_batch([erased("kind-1"), erased("kind-2"), erased("kind-3")])
    with opened(database_url, register) as rekenschap:
        there = list(WissingenBestand(register).alle())
        facts: list[Any] = [one.feit for one in rekenschap.lees(soorten=["GegevensGewist"])]
        assert [one.betrokkene for one in there] == [f.betrokkene for f in facts[:2]]
        assert facts[2].betrokkene is AFWEZIG
    with opened(database_url, register):
        assert list(WissingenBestand(register).alle()) == there


def test_the_register_of_another_grootboek_erases_nobody_here(
    database_url: str, register: Path
) -> None:
    with opened(database_url, register) as rekenschap:
        rekenschap.execute_batch([introduced(), *told("kind-1")])
        with rekenschap._store.reading() as unit:
            found = unit.vault.find("jeugdige", "kind-1")
    assert found is not None
    WissingenBestand(register).noteer(noted(found))
    with opened(database_url, register) as rekenschap:
        assert known(rekenschap, "kind-1")


def test_house_rules_that_let_no_beheerder_erase_are_named_at_opening(
    sqlite_url: str, register: Path
) -> None:
    """Then the restored database is not opened with its register until they do."""
    text_of = packaged_text("huisregels")
    strict = text_of.replace('["gemeente","toegang","beheerder"]}', '["gemeente"]}')
    assert strict != text_of
    with opened(sqlite_url, register) as rekenschap:
        rekenschap.execute_batch([introduced(), *told("kind-1")])
        by = Actor("x", "beheerder")
        rule = made(VoerRegelingIn, tekst=strict + "\n", actor=by)
        accepted(rekenschap.execute(rule))
        older = copied(sqlite_url, "ouder.db")
        accepted(rekenschap.execute(erased("kind-1")))
    with pytest.raises(Incorrect, match="HR-0"), opened(older, register):
        pass


# --- the register itself -------------------------------------------------------------------------


def test_an_erasure_that_cannot_be_noted_says_so_and_is_noted_when_asked_again(
    database_url: str, register: Path
) -> None:
    with opened(database_url, register) as rekenschap:
        rekenschap.execute_batch([introduced(), *told("kind-1")])
        register.mkdir()
        command = erased("kind-1")
        with pytest.raises(Onbeschikbaar, match="register"):
            rekenschap.execute(command)
        assert not known(rekenschap, "kind-1")
        register.rmdir()
        accepted(rekenschap.execute(command))
        assert len(list(WissingenBestand(register).alle())) == 1


def test_a_line_that_a_crash_cut_off_is_written_anew(register: Path) -> None:
    one = noted("jeugdige/" + "a" * 32)
    bestand = WissingenBestand(register)
    bestand.noteer(one)
    whole = register.read_bytes()
    register.write_bytes(whole + whole[:20])
    assert list(bestand.alle()) == [one]
    bestand.noteer(one)
    assert register.read_bytes() == whole * 2


def test_a_damaged_line_stops_loudly_with_its_number(register: Path) -> None:
    bestand = WissingenBestand(register)
    bestand.noteer(noted("jeugdige/" + "a" * 32))
    register.write_bytes(register.read_bytes() + b"{}\n")
    with pytest.raises(Broken, match="line 2"):
        list(bestand.alle())


def test_the_register_is_readable_by_its_owner_only_and_holds_no_personal_data(
    database_url: str, register: Path
) -> None:
    with opened(database_url, register) as rekenschap:
        rekenschap.execute_batch([introduced(), *told("kind-zkjq")])
        rekenschap.execute(erased("kind-zkjq"))
    assert register.stat().st_mode & 0o077 == 0
    assert b"kind-zkjq" not in register.read_bytes()
    assert b"2010" not in register.read_bytes()


def test_a_register_where_no_file_can_be_is_incorrect(sqlite_url: str, tmp_path: Path) -> None:
    for wrong in (tmp_path, tmp_path / "nergens" / "w.jsonl"):
        with pytest.raises(Incorrect, match="wissingen"), opened(sqlite_url, wrong):
            pass
    shutil.rmtree(tmp_path)
