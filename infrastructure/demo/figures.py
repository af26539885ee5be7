"""The demo in figures, so that a test can hold them to the letter."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from attrs import frozen

from rekenschap.application import (
    Antwoord,
    Bezwaar,
    Command,
    GeefToewijzingAf,
    Heroverwogen,
    LegJeugdigeVast,
    OntvangVerwijzing,
    ToewijzingStand,
    Uitkomst,
    VerleenGoedkeuring,
)


@frozen(kw_only=True)
class Cijfers:
    """The caseload in figures.

    ``weigerden`` and ``signaleerden`` count per rule how often it refused or raised a signal.
    """

    jeugdigen: int
    verwijzingen: int
    toewijzingen_gevraagd: int
    toewijzingen_verleend: int
    stappen: int
    vastgelegd: int
    uitkomsten: Mapping[Uitkomst, int]
    weigerden: Mapping[str, int]
    signaleerden: Mapping[str, int]


@frozen(kw_only=True)
class Verschil:
    """Something that changed a balance afterwards: when it became known, and about which day."""

    geregistreerd_op: datetime
    bekend_op: int
    geldig_op: date
    wat: str
    gevolg: Decimal


@frozen(kw_only=True)
class Verhaal:
    """The story's allocation: two balances of one day, why they differ, and a refusal, with what
    it would be now and the objection against it."""

    toen: ToewijzingStand
    nu: ToewijzingStand
    toen_op: datetime
    nu_op: datetime
    verschillen: tuple[Verschil, ...]
    weigering: Antwoord
    heroverwogen: Heroverwogen
    bezwaar: Bezwaar


@frozen(kw_only=True)
class Demo:
    """All that the demo shows."""

    cijfers: Cijfers
    verhaal: Verhaal
    zinnen: Mapping[str, str]
    """The sentence of each rule, by its id."""
    titels: Mapping[str, str]
    """The title of the document behind a source, by its short name."""


class Telling:
    """Counts answers while the caseload is played."""

    def __init__(self) -> None:
        self._steps: Counter[type[Command]] = Counter()
        self._outcomes: Counter[Uitkomst] = Counter()
        self._refused: Counter[str] = Counter()
        self._signalled: Counter[str] = Counter()
        self._granted = 0
        self._grants: set[str] = set()

    def add(self, command: Command, answer: Antwoord) -> None:
        """One command and what it was answered."""
        self._steps[type(command)] += 1
        self._outcomes[answer.uitkomst] += 1
        if answer.uitkomst is Uitkomst.GEWEIGERD:
            self._refused.update(answer.regels)
        self._signalled.update(answer.signalen)
        match command:
            case GeefToewijzingAf():
                self._granted += answer.uitkomst.erkend
                if command.referentie:
                    self._grants.add(command.referentie)
            case VerleenGoedkeuring() if command.betreft in self._grants:
                self._granted += answer.uitkomst.erkend

    def total(self, recorded: int) -> Cijfers:
        """The figures; ``recorded`` is the number of lines of the log."""
        return Cijfers(
            jeugdigen=self._steps[LegJeugdigeVast],
            verwijzingen=self._steps[OntvangVerwijzing],
            toewijzingen_gevraagd=self._steps[GeefToewijzingAf],
            toewijzingen_verleend=self._granted,
            stappen=sum(self._steps.values()),
            vastgelegd=recorded,
            uitkomsten={one: self._outcomes[one] for one in Uitkomst},
            weigerden=_by_count(self._refused),
            signaleerden=_by_count(self._signalled),
        )


def _by_count(counted: Counter[str]) -> dict[str, int]:
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
