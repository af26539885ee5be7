"""The fact that somebody's personal data were destroyed."""

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.facts.base import GROOTBOEK, Feit, feit
from rekenschap.domain.identifiers import BetrokkeneRef
from rekenschap.domain.vocabulary import Aard, Wisgrond


@feit("gegevens-gewist")
@frozen(kw_only=True)
class GegevensGewist(Feit):
    """What the vault held of one person was destroyed, with the key; nothing brings it back.

    ``betrokkene`` is the reference that the rest of the log names that person by; absent where
    nobody was known by the id that was given, and so there was nothing to erase.
    """

    aard = Aard.BESLUIT

    betrokkene: BetrokkeneRef | Afwezig = AFWEZIG
    grond: Wisgrond

    @property
    def stroom(self) -> str:
        return GROOTBOEK if isinstance(self.betrokkene, Afwezig) else self.betrokkene

    @property
    def verwijzingen_naar(self) -> tuple[str, ...]:
        """The grootboek too: all erasures are found by it, without reading the whole log."""
        return (GROOTBOEK,)
