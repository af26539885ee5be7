"""Commands before and around an allocation."""

from attrs import frozen

from rekenschap.application.commands.base import AFWEZIG, Afwezig, Command, CommandMetKenmerken
from rekenschap.domain.facts import (
    AanvraagIngediend,
    BerichtVerzonden,
    PlanVastgesteld,
    ToewijzingAangekondigd,
    WoonplaatsGewijzigd,
)


@frozen(kw_only=True)
class DienAanvraagIn(CommandMetKenmerken):
    """Apply to the gemeente for help; ``leveringsvorm`` is how it is wanted."""

    feit = AanvraagIngediend

    jeugdige: str
    product: str | Afwezig = AFWEZIG
    leveringsvorm: str | Afwezig = AFWEZIG


@frozen(kw_only=True)
class StelPlanVast(CommandMetKenmerken):
    """A plan for the jeugdige was agreed on ``datum``; ``plan`` is its kind (list ``plan``)."""

    feit = PlanVastgesteld

    jeugdige: str
    plan: str


@frozen(kw_only=True)
class WijzigWoonplaats(Command):
    """The place that counts for who pays changes; it goes to the vault."""

    feit = WoonplaatsGewijzigd

    jeugdige: str
    woonplaats: str


@frozen(kw_only=True)
class KondigToewijzingAan(Command):
    """Keep an id for a jeugdige: the allocation itself is given later.

    Needed where something happens before it: an urgent start of care, or a message.
    """

    feit = ToewijzingAangekondigd

    toewijzing: str
    jeugdige: str


@frozen(kw_only=True)
class MeldBericht(CommandMetKenmerken):
    """A message about an allocation was sent on ``datum``; ``bericht`` says which (a list)."""

    feit = BerichtVerzonden

    toewijzing: str
    bericht: str
