"""Facts about the care as it is given: start, effort, no-show, absence, evaluation, stop."""

from datetime import date, time
from decimal import Decimal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.facts.base import feit, keuze, persons, wijst_naar
from rekenschap.domain.facts.toewijzing import OverToewijzing
from rekenschap.domain.identifiers import GesprekId, Keuze, RegelReferentie
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.vocabulary import Eenheid, SoortEvaluatie


@feit("zorg-gestart")
@frozen(kw_only=True)
class ZorgGestart(OverToewijzing):
    """Care begins: the first real help, not the intake."""

    neemt_plaats = False


@feit("inzet-geregistreerd")
@frozen(kw_only=True)
class InzetGeregistreerd(OverToewijzing):
    """Effort that was delivered and draws on the allocation.

    ``van`` to ``tot_en_met`` when it covers several days (``datum`` is the last). A stay has
    ``aankomst`` and ``vertrek``; the nights between them are its days.
    """

    soort: Keuze = keuze("soort_inzet")
    aantal: Decimal
    eenheid: Eenheid
    van: date | Afwezig = AFWEZIG
    tot_en_met: date | Afwezig = AFWEZIG
    aankomst: date | Afwezig = AFWEZIG
    vertrek: date | Afwezig = AFWEZIG
    begintijd: time | Afwezig = AFWEZIG
    eindtijd: time | Afwezig = AFWEZIG
    gesprek: GesprekId | Afwezig = AFWEZIG
    bedrag: Bedrag | Afwezig = AFWEZIG
    tarief: Bedrag | Afwezig = AFWEZIG
    regelreferentie: RegelReferentie | Afwezig = AFWEZIG

    @property
    def verwijzingen_naar(self) -> tuple[str, ...]:
        return persons(f"gesprek/{self.gesprek}" if self.gesprek else None)


@feit("no-show-geregistreerd")
@frozen(kw_only=True)
class NoShowGeregistreerd(OverToewijzing):
    """The jeugdige did not come. A fact; with ``declareren`` it is charged as well."""

    aanspraak = False

    aantal: Decimal
    eenheid: Eenheid
    declareren: bool
    begintijd: time | Afwezig = AFWEZIG
    eindtijd: time | Afwezig = AFWEZIG
    regelreferentie: RegelReferentie | Afwezig = AFWEZIG


@feit("afwezigheid-gemeld")
@frozen(kw_only=True)
class AfwezigheidGemeld(OverToewijzing):
    """The jeugdige is away for days or nights, ``tot_en_met`` included; None is 'not back yet'."""

    aanspraak = False

    van: date
    tot_en_met: date | None
    declareren: bool
    reden: Keuze | Afwezig = keuze("reden_afwezigheid", default=AFWEZIG)
    regelreferentie: RegelReferentie | Afwezig = AFWEZIG


@feit("ten-laste-gebracht")
@frozen(kw_only=True)
class TenLasteGebracht(OverToewijzing):
    """The claim that goes with a fact: it is charged to the allocation.

    ``betreft`` is the position of the fact. The fact stays whatever becomes of the claim.
    """

    betreft: int = wijst_naar()


@feit("zorg-hervat")
@frozen(kw_only=True)
class ZorgHervat(OverToewijzing):
    """Care goes on: back after an absence, or a stopped traject reopened."""

    neemt_plaats = False


@feit("evaluatie-vastgelegd")
@frozen(kw_only=True)
class EvaluatieVastgelegd(OverToewijzing):
    """An evaluation was held."""

    aanspraak = False

    soort: SoortEvaluatie


@feit("zorg-gestopt")
@frozen(kw_only=True)
class ZorgGestopt(OverToewijzing):
    """Care ends; ``datum`` is its last day."""

    neemt_plaats = False

    reden: Keuze | Afwezig | None = keuze("reden_stop", default=AFWEZIG)
    door: Keuze | Afwezig = keuze("partij", default=AFWEZIG)
