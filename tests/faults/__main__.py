"""The long form of the tests of faults.

    python -m tests.faults [--only PART …] [--store KIND …] [--seed N] [--minutes N] [--write FILE]
                           [--kills N] [--cuts N] [--races N] [--case NAME]
                           [--seeds N] [--commands N] [--failovers N] [--disks N]

Runs one part after another and tells what it found; the first failure ends it, with the seed. With
``--write`` each part that is done is put in the file at once, beside what other runs put there.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import attrs
from tests.faults.clusters import pair
from tests.faults.databases import Databases, databases
from tests.faults.disks import Full, on_a_small_disk, server_fills_up, sqlite_fills_up
from tests.faults.failover import Failovers, failover_rounds
from tests.faults.injection import kinds_of
from tests.faults.kills import Tally, cut_off_rounds, first_openings, kill_rounds
from tests.faults.malformed import try_commands, try_payloads
from tests.faults.races import RACES, race_rounds
from tests.faults.simulation import play
from tests.faults.statements import every_statement_fails, opening_fails, quiet_pool
from tests.faults.use_cases import EVERYTHING

Options = argparse.Namespace
STORES = ("sqlite", "postgresql")


def kills(where: Databases, options: Options) -> dict[str, Any]:
    """Writers killed with SIGKILL; on a server there is more to wait for, so fewer of them."""
    rounds = options.kills if where.kind == "sqlite" else options.kills // 10
    tally = Tally()
    kill_rounds(where, options.seed, range(rounds), tally, until=ends(options))
    return {"kills": tally.rounds, "of": rounds, **tally.found()}


def openings(where: Databases, options: Options) -> dict[str, Any]:
    """Whoever makes a grootboek, and its key file, is killed while it does."""
    rounds = options.kills // 5 if where.kind == "sqlite" else options.kills // 20
    done = first_openings(where, options.seed, range(rounds), until=ends(options))
    return {"kills": done, "of": rounds}


def cuts(where: Databases, options: Options) -> dict[str, Any]:
    """Writers whose connections the server ends."""
    tally = Tally()
    cut_off_rounds(where, options.seed, range(options.cuts), tally, until=ends(options))
    return {"writers": tally.rounds, "of": options.cuts, **tally.found()}


def statements(where: Databases, options: Options) -> dict[str, Any]:
    """Every statement of every use case fails, in every way."""
    tried, done, until = Counter[str](), 0, ends(options)
    asked = len(kinds_of(where.kind)) * (len(EVERYTHING) + 2)
    cases = [case for case in EVERYTHING if options.case in (None, case.name)]
    for case in cases:
        for kind in kinds_of(where.kind) if time.monotonic() < until else ():
            for cold in (False, True) if kind == "after" else (False,):
                tried[kind] += every_statement_fails(where, case, kind, cold=cold).tried
            done += 1
    for kind in kinds_of(where.kind) if time.monotonic() < until and not options.case else ():
        for new in (True, False):
            tried[kind] += opening_fails(where, kind, new=new).tried
            done += 1
    about = {"use_cases_times_kinds": done, "of": asked}
    return {**about, "failures_tried": tried.total(), "by_kind": dict(tried)}


def races(where: Databases, options: Options) -> dict[str, Any]:
    """Processes that want the last place at the same moment."""
    found = {}
    for kind in RACES:
        found[kind] = race_rounds(where.fresh(), kind, options.races, ends(options))
    return {"races_with_one_winner": found, "of": options.races}


def simulations(where: Databases, options: Options) -> dict[str, Any]:
    """Random lives; on a server each takes longer, so fewer of them."""
    seeds = options.seeds if where.kind == "sqlite" else max(1, options.seeds // 20)
    until = ends(options)
    done, total = 0, Counter[str]()
    for seed in range(options.seed, options.seed + seeds):
        life = play(where, seed, options.commands)
        done += 1
        total.update({"commands": life.commands, "lines": life.lines, **life.counted})
        if time.monotonic() > until:
            break
    about = {"seeds": done, "of": seeds, "commands_per_seed": options.commands}
    return {**about, **total}


def failovers(_where: Databases, options: Options) -> dict[str, Any]:
    """A primary and a standby of our own: the primary goes while writers write, and comes back."""
    tally = Failovers()
    with pair() as both:
        failover_rounds(both, options.seed, range(options.failovers), tally, ends(options))
    return {"of": options.failovers, **tally.found()}


def disks(where: Databases, options: Options) -> dict[str, Any]:
    """Disks that are full, each with another little room left."""
    tally, until = Full(), ends(options)
    if where.kind == "sqlite":
        for _ in range(options.disks):
            if time.monotonic() < until:
                sqlite_fills_up(where.fresh(), tally)
    else:
        with on_a_small_disk() as (server, folder):
            for number in range(options.disks):
                room = (
                    Random(f"disk {options.seed} {number}").choice((4, 60, 400, 1500, 3000)) * 1024
                )
                if time.monotonic() < until:
                    server_fills_up(server, folder, f"vol{number}", tally, leave=room)
    return {"of": options.disks, **attrs.asdict(tally)}


def ends(options: Options) -> float:
    """When a part must come to its end."""
    return time.monotonic() + 60 * float(options.minutes)


def malformed(where: Databases, _options: Options) -> dict[str, Any]:
    """Commands that are wrong, and payloads; what is read of a payload is the same on any store."""
    found = {"commands": try_commands(where.fresh())}
    return found if where.kind != "sqlite" else {**found, "payloads": try_payloads()}


PARTS: dict[str, tuple[Callable[[Databases, Options], dict[str, Any]], tuple[str, ...]]] = {
    "malformed": (malformed, STORES),
    "kills": (kills, STORES),
    "openings": (openings, STORES),
    "cuts": (cuts, ("postgresql",)),
    "failover": (failovers, ("postgresql",)),
    "disks": (disks, STORES),
    "races": (races, STORES),
    "statements": (statements, STORES),
    "simulation": (simulations, STORES),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--only", choices=PARTS, nargs="+", default=list(PARTS))
    parser.add_argument("--store", choices=STORES, nargs="+", default=list(STORES))
    for name, default in (("kills", 1000), ("cuts", 50), ("races", 1000), ("seeds", 5000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    for name, default in (("failovers", 30), ("disks", 10)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--commands", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=24 * 60, help="of each part at most")
    parser.add_argument("--case", choices=[case.name for case in EVERYTHING], metavar="NAME")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    for part in options.only:
        run, stores = PARTS[part]
        for store in (one for one in stores if one in options.store):
            with databases(store) as where, quiet_pool():
                _done(part, store, run, where, options)


def _done(part: str, store: str, run: Any, where: Databases, options: Options) -> None:
    began, cpu = time.monotonic(), time.process_time()
    found = run(where, options)
    took = {
        "seconds": round(time.monotonic() - began, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
    }
    about = {**machine(where), "seed": options.seed}
    result = {"part": part, "store": store, **about, **found, "failures": 0, **took}
    print(json.dumps(result), flush=True)
    if options.write:
        kept = json.loads(options.write.read_text()) if options.write.exists() else []
        kept = [one for one in kept if (one["part"], one["store"]) != (part, store)]
        kept.append(result)
        order = [(p, s) for p in PARTS for s in STORES]
        kept.sort(key=lambda one: order.index((one["part"], one["store"])))
        options.write.write_text(json.dumps(kept, indent=2) + "\n")


def machine(where: Databases) -> dict[str, str]:
    """What it ran on."""
    git = ["git", "rev-parse", "--short", "HEAD"]
    head = subprocess.run(git, capture_output=True, text=True, check=False)
    return {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "python": sys.version.split()[0],
        "database": where.version(),
        "commit": head.stdout.strip(),
    }


if __name__ == "__main__":
    main()
