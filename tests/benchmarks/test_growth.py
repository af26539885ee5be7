"""Is the national caseload the same everywhere, and is its growth measured and told?"""

import json
from collections import Counter
from pathlib import Path

import pytest
from benchmarks import growth, growth_page, memory
from benchmarks.caseload import NEIGHBOURHOOD, caseload, youths_for

from rekenschap.application import Command, GeefToewijzingAf, LegJeugdigeVast

ROOT = Path(__file__).resolve().parents[2]
REPORT = json.loads((ROOT / "benchmarks/growth.json").read_text("utf-8"))
SEED = 7


def commands(seed: int, youths: int) -> list[Command]:
    with caseload(seed, youths) as days:
        return [command for _, day in days for command in day]


def test_a_seed_gives_the_same_commands_and_another_seed_gives_others() -> None:
    once = commands(SEED, 5)

    assert once == commands(SEED, 5)
    assert once != commands(SEED + 1, 5)


def test_days_come_in_order_and_every_command_id_once() -> None:
    with caseload(SEED, 5) as days:
        moments = [moment for moment, _ in days]

    assert moments == sorted(set(moments))
    assert max(Counter(one.command_id for one in commands(SEED, 5)).values()) == 1


def test_a_provider_does_not_grow_with_the_country() -> None:
    found = commands(SEED, NEIGHBOURHOOD + 3)
    granted = [one for one in found if isinstance(one, GeefToewijzingAf)]

    near = {one.aanbieder for one in granted if int(one.toewijzing.split("-")[1]) <= NEIGHBOURHOOD}
    far = {one.aanbieder for one in granted if int(one.toewijzing.split("-")[1]) > NEIGHBOURHOOD}

    assert sum(isinstance(one, LegJeugdigeVast) for one in found) == NEIGHBOURHOOD + 3
    assert far
    assert not near & far


def test_more_events_take_more_youths() -> None:
    assert 1 <= youths_for(SEED, 50) < youths_for(SEED, 5000) < 5000


def test_the_growth_of_two_small_logs_is_measured_and_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(memory, "in_a_process", memory.here)  # a process per walk takes long
    words: list[str] = []

    report = growth.measured(("sqlite",), (30, 90), SEED, 1, words.append, times=3)

    assert report["logs"][0]["events"] < report["logs"][1]["events"]
    assert report.keys() == REPORT.keys()
    for log, kept in zip(report["logs"], REPORT["logs"], strict=False):
        assert log.keys() == kept.keys()
        assert log["walks"].keys() == kept["walks"].keys()
        assert all(walk["events"] >= log["events"] for walk in log["walks"].values())
        assert log["questions"].keys() == kept["questions"].keys()
    assert report["logs"][0]["questions"]["trail"]["ratio"] == 1
    assert growth_page.made(report)
    assert any("90 would take" in one for one in words)


def test_the_page_is_the_one_made_from_what_was_measured() -> None:
    text = growth_page.PAGE.read_text("utf-8")

    assert growth_page.in_page(text) == growth_page.made(REPORT), "python -m benchmarks.growth_page"
    assert growth_page.written_into(text, REPORT) == text


def test_the_country_is_worked_out_from_the_measured_growth() -> None:
    log = {
        "events": 1000,
        "youths": 20,
        "bytes": 3_000_000,
        "decisions_per_second": 100.0,
        "walks": {name: {"per_second": 1000.0} for name in growth_page.WALKS},
    }

    found = growth_page.country(log)

    assert found["events"] == 474_000 * 10 * 25
    assert found["bytes"] == found["events"] * 3000
    assert found["decide"] == found["events"] / 100
    assert found["rebuild"] == found["events"] / 1000


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(119, "119 seconds"), (120, "2 minutes"), (7200, "2 hours"), (172_800, "2 days")],
)
def test_a_long_time_is_told_in_the_unit_people_use(seconds: float, told: str) -> None:
    assert growth_page.in_words(seconds) == told


def test_a_store_that_was_not_measured_now_stays_as_it_was() -> None:
    before = json.loads(growth_page.GROWTH.read_text("utf-8"))
    one = {**before, "logs": [log for log in before["logs"] if log["store"] == "sqlite"]}
    other = {**one, "seed": before["seed"] + 1}

    assert growth_page.with_others(one)["logs"] == before["logs"]
    assert growth_page.with_others(other)["logs"] == one["logs"]
