"""Commands, answers, questions and errors: what a host works with."""

from rekenschap.application.answers import GRONDEN, Antwoord, Toets, Verdict
from rekenschap.application.bewaren import Verstreken
from rekenschap.application.commands import *  # noqa: F403 - one command per event
from rekenschap.application.commands import __all__ as _commands
from rekenschap.application.errors import Broken, Conflict, Gesloten, Incorrect, Onbeschikbaar
from rekenschap.application.kluis import Wissing, Wissingen
from rekenschap.application.lezen import Inzage
from rekenschap.application.rekenschap import Rekenschap
from rekenschap.application.standen import (
    Gebeurtenis,
    JeugdigeStand,
    OptieStand,
    Pagina,
    SpoorRegel,
    ToewijzingStand,
)
from rekenschap.application.uitleg import Uitleg
from rekenschap.application.werklijst import SoortWerk, Werk
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.vocabulary import (
    Aard,
    Eenheid,
    Ernst,
    Frequentie,
    Rol,
    SoortEvaluatie,
    Status,
    Uitkomst,
    Wisgrond,
)

__all__ = [
    "AFWEZIG",
    "GRONDEN",
    "Aard",
    "Antwoord",
    "Bedrag",
    "Broken",
    "Conflict",
    "Eenheid",
    "Ernst",
    "Frequentie",
    "Gebeurtenis",
    "Gesloten",
    "Incorrect",
    "Inzage",
    "JeugdigeStand",
    "Onbeschikbaar",
    "OptieStand",
    "Pagina",
    "Rekenschap",
    "Rol",
    "SoortEvaluatie",
    "SoortWerk",
    "SpoorRegel",
    "Status",
    "Toets",
    "ToewijzingStand",
    "Uitkomst",
    "Uitleg",
    "Verdict",
    "Verstreken",
    "Werk",
    "Wisgrond",
    "Wissing",
    "Wissingen",
    *_commands,
]
