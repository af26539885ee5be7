"""Replaying the log in parts, worked out at the same time: what the application needs for it.

A part is what concerns some jeugdigen; where only the lines themselves count, a stretch of them.
Nothing of this can write to the log, and what comes out is the same, to the byte, whatever works it
out and in however many parts.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, NoReturn, Protocol, TypeVar, runtime_checkable

from attrs import frozen

from rekenschap.domain.errors import Incorrect

if TYPE_CHECKING:  # the port of the store names this one
    from rekenschap.application.controlepunt import Controlepunt
    from rekenschap.application.reproduction import Reproductie

T = TypeVar("T")
R = TypeVar("R")


@runtime_checkable
class Workers(Protocol):
    """What works parts out: this process, more processes, or a cluster."""

    @property
    def aantal(self) -> int:
        """How many parts are worked out at the same time."""
        ...

    @property
    def elders(self) -> bool:
        """Whether that is done on other machines: what they need goes over a network."""
        ...

    def each(self, work: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
        """The result of each task, in whatever order they come; few are held at a time.

        Raises what the work raised, and Onbeschikbaar when a worker is lost.
        """
        ...


Werkers = int | Workers
"""A number of processes (1: this one alone, 0: one per core), or what works the parts out."""


IN_ONE_GO: Final = 20_000
"""More lines than this one process folds in parts as well: then memory does not grow with them."""


def alone(werkers: Werkers) -> bool:
    """Whether this process does it by itself, in no parts."""
    return type(werkers) is int and werkers == 1


Rij = tuple[str, tuple[Any, ...]]
"""A row of the tables of balances: the name of the table, and its columns in their order."""


@frozen
class Gevouwen:
    """What others fold: all rows of the log up to position ``tot``, by table and key.

    ``rijen`` has them worked out; it is told now and then how many lines are done.
    """

    tot: int
    rijen: Callable[[Callable[[int], None]], Iterator[Rij]]


class Parallel(Protocol):
    """The log of one grootboek, replayed in parts by jeugdige."""

    @property
    def deelbaar(self) -> bool:
        """Whether it can be cut into parts at all."""
        ...

    def reproduced(
        self, werkers: Werkers, upto: int, progress: Callable[[int], None] | None
    ) -> "Iterator[Reproductie]":
        """Every decision up to a position made again, in order of position."""
        ...

    def folded(
        self, werkers: Werkers, upto: int, progress: Callable[[int], None] | None
    ) -> Iterator[Rij]:
        """Every row the projector makes of the log up to a position, by table and key."""
        ...

    def verified(
        self,
        werkers: Werkers,
        progress: Callable[[int], None] | None,
        tegen: "Sequence[Controlepunt]",
        *,
        alleen_keten: bool = False,
    ) -> int:
        """``Store.verify`` in stretches of the log, beside each other. Raises Broken as it does."""
        ...


class Alone:
    """``Parallel`` of a grootboek that only this process can see: it has no parts."""

    deelbaar = False

    def reproduced(self, werkers: Werkers, upto: int, progress: object) -> NoReturn:
        self._refuse(werkers)

    def folded(self, werkers: Werkers, upto: int, progress: object) -> NoReturn:
        self._refuse(werkers)

    def verified(
        self, werkers: Werkers, progress: object, tegen: object, *, alleen_keten: bool = False
    ) -> NoReturn:
        self._refuse(werkers)

    @staticmethod
    def _refuse(werkers: Werkers) -> NoReturn:
        allowed = "1: a grootboek in memory is seen by this process alone"
        raise Incorrect("werkers", getattr(werkers, "aantal", werkers), allowed)
