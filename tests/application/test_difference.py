"""What differs between two views of one allocation, and why."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from tests.application.care import DAY, accepted, effort, granted, made, no_show, started
from tests.application.investigating import (
    END,
    JA,
    NEE,
    REFERRERS,
    SIZE,
    TRAVEL,
    Hand,
    hand,
    numbers,
)
from tests.replaying import changed_yaml, everything_stored

from rekenschap.application import (
    Gezichtspunt,
    Incorrect,
    KiesOptie,
    StopZorg,
    Verschil,
    VoerRegelingIn,
)
from rekenschap.application.difference import Feitsoort
from rekenschap.domain.andere_regels import AndereRegels
from rekenschap.domain.identifiers import Code
from rekenschap.domain.vergelijking import Wijziging


@pytest.fixture
def care() -> Iterator[Hand]:
    """A grant at 3, a start at 4, effort of 60 at 5."""
    with hand() as found:
        found.must(granted(), started(), effort(referentie="a"))
        yield found


def differs(care: Hand, een: dict[str, Any], ander: dict[str, Any] | None = None) -> Verschil:
    """From one view to another, both at the end of all days unless told."""
    one, other = ({"geldig_op": END, **view} for view in (een, ander or {}))
    return care.ledger.verschil(
        toewijzing="T1", een=Gezichtspunt(**one), ander=Gezichtspunt(**other)
    )


def facts(found: Verschil) -> list[tuple[str, int, int | None]]:
    return [
        (str(f.soort), f.feit.bekend_op, None if f.door is None else f.door.bekend_op)
        for f in found.feiten
    ]


def fields(found: Verschil) -> dict[str, tuple[Any, Any]]:
    return {one.veld: (one.een, one.ander) for one in found.stand}


def test_two_equal_views_are_equal(care: Hand) -> None:
    for view in ({}, {"bekend_op": 4}, {"regels": "twente-2025"}, {"regels": AndereRegels()}):
        found = differs(care, view, view)
        assert found.gelijk
        assert (found.feiten, found.besluiten, found.stand, found.te_herzien) == ((), (), (), ())


def test_every_part_makes_it_unequal(care: Hand) -> None:
    care.must(effort(aantal=1, datum=END))
    assert not differs(care, {"bekend_op": 5}).gelijk


def test_what_became_known_later(care: Hand) -> None:
    found = differs(care, {"bekend_op": 4})

    assert facts(found) == [("later_bekend", 5, None)]
    assert fields(found) == {
        "verbruikt": (0, 60),
        "verbruikt_per_soort": ({}, {"direct": 60}),
        "saldo": (6000, 5940),
    }
    assert (found.een.bekend_op, found.ander.bekend_op) == (4, 5)
    assert found.besluiten == ()
    assert found.regels is None


def test_before_there_was_anything_there_was_no_balance(care: Hand) -> None:
    found = differs(care, {"bekend_op": 2})

    assert facts(found) == [(Feitsoort.LATER_BEKEND, p, None) for p in (3, 4, 5)]
    assert fields(found)["status"] == (None, "lopend")
    assert (found.een.regeling, found.ander.regeling) == (None, "twente-2025")


def test_corrected_and_corrected_again(care: Hand) -> None:
    accepted(care.correct("a", aantal=30))
    accepted(care.correct("a", aantal=90))

    assert facts(differs(care, {"bekend_op": 5})) == [("gecorrigeerd", 5, 7)]
    assert facts(differs(care, {"bekend_op": 5}, {"bekend_op": 6})) == [("gecorrigeerd", 5, 6)]
    assert facts(differs(care, {"bekend_op": 6})) == [("gecorrigeerd", 5, 7)]
    assert fields(differs(care, {"bekend_op": 6}))["saldo"] == (5970, 5910)


def test_a_correction_that_was_refused_is_no_difference_of_facts(care: Hand) -> None:
    assert care.correct("a", aantal=6001).regels == (SIZE,)

    found = differs(care, {"bekend_op": 5})
    assert (facts(found), fields(found)) == ([], {})


def test_taken_back_and_restored(care: Hand) -> None:
    accepted(care.take_back("a", referentie="weg"))
    accepted(care.take_back("weg"))

    assert facts(differs(care, {"bekend_op": 5}, {"bekend_op": 6})) == [("ingetrokken", 5, 6)]
    assert facts(differs(care, {"bekend_op": 6})) == [("hersteld", 5, 6)]
    assert fields(differs(care, {"bekend_op": 6}))["saldo"] == (6000, 5940)
    assert facts(differs(care, {"bekend_op": 5})) == []


def test_a_later_day_and_a_later_knowledge_are_told_apart(care: Hand) -> None:
    care.must(effort(aantal=10, datum=date(2025, 5, 1), referentie="mei"))
    april, june = date(2025, 4, 30), date(2025, 6, 1)

    later_day = differs(care, {"geldig_op": april}, {"geldig_op": june})
    later_known = differs(care, {"geldig_op": june, "bekend_op": 5}, {"geldig_op": june})
    neither = differs(care, {"geldig_op": april, "bekend_op": 5}, {"geldig_op": april})

    assert facts(later_day) == [("latere_dag", 6, None)]
    assert facts(later_known) == [("later_bekend", 6, None)]
    assert facts(neither) == []
    assert differs(care, {"geldig_op": date(2025, 5, 1)}, {"geldig_op": june}).gelijk


def test_the_other_way_round_the_same_facts_differ(care: Hand) -> None:
    """A fact known in the first view only is told as one that only one of them knows."""
    accepted(care.correct("a", aantal=30))
    care.must(effort(aantal=10))
    there, back = differs(care, {"bekend_op": 5}), differs(care, {}, {"bekend_op": 5})

    assert facts(there) == [("gecorrigeerd", 5, 6), ("later_bekend", 7, None)]
    assert facts(back) == [("hersteld", 5, 6), ("later_bekend", 7, None)]
    assert {f: v[::-1] for f, v in fields(back).items()} == fields(there)
    assert (there.een, there.ander) == (back.ander, back.een)


def test_decisions_that_come_out_otherwise_under_other_rules(care: Hand) -> None:
    care.do(effort(aantal=60, soort="reistijd"))
    changes = numbers({TRAVEL: 60})
    found = differs(care, {}, {"regels": changes})

    assert [
        (
            one.een and one.een.bekend_op,
            one.een and one.een.uitkomst,
            one.ander and one.ander.uitkomst,
        )
        for one in found.besluiten
    ] == [(6, NEE, JA)]
    assert facts(found) == []
    assert {**fields(found), "verbruikt_per_soort": None} == {
        "verbruikt": (60, 120),
        "verbruikt_per_soort": None,
        "saldo": (5940, 5880),
    }
    assert found.ander.volgens == str(changes)
    assert found.regels is not None
    assert [(r.regel, r.wijziging) for r in found.regels.regels] == [
        (TRAVEL.regel, Wijziging.GEWIJZIGD)
    ]


def test_what_would_only_follow_under_other_rules(care: Hand) -> None:
    """The claim of a no-show is there in one of the views only; that is no fact of later."""
    care.must(no_show())
    found = differs(care, {}, {"regels": numbers({REFERRERS: ("huisarts",)})})

    alone = [one.een.gebeurtenis for one in found.besluiten if one.ander is None and one.een]
    assert alone == ["TenLasteGebracht"]
    assert facts(found) == []  # both know as much: only the rules differ
    assert fields(found)["status"] == ("lopend", None)


def test_a_correction_that_other_rules_refuse_is_a_decision_and_no_fact_of_later(
    care: Hand,
) -> None:
    care.must(effort(aantal=15, soort="reistijd", referentie="r"))
    accepted(care.correct("r", aantal=40))
    found = differs(care, {}, {"regels": numbers({TRAVEL: 20})})

    assert facts(found) == []
    assert [one.een.gebeurtenis for one in found.besluiten if one.een] == ["GegevenGecorrigeerd"]
    assert fields(found)["saldo"] == (5900, 5925)


def test_a_rule_left_out_and_one_that_is_new(care: Hand) -> None:
    without = AndereRegels(zonder=(SIZE,))
    there, back = differs(care, {}, {"regels": without}), differs(care, {"regels": without})

    for found, kind in ((there, Wijziging.VERVALLEN), (back, Wijziging.NIEUW)):
        assert found.regels is not None
        assert [(r.regel, r.wijziging) for r in found.regels.regels] == [(SIZE, kind)]
        assert not found.gelijk


def test_another_version_of_another_name(care: Hand) -> None:
    data = json.loads(changed_yaml("twente-2025", numbers({TRAVEL: 20})))
    text = json.dumps({**data, "regeling": "twente-streng"}, indent=1)
    care.must(made(VoerRegelingIn, tekst=text))
    found = differs(care, {}, {"regels": "twente-streng"})

    assert (found.een.regeling, found.ander.regeling) == ("twente-2025", "twente-streng")
    assert found.regels is not None
    assert [r.regel for r in found.regels.regels] == [TRAVEL.regel]
    assert fields(found) == {"regeling": ("twente-2025", "twente-streng")}


def test_a_reading_that_was_chosen_later_and_one_that_is_assumed(care: Hand) -> None:
    values = {"regeling": "twente-2025", "optie": "no_show_scope", "waarde": "toewijzing"}
    care.must(made(KiesOptie, datum=date(2025, 1, 1), **values))
    assumed = AndereRegels(lezingen={"no_show_scope": Code("jeugdige")})

    for view, readings in (
        ({}, ("jeugdige_product", "toewijzing")),
        ({"regels": assumed}, ("jeugdige_product", "jeugdige")),
    ):
        found = differs(care, {"bekend_op": 5}, view)
        assert [(one.optie, one.een, one.ander) for one in found.lezingen] == [
            ("no_show_scope", *readings)
        ]
        assert not found.gelijk


def test_a_reading_counts_from_its_day(care: Hand) -> None:
    values = {"regeling": "twente-2025", "optie": "no_show_scope", "waarde": "toewijzing"}
    care.must(made(KiesOptie, datum=date(2025, 6, 1), **values))
    day = {"geldig_op": date(2025, 5, 31)}

    assert differs(care, {"bekend_op": 5, **day}, day).lezingen == ()
    day = {"geldig_op": date(2025, 6, 1)}
    assert len(differs(care, {"bekend_op": 5, **day}, day).lezingen) == 1


def test_a_decision_to_look_at_again_is_told_with_both_answers(care: Hand) -> None:
    """The care turns out to have stopped before the effort that was accepted."""
    said = care.do(made(StopZorg, toewijzing="T1", datum=DAY + timedelta(days=1), reden="afgerond"))
    assert said.uitkomst.erkend, said
    found = differs(care, {"bekend_op": 5})

    assert [(one.beslissing, one.toen.uitkomst, one.nu.uitkomst) for one in found.te_herzien] == [
        ("gemeente/5", JA, NEE)
    ]
    assert differs(care, {"bekend_op": 6}).te_herzien == ()


def test_now_and_today_are_the_default(care: Hand) -> None:
    found = care.ledger.verschil(toewijzing="T1", een=Gezichtspunt(bekend_op=4))

    assert found.ander.bekend_op == 5
    assert found.ander.geldig_op == found.een.geldig_op == care.clock.now().date()
    assert (found.een.volgens, found.ander.volgens) == ("van_toen", "van_toen")


@pytest.mark.parametrize(
    ("view", "field"),
    [
        ({"bekend_op": 99}, "bekend_op"),
        ({"bekend_op": -1}, "bekend_op"),
        ({"geldig_op": "2025-01-01"}, "geldig_op"),
        ({"regels": "twente-1999"}, "regels.regeling"),
        ({"regels": AndereRegels(zonder=("X",))}, "regels.zonder"),
    ],
)
def test_a_view_that_is_not_there_is_incorrect(
    care: Hand, view: dict[str, Any], field: str
) -> None:
    for views in ((view, {}), ({}, view)):
        with pytest.raises(Incorrect) as error:
            care.ledger.verschil(
                toewijzing="T1", een=Gezichtspunt(**views[0]), ander=Gezichtspunt(**views[1])
            )
        assert error.value.field == field


def test_a_toewijzing_that_is_not_there_is_incorrect(care: Hand) -> None:
    for name in ("T9", "", None):
        with pytest.raises(Incorrect) as error:
            care.ledger.verschil(toewijzing=name, een=Gezichtspunt())  # type: ignore[arg-type]
        assert error.value.field == "toewijzing"


def test_what_is_only_reported_and_never_granted_can_be_compared(care: Hand) -> None:
    care.do(started("T-onbekend"))
    found = care.ledger.verschil(
        toewijzing="T-onbekend", een=Gezichtspunt(bekend_op=5), ander=Gezichtspunt()
    )
    assert [one.feit.gebeurtenis for one in found.feiten] == ["ZorgGestart"]
    assert found.stand == ()


def test_comparing_records_nothing_and_is_the_same_on_each_store(database_url: str) -> None:
    with hand(database_url) as other:
        other.must(granted(), started(), effort(referentie="a"))
        accepted(other.correct("a", aantal=30))
        before = everything_stored(other.ledger)
        found = differs(other, {"bekend_op": 5}, {"regels": AndereRegels(zonder=(SIZE,))})

        assert facts(found) == [("gecorrigeerd", 5, 6)]
        assert fields(found)["saldo"] == (5940, 5970)
        assert everything_stored(other.ledger) == before
