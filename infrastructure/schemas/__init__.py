"""The JSON Schemas (2020-12) of every event there ever was: data that ships with the package.

``<name>/<version>.json`` says what is in ``feit`` of that version; it never changes. What all
events share (decision, reporter, kinds of text, closed lists) is in ``delen/<edition>.json``: a
later edition only adds, so that the latest one fits whatever was stored. ``SHA256SUMS`` holds every
file. The folder can be copied as it is.
"""

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(str(files(__name__)))
"""Where the files are."""
SHARED: Final = "delen"
"""The folder of what all events share."""


def published() -> tuple[tuple[str, int], ...]:
    """Every event and version that has a schema, by name."""
    found = ((path.parent.name, int(path.stem)) for path in FOLDER.glob("*/*.json"))
    return tuple(sorted(one for one in found if one[0] != SHARED))


def path_of(name: str, version: int) -> Path:
    """Where the schema of an event is."""
    return FOLDER / name / f"{version}.json"


def editions() -> tuple[int, ...]:
    """The editions of what all events share, oldest first."""
    return tuple(sorted(int(path.stem) for path in (FOLDER / SHARED).glob("*.json")))


@cache
def schema_of(name: str, version: int) -> dict[str, Any]:
    """One schema for the whole stored payload of an event, with all it refers to inside.

    Raises KeyError for an event or version that has none.
    """
    if (name, version) not in published():
        raise KeyError(f"{name} version {version}")
    schema: dict[str, Any] = json.loads(path_of(name, version).read_text("utf-8"))
    shared = json.loads(path_of(SHARED, editions()[-1]).read_text("utf-8"))
    return {**schema, "$defs": {SHARED: shared}}


def sums() -> dict[str, str]:
    """The SHA-256 of every schema as it was published, by its name below the folder."""
    if not (FOLDER / "SHA256SUMS").exists():
        return {}
    lines = (FOLDER / "SHA256SUMS").read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def hashes() -> dict[str, str]:
    """The SHA-256 of every schema as it is on disk."""
    return {
        path.relative_to(FOLDER).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(FOLDER.glob("*/*.json"))
    }
