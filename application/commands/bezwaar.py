"""Commands about an objection (bezwaar)."""

from decimal import Decimal

from attrs import frozen

from rekenschap.application.commands.base import AFWEZIG, Afwezig, CommandMetKenmerken
from rekenschap.domain.facts import BezwaarBeslist, BezwaarIngediend
from rekenschap.domain.vocabulary import Eenheid


@frozen(kw_only=True)
class DienBezwaarIn(CommandMetKenmerken):
    """Somebody objects, on ``datum``, to the decision about an allocation."""

    feit = BezwaarIngediend

    toewijzing: str


@frozen(kw_only=True)
class BeslisBezwaar(CommandMetKenmerken):
    """Decide on an objection; ``volume`` in ``eenheid`` replaces the size as it stood."""

    feit = BezwaarBeslist

    toewijzing: str
    volume: Decimal | int | Afwezig = AFWEZIG
    eenheid: Eenheid | str | Afwezig = AFWEZIG
