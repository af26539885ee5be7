"""What the application needs of the tables that questions are answered from, as a Protocol."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol

from rekenschap.application.herbouw import Herbouw, Nagerekend, Voortgang
from rekenschap.application.parallel import Gevouwen
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.standen import ToewijzingStand
from rekenschap.domain.boeking import Boeking


class Leesmodel(Protocol):
    """The tables that questions are answered from. Days are valid days, positions known ones."""

    def catch_up(self, progress: Callable[[int], None] | None = None) -> int:
        """Fold what is not folded yet; returns the position reached."""
        ...

    def position(self, unit: UnitOfWork) -> int:
        """Up to where the tables are folded, as this unit of work sees them."""
        ...

    def rebuild(
        self,
        progress: Callable[[Voortgang], None] | None = None,
        gevouwen: Gevouwen | None = None,
    ) -> Herbouw:
        """Fold the whole log anew beside what is read, compare, and read that from then on. With
        ``gevouwen`` others fold the lines up to its position.

        Raises Onbeschikbaar when another rebuild of this grootboek is going on."""
        ...

    def nareken(self, geldig_op: date, progress: Callable[[int], None] | None = None) -> Nagerekend:
        """Work every balance on a day out anew from the log, up to where the tables are folded, and
        hold them against it."""
        ...

    def toewijzing(
        self, unit: UnitOfWork, name: str, geldig_op: date, bekend_op: int
    ) -> ToewijzingStand | None:
        """The balance of an allocation; None when nothing was known of it for that day."""
        ...

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
        ...

    def uit_boekingen(
        self,
        unit: UnitOfWork,
        name: str,
        entries: Sequence[Boeking],
        namen: Mapping[str, str],
        geldig_op: date,
        bekend_op: int,
    ) -> ToewijzingStand | None:
        """The balance of an allocation, folded from its entries and not read from the tables;
        ``namen`` are the names of the regelingen by hash."""
        ...

    def tellers_uit(
        self, allocations: Sequence[Sequence[Boeking]], geldig_op: date
    ) -> dict[str, dict[int, int]]:
        """Charged no-shows per product and year, from the entries of each allocation."""
        ...

    def jeugdigen(self, unit: UnitOfWork) -> list[str]:
        """The references of every jeugdige the audit trail names."""
        ...

    def tellers(
        self, unit: UnitOfWork, jeugdige: str, geldig_op: date, bekend_op: int
    ) -> dict[str, dict[int, int]]:
        """Charged no-shows per product and year."""
        ...

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
        """Positions of the audit trail of a toewijzing or jeugdige, and what replaced each."""
        ...
