"""What this process wrote to a grootboek, remembered for as long as nobody else writes to it.

The version of a line in its stream must be known before the line is written, and a dossier that was
read must be read on to the head before each decision. One process that writes alone can tell both
from what it wrote itself, and is spared two questions to the database for every decision.
"""

import sys
import threading
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

Place = tuple[int, bytes]
"""A position in the log, with the hash there: the same place of the same log."""

_AT_MOST: Final = 50_000
"""So many streams or references are remembered; then it begins anew."""


@frozen
class Known:
    """The last version of some streams; and of every line above ``since`` what it touched, as the
    last position that touches a reference."""

    since: int
    versions: Mapping[str, int] = MappingProxyType({})
    touched: Mapping[str, int] = MappingProxyType({})

    def untouched(self, references: Iterable[str], after: int) -> bool:
        """Whether it is certain that nothing above ``after`` touches any of these."""
        return after >= self.since and not any(
            self.touched.get(one, 0) > after for one in references
        )


NOTHING: Final = Known(sys.maxsize)


class Written:
    """What is known holds at one place of the log; at another place nothing is known."""

    def __init__(self) -> None:
        self._place: Place = (-1, b"")
        self._since = 0
        self._versions: dict[str, int] = {}
        self._touched: dict[str, int] = {}
        self._turn = threading.Lock()

    def known_at(self, place: Place) -> Known:
        """What is known at a place, for whoever sees the log as it is there."""
        with self._turn:
            if place != self._place:
                return NOTHING
            return Known(self._since, self._versions, self._touched)

    def recorded(self, before: Place | None, after: Place, known: Known) -> None:
        """A unit of work was committed that went from one place to another, and knows this.

        What was known is kept only if it held where that unit began; without ``before`` nothing
        is. What others still look at may become newer under their eyes, and never wrong: versions
        are for who has the log locked, and a newer touch only makes a reader ask.
        """
        with self._turn:
            large = max(len(self._versions), len(self._touched)) > _AT_MOST
            if before != self._place or large:
                self._versions, self._touched = {}, {}
                self._since = after[0] if before is None else before[0]
            self._versions.update(known.versions)
            self._touched.update(known.touched)
            self._place = after
