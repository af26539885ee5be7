"""From rounds to figures: rows as data, the same as a table, and where the time goes."""

import cProfile
import math
import pstats
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import (
    append,
    as_of,
    cores,
    decisions,
    machine,
    memory,
    ours,
    projecting,
    replay,
    sealing,
)
from benchmarks.rounds import Found, rounds
from benchmarks.rows import LESS, LIBRARY, Bench, Goal, Group, Row, Sizes

GROUPS: tuple[Group, ...] = (
    *decisions.GROUPS,
    *append.GROUPS,
    *replay.GROUPS,
    *projecting.GROUPS,
    *as_of.GROUPS,
    *sealing.GROUPS,
    *cores.GROUPS,
    *memory.GROUPS,
)
TOP = 12
"""Lines of a profile that are kept."""

Figure = dict[str, Any]


def measured(
    group: Group,
    bench: Bench,
    count: int,
    seconds: float,
    where: Mapping[str, str],
    *,
    look: bool = False,
) -> list[Figure]:
    """The rows of a group on one store. Where a goal is missed, with where the time goes.

    Only to ``look`` whether all works, nothing is warmed up and nothing profiled.
    """
    with group.contenders(bench) as contenders:
        asked = min(count, group.rounds or count)
        rows = group.rows_on(bench.store)
        taking = set().union(*(row.contenders for row in rows))
        turns = {name: run for name, run in contenders.items() if name in taking}
        found = rounds(turns, asked, warm=group.warm and not look, seconds=seconds)
        figures = []
        for row in rows:
            figure = {**figure_of(row, bench.store, found), **where, "scale": bench.sizes.scale}
            if figure["met"] is False and group.profiled and not look:
                figure["profile"] = profiled(contenders[row.profile or row.ours])
            figures.append(figure)
    return figures


def figure_of(row: Row, store: str, found: Found) -> Figure:
    """One row: what was measured, beside what, and whether each goal is met."""
    if row.ours in found.missing:
        raise RuntimeError(f"{row.work}: {found.missing[row.ours]}")
    values, worst = found.values(row.ours), max if _less(row) else min
    goals = [_judged(goal, row, found) for goal in row.goals]
    return {
        "work": row.work,
        "title": row.title,
        "store": store,
        "unit": row.unit,
        "value": _kept(statistics.median(values)),
        "worst": _kept(worst(values)),
        "rounds": len(values),
        "extra": {name: _kept(_middle(found, row.ours, name)) for name in row.extra},
        "limit": _beside(row.limit, row, found) if row.limit else None,
        "ratio": _ratio(row, row.limit, found) if row.limit else None,
        "peers": [_beside(name, row, found) for name in row.peers],
        "goal": "; ".join(goal.words for goal in row.goals) or None,
        "goals": goals,
        "met": all(one["met"] for one in goals) if goals else None,
    }


def _less(row: Row) -> bool:
    return row.unit in ("ms", "MB")


def _middle(found: Found, name: str, measure: str) -> float:
    """The median over the rounds; of what may never happen, all of it."""
    values = found.values(name, measure)
    return sum(values) if measure in ("missed", "twice", "events") else statistics.median(values)


def _ratio(row: Row, of: str, found: Found) -> float | None:
    if of in found.missing:
        return None
    ratio = statistics.median(found.values(row.ours, of=of))
    return _kept(ratio) if math.isfinite(ratio) else None


def _beside(name: str, row: Row, found: Found) -> Figure:
    """Another contender: its value, and ours as a ratio to it."""
    if name in found.missing:
        return {"name": name, "value": None, "ratio": None, "why": found.missing[name]}
    value = _kept(statistics.median(found.values(name)))
    return {"name": name, "value": value, "ratio": _ratio(row, name, found)}


