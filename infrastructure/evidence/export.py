"""A folder that somebody else can check: the log, checkpoints, schemas, a verifier, and how.

It is written under another name beside its place, and gets its own name when it is complete: who
sees the folder sees all of it. A line of ``log.jsonl`` has one spelling: keys in order, no white
space, hashes in hex.
"""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self
from uuid import uuid4

from rekenschap.application.bewijsstukken import line_fields
from rekenschap.application.controlepunt import Controlepunt, write_checkpoints
from rekenschap.application.errors import Incorrect, Onbeschikbaar
from rekenschap.infrastructure.store.seal import Row

LOG: Final = "log.jsonl"
CHECKPOINTS: Final = "controlepunten.txt"
VERIFIER: Final = "verify.py"
README: Final = "LEESMIJ.txt"
SCHEMAS: Final = "schemas"
_PACKAGE: Final = "rekenschap.infrastructure.evidence"

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class Export:
    """A folder being written, for the length of a ``with`` block; removed if that fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = Path(os.path.abspath(folder))
        self._place: Path | None = None
        self._log: BinaryIO | None = None

    def __enter__(self) -> Self:
        """Raises Incorrect when there is something in the folder, or no place for it."""
        folder = self._folder
        try:
            there = folder.is_symlink() or folder.exists()
            if there and (not folder.is_dir() or folder.is_symlink() or any(folder.iterdir())):
                raise _occupied(folder)
            place = folder.parent / f".{folder.name}-{uuid4().hex}"
            place.mkdir()
            self._place = place
            self._log = (place / LOG).open("wb")
        except (OSError, ValueError) as error:
            self._clean()
            allowed = "a folder that does not exist yet, in one that can be written to"
            raise Incorrect("naar", str(folder), allowed) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._clean()

    def along(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The same lines; each is written once whoever takes them judged it."""
        assert self._log is not None
        write = self._log.write
        for row in rows:
            yield row
            try:
                write(_line(row))
            except OSError as error:
                raise _full(error) from error

    def finish(self, punten: Sequence[Controlepunt]) -> None:
        """Add what goes with the log, and give the folder its name."""
        assert self._log is not None
        assert self._place is not None
        try:
            _to_disk(self._log)
            ordered = sorted(punten, key=lambda one: one.omvang)
            self._add(CHECKPOINTS, write_checkpoints(ordered).encode())
            for name in (VERIFIER, README):
                self._add(name, (files(_PACKAGE) / name).read_bytes())
            self._add_schemas(self._place / SCHEMAS)
        except OSError as error:
            raise _full(error) from error
        try:
            self._place.rename(self._folder)
        except OSError as error:  # somebody else made it meanwhile
            raise _occupied(self._folder) from error
        self._place = None

    def _add(self, name: str, content: bytes) -> None:
        assert self._place is not None
        with (self._place / name).open("wb") as file:
            file.write(content)
            _to_disk(file)

    @staticmethod
    def _add_schemas(folder: Path) -> None:
        """The schemas of the events, where this installation carries them."""
        packaged = files("rekenschap.infrastructure") / SCHEMAS
        if packaged.is_dir():
            folder.mkdir()
            for one in packaged.iterdir():
                if one.name.endswith(".json"):
                    (folder / one.name).write_bytes(one.read_bytes())

    def _clean(self) -> None:
        if self._log is not None:
            self._log.close()
        if self._place is not None:
            shutil.rmtree(self._place, ignore_errors=True)
            self._place = None


def _line(row: Row) -> bytes:
    position, at, stream, stream_version, name, version, payload, stored = row
    texts = (stream.decode(), name.decode())
    fields = line_fields(position, at, stream_version, version, *texts, payload, stored)
    return _ENCODER.encode(fields).encode() + b"\n"


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _occupied(folder: Path) -> Incorrect:
    return Incorrect("naar", str(folder), "a folder that does not exist yet, or an empty one")


def _full(error: OSError) -> Onbeschikbaar:
    return Onbeschikbaar(f"the export cannot be written ({error.strerror})")
