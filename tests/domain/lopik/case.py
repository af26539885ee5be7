"""A ledger under the regeling of Lopik, and its facts with what the scenario format writes out.

``grant(...)`` is an allocation that no rule objects to but those about what the test names. A step
is recorded at noon on its own day unless ``recorded(...)`` says otherwise.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self

import attrs
from tests.builders import (
    AFWEZIG,
    ANNA,
    Called,
    Day,
    Ledger,
    Step,
    contact,
    day,
    inzet,
    jeugdige,
    start,
    toewijzing,
    verlenging,
    verwijzing,
)

from rekenschap.domain.facts import (
    ContactVastgelegd,
    Feit,
    InzetGeregistreerd,
    ToewijzingAfgegeven,
    Verlengd,
    VerwijzingOntvangen,
    ZorgGestart,
)
from rekenschap.domain.identifiers import Product
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.values import as_moment
from rekenschap.infrastructure.regelingen import packaged_text, read_regeling

LOPIK: Regeling = read_regeling(packaged_text("lopik-2024-11"))

WRITTEN_OUT: dict[str, Any] = {
    "leveringsvorm": "zin",
    "ander_wettelijk_kader": "geen",
    "noodzaak_sociaal_team": False,
    "aanvullende_verzekering": "niet_verzekerd",
    "dsm5_voorwaarde": True,
    "leerplichtontheffing": True,
    "observatie_extern": True,
    "offerte_beoordeeld": False,
    "afsprakenoverzicht": "nvt",
}


@attrs.define
class Case(Ledger):
    """The ledger of the builders, with a clock that stands at noon on the day of the step."""

    clock: datetime = datetime(2024, 10, 1, 11, tzinfo=UTC)

    def when(self, step: Step) -> Self:
        plain = step.step if isinstance(step, Called) else step
        if isinstance(plain, Feit):
            noon = datetime.combine(plain.datum, time(11), UTC)
            self.clock = max(self.clock, noon)
        return super().when(step)

    def at(self, told: Day) -> Self:
        """From here on it is noon on that day, or later."""
        self.clock = max(self.clock, datetime.combine(day(told), time(11), UTC))
        return self

    def _moment(self) -> datetime:
        return self.clock + timedelta(seconds=len(self.boekingen))


def given(*steps: Step, regeling: Regeling = LOPIK, **values: Any) -> Case:
    """A ledger in which these steps were recorded and count."""
    return Case(regeling=regeling, **values).given(*steps)


def born(on: Day | None) -> Any:
    """The jeugdige; None: nobody recorded when he or she was born."""
    return jeugdige(geboren=AFWEZIG if on is None else on, op="2024-01-01")


def grant(
    product: str,
    name: str = "T1",
    *,
    van: Day = "2024-11-18",
    tot: Day | None = None,
    op: Day | None = None,
    volume: Any = AFWEZIG,
    eenheid: Any = AFWEZIG,
    verwijzer: Any = "sociaal_team",
    **values: Any,
) -> ToewijzingAfgegeven:
    """An allocation, decided a week before its first day, referred by the sociaal team."""
    decided = max(date(2024, 11, 11), day(van) - timedelta(days=7)) if op is None else op
    own_unit = eenheid is AFWEZIG and volume is not AFWEZIG
    unit = LOPIK.eenheid_van(Product(product)) if own_unit else eenheid
    return toewijzing(
        name,
        product=product,
        van=van,
        tot=tot,
        op=decided,
        volume=volume,
        eenheid=unit,
        verwijzer=verwijzer,
        **{**WRITTEN_OUT, **values},
    )


def effort(
    aantal: Any, op: Day, *, eenheid: str = "uur", van: str = "T1", **values: Any
) -> InzetGeregistreerd:
    """Effort on a day, or over several: since ``sinds``."""
    first = values.pop("sinds", None)
    made = inzet(aantal, van=van, op=op, eenheid=eenheid, **values)
    return made if first is None else attrs.evolve(made, van=day(first), tot_en_met=day(op))


def longer(
    tot: Any = AFWEZIG, *, op: Day = "2025-05-01", van: str = "T1", extra: Any = 0, **values: Any
) -> Verlengd:
    """An extension, nobody having consented unless told."""
    told = {"akkoord_sociaal_team": False, "overleg_met": (), "afsprakenoverzicht": "nvt", **values}
    return verlenging(tot, op=op, van=van, extra=extra, **told)


def letter(
    op: Day,
    *,
    name: str = "V1",
    door: str = "crisis_coordinatiepunt",
    om: str | None = None,
    **values: Any,
) -> VerwijzingOntvangen:
    """A referral; ``om`` is the clock time in Amsterdam at which it came in."""
    told = {} if om is None else {"tijdstip": moment(op, om)}
    return verwijzing(name, door=door, op=op, **told, **values)


def begun(op: Day, *, van: str = "T1", om: str | None = None, **values: Any) -> ZorgGestart:
    told = {} if om is None else {"tijdstip": moment(op, om)}
    return start(van, op=op, **told, **values)


def talked(
    met: str, op: Day, *, over: Any = AFWEZIG, onderwerp: str = "gesprek"
) -> ContactVastgelegd:
    return contact(onderwerp, met=met, op=op, over=over, van=ANNA)


def moment(op: Day, om: str) -> Any:
    return as_moment("tijdstip", datetime.combine(day(op), time.fromisoformat(om)))
