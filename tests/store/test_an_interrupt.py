"""Does an interrupt in the middle of a unit of work stay one, and leave nothing behind?"""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.application.care import KEY, effort, granted, introduced, opened, started

from rekenschap.application import Onbeschikbaar, Rekenschap
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.store.pending import Pending


@pytest.fixture(params=["memory", "file", pytest.param("server", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest) -> str:
    names = {"file": "sqlite_url", "server": "postgresql_url"}
    kind: str = request.param
    return str(request.getfixturevalue(names[kind])) if kind in names else "sqlite://"


class StoppingClock:
    """Interrupts whoever asks for the moment a number of times."""

    after: int | None = None

    def now(self) -> datetime:
        if self.after is not None:
            self.after -= 1
            if self.after < 0:
                self.after = None
                raise KeyboardInterrupt
        return datetime(2025, 6, 2, 9, 0, tzinfo=UTC)


def interrupted(ledger: Rekenschap, *commands: Any) -> None:
    """Nothing is recorded, and the same goes in at once afterwards."""
    before = ledger.positie
    with pytest.raises(KeyboardInterrupt):
        ledger.execute_batch(commands)
    assert ledger.positie == before
    for answer in ledger.execute_batch(commands):
        assert answer.uitkomst.erkend
    assert ledger.verify() == ledger.positie > before


def test_in_the_middle_of_a_batch(url: str) -> None:
    clock = StoppingClock()
    with open_grootboek(url, grootboek="gemeente", sleutel=KEY, clock=clock) as ledger:
        for command in (introduced(), granted(), started()):
            ledger.execute(command)
        clock.after = 1
        interrupted(ledger, effort("T1", 30), effort("T1", 45))


def test_while_lines_are_written(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Pending.write

    def half(self: Pending, cursor: Any, sql: Any, _head: Any) -> None:
        monkeypatch.setattr(Pending, "write", whole)
        sql.run_rows(cursor, sql.insert_event, self._lines)
        raise KeyboardInterrupt

    with opened(url) as ledger:
        for command in (introduced(), granted(), started()):
            ledger.execute(command)
        monkeypatch.setattr(Pending, "write", half)
        interrupted(ledger, effort("T1", 30), effort("T1", 45))


def test_inside_a_statement_of_the_vault(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(url) as ledger:
        ledger.execute(introduced())
        store: Any = ledger._store
        dialect = store.engine.dialect

        def stop(*_: Any) -> None:
            monkeypatch.delattr(dialect, "do_execute")
            raise KeyboardInterrupt

        monkeypatch.setattr(dialect, "do_execute", stop, raising=False)
        interrupted(ledger, granted(), started())


@pytest.mark.postgresql
def test_that_the_server_cannot_roll_back(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_self: Pending, cursor: Any, _sql: Any, _head: Any) -> None:
        monkeypatch.undo()
        cursor.connection.pgconn.finish()
        raise KeyboardInterrupt

    with opened(postgresql_url) as ledger:
        for command in (introduced(), granted(), started()):
            ledger.execute(command)
        monkeypatch.setattr(Pending, "write", gone)
        interrupted(ledger, effort("T1", 30))


def test_that_was_handled_before_is_not_taken_for_the_reason(sqlite_url: str) -> None:
    with opened(sqlite_url) as ledger:
        store: Any = ledger._store

        def refused() -> None:
            with store.writing() as unit:
                unit.connection.exec_driver_sql("PRAGMA query_only = ON")
                unit.connection.exec_driver_sql("DELETE FROM saldo")

        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt:
            with pytest.raises(Onbeschikbaar):
                refused()
