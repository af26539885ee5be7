"""The tables the questions are answered from: bitemporal rows, folded out of the log.

A row holds from ``geldig_van`` until the next ``geldig_van`` of the same subject, as it was known
from position ``bekend_van`` up to but not including ``bekend_tot``. A line of ``spoor`` is never
altered: ``betreft`` is the position it corrects or takes back, and what stands about a line at some
position follows from the lines up to there. Nothing in the tables is evidence: they can be thrown
away and folded anew.

Rows of one grootboek form sets, each with a number, its ``generation``: one set is read, and a
rebuild fills another one beside it (docs/decisions/0018).
"""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

STILL_KNOWN: Final = 2**62
"""``bekend_tot`` of a row that nothing has replaced yet."""

_Key = Text().with_variant(Text(collation="C"), "postgresql")

projection_metadata = MetaData()

projection_positions = Table(
    "projection_positions",
    projection_metadata,
    Column("ledger", Integer, primary_key=True, autoincrement=False),
    Column("generation", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("newest", Integer, nullable=False),
    Column("newest_position", BigInteger),
    Column("signs", BigInteger, nullable=False),
)
"""Of each grootboek: the set that is read and up to where it is folded; the highest number that a
set ever had, and up to where that one is folded while a rebuild fills it (else NULL); and a number
that a rebuild raises as a sign of life."""

saldo = Table(
    "saldo",
    projection_metadata,
    Column("ledger", Integer, primary_key=True, autoincrement=False),
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("toewijzing", _Key, primary_key=True),
    Column("geldig_van", _Key, primary_key=True),
    Column("bekend_van", BigInteger, primary_key=True, autoincrement=False),
    Column("bekend_tot", BigInteger, nullable=False),
    Column("jeugdige", _Key, nullable=False),
    Column("aanbieder", _Key),
    Column("status", _Key, nullable=False),
    Column("product", _Key, nullable=False),
    Column("regeling", _Key, nullable=False),
    Column("eenheid", _Key),
    Column("toegewezen", _Key),
    Column("verbruikt", _Key, nullable=False),
    Column("saldo", _Key),
    Column("sessies", Integer, nullable=False),
    Column("ingangsdatum", _Key, nullable=False),
    Column("einddatum", _Key),
    Column("startdatum", _Key),
    Column("verdeling", Text, nullable=False),
    Index("saldo_by_jeugdige", "ledger", "generation", "jeugdige", "toewijzing"),
    Index("saldo_by_aanbieder", "ledger", "generation", "aanbieder", "toewijzing"),
    sqlite_with_rowid=False,
)

tellers = Table(
    "tellers",
    projection_metadata,
    Column("ledger", Integer, primary_key=True, autoincrement=False),
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("jeugdige", _Key, primary_key=True),
    Column("teller", _Key, primary_key=True),
    Column("product", _Key, primary_key=True),
    Column("jaar", Integer, primary_key=True, autoincrement=False),
    Column("geldig_van", _Key, primary_key=True),
    Column("bekend_van", BigInteger, primary_key=True, autoincrement=False),
    Column("bekend_tot", BigInteger, nullable=False),
    Column("aantal", Integer, nullable=False),
    sqlite_with_rowid=False,
)

spoor = Table(
    "spoor",
    projection_metadata,
    Column("ledger", Integer, primary_key=True, autoincrement=False),
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("bekend_van", BigInteger, primary_key=True, autoincrement=False),
    Column("jeugdige", _Key, primary_key=True),
    Column("geldig_van", _Key, nullable=False),
    Column("toewijzing", _Key),
    Column("betreft", BigInteger),
    Column("gebeurtenis", _Key, nullable=False),
    Column("uitkomst", _Key, nullable=False),
    Column("oordelen", Text, nullable=False),
    Index("spoor_by_toewijzing", "ledger", "generation", "toewijzing", "bekend_van"),
    Index("spoor_by_jeugdige", "ledger", "generation", "jeugdige", "bekend_van"),
    Index("spoor_by_betreft", "ledger", "generation", "betreft"),
    sqlite_with_rowid=False,
)
