"""Counters per jeugdige, product and calendar year, by the day they change."""

from bisect import bisect_right, insort
from collections import OrderedDict
from collections.abc import Hashable
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from rekenschap.projections.intervals import Intervals
from rekenschap.projections.schema import STILL_KNOWN, tellers
from rekenschap.projections.timeline import CounterKey

KEPT: Final = 20_000


class Counters:
    """The counters as they are known now, read when needed and written with the batch."""

    def __init__(self, ledger: int, generation: int) -> None:
        self._ledger = ledger
        self._generation = generation
        self._days: OrderedDict[CounterKey, list[date]] = OrderedDict()
        self._intervals = Intervals(tellers, ledger, generation)

    def change(
        self,
        connection: Connection,
        key: CounterKey,
        added: list[date],
        removed: list[date],
        position: int,
    ) -> None:
        """Count some days more and some less, known from ``position`` on."""
        days = self._counted(connection, key)
        before = _rows(days)
        for day in removed:
            days.remove(day)
        for day in added:
            insort(days, day)
        now = _rows(days)
        columns = {day: {"aantal": count} for day, count in now.items()}
        named: dict[str, Hashable] = dict(
            zip(("jeugdige", "teller", "product", "jaar"), key, strict=True)
        )
        self._intervals.replace(named, before, now, columns, position)

    def write(self, connection: Connection) -> None:
        """Write the changes; only what is written may be dropped and read again."""
        self._intervals.write(connection)
        while len(self._days) > KEPT:
            self._days.popitem(last=False)

    def _counted(self, connection: Connection, key: CounterKey) -> list[date]:
        known = self._days.get(key)
        if known is None:
            known = self._days[key] = self._read(connection, key)
        return known

    def _read(self, connection: Connection, key: CounterKey) -> list[date]:
        """The days counted, from the rows: a count that rises by two is the same day twice."""
        youth, name, product, year = key
        query = (
            select(tellers.c.geldig_van, tellers.c.aantal)
            .where(
                tellers.c.ledger == self._ledger,
                tellers.c.generation == self._generation,
                tellers.c.jeugdige == youth,
                tellers.c.teller == name,
                tellers.c.product == product,
                tellers.c.jaar == year,
                tellers.c.bekend_tot == STILL_KNOWN,
            )
            .order_by(tellers.c.geldig_van)
        )
        days: list[date] = []
        for day, count in connection.execute(query):
            days += [date.fromisoformat(day)] * (count - len(days))
        return days


def _rows(days: list[date]) -> dict[date, int]:
    return {day: bisect_right(days, day) for day in days}
