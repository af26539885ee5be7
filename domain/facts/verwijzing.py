"""Facts about referrals and the contact around them."""

from datetime import date

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.facts.base import FeitMetKenmerken, feit, keuze, persons
from rekenschap.domain.identifiers import JeugdigeRef, Keuze, Product, VerwijzingId


@feit("verwijzing-ontvangen")
@frozen(kw_only=True)
class VerwijzingOntvangen(FeitMetKenmerken):
    """A referral came in. ``afgiftedatum`` is the date on the letter."""

    neemt_plaats = False

    verwijzing: VerwijzingId
    jeugdige: JeugdigeRef
    verwijzer: Keuze = keuze("verwijzer")
    afgiftedatum: date | Afwezig = AFWEZIG
    product: Product | Afwezig = AFWEZIG

    @property
    def stroom(self) -> str:
        return f"verwijzing/{self.verwijzing}"

    @property
    def verwijzingen_naar(self) -> tuple[str, ...]:
        return persons(self.jeugdige)


@feit("contact-vastgelegd")
@frozen(kw_only=True)
class ContactVastgelegd(FeitMetKenmerken):
    """Contact or consultation took place, about a referral or about a jeugdige."""

    aanspraak = False

    met: Keuze = keuze("partij")
    onderwerp: Keuze = keuze("onderwerp_contact")
    verwijzing: VerwijzingId | Afwezig = AFWEZIG
    jeugdige: JeugdigeRef | Afwezig = AFWEZIG

    @property
    def stroom(self) -> str:
        if self.verwijzing is not AFWEZIG:
            return f"verwijzing/{self.verwijzing}"
        return str(self.jeugdige)

    @property
    def verwijzingen_naar(self) -> tuple[str, ...]:
        return persons(self.jeugdige)
