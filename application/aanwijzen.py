"""Which earlier record a command points at: by ``referentie``, or by the reference of an answer."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import fields, frozen

from rekenschap.application.commands import (
    BeslisBezwaar,
    Command,
    DienBezwaarIn,
    OverBezwaar,
)
from rekenschap.application.dossiers import Session
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.bezwaren import besluit_in, besluit_op, bezwaarzaken, open_in
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import GROOTBOEK, BezwaarIngediend, GegevenGecorrigeerd
from rekenschap.domain.identifiers import Stroom, ToewijzingId
from rekenschap.domain.values import as_token

POSITION: Final = re.compile(r"[0-9]{1,18}")
POINTING: Final = ("beslissing", "bezwaar", "toewijzing", "nieuw_besluit")
"""The fields by which a command about a decision or an objection points."""
EITHER: Final = "either one of them: {} or toewijzing"


@frozen
class Aangewezen:
    """What a command points at: the fields of its fact that say so, and the record."""

    velden: Mapping[str, Any]
    boeking: Boeking | None


def named_entries(
    grootboek: str, session: Session, field: str, named: object
) -> tuple[Boeking, ...]:
    """The records a name stands for, oldest first; none when nothing has that name."""
    if not isinstance(named, str):
        raise Incorrect(field, named, "a referentie, or the beslissing of an answer")
    ledger, slash, position = named.rpartition("/")
    if not slash:
        return session.entries(f"referentie/{named}")
    here = ledger == grootboek and POSITION.fullmatch(position)
    entry = session.entry(int(position)) if here else None
    return (entry,) if entry is not None else ()


@frozen
class Aanwijzer:
    """Finds what a command about a decision or an objection is about, in one unit of work."""

    grootboek: str
    session: Session

    def of(self, command: Command) -> Aangewezen:
        """What it points at. Raises Incorrect naming the field that does not say."""
        if isinstance(command, DienBezwaarIn | BeslisBezwaar):
            return self._by_one_of_two(command)
        if isinstance(command, OverBezwaar):
            return self._about(self._objection(command.bezwaar))
        return self._about(self._decision("beslissing", getattr(command, "beslissing", None)))

    def besluit(self, named: object) -> tuple[Boeking, Sequence[Boeking]] | None:
        """The decision a name stands for, and all that is recorded about its jeugdige."""
        entry = self._decision("beslissing", named)
        return None if entry is None else (entry, self._records(entry))

    def _by_one_of_two(self, command: DienBezwaarIn | BeslisBezwaar) -> Aangewezen:
        """By its own name, or by the allocation alone."""
        decides = isinstance(command, BeslisBezwaar)
        field = "bezwaar" if decides else "beslissing"
        named = getattr(command, field)
        if named is not AFWEZIG and not isinstance(named, str):
            raise Incorrect(field, named, "a referentie, or the beslissing of an answer")
        stream = None
        if command.toewijzing is not AFWEZIG:
            stream = f"toewijzing/{as_token(ToewijzingId)('toewijzing', command.toewijzing)}"
        if stream is not None and named is AFWEZIG:
            found = self._in(stream, decides)
        elif stream is None and named is not AFWEZIG:
            found = self._named(command, named)
        else:
            raise Incorrect(field, named or None, EITHER.format(field))
        if isinstance(command, BeslisBezwaar) and command.nieuw_besluit is not AFWEZIG:
            new = self._decision("nieuw_besluit", command.nieuw_besluit)
            position = 0 if new is None else new.positie
            return Aangewezen({**found.velden, "nieuw_besluit": position}, found.boeking)
        return found

    def _named(self, command: DienBezwaarIn | BeslisBezwaar, named: str) -> Aangewezen:
        if isinstance(command, DienBezwaarIn):
            return self._about(self._decision("beslissing", named))
        if command.dictum is AFWEZIG:
            raise Incorrect("dictum", None, "what the decision on the bezwaar comes to")
        return self._about(self._objection(named))

    def _in(self, stream: str, decides: bool) -> Aangewezen:
        """The last open objection of an allocation, or its grant as it last stood."""
        records = self.session.dossier(self.session.owner(stream) or stream).dossier.boekingen
        if decides:
            case = open_in(bezwaarzaken(records), stream)
            entry = None if case is None else case.boeking
        else:
            entry = besluit_in(records, stream, None)
        position = AFWEZIG if entry is None else entry.positie
        return Aangewezen({"betreft": position, "bij": Stroom(stream)}, entry)

    def _decision(self, field: str, named: object) -> Boeking | None:
        """The decision a name stands for; of a step that waited, the one on that."""
        found = named_entries(self.grootboek, self.session, field, named)
        if not found:
            return None
        claims = [entry for entry in found if type(entry.feit).aanspraak]
        entry = (claims or found)[-1]
        return besluit_op(self._records(entry), entry)

    def _objection(self, named: object) -> Boeking | None:
        """The objection a name stands for; of a correction of it, the objection."""
        found = named_entries(self.grootboek, self.session, "bezwaar", named)
        own = [entry for entry in found if isinstance(entry.feit, BezwaarIngediend)]
        entry = next(reversed(own or found), None)
        while entry is not None and isinstance(entry.feit, GegevenGecorrigeerd):
            entry = self.session.entry(entry.feit.betreft)
        return entry

    def _records(self, entry: Boeking) -> Sequence[Boeking]:
        return self.session.dossier(self.session.subject(entry)).dossier.boekingen

    @staticmethod
    def _about(entry: Boeking | None) -> Aangewezen:
        if entry is None:
            return Aangewezen({"betreft": 0, "bij": Stroom(GROOTBOEK)}, None)
        where = {"betreft": entry.positie, "bij": Stroom(entry.feit.stroom)}
        return Aangewezen(where, entry)


def pointed(command: Command) -> dict[str, object]:
    """What a command said to point at it, for comparing: not what that is today."""
    told = {one.name: getattr(command, one.name) for one in fields(type(command))}
    return {name: told[name] for name in POINTING if told.get(name, AFWEZIG) is not AFWEZIG}
