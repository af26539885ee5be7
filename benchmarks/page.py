"""The table in docs/figures.md, made from figures.json; a test compares the two.

python -m benchmarks.page
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from benchmarks.figures import number

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs/figures.md"
FIGURES: Final = ROOT / "benchmarks/figures.json"
BEGIN: Final = "<!-- made by benchmarks/page.py: begin -->\n"
END: Final = "<!-- made by benchmarks/page.py: end -->"
STORES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
MET: Final = {True: "yes", False: "**no**", None: ""}
LONGEST: Final = 120
TRIAL: Final = (
    "**A trial at a part of the sizes, on a busy machine: it shows that all rows come out, and its "
    "figures mean nothing.**"
)
UNITS: Final = {"decisions/s": "/s", "events/s": "/s", "ms": " ms", "MB": " MB"}


def made(report: Mapping[str, Any]) -> str:
    """What the page says of these figures."""
    rows = report["rows"]
    trial = [TRIAL, ""] if any(one["scale"] < 1 for one in rows) else []
    parts = (
        [*trial, *_measured_on(report), ""],
        _table(rows),
        ["", "### Goals", ""],
        _goals(rows),
        ["", "### Beside what", ""],
        _peers(rows),
        _missed(rows),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def in_page(page: str) -> str:
    """What stands in the page now."""
    return page.partition(BEGIN)[2].partition(END)[0]


def written_into(page: str, report: Mapping[str, Any]) -> str:
    """The page with the figures as they should be."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}{made(report)}{END}{rest.partition(END)[2]}"


def write(report: Mapping[str, Any]) -> None:
    """The page anew."""
    PAGE.write_text(written_into(PAGE.read_text("utf-8"), report), "utf-8")


def _measured_on(report: Mapping[str, Any]) -> list[str]:
    rows = report["rows"]
    machines = dict.fromkeys(one["machine"] for one in rows)
    commits = dict.fromkeys(one["commit"] for one in rows)
    told = ", ".join(f"{name} {version}" for name, version in report["versions"].items())
    least, most = (pick(one["rounds"] for one in rows) for pick in (min, max))
    return [
        f"Measured on {'; '.join(machines)}; {told}.",
        f"Commit {', '.join(commits)}; rounds: {least} to {most}.",
    ]


def _table(rows: list[dict[str, Any]]) -> list[str]:
    lines = [
        "| work | store | value | worst | of the limit | also | met |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in rows:
        ratio = "" if one["ratio"] is None else number(one["ratio"])
        also = ", ".join(f"{name} {number(value)}" for name, value in one["extra"].items())
        value, worst = _with_unit(one, one["value"]), _with_unit(one, one["worst"])
        cells = (value, worst, ratio, also.replace("_", " "), MET[one["met"]])
        lines.append(f"| {one['work']} | {STORES[one['store']]} | {' | '.join(cells)} |")
    return lines


def _goals(rows: list[dict[str, Any]]) -> list[str]:
    lines = [
        "| work | store | goal | measured | worst round | met |",
        "|---|---|---|---|---|---|",
    ]
    for one in rows:
        for goal in one["goals"]:
            found = (number(goal["measured"]), number(goal["worst"]), MET[goal["met"]])
            told = f"{one['work']} | {STORES[one['store']]} | {goal['goal']}"
            lines.append(f"| {told} | {' | '.join(found)} |")
    return lines


def _with_unit(row: Mapping[str, Any], value: float) -> str:
    return f"{number(value)}{UNITS[row['unit']]}"


def _peers(rows: list[dict[str, Any]]) -> list[str]:
    lines = ["| work | store | contender | value | ours to it |", "|---|---|---|---|---|"]
    for one in rows:
        for other in [*([one["limit"]] if one["limit"] else []), *one["peers"]]:
            name = f"{other['name']} (the limit)" if other is one["limit"] else other["name"]
            if other["value"] is None:
                value, ratio = f"not run: {other['why']}"[:60], ""
            else:
                value = _with_unit(one, other["value"])
                ratio = "" if other["ratio"] is None else f"{number(other['ratio'])} ×"
            lines.append(f"| {one['work']} | {STORES[one['store']]} | {name} | {value} | {ratio} |")
    return lines


def _missed(rows: list[dict[str, Any]]) -> list[str]:
    """Where the time goes in the rows that miss their goal."""
    missed = [one for one in rows if one["met"] is False]
    if not missed:
        return []
    lines = ["", "### Where the time goes in what is missed", ""]
    lines += ["Share of the time in the function itself, calls, function; under the profiler."]
    for one in missed:
        lines += ["", f"**{one['work']}, {STORES[one['store']]}**", ""]
        told = one.get("profile")
        if told:
            lines += ["```text", *(line[:LONGEST] for line in told), "```"]
        else:
            lines.append("Not profiled in the run: `--profile` shows it where one process does it.")
    return lines


if __name__ == "__main__":
    write(json.loads(FIGURES.read_text("utf-8")))
