"""The balances as a table: of one valid day as known at a position, or all of them."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, select

from rekenschap.domain.quantities import MAX_DECIMALS, half_up
from rekenschap.infrastructure.parquet.files import Rows, arrow
from rekenschap.infrastructure.parquet.log import DIGITS
from rekenschap.projections.schema import saldo
from rekenschap.projections.sets import read_now

GROUP: Final = 10_000
_QUANTITIES: Final = ("toegewezen", "verbruikt", "saldo")
_DAYS: Final = ("ingangsdatum", "einddatum", "startdatum")
_AS_THEY_ARE: Final = ("toewijzing", "bekend_van", "jeugdige", "aanbieder", "status", "product",
                       "regeling", "eenheid", "sessies", "verdeling")  # fmt: skip
_MONEY: Final = {
    "toegewezen_eurocent": "toegewezen_cent",
    "verbruikt_eurocent": "waarde_cent",
    "saldo_eurocent": "over_cent",
    "gedeclareerd_eurocent": "gedeclareerd_cent",
    "betaald_eurocent": "betaald_cent",
    "eigen_bijdrage_eurocent": "eigen_bijdrage_cent",
}


def saldo_columns() -> list[Any]:
    """The columns and their types. Money is rounded as every answer is: once, halves up."""
    pa, _ = arrow()
    word, number = pa.dictionary(pa.int32(), pa.string()), pa.decimal128(DIGITS, MAX_DECIMALS)
    return [
        pa.field("toewijzing", pa.string(), nullable=False),
        pa.field("geldig_van", pa.date32(), nullable=False),
        pa.field("bekend_van", pa.int64(), nullable=False),
        pa.field("bekend_tot", pa.int64()),
        pa.field("jeugdige", pa.string(), nullable=False),
        pa.field("aanbieder", pa.string()),
        pa.field("status", word, nullable=False),
        pa.field("product", word, nullable=False),
        pa.field("regeling", word, nullable=False),
        pa.field("eenheid", word),
        *(pa.field(name, number, nullable=name != "verbruikt") for name in _QUANTITIES),
        pa.field("sessies", pa.int32(), nullable=False),
        *(pa.field(name, pa.date32(), nullable=name != "ingangsdatum") for name in _DAYS),
        *(pa.field(name, pa.int64()) for name in _MONEY),
        pa.field("verdeling", pa.string(), nullable=False),
    ]


def saldo_rows(
    connection: Connection, ledger: int, day: date | None, position: int
) -> Iterator[Rows]:
    """The balances known at a position, on a valid day; without a day, all known up to there."""
    query = (
        select(saldo)
        .where(read_now(saldo, ledger), saldo.c.bekend_van <= position)
        .order_by(saldo.c.toewijzing, saldo.c.geldig_van, saldo.c.bekend_van)
    )
    if day is not None:
        query = query.where(saldo.c.geldig_van <= day.isoformat(), saldo.c.bekend_tot > position)
    found = connection.execute(query, execution_options={"yield_per": GROUP}).mappings()
    rows: Iterator[RowMapping] = iter(found)
    if day is not None:  # the last one that began by then holds on the day
        rows = (list(of_one)[-1] for _, of_one in groupby(rows, key=itemgetter("toewijzing")))
    waiting = (_row(row, position) for row in rows)
    while group := list(islice(waiting, GROUP)):
        yield group


def _row(row: RowMapping, position: int) -> dict[str, Any]:
    parts = json.loads(row["verdeling"])
    until = row["bekend_tot"]
    return {
        **{name: row[name] for name in _AS_THEY_ARE},
        **{name: _of(Decimal, row[name]) for name in _QUANTITIES},
        **{name: _of(date.fromisoformat, row[name]) for name in ("geldig_van", *_DAYS)},
        **{name: _cents(parts[key]) for name, key in _MONEY.items()},
        "bekend_tot": until if until <= position else None,  # nobody knew then that it would end
    }


def _of(read: Any, text: str | None) -> Any:
    return None if text is None else read(text)


def _cents(exact: str | int | None) -> int | None:
    return None if exact is None else half_up(Fraction(exact)).eurocent
