"""Is a grootboek the same one in the database it moved to, whatever kind that is?"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from tests.application.care import KEY, accepted, effort, granted, introduced, made, opened, started
from tests.owner import drop_guards

from rekenschap.application import Actor, Broken, Incorrect, LegJeugdigeVast, Onbeschikbaar
from rekenschap.infrastructure import verhuizing
from rekenschap.infrastructure.cli import main
from rekenschap.infrastructure.hersleutelen import hersleutel
from rekenschap.infrastructure.store.engine import make_engine
from rekenschap.infrastructure.verhuizing import verhuis

GROOTBOEK = "gemeente"
UP_TO = date(2025, 12, 31)


@pytest.fixture
def other_url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> str:
    """A database of the other kind; where there is no server, of the same."""
    if database_url.startswith("sqlite"):
        url: str = request.getfixturevalue("postgresql_url")
        return url
    return f"sqlite:///{tmp_path / 'elders.db'}"


def filled(url: str) -> dict[str, Any]:
    """A grootboek with a person in its vault, a refusal and a reading that was logged."""
    with opened(url) as ledger:
        for command in (introduced(), granted("T1", "kind-1"), started("T1")):
            accepted(ledger.execute(command))
        accepted(
            ledger.execute(
                made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=date(2012, 5, 17))
            )
        )
        accepted(ledger.execute(effort("T1", 30, command_id="eerste")))
        ledger.execute(effort("T1", 10**6, command_id="te-veel"))
    return told(url)


def told(url: str) -> dict[str, Any]:
    """What there is to be asked of it, the same wherever it is."""
    with opened(url) as ledger:
        trail = ledger.spoor(jeugdige="kind-1")
        return {
            "head": ledger.verify(),
            "stand": ledger.stand(toewijzing="T1", geldig_op=UP_TO),
            "spoor": trail.regels,
            "punt": ledger.controlepunt(),
            "gelijk": [one.gelijk for one in ledger.reproduceer_alles()],
        }


def test_it_is_the_same_one_and_goes_on_there(database_url: str, other_url: str) -> None:
    before = filled(database_url)

    done = verhuis(database_url, other_url, grootboek=GROOTBOEK)

    assert (done.grootboek, done.regels) == (GROOTBOEK, before["head"])
    assert told(other_url) == before
    assert told(database_url) == before  # the old one is left as it is
    with opened(other_url) as ledger:
        assert ledger.verify(tegen=[before["punt"]]) == before["head"]
        again = ledger.execute(effort("T1", 30, command_id="eerste"))
        assert again.positie <= before["head"]  # it knows what it was asked before
        new = accepted(ledger.execute(effort("T1", 15, command_id="daarna")))
        assert new.positie == before["head"] + 1
        assert ledger.verify() == new.positie


def test_there_and_back_again(database_url: str, other_url: str, tmp_path: Path) -> None:
    before = filled(database_url)
    verhuis(database_url, other_url, grootboek=GROOTBOEK)
    third = f"sqlite:///{tmp_path / 'terug.db'}"

    verhuis(other_url, third, grootboek=GROOTBOEK)

    assert told(third) == before


def test_who_read_what_comes_along(database_url: str, other_url: str) -> None:
    filled(database_url)

    def read(url: str) -> list[Any]:
        with opened(url) as ledger:
            return list(ledger.gelezen(jeugdige="kind-1").regels)

    with opened(database_url) as ledger:
        reader = ledger.namens(Actor("j.jansen", "gemeente"), doel="bezwaar")
        reader.toets(effort("T1", 5))
        reader.stand(jeugdige="kind-1")
    seen = read(database_url)
    verhuis(database_url, other_url, grootboek=GROOTBOEK)

    assert seen
    assert read(other_url)[: len(seen)] == seen


def test_what_is_there_already_is_not_written_over(database_url: str, other_url: str) -> None:
    filled(database_url)
    verhuis(database_url, other_url, grootboek=GROOTBOEK)

    for url in (other_url, database_url):
        with pytest.raises(Incorrect, match="it is there already"):
            verhuis(database_url, url, grootboek=GROOTBOEK)


def test_a_grootboek_that_is_not_there_is_named(database_url: str, other_url: str) -> None:
    filled(database_url)

    with pytest.raises(Incorrect, match="a grootboek of this database: gemeente"):
        verhuis(database_url, other_url, grootboek="elders")


def test_what_does_not_verify_does_not_move(database_url: str, other_url: str) -> None:
    filled(database_url)
    engine = make_engine(database_url)
    with engine.begin() as connection:
        drop_guards(connection)
        connection.execute(text("UPDATE events SET name = 'iets-anders' WHERE position = 3"))
    engine.dispose()

    with pytest.raises(Broken) as caught:
        verhuis(database_url, other_url, grootboek=GROOTBOEK)

    assert caught.value.position == 3
    assert names(other_url) == []


def test_who_writes_meanwhile_is_not_left_behind(
    database_url: str, other_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(database_url)
    verified = verhuizing._verified

    def and_then_another_writes(*args: Any) -> Any:
        found = verified(*args)
        with opened(database_url) as ledger:
            accepted(ledger.execute(effort("T1", 15, command_id="intussen")))
        return found

    monkeypatch.setattr(verhuizing, "_verified", and_then_another_writes)
    with pytest.raises(Onbeschikbaar, match="used while it moved"):
        verhuis(database_url, other_url, grootboek=GROOTBOEK)
    monkeypatch.undo()

    assert names(other_url) == []
    assert verhuis(database_url, other_url, grootboek=GROOTBOEK).regels > 0


def test_who_reads_meanwhile_is_not_left_behind(
    database_url: str, other_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(database_url)
    verified = verhuizing._verified

    def and_then_another_reads(*args: Any) -> Any:
        found = verified(*args)
        with opened(database_url) as ledger:
            assert ledger.spoor(jeugdige="kind-1").regels
        return found

    monkeypatch.setattr(verhuizing, "_verified", and_then_another_reads)
    with pytest.raises(Onbeschikbaar, match="used while it moved"):
        verhuis(database_url, other_url, grootboek=GROOTBOEK)

    assert names(other_url) == []


def test_a_key_that_is_replaced_meanwhile_is_not_left_behind(
    database_url: str, other_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(database_url)
    verified, another = verhuizing._verified, bytes(range(100, 132))

    def and_then_the_key_is_replaced(*args: Any) -> Any:
        found = verified(*args)
        hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=another)
        return found

    monkeypatch.setattr(verhuizing, "_verified", and_then_the_key_is_replaced)
    with pytest.raises(Onbeschikbaar, match="used while it moved"):
        verhuis(database_url, other_url, grootboek=GROOTBOEK)

    assert names(other_url) == []


@pytest.mark.parametrize("naar", ["sqlite://", "sqlite:///:memory:"])
def test_what_does_not_stay_is_no_place_to_go(database_url: str, naar: str) -> None:
    filled(database_url)

    with pytest.raises(Incorrect, match="a database that stays"):
        verhuis(database_url, naar, grootboek=GROOTBOEK)


def test_a_misspelt_name_makes_no_file(sqlite_url: str, tmp_path: Path) -> None:
    filled(sqlite_url)
    target = tmp_path / "nieuw.db"

    with pytest.raises(Incorrect, match="a grootboek of this database: gemeente"):
        verhuis(sqlite_url, f"sqlite:///{target}", grootboek="gemente")
    assert not target.exists()


def test_what_is_no_longer_of_its_type_is_named_by_its_position(
    sqlite_url: str, postgresql_url: str
) -> None:
    filled(sqlite_url)
    engine = make_engine(sqlite_url)
    with engine.begin() as connection:
        drop_guards(connection)
        connection.execute(text("UPDATE events SET payload = 'tekst' WHERE position = 2"))
    engine.dispose()

    with pytest.raises(Broken) as caught:
        verhuis(sqlite_url, postgresql_url, grootboek=GROOTBOEK)

    assert caught.value.position == 2


def test_progress_is_told(
    database_url: str, other_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = filled(database_url)["head"]
    monkeypatch.setattr(verhuizing, "_AT_ONCE", 2)
    seen: list[tuple[int, int]] = []

    verhuis(
        database_url,
        other_url,
        grootboek=GROOTBOEK,
        voortgang=lambda count, of: seen.append((count, of)),
    )

    assert seen[-1] == (before, before)
    assert len(seen) == -(-before // 2)


def test_on_the_command_line(database_url: str, other_url: str) -> None:
    head = filled(database_url)["head"]
    asked = ["verhuis", "-d", database_url, "-g", GROOTBOEK, "--naar", other_url]

    first, second = (CliRunner().invoke(main, asked) for _ in range(2))

    assert first.exit_code == 0, first.output
    assert f"gemeente: {head} regels staan in de nieuwe database, en ze kloppen." in first.stdout
    assert second.exit_code == 2
    assert "een database waar dit grootboek nog niet in staat" in second.stderr


def names(url: str) -> list[str]:
    engine = make_engine(url)
    with engine.connect() as connection:
        found = [row[0] for row in connection.execute(text("SELECT name FROM ledgers"))]
    engine.dispose()
    return found
