"""The suites the eventsourcing library ships for recorders, on both stores."""

import threading
from collections.abc import Iterator

import pytest
from eventsourcing.persistence import AggregateRecorder, ApplicationRecorder
from eventsourcing.tests import persistence as suites
from sqlalchemy import Engine
from tests.store.writer_process import no_vault

from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.migrations.ready import create_schema
from rekenschap.infrastructure.store.engine import make_engine
from rekenschap.infrastructure.store.recorder import SqlAggregateRecorder, SqlRecorder
from rekenschap.infrastructure.store.store import SqlStore


def fresh(url: str) -> Iterator[Engine]:
    engine, before = make_engine(url), set(threading.enumerate())
    create_schema(engine)
    yield engine
    for thread in set(threading.enumerate()) - before:
        thread.join(10)  # the suites leave their readers running: they still hold connections
    engine.dispose()


class OnSqlite:
    engine: Engine

    @pytest.fixture(autouse=True)
    def _database(self, sqlite_url: str) -> Iterator[None]:
        for self.engine in fresh(sqlite_url):
            yield


@pytest.mark.postgresql
class OnPostgresql:
    engine: Engine

    @pytest.fixture(autouse=True)
    def _database(self, postgresql_url: str) -> Iterator[None]:
        for self.engine in fresh(postgresql_url):
            yield


class Opened:
    engine: Engine

    def opened(self) -> SqlStore:
        return SqlStore(self.engine, "suite", clock=SystemClock(), vault_factory=no_vault)


class Aggregates(Opened, suites.AggregateRecorderTestCase):
    __test__ = False

    def create_recorder(self) -> AggregateRecorder:
        return SqlAggregateRecorder(self.opened(), originator_id_type="uuid")


class Applications(Opened, suites.ApplicationRecorderTestCase[SqlRecorder]):
    __test__ = False

    def create_recorder(self) -> SqlRecorder:
        return SqlRecorder(self.opened(), originator_id_type="uuid")


class NonInterleaving(Opened, suites.NonInterleavingNotificationIDsBaseCase):
    __test__ = False

    def create_recorder(self) -> ApplicationRecorder:
        return SqlRecorder(self.opened(), originator_id_type="uuid")


class TestAggregatesOnSqlite(OnSqlite, Aggregates):
    __test__ = True


class TestAggregatesOnPostgresql(OnPostgresql, Aggregates):
    __test__ = True


class TestApplicationsOnSqlite(OnSqlite, Applications):
    __test__ = True


class TestApplicationsOnPostgresql(OnPostgresql, Applications):
    __test__ = True


class TestNonInterleavingOnSqlite(OnSqlite, NonInterleaving):
    __test__ = True


class TestNonInterleavingOnPostgresql(OnPostgresql, NonInterleaving):
    __test__ = True
