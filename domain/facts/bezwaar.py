"""Facts about a decision on record and the objection (bezwaar) against it.

``betreft`` is the position of the record they are about: of a decision, or of an objection. Absent
is only what an older version, or a caller who knows the toewijzing alone, did not tell.
"""

from datetime import date
from decimal import Decimal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.facts.base import FeitMetKenmerken, feit, wijst_naar
from rekenschap.domain.identifiers import Stroom, ToewijzingId
from rekenschap.domain.vocabulary import Aard, Dictum, Eenheid, Uitstelgrond

NOT_ON_MERITS = (Dictum.ONGEGROND, Dictum.NIET_ONTVANKELIJK)
"""After these the decision that was objected to stays as it is (Awb 7:11)."""


@frozen(kw_only=True)
class OverBesluit(FeitMetKenmerken):
    """A fact about a decision on record; it lies in the stream of that decision."""

    aanspraak = False

    bij: Stroom
    """The stream of the decision it is about in the end."""
    betreft: int | Afwezig = wijst_naar(default=AFWEZIG)

    @property
    def stroom(self) -> str:
        return self.bij

    @property
    def op_toewijzing(self) -> ToewijzingId | None:
        kind, _, name = self.bij.partition("/")
        return ToewijzingId(name) if kind == "toewijzing" else None


@feit("besluit-bekendgemaakt")
@frozen(kw_only=True)
class BesluitBekendgemaakt(OverBesluit):
    """A besluit was sent or handed over on ``datum`` (Awb 3:41): from then on one can object."""


@feit("bezwaar-ingediend", 2)
@frozen(kw_only=True)
class BezwaarIngediend(OverBesluit):
    """Somebody objects to a decision, a refusal included; ``datum`` is the day it was received.

    ``ter_post_op`` is the day it was posted, None when it did not come by post (Awb 6:9).
    """

    ter_post_op: date | Afwezig | None = AFWEZIG


@frozen(kw_only=True)
class OverBezwaar(OverBesluit):
    """A fact about an objection; ``betreft`` is the position of that."""


@feit("bezwaar-ingetrokken")
@frozen(kw_only=True)
class BezwaarIngetrokken(OverBezwaar):
    """Who objected takes the objection back (Awb 6:21)."""


@feit("bezwaar-naar-commissie")
@frozen(kw_only=True)
class BezwaarNaarCommissie(OverBezwaar):
    """The one who objected was told, on ``datum``, that a committee will advise (Awb 7:13)."""


@feit("beslistermijn-opgeschort")
@frozen(kw_only=True)
class BeslistermijnOpgeschort(OverBezwaar):
    """On ``datum`` a repair of the objection was asked (Awb 6:6); the term to decide stands still.

    ``hersteltermijn`` is the last day that was given for it.
    """

    hersteltermijn: date


@feit("verzuim-hersteld")
@frozen(kw_only=True)
class VerzuimHersteld(OverBezwaar):
    """What was missing in the objection came in on ``datum`` (Awb 6:6): the term goes on."""


@feit("beslistermijn-verdaagd")
@frozen(kw_only=True)
class BeslistermijnVerdaagd(OverBezwaar):
    """On ``datum`` the decision on the objection was put off by so many ``dagen`` (Awb 7:10)."""

    grond: Uitstelgrond
    dagen: int


@feit("bezwaar-beslist", 2)
@frozen(kw_only=True)
class BezwaarBeslist(OverBezwaar):
    """The decision on an objection.

    A ``volume`` that is named replaces the size of the allocation as it stood. ``nieuw_besluit`` is
    the position of the decision that takes the place of the one objected to (Awb 7:11 lid 2).
    Without a ``dictum`` (older records, scenarios) it is one that changed what was objected to.
    """

    aard = Aard.BESLUIT
    aanspraak = True

    dictum: Dictum | Afwezig = AFWEZIG
    volume: Decimal | Afwezig = AFWEZIG
    eenheid: Eenheid | Afwezig = AFWEZIG
    nieuw_besluit: int | Afwezig = wijst_naar(default=AFWEZIG)

    @property
    def herziet(self) -> bool:
        """Whether it changes the allocation itself: then the rules of the regeling judge it."""
        return self.volume is not AFWEZIG or self.dictum is AFWEZIG
