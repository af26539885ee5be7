"""A document as blocks, before it is a page or a PDF."""

import unicodedata
from typing import Final

from attrs import field, frozen

UNREADABLE: Final = "\ufffd"
KEPT: Final = "\n\t"
TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the order of what is read: what one sees would not be what stands there."""


@frozen
class Kop:
    """A heading; level 1 is the title."""

    tekst: str
    niveau: int = 2


@frozen
class Alinea:
    """A paragraph."""

    tekst: str


@frozen
class Nadruk:
    """A paragraph that stands out: the heart of the matter."""

    tekst: str
    goed: bool | None = None
    """Whether it is good news (True), bad (False), or neither."""


@frozen
class Gegevens:
    """Names with their values."""

    rijen: tuple[tuple[str, str], ...]


@frozen
class Tabel:
    """A table with a heading for each column."""

    koppen: tuple[str, ...]
    rijen: tuple[tuple[str, ...], ...]
    breedtes: tuple[int, ...] = field(factory=tuple)
    """How wide each column is, in parts of the whole; equal when not told."""


@frozen
class Citaat:
    """The words of a text, and where they stand."""

    tekst: str
    bron: str


@frozen
class Punten:
    """A list of points; each may have lines of its own under it."""

    punten: tuple[tuple[str, ...], ...]


@frozen
class Letterlijk:
    """Text of which every character counts: a hash, a command."""

    tekst: str


Blok = Kop | Alinea | Nadruk | Gegevens | Tabel | Citaat | Punten | Letterlijk


@frozen(kw_only=True)
class Document:
    """A whole document. ``voet`` stands at the foot of every printed page."""

    titel: str
    voet: str
    blokken: tuple[Blok, ...]


def readable(text: str) -> str:
    """A text without signs that cannot be seen and change how the rest is read or stored."""
    return "".join(UNREADABLE if _is_hidden(sign) else sign for sign in text)


def _is_hidden(sign: str) -> bool:
    return sign in TURNING or (sign not in KEPT and unicodedata.category(sign) in ("Cc", "Cs"))
