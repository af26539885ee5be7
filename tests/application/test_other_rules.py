"""What would have been: other versions, numbers, readings and rules, on three clocks at once.

That a ``Herbeslissing`` or what a ``WereldLog`` holds fits no append is a matter of types, which
mypy holds. The tests below show that nothing at run time gets round it.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.application.care import (
    DAY,
    NOW,
    accepted,
    effort,
    granted,
    made,
    no_show,
    opened,
    referred,
    started,
    treated,
)
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
    outcomes,
)
from tests.replaying import changed_yaml, everything_stored

from rekenschap.application import (
    GeefToewijzingAf,
    Incorrect,
    KiesOptie,
    StelTariefVast,
    VerleenGoedkeuring,
    VoerRegelingIn,
)
from rekenschap.application.bekend import Known
from rekenschap.application.other_rules import Regels
from rekenschap.application.ports import Head
from rekenschap.application.world import Wereld, WereldLog
from rekenschap.domain.andere_regels import AndereRegels, Getal
from rekenschap.infrastructure.clock import FixedClock

NS = Getal("TW-NS-01", "hoogstens")
EVALUATION = Getal("TW-ALG-15", "termijn.maanden")
APPROVAL = "TW-HA-02"


@pytest.fixture
def some() -> Iterator[Hand]:
    """An allocation of 6000: a journey that is refused, 5900 used, 60 more refused."""
    with hand() as found:
        found.must(granted(), started())
        assert found.do(effort(aantal=60, soort="reistijd", referentie="reis")).regels == (
            TRAVEL.regel,
        )
        found.must(effort(aantal=5950, referentie="veel"))
        assert found.do(effort(aantal=51, referentie="te-veel")).regels == (SIZE,)
        yield found


# --- the three clocks


def test_each_answer_says_which_rules_it_used(some: Hand) -> None:
    changes = AndereRegels(getallen={TRAVEL: 60}, zonder=("TW-ALG-05",))
    said = "van_toen, TW-ALG-07.hoogstens=60, zonder TW-ALG-05"
    ledger = some.ledger

    for rules, told in ((None, "van_toen"), (changes, said), ("twente-2025", "twente-2025")):
        clocks: dict[str, Any] = {"geldig_op": END, "bekend_op": 5, "regels": rules}
        balance = ledger.stand(toewijzing="T1", **clocks)
        youth = ledger.stand(jeugdige="kind-1", **clocks)
        trail = ledger.spoor(toewijzing="T1", **clocks)
        rule = ledger.uitleg(toewijzing="T1", **clocks)
        assert balance is not None
        assert {balance.volgens, youth.volgens, trail.volgens, rule.volgens} == {told}
        assert {balance.bekend_op, youth.bekend_op, trail.bekend_op, rule.bekend_op} == {5}
        assert {balance.geldig_op, youth.geldig_op, rule.geldig_op} == {END}


def test_an_early_late_and_other_answer_in_one_query(some: Hand) -> None:
    changes = numbers({TRAVEL: 60})
    late = accepted(some.do(effort(aantal=10, datum=date(2025, 3, 5), referentie="laat")))
    march, april = date(2025, 3, 9), date(2025, 4, 1)

    assert some.saldo(geldig_op=april) == 40
    assert some.saldo(changes, geldig_op=april) == 5879  # of 60, 51 and 10; 5950 is refused
    assert some.saldo(changes, geldig_op=march) == 5990
    assert some.saldo(changes, geldig_op=march, bekend_op=late.positie - 1) == 6000
    assert some.saldo(changes, geldig_op=april, bekend_op=5) == 5940
    assert some.saldo(changes, geldig_op=april, bekend_op=4) == 6000


def test_what_takes_a_place_leaves_less_for_what_comes_after(some: Hand) -> None:
    found = some.different(numbers({TRAVEL: 60}))

    assert outcomes(found) == [
        (5, "InzetGeregistreerd", NEE, JA),
        (6, "InzetGeregistreerd", JA, NEE),
        (7, "InzetGeregistreerd", NEE, JA),
    ]
    assert [one.nu and one.nu.regels for one in found] == [(), (SIZE,), ()]


def test_what_was_asked_on_a_refused_grant_falls_with_it(some: Hand) -> None:
    changes = numbers({REFERRERS: ("huisarts",)})
    found = some.different(changes)

    assert outcomes(found) == [
        (3, "ToewijzingAfgegeven", JA, NEE),
        (4, "ZorgGestart", JA, NEE),
        (5, "InzetGeregistreerd", NEE, NEE),
        (6, "InzetGeregistreerd", JA, NEE),
        (7, "InzetGeregistreerd", NEE, NEE),
    ]
    assert {one.nu.gronden for one in found[1:] if one.nu} == {("toewijzing_niet_erkend",)}
    assert some.saldo(changes) is None
    assert [
        line.uitkomst for line in some.ledger.spoor(toewijzing="T1", regels=changes).regels
    ] == [NEE] * 5


def test_an_approval_of_what_never_waited_has_nothing_to_approve() -> None:
    with hand() as care:
        care.must(referred())
        waits = treated("T1", "V1", einddatum=date(2026, 6, 30), referentie="lang")
        assert care.do(waits).regels == (APPROVAL,)
        assert care.do(started()).gronden == ("toewijzing_wacht",)
        care.must(made(VerleenGoedkeuring, betreft="lang", door="gemeente"))
        changes = AndereRegels(zonder=(APPROVAL,))
        found = care.different(changes)

        assert outcomes(found) == [
            (4, "ToewijzingAfgegeven", "goedkeuring_nodig", JA),
            (5, "ZorgGestart", NEE, JA),
            (6, "GoedkeuringVerleend", JA, NEE),
        ]
        assert found[-1].nu is not None
        assert found[-1].nu.gronden == ("niets_dat_wacht",)
        assert care.saldo(changes) == 3000  # and not twice


def test_an_approval_of_what_would_have_waited_approves_it() -> None:
    changes = numbers({Getal("TW-MC-01", "hoogstens"): 1})
    with hand() as care:
        care.must(granted(product="medicatiecontrole", volume=600, referentie="vraag"))
        said = care.do(made(VerleenGoedkeuring, betreft="vraag", door="gemeente"))
        assert said.gronden == ("niets_dat_wacht",)
        trail = care.ledger.spoor(toewijzing="T1").regels

        assert [line.gebeurtenis for line in trail][-1] == "GoedkeuringVerleend"
        assert outcomes(care.different(changes)) == [
            (3, "ToewijzingAfgegeven", JA, "goedkeuring_nodig"),
            (4, "GoedkeuringVerleend", NEE, JA),
        ]
        assert care.saldo(changes) == 600


def test_a_claim_that_would_not_follow_is_not_there() -> None:
    """The fact at 5 and the claim at 6: on what was refused there would be no claim."""
    changes = numbers({REFERRERS: ("huisarts",)})
    with hand() as care:
        care.must(granted(), started(), no_show())
        lines = care.ledger.spoor(toewijzing="T1", regels=changes).regels

        assert outcomes(care.different(changes))[-2:] == [
            (5, "NoShowGeregistreerd", JA, NEE),
            (6, "TenLasteGebracht", JA, None),
        ]
        assert [line.bekend_op for line in lines] == [3, 4, 5]
        assert (care.saldo(), care.saldo(changes)) == (5940, None)


def test_between_a_fact_and_its_claim_only_the_fact_is_known() -> None:
    with hand() as care:
        care.must(granted(), started(), no_show())

        for rules in (None, AndereRegels(), numbers({NS: 9})):
            assert care.saldo(rules, bekend_op=5) == 6000
            assert care.saldo(rules, bekend_op=6) == 5940
            told = care.ledger.spoor(toewijzing="T1", bekend_op=5, regels=rules).regels
            assert [line.gebeurtenis for line in told][-1] == "NoShowGeregistreerd"


def test_a_no_show_more_is_charged_and_counted() -> None:
    with hand() as care:
        care.must(granted(product="behandeling_individueel", volume=6000), started())
        said = [care.do(no_show(datum=DAY + timedelta(days=n))) for n in range(1, 4)]
        assert {one.uitkomst for one in said} == {JA}, [one.regels for one in said]
        changes = numbers({NS: 1})
        youth = care.ledger.stand(jeugdige="kind-1", geldig_op=END)
        other = care.ledger.stand(jeugdige="kind-1", geldig_op=END, regels=changes)

        assert youth.no_shows == {"behandeling_individueel": {2025: 3}}
        assert other.no_shows == {"behandeling_individueel": {2025: 1}}
        assert (care.saldo(), care.saldo(changes)) == (5820, 5940)


# --- corrections in a what-if


def test_a_correction_of_what_would_have_been_refused_has_nothing_to_correct(some: Hand) -> None:
    accepted(some.correct("veel", aantal=100))
    changes = numbers({TRAVEL: 60})
    found = some.different(changes)

    assert outcomes(found)[-1] == (8, "GegevenGecorrigeerd", JA, NEE)
    assert (some.saldo(), some.saldo(changes)) == (5900, 5889)


def test_a_correction_that_was_refused_can_be_accepted(some: Hand) -> None:
    assert some.correct("veel", aantal=6001).regels == (SIZE,)

    assert some.saldo() == 50
    assert some.saldo(AndereRegels(zonder=(SIZE,))) == -1 - 51


def test_from_a_to_b_and_back_to_a_leaves_what_would_have_been() -> None:
    changes = numbers({TRAVEL: 60})
    with hand() as care:
        care.must(granted(), started(), effort(aantal=40, soort="reistijd", referentie="r"))
        asked = [care.saldo(changes)]
        for minutes in (30, 40):
            accepted(care.correct("r", aantal=minutes))
            asked.append(care.saldo(changes))
        trail = care.ledger.spoor(toewijzing="T1", regels=changes).regels

        assert asked == [5960, 5970, 5960]
        assert [care.saldo(changes, bekend_op=p) for p in (5, 6, 7)] == asked
        assert [line.gebeurtenis for line in trail][-3:] == [
            "InzetGeregistreerd",
            "GegevenGecorrigeerd",
            "GegevenGecorrigeerd",
        ]
        assert care.different() == []


def test_a_correction_of_a_correction_that_would_not_have_been() -> None:
    """Both corrections are above what the changed number lets; the second would be of the fact."""
    changes = numbers({TRAVEL: 20})
    with hand() as care:
        care.must(granted(), started(), effort(aantal=15, soort="reistijd", referentie="r"))
        accepted(care.correct("r", aantal=40))
        accepted(care.correct("r", aantal=10))

        assert [care.saldo(bekend_op=p) for p in (5, 6, 7)] == [5985, 5960, 5990]
        assert [care.saldo(changes, bekend_op=p) for p in (5, 6, 7)] == [5985, 5985, 5990]


def test_a_withdrawn_decision_and_a_withdrawal_taken_back(some: Hand) -> None:
    accepted(some.take_back("veel", referentie="weg"))
    changes = numbers({TRAVEL: 60})
    assert (some.saldo(), some.saldo(changes)) == (6000, 5889)

    accepted(some.take_back("weg"))
    assert some.saldo() == 50
    assert some.saldo(changes) == 5889
    assert some.saldo(bekend_op=8) == 6000


def test_replaying_twice_gives_the_same(some: Hand) -> None:
    accepted(some.correct("veel", aantal=100))
    for rules in (None, numbers({TRAVEL: 60}), AndereRegels(zonder=(SIZE,)), "twente-2025"):
        assert list(some.ledger.herspeel(rules)) == list(some.ledger.herspeel(rules))


# --- other versions


def version(name: str, since: str, changes: AndereRegels, told: str | None = None) -> str:
    """Twente's text under another name, in force from a day, with changes."""
    data = json.loads(changed_yaml("twente-2025", changes))
    data |= {"regeling": name, "in_werking": {**data["in_werking"], "vanaf": since}}
    if told is not None:
        data["bekendgemaakt_op"] = told
    return json.dumps(data, indent=1, ensure_ascii=False)


