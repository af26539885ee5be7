"""One spelling of JSON: what is hashed is made here, once, and is never made again to verify."""

import json
from typing import Any, Never


class NotCanonical(ValueError):
    """Bytes that are no JSON of ours: duplicate keys, floats, NaN, or not UTF-8."""


def dumps(value: Any) -> bytes:
    """Sorted keys, no white space, UTF-8, no floats."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8")


def loads(data: bytes) -> Any:
    """Strict: refuses duplicate keys, floats, NaN and anything that is not UTF-8."""
    try:
        return _DECODER.decode(data.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


def _no_float(text: str) -> Never:
    raise NotCanonical(f"the number {text} is not whole; decimals are text")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise NotCanonical(f"the key {next(n for n in names if names.count(n) > 1)!r} comes twice")
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_no_duplicates, parse_float=_no_float, parse_constant=_no_float
)
