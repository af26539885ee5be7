"""The two layers as one regeling, and what a mistake in an amount, a day or a part is told as."""

from importlib.resources import files

import pytest

from rekenschap.domain.errors import Incorrect
from rekenschap.domain.identifiers import Product
from rekenschap.infrastructure.regelingen import canonical_text, packaged_text, read_regeling
from rekenschap.infrastructure.regelingen.page import register_page

LOPIK = read_regeling(packaged_text("lopik-2024-11"))
REGION = read_regeling(packaged_text("lekstroom-2024"))


def test_both_layers_are_one_regeling_under_the_municipal_name() -> None:
    assert LOPIK.naam == "lopik-2024-11"
    assert len(LOPIK.regels) == 67
    assert len(LOPIK.producten) == 51
    assert set(REGION.op_id) < set(LOPIK.op_id)
    assert not REGION.op_id.keys() & {"LOP-V1", "LOP-W6", "LOP-W10"}


def test_every_product_of_annex_one_with_a_tariff_has_its_price() -> None:
    priced = [p for p, one in LOPIK.producten.items() if one.tarieven]
    assert len(priced) == 33
    (line,) = LOPIK.producten[Product("46C03")].tarieven
    assert str(line.tarief.bedrag) == "514.11"


def test_the_register_tells_every_part_in_words() -> None:
    page = register_page(LOPIK, "x")
    for sign in ("Eis(", "Bedrag(", "Decimal(", "Overleg(", "None"):
        assert sign not in page, sign


BROKEN = {
    "a negative amount": ('prijs: "300.58"', 'prijs: "-300.58"', "LOP-P12", "prijs"),
    "an amount with a comma": ('prijs: "300.58"', 'prijs: "300,58"', "LOP-P12", "prijs"),
    "a part with a key too many": (
        '{vanaf: 1, prijs: "300.58"}',
        '{vanaf: 1, prijs: "300.58", van: 2}',
        "LOP-P12",
        "treden[0].van",
    ),
    "a part with a key too few": (
        '{vanaf: 1, prijs: "300.58"}',
        '{prijs: "300.58"}',
        "LOP-P12",
        "vanaf",
    ),
    "an exception that is no product": ("{niet: [45B40,", "{niet: [45B4O,", "LOP-G1", "niet"),
}


@pytest.mark.parametrize(("old", "new", "rule", "key"), BROKEN.values(), ids=BROKEN)
def test_a_mistake_is_told_with_its_place(old: str, new: str, rule: str, key: str) -> None:
    text = files("rekenschap.domain.regelingen").joinpath("lekstroom-2024.yaml").read_text("utf-8")
    assert old in text
    with pytest.raises(Incorrect) as refused:
        read_regeling(canonical_text(text.replace(old, new), "regeling"))
    assert rule in str(refused.value)
    assert key in str(refused.value)
