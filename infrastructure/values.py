"""How single values are spelled in stored bytes, and read back without any guessing.

A value whose kind the field does not tell (a kenmerk, a compared value, an option) carries a tag:
text, true, false and whole numbers stand for themselves, anything else says what it is. What could
not be read back is not written either.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum, StrEnum
from operator import itemgetter
from types import NoneType
from typing import Any, Final

from rekenschap.domain.identifiers import (
    COMPILED,
    Code,
    Keuze,
    PersoonRef,
    Product,
    RegelId,
    RegelingNaam,
    Zegel,
)
from rekenschap.domain.kenmerken import Verzegeld
from rekenschap.domain.quantities import Bedrag
from rekenschap.infrastructure.canonical import (
    Malformed,
    decimal_text,
    moment_text,
    read_date,
    read_decimal,
    read_moment,
    read_time,
    time_text,
    wrong,
)

Read = Callable[..., Any]
"""As cattrs calls it, with the annotation the value stands under; or with the value alone."""

_is_zegel: Final = COMPILED[Zegel].fullmatch

WORDS: Final = (Code, Keuze, PersoonRef, Product, RegelId, RegelingNaam)
"""Kinds of text with few words, that return in nearly every payload."""
_MOST: Final = 10_000
"""So many words that were read are kept, to be known at sight."""


def read_text(value: Any, _: Any = None) -> str:
    """Text, and nothing that merely prints like it."""
    if type(value) is str:
        return value
    raise wrong("text", value)


def read_int(value: Any, _: Any = None) -> int:
    """A whole number; True is not 1."""
    if type(value) is int:
        return value
    raise wrong("a whole number", value)


def read_bool(value: Any, _: Any = None) -> bool:
    """True or false."""
    if type(value) is bool:
        return value
    raise wrong("true or false", value)


def read_money(value: Any, _: Any = None) -> Bedrag:
    """A whole number of eurocents."""
    return Bedrag(read_int(value))


def read_seal(value: Any, _: Any = None) -> Verzegeld:
    """A commitment, with its tag and nothing else."""
    if type(value) is dict and len(value) == 1:
        return _commitment(value.get("zegel"))
    raise wrong("a seal", value)


def reader_of(kind: Any, name: str = "") -> Read:
    """The reader of one kind of text; a word that returns everywhere is matched once."""
    matches, name = COMPILED[kind].fullmatch, name or f"a {kind.__name__}"
    known = set[str]()
    room = _MOST if kind in WORDS else 0

    def read(value: Any, _: Any = None) -> str:
        if type(value) is str:
            if value in known:
                return value
            if matches(value):
                if len(known) < room:
                    known.add(value)
                return value
        raise wrong(name, value)

    return read


def reader_of_all(kind: Any) -> Read:
    """The reader of a list of one kind of text; a list of words that are known is read at once."""
    read_new, known = reader_of(kind), set[str]()

    def read(value: Any, _: Any = None) -> tuple[str, ...]:
        if type(value) is not list:
            raise wrong("a list", value)
        if not value:
            return ()
        try:
            if known.issuperset(value):
                return tuple(value)
        except TypeError as error:
            raise wrong(f"a list of {kind.__name__}", value) from error
        words = tuple(read_new(one, kind) for one in value)
        if len(known) + len(words) <= _MOST:
            known.update(words)
        return words

    return read


def reader_of_enum(kind: type[StrEnum]) -> Read:
    """The reader of a closed list."""
    members = {member.value: member for member in kind}

    def read(value: Any, _: Any) -> StrEnum:
        if type(value) is str and value in members:
            return members[value]
        raise wrong(f"one of {', '.join(members)}", value)

    return read


def shared(read: Read, names: Sequence[str]) -> Read:
    """A reader of values that hold words only: one that was read before is given again."""
    words, known = itemgetter(*names), dict[tuple[str, ...], Any]()

    def read_shared(value: Any, kind: Any = None) -> Any:
        if type(value) is not dict or len(value) != len(names):
            return read(value, kind)
        key = words(value)
        found = known.get(key)
        if found is None:
            found = read(value, kind)
            if len(known) < _MOST:
                known[key] = found
        return found

    return read_shared


def tagged(value: Any) -> Any:
    """A value of any kind a kenmerk can have, with its tag."""
    write = _WRITE.get(type(value))
    if write is None:
        for kind in _WITH_SUBCLASSES:
            if isinstance(value, kind):
                return _WRITE[kind](value)
        raise Malformed(f"a {type(value).__name__} does not belong in an event")
    return write(value)


def untagged(value: Any, _: Any = None) -> Any:
    """Back from the tag to the value; text is a word, never a sentence."""
    kind = type(value)
    if kind is str:
        return _word(value)
    if kind in _PLAIN:
        return value
    if kind is list:
        return tuple([untagged(one) for one in value])
    if kind is dict and len(value) == 1:
        tag, inner = next(iter(value.items()))
        if tag in _TAGS:
            return _TAGS[tag](inner)
    raise wrong("a value or one with a tag", value)


def tagged_map(values: Mapping[Any, Any]) -> dict[str, Any]:
    """A map of tagged values, for the bytes: names and text are words."""
    return {_word(name): _checked(inner) for name, inner in values.items()}


def untagged_map(value: Any, _: Any = None) -> Mapping[str, Any]:
    """A map of tagged values."""
    if type(value) is not dict:
        raise wrong("a map of values", value)
    return {_word(name): untagged(inner) for name, inner in value.items()}


def read_option(value: Any, _: Any = None) -> Any:
    """What an option can be set to: no money, time, moment or seal."""
    read = untagged(value)
    inside = read if type(read) is tuple else (read,)
    allowed = _IN_A_LIST if type(read) is tuple else _AS_OPTION
    if all(isinstance(one, allowed) and not isinstance(one, datetime) for one in inside):
        return read
    raise wrong("the value of an option", value)


def _checked(value: Any) -> Any:
    if type(value) is tuple:
        return [_checked(one) for one in value]
    found = tagged(value)
    return _word(found) if type(found) is str else found


_word: Final = reader_of(Product, "a word")
"""The widest kind of word there is: a name, a code, a choice, a product."""


def _commitment(value: Any) -> Verzegeld:
    if type(value) is str and _is_zegel(value):
        return Verzegeld(Zegel(value))
    raise wrong("64 hex digits", value)


def _same(value: Any) -> Any:
    return value


_PLAIN: Final = frozenset({int, bool, NoneType})
_AS_OPTION: Final = (bool, int, Decimal, date, str, NoneType)
_IN_A_LIST: Final = (str, date)
_WRITE: Final[dict[type, Callable[[Any], Any]]] = {
    str: _same,
    int: _same,
    bool: _same,
    NoneType: _same,
    Decimal: lambda value: {"getal": decimal_text(value)},
    Bedrag: lambda value: {"eurocent": read_int(value.eurocent)},
    datetime: lambda value: {"tijdstip": moment_text(value)},
    date: lambda value: {"datum": value.isoformat()},
    time: lambda value: {"tijd": time_text(value)},
    Verzegeld: lambda value: {"zegel": value.zegel},
    tuple: lambda value: [tagged(one) for one in value],
    Enum: lambda value: value.value,
}
ONE_VALUE: Final = frozenset(_WRITE) - {tuple, Enum}
"""The kinds of value that are no list and hold nothing absent."""
_WITH_SUBCLASSES: Final = (Enum, datetime, date, time, str)
"""Kinds whose subclasses are written as they are: lists of the code, a frozen clock."""
_TAGS: Final[dict[str, Callable[[Any], Any]]] = {
    "getal": read_decimal,
    "eurocent": read_money,
    "datum": read_date,
    "tijd": read_time,
    "tijdstip": read_moment,
    "zegel": _commitment,
}
