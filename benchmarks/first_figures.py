"""Decisions and replay beside their limit, in one interleaved run.

    python benchmarks/first_figures.py [--rounds N] [--decisions N] [--write FILE]

Each round runs every contender once, in turn, on a fresh SQLite file with WAL and synchronous FULL,
so that a busy moment hits them all; ratios are taken within a round and the median is shown.

- raw: one select and one insert of a payload of our size per transaction, with the driver itself;
- library: `eventsourcing`'s own SQLite recorder and mapper, one event per transaction, no rules;
- rekenschap: one decision through the application service: facts read, every rule judged, receipt,
  seal, command id, references;
- replay: the whole log decoded and folded into new rows of balances beside those that are read,
  compared with them and switched.
"""

import argparse
import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from rekenschap.application import (
    Actor,
    Command,
    GeefToewijzingAf,
    OntvangVerwijzing,
    RegistreerInzet,
    Rekenschap,
    StartZorg,
    VoerRegelingIn,
)
from rekenschap.infrastructure import open_grootboek

ACTOR = Actor("benchmark", "gemeente")
PER_YOUTH = 20
PAYLOAD = b"x" * 1100


def commands(youth: int) -> Iterator[Command]:
    """A referral, a grant, a start and seventeen sessions of one youth."""
    on = date(2025, 1, 6)
    by = {"actor": ACTOR, "datum": on}
    yield OntvangVerwijzing(
        command_id=f"{youth}-v",
        verwijzing=f"V{youth}",
        jeugdige=f"J{youth}",
        verwijzer="gemeente",
        afgiftedatum=on,
        **by,
    )
    yield GeefToewijzingAf(
        command_id=f"{youth}-t",
        toewijzing=f"T{youth}",
        jeugdige=f"J{youth}",
        verwijzing=f"V{youth}",
        product="behandeling_individueel",
        ingangsdatum=on,
        einddatum=date(2026, 1, 5),
        volume=6000,
        eenheid="minuut",
        vastgesteld={
            "variant": "regulier",
            "afsprakenoverzicht": "nvt",
            "verwachte_inzet_minuten": 6000,
            "akkoord_gemeente": False,
        },
        **by,
    )
    yield StartZorg(command_id=f"{youth}-s", toewijzing=f"T{youth}", **by)
    for session in range(PER_YOUTH - 3):
        yield RegistreerInzet(
            command_id=f"{youth}-{session}",
            actor=ACTOR,
            datum=on + timedelta(days=7 * (session % 20)),
            toewijzing=f"T{youth}",
            soort="direct",
            aantal=60,
            eenheid="minuut",
            vastgesteld={"sessie": True, "aanwezige_jeugdigen": 1},
        )


def with_ledger(folder: str, work: Callable[[Rekenschap], float]) -> float:
    """Run some work on a fresh ledger with the regeling introduced."""
    url = f"sqlite:///{folder}/{uuid4().hex}.db"
    with open_grootboek(url, grootboek="benchmark") as ledger:
        start = VoerRegelingIn(
            command_id="r", actor=ACTOR, datum=date(2025, 1, 1), tekst="twente-2025"
        )
        ledger.execute(start)
        for command in commands(10**6):  # warm: parsed regeling, compiled statements
            ledger.execute(command)
        return work(ledger)


