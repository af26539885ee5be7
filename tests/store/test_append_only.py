"""Does the database itself refuse to alter what is recorded, whoever asks it?"""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from rekenschap.application.ports import NewRecord, StoredRecord
from rekenschap.infrastructure.store.store import SqlStore

Append = Callable[..., list[StoredRecord]]
Line = Callable[..., NewRecord]

REFUSED = {
    "events": (
        "UPDATE events SET payload = payload",
        "UPDATE events SET position = 9 WHERE position = 1",
        "DELETE FROM events",
        "DELETE FROM events WHERE position = 2",
    ),
    "event_references": (
        "UPDATE event_references SET reference = 'toewijzing/2'",
        "DELETE FROM event_references WHERE position = 1",
    ),
    "commands": (
        "DELETE FROM commands",
        "UPDATE commands SET content_hash = :other",
        "UPDATE commands SET content_hash = :empty, command_id = 'c9' WHERE command_id = 'c1'",
        "UPDATE commands SET content_hash = :empty, first_position = 2 WHERE command_id = 'c1'",
        "UPDATE commands SET content_hash = :empty, last_position = 3 WHERE command_id = 'c1'",
        "UPDATE commands SET content_hash = :empty, ledger = 2 WHERE command_id = 'c1'",
    ),
    "ledgers": (
        "DELETE FROM ledgers",
        "UPDATE ledgers SET position = 1",
        "UPDATE ledgers SET hash = :other",
        "UPDATE ledgers SET position = 9, name = 'elders'",
        "UPDATE ledgers SET position = 9, id = 'x'",
        "UPDATE ledgers SET position = 9, ledger = 7",
    ),
}


@pytest.fixture
def filled(store: SqlStore, append: Append, new_line: Line) -> SqlStore:
    append(new_line(), command_id="c1")
    append(new_line(), command_id="c2")
    return store


def run(store: SqlStore, statement: str) -> None:
    blob = {"sqlite": "x'{}'", "postgresql": "'\\x{}'"}[store.engine.dialect.name]
    text = statement.replace(":empty", blob.format("")).replace(":other", blob.format("61"))
    with store.engine.begin() as connection:
        connection.exec_driver_sql(text)


@pytest.mark.parametrize(
    ("table", "statement"), [(table, one) for table, each in REFUSED.items() for one in each]
)
def test_what_is_recorded_is_not_altered(filled: SqlStore, table: str, statement: str) -> None:
    with pytest.raises(IntegrityError, match=f"what is recorded in {table} is not altered"):
        run(filled, statement)
    assert filled.verify() == 2


@pytest.mark.parametrize("table", sorted(REFUSED))
def test_no_table_of_the_log_is_emptied_at_once(filled: SqlStore, table: str) -> None:
    if filled.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(IntegrityError, match=f"what is recorded in {table} is not altered"):
        run(filled, f"TRUNCATE {table}")


def test_a_line_is_not_replaced_either(filled: SqlStore) -> None:
    if filled.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite has INSERT OR REPLACE")
    for table in ("events", "event_references", "commands"):
        with pytest.raises(IntegrityError, match="is not altered"):
            run(filled, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_the_hash_of_a_content_can_be_forgotten_and_the_head_moves_forward(
    filled: SqlStore, append: Append, new_line: Line
) -> None:
    run(filled, "UPDATE commands SET content_hash = :empty WHERE command_id = 'c1'")
    with filled.writing() as unit:
        unit.log.forget_contents(["c2"])
    append(new_line(), command_id="c3")

    assert filled.verify() == 3
