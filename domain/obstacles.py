"""Why no rule needs to be asked: what a step stands on is not there."""

from datetime import date

from rekenschap.domain.bezwaren import Bezwaarzaak, aard_van, bezwaarzaken, counting
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.facts import (
    AdviesUitgebracht,
    BeginstandOvergenomen,
    BerichtVerzonden,
    BezwaarBeslist,
    BezwaarIngediend,
    BezwaarIngetrokken,
    ContactVastgelegd,
    Feit,
    GegevensGewist,
    OverBesluit,
    OverBezwaar,
    OverToewijzing,
    ToewijzingAfgegeven,
    Verlengd,
    VerwijzingOntvangen,
)
from rekenschap.domain.identifiers import Code
from rekenschap.domain.vocabulary import Aard, Uitkomst


def obstacles(dossier: Dossier, step: Feit) -> tuple[Code, ...]:
    """Why no rule needs to be asked: what the step stands on is not there."""
    match step:
        case ToewijzingAfgegeven():
            return _obstacles_to_grant(dossier, step)
        case ContactVastgelegd() if step.verwijzing and step.verwijzing not in dossier.verwijzingen:
            return (Code("verwijzing_onbekend"),)
        case BeginstandOvergenomen() if step.toewijzing in dossier.toewijzingen:
            return (Code("toewijzing_bestaat_al"),)
        case VerwijzingOntvangen() if step.verwijzing in dossier.verwijzingen:
            return (Code("verwijzing_bestaat_al"),)
        case AdviesUitgebracht() if step.advies not in dossier.adviezen:
            return (Code("advies_onbekend"),)
        case GegevensGewist() if dossier.gewist or not step.betrokkene:
            return (Code("niets_te_wissen"),)
        case BerichtVerzonden() if step.toewijzing in dossier.aangekondigd:
            return ()
        case BezwaarBeslist():
            return _obstacles_to_decide(dossier, step)
        case OverBezwaar():
            return _obstacles_about_objection(dossier, step)
        case OverBesluit():
            return _obstacles_about_decision(dossier, step)
        case OverToewijzing():
            return _obstacles_on(dossier, step)
        case _:
            return ()


def _obstacles_to_grant(dossier: Dossier, step: ToewijzingAfgegeven) -> tuple[Code, ...]:
    if step.toewijzing in dossier.toewijzingen:
        return (Code("toewijzing_bestaat_al"),)
    if isinstance(step.verwijzing, str):
        letter = dossier.verwijzingen.get(step.verwijzing)
        if letter is None:
            return (Code("verwijzing_onbekend"),)
    return ()


def _obstacles_about_decision(dossier: Dossier, step: OverBesluit) -> tuple[Code, ...]:
    """Why a decision cannot be objected to, or made known."""
    if not isinstance(step.betreft, int):
        return _obstacles_on(dossier, step)
    entry = dossier.boeking(step.betreft)
    if entry is None:
        return (Code("beslissing_onbekend"),)
    if entry.positie in dossier.wachtend:
        return (Code("beslissing_wacht"),)
    objects = isinstance(step, BezwaarIngediend)
    if objects and isinstance(entry.feit, BezwaarBeslist):
        return (Code("beroep_staat_open"),)
    besluit = aard_van(entry) is Aard.BESLUIT
    refused = objects and entry.beslissing.uitkomst is Uitkomst.GEWEIGERD
    claimed = type(entry.feit).aanspraak or isinstance(entry.feit, BeginstandOvergenomen)
    decided = entry.beslissing.uitkomst is not Uitkomst.GOEDKEURING_NODIG
    if decided and claimed and (besluit or refused):
        return ()
    return (Code("geen_besluit"),)


def _obstacles_about_objection(dossier: Dossier, step: OverBezwaar) -> tuple[Code, ...]:
    """What was told late counts all the same; a decision is not undone by a withdrawal."""
    case = _objection(dossier, step)
    if case is None:
        return (Code("bezwaar_onbekend"),)
    if isinstance(step, BezwaarIngetrokken):
        if case.beslist is not None:
            return (Code("bezwaar_beslist"),)
        if case.ingetrokken is not None:
            return (Code("bezwaar_ingetrokken"),)
    return ()


def _obstacles_to_decide(dossier: Dossier, step: BezwaarBeslist) -> tuple[Code, ...]:
    if isinstance(step.betreft, int):
        case = _objection(dossier, step)
        if case is None:
            return (Code("bezwaar_onbekend"),)
        if case.ingetrokken is not None:
            return (Code("bezwaar_ingetrokken"),)
    if isinstance(step.nieuw_besluit, int):
        named = [e for e in counting(dossier.boekingen) if e.positie == step.nieuw_besluit]
        if not any(aard_van(entry) is Aard.BESLUIT for entry in named):
            return (Code("nieuw_besluit_onbekend"),)
    if step.herziet:
        return _obstacles_on(dossier, step)
    return ()


def _objection(dossier: Dossier, step: OverBezwaar) -> Bezwaarzaak | None:
    cases = bezwaarzaken(dossier.boekingen)
    return next((one for one in cases if one.boeking.positie == step.betreft), None)


def _obstacles_on(dossier: Dossier, step: Feit) -> tuple[Code, ...]:
    name = step.op_toewijzing
    allocation = dossier.toewijzing(name)
    if allocation is None:
        asked = [b.feit for b in dossier.wachtend.values()]
        waits = any(isinstance(f, ToewijzingAfgegeven) and f.toewijzing == name for f in asked)
        return (Code("toewijzing_wacht" if waits else "toewijzing_niet_erkend"),)
    if isinstance(step, Verlengd):
        if allocation.ingetrokken is not None:
            return (Code("toewijzing_ingetrokken"),)
        end = allocation.einddatum
        if isinstance(step.einddatum, date) and (end is None or step.einddatum < end):
            return (Code("einddatum_vervroegd"),)
    return ()
