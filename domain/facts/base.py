"""What every fact is, and the register of their permanent names.

A fact is stored under its permanent name and version, never under a class or module path. Only the
latest version has a class; older payloads are upcast on read (``domain/upcasts.py``).
"""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, Final, TypeVar

import attrs
from attrs import field, frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.identifiers import ToewijzingId
from rekenschap.domain.kenmerken import Kenmerken, Waarde
from rekenschap.domain.vocabulary import Aard

GROOTBOEK: Final = "grootboek"
"""The stream of a grootboek's own configuration."""


@frozen(kw_only=True)
class Feit:
    """Something that was reported to have happened, to hold, or to be asked.

    ``datum`` is the day it is about (valid time): the day it happened or takes effect.
    """

    naam: ClassVar[str]
    versie: ClassVar[int]
    aard: ClassVar[Aard] = Aard.CONTRACTUEEL
    aanspraak: ClassVar[bool] = True
    """Whether it is claimed or asked, so that a rule can refuse it; else it is a plain fact."""
    neemt_plaats: ClassVar[bool] = True
    """Whether it takes a place of which there are so many: then who is recorded first has it. What
    only tells how the care ran, or which letter there was, counts on its day however late it is
    told, also for what was decided before; a plain fact never takes a place."""

    datum: date

    @property
    def stroom(self) -> str:
        """The stream this fact belongs to."""
        raise NotImplementedError  # pragma: no cover - every fact class says its own

    @property
    def verwijzingen_naar(self) -> tuple[str, ...]:
        """What else it touches, to be found by: references besides its own stream."""
        return ()

    @property
    def op_toewijzing(self) -> ToewijzingId | None:
        """The allocation it is a step on; None when it is about something else."""
        return None

    @property
    def kenmerken(self) -> Kenmerken:
        """What it says beyond its core; empty for a fact without kenmerken."""
        return EMPTY

    def lees(self, name: str) -> Waarde | Afwezig:
        """A core field or a kenmerk by name; AFWEZIG when nobody told."""
        if name in type(self).__core__:
            value: Waarde | Afwezig = getattr(self, name)
            return value
        return self.kenmerken.get(name, AFWEZIG)

    __core__: ClassVar[frozenset[str]] = frozenset()
    __pointers__: ClassVar[tuple[str, ...]] = ()

    def verplaatst(self, place: Callable[[int], int]) -> "Feit":
        """The same fact with every position it points at put elsewhere."""
        placed = {n: place(p) for n in self.__pointers__ if isinstance(p := getattr(self, n), int)}
        return attrs.evolve(self, **placed) if placed else self  # type: ignore[arg-type]


EMPTY: Final[Kenmerken] = {}


@frozen(kw_only=True)
class FeitMetKenmerken(Feit):
    """A fact that can carry kenmerken."""

    vastgesteld: Kenmerken = field(factory=dict)

    @property
    def kenmerken(self) -> Kenmerken:
        return self.vastgesteld


F = TypeVar("F", bound=type[Feit])

REGISTER: Final[dict[tuple[str, int], type[Feit]]] = {}
"""Every fact class by permanent name and latest version."""
BY_CLASS_NAME: Final[dict[str, type[Feit]]] = {}
"""Every fact class by the name of the event in the vocabulary, e.g. ``ZorgGestart``."""


def feit(name: str, version: int = 1) -> Callable[[F], F]:
    """Register a fact class under its permanent name; neither ever changes once stored."""

    def register(cls: F) -> F:
        if any(known == name for known, _ in REGISTER):
            raise ValueError(f"the name {name!r} is taken")
        cls.naam, cls.versie = name, version
        cls.neemt_plaats = cls.neemt_plaats and cls.aanspraak
        cls.__pointers__ = tuple(a.name for a in attrs.fields(cls) if a.metadata.get("positie"))
        cls.__core__ = frozenset(a.name for a in attrs.fields(cls)) - {"vastgesteld"}
        REGISTER[name, version] = cls
        BY_CLASS_NAME[cls.__name__] = cls
        return cls

    return register


def keuze(list_name: str, **options: Any) -> Any:
    """A core field whose values are a list of the data (``lijsten`` of the kenmerken)."""
    return field(metadata={"lijst": list_name}, **options)


def verzegeld(soort: str, **options: Any) -> Any:
    """A core field whose value lies in the vault: ``datum``, ``tekst`` or ``woorden``."""
    return field(metadata={"verzegeld": soort}, **options)


def wijst_naar(**options: Any) -> Any:
    """A core field that holds the position of an earlier record."""
    return field(metadata={"positie": True}, **options)


def persons(*references: str | Afwezig | None) -> tuple[str, ...]:
    """The references that are there."""
    return tuple(r for r in references if isinstance(r, str))
