"""Facts about money: what is declared, what is paid, and what is asked of the family."""

from decimal import Decimal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.facts.base import feit, keuze
from rekenschap.domain.facts.toewijzing import OverToewijzing
from rekenschap.domain.identifiers import FactuurId, Keuze, Maand, Product
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.vocabulary import Aard, Eenheid


@feit("gedeclareerd")
@frozen(kw_only=True)
class Gedeclareerd(OverToewijzing):
    """The provider declares: one line. ``bedrag`` is negative where it credits.

    ``product`` is what is declared, where that is another than the allocation's; ``periode`` the
    month of the care.
    """

    soort: Keuze = keuze("soort_declaratie")
    product: Product | Afwezig = AFWEZIG
    periode: Maand | Afwezig = AFWEZIG
    aantal: Decimal | Afwezig = AFWEZIG
    eenheid: Eenheid | Afwezig = AFWEZIG
    bedrag: Bedrag | Afwezig = AFWEZIG
    factuur: FactuurId | Afwezig = AFWEZIG


@feit("betaald")
@frozen(kw_only=True)
class Betaald(OverToewijzing):
    """A declaration was paid, or an amount out of a personal budget. ``via`` is who paid."""

    bedrag: Bedrag
    via: Keuze = keuze("partij")
    aantal: Decimal | Afwezig = AFWEZIG
    eenheid: Eenheid | Afwezig = AFWEZIG


@feit("eigen-bijdrage-opgelegd")
@frozen(kw_only=True)
class EigenBijdrageOpgelegd(OverToewijzing):
    """The family is asked to pay a share: ``bedrag`` over ``maanden`` months together."""

    aard = Aard.BESLUIT

    bedrag: Bedrag
    maanden: int
