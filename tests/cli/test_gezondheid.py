"""Does ``rekenschap gezondheid`` say how a ledger is doing, also when that is away?"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ("gezondheid", *arguments))


@pytest.fixture
def database(sqlite_url: str) -> str:
    with open_grootboek(sqlite_url, grootboek="gemeente"):
        pass
    return sqlite_url


def test_every_part_is_a_line_and_the_last_one_is_the_whole(database: str) -> None:
    done = run("-d", database, "-g", "gemeente")

    assert done.exit_code == 0, done.output
    *parts, whole = done.stdout.splitlines()
    assert [line.split()[1] for line in parts] == [
        "opslag", "log", "tabellen", "klok", "sleutel", "controlepunt", "schema",
        "wachters", "schijf", "wal",
    ]  # fmt: skip
    assert whole == "gemeente: ok"


def test_a_machine_gets_one_object(database: str) -> None:
    done = run("-d", database, "-g", "gemeente", "--json")

    told = json.loads(done.stdout)
    assert (done.exit_code, told["gesteldheid"], told["grootboek"]) == (0, "ok", "gemeente")
    assert {one["onderdeel"]: one["waarden"] for one in told["bevindingen"]}["tabellen"] == {
        "positie": 0,
        "achter": 1,
    }


@pytest.mark.parametrize("machine", [(), ("--json",)])
def test_what_is_wrong_is_status_1_and_goes_to_standard_output(
    tmp_path: Path, machine: tuple[str, ...]
) -> None:
    done = run("-d", f"sqlite:///{tmp_path / 'weg.db'}", "-g", "gemeente", *machine)

    assert done.exit_code == 1
    assert "De database is niet te bereiken." in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_away_is_status_1() -> None:
    done = run("-d", "postgresql://postgres@127.0.0.1:1/jeugd", "-g", "gemeente")

    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "gemeente: fout"


def test_a_key_file_that_is_gone_is_a_finding_and_no_new_one_is_made(
    database: str, tmp_path: Path
) -> None:
    (tmp_path / "grootboek.db.sleutel").unlink()
    done = run("-d", database, "-g", "gemeente")

    assert done.exit_code == 1
    assert "sleutelbestand" in done.stdout
    assert not (tmp_path / "grootboek.db.sleutel").exists()


def test_a_checkpoint_kept_elsewhere_is_held_against_the_log(database: str, tmp_path: Path) -> None:
    kept = tmp_path / "punten.txt"
    with open_grootboek(database, grootboek="gemeente") as rekenschap:
        kept.write_text(rekenschap.controlepunt().tekst)
    done = run("-d", database, "-g", "gemeente", "--tegen", str(kept))

    assert done.exit_code == 0
    assert "Het bewaarde controlepunt 1 staat zo in het log" in done.stdout


def test_what_is_no_url_is_status_2() -> None:
    assert run("-d", "mysql://x/y", "-g", "gemeente").exit_code == 2
