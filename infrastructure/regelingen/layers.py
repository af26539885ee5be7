"""A municipal rule set over a regional one: two files, one text."""

from collections.abc import Mapping
from typing import Any

from rekenschap.domain.errors import Incorrect

MERGED = ("documenten", "producten", "productgroepen", "opties")
"""The parts in which both files name things, each name once."""


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any], file: str) -> dict[str, Any]:
    """One rule set out of two: what the upper file says goes first.

    A rule of the upper file with the id of a lower one takes its place. Documents, products,
    groups and options of both are there; a name in both is Incorrect, because a reader could not
    tell which is meant.
    """
    made: dict[str, Any] = {**below, **above}
    for part in MERGED:
        one, other = below.get(part) or {}, above.get(part) or {}
        twice = sorted(map(str, set(one) & set(other)))
        if twice:
            raise Incorrect(
                f"{file}.{part}", twice, f"names that {below['regeling']} does not have"
            )
        if one or other:
            made[part] = {**one, **other}
    rules = above.get("regels") or []
    replaced = {rule.get("id") for rule in rules if isinstance(rule, dict)}
    kept = [rule for rule in below.get("regels") or [] if rule.get("id") not in replaced]
    made["regels"] = [*kept, *rules]
    return made
