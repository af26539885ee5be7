"""How much memory a walk over the whole log takes, each in a fresh process.

The value is the peak of the process minus what it had when the ledger was open, in MB of 1024². On
PostgreSQL that is the memory of the program, not of the server.

- driver: every line fetched in order with the driver's own cursor, nothing kept (the limit);
- replay: the feed read to its end, the use of every allocation added up and kept;
- rebuild, verify, export: ``rebuild()``, ``verify()`` and ``exporteer()``.

It runs itself as ``python -m benchmarks.memory sqlite URL replay``.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks import ours, raw
from benchmarks.places import Place
from benchmarks.rounds import Contender, Measured
from benchmarks.rows import DRIVER, LESS, Bench, Goal, Group, Row
from rekenschap.application import Rekenschap

ROOT: Final = Path(__file__).resolve().parents[1]
STATUS: Final = Path("/proc/self/status")
MB: Final = 1024 * 1024


def peak() -> int:
    """The most memory this process ever had, in bytes; of this program alone where Linux tells."""
    if STATUS.exists():
        told = STATUS.read_text("ascii")
        return int(told.partition("VmHWM:")[2].split()[0]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _replay(rekenschap: Rekenschap) -> int:
    used: dict[str, Decimal] = {}
    count = 0
    for line in rekenschap.lees():
        count += 1
        if line.gevolg_aantal is not None and line.uitkomst.erkend:
            stream = line.feit.stroom
            used[stream] = used.get(stream, Decimal(0)) + line.gevolg_aantal
    return count


def _export(rekenschap: Rekenschap) -> int:
    with tempfile.TemporaryDirectory(prefix="rekenschap-bench-") as folder:
        return rekenschap.exporteer(Path(folder) / "export").omvang


WORKS: Final[Mapping[str, Callable[[Rekenschap], int]]] = {
    "replay": _replay,
    "rebuild": lambda rekenschap: rekenschap.rebuild().regels,
    "verify": lambda rekenschap: rekenschap.verify(),
    "export": _export,
}


def here(place: Place, work: str, grootboek: str = ours.GROOTBOEK) -> dict[str, Any]:
    """The work in this process: events, seconds, and bytes of memory before and at the peak."""
    if work == DRIVER:
        before, began = peak(), time.perf_counter()
        raw.scan(place)
        return {"events": 0, "seconds": time.perf_counter() - began, "base": before, "peak": peak()}
    with ours.opened(place, grootboek) as rekenschap:
        next(rekenschap.lees(limiet=1))
        before, began = peak(), time.perf_counter()
        count = WORKS[work](rekenschap)
        took = time.perf_counter() - began
    return {"events": count, "seconds": took, "base": before, "peak": peak()}


def in_a_process(place: Place, work: str, grootboek: str = ours.GROOTBOEK) -> dict[str, Any]:
    """The same in a fresh one."""
    what = [place.store, place.url, work, grootboek]
    command = [sys.executable, "-m", "benchmarks.memory", *what]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def contenders(bench: Bench) -> Iterator[Mapping[str, Contender]]:
    """Every walk over one log."""
    with ours.filled(bench) as place:
        yield {work: partial(_measured, place, work) for work in (DRIVER, *WORKS)}


def _measured(place: Place, work: str) -> Measured:
    told = in_a_process(place, work)
    extra = {"peak_mb": told["peak"] / MB, "events": float(told["events"])}
    return Measured((told["peak"] - told["base"]) / MB, extra)


GOALS = (Goal("base + ≤ 64 MB", LESS, 64.0),)
GROUPS = (
    Group(
        name="memory",
        contenders=contenders,
        profiled=False,
        rounds=1,
        warm=False,
        rows=tuple(
            Row(
                work=f"memory, {work}",
                title=f"memory of {words}",
                unit="MB",
                ours=work,
                limit=DRIVER,
                goals=GOALS,
                extra=("peak_mb", "events"),
            )
            for work, words in (
                ("replay", "replaying the log"),
                ("rebuild", "rebuilding the tables"),
                ("verify", "verifying"),
                ("export", "exporting"),
            )
        ),
    ),
)


if __name__ == "__main__":
    print(json.dumps(here(Place(sys.argv[1], sys.argv[2]), *sys.argv[3:])))
