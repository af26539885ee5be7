"""The question of who analyses the log and the balances with tools of their own."""

from datetime import date
from os import PathLike
from pathlib import Path

from rekenschap.application.lezen import Bekend
from rekenschap.application.tabellen import Progress, Tabellen, Tabelvraag
from rekenschap.application.vragen import Vragen
from rekenschap.domain.errors import Incorrect


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
