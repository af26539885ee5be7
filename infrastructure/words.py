"""How days, moments, numbers and names are written for people, in Dutch."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import AMSTERDAM
from rekenschap.domain.kenmerken import Verzegeld
from rekenschap.domain.quantities import Bedrag, canonical
from rekenschap.domain.vocabulary import Ernst, Uitkomst

MONTHS: Final = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
PLURAL: Final = {"minuut": "minuten", "dag": "dagen", "etmaal": "etmalen", "sessie": "sessies"}
UITKOMST: Final[Mapping[Uitkomst, str]] = {
    Uitkomst.GEACCEPTEERD: "geaccepteerd",
    Uitkomst.GESIGNALEERD: "geaccepteerd, met een signaal",
    Uitkomst.GOEDKEURING_NODIG: "wacht op goedkeuring",
    Uitkomst.GEWEIGERD: "geweigerd",
}
ERNST: Final[Mapping[Ernst, str]] = {
    Ernst.WEIGERT: "weigert",
    Ernst.GOEDKEURING: "vraagt goedkeuring",
    Ernst.SIGNAAL: "geeft een signaal",
    Ernst.INFO: "staat toe",
}


def day_words(day: date) -> str:
    """30 september 2026"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_digits(day: date) -> str:
    """30-09-2026"""
    return f"{day:%d-%m-%Y}"


def moment_words(moment: datetime) -> str:
    """30 september 2026, 17:30 (Amsterdam time)"""
    local = moment.astimezone(AMSTERDAM)
    return f"{day_words(local.date())}, {local:%H:%M}"


def number(value: Decimal | int) -> str:
    """12.345,5"""
    whole, _, parts = canonical(Decimal(value)).partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    grouped = f"-{grouped}" if whole.startswith("-") and not grouped.startswith("-") else grouped
    return f"{grouped},{parts}" if parts else grouped


def signed(value: Decimal) -> str:
    """+60 or -60"""
    return f"+{number(value)}" if value > 0 else number(value)


def quantity(value: Decimal | None, unit: str | None) -> str:
    """2.415 minuten; without a number there is no limit."""
    if value is None:
        return "niet begrensd"
    return f"{number(value)} {PLURAL.get(unit or '', unit or '')}".rstrip()


def event_words(name: str) -> str:
    """``NoShowGeregistreerd`` becomes "No-show geregistreerd"."""
    words = " ".join(re.findall(r"[A-Z][a-z]*", name)).lower().replace("no show", "no-show")
    return words[:1].upper() + words[1:]


def value_words(value: Any) -> str:
    """A value of a fact or a verdict; what lies in the vault is not shown."""
    match value:
        case None:
            return "geen"
        case True | False:
            return "ja" if value else "nee"
        case Bedrag():
            euros, cents = divmod(abs(value.eurocent), 100)
            sign = "-" if value.eurocent < 0 else ""
            return f"€ {sign}{number(Decimal(euros))},{cents:02d}"
        case datetime():
            return moment_words(value)
        case date():
            return day_words(value)
        case time():
            return f"{value:%H:%M}"
        case StrEnum():
            return str(value).replace("_", " ")
        case Decimal() | int():
            return number(value)
        case Verzegeld():
            return "(in de kluis)"
        case tuple() | list():
            return ", ".join(value_words(one) for one in value) or "niets"
        case Mapping():
            return ", ".join(f"{k} {value_words(v)}" for k, v in value.items())
    return str(value)


def pairs_words(values: Mapping[str, Any]) -> str:
    """Names with their values, in one line; what nobody told is left out."""
    told = ((name, value) for name, value in values.items() if value is not AFWEZIG)
    return "; ".join(f"{name.replace('_', ' ')}: {value_words(value)}" for name, value in told)
