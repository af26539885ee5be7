"""A scenario as it was read: every value of its kind, nothing filled in yet."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from attrs import field, frozen

from rekenschap.domain.vocabulary import Uitkomst


@frozen
class Verwachting:
    """What the ledger must answer: an outcome, and rules that must be among those reported."""

    uitkomst: Uitkomst
    regels: tuple[str, ...] = ()


@frozen(kw_only=True)
class Stap:
    """One step. ``velden`` holds only what the file names; ``moment`` is when it is registered."""

    nr: int
    gebeurtenis: str
    datum: date
    moment: datetime
    referentie: str | None
    velden: Mapping[str, Any]
    verwacht: Verwachting | None

    @property
    def plaats(self) -> str:
        """Where it stands, as people count."""
        return f"stap {self.nr}"


@frozen(kw_only=True)
class Scenario:
    """One case out of a file."""

    bestand: str
    id: str
    regeling: str
    stappen: tuple[Stap, ...]
    titel: str = ""
    opties: Mapping[str, Any] = field(factory=dict)
    gegeven: Mapping[str, tuple[Mapping[str, Any], ...]] = field(factory=dict)
    eind: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    producten: frozenset[str] = frozenset()
    """Every product it names, wherever."""

    @property
    def verwacht_iets(self) -> bool:
        """Whether it can fail."""
        return bool(self.eind) or any(step.verwacht for step in self.stappen)