STRICT = version("twente-streng", "2025-02-01", numbers({TRAVEL: 20}), "2025-02-01")
"""Worked back when it was introduced: in force before this ledger knew it."""


def test_a_version_that_works_back_is_asked_of_what_was_known_before_it(some: Hand) -> None:
    some.must(effort(aantal=30, soort="reistijd", referentie="kort"))
    before = some.ledger.positie
    some.must(made(VoerRegelingIn, tekst=STRICT))
    assert some.saldo() == 20

    assert some.saldo("twente-streng") == 50
    assert some.saldo("twente-streng", bekend_op=before) == 50
    assert some.saldo("twente-streng", bekend_op=before - 1) == 50
    assert some.saldo(bekend_op=before) == 20
    by_day = AndereRegels(op=date(2025, 3, 1))
    assert some.saldo(by_day) == 50
    assert some.ledger.stand(toewijzing="T1", geldig_op=END, regels=by_day).volgens == (  # type: ignore[union-attr]
        "in werking op 2025-03-01"
    )
    assert some.saldo(AndereRegels(op=date(2025, 1, 31))) == 20
    told = some.ledger.uitleg(
        product="begeleiding_individueel", bekend_op=before, regels="twente-streng"
    )
    assert told.regeling == "twente-streng"


def test_the_recorded_decisions_stay_under_the_version_they_had(some: Hand) -> None:
    some.must(made(VoerRegelingIn, tekst=STRICT))

    assert some.different() == []
    assert {
        (one.regeling_toen, one.regeling_nu)
        for one in some.ledger.herspeel("twente-streng", toewijzing="T1")
    } == {("twente-2025", "twente-streng")}


