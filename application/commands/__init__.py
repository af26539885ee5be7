"""What may be asked of the ledger: one command per event."""

from rekenschap.application.commands.aanvraag import (
    DienAanvraagIn,
    KondigToewijzingAan,
    MeldBericht,
    StelPlanVast,
    WijzigWoonplaats,
)
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
from rekenschap.application.commands.bezwaar import (
    BeslisBezwaar,
    DienBezwaarIn,
    LegBekendmakingVast,
    LegHerstelVast,
    MeldAdviescommissie,
    OverBezwaar,
    SchortBeslistermijnOp,
    TrekBezwaarIn,
    VerdaagBeslistermijn,
)
from rekenschap.application.commands.gegevens import WisGegevens
from rekenschap.application.commands.geld import Betaal, Declareer, LegEigenBijdrageOp
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
    "BeslisBezwaar",
    "Betaal",
    "BrengAdviesUit",
    "Command",
    "CorrigeerGegeven",
    "Declareer",
    "DienAanvraagIn",
    "DienBezwaarIn",
    "GeefToewijzingAf",
    "HervatZorg",
    "KiesOptie",
    "KondigToewijzingAan",
    "LegBekendmakingVast",
    "LegContactVast",
    "LegEigenBijdrageOp",
    "LegEvaluatieVast",
    "LegGezinVast",
    "LegHerstelVast",
    "LegJeugdigeVast",
    "LegOvereenkomstVast",
    "MeldAdviescommissie",
    "MeldAfwezigheid",
    "MeldBericht",
    "NeemBeginstandOver",
    "OntvangVerwijzing",
    "OverBezwaar",
    "OverStap",
    "RegistreerInzet",
    "RegistreerNoShow",
    "SchortBeslistermijnOp",
    "StartZorg",
    "StelPlanVast",
    "StelTariefVast",
    "StopZorg",
    "TrekBezwaarIn",
    "TrekGegevenIn",
    "TrekToewijzingIn",
    "TrekVerzoekIn",
    "VerdaagBeslistermijn",
    "VerleenGoedkeuring",
    "Verleng",
    "VoerRegelingIn",
    "VraagAdvies",
    "WeigerGoedkeuring",
    "WijzigToewijzing",
    "WijzigWoonplaats",
    "WisGegevens",
]
