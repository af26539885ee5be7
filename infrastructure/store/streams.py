"""The last version of each stream that this process wrote to, while nobody else writes.

A line carries its version in its stream, and the hash is made over it, so it must be known before
the line is written. One process that decides alone knows it from what it wrote before.
"""

import threading
from collections.abc import Mapping
from types import MappingProxyType

Place = tuple[int, bytes]
"""A position in the log, with the hash there: the same place of the same log."""

_NOTHING: Mapping[str, int] = MappingProxyType({})
_AT_MOST = 50_000


class Streams:
    """What is known holds at one place of the log; at another place nothing is known."""

    def __init__(self) -> None:
        self._place: Place = (0, b"")
        self._versions: dict[str, int] = {}
        self._turn = threading.Lock()

    def known_at(self, place: Place) -> Mapping[str, int]:
        """The last versions at a place, for whoever has the log locked there."""
        with self._turn:
            return self._versions if place == self._place else _NOTHING

    def recorded(self, before: Place | None, after: Place, versions: Mapping[str, int]) -> None:
        """A unit of work was committed that went from one place to another.

        What was known is kept only if it held where that unit began; None says that it does not
        hold. Nobody reads what is changed here: whoever does has the log locked at that place, so
        that no unit of work which began there is committed meanwhile.
        """
        with self._turn:
            if before != self._place or len(self._versions) > _AT_MOST:
                self._versions = {}
            self._versions.update(versions)
            self._place = after
