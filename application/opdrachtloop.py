"""Measuring the commands of one commit, or a toets, where there is an observer to tell."""

from collections.abc import Iterable, Sequence
from time import perf_counter
from typing import Any

from rekenschap.application.answers import Antwoord, Toets
from rekenschap.application.commands import Command
from rekenschap.application.ports import Log, NewRecord, StoredRecord, UnitOfWork, Vault
from rekenschap.application.waarnemen import (
    Beslist,
    Getoetst,
    Mislukt,
    Opdracht,
    Waarnemer,
    kind_of,
    tell,
)


class Opdrachtloop:
    """The commands of one commit: when the lock was there, and when they were decided."""

    def __init__(self, waarnemer: Waarnemer, grootboek: str, vraag: str) -> None:
        self._waarnemer, self._grootboek, self._vraag = waarnemer, grootboek, vraag
        self._start = self._locked = self._decided = perf_counter()
        self._log: _TimedLog | None = None
        self._before = self._after = self._last = 0

    def locked(self, unit: UnitOfWork) -> UnitOfWork:
        """The same unit of work, whose appends are timed."""
        self._locked = perf_counter()
        self._before = self._last = unit.log.head().position
        self._log = _TimedLog(unit.log)
        return _TimedUnit(unit, self._log)

    def decided(self, unit: UnitOfWork) -> None:
        self._after = unit.log.head().position
        self._decided = perf_counter()

    def committed(self, commands: Sequence[Command], answers: Sequence[Antwoord]) -> None:
        end = perf_counter()
        appending = 0.0 if self._log is None else self._log.seconds
        done = Beslist(
            grootboek=self._grootboek,
            opdrachten=tuple(map(self._became, commands, answers)),
            vastgelegd=self._after - self._before,
            hoofd=self._after,
            wachten=self._locked - self._start,
            beslissen=self._decided - self._locked - appending,
            vastleggen=end - self._decided + appending,
        )
        tell(self._waarnemer, done)

    def checked(self, command: Command, answer: Toets) -> None:
        done = Getoetst(
            grootboek=self._grootboek,
            soort=kind_of(command),
            uitkomst=answer.uitkomst,
            regels=answer.regels,
            gronden=answer.gronden,
            duur=perf_counter() - self._start,
        )
        tell(self._waarnemer, done)

    def failed(self, commands: Iterable[Command], error: Exception) -> None:
        failure = Mislukt(
            grootboek=self._grootboek,
            vraag=self._vraag,
            soorten=tuple(map(kind_of, commands)),
            fout=type(error).__name__,
            duur=perf_counter() - self._start,
        )
        tell(self._waarnemer, failure)

    def _became(self, command: Command, answer: Antwoord) -> Opdracht:
        return Opdracht(
            soort=kind_of(command),
            uitkomst=answer.uitkomst,
            regels=answer.regels,
            gronden=answer.gronden,
            positie=answer.positie,
            herhaald=self._repeated(answer),
        )

    def _repeated(self, answer: Antwoord) -> bool:
        """Decided before; twice in one batch, the second time is a repetition as well."""
        if answer.positie <= self._last:
            return True
        self._last = answer.positie
        return False


class _TimedLog:
    """A log whose appends are timed; everything else is that of the log itself."""

    def __init__(self, log: Log) -> None:
        self._itself = log
        self.seconds = 0.0

    def append(self, records: Sequence[NewRecord], **values: Any) -> list[StoredRecord]:
        start = perf_counter()
        try:
            return self._itself.append(records, **values)
        finally:
            self.seconds += perf_counter() - start

    def __getattr__(self, name: str) -> Any:
        return getattr(self._itself, name)


class _TimedUnit:
    def __init__(self, unit: UnitOfWork, log: Any) -> None:
        self._itself = unit
        self.log: Log = log

    @property
    def vault(self) -> Vault:
        return self._itself.vault
