"""What each fact that counts does to the allocation it is about."""

from datetime import date
from decimal import Decimal
from typing import Any

from attrs import evolve as changed

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.corrections import TenLasteZoalsBeslist
from rekenschap.domain.facts import (
    AfwezigheidGemeld,
    BezwaarBeslist,
    EvaluatieVastgelegd,
    InzetGeregistreerd,
    NoShowGeregistreerd,
    TenLasteGebracht,
    ToewijzingGewijzigd,
    ToewijzingIngetrokken,
    Verlengd,
    ZorgGestart,
    ZorgGestopt,
    ZorgHervat,
)
from rekenschap.domain.lasten import Last
from rekenschap.domain.toewijzing import (
    GEEN_GEVOLG,
    Afwezigheid,
    Geldregel,
    NoShow,
    Toewijzing,
)
from rekenschap.domain.verdicts import Beslissing


def verlengd(t: Toewijzing, f: Verlengd, position: int, d: Beslissing, ok: bool) -> Toewijzing:
    return t.met_verlenging(position, f, d, approved=ok)


def gewijzigd(t: Toewijzing, fact: ToewijzingGewijzigd, *_: Any) -> Toewijzing:
    if fact.product is AFWEZIG:
        return t
    return changed(
        t, product=fact.product, wijzigingen=(*t.wijzigingen, (fact.datum, fact.product))
    )


def ingetrokken(t: Toewijzing, fact: ToewijzingIngetrokken, *_: Any) -> Toewijzing:
    """The earliest withdrawal stands."""
    if t.ingetrokken is not None and t.ingetrokken <= fact.datum:
        return t
    return changed(t, ingetrokken=fact.datum, intrekking=fact)


def gestart(t: Toewijzing, fact: ZorgGestart, *_: Any) -> Toewijzing:
    return changed(t, gestart=_earliest(t.gestart, fact.datum))


def gestopt(t: Toewijzing, f: ZorgGestopt, position: int, d: Beslissing, *_: Any) -> Toewijzing:
    settled = d.gevolg if d.gevolg is not None and d.gevolg.aantal is not None else None
    reason = f.reden or None
    return changed(t, verloop=t.verloop.gestopt_op(f.datum, position, settled, reason))


def hervat(t: Toewijzing, fact: ZorgHervat, position: int, *_: Any) -> Toewijzing:
    return changed(t, verloop=t.verloop.hervat_op(fact.datum, position))


def geld(t: Toewijzing, fact: Any, position: int, d: Beslissing, *_: Any) -> Toewijzing:
    """A line of money; where a rule says so it counts as use too."""
    used = (d.gevolg or GEEN_GEVOLG).aantal or Decimal(0)
    lines = (*t.geldregels, Geldregel(position, fact))
    return changed(t, geldregels=lines, geboekt=t.geboekt + used)


def bezwaar(t: Toewijzing, f: BezwaarBeslist, position: int, d: Beslissing, *_: Any) -> Toewijzing:
    """The size that was decided takes the place of the old one, under the rules of now.

    A decision that leaves the allocation as it is changes nothing here.
    """
    if not f.herziet:
        return t
    effect = d.gevolg or GEEN_GEVOLG
    size = t.omvang if f.volume is AFWEZIG else effect.aantal
    return changed(t, omvang=size, eenheid=effect.eenheid or t.eenheid, onder=position)


def evaluatie(t: Toewijzing, fact: EvaluatieVastgelegd, *_: Any) -> Toewijzing:
    return changed(t, evaluaties=(*t.evaluaties, fact))


def inzet(
    t: Toewijzing, f: InzetGeregistreerd, position: int, d: Beslissing, *_: Any
) -> Toewijzing:
    """Effort charged; it can begin the care, and give the balance its unit."""
    effect = d.gevolg or GEEN_GEVOLG
    if isinstance(effect.start, date):
        t = changed(t, gestart=_earliest(t.gestart, effect.start))
    if t.eenheid is None and effect.eenheid is not None:
        t = changed(t, eenheid=effect.eenheid)
    return t.met_last(Last(position, f, effect))


def no_show(t: Toewijzing, fact: NoShowGeregistreerd, position: int, *_: Any) -> Toewijzing:
    return changed(t, no_shows=(*t.no_shows, NoShow(position, fact)))


def afwezig(t: Toewijzing, fact: AfwezigheidGemeld, position: int, *_: Any) -> Toewijzing:
    return changed(t, afwezigheden=(*t.afwezigheden, Afwezigheid(position, fact)))


def ten_laste(t: Toewijzing, f: TenLasteGebracht, _: int, d: Beslissing, __: bool) -> Toewijzing:
    facts: tuple[NoShow | Afwezigheid, ...] = (*t.no_shows, *t.afwezigheden)
    reported = next((one.feit for one in facts if one.positie == f.betreft), None)
    claimed = f.feit if isinstance(f, TenLasteZoalsBeslist) else reported
    if reported is None or claimed is None or not claimed.declareren:
        return t
    return t.met_last(Last(f.betreft, claimed, d.gevolg or GEEN_GEVOLG))


def _earliest(known: date | None, other: date) -> date:
    return other if known is None else min(known, other)
