"""Does the harness give every row, compare goals rightly, and write what its schema says?"""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from benchmarks import figures, memory, ours, page, picture, places
from benchmarks.figures import GROUPS, figure_of, number
from benchmarks.rounds import Contender, Found, Measured, UnavailableError, rounds, spread, turned
from benchmarks.rows import LESS, LIBRARY, MORE, OURS, TINY, Bench, Goal, Group, Row
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "benchmarks/figures.schema.json").read_text("utf-8"))
COMMITTED = json.loads((ROOT / "benchmarks/figures.json").read_text("utf-8"))
IN_PROCESS = [group for group in GROUPS if group.name not in ("append", "followed")]
IN_A_PROCESS = memory.in_a_process
WHERE = {"machine": "a machine", "commit": "abc1234"}


def measured(group: Any, store: str) -> list[dict[str, Any]]:
    return figures.measured(group, Bench(store=store, sizes=TINY), 1, math.inf, WHERE, look=True)


@pytest.fixture(autouse=True)
def _memory_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process of its own per walk takes long, and one test has one."""
    monkeypatch.setattr(memory, "in_a_process", memory.here)


def valid(rows: list[dict[str, Any]]) -> dict[str, Any]:
    report = {"versions": {"sqlite": "3"}, "rows": rows}
    Draft202012Validator(SCHEMA).validate(report)
    return report


@pytest.mark.parametrize("group", IN_PROCESS, ids=lambda group: group.name)
def test_every_row_comes_out_on_sqlite_with_all_its_fields(group: Any) -> None:
    rows = measured(group, "sqlite")

    assert [one["work"] for one in rows] == [row.work for row in group.rows_on("sqlite")]
    assert page.made(valid(rows))


@pytest.mark.postgresql
@pytest.mark.usefixtures("postgresql_database")
@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_every_row_comes_out_on_postgresql_too(group: Any) -> None:
    rows = measured(group, "postgresql")

    assert [one["work"] for one in rows] == [row.work for row in group.rows_on("postgresql")]
    valid(rows)
    for row in rows:
        assert row["extra"].get("missed", 0) == row["extra"].get("twice", 0) == 0


def test_a_walk_in_a_process_of_its_own_tells_what_it_took(sqlite_url: str) -> None:
    place = places.Place("sqlite", sqlite_url)
    with ours.ledger(place) as rekenschap:
        events = rekenschap.positie

    told = IN_A_PROCESS(place, "verify")

    assert told["events"] == events
    assert 0 < told["base"] <= told["peak"]
    assert told["seconds"] > 0


def test_a_peer_that_cannot_take_part_is_named_with_the_reason() -> None:
    def absent() -> Measured:
        raise UnavailableError("no such package")

    found = rounds({OURS: lambda: Measured(2.0), LIBRARY: absent}, 2)
    row = figure_of(Row(work="w", title="w", unit="events/s", peers=(LIBRARY,)), "sqlite", found)

    assert row["peers"] == [
        {"name": LIBRARY, "value": None, "ratio": None, "why": "no such package"}
    ]
    assert row["value"] == 2


def test_a_goal_against_a_peer_that_is_not_there_stops_the_run() -> None:
    found = Found({OURS: [Measured(2.0)]}, {LIBRARY: "no such package"})
    goal = Goal("ahead", MORE, 1.0, LIBRARY)

    with pytest.raises(KeyError):
        figure_of(Row(work="w", title="w", unit="ms", goals=(goal,)), "sqlite", found)


@pytest.mark.parametrize(
    ("sense", "found", "met"),
    [(MORE, 3.99, False), (MORE, 4.0, True), (LESS, 4.0, True), (LESS, 4.01, False)],
)
def test_a_goal_is_met_at_its_bound_and_not_beyond(sense: str, found: float, met: bool) -> None:
    goal = Goal("of four", sense, 4.0)

    assert goal.met(found) is met
    assert (goal.reached(found) >= 1) is met


def test_a_goal_of_nothing_is_met_by_nothing_only() -> None:
    none = Goal("none missed", LESS, 0)

    assert none.met(0)
    assert not none.met(1)


def test_a_ratio_is_taken_within_its_round_and_not_between_medians() -> None:
    ours = [Measured(10.0), Measured(300.0), Measured(20.0)]
    theirs = [Measured(10.0), Measured(100.0), Measured(40.0)]
    goal = Goal("as fast", MORE, 1.0, LIBRARY)
    row = Row(work="w", title="w", unit="events/s", peers=(LIBRARY,), goals=(goal,))

    figure = figure_of(row, "sqlite", Found({OURS: ours, LIBRARY: theirs}))

    assert figure["peers"][0]["ratio"] == figure["goals"][0]["measured"] == 1  # of 1, 3 and 0.5
    assert figure["goals"][0]["worst"] == 0.5
    assert figure["value"] / figure["peers"][0]["value"] == 0.5  # what it is not


def test_one_goal_that_is_missed_makes_a_row_missed() -> None:
    goals = (Goal("easy", MORE, 1.0), Goal("hard", MORE, 3.0))
    row = Row(work="w", title="w", unit="events/s", goals=goals)

    figure = figure_of(row, "sqlite", Found({OURS: [Measured(2.0)]}))

    assert [one["met"] for one in figure["goals"]] == [True, False]
    assert figure["met"] is False
    assert picture.hardest(figure)["goal"] == "hard"


def test_a_row_without_goals_is_neither_met_nor_missed() -> None:
    row = Row(work="w", title="w", unit="ms")

    figure = figure_of(row, "sqlite", Found({OURS: [Measured(2.0), Measured(4.0)]}))

    assert (figure["met"], figure["goal"], figure["worst"]) == (None, None, 4)


def test_what_may_never_happen_is_counted_over_all_rounds() -> None:
    runs = [Measured(1.0, {"missed": float(n)}) for n in (0, 0, 1)]
    goal = Goal("none missed", LESS, 0, measure="missed")
    row = Row(work="w", title="w", unit="events/s", goals=(goal,), extra=("missed",))

    figure = figure_of(row, "postgresql", Found({OURS: runs}))

    assert figure["extra"] == {"missed": 1}
    assert figure["met"] is False


def test_each_round_begins_with_another_contender_after_one_that_is_not_counted() -> None:
    order: list[str] = []

    def contender(name: str) -> Measured:
        order.append(name)
        return Measured(len(order))

    found = rounds({"a": lambda: contender("a"), "b": lambda: contender("b")}, 2)

    assert "".join(order) == "abbaab"
    assert found.values("a") == [4, 5]
    assert turned(["a", "b", "c"], 4) == ["b", "c", "a"]


def test_no_round_begins_once_the_time_is_up() -> None:
    found = rounds({"a": lambda: Measured(1.0)}, 5, seconds=0)

    assert len(found.values("a")) == 1


def test_one_in_a_hundred_is_slower_than_the_99th_percentile() -> None:
    assert spread([float(n) for n in range(1, 101)]) == {"p50_ms": 50.5, "p99_ms": 99.0}
    assert spread([7.0]) == {"p50_ms": 7.0, "p99_ms": 7.0}


def test_who_is_in_no_row_takes_no_turn_and_shows_where_the_time_goes() -> None:
    ran: list[str] = []

    def contender(name: str, value: float) -> Contender:
        def run() -> Measured:
            ran.append(name)
            return Measured(value)

        return run

    @contextmanager
    def both(_: Bench) -> Iterator[dict[str, Contender]]:
        yield {OURS: contender(OURS, 1.0), "here": contender("here", 9.0)}

    goal = Goal("≥ 2", MORE, 2.0)
    row = Row(work="w", title="w", unit="events/s", goals=(goal,), profile="here")
    group = Group(name="g", rows=(row,), contenders=both)
    (figure,) = figures.measured(group, Bench(store="sqlite", sizes=TINY), 2, 60.0, {})

    assert ran == [OURS] * 3 + ["here"]
    assert figure["value"] == 1.0
    assert any("run" in line for line in figure["profile"])


def test_every_work_that_can_miss_its_goal_for_time_shows_where_that_goes() -> None:
    silent = {g.name for g in GROUPS if not g.profiled and any(row.goals for row in g.rows)}

    assert silent == {"memory", "followed"}


def test_there_is_a_row_for_every_work_of_the_design_on_every_store_it_is_for() -> None:
    rows = {(row.work, store) for g in GROUPS for store in g.stores for row in g.rows_on(store)}

    for store in places.STORES:
        for work in ("decision", "bulk", "replay", "every balance", "projection", "seal"):
            assert (work, store) in rows
        for work in ("as of, one allocation", "as of, a hundred", "other rules, 10,000 events"):
            assert (work, store) in rows
        for walk in ("replay", "rebuild", "verify", "export"):
            assert (f"memory, {walk}", store) in rows
    assert ("append, one grootboek", "postgresql") in rows
    assert ("append, four grootboeken", "postgresql") in rows


def test_the_committed_figures_are_as_the_schema_says_and_their_goals_are_judged_anew() -> None:
    Draft202012Validator(SCHEMA).validate(COMMITTED)

    goals = {row.work: row for group in GROUPS for row in group.rows}
    for row in COMMITTED["rows"]:
        assert row["work"] in goals
        for one in row["goals"]:
            assert Goal(one["goal"], one["sense"], one["bound"]).met(one["measured"]) is one["met"]
        assert row["met"] == (all(one["met"] for one in row["goals"]) if row["goals"] else None)


def test_figures_for_people_have_the_digits_that_mean_something() -> None:
    shown = [number(value) for value in (123456.7, 100, 12.345, 0.02468, 3)]

    assert shown == ["123,457", "100", "12.3", "0.0247", "3"]
