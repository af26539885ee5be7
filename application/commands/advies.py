"""Commands about advice that a referrer asks for."""

from attrs import frozen

from rekenschap.application.commands.base import CommandMetKenmerken
from rekenschap.domain.facts import AdviesGevraagd, AdviesUitgebracht


@frozen(kw_only=True)
class VraagAdvies(CommandMetKenmerken):
    """A referrer (list ``verwijzer``) asks for advice in a ``vorm`` (list ``vorm_advies``)."""

    feit = AdviesGevraagd

    advies: str
    verwijzer: str
    vorm: str


@frozen(kw_only=True)
class BrengAdviesUit(CommandMetKenmerken):
    """The advice was given on ``datum``."""

    feit = AdviesUitgebracht

    advies: str
