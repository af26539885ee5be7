"""All that is known of one jeugdige, folded out of the log in recorded order."""

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import evolve, field, frozen

from rekenschap.domain.boeking import Boeking
from rekenschap.domain.calendar import Periode
from rekenschap.domain.facts import (
    AanvraagIngediend,
    AdviesGevraagd,
    BerichtVerzonden,
    ContactVastgelegd,
    GegevenGecorrigeerd,
    JeugdigeVastgelegd,
    PlanVastgesteld,
    VerwijzingOntvangen,
    ZorgGestart,
)
from rekenschap.domain.identifiers import AdviesId, ToewijzingId, VerwijzingId
from rekenschap.domain.reeks import Reeks
from rekenschap.domain.toewijzing import Toewijzing

GEEN_BOEKINGEN: Final = Reeks[Boeking]()


@frozen
class Contact:
    """A contact, and whether a later step used it up."""

    positie: int
    feit: ContactVastgelegd


@frozen(kw_only=True)
class Dossier:
    """What is known, and effective: corrections are applied, refused steps count nowhere.

    ``boekingen`` is everything as it was recorded; the rest is derived from it.
    """

    boekingen: Reeks[Boeking] = GEEN_BOEKINGEN
    persoon: JeugdigeVastgelegd | None = None
    verwijzingen: Mapping[VerwijzingId, VerwijzingOntvangen] = field(factory=dict)
    toewijzingen: Mapping[ToewijzingId, Toewijzing] = field(factory=dict)
    contacten: tuple[Contact, ...] = ()
    gebruikt: frozenset[int] = frozenset()
    adviezen: Mapping[AdviesId, AdviesGevraagd] = field(factory=dict)
    aanvragen: tuple[AanvraagIngediend, ...] = ()
    plannen: tuple[PlanVastgesteld, ...] = ()
    berichten: tuple[BerichtVerzonden, ...] = ()
    aangekondigd: Mapping[ToewijzingId, tuple[ZorgGestart, ...]] = field(factory=dict)
    """Allocations that are still to be given, with the starts of care recognised before them."""
    wachtend: Mapping[int, Boeking] = field(factory=dict)
    gewist: bool = False
    """Whether the personal data of whom it is about were destroyed: a value of theirs that a rule
    needs is then not there for ever, whatever was told."""

    @property
    def positie(self) -> int:
        """The last position folded in; 0 when nothing is known."""
        return self.boekingen[-1].positie if self.boekingen else 0

    def boeking(self, position: int) -> Boeking | None:
        """The entry at a position, as recorded."""
        return next((b for b in self.boekingen if b.positie == position), None)

    def toewijzing(self, name: ToewijzingId | None) -> Toewijzing | None:
        """The recognised allocation of that name; None when there is none, or no name."""
        return None if name is None else self.toewijzingen.get(name)

    def met_toewijzing(self, allocation: Toewijzing) -> "Dossier":
        """The dossier with an allocation added or replaced."""
        return evolve(self, toewijzingen={**self.toewijzingen, allocation.id: allocation})

    def andere(self, than: ToewijzingId) -> Iterable[Toewijzing]:
        """The other recognised allocations of this jeugdige."""
        return (t for key, t in self.toewijzingen.items() if key != than)

    def samenlopend(self, allocation: ToewijzingId, period: Periode) -> Iterable[Toewijzing]:
        """Others that share a day with ``period``; a stopped one counts up to its last day."""
        for other in self.andere(allocation):
            runs = other.looptijd
            if other.ingetrokken is None and runs is not None and runs.overlaps(period):
                yield other

    def oorsprong(self, position: int) -> int:
        """The record a correction (of a correction, ...) is about in the end."""
        entry = self.boeking(position)
        while entry is not None and isinstance(entry.feit, GegevenGecorrigeerd):
            position = entry.feit.betreft
            entry = self.boeking(position)
        return position
