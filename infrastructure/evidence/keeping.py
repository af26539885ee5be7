"""Checkpoints kept in a file: put it where whoever can write to the database cannot change it."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from attrs import field, frozen

from rekenschap.application.bewijsvoering import Tijdstempelaar
from rekenschap.application.controlepunt import Controlepunt, read_checkpoints
from rekenschap.application.errors import Incorrect, Onbeschikbaar

STAMP: Final = ".tsr"
"""How the name of a file with a time stamp ends, as OpenSSL names a TimeStampResp."""


def kept_in(path: str | os.PathLike[str]) -> list[Controlepunt]:
    """Every checkpoint in a file, in its order. Raises Incorrect."""
    try:
        text = Path(path).read_bytes().decode()
    except (OSError, ValueError) as error:
        allowed = "a file with checkpoints that can be read"
        raise Incorrect("controlepunten", str(path), allowed) from error
    return read_checkpoints(text)


@frozen
class Controlepuntbestand:
    """``Bewaarder`` in a file that is only ever added to.

    With a ``stempelaar`` the time stamp of each checkpoint lies beside the file, as
    ``<name>-<size>.tsr``: ``openssl ts -verify`` holds it against the digest of the checkpoint's
    text. A checkpoint whose stamp was refused is not kept.
    """

    path: Path = field(converter=Path)
    stempelaar: Tijdstempelaar | None = None

    def punten(self) -> Sequence[Controlepunt]:
        return kept_in(self.path) if self.path.exists() else []

    def bewaar(self, punt: Controlepunt) -> None:
        try:
            if self.stempelaar is not None:
                stamp = self.stempelaar.stempel(punt.digest)
                _written(self._stamp_of(punt), stamp, os.O_TRUNC)
            between = "\n" if self.path.exists() and self.path.stat().st_size else ""
            _written(self.path, (between + punt.tekst).encode(), os.O_APPEND)
        except OSError as error:
            raise Onbeschikbaar(f"a checkpoint cannot be kept ({error.strerror})") from error

    def _stamp_of(self, punt: Controlepunt) -> Path:
        return self.path.with_name(f"{self.path.name}-{punt.omvang}{STAMP}")


def _written(path: Path, content: bytes, flag: int) -> None:
    """In one write, and on the disk before it returns."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | flag, 0o644)
    try:
        if os.write(file, content) != len(content):
            raise OSError(0, "the disk is full")
        os.fsync(file)
    finally:
        os.close(file)
