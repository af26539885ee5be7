"""Do the rules quote the text they rest on, word for word?"""

import os
import re
from pathlib import Path

import pytest
import yaml

FILE = Path(__file__).resolve().parents[3] / "domain/regelingen/boxtel-2020.yaml"
TEXT = os.environ.get("REKENSCHAP_BRONTEKST_BOXTEL")
"""The file with the published text, where somebody has it: it is not part of the project."""


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", ""))


@pytest.mark.skipif(TEXT is None, reason="the published text is not here")
def test_every_quote_stands_in_the_text() -> None:
    data = yaml.safe_load(FILE.read_text("utf-8"))
    published = words(Path(str(TEXT)).read_text("utf-8"))
    sources = [source for rule in data["regels"] for source in rule["bron"]]
    for product in data["producten"].values():
        sources += [price["bron"] for price in product.get("tarieven", ())]

    assert [s["citaat"] for s in sources if words(s["citaat"]) not in published] == []
    assert len(sources) > 60
