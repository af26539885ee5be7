"""What follows from other kenmerken, and amounts that have no end in another unit."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.afleiding import Afleiding, Afleidingen, Geval, Lezer
from rekenschap.domain.conditions import Eis
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.quantities import converted
from rekenschap.domain.vocabulary import Eenheid
from rekenschap.infrastructure.regelingen import read_regeling
from rekenschap.infrastructure.regelingen.files import canonical_text

FORM = Afleiding(
    betekenis="vorm van hulp",
    gevallen=(
        Geval(als={"familie": Eis(een_van=(True,))}, waarde="informeel"),
        Geval(als={"diploma": Eis(een_van=(True,), afwezig=True)}, waarde="formeel"),
        Geval(waarde="anders"),
    ),
)
PRICE = Afleiding(
    betekenis="kolom",
    gevallen=(Geval(als={"vorm": Eis(niet=("formeel",))}, waarde="laag"), Geval(waarde="hoog")),
)
ALL = Afleidingen({"vorm": FORM, "kolom": PRICE})


def told(**values: Any) -> Lezer:
    return lambda name: values.get(name, AFWEZIG)


@pytest.mark.parametrize(
    ("reader", "form"),
    [
        (told(familie=True, diploma=True), "informeel"),
        (told(familie=False, diploma=True), "formeel"),
        (told(familie=False, diploma=False), "anders"),
        (told(familie=None, diploma=None), "anders"),
        (told(familie=False), "formeel"),
        (told(diploma=True), AFWEZIG),
    ],
)
def test_the_first_case_that_fits_counts_and_what_nobody_told_leaves_it_open(
    reader: Callable[[str], Any], form: object
) -> None:
    assert ALL.lees("vorm", reader) == form


def test_one_derived_kenmerk_can_lean_on_another() -> None:
    assert ALL.lees("kolom", told(familie=True)) == "laag"
    assert ALL.lees("kolom", told(familie=False, diploma=True)) == "hoog"
    assert ALL.lees("kolom", told()) is AFWEZIG


def test_another_name_is_read_as_it_was_told() -> None:
    assert ALL.lees("familie", told(familie=True)) is True


TEXT = """
regeling: voorbeeldstad-2025
titel: Jeugdhulp Voorbeeldstad 2025
soort: regeling
gebied: Voorbeeldstad
in_werking: {vanaf: 2025-01-01, tot_en_met: null}
documenten: {besluit: {titel: Besluit}}
afgeleid:
  een: {betekenis: een, gevallen: [{als: {twee: ja}, waarde: ja}]}
  twee: {betekenis: twee, gevallen: [{als: {NAME: ja}, waarde: ja}]}
regels:
  - id: VS-1
    zin: Wees aardig.
    ernst: info
    status: verordening
    bron: [{document: besluit, plaats: artikel 1, citaat: aardig}]
    niet_getoetst: Daar gaat geen gegeven over.
"""


def test_a_kenmerk_cannot_follow_from_itself() -> None:
    good = canonical_text(TEXT.replace("NAME", "drie"), "voorbeeldstad")
    round_and_round = canonical_text(TEXT.replace("NAME", "een"), "voorbeeldstad")

    assert set(read_regeling(good).afgeleid.per_naam) == {"een", "twee"}
    with pytest.raises(Incorrect, match="does not follow from itself"):
        read_regeling(round_and_round)


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [(60, "1"), (45, "0.75"), (1, f"0.01{'6' * 18}"), (601, f"10.01{'6' * 18}"), (0, "0")],
)
def test_minutes_without_end_in_hours_are_cut_off(minutes: int, hours: str) -> None:
    assert converted(Decimal(minutes), Eenheid.MINUUT, Eenheid.UUR) == Decimal(hours)


def test_parts_never_come_to_more_than_the_whole() -> None:
    minute = converted(Decimal(1), Eenheid.MINUUT, Eenheid.UUR)
    assert minute is not None

    assert Decimal("0.9999999") < sum([minute] * 60) <= 1
    assert minute * 601 > 10
