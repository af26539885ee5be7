"""All that a decision rests on besides the dossier itself, read for one step."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from attrs import field, frozen

from rekenschap.application.aanbieders import allocations_of
from rekenschap.application.dossiers import Session
from rekenschap.application.ports import UnitOfWork
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import effective
from rekenschap.domain.decide import Situatie
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.evolve import fold
from rekenschap.domain.facts import (
    Feit,
    InzetGeregistreerd,
    OverBoeking,
    OvereenkomstVastgelegd,
    ToewijzingAfgegeven,
)
from rekenschap.domain.identifiers import AanbiederId, JeugdigeRef
from rekenschap.domain.kenmerken import Verzegeld
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.vocabulary import Rol

PERSONAL: Final = ("woonplaats", "regio")
"""What rules can need of a jeugdige besides the birth date."""
Counts = Callable[[Boeking], bool]
"""Whether an entry of another jeugdige is known to a step."""


@frozen
class Surroundings:
    """Makes situations inside one unit of work; reads only what a rule kind can ask for."""

    unit: UnitOfWork
    session: Session
    huisregels: tuple[Regeling, ...]
    geheimen: Mapping[str, str] = field(factory=dict)
    """What the step itself brings for the vault, not there yet."""
    gewist: set[str] = field(factory=set)
    """What a rule asked for that is on record and no longer in the vault, by name of the field."""

    def situation(
        self,
        fact: Feit,
        dossier: Dossier,
        rules: Regeling,
        *,
        moment: datetime,
        position: int,
        role: Rol,
        counts: Counts | None = None,
        version_open: bool = False,
    ) -> Situatie:
        """The situation of a step: what is known, which rules hold, who asks, when.

        With ``counts`` only those entries of other jeugdigen are known: for judging a recorded
        step again. The configuration is as it is known now, each part of it on its own days.
        """
        return Situatie(
            dossier=dossier,
            inrichting=self.session.configuration(),
            regeling=rules,
            huisregels=self.huisregels,
            moment=moment,
            positie=position,
            rol=role,
            samen=self._together(fact, counts),
            versie_open=version_open,
            geboortedatum=self._birth_date(fact, rules, dossier),
            persoon=self._person(fact, rules, dossier),
            contracten=self._contracts(fact, rules, dossier),
            bij_aanbieder=self._at_provider(fact, rules, dossier, counts),
            gezin=self._family(fact, rules, dossier, counts),
        )

    def _together(self, fact: Feit, counts: Counts | None) -> tuple[InzetGeregistreerd, ...]:
        """What counts for the same conversation on the allocations of other jeugdigen."""
        return tuple(
            other
            for owner in self.others_in_conversation(fact)
            for allocation in self._known(owner, counts).toewijzingen.values()
            for _, other in allocation.inzet()
            if isinstance(fact, InzetGeregistreerd) and other.gesprek == fact.gesprek
        )

    def others_in_conversation(self, fact: Feit) -> list[str]:
        """The other jeugdigen on whom something was ever registered for the same conversation."""
        if not isinstance(fact, InzetGeregistreerd) or not fact.gesprek:
            return []
        spoken = self.session.entries(f"gesprek/{fact.gesprek}")
        owners = {self.session.owner(e.feit.stroom) for e in spoken} - {None}
        owners.discard(self.session.owner(fact.stroom))
        return sorted(str(one) for one in owners)

    def asks_family(self, fact: Feit, rules: Regeling, dossier: Dossier) -> bool:
        """Whether a rule that can speak on this step looks at the rest of the family."""
        return self._needed(fact, rules, dossier, "leest_gezin")

    def _known(self, youth: str, counts: Counts | None) -> Dossier:
        """The dossier of another jeugdige, with only what counts if that is given."""
        dossier = self.session.dossier(youth).dossier
        if counts is None:
            return dossier
        return fold(entry for entry in effective(dossier.boekingen) if counts(entry))

    def _at_provider(
        self, fact: Feit, rules: Regeling, dossier: Dossier, counts: Counts | None
    ) -> tuple[Toewijzing, ...]:
        """All allocations of the provider a grant names, for a rule that looks at them."""
        named = fact.lees("aanbieder")
        if not isinstance(named, str):
            return ()
        if not self._needed(fact, rules, dossier, "leest_aanbieder"):
            return ()
        return allocations_of(self.session, AanbiederId(named), counts)

    def _needed(self, fact: Feit, rules: Regeling, dossier: Dossier, what: str) -> bool:
        """Whether a rule kind that can speak on this step needs something read besides."""
        if isinstance(fact, OverBoeking):
            return True
        product = getattr(fact, "product", None)
        if fact.op_toewijzing is not None and not isinstance(fact, ToewijzingAfgegeven):
            allocation = dossier.toewijzing(fact.op_toewijzing)
            product = allocation.product if allocation is not None else None
        return what in rules.benodigd(type(fact).__name__, product)

    def _birth_date(self, fact: Feit, rules: Regeling, dossier: Dossier) -> date | None:
        """The birth date, out of the vault, for a step that a rule of age can judge."""
        known = dossier.persoon.geboortedatum if dossier.persoon is not None else None
        if not isinstance(known, Verzegeld):
            return None
        if not self._needed(fact, rules, dossier, "leest_geboortedatum"):
            return None
        revealed = self._revealed("geboortedatum", known)
        return None if revealed is None else date.fromisoformat(revealed)

    def _person(self, fact: Feit, rules: Regeling, dossier: Dossier) -> dict[str, str]:
        """What rules need of the jeugdige out of the vault; what the step says goes first."""
        found: dict[str, str] = {}
        for name in PERSONAL:
            if not self._needed(fact, rules, dossier, name):
                continue
            told = fact.lees(name)
            if told is AFWEZIG and dossier.persoon is not None:
                told = dossier.persoon.lees(name)
            revealed = self._revealed(name, told) if isinstance(told, Verzegeld) else None
            if revealed is not None:
                found[name] = revealed
        return found

    def _revealed(self, name: str, sealed: Verzegeld) -> str | None:
        found = self.geheimen.get(sealed.zegel) or self.unit.vault.reveal(sealed.zegel)
        if found is None:
            self.gewist.add(name)
        return found

    def _contracts(
        self, fact: Feit, rules: Regeling, dossier: Dossier
    ) -> dict[AanbiederId, OvereenkomstVastgelegd]:
        """What is agreed with the provider of the step, for a rule that looks at it."""
        if not self._needed(fact, rules, dossier, "leest_contract"):
            return {}
        named = fact.lees("aanbieder")
        providers = {AanbiederId(named)} if isinstance(named, str) else set()
        allocation = dossier.toewijzing(fact.op_toewijzing)
        if allocation is not None and allocation.aanbieder is not None:
            providers.add(allocation.aanbieder)
        agreed = {one: self.session.contract(one) for one in sorted(providers)}
        return {one: contract for one, contract in agreed.items() if contract is not None}

    def _family(
        self, fact: Feit, rules: Regeling, dossier: Dossier, counts: Counts | None
    ) -> tuple[Toewijzing, ...]:
        """The allocations of the other jeugdigen of the family."""
        if not self.asks_family(fact, rules, dossier):
            return ()
        youth = getattr(fact, "jeugdige", None)
        if not isinstance(youth, str):
            youth = next((t.jeugdige for t in dossier.toewijzingen.values()), None)
        if youth is None:
            return ()
        return tuple(
            allocation
            for member in self.session.family(JeugdigeRef(youth))
            for allocation in self._known(member, counts).toewijzingen.values()
        )
