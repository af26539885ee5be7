"""The register of erasures in a file of its own: one line of JSON each, only ever added to.

Keep it apart from the database and its backups: it is what a restored backup does not know.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rekenschap.application.errors import Broken, Incorrect, Onbeschikbaar
from rekenschap.application.kluis import Wissing, Wissingen
from rekenschap.domain.vocabulary import Wisgrond
from rekenschap.infrastructure.canonical import moment_text, read_moment
from rekenschap.infrastructure.store.keys import sync_folder

UNREADABLE = (ValueError, KeyError, TypeError)


class WissingenBestand:
    """``Wissingen`` in a file. A line that a crash cut off was never promised to anybody."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Raises Incorrect when there can be no file there."""
        self.path = Path(path)
        if self.path.is_dir() or not self.path.absolute().parent.is_dir():
            raise Incorrect("wissingen", str(path), "the path of a file in a folder that exists")

    def alle(self) -> Iterator[Wissing]:
        try:
            lines = self.path.read_bytes().split(b"\n") if self.path.exists() else [b""]
        except OSError as error:
            raise Onbeschikbaar(_reason(error)) from error
        for number, line in enumerate(lines[:-1], start=1):
            yield _read(line, number)

    def noteer(self, wissing: Wissing) -> None:
        fields = {
            "grootboek": wissing.grootboek,
            "betrokkene": wissing.betrokkene,
            "grond": wissing.grond.value,
            "geregistreerd_op": moment_text(wissing.geregistreerd_op),
        }
        line = json.dumps(fields, sort_keys=True).encode() + b"\n"
        try:
            new = not self.path.exists()
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "r+b", buffering=0) as file:
                _drop_torn_end(file)
                file.write(line)
                os.fsync(file.fileno())
            if new:
                sync_folder(self.path.absolute().parent)
        except OSError as error:
            raise Onbeschikbaar(_reason(error)) from error


def register_of(given: str | os.PathLike[str] | Wissingen | None) -> Wissingen | None:
    """The register a host gave: one of its own, or the path of a file."""
    return WissingenBestand(given) if isinstance(given, str | os.PathLike) else given


def _drop_torn_end(file: Any) -> None:
    file.seek(0)
    content = file.read()
    if content and not content.endswith(b"\n"):
        file.truncate(content.rfind(b"\n") + 1)


def _read(line: bytes, number: int) -> Wissing:
    try:
        fields = json.loads(line)
        return Wissing(
            grootboek=fields["grootboek"],
            betrokkene=fields["betrokkene"],
            grond=Wisgrond(fields["grond"]),
            geregistreerd_op=read_moment(fields["geregistreerd_op"]),
        )
    except UNREADABLE as error:
        raise Broken(f"line {number} of the register of erasures cannot be read") from error


def _reason(error: OSError) -> str:
    return f"the register of erasures cannot be used ({error.strerror})"
