"""Every question about a grootboek, on two clocks: the valid day and what was known."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Literal, overload

from attrs import evolve

from rekenschap.application.feed import feed
from rekenschap.application.lezen import Bekend, Lezen
from rekenschap.application.other_rules import AndereLezer, Regels, as_changes
from rekenschap.application.pages import LARGEST_PAGE, page_cursor, page_size
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.readmodel import Leesmodel
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.application.replay import Herspeler
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
from rekenschap.application.what_if import WatAls
from rekenschap.domain.andere_regels import VAN_TOEN
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.identifiers import AanbiederId, ToewijzingId
from rekenschap.domain.inrichting import Inrichting
from rekenschap.domain.values import as_token


class Vragen(Lezen):
    """The questions; ``Rekenschap`` adds the commands.

    Where a question takes ``regels`` it is answered as it would be under those: the part of the
    ledger of the jeugdige replayed under them. None are the rules of the decisions themselves.
    """

    @overload
    def stand(
        self,
        *,
        toewijzing: str,
        geldig_op: date | None = None,
        bekend_op: Bekend = None,
        regels: Regels = None,
    ) -> ToewijzingStand | None: ...

    @overload
    def stand(
        self,
        *,
        jeugdige: str,
        geldig_op: date | None = None,
        bekend_op: Bekend = None,
        regels: Regels = None,
    ) -> JeugdigeStand: ...

    def stand(
        self,
        *,
        toewijzing: str | None = None,
        jeugdige: str | None = None,
        geldig_op: date | None = None,
        bekend_op: Bekend = None,
        regels: Regels = None,
    ) -> ToewijzingStand | JeugdigeStand | None:
        """The balance of a toewijzing, or everything of a jeugdige (the host's id).

        ``geldig_op`` is the valid day (default today), ``bekend_op`` what was known (default now),
        ``regels`` the rules (default those of the decisions). None when nothing was known of the
        toewijzing for that day: not yet, or it was refused or withdrawn. Raises Incorrect for a
        toewijzing or jeugdige the grootboek has never heard of, or rules that are not there.
        """
        if regels is not None:
            with self._what_if(regels, bekend_op, toewijzing, jeugdige) as other:
                day = valid_day(geldig_op, amsterdam_day(self._store.clock.now()))
                if toewijzing is not None:
                    return other.stand(toewijzing, day)
                return other.standen(str(jeugdige), day)
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
        regels: Regels = None,
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
            library, settings, told = self._rules(regels, settings)
            return evolve(explained(asked, library, settings), volgens=told)

    def _rules(self, regels: Regels, settings: Inrichting) -> tuple[Bibliotheek, Inrichting, str]:
        """The rule sets and the configuration that a question is asked under, and their name."""
        if regels is None:
            return Bibliotheek(settings, self._regelingen), settings, VAN_TOEN
        changes = as_changes(regels)
        with self._store.reading() as now:  # which rules there are to ask for is known today
            reader = AndereLezer(self._regelingen, changes, self._session(now).configuration())
        return Bibliotheek(settings, reader), reader.inrichting(settings), str(changes)

    @contextmanager
    def _what_if(
        self, regels: Regels, bekend_op: Bekend, toewijzing: str | None, jeugdige: str | None
    ) -> Iterator[WatAls]:
        """The part of the ledger of a jeugdige, replayed under other rules."""
        if (toewijzing is None) is (jeugdige is None):
            raise Incorrect("toewijzing", toewijzing, "either a toewijzing or a jeugdige")
        with self._store.reading() as unit:
            position = known_position(bekend_op, unit.log.head().position, unit.log)
            if toewijzing is None:
                about = self._known_youth(unit, str(jeugdige))
            else:
                name = as_token(ToewijzingId)("toewijzing", toewijzing)
                self._known_allocation(unit, name)
                stream = f"toewijzing/{name}"
                about = self._session(unit).owner(stream) or stream
            changes, settings = as_changes(regels), self._session(unit).configuration()
            args = (self.grootboek, self._codec, self._regelingen, changes, settings)
            other = WatAls(
                unit=unit,
                codec=self._codec,
                leesmodel=self._leesmodel,
                replayer=Herspeler(*args),
                over=about,
                positie=position,
                regels=str(changes),
            )
            other.replay()
            yield other

    def spoor(
        self,
        *,
        toewijzing: str | None = None,
        jeugdige: str | None = None,
        geldig_op: date | None = None,
        bekend_op: Bekend = None,
        verder: str | None = None,
        limiet: int = 100,
        regels: Regels = None,
    ) -> Pagina[SpoorRegel]:
        """The audit trail of a toewijzing or a jeugdige: who, when, what, verdicts and sources.

        Everything about days up to ``geldig_op`` (default: all) that was recorded up to
        ``bekend_op``, oldest first, refusals included. ``verder`` continues an earlier page.
        """
        after, size = page_cursor(verder), page_size(limiet)
        if regels is not None:
            with self._what_if(regels, bekend_op, toewijzing, jeugdige) as other:
                return other.spoor(toewijzing, valid_day(geldig_op, date.max), after, size)
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
        size = page_size(limiet)
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
