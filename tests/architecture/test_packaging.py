"""Does the wheel hold exactly what is on disk, under one name, and do the layers stay apart?"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("domain", "application", "infrastructure", "projections")
FOLDERS = {*LAYERS, "tests", "docs", "benchmarks"}
OPTIONAL_FOLDERS = {"benchmarks"}
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def files_of_the_repository() -> list[Path]:
    """Everything git tracks or would track, relative to the root; deleted files left out."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout")
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    command += ["--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    return [Path(name) for name in listed.split("\0") if name and os.path.lexists(ROOT / name)]


def files_of_the_layers() -> set[str]:
    """Every module and data file on disk in the four layers, as paths below the root."""
    return {
        path.relative_to(ROOT).as_posix()
        for layer in LAYERS
        for path in (ROOT / layer).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def has_new_enough_setuptools() -> bool:
    """Whether a wheel can be built in this environment, without fetching a build environment."""
    probe = "import setuptools; print(setuptools.__version__.split('.')[0])"
    run = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True)
    return run.returncode == 0 and int(run.stdout) >= 77


def lint_imports(source_root: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package found below ``source_root``."""
    script = "from importlinter.cli import lint_imports_command as run; run()"
    command = [sys.executable, "-c", script, "--no-cache", "--no-logo"]
    command += ["--config", str(ROOT / "pyproject.toml")]
    environment = os.environ | {"PYTHONPATH": str(source_root)}
    return subprocess.run(command, cwd=source_root, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel that is built from a clean copy of the layers, as a release is."""
    copy = tmp_path_factory.mktemp("checkout")
    for layer in LAYERS:
        shutil.copytree(ROOT / layer, copy / layer, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    command = [sys.executable, "-m", "build", "--outdir", "dist"]
    if has_new_enough_setuptools():
        command.append("--no-isolation")
    built = subprocess.run(command, cwd=copy, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout[-2000:] + built.stderr[-2000:]
    (path,) = (copy / "dist").glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def test_the_packages_in_pyproject_are_the_packages_on_disk() -> None:
    on_disk = {
        "rekenschap." + ".".join(path.parent.relative_to(ROOT).parts)
        for layer in LAYERS
        for path in (ROOT / layer).rglob("__init__.py")
    }

    listed = PYPROJECT["tool"]["setuptools"]["packages"]

    assert sorted(listed) == sorted(on_disk)


def test_every_module_lies_in_a_package() -> None:
    modules = [Path(name) for name in files_of_the_layers() if name.endswith(".py")]

    outside = [str(path) for path in modules if not (ROOT / path.parent / "__init__.py").is_file()]

    assert outside == []


@pytest.mark.slow
def test_the_wheel_holds_every_module_and_data_file_on_disk(wheel: set[str]) -> None:
    in_wheel = {name.removeprefix("rekenschap/") for name in wheel if ".dist-info/" not in name}

    assert sorted(in_wheel) == sorted(files_of_the_layers())


@pytest.mark.slow
def test_the_wheel_installs_no_top_level_name_but_rekenschap(wheel: set[str]) -> None:
    tops = {name.split("/")[0] for name in wheel}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"rekenschap"}
    assert len(tops) == 2
    assert "rekenschap/__init__.py" not in wheel


@pytest.mark.slow
def test_the_wheel_carries_the_licence(wheel: set[str]) -> None:
    assert [name for name in wheel if re.search(r"\.dist-info/licenses/LICENSE$", name)]


def test_the_licence_is_the_whole_eupl() -> None:
    text = (ROOT / "LICENSE").read_text()

    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [number for number in range(1, 16) if f"\n{number}." not in text] == []
    assert text.rstrip().endswith("require the production of a new EUPL version.")


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_is_marked_as_typed(layer: str) -> None:
    assert (ROOT / layer / "py.typed").is_file()


def test_rekenschap_itself_is_no_regular_package() -> None:
    assert not (ROOT / "tests/src_root/rekenschap/__init__.py").exists()
    assert not (ROOT / "__init__.py").exists()


@pytest.mark.parametrize("layer", LAYERS)
def test_the_link_to_each_layer_resolves(layer: str) -> None:
    link = ROOT / "tests/src_root/rekenschap" / layer

    assert link.is_symlink()
    assert Path(os.readlink(link)) == Path("../../..") / layer
    assert link.resolve() == ROOT / layer


def test_only_the_fixed_top_level_folders_exist() -> None:
    folders = {path.parts[0] for path in files_of_the_repository() if len(path.parts) > 1}
    visible = {folder for folder in folders if not folder.startswith(".")}

    assert visible - FOLDERS == set()
    assert FOLDERS - OPTIONAL_FOLDERS - visible == set()


def test_the_layers_import_only_downwards() -> None:
    run = lint_imports(ROOT / "tests/src_root")

    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("domain/planted.py", "rekenschap.application"),
        ("domain/planted.py", "sqlalchemy"),
        ("application/planted.py", "rekenschap.projections"),
        ("application/planted.py", "cattrs"),
        ("projections/planted.py", "rekenschap.infrastructure"),
        ("projections/planted.py", "eventsourcing"),
    ],
)
def test_a_forbidden_import_is_noticed(module: str, forbidden: str, tmp_path: Path) -> None:
    for layer in LAYERS:
        shutil.copytree(ROOT / layer, tmp_path / "rekenschap" / layer)
    (tmp_path / "rekenschap" / module).write_text(f"import {forbidden}\n")
    planted = "rekenschap." + module.removesuffix(".py").replace("/", ".")

    run = lint_imports(tmp_path)

    assert run.returncode != 0
    assert f"{planted} -> {forbidden}" in run.stdout
