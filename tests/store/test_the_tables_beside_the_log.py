"""No row of references or commands can go, come or change without verify naming the position."""

from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, insert, select, update
from tests.application.care import (
    KEY,
    effort,
    granted,
    introduced,
    made,
    no_show,
    opened,
    referred,
    started,
    treated,
)
from tests.owner import drop_guards

from rekenschap.application.commands import CorrigeerGegeven
from rekenschap.application.errors import Broken
from rekenschap.application.ports import NewRecord
from rekenschap.application.rekenschap import Rekenschap
from rekenschap.infrastructure import traces as module
from rekenschap.infrastructure.canonical import loads
from rekenschap.infrastructure.cli import main
from rekenschap.infrastructure.parallel import InProcess
from rekenschap.infrastructure.parallel.together import SqlParallel
from rekenschap.infrastructure.store import lines as lines_module
from rekenschap.infrastructure.store.schema import commands, event_references
from rekenschap.infrastructure.store.store import SqlStore
from rekenschap.infrastructure.traces import traces

REFERENCE, AT = event_references.c.reference, event_references.c.position
FIRST, LAST = commands.c.first_position, commands.c.last_position
STRETCHES = 4
CORRECTED = {"gezag": "aanbieder", "vervanging": {"aantal": 30}}


@pytest.fixture
def played(database_url: str) -> Iterator[Rekenschap]:
    """Care of two youths in the middle one of three grootboeken; a no-show makes two lines."""
    with opened(database_url, "ander") as other:
        other.execute(introduced())
    with opened(database_url) as ledger:
        ledger.execute(introduced())
        steps = [granted(), started(), effort(referentie="brief-1"), no_show()]
        steps += [effort(gesprek="g-1"), effort("T9"), referred(jeugdige="kind-2")]
        steps += [treated("T2", "V1", "kind-2"), started("T2"), no_show("T2")]
        steps += [made(CorrigeerGegeven, betreft="brief-1", reden="typefout", **CORRECTED)]
        ledger.execute_batch(steps)
        with opened(database_url, "derde") as third:
            third.execute(introduced())
            assert third.verify() == third.positie
        store = store_of(ledger)
        store.parallel = SqlParallel(store, store.parallel._place, STRETCHES)
        yield ledger


def store_of(ledger: Rekenschap) -> Any:
    return ledger._store


def change(ledger: Rekenschap, statement: Any) -> None:
    with store_of(ledger).engine.begin() as connection:
        drop_guards(connection)
        found = connection.execute(statement)
        assert statement.is_insert or found.rowcount == 1


def broken_at(ledger: Rekenschap) -> int | None:
    """Line by line, and in stretches: the same is found wrong."""
    with pytest.raises(Broken) as caught:
        ledger.verify()
    with pytest.raises(Broken) as elsewhere:
        ledger.verify(werkers=InProcess())
    assert elsewhere.value.args == caught.value.args
    assert elsewhere.value.details == caught.value.details
    return caught.value.position


def rows_of(ledger: Rekenschap, table: Any) -> list[Any]:
    with store_of(ledger).engine.connect() as connection:
        mine = select(table).where(table.c.ledger == store_of(ledger).ledger.key)
        return list(connection.execute(mine))


def this_row(row: Any) -> tuple[Any, ...]:
    mine = event_references.c.ledger == row.ledger
    return mine, row.reference == REFERENCE, row.position == AT


def spans(ledger: Rekenschap) -> list[Any]:
    return sorted(rows_of(ledger, commands), key=lambda row: row.first_position)


def of(row: Any) -> tuple[Any, ...]:
    return commands.c.ledger == row.ledger, commands.c.command_id == row.command_id


def test_what_was_not_touched_verifies(played: Rekenschap) -> None:
    kinds = {row.reference.partition("/")[0] for row in rows_of(played, event_references)}

    assert played.verify() == played.verify(werkers=InProcess()) == played.positie > 12
    assert kinds >= {"jeugdige", "toewijzing", "verwijzing", "referentie", "gesprek", "grootboek"}
    assert any(row.last_position > row.first_position for row in spans(played))


