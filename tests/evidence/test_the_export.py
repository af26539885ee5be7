"""Can an auditor check an export with nothing but Python, and is anything in it ever half there?"""

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from tests.application.care import effort
from tests.evidence.small import Stored, fitting_head, rechained, small_ledger
from tests.evidence.tampering import json_line
from tests.owner import drop_guards

from rekenschap.application import (
    Broken,
    Incorrect,
    Onbeschikbaar,
    Rekenschap,
    read_checkpoints,
    write_checkpoints,
)
from rekenschap.infrastructure.evidence import verify as standalone
from rekenschap.infrastructure.evidence.export import Export
from rekenschap.infrastructure.store.schema import events
from rekenschap.infrastructure.store.seal import first_hash

VERIFIER = Path(str(standalone.__file__))


def run(*arguments: str | Path, verifier: Path = VERIFIER) -> subprocess.CompletedProcess[str]:
    """The verifier by itself: no site packages, no environment, no folder of ours on the path."""
    command = [sys.executable, "-I", "-S", str(verifier), *(str(one) for one in arguments)]
    return subprocess.run(command, capture_output=True, text=True, env={}, timeout=60)


@pytest.fixture
def exported(ledger: Rekenschap, tmp_path: Path) -> tuple[Path, Path, Stored]:
    """An export, the checkpoints that somebody else kept, and what was exported."""
    stored = Stored.of(ledger)
    ledger.exporteer(tmp_path / "uit", controlepunten=[stored.kept[4], stored.kept[9]])
    kept = tmp_path / "kept.txt"
    kept.write_text(write_checkpoints([stored.kept[4], stored.kept[9], stored.kept[13]]))
    return tmp_path / "uit", kept, stored


def test_an_export_checks_without_us(exported: tuple[Path, Path, Stored]) -> None:
    folder, kept, stored = exported

    for arguments in ((folder,), (folder, "--tegen", kept)):
        done = run(*arguments, verifier=folder / "verify.py")

        assert done.returncode == 0, done.stdout + done.stderr
        assert f"KLOPT: 13 regels van grootboek {stored.ledger}" in done.stdout


def test_it_says_that_it_was_compared_with_nothing_from_elsewhere(
    exported: tuple[Path, Path, Stored],
) -> None:
    folder, kept, _ = exported

    assert "Let op" in run(folder).stdout
    assert "Let op" not in run(folder, "--tegen", kept).stdout


def test_it_says_up_to_where_the_checkpoints_from_elsewhere_reach(
    exported: tuple[Path, Path, Stored], tmp_path: Path
) -> None:
    folder, kept, stored = exported
    short = tmp_path / "short.txt"
    short.write_text(write_checkpoints([stored.kept[4]]))

    assert "tot en met regel 4 is het ook het log van uw" in run(folder, "--tegen", short).stdout
    assert "tot en met regel" not in run(folder, "--tegen", kept).stdout


def test_the_log_holds_every_stored_field(exported: tuple[Path, Path, Stored]) -> None:
    folder, _, stored = exported

    lines = (folder / "log.jsonl").read_bytes().splitlines(keepends=True)

    assert lines == [json_line(stored, row) for row in stored.rows]
    assert {one.name for one in folder.iterdir()} - {"schemas"} == {
        "log.jsonl",
        "controlepunten.txt",
        "verify.py",
        "LEESMIJ.txt",
    }
    assert read_checkpoints((folder / "controlepunten.txt").read_text()) == [
        stored.kept[4],
        stored.kept[9],
        stored.kept[13],
    ]


def first_line_changed(lines: list[bytes]) -> list[bytes]:
    return [lines[0].replace(b"huis", b"muis"), *lines[1:]]


def outcome_changed(lines: list[bytes]) -> list[bytes]:
    changed = lines[6].replace(b"geweigerd", b"geaccepteerd")
    assert changed != lines[6]
    return [*lines[:6], changed, *lines[7:]]


