"""What may be asked of the ledger: one command per event."""

from rekenschap.application.commands.advies import BrengAdviesUit, VraagAdvies
from rekenschap.application.commands.base import Actor, Command
from rekenschap.application.commands.beoordeling import (
    CorrigeerGegeven,
    OverStap,
    TrekGegevenIn,
    TrekVerzoekIn,
    VerleenGoedkeuring,
    WeigerGoedkeuring,
)
from rekenschap.application.commands.inrichting import (
    KiesOptie,
    LegOvereenkomstVast,
    NeemBeginstandOver,
    StelTariefVast,
    VoerRegelingIn,
)
from rekenschap.application.commands.personen import LegGezinVast, LegJeugdigeVast
from rekenschap.application.commands.toewijzing import (
    GeefToewijzingAf,
    TrekToewijzingIn,
    Verleng,
    WijzigToewijzing,
)
from rekenschap.application.commands.uitvoering import (
    HervatZorg,
    LegEvaluatieVast,
    MeldAfwezigheid,
    RegistreerInzet,
    RegistreerNoShow,
    StartZorg,
    StopZorg,
)
from rekenschap.application.commands.verwijzing import LegContactVast, OntvangVerwijzing

__all__ = [
    "Actor",
    "BrengAdviesUit",
    "Command",
    "CorrigeerGegeven",
    "GeefToewijzingAf",
    "HervatZorg",
    "KiesOptie",
    "LegContactVast",
    "LegEvaluatieVast",
    "LegGezinVast",
    "LegJeugdigeVast",
    "LegOvereenkomstVast",
    "MeldAfwezigheid",
    "NeemBeginstandOver",
    "OntvangVerwijzing",
    "OverStap",
    "RegistreerInzet",
    "RegistreerNoShow",
    "StartZorg",
    "StelTariefVast",
    "StopZorg",
    "TrekGegevenIn",
    "TrekToewijzingIn",
    "TrekVerzoekIn",
    "VerleenGoedkeuring",
    "Verleng",
    "VoerRegelingIn",
    "VraagAdvies",
    "WeigerGoedkeuring",
    "WijzigToewijzing",
]
