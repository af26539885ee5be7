"""Everything about one decision that somebody objects to, in one value."""

from datetime import date, datetime
from typing import Final

from attrs import evolve, frozen

from rekenschap.application.bewijs import Bewijs
from rekenschap.application.bewijsstukken import Insluitingsbewijs
from rekenschap.application.bezwaren import Besluittermijn, Bezwaar, Bezwaren
from rekenschap.application.difference import (
    CHANGES,
    Feitverschil,
    Gezichtspunt,
    Verschil,
    of_facts,
)
from rekenschap.application.dossiers import Session
from rekenschap.application.heroverwegen import Heroverwegen, Heroverwogen
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.recorded import command_at
from rekenschap.application.reproduction import Reproductie
from rekenschap.application.standen import SpoorRegel
from rekenschap.application.trail import Trail, replaced_by
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.facts import BesluitBekendgemaakt, BezwaarIngediend, OverBezwaar

YOUTH: Final = "jeugdige/"


@frozen(kw_only=True)
class Bezwaardossier:
    """What was decided, on what, what is known since, and what proves it.

    ``besluit`` is the line of the decision. ``feiten`` are the lines about its toewijzing (or
    other subject) that were known just before it, oldest first, ``overig`` the other lines about
    the jeugdige that were. ``sindsdien`` is what of those became known, was corrected or taken
    back since, about days up to that of the decision; ``daarna`` the lines recorded since about
    later days. ``verschil`` compares what was known when it was decided with what is known now, on
    the day the decision is about; None where that is about no toewijzing. ``termijn`` and
    ``bezwaren`` are those of the besluit: of a step that waited, of what ended that.
    """

    grootboek: str
    beslissing: str
    gemaakt_op: datetime
    bekend_op: int
    jeugdige: str | None
    gewist: bool
    toewijzing: str | None
    besluit: SpoorRegel
    namens: str | None
    niet_getoetst: tuple[tuple[str, str], ...]
    feiten: tuple[SpoorRegel, ...]
    overig: tuple[SpoorRegel, ...]
    sindsdien: tuple[Feitverschil, ...]
    daarna: tuple[SpoorRegel, ...]
    verschil: Verschil | None
    heroverwogen: Heroverwogen
    termijn: Besluittermijn
    bezwaren: tuple[Bezwaar, ...]
    reproductie: Reproductie
    bewijs: Insluitingsbewijs


@frozen
class Zaak:
    """The lines that bear on a decision: as they stood when it was made, and as they stand now.

    ``persoon`` is whether it is about a jeugdige, ``eind`` the last position of the
    command that decided it.
    """

    besluit: SpoorRegel
    persoon: bool
    eind: int
    toen: tuple[SpoorRegel, ...]
    nu: tuple[SpoorRegel, ...]

    def voordien(self, *, eigen: bool) -> tuple[SpoorRegel, ...]:
        """What was known before it, of its own subject or of the others."""
        stream = self.besluit.feit.stroom
        return tuple(
            one
            for one in self.nu
            if one.bekend_op < self.besluit.bekend_op
            and one.gebeurtenis not in CHANGES
            and (one.feit.stroom == stream) is eigen
        )

    @property
    def sindsdien(self) -> tuple[Feitverschil, ...]:
        """What differs, about days up to that of the decision."""
        day = self.besluit.geldig_op
        return tuple(of_facts(self._bearing(self.toen), self._bearing(self.nu), day, day))

    @property
    def daarna(self) -> tuple[SpoorRegel, ...]:
        """What was recorded since about later days; changes stand with what they changed."""
        return tuple(
            one
            for one in self._bearing(self.nu)
            if one.bekend_op > self.eind
            and one.geldig_op > self.besluit.geldig_op
            and one.gebeurtenis not in CHANGES
        )

    def _bearing(self, lines: tuple[SpoorRegel, ...]) -> tuple[SpoorRegel, ...]:
        """Of its own subject, and of the jeugdige outside any other toewijzing."""
        own = self.besluit.feit.stroom

        def bears(stream: str) -> bool:
            elsewhere = not self.persoon or stream.startswith("toewijzing/")
            return stream == own or not elsewhere

        return tuple(one for one in lines if bears(one.feit.stroom))


