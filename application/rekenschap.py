"""The front door: every request to the ledger, and every question, goes through here."""

import threading
from collections.abc import Iterable

from rekenschap.application.answers import Antwoord, Toets
from rekenschap.application.bezwaardossier import Dossiers
from rekenschap.application.commands import Command
from rekenschap.application.dossiers import Session
from rekenschap.application.errors import Incorrect
from rekenschap.application.handling import Handling
from rekenschap.application.inzage import by_name
from rekenschap.application.persoonsgegevens import Persoonsgegevens
from rekenschap.application.ports import Codec, Regelingen, Store, UnitOfWork
from rekenschap.application.pseudonyms import Lasting, Passing
from rekenschap.application.readmodel import Leesmodel
from rekenschap.application.tabellen import Analyse
from rekenschap.application.translate import Pseudonyms


@by_name
class Rekenschap(Dossiers, Persoonsgegevens, Analyse):
    """One grootboek: commands in, answers out, and every question about it.

    Safe to share between threads. Two processes on the same database are safe as well.
    """

    def __init__(
        self, store: Store, codec: Codec, regelingen: Regelingen, leesmodel: Leesmodel
    ) -> None:
        super().__init__(store, codec, regelingen, leesmodel)
        self._lock = threading.Lock()

    def execute(self, command: Command) -> Antwoord:
        """Decide on a command and record it.

        The same ``command_id`` and content again gives the original answer and records nothing. A
        refusal is an answer. Raises Incorrect (malformed, nothing written), Conflict (the id was
        used with other content) or Onbeschikbaar (try again with the same id).
        """
        return self.execute_batch((command,))[0]

    def execute_batch(self, commands: Iterable[Command]) -> list[Antwoord]:
        """Judge commands in order, each with its own answer, in one commit or none of them."""
        batch = _listed(commands)
        with self._store.writing() as unit:
            session = Session(self._kept, unit.log, self._codec.decode)
            handling = self._handling(unit, session, Lasting(unit.vault))
            answers = [handling.handle(command) for command in batch]
        with self._lock:
            self._kept.merge(session)
        return answers

    def toets(self, command: Command) -> Toets:
        """The answer a command would get now. Records nothing, not even its id."""
        _check(command)
        with self._store.reading() as unit:
            session = Session(self._kept, unit.log, self._codec.decode)
            handling = self._handling(unit, session, Passing(unit.vault))
            return handling.toets(command)

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
