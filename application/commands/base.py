"""What every command is: an id, who asks, the day it is about, and a name to point back at it."""

from datetime import date
from typing import ClassVar

from attrs import field, frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.facts import Feit
from rekenschap.domain.kenmerken import Kenmerken
from rekenschap.domain.vocabulary import Rol

__all__ = ["AFWEZIG", "Actor", "Afwezig", "Command", "CommandMetKenmerken", "Rol"]


@frozen
class Actor:
    """Who asks. ``id`` is the host's own id of a person; it goes to the vault, never to an event.

    The host proves identity; ``rol`` is the capacity it acts in, ``namens`` on whose behalf.
    """

    id: str
    rol: Rol | str
    namens: str | None = None


@frozen(kw_only=True)
class Command:
    """One request to the ledger.

    ``command_id`` is the caller's and kept for ever: the same id with the same content gives the
    original answer and records nothing; with other content it raises ``Conflict``. ``datum`` is
    the day the step is about (an Amsterdam day). ``referentie`` names the step, so that an
    approval or a correction can point at it.
    """

    feit: ClassVar[type[Feit]]
    """The fact this command reports."""

    command_id: str
    actor: Actor
    datum: date
    referentie: str | Afwezig = AFWEZIG


@frozen(kw_only=True)
class CommandMetKenmerken(Command):
    """A command that can carry kenmerken: declared in data, see ``rekenschap regels --kenmerken``.

    A kenmerk that is left out was not told (a rule that needs it is silent); None says that there
    is none, or that it was not recorded.
    """

    vastgesteld: Kenmerken = field(factory=dict)
