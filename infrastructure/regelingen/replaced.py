"""A canonical text with other numbers, or without some rules: for a what-if, never to be stored."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from rekenschap.domain.andere_regels import Getal
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.quantities import Bedrag, canonical
from rekenschap.infrastructure.canonical import dumps, loads

_MONEY: Final = re.compile(r"-?[0-9]+\.[0-9]{2}")
"""How an amount is written; a decimal that takes its place is written so too."""


def replaced_text(text: str, numbers: Mapping[Getal, Waarde], without: Sequence[str]) -> str:
    """The text with these numbers in the rules that have them, and without these rules."""
    data = loads(text.encode("utf-8"))
    rules = [rule for rule in data["regels"] if rule["id"] not in without]
    for number, value in numbers.items():
        for rule in rules:
            if rule["id"] == number.regel:
                _replace(rule, number, value)
    if not rules:
        raise Incorrect("regels.zonder", tuple(without), "fewer rules: at least one must be left")
    return dumps({**data, "regels": rules}).decode("utf-8")


def numbers_of(text: str, rule: str) -> tuple[str, ...]:
    """What can be replaced in a rule: its parameters, and with a dot what stands in one of them."""
    rules = [one for one in loads(text.encode("utf-8"))["regels"] if one["id"] == rule]
    found = {name for one in rules for settings in _settings(one) for name in _paths(settings)}
    return tuple(sorted(found))


def _settings(rule: Any) -> list[Any]:
    return [one["instelling"] for one in rule.get("toepassingen", ()) if "instelling" in one]


def _paths(settings: Mapping[str, Any]) -> Iterator[str]:
    for name, value in settings.items():
        if isinstance(value, dict):
            yield from (f"{name}.{inner}" for inner in _paths(value))
        else:
            yield name


def _replace(rule: Any, number: Getal, value: Waarde) -> None:
    """In every application of the rule that has this number."""
    for settings in _settings(rule):
        if number.instelling in _paths(settings):
            *above, name = number.instelling.split(".")
            for one in above:
                settings = settings[one]
            settings[name] = _plain(value, settings[name], number)


def _plain(value: Waarde, old: Any, number: Getal) -> Any:
    match value:
        case Decimal() if value.is_finite():
            is_money = isinstance(old, str) and _MONEY.fullmatch(old) and value == round(value, 2)
            return f"{value:.2f}" if is_money else canonical(value)
        case Bedrag():
            return str(value)
        case date():
            return value.isoformat()
        case tuple() | list():
            return [_plain(one, None, number) for one in value]
        case None | bool() | int() | str():
            return value
        case _:
            allowed = "a whole number, a Decimal, a day, text, a list of these, or None"
            raise Incorrect(f"regels.getallen.{number}", value, allowed)
