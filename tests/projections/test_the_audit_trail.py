"""``spoor``: everything that was reported, refused steps too, and what became of each line."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.projections.caseload import NOW
from tests.projections.steps import SOMEBODY, Case
from tests.projections.tables import Place

from rekenschap.application import (
    Incorrect,
    LegGezinVast,
    LegJeugdigeVast,
    Pagina,
    Rekenschap,
    SpoorRegel,
    TrekVerzoekIn,
    WeigerGoedkeuring,
)


def all_lines(ledger: Rekenschap, size: int = 100, **asked: object) -> list[SpoorRegel]:
    lines: list[SpoorRegel] = []
    page: Pagina[SpoorRegel] | None = None
    while page is None or page.verder is not None:
        after = None if page is None else page.verder
        page = ledger.spoor(**asked, verder=after, limiet=size)  # type: ignore[arg-type]
        lines += page.regels
    return lines


def superseded(ledger: Rekenschap, bekend_op: int | None = None) -> dict[int, int | None]:
    lines = all_lines(ledger, toewijzing="T1", bekend_op=bekend_op)
    return {line.bekend_op: line.achterhaald_op for line in lines}


def test_every_step_is_in_the_trail_whatever_became_of_it(place: Place, case: Case) -> None:
    case.toewijzing(product="medicatiecontrole", volume=600)
    case.start(op="2025-01-06")
    refused = case.inzet(9_000, op="2025-02-01")
    pending = case.no_show("2025-02-03", referentie="gemist")
    not_allowed = case.keur_goed("gemist", door="aanbieder")
    case.keur_goed("gemist")
    lines = all_lines(place.ledger, toewijzing="T1")
    assert [line.gebeurtenis for line in lines] == [
        "ToewijzingAfgegeven",
        "ZorgGestart",
        "InzetGeregistreerd",
        "NoShowGeregistreerd",
        "TenLasteGebracht",
        "GoedkeuringVerleend",
        "GoedkeuringVerleend",
    ]
    by_position = {line.bekend_op: line for line in lines}
    assert refused.uitkomst == by_position[refused.positie].uitkomst == "geweigerd"
    assert [v.regel for v in by_position[refused.positie].verdicts] == list(refused.regels)
    assert all(v.zin and v.bronnen for line in lines for v in line.verdicts)
    assert pending.uitkomst == by_position[pending.positie].uitkomst == "goedkeuring_nodig"
    assert by_position[not_allowed.positie].uitkomst == "geweigerd"
    assert by_position[not_allowed.positie].gronden == not_allowed.gronden
    assert {line.wie for line in lines} == {SOMEBODY.id}
    assert {line.rol for line in lines} == {SOMEBODY.rol}


def test_a_request_turned_down_or_taken_back_stays_in_the_trail(place: Place, case: Case) -> None:
    case.toewijzing(product="medicatiecontrole", volume=600)
    case.start()
    for name in ("een", "twee"):
        case.no_show("2025-02-03", referentie=name)
    case.do(WeigerGoedkeuring, "2025-02-10", betreft="een", door="gemeente")
    case.do(TrekVerzoekIn, "2025-02-11", betreft="twee", door="aanbieder")
    names = [line.gebeurtenis for line in all_lines(place.ledger, toewijzing="T1")]
    assert names[-2:] == ["GoedkeuringGeweigerd", "VerzoekIngetrokken"]


def test_a_refused_step_on_an_unknown_toewijzing_can_be_found(place: Place, case: Case) -> None:
    refused = case.start("T9")
    (line,) = place.ledger.spoor(toewijzing="T9").regels
    assert (line.bekend_op, line.uitkomst) == (refused.positie, "geweigerd")
    assert place.ledger.stand(toewijzing="T9") is None


def test_a_correction_tells_which_line_it_replaced_and_when(place: Place, case: Case) -> None:
    case.lopend()
    effort = case.inzet(60, op="2025-02-03", referentie="inzet").positie
    first = case.corrigeer("inzet", "naar-90", aantal=90).positie
    back = case.corrigeer("inzet", "terug", aantal=60).positie
    assert superseded(place.ledger, effort)[effort] is None
    assert superseded(place.ledger, first)[effort] == first
    assert superseded(place.ledger, back)[effort] == back
    assert superseded(place.ledger, first) | superseded(place.ledger)  # and asked again: no change
    assert superseded(place.ledger, first)[effort] == first


def test_a_correction_of_a_correction_replaces_that(place: Place, case: Case) -> None:
    case.lopend()
    effort = case.inzet(60, op="2025-02-03", referentie="inzet").positie
    first = case.corrigeer("inzet", "eerste", aantal=90).positie
    second = case.corrigeer("eerste", "tweede", aantal=75).positie
    assert superseded(place.ledger)[effort] == first
    assert superseded(place.ledger)[first] == second
    stand = place.ledger.stand(toewijzing="T1")
    assert stand is not None
    assert stand.verbruikt == 75


def test_what_was_taken_back_in_turn_replaces_nothing_any_more(place: Place, case: Case) -> None:
    case.lopend()
    effort = case.inzet(60, op="2025-02-03", referentie="inzet").positie
    gone = case.trek_in("inzet", "weg").positie
    restored = case.trek_in("weg", "toch-niet").positie
    assert superseded(place.ledger, gone)[effort] == gone
    assert superseded(place.ledger, restored)[effort] is None
    assert superseded(place.ledger, restored)[gone] == restored
    again = case.trek_in("toch-niet", "toch-wel").positie
    assert superseded(place.ledger, again)[effort] == gone
    assert superseded(place.ledger, restored)[effort] is None


def test_a_refused_correction_replaces_nothing(place: Place, case: Case) -> None:
    case.lopend()
    effort = case.inzet(60, op="2025-02-03", referentie="inzet").positie
    assert case.corrigeer("inzet", aantal=9_000).uitkomst == "geweigerd"
    assert superseded(place.ledger)[effort] is None


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_pages_have_no_gaps_or_doubles_while_lines_are_added(
    place: Place, case: Case, size: int
) -> None:
    case.lopend()
    for day in range(1, 8):
        case.inzet(10, op=f"2025-02-{day:02d}")
    seen: list[int] = []
    page = place.ledger.spoor(toewijzing="T1", limiet=size)
    for extra in range(40):
        seen += [line.bekend_op for line in page.regels]
        assert len(page.regels) <= size
        if page.verder is None:
            break
        if extra < 4:
            case.inzet(5, op="2025-03-01")
            case.inzet(5, op="2025-03-01", van="T-onbekend")
        page = place.ledger.spoor(toewijzing="T1", limiet=size, verder=page.verder)
    whole = [line.bekend_op for line in place.ledger.spoor(toewijzing="T1", limiet=1000).regels]
    assert seen == whole[: len(seen)]
    assert len(seen) >= 9
    assert page.verder is None


@pytest.mark.parametrize("size", [8, 9, 10])
def test_a_page_that_just_fits_is_the_last(place: Place, case: Case, size: int) -> None:
    case.lopend()
    for day in range(1, 8):
        case.inzet(10, op=f"2025-02-{day:02d}")
    page = place.ledger.spoor(toewijzing="T1", limiet=size)
    assert len(page.regels) == min(size, 9)
    assert (page.verder is None) == (size >= 9)


def test_as_of_a_valid_day_a_position_a_moment_and_a_day(place: Place, case: Case) -> None:
    case.lopend()
    early = case.inzet(10, op="2025-02-01")
    place.clock.advance(timedelta(days=1))
    late = case.inzet(10, op="2025-02-02")

    def asked(**clocks: object) -> set[int]:
        lines = all_lines(place.ledger, toewijzing="T1", **clocks)
        return {line.bekend_op for line in lines} & {early.positie, late.positie}

    assert asked() == {early.positie, late.positie}
    assert asked(geldig_op=date(2025, 2, 1)) == {early.positie}
    assert asked(geldig_op=date(2025, 2, 2)) == {early.positie, late.positie}
    assert asked(bekend_op=early.positie) == {early.positie}
    assert asked(bekend_op=early.geregistreerd_op) == {early.positie}
    assert asked(bekend_op=NOW.date()) == {early.positie}
    assert asked(bekend_op=late.geregistreerd_op - timedelta(microseconds=1)) == {early.positie}
    assert asked(bekend_op=datetime(2020, 1, 1, tzinfo=UTC)) == set()


def test_a_family_is_in_the_trail_of_each_of_its_members(place: Place, case: Case) -> None:
    for youth in ("kind-1", "kind-2"):
        case.do(LegJeugdigeVast, "2025-01-01", jeugdige=youth)
    family = case.do(LegGezinVast, "2025-01-02", gezin="gezin-1", leden=("kind-1", "kind-2"))
    for youth in ("kind-1", "kind-2"):
        lines = all_lines(place.ledger, jeugdige=youth)
        assert [line.gebeurtenis for line in lines] == ["JeugdigeVastgelegd", "GezinVastgelegd"]
        assert lines[-1].bekend_op == family.positie


def test_the_trail_of_a_jeugdige_holds_all_of_its_allocations(place: Place, case: Case) -> None:
    case.lopend("T1")
    case.lopend("T2", jeugdige="kind-2")
    case.inzet(10, op="2025-02-01", van="T1", referentie="inzet")
    case.trek_in("inzet")
    for youth, count in (("kind-1", 4), ("kind-2", 2)):
        assert len(all_lines(place.ledger, 1, jeugdige=youth)) == count


def test_a_cursor_that_no_page_gave_is_incorrect(place: Place, case: Case) -> None:
    case.lopend()
    never: list[Any] = ["", "x", "-1", "1.5", "9" * 30, "²", 5]
    for verder in never:
        with pytest.raises(Incorrect) as error:
            place.ledger.spoor(toewijzing="T1", verder=verder)
        assert error.value.field == "verder", verder


def test_a_page_size_out_of_bounds_is_incorrect(place: Place, case: Case) -> None:
    case.lopend()
    never: list[Any] = [0, -1, 1001, True, "10", 2.0, None]
    for limiet in never:
        for ask in (
            lambda size: place.ledger.spoor(toewijzing="T1", limiet=size),
            lambda size: place.ledger.toewijzingen(jeugdige="kind-1", limiet=size),
        ):
            with pytest.raises(Incorrect) as error:
                ask(limiet)
            assert error.value.field == "limiet", limiet
