"""The balance of a traject follows what is known of its start and its effort, in any order."""

from collections.abc import Callable
from datetime import date

import pytest
from tests.projections.steps import Case
from tests.projections.tables import Place

from rekenschap.application import StelTariefVast, StopZorg, ToewijzingStand


def stand(place: Place, geldig_op: date = date.max) -> ToewijzingStand:
    found = place.ledger.stand(toewijzing="T1", geldig_op=geldig_op)
    assert found is not None
    return found


def worth(place: Place, geldig_op: date = date.max) -> tuple[int, str | None]:
    it = stand(place, geldig_op)
    return int(it.verbruikt), None if it.bedrag_eur is None else str(it.bedrag_eur)


@pytest.fixture
def traject(place: Place, case: Case) -> Case:
    """An MST of 9000 euro, or 1.50 per minute, that did not start yet."""
    for unit, price in (("traject", "9000.00"), ("minuut", "1.50")):
        case.do(StelTariefVast, "2025-01-01", product="mst", eenheid=unit, bedrag=price)
    size = {"product": "mst", "volume": 1, "eenheid": "traject"}
    assert case.toewijzing(op="2025-03-03", **size).uitkomst == "geaccepteerd"
    return case


def stop(case: Case, reden: str = "voortijdig_afgebroken", op: str = "2025-06-01") -> None:
    assert case.do(StopZorg, op, toewijzing="T1", reden=reden, referentie="stop").uitkomst.erkend


def begin(case: Case) -> None:
    assert case.start(op="2025-03-03", referentie="start").uitkomst == "geaccepteerd"


def effort(case: Case) -> None:
    assert case.inzet(1000, op="2025-03-04", referentie="inzet").uitkomst == "geaccepteerd"


def rebuilt_the_same(place: Place) -> None:
    place.model.catch_up()
    assert place.rows() == place.rebuilt() == place.rebuilt(1)


ORDERS = [(begin, effort, stop), (begin, stop, effort), (stop, begin, effort)]


@pytest.mark.parametrize("order", ORDERS)
def test_the_order_of_recording_does_not_matter(
    place: Place, traject: Case, order: tuple[Callable[[Case], None], ...]
) -> None:
    for step in order:
        step(traject)
    assert worth(place) == (1, "1500.00")
    assert worth(place, date(2025, 5, 31)) == (0, "0.00")
    rebuilt_the_same(place)


def test_a_late_start_of_a_completed_traject_is_its_whole_price(
    place: Place, traject: Case
) -> None:
    stop(traject, "afgerond")
    assert worth(place) == (0, "0.00")
    before = place.ledger.positie
    begin(traject)
    assert worth(place) == (1, "9000.00")
    then = place.ledger.stand(toewijzing="T1", geldig_op=date.max, bekend_op=before)
    assert then is not None
    assert then.verbruikt == 0


def test_effort_that_is_corrected_added_or_taken_back_is_settled_anew(
    place: Place, traject: Case
) -> None:
    for step in (begin, effort, stop):
        step(traject)
    traject.corrigeer("inzet", aantal=900)
    assert worth(place) == (1, "1350.00")
    traject.inzet(100, op="2025-05-01")
    traject.no_show("2025-05-02", aantal=10, referentie="weg")
    assert worth(place) == (1, "1515.00")
    traject.corrigeer("weg", declareren=False)
    assert worth(place) == (1, "1500.00")
    traject.trek_in("inzet")
    assert worth(place) == (1, "150.00")
    rebuilt_the_same(place)


def test_a_start_that_is_corrected_decides_on_the_week_of_zit(place: Place, case: Case) -> None:
    told = {"product": "zit", "eenheid": "traject", "bedrag": "10000.00"}
    case.do(StelTariefVast, "2025-01-01", **told)
    size = {"product": "zit", "volume": 1, "eenheid": "traject", "einddatum": date(2025, 3, 16)}
    case.toewijzing(op="2025-03-03", **size)
    begin(case)
    stop(case, op="2025-03-10")
    assert worth(place) == (1, "10000.00")
    case.corrigeer("start", datum=date(2025, 3, 4))
    assert worth(place) == (1, "7500.00")
    case.trek_in("start")
    assert worth(place) == (0, "0.00")
    rebuilt_the_same(place)


@pytest.mark.parametrize("price", ["minuut", "traject"])
def test_an_aborted_traject_without_a_price_it_takes_has_no_known_value(
    place: Place, case: Case, price: str
) -> None:
    case.do(StelTariefVast, "2025-01-01", product="mst", eenheid=price, bedrag="60.00")
    case.toewijzing(op="2025-03-03", product="mst", volume=1, eenheid="traject")
    for step in (begin, effort, stop):
        step(case)
    assert worth(place) == (1, None)
    case.corrigeer("stop", reden="afgerond")
    assert worth(place) == (1, "60.00" if price == "traject" else None)


def test_the_decision_on_the_stop_keeps_the_effect_it_had(place: Place, traject: Case) -> None:
    for step in (begin, effort, stop):
        step(traject)
    (entry,) = [b for b in place.log() if b.feit.naam == "zorg-gestopt"]
    traject.corrigeer("inzet", aantal=900)
    (now,) = [b for b in place.log() if b.feit.naam == "zorg-gestopt"]
    assert now == entry
    assert entry.beslissing.gevolg is not None
    assert str(entry.beslissing.gevolg.waarde) == "1500.00"
