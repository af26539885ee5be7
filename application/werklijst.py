"""Work lists: what somebody should look at, as of any day. Computed from what is known."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from rekenschap.application.dossiers import Session
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.application.surroundings import Surroundings
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.decide import Situatie, judged
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.facts import Feit, OverToewijzing, TenLasteGebracht
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.herziening import reconsidered
from rekenschap.domain.identifiers import Code, VerwijzingId
from rekenschap.domain.peildatum import PeildatumBereikt
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.rules.termijnen import StartTermijn
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import Beslissing
from rekenschap.domain.vocabulary import Rol

NEAR_END = timedelta(days=30)
NEARLY_USED = Decimal("0.9")


class SoortWerk(StrEnum):
    """The work lists."""

    SIGNAAL = "signaal"
    VERWIJZING_VERLOOPT = "verwijzing_verloopt"
    BIJNA_OP = "bijna_op"
    LOOPT_AF = "loopt_af"
    WACHT_OP_GOEDKEURING = "wacht_op_goedkeuring"
    TE_HERZIEN = "te_herzien"


@frozen(kw_only=True)
class Werk:
    """One thing to look at. ``uiterlijk`` is the day it is due, where there is one.

    ``regels`` are the rules it is about. For ``te_herzien`` ``toen`` is the answer that was given
    and ``nu`` the one it would have by what is known now; ``beslissing`` is its reference.
    """

    soort: SoortWerk
    jeugdige: str | None
    toewijzing: str | None
    regels: tuple[str, ...] = ()
    uiterlijk: date | None = None
    beslissing: str | None = None
    toen: Beslissing | None = None
    nu: Beslissing | None = None


@frozen
class Werklijst:
    """Makes the work lists of one jeugdige inside one unit of work."""

    grootboek: str
    unit: UnitOfWork
    session: Session
    library: Bibliotheek

    def of(self, reference: str, day: date) -> Iterator[Werk]:
        """Everything to look at for one jeugdige, as of a day."""
        dossier = self.session.dossier(reference).dossier
        youth = self.unit.vault.host_id(reference)
        for allocation in dossier.toewijzingen.values():
            yield from self._signals(dossier, allocation, day, youth)
            yield from self._lapsing(dossier, allocation, day, youth)
            yield from _near_its_end(allocation, day, youth)
        for entry in dossier.wachtend.values():
            asked = tuple(o.regel for o in entry.beslissing.oordelen)
            yield Werk(
                soort=SoortWerk.WACHT_OP_GOEDKEURING,
                jeugdige=youth,
                toewijzing=_allocation(entry),
                regels=asked,
                beslissing=f"{self.grootboek}/{entry.positie}",
            )
        yield from self._to_reconsider(dossier, youth)

    def _signals(
        self, dossier: Dossier, allocation: Toewijzing, day: date, youth: str | None
    ) -> Iterator[Werk]:
        step = PeildatumBereikt(datum=day, toewijzing=allocation.id)
        situation = self._surroundings().situation(
            step,
            dossier,
            self.library.van(dossier, allocation, day),
            moment=self.unit.log.moment(),
            position=self.unit.log.head().position + 1,
            role=Rol.BEHEERDER,
        )
        for verdict in judged(situation, step).oordelen:
            due = verdict.vergeleken.get(Code("uiterlijk"))
            yield Werk(
                soort=SoortWerk.SIGNAAL,
                jeugdige=youth,
                toewijzing=allocation.id,
                regels=(verdict.regel,),
                uiterlijk=due if isinstance(due, date) else None,
            )

    def _lapsing(
        self, dossier: Dossier, allocation: Toewijzing, day: date, youth: str | None
    ) -> Iterator[Werk]:
        """A referral on which care has not started and soon cannot."""
        named = allocation.lees("verwijzing")
        known = VerwijzingId(named) if isinstance(named, str) else None
        letter = dossier.verwijzingen.get(known) if known is not None else None
        issued = letter.afgiftedatum if letter is not None else None
        started = allocation.gestart is not None and allocation.gestart <= day
        runs = allocation.looptijd
        ended = runs is None or (runs.tot_en_met is not None and runs.tot_en_met < day)
        if letter is None or not isinstance(issued, date) or started or ended:
            return
        rules = self.library.van(dossier, allocation, day)
        for rule, application in rules.toepassingen("ZorgGestart", allocation.product):
            condition = application.als.get("verwijzer")
            if condition is not None and not condition.holds(letter.verwijzer):
                continue
            if isinstance(application.soort, StartTermijn):
                last = application.soort.laatste_dag(issued, self._reading(rules, day))
                if last - NEAR_END <= day:
                    yield Werk(
                        soort=SoortWerk.VERWIJZING_VERLOOPT,
                        jeugdige=youth,
                        toewijzing=allocation.id,
                        regels=(rule.id,),
                        uiterlijk=last,
                    )

    def _reading(self, rules: Regeling, day: date) -> Callable[[str], Optiewaarde]:
        """How an option of a regeling reads on a day."""
        settings = self.session.configuration()

        def chosen(name: str) -> Optiewaarde:
            value = settings.optie(rules.naam, name, day)
            return rules.opties[Code(name)].standaard if value is AFWEZIG else value

        return chosen

    def _to_reconsider(self, dossier: Dossier, youth: str | None) -> Iterator[Werk]:
        def situation(entry: Boeking, fact: Feit, known: Dossier) -> Situatie:
            receipt = entry.beslissing.bon
            allocation = None
            if isinstance(fact, OverToewijzing):
                allocation = known.toewijzingen.get(fact.toewijzing)
            rules = self.library.voor(fact, known, allocation).versie
            if receipt is not None:
                rules = self.library.op_hash[receipt.regelingen[0]]
            claimed = entry.feit.betreft if isinstance(entry.feit, TenLasteGebracht) else None
            return self._surroundings().situation(
                fact,
                known,
                rules,
                moment=entry.geregistreerd_op,
                position=entry.positie if claimed is None else claimed,
                role=entry.melder.rol,
                known_before=entry.positie,
            )

        for one in reconsidered(dossier.boekingen, situation):
            yield Werk(
                soort=SoortWerk.TE_HERZIEN,
                jeugdige=youth,
                toewijzing=_allocation(one.boeking),
                regels=tuple(dict.fromkeys((*one.toen.regels, *one.nu.regels))),
                beslissing=f"{self.grootboek}/{one.boeking.positie}",
                toen=one.toen,
                nu=one.nu,
            )

    def _surroundings(self) -> Surroundings:
        return Surroundings(self.unit, self.session, self.library.huisregels)


def _near_its_end(allocation: Toewijzing, day: date, youth: str | None) -> Iterator[Werk]:
    """Nearly used up, or near its last day; what is dated after the day does not count yet."""
    runs = allocation.looptijd
    if runs is None or day not in runs:
        return
    used = sum((c.aantal for c in allocation.lasten if c.feit.datum <= day), Decimal(0))
    if allocation.omvang and used >= allocation.omvang * NEARLY_USED:
        yield Werk(soort=SoortWerk.BIJNA_OP, jeugdige=youth, toewijzing=allocation.id)
    last = allocation.einddatum
    if last is not None and last - NEAR_END <= day:
        yield Werk(
            soort=SoortWerk.LOOPT_AF, jeugdige=youth, toewijzing=allocation.id, uiterlijk=last
        )


def _allocation(entry: Boeking) -> str | None:
    return entry.feit.toewijzing if isinstance(entry.feit, OverToewijzing) else None
