"""Is what a question cannot take Incorrect, by its name, and never an error of Python?"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.application.care import DAY, effort, granted, started
from tests.application.investigating import Hand, hand

from rekenschap.application import Gezichtspunt, Incorrect
from rekenschap.application.recorded import Deel
from rekenschap.application.werklijst import SoortWerk

MOMENT = datetime(2025, 3, 3, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def care() -> Iterator[Hand]:
    with hand() as found:
        found.must(granted(), started(), effort())
        yield found


@pytest.mark.parametrize(
    ("question", "asked", "field"),
    [
        ("regels", {"op": "2025-03-03"}, "op"),
        ("regels", {"op": MOMENT}, "op"),
        ("regels", {"product": ["vaktherapie"]}, "product"),
        ("vergelijk", {"een": [], "ander": "twente-2025"}, "een"),
        ("vergelijk", {"een": "twente-2025", "ander": "twente-2025", "product": 1}, "product"),
        ("uitleg", {"product": ["vaktherapie"]}, "product"),
        ("signalen", {"peildatum": None, "toewijzing": "T1"}, "peildatum"),
        ("signalen", {"peildatum": MOMENT, "toewijzing": "T1"}, "peildatum"),
        ("signalen", {"peildatum": DAY, "toewijzing": 1}, "toewijzing"),
        ("signalen_van_aanbieder", {"aanbieder": "a", "peildatum": None}, "peildatum"),
        ("verschil", {"toewijzing": "T1", "een": None}, "een"),
        ("verschil", {"toewijzing": "T1", "een": Gezichtspunt(), "ander": DAY}, "ander"),
        ("bewaartermijnen", {"op": date.min}, "op"),
        ("bewaartermijnen", {"op": MOMENT}, "op"),
        ("lees", {"soorten": 0}, "soorten"),
        ("lees", {"soorten": "zorg-gestart"}, "soorten"),
        ("lees", {"soorten": [[]]}, "soorten"),
        ("werklijst", {"soorten": "te_herzien"}, "soorten"),
        ("werklijst", {"soorten": ["te_herzienn"]}, "soorten"),
        ("werklijst", {"soorten": 0}, "soorten"),
        ("reproduceer_alles", {"deel": "T1"}, "deel"),
    ],
)
def test_what_a_question_cannot_take_is_named(
    care: Hand, question: str, asked: dict[str, Any], field: str
) -> None:
    with pytest.raises(Incorrect) as found:
        list(getattr(care.ledger, question)(**asked))

    assert found.value.field == field
    assert found.value.allowed


def test_what_they_can_take_is_answered(care: Hand) -> None:
    ledger = care.ledger

    assert ledger.regels(op=DAY, product="vaktherapie")
    assert list(ledger.lees(soorten={"zorg-gestart"})) == list(ledger.lees(soorten=["ZorgGestart"]))
    assert ledger.bewaartermijnen(op=date(1900, 1, 1)) == ()
    assert list(ledger.werklijst(soorten=["signaal"])) == list(
        ledger.werklijst(soorten=[SoortWerk.SIGNAAL])
    )
    assert len(list(ledger.reproduceer_alles(Deel(toewijzing="T1")))) == 3
