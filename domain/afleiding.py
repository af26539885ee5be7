"""Kenmerken that follow from other ones: a table of cases, of which the first that fits counts."""

from collections.abc import Callable, Mapping

from attrs import field, frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.conditions import Eisen
from rekenschap.domain.kenmerken import Waarde

Lezer = Callable[[str], Waarde | Afwezig]
"""Tells a value by name; AFWEZIG when nobody told."""


@frozen(kw_only=True)
class Geval:
    """One case: the value it gives, where all its conditions hold."""

    waarde: str
    als: Eisen = field(factory=dict)

    def past(self, lees: Lezer) -> bool | None:
        """Whether it fits; None when that hangs on what nobody told."""
        untold = False
        for name, condition in self.als.items():
            value = lees(name)
            if value is AFWEZIG:
                untold = untold or not condition.afwezig
            elif not condition.holds(value):
                return False
        return None if untold else True


@frozen(kw_only=True)
class Afleiding:
    """A derived kenmerk: what it means, and its cases in order."""

    betekenis: str
    gevallen: tuple[Geval, ...]

    def waarde(self, lees: Lezer) -> str | Afwezig:
        """The value of the first case that fits; AFWEZIG when a case before it is not known."""
        for case in self.gevallen:
            fits = case.past(lees)
            if fits is None:
                return AFWEZIG
            if fits:
                return case.waarde
        return AFWEZIG

    @property
    def leest(self) -> frozenset[str]:
        """The names its cases read."""
        return frozenset(name for case in self.gevallen for name in case.als)


@frozen
class Afleidingen:
    """All derived kenmerken of a regeling, by name."""

    per_naam: Mapping[str, Afleiding] = field(factory=dict)

    def lees(self, name: str, told: Lezer) -> Waarde | Afwezig:
        """A value by name: derived where there is a table for it, else as it was told."""
        derived = self.per_naam.get(name)
        if derived is None:
            return told(name)
        return derived.waarde(lambda other: self.lees(other, told))
