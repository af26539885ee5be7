"""Random lives of a grootboek, with everything that can go wrong, against a naive fold.

The short form: fewer commands per seed than the long one (``docs/faults.md``). A failing seed
prints the command that plays it again.
"""

from collections.abc import Iterator

import pytest
from tests.faults import simulation
from tests.faults.databases import Databases, SqliteFiles
from tests.faults.simulation import play
from tests.faults.statements import quiet_pool
from tests.projections import oracle

SEEDS = {"sqlite": 24, "postgresql": 1}
COMMANDS = 40
PER_TEST = 6


@pytest.fixture(autouse=True)
def quietly() -> Iterator[None]:
    with quiet_pool():
        yield


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, SEEDS["sqlite"], PER_TEST))
def test_whatever_goes_wrong_the_ledger_is_what_a_naive_fold_says(
    where: Databases, first: int
) -> None:
    if first >= SEEDS[where.kind]:
        pytest.skip("a server takes longer: fewer seeds")
    for seed in range(first, min(first + PER_TEST, SEEDS[where.kind])):
        life = play(where, seed, COMMANDS)
        assert life.commands >= COMMANDS
        assert life.lines > COMMANDS // 2


def test_a_seed_is_the_same_life_every_time(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Of a process that is warm: what it keeps for good costs the first life statements."""
    lives = [play(SqliteFiles(tmp_path_factory.mktemp("life")), 11, COMMANDS) for _ in range(3)]

    assert lives[1] == lives[2]


def test_a_failing_seed_tells_how_it_is_played_again(
    where: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oracle, "known_of", lambda *_: None)

    with pytest.raises(AssertionError) as caught:
        simulation.play(where, 3, 30)

    again = f"--only simulation --seed 3 --seeds 1 --commands 30 --store {where.kind}"
    assert f"make faults ARGS='{again}'" in str(caught.value)
