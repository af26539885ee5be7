"""Facts about other facts: what becomes of a pending request, and corrections.

``betreft`` is the position of the record they are about.
"""

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.facts.base import Feit, feit, keuze, verzegeld, wijst_naar
from rekenschap.domain.identifiers import Code, Keuze, Stroom
from rekenschap.domain.kenmerken import Verzegeld
from rekenschap.domain.vocabulary import Aard


@frozen(kw_only=True)
class OverBoeking(Feit):
    """A fact about an earlier record; it lies in the stream of that record."""

    betreft: int = wijst_naar()
    bij: Stroom
    """The stream of the record it is about."""

    @property
    def stroom(self) -> str:
        return self.bij


@feit("goedkeuring-verleend")
@frozen(kw_only=True)
class GoedkeuringVerleend(OverBoeking):
    """Somebody approves a pending request; from here on it counts, on its own dates."""

    aard = Aard.BESLUIT

    door: Keuze = keuze("partij")
    motivering: Verzegeld | Afwezig = verzegeld("woorden", default=AFWEZIG)


@feit("goedkeuring-geweigerd")
@frozen(kw_only=True)
class GoedkeuringGeweigerd(OverBoeking):
    """Somebody turns a pending request down."""

    aard = Aard.BESLUIT

    door: Keuze = keuze("partij")
    motivering: Verzegeld | Afwezig = verzegeld("woorden", default=AFWEZIG)


@feit("verzoek-ingetrokken")
@frozen(kw_only=True)
class VerzoekIngetrokken(OverBoeking):
    """The one who asked withdraws a pending request."""

    door: Keuze = keuze("partij")


@feit("gegeven-gecorrigeerd")
@frozen(kw_only=True)
class GegevenGecorrigeerd(OverBoeking):
    """An earlier record was wrong. ``nieuw`` is the whole fact as it should have been; only
    ``velden`` (core fields, or kenmerken) are taken from it."""

    reden: Code
    gezag: Keuze = keuze("partij")
    nieuw: Feit
    velden: tuple[Code, ...]


@feit("gegeven-ingetrokken")
@frozen(kw_only=True)
class GegevenIngetrokken(OverBoeking):
    """An earlier record should not have been there."""

    aanspraak = False

    reden: Code
    gezag: Keuze = keuze("partij")
