"""Does the page name every span and every metric there is, with its attributes?"""

import re

import pytest
from tests.application.care import effort, granted, started
from tests.docs.pages import ROOT
from tests.observing.test_telemetry import Collected
from tests.observing.watching import watched

from rekenschap.application import Incorrect

_NAME = re.compile(r"^\| `(rekenschap\.[\w.]+)` \| (.*)$", re.MULTILINE)


@pytest.fixture
def collected(sqlite_url: str) -> Collected:
    """Of a life in which everything that is told of happens once."""
    found = Collected()
    with watched(sqlite_url, found.observer) as ledger:
        ledger.execute(command := granted())
        ledger.execute_batch([command, started(), effort(aantal=6001), effort("T404")])
        ledger.toets(effort())
        ledger.stand(toewijzing="T1")
        with pytest.raises(Incorrect):
            ledger.stand(toewijzing="T505")
    return found


def test_the_page_names_every_span_and_metric_with_its_attributes(collected: Collected) -> None:
    page = (ROOT / "docs/observing.md").read_text("utf-8")
    told = dict(_NAME.findall(page.split("## OpenTelemetry")[1].split("\n## ")[0]))
    metrics = {
        name: {key for point in points for key in point.attributes}
        for name, points in collected.metrics().items()
    }
    spans: dict[str, set[str]] = {}
    for span in collected.spans():
        if "error.type" not in (span.attributes or {}):
            spans.setdefault(span.name, set()).update(span.attributes or {})

    assert set(told) == set(metrics) | set(spans)
    always = {"rekenschap.grootboek", "db.system.name"}
    missing = [
        (name, key)
        for name, keys in (metrics | spans).items()
        for key in keys - always
        if f"`{key}`" not in told[name] and f"`.{key.rpartition('.')[2]}`" not in told[name]
    ]
    assert missing == []
