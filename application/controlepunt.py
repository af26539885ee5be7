"""A checkpoint: the whole log of a grootboek up to a size, in one short text that can be kept.

The text is the body of a checkpoint as C2SP specifies it (https://c2sp.org/tlog-checkpoint), not
signed, with two lines of our own behind the three of the format::

    rekenschap/<id of the grootboek>
    <size: the number of lines>
    <root of the Merkle tree over those lines, base64>
    kop <hash of the last of them, hex>
    moment <when that one was recorded, UTC>

Each value has one spelling. What is between checkpoints is separated by an empty line.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from attrs import frozen

from rekenschap.domain.errors import Incorrect

PREFIX: Final = "rekenschap/"
_HASH_BYTES: Final = 32
_LEDGER_ID: Final = re.compile(r"[0-9a-f]{32}")
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,17}")
_BARE, _FULL = 4, 5
"""So many lines has the checkpoint of an empty log, and of any other."""
_FORM: Final = (
    "a checkpoint of 4 or 5 lines: rekenschap/<id>, size, root in base64, "
    "'kop' with a hash in hex, and 'moment' unless the size is 0"
)
_read_moment: Final = datetime.fromisoformat


@frozen(kw_only=True)
class Controlepunt:
    """The first ``omvang`` lines of one grootboek, in one hash.

    ``grootboek_id`` is the random id that is sealed into its first line, not its name. ``wortel``
    is the root of the Merkle tree over the hashes of those lines, ``kop`` the hash of the last one
    and ``moment`` when that was recorded; an empty log has no moment.
    """

    grootboek_id: str
    omvang: int
    wortel: bytes
    kop: bytes
    moment: datetime | None

    @property
    def tekst(self) -> str:
        """The one text of this checkpoint, ending with a new line: this is what is kept."""
        lines = [
            f"{PREFIX}{self.grootboek_id}",
            str(self.omvang),
            base64.b64encode(self.wortel).decode(),
            f"kop {self.kop.hex()}",
        ]
        if self.moment is not None:
            at = self.moment.astimezone(UTC).isoformat(timespec="microseconds")
            lines.append(f"moment {at[:26]}Z")
        return "".join(f"{line}\n" for line in lines)

    @property
    def digest(self) -> bytes:
        """SHA-256 of the text: what a time-stamping authority puts its stamp on."""
        return sha256(self.tekst.encode()).digest()

    @classmethod
    def lees(cls, tekst: str) -> "Controlepunt":
        """The checkpoint in a text, which must be spelled as ``tekst`` spells it.

        Raises Incorrect.
        """
        lines = tekst.split("\n")
        try:
            if lines.pop() or len(lines) not in (_BARE, _FULL):
                raise ValueError("another number of lines")
            found = cls(
                grootboek_id=_after(PREFIX, lines[0], _LEDGER_ID),
                omvang=int(_after("", lines[1], _SIZE)),
                wortel=base64.b64decode(lines[2], validate=True),
                kop=bytes.fromhex(_after("kop ", lines[3])),
                moment=_moment(lines[4]) if len(lines) == _FULL else None,
            )
        except (ValueError, binascii.Error) as error:
            raise Incorrect("controlepunt", tekst, _FORM) from error
        fits = len(found.wortel) == len(found.kop) == _HASH_BYTES
        if not fits or (found.moment is None) is (found.omvang > 0) or found.tekst != tekst:
            raise Incorrect("controlepunt", tekst, _FORM)
        return found


def as_checkpoints(field: str, values: object) -> tuple[Controlepunt, ...]:
    """Checkpoints as a caller gives them. Raises Incorrect for anything else, such as a path."""
    given = tuple(values) if isinstance(values, Iterable) and not isinstance(values, str) else None
    if given is None or not all(isinstance(one, Controlepunt) for one in given):
        allowed = "a list of Controlepunt, as read_checkpoints gives them"
        raise Incorrect(field, type(values).__name__, allowed)
    return given


def read_checkpoints(tekst: str) -> list[Controlepunt]:
    """Every checkpoint in a text, with an empty line between two of them; raises Incorrect."""
    if not tekst.strip():
        return []
    whole, ended = tekst.removesuffix("\n"), tekst.endswith("\n")
    return [Controlepunt.lees(one + "\n" * ended) for one in whole.split("\n\n")]


def write_checkpoints(punten: list[Controlepunt]) -> str:
    """The text that ``read_checkpoints`` reads."""
    return "\n".join(one.tekst for one in punten)


def _after(prefix: str, line: str, pattern: re.Pattern[str] | None = None) -> str:
    rest = line.removeprefix(prefix)
    if not line.startswith(prefix) or (pattern is not None and not pattern.fullmatch(rest)):
        raise ValueError(f"expected {prefix!r} and a value")
    return rest


def _moment(line: str) -> datetime:
    text = _after("moment ", line)
    return _read_moment(text.removesuffix("Z")).replace(tzinfo=UTC)
