"""Commands about persons and families. What identifies them goes to the vault."""

from collections.abc import Sequence
from datetime import date

from attrs import frozen

from rekenschap.application.commands.base import AFWEZIG, Afwezig, Command
from rekenschap.domain.facts import GezinVastgelegd, JeugdigeVastgelegd


@frozen(kw_only=True)
class LegJeugdigeVast(Command):
    """Record what is known of a jeugdige; a later one replaces only what it names.

    ``jeugdige`` and ``gezin`` are the host's own ids.
    """

    feit = JeugdigeVastgelegd

    jeugdige: str
    geboortedatum: date | Afwezig | None = AFWEZIG
    gezin: str | Afwezig | None = AFWEZIG
    woonplaats: str | Afwezig | None = AFWEZIG
    regio: str | Afwezig | None = AFWEZIG


@frozen(kw_only=True)
class LegGezinVast(Command):
    """Record which jeugdigen (``leden``, host's ids) belong to a family from ``datum`` on."""

    feit = GezinVastgelegd

    gezin: str
    leden: Sequence[str]
