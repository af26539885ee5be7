"""Commands about the allocation itself. Their answers are decisions (Awb 1:3)."""

from datetime import date
from decimal import Decimal

from attrs import frozen

from rekenschap.application.commands.base import AFWEZIG, Afwezig, CommandMetKenmerken
from rekenschap.domain.facts import (
    ToewijzingAfgegeven,
    ToewijzingGewijzigd,
    ToewijzingIngetrokken,
    Verlengd,
)
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.vocabulary import Eenheid, Frequentie


@frozen(kw_only=True)
class GeefToewijzingAf(CommandMetKenmerken):
    """Allocate a product to a jeugdige.

    ``datum`` is the day of the decision; ``ingangsdatum`` and ``einddatum`` are both included,
    ``einddatum`` None is an open end. ``volume`` is the size in ``eenheid`` over ``frequentie``
    (left out: not bounded); ``budget`` an amount that bounds it in money; ``tarief`` an agreed
    price per unit. ``verwijzing`` None says that there is no referral; ``verwijzer`` is who
    referred when there is no separate referral.
    """

    feit = ToewijzingAfgegeven

    toewijzing: str
    jeugdige: str
    product: str
    ingangsdatum: date
    einddatum: date | None
    verwijzing: str | Afwezig | None = AFWEZIG
    verwijzer: str | Afwezig | None = AFWEZIG
    aanbieder: str | Afwezig = AFWEZIG
    leveringsvorm: str | Afwezig = AFWEZIG
    volume: Decimal | int | Afwezig = AFWEZIG
    eenheid: Eenheid | str | Afwezig = AFWEZIG
    frequentie: Frequentie | str = Frequentie.TOTAAL
    budget: Bedrag | str | Afwezig = AFWEZIG
    tarief: Bedrag | str | Afwezig = AFWEZIG


@frozen(kw_only=True)
class WijzigToewijzing(CommandMetKenmerken):
    """Change the allocation to another ``product``, other than by extension."""

    feit = ToewijzingGewijzigd

    toewijzing: str
    product: str | Afwezig = AFWEZIG


@frozen(kw_only=True)
class TrekToewijzingIn(CommandMetKenmerken):
    """Withdraw the allocation: from ``datum`` on nothing can be charged. ``door``: who does."""

    feit = ToewijzingIngetrokken

    toewijzing: str
    door: str


@frozen(kw_only=True)
class Verleng(CommandMetKenmerken):
    """Extend or raise the allocation.

    ``einddatum`` is the new last day, included (left out: it stays; None: an open end);
    ``extra_volume`` what is added, in ``eenheid`` (left out: that of the allocation);
    ``extra_budget`` money that is added;
    ``besluit_door`` who decided or judged (list ``verwijzer``).
    """

    feit = Verlengd

    toewijzing: str
    einddatum: date | Afwezig | None = AFWEZIG
    extra_volume: Decimal | int = 0
    eenheid: Eenheid | str | Afwezig = AFWEZIG
    extra_budget: Bedrag | str | Afwezig = AFWEZIG
    besluit_door: str | Afwezig = AFWEZIG
