"""Does the README tell truly what one sees who handles the objection of the demo?"""

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.demo.conftest import Played

from rekenschap.infrastructure.cli import main

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
PROMPT = "$ rekenschap "


def told() -> Iterator[tuple[str, list[str]]]:
    """Each command of the README with the lines it says it prints."""
    command, lines = "", list[str]()
    for block in README.split("```text\n")[1:]:
        for line in block.split("\n```")[0].splitlines():
            if line.startswith(PROMPT):
                if command:
                    yield command, lines
                command, lines = line.removeprefix(PROMPT), []
            elif command and line.strip():
                lines.append(line)
        if command:
            yield command, lines
            command = ""


def test_every_command_of_the_readme_prints_what_it_says(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(played.folder)
    settings = {
        "REKENSCHAP_DATABASE": "sqlite:///rekenschap-demo/demo.db",
        "REKENSCHAP_GROOTBOEK": "demo",
        "REKENSCHAP_LEZER": "j.jansen:gemeente",
        "REKENSCHAP_DOEL": "bezwaar",
    }
    assert all(f"{name}={value}" in README for name, value in settings.items())
    commands = list(told())
    assert len(commands) == 6

    for command, lines in commands:
        result = CliRunner().invoke(main, shlex.split(command, comments=True), env=settings)
        assert (result.exit_code, result.stderr) == (0, ""), command
        for line in lines:
            at = 0
            for part in line.split("..."):  # what was left out
                at = result.stdout.find(part.strip(), at)
                assert at >= 0, (command, line)
    assert "j.jansen (gemeente), vraag bezwaardossier, voor bezwaar" in result.stdout
