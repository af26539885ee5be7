"""The kinds of values a scenario can hold, each read strictly; errors say in Dutch what fits."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from rekenschap.domain.errors import Incorrect
from rekenschap.domain.identifiers import COMPILED, Code
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.values import as_date, as_moment, as_money

_TOKEN = COMPILED[Code]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_YEAR = re.compile(r"\d{4}")


def read_kind(kind: str, raw: object, allowed: Collection[str] = ()) -> Any:
    """A value of a kind; null stays None. Raises ValueError saying what fits, in Dutch."""
    if raw is None:
        return None
    try:
        return READERS[kind](raw, allowed)
    except (_Misfit, Incorrect) as error:
        said = error.args[0] if isinstance(error, _Misfit) else ""
        fits = said or EXPECTED[kind]
        raise ValueError(f"{shown(raw)} past hier niet; nodig is {fits}") from error


def shown(raw: object) -> str:
    """A value as people wrote it."""
    if isinstance(raw, bool):
        return str(raw).lower()
    text = f"'{raw}'" if isinstance(raw, str) else str(raw)
    return text if len(text) <= 60 else text[:59] + "…"


class _Misfit(Exception):
    """A value that does not fit; what would, if that is more than its kind says."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)


def _matching(pattern: re.Pattern[str], raw: object) -> str:
    if isinstance(raw, str) and pattern.fullmatch(raw):
        return raw
    raise _Misfit


def _text(raw: object, _: object = None) -> str:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    if isinstance(raw, str) and raw.strip():
        return raw
    raise _Misfit


def _id(raw: object, _: object = None) -> str:
    return _matching(_TOKEN, _text(raw))


def _day(raw: object, _: object = None) -> date:
    try:
        return as_date("datum", date.fromisoformat(_matching(_DAY, raw)))
    except ValueError as error:
        raise _Misfit from error


def _moment(raw: object, _: object = None) -> datetime:
    found = _datetime(raw)
    if found.tzinfo is None:
        raise _Misfit
    return as_moment("moment", found)


def _local(raw: object, _: object = None) -> datetime:
    return as_moment("tijdstip", _datetime(raw))


def _datetime(raw: object) -> datetime:
    try:
        return datetime.fromisoformat(raw if isinstance(raw, str) and len(raw) > 10 else "")
    except ValueError as error:
        raise _Misfit from error


def _clock(raw: object, _: object = None) -> time:
    return time.fromisoformat(_matching(_CLOCK, raw))


def _number(raw: object, _: object = None) -> Decimal | int:
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        return raw
    raise _Misfit


def _whole(raw: object, _: object = None) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    raise _Misfit


def _money(raw: object, _: object = None) -> Bedrag:
    if isinstance(raw, str):
        return as_money("bedrag", raw)
    raise _Misfit


def _flag(raw: object, _: object = None) -> bool:
    if isinstance(raw, bool):
        return raw
    raise _Misfit


def _choice(raw: object, allowed: Collection[str]) -> str:
    if isinstance(raw, str) and raw in allowed:
        return raw
    raise _Misfit("een van " + ", ".join(allowed))


def _product(raw: object, allowed: Collection[str]) -> str:
    text = _text(raw)
    if allowed and text not in allowed:
        raise _Misfit("een product van de regeling")
    return text


def _list_of(read: Callable[[object, Collection[str]], Any]) -> Callable[..., tuple[Any, ...]]:
    def reader(raw: object, allowed: Collection[str]) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            raise _Misfit
        return tuple(read(one, allowed) for one in raw)

    return reader


def _map(raw: object, _: object = None) -> Mapping[str, Any]:
    if isinstance(raw, dict):
        return {_text(key): value for key, value in raw.items()}
    raise _Misfit


def _counts(raw: object, _: object = None) -> Mapping[str, int]:
    counted = {_matching(_YEAR, year): _whole(count) for year, count in _map(raw).items()}
    return dict(sorted(counted.items()))


READERS: Mapping[str, Callable[[object, Collection[str]], Any]] = {
    "id": _id,
    "datum": _day,
    "tijdstip": _local,
    "moment": _moment,
    "tijd": _clock,
    "maand": lambda raw, _: _matching(_MONTH, raw),
    "getal": _number,
    "geheel": _whole,
    "bedrag": _money,
    "janee": _flag,
    "tekst": _text,
    "code": _id,
    "keuze": _choice,
    "keuzelijst": _list_of(_choice),
    "product": _product,
    "productlijst": _list_of(_product),
    "datumlijst": _list_of(_day),
    "jaartelling": _counts,
    "map": _map,
}

EXPECTED: Mapping[str, str] = {
    "id": "een kenmerk: 1 tot 64 letters en cijfers, zonder spatie",
    "datum": "een datum, JJJJ-MM-DD",
    "tijdstip": "een tijdstip dat in Amsterdam bestaat, JJJJ-MM-DDTUU:MM",
    "moment": "een moment met tijdzone, JJJJ-MM-DDTUU:MM:SS+01:00",
    "tijd": "een tijd, UU:MM",
    "maand": "een maand, JJJJ-MM",
    "getal": "een getal, bijvoorbeeld 60 of 20.25",
    "geheel": "een geheel getal",
    "bedrag": "een bedrag als tekst met twee decimalen, bijvoorbeeld '142.58'",
    "janee": "true of false",
    "tekst": "tekst",
    "code": "een code: 1 tot 64 letters en cijfers, zonder spatie",
    "keuze": "een waarde uit de lijst",
    "keuzelijst": "een lijst van waarden",
    "product": "een product van de regeling",
    "productlijst": "een lijst van producten van de regeling",
    "datumlijst": "een lijst van datums, JJJJ-MM-DD",
    "jaartelling": "aantallen per jaar, bijvoorbeeld {'2025': 5}",
    "map": "velden met hun waarden",
}
