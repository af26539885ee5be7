"""Writes the schemas that are missing, once: ``python -m tests.schemas.write``.

A file that is there is never written again. A new version of a fact gets a file of its own; when
what all events share has grown, that gets a new edition.
"""

import json

from rekenschap.domain.facts import REGISTER
from rekenschap.infrastructure import schemas
from rekenschap.infrastructure.schemas import made


def latest_shared() -> made.Schema | None:
    """The latest edition of what all events share."""
    known = schemas.editions()
    if not known:
        return None
    text = schemas.path_of(schemas.SHARED, known[-1]).read_text("utf-8")
    found: made.Schema = json.loads(text)
    return found


def write_missing() -> list[str]:
    """Make what is missing; returns the names of what was made."""
    wanted = {
        key: made.event(cls) for key, cls in REGISTER.items() if not schemas.path_of(*key).exists()
    }
    if latest_shared() != made.shared():
        edition = (schemas.editions() or (0,))[-1] + 1
        wanted[schemas.SHARED, edition] = made.shared()
    known = schemas.sums()
    for key, schema in sorted(wanted.items()):
        path = schemas.path_of(*key)
        path.parent.mkdir(exist_ok=True)
        path.write_text(made.text_of(schema), "utf-8")
    fresh = {name: digest for name, digest in schemas.hashes().items() if name not in known}
    lines = [f"{digest}  {name}\n" for name, digest in sorted({**known, **fresh}.items())]
    (schemas.FOLDER / "SHA256SUMS").write_text("".join(lines), "utf-8")
    return sorted(fresh)


if __name__ == "__main__":
    for name in write_missing():
        print(name)
