"""``Leesmodel`` of the application: the projector and the questions, on one store."""

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import cast

from rekenschap.application.errors import Broken, Onbeschikbaar
from rekenschap.application.herbouw import Herbouw, Nagerekend, Voortgang
from rekenschap.application.parallel import Gevouwen
from rekenschap.application.ports import StoredRecord, UnitOfWork
from rekenschap.application.standen import ToewijzingStand
from rekenschap.domain.boeking import Boeking
from rekenschap.projections import folded, queries, sets
from rekenschap.projections.checking import Check
from rekenschap.projections.omtrek import Addition, Omtrek, Outline
from rekenschap.projections.projector import Projector
from rekenschap.projections.rebuilding import Rebuild
from rekenschap.projections.recount import Recount
from rekenschap.projections.units import SqlUnits, SqlVaultUnit


class SqlLeesmodel:
    """Answers from tables that are caught up before each answer."""

    def __init__(
        self,
        units: SqlUnits,
        ledger: int,
        decode: Callable[[StoredRecord], Boeking],
        outline: Outline | None = None,
        addition: Addition | None = None,
    ) -> None:
        """``outline`` gives what ``decode`` gives, without what no table needs; ``addition`` what
        an effort adds to a balance, where it only does that."""
        self._units = units
        self._ledger = ledger
        self._decode = decode
        self._outline = outline or (lambda record: Omtrek.van(decode(record)))
        self._addition = addition or (lambda record: None)
        self._new_projector = partial(Projector, ledger, decode, outline)
        self._projector = self._new_projector()
        self._turn = threading.Lock()
        self._rebuilding = threading.Lock()
        self._left: int | None = None

    def catch_up(self, progress: Callable[[int], None] | None = None) -> int:
        """Fold what is not folded yet, batch by batch, each in a transaction of its own."""
        with self._turn:
            with self._units.reading() as unit:
                head = unit.log.head().position
                position = self.position(unit)
            while position < head:
                with self._units.writing() as unit:
                    folded = self._projector.batch(unit)
                    position = self.position(unit)
                if not folded and position < head:
                    raise Broken("the log ends before its head", position=position + 1)
                if progress is not None:
                    progress(position)
            return position

    def position(self, unit: UnitOfWork) -> int:
        """Up to where the tables are folded, as this unit of work sees them."""
        reached = sets.read(cast("SqlVaultUnit", unit).tables, self._ledger).position
        return min(reached, unit.log.head().position)  # tables kept elsewhere can be further

    def rebuild(
        self,
        progress: Callable[[Voortgang], None] | None = None,
        gevouwen: Gevouwen | None = None,
    ) -> Herbouw:
        """Fold the whole log anew beside what is read, compare, and read that from then on.

        With ``gevouwen`` others fold the lines up to its position. Raises Onbeschikbaar when
        another rebuild of this grootboek is going on.
        """
        if not self._rebuilding.acquire(blocking=False):
            raise Onbeschikbaar("another rebuild of this grootboek is going on in this process")
        fresh = self._new_projector()
        rebuild = Rebuild(self._units, self._ledger, fresh, progress, self._left, gevouwen)
        try:
            done = rebuild.run()
        finally:
            self._left = rebuild.left
            self._rebuilding.release()
        with self._turn:
            self._projector = rebuild.projector  # it has in memory what comes next
        return done

    def nareken(self, geldig_op: date, progress: Callable[[int], None] | None = None) -> Nagerekend:
        """Work every balance on a day out anew from the log, up to where the tables are folded, and
        hold them against it."""
        units = self._units_to_check()
        with units.reading() as unit:
            upto = self.position(unit)
        check = Check(units, self._ledger, self._decode, geldig_op, upto)
        return check.run(Recount(geldig_op, self._outline, self._addition), progress)

    def _units_to_check(self) -> SqlUnits:
        """Where the tables are that somebody else may have touched."""
        return self._units

    def toewijzing(
        self, unit: UnitOfWork, name: str, geldig_op: date, bekend_op: int
    ) -> ToewijzingStand | None:
        """The balance of an allocation; None when nothing was known of it for that day."""
        sql = cast("SqlVaultUnit", unit)
        return queries.balance(sql.tables, sql.vault, self._ledger, name, geldig_op, bekend_op)

    def toewijzingen(
        self,
        unit: UnitOfWork,
        column: str,
        value: str,
        geldig_op: date,
        bekend_op: int,
        *,
        after: str,
        limit: int,
    ) -> list[ToewijzingStand]:
        """The balances of the allocations of a jeugdige or aanbieder, by id, after one."""
        sql = cast("SqlVaultUnit", unit)
        return queries.balances(
            sql.tables,
            sql.vault,
            self._ledger,
            column,
            value,
            geldig_op,
            bekend_op,
            after=after,
            limit=limit,
        )

    def uit_boekingen(
        self,
        unit: UnitOfWork,
        name: str,
        entries: Sequence[Boeking],
        namen: Mapping[str, str],
        geldig_op: date,
        bekend_op: int,
    ) -> ToewijzingStand | None:
        """The balance of an allocation, folded from its entries and not read from the tables."""
        row = folded.row_on(entries, geldig_op)
        if row is None:
            return None
        named = {**row, "toewijzing": name, "regeling": namen.get(row["regeling"], row["regeling"])}
        return queries.standing(named, unit.vault, geldig_op, bekend_op)

    def tellers_uit(
        self, allocations: Sequence[Sequence[Boeking]], geldig_op: date
    ) -> dict[str, dict[int, int]]:
        """Charged no-shows per product and year, from the entries of each allocation."""
        return folded.counters_on(allocations, geldig_op)

    def jeugdigen(self, unit: UnitOfWork) -> list[str]:
        """The references of every jeugdige the audit trail names."""
        return queries.youths(cast("SqlVaultUnit", unit).tables, self._ledger)

    def tellers(
        self, unit: UnitOfWork, jeugdige: str, geldig_op: date, bekend_op: int
    ) -> dict[str, dict[int, int]]:
        """Charged no-shows per product and year."""
        sql = cast("SqlVaultUnit", unit)
        return queries.counters(sql.tables, self._ledger, jeugdige, geldig_op, bekend_op)

    def spoor(
        self,
        unit: UnitOfWork,
        column: str,
        value: str,
        geldig_op: date,
        bekend_op: int,
        *,
        after: int,
        limit: int,
    ) -> list[tuple[int, int | None]]:
        """Positions of the audit trail, and the position of what replaced each by then."""
        sql = cast("SqlVaultUnit", unit)
        return queries.trail(
            sql.tables,
            self._ledger,
            column,
            value,
            geldig_op,
            bekend_op,
            after=after,
            limit=limit,
        )
