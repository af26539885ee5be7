"""What the conditions of a regeling may name: fields of facts, kenmerken, and their values."""

from collections.abc import Mapping, Set
from functools import cache

import attrs

from rekenschap.domain.conditions import Eis
from rekenschap.domain.facts import BY_CLASS_NAME
from rekenschap.domain.kenmerken import Kenmerkenlijst
from rekenschap.infrastructure.regelingen.place import Place

PARTIES = "partij"
"""The list of who can take part in something."""
OF_A_CASE = frozenset({"prestatie"})
"""What only a case as a whole tells: what is declared, on the claim or by its allocation."""


@cache
def core_fields() -> Mapping[str, frozenset[str]]:
    """Every field of a fact, with the lists its values come from, if any."""
    found: dict[str, frozenset[str]] = {}
    for cls in BY_CLASS_NAME.values():
        for field in attrs.fields(cls):
            listed = field.metadata.get("lijst")
            own = frozenset() if listed is None else frozenset({listed})
            found[field.name] = found.get(field.name, frozenset()) | own
    return found


def check_conditions(
    at: Place, wanted: Mapping[str, Eis], known: Kenmerkenlijst, derived: Set[str]
) -> None:
    """Raise Incorrect for a name no fact can carry, or a value it can never have.

    ``derived`` are the kenmerken that the regeling itself makes out of others.
    """
    for name, eis in wanted.items():
        if name in derived or name in OF_A_CASE:
            continue
        if name not in core_fields() and name not in known.kenmerken:
            raise at.key(name).wrong(name, "a field of a fact, or a declared kenmerk")
        allowed = _values(name, known)
        asked = (*(eis.een_van or ()), *(eis.niet or ()))
        strange = [one for one in asked if isinstance(one, str) and allowed and one not in allowed]
        if strange:
            raise at.key(name).wrong(strange, "out of " + ", ".join(sorted(allowed)))


def check_parties(at: Place, named: tuple[str, ...], known: Kenmerkenlijst) -> None:
    """Raise Incorrect for a party that is not in the list of parties."""
    parties = known.lijsten.get(PARTIES, ())
    strange = [one for one in named if parties and one not in parties]
    if strange:
        raise at.wrong(strange, "out of " + ", ".join(parties))


def _values(name: str, known: Kenmerkenlijst) -> set[str]:
    """The values a field or kenmerk chooses from; empty when it is no choice."""
    lists = core_fields().get(name, frozenset())
    values = {value for one in lists for value in known.lijsten.get(one, ())}
    declared = known.kenmerken.get(name)
    return values | set(declared.waarden if declared is not None else ())
