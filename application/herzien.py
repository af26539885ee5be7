"""Which decisions of a dossier would be different by what is known now, wherever it was told."""

from collections.abc import Iterator

from attrs import evolve, field, frozen

from rekenschap.application.dossiers import Session
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.regelingen import HUISREGELS, Bibliotheek
from rekenschap.application.surroundings import Surroundings
from rekenschap.domain.decide import Situatie
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.facts import RegelingIngevoerd, ToewijzingAfgegeven
from rekenschap.domain.herziening import Besluit, Herziening, reconsidered, reconsidered_one
from rekenschap.domain.identifiers import Product
from rekenschap.domain.inrichting import Inrichting
from rekenschap.domain.regeling import Regeling


@frozen
class Herzien:
    """Judges decisions again inside one unit of work, under the rules they were judged under."""

    unit: UnitOfWork
    session: Session
    library: Bibliotheek
    _configured: dict[int, Inrichting] = field(factory=dict)

    def of(self, dossier: Dossier) -> Iterator[Herziening]:
        """The decisions of one dossier that would be different."""

        def elsewhere(one: Besluit) -> bool:
            return self._elsewhere(one, dossier)

        yield from reconsidered(dossier.boekingen, self._situation, elsewhere)

    def een(self, dossier: Dossier, position: int) -> Herziening | None:
        """One decision judged again, whether or not it would be different; None when it stands no
        more. Raises Incorrect when it can no longer be asked."""
        return reconsidered_one(dossier.boekingen, position, self._situation)

    def _situation(self, one: Besluit, known: Dossier) -> Situatie:
        rules, *house = self._rules(one, known)
        return self._surroundings(tuple(house)).situation(
            one.stap,
            known,
            rules,
            moment=one.door.geregistreerd_op,
            position=one.positie,
            role=one.door.melder.rol,
            counts=one.telt,
        )

    def _surroundings(self, house: tuple[Regeling, ...]) -> Surroundings:
        return Surroundings(self.unit, self.session, house)

    def _rules(self, one: Besluit, known: Dossier) -> tuple[Regeling, ...]:
        """The versions the decision names; on what was taken over only what says so."""
        allocation = known.toewijzing(one.stap.op_toewijzing)
        receipt = one.door.beslissing.bon
        if receipt is None or not receipt.regelingen:
            rules = self.library.voor(one.stap, known, allocation).versie
            return (rules, *self.library.huisregels)
        rules, *house = (self.library.op_hash[digest] for digest in receipt.regelingen)
        if rules.soort == HUISREGELS:  # of a person or provider: no regeling judged it
            return (evolve(rules, regels=()), rules, *house)
        return (self.library.beperkt(rules, known, allocation), *house)

    def _elsewhere(self, one: Besluit, dossier: Dossier) -> bool:
        """Whether the configuration or another jeugdige changed what this decision rests on."""
        rules = self._rules(one, dossier)[0]
        around = self._surroundings(())
        if self._reads_otherwise(one, rules, dossier) or around.asks_family(
            one.stap, rules, dossier
        ):
            return True
        return any(
            one.kan_anders(self.session.dossier(other).dossier.boekingen)
            for other in around.others_in_conversation(one.stap)
        )

    def _reads_otherwise(self, one: Besluit, rules: Regeling, dossier: Dossier) -> bool:
        """Whether an option reads otherwise on its day than it did, or a price is another."""
        now = self.session.configuration()
        count = sum(1 for entry in now.boekingen if entry.positie < one.door.positie)
        later = now.boekingen[count:]
        if all(isinstance(entry.feit, RegelingIngevoerd) for entry in later):
            return False
        if count not in self._configured:
            self._configured[count] = Inrichting().met(now.boekingen[:count])
        then, day = self._configured[count], one.stap.datum
        if any(
            then.optie(rules.naam, o, day) != now.optie(rules.naam, o, day) for o in rules.opties
        ):
            return True
        products = _products(one, dossier)
        return [t for t in then.tarieven if t.product in products] != [
            t for t in now.tarieven if t.product in products
        ]


def _products(one: Besluit, dossier: Dossier) -> set[Product]:
    """Every product the allocation of a decision ever had."""
    found: set[Product] = set()
    if isinstance(one.stap, ToewijzingAfgegeven):
        found.add(one.stap.product)
    allocation = dossier.toewijzing(one.stap.op_toewijzing)
    if allocation is not None:
        changes = (product for _, product in allocation.wijzigingen)
        found.update((allocation.product, allocation.afgifte.product, *changes))
    return found
