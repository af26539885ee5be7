"""Steps from an older stored version of a fact to the next; pure, and never removed.

Each step takes the stored fields of version n and returns those of version n + 1. Only lines are
added here.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

Fields = Mapping[str, Any]


def _in_its_stream(*names: str) -> Callable[[Fields], Fields]:
    """A fact that named a toewijzing, as one that lies in the stream of that.

    ``names`` are the other fields the old version had: what has a field more was never of it.
    """

    def step(fields: Fields) -> Fields:
        allocation = fields["toewijzing"]
        more = fields.keys() - {"toewijzing", *names}
        if more or not isinstance(allocation, str):
            raise ValueError(f"expected a toewijzing, and of other fields only {', '.join(names)}")
        rest = {name: value for name, value in fields.items() if name != "toewijzing"}
        return {**rest, "bij": f"toewijzing/{allocation}"}

    return step


UPCASTS: Final[dict[tuple[str, int], Callable[[Fields], Fields]]] = {
    ("bezwaar-ingediend", 1): _in_its_stream("datum", "vastgesteld"),
    ("bezwaar-beslist", 1): _in_its_stream("datum", "vastgesteld", "volume", "eenheid"),
}
"""By name and the version it starts from."""


def upcast(name: str, version: int, fields: Fields) -> tuple[int, Fields]:
    """The stored fields brought to the latest version that steps lead to."""
    while (step := UPCASTS.get((name, version))) is not None:
        fields, version = step(fields), version + 1
    return version, fields
