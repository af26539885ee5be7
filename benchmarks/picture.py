"""The picture of the figures: how far the hardest goal of each row is reached, and by the library.

An SVG of our own making, without scripts or fonts from elsewhere, readable on light and dark: it
asks ``prefers-color-scheme``. The axis is logarithmic: 1 is the goal, right of it is better.
"""

import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).resolve().parents[1] / "docs/figures.svg"
LEFT, RIGHT, TOP, LINE, WIDTH = 270, 205, 64, 22, 960
LEAST, MOST = 0.01, 30.0
TICKS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
STYLE = """
  svg { font-family: system-ui, sans-serif; font-size: 12px; }
  .paper { fill: #ffffff; } text { fill: #1b1f24; } .soft { fill: #6a737d; }
  .grid { stroke: #d8dee4; } .goal { stroke: #1b1f24; stroke-width: 1.5; }
  .met { fill: #2a7f4f; } .missed { fill: #b4541a; }
  .library { fill: #ffffff; stroke: #4b6bb0; stroke-width: 2.5; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117; } text { fill: #e6edf3; } .soft { fill: #9aa5b1; }
    .grid { stroke: #3a424c; } .goal { stroke: #e6edf3; }
    .met { fill: #55b880; } .missed { fill: #e08a4e; }
    .library { fill: #0d1117; stroke: #8fb0f5; }
  }
"""


def drawn(report: Mapping[str, Any]) -> str:
    """The picture of these figures: only rows with a goal are in it."""
    rows = [(one, hardest(one)) for one in report["rows"] if one["goals"]]
    height = TOP + LINE * len(rows) + 44
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    title = "How far each goal is reached, and how far by the eventsourcing library"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="t">',
        f'<title id="t">{title}</title>',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{height}" rx="6"/>',
        *_legend(trial=any(one["scale"] < 1 for one, _ in rows)),
        *_grid(height),
    ]
    for place, (row, goal) in enumerate(rows):
        parts += _bar(row, goal, TOP + LINE * place)
    return "\n".join([*parts, "</svg>"]) + "\n"


def hardest(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The goal that is reached least; of those that are counts of nothing, only when missed."""
    goals: Sequence[Mapping[str, Any]] = row["goals"]
    telling = [one for one in goals if one["bound"] or not one["met"]]
    found: Mapping[str, Any] = min(telling or goals, key=lambda one: one["reached"])
    return found


def x_of(times: float) -> float:
    """Where on the axis so many times the goal lies; what is beyond is put at the end."""
    inside = min(max(times, LEAST), MOST)
    share = math.log(inside / LEAST) / math.log(MOST / LEAST)
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _legend(*, trial: bool) -> list[str]:
    y, goal = 24, x_of(1)
    name = "A trial: it means nothing" if trial else "Goals reached"
    return [
        f'<text x="16" y="{y}" font-weight="600">{name}</text>',
        f'<rect class="met" x="{LEFT}" y="{y - 10}" width="22" height="11" rx="2"/>',
        f'<text x="{LEFT + 28}" y="{y}">met</text>',
        f'<rect class="missed" x="{LEFT + 66}" y="{y - 10}" width="22" height="11" rx="2"/>',
        f'<text x="{LEFT + 94}" y="{y}">missed</text>',
        f'<circle class="library" cx="{LEFT + 160}" cy="{y - 4}" r="4.5"/>',
        f'<text x="{LEFT + 170}" y="{y}">eventsourcing, without rules or seal</text>',
        f'<text class="soft" x="{goal}" y="{TOP - 12}" text-anchor="middle">the goal</text>',
    ]


def _grid(height: int) -> list[str]:
    bottom = height - 36
    parts = []
    for tick in TICKS:
        kind, x = "goal" if tick == 1 else "grid", x_of(tick)
        parts.append(f'<line class="{kind}" x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{bottom}"/>')
        parts.append(
            f'<text class="soft" x="{x}" y="{bottom + 18}" text-anchor="middle">{tick} ×</text>'
        )
    return parts


def _bar(row: Mapping[str, Any], goal: Mapping[str, Any], y: int) -> list[str]:
    kind, middle = "met" if row["met"] else "missed", y + 11
    end, store = x_of(goal["reached"]), NAMES[row["store"]]
    base, words = middle + 4, escape(goal["goal"])
    box = f'x="{LEFT}" y="{y + 4}" width="{max(2, round(end - LEFT, 1))}" height="14" rx="2"'
    parts = [
        f'<text x="16" y="{base}">{escape(row["work"])}</text>',
        f'<text class="soft" x="{LEFT - 12}" y="{base}" text-anchor="end">{store}</text>',
        f'<rect class="{kind}" {box}><title>{words}: {goal["measured"]}</title></rect>',
        f'<text class="soft" x="{WIDTH - RIGHT + 10}" y="{base}">{words}</text>',
    ]
    if goal["library"] is not None:
        parts.append(
            f'<circle class="library" cx="{x_of(goal["library"])}" cy="{middle}" r="4.5"/>'
        )
    return parts


def write(report: Mapping[str, Any]) -> None:
    """The picture, where the pages show it."""
    FILE.write_text(drawn(report), "utf-8")
