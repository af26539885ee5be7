"""What is kept between decisions never changes an answer: as a fresh process would decide."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.application.care import (
    AANBIEDER,
    DAY,
    KEY,
    NOW,
    accepted,
    effort,
    granted,
    introduced,
    made,
    no_show,
    opened,
    referred,
    rows,
    said,
    started,
    treated,
)

from rekenschap.application.commands import (
    Command,
    CorrigeerGegeven,
    KiesOptie,
    LegJeugdigeVast,
    StopZorg,
    TrekGegevenIn,
    VerleenGoedkeuring,
    Verleng,
)
from rekenschap.application.errors import Incorrect
from rekenschap.application.rekenschap import Rekenschap
from rekenschap.domain.vocabulary import Uitkomst
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.store.log import SqlLog

YOUTHS = ("kind-1", "kind-2")
READINGS = ("jeugdige", "toewijzing")


def steps(seed: int, count: int) -> list[Command]:
    """A random walk over two youths: sensible steps, late ones and impossible ones."""
    chance = random.Random(seed)

    def some_day() -> date:
        return DAY + timedelta(days=chance.randrange(120))

    def about() -> dict[str, Any]:
        return {"betreft": f"stap-{chance.randrange(count)}", "gezag": "gemeente", "reden": "fout"}

    def step(number: int) -> Command:
        youth = chance.choice(YOUTHS)
        name = {"referentie": f"stap-{number}", "command_id": f"{seed}-{number}"}
        given = f"{youth}-T{chance.randrange(2)}"
        letter = f"{youth}-V{chance.randrange(2)}"
        makers: list[Callable[[], Command]] = [
            lambda: referred(letter, youth, **name),
            lambda: granted(given, youth, **name),
            lambda: treated(given, letter, youth, **name),
            lambda: started(given, **name),
            lambda: effort(given, chance.choice([60, 600, 3000]), datum=some_day(), **name),
            lambda: effort(given, regelreferentie="R1", datum=some_day(), **name),
            lambda: no_show(given, datum=some_day(), **name),
            lambda: made(StopZorg, toewijzing=given, datum=some_day(), actor=AANBIEDER, **name),
            lambda: made(Verleng, toewijzing=given, extra_volume=600, datum=some_day(), **name),
            lambda: made(TrekGegevenIn, **about(), **name),
            lambda: made(CorrigeerGegeven, **about(), vervanging={"datum": some_day()}, **name),
            lambda: made(VerleenGoedkeuring, betreft=about()["betreft"], door="gemeente", **name),
            lambda: made(LegJeugdigeVast, jeugdige=youth, geboortedatum=some_day(), **name),
            lambda: made(
                KiesOptie,
                regeling="twente-2025",
                optie="no_show_scope",
                waarde=chance.choice(READINGS),
                **name,
            ),
        ]
        return chance.choice(makers)()

    return [step(number) for number in range(count)]


def outcome(rekenschap: Rekenschap, command: Command) -> object:
    try:
        answer = rekenschap.execute(command)
    except Incorrect as error:
        return error.field
    return said(answer), answer.positie, answer.geregistreerd_op


@pytest.mark.parametrize("seed", range(4))
def test_one_long_lived_process_answers_as_a_fresh_one_at_every_step(
    database_url: str, seed: int
) -> None:
    long, short = FixedClock(NOW), FixedClock(NOW)
    with opened(database_url, "lang", long) as kept:
        kept.execute(introduced())
        with opened(database_url, "kort", short) as first:
            first.execute(introduced())
        for number, command in enumerate(steps(seed, 60)):
            with opened(database_url, "kort", short) as fresh:
                expected = outcome(fresh, command)
            assert outcome(kept, command) == expected, f"seed {seed}, step {number}: {command}"
            long.advance(timedelta(seconds=1))
            short.advance(timedelta(seconds=1))


@pytest.mark.parametrize("seed", range(100, 104))
def test_two_instances_on_one_grootboek_see_what_the_other_records(
    database_url: str, seed: int
) -> None:
    clocks = FixedClock(NOW), FixedClock(NOW), FixedClock(NOW)
    with (
        opened(database_url, "samen", clocks[0]) as one,
        opened(database_url, "samen", clocks[1]) as two,
        opened(database_url, "alleen", clocks[2]) as alone,
    ):
        one.execute(introduced())
        alone.execute(introduced())
        for number, command in enumerate(steps(seed, 80)):
            expected = outcome(alone, command)
            assert outcome((one, two)[number % 2], command) == expected, (seed, number)
            for clock in clocks:
                clock.advance(timedelta(seconds=1))


def test_a_step_by_one_instance_counts_for_the_other(database_url: str) -> None:
    with opened(database_url) as one, opened(database_url) as two:
        one.execute(introduced())
        accepted(two.execute(granted()))
        accepted(one.execute(started()))
        accepted(two.execute(effort(aantal=5999)))
        assert one.execute(effort(aantal=2)).uitkomst is Uitkomst.GEWEIGERD
        accepted(one.execute(effort(aantal=1)))
        assert two.toets(effort(aantal=1)).uitkomst is Uitkomst.GEWEIGERD


class Failing(Exception):
    """What goes wrong half-way."""


@pytest.mark.parametrize("moment", ["before", "after", "encode"])
def test_a_unit_that_was_rolled_back_leaves_what_is_kept_unharmed(
    ledger: Rekenschap, database_url: str, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    ledger.execute_batch([granted(), started()])
    whole = SqlLog.append
    told = {"times": 0}

    def failing(log: SqlLog, *args: Any, **values: Any) -> Any:
        told["times"] += 1
        if told["times"] < 3:
            return whole(log, *args, **values)
        if moment == "after":
            whole(log, *args, **values)
        raise Failing

    def not_encoded(entry: Any) -> Any:
        raise Failing

    new = [granted("T2", "kind-2"), effort(aantal=6000), effort(aantal=1), started("T2")]
    choice = {"regeling": "twente-2025", "optie": "no_show_scope", "waarde": "jeugdige"}
    before = rows(ledger)
    with monkeypatch.context() as patched:
        if moment == "encode":
            patched.setattr(ledger._codec, "encode", not_encoded)
        else:
            patched.setattr(SqlLog, "append", failing)
        with pytest.raises(Failing):
            ledger.execute_batch([*new, made(KiesOptie, **choice)])
    assert rows(ledger) == before
    with opened(database_url) as fresh:
        for command in new:
            assert said(ledger.toets(command)) == said(fresh.toets(command))
    accepted(ledger.execute(effort(aantal=6000)))
    assert ledger.execute(effort(aantal=1)).uitkomst is Uitkomst.GEWEIGERD
    accepted(ledger.execute(granted("T2", "kind-3")))


def test_a_regeling_that_was_rolled_back_is_not_known(database_url: str) -> None:
    with opened(database_url) as rekenschap:
        with pytest.raises(Incorrect):
            rekenschap.execute_batch([introduced(), granted(), granted(volume=1.5)])
        with pytest.raises(Incorrect, match="VoerRegelingIn"):
            rekenschap.execute(granted(verwijzer="gemeente"))
        accepted(rekenschap.execute(introduced()))
        assert rekenschap.execute(introduced()).gronden == ("regeling_bekend",)
        accepted(rekenschap.execute(granted()))


def test_so_many_dossiers_stay_as_the_host_says(database_url: str) -> None:
    youths = [f"kind-{number}" for number in range(4)]
    with open_grootboek(database_url, grootboek="gemeente", sleutel=KEY, onthouden=2) as ledger:
        accepted(ledger.execute(introduced()))
        for youth in youths:
            accepted(ledger.execute(granted(f"T-{youth}", youth)))
            assert len(ledger._kept.dossiers) <= 2
        for youth in youths:
            accepted(ledger.execute(started(f"T-{youth}")))


@pytest.mark.parametrize("number", [0, -1, 1.5, True, None, "5000"])
def test_it_is_a_number_from_one(sqlite_url: str, number: Any) -> None:
    with (
        pytest.raises(Incorrect, match=r"onthouden: .* allowed is a whole number from 1"),
        open_grootboek(sqlite_url, grootboek="gemeente", onthouden=number),
    ):
        pass
