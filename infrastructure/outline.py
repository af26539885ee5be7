"""The outline of a stored line, for a fold of millions of them: msgspec passes over the rest.

It gives what decoding in full gives (a property of the tests), for lines that are whole: whether
they are is for ``verify`` to say. The fact is read as strictly as ever.
"""

from typing import Any, Final

from msgspec import MsgspecError, Struct
from msgspec.json import Decoder

from rekenschap.application.errors import Broken
from rekenschap.application.ports import StoredRecord
from rekenschap.domain.verdicts import Gevolg
from rekenschap.domain.vocabulary import Uitkomst
from rekenschap.infrastructure.codec import UNREADABLE, fact_of, read_effect, why
from rekenschap.projections.omtrek import Omtrek


class _Verdict(Struct):
    regel: str
    ernst: str


class _Receipt(Struct):
    regelingen: list[str]


class _Decision(Struct):
    uitkomst: Uitkomst
    oordelen: list[_Verdict]
    gevolg: dict[str, Any] | None
    bon: _Receipt | None


class _Line(Struct):
    """Only what is asked of a line; its other keys are not looked at."""

    feit: dict[str, Any]
    oordeel: _Decision


_read: Final = Decoder(_Line).decode


def outline(record: StoredRecord) -> Omtrek:
    """The outline of a line. Raises Broken with the position when it cannot be read."""
    try:
        line = _read(record.payload)
        said = line.oordeel
        return Omtrek(
            record.position,
            fact_of(record.name, record.version, line.feit),
            said.uitkomst,
            None if said.gevolg is None else read_effect(said.gevolg, Gevolg),
            said.bon.regelingen[0] if said.bon is not None and said.bon.regelingen else "",
            tuple([(one.regel, one.ernst) for one in said.oordelen]),
        )
    except (*UNREADABLE, MsgspecError) as error:
        raise Broken(why(record, error), position=record.position) from error
