"""Commands, answers, questions and errors: what a host works with."""

from rekenschap.application.answers import GRONDEN, Antwoord, Toets, Verdict
from rekenschap.application.bewijsstukken import Insluitingsbewijs, Logregel, Samenhangsbewijs
from rekenschap.application.bewijsvoering import Bewaarder, Tijdstempelaar
from rekenschap.application.commands import *  # noqa: F403 - one command per event
from rekenschap.application.commands import __all__ as _commands
from rekenschap.application.controlepunt import (
    Controlepunt,
    read_checkpoints,
    write_checkpoints,
)
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
)

__all__ = [
    "AFWEZIG",
    "GRONDEN",
    "Aard",
    "Antwoord",
    "Bedrag",
    "Bewaarder",
    "Broken",
    "Conflict",
    "Controlepunt",
    "Eenheid",
    "Ernst",
    "Frequentie",
    "Gebeurtenis",
    "Gesloten",
    "Incorrect",
    "Insluitingsbewijs",
    "JeugdigeStand",
    "Logregel",
    "Onbeschikbaar",
    "OptieStand",
    "Pagina",
    "Rekenschap",
    "Rol",
    "Samenhangsbewijs",
    "SoortEvaluatie",
    "SoortWerk",
    "SpoorRegel",
    "Status",
    "Tijdstempelaar",
    "Toets",
    "ToewijzingStand",
    "Uitkomst",
    "Uitleg",
    "Verdict",
    "Werk",
    "read_checkpoints",
    "write_checkpoints",
    *_commands,
]
