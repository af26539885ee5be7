"""Facts about an objection (bezwaar) against a decision."""

from decimal import Decimal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.facts.base import feit
from rekenschap.domain.facts.toewijzing import OverToewijzing
from rekenschap.domain.vocabulary import Aard, Eenheid


@feit("bezwaar-ingediend")
@frozen(kw_only=True)
class BezwaarIngediend(OverToewijzing):
    """Somebody objects to the decision about an allocation."""

    aanspraak = False


@feit("bezwaar-beslist")
@frozen(kw_only=True)
class BezwaarBeslist(OverToewijzing):
    """The decision on an objection. A ``volume`` that is named replaces the size as it stood."""

    aard = Aard.BESLUIT

    volume: Decimal | Afwezig = AFWEZIG
    eenheid: Eenheid | Afwezig = AFWEZIG