class Dossiers(Heroverwegen, Bezwaren, Bewijs):
    """The questions of who handles one objection."""

    def bezwaardossier(self, beslissing: str) -> Bezwaardossier:
        """The dossier of one recorded decision, whether or not somebody objected yet.

        ``beslissing`` is the reference of an answer. Of a refusal under a contract it is the same,
        without terms of the Awb; of who was erased it comes without what was erased. Every
        objection that was told of is in it, also of a day still to come. Nothing is recorded.
        Raises Incorrect for what is no decision here, Broken when the log does not verify: a proof
        is part of it.
        """
        with self._store.reading() as unit:
            head = unit.log.head().position
            position = self._position_of(unit, beslissing)
            session = self._session(unit)
            entry = session.entry(position)
            assert entry is not None, "a position up to the head has a line"
            subject = session.subject(entry)
            case = self._case(unit, session, entry, subject)
            youth = unit.vault.host_id(subject) if case.persoon else None
            behalf = entry.melder.namens
            namens = None if behalf is None else unit.vault.host_id(behalf)
        reference, allocation = f"{self.grootboek}/{position}", entry.feit.op_toewijzing
        day = entry.feit.datum
        return Bezwaardossier(
            grootboek=self.grootboek,
            beslissing=reference,
            gemaakt_op=self._store.clock.now(),
            bekend_op=head,
            jeugdige=youth,
            gewist=case.persoon and youth is None,
            toewijzing=allocation,
            besluit=case.besluit,
            namens=namens,
            niet_getoetst=tuple((n.regel, n.kenmerk) for n in entry.beslissing.niet_getoetst),
            feiten=case.voordien(eigen=True),
            overig=case.voordien(eigen=False) if case.persoon else (),
            sindsdien=case.sindsdien,
            daarna=case.daarna,
            verschil=None
            if allocation is None
            else self.verschil(
                toewijzing=allocation,
                een=Gezichtspunt(geldig_op=day, bekend_op=case.eind),
                ander=Gezichtspunt(geldig_op=day, bekend_op=head),
            ),
            heroverwogen=self.heroverweeg(reference),
            termijn=self.bezwaartermijn(reference),
            bezwaren=self.bezwaren(beslissing=reference, op=self._as_of(case)),
            reproductie=self.reproduceer(reference),
            bewijs=self.insluitingsbewijs(positie=position),
        )

    def _as_of(self, case: Zaak) -> date:
        """Today, or the last day anything was told about an objection when that is later."""
        about = BezwaarIngediend | OverBezwaar | BesluitBekendgemaakt
        told = (one.geldig_op for one in case.nu if isinstance(one.feit, about))
        return max(amsterdam_day(self._store.clock.now()), *told, date.min)

    def _case(self, unit: UnitOfWork, session: Session, entry: Boeking, subject: str) -> Zaak:
        """Every line about a subject, as they stood when one was decided and as they stand now."""
        trail = Trail(unit, self._codec, self._library(unit))
        command = command_at(unit.log, self._codec.decode, entry.positie)
        entries = session.entries(subject)
        known = [one for one in entries if one.positie <= command.beslist.positie]
        before, now = replaced_by(known), replaced_by(entries)
        lines = [trail.of(one, now.get(one.positie)) for one in entries]
        return Zaak(
            besluit=trail.of(entry, now.get(entry.positie)),
            persoon=subject.startswith(YOUTH),
            eind=command.beslist.positie,
            toen=tuple(
                evolve(line, achterhaald_op=before.get(one.positie))
                for one, line in zip(known, lines, strict=False)
            ),
            nu=tuple(lines),
        )
