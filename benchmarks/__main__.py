"""Every work of the figures beside its limit and its peers, in one run.

make bench
python -m benchmarks --only as_of --rounds 3
python -m benchmarks --profile decision
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import figures, machine, page, picture, places, rows

ROUNDS = 5
SECONDS = 24.0
"""After so long a group begins no further round, on one store."""
WRITTEN = Path(__file__).parent / "figures.json"


def main() -> int:
    places.cleaned_up_when_ended()
    options = asked()
    sizes = sized(options)
    stores = tuple(s for s in options.store or places.STORES if places.there_is(s))
    for store in set(options.store or places.STORES) - set(stores):
        print(f"no {store} here: its rows are left out", file=sys.stderr)
    if options.profile:
        return profile(options, stores, sizes)
    began = time.perf_counter()
    groups = figures.chosen(options.only, sizes)
    found = figures.all_figures(groups, stores, sizes, options.rounds, options.seconds, progress)
    print("\n".join(figures.table(found)))
    print(f"{time.perf_counter() - began:.0f} s")
    if options.write:
        written(found, stores, options)
    return 0


def asked() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", default=[], help="a group, more than once")
    parser.add_argument("--store", action="append", choices=places.STORES)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of every contender in turn")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="per group and store")
    parser.add_argument("--scale", type=float, default=1.0, help="of the sizes of the works")
    parser.add_argument("--long", action="store_true", help="with 400,000 events to follow")
    parser.add_argument("--profile", metavar="GROUP", help="where the time of a group goes")
    parser.add_argument("--write", action="store_true", help="figures.json, page and picture")
    return parser.parse_args()


def sized(options: argparse.Namespace) -> rows.Sizes:
    """The sizes, scaled where that was asked."""
    sizes = rows.Sizes() if options.scale == 1 else rows.Sizes().scaled(options.scale)
    return sizes.long() if options.long else sizes


def profile(options: argparse.Namespace, stores: tuple[str, ...], sizes: rows.Sizes) -> int:
    """Where the time of our contender goes in this process, per row of a group."""
    for group in figures.chosen([options.profile], sizes.long()):
        store = next((one for one in stores if one in group.stores), None)
        if store is None:
            raise SystemExit(f"{group.name} is measured on {', '.join(group.stores)} only")
        bench = rows.Bench(store=store, sizes=sizes)
        with group.contenders(bench) as contenders:
            for name in dict.fromkeys(
                row.profile or row.ours for row in group.rows_on(bench.store)
            ):
                contenders[name]()
                print(f"{group.name}, {name}, {bench.store}")
                print("\n".join(figures.profiled(contenders[name])))
    return 0


def progress(words: str, seconds: float | None = None) -> None:
    """What is being measured, on a line that is wiped again; to a file, how long each took."""
    if sys.stderr.isatty():
        shown = words if seconds is None else ""
        print(f"\r\033[K{shown}", end="", file=sys.stderr, flush=True)
    elif seconds is not None:
        print(f"{words}: {seconds:.0f} s", file=sys.stderr, flush=True)


def written(found: list[dict[str, Any]], stores: tuple[str, ...], options: Any) -> None:
    """figures.json, the table of the page and the picture; rows not measured now stay."""
    kept: list[dict[str, Any]] = []
    if options.only and WRITTEN.exists():
        now = {(one["work"], one["store"]) for one in found}
        before = json.loads(WRITTEN.read_text("utf-8"))["rows"]
        kept = [one for one in before if (one["work"], one["store"]) not in now]
    order = [r.work for group in figures.GROUPS for r in group.rows]
    every = sorted([*kept, *found], key=lambda r: (order.index(r["work"]), r["store"] != "sqlite"))
    report = {"versions": machine.versions(stores), "rows": every}
    WRITTEN.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8")
    page.write(report)
    picture.write(report)


if __name__ == "__main__":
    sys.exit(main())
