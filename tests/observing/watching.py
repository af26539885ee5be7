"""What the tests of observing share: an observer that keeps all, and a ledger it watches."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from tests.application.care import KEY, NOW, introduced

from rekenschap.application import Rekenschap, Waarnemer, Waarneming
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.clock import FixedClock

T = TypeVar("T")


class Watching:
    """Keeps everything, in order."""

    def __init__(self) -> None:
        self.seen: list[Waarneming] = []

    def zie(self, waarneming: Waarneming) -> None:
        self.seen.append(waarneming)

    def of(self, kind: type[T]) -> list[T]:
        return [one for one in self.seen if isinstance(one, kind)]

    def last(self, kind: type[T]) -> T:
        return self.of(kind)[-1]


@contextmanager
def watched(
    url: str, waarnemer: Waarnemer, clock: FixedClock | None = None, **values: Any
) -> Iterator[Rekenschap]:
    clock = clock or FixedClock(NOW)
    with open_grootboek(
        url, grootboek="gemeente", sleutel=KEY, clock=clock, waarnemer=waarnemer, **values
    ) as rekenschap:
        rekenschap.execute(introduced())
        yield rekenschap
