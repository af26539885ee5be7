"""Steps from an older stored version of a fact to the next; pure, and never removed.

Each step takes the stored fields of version n and returns those of version n + 1. Only lines are
added here. There are none yet: every fact is at its first version.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

Fields = Mapping[str, Any]

UPCASTS: Final[dict[tuple[str, int], Callable[[Fields], Fields]]] = {}
"""By name and the version it starts from."""


def upcast(name: str, version: int, fields: Fields) -> tuple[int, Fields]:
    """The stored fields brought to the latest version that steps lead to."""
    while (step := UPCASTS.get((name, version))) is not None:
        fields, version = step(fields), version + 1
    return version, fields
