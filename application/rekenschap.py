"""The front door: every request to the ledger, and every question, goes through here."""

import threading
from collections.abc import Iterable, Sequence

from rekenschap.application.analyse import Analyse
from rekenschap.application.answers import Antwoord, Toets
from rekenschap.application.bezwaardossier import Dossiers
from rekenschap.application.commands import Command
from rekenschap.application.controlepunt import Controlepunt, as_checkpoints
from rekenschap.application.dossiers import KEPT, Session
from rekenschap.application.errors import Incorrect
from rekenschap.application.gezondheid import Gezondheid, Keuring
from rekenschap.application.handling import Handling
from rekenschap.application.inzage import by_name
from rekenschap.application.opdrachtloop import Opdrachtloop
from rekenschap.application.persoonsgegevens import Persoonsgegevens
from rekenschap.application.ports import Codec, Regelingen, Store, UnitOfWork
from rekenschap.application.pseudonyms import Lasting, Passing
from rekenschap.application.readmodel import Leesmodel
from rekenschap.application.translate import Pseudonyms
from rekenschap.application.waarnemen import Waarnemer


@by_name
class Rekenschap(Dossiers, Persoonsgegevens, Analyse):
    """One grootboek: commands in, answers out, and every question about it.

    Safe to share between threads. Two processes on the same database are safe as well.
    """

    def __init__(
        self,
        store: Store,
        codec: Codec,
        regelingen: Regelingen,
        leesmodel: Leesmodel,
        keuring: Keuring,
        waarnemer: Waarnemer | None = None,
        onthouden: int = KEPT,
    ) -> None:
        super().__init__(store, codec, regelingen, leesmodel, waarnemer, onthouden)
        self._keuring = keuring
        self._lock = threading.Lock()

    def execute(self, command: Command) -> Antwoord:
        """Decide on a command and record it.

        The same ``command_id`` and content again gives the original answer and records nothing. A
        refusal is an answer. Raises Incorrect (malformed, nothing written), Conflict (the id was
        used with other content) or Onbeschikbaar (try again with the same id).
        """
        return self._observed("execute", (command,))[0]

    def execute_batch(self, commands: Iterable[Command]) -> list[Antwoord]:
        """Judge commands in order, each with its own answer, in one commit or none of them."""
        return self._observed("execute_batch", commands)

    def toets(self, command: Command) -> Toets:
        """The answer a command would get now. Records nothing, not even its id."""
        if self._waarnemer is None:
            return self._checked(command)
        loop = Opdrachtloop(self._waarnemer, self.grootboek, "toets")
        try:
            answer = self._checked(command)
        except Exception as error:
            loop.failed((command,), error)
            raise
        loop.checked(command, answer)
        return answer

    def gezondheid(self, *, tegen: Sequence[Controlepunt] = ()) -> Gezondheid:
        """How this grootboek is doing: storage, log, tables, clock, key, disk; the worst counts.

        Cheap, for asking every few seconds, and it answers whatever is wrong: a database that
        cannot be reached, or a closed grootboek, is a finding. Of ``tegen``, checkpoints that were
        kept elsewhere, the end of the furthest is held against the log; ``verify`` holds all.
        Raises only Incorrect, for what is no checkpoint.
        """
        return self._keuring(as_checkpoints("tegen", tegen))

    def _checked(self, command: Command) -> Toets:
        _check(command)
        with self._store.reading() as unit:
            session = Session(self._kept, unit.log, self._codec.decode)
            handling = self._handling(unit, session, Passing(unit.vault))
            return handling.toets(command)

    def _observed(self, asked: str, commands: Iterable[Command]) -> list[Antwoord]:
        """The answers; an observer is told of them after the commit, and of what failed."""
        if self._waarnemer is None:
            return self._decided(_listed(commands), None)
        loop = Opdrachtloop(self._waarnemer, self.grootboek, asked)
        batch: list[Command] = []
        try:
            batch = _listed(commands)
            answers = self._decided(batch, loop)
        except Exception as error:
            loop.failed(batch, error)
            raise
        loop.committed(batch, answers)
        return answers

    def _decided(self, batch: list[Command], loop: Opdrachtloop | None) -> list[Antwoord]:
        with self._store.writing() as opened:
            unit = opened if loop is None else loop.locked(opened)
            session = Session(self._kept, unit.log, self._codec.decode)
            handling = self._handling(unit, session, Lasting(unit.vault))
            if len(batch) > 1:
                unit.log.expect([one.command_id for one in batch])
            answers = [handling.handle(command) for command in batch]
            if loop is not None:
                loop.decided(unit)
        with self._lock:
            self._kept.merge(session)
        return answers

    def _handling(self, unit: UnitOfWork, session: Session, names: Pseudonyms) -> Handling:
        return Handling(
            grootboek=self._store.grootboek,
            unit=unit,
            session=session,
            codec=self._codec,
            regelingen=self._regelingen,
            library=self._libraries,
            pseudonyms=names,
        )


def _listed(commands: Iterable[Command]) -> list[Command]:
    if not isinstance(commands, Iterable):
        raise Incorrect("commands", type(commands).__name__, "a list of commands")
    found = list(commands)
    for command in found:
        _check(command)
    return found


def _check(command: object) -> None:
    """Raises Incorrect for what is no command; of the value only its kind is shown."""
    if not isinstance(command, Command) or not hasattr(command, "feit"):
        allowed = "a command of rekenschap.application, such as StartZorg"
        raise Incorrect("command", type(command).__name__, allowed)
