"""Do the migrations give the tables that the code works on, from whatever they start?"""

from collections.abc import Callable

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from tests.migrations.shape import all_tables, of_tables, shape_of

from rekenschap.infrastructure.migrations.alembic_runs import SCRIPTS, upgrade
from rekenschap.infrastructure.migrations.ready import bring_up_to_date, create_schema
from rekenschap.infrastructure.migrations.revisions import KNOWN, VERSION_TABLE, Stand
from rekenschap.infrastructure.store.engine import for_writing

EngineOf = Callable[[str], Engine]


def test_the_program_knows_the_revisions_that_alembic_finds() -> None:
    scripts = ScriptDirectory(str(SCRIPTS))

    assert tuple(one.revision for one in scripts.walk_revisions())[::-1] == KNOWN


def test_a_new_database_has_the_tables_of_the_code(database_url: str, engine_of: EngineOf) -> None:
    engine = engine_of(database_url)
    create_schema(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, all_tables()) == []


def test_the_tables_are_the_same_to_the_letter(database_url: str, engine_of: EngineOf) -> None:
    engine = engine_of(database_url)
    create_schema(engine)
    with engine.begin() as connection:
        migrated = shape_of(connection)
        if connection.dialect.name == "sqlite":
            tables = [name for name, _ in migrated["table"]]
            for name in tables:
                connection.exec_driver_sql(f"DROP TABLE {name}")
        else:
            connection.exec_driver_sql("CREATE SCHEMA of_the_code")
            connection.exec_driver_sql("SET LOCAL search_path = of_the_code")
        all_tables().create_all(connection)
        of_the_code = shape_of(connection)
        connection.rollback()

    assert of_tables(of_the_code) == of_tables(migrated)


def test_each_way_to_the_newest_revision_ends_at_the_same(
    golden_url: str, engine_of: EngineOf
) -> None:
    """A new database is made without Alembic; an old one, and an empty one, with it."""
    engine = engine_of(golden_url)
    bring_up_to_date(engine)
    with engine.connect() as connection:
        upgraded = shape_of(connection)
        stamped = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalars()
        assert stamped.all() == [KNOWN[-1]]
    for make in (create_schema, _with_alembic):
        _emptied(engine)
        make(engine)
        with engine.connect() as connection:
            assert shape_of(connection) == upgraded


def _with_alembic(engine: Engine) -> None:
    with for_writing(engine).begin() as connection:
        upgrade(connection, Stand(None, False))


def _emptied(engine: Engine) -> None:
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            listed = "SELECT name FROM sqlite_master WHERE type = 'table'"
            for name in connection.exec_driver_sql(listed).scalars().all():
                connection.exec_driver_sql(f"DROP TABLE {name}")
        else:
            schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
            connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
