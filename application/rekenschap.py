"""The front door: every request to the ledger, and every question, goes through here."""

import threading
from collections.abc import Sequence

from rekenschap.application.answers import Antwoord, Toets
from rekenschap.application.commands import Command
from rekenschap.application.dossiers import Kept, Session
from rekenschap.application.forming import formed_by
from rekenschap.application.handling import Handling
from rekenschap.application.ports import Codec, Regelingen, Store, UnitOfWork
from rekenschap.application.pseudonyms import Lasting, Passing
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.application.translate import Pseudonyms
from rekenschap.domain.inrichting import Inrichting


class Libraries:
    """The rule sets of the latest configuration, read once."""

    def __init__(self) -> None:
        self._known: tuple[Inrichting, Bibliotheek] | None = None

    def __call__(self, settings: Inrichting, reader: Regelingen) -> Bibliotheek:
        known = self._known
        if known is None or known[0].regelingen is not settings.regelingen:
            if known is not None and known[0].regelingen == settings.regelingen:
                return known[1]
            known = self._known = (settings, Bibliotheek(settings, reader))
        return known[1]


class Rekenschap:
    """One grootboek: commands in, answers out, and every question about it.

    Safe to share between threads. Two processes on the same database are safe as well.
    """

    def __init__(self, store: Store, codec: Codec, regelingen: Regelingen) -> None:
        self._store = store
        self._codec = codec
        self._regelingen = regelingen
        self._kept = Kept()
        self._libraries = Libraries()
        self._lock = threading.Lock()

    @property
    def grootboek(self) -> str:
        """The name of this grootboek."""
        return self._store.grootboek

    def execute(self, command: Command) -> Antwoord:
        """Decide on a command and record it.

        The same ``command_id`` and content again gives the original answer and records nothing. A
        refusal is an answer. Raises Incorrect (malformed, nothing written), Conflict (the id was
        used with other content) or Onbeschikbaar (try again with the same id).
        """
        return self.execute_batch((command,))[0]

    def execute_batch(self, commands: Sequence[Command]) -> list[Antwoord]:
        """Judge commands in order, each with its own answer, in one commit or none of them."""
        with self._store.writing() as unit:
            session = Session(self._kept, unit.log, self._codec.decode)
            handling = self._handling(unit, session, Lasting(unit.vault))
            answers = [handling.handle(command) for command in commands]
        with self._lock:
            self._kept.merge(session)
        return answers

    def toets(self, command: Command) -> Toets:
        """The answer a command would get now. Records nothing, not even its id."""
        with self._store.reading() as unit:
            session = Session(self._kept, unit.log, self._codec.decode)
            handling = self._handling(unit, session, Passing(unit.vault))
            said, regulations = handling.toets(command)
        return Toets(**formed_by(said, regulations))

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
