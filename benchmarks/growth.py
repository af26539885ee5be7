"""What grows with the log and what does not: a generated national caseload at several sizes.

    make growth
    python -m benchmarks.growth --events 1000 --events 10000 --store sqlite

At each size, on each store: the same decision and the same three questions (their latencies, the
sizes taking turns), and the memory and the time of walking over the whole log, each in a process of
its own. Writes growth.json and docs/growth.md; a store that was not measured stays there.
"""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from typing import Any, Final

from benchmarks import grown, growth_page, machine, memory, places, questions
from benchmarks.places import Place

SEED: Final = 20260930
SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
MB: Final = memory.MB
Told = Callable[[str], None]


def main() -> int:
    places.cleaned_up_when_ended()
    options = asked()
    stores = tuple(s for s in options.store or places.STORES if places.there_is(s))
    sizes = tuple(sorted(options.events or SIZES))
    began = time.perf_counter()
    report = measured(stores, sizes, options.seed, options.rounds, told)
    print(growth_page.made(report))
    told(f"{time.perf_counter() - began:.0f} s in all")
    if options.write:
        growth_page.keep(growth_page.with_others(report))
    return 0


def asked() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--events", type=int, action="append", help="a size, more than once")
    parser.add_argument("--store", action="append", choices=places.STORES)
    parser.add_argument("--rounds", type=int, default=5, help="of every size in turn")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--write", action="store_true", help="growth.json and the page")
    return parser.parse_args()


def told(words: str) -> None:
    """How far it is, with the time."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


def measured(
    stores: Sequence[str],
    sizes: Sequence[int],
    seed: int,
    rounds: int,
    told: Told,
    times: int = questions.ASKED,
) -> dict[str, Any]:
    """Everything: first the logs are made, a process per store; then they are measured in turn."""
    with ExitStack() as stack:
        at = {
            (store, size): stack.enter_context(places.fresh(store))
            for store in stores
            for size in sizes
        }
        made = _made(at, seed, told)
        found = []
        for store in stores:
            logs = [made[store, size] for size in sizes]
            spots = [at[store, size] for size in sizes]
            walks = [_walked(place, log, told) for place, log in zip(spots, logs, strict=True)]
            answered = questions.asked(spots, [log.sample for log in logs], rounds, times)
            for place, log, walk, answers in zip(spots, logs, walks, answered, strict=True):
                found.append(
                    {
                        "store": store,
                        "commit": machine.commit(),
                        **log.told(),
                        "bytes": place.bytes,
                        "walks": walk,
                        "questions": answers,
                    }
                )
    return {
        "seed": seed,
        "machine": machine.machine(),
        "versions": machine.versions(tuple(stores)),
        "logs": found,
    }


def _made(
    at: dict[tuple[str, int], Place], seed: int, told: Told
) -> dict[tuple[str, int], grown.Log]:
    """The logs, small ones first; what the largest will take is told from the one before."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.grown"])
    stores = list(dict.fromkeys(store for store, _ in at))
    made: dict[tuple[str, int], grown.Log] = {}
    with ProcessPoolExecutor(len(stores), mp_context=context) as pool:
        for size in sorted({size for _, size in at}):
            waiting: dict[str, Future[grown.Log]] = {
                store: pool.submit(grown.built, at[store, size], seed, size) for store in stores
            }
            for store, future in waiting.items():
                log = made[store, size] = future.result()
                at[store, size].settle()
                told(_made_of(store, log, [one for at_, one in at if at_ == store and one > size]))
    return made


def _made_of(store: str, log: grown.Log, later: Sequence[int]) -> str:
    """How fast it went, and what that makes of the sizes still to come."""
    rate = log.events / log.seconds
    still = [f"{size:,} would take {size / rate / 60:.0f} min" for size in later]
    return "; ".join([f"{store}: {log.events:,} events at {rate:,.0f}/s", *still])


def _walked(place: Place, log: grown.Log, told: Told) -> dict[str, Any]:
    """Rebuilding first: the other walks and the questions find the tables made."""
    found = {}
    for work in ("rebuild", "replay", "verify", "export"):
        run = partial(memory.in_a_process, place, work, grown.GROOTBOEK)
        walk = run()
        found[work] = {
            "events": walk["events"],
            "per_second": round(walk["events"] / walk["seconds"], 1),
            "base_mb": round(walk["base"] / MB, 1),
            "above_mb": round((walk["peak"] - walk["base"]) / MB, 1),
        }
        told(f"{place.store}: {work} of {log.events:,}: {found[work]}")
    return found


if __name__ == "__main__":
    sys.exit(main())
