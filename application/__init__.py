"""Commands, answers, questions and errors: what a host works with."""

from rekenschap.application.answers import GRONDEN, Antwoord, Toets, Verdict
from rekenschap.application.bezwaren import Besluittermijn, Bezwaar
from rekenschap.application.commands import *  # noqa: F403 - one command per event
from rekenschap.application.commands import __all__ as _commands
from rekenschap.application.errors import Broken, Conflict, Gesloten, Incorrect, Onbeschikbaar
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
from rekenschap.domain.bezwaartermijnen import OpTijd, Termijnen
from rekenschap.domain.bezwaren import Bezwaarstand
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.vocabulary import (
    Aard,
    Dictum,
    Eenheid,
    Ernst,
    Frequentie,
    Rol,
    SoortEvaluatie,
    Status,
    Uitkomst,
    Uitstelgrond,
)

__all__ = [
    "AFWEZIG",
    "GRONDEN",
    "Aard",
    "Antwoord",
    "Bedrag",
    "Besluittermijn",
    "Bezwaar",
    "Bezwaarstand",
    "Broken",
    "Conflict",
    "Dictum",
    "Eenheid",
    "Ernst",
    "Frequentie",
    "Gebeurtenis",
    "Gesloten",
    "Incorrect",
    "JeugdigeStand",
    "Onbeschikbaar",
    "OpTijd",
    "OptieStand",
    "Pagina",
    "Rekenschap",
    "Rol",
    "SoortEvaluatie",
    "SoortWerk",
    "SpoorRegel",
    "Status",
    "Termijnen",
    "Toets",
    "ToewijzingStand",
    "Uitkomst",
    "Uitleg",
    "Uitstelgrond",
    "Verdict",
    "Werk",
    *_commands,
]
