"""Writes the golden payloads that are missing, once: ``python -m tests.golden.write``.

A file that is there is never written again, and neither is its line in ``SHA256SUMS``. A new
version of a fact gets a file of its own beside the old one, which stays and is read for ever.
"""

import hashlib
from pathlib import Path

from tests.codec.samples import full

from rekenschap.domain.facts import REGISTER
from rekenschap.infrastructure.codec import encode

HERE = Path(__file__).parent
SUMS = HERE / "SHA256SUMS"


def path_of(name: str, version: int) -> Path:
    """Where the golden payload of a fact stands."""
    return HERE / name / f"{version}.json"


def sums() -> dict[str, str]:
    """The hash of each golden file, by its name below this folder."""
    if not SUMS.exists():
        return {}
    lines = (line.split("  ") for line in SUMS.read_text("utf-8").splitlines())
    return {name: digest for digest, name in lines}


def write_missing() -> list[Path]:
    """Make what is missing; returns what was made."""
    made, known = [], sums()
    for (name, version), cls in sorted(REGISTER.items(), key=lambda one: one[0]):
        path = path_of(name, version)
        if path.exists():
            continue
        payload = encode(full(cls)).payload
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(payload)
        known[path.relative_to(HERE).as_posix()] = hashlib.sha256(payload).hexdigest()
        made.append(path)
    lines = [f"{digest}  {name}\n" for name, digest in sorted(known.items())]
    SUMS.write_text("".join(lines), "utf-8")
    return made


if __name__ == "__main__":
    for path in write_missing():
        print(path)
