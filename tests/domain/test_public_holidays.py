"""On which day a term of a law cannot end: weekends, and the holidays of the Termijnenwet."""

from datetime import date, timedelta

import pytest

from rekenschap.domain.feestdagen import easter, einde, feestdagen, is_vrij, mogelijk_gelijkgesteld


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    "sunday",
    [
        *("1818-03-22", "1886-04-25", "1943-04-25", "1954-04-18", "1961-04-02", "1981-04-19"),
        *("2000-04-23", "2008-03-23", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05"),
        *("2027-03-28", "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28", "2285-03-22"),
    ],
)
def test_easter_is_on_the_sunday_of_the_tables(sunday: str) -> None:
    assert easter(day(sunday).year) == day(sunday)


def test_easter_is_a_sunday_from_22_march_to_25_april_in_every_year_there_can_be() -> None:
    for year in range(1900, 2200):
        found = easter(year)
        assert found.weekday() == 6
        assert date(year, 3, 22) <= found <= date(year, 4, 25)


def test_the_holidays_of_a_year_are_those_the_law_names() -> None:
    assert sorted(feestdagen(2026)) == [
        *(day(d) for d in ("2026-01-01", "2026-04-03", "2026-04-06", "2026-04-27", "2026-05-05")),
        *(day(d) for d in ("2026-05-14", "2026-05-25", "2026-12-25", "2026-12-26")),
    ]


@pytest.mark.parametrize(
    ("year", "birthday"),
    [
        (2012, "2012-04-30"),
        (2013, "2013-04-30"),
        (2006, "2006-04-29"),  # 30 April was a Sunday
        (2014, "2014-04-26"),  # 27 April was a Sunday
        (2015, "2015-04-27"),
        (2025, "2025-04-26"),
        (2026, "2026-04-27"),
        (2031, "2031-04-26"),
    ],
)
def test_the_birthday_of_the_king_is_not_celebrated_on_a_sunday(year: int, birthday: str) -> None:
    around = {date(year, 4, d) for d in range(26, 31)}
    moving = {easter(year) + timedelta(days=d) for d in (-2, 1)}
    assert (feestdagen(year) & around) - moving == {day(birthday)}


@pytest.mark.parametrize("day_of_march", range(2, 9))
def test_a_term_ends_on_a_weekday_and_moves_from_a_weekend_to_monday(day_of_march: int) -> None:
    last = date(2026, 3, day_of_march)
    moved = date(2026, 3, 9) if last.weekday() >= 5 else last
    assert einde(last) == moved


@pytest.mark.parametrize(
    ("last", "moved"),
    [
        ("2025-12-25", "2025-12-29"),  # Thursday: Christmas, Boxing Day, and a weekend
        ("2026-12-31", "2026-12-31"),
        ("2027-01-01", "2027-01-04"),  # New Year on a Friday
        ("2026-04-02", "2026-04-02"),
        ("2026-04-03", "2026-04-07"),  # Good Friday to Easter Monday
        ("2025-04-26", "2025-04-28"),  # moved birthday of the King, a Saturday
        ("2026-04-27", "2026-04-28"),
        ("2026-05-05", "2026-05-06"),
        ("2026-05-14", "2026-05-15"),  # Ascension Day
        ("2026-05-25", "2026-05-26"),  # Whit Monday
        ("2024-02-29", "2024-02-29"),
        ("2028-02-29", "2028-02-29"),
    ],
)
def test_a_term_that_would_end_on_a_holiday_ends_on_the_next_day_it_can(
    last: str, moved: str
) -> None:
    assert einde(day(last)) == day(moved)


def test_a_decree_can_add_days_and_a_caller_tells_which() -> None:
    friday = day("2026-05-15")
    assert einde(friday) == friday
    assert einde(friday, {friday}) == day("2026-05-18")
    assert einde(day("2026-05-14"), {friday}) == day("2026-05-18")
    assert not is_vrij(friday)
    assert is_vrij(friday, {friday})


@pytest.mark.parametrize(
    ("one", "may_be"),
    [
        ("2026-05-15", True),  # the Friday after Ascension Day
        ("2026-05-04", True),  # a Monday before a holiday on Tuesday
        ("2026-05-14", False),  # a holiday itself
        ("2026-05-13", False),
        ("2026-04-28", False),
        ("2026-05-18", False),
        ("2026-05-16", False),
    ],
)
def test_a_day_shut_in_between_free_ones_may_be_free_by_decree(one: str, may_be: bool) -> None:
    assert mogelijk_gelijkgesteld(day(one)) is may_be
