"""How a grootboek is doing: a finding per part, each with a judgement and a Dutch sentence."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from attrs import frozen

from rekenschap.application.controlepunt import Controlepunt


class Gesteldheid(StrEnum):
    """How serious a finding is, from nothing to be done to something that cannot wait."""

    OK = "ok"
    WAARSCHUWING = "waarschuwing"
    FOUT = "fout"


ZWAARTE: Mapping[Gesteldheid, int] = {one: n for n, one in enumerate(Gesteldheid)}


@frozen
class Bevinding:
    """One part that was looked at. ``waarden`` are the numbers behind the sentence, by name."""

    onderdeel: str
    gesteldheid: Gesteldheid
    zin: str
    waarden: Mapping[str, int | str | datetime | None] = {}


@frozen(kw_only=True)
class Gezondheid:
    """Everything that was looked at, at a moment of the clock of the grootboek."""

    grootboek: str
    gemeten_op: datetime
    bevindingen: tuple[Bevinding, ...]

    @property
    def gesteldheid(self) -> Gesteldheid:
        """The worst of the findings."""
        found = (one.gesteldheid for one in self.bevindingen)
        return max(found, key=ZWAARTE.__getitem__, default=Gesteldheid.FOUT)

    def __getitem__(self, onderdeel: str) -> Bevinding:
        """The finding on a part. Raises KeyError for one that was not looked at."""
        for one in self.bevindingen:
            if one.onderdeel == onderdeel:
                return one
        raise KeyError(onderdeel)


class Keuring(Protocol):
    """Looks at a grootboek from outside. Never raises."""

    def __call__(self, kept: Sequence[Controlepunt]) -> Gezondheid: ...
