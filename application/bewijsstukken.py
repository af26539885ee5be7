"""Proofs as values, and as documents that somebody else can check without this program.

A document is JSON with one spelling: keys in order, two spaces of indentation, hashes in hex. Its
``regel`` has the columns of the log by their stored names; ``payload`` is the stored text, or
``payload_base64`` where the stored bytes are no UTF-8. ``controlepunt`` is the text of it.
"""

import base64
import json
from typing import Any, Final

from attrs import frozen

from rekenschap.application.controlepunt import Controlepunt

INCLUSION: Final = "rekenschap/insluitingsbewijs/1"
CONSISTENCY: Final = "rekenschap/samenhangsbewijs/1"


@frozen(kw_only=True)
class Logregel:
    """One line of the log as it is stored, with the hash of the line before it.

    ``geregistreerd_op_us`` counts microseconds since 1970 UTC, as the seal does.
    """

    positie: int
    geregistreerd_op_us: int
    stroom: str
    stroomversie: int
    naam: str
    versie: int
    inhoud: bytes
    hash: bytes
    vorige_hash: bytes

    def velden(self) -> dict[str, Any]:
        """Every stored field under the name of its column, as JSON knows it."""
        numbers = (self.positie, self.geregistreerd_op_us, self.stroomversie, self.versie)
        return line_fields(*numbers, self.stroom, self.naam, self.inhoud, self.hash)


@frozen(kw_only=True)
class Insluitingsbewijs:
    """Shows that a line is in the log that a checkpoint stands for, at its position.

    It shows nothing of any other line. ``pad`` are the roots beside the way from the line to the
    root, the nearest first.
    """

    regel: Logregel
    pad: tuple[bytes, ...]
    controlepunt: Controlepunt

    @property
    def tekst(self) -> str:
        """The document, ending with a new line."""
        return _document(
            {
                "controlepunt": self.controlepunt.tekst,
                "pad": [one.hex() for one in self.pad],
                "regel": self.regel.velden(),
                "soort": INCLUSION,
                "vorige_hash": self.regel.vorige_hash.hex(),
            }
        )


@frozen(kw_only=True)
class Samenhangsbewijs:
    """Shows that the log of a later checkpoint begins with the whole log of an earlier one."""

    van: Controlepunt
    tot: Controlepunt
    pad: tuple[bytes, ...]

    @property
    def tekst(self) -> str:
        """The document, ending with a new line."""
        return _document(
            {
                "pad": [one.hex() for one in self.pad],
                "soort": CONSISTENCY,
                "tot": self.tot.tekst,
                "van": self.van.tekst,
            }
        )


def line_fields(
    position: int,
    recorded_at: int,
    stream_version: int,
    version: int,
    stream: str,
    name: str,
    payload: bytes,
    stored_hash: bytes,
) -> dict[str, Any]:
    """A line as JSON knows it, every field under the name of its column."""
    try:
        content = {"payload": payload.decode()}
    except UnicodeDecodeError:  # as base64, so that nothing is lost
        content = {"payload_base64": base64.b64encode(payload).decode()}
    return {
        "hash": stored_hash.hex(),
        "name": name,
        **content,
        "position": position,
        "recorded_at": recorded_at,
        "stream": stream,
        "stream_version": stream_version,
        "version": version,
    }


def _document(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
