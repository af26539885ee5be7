"""Are the decisions of every scenario made again to the byte, and is a replay what it should be?

Under the rules of then a replay differs nowhere. Under others it must say what the same commands
come to on a new ledger with that text: the naive oracle of ``tests/replaying.py``.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Final

import attrs
import pytest
from sqlalchemy import URL
from tests.domain.waalre.builders import Stap, inzet, speel, stap, toewijzing
from tests.replaying import Sent, changed_yaml, heart, lines_of, plain, played, would_be

from rekenschap.application import Command, Rekenschap, VoerRegelingIn
from rekenschap.domain.andere_regels import AndereRegels, Getal
from rekenschap.domain.vocabulary import Ernst
from rekenschap.infrastructure.regelingen import packaged_text
from rekenschap.infrastructure.scenario import Scenario, play, read_file, runner

HERE: Final = Path(__file__).parent
EVERY: Final = [one for path in sorted(HERE.glob("*.yaml")) for one in read_file(path)]
SAMPLE: Final = Random(20250101).sample(EVERY, 10)
FAMILIES: Final = [one for one in EVERY if len(one.gegeven.get("jeugdigen", ())) > 1][:3]
"""The cases that are compared with the naive oracle: always the same ones."""
Look = Callable[[Rekenschap, list[Sent]], None]


def by_id(scenario: Scenario) -> str:
    return scenario.id


@contextmanager
def at_the_end(patch: pytest.MonkeyPatch, look: Look) -> Iterator[None]:
    """While it lasts, a scenario that was played is looked at before its grootboek is closed."""
    sent: list[Sent] = []
    execute, balances = Rekenschap.execute, runner.balances

    def remembered(ledger: Rekenschap, command: Command) -> Any:
        answer = execute(ledger, command)
        if ledger.grootboek.startswith("scenario-"):
            sent.append((ledger._store.clock.now(), command))
        return answer

    def looked(ledger: Rekenschap, scenario: Scenario) -> Any:
        look(ledger, [one for one in sent if not one[1].command_id.startswith("rekenschap-")])
        return balances(ledger, scenario)

    with patch.context() as changed:
        changed.setattr(Rekenschap, "execute", remembered)
        changed.setattr(runner, "balances", looked)
        yield


def assert_made_again(ledger: Rekenschap, _: list[Sent]) -> None:
    """Every command comes out the same, up to the last line."""
    every = list(ledger.reproduceer_alles())
    assert [one for one in every if not one.gelijk] == []
    assert every[-1].positie == ledger.positie


def assert_no_different(ledger: Rekenschap, _: list[Sent]) -> None:
    """A replay under the rules of then passes every line and changes none."""
    replayed = list(ledger.herspeel())
    assert [one for one in replayed if one.anders] == []
    assert [one.positie for one in replayed] == list(range(1, ledger.positie + 1))


def assert_worked_out_again(ledger: Rekenschap, _: list[Sent]) -> None:
    """The log alone gives every balance that the tables have, whatever the day."""
    ledger._leesmodel.catch_up()
    days = sorted({entry.feit.datum for entry in ledger.lees()})
    for day in (*days[:: max(1, len(days) // 4)], days[-1], date.max):
        found = ledger.nareken(geldig_op=day)
        assert found.gelijk, found


def assert_as_it_was(ledger: Rekenschap, sent: list[Sent]) -> None:
    assert_made_again(ledger, sent)
    assert_worked_out_again(ledger, sent)


@pytest.mark.parametrize("scenario", EVERY, ids=by_id)
def test_every_decision_is_made_again_to_the_byte_and_so_is_every_balance(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_the_end(monkeypatch, assert_as_it_was):
        play(scenario)


@pytest.mark.parametrize("scenario", EVERY[::8], ids=by_id)
def test_a_replay_under_the_rules_of_then_differs_nowhere(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_the_end(monkeypatch, assert_no_different):
        play(scenario)


@pytest.mark.postgresql
def test_so_it_is_on_postgresql(postgresql_database: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    server = postgresql_database.render_as_string(hide_password=False)
    for look in (assert_as_it_was, assert_no_different):
        with at_the_end(monkeypatch, look):
            for scenario in SAMPLE[:5]:
                play(scenario, server)


# --- the naive oracle


def rules_that_spoke(ledger: Rekenschap) -> list[str]:
    """The rules of the regeling that objected, in any decision; for none, those that passed."""
    decisions = [ledger._codec.decode(record).beslissing for record in ledger._store.scan()]
    spoke = {v.regel for d in decisions for v in d.oordelen if v.ernst is not Ernst.INFO}
    return sorted(spoke or {rule for d in decisions for rule in d.geslaagd})


def whole_numbers(regeling: str, rules: list[str]) -> list[tuple[Getal, int]]:
    """Every whole number of these rules, inside a term too."""
    found: dict[Getal, int] = {}
    for rule in json.loads(packaged_text(regeling))["regels"]:
        for application in rule.get("toepassingen", ()) if rule["id"] in rules else ():
            for path, value in _numbers(application.get("instelling", {})):
                found[Getal(rule["id"], path)] = value
    return sorted(found.items())


def _numbers(settings: dict[str, Any]) -> Iterator[tuple[str, int]]:
    for name, value in settings.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{inner}", n) for inner, n in _numbers(value))
        elif isinstance(value, int) and not isinstance(value, bool):
            yield name, value


def ways(scenario: Scenario, ledger: Rekenschap, chance: Random) -> list[AndereRegels]:
    """A rule left out, a number one more and one less, and another reading."""
    own = {rule["id"] for rule in json.loads(packaged_text(scenario.regeling))["regels"]}
    rules = [rule for rule in rules_that_spoke(ledger) if rule in own]
    found = [AndereRegels(zonder=(chance.choice(rules),))] if rules else []
    numbers = [one for one in whole_numbers(scenario.regeling, rules) if one[1] > 0]
    if numbers:
        number, value = chance.choice(numbers)
        found += [AndereRegels(getallen={number: value + by}) for by in (-1, 1)]
    options = json.loads(packaged_text(scenario.regeling)).get("opties", {})
    choices = {
        n: o["waarden"] for n, o in options.items() if n not in scenario.opties and o.get("waarden")
    }
    if choices and chance.random() < 0.5:
        name = chance.choice(sorted(choices))
        found.append(AndereRegels(lezingen={name: chance.choice(choices[name])}))
    return found


def assert_as_on_a_new_ledger(
    ledger: Rekenschap, sent: list[Sent], regeling: str, changes: AndereRegels, asked: AndereRegels
) -> int:
    """The replay says what the commands come to there; so do the balances. How many differ."""
    text = changed_yaml(regeling, changes)

    def other(command: Command) -> Command:
        is_ours = isinstance(command, VoerRegelingIn) and command.tekst == regeling
        return attrs.evolve(command, tekst=text) if is_ours else command

    replayed = would_be(ledger, sent, asked)
    with played(sent, other) as (there, expected):
        for (_, command), said, wanted in zip(sent, replayed, expected, strict=True):
            assert said == wanted, (changes, command)
        youths = {c.jeugdige for _, c in sent if isinstance(getattr(c, "jeugdige", None), str)}
        for youth in sorted(youths):
            mine = ledger.stand(jeugdige=youth, regels=asked)
            theirs = there.stand(jeugdige=youth)
            if len(youths) == 1:  # what rests on others is replayed with them, or not at all
                assert list(map(plain, mine.toewijzingen)) == list(map(plain, theirs.toewijzingen))
                assert mine.no_shows == theirs.no_shows
    recorded = [
        [(type(e.feit).__name__, heart(e.beslissing)) for e in lines_of(ledger, c.command_id)]
        for _, c in sent
    ]
    return sum(was != now for was, now in zip(recorded, replayed, strict=True))


def test_a_replay_says_what_a_new_ledger_with_that_text_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance, tried, differ = Random(7), 0, 0
    for scenario in (*SAMPLE, *FAMILIES):

        def look(ledger: Rekenschap, sent: list[Sent], scenario: Scenario = scenario) -> None:
            nonlocal tried, differ
            for changes in ways(scenario, ledger, chance):
                found = assert_as_on_a_new_ledger(ledger, sent, scenario.regeling, changes, changes)
                tried, differ = tried + 1, differ + found

        with at_the_end(monkeypatch, look):
            play(scenario)

    assert tried > 25, tried
    assert differ > 15, differ


def test_a_text_of_ones_own_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same by its text: what the grootboek introduced is not used at all."""
    chance, differ = Random(11), 0
    for scenario in SAMPLE[:2]:

        def look(ledger: Rekenschap, sent: list[Sent], scenario: Scenario = scenario) -> None:
            nonlocal differ
            changes = ways(scenario, ledger, chance)[0]
            text = AndereRegels(regeling=changed_yaml(scenario.regeling, changes))
            differ += assert_as_on_a_new_ledger(ledger, sent, scenario.regeling, changes, text)

        with at_the_end(monkeypatch, look):
            play(scenario)

    assert differ > 0


