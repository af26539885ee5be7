"""``toewijzingen``: the allocations of a jeugdige or an aanbieder, by id, page by page."""

from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from tests.projections.steps import Case
from tests.projections.tables import Place

from rekenschap.application import Incorrect, Pagina, ToewijzingStand, vragen

COUNT = 5
NAMES = [f"T{number}" for number in range(1, COUNT + 1)]


@pytest.fixture
def five(case: Case) -> Case:
    """Five allocations of one jeugdige at two aanbieders, and one of another at the first."""
    for number, name in enumerate(reversed(NAMES)):
        case.toewijzing(name, aanbieder=f"agb-{number % 2}")
    case.toewijzing("A-eerder", jeugdige="kind-2", aanbieder="agb-0")
    return case


def names(page: Pagina[ToewijzingStand]) -> list[str]:
    return [stand.toewijzing for stand in page.regels]


@pytest.mark.parametrize("size", [1, 2, COUNT - 1, COUNT, COUNT + 1, 1000])
def test_pages_of_a_jeugdige_join_without_gaps(place: Place, five: Case, size: int) -> None:
    seen: list[str] = []
    page = place.ledger.toewijzingen(jeugdige="kind-1", limiet=size)
    while True:
        seen += names(page)
        assert len(page.regels) == size or page.verder is None
        if page.verder is None:
            break
        assert page.verder == page.regels[-1].toewijzing
        page = place.ledger.toewijzingen(jeugdige="kind-1", limiet=size, verder=page.verder)
        assert page.regels, "there is no empty page after the last"
    assert seen == NAMES


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_pages_of_an_aanbieder_join_without_gaps(place: Place, five: Case, size: int) -> None:
    seen: list[str] = []
    after: str | None = None
    while True:
        page = place.ledger.toewijzingen(aanbieder="agb-0", limiet=size, verder=after)
        seen += names(page)
        after = page.verder
        if after is None:
            break
    assert seen == ["A-eerder", "T1", "T3", "T5"]


def test_a_page_goes_on_while_allocations_are_added_and_taken_back(
    place: Place, five: Case
) -> None:
    page = place.ledger.toewijzingen(jeugdige="kind-1", limiet=2)
    five.toewijzing("T25")
    five.toewijzing("T0")
    rest = place.ledger.toewijzingen(jeugdige="kind-1", limiet=10, verder=page.verder)
    assert names(rest) == ["T25", "T3", "T4", "T5"]
    as_it_was = {"jeugdige": "kind-1", "bekend_op": page.bekend_op}
    rest = place.ledger.toewijzingen(**as_it_was, verder=page.verder)  # type: ignore[arg-type]
    assert names(rest) == ["T3", "T4", "T5"]


def test_each_line_is_the_balance_of_that_allocation(place: Place, five: Case) -> None:
    five.start("T3")
    five.inzet(45, op="2025-02-03", van="T3")
    for day in (date(2025, 1, 5), date(2025, 1, 6), date(2025, 2, 3), date.max):
        for known in range(place.ledger.positie + 1):
            clocks: dict[str, Any] = {"geldig_op": day, "bekend_op": known}
            page = place.ledger.toewijzingen(jeugdige="kind-1", **clocks)
            one_by_one = [place.ledger.stand(toewijzing=name, **clocks) for name in NAMES]
            assert list(page.regels) == [stand for stand in one_by_one if stand is not None]
            assert place.ledger.stand(jeugdige="kind-1", **clocks).toewijzingen == page.regels


def test_more_than_a_page_of_a_jeugdige_comes_at_once(place: Place, five: Case) -> None:
    for size in (1, 2, COUNT, COUNT + 1):
        with patch.object(vragen, "LARGEST_PAGE", size):
            stand = place.ledger.stand(jeugdige="kind-1")
        assert [one.toewijzing for one in stand.toewijzingen] == NAMES


def test_an_aanbieder_without_allocations_has_none(place: Place, five: Case) -> None:
    page = place.ledger.toewijzingen(aanbieder="agb-9")
    assert (page.regels, page.verder) == ((), None)


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("verder", {"jeugdige": "kind-1", "verder": ""}),
        ("verder", {"jeugdige": "kind-1", "verder": 3}),
        ("verder", {"jeugdige": "kind-1", "verder": "T\x00"}),
        ("aanbieder", {"aanbieder": "agb 0"}),
        ("aanbieder", {"aanbieder": 5}),
    ],
)
def test_a_malformed_question_names_its_field(
    place: Place, five: Case, field: str, asked: dict[str, object]
) -> None:
    with pytest.raises(Incorrect) as error:
        place.ledger.toewijzingen(**asked)  # type: ignore[arg-type]
    assert error.value.field == field
