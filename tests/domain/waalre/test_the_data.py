"""Does the data of Waalre say what its sources say, and the table add up?"""

import os
import re
from pathlib import Path

import pytest

from rekenschap.domain.identifiers import Product
from rekenschap.infrastructure.regelingen import packaged_text, read_regeling

WAALRE = read_regeling(packaged_text("waalre-2017"))
SOURCE = "003_31afbb5c7ef542c2.txt"
FOLDER = Path(os.environ.get("REKENSCHAP_BRONNEN", "bronnen"))


def bare(words: str) -> str:
    """Words without white space and hyphens, for what a page break cut in two."""
    return re.sub(r"[\s\u00ad-]", "", words)


@pytest.fixture(scope="module")
def source() -> str:
    path = FOLDER / SOURCE
    if not path.exists():
        pytest.skip(f"{SOURCE} is not here; REKENSCHAP_BRONNEN names its folder")
    return path.read_text("utf-8")


def test_every_quote_stands_in_the_source(source: str) -> None:
    whole = bare(source)
    quotes = [(rule.id, one.citaat) for rule in WAALRE.regels for one in rule.bronnen]

    assert [found for found in quotes if bare(found[1]) not in whole] == []


def test_every_quote_stands_where_it_says(source: str) -> None:
    lines = source.split("\n")
    wrong = []
    for rule in WAALRE.regels:
        for one in rule.bronnen:
            number = re.search(r"r\. (\d+)", one.plaats)
            assert number is not None, (rule.id, one.plaats)
            near = bare("".join(lines[int(number[1]) - 3 : int(number[1]) + 3]))
            if bare(one.citaat) not in near:
                wrong.append((rule.id, one.plaats))

    assert wrong == []


def test_every_rule_is_judged_or_says_why_not() -> None:
    assert len(WAALRE.regels) == 93
    untested = [rule.id for rule in WAALRE.regels if rule.niet_getoetst]
    assert untested == ["WAA-L06", "WAA-D08", "WAA-C09", "WAA-B06"]


def cents(code: str) -> int:
    (line,) = WAALRE.producten[Product(code)].tarieven
    return line.tarief.bedrag.eurocent


def test_the_table_has_a_price_for_all_but_two_codes() -> None:
    table = [code for code, one in WAALRE.producten.items() if one.tarieven]

    assert len(WAALRE.producten) == 130
    assert len(table) == 112
    assert not {"1012", "Vz.2.5"} & set(table)


@pytest.mark.parametrize("kind", ["Z", "V"])
@pytest.mark.parametrize(("without", "included"), [(414, 415), (424, 425), (430, 431), (432, 433)])
def test_day_care_costs_the_same_in_every_package(kind: str, without: int, included: int) -> None:
    more = cents(f"{kind}{included}") - cents(f"{kind}{without}")

    assert more in ({"Z": range(3559, 3562), "V": range(3534, 3536)}[kind])


def test_codes_that_cost_the_same() -> None:
    for one, other in (("P015", "P017"), ("P018", "P020"), ("P021", "P024")):
        assert cents(one) == cents(other)
    assert cents("Z553") < cents("Z543")
    assert cents("V553") < cents("V543")
