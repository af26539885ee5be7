"""What a decision comes to, in a sentence for who has never seen the ledger."""

from collections.abc import Mapping
from typing import Final

from rekenschap.application import GRONDEN, SpoorRegel
from rekenschap.application.answers import Oordeelsvorming
from rekenschap.domain.vocabulary import Ernst, Uitkomst
from rekenschap.infrastructure.words import UITKOMST, day_words, event_words

STAP: Final[Mapping[str, str]] = {
    "ToewijzingAfgegeven": "De toewijzing",
    "ToewijzingGewijzigd": "De wijziging van de toewijzing",
    "ToewijzingIngetrokken": "De intrekking van de toewijzing",
    "Verlengd": "De verlenging",
    "AanvraagIngediend": "De aanvraag",
    "WoonplaatsGewijzigd": "De wijziging van de woonplaats",
    "VerwijzingOntvangen": "De verwijzing",
    "AdviesGevraagd": "De vraag om advies",
    "AdviesUitgebracht": "Het advies",
    "GoedkeuringVerleend": "Het verlenen van goedkeuring",
    "GoedkeuringGeweigerd": "Het weigeren van goedkeuring",
    "VerzoekIngetrokken": "Het intrekken van het verzoek",
    "GegevenGecorrigeerd": "De correctie",
    "BezwaarBeslist": "De beslissing op het bezwaar",
    "GegevensGewist": "Het wissen van gegevens",
    "Gedeclareerd": "De declaratie",
    "Betaald": "De betaling",
    "EigenBijdrageOpgelegd": "De eigen bijdrage",
    "ZorgGestart": "De start van de zorg",
    "ZorgHervat": "De hervatting van de zorg",
    "ZorgGestopt": "Het einde van de zorg",
    "InzetGeregistreerd": "De geregistreerde inzet",
    "TenLasteGebracht": "Het ten laste brengen van de toewijzing",
}
"""What is asked by each event that can be refused."""
VOLDONGEN: Final[Mapping[str, tuple[str, bool]]] = {
    "ToewijzingAfgegeven": ("De toewijzing van {} is toegekend", True),
    "Verlengd": ("De verlenging van {} is toegekend", True),
    "GoedkeuringVerleend": ("De gevraagde goedkeuring van {} is verleend", True),
    "GoedkeuringGeweigerd": ("De gevraagde goedkeuring is geweigerd, op {}", False),
    "ToewijzingIngetrokken": ("De toewijzing is ingetrokken, per {}", False),
    "BezwaarBeslist": ("Op het bezwaar is beslist, op {}", True),
}
"""What was done when it was accepted, and whether that is good news for who asked."""
DEED: Final[Mapping[Uitkomst, str]] = {
    Uitkomst.GEACCEPTEERD: "is geaccepteerd",
    Uitkomst.GESIGNALEERD: "is geaccepteerd, met een opmerking",
    Uitkomst.GOEDKEURING_NODIG: "wacht op goedkeuring",
    Uitkomst.GEWEIGERD: "is geweigerd",
}


def said_in_short(line: SpoorRegel) -> tuple[str, bool | None]:
    """What was decided, as a sentence with its reasons; and whether that is good news."""
    done = VOLDONGEN.get(line.gebeurtenis) if line.uitkomst.erkend else None
    day = day_words(line.geldig_op)
    if done is None and line.uitkomst.erkend and line.gebeurtenis not in STAP:
        sentence, good = f"Vastgelegd is: {step_words(line)}", None
    elif done is None:
        sentence, good = f"{step_words(line)} {DEED[line.uitkomst]}", is_good(line.uitkomst)
    else:
        sentence, good = done[0].format(day), done[1]
    reasons = [v.zin for v in line.verdicts if v.ernst is not Ernst.INFO]
    reasons += [GRONDEN.get(g, g) for g in line.gronden]
    if not reasons:
        return f"{sentence}.", good
    heading = "Opgemerkt is" if line.uitkomst.erkend else "Reden"
    return f"{sentence}. {heading}: {' '.join(_stopped(one) for one in reasons)}", good


def step_words(line: SpoorRegel) -> str:
    """What was asked or told, and the day it is about."""
    what = STAP.get(line.gebeurtenis, event_words(line.gebeurtenis))
    return f"{what} van {day_words(line.geldig_op)}"


def outcome_and_rules(said: Oordeelsvorming | None) -> str:
    """An outcome with the rules and grounds that carried it."""
    if said is None:
        return "niet meer zo te vragen, of later vervangen"
    reasons = [*dict.fromkeys(v.regel for v in said.verdicts)]
    reasons += [GRONDEN.get(g, g) for g in said.gronden]
    return UITKOMST[said.uitkomst] + (f" ({', '.join(reasons)})" if reasons else "")


def compared_words(was: Oordeelsvorming, now: Oordeelsvorming) -> str:
    """How what would be decided compares to what was."""
    if _heart(was) == _heart(now):
        return "zou de uitkomst hetzelfde zijn"
    if was.uitkomst is now.uitkomst:
        return f"zou de uitkomst dezelfde zijn, om andere redenen: {outcome_and_rules(now)}"
    return f"zou de uitkomst anders zijn: {outcome_and_rules(now)}"


def news(was: Oordeelsvorming, now: Oordeelsvorming) -> bool | None:
    """Whether another outcome is good news; None when it is the same one."""
    return None if was.uitkomst is now.uitkomst else is_good(now.uitkomst)


def is_good(outcome: Uitkomst) -> bool | None:
    """Good news, bad news, or neither yet."""
    return None if outcome is Uitkomst.GOEDKEURING_NODIG else outcome.erkend


def _heart(said: Oordeelsvorming) -> tuple[object, ...]:
    return said.uitkomst, frozenset((v.regel, v.ernst) for v in said.verdicts), said.gronden


def _stopped(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
