"""One fixed entry per fact class with every field filled in, and one with as little as fits."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs

from rekenschap.application.ports import Entry
from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.boeking import Melder
from rekenschap.domain.facts import Feit, InzetGeregistreerd
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import (
    BetrokkeneRef,
    CommandId,
    GezinRef,
    Hash,
    JeugdigeRef,
    Maand,
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
SEAL = Verzegeld(Zegel(HEX * 4))
VALUES = {
    "bedrag": Bedrag(14258),
    "datum": date(2024, 2, 29),
    "geen": None,
    "geheel": 1439,
    "getal": Decimal("0.000001"),
    "janee": True,
    "keuze": "huisarts",
    "keuzelijst": ("gemeente", "toegang"),
    "nee": False,
    "tijd": time(9, 5),
    "tijdstip": datetime(2025, 10, 26, 0, 30, 0, 1, tzinfo=UTC),
    "woorden": SEAL,
}
"""One of every kind of value that a kenmerk, or a compared value, can have."""
_TEXTS: dict[Any, str] = {
    JeugdigeRef: f"jeugdige/{HEX * 2}",
    GezinRef: f"gezin/{HEX * 2}",
    PersoonRef: f"persoon/{HEX * 2}",
    Hash: HEX * 4,
    Maand: "2025-03",
    Zegel: HEX * 4,
    BetrokkeneRef: f"jeugdige/{HEX * 2}",
    Stroom: "toewijzing/T-2025.1",
    RegelingTekst: '{"titel":"Jeugdhulp – “wonen” \\u0000 ᚠ 🙂"}',
}
LATER = {("Gevolg", "start"), ("Gevolg", "staffel"), ("Gevolg", "saldo_na_betaling")}
"""Parts that came after the golden payloads were made: absent there, so absent here."""
_SIMPLE: dict[Any, Any] = {
    date: date(2025, 3, 30),
    datetime: datetime(2025, 3, 30, 1, 30, tzinfo=UTC),
    time: time(23, 59),
    Decimal: Decimal("1234567.5"),
    Bedrag: Bedrag(-1),
    Verzegeld: SEAL,
    int: 42,
    bool: True,
}


def filled(annotation: Any, name: str = "waarde") -> Any:
    """A value of an annotation: the richest it can hold."""
    if annotation == Optiewaarde:
        return ("jeugdige", date(2025, 1, 1))
    if annotation is Feit:
        return full_fact(InzetGeregistreerd)
    if any(annotation is kind for kind in _TEXTS):
        return _TEXTS[annotation]
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return filled(next(a for a in arguments if a not in (Afwezig, NoneType)), name)
    if origin is tuple:
        return (filled(arguments[0], name),)
    if origin is get_origin(Kenmerken):
        return dict(VALUES)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return list(annotation)[-1]
    if attrs.has(annotation):
        parts = [a for a in attrs.fields(annotation) if (annotation.__name__, a.name) not in LATER]
        return annotation(**{a.name: filled(a.type, a.name) for a in parts})
    return f"{name[:1].upper()}-2025.{name}"


def least(annotation: Any, name: str) -> Any:
    """A value of an annotation: absent if it can be, else none, else empty."""
    kinds = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else ()
    if Afwezig in kinds:
        return AFWEZIG
    if NoneType in kinds:
        return None
    if get_origin(annotation) is tuple:
        return ()
    if get_origin(annotation) is get_origin(Kenmerken):
        return {}
    return filled(annotation, name)


def full_fact(cls: Any) -> Any:
    return cls(**{a.name: filled(a.type, a.name) for a in attrs.fields(cls)})


def full(cls: type[Feit]) -> Entry:
    """An entry with every field filled in."""
    return Entry(
        feit=full_fact(cls),
        beslissing=filled(Beslissing),
        melder=filled(Melder),
        opdracht=CommandId("opdracht-1"),
        referentie=Referentie("stap-1"),
        raakt=(_TEXTS[JeugdigeRef],),
    )


def sparse(cls: type[Feit]) -> Entry:
    """An entry with all absent that can be, and none where none fits."""
    fact: Any = cls
    return Entry(
        feit=fact(**{a.name: least(a.type, a.name) for a in attrs.fields(fact)}),
        beslissing=Beslissing(**{a.name: least(a.type, a.name) for a in attrs.fields(Beslissing)}),
        melder=Melder(**{a.name: least(a.type, a.name) for a in attrs.fields(Melder)}),
        opdracht=CommandId("opdracht-1"),
        referentie=None,
        raakt=(),
    )
