"""The tampering run: is every change to a stored ledger found, and its first bad position named?

    make tamper

or, for less of it::

    PYTHONPATH=tests/src_root:. python benchmarks/tampering.py --share 0.01 --databases 20

Tries every bit, deletion, swap, copy, truncation and rewriting on one small ledger made through the
front door, on its proofs and on an export (``tests/evidence/tampering.py``); then samples on a real
SQLite file, on its raw bytes, and on PostgreSQL where there is a server. Ends with status 1 when
one was missed or named at the wrong position.
"""

import argparse
import json
import os
import platform
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

import attrs
import psycopg
from sqlalchemy import make_url
from tests.evidence.databases import Database, all_kinds
from tests.evidence.documents import kinds_of
from tests.evidence.raw_file import flips_of_the_file
from tests.evidence.small import Stored, small_ledger
from tests.evidence.tampering import Kind, Tally, counted, summed

SERVER = os.environ.get("REKENSCHAP_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/")
SLOW = "an export"
SLOW_SHARE = 0.1
"""An export is read as JSON, which takes milliseconds each: a tenth of its bits is tried."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1, help="of the bits and changes, 0 to 1")
    parser.add_argument("--databases", type=int, default=300, help="per kind and database")
    parser.add_argument("--file-bits", type=int, default=1500, help="of the SQLite file")
    parser.add_argument("--seed", type=int, default=20260930)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    began, where = time.perf_counter(), machine(options)
    found = on_values(options)
    with tempfile.TemporaryDirectory() as folder:
        found |= on_database(f"sqlite:///{folder}/ledger.db", "SQLite", options)
        raw = flips_of_the_file(closed(f"{folder}/raw.db"), options.file_bits, options.seed)
    found |= on_postgresql(options)
    total = summed(found)
    total["tried"] += raw["tried"] - raw["harmless"] - raw["content_hash_changed"]
    total["missed"] += raw["missed"]
    report = {
        **where,
        "seconds": round(time.perf_counter() - began),
        "total": dict(total),
        "kinds": {kind: attrs.asdict(tally) for kind, tally in found.items()},
        "bits of the SQLite file itself": dict(raw),
    }
    print(json.dumps(report["total"], indent=2))
    print(json.dumps(report["bits of the SQLite file itself"], indent=2))
    if options.write:
        options.write.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 1 if total["missed"] or total["wrong_position"] else 0


def on_values(options: argparse.Namespace) -> dict[str, Tally]:
    """On rows, proofs and exports in memory: all there are."""
    with small_ledger("sqlite://") as rekenschap:
        stored = Stored.of(rekenschap)
        kinds = kinds_of(rekenschap, stored)
    found: dict[str, Tally] = {}
    for kind, cases in kinds.items():
        one: dict[str, Kind] = {kind: cases}
        share = min(options.share, SLOW_SHARE) if kind.startswith(SLOW) else options.share
        found |= counted(one, stored, share=share, seed=options.seed)
        told(kind, found[kind])
    return found


def on_database(url: str, name: str, options: argparse.Namespace) -> dict[str, Tally]:
    """By somebody who may write to every table: a sample."""
    found: dict[str, Tally] = {}
    chance = random.Random(options.seed)
    with small_ledger(url) as rekenschap:
        for kind, cases in all_kinds(Database(rekenschap), options.databases, chance):
            found[f"{name}: {kind}"] = tally = Tally()
            for case in cases:
                tally.add(kind, case)
            told(f"{name}: {kind}", tally)
        rekenschap.verify()
    return found


def on_postgresql(options: argparse.Namespace) -> dict[str, Tally]:
    """The same on a server; nothing where there is none."""
    name = f"rekenschap_tamper_{uuid4().hex}"
    server = make_url(SERVER).set(drivername="postgresql")
    address = server.render_as_string(hide_password=False)
    try:
        with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
    except psycopg.Error as error:
        print(f"no PostgreSQL: {error}")
        return {}
    try:
        url = server.set(database=name).render_as_string(hide_password=False)
        return on_database(url, "PostgreSQL", options)
    finally:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def closed(file: str) -> Path:
    """A small ledger in one file, with nothing left in its WAL."""
    with small_ledger(f"sqlite:///{file}"):
        pass
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    return Path(file)


def told(kind: str, tally: Tally) -> None:
    wrong = f"{tally.missed} missed, {tally.wrong_position} at the wrong position"
    print(f"{kind}: {tally.tried:,} tried, {wrong}", flush=True)
    for example in tally.examples:
        print(f"    {example}")


def machine(options: argparse.Namespace) -> dict[str, object]:
    head = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(head, capture_output=True, text=True, check=False)
    return {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "python": sys.version.split()[0],
        "sqlite": sqlite3.sqlite_version,
        "commit": commit.stdout.strip(),
        "seed": options.seed,
        "share": options.share,
        "share_of_the_bits_of_an_export": min(options.share, SLOW_SHARE),
        "per_kind_and_database": options.databases,
    }


if __name__ == "__main__":
    sys.exit(main())
