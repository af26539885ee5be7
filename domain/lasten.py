"""What was charged to an allocation: in the order it counted, and by the day it is about."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, overload

from attrs import field, frozen

from rekenschap.domain.facts import AfwezigheidGemeld, InzetGeregistreerd, NoShowGeregistreerd
from rekenschap.domain.reeks import Reeks
from rekenschap.domain.verdicts import Gevolg

Lastfeit = InzetGeregistreerd | NoShowGeregistreerd | AfwezigheidGemeld


@frozen
class Last:
    """A quantity charged to the allocation: what was delivered, missed or away, and its weight."""

    positie: int
    feit: Lastfeit
    gevolg: Gevolg

    @property
    def aantal(self) -> Decimal:
        """What it weighs, in the unit of the balance."""
        return self.gevolg.aantal or Decimal(0)

    @property
    def no_show(self) -> bool:
        return isinstance(self.feit, NoShowGeregistreerd)

    @property
    def soort(self) -> str:
        """What kind of charge it is: the kind of effort, ``no_show`` or ``afwezigheid``."""
        match self.feit:
            case InzetGeregistreerd():
                return self.feit.soort
            case NoShowGeregistreerd():
                return "no_show"
            case _:
                return "afwezigheid"

    @property
    def sessie(self) -> bool:
        """Whether it is a session: a contact that was held."""
        return self.feit.lees("sessie") is True


GEEN: Final = Reeks[Last]()


@frozen
class Lasten(Sequence[Last]):
    """All charges, as they were counted. What steps ask of them again and again is kept beside
    them, so that a step does not look through all that was charged before it."""

    alle: Reeks[Last] = GEEN
    sessies: int = field(default=0, eq=False)
    no_shows: tuple[Last, ...] = field(default=(), eq=False, repr=False)
    _per_dag: Mapping[date, tuple[Last, ...]] = field(
        factory=dict, eq=False, repr=False, alias="per_dag"
    )
    _hoogste: int = field(default=0, eq=False, repr=False, alias="hoogste")
    """The highest position of a fact that is charged: one behind it has no charge yet."""

    @overload
    def __getitem__(self, index: int) -> Last: ...
    @overload
    def __getitem__(self, index: slice) -> Reeks[Last]: ...
    def __getitem__(self, index: int | slice) -> Last | Reeks[Last]:
        return self.alle[index]

    def __len__(self) -> int:
        return len(self.alle)

    def __iter__(self) -> Iterator[Last]:
        return iter(self.alle)

    def op(self, day: date) -> tuple[Last, ...]:
        """The charges that are about a day."""
        return self._per_dag.get(day, ())

    def voor(self, position: int) -> Last | None:
        """The charge for the fact at a position; None where it was not charged."""
        if position > self._hoogste:
            return None
        return next((last for last in self.alle if last.positie == position), None)

    def met(self, charge: Last) -> "Lasten":
        """These and one charge more; a charge for the same fact is replaced."""
        replaced = self.voor(charge.positie)
        kept = self if replaced is None else self._zonder(replaced)
        day = charge.feit.datum
        return Lasten(
            alle=kept.alle.met(charge),
            sessies=kept.sessies + charge.sessie,
            no_shows=(*kept.no_shows, charge) if charge.no_show else kept.no_shows,
            per_dag={**kept._per_dag, day: (*kept.op(day), charge)},
            hoogste=max(kept._hoogste, charge.positie),
        )

    def _zonder(self, charge: Last) -> "Lasten":
        day = charge.feit.datum
        return Lasten(
            alle=Reeks.van(_without(charge, self.alle)),
            sessies=self.sessies - charge.sessie,
            no_shows=_without(charge, self.no_shows),
            per_dag={**self._per_dag, day: _without(charge, self.op(day))},
            hoogste=self._hoogste,
        )


def _without(charge: Last, charges: Iterable[Last]) -> tuple[Last, ...]:
    return tuple(last for last in charges if last is not charge)
