"""Is a replay in parts the same, to the byte, as that of one process, wherever it is cut?"""

import json
from collections import Counter
from typing import Any

import attrs
import pytest
from tests.parallel.conftest import Played

from rekenschap.application import Rekenschap
from rekenschap.application.reproduction import Reproductie
from rekenschap.infrastructure.parallel import InProcess, Processes


class InParts(InProcess):
    """This process alone, but by way of parts."""


def as_bytes(found: list[Reproductie]) -> bytes:
    return json.dumps([attrs.asdict(one) for one in found], default=repr).encode()


def as_projected(played: Played) -> list[Any]:
    """What the projector writes of the whole log at once, in the order of parts."""
    from rekenschap.infrastructure.parallel.work import TABLES

    played.ledger.rebuild()
    with played.store.reading() as unit:
        key = played.store.ledger.key
        return [
            (table.name, tuple(row))
            for table in TABLES
            for row in unit.connection.execute(
                table.select().where(table.c.ledger == key).order_by(*table.primary_key)
            )
        ]


def folded(played: Played, workers: Any) -> list[Any]:
    return list(played.store.parallel.folded(workers, played.ledger.positie, None))


def test_in_any_number_of_parts(played: Played) -> None:
    ledger = played.ledger
    alone = as_bytes(list(ledger.reproduceer_alles()))
    rows = as_projected(played)
    assert len(rows) > ledger.positie

    for parts in (1, 2, 5):
        played.in_parts(parts)
        assert as_bytes(list(ledger.reproduceer_alles(werkers=InParts()))) == alone
        assert repr(folded(played, InParts())) == repr(rows)


def test_by_two_processes(played: Played) -> None:
    ledger = played.ledger
    alone = as_bytes(list(ledger.reproduceer_alles()))
    rows = as_projected(played)

    assert as_bytes(list(ledger.reproduceer_alles(werkers=2))) == alone
    assert repr(folded(played, Processes(2))) == repr(rows)
