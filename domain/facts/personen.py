"""Facts about persons and families. What identifies them lies in the vault."""

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.facts.base import Feit, feit, persons, verzegeld
from rekenschap.domain.identifiers import GezinRef, JeugdigeRef
from rekenschap.domain.kenmerken import Verzegeld


@feit("jeugdige-vastgelegd")
@frozen(kw_only=True)
class JeugdigeVastgelegd(Feit):
    """What is known of a jeugdige. A later one adds to it and replaces only what it names."""

    aanspraak = False

    jeugdige: JeugdigeRef
    geboortedatum: Verzegeld | Afwezig | None = verzegeld("datum", default=AFWEZIG)
    gezin: GezinRef | Afwezig | None = AFWEZIG
    woonplaats: Verzegeld | Afwezig | None = verzegeld("tekst", default=AFWEZIG)
    regio: Verzegeld | Afwezig | None = verzegeld("tekst", default=AFWEZIG)

    @property
    def stroom(self) -> str:
        return self.jeugdige

    @property
    def verwijzingen_naar(self) -> tuple[str, ...]:
        return persons(self.gezin)


@feit("gezin-vastgelegd")
@frozen(kw_only=True)
class GezinVastgelegd(Feit):
    """Which jeugdigen belong to a family, from ``datum`` on."""

    aanspraak = False

    gezin: GezinRef
    leden: tuple[JeugdigeRef, ...]

    @property
    def stroom(self) -> str:
        return self.gezin

    @property
    def verwijzingen_naar(self) -> tuple[str, ...]:
        return self.leden
