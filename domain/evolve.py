"""evolve: the dossier after one more entry. Pure, total over every recorded fact.

Nothing is judged here: what counts was decided when it was recorded. A correction makes the
effective facts another list than the recorded ones; then the dossier is folded anew from that list.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, TypeVar

from attrs import evolve as changed

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import effective, is_correction
from rekenschap.domain.dossier import Contact, Dossier
from rekenschap.domain.facts import (
    AdviesGevraagd,
    AdviesUitgebracht,
    AfwezigheidGemeld,
    BeginstandOvergenomen,
    ContactVastgelegd,
    EvaluatieVastgelegd,
    Feit,
    GegevenGecorrigeerd,
    GegevenIngetrokken,
    GezinVastgelegd,
    GoedkeuringGeweigerd,
    GoedkeuringVerleend,
    InzetGeregistreerd,
    JeugdigeVastgelegd,
    NoShowGeregistreerd,
    OptieGekozen,
    OvereenkomstVastgelegd,
    OverToewijzing,
    RegelingIngevoerd,
    TariefVastgesteld,
    TenLasteGebracht,
    ToewijzingAfgegeven,
    ToewijzingGewijzigd,
    ToewijzingIngetrokken,
    Verlengd,
    VerwijzingOntvangen,
    VerzoekIngetrokken,
    ZorgGestart,
    ZorgGestopt,
    ZorgHervat,
)
from rekenschap.domain.toewijzing import GEEN_GEVOLG, Afwezigheid, Last, NoShow, Toewijzing
from rekenschap.domain.verdicts import Beslissing
from rekenschap.domain.vocabulary import Uitkomst

T = TypeVar("T", bound=Feit)


def fold(entries: Iterable[Boeking], dossier: Dossier | None = None) -> Dossier:
    """The dossier after all these entries, in order of position."""
    dossier = Dossier() if dossier is None else dossier
    for entry in entries:
        dossier = evolve(dossier, entry)
    return dossier


def evolve(dossier: Dossier, entry: Boeking) -> Dossier:
    """The dossier after one entry."""
    recorded = (*dossier.boekingen, entry)
    if is_correction(entry) and entry.beslissing.uitkomst.erkend:
        again = Dossier()
        for fact in effective(recorded):
            again = _count(again, fact)
        return changed(again, boekingen=recorded)
    return changed(_count(dossier, entry), boekingen=recorded)


def apply(
    dossier: Dossier, fact: Feit, position: int, decision: Beslissing, *, approved: bool = False
) -> Dossier:
    """The dossier once a fact counts, whoever decided that it does."""
    return _APPLY[type(fact)](dossier, fact, position, decision, approved)


def _count(dossier: Dossier, entry: Boeking) -> Dossier:
    decision = entry.beslissing
    if decision.uitkomst is Uitkomst.GOEDKEURING_NODIG:
        return changed(dossier, wachtend={**dossier.wachtend, entry.positie: entry})
    if not decision.uitkomst.erkend:
        return dossier
    if decision.gebruikt:
        dossier = changed(dossier, gebruikt=dossier.gebruikt | set(decision.gebruikt))
    match entry.feit:
        case GoedkeuringVerleend(betreft=waiting):
            pending = dossier.wachtend.get(waiting)
            if pending is None:
                return dossier
            dossier = _no_longer_waiting(dossier, waiting)
            counted = pending.beslissing.met_gevolg_van(decision)
            return apply(dossier, pending.feit, waiting, counted, approved=True)
        case GoedkeuringGeweigerd(betreft=waiting) | VerzoekIngetrokken(betreft=waiting):
            return _no_longer_waiting(dossier, waiting)
        case fact:
            return apply(dossier, fact, entry.positie, decision)


def _no_longer_waiting(dossier: Dossier, position: int) -> Dossier:
    waiting = {key: entry for key, entry in dossier.wachtend.items() if key != position}
    return changed(dossier, wachtend=waiting)


def _ignore(dossier: Dossier, *_: Any) -> Dossier:
    return dossier


def _verwijzing(dossier: Dossier, fact: VerwijzingOntvangen, *_: Any) -> Dossier:
    return changed(dossier, verwijzingen={**dossier.verwijzingen, fact.verwijzing: fact})


def _contact(dossier: Dossier, fact: ContactVastgelegd, position: int, *_: Any) -> Dossier:
    return changed(dossier, contacten=(*dossier.contacten, Contact(position, fact)))


def _jeugdige(dossier: Dossier, fact: JeugdigeVastgelegd, *_: Any) -> Dossier:
    known = dossier.persoon
    if known is None:
        return changed(dossier, persoon=fact)
    told = {
        name: value
        for name in ("geboortedatum", "gezin", "woonplaats", "regio")
        if (value := getattr(fact, name)) is not AFWEZIG
    }
    return changed(dossier, persoon=changed(known, datum=fact.datum, **told))


def _advies(dossier: Dossier, fact: AdviesGevraagd, *_: Any) -> Dossier:
    return changed(dossier, adviezen={**dossier.adviezen, fact.advies: fact})


def _afgegeven(
    dossier: Dossier, fact: ToewijzingAfgegeven, position: int, decision: Beslissing, *_: Any
) -> Dossier:
    effect = decision.gevolg or GEEN_GEVOLG
    return dossier.met_toewijzing(Toewijzing.nieuw(position, fact, effect))


def _overgenomen(dossier: Dossier, fact: BeginstandOvergenomen, position: int, *_: Any) -> Dossier:
    return dossier.met_toewijzing(Toewijzing.overgenomen(position, fact))


def _on_allocation(
    change: Callable[[Toewijzing, Any, int, Beslissing, bool], Toewijzing],
) -> Callable[..., Dossier]:
    """Lift a change of one allocation to the dossier; one that is not there (any more) stays so."""

    def lifted(
        dossier: Dossier, fact: OverToewijzing, position: int, decision: Beslissing, approved: bool
    ) -> Dossier:
        allocation = dossier.toewijzingen.get(fact.toewijzing)
        if allocation is None:
            return dossier
        return dossier.met_toewijzing(change(allocation, fact, position, decision, approved))

    return lifted


def _verlengd(t: Toewijzing, f: Verlengd, position: int, d: Beslissing, ok: bool) -> Toewijzing:
    return t.met_verlenging(position, f, d, approved=ok)


def _gewijzigd(t: Toewijzing, fact: ToewijzingGewijzigd, *_: Any) -> Toewijzing:
    if fact.product is AFWEZIG:
        return t
    return changed(
        t, product=fact.product, wijzigingen=(*t.wijzigingen, (fact.datum, fact.product))
    )


def _ingetrokken(t: Toewijzing, fact: ToewijzingIngetrokken, *_: Any) -> Toewijzing:
    return changed(t, ingetrokken=_earliest(t.ingetrokken, fact.datum))


def _gestart(t: Toewijzing, fact: ZorgGestart, *_: Any) -> Toewijzing:
    return changed(t, gestart=_earliest(t.gestart, fact.datum))


def _gestopt(t: Toewijzing, f: ZorgGestopt, position: int, d: Beslissing, *_: Any) -> Toewijzing:
    settled = d.gevolg if d.gevolg is not None and d.gevolg.aantal is not None else None
    return changed(t, verloop=t.verloop.gestopt_op(f.datum, position, settled))


def _hervat(t: Toewijzing, fact: ZorgHervat, position: int, *_: Any) -> Toewijzing:
    return changed(t, verloop=t.verloop.hervat_op(fact.datum, position))


def _evaluatie(t: Toewijzing, fact: EvaluatieVastgelegd, *_: Any) -> Toewijzing:
    return changed(t, evaluaties=(*t.evaluaties, fact))


def _inzet(
    t: Toewijzing, f: InzetGeregistreerd, position: int, d: Beslissing, *_: Any
) -> Toewijzing:
    return t.met_last(Last(position, f, d.gevolg or GEEN_GEVOLG))


def _no_show(t: Toewijzing, fact: NoShowGeregistreerd, position: int, *_: Any) -> Toewijzing:
    return changed(t, no_shows=(*t.no_shows, NoShow(position, fact)))


def _afwezig(t: Toewijzing, fact: AfwezigheidGemeld, position: int, *_: Any) -> Toewijzing:
    return changed(t, afwezigheden=(*t.afwezigheden, Afwezigheid(position, fact)))


def _ten_laste(t: Toewijzing, f: TenLasteGebracht, _: int, d: Beslissing, __: bool) -> Toewijzing:
    facts: tuple[NoShow | Afwezigheid, ...] = (*t.no_shows, *t.afwezigheden)
    for reported in facts:
        if reported.positie == f.betreft and reported.feit.declareren:
            return t.met_last(Last(f.betreft, reported.feit, d.gevolg or GEEN_GEVOLG))
    return t


def _earliest(known: date | None, other: date) -> date:
    return other if known is None else min(known, other)


_APPLY: Final[dict[type[Feit], Callable[..., Dossier]]] = {
    **dict.fromkeys(
        (
            AdviesUitgebracht,
            GegevenGecorrigeerd,  # corrections are applied before the facts are counted
            GegevenIngetrokken,
            GezinVastgelegd,
            OptieGekozen,  # configuration is folded by domain/inrichting.py
            OvereenkomstVastgelegd,
            RegelingIngevoerd,
            TariefVastgesteld,
        ),
        _ignore,
    ),
    VerwijzingOntvangen: _verwijzing,
    ContactVastgelegd: _contact,
    JeugdigeVastgelegd: _jeugdige,
    AdviesGevraagd: _advies,
    ToewijzingAfgegeven: _afgegeven,
    BeginstandOvergenomen: _overgenomen,
    Verlengd: _on_allocation(_verlengd),
    ToewijzingGewijzigd: _on_allocation(_gewijzigd),
    ToewijzingIngetrokken: _on_allocation(_ingetrokken),
    ZorgGestart: _on_allocation(_gestart),
    ZorgGestopt: _on_allocation(_gestopt),
    ZorgHervat: _on_allocation(_hervat),
    EvaluatieVastgelegd: _on_allocation(_evaluatie),
    InzetGeregistreerd: _on_allocation(_inzet),
    NoShowGeregistreerd: _on_allocation(_no_show),
    AfwezigheidGemeld: _on_allocation(_afwezig),
    TenLasteGebracht: _on_allocation(_ten_laste),
}
