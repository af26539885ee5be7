"""Writers that are killed, or lose their server: nothing acknowledged is lost, nothing is torn.

The short form; ``docs/faults.md`` says what the long one is.
"""

import pytest
from tests.faults.databases import Databases
from tests.faults.kills import Tally, cut_off_rounds, first_openings, kill_rounds

SEED = 20_250_303


@pytest.mark.slow
def test_a_writer_that_is_killed_at_any_moment_leaves_a_whole_ledger(where: Databases) -> None:
    rounds = 15 if where.kind == "sqlite" else 3
    tally = Tally()

    kill_rounds(where, SEED, range(rounds), tally)

    assert tally.rounds == rounds
    assert tally.acknowledged > 0


@pytest.mark.slow
def test_who_is_killed_while_making_a_grootboek_leaves_nothing_in_the_way(
    where: Databases,
) -> None:
    rounds = 8 if where.kind == "sqlite" else 2

    assert first_openings(where, SEED, range(rounds)) == rounds


@pytest.mark.slow
@pytest.mark.postgresql
def test_a_writer_that_is_cut_off_from_its_server_asks_again_and_loses_nothing(
    where: Databases,
) -> None:
    if where.kind == "sqlite":
        pytest.skip("SQLite has no connection to lose")
    tally = Tally()

    cut_off_rounds(where, SEED, range(1), tally)

    assert tally.cut_off > 0
