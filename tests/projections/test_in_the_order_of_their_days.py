"""What the balance says of stops, resumptions and last days is what decisions go by."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from tests.projections.steps import Case
from tests.projections.tables import Place

from rekenschap.application import HervatZorg, StopZorg, Verleng
from rekenschap.domain.identifiers import ToewijzingId
from rekenschap.domain.toewijzing import Toewijzing

TURNS = ((StopZorg, "2025-02-01"), (HervatZorg, "2025-03-01"), (StopZorg, "2025-04-01"))


def decided_on(place: Place) -> Toewijzing:
    """The allocation as the next decision would have it."""
    ledger: Any = place.ledger
    (known,) = (
        read.dossier.toewijzingen[ToewijzingId("T1")]
        for read in ledger._kept.dossiers.values()
        if ToewijzingId("T1") in read.dossier.toewijzingen
    )
    return known


def agrees(place: Place) -> Any:
    stand = place.ledger.stand(toewijzing="T1")
    known = decided_on(place)
    assert stand is not None
    assert stand.status == known.status
    assert stand.einddatum == (known.gestopt or known.einddatum)
    assert stand.verbruikt == known.verbruikt
    return stand


@pytest.mark.parametrize("turns", list(permutations(TURNS)))
def test_stops_and_resumptions(place: Place, case: Case, turns: Any) -> None:
    case.lopend()
    for command, day in turns:
        case.do(command, day, toewijzing="T1")
        agrees(place)
    assert agrees(place).einddatum == date(2025, 4, 1)
    assert case.inzet(60, op="2025-02-15").regels == ("TW-ALG-02",)
    assert case.inzet(60, op="2025-03-15").uitkomst.erkend
    agrees(place)


def test_an_extension_recorded_late_shortens_nothing(place: Place, case: Case) -> None:
    case.lopend(einddatum=date(2025, 6, 30))
    for day, last in (("2025-06-02", date(2025, 9, 30)), ("2025-06-01", date(2025, 12, 31))):
        told = {"einddatum": last, "besluit_door": "gemeente"}
        vastgesteld = {"afsprakenoverzicht": "volledig"}
        done = case.do(Verleng, day, toewijzing="T1", **told, vastgesteld=vastgesteld)
        assert done.uitkomst.erkend
        agrees(place)
    assert agrees(place).einddatum == date(2025, 12, 31)
    assert case.inzet(60, op="2025-12-30").uitkomst.erkend
