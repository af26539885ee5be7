"""Commands about money."""

from decimal import Decimal

from attrs import frozen

from rekenschap.application.commands.base import AFWEZIG, Afwezig, CommandMetKenmerken
from rekenschap.domain.facts import Betaald, EigenBijdrageOpgelegd, Gedeclareerd
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.vocabulary import Eenheid


@frozen(kw_only=True)
class Declareer(CommandMetKenmerken):
    """Declare one line on an allocation.

    ``soort`` is a value of the list ``soort_declaratie``, ``periode`` the month of the care
    (YYYY-MM), ``aantal`` how much in ``eenheid``, ``bedrag`` the amount, negative where it
    credits. ``product`` is what is declared where that is another than the allocation's, and
    ``factuur`` the invoice the line is on.
    """

    feit = Gedeclareerd

    toewijzing: str
    soort: str
    product: str | Afwezig = AFWEZIG
    periode: str | Afwezig = AFWEZIG
    aantal: Decimal | int | Afwezig = AFWEZIG
    eenheid: Eenheid | str | Afwezig = AFWEZIG
    bedrag: Bedrag | str | Afwezig = AFWEZIG
    factuur: str | Afwezig = AFWEZIG


@frozen(kw_only=True)
class Betaal(CommandMetKenmerken):
    """An amount was paid on ``datum``: of a declaration, or out of a personal budget.

    ``via`` is who paid: the gemeente or the svb.
    """

    feit = Betaald

    toewijzing: str
    bedrag: Bedrag | str
    via: str
    aantal: Decimal | int | Afwezig = AFWEZIG
    eenheid: Eenheid | str | Afwezig = AFWEZIG


@frozen(kw_only=True)
class LegEigenBijdrageOp(CommandMetKenmerken):
    """Ask the family to pay ``bedrag`` over ``maanden`` months together."""

    feit = EigenBijdrageOpgelegd

    toewijzing: str
    bedrag: Bedrag | str
    maanden: int
