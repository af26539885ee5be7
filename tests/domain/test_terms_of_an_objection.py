"""The terms of the Awb: by when one can object, whether it was in time, by when is decided."""

from datetime import date, timedelta
from typing import Any

import pytest

from rekenschap.domain import awb
from rekenschap.domain.bezwaartermijnen import (
    OpTijd,
    Termijnen,
    Uitstel,
    Verloop,
    bezwaar_tot,
    termijnen,
)
from rekenschap.domain.calendar import Periode
from rekenschap.domain.feestdagen import feestdagen
from rekenschap.domain.vocabulary import Uitstelgrond

KNOWN = "2026-01-05"  # a Monday; six weeks later is Monday 16 February
LAST = "2026-02-16"
DECIDE = "2026-03-30"
GRONDEN = {str(one): one for one in Uitstelgrond}


def day(text: str) -> date:
    return date.fromisoformat(text)


def told(received: str | None = "2026-02-02", known: str | None = KNOWN, **more: Any) -> Termijnen:
    return termijnen(
        Verloop(
            bekendgemaakt_op=None if known is None else day(known),
            ontvangen_op=None if received is None else day(received),
            **more,
        )
    )


def put_off(on: str, days: int, ground: str = "verdaging") -> Uitstel:
    return Uitstel(day(on), days, GRONDEN[ground])


def still(first: str, last: str) -> Periode:
    return Periode(day(first), day(last))


# --- the term to object


@pytest.mark.parametrize("weekday", range(7))
def test_six_weeks_end_on_the_same_weekday_and_never_in_a_weekend(weekday: int) -> None:
    made_known = day(KNOWN) + timedelta(days=weekday)
    after = day(LAST) + timedelta(days=weekday)
    expected = day("2026-02-23") if weekday >= 5 else after
    assert bezwaar_tot(made_known) == expected
    assert told(known=made_known.isoformat()).bezwaar_van == made_known + timedelta(days=1)


def test_a_term_never_ends_on_a_day_it_cannot_end_on_in_forty_years() -> None:
    for offset in range(40 * 366):
        made_known = date(2005, 1, 1) + timedelta(days=offset)
        last = bezwaar_tot(made_known)
        assert last.weekday() < 5
        assert last not in feestdagen(last.year)
        assert 42 <= (last - made_known).days <= 47


@pytest.mark.parametrize(
    ("known", "last"),
    [
        ("2024-01-18", "2024-02-29"),
        ("2024-01-19", "2024-03-01"),
        ("2025-01-17", "2025-02-28"),
        ("2025-11-20", "2026-01-02"),  # New Year's Day is a holiday
        ("2025-11-13", "2025-12-29"),  # Christmas, Boxing Day, a weekend
        ("2026-02-20", "2026-04-07"),  # Good Friday up to Easter Monday
        ("2026-03-16", "2026-04-28"),  # the birthday of the King
        ("2025-03-15", "2025-04-28"),  # that, moved to a Saturday
        ("2025-03-24", "2025-05-06"),  # 5 May
        ("2026-04-02", "2026-05-15"),  # Ascension Day
        ("2026-02-15", "2026-03-30"),  # a Sunday in the week the clock changes
    ],
)
def test_leap_days_year_ends_and_holidays(known: str, last: str) -> None:
    assert bezwaar_tot(day(known)) == day(last)


# --- in time


@pytest.mark.parametrize(
    ("received", "more", "in_time"),
    [
        ("2026-01-01", {}, "ja"),  # before it was made known (Awb 6:10)
        ("2026-01-06", {}, "ja"),
        (LAST, {}, "ja"),
        ("2026-02-17", {}, "niet_te_bepalen"),  # by post it may have been in time
        ("2026-02-23", {}, "niet_te_bepalen"),
        ("2026-02-24", {}, "nee"),
        ("2026-02-17", {"per_post": False}, "nee"),
        (LAST, {"per_post": False}, "ja"),
        ("2026-02-17", {"ter_post_op": day(LAST)}, "ja"),
        ("2026-02-23", {"ter_post_op": day(LAST)}, "ja"),
        ("2026-02-24", {"ter_post_op": day(LAST)}, "nee"),
        ("2026-02-18", {"ter_post_op": day("2026-02-17")}, "nee"),
        ("2027-06-01", {}, "nee"),
    ],
)
def test_an_objection_is_in_time_by_the_day_it_came_in_or_was_posted(
    received: str, more: dict[str, Any], in_time: str
) -> None:
    assert told(received, **more).op_tijd == in_time


