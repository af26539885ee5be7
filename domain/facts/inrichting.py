"""Facts about the grootboek itself: its regelingen, options, prices and contracts."""

from datetime import date
from decimal import Decimal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.facts.base import (
    GROOTBOEK,
    Feit,
    FeitMetKenmerken,
    feit,
    keuze,
    persons,
)
from rekenschap.domain.identifiers import (
    AanbiederId,
    Code,
    Hash,
    JeugdigeRef,
    Keuze,
    Product,
    RegelingNaam,
    RegelingTekst,
    ToewijzingId,
)
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.vocabulary import Eenheid

Optiewaarde = bool | int | Decimal | date | Code | tuple[Code | date, ...] | None
"""What an option can be set to; a choice is a code."""


@frozen(kw_only=True)
class OverGrootboek(Feit):
    """A fact in the stream of the grootboek."""

    aanspraak = False

    @property
    def stroom(self) -> str:
        return GROOTBOEK


@feit("regeling-ingevoerd")
@frozen(kw_only=True)
class RegelingIngevoerd(OverGrootboek):
    """The whole text of a regeling, once, by hash; its position is when this ledger knew it.

    ``datum`` is the day it was introduced here; it is in force from ``in_werking_op`` up to and
    including ``vervalt_op`` (None: open).
    """

    regeling: RegelingNaam
    hash: Hash
    tekst: RegelingTekst
    bekendgemaakt_op: date | None
    in_werking_op: date
    vervalt_op: date | None


@feit("optie-gekozen")
@frozen(kw_only=True)
class OptieGekozen(OverGrootboek):
    """A reading that the text leaves open is chosen, from ``datum`` on."""

    regeling: RegelingNaam
    optie: Code
    waarde: Optiewaarde


@feit("tarief-vastgesteld")
@frozen(kw_only=True)
class TariefVastgesteld(OverGrootboek):
    """A price per unit for what is delivered from ``datum`` up to ``tot_en_met`` (None: open)."""

    product: Product
    eenheid: Eenheid
    bedrag: Bedrag
    soort: Code | Afwezig = AFWEZIG
    tot_en_met: date | None = None


@feit("overeenkomst-vastgelegd")
@frozen(kw_only=True)
class OvereenkomstVastgelegd(FeitMetKenmerken):
    """The contract of a provider."""

    aanspraak = False

    aanbieder: AanbiederId
    contracten: tuple[Product, ...]

    @property
    def stroom(self) -> str:
        return f"aanbieder/{self.aanbieder}"


@feit("beginstand-overgenomen")
@frozen(kw_only=True)
class BeginstandOvergenomen(Feit):
    """A running allocation is taken over as it stands, from an earlier regeling or ledger.

    ``datum`` is the day of its decision; ``verbruikt`` what was used of it up to now, in
    ``eenheid``. Its own rules are not in this ledger and do not judge it.
    """

    aanspraak = False

    toewijzing: ToewijzingId
    jeugdige: JeugdigeRef
    regeling: RegelingNaam
    product: Product
    ingangsdatum: date
    einddatum: date | None
    volume: Decimal | Afwezig = AFWEZIG
    eenheid: Eenheid | Afwezig = AFWEZIG
    verbruikt: Decimal = Decimal(0)
    gestart: date | Afwezig = AFWEZIG
    gestopt: date | Afwezig = AFWEZIG
    aanbieder: AanbiederId | Afwezig = AFWEZIG
    leveringsvorm: Keuze | Afwezig = keuze("leveringsvorm", default=AFWEZIG)

    @property
    def stroom(self) -> str:
        return f"toewijzing/{self.toewijzing}"

    @property
    def verwijzingen_naar(self) -> tuple[str, ...]:
        provider = f"aanbieder/{self.aanbieder}" if self.aanbieder else None
        return persons(self.jeugdige, provider)
