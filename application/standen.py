"""What a question about balances and history is answered with.

Every answer says which clocks it used: ``geldig_op``, the valid day, ``bekend_op``, the position up
to which the ledger's knowledge counted, and ``volgens``, the rules: those of the decisions
themselves (``van_toen``), or in one line what else was assumed.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from attrs import field, frozen

from rekenschap.application.answers import Verdict
from rekenschap.domain.andere_regels import VAN_TOEN
from rekenschap.domain.facts import Feit, OptieGekozen
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import Code
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.vocabulary import Aard, Eenheid, Rol, Status, Uitkomst

T = TypeVar("T")
NUL = Bedrag(0)


@frozen(kw_only=True)
class ToewijzingStand:
    """The balance of one allocation.

    Quantities are in ``eenheid``; ``toegewezen`` and ``saldo`` are None when the size is not
    bounded. Money is None where no price is known. ``einddatum`` is the last day of the validity,
    after a stop the last day of the care. A toewijzing with status ``wacht`` is only asked for.
    """

    toewijzing: str
    jeugdige: str | None
    geldig_op: date
    bekend_op: int
    status: Status
    product: str
    regeling: str
    eenheid: Eenheid | None
    toegewezen: Decimal | None
    verbruikt: Decimal
    saldo: Decimal | None
    verbruikt_per_soort: Mapping[str, Decimal]
    verbruikt_diagnostiek: Decimal
    sessies: int
    no_shows: Mapping[int, int]
    afwezigheidsdagen: Mapping[int, int]
    ingangsdatum: date
    einddatum: date | None
    startdatum: date | None
    toegewezen_eur: Bedrag | None
    bedrag_eur: Bedrag | None
    saldo_eur: Bedrag | None
    gedeclareerd_eur: Bedrag = NUL
    betaald_eur: Bedrag = NUL
    eigen_bijdrage_eur: Bedrag = NUL
    volgens: str = VAN_TOEN


@frozen(kw_only=True)
class JeugdigeStand:
    """Everything of one jeugdige: allocations, and counters per product and calendar year."""

    jeugdige: str
    geldig_op: date
    bekend_op: int
    toewijzingen: tuple[ToewijzingStand, ...]
    no_shows: Mapping[str, Mapping[int, int]] = field(factory=dict)
    volgens: str = VAN_TOEN


@frozen(kw_only=True)
class OptieStand:
    """How an option of a regeling reads on a day: ``waarde``, the ``standaard`` unless another was
    chosen; then ``sinds`` is the day from which."""

    regeling: str
    optie: str
    betekenis: str
    lezing: str
    waarde: Optiewaarde
    standaard: Optiewaarde
    waarden: tuple[str, ...] | None
    sinds: date | None

    @classmethod
    def van(cls, rules: Regeling, name: Code, chosen: OptieGekozen | None) -> "OptieStand":
        """An option of a regeling, with the choice that holds if there is one."""
        option = rules.opties[name]
        return cls(
            regeling=rules.naam,
            optie=name,
            betekenis=option.betekenis,
            lezing=option.lezing,
            waarde=option.standaard if chosen is None else chosen.waarde,
            standaard=option.standaard,
            waarden=option.waarden,
            sinds=None if chosen is None else chosen.datum,
        )


@frozen(kw_only=True)
class SpoorRegel:
    """One line of the audit trail: who, when, what, and the verdicts with their sources.

    ``geldig_op`` is the day the step is about, ``bekend_op`` its position, and
    ``achterhaald_op`` the position of the correction or withdrawal that replaced it, if any by
    then. ``wie`` is the host's id of the actor, None once erased.
    """

    bekend_op: int
    geregistreerd_op: datetime
    geldig_op: date
    gebeurtenis: str
    feit: Feit
    uitkomst: Uitkomst
    aard: Aard
    verdicts: tuple[Verdict, ...]
    gronden: tuple[str, ...]
    wie: str | None
    rol: Rol
    referentie: str | None
    achterhaald_op: int | None


@frozen(kw_only=True)
class Gebeurtenis:
    """One line of the feed: hosts build their own on it, in order and without gaps."""

    positie: int
    geregistreerd_op: datetime
    soort: str
    feit: Feit
    uitkomst: Uitkomst
    gevolg_aantal: Decimal | None
    raakt: tuple[str, ...]


@frozen(kw_only=True)
class Pagina(Generic[T]):
    """A page of a list; ``verder`` is what to ask the next one after, None at the end."""

    regels: tuple[T, ...]
    verder: str | None
    bekend_op: int
    volgens: str = VAN_TOEN
