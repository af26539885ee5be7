"""The outline of a stored line, for a fold of millions of them: msgspec passes over the rest.

It gives what decoding in full gives (a property of the tests), for lines that are whole: whether
they are is for ``verify`` to say. The fact is read as strictly as ever.

Of an effort even less will do where balances are only added up: most lines are efforts, and few of
them add something that no other one adds.
"""

from collections.abc import Hashable
from datetime import date
from typing import Any, Final

from msgspec import UNSET, MsgspecError, Struct, UnsetType
from msgspec.json import Decoder

from rekenschap.application.errors import Broken
from rekenschap.application.ports import StoredRecord
from rekenschap.domain.facts import InzetGeregistreerd
from rekenschap.domain.verdicts import Gevolg
from rekenschap.domain.vocabulary import Uitkomst
from rekenschap.infrastructure.canonical import read_date
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


class _YearDays(Struct, frozen=True):
    jaar: int
    dagen: int


class _Effect(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything an effort can do to a balance; one that does more is read at length."""

    eenheid: str | None
    aantal: str | None
    tarief: int | None
    tarief_eenheid: str | None
    budget: int | None
    waarde: int | None
    jaardagen: tuple[_YearDays, ...]
    start: str | UnsetType = UNSET


class _Recorded(Struct):
    sessie: Any = None


class _Effort(Struct):
    datum: str
    soort: str
    aantal: str
    eenheid: str
    vastgesteld: _Recorded


class _Outcome(Struct):
    uitkomst: str
    gevolg: _Effect


class _EffortLine(Struct):
    """Of an effort, only what can make a difference to a balance."""

    feit: _Effort
    oordeel: _Outcome


_read: Final = Decoder(_Line).decode
_read_effort: Final = Decoder(_EffortLine).decode
_EFFORT: Final = (InzetGeregistreerd.naam, InzetGeregistreerd.versie)
_COUNTS: Final = frozenset(one.value for one in Uitkomst if one.erkend)


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


def addition(record: StoredRecord) -> tuple[Hashable, date] | None:
    """What an effort that counts adds to a balance, and on which day; None for any other line, and
    for one that is not as it should be: its outline tells what is wrong."""
    if (record.name, record.version) != _EFFORT:
        return None
    try:
        line = _read_effort(record.payload)
        if line.oordeel.uitkomst not in _COUNTS:
            return None
        effort = line.feit
        session = effort.vastgesteld.sessie is True
        adds = (effort.soort, effort.aantal, effort.eenheid, session, line.oordeel.gevolg)
        return adds, read_date(effort.datum)
    except (*UNREADABLE, MsgspecError):
        return None
