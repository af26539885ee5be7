"""Is a request that can never be one, or comes after the block, one typed error?"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from rekenschap.application import (
    Actor,
    Controlepunt,
    Gesloten,
    Gezichtspunt,
    Incorrect,
    Rekenschap,
    StartZorg,
)
from rekenschap.application.commands.base import Command, CommandMetKenmerken
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.store.keys import create_key_file

ENVELOPE: dict[str, Any] = {
    "command_id": "c1",
    "actor": Actor("j.jansen", "gemeente"),
    "datum": date(2025, 1, 6),
}
START = StartZorg(toewijzing="T1", **ENVELOPE)
NO_COMMANDS = [
    {"a": 1},
    None,
    "x",
    1,
    StartZorg,
    Command(**ENVELOPE),
    CommandMetKenmerken(**ENVELOPE),
]
EMPTY = Controlepunt(grootboek_id="0" * 32, omvang=0, wortel=bytes(32), kop=bytes(32), moment=None)
REQUESTS: dict[str, Callable[[Rekenschap], Any]] = {
    "execute": lambda r: r.execute(START),
    "execute_batch": lambda r: r.execute_batch([START]),
    "execute_batch of nothing": lambda r: r.execute_batch([]),
    "toets": lambda r: r.toets(START),
    "stand": lambda r: r.stand(toewijzing="T1"),
    "spoor": lambda r: r.spoor(toewijzing="T1"),
    "toewijzingen": lambda r: r.toewijzingen(jeugdige="J1"),
    "lees": lambda r: list(r.lees()),
    "positie": lambda r: r.positie,
    "regels": lambda r: r.regels(),
    "opties": lambda r: r.opties(),
    "signalen": lambda r: r.signalen(date(2025, 1, 6), toewijzing="T1"),
    "signalen_van_aanbieder": lambda r: r.signalen_van_aanbieder("A1", date(2025, 1, 6)),
    "uitleg": lambda r: r.uitleg(product="vaktherapie"),
    "vergelijk": lambda r: r.vergelijk("a", "b"),
    "werklijst": lambda r: list(r.werklijst()),
    "bewaartermijnen": lambda r: r.bewaartermijnen(),
    "gelezen": lambda r: r.gelezen(jeugdige="J1"),
    "namens": lambda r: r.namens(Actor("m", "gemeente")).stand(toewijzing="T1"),
    "herspeel": lambda r: list(r.herspeel()),
    "reproduceer": lambda r: r.reproduceer("g/1"),
    "reproduceer_alles": lambda r: list(r.reproduceer_alles()),
    "verschil": lambda r: r.verschil(toewijzing="T1", een=Gezichtspunt()),
    "heroverweeg": lambda r: r.heroverweeg("g/1"),
    "bezwaardossier": lambda r: r.bezwaardossier("g/1"),
    "bezwaren": lambda r: r.bezwaren(jeugdige="J1"),
    "bezwaartermijn": lambda r: r.bezwaartermijn("g/1"),
    "rebuild": lambda r: r.rebuild(),
    "nareken": lambda r: r.nareken(),
    "verify": lambda r: r.verify(),
    "controlepunt": lambda r: r.controlepunt(),
    "insluitingsbewijs": lambda r: r.insluitingsbewijs(positie=1),
    "samenhangsbewijs": lambda r: r.samenhangsbewijs(EMPTY),
    "achterstand": lambda r: r.achterstand(),
    "exporteer_parquet": lambda r: r.exporteer_parquet("tables-of-a-closed-ledger"),
    "exporteer": lambda r: r.exporteer("export-of-a-closed-ledger"),
}


@pytest.mark.parametrize("wrong", NO_COMMANDS, ids=repr)
def test_what_is_no_command_is_incorrect_and_nothing_is_recorded(wrong: Any) -> None:
    with open_grootboek("sqlite://", grootboek="g") as rekenschap:
        before = rekenschap.positie
        for ask in (rekenschap.execute, rekenschap.toets, lambda c: rekenschap.execute_batch([c])):
            with pytest.raises(Incorrect, match="command"):
                ask(wrong)
        assert rekenschap.positie == before


@pytest.mark.parametrize("wrong", [None, 1, START], ids=["None", "1", "a command"])
def test_a_batch_is_a_list(wrong: Any) -> None:
    with (
        open_grootboek("sqlite://", grootboek="g") as rekenschap,
        pytest.raises(Incorrect, match="commands"),
    ):
        rekenschap.execute_batch(wrong)


@pytest.mark.parametrize("name", REQUESTS)
def test_after_the_block_every_request_says_that_the_grootboek_is_closed(
    name: str, database_url: str, tmp_path: Path
) -> None:

    create_key_file(tmp_path / "host.key")
    for url in ("sqlite://", database_url):
        key = None if url.startswith("sqlite") else tmp_path / "host.key"
        with open_grootboek(url, grootboek="g", sleutel=key) as rekenschap:
            pass
        with pytest.raises(Gesloten, match="'g' is closed"):
            REQUESTS[name](rekenschap)
        assert rekenschap.grootboek == "g"


def test_the_list_above_holds_every_request() -> None:
    answered = {"grootboek", "gezondheid"}  # how it is doing is told whatever is wrong
    public = {name for name in dir(Rekenschap) if not name.startswith("_")} - answered

    assert public <= set(REQUESTS)


def test_a_feed_that_is_half_read_stops_too(sqlite_url: str) -> None:
    with open_grootboek(sqlite_url, grootboek="g") as rekenschap:
        feed = rekenschap.lees()
    with pytest.raises(Gesloten):
        next(feed)


@pytest.mark.parametrize("year", [1899, 2200, 2999])
def test_a_far_moment_is_told_which_years_there_are(year: int) -> None:

    with open_grootboek("sqlite://", grootboek="g") as rekenschap:
        for zone in (None, UTC):
            with pytest.raises(Incorrect, match="1900 to 2199"):
                rekenschap.stand(toewijzing="T1", bekend_op=datetime(year, 1, 1, tzinfo=zone))
