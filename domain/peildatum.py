"""A day on which nothing happens but time passing. It is judged and can never be recorded."""

from attrs import frozen

from rekenschap.domain.facts import OverToewijzing
from rekenschap.domain.identifiers import AanbiederId
from rekenschap.domain.quantities import Bedrag


@frozen(kw_only=True)
class PeildatumBereikt(OverToewijzing):
    """Which signals are open on ``datum``? Not registered as a fact: no append takes it.

    With ``aanbieder`` it asks about a provider as a whole; ``gedeclareerd_totaal`` is what it
    declared this year, where that is known from elsewhere.
    """

    aanbieder: AanbiederId | None = None
    gedeclareerd_totaal: Bedrag | None = None
