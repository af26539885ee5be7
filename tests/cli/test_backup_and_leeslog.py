"""Do the commands for copies and for the reading log say what happened, and what to mind?"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from rekenschap.application import Actor, LegJeugdigeVast, WisGegevens
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.cli import main

ME = Actor("jurist-1", "gemeente", "college")
BY: dict[str, Any] = {"actor": Actor("j.jansen", "gemeente"), "datum": date(2026, 1, 5)}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def database(sqlite_url: str, tmp_path: Path) -> str:
    register = tmp_path / "wissingen.jsonl"
    with open_grootboek(sqlite_url, grootboek="gemeente", wissingen=register) as rekenschap:
        rekenschap.execute(LegJeugdigeVast(command_id="c1", jeugdige="kind-1", **BY))
        rekenschap.execute(LegJeugdigeVast(command_id="c2", jeugdige="kind-2", **BY))
    return sqlite_url


def test_a_copy_is_made_with_its_end_and_a_word_about_the_key(
    database: str, tmp_path: Path
) -> None:
    made = run("backup", "-d", database, "--naar", str(tmp_path / "kopie.db"))

    assert made.exit_code == 0, made.output
    first, last = made.stdout.splitlines()
    assert first.startswith("kop gemeente:3:")
    assert "De sleutel staat er niet in" in last
    again = run("backup", "-d", database, "--naar", str(tmp_path / "kopie.db"))
    assert again.exit_code == 2
    assert "nodig is de naam van een bestand dat er nog niet is" in again.stderr


def test_a_copy_is_put_back_and_whoever_was_erased_is_erased_again(
    database: str, tmp_path: Path
) -> None:
    register, copy = tmp_path / "wissingen.jsonl", tmp_path / "kopie.db"
    head = run("backup", "-d", database, "--naar", str(copy)).stdout.split()[1]
    with open_grootboek(database, grootboek="gemeente", wissingen=register) as rekenschap:
        rekenschap.execute(
            WisGegevens(command_id="c3", jeugdige="kind-1", grond="verzoek_betrokkene", **BY)
        )
    key = str(tmp_path / "grootboek.db.sleutel")
    new = f"sqlite:///{tmp_path / 'terug.db'}"
    common = ("herstel", "--van", str(copy), "-d", new, "-s", key)

    done = run(*common, "--kop", head, "--wissingen", str(register))

    assert done.exit_code == 0, done.output
    assert done.stdout == "gemeente: 3 vastleggingen kloppen; 1 keer opnieuw gewist.\n"
    assert run(*common).exit_code == 2  # it is there now
    other = ("herstel", "--van", str(copy), "-d", f"{new}2", "-s", key)
    assert "Let op: zonder --wissingen" in run(*other).stdout


def test_what_is_wrong_with_a_copy_is_told_in_dutch(database: str, tmp_path: Path) -> None:
    copy, key = tmp_path / "kopie.db", str(tmp_path / "grootboek.db.sleutel")
    run("backup", "-d", database, "--naar", str(copy))
    new = f"sqlite:///{tmp_path / 'terug.db'}"
    common = ("herstel", "--van", str(copy), "-d", new)
    with_key = (*common, "-s", key)
    cases = {
        "het sleutelbestand van deze database": common,
        "de kopie houdt op voor de genoteerde kop": (*with_key, "--kop", "gemeente:9:ab"),
        "deze regel is een andere dan de genoteerde kop": (*with_key, "--kop", "gemeente:2:ab"),
        "is geen kop": (*with_key, "--kop", "gemeente"),
        "een SQLite-bestand": ("backup", "-d", "postgresql://a/b", "--naar", "x.db"),
        "het bestand van een kopie": ("herstel", "--van", "nergens.db", "-d", new, "-s", key),
    }
    for words, arguments in cases.items():
        result = run(*arguments)
        assert result.exit_code in (1, 2), words
        assert words in result.stderr, result.stderr
    assert not (tmp_path / "terug.db").exists()


def test_the_reading_log_of_a_youth_for_people_and_for_machines(database: str) -> None:
    with open_grootboek(database, grootboek="gemeente") as rekenschap:
        rekenschap.namens(ME, doel="bezwaarbehandeling").stand(jeugdige="kind-1")
        rekenschap.stand(jeugdige="kind-1")
    asked = ("leeslog", "-d", database, "-g", "gemeente", "-j", "kind-1")

    told = run(*asked)

    assert told.exit_code == 0, told.output
    known, unknown, count = told.stdout.splitlines()
    assert "jurist-1 (gemeente), namens college, vraag stand, voor bezwaarbehandeling" in known
    assert "onbekend wie, vraag stand" in unknown
    assert count == "2 keer gelezen."
    lines = [json.loads(line) for line in run(*asked, "--json").stdout.splitlines()]
    assert [line["vraag"] for line in lines] == ["stand", "stand", "gelezen"]
    assert lines[0]["lezer"] == "jurist-1"


def test_nobody_read_anything_yet_and_nobody_is_known(database: str) -> None:
    asked = ("leeslog", "-d", database, "-g", "gemeente", "-j")
    assert run(*asked, "kind-2").stdout == "Niemand las hier eerder iets van.\n"
    unknown = run(*asked, "nooit-gezien")
    assert unknown.exit_code == 2
    assert "niet bekend" in unknown.stderr


def test_who_runs_a_command_says_so_in_the_environment(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("leeslog", "-d", database, "-g", "gemeente", "-j", "kind-1")
    monkeypatch.setenv("REKENSCHAP_LEZER", "griffie:3:beheerder")
    monkeypatch.setenv("REKENSCHAP_DOEL", "inzageverzoek")
    run(*asked)

    told = run(*asked).stdout

    assert "griffie:3 (beheerder), vraag gelezen, voor inzageverzoek" in told
    for wrong in ("griffie", "griffie:koning"):
        monkeypatch.setenv("REKENSCHAP_LEZER", wrong)
        assert run(*asked).exit_code == 2
