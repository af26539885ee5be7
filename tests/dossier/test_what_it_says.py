"""Does the dossier say it in words that somebody outside the ledger understands?"""

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from tests.application.care import NOW

from rekenschap.application import SpoorRegel, Uitkomst
from rekenschap.domain.facts import BY_CLASS_NAME
from rekenschap.domain.vocabulary import Rol
from rekenschap.infrastructure.dossier.facts import LONGEST, TOGETHER, fact_words, facts_table
from rekenschap.infrastructure.dossier.said import STAP, VOLDONGEN, said_in_short

InzetGeregistreerd: Any = BY_CLASS_NAME["InzetGeregistreerd"]
DAY = date(2026, 2, 4)


def session(day: date = DAY, amount: int = 75, **more: Any) -> Any:
    told = {"toewijzing": "T1", "soort": "direct", "aantal": Decimal(amount), "eenheid": "minuut"}
    return InzetGeregistreerd(datum=day, **{**told, **more})


def line(position: int, fact: Any, outcome: Uitkomst = Uitkomst.GEACCEPTEERD) -> SpoorRegel:
    return SpoorRegel(
        bekend_op=position,
        geregistreerd_op=NOW,
        geldig_op=fact.datum,
        gebeurtenis=type(fact).__name__,
        feit=fact,
        uitkomst=outcome,
        aard=fact.aard,
        verdicts=(),
        gronden=(),
        wie="j.jansen",
        rol=Rol.GEMEENTE,
        referentie=None,
        achterhaald_op=None,
    )


def test_everything_that_can_be_refused_has_a_name_in_plain_dutch() -> None:
    assert set(STAP) == {name for name, one in BY_CLASS_NAME.items() if one.aanspraak}
    assert set(VOLDONGEN) <= set(STAP)


def test_an_amount_is_read_with_its_unit_and_a_product_in_words() -> None:
    told = fact_words(session())

    assert "aantal: 75 minuten" in told
    assert "eenheid" not in told


def test_equal_facts_stand_in_one_row_with_nothing_lost() -> None:
    days = [date(2026, 1, 28), DAY, date(2026, 2, 11), date(2026, 2, 18), date(2027, 2, 3)]
    lines = [line(10 + n, session(day)) for n, day in enumerate(days)]
    lines.insert(2, line(99, session(DAY, 60)))
    lines.append(line(100, session(DAY), Uitkomst.GEWEIGERD))

    same, other, refused = facts_table(lines).rijen

    assert same[0] == "28 januari; 4, 11, 18 februari 2026; 3 februari 2027"
    assert same[1] == "Inzet geregistreerd (5 keer)"
    assert same[4] == "10, 11, 12, 13, 14"
    assert other[1] == "Inzet geregistreerd"
    assert "60 minuten" in other[2]
    assert refused[3] == "geweigerd"


@pytest.mark.parametrize(("count", "rows"), [(TOGETHER, 1), (TOGETHER + 1, 2), (0, 0)])
def test_a_row_holds_no_more_than_can_be_overseen(count: int, rows: int) -> None:
    found = facts_table([line(n + 1, session()) for n in range(count)]).rijen

    assert len(found) == rows
    assert sum(len(row[4].split(", ")) for row in found) == count


@pytest.mark.parametrize(("length", "cut"), [(LONGEST - 300, False), (LONGEST + 1, True)])
def test_a_book_is_cut_and_says_so(length: int, cut: bool) -> None:
    regeling: Any = BY_CLASS_NAME["RegelingIngevoerd"]
    days = dict.fromkeys(("datum", "bekendgemaakt_op", "in_werking_op", "vervalt_op"), DAY)
    fact = regeling(regeling="r", hash="0" * 64, tekst="t" * length, **days)

    assert ("(hierna nog " in fact_words(fact)) is cut


@pytest.mark.parametrize(
    ("name", "outcome", "good"),
    [
        ("Verlengd", Uitkomst.GEACCEPTEERD, True),
        ("Verlengd", Uitkomst.GESIGNALEERD, True),
        ("Verlengd", Uitkomst.GOEDKEURING_NODIG, None),
        ("Verlengd", Uitkomst.GEWEIGERD, False),
        ("GoedkeuringGeweigerd", Uitkomst.GEACCEPTEERD, False),
        ("GoedkeuringVerleend", Uitkomst.GEACCEPTEERD, True),
        ("ToewijzingIngetrokken", Uitkomst.GEACCEPTEERD, False),
        ("ContactVastgelegd", Uitkomst.GEACCEPTEERD, None),
    ],
)
def test_a_decision_is_good_or_bad_news(name: str, outcome: Uitkomst, good: bool | None) -> None:
    one = attrs.evolve(line(1, session(), outcome), gebeurtenis=name)
    sentence, told = said_in_short(one)

    assert told is good
    assert sentence.endswith(".")
    assert "4 februari 2026" in sentence
