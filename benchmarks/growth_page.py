"""docs/growth.md, made from growth.json: the measured growth, and ten years of the whole country.

python -m benchmarks.growth_page
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.figures import number
from benchmarks.questions import KINDS

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs/growth.md"
GROWTH: Final = ROOT / "benchmarks/growth.json"
BEGIN: Final = "<!-- made by benchmarks/growth_page.py: begin -->\n"
END: Final = "<!-- made by benchmarks/growth_page.py: end -->"
STORES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
WALKS: Final = ("replay", "rebuild", "verify", "export")
YOUTHS: Final = 474_000
"""Youths with youth care in a year, in the whole country."""
ENOUGH: Final = 1_000_000
TRIAL: Final = (
    "**A trial with small logs, on a busy machine: it shows that all is measured, and its figures "
    "mean nothing.**"
)
YEARS: Final = 10
CASELOAD_YEARS: Final = 2
GEMEENTEN: Final = 342
WORKING_SECONDS: Final = 250 * 9 * 3600
"""Of a year: working days of nine hours."""


def made(report: Mapping[str, Any]) -> str:
    """What the page says of a report."""
    versions = ", ".join(f"{name} {version}" for name, version in report["versions"].items())
    largest = max(log["events"] for log in report["logs"])
    lines = [
        *([] if largest >= ENOUGH else [TRIAL, ""]),
        f"Measured on {report['machine']}; {versions}.",
        f"Seed {report['seed']}; {_commits(report['logs'])}.",
        "",
        "### The questions",
        "",
        *_questions(report["logs"]),
        "",
        "### The walks",
        "",
        *_walks(report["logs"]),
        "",
        "### The country, on paper",
        "",
        *_country(report["logs"]),
    ]
    return "\n".join(lines) + "\n"


def in_page(page: str) -> str:
    """What stands in the page now."""
    return page.partition(BEGIN)[2].partition(END)[0]


def written_into(page: str, report: Mapping[str, Any]) -> str:
    """The page with the figures as they should be."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}{made(report)}{END}{rest.partition(END)[2]}"


def with_others(report: Mapping[str, Any]) -> dict[str, Any]:
    """The report with the stores that were measured before and not now, at the same seed."""
    before = json.loads(GROWTH.read_text("utf-8"))
    now = {log["store"] for log in report["logs"]}
    same = before["seed"] == report["seed"]
    kept = [log for log in before["logs"] if same and log["store"] not in now]
    logs = sorted([*report["logs"], *kept], key=lambda log: list(STORES).index(log["store"]))
    return {**report, "versions": {**before["versions"], **report["versions"]}, "logs": logs}


def keep(report: Mapping[str, Any]) -> None:
    """growth.json and the page anew."""
    GROWTH.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8")
    write(report)


def write(report: Mapping[str, Any]) -> None:
    """The page anew."""
    PAGE.write_text(written_into(PAGE.read_text("utf-8"), report), "utf-8")


def _commits(logs: Sequence[Mapping[str, Any]]) -> str:
    """Which commit each store was measured at."""
    at = {STORES[log["store"]]: log["commit"] for log in logs}
    if len(set(at.values())) == 1:
        return f"commit {next(iter(at.values()))}"
    return ", ".join(f"{store} at commit {commit}" for store, commit in at.items())


def _questions(logs: Sequence[Mapping[str, Any]]) -> list[str]:
    heads = " | ".join(KINDS)
    lines = [f"| store | events | {heads} |", f"|---|---|{'---|' * len(KINDS)}"]
    for log in logs:
        cells = " | ".join(_question(log["questions"][kind]) for kind in KINDS)
        lines.append(f"| {STORES[log['store']]} | {log['events']:,} | {cells} |")
    return lines


def _question(found: Mapping[str, float]) -> str:
    p50, p99 = number(found["p50_ms"]), number(found["p99_ms"])
    return f"{p50}/{p99}, {number(found['ratio'])}×"


def _walks(logs: Sequence[Mapping[str, Any]]) -> list[str]:
    heads = " | ".join(WALKS)
    lines = [f"| store | events | decided | {heads} |", f"|---|---|---|{'---|' * len(WALKS)}"]
    for log in logs:
        cells = " | ".join(
            f"{number(walk['per_second'])}/s, + {number(walk['above_mb'])} MB"
            for walk in (log["walks"][name] for name in WALKS)
        )
        rate = f"{number(log['decisions_per_second'])}/s"
        lines.append(f"| {STORES[log['store']]} | {log['events']:,} | {rate} | {cells} |")
    return lines


def country(log: Mapping[str, Any]) -> dict[str, float]:
    """Ten years of the whole country, worked out from one log; seconds, bytes, events."""
    events = YOUTHS * YEARS * log["events"] / log["youths"] / CASELOAD_YEARS
    walks = {name: events / log["walks"][name]["per_second"] for name in WALKS}
    return {
        "events": events,
        "bytes": events * log["bytes"] / log["events"],
        "decide": events / log["decisions_per_second"],
        **walks,
    }


def _country(logs: Sequence[Mapping[str, Any]]) -> list[str]:
    largest = {log["store"]: log for log in logs}  # the last one of each store
    lines = [
        f"| | {' | '.join(STORES[store] for store in largest)} |",
        f"|---|{'---|' * len(largest)}",
    ]
    worked = [country(log) for log in largest.values()]
    per_second = [one["events"] / YEARS / WORKING_SECONDS for one in worked]
    rows: list[tuple[str, list[str]]] = [
        ("worked out from a log of", [f"{log['events']:,} events" for log in largest.values()]),
        (f"events in {YEARS} years", [f"{one['events'] / 1e6:,.0f} million" for one in worked]),
        (
            "on disk, tables and indexes with it",
            [f"{one['bytes'] / 1e12:.2f} TB" for one in worked],
        ),
        ("decisions per second of office hours", [f"{one:.0f}" for one in per_second]),
        ("deciding on it all again, in bulk", [in_words(one["decide"]) for one in worked]),
        *[
            (f"to {name} all of it, one core", [in_words(one[name]) for one in worked])
            for name in WALKS
        ],
        (
            "rebuild of an average gemeente",
            [in_words(one["rebuild"] / GEMEENTEN) for one in worked],
        ),
        ("verify of an average gemeente", [in_words(one["verify"] / GEMEENTEN) for one in worked]),
    ]
    return lines + [f"| {name} | {' | '.join(cells)} |" for name, cells in rows]


def in_words(seconds: float) -> str:
    """So long, in the unit that people use for it."""
    for unit, length in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{number(seconds / length)} {unit}"
    return f"{number(seconds)} seconds"


if __name__ == "__main__":
    write(json.loads(GROWTH.read_text("utf-8")))
