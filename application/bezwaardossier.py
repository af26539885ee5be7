"""Everything about one decision that somebody objects to, in one value."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from attrs import frozen

from rekenschap.application.bewijs import Bewijs
from rekenschap.application.bewijsstukken import Insluitingsbewijs
from rekenschap.application.bezwaren import Besluittermijn, Bezwaar, Bezwaren
from rekenschap.application.difference import Gezichtspunt, Verschil
from rekenschap.application.dossiers import Session
from rekenschap.application.heroverwegen import Heroverwegen, Heroverwogen
from rekenschap.application.reproduction import Reproductie
from rekenschap.application.standen import SpoorRegel
from rekenschap.application.trail import Trail, replaced_by
from rekenschap.domain.corrections import is_correction

YOUTH: Final = "jeugdige/"


@frozen(kw_only=True)
class Bezwaardossier:
    """What was decided, on what, what is known since, and what proves it.

    ``besluit`` is the line of the decision. ``feiten`` are the lines about its toewijzing (or
    other subject) that were known just before it, oldest first, ``overig`` the
    other lines about the jeugdige that were. ``verschil`` compares what was known when it was
    decided with what is known now, on the day the decision is about; None where that is about no
    toewijzing. ``bezwaren`` are those against this decision.
    """

    grootboek: str
    beslissing: str
    gemaakt_op: datetime
    bekend_op: int
    jeugdige: str | None
    toewijzing: str | None
    besluit: SpoorRegel
    niet_getoetst: tuple[tuple[str, str], ...]
    feiten: tuple[SpoorRegel, ...]
    overig: tuple[SpoorRegel, ...]
    verschil: Verschil | None
    heroverwogen: Heroverwogen
    termijn: Besluittermijn
    bezwaren: tuple[Bezwaar, ...]
    reproductie: Reproductie
    bewijs: Insluitingsbewijs


class Dossiers(Heroverwegen, Bezwaren, Bewijs):
    """The questions of who handles one objection."""

    def bezwaardossier(self, beslissing: str) -> Bezwaardossier:
        """The dossier of one recorded decision, whether or not somebody objected yet.

        ``beslissing`` is the reference of an answer. Of a refusal under a contract it is the same,
        without terms of the Awb. Nothing is recorded. Raises Incorrect for what is no decision
        here, Broken when the log does not verify: a proof is part of it.
        """
        with self._store.reading() as unit:
            head = unit.log.head().position
            position = self._position_of(unit, beslissing)
            session = self._session(unit)
            entry = session.entry(position)
            assert entry is not None, "a position up to the head has a line"
            subject = session.subject(entry)
            trail = Trail(unit, self._codec, self._library(unit))
            decision = trail.of(entry, None)
            lines = tuple(_known_before(session, trail, subject, position))
            youth = unit.vault.host_id(subject) if subject.startswith(YOUTH) else None
        reference, allocation = f"{self.grootboek}/{position}", entry.feit.op_toewijzing
        day, stream = entry.feit.datum, entry.feit.stroom
        now = Gezichtspunt(geldig_op=day, bekend_op=head)
        before = Gezichtspunt(geldig_op=day, bekend_op=position)
        return Bezwaardossier(
            grootboek=self.grootboek,
            beslissing=reference,
            gemaakt_op=self._store.clock.now(),
            bekend_op=head,
            jeugdige=youth,
            toewijzing=allocation,
            besluit=decision,
            niet_getoetst=tuple((n.regel, n.kenmerk) for n in entry.beslissing.niet_getoetst),
            feiten=tuple(one for one in lines if one.feit.stroom == stream),
            overig=tuple(one for one in lines if one.feit.stroom != stream),
            verschil=None
            if allocation is None
            else self.verschil(toewijzing=allocation, een=before, ander=now),
            heroverwogen=self.heroverweeg(reference),
            termijn=self.bezwaartermijn(reference),
            bezwaren=self._against(youth, reference),
            reproductie=self.reproduceer(reference),
            bewijs=self.insluitingsbewijs(positie=position),
        )

    def _against(self, youth: str | None, reference: str) -> tuple[Bezwaar, ...]:
        """The objections against a decision; None of somebody who was erased."""
        if youth is None:
            return ()
        return tuple(one for one in self.bezwaren(jeugdige=youth) if one.tegen == reference)


def _known_before(
    session: Session, trail: Trail, subject: str, position: int
) -> Iterator[SpoorRegel]:
    """The lines about a subject that were recorded before a position, each with what has replaced
    it by now."""
    entries = session.entries(subject)
    replaced = replaced_by(entries)
    for entry in entries:
        if entry.positie < position and not is_correction(entry):
            yield trail.of(entry, replaced.get(entry.positie))
