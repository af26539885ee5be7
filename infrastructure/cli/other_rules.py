"""The rules of a question on the command line: those of then, or others."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any, Final, TypeVar, cast

import click

from rekenschap.domain.andere_regels import AndereRegels, Getal
from rekenschap.infrastructure.cli.regels import source_of

F = TypeVar("F", bound=Callable[..., Any])
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_WORDS: Final[dict[str, Any]] = {
    "true": True,
    "ja": True,
    "false": False,
    "nee": False,
    "geen": None,
}
_OPTIONS: Final = (
    click.option(
        "--regels",
        metavar="NAME|FILE|DAG",
        help="Under another version: by name, a YAML file, or the one in force on a day.",
    ),
    click.option(
        "--getal",
        multiple=True,
        metavar="REGEL.NAAM=WAARDE",
        help="With one number of a rule replaced.",
    ),
    click.option(
        "--lezing", multiple=True, metavar="OPTIE=WAARDE", help="With another reading of an option."
    ),
    click.option("--zonder", multiple=True, metavar="REGEL", help="Without a rule."),
)


def rules_options(command: F) -> F:
    """Which rules a question is asked under; the command gets them as one ``regels``."""

    @wraps(command)
    def asked(
        *,
        regels: str | None,
        getal: tuple[str, ...],
        lezing: tuple[str, ...],
        zonder: tuple[str, ...],
        **others: Any,
    ) -> Any:
        return command(regels=asked_rules(regels, getal, lezing, zonder), **others)

    found = cast("F", asked)
    for option in reversed(_OPTIONS):
        found = option(found)
    return found


def asked_rules(
    regels: str | None, getal: tuple[str, ...], lezing: tuple[str, ...], zonder: tuple[str, ...]
) -> AndereRegels | None:
    """What the options say; None when they say nothing. Raises BadParameter."""
    if regels is None and not (getal or lezing or zonder):
        return None
    day: date | None = None
    if regels is not None:
        with suppress(ValueError):
            day = date.fromisoformat(regels)
    return AndereRegels(
        regeling=None if day is not None or regels is None else _text(regels),
        op=day,
        getallen={_number(name): value for name, value in map(_pair, getal)},
        lezingen=dict(map(_pair, lezing)),
        zonder=zonder,
    )


def read_value(text: str) -> Any:
    """A value as typed: a whole number, a decimal, ja or nee, geen, a day, a list with commas (of
    one: ``A,``), or a word."""
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    with suppress(ValueError):
        return date.fromisoformat(text)
    if "," in text:
        return tuple(read_value(one) for one in text.split(",") if one)
    return text


def _text(named: str) -> str:
    """A file is read; any other name is looked up in the ledger, or in the package."""
    return source_of(named) if named.endswith((".yaml", ".yml")) else named


def _pair(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name or not value:
        raise click.BadParameter(f"{text!r} past hier niet; schrijf het als NAAM=WAARDE")
    return name, read_value(value)


def _number(name: str) -> Getal:
    rule, dot, setting = name.partition(".")
    if not dot or not rule or not setting:
        raise click.BadParameter(f"{name!r} past hier niet; schrijf het als REGEL.NAAM=WAARDE")
    return Getal(rule, setting)
