"""Commands, answers, questions and errors: what a host works with."""

from rekenschap.application.achterstand import Achterstand
from rekenschap.application.answers import GRONDEN, Antwoord, Toets, Verdict
from rekenschap.application.bewaren import Verstreken
from rekenschap.application.bewijsstukken import Insluitingsbewijs, Logregel, Samenhangsbewijs
from rekenschap.application.bewijsvoering import Bewaarder, Tijdstempelaar
from rekenschap.application.bezwaardossier import Bezwaardossier
from rekenschap.application.bezwaren import Besluittermijn, Bezwaar
from rekenschap.application.commands import *  # noqa: F403 - one command per event
from rekenschap.application.commands import __all__ as _commands
from rekenschap.application.controlepunt import (
    Controlepunt,
    read_checkpoints,
    write_checkpoints,
)
from rekenschap.application.difference import Gezichtspunt, Verschil
from rekenschap.application.errors import Broken, Conflict, Gesloten, Incorrect, Onbeschikbaar
from rekenschap.application.gezondheid import Bevinding, Gesteldheid, Gezondheid
from rekenschap.application.herbouw import (
    Fase,
    Herbouw,
    Nagerekend,
    SoortTabelverschil,
    Tabelverschil,
    Voortgang,
)
from rekenschap.application.heroverwegen import Heroverwogen
from rekenschap.application.inzage import Inzage, Leesregister
from rekenschap.application.kluis import Wissing, Wissingen
from rekenschap.application.rekenschap import Rekenschap
from rekenschap.application.replay import Herbeslissing
from rekenschap.application.reproduction import Reproductie
from rekenschap.application.standen import (
    Gebeurtenis,
    JeugdigeStand,
    OptieStand,
    Pagina,
    SpoorRegel,
    ToewijzingStand,
)
from rekenschap.application.uitleg import Uitleg
from rekenschap.application.verslag import Geldsoort, Geldverschil, Herspeelverslag
from rekenschap.application.waarnemen import (
    Beslist,
    Geopend,
    Getoetst,
    Gevraagd,
    Mislukt,
    Opdracht,
    Samen,
    Waarnemer,
    Waarneming,
)
from rekenschap.application.werklijst import SoortWerk, Werk
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.andere_regels import AndereRegels, Getal
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
    Wisgrond,
)

__all__ = [
    "AFWEZIG",
    "Aard",
    "Achterstand",
    "AndereRegels",
    "Antwoord",
    "Bedrag",
    "Beslist",
    "Besluittermijn",
    "Bevinding",
    "Bewaarder",
    "Bezwaar",
    "Bezwaardossier",
    "Bezwaarstand",
    "Broken",
    "Conflict",
    "Controlepunt",
    "Dictum",
    "Eenheid",
    "Ernst",
    "Frequentie",
    "GRONDEN",
    "Gebeurtenis",
    "Geldsoort",
    "Geldverschil",
    "Geopend",
    "Gesloten",
    "Gesteldheid",
    "Getal",
    "Getoetst",
    "Gevraagd",
    "Gezichtspunt",
    "Gezondheid",
    "Fase",
    "Herbeslissing",
    "Herbouw",
    "Nagerekend",
    "SoortTabelverschil",
    "Tabelverschil",
    "Voortgang",
    "Heroverwogen",
    "Herspeelverslag",
    "Incorrect",
    "Insluitingsbewijs",
    "Inzage",
    "JeugdigeStand",
    "Leesregister",
    "Logregel",
    "Mislukt",
    "Onbeschikbaar",
    "OpTijd",
    "Opdracht",
    "OptieStand",
    "Pagina",
    "Rekenschap",
    "Reproductie",
    "Rol",
    "Samen",
    "Samenhangsbewijs",
    "SoortEvaluatie",
    "SoortWerk",
    "SpoorRegel",
    "Status",
    "Termijnen",
    "Tijdstempelaar",
    "Toets",
    "ToewijzingStand",
    "Uitkomst",
    "Uitleg",
    "Uitstelgrond",
    "Verdict",
    "Verschil",
    "Verstreken",
    "Waarnemer",
    "Waarneming",
    "Werk",
    "Wisgrond",
    "Wissing",
    "Wissingen",
    "read_checkpoints",
    "write_checkpoints",
    *_commands,
]