def _judged(goal: Goal, row: Row, found: Found) -> Figure:
    ratios = found.values(row.ours, goal.measure, goal.of)
    middle = statistics.median(ratios)
    if goal.of is None and goal.measure in ("missed", "twice", "events"):
        middle = sum(ratios)
    return {
        "goal": goal.words,
        "sense": goal.sense,
        "bound": goal.bound,
        "measured": _kept(middle),
        "worst": _kept(max(ratios) if goal.sense == LESS else min(ratios)),
        "met": goal.met(middle),
        "reached": _kept(goal.reached(middle)),
        "library": _of_the_library(goal, row, found),
    }


def _of_the_library(goal: Goal, row: Row, found: Found) -> float | None:
    """How far the library's own value reaches the same goal, where that can be said."""
    if LIBRARY not in row.peers or goal.measure != "value" or LIBRARY in found.missing:
        return None
    return _kept(goal.reached(statistics.median(found.values(LIBRARY, of=goal.of))))


def _kept(value: float) -> float:
    """Four digits are all that a measurement is good for; a count is whole."""
    return int(value) if value == int(value) and abs(value) < 1e15 else float(f"{value:.4g}")


def profiled(work: Callable[[], object]) -> list[str]:
    """Where the time of a work goes: function, share of the time inside it, calls."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        work()
    finally:
        profile.disable()
    stats: Any = pstats.Stats(profile)
    total = stats.total_tt or 1.0
    ordered = sorted(stats.stats.items(), key=lambda item: -item[1][2])[:TOP]
    return [
        f"{100 * own / total:5.1f} %  {calls:>8,}  {_place(where)}"
        for where, (_, calls, own, _, _) in ordered
    ]


def _place(where: tuple[str, int, str]) -> str:
    """A function by module and name: without the folders of this machine, or an address."""
    file, _, name = where
    name = name.partition(" at 0x")[0].strip("<>")
    if file == "~":
        return name
    path = Path(file)
    return f"{path.parent.name}/{path.name}:{name}"


def chosen(only: Sequence[str], sizes: Sizes) -> list[Group]:
    """The groups asked for by name, or all that apply."""
    names = {group.name for group in GROUPS}
    if unknown := set(only) - names:
        raise SystemExit(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return [g for g in GROUPS if (g.name in only or not only) and g.applies(sizes)]


def all_figures(
    groups: Sequence[Group],
    stores: Sequence[str],
    sizes: Sizes,
    count: int,
    seconds: float,
    told: Callable[..., None],
) -> list[Figure]:
    """Every row of these groups on these stores."""
    where = {"machine": machine.machine(), "commit": machine.commit()}
    figures = []
    with ours.Logs() as logs:
        for group in groups:
            for store in stores:
                if store in group.stores and group.rows_on(store):
                    began = time.perf_counter()
                    told(f"{group.name} on {store}")
                    bench = Bench(store=store, sizes=sizes, logs=logs)
                    figures += measured(group, bench, count, seconds, where)
                    told(f"{group.name} on {store}", time.perf_counter() - began)
    return figures


def table(figures: Iterable[Figure]) -> list[str]:
    """The figures as lines of text."""
    lines = [f"{'work':34}{'store':11}{'value':>22}  {'to the limit':13}{'peers':42}goal"]
    for one in figures:
        ratio = "" if one["ratio"] is None else f"{one['ratio']:.3g}"
        peers = ", ".join(_peer_words(peer) for peer in one["peers"])
        value = f"{number(one['value'])} {one['unit']}"
        verdict = {True: "met", False: "MISSED", None: ""}[one["met"]]
        goals = "; ".join(f"{g['goal']} ({number(g['measured'])})" for g in one["goals"])
        lines.append(
            f"{one['work']:34}{one['store']:11}{value:>22}  {ratio:13}{peers:42}{verdict:7}{goals}"
        )
    return lines


def _peer_words(peer: Figure) -> str:
    if peer["value"] is None:
        return f"{peer['name']}: not run ({peer['why']})"
    ratio = "?" if peer["ratio"] is None else number(peer["ratio"])
    return f"{ratio} × {peer['name']}"


def number(value: float) -> str:
    """A figure for people: thousands apart, three digits where it is small."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
