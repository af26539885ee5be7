"""How many malformed commands and payloads there are: ``tests/application`` and ``tests/codec``
try every one of them, on both stores.
"""

import json

from tests.application.malformed_commands import RIGHT, wrong_values
from tests.codec.malformed import in_an_entry, raw, spoiled
from tests.codec.samples import full
from tests.codec.strategies import FACTS

from rekenschap.infrastructure.codec import encode


def commands() -> set[tuple[str, str, str]]:
    """Every wrong value of every field of every command."""
    return {(cls.__name__, name, repr(wrong)) for cls in RIGHT for name, wrong in wrong_values(cls)}


def payloads() -> set[tuple[str, bytes]]:
    """Every payload that is wrong somewhere, of every event."""
    found: set[tuple[str, bytes]] = set()
    for cls in FACTS:
        right = encode(full(cls)).payload
        found.update((cls.naam, wrong) for wrong in raw(right))
        places = in_an_entry(cls, json.loads(right))
        found.update((cls.naam, spoiled(right, path, wrong)) for path, wrong in places)
    return found


def counted() -> dict[str, int]:
    """How many of each, of how many kinds."""
    return {
        "commands": len(commands()),
        "kinds_of_commands": len(RIGHT),
        "payloads": len(payloads()),
        "kinds_of_events": len(FACTS),
    }
