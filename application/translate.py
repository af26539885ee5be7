"""From a command to the fact it reports: every value checked, persons and words pseudonymised.

A fact made here holds references of the vault and seals. A seal starts as the keyed fingerprint of
its value, so that the content of a command can be compared without keeping the value; ``seal``
puts the salted commitment in its place when the fact is really going to be recorded.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Protocol, Union, get_args, get_origin

import attrs

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import Feit
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import (
    COMPILED,
    GezinRef,
    JeugdigeRef,
    PersoonRef,
    RegelingTekst,
    Zegel,
)
from rekenschap.domain.kenmerken import Kenmerkenlijst, Verzegeld, Waarde, Woorden
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.values import (
    as_bool,
    as_date,
    as_decimal,
    as_enum,
    as_int,
    as_moment,
    as_money,
    as_time,
    as_token,
    as_words,
    is_unicode,
)

PERSONS: Mapping[Any, str] = {JeugdigeRef: "jeugdige", GezinRef: "gezin", PersoonRef: "persoon"}
LONGEST_HOST_ID = 200


class Pseudonyms(Protocol):
    """Where references of persons come from, and the fingerprints of sealed values."""

    def reference(self, kind: str, host_id: str) -> str: ...

    def known(self, kind: str, host_id: str) -> str | None: ...

    def fingerprint(self, value: str) -> str: ...


class Translator:
    """Makes facts; one per unit of work, so that it knows the kenmerken and the vault of it."""

    def __init__(self, kenmerken: Kenmerkenlijst, pseudonyms: Pseudonyms) -> None:
        self.kenmerken = kenmerken
        self.pseudonyms = pseudonyms
        self.secrets: dict[str, tuple[str, str]] = {}

    def fact(self, cls: type[Feit], values: Mapping[str, Any]) -> Feit:
        """A fact of this class from a command's values. Raises Incorrect naming the field."""
        made = {
            name: read(self, metadata, values[name])
            for name, (metadata, read) in _readers(cls).items()
        }
        return cls(**made)

    def value(self, cls: type[Feit], name: str, raw: Any) -> Any:
        """One field of a fact from a command's value."""
        metadata, read = _readers(cls)[name]
        return read(self, metadata, raw)

    def person(self, kind: str, name: str, raw: Any) -> str:
        """The reference of a person the host knows by an id of its own."""
        return self.pseudonyms.reference(kind, host_id_of(kind, name, raw))

    def known(self, kind: str, raw: Any) -> str | None:
        """The reference of a person if there is one already; makes none."""
        return self.pseudonyms.known(kind, host_id_of(kind, kind, raw))

    def sealed(self, name: str, plain: str) -> Verzegeld:
        """A seal that for now is the fingerprint of the value."""
        mark = self.pseudonyms.fingerprint(plain)
        self.secrets[mark] = (name, plain)
        return Verzegeld(Zegel(mark))

    def kenmerken_of(self, cls: type[Feit], raw: Any) -> dict[str, Waarde]:
        """The kenmerken of a fact, each declared and checked; words sealed."""
        if not isinstance(raw, Mapping):
            raise Incorrect("vastgesteld", raw, "a map of kenmerken and values")
        checked = self.kenmerken.check(cls.__name__, raw)
        return {
            name: self.sealed(name, value.tekst) if isinstance(value, Woorden) else value
            for name, value in checked.items()
        }


def host_id_of(kind: str, name: str, raw: Any) -> str:
    """The host's own id of a person, checked. Raises Incorrect, without showing it."""
    fits = isinstance(raw, str) and raw.strip() and len(raw) <= LONGEST_HOST_ID
    if fits and is_unicode(raw):
        return str(raw)
    allowed = f"the host's id of a {kind}, 1 to {LONGEST_HOST_ID} characters"
    raise Incorrect(name, raw, allowed, secret=True)


def seal(fact: Feit, commitments: Mapping[str, str]) -> Feit:
    """The fact with each fingerprint replaced by the commitment of the vault."""

    def replaced(value: Any) -> Any:
        if isinstance(value, Verzegeld) and value.zegel in commitments:
            return Verzegeld(Zegel(commitments[value.zegel]))
        if isinstance(value, Feit):
            return seal(value, commitments)
        if isinstance(value, Mapping):
            return {name: replaced(inner) for name, inner in value.items()}
        return value

    if not commitments:
        return fact
    changes = {a.name: replaced(getattr(fact, a.name)) for a in fields_of(type(fact))}
    return attrs.evolve(fact, **changes)


