"""``lees``: what hosts build their own on, in order, without gaps, and to be taken up again."""

from itertools import islice
from random import Random
from unittest.mock import patch

import pytest
from tests.projections.caseload import Caseload
from tests.projections.steps import Case
from tests.projections.tables import Place

from rekenschap.application import Incorrect, feed


def positions(place: Place, *asked: object, **options: object) -> list[int]:
    return [event.positie for event in place.ledger.lees(*asked, **options)]  # type: ignore[arg-type]


@pytest.fixture
def played(place: Place) -> Place:
    caseload = Caseload(place.ledger, place.clock, Random(3))
    caseload.begin()
    caseload.play(30)
    return place


@pytest.mark.parametrize("at_once", [1, 2, 7, 1000])
def test_every_line_comes_once_in_order(played: Place, at_once: int) -> None:
    with patch.object(feed, "AT_ONCE", at_once):
        assert positions(played) == list(range(1, played.ledger.positie + 1))


def test_it_says_what_was_recorded(played: Place) -> None:
    for event, entry in zip(played.ledger.lees(), played.log(), strict=True):
        assert (event.positie, event.feit, event.soort) == (
            entry.positie,
            entry.feit,
            entry.feit.naam,
        )
        assert event.geregistreerd_op == entry.geregistreerd_op
        assert event.uitkomst is entry.beslissing.uitkomst
        assert entry.feit.stroom in event.raakt
    assert "geweigerd" in {event.uitkomst for event in played.ledger.lees()}


@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_only_some_kinds_by_either_name(played: Place, at_once: int) -> None:
    wanted = {"zorg-gestart", "toewijzing-afgegeven"}
    expected = [b.positie for b in played.log() if b.feit.naam in wanted]
    with patch.object(feed, "AT_ONCE", at_once):
        assert positions(played, 0, ["ZorgGestart", "toewijzing-afgegeven"]) == expected
    assert positions(played, 0, []) == []
    assert len(expected) > 3


@pytest.mark.parametrize("taken", [0, 1, 5, 12])
def test_it_goes_on_where_somebody_stopped(played: Place, taken: int) -> None:
    seen = [event.positie for event in islice(played.ledger.lees(), taken)]
    rest = positions(played, seen[-1] if seen else 0)
    assert seen + rest == list(range(1, played.ledger.positie + 1))


def test_it_goes_on_with_what_was_recorded_since(place: Place, case: Case) -> None:
    case.lopend()
    seen = positions(place)
    assert positions(place, seen[-1]) == []
    new = case.inzet(10, op="2025-02-01").positie
    assert positions(place, seen[-1]) == [new]


def test_what_is_recorded_while_it_is_read_comes_too(place: Place, case: Case) -> None:
    case.lopend()
    with patch.object(feed, "AT_ONCE", 1):
        reading = place.ledger.lees()
        first = next(reading)
        new = case.inzet(10, op="2025-02-01").positie
        rest = [event.positie for event in reading]
    assert [first.positie, *rest] == list(range(1, new + 1))


@pytest.mark.parametrize("limit", [0, 1, 4, 1000])
def test_no_more_than_asked(played: Place, limit: int) -> None:
    for at_once in (3, 1000):
        with patch.object(feed, "AT_ONCE", at_once):
            found = positions(played, 2, limiet=limit)
        assert found == list(range(3, played.ledger.positie + 1))[:limit]


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("soorten", {"soorten": ["bestaat-niet"]}),
        ("soorten", {"soorten": "ZorgGestart"}),
        ("vanaf", {"vanaf": -1}),
        ("vanaf", {"vanaf": True}),
        ("vanaf", {"vanaf": "1"}),
        ("limiet", {"limiet": -1}),
        ("limiet", {"limiet": 1.0}),
    ],
)
def test_a_wrong_question_is_told_at_once(
    place: Place, field: str, asked: dict[str, object]
) -> None:
    with pytest.raises(Incorrect) as error:
        place.ledger.lees(**asked)  # type: ignore[arg-type]
    assert error.value.field == field