def test_lines_are_held_against_the_tables_over_every_border_of_a_chunk(
    played: Rekenschap, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = max(rows_of(played, event_references), key=lambda row: row.position)
    for size in (1, 2, 3):
        monkeypatch.setattr(lines_module, "_CHUNK", size)
        assert played.verify() == played.positie
    change(played, delete(event_references).where(*this_row(last)))
    assert broken_at(played) == last.position


def test_every_reference_that_is_deleted_is_named(played: Rekenschap) -> None:
    for row in rows_of(played, event_references):
        change(played, delete(event_references).where(*this_row(row)))
        assert broken_at(played) == row.position, row.reference
        change(played, insert(event_references).values(row._asdict()))
    assert played.verify() == played.positie


def test_every_reference_that_is_altered_is_named(played: Rekenschap) -> None:
    for row in rows_of(played, event_references):
        changed = row._asdict() | {"reference": row.reference + "x"}
        change(played, update(event_references).where(*this_row(row)).values(changed))
        assert broken_at(played) == row.position, row.reference
        change(played, delete(event_references).where(REFERENCE.endswith("x"), row.position == AT))
        change(played, insert(event_references).values(row._asdict()))


@pytest.mark.parametrize("position", [-5, 0, 1, 7, "head", "beyond"])
def test_a_reference_that_is_added_is_named(played: Rekenschap, position: int | str) -> None:
    places = {"head": played.positie, "beyond": played.positie + 1}
    at = places[position] if isinstance(position, str) else position
    values = {"ledger": store_of(played).ledger.key, "reference": "jeugdige/0", "position": at}

    change(played, insert(event_references).values(values))

    assert broken_at(played) == at


def test_a_reference_moved_to_another_line_is_named_at_the_first_of_both(
    played: Rekenschap,
) -> None:
    row = next(r for r in rows_of(played, event_references) if r.reference == "referentie/brief-1")

    change(played, update(event_references).where(*this_row(row)).values(position=row.position - 2))

    assert broken_at(played) == row.position - 2


def test_a_reference_that_is_no_text_any_more_is_named(played: Rekenschap) -> None:
    if store_of(played).engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps the type of a column")
    row = next(r for r in rows_of(played, event_references) if r.reference == "referentie/brief-1")
    for value in ("CAST(reference AS BLOB)", "CAST(x'73ff' AS TEXT)"):
        with store_of(played).engine.begin() as connection:
            drop_guards(connection)
            connection.exec_driver_sql(
                f"UPDATE event_references SET reference = {value} WHERE position = ? AND ledger = ?"
                " AND reference NOT LIKE 'toewijzing/%' AND reference NOT LIKE 'jeugdige/%'",
                (row.position, row.ledger),
            )
        assert broken_at(played) == row.position


def test_every_command_that_is_deleted_is_named(played: Rekenschap) -> None:
    for row in spans(played):
        change(played, delete(commands).where(*of(row)))
        assert broken_at(played) == row.first_position
        change(played, insert(commands).values(row._asdict()))
    assert played.verify() == played.positie


@pytest.mark.parametrize("by", [-1, 1])
def test_every_command_with_other_positions_is_named(played: Rekenschap, by: int) -> None:
    for row in spans(played):
        change(played, update(commands).where(*of(row)).values(first_position=FIRST + by))
        assert broken_at(played) == row.first_position
        change(played, update(commands).where(*of(row)).values(first_position=row.first_position))
        change(played, update(commands).where(*of(row)).values(last_position=LAST + by))
        assert broken_at(played) == row.last_position
        change(played, update(commands).where(*of(row)).values(last_position=row.last_position))


@pytest.mark.parametrize(("first", "named"), [(-3, -3), (1, 1), (4, 4), (10**6, None)])
def test_a_command_that_no_line_carries_is_named(
    played: Rekenschap, first: int, named: int | None
) -> None:
    key = store_of(played).ledger.key
    values = {"ledger": key, "command_id": "nieuw", "content_hash": b"\0" * 32}

    change(played, insert(commands).values(**values, first_position=first, last_position=first))

    assert broken_at(played) == (played.positie + 1 if named is None else named)


def test_the_first_of_several_faults_is_named(played: Rekenschap) -> None:
    third = next(r for r in rows_of(played, event_references) if r.position == 3)
    change(played, delete(event_references).where(*this_row(third)))
    change(played, delete(commands).where(*of(spans(played)[-1])))
    assert broken_at(played) == 3
    change(played, delete(commands).where(*of(spans(played)[1])))
    assert broken_at(played) == 2


def test_the_command_names_position_and_grootboek(
    played: Rekenschap, database_url: str, tmp_path: Any
) -> None:
    (tmp_path / "sleutel").write_bytes(KEY)
    row = next(r for r in rows_of(played, event_references) if r.reference.startswith("jeugdige/"))
    change(played, delete(event_references).where(*this_row(row)))
    options = ["-d", database_url, "-s", str(tmp_path / "sleutel"), "-g"]

    found = CliRunner().invoke(main, ["verify", *options, "gemeente"])
    other = CliRunner().invoke(main, ["verify", *options, "ander"])

    assert found.exit_code == 1, found.output
    assert f"vanaf positie {row.position} " in found.stderr
    assert "in grootboek 'gemeente'" in found.stderr
    assert other.exit_code == 0, other.output


def test_a_line_whose_traces_cannot_be_read_is_named(store: SqlStore) -> None:
    store._traces = traces
    with store.writing() as unit:
        unit.log.append(
            [NewRecord("s/1", "Onbekend", 1, b'{"feit":{}}', ("s/1",))], moment=unit.log.moment()
        )
    with pytest.raises(Broken, match="position 1"):
        store.verify()


def test_what_a_line_is_traced_to_is_what_stands_beside_it(played: Rekenschap) -> None:
    store = store_of(played)
    for record in list(store.scan()):
        command, touched = module.traces(record.name, record.version, record.stream, record.payload)
        with store.reading() as unit:
            assert touched == set(unit.log.references_of(record.position))
            known = unit.log.find_command(command)
            assert known.first_position <= record.position <= known.last_position


def test_words_that_look_like_keys_do_not_mislead() -> None:
    odd = r"\",\"opdracht\":\"x\",\"oordeel\":{\"bon\":"
    payload = (
        f'{{"feit":{{"a":"{odd}"}},"melder":{{}},"oordeel":{{"bon":{{"gelezen":["{odd}"]}},'
        f'"z":"{odd}"}},"opdracht":"echt","referentie":"{odd}"}}'
    )
    whole = loads(payload.encode())
    line = module._read(payload)
    assert (line.feit, line.oordeel.bon.gelezen) == (whole["feit"], [loads(f'"{odd}"'.encode())])
    assert (line.opdracht, line.referentie) == (whole["opdracht"], whole["referentie"])
