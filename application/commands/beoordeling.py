"""Commands about an earlier step: approve, turn down, take back, correct.

``betreft`` is the ``referentie`` the earlier step was given, or the ``beslissing`` of its answer.
"""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from rekenschap.application.commands.base import AFWEZIG, Afwezig, Command
from rekenschap.domain.facts import (
    GegevenGecorrigeerd,
    GegevenIngetrokken,
    GoedkeuringGeweigerd,
    GoedkeuringVerleend,
    VerzoekIngetrokken,
)


@frozen(kw_only=True)
class OverStap(Command):
    """A command about an earlier step."""

    betreft: str


@frozen(kw_only=True)
class VerleenGoedkeuring(OverStap):
    """Approve a step that waits: it is judged again and counts on its own dates.

    ``door`` is the party that approves (list ``partij``); only the one the regeling names may.
    ``motivering`` is words; they go to the vault.
    """

    feit = GoedkeuringVerleend

    door: str
    motivering: str | Afwezig = AFWEZIG


@frozen(kw_only=True)
class WeigerGoedkeuring(OverStap):
    """Turn a step that waits down."""

    feit = GoedkeuringGeweigerd

    door: str
    motivering: str | Afwezig = AFWEZIG


@frozen(kw_only=True)
class TrekVerzoekIn(OverStap):
    """The one who asked takes a waiting step back."""

    feit = VerzoekIngetrokken

    door: str


@frozen(kw_only=True)
class CorrigeerGegeven(OverStap):
    """An earlier step was recorded wrongly.

    ``vervanging`` holds the fields and kenmerken that change, by name; ``reden`` is a code, never a
    sentence; ``gezag`` is the party with the authority to establish it. A plain fact is always
    corrected; what was claimed or asked is judged as if it were asked now.
    """

    feit = GegevenGecorrigeerd

    reden: str
    gezag: str
    vervanging: Mapping[str, Any]


@frozen(kw_only=True)
class TrekGegevenIn(OverStap):
    """An earlier step, or an earlier correction, should not have been there."""

    feit = GegevenIngetrokken

    reden: str
    gezag: str
