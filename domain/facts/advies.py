"""Facts about advice that a referrer asks for."""

from attrs import frozen

from rekenschap.domain.facts.base import FeitMetKenmerken, feit, keuze
from rekenschap.domain.identifiers import AdviesId, Keuze


@frozen(kw_only=True)
class OverAdvies(FeitMetKenmerken):
    """A fact in the stream of one request for advice."""

    advies: AdviesId

    @property
    def stroom(self) -> str:
        return f"advies/{self.advies}"


@feit("advies-gevraagd")
@frozen(kw_only=True)
class AdviesGevraagd(OverAdvies):
    """A referrer asks for advice."""

    neemt_plaats = False

    verwijzer: Keuze = keuze("verwijzer")
    vorm: Keuze = keuze("vorm_advies")


@feit("advies-uitgebracht")
@frozen(kw_only=True)
class AdviesUitgebracht(OverAdvies):
    """The advice was given."""
