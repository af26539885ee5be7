"""What identifies a person stands in the vault, encrypted, and nowhere else."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from tests.application.care import effort, granted, introduced, made, opened, referred, started

from rekenschap.application.commands import (
    Actor,
    LegGezinVast,
    LegJeugdigeVast,
    VerleenGoedkeuring,
    WeigerGoedkeuring,
)
from rekenschap.application.rekenschap import Rekenschap

SECRETS = {
    "the id of a youth": "kind-zkjq-4711",
    "the id of a family": "gezin-xwvq-4712",
    "the id of a sibling": "broer-pqzx-4713",
    "the birth date": "2012-05-17",
    "the place of living": "Waddinxveen-Noord",
    "the region": "Schouwen-Duiveland",
    "words of approval": "Moeder vertelde dat het thuis niet meer gaat.",
    "words of refusal": "Vader ontkent dit, zie het gesprek van dinsdag.",
    "who asks": "medewerker-qqxz-4714",
    "on whose behalf": "praktijk-zzqw-4715",
}
TABLES = ("ledgers", "events", "event_references", "commands")


def live(rekenschap: Rekenschap) -> None:
    """A case in which every secret is told."""
    told = list(SECRETS.values())
    youth, family, sibling, _, place, region, yes, no, who, behalf = told
    actor = Actor(who, "gemeente", behalf)
    known = {"geboortedatum": date(2012, 5, 17), "gezin": family}
    rekenschap.execute_batch(
        [
            introduced(),
            made(LegJeugdigeVast, jeugdige=youth, woonplaats=place, regio=region, **known),
            made(LegGezinVast, gezin=family, leden=[youth, sibling], actor=actor),
            referred("V1", youth),
            granted("T1", youth, actor=actor, referentie="toegekend"),
            started("T1"),
            effort("T1", aantal=10**6),
            made(VerleenGoedkeuring, betreft="toegekend", door="gemeente", motivering=yes),
            made(WeigerGoedkeuring, betreft="toegekend", door="gemeente", motivering=no),
        ]
    )
    rekenschap.toets(granted("T2", sibling))


def told(data: bytes) -> list[str]:
    """Which secrets occur in these bytes, in whatever spelling JSON or a database may give."""
    spellings = {
        what: {secret.encode(), json.dumps(secret).encode()[1:-1], secret.encode("utf-16-le")}
        | {secret.encode().hex().encode()}
        for what, secret in SECRETS.items()
    }
    low = data.lower()
    return [what for what, ways in spellings.items() if any(way.lower() in low for way in ways)]


def cells(rekenschap: Rekenschap, tables: tuple[str, ...]) -> Iterator[bytes]:
    with rekenschap._store.reading() as unit:
        connection = unit.connection  # type: ignore[attr-defined]
        for table in tables:
            for row in connection.execute(text(f"SELECT * FROM {table}")):
                for cell in row:
                    yield (
                        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                    )


def test_the_search_finds_what_is_there() -> None:
    assert told(b"..kind-zkjq-4711..") == ["the id of a youth"]
    assert told(SECRETS["words of refusal"].encode().hex().upper().encode()) == ["words of refusal"]


def test_no_secret_stands_in_the_tables_of_the_log(database_url: str) -> None:
    with opened(database_url) as rekenschap:
        live(rekenschap)
        assert told(b"\n".join(cells(rekenschap, TABLES))) == []


def test_no_secret_stands_in_plain_text_in_any_table(database_url: str) -> None:
    with opened(database_url) as rekenschap:
        live(rekenschap)
        with rekenschap._store.reading() as unit:
            names = tuple(inspect(unit.connection).get_table_names())  # type: ignore[attr-defined]
        assert set(TABLES) < set(names)
        assert told(b"\n".join(cells(rekenschap, names))) == []


@pytest.mark.parametrize("closed", [False, True])
def test_no_secret_stands_in_any_file_while_open_or_after(
    sqlite_url: str, tmp_path: Path, closed: bool
) -> None:
    with opened(sqlite_url) as rekenschap:
        live(rekenschap)
        if not closed:
            files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
            assert len(files["grootboek.db-wal"]) > 10_000
            assert told(b"".join(files.values())) == []
    if closed:
        assert told(b"".join(path.read_bytes() for path in tmp_path.iterdir())) == []


def test_the_vault_gives_back_what_the_events_point_at(database_url: str) -> None:
    with opened(database_url) as rekenschap:
        live(rekenschap)
        found = set()
        with rekenschap._store.reading() as unit:
            for line in rekenschap._store.scan():
                fact = json.loads(line.payload)["feit"]
                for name in ("geboortedatum", "woonplaats", "regio", "motivering"):
                    if name in fact:
                        found.add(unit.vault.reveal(fact[name]["zegel"]))
                for name in ("jeugdige", "gezin"):
                    if name in fact:
                        found.add(unit.vault.host_id(fact[name]))
                reporter = json.loads(line.payload)["melder"]
                found |= {unit.vault.host_id(r) for r in (reporter["wie"], reporter["namens"]) if r}
        assert set(SECRETS.values()) - {SECRETS["the id of a sibling"]} <= found


def test_equal_values_are_not_recognised_by_their_seals(database_url: str) -> None:
    with opened(database_url) as rekenschap:
        rekenschap.execute(introduced())
        born = date(2012, 5, 17)
        for youth in ("een", "twee"):
            rekenschap.execute(made(LegJeugdigeVast, jeugdige=youth, geboortedatum=born))
        lines = list(rekenschap._store.scan())[-2:]
        seals = {json.loads(line.payload)["feit"]["geboortedatum"]["zegel"] for line in lines}
        assert len(seals) == 2
