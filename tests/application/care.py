"""What the tests of the front door share: who asks, and the steps of an ordinary allocation."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import text

from rekenschap.application.answers import Antwoord
from rekenschap.application.commands import (
    Actor,
    Command,
    GeefToewijzingAf,
    OntvangVerwijzing,
    RegistreerInzet,
    RegistreerNoShow,
    StartZorg,
    VoerRegelingIn,
)
from rekenschap.application.rekenschap import Rekenschap
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.clock import FixedClock

KEY = hashlib.sha256(b"de sleutel van de tests").digest()
GEMEENTE = Actor("medewerker-7", "gemeente")
AANBIEDER = Actor("behandelaar-3", "aanbieder", "praktijk-9")
DAY = date(2025, 3, 3)
NOW = datetime(2025, 6, 2, 9, 0, tzinfo=UTC)
TABLES = ("events", "event_references", "commands", "vault_persons", "vault_values")

_numbers = count(1)


def made(cls: Any, **values: Any) -> Any:
    """A command, with an id of its own unless one is given."""
    defaults = {"command_id": f"opdracht-{next(_numbers)}", "actor": GEMEENTE, "datum": DAY}
    return cls(**{**defaults, **values})


def introduced() -> Command:
    return made(VoerRegelingIn, tekst="twente-2025", datum=date(2025, 1, 1))


def granted(toewijzing: str = "T1", jeugdige: str = "kind-1", **values: Any) -> Command:
    usual: dict[str, Any] = {
        "product": "begeleiding_individueel",
        "ingangsdatum": DAY,
        "einddatum": date(2025, 12, 31),
        "volume": 6000,
        "eenheid": "minuut",
        "verwijzer": "gemeente",
    }
    return made(GeefToewijzingAf, toewijzing=toewijzing, jeugdige=jeugdige, **{**usual, **values})


def referred(verwijzing: str = "V1", jeugdige: str = "kind-1", **values: Any) -> Command:
    usual = {"verwijzer": "huisarts", "afgiftedatum": date(2025, 2, 1)}
    return made(OntvangVerwijzing, verwijzing=verwijzing, jeugdige=jeugdige, **{**usual, **values})


def treated(toewijzing: str, verwijzing: str, jeugdige: str = "kind-1", **values: Any) -> Command:
    """Treatment on a medical referral, which can be used once."""
    usual = {
        "product": "behandeling_individueel",
        "verwijzing": verwijzing,
        "verwijzer": "huisarts",
        "volume": 3000,
        "vastgesteld": {"verwachte_inzet_minuten": 3000},
    }
    return granted(toewijzing, jeugdige, **{**usual, **values})


def started(toewijzing: str = "T1", **values: Any) -> Command:
    return made(StartZorg, toewijzing=toewijzing, actor=AANBIEDER, **values)


def effort(toewijzing: str = "T1", aantal: Any = 60, **values: Any) -> Command:
    usual = {"soort": "direct", "eenheid": "minuut", "actor": AANBIEDER, "datum": date(2025, 3, 10)}
    return made(RegistreerInzet, toewijzing=toewijzing, aantal=aantal, **{**usual, **values})


def no_show(toewijzing: str = "T1", **values: Any) -> Command:
    usual = {
        "aantal": 60,
        "eenheid": "minuut",
        "declareren": True,
        "actor": AANBIEDER,
        "datum": date(2025, 4, 1),
        "vastgesteld": {"afgezegd_minuten_vooraf": None},
    }
    return made(RegistreerNoShow, toewijzing=toewijzing, **{**usual, **values})


@contextmanager
def opened(
    url: str, grootboek: str = "gemeente", clock: FixedClock | None = None
) -> Iterator[Rekenschap]:
    with open_grootboek(url, grootboek=grootboek, sleutel=KEY, clock=clock) as rekenschap:
        yield rekenschap


def rows(rekenschap: Rekenschap) -> dict[str, int]:
    """How many rows each table holds, over all grootboeken."""
    store: Any = rekenschap._store
    with store.reading() as unit:
        found = {
            name: unit.connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in TABLES
        }
    return {"head": head(rekenschap), **found}


def head(rekenschap: Rekenschap) -> int:
    with rekenschap._store.reading() as unit:
        return unit.log.head().position


def said(answer: Any) -> dict[str, Any]:
    """An answer without what makes it the answer to one command: its place and moment."""
    names = ("uitkomst", "aard", "regels", "signalen", "verdicts", "geslaagd")
    return {n: getattr(answer, n) for n in (*names, "niet_getoetst", "gronden")}


def accepted(answer: Antwoord) -> Antwoord:
    assert answer.uitkomst.erkend, (answer.regels, answer.gronden)
    return answer
