"""Facts before and around an allocation: an application, a plan, a move, a message, an id."""

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.facts.base import Feit, FeitMetKenmerken, feit, keuze, persons, verzegeld
from rekenschap.domain.facts.toewijzing import OverToewijzing
from rekenschap.domain.identifiers import JeugdigeRef, Keuze, Product, ToewijzingId
from rekenschap.domain.kenmerken import Verzegeld
from rekenschap.domain.vocabulary import Aard


@feit("aanvraag-ingediend")
@frozen(kw_only=True)
class AanvraagIngediend(FeitMetKenmerken):
    """Somebody applies to the gemeente for help."""

    aard = Aard.BESLUIT

    jeugdige: JeugdigeRef
    product: Product | Afwezig = AFWEZIG
    leveringsvorm: Keuze | Afwezig = keuze("leveringsvorm", default=AFWEZIG)

    @property
    def stroom(self) -> str:
        return self.jeugdige


@feit("plan-vastgesteld")
@frozen(kw_only=True)
class PlanVastgesteld(FeitMetKenmerken):
    """A plan for the jeugdige was agreed."""

    aanspraak = False

    jeugdige: JeugdigeRef
    plan: Keuze = keuze("plan")

    @property
    def stroom(self) -> str:
        return self.jeugdige


@feit("woonplaats-gewijzigd")
@frozen(kw_only=True)
class WoonplaatsGewijzigd(Feit):
    """The place that counts for who pays changes."""

    aard = Aard.BESLUIT

    jeugdige: JeugdigeRef
    woonplaats: Verzegeld = verzegeld("tekst")

    @property
    def stroom(self) -> str:
        return self.jeugdige


@feit("toewijzing-aangekondigd")
@frozen(kw_only=True)
class ToewijzingAangekondigd(Feit):
    """An id is kept for a jeugdige, for an allocation that is still to be given.

    So that what happens before it (an urgent start, a request by message) has whom it is about.
    """

    aanspraak = False

    toewijzing: ToewijzingId
    jeugdige: JeugdigeRef

    @property
    def stroom(self) -> str:
        return f"toewijzing/{self.toewijzing}"

    @property
    def verwijzingen_naar(self) -> tuple[str, ...]:
        return persons(self.jeugdige)


@feit("bericht-verzonden")
@frozen(kw_only=True)
class BerichtVerzonden(OverToewijzing):
    """A message about an allocation was sent; it may come before the allocation itself."""

    aanspraak = False

    bericht: Keuze = keuze("bericht")
