"""Is the log on a new connection still the one this process wrote to?

After a failover to a standby that had not received everything, lines are gone that were answered,
and what a process keeps in memory of them would be decided on. Once per connection, the last line
that this process recorded is held against the log. It is asked for before the view on the log is
taken: what another thread records after that is rightly not in it.
"""

import threading
from typing import Any

from sqlalchemy import Connection

from rekenschap.application.errors import Broken
from rekenschap.infrastructure.store.log import SqlLog


class Continuity:
    """What one process recorded last in one grootboek."""

    def __init__(self) -> None:
        self._last: tuple[int, bytes] | None = None
        self._turn = threading.Lock()

    def recorded(self, position: int, last: bytes) -> None:
        """A unit of work was committed that ends here."""
        with self._turn:
            if position > (0 if self._last is None else self._last[0]):
                self._last = position, last

    @property
    def last(self) -> tuple[int, bytes] | None:
        """The last line of this process, with its hash; None when it recorded nothing."""
        return self._last

    def check(
        self, connection: Connection, log: SqlLog, expected: tuple[int, bytes] | None
    ) -> None:
        """``expected`` is ``last`` of before the view of ``log`` was taken.

        Raises Broken with the position of the line that is gone; opening the grootboek again
        takes the log as it is now.
        """
        known: dict[Any, Any] = connection.info
        if expected is None or self in known:
            return
        position, last = expected
        found = log.read_from(position - 1, upto=position, limit=1)
        if position > log.head().position or not found or found[0].hash != last:
            told = "what was recorded here is gone: the server lost it, or is another one"
            raise Broken(told, position=position)
        known[self] = True
