"""One rebuild of a grootboek at a time, also among processes, and none waited for that is dead.

Whoever rebuilds gives signs of life in the row of the sets. Whoever finds a rebuild going on looks
whether it gives one: if so it is refused, if it is silent its place is taken. The number of the set
is what fences: a rebuild that was only slow finds another number there, and writes nothing more.
"""

import time
from typing import Final

from sqlalchemy import Connection

from rekenschap.application.errors import Onbeschikbaar
from rekenschap.projections import sets
from rekenschap.projections.sets import Sets
from rekenschap.projections.units import SqlUnits

SILENT: Final = 60.0
"""After how many seconds without a sign a rebuild is taken for dead: twice what it may have to wait
for the head of its grootboek."""
SIGN: Final = 5.0
"""Every how many seconds a rebuild that writes nothing gives a sign."""
LOOK: Final = 0.1


class Claim:
    """The right to fill the newest set of a grootboek."""

    def __init__(self, units: SqlUnits, ledger: int, generation: int) -> None:
        self._units = units
        self._ledger = ledger
        self.generation = generation
        self._given = time.monotonic()

    def held(self, connection: Connection) -> Sets:
        """How the sets stand; raises Onbeschikbaar when another rebuild took this one's place."""
        known = sets.read(connection, self._ledger)
        if known.newest != self.generation or not known.rebuilding:
            raise Onbeschikbaar("another rebuild of this grootboek took the place of this one")
        return known

    def grow(self, connection: Connection, position: int) -> None:
        """The set is folded up to a position: a sign of life as well."""
        sets.grow(connection, self._ledger, self.held(connection), position)
        self._given = time.monotonic()

    def sign(self) -> None:
        """Give a sign of life, if the last one is a while ago."""
        if time.monotonic() - self._given >= SIGN:
            with self._units.writing() as unit:
                known = self.held(unit.connection)
                self.grow(unit.connection, known.newest_position or 0)

    def release(self) -> None:
        """Leave the set as it is, for another rebuild to remove."""
        with self._units.writing() as unit:
            known = sets.read(unit.connection, self._ledger)
            if known.newest == self.generation and known.rebuilding:
                sets.release(unit.connection, self._ledger)


def claimed(units: SqlUnits, ledger: int, left: int | None = None) -> Claim:
    """Begin a set that nobody else fills; ``left`` is one whose rebuild is known to be no more.

    Raises Onbeschikbaar when another rebuild gives a sign of life.
    """
    since, seen = time.monotonic(), None
    while True:
        with units.writing() as unit:
            known = sets.read(unit.connection, ledger)
            silent = known == seen and time.monotonic() - since >= SILENT
            if not known.rebuilding or silent or known.newest == left:
                return Claim(units, ledger, sets.claim(unit.connection, ledger, known))
        told = (known.newest, known.signs)
        if seen is not None and told != (seen.newest, seen.signs):
            raise Onbeschikbaar(
                "another rebuild of this grootboek is going on, "
                f"and has come to position {known.newest_position}"
            )
        seen = known
        time.sleep(LOOK)
