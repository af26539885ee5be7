"""Do the page and the picture show the figures that are committed?"""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

from benchmarks import page, picture

ROOT = Path(__file__).resolve().parents[2]
REPORT = json.loads((ROOT / "benchmarks/figures.json").read_text("utf-8"))
SVG = "{http://www.w3.org/2000/svg}"


def test_the_page_is_the_one_made_from_the_figures() -> None:
    text = page.PAGE.read_text("utf-8")

    assert page.in_page(text) == page.made(REPORT), "run python -m benchmarks.page"
    assert page.written_into(text, REPORT) == text


def test_the_picture_is_the_one_made_from_the_figures() -> None:
    assert picture.FILE.read_text("utf-8") == picture.drawn(REPORT)


def test_the_picture_is_well_formed_with_a_bar_for_each_row_that_has_a_goal() -> None:
    drawn = ElementTree.fromstring(picture.drawn(REPORT))
    bars = [one for one in drawn.iter(f"{SVG}rect") if one.find(f"{SVG}title") is not None]
    with_goal = [row for row in REPORT["rows"] if row["goals"]]

    assert [one.get("class") for one in bars] == [
        "met" if row["met"] else "missed" for row in with_goal
    ]
    assert all(float(one.get("width", "-1")) >= 0 for one in bars)
    assert len(list(drawn.iter(f"{SVG}circle"))) == 1 + sum(
        picture.hardest(row)["library"] is not None for row in with_goal
    )


def test_the_picture_reads_on_light_and_on_dark_and_asks_nothing_of_elsewhere() -> None:
    text = picture.drawn(REPORT)

    assert "prefers-color-scheme: dark" in text
    assert "<script" not in text
    assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"]


def test_the_goal_is_where_the_axis_says_one_and_what_is_beyond_stays_in_the_picture() -> None:
    places = [picture.x_of(times) for times in (0.0001, picture.LEAST, 1, picture.MOST, 10_000)]

    assert places == sorted(places)
    assert picture.LEFT < places[2] < picture.WIDTH - picture.RIGHT
    assert places[0] == places[1] == picture.LEFT
    assert places[3] == places[4] == picture.WIDTH - picture.RIGHT
