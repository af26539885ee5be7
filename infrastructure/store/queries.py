"""Reading the log of one grootboek on the cursor of the driver."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from attrs import frozen
from sqlalchemy import Connection

from rekenschap.application.errors import Broken
from rekenschap.application.ports import StoredCommand, StoredRecord
from rekenschap.infrastructure.store.seal import Row, from_microseconds
from rekenschap.infrastructure.store.statements import statements_for

_NO_LIMIT = 2**63 - 1
_BEFORE_ALL = -(2**63)


@frozen
class Ledger:
    """A grootboek in this database: ``key`` in the rows, ``id`` in the seal, ``name`` to open."""

    key: int
    id: str
    name: str


class LogQueries:
    """What can be asked of the lines of one grootboek, inside one transaction."""

    def __init__(self, connection: Connection, ledger: Ledger) -> None:
        self._sql = statements_for(connection.dialect.name)
        self._cursor: Any = self._sql.cursor_on(connection.connection)
        driver: Any = connection.dialect.loaded_dbapi
        self._failure: type[Exception] = driver.Error
        self._ledger = ledger

    def find_command(self, command_id: str) -> StoredCommand | None:
        for content_hash, first, last in self._rows(self._sql.find_command, command_id=command_id):
            return StoredCommand(command_id, content_hash, first, last)
        return None

    def find_commands(self, command_ids: Sequence[str]) -> list[StoredCommand]:
        """Those of them that are there, in any order."""
        wanted = self._sql.as_list(command_ids)
        return [StoredCommand(*row) for row in self._rows(self._sql.find_commands, ids=wanted)]

    def read(
        self, references: Sequence[str], *, after: int = 0, upto: int | None = None
    ) -> list[StoredRecord]:
        if not references:
            return []
        wanted = self._sql.as_list(references)
        return self._lines(self._sql.read, after, upto, None, references=wanted)

    def read_from(
        self,
        after: int,
        *,
        upto: int | None = None,
        limit: int | None = None,
        names: Sequence[str] | None = None,
    ) -> list[StoredRecord]:
        if names is None:
            return self._lines(self._sql.read_from, after, upto, limit)
        wanted = self._sql.as_list(names)
        return self._lines(self._sql.read_names, after, upto, limit, names=wanted)

    def read_topics(
        self, topics: Sequence[str], *, after: int, upto: int | None, limit: int | None
    ) -> list[StoredRecord]:
        """As ``read_from``, for names with their version (``name/version``)."""
        wanted = self._sql.as_list(topics)
        return self._lines(self._sql.read_topics, after, upto, limit, topics=wanted)

    def read_stream(
        self,
        stream: str,
        *,
        after: int | None = None,
        upto: int | None = None,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> list[StoredRecord]:
        """The lines of one stream; ``after`` and ``upto`` are versions in that stream."""
        sql = self._sql.read_stream_back if newest_first else self._sql.read_stream
        after = _BEFORE_ALL if after is None else after
        return self._lines(sql, after, upto, limit, stream=stream)

    def read_raw(self, after: int | None, *, upto: int, limit: int) -> list[Row]:
        """The lines as they stand in the database, to be verified; nothing is made of them."""
        after = _BEFORE_ALL if after is None else after
        return self._rows(self._sql.read_raw, after=after, upto=upto, limit=limit)

    def read_hashes(self, after: int, *, upto: int, limit: int) -> list[tuple[int, bytes]]:
        """Position and stored hash of lines, in order; nothing else of them is read."""
        return self._rows(self._sql.read_hashes, after=after, upto=upto, limit=limit)

    def last_position(self) -> int:
        """The last position that stands there, whatever the head says."""
        position: int | None = self._rows(self._sql.last_position)[0][0]
        return position or 0

    def references_of(self, position: int) -> tuple[str, ...]:
        return tuple(row[0] for row in self._rows(self._sql.references_of, position=position))

    def references_between(self, after: int, upto: int) -> dict[int, tuple[str, ...]]:
        touched: dict[int, list[str]] = {}
        for position, name in self._rows(self._sql.references_between, after=after, upto=upto):
            touched.setdefault(position, []).append(name)
        return {position: tuple(sorted(names)) for position, names in touched.items()}

    def touched_by(self, references: Sequence[str], *, upto: int) -> list[tuple[int, str]]:
        """Which of these references each line up to a position touches, in any order."""
        wanted = self._sql.as_list(references)
        return self._rows(self._sql.touched_by, references=wanted, after=0, upto=upto)

    def close(self) -> None:
        """Never replaces the error that is on its way: the connection may be gone already."""
        with suppress(self._failure):
            self._cursor.close()

    def _lines(
        self, sql: str, after: int, upto: int | None, limit: int | None, **values: Any
    ) -> list[StoredRecord]:
        rows = self._rows(
            sql,
            after=after,
            upto=_NO_LIMIT if upto is None else upto,
            limit=_NO_LIMIT if limit is None else limit,
            **values,
        )
        try:
            return [
                StoredRecord(
                    position, from_microseconds(at), stream, number, name, version, payload, seal
                )
                for position, at, stream, number, name, version, payload, seal in rows
            ]
        except (OverflowError, TypeError) as error:
            raise Broken("a line has no moment that can be read", position=rows[0][0]) from error

    def _rows(self, sql: str, **values: Any) -> list[Any]:
        values["ledger"] = self._ledger.key
        self._cursor.execute(sql, values)
        rows: list[Any] = self._cursor.fetchall()
        return rows
