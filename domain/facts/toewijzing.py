"""Facts about the allocation itself: granted, extended, changed, withdrawn."""

from datetime import date
from decimal import Decimal
from typing import Final

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.facts.base import FeitMetKenmerken, feit, keuze, persons
from rekenschap.domain.identifiers import (
    AanbiederId,
    JeugdigeRef,
    Keuze,
    Product,
    ToewijzingId,
    VerwijzingId,
)
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.vocabulary import Aard, Eenheid, Frequentie


@frozen(kw_only=True)
class OverToewijzing(FeitMetKenmerken):
    """A fact in the stream of one toewijzing."""

    toewijzing: ToewijzingId

    @property
    def stroom(self) -> str:
        return f"toewijzing/{self.toewijzing}"

    @property
    def op_toewijzing(self) -> ToewijzingId | None:
        return self.toewijzing


@feit("toewijzing-afgegeven")
@frozen(kw_only=True)
class ToewijzingAfgegeven(OverToewijzing):
    """The gemeente allocates: a product, a period and a size or budget.

    ``datum`` is the day of the decision. The period includes both days; ``einddatum`` None is an
    open end. Without ``volume`` the size is not bounded.
    """

    aard = Aard.BESLUIT

    jeugdige: JeugdigeRef
    product: Product
    ingangsdatum: date
    einddatum: date | None
    verwijzing: VerwijzingId | Afwezig | None = AFWEZIG
    verwijzer: Keuze | Afwezig | None = keuze("verwijzer", default=AFWEZIG)
    aanbieder: AanbiederId | Afwezig = AFWEZIG
    leveringsvorm: Keuze | Afwezig = keuze("leveringsvorm", default=AFWEZIG)
    volume: Decimal | Afwezig = AFWEZIG
    eenheid: Eenheid | Afwezig = AFWEZIG
    frequentie: Frequentie = Frequentie.TOTAAL
    budget: Bedrag | Afwezig = AFWEZIG
    tarief: Bedrag | Afwezig = AFWEZIG

    @property
    def verwijzingen_naar(self) -> tuple[str, ...]:
        letter = f"verwijzing/{self.verwijzing}" if self.verwijzing else None
        provider = f"aanbieder/{self.aanbieder}" if self.aanbieder else None
        return persons(self.jeugdige, letter, provider)


@feit("toewijzing-gewijzigd")
@frozen(kw_only=True)
class ToewijzingGewijzigd(OverToewijzing):
    """The allocation changes to another product, other than by extension."""

    aard = Aard.BESLUIT

    product: Product | Afwezig = AFWEZIG


VERVANGEN_DOOR: Final = "vervangen_door"
"""The kenmerk of a withdrawal that names the allocation that took the place of this one."""


@feit("toewijzing-ingetrokken")
@frozen(kw_only=True)
class ToewijzingIngetrokken(OverToewijzing):
    """The allocation is withdrawn; from ``datum`` on nothing can be charged to it."""

    aard = Aard.BESLUIT
    neemt_plaats = False

    door: Keuze = keuze("partij")


@feit("verlengd")
@frozen(kw_only=True)
class Verlengd(OverToewijzing):
    """The allocation is extended or raised. Without ``einddatum`` its last day stays; None is an
    open end."""

    aard = Aard.BESLUIT

    einddatum: date | Afwezig | None = AFWEZIG
    extra_volume: Decimal = Decimal(0)
    eenheid: Eenheid | Afwezig = AFWEZIG
    extra_budget: Bedrag | Afwezig = AFWEZIG
    besluit_door: Keuze | Afwezig = keuze("verwijzer", default=AFWEZIG)
