"""Objections, and the terms of the Awb that run: of one jeugdige, or of one decision."""

from collections.abc import Collection, Sequence
from datetime import date

from attrs import frozen

from rekenschap.application.aanwijzen import Aanwijzer
from rekenschap.application.dossiers import Session
from rekenschap.application.lezen import Bekend
from rekenschap.application.tijdreis import valid_day
from rekenschap.application.vragen import Vragen
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.bezwaartermijnen import Termijnen, Verloop, termijnen
from rekenschap.domain.bezwaren import (
    Bezwaarstand,
    Bezwaarzaak,
    aard_van,
    bekendgemaakt_op,
    bekendmakingen,
    bezwaarzaken,
    counting,
)
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import BezwaarBeslist
from rekenschap.domain.vocabulary import Aard, Dictum, Uitkomst


@frozen(kw_only=True)
class Bezwaar:
    """One objection as it stood on a day, by what was known.

    ``bezwaar`` is its reference, ``tegen`` that of the decision it is against (None when that is
    not in this ledger), ``gebeurtenis`` and ``uitkomst`` of that. Of a refusal under the contract
    ``aard`` is ``contractueel`` and there are no ``termijnen``: the Awb does not hold for it.
    ``beslissing`` is the reference of the decision on the objection, with its ``dictum`` (None in
    older records) and the ``nieuw_besluit`` that took the place of what was objected to.
    ``verstreken`` is whether the term to decide had run out that day with nothing decided, or was
    by the time of the decision; None when the term cannot be worked out or the Awb does not hold.
    """

    bezwaar: str
    tegen: str | None
    gebeurtenis: str | None
    uitkomst: Uitkomst | None
    toewijzing: str | None
    aard: Aard
    ontvangen_op: date
    stand: Bezwaarstand
    termijnen: Termijnen | None
    verstreken: bool | None
    ingetrokken_op: date | None = None
    beslissing: str | None = None
    beslist_op: date | None = None
    dictum: Dictum | None = None
    nieuw_besluit: str | None = None


@frozen(kw_only=True)
class Besluittermijn:
    """The term to object to one decision. ``termijnen`` None: the Awb does not hold for it."""

    beslissing: str
    gebeurtenis: str
    uitkomst: Uitkomst
    aard: Aard
    termijnen: Termijnen | None


class Bezwaren(Vragen):
    """The questions of who handles objections."""

    def bezwaren(
        self,
        *,
        jeugdige: str | None = None,
        beslissing: str | None = None,
        op: date | None = None,
        bekend_op: Bekend = None,
        gelijkgesteld: Collection[date] = (),
    ) -> tuple[Bezwaar, ...]:
        """The objections of a jeugdige (the host's id), or against one ``beslissing``, as they
        stood on a day (default today), by what was known (default now), oldest first, with the
        terms of the Awb and their sources.

        Against a decision they are found also when its jeugdige was erased. ``gelijkgesteld`` are
        the days that a royal decree puts on a par with holidays (Atw 3 lid 3). Raises Incorrect
        for a jeugdige or decision the grootboek does not know, and unless one of them is given.
        """
        day = valid_day(op, amsterdam_day(self._store.clock.now()), "op")
        if (jeugdige is None) is (beslissing is None):
            either = "either a jeugdige or a beslissing"
            raise Incorrect("jeugdige", jeugdige, either, secret=True)
        with self._then(bekend_op) as (unit, session):
            if beslissing is not None:
                entry, records = self._besluit(session, beslissing)
                cases = [c for c in bezwaarzaken(records, day) if c.tegen == entry]
            else:
                youth = self._known_youth(unit, str(jeugdige))
                cases = list(bezwaarzaken(session.dossier(youth).dossier.boekingen, day))
        return tuple(self._formed(case, day, gelijkgesteld) for case in cases)

    def bezwaartermijn(
        self, beslissing: str, *, bekend_op: Bekend = None, gelijkgesteld: Collection[date] = ()
    ) -> Besluittermijn:
        """The term to object to a decision (its referentie, or the beslissing of its answer).

        Of a decision on an objection it is the term to appeal (Awb 6:7 holds for both). Without
        the day it was made known the term cannot be worked out, and is None. Raises Incorrect for
        a decision the grootboek does not know.
        """
        with self._then(bekend_op) as (_, session):
            entry, records = self._besluit(session, beslissing)
            known = bekendgemaakt_op(bekendmakingen(counting(records), entry))
        kind, told = aard_van(entry), Verloop(bekendgemaakt_op=known)
        return Besluittermijn(
            beslissing=self._reference(entry),
            gebeurtenis=type(entry.feit).__name__,
            uitkomst=entry.beslissing.uitkomst,
            aard=kind,
            termijnen=termijnen(told, gelijkgesteld) if kind is Aard.BESLUIT else None,
        )

    def _besluit(self, session: Session, named: str) -> tuple[Boeking, Sequence[Boeking]]:
        """The decision of a name, and all records about its jeugdige. Raises Incorrect."""
        aimed = Aanwijzer(self.grootboek, session).besluit(named)
        if aimed is None:
            raise Incorrect("beslissing", named, "a decision that is on record")
        return aimed

    def _formed(self, case: Bezwaarzaak, day: date, same: Collection[date]) -> Bezwaar:
        terms, decided, against = case.termijnen(same), case.beslist, case.tegen
        said = decided.feit if decided is not None else None
        told = said if isinstance(said, BezwaarBeslist) else None
        withdrawn = case.ingetrokken
        new = AFWEZIG if told is None else told.nieuw_besluit
        return Bezwaar(
            bezwaar=self._reference(case.boeking),
            tegen=None if against is None else self._reference(against),
            gebeurtenis=None if against is None else type(against.feit).__name__,
            uitkomst=None if against is None else against.beslissing.uitkomst,
            toewijzing=case.feit.op_toewijzing,
            aard=case.aard,
            ontvangen_op=case.feit.datum,
            stand=case.stand,
            termijnen=terms,
            verstreken=_lapsed(case, terms, day),
            ingetrokken_op=None if withdrawn is None else withdrawn.feit.datum,
            beslissing=None if decided is None else self._reference(decided),
            beslist_op=None if told is None else told.datum,
            dictum=None if told is None else told.dictum or None,
            nieuw_besluit=f"{self.grootboek}/{new}" if isinstance(new, int) else None,
        )

    def _reference(self, entry: Boeking) -> str:
        return f"{self.grootboek}/{entry.positie}"


def _lapsed(case: Bezwaarzaak, terms: Termijnen | None, day: date) -> bool | None:
    """Whether nothing was decided by the last day of the term."""
    last = None if terms is None else terms.beslis_uiterlijk
    if last is None:
        return None
    until = next((e.feit.datum for e in case.verloop if isinstance(e.feit, BezwaarBeslist)), day)
    if case.stand is Bezwaarstand.INGETROKKEN and case.ingetrokken is not None:
        until = case.ingetrokken.feit.datum
    return until > last
