"""A day on which nothing happens but time passing. It is judged and can never be recorded."""

from attrs import frozen

from rekenschap.domain.facts import OverToewijzing


@frozen(kw_only=True)
class PeildatumBereikt(OverToewijzing):
    """Which signals are open on ``datum``? Not registered as a fact: no append takes it."""
