"""Balances folded from entries at hand: for what is in no table, such as what would have been."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rekenschap.domain.boeking import Boeking
from rekenschap.projections.timeline import Timeline


def row_on(entries: Sequence[Boeking], day: date) -> dict[str, Any] | None:
    """The columns of the balance of one allocation on a valid day; None while there is none."""
    balance = Timeline.of_entries(entries).on(day)
    return None if balance is None else {**balance.row(), "regeling": balance.regeling}


def counters_on(allocations: Sequence[Sequence[Boeking]], day: date) -> dict[str, dict[int, int]]:
    """Charged no-shows per product and calendar year, up to and including a day."""
    found: dict[str, dict[int, int]] = {}
    for entries in allocations:
        for (_, _, product, year), on in Timeline.of_entries(entries).no_shows():
            if on <= day:
                years = found.setdefault(product, {})
                years[year] = years.get(year, 0) + 1
    return {product: dict(sorted(years.items())) for product, years in sorted(found.items())}
