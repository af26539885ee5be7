"""Whoever is interrupted while reading leaves nothing behind on the connection for the next."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.store.writer_process import no_vault

from rekenschap.application.ports import NewRecord
from rekenschap.infrastructure.store.engine import make_engine
from rekenschap.infrastructure.store.queries import LogQueries
from rekenschap.infrastructure.store.store import SqlStore

OpenStore = Callable[..., SqlStore]


class Interrupted(BaseException):
    """A signal, such as the time limit of a host, between a statement and its rows."""


@pytest.mark.parametrize("unit", ["reading", "writing"])
def test_reading_the_head_is_interrupted_and_the_next_one_can_write(
    open_store: OpenStore,
    database_url: str,
    new_line: Callable[..., NewRecord],
    monkeypatch: pytest.MonkeyPatch,
    unit: str,
) -> None:
    store = open_store()
    elsewhere = make_engine(database_url)
    other = SqlStore(elsewhere, "gemeente", clock=store.clock, vault_factory=no_vault)

    def append(into: SqlStore) -> None:
        with into.writing() as work:
            work.log.append([new_line()], moment=work.log.moment())

    append(store)
    kept: list[Any] = []

    def interrupted(log: LogQueries, sql: str, **values: Any) -> list[Any]:
        kept.append(log._cursor)  # somebody still looks at it, as a traceback does
        log._cursor.execute(sql, {**values, "ledger": log._ledger.key})
        raise Interrupted

    with monkeypatch.context() as patched:
        patched.setattr(LogQueries, "_rows", interrupted)
        with pytest.raises(Interrupted), getattr(store, unit)():
            pass
    append(other)

    append(store)
    assert store.verify() == 3
    elsewhere.dispose()
