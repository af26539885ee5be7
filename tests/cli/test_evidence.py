"""Can one keep checkpoints, hand over a proof and an export, from the command line alone?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text
from tests.application.care import KEY, effort, opened
from tests.evidence.small import NOW, small_ledger
from tests.owner import drop_guards

from rekenschap.infrastructure.cli import main
from rekenschap.infrastructure.clock import FixedClock

Options = list[str]


@pytest.fixture
def options(database_url: str, tmp_path: Path) -> Options:
    with small_ledger(database_url):
        pass
    (tmp_path / "sleutel").write_bytes(KEY)
    key = str(tmp_path / "sleutel")
    return ["--database", database_url, "--grootboek", "duindam", "--sleutel", key]


def run(command: str, *arguments: object) -> Result:
    return CliRunner().invoke(main, [command, *map(str, arguments)])


def more(options: Options) -> None:
    with opened(options[1], "duindam", FixedClock(NOW)) as rekenschap:
        rekenschap.execute(effort("W1", 15))


def statements(options: Options, *wanted: str) -> None:
    engine = create_engine(options[1].replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        drop_guards(connection)
        for one in wanted:
            connection.execute(text(one))
    engine.dispose()


def test_a_checkpoint_is_printed_and_kept(options: Options, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"

    printed = run("controlepunt", *options, "--bewaar", kept)

    assert printed.exit_code == 0, printed.output
    assert printed.stdout == kept.read_text()
    assert printed.stdout.splitlines()[1] == "13"
    again = run("controlepunt", *options, "--bewaar", kept)
    assert (again.stdout, kept.read_text()) == (printed.stdout, printed.stdout)
    half = run("controlepunt", *options, "--omvang", 7)
    assert half.stdout.splitlines()[1] == "7"


def test_verify_tells_up_to_where_the_log_is_what_it_was(options: Options, tmp_path: Path) -> None:
    kept, other = tmp_path / "kept.txt", tmp_path / "other.txt"
    run("controlepunt", *options, "--bewaar", kept)
    run("controlepunt", *options, "--bewaar", other, "--omvang", 7)
    more(options)

    told = run("verify", *options, "--tegen", kept, "--tegen", other)

    assert told.exit_code == 0, told.output
    assert "14 vastleggingen" in told.stdout
    assert "Tot en met positie 13 " in told.stdout
    assert "(2)" in told.stdout


def test_a_tail_that_was_cut_off_everywhere_is_told(options: Options, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    run("controlepunt", *options, "--bewaar", kept)
    statements(
        options,
        "delete from events where position > 11",
        "delete from event_references where position > 11",
        "delete from commands where first_position > 11",
        "update ledgers set position = 11, hash = (select hash from events where position = 11), "
        "recorded_at = (select recorded_at from events where position = 11)",
    )

    assert run("verify", *options).exit_code == 0
    told = run("verify", *options, "--tegen", kept)
    assert told.exit_code == 1
    assert "vanaf positie 12 (het log houdt op na 11 regels, en een controlepunt heeft er 13)" in (
        told.stderr
    )
    for again in ("controlepunt", "export"):
        place = ["--bewaar", kept] if again == "controlepunt" else ["--naar", tmp_path / "uit"]
        refused = run(again, *options, *place, *([] if "--bewaar" in place else ["--tegen", kept]))
        assert refused.exit_code == 1
    assert not (tmp_path / "uit").exists()


def test_a_checkpoint_of_another_log_is_told_as_a_stretch(options: Options, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    run("controlepunt", *options, "--bewaar", kept, "--omvang", 4)
    run("controlepunt", *options, "--bewaar", kept)
    lines = kept.read_text().splitlines(keepends=True)
    lines[8] = lines[2]  # the root of the later one
    kept.write_text("".join(lines))

    told = run("verify", *options, "--tegen", kept)

    assert told.exit_code == 1
    assert "vanaf een van de posities 5 tot en met 13 (dit is niet het log" in told.stderr
    assert "Tot en met positie 4 klopt het met een bewaard controlepunt." in told.stderr


def test_a_proof_and_an_export_check_with_python_alone(options: Options, tmp_path: Path) -> None:
    kept, folder, proof = tmp_path / "kept.txt", tmp_path / "uit", tmp_path / "proof.json"
    run("controlepunt", *options, "--bewaar", kept)
    more(options)

    written = run("bewijs", *options, "--positie", 7, "--tegen", kept, "--naar", proof)
    exported = run("export", *options, "--naar", folder, "--tegen", kept)

    assert written.exit_code == exported.exit_code == 0, written.output + exported.output
    assert "14 vastleggingen" in exported.stdout
    for what in (proof, folder):
        command = [sys.executable, "-I", "-S", folder / "verify.py", what, "--tegen", kept]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_the_first_checkpoint_that_has_the_line_in_it_is_used(
    options: Options, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.txt"
    for size in (4, 9, 13):
        run("controlepunt", *options, "--bewaar", kept, "--omvang", size)

    for asked, size in (("4", "4"), ("5", "9"), ("9", "9"), ("10", "13")):
        told = run("bewijs", *options, "--positie", asked, "--tegen", kept)
        assert json.loads(told.stdout)["controlepunt"].splitlines()[1] == size
    by_reference = run("bewijs", *options, "--beslissing", "duindam/5", "--tegen", kept)
    assert json.loads(by_reference.stdout)["regel"]["position"] == 5


def test_consistency_is_from_the_last_that_was_kept_to_now(
    options: Options, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.txt"
    for size in (4, 9):
        run("controlepunt", *options, "--bewaar", kept, "--omvang", size)

    told = json.loads(run("bewijs", *options, "--samenhang", "--tegen", kept).stdout)

    assert [told[one].splitlines()[1] for one in ("van", "tot")] == ["9", "13"]


@pytest.mark.parametrize(
    ("command", "arguments", "told"),
    [
        ("bewijs", [], "Geef één van drie"),
        ("bewijs", ["--positie", "3", "--samenhang"], "Geef één van drie"),
        ("bewijs", ["--samenhang"], "Geef bij --samenhang met --tegen"),
        ("bewijs", ["--positie", "14"], "nodig is een positie van 1 tot en met 13"),
        ("bewijs", ["--positie", "0"], "positie"),
        ("bewijs", ["--beslissing", "ander/3"], "duindam/ met een positie erachter"),
        ("bewijs", ["--positie", "3", "--naar", "sleutel"], "een bestand dat er nog niet is"),
        ("bewijs", ["--positie", "3", "--tegen", "none"], "een bestand met controlepunten"),
        ("bewijs", ["--positie", "3", "--tegen", "empty"], "ten minste één controlepunt"),
        ("verify", ["--tegen", "empty"], "ten minste één controlepunt"),
        ("verify", ["--tegen", "sleutel"], "een bestand met controlepunten dat er is"),
        ("verify", ["--tegen", "words"], "de tekst van een controlepunt"),
        ("controlepunt", ["--omvang", "14"], "nodig is een positie van 0 tot en met 13"),
        ("export", ["--naar", "."], "een map die er niet is, of leeg is"),
        ("export", ["--naar", "no/where"], "een map die er nog niet is"),
    ],
)
def test_what_is_wrong_is_told_in_dutch(
    options: Options,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    arguments: list[str],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").touch()
    (tmp_path / "words").write_text("niets\n")
    (tmp_path / "sleutel").write_bytes(KEY[:16] + b"\xff" * 16)
    (tmp_path / "key").write_bytes(KEY)

    result = run(command, *options[:-1], tmp_path / "key", *arguments)

    assert result.exit_code == 2, result.output
    assert told in result.stderr


def test_a_proof_that_no_kept_checkpoint_reaches_is_told(options: Options, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    run("controlepunt", *options, "--bewaar", kept, "--omvang", 4)

    told = run("bewijs", *options, "--positie", 5, "--tegen", kept)

    assert told.exit_code == 2
    assert "een controlepunt van op of na die regel" in told.stderr
