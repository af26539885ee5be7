"""What must follow an erasure once it is committed, and is tried again until it is done.

The old pages leave the WAL of an SQLite file, and the erasure goes into the register outside the
database. Neither can be part of the transaction, and neither may be forgotten.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from sqlalchemy import Engine

from rekenschap.application.kluis import Wissing, Wissingen
from rekenschap.infrastructure.store.engine import BUSY_SECONDS, is_memory

PATIENCE: Final = 2_000
"""How many milliseconds a reader is waited for, once; after that each later commit tries again."""
Recorded = Callable[[int], Iterable[tuple[int, Wissing]]]
"""The erasures that the log of the grootboek holds above a position, each with its own."""


class Aftermath:
    """Of one grootboek. ``due`` says that something is still to be done."""

    def __init__(self, engine: Engine, register: Wissingen | None, recorded: Recorded) -> None:
        self._engine = engine
        self._register = register
        self._recorded = recorded
        self.due = False
        self._patience = 0
        self._noted_to = 0

    def erased(self) -> None:
        """Somebody was erased and that is committed."""
        self.due, self._patience = True, PATIENCE

    def follow_up(self) -> None:
        """Do what is due. Raises Onbeschikbaar when the register cannot be written: the erasure is
        recorded, and the same command once more writes the register too."""
        if self.due:
            self.note_recorded()
            self.due = not self._emptied_wal()

    def note_recorded(self) -> None:
        """Note every erasure of the log that the register does not have."""
        if self._register is None:
            return
        new = list(self._recorded(self._noted_to))
        if new:
            noted = {(one.grootboek, one.betrokkene) for one in self._register.alle()}
            for position, one in new:
                if (one.grootboek, one.betrokkene) not in noted:
                    self._register.noteer(one)
                self._noted_to = position

    def _emptied_wal(self) -> bool:
        """Whether no old page is left in the WAL; a reader that is still busy keeps it there, and
        so does a disk that fails."""
        if self._engine.dialect.name != "sqlite" or is_memory(self._engine):
            return True
        driver: Any = self._engine.dialect.loaded_dbapi
        connection: Any = self._engine.raw_connection()
        try:
            row = self._truncated(connection.cursor())
        except driver.Error:
            connection.invalidate()  # the commit stands all the same; a later one tries again
            return False
        finally:
            connection.close()
        self._patience = 0
        return bool(row[0] == 0)

    def _truncated(self, cursor: Any) -> Any:
        cursor.execute(f"PRAGMA busy_timeout = {self._patience}")
        row = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.close()
        return row
