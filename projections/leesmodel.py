"""``Leesmodel`` of the application: the projector and the questions, on one store."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from itertools import chain, islice
from typing import Protocol, cast

from rekenschap.application.errors import Broken
from rekenschap.application.parallel import Rij
from rekenschap.application.ports import Log, StoredRecord, UnitOfWork, Vault
from rekenschap.application.standen import ToewijzingStand
from rekenschap.domain.boeking import Boeking
from rekenschap.projections import folded, queries
from rekenschap.projections.projector import Projector, SqlUnit


class SqlVaultUnit(SqlUnit, Protocol):
    """A unit of work on a database, with its vault."""

    @property
    def log(self) -> Log: ...

    @property
    def vault(self) -> Vault: ...


class SqlUnits(Protocol):
    """Where units of work on a database come from."""

    def writing(self) -> AbstractContextManager[SqlVaultUnit]: ...

    def reading(self) -> AbstractContextManager[SqlVaultUnit]: ...


class SqlLeesmodel:
    """Answers from tables that are caught up before each answer."""

    def __init__(
        self, units: SqlUnits, ledger: int, decode: Callable[[StoredRecord], Boeking]
    ) -> None:
        self._units = units
        self._ledger = ledger
        self._projector = Projector(ledger, decode)
        self._turn = threading.Lock()

    def catch_up(self, progress: Callable[[int], None] | None = None) -> int:
        """Fold what is not folded yet, batch by batch, each in a transaction of its own."""
        with self._turn:
            with self._units.reading() as unit:
                head = unit.log.head().position
                position = self._projector.position(unit.connection)
            while position < head:
                with self._units.writing() as unit:
                    folded = self._projector.batch(unit)
                    position = self._projector.position(unit.connection)
                if not folded and position < head:
                    raise Broken("the log ends before its head", position=position + 1)
                if progress is not None:
                    progress(position)
            return position

    def position(self, unit: UnitOfWork) -> int:
        """Up to where the tables are folded, as this unit of work sees them."""
        return self._projector.position(cast("SqlVaultUnit", unit).connection)

    def rebuild(self, progress: Callable[[int], None] | None = None) -> int:
        """Throw the tables away and fold the whole log anew."""
        with self._turn, self._units.writing() as unit:
            self._projector.clear(unit)
        return self.catch_up(progress)

    def refill(self, rows: Iterable[Rij], position: int) -> int:
        """Put rows that were folded up to a position in the place of all that the tables hold."""
        waiting = iter(rows)
        first = tuple(islice(waiting, 1))  # worked out before anything is locked
        with self._turn, self._units.writing() as unit:
            self._projector.clear(unit)
            self._projector.fill(unit, chain(first, waiting), position)
        return self.catch_up()

    def toewijzing(
        self, unit: UnitOfWork, name: str, geldig_op: date, bekend_op: int
    ) -> ToewijzingStand | None:
        """The balance of an allocation; None when nothing was known of it for that day."""
        sql = cast("SqlVaultUnit", unit)
        return queries.balance(sql.connection, sql.vault, self._ledger, name, geldig_op, bekend_op)

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
            sql.connection,
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
        return queries.youths(cast("SqlVaultUnit", unit).connection, self._ledger)

    def tellers(
        self, unit: UnitOfWork, jeugdige: str, geldig_op: date, bekend_op: int
    ) -> dict[str, dict[int, int]]:
        """Charged no-shows per product and year."""
        sql = cast("SqlVaultUnit", unit)
        return queries.counters(sql.connection, self._ledger, jeugdige, geldig_op, bekend_op)

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
            sql.connection,
            self._ledger,
            column,
            value,
            geldig_op,
            bekend_op,
            after=after,
            limit=limit,
        )
