"""A small ledger of every kind of thing: granted, started, used, missed, refused, corrected."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from attrs import frozen
from tests.application.care import effort, granted, made, no_show, opened, started

from rekenschap.application import Controlepunt, CorrigeerGegeven, Rekenschap, VoerRegelingIn
from rekenschap.application.ports import Head
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.store.seal import Row, chain, from_microseconds
from rekenschap.infrastructure.store.store import SqlStore

REGELING: Final = Path(__file__).parents[1] / "domain/regelingen/duindam-2026.yaml"
FIRST: Final = date(2026, 1, 12)
NOW: Final = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@contextmanager
def small_ledger(url: str, grootboek: str = "duindam") -> Iterator[Rekenschap]:
    """Thirteen records of one grootboek, and how it stands afterwards."""
    with opened(url, grootboek, FixedClock(NOW)) as rekenschap:
        rekenschap.execute(
            made(VoerRegelingIn, tekst=REGELING.read_text("utf-8"), datum=date(2025, 12, 1))
        )
        period = {"ingangsdatum": FIRST, "einddatum": date(2026, 9, 30), "datum": FIRST}
        walk = {"product": "wandelcoach", "volume": 300, **period}
        rekenschap.execute(granted("W1", "kind-1", **walk))
        rekenschap.execute(granted("W2", "kind-é", **walk))
        rekenschap.execute(started("W1", datum=FIRST))
        day = date(2026, 2, 2)
        rekenschap.execute(effort("W1", 60, datum=day, referentie="eerste"))
        rekenschap.execute(effort("W1", 100_000, datum=day))
        rekenschap.execute(no_show("W1", datum=date(2026, 2, 9), vastgesteld={}))
        rekenschap.execute(effort("W2", 30, datum=day))
        rekenschap.execute(started("W2", datum=FIRST))
        rekenschap.execute(
            made(
                CorrigeerGegeven,
                betreft="eerste",
                reden="invoerfout",
                gezag="gemeente",
                vervanging={"aantal": 45},
            )
        )
        rekenschap.execute(effort("W1", 30, datum=date(2026, 3, 2)))
        yield rekenschap


@frozen
class Stored:
    """What a ledger holds: its id, its lines and head as stored, a checkpoint of every size."""

    ledger: str
    rows: tuple[Row, ...]
    head: Head
    kept: tuple[Controlepunt, ...]

    @classmethod
    def of(cls, rekenschap: Rekenschap) -> "Stored":
        store: Any = rekenschap._store
        assert isinstance(store, SqlStore)
        with store.reading() as unit:
            head = unit.log.head()
            rows = tuple(tuple(row) for row in unit.log.read_raw(None, upto=2**62, limit=1_000))
        kept = tuple(rekenschap.controlepunt(omvang=size) for size in range(head.position + 1))
        return cls(store.ledger.id, rows, head, kept)  # type: ignore[arg-type]


def rechained(rows: Sequence[Row], previous: bytes, start: int = 1) -> list[Row]:
    """The same lines numbered from ``start``, with rising moments and hashes that fit."""
    made_anew: list[Row] = []
    last = 0
    for position, (_, at, stream, stream_version, name, version, payload, _) in enumerate(
        rows, start
    ):
        last = max(at, last + 1)
        previous = chain(
            previous,
            position,
            last,
            name.decode(),
            version,
            stream.decode(),
            stream_version,
            payload,
        )
        made_anew.append((position, last, stream, stream_version, name, version, payload, previous))
    return made_anew


def fitting_head(rows: Sequence[Row], empty: bytes) -> Head:
    """The head as somebody would write it who knows how."""
    if not rows:
        return Head(0, empty, None)
    return Head(rows[-1][0], rows[-1][7], from_microseconds(rows[-1][1]))