# --- what a step brings along

OLD: Final = toewijzing("BK", "2016-03-01", "2017-12-31", referentie="R0", behandelaar="B1")
ENDED: Final = inzet(200, "2016-04-01")


def specialist(behandelaar: str) -> Stap:
    told = {"toewijzing": "T2", "productcode": "32000", "referentie": "R1"}
    return toewijzing("DBC", "2016-05-01", "2017-04-30", behandelaar=behandelaar, **told)


def about(gebeurtenis: str, betreft: str, **more: Any) -> Stap:
    told = {"betreft": betreft, "reden": "typefout", "gezag": "gemeente", **more}
    return stap(gebeurtenis, "2016-05-20", **told)


def to(behandelaar: str, betreft: str = "R1", **more: Any) -> Stap:
    changed = {"behandelaar": behandelaar}
    return about("GegevenGecorrigeerd", betreft, vervanging=changed, **more)


BRINGS_ALONG: Final = ("WAA-G14", "WAA-G13")
STORIES: Final = {
    "it goes on": (OLD, ENDED, specialist("B1")),
    "a mistake": (OLD, specialist("B1"), about("GegevenIngetrokken", "R1"), inzet(9, "2016-05-21")),
    "to another": (OLD, specialist("B1"), to("B2"), inzet(9, "2016-05-21")),
    "from another": (OLD, specialist("B2"), to("B1")),
    "and back": (OLD, specialist("B1"), to("B2", referentie="R2"), to("B1")),
    "undone": (
        OLD,
        specialist("B1"),
        to("B2", referentie="R2"),
        about("GegevenIngetrokken", "R2"),
    ),
    "itself": (OLD, specialist("B1"), to("B2", "R0")),
}


@pytest.mark.parametrize("story", STORIES)
def test_what_a_step_brings_along_is_made_again_and_would_follow_or_not(
    story: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Specialist care takes the place of basic care, and gives it back when it was a mistake."""
    seen: list[int] = []

    def look(ledger: Rekenschap, sent: list[Sent]) -> None:
        assert_made_again(ledger, sent)
        assert_no_different(ledger, sent)
        seen.append(max(len(lines_of(ledger, command.command_id)) for _, command in sent))
        for rule in BRINGS_ALONG:
            without = AndereRegels(zonder=(rule,))
            seen.append(assert_as_on_a_new_ledger(ledger, sent, "waalre-2017", without, without))

    with at_the_end(monkeypatch, look):
        speel(*STORIES[story])

    lines, *differ = seen
    assert lines > 1
    assert any(differ)
