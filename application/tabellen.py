"""The log and the balances as tables for an analyst's own tools, in files that leave the ledger."""

from collections.abc import Callable
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Protocol

from attrs import frozen

from rekenschap.application.lezen import Bekend
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.vragen import Vragen
from rekenschap.domain.errors import Incorrect

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


class Analyse(Vragen):
    """The question of who analyses with tools of their own."""

    def exporteer_parquet(
        self,
        naar: str | PathLike[str],
        *,
        geldig_op: date | None = None,
        bekend_op: Bekend = None,
        alle_standen: bool = False,
        overschrijf: bool = False,
        progress: Progress = None,
    ) -> Tabellen:
        """Write ``log.parquet`` and ``saldo.parquet`` to a folder, which is made if need be.

        The log is every line up to ``bekend_op`` (default: now); the balances are those on
        ``geldig_op`` (default: today) as known then, or with ``alle_standen`` all of them, of every
        valid day and every known position up to there. Nothing of the vault goes along. Each file
        is whole or not there; one that is there stays as it is unless ``overschrijf``. Raises
        Incorrect, also where the extra ``arrow`` is not installed; Onbeschikbaar when the files
        cannot be written.
        """
        if not isinstance(naar, str | PathLike):
            raise Incorrect("naar", naar, "the path of a folder")
        if alle_standen and geldig_op is not None:
            raise Incorrect("geldig_op", geldig_op, "None, with alle_standen: it is every day")
        with self._view(geldig_op, bekend_op) as (unit, position, day):
            asked = Tabelvraag(
                naar=Path(naar),
                positie=position,
                geldig_op=None if alle_standen else day,
                overschrijf=overschrijf,
            )
            return self._store.tabellen.schrijf(unit, asked, progress)
