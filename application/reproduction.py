"""A decision made again from its receipt: the same bytes, or what differs."""

from collections.abc import Callable
from typing import Any

import attrs
from attrs import frozen

from rekenschap.application.bekend import as_known
from rekenschap.application.dossiers import Kept, Session
from rekenschap.application.errors import Broken
from rekenschap.application.ports import Codec, Entry, Regelingen, Regelinglezer, UnitOfWork
from rekenschap.application.receipts import receipt_of
from rekenschap.application.recorded import Opdracht
from rekenschap.application.redeciding import Herbesloten, decided_again, matched, pointed_at
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import Feit
from rekenschap.domain.inrichting import Inrichting
from rekenschap.domain.verdicts import Beslissing, Bon


@frozen
class Afwijking:
    """One thing that is not as it was recorded: of the line at ``positie``, or of none (None)."""

    positie: int | None
    wat: str
    vastgelegd: Any
    nu: Any


@frozen(kw_only=True)
class Reproductie:
    """What came of making a decision again from what its receipt names.

    ``gelijk`` when every line of the command came out byte for byte. ``gewist`` are the rules that
    needed what was erased since: of those the recorded verdict stands.
    """

    beslissing: str
    positie: int
    regelingen: tuple[str, ...]
    bekend_tot: int
    programma: str
    afwijkingen: tuple[Afwijking, ...]
    gewist: tuple[str, ...] = ()

    @property
    def gelijk(self) -> bool:
        """Whether nothing differs."""
        return not self.afwijkingen


@frozen
class Reproducer:
    """Makes recorded decisions again inside one view of the log."""

    grootboek: str
    unit: UnitOfWork
    codec: Codec
    regelingen: Regelingen
    libraries: Callable[[Inrichting, Regelinglezer], Bibliotheek] = Bibliotheek

    def of(self, command: Opdracht, kept: Kept | None = None) -> Reproductie:
        """The command decided again on what was known just before it, under its own rules.

        A receipt that names no dossier is of a decision that looked nothing up, whatever it points
        at: so were some on objections to an allocation that nothing introduced.
        ``kept`` is what was read for commands before it, and is added to.
        """
        then = as_known(self.unit, command.begin - 1)
        session = Session(kept or Kept(), then.log, self.codec.decode)
        library = self.libraries(session.configuration(), self.regelingen)
        receipt = _receipt(command)
        found: list[Afwijking] = []
        erased: tuple[str, ...] = ()
        try:
            about = pointed_at(session, command.gevraagd.feit) if receipt.gelezen else None
            again = decided_again(command, then, session, library, about)
        except Incorrect as error:
            found.append(Afwijking(command.beslist.positie, "mogelijk", True, str(error)))
        else:
            bon = receipt_of(again.besloten, then.log.head().position, receipt.programma)
            found += self._compared(command, again, bon)
            erased = again.gewist
        if kept is not None:
            kept.merge(session)
        last = command.beslist
        return Reproductie(
            beslissing=f"{self.grootboek}/{last.positie}",
            positie=last.positie,
            regelingen=receipt.regelingen,
            bekend_tot=receipt.bekend_tot,
            programma=receipt.programma,
            afwijkingen=tuple(found),
            gewist=erased,
        )

    def _compared(self, command: Opdracht, again: Herbesloten, bon: Bon) -> list[Afwijking]:
        """Byte for byte, line by line; where the bytes differ, what in them does."""
        found: list[Afwijking] = []
        recorded = matched(again.uitspraken, command.boekingen)
        stored = {line.position: line for line in command.regels}
        for said, entry in zip(again.uitspraken, recorded, strict=True):
            if entry is None:
                found.append(Afwijking(None, "regel", None, type(said.feit).__name__))
                continue
            old = entry.beslissing.bon
            decision = said.beslissing.met_bon(bon)
            if old is not None and not isinstance(old.lezingen, tuple) and decision.bon is not None:
                decision = attrs.evolve(
                    decision, bon=attrs.evolve(decision.bon, lezingen=old.lezingen)
                )
            made = self.codec.encode(_entry(entry, said.feit, decision))
            if made.payload != stored.pop(entry.positie).payload:
                found += _differences(entry, said.feit, decision)
        found += [Afwijking(p, "regel", line.name, None) for p, line in stored.items()]
        return found


def _receipt(command: Opdracht) -> Bon:
    receipt = command.beslist.beslissing.bon
    if receipt is None:
        raise Broken("this line has no receipt", position=command.beslist.positie)
    return receipt


def _entry(recorded: Boeking, fact: Feit, decision: Beslissing) -> Entry:
    """The line as it would be recorded by the same command."""
    return Entry(
        feit=fact,
        beslissing=decision,
        melder=recorded.melder,
        opdracht=recorded.opdracht,
        referentie=recorded.referentie,
        raakt=(),
    )


def _differences(entry: Boeking, fact: Feit, decision: Beslissing) -> list[Afwijking]:
    found = []
    if fact != entry.feit:
        found.append(Afwijking(entry.positie, "feit", entry.feit, fact))
    for part, then, now in (
        *_fields(entry.beslissing, decision),
        *_fields(entry.beslissing.bon, decision.bon, "bon."),
    ):
        if then != now:
            found.append(Afwijking(entry.positie, part, then, now))
    return found or [Afwijking(entry.positie, "bytes", "anders geschreven", "anders geschreven")]


def _fields(then: Any, now: Any, prefix: str = "") -> list[tuple[str, Any, Any]]:
    names = [a.name for a in attrs.fields(type(now)) if a.name != "bon"]
    return [(f"{prefix}{n}", getattr(then, n, None), getattr(now, n)) for n in names]
