"""The facts of a dossier, as rows for who reads it on paper."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from rekenschap.application import SpoorRegel
from rekenschap.infrastructure.dossier.document import Tabel
from rekenschap.infrastructure.fact_words import told_in_the_file
from rekenschap.infrastructure.words import MONTHS, UITKOMST, event_words, pairs_words, quantity

LONGEST: Final = 6_000
"""What is longer than this is cut, and says so: the text of a regeling is a book."""
TOGETHER: Final = 24
"""So many equal facts stand in one row at most."""
SIZES: Final = ("aantal", "volume", "extra_volume")
KEYS: Final = ("product", "vervolgproduct")


def fact_words(fact: Any) -> str:
    """What a fact says: sizes with their unit, products in words."""
    values = told_in_the_file(fact)
    sized = [name for name in SIZES if isinstance(values.get(name), Decimal | int)]
    if sized and "eenheid" in values:
        unit = str(values.pop("eenheid"))
        values.update((name, quantity(Decimal(values[name]), unit)) for name in sized)
    for name in KEYS:
        if isinstance(values.get(name), str):
            values[name] = str(values[name]).replace("_", " ")
    return _cut(pairs_words(_short(values)))


def facts_table(lines: Sequence[SpoorRegel]) -> Tabel:
    """One row a fact, in recorded order; equal ones stand together, with all their days and
    positions."""
    rows = tuple(_row(key, some) for key, some in _together(lines))
    return Tabel(
        ("Gaat over", "Wat", "Gegevens", "Uitkomst", "Positie"), rows, (20, 18, 30, 15, 17)
    )


def _together(lines: Sequence[SpoorRegel]) -> Iterator[tuple[tuple[str, ...], list[SpoorRegel]]]:
    """The lines that say the same, where the first of them stands."""
    found: dict[tuple[str, ...], list[SpoorRegel]] = {}
    key: tuple[str, ...]
    for line in lines:
        outcome = UITKOMST[line.uitkomst] + (" (later veranderd)" if line.achterhaald_op else "")
        key = (event_words(line.gebeurtenis), fact_words(line.feit), outcome)
        found.setdefault(key, []).append(line)
    for key, same in found.items():
        for first in range(0, len(same), TOGETHER):
            yield key, same[first : first + TOGETHER]


def _row(key: tuple[str, ...], lines: Sequence[SpoorRegel]) -> tuple[str, ...]:
    what, told, outcome = key
    times = f" ({len(lines)} keer)" if len(lines) > 1 else ""
    positions = ", ".join(str(one.bekend_op) for one in lines)
    return _days(lines), f"{what}{times}", told, outcome, positions


def _days(lines: Sequence[SpoorRegel]) -> str:
    """4, 11 februari; 4 maart 2026: the days in the order of the lines, a month and year once."""
    days = [one.geldig_op for one in lines]
    parts = []
    for (year, month), some in groupby(days, lambda day: (day.year, day.month)):
        numbers = ", ".join(str(day.day) for day in some)
        parts.append((f"{numbers} {MONTHS[month - 1]}", year))
    told = []
    for index, (words, year) in enumerate(parts):
        is_last = index + 1 == len(parts) or parts[index + 1][1] != year
        told.append(f"{words} {year}" if is_last else words)
    return "; ".join(told)


def _short(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _cut(one) if isinstance(one, str) else one for name, one in values.items()}


def _cut(text: str) -> str:
    rest = len(text) - LONGEST
    return text if rest <= 0 else f"{text[:LONGEST]} … (hierna nog {rest} tekens)"
