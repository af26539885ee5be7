"""Does every quote of the regeling stand literally in the document?

It needs the documents: a folder of texts named in REKENSCHAP_BRONNEN. Line breaks, hyphens at the
end of a line and the borders of tables are not compared.
"""

import os
import re
from pathlib import Path

import pytest
import yaml

FOLDER = os.environ.get("REKENSCHAP_BRONNEN")
DATA = Path(__file__).parents[3] / "domain" / "regelingen"
TITLE = "Besluit Wmo & Jeugdwet gemeente Lopik november 2024"
LAYERS = ("lekstroom-2024", "lopik-2024-11")


def bare(text: str) -> str:
    return re.sub(r"[\s|\]\[-]", "", text)


def quotes(layer: str) -> list[tuple[str, str]]:
    data = yaml.safe_load((DATA / f"{layer}.yaml").read_text("utf-8"))
    return [(rule["id"], source["citaat"]) for rule in data["regels"] for source in rule["bron"]]


@pytest.mark.skipif(FOLDER is None, reason="the documents are not here")
@pytest.mark.parametrize("layer", LAYERS)
def test_every_quote_stands_in_the_document(layer: str) -> None:
    texts = [path.read_text("utf-8") for path in sorted(Path(str(FOLDER)).glob("*.txt"))]
    document = bare(next(text for text in texts if text.lstrip().startswith(TITLE)))

    missing = [(rule, quote) for rule, quote in quotes(layer) if bare(quote) not in document]

    assert missing == []
