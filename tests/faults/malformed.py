"""Every malformed command and payload there is, tried and counted.

The tests of ``tests/application`` and ``tests/codec`` try the same ones, each time.
"""

import json
from datetime import UTC, datetime

import attrs
from tests.application.care import accepted, granted, introduced, opened, rows, started
from tests.application.malformed_commands import RIGHT, is_secret, right, wrong_values
from tests.application.test_malformed_commands import outcome
from tests.codec.malformed import in_an_entry, raw, spoiled
from tests.codec.samples import full
from tests.codec.strategies import FACTS
from tests.codec.test_malformed import position_of_the_error

from rekenschap.application.ports import StoredRecord
from rekenschap.infrastructure.codec import encode

POSITION = 4711


def try_commands(url: str) -> int:
    """Every wrong value of every field of every command: named in the error, nothing stored."""
    tried: set[tuple[str, str, str]] = set()
    with opened(url) as ledger:
        accepted(ledger.execute(introduced()))
        accepted(ledger.execute(granted("T0", "kind-1")))
        accepted(ledger.execute(started("T0", referentie="start")))
        before = rows(ledger)
        for cls in RIGHT:
            for name, wrong in wrong_values(cls):
                command = attrs.evolve(right(cls), **{name: wrong})
                for ask in (ledger.toets, ledger.execute):
                    found = outcome(ask, command, name, is_secret(cls, name))
                    assert found is None, (cls, name, wrong, found)
                tried.add((cls.__name__, name, repr(wrong)))
        assert rows(ledger) == before
    return len(tried)


def try_payloads() -> int:
    """Every payload that is wrong somewhere, of every event: none is read."""
    tried: set[tuple[str, bytes]] = set()
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    for cls in FACTS:
        payload = encode(full(cls)).payload
        places = in_an_entry(cls, json.loads(payload))
        wrong = [*raw(payload), *(spoiled(payload, path, value) for path, value in places)]
        for one in wrong:
            record = StoredRecord(POSITION, moment, "s", 1, cls.naam, cls.versie, one, bytes(32))
            assert position_of_the_error(record) == POSITION, (cls, one)
            tried.add((cls.naam, one))
    return len(tried)
