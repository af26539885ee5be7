"""From a request to what is decided on it: read, pick the version, decide. Records nothing."""

from datetime import datetime

from attrs import frozen

from rekenschap.application.dossiers import Gelezen, Introducing, Session
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.regelingen import Bibliotheek
from rekenschap.application.requests import Verzoek
from rekenschap.application.surroundings import Surroundings
from rekenschap.domain.boeking import Melder
from rekenschap.domain.decide import Situatie, Uitspraak, decide_step
from rekenschap.domain.decide_about import decide_about
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.facts import (
    Feit,
    GegevensGewist,
    GezinVastgelegd,
    JeugdigeVastgelegd,
    OverBoeking,
    OvereenkomstVastgelegd,
    RegelingIngevoerd,
    ToewijzingAangekondigd,
    ToewijzingAfgegeven,
    ToewijzingGewijzigd,
    VerwijzingOntvangen,
)
from rekenschap.domain.facts.inrichting import OverGrootboek
from rekenschap.domain.identifiers import Code
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.verdicts import Beslissing
from rekenschap.domain.versions import Versiekeuze
from rekenschap.domain.vocabulary import Uitkomst
from rekenschap.domain.wissen import decide_erasure


@frozen(kw_only=True)
class Besloten:
    """What was decided on a request, before anything is recorded.

    ``gewist`` are the fields of the vault that a rule asked for in vain: they were erased.
    """

    uitspraken: tuple[Uitspraak, ...]
    sleutel: str | None
    regelingen: tuple[Regeling, ...]
    gelezen: Gelezen | None
    gewist: frozenset[str] = frozenset()


NAMING_A_PRODUCT = ToewijzingAfgegeven | ToewijzingGewijzigd | VerwijzingOntvangen
PERSONS = (
    JeugdigeVastgelegd
    | GezinVastgelegd
    | OvereenkomstVastgelegd
    | ToewijzingAangekondigd
    | GegevensGewist
)
"""Facts about persons and providers: no regeling judges them, so none needs to be there."""


@frozen
class Decider:
    """Decides on requests inside one unit of work."""

    unit: UnitOfWork
    session: Session
    library: Bibliotheek

    def decide(self, request: Verzoek, melder: Melder, moment: datetime) -> Besloten:
        """What becomes of a request at a moment. Raises Incorrect for an impossible fact."""
        fact = request.feit
        if isinstance(fact, OverGrootboek):
            return self._configured(fact, melder, moment)
        key = self._key(request)
        read = self.session.dossier(key) if key else Gelezen(verwijzing="")
        chosen = self._rules(fact, request, read)
        rules = chosen.versie
        if isinstance(fact, NAMING_A_PRODUCT) and fact.product:
            rules.check_product(fact.product)
        surroundings = Surroundings(
            self.unit, self.session, self.library.huisregels, request.geheimen
        )
        situation = surroundings.situation(
            fact,
            read.dossier,
            rules,
            moment=moment,
            position=self.unit.log.head().position + 1,
            role=melder.rol,
            version_open=chosen.open,
        )
        if self._taken_elsewhere(fact):
            taken = Beslissing(Uitkomst.GEWEIGERD, gronden=(_taken(fact),))
            said: tuple[Uitspraak, ...] = (Uitspraak(fact, taken),)
        elif isinstance(fact, GegevensGewist):
            said = decide_erasure(situation, fact)
        elif isinstance(fact, OverBoeking):
            said = decide_about(situation, fact)
        else:
            said = decide_step(situation, fact)
        return Besloten(
            uitspraken=said,
            sleutel=key,
            regelingen=(rules, *self.library.huisregels),
            gelezen=read,
            gewist=frozenset(surroundings.gewist),
        )

    def _configured(self, fact: OverGrootboek, melder: Melder, moment: datetime) -> Besloten:
        """Configuration is recorded as it is given, by whom the house rules let.

        The same text of a regeling is not recorded twice.
        """
        settings = self.session.configuration()
        house = self.library.huisregels
        self.library.check(fact)
        said = Uitspraak(fact, Beslissing.GEEN)
        if house:
            situation = Situatie(
                dossier=Dossier(),
                inrichting=settings,
                regeling=house[0],
                huisregels=house[1:],
                moment=moment,
                positie=self.unit.log.head().position + 1,
                rol=melder.rol,
            )
            (said,) = decide_step(situation, fact)
        known = any(
            isinstance(fact, RegelingIngevoerd) and r.hash == fact.hash for r in settings.regelingen
        )
        if known:
            said = Uitspraak(
                fact, Beslissing(Uitkomst.GEWEIGERD, gronden=(Code("regeling_bekend"),))
            )
        return Besloten(uitspraken=(said,), sleutel=None, regelingen=house, gelezen=None)

    def _key(self, request: Verzoek) -> str | None:
        """What the dossier of a request is read by: its jeugdige, or its own stream."""
        fact = request.feit
        if request.betreft is not None:
            return self.session.subject(request.betreft)
        if isinstance(fact, OverBoeking):
            return None
        if isinstance(fact, GegevensGewist):
            return fact.betrokkene or None
        own = getattr(fact, "jeugdige", None)
        if isinstance(own, str):
            return own
        kind = fact.stroom.partition("/")[0]
        if kind in ("toewijzing", "verwijzing"):
            return self.session.owner(fact.stroom)
        return fact.stroom if kind == "advies" else None

    def _rules(self, fact: Feit, request: Verzoek, read: Gelezen) -> Versiekeuze[Regeling]:
        """The version that governs: of the allocation, or by transitional law another."""
        about = fact
        if request.betreft is not None and isinstance(fact, OverBoeking):
            about = request.betreft.feit
        if isinstance(about, PERSONS):
            return Versiekeuze(self.library.zonder_regels)
        allocation = None
        if not isinstance(about, ToewijzingAfgegeven):
            allocation = read.dossier.toewijzing(about.op_toewijzing)
        return self.library.voor(about, read.dossier, allocation)

    def _taken_elsewhere(self, fact: Feit) -> bool:
        """Whether a toewijzing or verwijzing of another jeugdige has this id already."""
        if not isinstance(fact, Introducing):
            return False
        entry = self.session.introduced(fact.stroom)
        if entry is None or entry.beslissing.uitkomst is Uitkomst.GEWEIGERD:
            return False
        return isinstance(entry.feit, Introducing) and entry.feit.jeugdige != fact.jeugdige


def _taken(fact: Feit) -> Code:
    return Code(f"{fact.stroom.partition('/')[0]}_bestaat_al")
