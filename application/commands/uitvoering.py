"""Commands about the care as it is given. Their answers are contractual."""

from datetime import date, time
from decimal import Decimal

from attrs import frozen

from rekenschap.application.commands.base import AFWEZIG, Afwezig, CommandMetKenmerken
from rekenschap.domain.facts import (
    AfwezigheidGemeld,
    EvaluatieVastgelegd,
    InzetGeregistreerd,
    NoShowGeregistreerd,
    ZorgGestart,
    ZorgGestopt,
    ZorgHervat,
)
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.vocabulary import Eenheid, SoortEvaluatie


@frozen(kw_only=True)
class StartZorg(CommandMetKenmerken):
    """Care begins on ``datum``: the first real help, not the intake."""

    feit = ZorgGestart

    toewijzing: str


@frozen(kw_only=True)
class RegistreerInzet(CommandMetKenmerken):
    """Register effort that draws on the allocation.

    ``soort`` is the kind of effort (list ``soort_inzet``), ``aantal`` how much in ``eenheid``.
    ``van``/``tot_en_met``: the days it covers, both included, ``datum`` being the last;
    ``aankomst``/``vertrek``: a stay, of which the nights between count. ``gesprek`` binds travel
    and several youths to one conversation. ``regelreferentie`` is the provider's own line
    reference: one that came before is signalled as probably double.
    """

    feit = InzetGeregistreerd

    toewijzing: str
    soort: str
    aantal: Decimal | int
    eenheid: Eenheid | str
    van: date | Afwezig = AFWEZIG
    tot_en_met: date | Afwezig = AFWEZIG
    aankomst: date | Afwezig = AFWEZIG
    vertrek: date | Afwezig = AFWEZIG
    begintijd: time | Afwezig = AFWEZIG
    eindtijd: time | Afwezig = AFWEZIG
    gesprek: str | Afwezig = AFWEZIG
    bedrag: Bedrag | str | Afwezig = AFWEZIG
    tarief: Bedrag | str | Afwezig = AFWEZIG
    regelreferentie: str | Afwezig = AFWEZIG


@frozen(kw_only=True)
class RegistreerNoShow(CommandMetKenmerken):
    """The jeugdige did not come: a fact that is always kept.

    With ``declareren`` the lost time (``aantal`` in ``eenheid``) is charged too; that claim is what
    the rules judge and what the answer is about.
    """

    feit = NoShowGeregistreerd

    toewijzing: str
    aantal: Decimal | int
    eenheid: Eenheid | str
    declareren: bool
    begintijd: time | Afwezig = AFWEZIG
    eindtijd: time | Afwezig = AFWEZIG
    regelreferentie: str | Afwezig = AFWEZIG


@frozen(kw_only=True)
class MeldAfwezigheid(CommandMetKenmerken):
    """The jeugdige is away from ``van`` up to and including ``tot_en_met`` (None: not back yet).

    A fact that is always kept; with ``declareren`` its nights are charged too, and that claim is
    what the rules judge. ``reden`` is a value of the list ``reden_afwezigheid``.
    """

    feit = AfwezigheidGemeld

    toewijzing: str
    van: date
    tot_en_met: date | None
    declareren: bool
    reden: str | Afwezig = AFWEZIG
    regelreferentie: str | Afwezig = AFWEZIG


@frozen(kw_only=True)
class HervatZorg(CommandMetKenmerken):
    """Care goes on: back after an absence, or a stopped traject reopened."""

    feit = ZorgHervat

    toewijzing: str


@frozen(kw_only=True)
class LegEvaluatieVast(CommandMetKenmerken):
    """An evaluation was held on ``datum``; who was there is the kenmerk ``met``."""

    feit = EvaluatieVastgelegd

    toewijzing: str
    soort: SoortEvaluatie | str


@frozen(kw_only=True)
class StopZorg(CommandMetKenmerken):
    """Care ends; ``datum`` is its last day. ``reden``: list ``reden_stop``, None: no reason was
    given; ``door``: who."""

    feit = ZorgGestopt

    toewijzing: str
    reden: str | Afwezig | None = AFWEZIG
    door: str | Afwezig = AFWEZIG
