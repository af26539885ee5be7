"""The demo, played once for all tests of this folder."""

import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from click.testing import CliRunner

from rekenschap.infrastructure.cli import main
from rekenschap.infrastructure.demo import play as play_module
from rekenschap.infrastructure.demo.figures import Demo

SEED, YOUTHS = 2025, 200


@frozen
class Played:
    """What the command printed, what it counted, and where it left the ledger."""

    folder: Path
    printed: str
    demo: Demo

    @property
    def file(self) -> Path:
        return self.folder / "rekenschap-demo" / "demo.db"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """``rekenschap demo`` with the default seed, through the command line."""
    folder = tmp_path_factory.mktemp("demo")
    seen: list[Demo] = []

    def watching(*args: Any, **told: Any) -> Demo:
        seen.append(play_module.play_demo(*args, **told))
        return seen[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(sys.modules["rekenschap.infrastructure.cli.demo"], "play_demo", watching)
        result = CliRunner().invoke(main, ["demo"], env={"COLUMNS": "80"})
    assert result.exit_code == 0, result.output
    return Played(folder, result.stdout, seen[0])