CHANGES: list[tuple[Callable[[list[bytes]], list[bytes]], int]] = [
    (first_line_changed, 1),
    (outcome_changed, 7),
    (lambda lines: lines[:12], 13),
    (lambda lines: [], 1),
    (lambda lines: [*lines[:3], *lines[4:]], 4),
    (lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]], 4),
    (lambda lines: [*lines, lines[-1]], 14),
    (lambda lines: [*lines[:12], lines[12][:-1]], 13),
    (lambda lines: [*lines[:12], lines[12] + b"\n"], 14),
    (lambda lines: [*lines[:5], lines[5].replace(b'":', b'" :', 1), *lines[6:]], 6),
    (lambda lines: [*lines[:5], b"{" + lines[5][1:].upper(), *lines[6:]], 6),
    (lambda lines: [*lines[:5], b"[" * 100_000 + b"\n", *lines[6:]], 6),
    (lambda lines: [*lines[:5], b"\xff\n", *lines[6:]], 6),
    (lambda lines: [*lines[:5], b"7\n", *lines[6:]], 6),
]


@pytest.mark.parametrize(("change", "named"), CHANGES)
def test_the_verifier_names_the_first_line_that_was_changed(
    exported: tuple[Path, Path, Stored],
    change: Callable[[list[bytes]], list[bytes]],
    named: int,
) -> None:
    folder, kept, _ = exported
    log = folder / "log.jsonl"
    log.write_bytes(b"".join(change(log.read_bytes().splitlines(keepends=True))))

    for arguments in ((folder,), (folder, "--tegen", kept)):
        done = run(*arguments)

        assert done.returncode == 1, done.stdout + done.stderr
        assert f"KLOPT NIET vanaf positie {named}: " in done.stdout


def test_an_export_that_was_written_anew_shows_against_what_somebody_else_kept(
    exported: tuple[Path, Path, Stored], tmp_path: Path
) -> None:
    folder, kept, stored = exported
    row: Any = stored.rows[6]
    changed = (*row[:6], row[6].replace(b"geweigerd", b"geaccepteerd"), row[7])
    anew = [*stored.rows[:6], *rechained([changed, *stored.rows[7:]], stored.rows[5][7], 7)]
    (folder / "log.jsonl").write_bytes(b"".join(json_line(stored, one) for one in anew))
    head = fitting_head(anew, first_hash(stored.ledger))
    tree = standalone.Tree()
    for one in anew:
        tree.add(one[7])
    own = f"rekenschap/{stored.ledger}\n13\n"
    own += f"{_base64(tree.root())}\nkop {head.hash.hex()}\n"
    own += stored.kept[13].tekst.splitlines()[4] + "\n"
    (folder / "controlepunten.txt").write_text(own)

    assert run(folder).returncode == 0, "in itself it fits"
    done = run(folder, "--tegen", kept)
    assert done.returncode == 1
    assert "vanaf positie 5: " in done.stdout
    assert "een van de posities 5 tot en met 9" in done.stdout


def _base64(content: bytes) -> str:
    import base64

    return base64.b64encode(content).decode()


def test_an_export_of_another_grootboek_does_not_pass_for_this_one(
    exported: tuple[Path, Path, Stored], tmp_path: Path
) -> None:
    _, kept, _ = exported
    with small_ledger("sqlite://") as other:
        other.exporteer(tmp_path / "ander")

    assert run(tmp_path / "ander").returncode == 0
    done = run(tmp_path / "ander", "--tegen", kept)
    assert done.returncode == 1
    assert "een controlepunt is van grootboek" in done.stdout


@pytest.mark.parametrize("name", ["log.jsonl", "controlepunten.txt"])
def test_a_folder_that_is_no_export_cannot_be_checked(
    exported: tuple[Path, Path, Stored], name: str
) -> None:
    folder, kept, _ = exported
    (folder / name).unlink()

    assert run(folder, "--tegen", kept).returncode == 2


def test_checkpoints_that_cannot_be_read_are_no_proof_and_no_export(
    exported: tuple[Path, Path, Stored], tmp_path: Path
) -> None:
    folder, kept, stored = exported
    (tmp_path / "bad.txt").write_text(stored.kept[4].tekst[:-1])

    assert run(folder, "--tegen", tmp_path / "bad.txt").returncode == 2
    assert run(folder, "--tegen", tmp_path / "none.txt").returncode == 2
    assert run(tmp_path / "none.json").returncode == 2
    assert run(kept).returncode == 2
    assert run().returncode == 2
    (folder / "controlepunten.txt").write_text("")
    assert run(folder, "--tegen", kept).returncode == 1


