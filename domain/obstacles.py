"""Why no rule needs to be asked: what a step stands on is not there."""

from datetime import date

from rekenschap.domain.dossier import Dossier
from rekenschap.domain.facts import (
    AdviesUitgebracht,
    BeginstandOvergenomen,
    BerichtVerzonden,
    ContactVastgelegd,
    Feit,
    GegevensGewist,
    OverToewijzing,
    ToewijzingAfgegeven,
    Verlengd,
    VerwijzingOntvangen,
)
from rekenschap.domain.identifiers import Code


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


def _obstacles_on(dossier: Dossier, step: OverToewijzing) -> tuple[Code, ...]:
    allocation = dossier.toewijzingen.get(step.toewijzing)
    if allocation is None:
        asked = [b.feit for b in dossier.wachtend.values()]
        waits = any(
            isinstance(f, ToewijzingAfgegeven) and f.toewijzing == step.toewijzing for f in asked
        )
        return (Code("toewijzing_wacht" if waits else "toewijzing_niet_erkend"),)
    if isinstance(step, Verlengd):
        if allocation.ingetrokken is not None:
            return (Code("toewijzing_ingetrokken"),)
        end = allocation.einddatum
        if isinstance(step.einddatum, date) and (end is None or step.einddatum < end):
            return (Code("einddatum_vervroegd"),)
    return ()
