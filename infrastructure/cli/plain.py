"""Answers for machines: exact numbers, days and moments as text, what nobody told left out."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.kenmerken import Verzegeld
from rekenschap.domain.quantities import Bedrag
from rekenschap.infrastructure.scenario.report import dumps


def as_json(value: Any) -> str:
    """One line of JSON in which no number is rounded."""
    return dumps(plain(value))


def plain(value: Any) -> Any:
    """A value as JSON knows it; what lies in the vault becomes the word ``kluis``."""
    match value:
        case None | bool() | int():
            return value
        case Bedrag() | date() | datetime() | time():
            return str(value) if isinstance(value, Bedrag) else value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else value
        case Verzegeld():
            return "kluis"
        case Mapping():
            told = ((str(k), v) for k, v in value.items() if v is not AFWEZIG)
            return {k: plain(v) for k, v in told}
        case list() | tuple() | frozenset():
            return [plain(one) for one in value]
        case Enum():
            return str(value)
        case _ if attrs.has(type(value)):
            own = {a.name: getattr(value, a.name) for a in attrs.fields(type(value))}
            return plain(own)
    return str(value)
