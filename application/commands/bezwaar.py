"""Commands about a decision on record and the objection (bezwaar) against it.

``beslissing`` and ``bezwaar`` are the ``referentie`` that step was given, or the ``beslissing`` of
its answer.
"""

from datetime import date
from decimal import Decimal

from attrs import frozen

from rekenschap.application.commands.base import AFWEZIG, Afwezig, CommandMetKenmerken
from rekenschap.domain.facts import (
    BeslistermijnOpgeschort,
    BeslistermijnVerdaagd,
    BesluitBekendgemaakt,
    BezwaarBeslist,
    BezwaarIngediend,
    BezwaarIngetrokken,
    BezwaarNaarCommissie,
    VerzuimHersteld,
)
from rekenschap.domain.vocabulary import Dictum, Eenheid, Uitstelgrond


@frozen(kw_only=True)
class LegBekendmakingVast(CommandMetKenmerken):
    """A besluit was sent or handed over on ``datum``; from the day after one can object."""

    feit = BesluitBekendgemaakt

    beslissing: str


@frozen(kw_only=True)
class DienBezwaarIn(CommandMetKenmerken):
    """An objection came in on ``datum``, against a ``beslissing``: a besluit, a refusal included,
    or a refusal under the contract. With a ``toewijzing`` instead it is against the grant of that.

    ``ter_post_op`` is the day it was posted; None when it did not come by post.
    """

    feit = BezwaarIngediend

    beslissing: str | Afwezig = AFWEZIG
    toewijzing: str | Afwezig = AFWEZIG
    ter_post_op: date | Afwezig | None = AFWEZIG


@frozen(kw_only=True)
class OverBezwaar(CommandMetKenmerken):
    """A command about an objection."""

    bezwaar: str


@frozen(kw_only=True)
class TrekBezwaarIn(OverBezwaar):
    """Who objected takes the objection back."""

    feit = BezwaarIngetrokken


@frozen(kw_only=True)
class MeldAdviescommissie(OverBezwaar):
    """The one who objected was told on ``datum`` that a committee will advise: twelve weeks."""

    feit = BezwaarNaarCommissie


@frozen(kw_only=True)
class SchortBeslistermijnOp(OverBezwaar):
    """On ``datum`` a repair of the objection was asked, to be made by ``hersteltermijn``."""

    feit = BeslistermijnOpgeschort

    hersteltermijn: date


@frozen(kw_only=True)
class LegHerstelVast(OverBezwaar):
    """What was missing in the objection came in on ``datum``: the term goes on."""

    feit = VerzuimHersteld


@frozen(kw_only=True)
class VerdaagBeslistermijn(OverBezwaar):
    """Put the decision on the objection off by ``dagen``: by right once for at most 42 days, with
    consent or for a procedure that the law prescribes further."""

    feit = BeslistermijnVerdaagd

    dagen: int
    grond: Uitstelgrond | str


@frozen(kw_only=True)
class BeslisBezwaar(CommandMetKenmerken):
    """Decide on a ``bezwaar``, with a ``dictum``; ``volume`` in ``eenheid`` replaces the size as it
    stood, ``nieuw_besluit`` is the step that takes the place of the decision (recorded before).

    With a ``toewijzing`` instead it is the last objection about that which is open.
    """

    feit = BezwaarBeslist

    bezwaar: str | Afwezig = AFWEZIG
    toewijzing: str | Afwezig = AFWEZIG
    dictum: Dictum | str | Afwezig = AFWEZIG
    volume: Decimal | int | Afwezig = AFWEZIG
    eenheid: Eenheid | str | Afwezig = AFWEZIG
    nieuw_besluit: str | Afwezig = AFWEZIG
