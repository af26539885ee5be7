"""What a sealed line says of the tables beside the log: its command, and all that it touches.

All of it is in the payload, so the tables can be held against the seal: the fact names what it
touches, and the receipt names the dossier that was read, which is the jeugdige it was recorded for.

Verifying reads every line there is, and the verdicts are most of a line: they are passed over.
"""

from typing import Any, Final

from msgspec import Struct
from msgspec.json import Decoder

from rekenschap.domain.facts import REGISTER, Feit
from rekenschap.infrastructure.codec import fact_of

_NAMES_NOTHING: Final = frozenset(
    key for key, cls in REGISTER.items() if cls.verwijzingen_naar is Feit.verwijzingen_naar
)


class _Receipt(Struct):
    gelezen: list[str]


class _Decision(Struct):
    bon: _Receipt | None = None


class _Line(Struct):
    """Only what is asked of a line; its other keys are not looked at."""

    feit: dict[str, Any]
    oordeel: _Decision
    opdracht: str
    referentie: str | None = None


_read: Final = Decoder(_Line).decode


def traces(name: str, version: int, stream: str, payload: bytes) -> tuple[str, set[str]]:
    """The command id of a line, and every reference that ``codec.encode`` gave it."""
    line = _read(payload)
    touched = {stream}
    if (name, version) not in _NAMES_NOTHING:
        touched.update(fact_of(name, version, line.feit).verwijzingen_naar)
    if line.oordeel.bon is not None:
        touched.update([one for one in line.oordeel.bon.gelezen if one.startswith("jeugdige/")])
    if line.referentie is not None:
        touched.add(f"referentie/{line.referentie}")
    return line.opdracht, touched
