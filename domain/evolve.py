"""evolve: the dossier after one more entry. Pure, total over every recorded fact.

Nothing is judged here: what counts was decided when it was recorded. A correction makes the
effective facts another list than the recorded ones; then the dossier is folded anew from that list.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from attrs import evolve as changed

from rekenschap.domain import op_toewijzing
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.corrections import TenLasteZoalsBeslist, effective, is_correction
from rekenschap.domain.dossier import Contact, Dossier
from rekenschap.domain.facts import (
    AanvraagIngediend,
    AdviesGevraagd,
    AdviesUitgebracht,
    AfwezigheidGemeld,
    BeginstandOvergenomen,
    BerichtVerzonden,
    BeslistermijnOpgeschort,
    BeslistermijnVerdaagd,
    BesluitBekendgemaakt,
    Betaald,
    BezwaarBeslist,
    BezwaarIngediend,
    BezwaarIngetrokken,
    BezwaarNaarCommissie,
    ContactVastgelegd,
    EigenBijdrageOpgelegd,
    EvaluatieVastgelegd,
    Feit,
    Gedeclareerd,
    GegevenGecorrigeerd,
    GegevenIngetrokken,
    GegevensGewist,
    GezinVastgelegd,
    GoedkeuringGeweigerd,
    GoedkeuringVerleend,
    InzetGeregistreerd,
    JeugdigeVastgelegd,
    NoShowGeregistreerd,
    OptieGekozen,
    OvereenkomstVastgelegd,
    PlanVastgesteld,
    RegelingIngevoerd,
    TariefVastgesteld,
    TenLasteGebracht,
    ToewijzingAangekondigd,
    ToewijzingAfgegeven,
    ToewijzingGewijzigd,
    ToewijzingIngetrokken,
    Verlengd,
    VerwijzingOntvangen,
    VerzoekIngetrokken,
    VerzuimHersteld,
    WoonplaatsGewijzigd,
    ZorgGestart,
    ZorgGestopt,
    ZorgHervat,
)
from rekenschap.domain.overname import taken_over
from rekenschap.domain.toewijzing import (
    GEEN_GEVOLG,
    Toewijzing,
)
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
    recorded = dossier.boekingen.met(entry)
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


def _gewist(dossier: Dossier, fact: GegevensGewist, *_: Any) -> Dossier:
    return changed(dossier, gewist=dossier.gewist or bool(fact.betrokkene))


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
    granted = Toewijzing.nieuw(position, fact, effect)
    for start in dossier.aangekondigd.get(fact.toewijzing, ()):
        granted = op_toewijzing.gestart(granted, start)
    return dossier.met_toewijzing(granted)


def _aangekondigd(dossier: Dossier, fact: ToewijzingAangekondigd, *_: Any) -> Dossier:
    starts = dossier.aangekondigd.get(fact.toewijzing, ())
    return changed(dossier, aangekondigd={**dossier.aangekondigd, fact.toewijzing: starts})


def _aanvraag(dossier: Dossier, fact: AanvraagIngediend, *_: Any) -> Dossier:
    return changed(dossier, aanvragen=(*dossier.aanvragen, fact))


def _plan(dossier: Dossier, fact: PlanVastgesteld, *_: Any) -> Dossier:
    return changed(dossier, plannen=(*dossier.plannen, fact))


def _bericht(dossier: Dossier, fact: BerichtVerzonden, *_: Any) -> Dossier:
    return changed(dossier, berichten=(*dossier.berichten, fact))


def _woonplaats(dossier: Dossier, fact: WoonplaatsGewijzigd, *_: Any) -> Dossier:
    moved = JeugdigeVastgelegd(datum=fact.datum, jeugdige=fact.jeugdige, woonplaats=fact.woonplaats)
    return _jeugdige(dossier, moved)


def _overgenomen(
    dossier: Dossier, fact: BeginstandOvergenomen, position: int, decision: Beslissing, *_: Any
) -> Dossier:
    unit, size, used = taken_over(fact, decision.gevolg)
    allocation = Toewijzing.overgenomen(position, fact)
    return dossier.met_toewijzing(changed(allocation, eenheid=unit, omvang=size, geboekt=used))


def _on_allocation(
    change: Callable[[Toewijzing, Any, int, Beslissing, bool], Toewijzing],
) -> Callable[..., Dossier]:
    """Lift a change of one allocation to the dossier; one that is not there (any more) stays so."""

    def lifted(
        dossier: Dossier, fact: Feit, position: int, decision: Beslissing, approved: bool
    ) -> Dossier:
        allocation = dossier.toewijzing(fact.op_toewijzing)
        if allocation is None:
            return dossier
        return dossier.met_toewijzing(change(allocation, fact, position, decision, approved))

    return lifted


def _start_vooraf(
    dossier: Dossier, fact: ZorgGestart, position: int, decision: Beslissing, approved: bool
) -> Dossier:
    """A start of care; one before the allocation is given waits for it."""
    if fact.toewijzing in dossier.toewijzingen:
        return _on_allocation(op_toewijzing.gestart)(dossier, fact, position, decision, approved)
    if fact.toewijzing not in dossier.aangekondigd:
        return dossier
    starts = (*dossier.aangekondigd[fact.toewijzing], fact)
    return changed(dossier, aangekondigd={**dossier.aangekondigd, fact.toewijzing: starts})


_APPLY: Final[dict[type[Feit], Callable[..., Dossier]]] = {
    **dict.fromkeys(
        (
            AdviesUitgebracht,
            BeslistermijnOpgeschort,  # an objection and its terms: domain/bezwaren.py
            BeslistermijnVerdaagd,
            BesluitBekendgemaakt,
            BezwaarIngediend,
            BezwaarIngetrokken,
            BezwaarNaarCommissie,
            GegevenGecorrigeerd,  # corrections are applied before the facts are counted
            GegevenIngetrokken,
            GezinVastgelegd,
            OptieGekozen,  # configuration is folded by domain/inrichting.py
            OvereenkomstVastgelegd,
            RegelingIngevoerd,
            TariefVastgesteld,
            VerzuimHersteld,
        ),
        _ignore,
    ),
    VerwijzingOntvangen: _verwijzing,
    ContactVastgelegd: _contact,
    GegevensGewist: _gewist,
    JeugdigeVastgelegd: _jeugdige,
    AdviesGevraagd: _advies,
    AanvraagIngediend: _aanvraag,
    PlanVastgesteld: _plan,
    BerichtVerzonden: _bericht,
    WoonplaatsGewijzigd: _woonplaats,
    ToewijzingAangekondigd: _aangekondigd,
    ToewijzingAfgegeven: _afgegeven,
    BeginstandOvergenomen: _overgenomen,
    Verlengd: _on_allocation(op_toewijzing.verlengd),
    ToewijzingGewijzigd: _on_allocation(op_toewijzing.gewijzigd),
    ToewijzingIngetrokken: _on_allocation(op_toewijzing.ingetrokken),
    ZorgGestart: _start_vooraf,
    ZorgGestopt: _on_allocation(op_toewijzing.gestopt),
    ZorgHervat: _on_allocation(op_toewijzing.hervat),
    EvaluatieVastgelegd: _on_allocation(op_toewijzing.evaluatie),
    InzetGeregistreerd: _on_allocation(op_toewijzing.inzet),
    NoShowGeregistreerd: _on_allocation(op_toewijzing.no_show),
    AfwezigheidGemeld: _on_allocation(op_toewijzing.afwezig),
    TenLasteGebracht: _on_allocation(op_toewijzing.ten_laste),
    TenLasteZoalsBeslist: _on_allocation(op_toewijzing.ten_laste),
    **dict.fromkeys(
        (Gedeclareerd, Betaald, EigenBijdrageOpgelegd), _on_allocation(op_toewijzing.geld)
    ),
    BezwaarBeslist: _on_allocation(op_toewijzing.bezwaar),
}
