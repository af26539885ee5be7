"""Does the server itself hold each role to what it may do, and each connection to one ledger?"""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from attrs import frozen
from click.testing import CliRunner
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import make_url
from tests.application.care import (
    DAY,
    GEMEENTE,
    KEY,
    effort,
    granted,
    introduced,
    made,
    opened,
    started,
)
from tests.docs.pages import ROOT, blocks_of
from tests.migrations.shape import all_tables, plain
from tests.store.writer_process import no_vault

from rekenschap.application import (
    Actor,
    Fase,
    Gesteldheid,
    Incorrect,
    Onbeschikbaar,
    Voortgang,
    WisGegevens,
)
from rekenschap.infrastructure import open_alleen_lezen
from rekenschap.infrastructure.cli import main
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.health import examined_at
from rekenschap.infrastructure.migrations.ready import create_schema
from rekenschap.infrastructure.roles import TABLES, Rollen, make_roles
from rekenschap.infrastructure.store.engine import make_engine
from rekenschap.infrastructure.store.store import SqlStore
from rekenschap.projections.claiming import Claim

pytestmark = pytest.mark.postgresql
SECRET = "niet-geheim"


@frozen
class Server:
    """A fresh schema, its roles, and the URL of a user of each."""

    url: str
    rollen: Rollen
    schrijver: str
    lezer: str

    def grant(self, **choices: bool) -> None:
        engine = make_engine(self.url)
        try:
            make_roles(engine, self.rollen, **choices)
        finally:
            engine.dispose()

    def as_user(self, url: str, grootboek: str | None = None) -> Any:
        connection = plain(url)
        if grootboek is not None:
            connection.execute("SELECT set_config('rekenschap.grootboek', %s, false)", (grootboek,))
        return connection


@pytest.fixture
def server(postgresql_url: str) -> Iterator[Server]:
    """Roles are of the whole server: these have names of their own, and are dropped again."""
    token = uuid4().hex[:12]
    rollen = Rollen(f"schrijver_{token}", f"lezer_{token}")
    engine = make_engine(postgresql_url)
    create_schema(engine)
    engine.dispose()
    urls = {}
    with plain(postgresql_url) as owner:
        for role in (rollen.schrijver, rollen.lezer):
            user = f"u_{role}"
            owner.execute(f"CREATE ROLE {role} NOLOGIN")
            owner.execute(f"CREATE ROLE {user} LOGIN PASSWORD '{SECRET}' IN ROLE {role}")
            url = make_url(postgresql_url).set(username=user, password=SECRET)
            urls[role] = url.render_as_string(hide_password=False)
    made = Server(postgresql_url, rollen, urls[rollen.schrijver], urls[rollen.lezer])
    made.grant()
    yield made
    with plain(postgresql_url) as owner:
        for role in (rollen.schrijver, rollen.lezer):
            owner.execute(f"DROP OWNED BY {role}")
            owner.execute(f"DROP ROLE u_{role}, {role}")


def played(server: Server, grootboek: str, jeugdige: str = "kind-1") -> None:
    """A short life, as a service whose user only may what the role that writes may."""
    with opened(server.schrijver, grootboek) as rekenschap:
        for command in (introduced(), granted("T1", jeugdige), started("T1"), effort("T1", 60)):
            assert rekenschap.execute(command).uitkomst.erkend


