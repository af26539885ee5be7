"""The value of an allocation: exact until the total, rounded half up once, None where unknown."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from tests.projections.steps import Case
from tests.projections.tables import Place

from rekenschap.application import AFWEZIG, NeemBeginstandOver, ToewijzingStand, Verleng

EINDE_JUNI, JULI = date(2025, 6, 30), date(2025, 7, 1)


def stand(place: Place, geldig_op: date = date.max, **asked: Any) -> ToewijzingStand:
    found = place.ledger.stand(toewijzing="T1", geldig_op=geldig_op, **asked)
    assert found is not None
    return found


def money(place: Place, geldig_op: date = date.max, **asked: Any) -> tuple[str | None, ...]:
    """Allotted, used and left, as text."""
    it = stand(place, geldig_op, **asked)
    amounts = (it.toegewezen_eur, it.bedrag_eur, it.saldo_eur)
    return tuple(None if amount is None else str(amount) for amount in amounts)


def test_an_agreed_price_values_size_and_use(place: Place, case: Case) -> None:
    case.tarief("9.99", vanaf="2025-01-01")
    case.lopend(tarief="1.25")
    assert money(place) == ("7500.00", "0.00", "7500.00")
    case.inzet(50, op="2025-02-03")
    case.no_show("2025-02-04")
    assert money(place) == ("7500.00", "137.50", "7362.50")
    assert money(place, date(2025, 2, 3)) == ("7500.00", "62.50", "7437.50")


def test_a_budget_is_the_value_that_was_allotted(place: Place, case: Case) -> None:
    case.lopend(budget="1000.00", tarief="1.25")
    case.inzet(50, op="2025-02-03")
    assert money(place) == ("1000.00", "62.50", "937.50")
    raised = {"extra_budget": "250.50", "besluit_door": "gemeente"}
    vastgesteld = {"afsprakenoverzicht": "volledig"}
    case.do(Verleng, "2025-03-01", toewijzing="T1", **raised, vastgesteld=vastgesteld)
    assert money(place, date(2025, 2, 28)) == ("1000.00", "62.50", "937.50")
    assert money(place) == ("1250.50", "62.50", "1188.00")


def test_more_size_is_worth_more_at_the_price_of_the_first_day(place: Place, case: Case) -> None:
    case.tarief("1.00", vanaf="2025-01-01")
    case.tarief("2.00", vanaf="2025-07-01")
    case.lopend()
    more = {"extra_volume": 600, "besluit_door": "gemeente"}
    vastgesteld = {"afsprakenoverzicht": "volledig"}
    case.do(Verleng, "2025-08-01", toewijzing="T1", **more, vastgesteld=vastgesteld)
    assert money(place, EINDE_JUNI)[0] == "6000.00"
    assert money(place)[0] == "6600.00"


def test_the_price_is_that_of_the_day_of_delivery(place: Place, case: Case) -> None:
    case.tarief("1.00", vanaf="2025-01-01")
    case.tarief("1.10", vanaf="2025-07-01")
    case.lopend()
    case.inzet(100, op="2025-07-01")
    case.inzet(100, op="2025-06-30")  # recorded later, delivered earlier
    assert money(place, EINDE_JUNI) == ("6000.00", "100.00", "5900.00")
    assert money(place) == ("6000.00", "210.00", "5790.00")
    assert money(place, bekend_op=place.ledger.positie - 1) == ("6000.00", "110.00", "5890.00")


def test_effort_that_moves_to_another_day_takes_the_price_of_that_day(
    place: Place, case: Case
) -> None:
    case.tarief("1.00", vanaf="2025-01-01")
    case.tarief("1.10", vanaf="2025-07-01")
    case.lopend()
    before = case.inzet(100, op="2025-06-30", referentie="inzet").positie
    case.corrigeer("inzet", "later", datum=JULI)
    assert money(place)[1] == "110.00"
    case.trek_in("later")
    assert money(place)[1] == "100.00"
    assert money(place, bekend_op=before)[1] == "100.00"
    assert money(place, bekend_op=before + 1)[1] == "110.00"


@pytest.mark.parametrize(
    ("minutes", "hourly", "worth"),
    [
        ([20, 20, 20], "100.00", "100.00"),  # three times a third of a euro, rounded once
        ([1], "0.30", "0.01"),  # half a cent goes up
        ([1, 1], "0.30", "0.01"),
        ([1, 1, 1], "0.30", "0.02"),  # one cent and a half
        ([7], "0.25", "0.03"),  # 2.916… cents
        ([Decimal("0.5")], "0.60", "0.01"),
        ([Decimal("0.499999")], "0.60", "0.00"),
    ],
)
def test_minutes_at_an_hourly_price_are_rounded_half_up_once(
    place: Place, case: Case, minutes: list[Any], hourly: str, worth: str
) -> None:
    case.tarief(hourly, vanaf="2025-01-01", per="uur")
    case.lopend()
    for number, amount in enumerate(minutes):
        case.inzet(amount, op=f"2025-02-{number + 3:02d}")
    assert money(place)[1] == worth


def test_many_small_amounts_add_up_exactly(place: Place, case: Case) -> None:
    """The sum of what is exact, rounded at the end; not a sum of rounded amounts."""
    case.tarief("77.77", vanaf="2025-01-01", per="uur")
    case.lopend()
    chance, total = Random(1), 0
    for number in range(40):
        amount = chance.randint(1, 50)
        total += amount
        case.inzet(amount, op=f"2025-02-{number % 28 + 1:02d}")
    cents = (2 * total * 7777 + 60) // 120
    assert money(place)[1] == f"{cents // 100}.{cents % 100:02d}"


def test_what_is_left_is_rounded_once_as_well(place: Place, case: Case) -> None:
    case.tarief("0.50", vanaf="2025-01-01", per="uur")
    case.lopend(volume=61)
    case.inzet(1, op="2025-02-03")
    assert money(place) == ("0.51", "0.01", "0.50")  # 50.83, 0.83 and exactly 50 cents


def test_without_a_price_there_is_no_value(place: Place, case: Case) -> None:
    case.lopend()
    assert money(place) == (None, None, None)
    case.inzet(60, op="2025-02-03")
    assert money(place) == (None, None, None)


def test_a_budget_without_a_price_is_all_that_is_known(place: Place, case: Case) -> None:
    case.lopend(budget="1000.00")
    assert money(place) == ("1000.00", None, None)


def test_use_from_before_the_first_price_makes_the_total_unknown(place: Place, case: Case) -> None:
    case.tarief("1.10", vanaf="2025-07-01")
    case.lopend()
    case.inzet(100, op="2025-07-01")
    assert money(place) == (None, "110.00", None)
    case.inzet(10, op="2025-06-30", referentie="eerder")
    assert money(place) == (None, None, None)
    case.trek_in("eerder")
    assert money(place) == (None, "110.00", None)


def test_an_unbounded_size_has_a_value_used_and_none_allotted(place: Place, case: Case) -> None:
    case.tarief("1.00", vanaf="2025-01-01")
    case.lopend(volume=AFWEZIG, eenheid=AFWEZIG)
    case.inzet(30, op="2025-02-03")
    assert stand(place).saldo is None
    assert money(place) == (None, "30.00", None)


def test_what_was_used_before_it_was_taken_over_has_no_known_value(
    place: Place, case: Case
) -> None:
    """A price of here says nothing of what was delivered elsewhere."""
    case.tarief("1.00", vanaf="2025-01-01")
    case.do(
        NeemBeginstandOver,
        "2025-01-06",
        toewijzing="T1",
        jeugdige="kind-1",
        regeling="voorganger",
        product="begeleiding_individueel",
        ingangsdatum=date(2025, 1, 6),
        einddatum=date(2025, 12, 31),
        volume=6000,
        eenheid="minuut",
        verbruikt=500,
        gestart=date(2025, 1, 6),
    )
    case.inzet(100, op="2025-02-03")
    assert stand(place).verbruikt == 600
    assert money(place) == (None, None, None)
