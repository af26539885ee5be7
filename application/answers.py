"""What the ledger answers: a value, never an exception, with every ground and its source."""

from collections.abc import Mapping
from datetime import datetime

from attrs import frozen

from rekenschap.domain.bronnen import Bron
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.vocabulary import Aard, Ernst, Uitkomst

GRONDEN: Mapping[str, str] = {
    "advies_onbekend": "Deze adviesvraag is niet bekend of wacht nog.",
    "beroep_staat_open": "Tegen een beslissing op bezwaar staat beroep open, geen bezwaar.",
    "beslissing_onbekend": "Deze beslissing is niet bekend.",
    "beslissing_wacht": "Op deze stap is nog niet beslist.",
    "bezwaar_beslist": "Op dit bezwaar is al beslist.",
    "bezwaar_ingetrokken": "Dit bezwaar is ingetrokken.",
    "bezwaar_onbekend": "Er is geen bezwaar met dit kenmerk dat meetelt.",
    "einddatum_vervroegd": "Een verlenging kan de einddatum niet vervroegen.",
    "geen_besluit": "Dit is geen besluit, en ook geen weigering.",
    "niet_bevoegd_goed_te_keuren": "Deze partij mag hierover niet beslissen.",
    "niets_dat_wacht": "Er wacht geen stap met dit kenmerk op goedkeuring.",
    "niets_in_te_trekken": "Er is geen gegeven met dit kenmerk dat meetelt.",
    "niets_te_corrigeren": "Er is geen gegeven met dit kenmerk dat meetelt.",
    "niets_te_wissen": "Onder dit kenmerk is hier niemand bekend, of die is al gewist.",
    "nieuw_besluit_onbekend": "Het nieuwe besluit is niet bekend, of het telt niet mee.",
    "regeling_bekend": "Deze tekst van de regeling is al ingevoerd.",
    "regeling_blijft": "Een ingevoerde regeling blijft; voer een opvolger in.",
    "toewijzing_bestaat_al": "Er is al een toewijzing met dit kenmerk.",
    "toewijzing_ingetrokken": "De toewijzing is ingetrokken.",
    "toewijzing_niet_erkend": "De toewijzing is niet bekend, of zij is geweigerd.",
    "toewijzing_wacht": "De toewijzing wacht nog op goedkeuring.",
    "verwijzing_bestaat_al": "Er is al een verwijzing met dit kenmerk.",
    "verwijzing_onbekend": "De verwijzing is niet bekend, of zij is geweigerd.",
    "wissen_niet_geregeld": "Geen huisregel noemt wie mag wissen; voer de huisregels opnieuw in.",
    "wissing_blijft": "Wat is gewist, komt niet terug: een wissing blijft staan.",
}
"""In words, why a step was refused where no rule was asked."""


@frozen(kw_only=True)
class Verdict:
    """A rule that spoke: its sentence, its sources, and the values it compared."""

    regel: str
    ernst: Ernst
    zin: str
    bronnen: tuple[Bron, ...]
    vergeleken: Mapping[str, Waarde]


@frozen(kw_only=True)
class Oordeelsvorming:
    """What was decided on a step, and on what grounds.

    ``verdicts`` holds every rule that spoke, of whatever weight; ``geslaagd`` the ones that passed,
    by id; ``niet_getoetst`` the rules that were silent and the kenmerk that was not recorded;
    ``gronden`` the reasons that are no rule (codes of ``GRONDEN``); ``niet_geregeld`` what the text
    is silent about where this step asks it.
    """

    uitkomst: Uitkomst
    aard: Aard
    regels: tuple[str, ...]
    signalen: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    geslaagd: tuple[str, ...]
    niet_getoetst: tuple[tuple[str, str], ...]
    gronden: tuple[str, ...]
    niet_geregeld: tuple[str, ...] = ()


@frozen(kw_only=True)
class Antwoord(Oordeelsvorming):
    """The answer to a command that was recorded; ``beslissing`` is its reference for ever."""

    beslissing: str
    positie: int
    geregistreerd_op: datetime


@frozen(kw_only=True)
class Toets(Oordeelsvorming):
    """What the answer would be. Nothing was recorded, and no append takes this type."""