def test_what_is_late_names_the_article_that_can_still_excuse_it() -> None:
    assert awb.VERSCHOONBAAR in told("2026-03-01").grondslag
    assert awb.VERSCHOONBAAR not in told(LAST).grondslag


def test_without_the_day_it_was_made_known_nothing_can_be_worked_out() -> None:
    found = told(known=None)
    assert (found.bezwaar_van, found.bezwaar_tot) == (None, None)
    assert (found.beslis_van, found.beslis_uiterlijk) == (None, None)
    assert found.op_tijd is OpTijd.NIET_TE_BEPALEN
    assert found.grondslag == (awb.BEKENDMAKING,)


def test_a_decision_nobody_objected_to_has_a_term_to_object_and_none_to_decide() -> None:
    found = told(None)
    assert found.bezwaar_tot == day(LAST)
    assert found.beslis_uiterlijk is None
    assert found.op_tijd is OpTijd.NIET_TE_BEPALEN
    assert found.grondslag == (
        awb.BEKENDMAKING,
        awb.AANVANG,
        awb.BEZWAARTERMIJN.bron,
        awb.VERLENGING,
    )


def test_where_a_decree_may_have_made_the_last_day_free_lateness_of_one_day_is_not_said() -> None:
    friday = {"known": "2026-04-03", "per_post": False}  # ends on the Friday after Ascension Day
    assert told("2026-05-15", **friday).op_tijd is OpTijd.JA
    assert told("2026-05-18", **friday).op_tijd is OpTijd.NIET_TE_BEPALEN
    assert told("2026-05-19", **friday).op_tijd is OpTijd.NEE
    posted = {"known": "2026-04-03", "ter_post_op": day("2026-05-15")}
    assert told("2026-05-18", **posted).op_tijd is OpTijd.JA


def test_a_day_that_is_told_to_be_free_moves_the_term() -> None:
    free = {day("2026-05-15")}
    verloop = Verloop(bekendgemaakt_op=day("2026-04-03"), ontvangen_op=day("2026-05-18"))
    assert termijnen(verloop, free).bezwaar_tot == day("2026-05-18")
    assert termijnen(verloop, free).op_tijd is OpTijd.JA


# --- the term to decide


def test_six_weeks_from_the_day_after_the_term_to_object_ended() -> None:
    found = told()
    assert found.beslis_van == day("2026-02-17")
    assert found.beslis_uiterlijk == day(DECIDE)
    assert not found.commissie
    assert awb.BESLISTERMIJN.bron in found.grondslag


def test_the_term_does_not_depend_on_the_day_the_objection_came_in() -> None:
    ends = {told(one).beslis_uiterlijk for one in ("2026-01-06", LAST, "2026-02-20")}
    assert ends == {day(DECIDE)}


@pytest.mark.parametrize(
    ("said", "last"),
    [
        ("2026-02-02", "2026-05-11"),
        (DECIDE, "2026-05-11"),
        ("2026-03-31", DECIDE),  # told when the six weeks were over
    ],
)
def test_twelve_weeks_with_a_committee_that_was_told_in_time(said: str, last: str) -> None:
    found = told(commissie=day(said))
    assert found.beslis_uiterlijk == day(last)
    assert found.commissie is (last != DECIDE)
    assert (awb.BESLISTERMIJN_COMMISSIE.bron in found.grondslag) is found.commissie


