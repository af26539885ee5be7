"""One grootboek in a database: its units of work, its scan and its verification."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from uuid import uuid4

from sqlalchemy import Connection, Engine, Row, insert, select

from rekenschap.application.achterstand import Achterstand
from rekenschap.application.controlepunt import Controlepunt
from rekenschap.application.errors import Broken, Onbeschikbaar
from rekenschap.application.parallel import Alone, Parallel
from rekenschap.application.ports import Clock, StoredRecord
from rekenschap.infrastructure.evidence.stored import StoredEvidence
from rekenschap.infrastructure.parquet import ParquetTabellen
from rekenschap.infrastructure.store.beside import Traces
from rekenschap.infrastructure.store.continuity import Continuity
from rekenschap.infrastructure.store.engine import (
    BUSY_SECONDS,
    for_reading,
    for_writing,
    is_memory,
)
from rekenschap.infrastructure.store.faults import transaction
from rekenschap.infrastructure.store.lag import folded_to, lag_of
from rekenschap.infrastructure.store.lines import SqlLines
from rekenschap.infrastructure.store.log import SqlLog
from rekenschap.infrastructure.store.names import checked_name
from rekenschap.infrastructure.store.queries import Ledger
from rekenschap.infrastructure.store.schema import ledgers, wait_for_turn
from rekenschap.infrastructure.store.seal import first_hash
from rekenschap.infrastructure.store.unit import SqlUnitOfWork, VaultFactory
from rekenschap.infrastructure.store.verifying import Verification
from rekenschap.infrastructure.store.written import Written

_CHUNK = 2_000


class SqlStore:
    """``Store`` for one grootboek by name, which is made when it is not there yet.

    Several threads may share one; each unit of work has a connection of its own. The tables must be
    there (``create_schema``), and the engine stays its maker's, to be disposed of. ``traces`` tells
    what a line says of the tables beside the log; without it, only the seal can be verified.
    """

    def __init__(
        self,
        engine: Engine,
        grootboek: str,
        *,
        clock: Clock,
        vault_factory: VaultFactory,
        traces: Traces | None = None,
    ) -> None:
        name = checked_name(grootboek)
        self.engine = engine
        self.parallel: Parallel = Alone()
        self._clock = clock
        self._make_vault = vault_factory
        self._traces = traces
        self._writer, self._reader = for_writing(engine), for_reading(engine)
        self._in_memory = is_memory(engine)
        self._continuity = Continuity()
        self._written = Written()
        self._here = threading.local()
        self._turn = threading.Lock()
        self.ledger = self._opened(name)
        self._lines = SqlLines(self.reading, self.ledger)

    @property
    def grootboek(self) -> str:
        return self.ledger.name

    @property
    def clock(self) -> Clock:
        return self._clock

    @contextmanager
    def writing(self) -> Iterator[SqlUnitOfWork]:
        """Lock the grootboek; commits at the end of the block, rolls back on any exception."""
        with self.one_writer(), self._unit(self._writer, writing=True) as unit:
            yield unit
            unit.log.finish()
        self._continuity.recorded(unit.log.head().position, unit.log.head().hash)
        unit.log.committed()
        if unit.committed is not None:
            unit.committed()

    def reading(self) -> AbstractContextManager[SqlUnitOfWork]:
        """A consistent view that writes nothing.

        In memory there is one connection: inside another unit of work of this thread, reading sees
        what that one sees.
        """
        return self._unit(self._reader, writing=False)

    def scan(self, after: int = 0, *, upto: int | None = None) -> Iterator[StoredRecord]:
        """The whole log in order, up to the head at the start, streamed in constant memory.

        Reads in chunks, each in its own short transaction: what is recorded never changes, so they
        fit, and nothing stays open between two lines while the caller takes its time.
        """
        with self.reading() as unit:
            head = unit.log.head().position
        last = head if upto is None else min(upto, head)
        while after < last:
            with self.reading() as unit:
                lines = unit.log.read_from(after, upto=last, limit=_CHUNK)
            yield from lines
            if not lines:
                raise Broken("the log ends before its head", position=after + 1)
            after = lines[-1].position

    def achterstand(self) -> Achterstand:
        """How far behind this database is; one that is written is behind nobody."""
        with self.reading() as unit:
            here, folded = unit.log.head().position, folded_to(unit.connection, self.ledger.key)
            return lag_of(unit.connection, here, folded, here)

    @property
    def tabellen(self) -> ParquetTabellen:
        """The log and the balances as files for an analyst."""
        return ParquetTabellen(self.ledger)

    @property
    def bewijs(self) -> StoredEvidence:
        """Checkpoints, proofs and exports of this grootboek."""
        return StoredEvidence(self._lines)

    def verify(
        self,
        progress: Callable[[int], None] | None = None,
        *,
        tegen: Sequence[Controlepunt] = (),
        alleen_keten: bool = False,
    ) -> int:
        """Verify the seal from the first line to the head; returns the number of lines.

        With ``traces``, the references and commands are held against the lines as well; with
        ``tegen``, the lines against these checkpoints. ``progress`` is told now and then how many
        lines have been read. Raises ``Broken``.
        """
        return self.verification(alleen_keten=alleen_keten).in_one_go(progress, tegen)

    def verification(self, *, alleen_keten: bool = False) -> Verification:
        """A verification that begins now, to be done in stretches."""
        return Verification.begun(self._lines, None if alleen_keten else self._traces)

    @contextmanager
    def _unit(self, engine: Engine, *, writing: bool) -> Iterator[SqlUnitOfWork]:
        outer = getattr(self._here, "unit", None)
        if outer is not None:
            yield self._joined(outer, writing)
            return
        expected = self._continuity.last
        with transaction(engine) as connection:
            log = SqlLog(
                connection, self.ledger, self._clock, writing=writing, written=self._written
            )
            unit = SqlUnitOfWork(connection, self.ledger, log, self._make_vault)
            if self._in_memory:
                self._here.unit = unit
            try:
                self._continuity.check(connection, log, expected)
                yield unit
            finally:
                self._here.unit = None
                log.close()

    @staticmethod
    def _joined(outer: SqlUnitOfWork, writing: bool) -> SqlUnitOfWork:
        if writing:
            raise RuntimeError("a store in memory has one unit of work at a time: end that first")
        return outer

    @property
    def inside(self) -> bool:
        """Whether this thread is in a unit of work of a store in memory, which others join."""
        return getattr(self._here, "unit", None) is not None

    @contextmanager
    def one_writer(self) -> Iterator[None]:
        """Threads of one process take turns here: SQLite lets its waiters sleep, and unfairly.

        PostgreSQL has its own queue, at the head of each grootboek.
        """
        if self._writer.dialect.name != "sqlite" or self._in_memory:
            yield
            return
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise Onbeschikbaar("another unit of work of this process does not end")
        try:
            yield
        finally:
            self._turn.release()

    def _opened(self, name: str) -> Ledger:
        wanted = select(ledgers.c.ledger, ledgers.c.id).where(ledgers.c.name == name)
        with transaction(self._reader) as connection:
            found = connection.execute(wanted).one_or_none()
        if found is None:
            with transaction(self._writer) as connection:
                wait_for_turn(connection)
                found = connection.execute(wanted).one_or_none() or self._made(connection, name)
        return Ledger(key=found[0], id=found[1], name=name)

    @staticmethod
    def _made(connection: Connection, name: str) -> Row[int, str]:
        """A grootboek without lines; its id is random, and goes into the seal of its first line."""
        ledger_id = uuid4().hex
        new = insert(ledgers).values(
            id=ledger_id, name=name, position=0, hash=first_hash(ledger_id)
        )
        return connection.execute(new.returning(ledgers.c.ledger, ledgers.c.id)).one()
