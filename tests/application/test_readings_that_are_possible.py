"""Is a reading that an option cannot have Incorrect, with the field, the value and what may be?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.application.care import accepted
from tests.application.reconsidering import chosen

from rekenschap.application import Incorrect, Rekenschap

EASTER = date(2025, 4, 21)


@pytest.mark.parametrize(
    ("option", "value", "wrong", "allowed"),
    [
        ("feestdagen", ["x"], "x", "a list of days"),
        ("feestdagen", [1], 1, "a list of days"),
        ("feestdagen", [EASTER, "2025-04-22"], "2025-04-22", "a list of days"),
        ("feestdagen", EASTER, EASTER, "a list of days"),
        ("feestdagen", None, None, "a list of days"),
        ("feestdagen", [[EASTER]], (EASTER,), "a list of days"),
        ("medische_regels_producten", ["nope"], "nope", "a list of products of the regeling"),
        ("medische_regels_producten", [EASTER], EASTER, "a list of products of the regeling"),
        ("medische_regels_producten", "vaktherapie", "vaktherapie", "a list of products"),
        ("families_first_max_dagen", 3.5, 3.5, "a number that is no float"),
        ("families_first_max_dagen", Decimal("3.5"), Decimal("3.5"), "a whole number, or None"),
        ("families_first_max_dagen", True, True, "a whole number, or None"),
        ("screening_in_werking_vanaf", 2025, 2025, "a day, or None"),
        ("dyslexie_poortwachter", 1, 1, "True or False"),
        ("no_show_scope", "gezin", "gezin", "one of jeugdige_product, toewijzing, jeugdige"),
    ],
)
def test_a_reading_it_cannot_have(
    ledger: Rekenschap, option: str, value: Any, wrong: Any, allowed: str
) -> None:
    before = ledger.positie
    with pytest.raises(Incorrect) as caught:
        ledger.execute(chosen(option, value))

    assert caught.value.field == "waarde"
    assert caught.value.value == wrong
    assert allowed in caught.value.allowed
    assert ledger.positie == before


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("feestdagen", []),
        ("feestdagen", [EASTER, date(2025, 12, 25)]),
        ("medische_regels_producten", []),
        ("medische_regels_producten", ["vaktherapie", "behandeling_individueel"]),
        ("families_first_max_dagen", 28),
        ("families_first_max_dagen", None),
        ("screening_in_werking_vanaf", EASTER),
        ("screening_in_werking_vanaf", None),
        ("dyslexie_poortwachter", True),
        ("no_show_scope", "toewijzing"),
    ],
)
def test_a_reading_it_can_have_is_recorded_and_read_back(
    ledger: Rekenschap, option: str, value: Any
) -> None:
    accepted(ledger.execute(chosen(option, value)))

    *_, last = ledger.lees()
    assert last.feit.lees("waarde") == (tuple(value) if isinstance(value, list) else value)
