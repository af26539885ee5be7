"""A rebuild: the log folded into a new set of rows beside the one that is read.

Readers and writers go on. Only to switch is the grootboek locked: for the few lines that came
meanwhile, the comparison of what they touched, and one row that says which set is read.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from rekenschap.application.errors import Broken, Onbeschikbaar
from rekenschap.application.herbouw import Fase, Herbouw, Voortgang
from rekenschap.application.parallel import Gevouwen
from rekenschap.projections import sets
from rekenschap.projections.claiming import Claim, claimed
from rekenschap.projections.comparison import SUBJECTS, Comparison, number_of_rows
from rekenschap.projections.projector import BATCH, Projector
from rekenschap.projections.sets import Sets
from rekenschap.projections.sweeping import sweep
from rekenschap.projections.units import SqlUnit, SqlUnits
from rekenschap.projections.writing import in_batches, insert_rows, look_at

FEW: Final = 200
"""Lines that may be left for when the grootboek is locked."""
ROUNDS: Final = 20
"""How often what came meanwhile is folded without a lock, however fast others write."""


class Rebuild:
    """One rebuild of one grootboek, to be run once."""

    def __init__(
        self,
        units: SqlUnits,
        ledger: int,
        projector: Projector,
        told: Callable[[Voortgang], None] | None = None,
        left: int | None = None,
        ready: Gevouwen | None = None,
    ) -> None:
        self._units = units
        self._ledger = ledger
        self._told = told or (lambda _: None)
        self.projector = projector
        self._comparison = Comparison(ledger)
        self._lines = 0
        self._compared = 0
        self._ready = ready
        self.left = left
        """The set of a rebuild that is no more and could not give it up, if there is one."""

    def run(self) -> Herbouw:
        """Fold, compare, switch and clear away."""
        claim = claimed(self._units, self._ledger, self.left)
        self.left = None
        try:
            self._sweep(claim)
            self._fold(claim, self._filled(claim))
            self._compare(claim)
            reached = self._switch(claim)
        except BaseException:
            self._give_up(claim)
            raise
        self._sweep()
        found = self._comparison
        return Herbouw(
            positie=reached,
            regels=self._lines,
            vergeleken_tot=self._compared,
            verschillen=dict(found.counts),
            eerste=tuple(found.first),
        )

    def _give_up(self, claim: Claim) -> None:
        """What was folded is left for the next rebuild to remove: here something failed already."""
        try:
            claim.release()
        except Exception:  # the store that failed is not there yet; what failed first is told
            self.left = claim.generation

    def _sweep(self, claim: Claim | None = None) -> None:
        def told(gone: int, total: int) -> None:
            self._told(Voortgang(Fase.OPRUIMEN, gone, total))
            if claim is not None:
                claim.sign()

        sweep(self._units, self._ledger, told)

    def _filled(self, claim: Claim) -> int:
        """Write the rows that others folded; up to where."""
        ready = self._ready
        if ready is None:
            return 0

        def told(done: int) -> None:
            self._told(Voortgang(Fase.VOUWEN, done, ready.tot))
            claim.sign()

        for table, rows in in_batches(ready.rijen(told), claim.generation, BATCH):
            with self._units.writing() as unit:
                claim.held(unit.connection)
                insert_rows(unit.connection, table, rows)
                claim.grow(unit.connection, 0)
        with self._units.writing() as unit:
            claim.grow(unit.connection, ready.tot)
        with suppress(Onbeschikbaar), self._units.reading() as unit:
            look_at(unit.connection, SUBJECTS)
        self._lines = ready.tot
        return ready.tot

    def _fold(self, claim: Claim, position: int) -> None:
        """Fold in views, and write each batch in a short unit of work of its own."""
        head = position + 1
        while position < head:
            with self._units.reading() as unit:
                head = unit.log.head().position
                count = self._batch(unit, claim, position, head)
            if count:
                with self._units.writing() as unit:
                    claim.held(unit.connection)
                    self.projector.write(unit.connection)
                    position = self.projector.reached
                    claim.grow(unit.connection, position)
                self._told(Voortgang(Fase.VOUWEN, position, head))

    def _batch(self, unit: SqlUnit, claim: Claim, position: int, head: int) -> int:
        count = self.projector.fold(unit, claim.generation, position)
        if not count and position < head:
            raise Broken("the log ends before its head", position=position + 1)
        self._lines += count
        return count

    def _compare(self, claim: Claim) -> None:
        """All there is, page by page in short views; then what came meanwhile, until that is
        little."""
        with self._units.reading() as unit:
            known = claim.held(unit.connection)
            total = number_of_rows(unit.connection, self._ledger, claim.generation)
        self._compared = upto = _both(known)
        self._told(Voortgang(Fase.VERGELIJKEN, 0, total))
        for table in SUBJECTS:
            after, last = None, False
            while not last:
                with self._units.reading() as unit:
                    known = claim.held(unit.connection)
                    page = self._comparison.page(unit.connection, known, table, after, upto)
                    after, last = page
                self._told(Voortgang(Fase.VERGELIJKEN, self._comparison.rows, total))
                claim.sign()
        self._told(Voortgang(Fase.WISSELEN, 0, 1))
        for _ in range(ROUNDS):
            if self._caught_up(claim) <= FEW:
                return

    def _caught_up(self, claim: Claim) -> int:
        """Fold and compare what came meanwhile; how many lines came after that."""
        with self._units.reading() as unit:
            position = claim.held(unit.connection).newest_position or 0
            count = self._batch(unit, claim, position, position)
        if count:
            with self._units.writing() as unit:
                claim.held(unit.connection)
                self.projector.write(unit.connection)
                claim.grow(unit.connection, self.projector.reached)
        with self._units.reading() as unit:
            self._compare_since(unit, claim.held(unit.connection))
            return unit.log.head().position - self.projector.reached

    def _compare_since(self, unit: SqlUnit, known: Sets) -> None:
        before, upto = self._compared, _both(known)
        if upto > before:
            lines = unit.log.references_between(before, upto).values()
            touched = sorted({one for references in lines for one in references})
            self._comparison.since(unit.connection, known, touched, before, upto)
            self._compared = upto

    def _switch(self, claim: Claim) -> int:
        """Bring the new set to the head, compare what that touched, and let it be read: in one unit
        of work, during which nobody else writes."""
        with self._units.writing() as unit:
            position = claim.held(unit.connection).newest_position or 0
            while self._batch(unit, claim, position, position):
                self.projector.write(unit.connection)
                position = self.projector.reached
            claim.grow(unit.connection, position)
            known = claim.held(unit.connection)
            self._compare_since(unit, known)
            sets.switch(unit.connection, self._ledger, known)
        self._told(Voortgang(Fase.WISSELEN, 1, 1))
        return position


def _both(known: Sets) -> int:
    """Up to where both sets are folded."""
    return min(known.position, known.newest_position or 0)
