"""Makes payloads that are wrong in one place, systematically, from one that is right."""

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.boeking import Melder
from rekenschap.domain.facts import BY_CLASS_NAME, REGISTER, Feit
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import (
    CommandId,
    GezinRef,
    Hash,
    JeugdigeRef,
    PersoonRef,
    Referentie,
    RegelingTekst,
    Stroom,
    Zegel,
)
from rekenschap.domain.kenmerken import Kenmerken, Verzegeld
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.verdicts import Beslissing

HEX = "0123456789abcdef"
UPPER = HEX.upper()
FLOATS = (1.5, 0.0, 1e3)
CONSTANTS = (float("nan"), float("inf"), float("-inf"))
NOT_TEXT = (1, 0, True, False, *FLOATS, *CONSTANTS, [], {}, ["T1"], {"T1": "T1"})
NO_WORDS = ("", " ", "a b", "a" * 65, "-a", ".a", "é", "a\n", "a\u0000", "Jan de Vries")
_DAYS = (
    "2025-02-30",
    "2025-13-01",
    "2025-00-10",
    "2025-1-1",
    "20250101",
    "2025-W01-1",
    "01-01-2025",
)
_MORE_DAYS = ("2025-01-01T00:00:00", "2025-01-01 ", "0000-01-01", "２０２５-01-01", "", "vandaag")
_NUMBERS = ("1.50", "01", "1e3", "+1", "-0", "-", "", ".5", "1.", "NaN", "Infinity", "1,5", "٣")
_TAGGED = (
    {"onbekend": "1"},
    {"getal": 1},
    {"getal": "1.50"},
    {"getal": "1", "datum": "2025-01-01"},
    {"eurocent": "1"},
    {"eurocent": True},
    {"datum": "2025-02-30"},
    {"datum": None},
    {"tijd": "24:00"},
    {"tijdstip": "2025-01-01T00:00:00Z"},
    {"tijdstip": "2025-01-01T00:00:00.000000+00:00"},
    {"tijdstip": "2025-01-01T24:00:00.000000Z"},
    {"zegel": UPPER * 4},
    {"zegel": HEX},
    {"woorden": "Jan"},
    {"tekst": "Jan"},
    {},
    {"": ""},
    [{}],
    [[["a b"]]],
)
_BAD: dict[Any, tuple[Any, ...]] = {
    date: (*_DAYS, *_MORE_DAYS, 20250101, True, 1.5, [], {}, {"datum": "2025-01-01"}),
    time: (
        "24:00",
        "9:00",
        "09:00:00",
        "0900",
        "09.00",
        "09:00Z",
        "",
        900,
        True,
        {"tijd": "09:00"},
    ),
    Decimal: (*_NUMBERS, "1" * 29, 1, 0, True, *FLOATS, *CONSTANTS, [], {}, {"getal": "1"}),
    Bedrag: ("1", "1.00", True, False, *FLOATS, *CONSTANTS, [], {}, {"eurocent": 1}),
    Verzegeld: (
        *("Jan de Vries", HEX * 4, 1, True, 1.5, [], {}, {"zegel": HEX * 4, "datum": "2025-01-01"}),
        *({"zegel": UPPER * 4}, {"zegel": HEX}, {"zegel": None}, {"datum": "2012-01-01"}),
        *({"getal": "1"}, {"tekst": "Jan"}),
    ),
    int: ("1", "", "een", True, False, *FLOATS, *CONSTANTS, [], {}, [1]),
    bool: (1, 0, "true", "True", "", *FLOATS, [], {}),
    Optiewaarde: (
        *_TAGGED,
        *CONSTANTS,
        *(1.5, "a b", {"eurocent": 1}, {"zegel": HEX * 4}, {"tijd": "09:00"}, [1], [None], [[]]),
        {"tijdstip": "2025-01-01T00:00:00.000000Z"},
    ),
    RegelingTekst: NOT_TEXT,
    JeugdigeRef: (*NOT_TEXT, "jeugdige/", f"jeugdige/{UPPER * 2}", f"gezin/{HEX * 2}", HEX * 2),
    GezinRef: (*NOT_TEXT, "gezin/", f"gezin/{UPPER * 2}", f"jeugdige/{HEX * 2}", f"gezin/{HEX}"),
    PersoonRef: (*NOT_TEXT, "persoon/jan", f"persoon/{UPPER * 2}", f"persoon/{HEX * 2}0", "jan"),
    Hash: (*NOT_TEXT, UPPER * 4, HEX * 4 + "0", HEX * 3, "g" * 64, ""),
    Zegel: (*NOT_TEXT, UPPER * 4, HEX * 4 + "0", HEX * 3, "g" * 64, ""),
    Stroom: (
        *NOT_TEXT,
        "",
        "toewijzing",
        "Toewijzing/T1",
        "toewijzing/a b",
        "toewijzing/" + "a" * 65,
    ),
}
Path = tuple[str | int, ...]
DELETED = object()


