"""Is a replay in parts the same, to the byte, as that of one process, wherever it is cut?"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from sqlalchemy import literal, select
from tests.parallel.conftest import Played

from rekenschap.application import toezicht
from rekenschap.application.herbouw import Fase, Voortgang
from rekenschap.application.parallel import Workers
from rekenschap.application.reproduction import Reproductie
from rekenschap.domain.vocabulary import Uitkomst
from rekenschap.infrastructure.codec import JsonCodec
from rekenschap.infrastructure.parallel import InProcess, Processes
from rekenschap.infrastructure.parallel.cluster import dask_at
from rekenschap.infrastructure.parallel.lines import PartReader
from rekenschap.infrastructure.parallel.parts import planned, youths_in
from rekenschap.infrastructure.parallel.work import TABLES
from rekenschap.infrastructure.store.vault_tables import vault_reads
from rekenschap.projections.sets import FIRST, read_now


def as_bytes(found: Iterator[Reproductie]) -> bytes:
    return json.dumps([attrs.asdict(one) for one in found], default=repr).encode()


def in_tables(played: Played) -> list[tuple[str, tuple[Any, ...]]]:
    """What stands in the tables that are read, in the order in which parts are brought together;
    as in the first set of rows, whichever is read."""
    key, rows = played.store.ledger.key, []
    with played.store.reading() as unit:
        for table in TABLES:
            columns = [literal(FIRST) if c.name == "generation" else c for c in table.columns]
            query = select(*columns).where(read_now(table, key)).order_by(*table.primary_key)
            rows += [(table.name, tuple(row)) for row in unit.connection.execute(query)]
    return rows


def folded(played: Played, workers: Workers) -> list[Any]:
    return list(played.store.parallel.folded(workers, played.ledger.positie, None))


def same_as_alone(played: Played, workers: Workers) -> None:
    ledger = played.ledger
    ledger.rebuild()
    rows, alone = in_tables(played), as_bytes(ledger.reproduceer_alles())

    assert as_bytes(ledger.reproduceer_alles(werkers=workers)) == alone
    assert repr(folded(played, workers)) == repr(rows)


def test_what_is_played_has_what_could_lie_between_two_parts(played: Played) -> None:
    entries = [JsonCodec.decode(line) for line in played.store.scan()]
    names = {entry.feit.naam for entry in entries}
    assert names >= {
        "gezin-vastgelegd",
        "gegevens-gewist",
        "gegeven-gecorrigeerd",
        "gegeven-ingetrokken",
        "overeenkomst-vastgelegd",
        "ten-laste-gebracht",
    }
    assert {entry.beslissing.uitkomst for entry in entries} >= {
        Uitkomst.GEACCEPTEERD,
        Uitkomst.GOEDKEURING_NODIG,
        Uitkomst.GEWEIGERD,
    }
    played.ledger.rebuild()
    assert {row[0] for row in in_tables(played)} == {table.name for table in TABLES}
    assert any(one.gewist for one in played.ledger.reproduceer_alles())


def test_one_process_rebuilds_a_large_log_in_parts_as_well(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    played.ledger.rebuild()
    rows, asked = in_tables(played), list[object]()
    whole = played.store.parallel.folded

    def seen(werkers: Any, *args: Any) -> Iterator[Any]:
        asked.append(werkers)
        return whole(werkers, *args)

    monkeypatch.setattr(played.store.parallel, "folded", seen)
    monkeypatch.setattr(toezicht, "IN_ONE_GO", played.ledger.positie)
    assert played.ledger.rebuild().gelijk
    assert asked == []
    monkeypatch.setattr(toezicht, "IN_ONE_GO", played.ledger.positie - 1)
    found = played.ledger.rebuild()

    assert asked == [1]
    assert found.gelijk
    assert found.regels == found.positie == played.ledger.positie
    assert repr(in_tables(played)) == repr(rows)


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_in_any_number_of_parts(played: Played, parts: int) -> None:
    with played.cut_in(parts):
        same_as_alone(played, InProcess())


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_every_line_is_in_one_command_of_one_part(played: Played, parts: int) -> None:
    upto, seen = played.ledger.positie, Counter[int]()
    with played.store.reading() as unit:
        youths = youths_in(unit.connection, played.store.ledger.key)
        for part in planned(youths, parts):
            reader = PartReader(unit, played.store.ledger, part, upto)
            for commands in reader.commands():
                seen.update(line.position for command in commands for line in command.regels)
    assert seen == Counter(range(1, upto + 1))


def test_by_two_processes(played: Played, two: Processes) -> None:
    with played.cut_in(3):
        same_as_alone(played, two)


def test_by_two_workers_of_a_dask_cluster(played: Played, cluster: Any) -> None:
    with played.cut_in(3), dask_at(cluster.scheduler_address) as workers:
        assert (workers.aantal, workers.elders) == (2, True)
        same_as_alone(played, workers)


def test_the_tables_hold_what_parts_were_folded_to(played: Played, two: Processes) -> None:
    ledger = played.ledger
    ledger.rebuild()
    rows = in_tables(played)
    told: list[Voortgang] = []
    with played.cut_in(3):
        done = ledger.rebuild(told.append, werkers=two)
    assert (done.positie, done.regels) == (ledger.positie, ledger.positie)
    assert done.gelijk
    assert in_tables(played) == rows
    folding = [one.gedaan for one in told if one.fase is Fase.VOUWEN]
    assert folding == sorted(folding)
    assert folding[-1] == ledger.positie
    with played.store.reading() as unit:
        assert ledger._leesmodel.position(unit) == ledger.positie


def test_what_the_vault_told_is_logged_for_whoever_asked(played: Played, two: Processes) -> None:
    def logged() -> dict[str, int]:
        found: dict[str, int] = {}
        query = select(vault_reads.c.person).where(
            vault_reads.c.ledger == played.store.ledger.id,
            vault_reads.c.question == "reproduceer_alles",
        )
        with played.store.reading() as unit:
            for person in unit.connection.scalars(query):
                found[person] = found.get(person, 0) + 1
        return found

    before = logged()
    list(played.ledger.reproduceer_alles())
    alone = logged()
    with played.cut_in(3):
        list(played.ledger.reproduceer_alles(werkers=two))
    after = logged()

    assert alone != before
    assert {p for p in alone if alone[p] > before.get(p, 0)} == {
        p for p in after if after[p] > alone.get(p, 0)
    }
