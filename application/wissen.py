"""Erasing inside a unit of work: what it takes along, and what is answered about it later."""

from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from rekenschap.application.commands import Command
from rekenschap.application.dossiers import Session
from rekenschap.application.ports import StoredCommand, UnitOfWork
from rekenschap.application.translate import host_id_of
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.facts import Feit, GegevensGewist

KINDS: Final = ("jeugdige", "gezin", "persoon")


def persons_named(command: Command) -> Mapping[str, Any]:
    """The host's ids a command names, by kind of person; who asks is left out."""
    named = {kind: getattr(command, kind, AFWEZIG) for kind in KINDS}
    return {kind: raw for kind, raw in named.items() if raw is not AFWEZIG and raw is not None}


@frozen
class Wissen:
    """What an erasure does besides being recorded, in the same transaction."""

    unit: UnitOfWork
    session: Session

    def after(self, entry: Boeking) -> None:
        """Destroy what an entry that was just recorded says is to be destroyed, if it does."""
        fact = entry.feit
        if isinstance(fact, GegevensGewist) and entry.beslissing.uitkomst.erkend:
            assert fact.betrokkene, "nobody is erased who was not found"
            self.erase(fact.betrokkene)

    def erase(self, reference: str) -> None:
        """Destroy the person in the vault, and what the contents of commands could still tell.

        The hash of a content is over keyed fingerprints: whoever has the host's key could try
        every birth date on it.
        """
        self.unit.vault.erase(reference)
        about = self.session.entries(reference)
        self.unit.log.forget_contents(sorted({entry.opdracht for entry in about}))

    def is_again(self, command: Command, before: StoredCommand) -> bool:
        """Whether a command can be the one that had this id, now that its content is forgotten.

        The kind of step and its day must be the same, and whoever it names the one on record, or
        unknown here: who is known by that id as somebody else is another, or the same child anew.
        """
        lines = self.unit.log.read_from(before.first_position - 1, upto=before.last_position)
        facts = [self.session.decoded(line).feit for line in lines]
        return any(
            isinstance(fact, command.feit)
            and fact.datum == command.datum
            and all(self._named_by(fact, *one) for one in persons_named(command).items())
            for fact in facts
        )

    def _named_by(self, fact: Feit, kind: str, host_id: Any) -> bool:
        """Whether a host's id can be that of the person a fact names."""
        field = "betrokkene" if isinstance(fact, GegevensGewist) else kind
        known = self.unit.vault.find(kind, host_id_of(kind, kind, host_id))
        return known is None or known == getattr(fact, field, None)
