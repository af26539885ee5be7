"""A canonical text with other numbers, or without some rules: for a what-if, never to be stored."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from rekenschap.domain.andere_regels import Getal
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.quantities import Bedrag, canonical
from rekenschap.infrastructure.canonical import dumps, loads


def replaced_text(text: str, numbers: Mapping[Getal, Waarde], without: Sequence[str]) -> str:
    """The text with these numbers in the rules it has, and without these rules."""
    data = loads(text.encode("utf-8"))
    rules = [rule for rule in data["regels"] if rule["id"] not in without]
    for number, value in numbers.items():
        for rule in rules:
            if rule["id"] == number.regel:
                _replace(rule, number, value)
    if not rules:
        raise Incorrect("zonder", tuple(without), "fewer rules: at least one must be left")
    return dumps({**data, "regels": rules}).decode("utf-8")


def _replace(rule: Any, number: Getal, value: Waarde) -> None:
    """In every application of the rule that has this number."""
    settings = [one["instelling"] for one in rule.get("toepassingen", ()) if "instelling" in one]
    having = [one for one in settings if number.instelling in one]
    if not having:
        known = sorted({name for one in settings for name in one})
        allowed = "one of " + ", ".join(known) if known else "nothing: this rule has no numbers"
        raise Incorrect(f"getallen.{number.regel}", number.instelling, allowed)
    for one in having:
        one[number.instelling] = _plain(value)


def _plain(value: Waarde) -> Any:
    match value:
        case Decimal():
            return canonical(value)
        case Bedrag():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(one) for one in value]
        case _:
            return value
