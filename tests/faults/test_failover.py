"""The server of a grootboek is killed, its standby takes over and gives it back: nothing is lost,
and a replica answers, saying how far behind it is.

One pair of servers of our own for all of these; ``docs/faults.md`` says what the long form is.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from tests.application.care import KEY, effort, granted, introduced, opened, started
from tests.faults.clusters import NoServer, Pair, pair, wait_until
from tests.faults.failover import Failovers, one_failover
from tests.faults.statements import quiet_pool

from rekenschap.application import Incorrect, Onbeschikbaar, Rekenschap
from rekenschap.infrastructure import open_alleen_lezen
from rekenschap.infrastructure.cli import main

SEED = 20_250_303
pytestmark = [pytest.mark.postgresql, pytest.mark.slow]


@pytest.fixture(scope="module")
def both() -> Iterator[Pair]:
    try:
        with pair(in_memory=True) as made:
            yield made
    except NoServer as reason:
        pytest.skip(f"no servers of our own: {reason}")


@pytest.fixture(autouse=True)
def quietly() -> Iterator[None]:
    with quiet_pool():
        yield


@pytest.fixture
def name(both: Pair) -> str:
    """A database with a grootboek in which an allocation is used, on both servers."""
    name = both.fresh()
    with opened(both.url(name)) as ledger:
        for command in (introduced(), granted("T1", volume=60_000), started("T1"), effort("T1")):
            ledger.execute(command)
    both.level()
    return name


def at_replica(both: Pair, name: str) -> Any:
    primary = both.primary.url(name)
    url = both.standby.url(name)
    return open_alleen_lezen(url, grootboek="gemeente", sleutel=KEY, primair=primary)


def used(ledger: Rekenschap) -> int:
    stand = ledger.stand(toewijzing="T1")
    assert stand is not None
    return int(stand.verbruikt)


def test_a_replica_answers_and_says_how_far_behind_it_is(both: Pair, name: str) -> None:
    with opened(both.url(name)) as writer, at_replica(both, name) as reader:
        level = reader.achterstand()
        assert (level.replica, level.verbonden, level.vastleggingen) == (True, True, 0)
        both.standby.ask("SELECT pg_wal_replay_pause()")
        try:
            wait_until(lambda: bool(both.standby.ask("SELECT pg_is_wal_replay_paused()")))
            before = level.positie
            writer.execute(effort("T1", 30))  # confirmed once it is on the disk of the standby
            behind = reader.achterstand()
            assert (behind.hoofd, behind.positie) == (before + 1, before)
            assert behind.vastleggingen == 1
            assert behind.vertraging is not None
            assert behind.vertraging > timedelta(0)
            assert used(reader) == 60
        finally:
            both.standby.ask("SELECT pg_wal_replay_resume()")
        both.level()
        assert used(reader) == used(writer) == 90
        assert reader.achterstand().vastleggingen == 0
        assert reader.spoor(toewijzing="T1") == writer.spoor(toewijzing="T1")
        assert list(reader.lees()) == list(writer.lees())
        assert reader.verify() == writer.verify()
        logged = [one.vraag for one in writer.gelezen(jeugdige="kind-1").regels]
        assert logged.count("stand") == 3  # two of them were asked at the replica


def test_a_replay_is_answered_by_a_replica(both: Pair, name: str) -> None:
    with at_replica(both, name) as reader:
        found = [list(reader.herspeel()), list(reader.reproduceer_alles())]
        assert found[1] != []
    with opened(both.url(name)) as writer:
        assert [list(writer.herspeel()), list(writer.reproduceer_alles())] == found


def test_a_replica_takes_no_command_however_it_is_opened(both: Pair, name: str) -> None:
    with at_replica(both, name) as reader, pytest.raises(Incorrect) as refused:
        reader.execute(effort("T1"))
    assert refused.value.field == "grootboek"
    with pytest.raises(Onbeschikbaar, match="only reads"), opened(both.standby.url(name)):
        pass


def test_the_command_line_reads_a_replica_and_says_how_far_behind_it_is(
    both: Pair, name: str, tmp_path: Any
) -> None:
    key = tmp_path / "sleutel"
    key.write_bytes(KEY)
    there = ["-d", both.standby.url(name), "-g", "gemeente", "-s", str(key)]
    primary = {"REKENSCHAP_PRIMAIR": both.primary.url(name)}
    runner = CliRunner()

    told = runner.invoke(main, ["achterstand", *there], env=primary)
    assert (told.exit_code, "De replica is verbonden" in told.output) == (0, True), told.output
    stand = runner.invoke(main, ["stand", *there, "-t", "T1"], env=primary)
    assert stand.exit_code == 0, stand.output
    nowhere = runner.invoke(main, ["stand", *there, "-t", "T1"])
    assert (nowhere.exit_code, "REKENSCHAP_PRIMAIR" in nowhere.output) == (2, True)
    rebuilt = runner.invoke(
        main, ["rebuild", *there], env={"REKENSCHAP_STANDEN": str(tmp_path / "standen.db")}
    )
    assert rebuilt.exit_code == 0, rebuilt.output


def test_a_primary_that_is_gone_leaves_what_needs_no_log_of_reading(both: Pair, name: str) -> None:
    gone = "postgresql://postgres@127.0.0.1:1/nowhere?connect_timeout=2"
    asked: dict[str, Any] = {"grootboek": "gemeente", "sleutel": KEY, "primair": gone}
    with open_alleen_lezen(both.standby.url(name), **asked) as reader:
        assert (reader.achterstand().hoofd, reader.verify()) == (None, reader.positie)
        with pytest.raises(Onbeschikbaar):
            reader.stand(toewijzing="T1")


def test_nothing_that_was_answered_is_lost_when_the_primary_is_killed_and_comes_back(
    both: Pair, name: str
) -> None:
    tally = Failovers()
    first = both.primary
    with opened(both.url(name)) as ledger:
        one_failover(both, ledger, SEED, 0, tally)
        assert both.standby is first
        one_failover(both, ledger, SEED, 2, tally)
    assert both.primary is first
    assert tally.acknowledged > 0
    assert tally.not_available > 0