def fields_of(cls: type[Feit]) -> "tuple[attrs.Attribute[Any], ...]":
    """The fields of a fact class."""
    return tuple(attrs.fields(cls))


Read = Callable[[Translator, Mapping[str, Any], Any], Any]


def _readers(cls: type[Feit]) -> dict[str, tuple[Mapping[str, Any], Read]]:
    """How each field of a fact class is read; worked out once."""
    found = _READERS.get(cls)
    if found is None:
        found = _READERS[cls] = {a.name: (a.metadata, _reader(cls, a)) for a in fields_of(cls)}
    return found


_READERS: dict[type[Feit], dict[str, tuple[Mapping[str, Any], Read]]] = {}


def _reader(cls: type[Feit], field: "attrs.Attribute[Any]") -> Read:
    if field.type in NOT_ASKED:
        return lambda _, __, raw: raw
    return _made_reader(cls, field.name, field.type)


NOT_ASKED = (Feit, RegelingTekst)
"""What no command holds as it is: the ledger makes it itself."""


def _made_reader(cls: type[Feit], name: str, annotation: Any) -> Read:
    """How one field is read: absent and none where they fit, then by the kind of value."""
    if name == "vastgesteld":
        return lambda translator, _, raw: translator.kenmerken_of(cls, raw)
    kinds = get_args(annotation) if _is_union(annotation) else (annotation,)
    if annotation == Optiewaarde:
        return lambda _, __, raw: _option(name, raw)
    base = next(k for k in kinds if k not in (Afwezig, NoneType))
    read = _base_reader(name, base)
    nullable, absentable = NoneType in kinds, Afwezig in kinds

    def reader(translator: Translator, metadata: Mapping[str, Any], raw: Any) -> Any:
        if raw is None and nullable:
            return None
        if raw is AFWEZIG and absentable:
            return AFWEZIG
        return read(translator, metadata, raw)

    return reader


def _base_reader(name: str, kind: Any) -> Read:
    if kind in PERSONS:
        return lambda t, _, raw: t.person(PERSONS[kind], name, raw)
    if kind is Verzegeld:
        return lambda t, metadata, raw: t.sealed(name, _plain(name, metadata["verzegeld"], raw))
    if get_origin(kind) is tuple:
        inner = _base_reader(name, get_args(kind)[0])
        return lambda t, metadata, raw: tuple(inner(t, metadata, one) for one in _many(name, raw))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        check = as_enum(kind)
        return lambda _, __, raw: check(name, raw)
    if kind in _SIMPLE:
        return lambda _, __, raw: _SIMPLE[kind](name, raw)
    token = as_token(kind)

    def read(translator: Translator, metadata: Mapping[str, Any], raw: Any) -> Any:
        listed = metadata.get("lijst")
        if listed is not None:
            return translator.kenmerken.choice(name, listed, raw)
        return token(name, raw)

    assert kind in COMPILED, f"{name}: {kind} has no pattern"
    return read


def _plain(name: str, kind: str, raw: Any) -> str:
    """The text of a value on its way to the vault; never shown in an error."""
    if kind != "datum":
        return as_words(name, raw)
    try:
        return as_date(name, raw).isoformat()
    except Incorrect as error:
        raise Incorrect(name, None, error.allowed, secret=True) from None


def _many(name: str, raw: Any) -> list[Any]:
    if isinstance(raw, str) or not isinstance(raw, (list, tuple)):
        raise Incorrect(name, raw, "a list")
    return list(raw)


def _option(name: str, raw: Any) -> Any:
    if raw is None or isinstance(raw, bool):
        return raw
    if isinstance(raw, (list, tuple)):
        return tuple(_option(name, one) for one in raw)
    if isinstance(raw, date):
        return as_date(name, raw)
    if isinstance(raw, int):
        return as_int(name, raw)
    if isinstance(raw, Decimal):
        return as_decimal(name, raw)
    if not isinstance(raw, str):
        raise Incorrect(name, raw, "a word, a day, a number that is no float, a list, or None")
    return as_token(next(k for k in COMPILED if k.__name__ == "Code"))(name, raw)


def _is_union(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, UnionType)


_SIMPLE: dict[Any, Callable[[str, Any], Any]] = {
    bool: as_bool,
    int: as_int,
    Decimal: as_decimal,
    Bedrag: as_money,
    date: as_date,
    time: as_time,
    datetime: as_moment,
}