def test_a_text_that_nobody_introduced_is_asked_as_it_stands(some: Hand) -> None:
    draft = version("concept", "2025-01-01", numbers({TRAVEL: 60}))

    assert some.saldo(draft) == some.saldo(numbers({TRAVEL: 60})) == 5889
    found = some.ledger.stand(toewijzing="T1", geldig_op=END, regels=draft)
    assert found is not None
    assert (found.volgens, found.regeling) == ("een eigen tekst", "concept")


def test_a_product_the_other_version_does_not_have_could_not_be_asked(some: Hand) -> None:
    found = some.different("lopik-2024-11", toewijzing="T1")

    assert found[0].onmogelijk is not None
    assert found[0].nu is None
    assert some.saldo("lopik-2024-11") is None


def test_what_was_configured_stays_whatever_version_is_asked() -> None:
    with hand() as care:
        choice = {"regeling": "twente-2025", "optie": "no_show_scope", "waarde": "toewijzing"}
        price = {"product": "vaktherapie", "eenheid": "minuut", "bedrag": "1.10"}
        care.must(made(KiesOptie, **choice), made(StelTariefVast, **price))

        assert care.different("lopik-2024-11") == []


# --- numbers, readings, rules


@pytest.mark.parametrize(
    ("value", "left"),
    [(45, 50), (59, 50), (60, 5889), (Decimal("59.99"), 50), (Decimal("60.00"), 5889)],
)
def test_both_sides_of_a_changed_number(some: Hand, value: Any, left: int) -> None:
    assert some.saldo(numbers({TRAVEL: value})) == left