def decisions(folder: str, count: int) -> float:
    """Decisions per second, each in a durable transaction of its own."""

    def work(ledger: Rekenschap) -> float:
        asked = [c for youth in range(count // PER_YOUTH) for c in commands(youth)]
        began = time.perf_counter()
        for command in asked:
            ledger.execute(command)
        return len(asked) / (time.perf_counter() - began)

    return with_ledger(folder, work)


def bulk(folder: str, count: int) -> float:
    """Decisions per second, a thousand per transaction."""

    def work(ledger: Rekenschap) -> float:
        asked = [c for youth in range(count // PER_YOUTH) for c in commands(youth)]
        began = time.perf_counter()
        for first in range(0, len(asked), 1000):
            ledger.execute_batch(asked[first : first + 1000])
        return len(asked) / (time.perf_counter() - began)

    return with_ledger(folder, work)


def replay(folder: str, count: int) -> float:
    """Events per second, from the log into the tables of balances."""

    def work(ledger: Rekenschap) -> float:
        asked = [c for youth in range(count // PER_YOUTH) for c in commands(youth)]
        for first in range(0, len(asked), 1000):
            ledger.execute_batch(asked[first : first + 1000])
        began = time.perf_counter()
        events = ledger.rebuild().regels
        return events / (time.perf_counter() - began)

    return with_ledger(folder, work)


def raw(folder: str, count: int) -> float:
    """Transactions per second of one select and one insert, with the driver itself."""
    connection = sqlite3.connect(f"{folder}/{uuid4().hex}.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE e (s TEXT, v INTEGER, p BLOB, PRIMARY KEY (s, v))")
    began = time.perf_counter()
    for number in range(count):
        stream = f"T{number // PER_YOUTH}"
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("SELECT p FROM e WHERE s = ? ORDER BY v", (stream,)).fetchall()
        connection.execute("INSERT INTO e VALUES (?, ?, ?)", (stream, number, PAYLOAD))
        connection.execute("COMMIT")
    elapsed = time.perf_counter() - began
    connection.close()
    return count / elapsed


class Allocation(Aggregate):
    """The library's own aggregate, without rules."""

    @event("Granted")
    def __init__(self, size: int) -> None:
        self.size, self.used = size, 0

    @event("Used")
    def use(self, minutes: int) -> None:
        self.used += minutes


def library(folder: str, count: int) -> float:
    """The library as it comes: load, check, trigger one event, save; per second."""
    settings = {
        "PERSISTENCE_MODULE": "eventsourcing.sqlite",
        "SQLITE_DBNAME": f"{folder}/{uuid4().hex}.db",
        "CREATE_TABLE": "y",
    }
    app: Application = Application(env=settings)
    began = time.perf_counter()
    for _ in range(count // PER_YOUTH):
        allocation = Allocation(6000)
        app.save(allocation)
        for _ in range(PER_YOUTH - 1):
            loaded: Allocation = app.repository.get(allocation.id)
            loaded.use(60)
            app.save(loaded)
    elapsed = time.perf_counter() - began
    app.close()
    return count / elapsed


def library_replay(folder: str, count: int) -> float:
    """The library as it comes: every aggregate loaded from its own stream; events per second."""
    settings = {
        "PERSISTENCE_MODULE": "eventsourcing.sqlite",
        "SQLITE_DBNAME": f"{folder}/{uuid4().hex}.db",
        "CREATE_TABLE": "y",
    }
    app: Application = Application(env=settings)
    ids = []
    for _ in range(count // PER_YOUTH):
        allocation = Allocation(6000)
        for _ in range(PER_YOUTH - 1):
            allocation.use(60)
        app.save(allocation)
        ids.append(allocation.id)
    began = time.perf_counter()
    for one in ids:
        app.repository.get(one)
    elapsed = time.perf_counter() - began
    app.close()
    return count / elapsed


CONTENDERS: dict[str, Callable[[str, int], float]] = {
    "raw select + insert": raw,
    "library, no rules": library,
    "one decision per commit": decisions,
    "decisions, 1,000 per commit": bulk,
    "library, every stream loaded": library_replay,
    "replay into balances": replay,
}
BESIDE = {
    "library, no rules": "raw select + insert",
    "one decision per commit": "raw select + insert",
    "decisions, 1,000 per commit": "raw select + insert",
    "replay into balances": "library, every stream loaded",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--decisions", type=int, default=2000)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    found: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    for _ in range(options.rounds):
        for name, contender in CONTENDERS.items():
            with tempfile.TemporaryDirectory() as folder:
                found[name].append(contender(folder, options.decisions))
    rows = [_row(name, found) for name in CONTENDERS]
    for row in rows:
        beside = f"{row['ratio']:.2f} of {row['beside']}" if row["beside"] else ""
        print(f"{row['work']:32} {row['per_second']:>10,.0f}/s   {beside}")
    if options.write:
        options.write.write_text(json.dumps({**_machine(options), "rows": rows}, indent=2) + "\n")


def _row(name: str, found: dict[str, list[float]]) -> dict[str, object]:
    beside = BESIDE.get(name)
    ratios = [a / b for a, b in zip(found[name], found[beside], strict=True)] if beside else []
    return {
        "work": name,
        "per_second": round(statistics.median(found[name]), 1),
        "beside": beside,
        "ratio": round(statistics.median(ratios), 3) if ratios else None,
        "worst": round(min(ratios), 3) if ratios else None,
    }


def _machine(options: argparse.Namespace) -> dict[str, object]:
    head = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "python": sys.version.split()[0],
        "sqlite": sqlite3.sqlite_version,
        "commit": head.stdout.strip(),
        "rounds": options.rounds,
        "decisions_per_round": options.decisions,
    }


if __name__ == "__main__":
    main()
