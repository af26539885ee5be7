"""How single values are spelled in stored bytes, and read back without any guessing.

A value whose kind the field does not tell (a kenmerk, a compared value, an option) carries a tag:
text, true, false and whole numbers stand for themselves, anything else says what it is.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, Final, TypeVar

from rekenschap.domain.identifiers import Zegel
from rekenschap.domain.kenmerken import Verzegeld
from rekenschap.domain.quantities import Bedrag, canonical

MOMENT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{0,11}[1-9])?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
T = TypeVar("T")
_TIME: Final = re.compile(r"[0-9]{2}:[0-9]{2}")
_MOMENT: Final = re.compile(r"[0-9-]{10}T[0-9:]{8}\.[0-9]{6}Z")
_ZEGEL: Final = re.compile(r"[0-9a-f]{64}")


class Malformed(ValueError):
    """A stored value that is not of the kind it should be; says what was expected."""


def moment_text(moment: datetime) -> str:
    """UTC with microseconds and a Z."""
    return moment.astimezone(UTC).strftime(MOMENT)


def read_text(value: Any) -> str:
    """Text, and nothing that merely prints like it."""
    if type(value) is not str:
        raise Malformed(f"expected text, found {value!r}")
    return value


def read_int(value: Any) -> int:
    """A whole number; True is not 1."""
    if type(value) is not int:
        raise Malformed(f"expected a whole number, found {value!r}")
    return value


def read_bool(value: Any) -> bool:
    """True or false."""
    if type(value) is not bool:
        raise Malformed(f"expected true or false, found {value!r}")
    return value


def read_decimal(value: Any) -> Decimal:
    """A decimal in its one spelling."""
    text = _matching(_DECIMAL, value, "a decimal")
    if text == "-0":
        raise Malformed("expected a decimal, found '-0'")
    return Decimal(text)


def read_date(value: Any) -> date:
    """A day as JJJJ-MM-DD."""
    return _parsed(date.fromisoformat, _matching(_DATE, value, "a day"))


def read_time(value: Any) -> time:
    """A time as UU:MM."""
    return _parsed(time.fromisoformat, _matching(_TIME, value, "a time"))


def read_moment(value: Any) -> datetime:
    """A moment in UTC."""
    text = _matching(_MOMENT, value, "a moment in UTC")
    return _parsed(lambda t: datetime.strptime(t, MOMENT).replace(tzinfo=UTC), text)


def tagged(value: Any) -> Any:
    """A value of any kind a kenmerk can have, with its tag."""
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | str():
            return value
        case Decimal():
            return {"getal": canonical(value)}
        case Bedrag(eurocent=cents):
            return {"eurocent": cents}
        case datetime():
            return {"tijdstip": moment_text(value)}
        case date():
            return {"datum": value.isoformat()}
        case time():
            return {"tijd": value.strftime("%H:%M")}
        case Verzegeld(zegel=seal):
            return {"zegel": seal}
        case tuple():
            return [tagged(one) for one in value]
        case _:
            raise Malformed(f"a {type(value).__name__} does not belong in an event")


def untagged(value: Any) -> Any:
    """Back from the tag to the value."""
    match value:
        case None | bool() | int() | str():
            return value
        case list():
            return tuple(untagged(one) for one in value)
        case dict() if len(value) == 1:
            tag, inner = next(iter(value.items()))
            if tag in _TAGS:
                return _TAGS[tag](inner)
    raise Malformed(f"expected a value or one with a tag, found {value!r}")


def untagged_map(value: Any) -> Mapping[str, Any]:
    """A map of tagged values."""
    if type(value) is not dict:
        raise Malformed(f"expected a map of values, found {value!r}")
    return {read_text(name): untagged(inner) for name, inner in value.items()}


def _matching(pattern: re.Pattern[str], value: Any, what: str) -> str:
    if type(value) is not str or not pattern.fullmatch(value):
        raise Malformed(f"expected {what}, found {value!r}")
    return value


def _parsed(parse: Callable[[str], T], text: str) -> T:
    try:
        return parse(text)
    except ValueError as error:
        raise Malformed(f"{text!r}: {error}") from error


_TAGS: Final[dict[str, Callable[[Any], Any]]] = {
    "getal": read_decimal,
    "eurocent": lambda value: Bedrag(read_int(value)),
    "datum": read_date,
    "tijd": read_time,
    "tijdstip": read_moment,
    "zegel": lambda value: Verzegeld(Zegel(_matching(_ZEGEL, value, "64 hex digits"))),
}