def test_a_number_inside_a_term_is_named_with_a_dot() -> None:
    with hand() as care:
        told = {
            rule.id: rule.bronnen
            for rule in care.ledger.uitleg(
                product="begeleiding_individueel", regels=numbers({EVALUATION: 5})
            ).regels
        }
        assert "TW-ALG-15" in told
        wrong = Getal("TW-ALG-15", "termijn.jaren")
        with pytest.raises(Incorrect, match=r"termijn\.maanden"):
            care.ledger.herspeel(numbers({wrong: 1}))


def test_an_amount_is_given_as_a_decimal_or_as_text() -> None:
    with opened("sqlite://", clock=FixedClock(NOW)) as ledger:
        accepted(ledger.execute(made(VoerRegelingIn, tekst="lopik-2024-11", datum=DAY)))
        amounts = [
            (rule["id"], name)
            for rule in json.loads(changed_yaml("lopik-2024-11", AndereRegels()))["regels"]
            for one in rule.get("toepassingen", ())
            for name, value in one.get("instelling", {}).items()
            if name == "bedrag" and isinstance(value, str)
        ]
        assert amounts
        for value in (Decimal("12.5"), Decimal("12.50"), "12.50", Decimal(12)):
            ledger.herspeel(numbers({Getal(*amounts[0]): value}))


