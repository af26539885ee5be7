"""Writing bitemporal rows: close what is no longer so, insert what is, in few statements."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, insert, update

from rekenschap.projections.schema import STILL_KNOWN

Key = Mapping[str, Hashable]
V = TypeVar("V")


class Intervals:
    """The changes to one table of bitemporal rows, kept until they are written together."""

    def __init__(self, table: Table, ledger: int, generation: int) -> None:
        self._table = table
        self._set = {"ledger": ledger, "generation": generation}
        self._open: dict[tuple[Hashable, ...], dict[str, Any]] = {}
        self._done: list[dict[str, Any]] = []
        self._closing: list[dict[str, Any]] = []

    def replace(
        self,
        key: Key,
        before: Mapping[date, V],
        rows: Mapping[date, V],
        columns: Mapping[date, Mapping[str, Any]],
        position: int,
    ) -> None:
        """From ``position`` on, ``rows`` are known instead of ``before``, by first valid day.

        ``columns`` holds the columns of each row that is new or altered.
        """
        for day, old in before.items():
            if rows.get(day) != old:
                self._close(key, day, position)
        for day, new in rows.items():
            if before.get(day) != new:
                row = {**key, **self._set, "geldig_van": day.isoformat()}
                row |= {**columns[day], "bekend_van": position, "bekend_tot": STILL_KNOWN}
                self._open[*key.values(), day] = row

    def write(self, connection: Connection) -> None:
        """Write everything kept so far."""
        if self._closing:
            connection.execute(self._closing_statement(), self._closing)
        rows = [*self._done, *self._open.values()]
        if rows:
            connection.execute(insert(self._table), rows)
        self._open, self._done, self._closing = {}, [], []

    def _close(self, key: Key, day: date, position: int) -> None:
        fresh = self._open.pop((*key.values(), day), None)
        if fresh is None:
            named = {f"key_{name}": value for name, value in key.items()}
            self._closing.append({**named, "day": day.isoformat(), "until": position})
        elif fresh["bekend_van"] < position:
            self._done.append({**fresh, "bekend_tot": position})

    def _closing_statement(self) -> Any:
        table = self._table
        keys = [name.removeprefix("key_") for name in self._closing[0] if name.startswith("key_")]
        return (
            update(table)
            .where(
                *(table.c[name] == value for name, value in self._set.items()),
                *(table.c[name] == bindparam(f"key_{name}") for name in keys),
                table.c.geldig_van == bindparam("day"),
                table.c.bekend_tot == STILL_KNOWN,
            )
            .values(bekend_tot=bindparam("until"))
        )
