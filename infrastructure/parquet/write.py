"""Both tables of one view of the ledger, each telling what it was made from."""

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, Final, cast

from rekenschap.application.errors import Broken
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.tabellen import Progress, Tabellen, Tabelvraag
from rekenschap.infrastructure.canonical import moment_text
from rekenschap.infrastructure.parquet.files import Files, Rows, arrow
from rekenschap.infrastructure.parquet.log import log_columns, log_rows
from rekenschap.infrastructure.parquet.saldo import saldo_columns, saldo_rows
from rekenschap.infrastructure.store.queries import Ledger
from rekenschap.infrastructure.store.unit import SqlUnitOfWork

FORMAT: Final = "1"
"""What the columns mean; another meaning is another number."""


class ParquetTabellen:
    """``Tabellenschrijver`` of the application, for one grootboek."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def schrijf(self, unit: UnitOfWork, vraag: Tabelvraag, progress: Progress) -> Tabellen:
        """Raises Incorrect, Broken or Onbeschikbaar; then there is no new file."""
        pa, _ = arrow()
        sql = cast("SqlUnitOfWork", unit)
        told = self._told(unit, vraag)
        position, day = vraag.positie, vraag.geldig_op
        with Files(vraag.naar, overwrite=vraag.overschrijf) as files:
            balances = saldo_rows(sql.tables, self._ledger.key, day, position)
            schema = pa.schema(saldo_columns(), metadata=told)
            saldo, standen = files.write("saldo.parquet", schema, balances)
            lines = _watched(log_rows(unit.log, position), progress)
            schema = pa.schema(log_columns(), metadata=told)
            log, regels = files.write("log.parquet", schema, lines)
            if regels != position:
                raise Broken("there is no line here", position=regels + 1)
            files.finish()
        return Tabellen(
            log=log,
            saldo=saldo,
            regels=regels,
            standen=standen,
            positie=position,
            geldig_op=day,
        )

    def _told(self, unit: UnitOfWork, vraag: Tabelvraag) -> dict[str, str]:
        """What a file was made from: the same log up to the same position tells the same."""
        told = {
            "rekenschap.formaat": FORMAT,
            "rekenschap.programma": f"rekenschap {version('rekenschap')}",
            "rekenschap.grootboek": self._ledger.name,
            "rekenschap.grootboek_id": self._ledger.id,
            "rekenschap.positie": str(vraag.positie),
            "rekenschap.geldig_op": "alle" if (day := vraag.geldig_op) is None else day.isoformat(),
        }
        if vraag.positie:
            last = unit.log.read_from(vraag.positie - 1, upto=vraag.positie)
            if not last:
                raise Broken("there is no line here", position=vraag.positie)
            told["rekenschap.hash"] = last[0].hash.hex()
            told["rekenschap.geregistreerd_op"] = moment_text(last[0].recorded_at)
        return told


def _watched(groups: Iterator[Rows], progress: Progress) -> Iterator[Any]:
    for rows in groups:
        yield rows
        if progress is not None:
            progress(rows[-1]["positie"])