def test_a_reading_counts_on_every_day_whoever_chose_what() -> None:
    """No-shows are counted per youth and product, or per allocation: two allocations, one each."""
    with hand() as care:
        usual: dict[str, Any] = {"product": "behandeling_individueel", "volume": 6000}
        care.must(granted("T1", **usual), started())
        for number in range(5):
            care.must(no_show(datum=DAY + timedelta(days=number + 1)))
        refused = care.do(no_show(datum=DAY + timedelta(days=9), referentie="zesde"))
        assert refused.regels == (NS.regel,)

        chosen = {"regeling": "twente-2025", "optie": "no_show_scope", "waarde": "jeugdige"}
        care.must(made(KiesOptie, datum=date(2025, 1, 1), **chosen))
        year = AndereRegels(lezingen={"no_show_jaar": "looptijd"})
        more = AndereRegels(getallen={NS: 6}, lezingen={"no_show_scope": "toewijzing"})
        assert care.saldo() == care.saldo(year) == 5700
        assert care.saldo(more) == 5640
        told = care.ledger.uitleg(product="behandeling_individueel", regels=more)
        assert told.opties["no_show_scope"] == "toewijzing"


def test_a_reading_counts_for_a_text_that_nobody_introduced_too(some: Hand) -> None:
    changes = AndereRegels(
        regeling=version("concept", "2025-01-01", AndereRegels()),
        lezingen={"no_show_scope": "jeugdige"},
    )
    told = some.ledger.uitleg(product="begeleiding_individueel", regels=changes)

    assert (told.regeling, told.opties["no_show_scope"]) == ("concept", "jeugdige")


def test_a_list_as_a_reading(some: Hand) -> None:
    for days in ((date(2025, 12, 25),), [date(2025, 12, 25)], ()):
        changes = AndereRegels(lezingen={"feestdagen": days})  # type: ignore[dict-item]
        told = some.ledger.uitleg(product="begeleiding_individueel", regels=changes)
        assert told.opties["feestdagen"] == tuple(days)


def test_all_at_once(some: Hand) -> None:
    changes = AndereRegels(
        regeling="twente-2025",
        getallen={TRAVEL: 60},
        lezingen={"no_show_scope": "toewijzing"},
        zonder=(SIZE,),
    )
    assert some.saldo(changes) == 6000 - 60 - 5950 - 51
    assert changes.__str__() == (
        "twente-2025, TW-ALG-07.hoogstens=60, no_show_scope=toewijzing, zonder TW-ALG-01"
    )


# --- parts


@pytest.fixture
def two() -> Iterator[Hand]:
    """Two youths of two providers, each with a journey too long by a changed number."""
    with hand() as found:
        for name, youth, provider in (("T1", "kind-1", "p-1"), ("T2", "kind-2", "p-2")):
            found.must(granted(name, youth, aanbieder=provider), started(name))
            for month in (4, 5, 6):
                day = date(2025, month, 1)
                found.must(effort(name, aantal=40, soort="reistijd", datum=day))
        yield found


@pytest.mark.parametrize(
    ("part", "positions"),
    [
        ({}, [5, 6, 7, 10, 11, 12]),
        ({"toewijzing": "T1"}, [5, 6, 7]),
        ({"jeugdige": "kind-2"}, [10, 11, 12]),
        ({"aanbieder": "p-2"}, [10, 11, 12]),
        ({"aanbieder": "p-9"}, []),
        ({"van": date(2025, 5, 1)}, [6, 7, 11, 12]),
        ({"van": date(2025, 5, 2)}, [7, 12]),
        ({"tot_en_met": date(2025, 5, 1)}, [5, 6, 10, 11]),
        ({"tot_en_met": date(2025, 4, 30)}, [5, 10]),
        ({"van": date(2025, 5, 1), "tot_en_met": date(2025, 5, 1), "jeugdige": "kind-1"}, [6]),
    ],
)
def test_a_part_is_replayed_and_the_rest_stays(
    two: Hand, part: dict[str, Any], positions: list[int]
) -> None:
    found = two.different(numbers({TRAVEL: 20}), **part)

    assert [one.positie for one in found] == positions
    assert {one.beslissing for one in found} == {f"gemeente/{p}" for p in positions}


