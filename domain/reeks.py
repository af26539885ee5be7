"""A sequence that only grows at its end, and of which every earlier state stays what it was."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, TypeVar, overload

from attrs import frozen

T = TypeVar("T")
BLOK: Final = 128


@frozen
class Reeks(Sequence[T]):
    """Full blocks, and the rest. A longer one shares the blocks of the one before it: of a tuple
    all would be copied with every step, of this one in so many."""

    _blokken: tuple[tuple[T, ...], ...] = ()
    _rest: tuple[T, ...] = ()

    @classmethod
    def van(cls, ones: Iterable[T]) -> "Reeks[T]":
        """A sequence of all of these."""
        there = tuple(ones)
        full = len(there) - len(there) % BLOK
        blocks = tuple(there[first : first + BLOK] for first in range(0, full, BLOK))
        return cls(blocks, there[full:])

    def met(self, one: T) -> "Reeks[T]":
        """This sequence and one more."""
        rest = (*self._rest, one)
        if len(rest) < BLOK:
            return Reeks(self._blokken, rest)
        return Reeks((*self._blokken, rest))

    def __len__(self) -> int:
        return BLOK * len(self._blokken) + len(self._rest)

    def __iter__(self) -> Iterator[T]:
        return chain(chain.from_iterable(self._blokken), self._rest)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> "Reeks[T]": ...
    def __getitem__(self, index: int | slice) -> "T | Reeks[T]":
        if isinstance(index, slice):
            return Reeks.van(tuple(self)[index])
        block, place = divmod(range(len(self))[index], BLOK)
        return (self._blokken[block] if block < len(self._blokken) else self._rest)[place]
