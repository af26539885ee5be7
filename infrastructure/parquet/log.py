"""The log as a table: one row per line, with what an analyst asks for first, and all of it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from rekenschap.application.ports import Log, StoredRecord
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.facts import Feit
from rekenschap.domain.quantities import MAX_DECIMALS, Bedrag, canonical
from rekenschap.infrastructure.codec import decode
from rekenschap.infrastructure.parquet.files import Rows, arrow
from rekenschap.projections.contributions import allocation_of

GROUP: Final = 2_000
"""So many lines in a row group: what is held in memory at a time."""
DIGITS: Final = 38


def log_columns() -> list[Any]:
    """The columns and their types."""
    pa, _ = arrow()
    word, texts = pa.dictionary(pa.int32(), pa.string()), pa.list_(pa.string())
    return [
        pa.field("positie", pa.int64(), nullable=False),
        pa.field("geregistreerd_op", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("stroom", pa.string(), nullable=False),
        pa.field("stroomversie", pa.int64(), nullable=False),
        pa.field("gebeurtenis", word, nullable=False),
        pa.field("versie", pa.int32(), nullable=False),
        pa.field("opdracht", pa.string(), nullable=False),
        pa.field("referentie", pa.string()),
        pa.field("melder", pa.string(), nullable=False),
        pa.field("rol", word, nullable=False),
        pa.field("datum", pa.date32(), nullable=False),
        pa.field("uitkomst", word, nullable=False),
        pa.field("regels", texts, nullable=False),
        pa.field("gronden", texts, nullable=False),
        pa.field("jeugdige", pa.string()),
        pa.field("toewijzing", pa.string()),
        pa.field("aanbieder", pa.string()),
        pa.field("product", word),
        pa.field("betreft", pa.int64()),
        pa.field("aantal", pa.decimal128(DIGITS, MAX_DECIMALS)),
        pa.field("eenheid", word),
        pa.field("bedrag_eurocent", pa.int64()),
        pa.field("gevolg_aantal", pa.string()),
        pa.field("gevolg_eenheid", word),
        pa.field("raakt", texts, nullable=False),
        pa.field("inhoud", pa.binary(), nullable=False),
        pa.field("hash", pa.binary(32), nullable=False),
    ]


def log_rows(log: Log, upto: int) -> Iterator[Rows]:
    """The lines up to a position, a row group at a time."""
    after = 0
    while after < upto:
        lines = log.read_from(after, upto=upto, limit=GROUP)
        touched = log.references_between(after, lines[-1].position)
        yield [_row(line, decode(line), touched.get(line.position, ())) for line in lines]
        after = lines[-1].position


def _row(line: StoredRecord, entry: Boeking, touched: tuple[str, ...]) -> dict[str, Any]:
    fact, decision, effect = entry.feit, entry.beslissing, entry.beslissing.gevolg
    return {
        "positie": line.position,
        "geregistreerd_op": line.recorded_at,
        "stroom": line.stream,
        "stroomversie": line.stream_version,
        "gebeurtenis": line.name,
        "versie": line.version,
        "opdracht": entry.opdracht,
        "referentie": entry.referentie,
        "melder": entry.melder.wie,
        "rol": entry.melder.rol.value,
        "datum": fact.datum,
        "uitkomst": decision.uitkomst.value,
        "regels": list(decision.regels),
        "gronden": list(decision.gronden),
        "jeugdige": _youth(entry, touched),
        "toewijzing": allocation_of(fact),
        "aanbieder": _of_kind(fact, "aanbieder", str),
        "product": _of_kind(fact, "product", str),
        "betreft": _of_kind(fact, "betreft", int),
        "aantal": _of_kind(fact, "aantal", Decimal),
        "eenheid": _of_kind(fact, "eenheid", str),
        "bedrag_eurocent": None
        if (money := _of_kind(fact, "bedrag", Bedrag)) is None
        else money.eurocent,
        "gevolg_aantal": None
        if effect is None or effect.aantal is None
        else canonical(effect.aantal),
        "gevolg_eenheid": None
        if effect is None or effect.eenheid is None
        else effect.eenheid.value,
        "raakt": list(touched),
        "inhoud": line.payload,
        "hash": line.hash,
    }


def _of_kind(fact: Feit, name: str, kind: type[Any]) -> Any:
    """A core field of a fact when it is there and told."""
    value = getattr(fact, name, None) if name in type(fact).__core__ else None
    return value if isinstance(value, kind) and not isinstance(value, bool) else None


def _youth(entry: Boeking, touched: tuple[str, ...]) -> str | None:
    """Whose dossier was judged; without one, the only jeugdige it touches."""
    receipt = entry.beslissing.bon
    read = () if receipt is None else receipt.gelezen
    judged: list[str] = [one for one in read if one.startswith("jeugdige/")]
    named = judged or [one for one in touched if one.startswith("jeugdige/")]
    return named[0] if len(named) == 1 else None