@pytest.mark.parametrize(
    ("periods", "days", "last"),
    [
        ([still("2026-02-21", "2026-03-02")], 10, "2026-04-09"),
        ([still("2026-02-21", "2026-02-21")], 1, "2026-03-31"),
        ([still("2026-02-21", "2026-02-20")], 0, DECIDE),  # repaired the next day
        ([still("2026-02-01", "2026-02-16")], 0, DECIDE),  # over before the term began
        ([still("2026-02-10", "2026-02-18")], 2, "2026-04-01"),  # partly
        ([still("2026-03-30", "2026-04-01")], 3, "2026-04-02"),  # from its last day on
        ([still("2026-03-31", "2026-04-10")], 0, DECIDE),  # after it
        ([still("2026-02-21", "2026-02-22"), still("2026-02-22", "2026-02-24")], 4, "2026-04-07"),
        ([still("2026-02-23", "2026-02-24"), still("2026-02-17", "2026-02-18")], 4, "2026-04-07"),
    ],
)
def test_the_term_stands_still_on_the_days_a_repair_was_waited_for(
    periods: list[Periode], days: int, last: str
) -> None:
    found = told(opgeschort=tuple(periods))
    assert found.opgeschort == days
    assert found.beslis_uiterlijk == day(last)
    assert awb.OPSCHORTING in found.grondslag


@pytest.mark.parametrize(
    ("putting_off", "days", "last"),
    [
        ([put_off("2026-03-20", 42)], 42, "2026-05-11"),
        ([put_off("2026-03-20", 43)], 42, "2026-05-11"),  # at most six weeks
        ([put_off("2026-03-20", 14)], 14, "2026-04-13"),
        ([put_off(DECIDE, 42)], 42, "2026-05-11"),  # on the last day
        ([put_off("2026-03-31", 42)], 0, DECIDE),  # a day too late
        ([put_off("2026-03-20", 28), put_off("2026-03-25", 28)], 42, "2026-05-11"),
        ([put_off("2026-03-20", 60, "instemming")], 60, "2026-05-29"),  # no maximum
        (
            [put_off("2026-03-20", 42), put_off("2026-05-01", 30, "instemming")],
            72,
            "2026-06-10",
        ),
        (
            [put_off("2026-05-01", 30, "instemming"), put_off("2026-03-20", 42)],
            72,
            "2026-06-10",
        ),
        ([put_off("2026-05-01", 30, "instemming")], 0, DECIDE),  # nothing left to put off
        ([put_off("2026-03-20", 7, "procedurevoorschrift")], 7, "2026-04-07"),
    ],
)
def test_the_decision_is_put_off_within_what_the_law_allows(
    putting_off: list[Uitstel], days: int, last: str
) -> None:
    found = told(uitstel=tuple(putting_off))
    assert found.verdaagd == days
    assert found.beslis_uiterlijk == day(last)


def test_all_of_it_together() -> None:
    found = told(
        commissie=day("2026-02-03"),
        opgeschort=(still("2026-03-03", "2026-03-16"),),
        uitstel=(put_off("2026-05-20", 42), put_off("2026-06-30", 14, "instemming")),
    )
    assert (found.opgeschort, found.verdaagd) == (14, 56)
    ran = 84 + 14 + 56
    assert found.beslis_uiterlijk == day(LAST) + timedelta(days=ran) == day("2026-07-20")
    assert [str(one) for one in found.grondslag] == [
        *("Awb 3:41 lid 1", "Awb 6:8 lid 1", "Awb 6:7", "Atw 1 lid 1", "Awb 6:9 lid 1"),
        *("Awb 7:10 lid 1", "Awb 7:10 lid 2", "Awb 7:10 lid 3", "Awb 7:10 lid 4"),
    ]


def test_every_number_has_its_article_and_its_words() -> None:
    numbers = [one for one in vars(awb).values() if isinstance(one, awb.Wettermijn)]
    places = [one for one in vars(awb).values() if isinstance(one, awb.Wetsbepaling)]
    assert sorted(one.duur.weken for one in numbers) == [1, 6, 6, 6, 12]
    for place in [*places, *(one.bron for one in numbers)]:
        assert place.wet in ("Awb", "Atw")
        assert place.artikel
        assert len(place.citaat) > 20