def changes(annotation: Any, right: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Every wrong value for a place and for the places in it: where, and what to put there."""
    kinds = get_args(annotation) if _is_union(annotation) else (annotation,)
    if NoneType not in kinds and annotation != Optiewaarde:
        yield path, None
    base = next(kind for kind in kinds if kind not in (Afwezig, NoneType))
    if get_origin(base) is tuple:
        yield from ((path, wrong) for wrong in ("T1", 1, True, 1.5, {}, {"0": "T1"}))
        yield from changes(get_args(base)[0], right[0], (*path, 0))
    elif get_origin(base) is get_origin(Kenmerken):
        yield from _in_a_map(path)
    elif base is Feit:
        yield from _in_a_fact(right, path)
    elif attrs.has(base) and base not in _BAD:
        yield from in_a_class(base, right, path)
    elif isinstance(base, type) and issubclass(base, Enum):
        yield from ((path, wrong) for wrong in (*NOT_TEXT, "", "onbekend", str(right).upper()))
    else:
        yield from ((path, wrong) for wrong in _BAD.get(base, (*NOT_TEXT, *NO_WORDS)))


def in_a_class(cls: Any, right: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Keys too many and too few, and whatever is wrong in each field."""
    yield from ((path, wrong) for wrong in ("T1", 1, True, 1.5, [], [1], {}))
    yield from (((*path, extra), wrong) for extra in ("erbij", "", "Datum") for wrong in (None, 1))
    for field in attrs.fields(cls):
        if field.default is not AFWEZIG:
            yield (*path, field.name), DELETED
        if field.name in right:
            yield from changes(field.type, right[field.name], (*path, field.name))


def in_an_entry(cls: type[Feit], right: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Whatever can be wrong in the payload of a fact of this class."""
    yield from (((extra,), wrong) for extra in ("erbij", "naam", "versie") for wrong in (None, 1))
    yield from (((needed,), DELETED) for needed in ("feit", "oordeel", "melder", "opdracht"))
    yield from in_a_class(cls, right["feit"], ("feit",))
    yield from in_a_class(Beslissing, right["oordeel"], ("oordeel",))
    yield from in_a_class(Melder, right["melder"], ("melder",))
    yield from changes(CommandId, right["opdracht"], ("opdracht",))
    yield from changes(Referentie, right["referentie"], ("referentie",))


def spoiled(payload: bytes, path: Path, wrong: Any) -> bytes:
    """The payload with one place changed."""
    whole = json.loads(payload)
    place = whole
    for step in path[:-1]:
        place = place[step]
    if wrong is DELETED:
        del place[path[-1]]
    else:
        place[path[-1]] = deepcopy(wrong)
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def raw(payload: bytes) -> Iterator[bytes]:
    """Bytes that are no payload at all."""
    yield from (
        b"",
        b" ",
        b"null",
        b"[]",
        b"1",
        b'"feit"',
        b"{}",
        b"[1",
        b"NaN",
        b"\xff\xfe",
        b"\x00",
    )
    yield from (payload[:-1], payload + b"}", payload + b" ", b" " + payload, payload * 2)
    yield from (b"\xef\xbb\xbf" + payload, payload.decode().encode("utf-16"), payload[1:])
    yield payload.replace(b'"opdracht"', b'"opdr\xff"')
    yield payload.replace(b"{", b'{"a":1,"a":1,', 1)
    for key in (b"feit", b"datum", b"melder", b"uitkomst", b"rol", b"bekend_tot", b"opdracht"):
        yield payload.replace(b'"%s":' % key, b'"%s":null,"%s":' % (key, key), 1)
    for number in (b"NaN", b"Infinity", b"-Infinity", b"1.0", b"1e3", b"01", b"9" * 5_000, b"+1"):
        yield payload.replace(b'"bekend_tot":42', b'"bekend_tot":' + number)
    for depth in (300, 990, 100_000):
        deep = b"[" * depth + b"]" * depth
        yield payload.replace(b'"bekend_tot":42', b'"bekend_tot":' + deep)
        yield payload.replace(b'"vergeleken":{', b'"vergeleken":{"diep":{"x":%s},' % deep)
    yield payload.replace(b'"bekend_tot":42', b'"bekend_tot":42,')
    yield payload.replace(b'"', b"'")


def _in_a_map(path: Path) -> Iterator[tuple[Path, Any]]:
    yield from ((path, wrong) for wrong in ("T1", 1, True, 1.5, [], [["a", 1]]))
    yield from (((*path, "een"), wrong) for wrong in (*_TAGGED, *FLOATS, *CONSTANTS, *NO_WORDS))
    yield from (((*path, name), 1) for name in NO_WORDS)


def _in_a_fact(right: dict[str, Any], path: Path) -> Iterator[tuple[Path, Any]]:
    yield from ((path, wrong) for wrong in ("T1", 1, True, [], {}, right["feit"]))
    yield from (((*path, key), DELETED) for key in ("naam", "versie", "feit"))
    yield (*path, "erbij"), 1
    yield from (((*path, "naam"), wrong) for wrong in (*NOT_TEXT, "", "onbekend", *BY_CLASS_NAME))
    yield from (((*path, "versie"), wrong) for wrong in (None, 0, 2, -1, "1", True, 1.5, [], {}))
    cls = REGISTER[right["naam"], right["versie"]]
    yield from in_a_class(cls, right["feit"], (*path, "feit"))


def _is_union(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, UnionType) and annotation != Optiewaarde


_BAD[datetime] = tuple(value["tijdstip"] for value in _TAGGED if "tijdstip" in value)
