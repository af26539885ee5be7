"""Commands about referrals and contact."""

from datetime import date

from attrs import frozen

from rekenschap.application.commands.base import AFWEZIG, Afwezig, CommandMetKenmerken
from rekenschap.domain.facts import ContactVastgelegd, VerwijzingOntvangen


@frozen(kw_only=True)
class OntvangVerwijzing(CommandMetKenmerken):
    """A referral came in.

    ``verwijzing`` is the caller's id of the letter; ``jeugdige`` the host's id of the youth;
    ``verwijzer`` a value of the list of that name; ``afgiftedatum`` the date on the letter, from
    which the start window runs; ``product`` what is referred for, if the letter says.
    """

    feit = VerwijzingOntvangen

    verwijzing: str
    jeugdige: str
    verwijzer: str
    afgiftedatum: date | Afwezig = AFWEZIG
    product: str | Afwezig = AFWEZIG


@frozen(kw_only=True)
class LegContactVast(CommandMetKenmerken):
    """Contact or consultation took place, about a ``verwijzing`` or else a ``jeugdige``.

    ``met`` is a party (list ``partij``), ``onderwerp`` a subject (list ``onderwerp_contact``).
    """

    feit = ContactVastgelegd

    met: str
    onderwerp: str
    verwijzing: str | Afwezig = AFWEZIG
    jeugdige: str | Afwezig = AFWEZIG