def refused(connection: Any, statement: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        connection.execute(statement)


def test_a_service_needs_no_more_than_the_role_that_writes(server: Server) -> None:
    played(server, "twente")
    with opened(server.schrijver, "twente") as rekenschap:
        assert rekenschap.stand(toewijzing="T1").verbruikt == 60
        assert rekenschap.namens(GEMEENTE, doel="toets").werklijst(op=DAY) is not None
        rekenschap.rebuild()
        erased = made(
            WisGegevens,
            jeugdige="kind-1",
            grond="verzoek_betrokkene",
            actor=Actor("b.beheer", "beheerder"),
        )
        assert rekenschap.execute(erased).uitkomst.erkend
        assert rekenschap.verify() == rekenschap.positie == 6
        assert rekenschap.controlepunt().omvang == 6


def test_the_server_refuses_whoever_writes_to_alter_what_is_recorded(server: Server) -> None:
    played(server, "twente")
    with server.as_user(server.schrijver, "twente") as connection:
        for table in ("events", "event_references"):
            for statement in (
                f"UPDATE {table} SET position = 9",
                f"DELETE FROM {table}",
                f"TRUNCATE {table}",
                f"DROP TABLE {table}",
                f"ALTER TABLE {table} ADD COLUMN more TEXT",
                f"ALTER TABLE {table} DISABLE TRIGGER ALL",
                f"DROP TRIGGER {table}_append_only ON {table}",
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            ):
                refused(connection, statement)
        for statement in (
            "DELETE FROM commands",
            "UPDATE commands SET first_position = 1",
            "DELETE FROM ledgers",
            "UPDATE ledgers SET name = 'elders'",
            "DELETE FROM vault_reads",
            "UPDATE vault_reads SET granted = false",
            "UPDATE vault_values SET sealed = sealed",
            "UPDATE rekenschap_schema SET version_num = '9999'",
            "DROP FUNCTION rekenschap_append_only CASCADE",
            "CREATE TABLE more (number INTEGER)",
        ):
            refused(connection, statement)


def test_whoever_reads_sees_the_log_and_the_balances_and_writes_nothing(server: Server) -> None:
    played(server, "twente")
    with opened(server.schrijver, "twente") as rekenschap:
        rekenschap.stand(toewijzing="T1")
    engine = make_engine(server.lezer, "twente")
    store = SqlStore(engine, "twente", clock=SystemClock(), vault_factory=no_vault)
    assert store.verify() == 5
    engine.dispose()
    with server.as_user(server.lezer, "twente") as connection:
        assert connection.execute("SELECT DISTINCT toewijzing FROM saldo").fetchall() == [("T1",)]
        for table in TABLES:
            refused(connection, f"INSERT INTO {table} SELECT * FROM {table}")
            refused(connection, f"DELETE FROM {table}")
            if table.startswith("vault_"):
                refused(connection, f"SELECT ledger FROM {table}")
    server.grant(kluis=True)
    with server.as_user(server.lezer, "twente") as connection:
        assert connection.execute("SELECT count(*) FROM vault_persons").fetchone()[0] > 0
        refused(connection, "DELETE FROM vault_persons")


def test_the_health_is_seen_by_either_role_also_without_the_vault(server: Server) -> None:
    for name in ("twente", "elders"):
        played(server, name)
    for user, key, words in (
        (server.schrijver, KEY, "De sleutel past op de kluis."),
        (server.lezer, None, "De kluis is voor deze gebruiker van de database niet te zien."),
    ):
        found = examined_at(user, "twente", key)
        assert found.gesteldheid is Gesteldheid.OK, found
        assert found["log"].waarden["positie"] == 5
        assert found["sleutel"].zin == words
    unsure = examined_at(server.lezer, "twente", KEY)["sleutel"]
    assert unsure.gesteldheid is Gesteldheid.WAARSCHUWING
    with opened(server.schrijver, "twente") as rekenschap:
        assert rekenschap.gezondheid().gesteldheid is Gesteldheid.OK


def test_the_query_of_the_page_tells_the_balances_of_the_set_that_is_read(server: Server) -> None:
    def dies(progress: Voortgang) -> None:
        if progress.fase is Fase.VERGELIJKEN:
            raise KeyboardInterrupt

    def asked() -> list[Any]:
        (sql,) = (one.text for one in blocks_of(ROOT / "docs/roles.md") if one.language == "sql")
        with server.as_user(server.lezer) as connection:
            told = connection.execute(sql)
            assert told.nextset()  # after the setting
            return sorted(told.fetchall())

    with opened(server.url, "twente") as rekenschap:
        rekenschap.execute_batch([introduced(), granted(), started(), effort("T1", 60)])
        rekenschap.stand(toewijzing="T1")
        before = asked()
        with patch.object(Claim, "release"), pytest.raises(KeyboardInterrupt):
            rekenschap.rebuild(dies)
    assert before
    assert asked() == before


def test_a_user_that_only_reads_cannot_open_a_grootboek_and_is_told_so(server: Server) -> None:
    played(server, "twente")
    with (
        pytest.raises(Onbeschikbaar, match=r"may not do this \(permission denied for table"),
        opened(server.lezer, "twente"),
    ):
        pass


def test_a_reader_without_the_vault_reads_what_is_of_nobody(server: Server) -> None:
    played(server, "twente")
    with open_alleen_lezen(server.lezer, grootboek="twente") as ledger:
        assert ledger.verify() == ledger.positie == len(list(ledger.lees())) == 5
        assert ledger.achterstand().positie == ledger.controlepunt().omvang == 5
        with pytest.raises(Incorrect) as missing:
            ledger.stand(toewijzing="T1")
        assert missing.value.field == "sleutel"
    with open_alleen_lezen(server.lezer, grootboek="twente", sleutel=KEY) as ledger:
        with pytest.raises(Onbeschikbaar, match="permission denied for table vault"):
            ledger.stand(toewijzing="T1")
        assert ledger.verify() == 5


def test_a_reader_with_the_vault_asks_where_it_is_logged(server: Server) -> None:
    played(server, "twente")
    server.grant(kluis=True)
    asked = {"grootboek": "twente", "sleutel": KEY}
    with open_alleen_lezen(server.lezer, **asked) as ledger:
        with pytest.raises(Incorrect) as unlogged:
            ledger.stand(toewijzing="T1")
        assert unlogged.value.field == "leeslog"
    with open_alleen_lezen(server.lezer, primair=server.schrijver, **asked) as ledger:
        assert ledger.stand(toewijzing="T1").verbruikt == 60


def test_the_command_line_only_reads_for_a_user_who_only_may(server: Server) -> None:
    played(server, "twente")
    for command in ("verify", "achterstand"):
        done = CliRunner().invoke(main, [command, "-d", server.lezer, "-g", "twente"])
        assert done.exit_code == 0, done.output
    misspelt = CliRunner().invoke(main, ["verify", "-d", server.lezer, "-g", "nergens"])
    assert misspelt.exit_code == 2


@pytest.mark.parametrize("user", ["schrijver", "lezer"])
def test_a_connection_for_one_grootboek_reaches_no_row_of_another(
    server: Server, user: str
) -> None:
    played(server, "twente")
    played(server, "lopik", "kind-2")
    for name in ("twente", "lopik"):
        with opened(server.schrijver, name) as rekenschap:
            rekenschap.stand(toewijzing="T1")
    server.grant(kluis=True)
    with plain(server.url) as owner:
        keys = dict(owner.execute("SELECT name, ledger FROM ledgers").fetchall())
        ids = dict(owner.execute("SELECT name, id FROM ledgers").fetchall())
    with server.as_user(getattr(server, user)) as connection:
        for table in TABLES:
            counted = f"SELECT count(*) FROM {table}"
            assert connection.execute(counted).fetchone()[0] == 0, "it did not say for which"
        for name in ("twente", "lopik", "nergens"):
            set_to = "SELECT set_config('rekenschap.grootboek', %s, false)"
            connection.execute(set_to, (name,))
            for table in TABLES:
                mine = ids if table.startswith("vault_") else keys
                found = connection.execute(f"SELECT DISTINCT ledger FROM {table}").fetchall()
                assert {key for (key,) in found} <= {mine.get(name)}, table
            events = connection.execute("SELECT count(*) FROM events").fetchone()[0]
            assert events == (0 if name == "nergens" else 5)


def test_nothing_is_written_in_another_grootboek_either(server: Server) -> None:
    played(server, "twente")
    played(server, "lopik")
    with plain(server.url) as owner:
        ((key,),) = owner.execute("SELECT ledger FROM ledgers WHERE name = 'lopik'").fetchall()
    with server.as_user(server.schrijver, "twente") as connection:
        moved = connection.execute(f"UPDATE ledgers SET position = 99 WHERE ledger = {key}")
        assert moved.rowcount == 0
        emptied = connection.execute(f"DELETE FROM spoor WHERE ledger = {key}")
        assert emptied.rowcount == 0
        for statement in (
            f"INSERT INTO event_references VALUES ({key}, 'toewijzing/T1', 6)",
            f"INSERT INTO commands VALUES ({key}, 'c', '', 6, 6)",
            f"INSERT INTO projection_positions VALUES ({key}, 6)",
            "INSERT INTO ledgers (id, name, position, hash) VALUES ('x', 'derde', 0, '')",
        ):
            refused(connection, statement)
    with opened(server.url, "lopik") as rekenschap:
        assert rekenschap.verify() == 5


def test_without_the_guard_on_rows_a_reader_sees_every_grootboek(server: Server) -> None:
    played(server, "twente")
    played(server, "lopik")
    server.grant(rijbeveiliging=False)
    with server.as_user(server.lezer) as connection:
        names = connection.execute("SELECT name FROM ledgers ORDER BY name").fetchall()
        assert names == [("lopik",), ("twente",)]
    server.grant()
    with server.as_user(server.lezer) as connection:
        assert connection.execute("SELECT name FROM ledgers").fetchall() == []


def test_making_the_roles_again_takes_away_what_they_do_not_need(server: Server) -> None:
    def rights() -> list[Any]:
        with plain(server.url) as owner:
            asked = """SELECT c.relname, c.relacl::text[], a.attname, a.attacl::text[]
                FROM pg_class c LEFT JOIN pg_attribute a
                ON a.attrelid = c.oid AND a.attacl IS NOT NULL
                WHERE c.relnamespace = current_schema()::regnamespace ORDER BY 1, 3"""
            rows = owner.execute(asked).fetchall()
        return [(one, sorted(acl or ()), name, sorted(of or ())) for one, acl, name, of in rows]

    before = rights()
    server.grant()
    assert rights() == before
    with plain(server.url) as owner:
        owner.execute(f"GRANT ALL ON events, saldo TO {server.rollen.lezer}")
        owner.execute(f"GRANT UPDATE (name) ON ledgers TO {server.rollen.schrijver}")
    assert rights() != before
    server.grant()
    assert rights() == before


def test_every_table_has_its_rights_and_its_guard(server: Server) -> None:
    assert set(TABLES) == set(all_tables().tables)
    with plain(server.url) as owner:
        guarded = owner.execute("""SELECT relname FROM pg_class WHERE relrowsecurity
            AND relnamespace = current_schema()::regnamespace""").fetchall()
    assert {name for (name,) in guarded} == set(TABLES)


@pytest.mark.parametrize(
    ("schrijver", "lezer", "field"),
    [
        ("Schrijver", "l", "schrijver"),
        ("s; DROP TABLE events", "l", "schrijver"),
        ("s", "", "lezer"),
        ("s", "x" * 64, "lezer"),
        ("s", "pg_read_all_data", "lezer"),
        ("s", "s", "lezer"),
    ],
)
def test_a_name_that_is_no_role_is_refused(schrijver: str, lezer: str, field: str) -> None:
    with pytest.raises(Incorrect) as caught:
        Rollen(schrijver, lezer)
    assert caught.value.field == field
    Rollen("s", "x" * 63)


def test_the_owner_of_the_tables_is_no_role_to_write_with(server: Server) -> None:
    engine = make_engine(server.url)
    with plain(server.url) as owner:
        ((name,),) = owner.execute("SELECT current_user").fetchall()
    with pytest.raises(Incorrect, match="does not own the tables"):
        make_roles(engine, Rollen(name, server.rollen.lezer))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE rekenschap_schema SET version_num = '0001'")
    with pytest.raises(Onbeschikbaar, match="run rekenschap migreer"):
        make_roles(engine, server.rollen)
    engine.dispose()


def test_the_command_says_what_each_role_can_do(server: Server, sqlite_url: str) -> None:
    names = ["--schrijver", server.rollen.schrijver, "--lezer", server.rollen.lezer]
    done = CliRunner().invoke(main, ["rollen", "-d", server.url, *names])

    assert done.exit_code == 0, done.output
    assert f"{server.rollen.schrijver} kan toevoegen" in done.stdout
    assert f"{server.rollen.lezer} kan lezen, niet in de kluis" in done.stdout
    assert "per grootboek staat aan" in done.stdout
    for wrong in (["-d", sqlite_url], ["-d", server.url, "--lezer", "Piet"]):
        told = CliRunner().invoke(main, ["rollen", *wrong])
        assert told.exit_code == 2
        assert "nodig is" in told.stderr


def test_who_writes_is_told_how_its_own_ledger_is_doing(server: Server) -> None:
    played(server, "twente")
    asked = ["gezondheid", "-d", server.schrijver, "-g"]

    with opened(server.schrijver, "twente") as rekenschap:
        assert rekenschap.gezondheid()["opslag"].gesteldheid is Gesteldheid.OK
    assert "database is bereikbaar" in CliRunner().invoke(main, [*asked, "twente"]).output
    assert CliRunner().invoke(main, [*asked, "another"]).exit_code == 1
