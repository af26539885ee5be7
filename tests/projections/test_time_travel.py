"""Which position a question is about: a position, a moment, a day, and what is none of these."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import product
from typing import Any

import pytest
from tests.projections.steps import Case
from tests.projections.tables import Place

from rekenschap.application import Incorrect
from rekenschap.infrastructure.clock import FixedClock

local = datetime.fromisoformat  # without an offset: a time on the clock in Amsterdam
US = timedelta(microseconds=1)
SECRET = "burger-900000012"

NEVER: tuple[Any, ...] = (
    -1,
    10**6,
    10**30,
    True,
    False,
    "2025-01-01",
    "3",
    3.0,
    time(12),
    local("2025-03-30T02:30"),  # does not exist in Amsterdam
    datetime.min,  # noqa: DTZ901 - before the calendar begins, in UTC
    datetime.max.replace(tzinfo=timezone(timedelta(hours=-5))),
)


def recorded_at(place: Place, case: Case, *moments: datetime) -> list[int]:
    """One effort recorded at each moment; their positions."""
    found = []
    for moment in moments:
        place.clock.set(moment)
        found.append(case.inzet(1, op="2025-02-03").positie)
    return found


@pytest.fixture
def clock() -> FixedClock:
    """The ledger begins early in 2025."""
    return FixedClock(datetime(2025, 1, 7, 12, tzinfo=UTC))


@pytest.fixture
def begun(case: Case) -> Case:
    """An allocation whose care has begun."""
    case.lopend()
    return case


def known(place: Place, asked: Any) -> int:
    pages = (
        place.ledger.spoor(toewijzing="T1", bekend_op=asked).bekend_op,
        place.ledger.toewijzingen(jeugdige="kind-1", bekend_op=asked).bekend_op,
        place.ledger.stand(jeugdige="kind-1", bekend_op=asked).bekend_op,
    )
    assert len(set(pages)) == 1
    return pages[0]


def assert_incorrect(place: Place, field: str, value: Any) -> None:
    """Every question with this value in this field is refused, naming the field."""
    clocks = {field: value}
    for ask, about in (
        (place.ledger.stand, {"toewijzing": "T1"}),
        (place.ledger.spoor, {"toewijzing": "T1"}),
        (place.ledger.toewijzingen, {"jeugdige": "kind-1"}),
    ):
        with pytest.raises(Incorrect) as error:
            ask(**about, **clocks)  # type: ignore[operator]
        assert error.value.field == field, value


def test_a_moment_counts_itself_to_the_microsecond(place: Place, begun: Case) -> None:
    noon = datetime(2025, 3, 1, 12, tzinfo=UTC)
    first, second = recorded_at(place, begun, noon, noon)  # 1 µs apart: the clock stood still
    assert known(place, noon - US) == first - 1
    assert known(place, noon) == first
    assert known(place, noon + US) == second
    other_zone = noon.astimezone(timezone(timedelta(hours=-5)))
    assert known(place, other_zone) == first


def test_a_moment_without_a_zone_is_amsterdam_time(place: Place, begun: Case) -> None:
    (summer,) = recorded_at(place, begun, datetime(2025, 7, 1, 10, tzinfo=UTC))
    assert known(place, local("2025-07-01T12:00")) == summer
    assert known(place, local("2025-07-01T11:59:59.999999")) == summer - 1


def test_a_moment_that_occurs_twice_is_the_first(place: Place, begun: Case) -> None:
    twice = local("2025-10-26T02:30")
    first, second = recorded_at(
        place,
        begun,
        datetime(2025, 10, 26, 0, 30, tzinfo=UTC),
        datetime(2025, 10, 26, 1, 30, tzinfo=UTC),
    )
    assert known(place, twice) == first
    assert known(place, datetime(2025, 10, 26, 1, 30, tzinfo=UTC)) == second


@pytest.mark.parametrize(
    ("day", "midnight_utc"),
    [
        (date(2025, 2, 3), datetime(2025, 2, 3, 23, tzinfo=UTC)),
        (date(2025, 3, 29), datetime(2025, 3, 29, 23, tzinfo=UTC)),
        (date(2025, 3, 30), datetime(2025, 3, 30, 22, tzinfo=UTC)),  # a day of 23 hours
        (date(2025, 7, 1), datetime(2025, 7, 1, 22, tzinfo=UTC)),
        (date(2025, 10, 26), datetime(2025, 10, 26, 23, tzinfo=UTC)),  # a day of 25 hours
        (date(2025, 12, 31), datetime(2025, 12, 31, 23, tzinfo=UTC)),
    ],
)
def test_a_day_is_known_up_to_its_end_in_amsterdam(
    place: Place, begun: Case, day: date, midnight_utc: datetime
) -> None:
    last, next_day = recorded_at(place, begun, midnight_utc - US, midnight_utc)
    assert known(place, day) == last
    assert known(place, day + timedelta(days=1)) == next_day
    assert known(place, day - timedelta(days=1)) == last - 1


def test_a_position_is_itself_and_nothing_is_now(place: Place, begun: Case) -> None:
    head = place.ledger.positie
    for position in range(head + 1):
        assert known(place, position) == position
    assert known(place, None) == head


def test_the_future_and_the_far_past(place: Place, begun: Case) -> None:
    head = place.ledger.positie
    for far in (date.max, date(2999, 1, 1), local("2199-12-31"), datetime(2199, 1, 1, tzinfo=UTC)):
        assert known(place, far) == head
    for old in (date.min, date(1900, 1, 1), local("1900-01-02"), datetime(1901, 1, 1, tzinfo=UTC)):
        assert known(place, old) == 0
    assert place.ledger.stand(toewijzing="T1", bekend_op=0) is None


def test_what_is_no_position_moment_or_day_is_incorrect(place: Place, begun: Case) -> None:
    for asked in NEVER:
        assert_incorrect(place, "bekend_op", asked)


def test_a_valid_day_is_a_day(place: Place, begun: Case) -> None:
    for asked in ("2025-01-01", 20250101, datetime(2025, 1, 1, tzinfo=UTC), True):
        assert_incorrect(place, "geldig_op", asked)


def test_today_is_the_day_it_is_in_amsterdam(place: Place, begun: Case) -> None:
    begun.inzet(30, op="2025-06-02")
    place.clock.set(datetime(2025, 6, 1, 21, 59, tzinfo=UTC))
    stand = place.ledger.stand(toewijzing="T1")
    assert stand is not None
    assert (stand.geldig_op, stand.verbruikt) == (date(2025, 6, 1), 0)
    place.clock.set(datetime(2025, 6, 1, 22, 0, tzinfo=UTC))
    stand = place.ledger.stand(toewijzing="T1")
    assert stand is not None
    assert (stand.geldig_op, stand.verbruikt) == (date(2025, 6, 2), 30)


def test_a_toewijzing_nobody_reported_is_incorrect(place: Place, begun: Case) -> None:
    names: tuple[Any, ...] = ("T-nooit", "", "T 1", "x" * 65, "T\x00", 5)
    for name, ask in product(names, (place.ledger.stand, place.ledger.spoor)):
        with pytest.raises(Incorrect) as error:
            ask(toewijzing=name)
        assert error.value.field == "toewijzing", name


def test_a_jeugdige_nobody_knows_is_incorrect_and_not_shown(place: Place, begun: Case) -> None:
    asked: Any = (place.ledger.stand, place.ledger.spoor, place.ledger.toewijzingen)
    for youth, ask in product((SECRET, "", 900000012), asked):
        with pytest.raises(Incorrect) as error:
            ask(jeugdige=youth)
        assert error.value.field == "jeugdige"
        assert "90000" not in str(error.value)
        assert error.value.value is None


def test_one_subject_is_asked_about_and_no_jeugdige_is_shown(place: Place, begun: Case) -> None:
    asked: tuple[Any, ...] = (
        lambda: place.ledger.stand(toewijzing="T1", jeugdige=SECRET),  # type: ignore[call-overload]
        lambda: place.ledger.stand(),  # type: ignore[call-overload]
        lambda: place.ledger.spoor(toewijzing="T1", jeugdige=SECRET),
        lambda: place.ledger.spoor(),
        lambda: place.ledger.toewijzingen(jeugdige=SECRET, aanbieder="agb-1"),
        lambda: place.ledger.toewijzingen(),
    )
    for ask in asked:
        with pytest.raises(Incorrect) as error:
            ask()
        assert SECRET not in str(error.value)
        assert error.value.value != SECRET


def test_a_refused_toewijzing_has_no_balance(place: Place, begun: Case) -> None:
    refused = begun.toewijzing("T2", op="2024-06-01")
    assert refused.uitkomst == "geweigerd"
    assert place.ledger.stand(toewijzing="T2", geldig_op=date.max) is None
    (line,) = place.ledger.spoor(toewijzing="T2").regels
    assert line.uitkomst == "geweigerd"
