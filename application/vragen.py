"""Every question about a grootboek, on two clocks: the valid day and what was known."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Literal, overload

from rekenschap.application.bekend import as_known
from rekenschap.application.dossiers import Kept, Session
from rekenschap.application.feed import feed
from rekenschap.application.pages import LARGEST_PAGE
from rekenschap.application.pages import page_cursor as _cursor
from rekenschap.application.pages import page_size as _size
from rekenschap.application.ports import Codec, Leesmodel, Regelingen, Store, UnitOfWork
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.application.standen import (
    Gebeurtenis,
    JeugdigeStand,
    Pagina,
    SpoorRegel,
    ToewijzingStand,
)
from rekenschap.application.tijdreis import known_position, valid_day
from rekenschap.application.trail import Trail
from rekenschap.application.uitleg import (
    Uitleg,
    Uitlegvraag,
    explained,
    known_allocation,
    product_of,
)
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.identifiers import AanbiederId, ToewijzingId
from rekenschap.domain.inrichting import Inrichting
from rekenschap.domain.values import as_token

Bekend = int | datetime | date | None
"""A position, a moment (inclusive), or an Amsterdam day (up to its end); None is now."""


class Libraries:
    """The rule sets of the latest configuration, read once."""

    def __init__(self) -> None:
        self._known: tuple[Inrichting, Bibliotheek] | None = None

    def __call__(self, settings: Inrichting, reader: Regelingen) -> Bibliotheek:
        known = self._known
        if known is None or known[0].regelingen != settings.regelingen:
            known = self._known = (settings, Bibliotheek(settings, reader))
        return known[1]


class Vragen:
    """The questions; ``Rekenschap`` adds the commands."""

    def __init__(
        self, store: Store, codec: Codec, regelingen: Regelingen, leesmodel: Leesmodel
    ) -> None:
        self._store = store
        self._codec = codec
        self._regelingen = regelingen
        self._leesmodel = leesmodel
        self._kept = Kept()
        self._libraries = Libraries()

    @property
    def grootboek(self) -> str:
        """The name of this grootboek."""
        return self._store.grootboek

    @overload
    def stand(
        self, *, toewijzing: str, geldig_op: date | None = None, bekend_op: Bekend = None
    ) -> ToewijzingStand | None: ...

    @overload
    def stand(
        self, *, jeugdige: str, geldig_op: date | None = None, bekend_op: Bekend = None
    ) -> JeugdigeStand: ...

    def stand(
        self,
        *,
        toewijzing: str | None = None,
        jeugdige: str | None = None,
        geldig_op: date | None = None,
        bekend_op: Bekend = None,
    ) -> ToewijzingStand | JeugdigeStand | None:
        """The balance of a toewijzing, or everything of a jeugdige (the host's id).

        ``geldig_op`` is the valid day (default today), ``bekend_op`` what was known (default now).
        None when nothing was known of the toewijzing for that day: not yet, or it was refused or
        withdrawn. Raises Incorrect for a toewijzing or jeugdige the grootboek has never heard of.
        """
        with self._view(geldig_op, bekend_op) as (unit, position, day):
            if toewijzing is not None and jeugdige is None:
                as_token(ToewijzingId)("toewijzing", toewijzing)
                found = self._leesmodel.toewijzing(unit, toewijzing, day, position)
                if found is None:
                    self._known_allocation(unit, toewijzing)
                return found
            if jeugdige is not None and toewijzing is None:
                youth = self._known_youth(unit, jeugdige)
                model = self._leesmodel
                return JeugdigeStand(
                    jeugdige=jeugdige,
                    geldig_op=day,
                    bekend_op=position,
                    toewijzingen=tuple(_all_pages(model, unit, youth, day, position)),
                    no_shows=model.tellers(unit, youth, day, position),
                )
        raise Incorrect("toewijzing", toewijzing, "either a toewijzing or a jeugdige")

    def uitleg(
        self,
        *,
        product: str | None = None,
        toewijzing: str | None = None,
        geldig_op: date | None = None,
        besluit_op: date | None = None,
        bekend_op: Bekend = None,
    ) -> Uitleg:
        """Which rules and prices hold, from which text, and why that version.

        For a ``product`` that would be allocated by a decision of ``besluit_op`` with its first day
        on ``geldig_op`` (both default today), or for a ``toewijzing`` as it is used on that day;
        with what was known at ``bekend_op``. Raises Incorrect for what the grootboek does not know.
        """
        with self._then(bekend_op) as (unit, session):
            today = amsterdam_day(self._store.clock.now())
            settings = session.configuration()
            dossier, allocation = known_allocation(session, toewijzing)
            asked = Uitlegvraag(
                product=product_of(product, allocation),
                geldig_op=valid_day(geldig_op, today),
                besluit_op=valid_day(besluit_op, valid_day(geldig_op, today), "besluit_op"),
                bekend_op=unit.log.head().position,
                toewijzing=allocation,
                dossier=dossier,
            )
            return explained(asked, Bibliotheek(settings, self._regelingen), settings)

    @contextmanager
    def _then(self, bekend_op: Bekend) -> Iterator[tuple[UnitOfWork, Session]]:
        """A view of what was known then, and its reading; what is kept is only of now."""
        with self._store.reading() as unit:
            position = known_position(bekend_op, unit.log.head().position, unit.log)
            known = as_known(unit, position)
            kept = self._kept if known is unit else Kept()
            yield known, Session(kept, known.log, self._codec.decode)

    def spoor(
        self,
        *,
        toewijzing: str | None = None,
        jeugdige: str | None = None,
        geldig_op: date | None = None,
        bekend_op: Bekend = None,
        verder: str | None = None,
        limiet: int = 100,
    ) -> Pagina[SpoorRegel]:
        """The audit trail of a toewijzing or a jeugdige: who, when, what, verdicts and sources.

        Everything about days up to ``geldig_op`` (default: all) that was recorded up to
        ``bekend_op``, oldest first, refusals included. ``verder`` continues an earlier page.
        """
        after, size = _cursor(verder), _size(limiet)
        with self._view(geldig_op, bekend_op, otherwise=date.max) as (unit, position, day):
            if toewijzing is not None and jeugdige is None:
                column, value = "toewijzing", as_token(ToewijzingId)("toewijzing", toewijzing)
            elif jeugdige is not None and toewijzing is None:
                column, value = "jeugdige", self._known_youth(unit, jeugdige)
            else:
                raise Incorrect("toewijzing", toewijzing, "either a toewijzing or a jeugdige")
            found = self._leesmodel.spoor(
                unit, column, value, day, position, after=after, limit=size + 1
            )
            if toewijzing is not None and not found:
                self._known_allocation(unit, toewijzing)
            trail = Trail(unit, self._codec, self._library(unit))
            lines = tuple(trail.line(*one) for one in found[:size])
        more = str(found[size - 1][0]) if len(found) > size else None
        return Pagina(regels=lines, verder=more, bekend_op=position)

    def toewijzingen(
        self,
        *,
        jeugdige: str | None = None,
        aanbieder: str | None = None,
        geldig_op: date | None = None,
        bekend_op: Bekend = None,
        verder: str | None = None,
        limiet: int = 100,
    ) -> Pagina[ToewijzingStand]:
        """The allocations of a jeugdige or an aanbieder with their balances, by id, paged."""
        size = _size(limiet)
        after = "" if verder is None else as_token(ToewijzingId)("verder", verder)
        with self._view(geldig_op, bekend_op) as (unit, position, day):
            if jeugdige is not None and aanbieder is None:
                column, value = "jeugdige", self._known_youth(unit, jeugdige)
            elif aanbieder is not None and jeugdige is None:
                column, value = "aanbieder", as_token(AanbiederId)("aanbieder", aanbieder)
            else:
                either = "either a jeugdige or an aanbieder"
                raise Incorrect("jeugdige", jeugdige, either, secret=True)
            found = self._leesmodel.toewijzingen(
                unit, column, value, day, position, after=after, limit=size + 1
            )
        more = found[size - 1].toewijzing if len(found) > size else None
        return Pagina(regels=tuple(found[:size]), verder=more, bekend_op=position)

    def lees(
        self, vanaf: int = 0, soorten: Sequence[str] | None = None, *, limiet: int | None = None
    ) -> Iterator[Gebeurtenis]:
        """The feed: every record with a position above ``vanaf``, in order and without gaps.

        ``soorten`` are names of events, permanent (``zorg-gestart``) or of the vocabulary
        (``ZorgGestart``); refused and waiting steps come too, with their ``uitkomst``.
        """
        return feed(self._store, self._codec, vanaf, soorten, limiet)

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
        while True:
            with self._store.reading() as unit:
                wanted = unit.log.head().position if wanted is None else wanted
                if self._leesmodel.position(unit) >= wanted:
                    yield unit
                    return
            self._leesmodel.catch_up()

    def _library(self, unit: UnitOfWork) -> Bibliotheek:
        session = Session(self._kept, unit.log, self._codec.decode)
        return self._libraries(session.configuration(), self._regelingen)

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


def _all_pages(
    model: Leesmodel, unit: UnitOfWork, youth: str, day: date, position: int
) -> Iterator[ToewijzingStand]:
    column: Literal["jeugdige"] = "jeugdige"
    after = ""
    while True:
        page = model.toewijzingen(
            unit, column, youth, day, position, after=after, limit=LARGEST_PAGE
        )
        yield from page
        if len(page) < LARGEST_PAGE:
            return
        after = page[-1].toewijzing
