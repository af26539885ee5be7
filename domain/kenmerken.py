"""Kenmerken: what a fact may say beyond its fixed core, declared in data.

A kenmerk has a name, a kind, allowed values, a meaning, and the events it may stand on. An
undeclared one is ``Incorrect``; a new one is never a new version of an event.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from attrs import frozen

from rekenschap.domain.errors import Incorrect
from rekenschap.domain.identifiers import Code, Product, Zegel
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.values import (
    as_bool,
    as_choice,
    as_date,
    as_decimal,
    as_int,
    as_moment,
    as_money,
    as_time,
    as_token,
    as_words,
)


@frozen
class Verzegeld:
    """A value that lies in the vault; the event holds its salted commitment only."""

    zegel: Zegel


@frozen
class Woorden:
    """Words on their way to the vault; they fit a command, never a fact."""

    tekst: str


Waarde = (
    bool
    | int
    | Decimal
    | Bedrag
    | date
    | time
    | datetime
    | str
    | tuple[str, ...]
    | Verzegeld
    | Woorden
    | None
)
Kenmerken = Mapping[str, Waarde]


class SoortKenmerk(StrEnum):
    """What kind of value a kenmerk has."""

    JANEE = "janee"
    KEUZE = "keuze"
    KEUZELIJST = "keuzelijst"
    CODE = "code"
    PRODUCT = "product"
    GEHEEL = "geheel"
    GETAL = "getal"
    BEDRAG = "bedrag"
    DATUM = "datum"
    TIJD = "tijd"
    TIJDSTIP = "tijdstip"
    WOORDEN = "woorden"


_CHECKS: Final[dict[SoortKenmerk, Callable[[str, Any], Waarde]]] = {
    SoortKenmerk.JANEE: as_bool,
    SoortKenmerk.CODE: as_token(Code),
    SoortKenmerk.PRODUCT: as_token(Product),
    SoortKenmerk.GEHEEL: as_int,
    SoortKenmerk.GETAL: as_decimal,
    SoortKenmerk.BEDRAG: as_money,
    SoortKenmerk.DATUM: as_date,
    SoortKenmerk.TIJD: as_time,
    SoortKenmerk.TIJDSTIP: as_moment,
}


@frozen
class Kenmerk:
    """The declaration of one kenmerk. ``waarden`` are the values of a choice."""

    naam: str
    soort: SoortKenmerk
    betekenis: str
    bij: frozenset[str]
    waarden: tuple[str, ...] = ()

    def check(self, value: Any) -> Waarde:
        """The value as a fact holds it; None is 'explicitly none'."""
        if value is None:
            return None
        match self.soort:
            case SoortKenmerk.KEUZE:
                return as_choice(self.naam, value, self.waarden)
            case SoortKenmerk.KEUZELIJST:
                return self._choices(value)
            case SoortKenmerk.WOORDEN:
                return Woorden(as_words(self.naam, value))
            case _:
                return _CHECKS[self.soort](self.naam, value)

    def _choices(self, value: Any) -> tuple[str, ...]:
        if isinstance(value, str) or not isinstance(value, (list, tuple, set, frozenset)):
            raise Incorrect(self.naam, value, "a list out of " + ", ".join(self.waarden))
        chosen = {as_choice(self.naam, one, self.waarden) for one in value}
        return tuple(one for one in self.waarden if one in chosen)


@frozen
class Kenmerkenlijst:
    """All declared kenmerken, and the lists of values that core fields choose from."""

    kenmerken: Mapping[str, Kenmerk]
    lijsten: Mapping[str, tuple[str, ...]]

    def check(self, event: str, given: Mapping[str, Any]) -> dict[str, Waarde]:
        """The kenmerken given with an event, each of its declared kind, sorted by name."""
        return {name: self.declared(event, name).check(given[name]) for name in sorted(given)}

    def declared(self, event: str, name: str) -> Kenmerk:
        """The declaration of a kenmerk on an event. Raises Incorrect when there is none."""
        kenmerk = self.kenmerken.get(name)
        if kenmerk is None or event not in kenmerk.bij:
            known = ", ".join(sorted(n for n, k in self.kenmerken.items() if event in k.bij))
            raise Incorrect(f"vastgesteld.{name}", name, f"a declared kenmerk of {event}: {known}")
        return kenmerk

    def choice(self, field: str, list_name: str, value: Any) -> str:
        """A core field that chooses from a list of the data."""
        if list_name not in self.lijsten:
            allowed = f"a value of the list {list_name}: introduce a regeling (VoerRegelingIn)"
            raise Incorrect(field, value, allowed)
        return as_choice(field, value, self.lijsten[list_name])
