"""What a recorded fact says, by name, as people read it."""

from typing import Any, Final

import attrs

from rekenschap.domain.absent import AFWEZIG

KNOWN_ELSEWHERE: Final = frozenset({"datum", "vastgesteld", "bij"})
"""Fields of a fact that its line tells in another way."""


REFERENCES: Final = frozenset({"toewijzing", "jeugdige", "bij"})
"""Fields that say whom or what a fact is about: known to who reads the file of one case."""


def told_in_the_file(fact: Any) -> dict[str, Any]:
    """What a fact says to who reads the file of the case it is about."""
    return {name: value for name, value in told(fact).items() if name not in REFERENCES}


def told(fact: Any) -> dict[str, Any]:
    """The fields and kenmerken of a fact; of a correction only what it changed."""
    values = {
        a.name: getattr(fact, a.name)
        for a in attrs.fields(type(fact))
        if a.name not in KNOWN_ELSEWHERE
    }
    newer, names = values.pop("nieuw", None), values.pop("velden", ())
    if newer is not None:
        values["werd"] = {name: newer.lees(name) for name in names}
    if "betreft" in values:
        values["betreft"] = f"positie {values['betreft']}"
    values.update(fact.kenmerken)
    return {name: value for name, value in values.items() if value is not AFWEZIG}
