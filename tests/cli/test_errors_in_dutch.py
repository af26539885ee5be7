"""Does the command line say what is wrong in Dutch throughout, and offer only what there is?"""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rekenschap.application import Broken, Conflict, Incorrect, Onbeschikbaar
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.cli import main
from rekenschap.infrastructure.cli.errors import explained
from rekenschap.infrastructure.regelingen import packaged

ENGLISH = re.compile(r"\b(the|allowed|not|that|this|cannot|exists?|file|with|behind|one of)\b")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def database(sqlite_url: str) -> str:
    with open_grootboek(sqlite_url, grootboek="twente"):
        pass
    return sqlite_url


def test_a_database_that_is_not_there() -> None:
    result = run("verify", "-d", "sqlite:///nope.db", "-g", "twente")

    assert result.exit_code == 2
    assert result.stderr == (
        "Dit kan niet: database: 'nope.db' past hier niet; "
        "nodig is het bestand van een database die er is.\n"
    )


def test_every_wrong_choice_is_told_in_dutch(database: str, tmp_path: Path) -> None:
    (tmp_path / "leeg.yaml").write_text("titel: x\n", encoding="utf-8")
    (tmp_path / "kapot.yaml").write_text("a: [", encoding="utf-8")
    (tmp_path / "kort.key").write_bytes(b"x")
    here = ("-d", database, "-g", "twente")
    said = [
        run("verify", "-d", database, "-g", "nergens"),
        run("verify", "-d", "mysql://x/y", "-g", "twente"),
        run("verify", *here, "-s", str(tmp_path / "nee.key")),
        run("verify", *here, "-s", str(tmp_path / "kort.key")),
        run("regels", "nergens-1999"),
        run("regels", "twente-2025", "--product", "foo"),
        run("regels", str(tmp_path / "leeg.yaml")),
    ]
    for result in said:
        assert result.exit_code == 2
        assert result.stderr.startswith("Dit kan niet: ")
        shown = result.stderr.split(" past hier niet; ")[1]
        assert not ENGLISH.search(shown.replace("file.db", "")), result.stderr


def test_a_name_that_is_no_regeling_is_not_offered() -> None:
    wrong, kenmerken = run("regels", "nope"), run("regels", "kenmerken")

    assert (wrong.exit_code, kenmerken.exit_code) == (2, 2)
    offered = ", ".join(packaged())
    assert f"een van {offered}, of een YAML-bestand" in wrong.stderr
    assert "twente-2025" in offered
    assert "kenmerken" not in offered
    assert "regeling: 'kenmerken' past hier niet" in kenmerken.stderr


@pytest.mark.parametrize("known", ["2999-01-01T10:00", "1850-01-01T10:00", "99"])
def test_what_was_known_then_is_told_what_is_possible(database: str, known: str) -> None:
    result = run("stand", "-d", database, "-g", "twente", "-t", "T1", "--bekend-op", known)

    assert result.exit_code == 2
    told = result.stderr.split("Error: ")[1]
    assert not ENGLISH.search(told), told
    assert ("1900 tot en met 2199" in told) is ("T" in known)


@pytest.mark.parametrize(
    "error",
    [
        Broken("the stored hash is not the hash of this line", position=2),
        Broken("3 lines stand where the head says 4", position=4),
        Onbeschikbaar("every connection to the store is in use"),
        Conflict("c1", 2),
        Incorrect("sleutel", None, "exactly 32 random bytes", secret=True),
    ],
    ids=repr,
)
def test_evidence_and_stores_are_told_in_dutch(
    error: Incorrect | Conflict | Onbeschikbaar | Broken,
) -> None:
    message, _ = explained(error)

    assert not ENGLISH.search(message), message
    assert "“" not in message


def test_what_has_no_dutch_is_quoted() -> None:
    message, status = explained(Incorrect("x", 1, "a green apple"))

    assert (message, status) == ("Dit kan niet: x: 1 past hier niet; nodig is “a green apple”.", 2)


@pytest.mark.parametrize(
    ("told", "later"),
    [
        ("every connection to the store is in use", True),
        ("the store is busy, full or cannot be reached (disk I/O error)", True),
        ("the database is at revision 0001 and this program needs 0003: have its owner …", False),
        ("the user of the database may not do this (permission denied for table events)", False),
        ("this server follows another one and only reads", False),
        ("the proof cannot be written (No space left on device)", False),
    ],
)
def test_who_can_only_wait_is_told_to_and_nobody_else(told: str, *, later: bool) -> None:
    message, status = explained(Onbeschikbaar(told))

    assert status == 3
    assert "Er is niets vastgelegd" in message
    assert ("later" in message) is later
