"""Where the demo keeps its ledger: a folder of its own, made fresh without losing other work."""

from pathlib import Path
from typing import Final

from rekenschap.application import Incorrect

FOLDER: Final = "rekenschap-demo"
FILE: Final = "demo.db"
OURS: Final = frozenset(FILE + ending for ending in ("", "-wal", "-shm", "-journal", ".sleutel"))


def fresh_file(*, keep: bool) -> Path:
    """The path of a database that is not there yet, in a folder that is.

    What an earlier demo left is thrown away, or with ``keep`` left alone for a folder beside it.
    Raises Incorrect when the folder holds anything that no demo put there.
    """
    folder = Path(FOLDER)
    if keep:
        count = 1
        while folder.exists():
            count += 1
            folder = Path(f"{FOLDER}-{count}")
    strange = _others(folder)
    if strange:
        allowed = (
            f"a folder with nothing but a demo in it (it also holds {', '.join(strange)}): "
            "move that elsewhere, add --keep, or give --database"
        )
        raise Incorrect("folder", str(folder), allowed)
    folder.mkdir(exist_ok=True)
    for name in OURS:
        (folder / name).unlink(missing_ok=True)
    return folder / FILE


def _others(folder: Path) -> list[str]:
    if not folder.exists():
        return []
    if not folder.is_dir():
        return ["a file of that name"]
    return sorted(one.name for one in folder.iterdir() if one.name not in OURS)
