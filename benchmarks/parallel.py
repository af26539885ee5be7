"""A replay by two workers beside the same by one, in one interleaved run, on both databases.

    python benchmarks/parallel.py [--rounds N] [--events N] [--postgresql URL] [--write FILE]

Each round runs every contender once, in turn, on one and the same grootboek, so that a busy moment
hits them all; ratios are taken within a round and the median is shown. The processes are started
before the first round. On a machine that others use as well two processes get no more of it than
one: so the processor time of the busiest worker is shown beside it, and its ratio.

- reproduce: every decision made again and compared with what was recorded, byte for byte;
- fold: every row of balances, counters and audit trail, as the projector makes them.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from benchmarks.first_figures import ACTOR, PER_YOUTH, commands
from sqlalchemy import insert, make_url, select

from rekenschap.application import Rekenschap, VoerRegelingIn
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.parallel import Processes
from rekenschap.infrastructure.store.engine import make_engine
from rekenschap.infrastructure.store.schema import create_schema, log_metadata
from rekenschap.infrastructure.store.vault_tables import vault_metadata
from rekenschap.projections.schema import projection_metadata

SERVER = "postgresql://postgres@127.0.0.1:5432/"


def filled(ledger: Rekenschap, events: int) -> None:
    """Record so many decisions, a thousand per commit."""
    day = date(2025, 1, 1)
    ledger.execute(VoerRegelingIn(command_id="r", actor=ACTOR, datum=day, tekst="twente-2025"))
    asked = [c for youth in range(events // PER_YOUTH) for c in commands(youth)]
    for first in range(0, len(asked), 1000):
        ledger.execute_batch(asked[first : first + 1000])


@contextmanager
def ledgers(events: int, server: str) -> Iterator[dict[str, Rekenschap]]:
    """The same grootboek on SQLite, and copied into a database of its own on PostgreSQL."""
    name = f"rekenschap_parallel_{uuid4().hex}"
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        key = Path(folder) / "sleutel"
        key.write_bytes(os.urandom(32))
        file = f"sqlite:///{folder}/log.db"
        first = stack.enter_context(open_grootboek(file, grootboek="benchmark", sleutel=key))
        filled(first, events)
        on_server(server, f"CREATE DATABASE {name}")
        stack.callback(on_server, server, f"DROP DATABASE {name} WITH (FORCE)")
        there = make_url(server).set(database=name).render_as_string(hide_password=False)
        copied(file, there)
        second = stack.enter_context(open_grootboek(there, grootboek="benchmark", sleutel=key))
        yield {"SQLite": first, "PostgreSQL": second}


def copied(source: str, target: str) -> None:
    """Every row of the log and the vault, into an empty database."""
    old, new = make_engine(source), make_engine(target)
    create_schema(new, vault_metadata, projection_metadata)
    with old.connect() as reading, new.begin() as writing:
        for table in (*log_metadata.sorted_tables, *vault_metadata.sorted_tables):
            if rows := [dict(row) for row in reading.execute(select(table)).mappings()]:
                writing.execute(insert(table), rows)
    old.dispose()
    new.dispose()


def on_server(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


def reproduce(ledger: Rekenschap, workers: Any) -> int:
    """Every decision again; how many, all of them the same."""
    found = [one.gelijk for one in ledger.reproduceer_alles(werkers=workers)]
    assert all(found)
    return len(found)


def fold(ledger: Rekenschap, workers: Any) -> int:
    """Every row folded again; how many."""
    parallel: Any = ledger._store.parallel
    return sum(1 for _ in parallel.folded(workers, ledger.positie, None))


def timed(work: Callable[[], int], workers: Any) -> tuple[float, float]:
    """The seconds it took, and those that a machine with nothing else to do would need at least:
    the processor time of the busiest worker."""
    before, began = spent_by(workers), time.perf_counter()
    work()
    elapsed, after = time.perf_counter() - began, spent_by(workers)
    return elapsed, max(after[pid] - before.get(pid, 0.0) for pid in after)


def spent_by(workers: Any) -> dict[int, float]:
    """The processor time of each process of a pool so far, in seconds."""
    found = {}
    for pid in workers._pool._processes or ():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        found[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--postgresql", default=SERVER)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    with (
        ledgers(options.events, options.postgresql) as found,
        Processes(1) as one,
        Processes(2) as two,
    ):
        for workers in (one, two):  # started, and warm
            fold(found["SQLite"], workers)
            reproduce(found["SQLite"], workers)
        rows = [
            row
            for kind, ledger in found.items()
            for row in measured(kind, ledger, {"one": one, "two": two}, options.rounds)
        ]
    if options.write:
        told = {**machine(options), "rows": rows}
        options.write.write_text(json.dumps(told, indent=2) + "\n")


def measured(
    kind: str, ledger: Rekenschap, workers: dict[str, Any], rounds: int
) -> Iterator[dict[str, object]]:
    """The seconds of each contender, and the ratio of two to one."""
    times: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for number in range(rounds):
        for name, work in (("fold", fold), ("reproduce", reproduce)):
            for who, by in workers.items():
                spent = timed(lambda work=work, by=by: work(ledger, by), by)  # type: ignore[misc]
                times.setdefault((name, who), []).append(spent)
                told = f"{spent[0]:.1f} s, the busiest worker {spent[1]:.1f} s"
                print(f"round {number + 1}, {kind}, {name} by {who}: {told}", flush=True)
    for name in ("fold", "reproduce"):
        rounds_of = list(zip(times[name, "one"], times[name, "two"], strict=True))
        row = {
            "work": name,
            "store": kind,
            "events": ledger.positie,
            "one_s": round(statistics.median(one[0] for one, _ in rounds_of), 2),
            "two_s": round(statistics.median(two[0] for _, two in rounds_of), 2),
            "ratios": [round(one[0] / two[0], 2) for one, two in rounds_of],
            "ratio": round(statistics.median(one[0] / two[0] for one, two in rounds_of), 2),
            "processor": round(statistics.median(one[1] / two[1] for one, two in rounds_of), 2),
        }
        print(row, flush=True)
        yield row


def machine(options: argparse.Namespace) -> dict[str, object]:
    head = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "load": os.getloadavg()[0],
        "python": sys.version.split()[0],
        "commit": head.stdout.strip(),
        "rounds": options.rounds,
    }


if __name__ == "__main__":
    main()