def test_progress_is_told_and_ends_at_every_command(two: Hand) -> None:
    done: list[int] = []
    list(two.ledger.herspeel(progress=done.append))

    assert done[-1] == 12  # house rules, the regeling, and ten steps


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ({"toewijzing": "T9"}, "toewijzing"),
        ({"toewijzing": ""}, "toewijzing"),
        ({"jeugdige": "kind-9"}, "jeugdige"),
        ({"jeugdige": "kind-1", "toewijzing": "T1"}, "deel"),
        ({"aanbieder": "nee/nee"}, "aanbieder"),
        ({"van": "2025-01-01"}, "van"),
        ({"van": date(2025, 5, 2), "tot_en_met": date(2025, 5, 1)}, "tot_en_met"),
    ],
)
def test_a_part_that_is_not_there_is_incorrect(two: Hand, part: dict[str, Any], field: str) -> None:
    with pytest.raises(Incorrect) as error:
        two.ledger.herspeel(**part)
    assert error.value.field == field


# --- what cannot be asked

WRONG: list[tuple[Regels, str, str]] = [
    (AndereRegels(regeling="twente-1999"), "regels.regeling", "twente-2025"),
    (AndereRegels(regeling="huisregels"), "regels.regeling", "house rules"),
    (AndereRegels(regeling=5), "regels.regeling", "name"),  # type: ignore[arg-type]
    (AndereRegels(op="2025-01-01"), "regels.op", "a day"),  # type: ignore[arg-type]
    (AndereRegels(op=NOW), "regels.op", "a day"),
    (AndereRegels(op=DAY, regeling="twente-2025"), "regels.op", "either"),
    (AndereRegels(zonder=("TW-XX-01",)), "regels.zonder", "twente-2025"),
    (AndereRegels(zonder="TW-ALG-01"), "regels.zonder", "a tuple"),  # type: ignore[arg-type]
    (AndereRegels(zonder=(5,)), "regels.zonder", "a tuple"),  # type: ignore[arg-type]
    (numbers({Getal("TW-XX-01", "x"): 1}), "regels.getallen", "twente-2025"),
    (numbers({Getal("TW-ALG-07", "x"): 1}), "regels.getallen.TW-ALG-07", "hoogstens"),
    (numbers({Getal("TW-ALG-05", "soorten.x"): 1}), "regels.getallen.TW-ALG-05", "soorten"),
    (numbers({TRAVEL: 1.5}), "regels.getallen.TW-ALG-07.hoogstens", "Decimal"),
    (AndereRegels(getallen={"x": 1}), "regels.getallen", "Getal"),  # type: ignore[dict-item]
    (AndereRegels(getallen=None), "regels.getallen", "a map"),  # type: ignore[arg-type]
    (AndereRegels(lezingen={"x": 1}), "regels.lezingen", "no_show_scope"),
    (AndereRegels(lezingen=[]), "regels.lezingen", "a map"),  # type: ignore[arg-type]
    (
        AndereRegels(lezingen={"no_show_scope": "nee"}),  # type: ignore[dict-item]
        "regels.lezingen.no_show_scope",
        "jeugdige_product",
    ),
    (7, "regels", "AndereRegels"),  # type: ignore[list-item]
]
IN_THE_TEXT: list[Any] = [-1, "veel", None, True, Decimal("NaN"), Decimal("Infinity")]


@pytest.mark.parametrize(("rules", "field", "allowed"), WRONG, ids=[f for _, f, _ in WRONG])
def test_rules_that_are_not_there_are_incorrect_before_anything_happens(
    some: Hand, rules: Regels, field: str, allowed: str
) -> None:
    for ask in _questions(some, rules):
        with pytest.raises(Incorrect) as error:
            ask()
        assert error.value.field == field
        assert allowed in error.value.allowed


@pytest.mark.parametrize("value", IN_THE_TEXT, ids=repr)
def test_a_value_the_rule_cannot_have_is_named_with_its_place(some: Hand, value: Any) -> None:
    for ask in _questions(some, numbers({TRAVEL: value})):
        with pytest.raises(Incorrect) as error:
            ask()
        assert "TW-ALG-07" in error.value.field
        assert "hoogstens" in error.value.field


def _questions(care: Hand, rules: Regels) -> list[Callable[[], object]]:
    ledger = care.ledger
    return [
        lambda: ledger.herspeel(rules),
        lambda: ledger.stand(toewijzing="T1", regels=rules),
        lambda: ledger.stand(jeugdige="kind-1", regels=rules),
        lambda: ledger.spoor(toewijzing="T1", regels=rules),
        lambda: ledger.uitleg(toewijzing="T1", regels=rules),
    ]


