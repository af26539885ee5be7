"""Every fact the ledger knows. Importing this package fills the register of permanent names."""

from rekenschap.domain.facts.aanvraag import (
    AanvraagIngediend,
    BerichtVerzonden,
    PlanVastgesteld,
    ToewijzingAangekondigd,
    WoonplaatsGewijzigd,
)
from rekenschap.domain.facts.advies import AdviesGevraagd, AdviesUitgebracht
from rekenschap.domain.facts.base import BY_CLASS_NAME, GROOTBOEK, REGISTER, Feit
from rekenschap.domain.facts.beoordeling import (
    GegevenGecorrigeerd,
    GegevenIngetrokken,
    GoedkeuringGeweigerd,
    GoedkeuringVerleend,
    OverBoeking,
    VerzoekIngetrokken,
)
from rekenschap.domain.facts.bezwaar import (
    BeslistermijnOpgeschort,
    BeslistermijnVerdaagd,
    BesluitBekendgemaakt,
    BezwaarBeslist,
    BezwaarIngediend,
    BezwaarIngetrokken,
    BezwaarNaarCommissie,
    OverBesluit,
    OverBezwaar,
    VerzuimHersteld,
)
from rekenschap.domain.facts.gegevens import GegevensGewist
from rekenschap.domain.facts.geld import Betaald, EigenBijdrageOpgelegd, Gedeclareerd
from rekenschap.domain.facts.inrichting import (
    BeginstandOvergenomen,
    OptieGekozen,
    OvereenkomstVastgelegd,
    RegelingIngevoerd,
    TariefVastgesteld,
)
from rekenschap.domain.facts.personen import GezinVastgelegd, JeugdigeVastgelegd
from rekenschap.domain.facts.toewijzing import (
    OverToewijzing,
    ToewijzingAfgegeven,
    ToewijzingGewijzigd,
    ToewijzingIngetrokken,
    Verlengd,
)
from rekenschap.domain.facts.uitvoering import (
    AfwezigheidGemeld,
    EvaluatieVastgelegd,
    InzetGeregistreerd,
    NoShowGeregistreerd,
    TenLasteGebracht,
    ZorgGestart,
    ZorgGestopt,
    ZorgHervat,
)
from rekenschap.domain.facts.verwijzing import ContactVastgelegd, VerwijzingOntvangen

__all__ = [
    "BY_CLASS_NAME",
    "GROOTBOEK",
    "REGISTER",
    "AanvraagIngediend",
    "AdviesGevraagd",
    "AdviesUitgebracht",
    "AfwezigheidGemeld",
    "BeginstandOvergenomen",
    "BerichtVerzonden",
    "BeslistermijnOpgeschort",
    "BeslistermijnVerdaagd",
    "BesluitBekendgemaakt",
    "Betaald",
    "BezwaarBeslist",
    "BezwaarIngediend",
    "BezwaarIngetrokken",
    "BezwaarNaarCommissie",
    "ContactVastgelegd",
    "EigenBijdrageOpgelegd",
    "EvaluatieVastgelegd",
    "Feit",
    "Gedeclareerd",
    "GegevenGecorrigeerd",
    "GegevenIngetrokken",
    "GegevensGewist",
    "GezinVastgelegd",
    "GoedkeuringGeweigerd",
    "GoedkeuringVerleend",
    "InzetGeregistreerd",
    "JeugdigeVastgelegd",
    "NoShowGeregistreerd",
    "OptieGekozen",
    "OverBesluit",
    "OverBezwaar",
    "OverBoeking",
    "OverToewijzing",
    "OvereenkomstVastgelegd",
    "PlanVastgesteld",
    "RegelingIngevoerd",
    "TariefVastgesteld",
    "TenLasteGebracht",
    "ToewijzingAangekondigd",
    "ToewijzingAfgegeven",
    "ToewijzingGewijzigd",
    "ToewijzingIngetrokken",
    "Verlengd",
    "VerwijzingOntvangen",
    "VerzoekIngetrokken",
    "VerzuimHersteld",
    "WoonplaatsGewijzigd",
    "ZorgGestart",
    "ZorgGestopt",
    "ZorgHervat",
]
