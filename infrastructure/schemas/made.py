"""The schemas as the classes and the codec make them today; what is published must be equal.

A schema says what the codec says, as far as JSON Schema can: it cannot tell that 30 February is no
day, that a number is spelled in the one way, or which fact a correction may hold. Those the codec
refuses besides.
"""

import inspect
import json
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

import attrs

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.boeking import Melder
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.facts import Feit
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import COMPILED, PATTERNS, Product, RegelingTekst
from rekenschap.domain.kenmerken import Kenmerken, Verzegeld, Waarde
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.verdicts import (
    Afrekenwijze,
    Beslissing,
    Bon,
    Gevolg,
    Jaardagen,
    Lezing,
    NietGetoetst,
    Oordeel,
    Trede,
)
from rekenschap.domain.vocabulary import LISTS

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
URN: Final = "urn:rekenschap:schema:"
Schema = dict[str, Any]

_DAY: Final = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_CLOCK: Final = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_MOMENT: Final = rf"{_DAY}T{_CLOCK}:[0-5][0-9]\.[0-9]{{6}}Z"
_NUMBER: Final = r"(?!-0(?![\s\S]))-?(?:0|[1-9][0-9]{0,27})(?:\.[0-9]{0,27}[1-9])?"
_PARTS: Final = (
    *(Beslissing, Bon, Gevolg, Lezing, Melder, NietGetoetst, Oordeel),
    *(Afrekenwijze, Jaardagen, Termijn, Trede),
)


def _text(pattern: str, **more: Any) -> Schema:
    """Text that is wholly this; the same in every dialect of regular expressions."""
    return {"type": "string", "pattern": rf"^(?:{pattern})(?![\s\S])", **more}


def _tagged(tag: str, inner: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {tag: inner},
        "required": [tag],
        "additionalProperties": False,
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"{URN}delen#/$defs/{name}"}


_SCALARS: Final[Mapping[Any, tuple[str, Schema]]] = {
    date: ("datum", _text(_DAY, format="date")),
    time: ("tijd", _text(_CLOCK)),
    datetime: ("tijdstip", _text(_MOMENT, format="date-time")),
    Decimal: ("getal", _text(_NUMBER)),
    Bedrag: ("eurocent", {"type": "integer"}),
    Verzegeld: ("zegel", _tagged("zegel", {"$ref": f"{URN}delen#/$defs/Zegel"})),
    int: ("geheel", {"type": "integer"}),
    bool: ("janee", {"type": "boolean"}),
    RegelingTekst: ("regelingtekst", {"type": "string"}),
}


def shared() -> Schema:
    """What all events share."""
    definitions = dict(_SCALARS.values())
    definitions |= {kind.__name__: _text(PATTERNS[kind][0]) for kind in COMPILED}
    definitions |= {kind.__name__: {"enum": [one.value for one in kind]} for kind in LISTS}
    definitions |= {part.__name__: _part(part) for part in _PARTS}
    definitions |= {"Waarde": _value(), "Waarden": _values(), "Optiewaarde": _option()}
    definitions["Feit"] = {
        "type": "object",
        "properties": {
            "naam": _text(r"[a-z]+(?:-[a-z]+)*"),
            "versie": {"type": "integer", "minimum": 1},
            "feit": {"type": "object"},
        },
        "required": ["feit", "naam", "versie"],
        "additionalProperties": False,
    }
    return {"$schema": DIALECT, "$id": f"{URN}delen", "$defs": dict(sorted(definitions.items()))}


def event(cls: type[Feit]) -> Schema:
    """The schema of the stored payload of a fact of this class."""
    return {
        "$schema": DIALECT,
        "$id": f"{URN}{cls.naam}:{cls.versie}",
        "title": f"{cls.naam} {cls.versie}",
        "description": inspect.cleandoc(cls.__doc__ or ""),
        "type": "object",
        "properties": {
            "feit": _part(cls),
            "melder": _ref(Melder.__name__),
            "oordeel": _ref(Beslissing.__name__),
            "opdracht": _ref("CommandId"),
            "referentie": _ref("Referentie"),
        },
        "required": ["feit", "melder", "oordeel", "opdracht"],
        "additionalProperties": False,
    }


def text_of(schema: Schema) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def without_words(schema: Schema) -> Schema:
    """A schema without its description, whose wording is free to get better in the code."""
    return {key: value for key, value in schema.items() if key != "description"}


def _part(cls: Any) -> Schema:
    """Every field by name; only one that can be absent may be left out."""
    fields = sorted(attrs.fields(cls), key=lambda one: one.name)
    return {
        "type": "object",
        "properties": {one.name: kind_of(one.type) for one in fields},
        "required": [one.name for one in fields if one.default is not AFWEZIG],
        "additionalProperties": False,
    }


def kind_of(annotation: Any) -> Schema:
    """The schema of a field of this annotation."""
    if annotation == Optiewaarde:
        return _ref("Optiewaarde")
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        kinds = [one for one in arguments if one not in (Afwezig, NoneType)]
        assert len(kinds) == 1, annotation
        inner = kind_of(kinds[0])
        return {"anyOf": [inner, {"type": "null"}]} if NoneType in arguments else inner
    if origin is tuple:
        return {"type": "array", "items": kind_of(arguments[0])}
    if origin is get_origin(Kenmerken) and arguments[1] == Waarde:
        return _ref("Waarden")
    if any(annotation is kind for kind in _SCALARS):
        return _ref(_SCALARS[annotation][0])
    assert any(annotation is one for one in (*COMPILED, *LISTS, *_PARTS, Feit)), annotation
    return _ref(annotation.__name__)


def _value() -> Schema:
    """A value whose kind the field does not tell, with its tag."""
    tags = ("getal", "eurocent", "datum", "tijd", "tijdstip")
    tagged = [_tagged(name, _ref(name)) for name in tags]
    return {
        "anyOf": [
            {"type": ["null", "boolean", "integer"]},
            _ref(Product.__name__),
            *tagged,
            _ref("zegel"),
            {"type": "array", "items": _ref("Waarde")},
        ]
    }


def _values() -> Schema:
    return {
        "type": "object",
        "propertyNames": _ref(Product.__name__),
        "additionalProperties": _ref("Waarde"),
    }


def _option() -> Schema:
    """What an option can be set to: no money, time, moment or seal."""
    word, day = _ref(Product.__name__), _tagged("datum", _ref("datum"))
    number = _tagged("getal", _ref("getal"))
    return {
        "anyOf": [
            {"type": ["null", "boolean", "integer"]},
            *(word, number, day),
            {"type": "array", "items": {"anyOf": [word, day]}},
        ]
    }
