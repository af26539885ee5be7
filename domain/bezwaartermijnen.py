"""The terms of the Awb around one besluit and the objection against it. Pure; days are inclusive.

What the ledger was not told it does not guess: without the day a besluit was made known no term can
be worked out. Three readings the text leaves open are fixed here: a repair that nobody made holds
the term up through its last day; a committee, and what puts the decision off, count only when that
was told within the term as it then ran; the Atw moves the end of the term as it comes out.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from rekenschap.domain import awb
from rekenschap.domain.awb import Wetsbepaling, Wettermijn
from rekenschap.domain.calendar import Periode
from rekenschap.domain.feestdagen import DAY, einde, mogelijk_gelijkgesteld
from rekenschap.domain.vocabulary import Uitstelgrond


class OpTijd(StrEnum):
    """Whether an objection came in time. ``nee`` still leaves Awb 6:11: excusable lateness."""

    JA = "ja"
    NEE = "nee"
    NIET_TE_BEPALEN = "niet_te_bepalen"


@frozen
class Uitstel:
    """The decision was put off on a day, by so many days."""

    op: date
    dagen: int
    grond: Uitstelgrond


@frozen(kw_only=True)
class Verloop:
    """What was told of one besluit and the objection against it.

    ``ter_post_op`` is the day it was posted; None when nobody told, and ``per_post`` False when it
    is known not to have come by post. ``commissie`` is the day the one who objected was told that a
    committee advises; ``opgeschort`` are the days the term stood still.
    """

    bekendgemaakt_op: date | None
    ontvangen_op: date | None = None
    ter_post_op: date | None = None
    per_post: bool = True
    commissie: date | None = None
    opgeschort: tuple[Periode, ...] = ()
    uitstel: tuple[Uitstel, ...] = ()


@frozen(kw_only=True)
class Termijnen:
    """The terms as they come out; None (or ``niet_te_bepalen``) is what cannot be worked out.

    ``bezwaar_van`` to ``bezwaar_tot`` is the term to object in, ``beslis_van`` to
    ``beslis_uiterlijk`` the one to decide in. ``opgeschort`` and ``verdaagd`` are the days by which
    the latter grew (of what was told, what counts). ``grondslag`` are the articles that were used.
    """

    bekendgemaakt_op: date | None
    bezwaar_van: date | None
    bezwaar_tot: date | None
    ontvangen_op: date | None
    op_tijd: OpTijd
    beslis_van: date | None
    beslis_uiterlijk: date | None
    commissie: bool = False
    opgeschort: int = 0
    verdaagd: int = 0
    grondslag: tuple[Wetsbepaling, ...] = ()


def termijnen(told: Verloop, gelijkgesteld: Collection[date] = ()) -> Termijnen:
    """Every term that follows from what was told. ``gelijkgesteld`` are days of Atw 3 lid 3."""
    known = told.bekendgemaakt_op
    until = None if known is None else bezwaar_tot(known, gelijkgesteld)
    on_time = _on_time(told, until, gelijkgesteld)
    term = None
    if until is not None and told.ontvangen_op is not None:
        term = _Beslistermijn(told, until + DAY, gelijkgesteld)
    return Termijnen(
        bekendgemaakt_op=known,
        bezwaar_van=None if known is None else known + DAY,
        bezwaar_tot=until,
        ontvangen_op=told.ontvangen_op,
        op_tijd=on_time,
        beslis_van=None if term is None else term.van,
        beslis_uiterlijk=None if term is None else term.uiterlijk,
        commissie=term is not None and term.commissie,
        opgeschort=0 if term is None else term.opgeschort,
        verdaagd=0 if term is None else term.verdaagd,
        grondslag=tuple(_sources(told, on_time, term)),
    )


def bezwaar_tot(bekendgemaakt_op: date, gelijkgesteld: Collection[date] = ()) -> date:
    """The last day to object: six weeks from the day after, moved to a day it can end on."""
    return einde(awb.BEZWAARTERMIJN.duur.na(bekendgemaakt_op), gelijkgesteld)


def _on_time(told: Verloop, until: date | None, same: Collection[date]) -> OpTijd:
    """By the day it came in; by post also within a week after, if it was posted in time."""
    received = told.ontvangen_op
    if until is None or received is None:
        return OpTijd.NIET_TE_BEPALEN
    if received <= until:
        return OpTijd.JA
    by_post = told.per_post and received <= einde(awb.TER_POST.duur.na(until), same)
    if by_post and told.ter_post_op is not None and told.ter_post_op <= until:
        return OpTijd.JA
    perhaps_longer = mogelijk_gelijkgesteld(until) and until not in same
    if perhaps_longer and received <= einde(until + DAY, same):
        return OpTijd.NIET_TE_BEPALEN
    return OpTijd.NIET_TE_BEPALEN if by_post and told.ter_post_op is None else OpTijd.NEE


_LONGEST: Final = awb.VERDAGING.duur.weken * 7


@frozen
class _Beslistermijn:
    """The term to decide in, from its first day, as what was told makes it."""

    told: Verloop
    van: date
    gelijkgesteld: Collection[date] = field(factory=tuple)

    @property
    def commissie(self) -> bool:
        """Whether the one who objected was told of a committee while six weeks still ran."""
        six = self._after(awb.BESLISTERMIJN.duur.weken * 7)
        told = self.told.commissie
        return told is not None and told <= einde(six, self.gelijkgesteld)

    @property
    def duur(self) -> Wettermijn:
        """Six weeks, or twelve with a committee."""
        return awb.BESLISTERMIJN_COMMISSIE if self.commissie else awb.BESLISTERMIJN

    @property
    def verdaagd(self) -> int:
        """The days it was put off by, in the order it was done; of lid 3 never above six weeks."""
        once = more = 0
        for one in sorted(self.told.uitstel, key=lambda one: one.op):
            if one.op > einde(self._last(once + more), self.gelijkgesteld):
                continue  # too late: the term was over by then
            if one.grond is Uitstelgrond.VERDAGING:
                once = min(_LONGEST, once + one.dagen)
            else:
                more += one.dagen
        return once + more

    @property
    def uiterlijk(self) -> date:
        """The last day to decide."""
        return einde(self._last(self.verdaagd), self.gelijkgesteld)

    @property
    def opgeschort(self) -> int:
        """The days within the term on which it stood still."""
        last = self._last(self.verdaagd)
        return (last - self.van).days + 1 - (self.duur.duur.weken * 7 + self.verdaagd)

    def _last(self, more: int) -> date:
        """The last day of the term, with so many days more."""
        return self._after(self.duur.duur.weken * 7 + more)

    def _after(self, left: int) -> date:
        """The day on which so many days have passed on which the term ran."""
        day = self.van - DAY
        for still in self._standing_still():
            runs = max(0, (still.van - DAY - day).days)
            if runs >= left:
                break
            left -= runs
            day = max(day, still.tot_en_met or day)
        return day + timedelta(days=left)

    def _standing_still(self) -> Iterator[Periode]:
        """The runs of days it stood still, in order; only where they have a day."""
        for one in sorted(self.told.opgeschort, key=lambda one: one.van):
            if one.tot_en_met is not None and one.van <= one.tot_en_met:
                yield one


def _sources(told: Verloop, on_time: OpTijd, term: _Beslistermijn | None) -> Iterable[Wetsbepaling]:
    """The articles that what came out rests on."""
    yield awb.BEKENDMAKING
    if told.bekendgemaakt_op is None:
        return
    yield from (awb.AANVANG, awb.BEZWAARTERMIJN.bron, awb.VERLENGING)
    if term is None:
        return
    yield awb.ONTVANGST
    if term.van <= (told.ontvangen_op or term.van):
        yield awb.TER_POST.bron
    if on_time is not OpTijd.JA:
        yield awb.VERSCHOONBAAR
    yield term.duur.bron
    if told.opgeschort:
        yield awb.OPSCHORTING
    grounds = {one.grond for one in told.uitstel}
    if Uitstelgrond.VERDAGING in grounds:
        yield awb.VERDAGING.bron
    if grounds - {Uitstelgrond.VERDAGING}:
        yield awb.VERDER_UITSTEL
