"""Commands about the grootboek itself: regelingen, options, prices, contracts, opening balances."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import frozen

from rekenschap.application.commands.base import AFWEZIG, Afwezig, Command, CommandMetKenmerken
from rekenschap.domain.facts import (
    BeginstandOvergenomen,
    OptieGekozen,
    OvereenkomstVastgelegd,
    RegelingIngevoerd,
    TariefVastgesteld,
)
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.vocabulary import Eenheid


@frozen(kw_only=True)
class VoerRegelingIn(Command):
    """Introduce a regeling: its whole text is stored once, by hash.

    ``tekst`` is the name of a regeling that comes with the package, or the YAML of one. ``datum``
    is the day of introduction, on record only: when it is in force is told by the regeling itself.
    """

    feit = RegelingIngevoerd

    tekst: str


@frozen(kw_only=True)
class KiesOptie(Command):
    """Choose a reading that the text of ``regeling`` leaves open, from ``datum`` on."""

    feit = OptieGekozen

    regeling: str
    optie: str
    waarde: Any


@frozen(kw_only=True)
class StelTariefVast(Command):
    """Fix the price of ``product`` per ``eenheid``, for what is delivered from ``datum`` up to and
    including ``tot_en_met`` (None: open)."""

    feit = TariefVastgesteld

    product: str
    eenheid: Eenheid | str
    bedrag: Bedrag | str
    soort: str | Afwezig = AFWEZIG
    tot_en_met: date | None = None


@frozen(kw_only=True)
class LegOvereenkomstVast(CommandMetKenmerken):
    """Record the contract of a provider and the products (``contracten``) it covers."""

    feit = OvereenkomstVastgelegd

    aanbieder: str
    contracten: Sequence[str]


@frozen(kw_only=True)
class NeemBeginstandOver(Command):
    """Take over a running allocation as it stands, from an earlier regeling or another ledger.

    ``regeling`` names the text it was given under; ``verbruikt`` is what was used of it so far, in
    ``eenheid``.
    """

    feit = BeginstandOvergenomen

    toewijzing: str
    jeugdige: str
    regeling: str
    product: str
    ingangsdatum: date
    einddatum: date | None
    volume: Decimal | int | Afwezig = AFWEZIG
    eenheid: Eenheid | str | Afwezig = AFWEZIG
    verbruikt: Decimal | int = 0
    gestart: date | Afwezig = AFWEZIG
    gestopt: date | Afwezig = AFWEZIG
    aanbieder: str | Afwezig = AFWEZIG
    leveringsvorm: str | Afwezig = AFWEZIG
