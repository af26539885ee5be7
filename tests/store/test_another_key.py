"""Is a grootboek under another key the same one, and does the old key open nothing any more?"""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from tests.application.care import KEY, accepted, effort, granted, introduced, made, started

from rekenschap.application import (
    Actor,
    Broken,
    Incorrect,
    LegJeugdigeVast,
    Onbeschikbaar,
    Rekenschap,
    WisGegevens,
)
from rekenschap.infrastructure import hersleutelen, open_grootboek
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
        lambda it: it.stand(toewijzing="T1"),
        lambda it: it.spoor(toewijzing="T1"),
    ],
    ids=["stand of a youth", "execute", "toets", "stand", "spoor"],
)
def test_who_was_open_all_along_is_refused_where_the_vault_is_needed(
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


def test_a_key_that_leaked_with_an_old_copy_opens_nothing_of_now(database_url: str) -> None:
    filled(database_url)
    before = secrets_of(database_url, KEY)
    old_values = values(database_url)
    hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=NEW)
    after = secrets_of(database_url, NEW)

    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())
    assert [one.commitment for one in values(database_url)] == [v.commitment for v in old_values]
    assert not {one.sealed for one in values(database_url)} & {v.sealed for v in old_values}
    with opened(database_url, NEW) as ledger, ledger._store.reading() as unit:
        (one,) = old_values
        assert unit.vault.reveal(bytes(one.commitment).hex()) == "2012-05-17"


def secrets_of(url: str, key: bytes) -> dict[str, bytes]:
    """The key of every person, opened with the key of the vault."""
    with opened(url, key) as ledger, ledger._store.reading() as unit:
        vault, persons = unit.vault, text("SELECT * FROM vault_persons")
        return {
            row.reference: vault.opened(row.reference, row.lookup, row.wrapped_key, row.host_id)[0]
            for row in unit.connection.execute(persons)
        }


def values(url: str) -> list[Any]:
    engine = make_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT * FROM vault_values ORDER BY commitment")).all()
    engine.dispose()
    return list(found)


def test_a_value_that_does_not_open_changes_nothing(database_url: str) -> None:
    filled(database_url)
    engine = make_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE vault_values SET sealed = commitment"))
    engine.dispose()
    with pytest.raises(Broken, match="the value behind commitment"):
        hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=NEW)
    with opened(database_url) as ledger:
        assert ledger.stand(jeugdige="kind-1").toewijzingen


def test_who_is_told_meanwhile_is_made_with_the_key_of_then(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question makes who asks it in the vault, and does not take the lock of the grootboek."""
    filled(database_url)
    asked, done = list[object](), threading.Event()
    looked = hersleutelen._opened

    def ask(ledger: Rekenschap) -> None:
        try:
            reader = ledger.namens(Actor("nieuwe-lezer", "gemeente"))
            asked.append(reader.stand(jeugdige="kind-1"))
        except (Incorrect, Onbeschikbaar) as error:
            asked.append(error)
        done.set()

    with opened(database_url) as ledger:
        thread = threading.Thread(target=ask, args=(ledger,))

        def and_then_somebody_asks(*args: Any) -> int:
            found = looked(*args)
            thread.start()
            assert not done.wait(0.5)  # it waits, or is refused later
            return found

        monkeypatch.setattr(hersleutelen, "_opened", and_then_somebody_asks)
        hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=NEW)
        thread.join(60)
    monkeypatch.undo()

    assert isinstance(asked[0], Incorrect), asked
    with opened(database_url, NEW) as ledger:
        assert ledger.gelezen(jeugdige="kind-1").regels is not None
    assert hersleutel(database_url, grootboek=GROOTBOEK, sleutel=NEW, nieuw=KEY) >= 2


def test_nothing_of_the_old_key_stays_in_the_file(sqlite_url: str) -> None:
    filled(sqlite_url)
    engine = make_engine(sqlite_url)
    with engine.connect() as connection:  # somebody has it open, and reads nothing
        wrapped = connection.execute(text("SELECT wrapped_key FROM vault_persons")).scalars().all()
        connection.rollback()
        hersleutel(sqlite_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=NEW)
        path = Path(sqlite_url.removeprefix("sqlite:///"))
        there = b"".join(one.read_bytes() for one in (path, path.with_name(path.name + "-wal")))
    engine.dispose()
    assert wrapped
    assert [one for one in wrapped if one in there] == []


def test_once_more_says_that_it_is_under_that_key(database_url: str) -> None:
    """The answer to the first may have been lost."""
    filled(database_url)
    hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=NEW)
    with pytest.raises(Incorrect, match="the vault is under this one already"):
        hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=NEW)


def test_a_new_key_that_is_none_is_named(database_url: str, tmp_path: Path) -> None:
    filled(database_url)
    short = tmp_path / "kort.sleutel"
    short.write_bytes(b"x" * 31)
    for nieuw in (b"x" * 31, short, tmp_path / "nergens" / "een.sleutel"):
        with pytest.raises(Incorrect) as caught:
            hersleutel(database_url, grootboek=GROOTBOEK, sleutel=KEY, nieuw=nieuw)
        assert caught.value.field == "nieuw"


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
