"""One entry of the ledger: the fact, the decision on it, and who reported it."""

from datetime import datetime

from attrs import frozen

from rekenschap.domain.facts import Feit
from rekenschap.domain.identifiers import CommandId, PersoonRef, Referentie
from rekenschap.domain.verdicts import Beslissing
from rekenschap.domain.vocabulary import Rol


@frozen
class Melder:
    """Who asks, in what role, and on whose behalf; the host proves who it is."""

    wie: PersoonRef
    rol: Rol
    namens: PersoonRef | None = None


@frozen
class Boeking:
    """A fact with its place in the log.

    ``positie`` is when the ledger knew it (gapless), ``geregistreerd_op`` the same moment in UTC.
    A step that was refused is on record as reported and not recognised: it counts nowhere.
    """

    positie: int
    geregistreerd_op: datetime
    feit: Feit
    beslissing: Beslissing
    melder: Melder
    opdracht: CommandId
    referentie: Referentie | None = None
