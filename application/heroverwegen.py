"""One decision under the rules of then and others, on what was known then and is known now."""

from typing import Any

from attrs import frozen

from rekenschap.application.answers import Oordeelsvorming, Toets
from rekenschap.application.bekend import as_known
from rekenschap.application.dossiers import Kept, Session
from rekenschap.application.forming import formed_by
from rekenschap.application.herzien import Herzien
from rekenschap.application.onderzoek import Onderzoek
from rekenschap.application.other_rules import AndereLezer, AndereSession, Regels, as_changes
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.recorded import Opdracht, command_at
from rekenschap.application.redeciding import (
    as_recorded,
    decided_again,
    matched,
    pointed_at,
)
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.domain.andere_regels import AndereRegels
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.decide import Uitspraak
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import GegevensGewist
from rekenschap.domain.identifiers import RegelId
from rekenschap.domain.verdicts import Beslissing


@frozen(kw_only=True)
class Heroverwogen:
    """A decision four times: known then or now, under its own rules or others.

    ``toen`` is what was decided. ``toen_anders`` is that on the same facts under the other rules;
    ``nu`` by what is known now under its own rules; ``nu_anders`` by what is known now under the
    other rules. None where it stands no more or could no longer be asked so. ``volgens`` names the
    other rules, ``regeling`` and ``regeling_anders`` the versions. ``gewist`` are the rules that
    needed what was erased since: of those the recorded verdict stands, also now.
    """

    beslissing: str
    toen: Oordeelsvorming
    toen_anders: Toets | None
    nu: Toets | None
    nu_anders: Toets | None
    volgens: str
    regeling: str | None
    regeling_anders: str | None
    gewist: tuple[str, ...] = ()


class Heroverwegen(Onderzoek):
    """Looking at one decision again."""

    def heroverweeg(self, beslissing: str, regels: Regels = None) -> Heroverwogen:
        """Judge one recorded decision again: on what was known then and what is known now, under
        its own rules and under others (default: those in force today).

        Raises Incorrect for what is no decision of this grootboek, or rules that are not there.
        """
        with self._store.reading() as unit:
            position = self._position_of(unit, beslissing)
            changes = self._of_today(unit) if regels is None else as_changes(regels)
            command = command_at(unit.log, self._codec.decode, position)
            entry = next(e for e in command.boekingen if e.positie == position)
            now = self._session(unit)
            settings = now.configuration()
            reader = AndereLezer(self._regelingen, changes, settings)
            other = AndereSession(self._kept, unit.log, self._codec.decode, reader)
            own, others = Bibliotheek(settings, self._regelingen), Bibliotheek(settings, reader)
            then = as_known(unit, command.begin - 1)
            before = AndereSession(Kept(), then.log, self._codec.decode, reader)
            at_once = _decided_then(command, entry, then, before, reader)
            again, gone = _decided_now(entry, unit, now, own)
            otherwise, gone_too = _decided_now(entry, unit, other, others)
            return Heroverwogen(
                beslissing=f"{self.grootboek}/{position}",
                toen=Oordeelsvorming(**_formed(entry, entry.beslissing, own, now)),
                toen_anders=_toets(entry, at_once, others, now),
                nu=_toets(entry, again, own, now),
                nu_anders=_toets(entry, otherwise, others, now),
                volgens=str(changes),
                regeling=_named(entry, own),
                regeling_anders=_named(entry, others),
                gewist=tuple(dict.fromkeys((*gone, *gone_too))),
            )

    def _of_today(self, unit: UnitOfWork) -> AndereRegels:
        """The version in force today; the rules of then where nothing was introduced yet."""
        known = self._library(unit).geldend
        return AndereRegels(op=amsterdam_day(self._store.clock.now())) if known else AndereRegels()


def _decided_then(
    command: Opdracht,
    entry: Boeking,
    then: UnitOfWork,
    session: AndereSession,
    reader: AndereLezer,
) -> Beslissing | None:
    """On what was known just before it, under the other rules; what went before stays as it was."""
    library = Bibliotheek(session.configuration(), reader)
    about = pointed_at(session, command.gevraagd.feit)
    try:
        again = decided_again(command, then, session, library, about)
    except Incorrect:
        return None
    pairs = zip(again.uitspraken, matched(again.uitspraken, command.boekingen), strict=True)
    return next((said.beslissing for said, stands_for in pairs if stands_for is entry), None)


def _decided_now(
    entry: Boeking, unit: UnitOfWork, session: Session, library: Bibliotheek
) -> tuple[Beslissing | None, tuple[RegelId, ...]]:
    """On what is known now, and the rules that miss what was erased; None where it stands no more,
    or can no longer be asked."""
    dossier = session.dossier(session.subject(entry)).dossier
    try:
        again = Herzien(unit, session, library).een(dossier, entry.positie)
    except Incorrect:
        return None, ()
    if again is None:
        return None, ()
    erased = any(
        isinstance(one.feit, GegevensGewist) and one.beslissing.uitkomst.erkend
        for one in dossier.boekingen
    )
    before = again.besluit.door.beslissing
    spoke = {*before.regels, *before.geslaagd, *(one.regel for one in before.oordelen)}
    silent = dict.fromkeys(one.regel for one in again.nu.niet_getoetst if one.regel in spoke)
    gone = tuple(silent) if erased else ()
    return as_recorded(again.nu, again.besluit.door, gone) if gone else again.nu, gone


def _toets(
    entry: Boeking, decision: Beslissing | None, library: Bibliotheek, session: Session
) -> Toets | None:
    return None if decision is None else Toets(**_formed(entry, decision, library, session))


def _formed(
    entry: Boeking, decision: Beslissing, library: Bibliotheek, session: Session
) -> dict[str, Any]:
    receipt = entry.beslissing.bon
    hashes = () if receipt is None else receipt.regelingen
    sets = [library.op_hash[digest] for digest in hashes]
    return formed_by(Uitspraak(entry.feit, decision), sets, session.behind(entry.feit))


def _named(entry: Boeking, library: Bibliotheek) -> str | None:
    """The version that judged it; None for what only house rules judge."""
    receipt = entry.beslissing.bon
    if receipt is None or not receipt.regelingen:
        return None
    return library.op_hash[receipt.regelingen[0]].naam