def test_a_proof_checks_without_us(ledger: Rekenschap, tmp_path: Path) -> None:
    kept = ledger.controlepunt(omvang=9)
    (tmp_path / "kept.txt").write_text(kept.tekst)
    proof, joined = tmp_path / "proof.json", tmp_path / "joined.json"
    proof.write_text(ledger.insluitingsbewijs(positie=7, controlepunt=kept).tekst, "utf-8")
    joined.write_text(ledger.samenhangsbewijs(kept).tekst, "utf-8")

    told = run(proof, "--tegen", tmp_path / "kept.txt")
    assert (told.returncode, "regel 7 (inzet-geregistreerd)" in told.stdout) == (0, True)
    assert run(joined).returncode == 0
    assert run(joined, "--tegen", tmp_path / "kept.txt").returncode == 1, "now is not kept yet"
    proof.write_bytes(proof.read_bytes().replace(b"geweigerd", b"geaccepteerd"))
    assert run(proof, "--tegen", tmp_path / "kept.txt").returncode == 1


def test_an_export_is_a_copy_that_later_records_do_not_touch(
    exported: tuple[Path, Path, Stored], ledger: Rekenschap, tmp_path: Path
) -> None:
    folder, kept, _ = exported
    ledger.execute(effort("W1", 15))
    made = ledger.exporteer(tmp_path / "later", controlepunten=read_checkpoints(kept.read_text()))

    assert made.omvang == 14
    assert run(folder, "--tegen", kept).returncode == 0
    assert run(tmp_path / "later", "--tegen", kept).returncode == 0


def test_a_folder_with_something_in_it_is_left_alone(ledger: Rekenschap, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    ledger.exporteer(taken)  # an empty one will do
    before = sorted(taken.iterdir())
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")

    for place in (taken, tmp_path / "file", tmp_path / "link", tmp_path):
        with pytest.raises(Incorrect, match="naar"):
            ledger.exporteer(place)
    assert sorted(taken.iterdir()) == before
    assert (tmp_path / "file").read_text() == "mine"
    assert sorted(one.name for one in tmp_path.glob(".*")) == []


@pytest.mark.parametrize("place", ["no/such/folder/uit", "\0", 7, None])
def test_a_place_that_cannot_be_is_incorrect(
    ledger: Rekenschap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: Any
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(Incorrect, match="naar"):
        ledger.exporteer(place)
    assert list(tmp_path.glob(".*")) == []


def test_nothing_is_left_of_an_export_of_a_log_that_does_not_hold(
    ledger: Rekenschap, tmp_path: Path
) -> None:
    store: Any = ledger._store
    with store.engine.begin() as connection:
        drop_guards(connection)
        connection.execute(update(events).where(events.c.position == 9).values(payload=b"{}"))
    (tmp_path / "in").mkdir()

    with pytest.raises(Broken, match="position 9"):
        ledger.exporteer(tmp_path / "in" / "uit")
    assert list((tmp_path / "in").iterdir()) == []


def test_nothing_is_left_of_an_export_that_the_disk_had_no_place_for(
    ledger: Rekenschap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    (tmp_path / "in").mkdir()

    with pytest.raises(Onbeschikbaar, match="No space left"):
        ledger.exporteer(tmp_path / "in" / "uit")
    assert list((tmp_path / "in").iterdir()) == []


def test_somebody_who_takes_the_place_meanwhile_keeps_it(tmp_path: Path) -> None:
    folder = tmp_path / "uit"

    with Export(folder) as export:
        folder.mkdir()
        (folder / "mine").touch()
        with pytest.raises(Incorrect, match="naar"):
            export.finish([])
    assert [one.name for one in tmp_path.iterdir()] == ["uit"]


def test_the_verifier_knows_nothing_but_the_standard_library() -> None:
    tree = ast.parse(VERIFIER.read_text("utf-8"), feature_version=(3, 9))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported <= set(sys.stdlib_module_names)
    assert "rekenschap" not in imported


def test_the_readme_says_what_is_in_the_folder(exported: tuple[Path, Path, Stored]) -> None:
    folder, _, _ = exported
    text = (folder / "LEESMIJ.txt").read_text("utf-8")

    names = {one.name for one in folder.iterdir()} - {"LEESMIJ.txt"}
    fields = json.loads((folder / "log.jsonl").read_bytes().splitlines()[0])
    assert [one for one in (*names, *fields) if one not in text] == []
