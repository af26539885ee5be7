"""The k-th statement fails, for every k of a use case: nothing changed, and asking again works."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any
from unittest.mock import patch

from attrs import define, frozen
from tests.application.care import NOW, effort, opened, said
from tests.faults.databases import Content, Databases, log_of
from tests.faults.injection import COMMIT, Faults, faults
from tests.faults.use_cases import UseCase, first_lines
from tests.projections.tables import Rows, rows_of

from rekenschap.application import Rekenschap
from rekenschap.application.answers import Antwoord, Toets
from rekenschap.application.dossiers import Kept, Session
from rekenschap.application.errors import Onbeschikbaar
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.codec import JsonCodec
from rekenschap.projections import claiming
from rekenschap.projections.leesmodel import SqlLeesmodel

OPENED_ANEW = 4
"""Every so many statements the answers are held against those of a process that just opened."""
NEWEST = 6
ALL_OF_IT = 6000
"""More than is left of an allocation: the refusal tells how much was used of it."""
TOO_MANY = 400
"""No use case has so many statements: it would never end."""
AFTERWARDS = "PRAGMA"
"""What an erasure on SQLite does once it is committed, and does again later when it fails."""


@frozen
class Result:
    """How many statements a use case had, and how many failures were tried."""

    statements: int
    tried: int


@define
class Trial:
    """One grootboek on which a use case is tried over and over, and one that looks on."""

    databases: Databases
    url: str
    case: UseCase
    faults: Faults
    kept: Rekenschap
    twin: Rekenschap
    numbers: Iterator[int]
    cold: bool

    def run(self, kind: str, step: int) -> Result:
        """Every statement of the use case fails once, in this way; or one in so many does."""
        for tried, k in enumerate(range(1, TOO_MANY, step)):
            if not self._tried(k, kind):
                return Result(k - 1, tried)
        raise AssertionError(f"{self.case.name} does not end")

    def _tried(self, k: int, kind: str) -> bool:
        """Whether there was a ``k``-th statement to fail."""
        n = next(self.numbers)
        told = f"{self.case.name}, statement {k} ({kind}, {'cold' if self.cold else 'warm'})"
        if commands := self.case.before(n):
            self.kept.execute_batch(commands)
        before = self.databases.content(self.url)
        with self._ledger() as ledger:
            self.faults.arm(k, kind)
            try:
                answer = self.case.ask(ledger, n)
            except Onbeschikbaar:
                answer = None
            failed = self.faults.disarm()
            if failed is None:
                assert answer is not None, told
                return False
            told += f": {failed}"
            if answer is not None and failed.startswith(AFTERWARDS):
                assert self.case.ask(ledger, n) == answer, f"{told}: another answer"
                return True
            assert answer is None, f"{told}: answered as if nothing had failed"
            between = self.databases.content(self.url)
            whole = kind == "after" and failed == COMMIT and self.case.records
            if not whole:
                assert log_of(between) == log_of(before), f"{told}: the log changed"
            if self.case.records and not whole:
                assert between == before, f"{told}: something changed"
            self._again(ledger, n, k, between if whole else None, told)
        return True

    def _again(self, ledger: Rekenschap, n: int, k: int, whole: Content | None, told: str) -> None:
        """Asking again gives the right answer, and what is kept is as it would be afresh."""
        answer = self.case.ask(ledger, n)
        after = self.databases.content(self.url)
        if whole is not None:
            assert after == whole, f"{told}: recorded twice"
        with self._somebody_else(k, whole) as other:
            assert told_of(self.case.ask(other, n)) == told_of(answer), f"{told}: another answer"
            if self.case.records:
                assert self.databases.content(self.url) == after, f"{told}: recorded twice"
            probe = effort(f"T1-{n}", ALL_OF_IT, command_id=f"probe-{n}")
            assert tested(ledger, probe) == tested(other, probe), f"{told}: kept is not what is"
        assert_kept_is_read(ledger, told)

    @contextmanager
    def _somebody_else(self, k: int, whole: Content | None) -> Iterator[Rekenschap]:
        """Who saw nothing of the failure: one that was open all along, or is opened only now."""
        if k % OPENED_ANEW and whole is None:
            yield self.twin
            return
        with opened(self.url, clock=FixedClock(NOW)) as fresh:
            yield fresh

    @contextmanager
    def _ledger(self) -> Iterator[Rekenschap]:
        """The one that is kept, or one that was just opened and knows nothing yet."""
        if not self.cold:
            yield self.kept
            return
        with opened(self.url, clock=FixedClock(NOW)) as ledger:
            yield ledger


@contextmanager
def quiet_pool() -> Iterator[None]:
    """The pool reports each connection that is lost; here that is what is meant to happen."""
    loggers = [logging.getLogger(name) for name in ("sqlalchemy.pool", "psycopg")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def told_of(answer: Any) -> Any:
    """An answer, without what differs between one moment and the next."""
    if isinstance(answer, list):
        return [told_of(one) for one in answer]
    if isinstance(answer, Antwoord):
        return answer
    return said(answer) if isinstance(answer, Toets) else answer


def assert_kept_is_read(ledger: Rekenschap, told: str) -> None:
    """What a process has in memory of its dossiers is what the log says of them."""
    with ledger._store.reading() as unit:
        for name in list(ledger._kept.dossiers)[-NEWEST:]:
            kept = Session(ledger._kept, unit.log, JsonCodec.decode).dossier(name)
            read = Session(Kept(), unit.log, JsonCodec.decode).dossier(name)
            assert (kept.digest, kept.dossier) == (read.digest, read.dossier), f"{told}: {name}"


def tested(ledger: Rekenschap, command: Any) -> Any:
    return said(ledger.toets(command))


def every_statement_fails(
    databases: Databases, case: UseCase, kind: str, *, cold: bool, step: int = 1
) -> Result:
    """All failures of one kind for one use case, on a grootboek of its own."""
    url = databases.fresh()
    with faults() as made, ExitStack() as stack:
        kept = stack.enter_context(opened(url, clock=FixedClock(NOW)))
        kept.execute_batch(first_lines())
        twin = stack.enter_context(opened(url, clock=FixedClock(NOW)))
        trial = Trial(databases, url, case, made, kept, twin, count(1), cold)
        result = trial.run(kind, step)
        sound(kept)
    return result


def sound(ledger: Rekenschap) -> int:
    """The seal verifies and the tables are what a fresh fold gives; the number of lines."""
    lines = ledger.verify()
    store: Any = ledger._store
    SqlLeesmodel(store, store.ledger.key, JsonCodec().decode).catch_up()
    found = _read(store)
    with patch.object(claiming, "SILENT", 0.0):  # whoever rebuilt before is gone
        told = SqlLeesmodel(store, store.ledger.key, JsonCodec().decode).rebuild()
    assert (told.gelijk, told.vergeleken_tot, told.positie) == (True, lines, lines), told
    assert found == _read(store)
    return lines


def _read(store: Any) -> Rows:
    with store.reading() as unit:
        return rows_of(unit.connection, store.ledger.key)


def opening_fails(databases: Databases, kind: str, *, new: bool) -> Result:
    """Every statement fails of opening a database that is new, or one that is there."""
    known = databases.fresh()
    with opened(known, clock=FixedClock(NOW)) as ledger:
        ledger.execute_batch(first_lines())
        sound(ledger)
    before = databases.content(known)
    for k in range(1, TOO_MANY):
        url = databases.fresh() if new else known
        if not _opening_failed(url, k, kind):
            return Result(k - 1, k - 1)
        if not new:
            assert databases.content(url) == before, (k, kind)
        with opened(url, clock=FixedClock(NOW)) as ledger:
            ledger.execute_batch(first_lines())
            assert ledger.positie == 2, (k, kind)
            assert sound(ledger) == 2, (k, kind)
        before = databases.content(known)  # a rebuild gives its rows a number of their own
    raise AssertionError("opening does not end")


def _opening_failed(url: str, k: int, kind: str) -> bool:
    with faults() as made:
        made.arm(k, kind)
        try:
            with opened(url, clock=FixedClock(NOW)):
                pass
        except Onbeschikbaar:
            assert made.disarm() is not None
            return True
        assert made.disarm() is None, f"statement {k} of opening failed ({kind}), and nobody knew"
    return False
