"""The lines of a grootboek as they stand in the database, to be verified: nothing is made of them.

They are read in chunks, each in its own short transaction: what is recorded never changes, so they
fit, and nothing stays open while whoever takes them goes on.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from attrs import frozen

from rekenschap.application.errors import Broken
from rekenschap.infrastructure.store.beside import Beside
from rekenschap.infrastructure.store.queries import Ledger
from rekenschap.infrastructure.store.seal import End, Row
from rekenschap.infrastructure.store.unit import SqlUnitOfWork

_CHUNK = 2_000
_HASHES = 20_000
"""So many hashes are read at once, which are a small part of a line."""


@frozen
class SqlLines:
    """All lines of one grootboek, in constant memory."""

    reading: Callable[[], AbstractContextManager[SqlUnitOfWork]]
    ledger: Ledger

    @property
    def ledger_id(self) -> str:
        return self.ledger.id

    def end(self) -> End:
        """Where the log ends, in one view."""
        with self.reading() as unit:
            return end_of(unit)

    def raw(
        self,
        after: int | None,
        upto: int,
        progress: Callable[[int], None] | None = None,
        beside: Beside | None = None,
    ) -> Iterator[Row]:
        """Whole lines with a position above ``after`` (None: all there are), up to ``upto``.

        With ``beside``, the tables beside the log are held against each once it was judged.
        """
        count = 0
        while after is None or after < upto:
            with self.reading() as unit:
                rows = unit.log.read_raw(after, upto=upto, limit=_CHUNK)
                if not rows:
                    return
                lines = iter(rows)
                if beside is not None:
                    lines = beside.along(unit, after, rows)
            yield from lines
            after, count = rows[-1][0], count + len(rows)
            if progress is not None:
                progress(count)

    def hashes(self, upto: int) -> Iterator[bytes]:
        """The stored hash of every line from the first. Raises Broken where one is missing."""
        after = 0
        while after < upto:
            with self.reading() as unit:
                rows = unit.log.read_hashes(after, upto=upto, limit=_HASHES)
            for expected, (position, stored) in enumerate(rows, start=after + 1):
                if position != expected:
                    raise Broken("there is no line here", position=expected)
                yield stored
            if not rows:
                raise Broken("there is no line here", position=after + 1)
            after = rows[-1][0]


def end_of(unit: SqlUnitOfWork) -> End:
    """Where the log ends, as this unit of work sees it."""
    return End(unit.log.head(), unit.log.last_position())
