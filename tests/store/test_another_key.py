"""Is a grootboek under another key the same one, and does the old key open nothing any more?"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from tests.application.care import KEY, accepted, effort, granted, introduced, made, started

from rekenschap.application import Broken, Incorrect, LegJeugdigeVast, Rekenschap, WisGegevens
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.cli import main
from rekenschap.infrastructure.hersleutelen import hersleutel
from rekenschap.infrastructure.store.engine import make_engine

GROOTBOEK = "gemeente"
NEW = bytes(range(100, 132))
UP_TO = date(2025, 12, 31)


def opened(url: str, key: Any = KEY, grootboek: str = GROOTBOEK) -> Any:
    return open_grootboek(url, grootboek=grootboek, sleutel=key)


def filled(url: str) -> dict[str, Any]:
    with opened(url) as ledger:
        for command in (introduced(), granted("T1", "kind-1"), started("T1")):
            accepted(ledger.execute(command))
        born = made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=date(2012, 5, 17))
        accepted(ledger.execute(born))
        return told(ledger)


def told(ledger: Rekenschap) -> dict[str, Any]:
    return {
        "head": ledger.verify(),
        "stand": ledger.stand(jeugdige="kind-1", geldig_op=UP_TO),
        "spoor": ledger.spoor(jeugdige="kind-1").regels,
        "punt": ledger.controlepunt(),
        "gelijk": [one.gelijk for one in ledger.reproduceer_alles()],
    }


def persons(url: str) -> int:
    engine = make_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT count(*) FROM vault_persons")).scalar_one()
    engine.dispose()
    return int(found)


def test_everything_is_as_it_was_and_goes_on(database_url: str) -> None:
    before = filled(database_url)

    count = hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=NEW)

    assert count == persons(database_url) >= 2
    with opened(database_url, NEW) as ledger:
        assert told(ledger) == before
        accepted(ledger.execute(effort("T1", 30)))
        accepted(ledger.execute(granted("T2", "kind-2")))
        assert ledger.verify() == before["head"] + 2
    assert persons(database_url) == count + 1  # kind-1 was found again, and not made anew


def test_the_old_key_opens_nothing_any_more(database_url: str) -> None:
    filled(database_url)
    hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=NEW)

    with pytest.raises(Incorrect, match="sleutel"), opened(database_url):
        pass
    with pytest.raises(Incorrect, match="sleutel"):
        hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=bytes(32))


def test_there_and_back(database_url: str) -> None:
    before = filled(database_url)
    hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=NEW)
    hersleutel(database_url, grootboek=GROOTBOEK, sleutel=NEW, nieuw=KEY)

    with opened(database_url) as ledger:
        assert told(ledger) == before


def test_an_erased_person_stays_erased_and_another_can_be_erased(database_url: str) -> None:
    filled(database_url)
    with opened(database_url) as ledger:
        accepted(ledger.execute(granted("T2", "kind-2")))
        erase = made(WisGegevens, jeugdige="kind-2", grond="verzoek_betrokkene")
        accepted(ledger.execute(erase))
    hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=NEW)

    with opened(database_url, NEW) as ledger:
        accepted(ledger.execute(made(WisGegevens, jeugdige="kind-1", grond="verzoek_betrokkene")))
        assert ledger.verify() == ledger.positie


def test_another_grootboek_of_the_same_database_keeps_its_key(database_url: str) -> None:
    filled(database_url)
    with opened(database_url, grootboek="buren") as other:
        accepted(other.execute(introduced()))
        accepted(other.execute(granted("T9", "kind-9")))

    hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=NEW)

    with opened(database_url, grootboek="buren") as other:
        accepted(other.execute(started("T9")))


@pytest.mark.parametrize(
    "ask",
    [
        lambda it: it.stand(jeugdige="kind-1"),
        lambda it: it.execute(granted("T2", "kind-2")),
        lambda it: it.toets(granted("T2", "kind-2")),
    ],
    ids=["stand", "execute", "toets"],
)
def test_who_was_open_all_along_is_refused_at_whom_it_does_not_know(
    database_url: str, ask: Callable[[Rekenschap], object]
) -> None:
    filled(database_url)
    with opened(database_url) as ledger:
        hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=NEW)
        before = persons(database_url)
        with pytest.raises(Incorrect, match="sleutel"):
            ask(ledger)
    assert persons(database_url) == before


def test_nothing_changes_when_something_does_not_open(database_url: str) -> None:
    filled(database_url)
    engine = make_engine(database_url)
    with engine.begin() as connection:
        last = "(SELECT max(reference) FROM vault_persons)"
        connection.execute(
            text(f"UPDATE vault_persons SET wrapped_key = host_id WHERE reference = {last}")
        )
        before = connection.execute(text("SELECT * FROM vault_persons ORDER BY reference")).all()
    with pytest.raises(Broken):
        hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=NEW)
    with engine.begin() as connection:
        after = connection.execute(text("SELECT * FROM vault_persons ORDER BY reference")).all()
    engine.dispose()
    assert after == before


def test_more_persons_than_are_taken_at_once(sqlite_url: str) -> None:
    filled(sqlite_url)
    with opened(sqlite_url) as ledger:
        ledger.execute_batch([granted(f"T-{n}", f"kind-{n}") for n in range(10, 1110)])

    assert hersleutel(sqlite_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=NEW) > 1100
    with opened(sqlite_url, NEW) as ledger:
        assert ledger.stand(jeugdige="kind-1109").toewijzingen


def test_the_same_key_is_none_and_a_name_must_be_there(database_url: str) -> None:
    filled(database_url)
    with pytest.raises(Incorrect, match="nieuw"):
        hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=KEY)
    with pytest.raises(Incorrect, match="a grootboek of this database: gemeente"):
        hersleutel(database_url, grootboek="gemente", sleutel=KEY, nieuw=NEW)


def test_on_the_command_line_the_new_file_is_made(sqlite_url: str, tmp_path: Path) -> None:
    old, new = tmp_path / "oud.sleutel", tmp_path / "nieuw.sleutel"
    old.write_bytes(KEY)
    filled(sqlite_url)
    asked = ["hersleutel", "-d", sqlite_url, "-g", GROOTBOEK, "-s", str(old), "--nieuw", str(new)]

    first, second = (CliRunner().invoke(main, asked) for _ in range(2))

    assert first.exit_code == 0, first.output
    assert "personen is nu van de nieuwe sleutel" in first.stdout
    assert new.stat().st_mode & 0o777 == 0o600
    assert second.exit_code == 2  # the old key is no longer its key
    with opened(sqlite_url, new) as ledger:
        assert ledger.verify() > 0
