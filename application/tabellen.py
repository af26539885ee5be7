"""The log and the balances as tables for an analyst's own tools, in files that leave the ledger."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

from attrs import frozen

from rekenschap.application.ports import UnitOfWork

Progress = Callable[[int], None] | None


@frozen(kw_only=True)
class Tabelvraag:
    """What goes into the tables: up to which position, and the balances as of which valid day.

    ``geldig_op`` None: the balance of every day, as it was known at every position up to there.
    """

    naar: Path
    positie: int
    geldig_op: date | None
    overschrijf: bool


@frozen(kw_only=True)
class Tabellen:
    """What was written: the two files, how many rows each has, and what they were made from."""

    log: Path
    saldo: Path
    regels: int
    standen: int
    positie: int
    geldig_op: date | None


class Tabellenschrijver(Protocol):
    """Writes tables inside a view of the log."""

    def schrijf(self, unit: UnitOfWork, vraag: Tabelvraag, progress: Progress) -> Tabellen: ...