def test_a_toewijzing_or_a_jeugdige_and_not_both(some: Hand) -> None:
    for subject in ({}, {"toewijzing": "T1", "jeugdige": "kind-1"}):
        for ask in (some.ledger.stand, some.ledger.spoor):
            with pytest.raises(Incorrect, match="either"):
                ask(regels="twente-2025", **subject)  # type: ignore[call-overload, operator]


def test_without_any_regeling_none_governs() -> None:
    with hand(empty=True) as care:
        with pytest.raises(Incorrect, match="introduce one"):
            care.ledger.herspeel(AndereRegels(op=DAY))
        assert care.different("twente-2025") == []


# --- nothing is recorded


def test_nothing_is_recorded_by_asking_what_would_have_been(database_url: str) -> None:
    with hand(database_url) as care:
        care.must(granted(), started())
        care.do(effort(aantal=60, soort="reistijd"))
        before = everything_stored(care.ledger)

        changes = numbers({TRAVEL: 60})
        assert care.saldo(changes) == 5940
        assert len(care.different(changes)) == 1
        assert care.ledger.spoor(jeugdige="kind-1", regels=changes).regels
        assert care.ledger.uitleg(toewijzing="T1", regels=changes).volgens == str(changes)
        assert all(one.gelijk for one in care.ledger.reproduceer_alles())
        assert everything_stored(care.ledger) == before
        assert care.saldo() == 6000


def test_what_would_have_been_is_no_command(some: Hand) -> None:
    before = everything_stored(some.ledger)
    for one in some.ledger.herspeel(numbers({TRAVEL: 60})):
        for wrong in (one, one.nu, one.feit):
            with pytest.raises((Incorrect, TypeError)):
                some.ledger.execute(wrong)  # type: ignore[arg-type]
    assert everything_stored(some.ledger) == before


def test_the_log_of_a_world_appends_nothing(some: Hand) -> None:
    with some.ledger._store.reading() as unit:
        world = WereldLog(
            Wereld(some.ledger._codec.decode), unit.log, Head(5_000, b"", some.clock.now())
        )
        view = Known(world, unit.vault)
        with pytest.raises(RuntimeError, match="never recorded"):
            view.log.append((), moment=some.clock.now())


# --- pages


def test_the_pages_of_a_trail_that_would_have_been_hold_every_line_once() -> None:
    """What was never recorded shares the position of what it follows from; no page loses it."""
    with hand() as care:
        assert care.do(granted(verwijzer="school")).regels == (REFERRERS.regel,)
        for command in (started(), no_show(), effort(aantal=10)):
            assert care.do(command).gronden == ("toewijzing_niet_erkend",)
        changes = AndereRegels(zonder=(REFERRERS.regel,))
        whole = care.ledger.spoor(toewijzing="T1", regels=changes).regels
        assert [(line.bekend_op, line.gebeurtenis) for line in whole] == [
            (3, "ToewijzingAfgegeven"),
            (4, "ZorgGestart"),
            (5, "NoShowGeregistreerd"),
            (5, "TenLasteGebracht"),
            (6, "InzetGeregistreerd"),
        ]
        for size in range(1, 7):
            found, more = [], None
            while True:
                page = care.ledger.spoor(toewijzing="T1", regels=changes, verder=more, limiet=size)
                found += page.regels
                more = page.verder
                if more is None:
                    break
            assert tuple(found) == whole
        assert (care.saldo(), care.saldo(changes)) == (None, 5930)
        assert care.saldo(changes, bekend_op=5) == 5940


def test_the_same_on_each_store(database_url: str) -> None:
    with hand(database_url) as care:
        care.must(granted(), started())
        care.do(effort(aantal=60, soort="reistijd", referentie="reis"))
        care.must(effort(aantal=5950, referentie="veel"))
        care.do(effort(aantal=51))
        accepted(care.correct("veel", aantal=100))
        changes = numbers({TRAVEL: 60})

        assert (care.saldo(), care.saldo(changes)) == (5900, 5889)
        assert [p for p, *_ in outcomes(care.different(changes))] == [5, 6, 7, 8]
        assert care.different() == []
        assert care.saldo(changes, bekend_op=6) == 5940
        assert isinstance(granted(), GeefToewijzingAf)
