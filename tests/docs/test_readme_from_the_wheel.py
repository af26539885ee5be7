"""Does the embedding example of the README run on the wheel alone, without this checkout?"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.architecture.test_packaging import LAYERS, ROOT, has_new_enough_setuptools
from tests.docs.pages import blocks_of

WHERE_FROM = """
import json, sys
import rekenschap
from rekenschap import application, domain, infrastructure, projections
found = [m.__file__ for m in (application, domain, infrastructure, projections)]
print(json.dumps([list(rekenschap.__path__), found]))
"""


def run(*command: str | Path, cwd: Path, **variables: str) -> str:
    """What a command prints; fails with its last words when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=os.environ | variables,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def packages_of_this_python() -> list[str]:
    """Where the dependencies are installed; our own checkout is in none of them."""
    return [entry for entry in sys.path if Path(entry).name in ("site-packages", "dist-packages")]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's content, built from a clean copy of the layers."""
    copy = tmp_path_factory.mktemp("checkout")
    for layer in LAYERS:
        shutil.copytree(ROOT / layer, copy / layer, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    isolation = ["--no-isolation"] if has_new_enough_setuptools() else []
    run(sys.executable, "-m", "build", "--wheel", "--outdir", "dist", *isolation, cwd=copy)
    (wheel,) = (copy / "dist").glob("*.whl")
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-input"]
    run(*pip, "--disable-pip-version-check", "--target", target, wheel, cwd=copy)
    return target


@pytest.mark.slow
def test_the_embedding_example_runs_on_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    (example,) = [b for b in blocks_of(ROOT / "README.md") if b.language == "python"]
    (tmp_path / "host.py").write_text(example.text + WHERE_FROM, "utf-8")
    path = os.pathsep.join([str(installed), *packages_of_this_python()])

    # -S: no site module, so that no .pth file puts an editable install of this checkout back
    printed = run(sys.executable, "-S", "host.py", cwd=tmp_path, PYTHONPATH=path)

    *said, where_from = printed.splitlines()
    assert said[0].startswith("geweigerd ('TW-ALG-01',) Toegewezen ambulante jeugdhulp")
    assert said[1:] == ["600"]
    assert str(ROOT) not in where_from
    assert where_from.count(f'"{installed / "rekenschap"}') == 1 + len(LAYERS)
