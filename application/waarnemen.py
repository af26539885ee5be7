"""What may be told of a ledger at work: kinds, outcomes, rules, durations and positions.

No observation holds a name, a host's id, a reference of the vault, a command id or words: what a
position is about can be asked of the ledger itself, by whoever may. Everything is told afterwards,
outside the transaction; an observer that fails loses the observation and nothing else.
"""

import logging
from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any, Final, Protocol

from attrs import frozen

from rekenschap.application.commands import Command
from rekenschap.domain.vocabulary import Uitkomst

UNKNOWN: Final = "onbekend"
"""The kind of what is no command of ours."""


@frozen(kw_only=True)
class Geopend:
    """A grootboek was opened: its head, and up to where its tables are folded."""

    grootboek: str
    hoofd: int
    tabellen: int


@frozen(kw_only=True)
class Opdracht:
    """What became of one command. ``soort`` is its class, ``positie`` where its decision stands;
    ``herhaald`` when it had been decided before and nothing was recorded."""

    soort: str
    uitkomst: Uitkomst
    regels: tuple[str, ...]
    gronden: tuple[str, ...]
    positie: int
    herhaald: bool


@frozen(kw_only=True)
class Beslist:
    """One commit: the commands decided in it, how many lines it recorded, and where the log ends.

    Seconds: ``wachten`` for a connection and the lock, ``beslissen`` everything between, and
    ``vastleggen`` appending and committing.
    """

    grootboek: str
    opdrachten: tuple[Opdracht, ...]
    vastgelegd: int
    hoofd: int
    wachten: float
    beslissen: float
    vastleggen: float


@frozen(kw_only=True)
class Getoetst:
    """A ``toets``: what a command would have got. Nothing was recorded. ``duur`` in seconds."""

    grootboek: str
    soort: str
    uitkomst: Uitkomst
    regels: tuple[str, ...]
    gronden: tuple[str, ...]
    duur: float


@frozen(kw_only=True)
class Gevraagd:
    """A question that was answered.

    ``vraag`` is the method of the front door, ``duur`` its seconds (of one that answers line by
    line, without those of the asker), ``bijgewerkt`` how many lines were folded into the tables
    for it and ``bijwerken`` the seconds that took. ``hoofd`` and ``tabellen`` are how far log and
    tables were last seen to be, None when it did not look.
    """

    grootboek: str
    vraag: str
    duur: float
    bijgewerkt: int
    bijwerken: float
    hoofd: int | None
    tabellen: int | None


@frozen(kw_only=True)
class Mislukt:
    """A request or question that ended in an exception: its class, and never its words.

    ``vraag`` is the method of the front door; ``soorten`` are the kinds of its commands.
    """

    grootboek: str
    vraag: str
    soorten: tuple[str, ...]
    fout: str
    duur: float


Waarneming = Geopend | Beslist | Getoetst | Gevraagd | Mislukt


class Waarnemer(Protocol):
    """Who is told. Called in the thread of the request, so be quick; ask the ledger nothing."""

    def zie(self, waarneming: Waarneming) -> None: ...


class Samen:
    """Several observers as one: each is told, also when one before it fails."""

    def __init__(self, *waarnemers: Waarnemer) -> None:
        self._waarnemers: Sequence[Waarnemer] = waarnemers

    def zie(self, waarneming: Waarneming) -> None:
        for one in self._waarnemers:
            _told(one, waarneming)


_TELLING: ContextVar[bool] = ContextVar("rekenschap_waarnemen", default=False)
_LOG: Final = logging.getLogger("rekenschap.waarnemen")
_LOG.addHandler(logging.NullHandler())


def tell(waarnemer: Waarnemer, waarneming: Waarneming) -> None:
    """Tell an observer; what it raises is not the asker's. What it asks itself is not told."""
    if _TELLING.get():
        return
    token = _TELLING.set(True)
    try:
        _told(waarnemer, waarneming)
    finally:
        _TELLING.reset(token)


def _told(waarnemer: Waarnemer, waarneming: Waarneming) -> None:
    try:
        waarnemer.zie(waarneming)
    except Exception as error:  # whatever it is: the request is done, and its answer is due
        try:
            _LOG.warning("an observer failed with %s", type(error).__name__)
        except Exception:
            return  # a handler of the host that raises, as an observer may


def kind_of(command: Any) -> str:
    """The name of the class of ours a command is of; a host's own subclass is of ours."""
    if isinstance(command, Command):
        for cls in type(command).__mro__:
            if cls.__module__.startswith("rekenschap.application.commands"):
                return cls.__name__
    return UNKNOWN
