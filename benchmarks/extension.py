"""``eventsourcing-sqlalchemy``, which does not go together with our SQLAlchemy.

It caps SQLAlchemy below 2.1, so it gets an environment of its own, made once in ``.tools/``, and is
run there as another process: the works of ``library`` on its store.
"""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import make_url

from benchmarks.places import Place
from benchmarks.rounds import UnavailableError

ROOT: Final = Path(__file__).resolve().parents[1]
ENVIRONMENT: Final = ROOT / ".tools/extension"
REQUIREMENTS: Final = ROOT / "benchmarks/extension.txt"
PATIENCE: Final = 240
"""Seconds for making the environment, and for one run."""


def run(place: Place, work: str, **told: Any) -> dict[str, Any]:
    """One work there. Raises UnavailableError, with why, when it cannot be."""
    drivers = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
    url = make_url(place.url).set(drivername=drivers[place.store])
    settings = {
        "PERSISTENCE_MODULE": "eventsourcing_sqlalchemy",
        "SQLALCHEMY_URL": url.render_as_string(hide_password=False),
        "CREATE_TABLE": "y",
    }
    asked = json.dumps({"work": work, "settings": settings, **told})
    answer = _called([str(_python()), "-m", "benchmarks.library", asked])
    found: dict[str, Any] = json.loads(answer.splitlines()[-1])
    return found


def _python() -> Path:
    """The interpreter of the environment. Raises UnavailableError with why there is none."""
    found = _made()
    if isinstance(found, str):
        raise UnavailableError(found)
    return found


@cache
def _made() -> Path | str:
    """The environment, made when it is not there or has other pins; or why not, asked once."""
    python, stamp = ENVIRONMENT / "bin/python", ENVIRONMENT / ".stamp"
    wanted = REQUIREMENTS.read_text("utf-8")
    if python.exists() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return python
    install = ["-m", "pip", "install", "--quiet", "--no-input", "-r", str(REQUIREMENTS)]
    try:
        _called([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)])
        _called([str(python), *install])
    except UnavailableError as error:
        return str(error)
    stamp.write_text(wanted, "utf-8")
    return python


def _called(command: list[str]) -> str:
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(f"cannot be run here: {type(error).__name__}") from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise UnavailableError(f"cannot be run here: {last[:120]}")
    return done.stdout
