"""What happens to a database that an older, or a newer, program made?"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from tests.application.care import KEY, effort, opened
from tests.migrations.shape import shape_of

from rekenschap.application import Incorrect, Onbeschikbaar
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.migrations import alembic_runs
from rekenschap.infrastructure.migrations.ready import bring_up_to_date, create_schema, standing
from rekenschap.infrastructure.migrations.revisions import FIRST, NEWEST, VERSION_TABLE, Stand
from rekenschap.infrastructure.store.engine import for_writing, make_engine

EngineOf = Callable[[str], Engine]
CLOCK = FixedClock(datetime(2026, 6, 2, 9, 0, tzinfo=UTC))


def answers(url: str) -> None:
    """What the ledger of the first release answers for ever, and that it takes new lines."""
    with opened(url, "duindam", CLOCK) as rekenschap:
        assert rekenschap.verify() == 14
        assert rekenschap.stand(toewijzing="W1", geldig_op=date(2026, 5, 1)).saldo == 165
        assert rekenschap.stand(toewijzing="W1", bekend_op=6).verbruikt == 60
        assert sum(1 for _ in rekenschap.lees()) == 14
        rekenschap.rebuild()
        assert rekenschap.execute(effort("W1", 15, command_id="later-1")).uitkomst.erkend
        assert rekenschap.verify() == 15


@pytest.mark.parametrize("stamped", [False, True])
def test_a_database_of_the_first_release_opens_and_answers_for_ever(
    golden_url: str, engine_of: EngineOf, stamped: bool
) -> None:
    engine = engine_of(golden_url)
    if stamped:
        _stamp(engine, FIRST)
    assert standing(engine) == Stand(FIRST, stamped)

    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            before = shape_of(connection)
        with pytest.raises(Onbeschikbaar, match="run rekenschap migreer"), opened(golden_url, "d"):
            pass
        with engine.connect() as connection:
            assert shape_of(connection) == before, "the service altered nothing"
        assert bring_up_to_date(engine).revision == FIRST

    answers(golden_url)
    assert standing(engine) == Stand(NEWEST, True)
    assert bring_up_to_date(engine) == Stand(NEWEST, True)


def test_a_database_of_a_newer_program_is_refused(database_url: str, engine_of: EngineOf) -> None:
    engine = engine_of(database_url)
    create_schema(engine)
    _stamp(engine, "9999")

    for attempt in (create_schema, bring_up_to_date):
        with pytest.raises(Incorrect, match="up to " + NEWEST) as caught:
            attempt(engine)
        assert (caught.value.field, caught.value.value) == ("database", "9999")
    with engine.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM ledgers").scalar_one()
    assert count == 0


def test_of_several_that_open_at_once_one_brings_it_up_to_date(golden_url: str) -> None:
    def once(_: int) -> Stand:
        engine = make_engine(golden_url)
        try:
            return bring_up_to_date(engine)
        finally:
            engine.dispose()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(once, range(4)))

    assert sorted(one.revision or "" for one in found) == [FIRST, NEWEST, NEWEST, NEWEST]


def test_a_migration_that_fails_leaves_nothing_half_done(
    golden_url: str, engine_of: EngineOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = tmp_path / "scripts 100%"
    shutil.copytree(alembic_runs.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions/r0099_fails.py").write_text(
        "from alembic import op\n"
        f"revision, down_revision = '0099', '{NEWEST}'\n"
        "def upgrade():\n"
        "    op.execute('CREATE TABLE halfway (number INTEGER)')\n"
        "    op.execute('DROP TABLE saldo')\n"
        "    op.execute('INSERT INTO nowhere VALUES (1)')\n"
    )
    engine = engine_of(golden_url)
    with engine.connect() as connection:
        before = shape_of(connection)
    monkeypatch.setattr(alembic_runs, "SCRIPTS", scripts)

    with pytest.raises(DBAPIError), for_writing(engine).begin() as connection:
        alembic_runs.upgrade(connection, Stand(FIRST, False))

    with engine.connect() as connection:
        assert shape_of(connection) == before


def test_alembic_is_not_loaded_to_open_what_is_new_or_up_to_date(sqlite_url: str) -> None:
    with open_grootboek(sqlite_url, grootboek="gemeente", sleutel=KEY):
        pass
    script = (
        "import sys\n"
        "from rekenschap.infrastructure import cli, open_grootboek\n"
        f"for url in ({sqlite_url!r}, 'sqlite://'):\n"
        f"    with open_grootboek(url, grootboek='gemeente', sleutel={KEY!r}) as rekenschap:\n"
        "        assert rekenschap.positie == 1\n"
        "assert 'alembic' not in sys.modules\n"
    )
    path = str(Path(__file__).parents[1] / "src_root")

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env={"PYTHONPATH": path}
    )

    assert done.returncode == 0, done.stderr


def _stamp(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        for text in (
            f"CREATE TABLE IF NOT EXISTS {VERSION_TABLE} (version_num VARCHAR(32) PRIMARY KEY)",
            f"DELETE FROM {VERSION_TABLE}",
            f"INSERT INTO {VERSION_TABLE} VALUES ('{revision}')",
        ):
            connection.exec_driver_sql(text)
