"""The command to destroy what is kept of a person."""

from attrs import frozen

from rekenschap.application.commands.base import AFWEZIG, Afwezig, Command
from rekenschap.domain.facts import GegevensGewist
from rekenschap.domain.vocabulary import Wisgrond


@frozen(kw_only=True)
class WisGegevens(Command):
    """Destroy the personal data of one person, and the key they are under; for ever.

    Exactly one of ``jeugdige``, ``gezin`` and ``persoon`` (who acts: an ``Actor``) names the person
    by the host's own id; ``datum`` is the day it was decided. Balances, decisions and history stay,
    about somebody nobody can name any more.
    """

    feit = GegevensGewist

    grond: Wisgrond | str
    jeugdige: str | Afwezig = AFWEZIG
    gezin: str | Afwezig = AFWEZIG
    persoon: str | Afwezig = AFWEZIG
