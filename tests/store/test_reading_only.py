"""Is a grootboek that is only read answered as the one that is written, and left as it is?"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text
from tests.application.care import KEY, effort, granted, introduced, made, no_show, opened, started

from rekenschap.application import (
    Incorrect,
    Inzage,
    LegJeugdigeVast,
    Onbeschikbaar,
    Rekenschap,
    StartZorg,
)
from rekenschap.infrastructure import open_alleen_lezen
from rekenschap.infrastructure.store.engine import make_engine

Reader = Callable[..., AbstractContextManager[Rekenschap]]


class Kept:
    """A reading log of a host."""

    def __init__(self) -> None:
        self.lines: list[Inzage] = []

    def noteer(self, regels: Sequence[Inzage]) -> None:
        self.lines += regels


def reading(url: str, **more: Any) -> AbstractContextManager[Rekenschap]:
    return open_alleen_lezen(url, grootboek="gemeente", sleutel=KEY, **more)


@pytest.fixture
def url(database_url: str) -> str:
    """A grootboek with an allocation of which nobody asked anything: its tables are behind."""
    with opened(database_url) as ledger:
        for command in (
            introduced(),
            made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=date(2012, 5, 17)),
            granted(),
            started(),
            effort("T1", 60),
        ):
            ledger.execute(command)
    return database_url


def everything(ledger: Rekenschap) -> list[Any]:
    """Answers to every sort of question, now and at every earlier position."""
    answers: list[Any] = [ledger.verify(), list(ledger.lees()), list(ledger.werklijst())]
    for known in (None, *range(1, ledger.positie + 1)):
        with suppress(Incorrect):
            answers.append(ledger.stand(toewijzing="T1", bekend_op=known))
            answers.append(ledger.stand(jeugdige="kind-1", bekend_op=known))
            answers.append(ledger.spoor(jeugdige="kind-1", bekend_op=known))
            answers.append(ledger.toewijzingen(aanbieder="praktijk-9", bekend_op=known))
    return answers


def rows(url: str) -> dict[str, Any]:
    """All that stands in a database."""
    engine = make_engine(url)
    names = ("ledgers", "events", "commands", "saldo", "spoor", "projection_positions")
    try:
        with engine.connect() as connection:
            found = {}
            for name in (*names, "vault_persons", "vault_reads"):
                found[name] = sorted(map(repr, connection.execute(text(f"SELECT * FROM {name}"))))
            return found
    finally:
        engine.dispose()


def test_answers_are_those_of_who_writes_though_its_tables_are_behind(url: str) -> None:
    before = rows(url)
    with reading(url, leeslog=Kept()) as ledger:
        assert ledger.achterstand().standen < ledger.achterstand().positie
        found = everything(ledger)

    assert rows(url) == before
    with opened(url) as ledger:
        assert everything(ledger) == found


def test_what_is_recorded_meanwhile_is_in_the_next_answer(url: str) -> None:
    with reading(url, leeslog=Kept()) as reader, opened(url) as writer:
        assert reader.stand(toewijzing="T1").verbruikt == 60
        writer.execute(effort("T1", 30))
        assert reader.stand(toewijzing="T1").verbruikt == 90
        writer.stand(toewijzing="T1")  # the tables are level now, and used as they are
        assert reader.stand(toewijzing="T1") == writer.stand(toewijzing="T1")
        writer.execute(no_show("T1"))
        assert reader.spoor(toewijzing="T1") == writer.spoor(toewijzing="T1")


def test_a_command_is_refused_before_anything_happens(url: str) -> None:
    before = rows(url)
    with reading(url, primair=url) as ledger, pytest.raises(Incorrect) as refused:
        ledger.execute_batch([effort("T1", 15), made(StartZorg, toewijzing="T1")])

    assert refused.value.field == "grootboek"
    assert "only read" in refused.value.allowed
    assert rows(url) == before


def test_testing_a_command_records_nothing_and_gives_the_answer(url: str) -> None:
    command = effort("T1", 15)
    with reading(url, leeslog=Kept()) as ledger:
        found = ledger.toets(command)
    with opened(url) as ledger:
        assert ledger.toets(command) == found


def test_nothing_of_a_person_is_told_where_it_cannot_be_logged(url: str) -> None:
    with reading(url) as ledger:
        with pytest.raises(Incorrect) as refused:
            ledger.stand(jeugdige="kind-1")
        assert refused.value.field == "leeslog"
        assert ledger.verify() == ledger.positie == len(list(ledger.lees()))


def test_what_is_read_is_logged_at_the_primary(url: str) -> None:
    with reading(url, primair=url) as ledger:
        ledger.stand(jeugdige="kind-1")
        found = ledger.gelezen(jeugdige="kind-1").regels

    assert [one.vraag for one in found] == ["stand"]


def test_what_is_read_is_logged_in_a_log_of_the_hosts_own(url: str) -> None:
    kept = Kept()
    with reading(url, leeslog=kept) as ledger:
        ledger.stand(jeugdige="kind-1")
        with pytest.raises(Incorrect):
            ledger.stand(jeugdige="kind-2")

    assert [(one.vraag, one.toegekend, one.lezer) for one in kept.lines] == [("stand", True, None)]
    assert kept.lines[0].betrokkene.startswith("jeugdige/")


def test_what_the_log_of_a_host_cannot_keep_is_not_told(url: str) -> None:
    class Full:
        def noteer(self, regels: Sequence[Inzage]) -> None:
            raise Onbeschikbaar("full")

    with reading(url, leeslog=Full()) as ledger, pytest.raises(Onbeschikbaar):
        ledger.stand(jeugdige="kind-1")


def test_tables_of_ones_own_stay_and_are_folded_anew(url: str, tmp_path: Path) -> None:
    file = tmp_path / "standen.db"
    for _ in range(2):
        with reading(url, leeslog=Kept(), standen=file) as ledger:
            stand = ledger.stand(toewijzing="T1")
            assert ledger.achterstand().standen == ledger.positie
    with reading(url, leeslog=Kept(), standen=file) as ledger:
        assert ledger.rebuild().positie == ledger.positie
        assert ledger.stand(toewijzing="T1") == stand


def test_tables_folded_from_lines_that_are_gone_are_folded_anew(url: str, tmp_path: Path) -> None:
    file = tmp_path / "standen.db"
    with reading(url, leeslog=Kept(), standen=file) as ledger:
        ledger.stand(toewijzing="T1")
    engine = make_engine(f"sqlite:///{file}")
    with engine.begin() as tables:
        tables.execute(text("UPDATE folded_from SET position = 4, hash = x'00'"))
        tables.execute(text("UPDATE projection_positions SET position = 4"))
        tables.execute(text("UPDATE saldo SET status = 'geweigerd'"))
    engine.dispose()

    with reading(url, leeslog=Kept(), standen=file) as ledger:
        found = everything(ledger)
    with opened(url) as ledger:
        assert everything(ledger) == found


@pytest.mark.parametrize(
    "older",
    [
        "ALTER TABLE saldo DROP COLUMN verdeling",
        "ALTER TABLE folded_from DROP COLUMN hash",
        "ALTER TABLE folded_from DROP COLUMN id",
    ],
)
def test_tables_of_an_older_shape_are_made_anew(url: str, tmp_path: Path, older: str) -> None:
    file = tmp_path / "standen.db"
    with reading(url, leeslog=Kept(), standen=file) as ledger:
        before = everything(ledger)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(older)
    with reading(url, leeslog=Kept(), standen=file) as ledger:
        assert everything(ledger) == before
        assert ledger.achterstand().standen == ledger.positie


def test_tables_of_an_older_shape_that_are_not_ours_stay(sqlite_url: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'other.db'}"
    for one in (sqlite_url, other):
        with opened(one) as ledger:
            ledger.execute(introduced())
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ALTER TABLE saldo DROP COLUMN verdeling")
        with reading(sqlite_url, leeslog=Kept(), standen=file) as ledger:
            with pytest.raises(Incorrect) as no:
                ledger.stand(toewijzing="T1")
            assert no.value.field == "standen"
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        assert {"saldo", "ledgers"} <= {name for (name,) in tables} - {"folded_from"}


def test_the_tables_of_a_database_that_is_only_read_are_not_made_anew(url: str) -> None:
    with reading(url) as ledger, pytest.raises(Incorrect) as refused:
        ledger.rebuild()

    assert refused.value.field == "standen"


def test_tables_of_another_grootboek_are_refused(url: str, tmp_path: Path, sqlite_url: str) -> None:
    file = tmp_path / "standen.db"
    with reading(url, leeslog=Kept(), standen=file) as ledger:
        ledger.stand(toewijzing="T1")
    other = f"sqlite:///{tmp_path / 'other.db'}"
    with opened(other) as ledger:
        ledger.execute(introduced())
    with reading(other, leeslog=Kept(), standen=file) as ledger, pytest.raises(Incorrect) as no:
        ledger.werklijst().__next__()

    assert no.value.field == "standen"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"grootboek": "elders"}, "grootboek"),
        ({"sleutel": bytes(31)}, "sleutel"),
        ({"standen": "/no/such/folder/file"}, "standen"),
    ],
)
def test_what_is_wrong_is_named_at_opening(url: str, wrong: dict[str, Any], field: str) -> None:
    asked = {"grootboek": "gemeente", "sleutel": KEY, **wrong}
    with pytest.raises(Incorrect) as refused, open_alleen_lezen(url, **asked):
        pass

    assert refused.value.field == field


def test_another_key_is_named_when_the_vault_is_first_asked(url: str) -> None:
    with open_alleen_lezen(url, grootboek="gemeente", sleutel=bytes(32), leeslog=Kept()) as ledger:
        assert ledger.verify() == ledger.positie
        with pytest.raises(Incorrect) as refused:
            ledger.stand(jeugdige="kind-1")
        assert refused.value.field == "sleutel"


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    file = tmp_path / "niets.db"
    for missing in (f"sqlite:///{file}", "sqlite://"):
        with pytest.raises(Incorrect) as refused, reading(missing):
            pass
        assert refused.value.field == "url"
    assert list(tmp_path.iterdir()) == []


def test_a_primary_that_is_another_database_is_refused(url: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'other.db'}"
    with opened(other):
        pass
    with reading(url, primair=other) as ledger:
        for asked in (ledger.achterstand, lambda: ledger.stand(jeugdige="kind-1")):
            with pytest.raises(Incorrect) as refused:
                asked()
            assert refused.value.field == "primair"


def test_a_sqlite_file_that_may_not_be_written_is_read(sqlite_url: str) -> None:
    with opened(sqlite_url) as ledger:
        ledger.execute(introduced())
        ledger.execute(granted())
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    before = file.read_bytes()
    file.chmod(0o444)

    with reading(sqlite_url, leeslog=Kept()) as ledger:
        found = ledger.achterstand()
        assert ledger.stand(toewijzing="T1").jeugdige == "kind-1"

    assert file.read_bytes() == before
    assert (found.replica, found.verbonden, found.vertraging.total_seconds()) == (False, None, 0)
    assert found.hoofd is None
    assert found.vastleggingen is None


@pytest.mark.postgresql
def test_a_role_that_may_only_select_reads_everything(postgresql_url: str) -> None:
    with opened(postgresql_url) as ledger:
        ledger.execute(introduced())
        ledger.execute(granted())
    engine = make_engine(postgresql_url)
    role = "rekenschap_reader_" + str(make_url(postgresql_url).query["options"])[-12:]
    with engine.begin() as connection:
        schema = connection.execute(text("SELECT current_schema()")).scalar()
        connection.execute(text(f"CREATE ROLE {role} LOGIN"))
        connection.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO {role}"))
        connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}"))
    try:
        theirs = make_url(postgresql_url).set(username=role).render_as_string(hide_password=False)
        with reading(theirs, primair=postgresql_url) as ledger:
            assert ledger.stand(toewijzing="T1").jeugdige == "kind-1"
            assert ledger.achterstand().vastleggingen == 0
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP OWNED BY {role}"))
            connection.execute(text(f"DROP ROLE {role}"))
        engine.dispose()
