"""What the tests of the store share: a clock to set, stores to open, lines to append."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from tests.store.writer_process import no_vault

from rekenschap.application.ports import NewRecord, StoredRecord
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.migrations.ready import create_schema
from rekenschap.infrastructure.store.engine import make_engine
from rekenschap.infrastructure.store.store import SqlStore

OpenStore = Callable[..., SqlStore]
Append = Callable[..., list[StoredRecord]]


def line(stream: str = "jeugdige/1", payload: bytes = b"{}", *references: str) -> NewRecord:
    return NewRecord(stream, "IetsVastgelegd", 1, payload, references or (stream,))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    create_schema(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def open_store(engine: Engine, clock: FixedClock) -> OpenStore:
    def opened(grootboek: str = "gemeente") -> SqlStore:
        return SqlStore(engine, grootboek, clock=clock, vault_factory=no_vault)

    return opened


@pytest.fixture
def store(open_store: OpenStore) -> SqlStore:
    return open_store()


@pytest.fixture
def new_line() -> Callable[..., NewRecord]:
    return line


@pytest.fixture
def append(store: SqlStore) -> Append:
    """Append lines in a unit of work of their own."""

    def appended(*records: NewRecord, command_id: str | None = None) -> list[StoredRecord]:
        with store.writing() as unit:
            return unit.log.append(records, moment=unit.log.moment(), command_id=command_id)

    return appended
