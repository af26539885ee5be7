"""One spelling of JSON, numbers, days and times: what is hashed is made here, once.

It is never made again to verify. What could not be read back is not written either. msgspec
spells it as the standard library does (a property of the tests), in a fraction of the time.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Final, Never, TypeVar

import msgspec

from rekenschap.domain.quantities import canonical

T = TypeVar("T")

_is_decimal: Final = re.compile(r"-?(0|[1-9][0-9]{0,27})(\.[0-9]{0,27}[1-9])?").fullmatch
_MOST: Final = 10_000
"""So many days and numbers that were read are kept, to be known at sight."""
_days: Final[dict[str, date]] = {}
_numbers: Final[dict[str, Decimal]] = {}

# Bound once, to the classes of the standard library: a test that freezes the clock puts other
# classes in their place.
_day_of: Final = date.fromisoformat
_time_of: Final = time.fromisoformat
_moment_of: Final = datetime.fromisoformat


class NotCanonical(ValueError):
    """Bytes that are no JSON of ours: duplicate keys, floats, NaN, or not UTF-8."""


def dumps(value: Any) -> bytes:
    """Sorted keys, no white space, UTF-8, for what the codec makes of an entry: maps with text as
    keys, lists and tuples, text, whole numbers, truth values and None.

    Of anything else nothing is promised: whoever spells it turns it into these first (``tagged``).
    """
    return _spell(value)


def loads(data: bytes) -> Any:
    """Strict: refuses duplicate keys, floats, NaN, white space around, and what is not UTF-8."""
    try:
        value = _read(data)
    except (msgspec.DecodeError, RecursionError):
        return _slowly(data)
    return value if _spell(value) == data else _slowly(data)


def _slowly(data: bytes) -> Any:
    """What is not in the one spelling, read by the standard library, which can say what is wrong.

    White space inside and another order of keys will do: a regeling can be written by hand.
    """
    try:
        text = data.decode("utf-8")
        value, end = _DECODER.raw_decode(text)
        if end != len(text):
            raise NotCanonical(f"something follows after character {end}")
        return value
    except NotCanonical:
        raise
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


class Malformed(ValueError):
    """A stored value that is not of the kind it should be; says what was expected."""


def wrong(what: str, value: Any) -> Malformed:
    """The error for a value that is not what it should be."""
    return Malformed(f"expected {what}, found {value!r}")


def moment_text(moment: datetime) -> str:
    """UTC with microseconds and a Z."""
    if moment.tzinfo is None:
        raise wrong("a moment with a time zone", moment)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def time_text(value: time) -> str:
    """UU:MM; a time on the clock has no seconds here."""
    if value.second or value.microsecond or value.tzinfo is not None:
        raise wrong("a time in whole minutes", value)
    return value.isoformat("minutes")


def decimal_text(number: Decimal) -> str:
    """The one spelling of an exact decimal."""
    if type(number) is Decimal and _is_decimal(text := canonical(number)):
        return text
    raise wrong("a decimal of at most 28 digits before and after the point", number)


def read_decimal(value: Any, _: Any = None) -> Decimal:
    """A decimal in its one spelling."""
    if type(value) is str:
        number = _numbers.get(value)
        if number is not None:
            return number
        if _is_decimal(value) and value != "-0":
            return _kept(_numbers, value, Decimal(value))
    raise wrong("a decimal", value)


def read_date(value: Any, _: Any = None) -> date:
    """A day as JJJJ-MM-DD."""
    if type(value) is str:
        day = _days.get(value)
        if day is not None:
            return day
    return _kept(_days, value, _parsed(_day_of, date.isoformat, value, "a day"))


def read_time(value: Any, _: Any = None) -> time:
    """A time as UU:MM."""
    return _parsed(_time_of, _minutes, value, "a time")


def read_moment(value: Any, _: Any = None) -> datetime:
    """A moment in UTC."""
    if type(value) is str and value[26:] == "Z":
        return _parsed(_moment_of, _microseconds, value[:26], "a moment").replace(tzinfo=UTC)
    raise wrong("a moment in UTC", value)


def _no_float(text: str) -> Never:
    raise NotCanonical(f"the number {text} is not whole; decimals are text")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise NotCanonical(f"the key {next(n for n in names if names.count(n) > 1)!r} comes twice")
    return found


def _kept(known: dict[str, T], text: str, value: T) -> T:
    if len(known) < _MOST:
        known[text] = value
    return value


def _parsed(parse: Callable[[str], T], spell: Callable[[T], str], value: Any, what: str) -> T:
    """Parsed, if it is the one spelling of what it says."""
    if type(value) is str:
        try:
            found = parse(value)
        except ValueError as error:
            raise Malformed(f"expected {what}, found {value!r}: {error}") from error
        if spell(found) == value:
            return found
    raise wrong(what, value)


def _minutes(value: time) -> str:
    return value.isoformat("minutes")


def _microseconds(value: datetime) -> str:
    return value.isoformat(timespec="microseconds")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_no_duplicates, parse_float=_no_float, parse_constant=_no_float
)
_spell: Final = msgspec.json.Encoder(order="sorted").encode
_read: Final = msgspec.json.Decoder(float_hook=_no_float).decode
