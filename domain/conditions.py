"""Small conditions a regeling states in data: which values of a field or kenmerk will do."""

from collections.abc import Mapping
from decimal import Decimal

from attrs import Factory, field, frozen

from rekenschap.domain.kenmerken import Waarde

Values = frozenset[tuple[type, Waarde]]
"""Values, each with its kind."""


@frozen(kw_only=True)
class Eis:
    """What a value must be: one of, none of, at most, at least; ``geen`` lets 'none' through.

    With ``afwezig`` it holds too where nobody told; otherwise that leaves it open.
    """

    een_van: tuple[Waarde, ...] | None = None
    niet: tuple[Waarde, ...] | None = None
    hoogstens: Decimal | None = None
    minstens: Decimal | None = None
    geen: bool = False
    afwezig: bool = False
    _wanted: Values = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(lambda self: _with_kind(self.een_van), takes_self=True),
    )
    _barred: Values = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(lambda self: _with_kind(self.niet), takes_self=True),
    )

    def holds(self, value: Waarde) -> bool:
        """Whether the value will do. A list will do when one of its members does."""
        if value is None and self.geen:
            return True
        if self.een_van is not None and not _among(value, self._wanted):
            return False
        if self.niet is not None and _among(value, self._barred):
            return False
        if self.hoogstens is None and self.minstens is None:
            return True
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return False
        too_much = self.hoogstens is not None and value > self.hoogstens
        too_little = self.minstens is not None and value < self.minstens
        return not too_much and not too_little


Eisen = Mapping[str, Eis]


def _with_kind(values: tuple[Waarde, ...] | None) -> Values:
    """The values, each with its kind: ``True`` is no ``1`` here."""
    return frozenset((type(one), one) for one in values or ())


def _among(value: Waarde, allowed: Values) -> bool:
    if type(value) is tuple:
        return any((type(one), one) in allowed for one in value)
    return (type(value), value) in allowed
