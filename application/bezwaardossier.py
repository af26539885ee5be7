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
    Gezien,
    Verschil,
    of_facts,
)
from rekenschap.application.heroverwegen import Heroverwegen, Heroverwogen
from rekenschap.application.recorded import command_at
from rekenschap.application.reproduction import Reproductie
from rekenschap.application.standen import SpoorRegel
from rekenschap.application.trail import Trail, replaced_by
from rekenschap.domain.andere_regels import VAN_TOEN
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


@frozen(kw_only=True)
class Zaak:
    """The lines that bear on a decision: as they stood when it was made, and as they stand now.

    ``persoon`` is whether it is about a jeugdige, ``toewijzing`` that of this jeugdige it is about
    (an id that was asked for can be somebody else's), ``eind`` the last position of the
    command that decided it, ``bekend_op`` that of the ledger.
    """

    boeking: Boeking
    besluit: SpoorRegel
    persoon: bool
    jeugdige: str | None
    toewijzing: str | None
    namens: str | None
    bekend_op: int
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
        then, now = (self._seen(position) for position in (self.eind, self.bekend_op))
        return tuple(of_facts(self._bearing(self.toen), self._bearing(self.nu), then, now))

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

    def _seen(self, position: int) -> Gezien:
        """A view of the day of the decision, as known at a position."""
        return Gezien(
            geldig_op=self.besluit.geldig_op, bekend_op=position, volgens=VAN_TOEN, regeling=None
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
        case = self._zaak(beslissing)
        position, fact = case.boeking.positie, case.boeking.feit
        reference = f"{self.grootboek}/{position}"
        return Bezwaardossier(
            grootboek=self.grootboek,
            beslissing=reference,
            gemaakt_op=self._store.clock.now(),
            bekend_op=case.bekend_op,
            jeugdige=case.jeugdige,
            gewist=case.persoon and case.jeugdige is None,
            toewijzing=fact.op_toewijzing,
            besluit=case.besluit,
            namens=case.namens,
            niet_getoetst=tuple(
                (n.regel, n.kenmerk) for n in case.boeking.beslissing.niet_getoetst
            ),
            feiten=case.voordien(eigen=True),
            overig=case.voordien(eigen=False) if case.persoon else (),
            sindsdien=case.sindsdien,
            daarna=case.daarna,
            verschil=self._verschil(case),
            heroverwogen=self.heroverweeg(reference),
            termijn=self.bezwaartermijn(reference),
            bezwaren=self.bezwaren(beslissing=reference, op=self._as_of(case)),
            reproductie=self.reproduceer(reference),
            bewijs=self.insluitingsbewijs(positie=position),
        )

    def _verschil(self, case: Zaak) -> Verschil | None:
        """What differs of the toewijzing, on the day the decision is about."""
        fact = case.boeking.feit
        if case.toewijzing is None:
            return None
        return self.verschil(
            toewijzing=case.toewijzing,
            een=Gezichtspunt(geldig_op=fact.datum, bekend_op=case.eind),
            ander=Gezichtspunt(geldig_op=fact.datum, bekend_op=case.bekend_op),
        )

    def _as_of(self, case: Zaak) -> date:
        """Today, or the last day anything was told about an objection when that is later."""
        about = BezwaarIngediend | OverBezwaar | BesluitBekendgemaakt
        told = (one.geldig_op for one in case.nu if isinstance(one.feit, about))
        return max(amsterdam_day(self._store.clock.now()), *told, date.min)

    def _zaak(self, beslissing: str) -> Zaak:
        """The record of a decision, and every line about its subject: as they stood when it was
        decided, and as they stand now."""
        with self._store.reading() as unit:
            position, session = self._position_of(unit, beslissing), self._session(unit)
            trail = Trail(unit, self._codec, self._library(unit))
            command = command_at(unit.log, self._codec.decode, position)
            entry = next(one for one in command.boekingen if one.positie == position)
            subject, behalf = session.subject(entry), entry.melder.namens
            name = entry.feit.op_toewijzing
            owner = None if name is None else session.owner(f"toewijzing/{name}")
            entries = session.entries(subject)
            known = [one for one in entries if one.positie <= command.beslist.positie]
            before, now = replaced_by(known), replaced_by(entries)
            lines = [trail.of(one, now.get(one.positie)) for one in entries]
            is_person = subject.startswith(YOUTH)
            return Zaak(
                boeking=entry,
                besluit=trail.of(entry, now.get(position)),
                persoon=is_person,
                jeugdige=unit.vault.host_id(subject) if is_person else None,
                toewijzing=name if owner in (None, subject) else None,
                namens=None if behalf is None else unit.vault.host_id(behalf),
                bekend_op=unit.log.head().position,
                eind=command.beslist.positie,
                toen=tuple(
                    evolve(line, achterhaald_op=before.get(one.positie))
                    for one, line in zip(known, lines, strict=False)
                ),
                nu=tuple(lines),
            )
