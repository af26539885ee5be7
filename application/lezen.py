"""What every question needs: a view of the log, the tables caught up, and the two clocks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from rekenschap.application.bekend import as_known
from rekenschap.application.dossiers import KEPT, Kept, Session
from rekenschap.application.inzage import loop_of_now
from rekenschap.application.ports import Codec, Regelingen, Regelinglezer, Store, UnitOfWork
from rekenschap.application.readmodel import Leesmodel
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.application.tijdreis import known_position, valid_day
from rekenschap.application.waarnemen import Waarnemer
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.inrichting import Inrichting

Bekend = int | datetime | date | None
"""A position, a moment (inclusive), or an Amsterdam day (up to its end); None is now."""


class Libraries:
    """The rule sets of the latest configuration, read once."""

    def __init__(self) -> None:
        self._known: tuple[Inrichting, Bibliotheek] | None = None

    def __call__(self, settings: Inrichting, reader: Regelinglezer) -> Bibliotheek:
        known = self._known
        if known is None or known[0].regelingen != settings.regelingen:
            known = self._known = (settings, Bibliotheek(settings, reader))
        return known[1]


class Lezen:
    """One grootboek to be read; the questions are built on it."""

    def __init__(
        self,
        store: Store,
        codec: Codec,
        regelingen: Regelingen,
        leesmodel: Leesmodel,
        waarnemer: Waarnemer | None = None,
        onthouden: int = KEPT,
    ) -> None:
        self._waarnemer = waarnemer
        self._store = store
        self._codec = codec
        self._regelingen = regelingen
        self._leesmodel = leesmodel
        self._kept = Kept(onthouden)
        self._libraries = Libraries()

    @property
    def grootboek(self) -> str:
        """The name of this grootboek."""
        return self._store.grootboek

    @contextmanager
    def _then(self, bekend_op: Bekend) -> Iterator[tuple[UnitOfWork, Session]]:
        """A view of what was known then, and its reading; what is kept is only of now."""
        with self._store.reading() as unit:
            position = known_position(bekend_op, unit.log.head().position, unit.log)
            known = as_known(unit, position)
            kept = self._kept if known is unit else Kept()
            yield known, Session(kept, known.log, self._codec.decode)

    @property
    def positie(self) -> int:
        """The last position recorded."""
        with self._store.reading() as unit:
            return unit.log.head().position

    @contextmanager
    def _view(
        self, geldig_op: date | None, bekend_op: Bekend, *, otherwise: date | None = None
    ) -> Iterator[tuple[UnitOfWork, int, date]]:
        """A view in which the tables are caught up, and what the two clocks come to in it."""
        day = valid_day(geldig_op, otherwise or amsterdam_day(self._store.clock.now()))
        with self._caught_up() as unit:
            reached = self._leesmodel.position(unit)
            yield unit, known_position(bekend_op, reached, unit.log), day

    @contextmanager
    def _caught_up(self) -> Iterator[UnitOfWork]:
        """A view whose tables hold at least all that was recorded before it was asked for."""
        wanted: int | None = None
        loop = loop_of_now()
        while True:
            with self._store.reading() as unit:
                head, reached = unit.log.head().position, self._leesmodel.position(unit)
                if loop is not None:
                    loop.seen(head, reached)
                wanted = head if wanted is None else wanted
                if reached >= wanted:
                    yield unit
                    return
            if loop is None:
                self._leesmodel.catch_up()
            else:
                loop.catching_up(self._leesmodel.catch_up)

    def _session(self, unit: UnitOfWork) -> Session:
        return Session(self._kept, unit.log, self._codec.decode)

    def _library(self, unit: UnitOfWork) -> Bibliotheek:
        return self._libraries(self._session(unit).configuration(), self._regelingen)

    @staticmethod
    def _known_allocation(unit: UnitOfWork, name: str) -> None:
        """Whether anything was ever reported of it: a refused step is enough."""
        if not unit.log.read((f"toewijzing/{name}",)):
            raise Incorrect("toewijzing", name, "a toewijzing that was ever reported")

    @staticmethod
    def _known_youth(unit: UnitOfWork, host_id: str) -> str:
        named = isinstance(host_id, str) and host_id.strip()
        found = unit.vault.find("jeugdige", host_id) if named else None
        if found is None:
            raise Incorrect("jeugdige", host_id, "a jeugdige that is known here", secret=True)
        return found
