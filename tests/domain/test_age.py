"""TW-KD-01, PZ-05, VB-11, GH-04, AA-04, OK-03: what a birthday ends, and what it only signals."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.builders import (
    BRAM,
    Ledger,
    Step,
    afwezigheid,
    called,
    doorhaling,
    given,
    inzet,
    jeugdige,
    no_show,
    start,
    van_product,
    verblijf,
    verlenging,
)

from rekenschap.domain.absent import AFWEZIG

UP_TO_18 = {
    "TW-KD-01": ["kdc_odc_basis", "kdc_odc_intensief"],
    "TW-VB-11": [
        "woongroep",
        "hoogspecialistische_woonvoorziening",
        "kamertraining",
        "jeugdzorgplus",
    ],
}
UP_TO_21 = {
    "TW-PZ-05": ["pleegzorg_voltijd", "pleegzorg_deeltijd"],
    "TW-GH-04": ["gezinshuis"],
}
LIMITS = [
    (rule, product, years)
    for table, years in ((UP_TO_18, 18), (UP_TO_21, 21))
    for rule, products in table.items()
    for product in products
]
BIRTHDAY = date(2025, 6, 16)  # a Monday
EVE = BIRTHDAY - timedelta(days=1)


def born(years: int, birthday: date = BIRTHDAY) -> date:
    """Who becomes so many years old on that day."""
    return birthday.replace(year=birthday.year - years)


def aged(product: str, years: int, **values: Any) -> Ledger:
    """Somebody in care who becomes so old on Monday 16 June 2025."""
    return given(jeugdige(geboren=born(years)), van_product(product, **values), start())


@pytest.mark.parametrize(("rule", "product", "years"), LIMITS)
def test_an_allocation_may_last_until_the_day_before_the_birthday(
    rule: str, product: str, years: int
) -> None:
    sizes = {"pleegzorg_deeltijd": 60}
    extra = {"volume": sizes[product]} if product in sizes else {}
    ledger = given(jeugdige(geboren=born(years)))
    ledger.when(van_product(product, "T1", tot=EVE, **extra)).then_accepted()
    ledger = given(jeugdige(geboren=born(years)))
    ledger.when(van_product(product, "T1", tot=BIRTHDAY, **extra)).then_signals(rule)
    for tot in (BIRTHDAY + timedelta(days=1), "2035-01-01", None):
        ledger = given(jeugdige(geboren=born(years)))
        size = {"volume": AFWEZIG} if tot in (None, "2035-01-01") else extra
        ledger.when(van_product(product, tot=tot, **size)).then_signals(rule)


@pytest.mark.parametrize(("rule", "product", "years"), LIMITS)
def test_an_extension_signals_when_it_first_reaches_the_birthday(
    rule: str, product: str, years: int
) -> None:
    ledger = given(
        jeugdige(geboren=born(years)),
        van_product(product, tot="2025-03-31", volume=AFWEZIG, eenheid=AFWEZIG),
    )
    ledger.when(verlenging(EVE, op="2025-03-01")).then_accepted()
    ledger.when(verlenging(BIRTHDAY, op="2025-03-02")).then_signals(rule)
    ledger.when(verlenging("2025-12-31", op="2025-03-03")).then_accepted()
    ledger.when(verlenging(extra=0, op="2025-03-04")).then_accepted()


@pytest.mark.parametrize(("rule", "product", "years"), [x for x in LIMITS if x[2] == 18])
def test_only_the_four_stays_refuse_an_allocation_that_begins_on_the_birthday(
    rule: str, product: str, years: int
) -> None:
    def begins(first: date) -> Ledger:
        return given(jeugdige(geboren=born(years))).when(van_product(product, van=first, op=first))

    refuses = rule == "TW-VB-11"
    begins(EVE).then_signals(rule)
    for first in (BIRTHDAY, BIRTHDAY + timedelta(days=1), date(2026, 1, 5)):
        ledger = begins(first)
        ledger.then_refused_by(rule) if refuses else ledger.then_signals(rule)


@pytest.mark.parametrize("product", ["gezinshuis", "pleegzorg_voltijd"])
def test_an_allocation_from_the_twenty_first_birthday_on_is_a_signal(product: str) -> None:
    ledger = given(jeugdige(geboren=born(21)))
    rule = "TW-GH-04" if product == "gezinshuis" else "TW-PZ-05"
    ledger.when(van_product(product, van=BIRTHDAY)).then_signals(rule)


@pytest.mark.parametrize("product", ["kdc_odc_basis", "kdc_odc_intensief"])
def test_hours_on_the_birthday_are_refused(product: str) -> None:
    ledger = aged(product, 18)
    ledger.when(inzet(2, op=EVE, eenheid="uur", soort="groep")).then_accepted()
    for late in (BIRTHDAY, BIRTHDAY + timedelta(days=1), date(2026, 1, 5)):
        ledger.when(inzet(2, op=late, eenheid="uur", soort="groep")).then_refused_by("TW-KD-01")
        ledger.when(no_show(late, aantal=2, eenheid="uur")).then_refused_by("TW-KD-01")
        ledger.when(no_show(late, aantal=2, eenheid="uur", declareren=False)).then_accepted()


STAYS = [x for x in LIMITS if x[0] != "TW-KD-01" and x[1] != "pleegzorg_deeltijd"]


@pytest.mark.parametrize(("rule", "product", "years"), STAYS)
def test_the_last_night_lies_before_the_birthday(rule: str, product: str, years: int) -> None:
    """Who leaves on the birthday slept there for the last time on its eve."""
    ledger = aged(product, years)
    first = EVE - timedelta(days=1)
    ledger.when(verblijf(first, BIRTHDAY)).then_accepted()
    ledger.when(verblijf(EVE, BIRTHDAY + timedelta(days=1))).then_refused_by(rule)
    ledger.when(verblijf("2025-12-01", "2025-12-08")).then_refused_by(rule)


@pytest.mark.parametrize(("rule", "product", "years"), STAYS)
def test_a_charged_absence_ends_before_the_birthday(rule: str, product: str, years: int) -> None:
    ledger = aged(product, years)
    ledger.when(afwezigheid(EVE, EVE, reden="ziekenhuisopname")).then_accepted()
    late = afwezigheid(EVE, BIRTHDAY, reden="ziekenhuisopname")
    ledger.when(late).then_refused_by(rule)
    reported = afwezigheid(EVE, BIRTHDAY, reden="ziekenhuisopname", declareren=False)
    ledger.when(reported).then_accepted()
    ledger.when(afwezigheid(EVE, None, reden="ziekenhuisopname")).then_accepted()


def test_part_time_foster_care_counts_the_day_of_departure() -> None:
    ledger = aged("pleegzorg_deeltijd", 21)
    ledger.when(verblijf("2025-06-06", "2025-06-08", aantal=3)).then_accepted()
    ledger.when(verblijf("2025-06-14", BIRTHDAY, aantal=2)).then_refused_by("TW-PZ-05")


@pytest.mark.parametrize("product", ["pleegzorg_voltijd"])
def test_extended_youth_care_moves_the_birthday_to_23_for_foster_care(product: str) -> None:
    signals = van_product(product, verlengde_jeugdhulp=True)
    given(jeugdige(geboren=born(21))).when(signals).then_accepted()
    given(jeugdige(geboren=born(22))).when(signals).then_accepted()
    given(jeugdige(geboren=born(23))).when(signals).then_signals("TW-PZ-05")
    ledger = aged(product, 23, verlengde_jeugdhulp=True)
    ledger.when(verblijf("2025-06-15", "2025-06-16")).then_accepted()
    ledger.when(verblijf("2025-06-16", "2025-06-17")).then_refused_by("TW-PZ-05")


@pytest.mark.parametrize("told", [False, None, AFWEZIG])
def test_extended_youth_care_that_is_not_there_moves_nothing(told: Any) -> None:
    step = van_product("pleegzorg_voltijd", verlengde_jeugdhulp=told)
    given(jeugdige(geboren=born(21))).when(step).then_signals("TW-PZ-05")


@pytest.mark.parametrize(("rule", "product", "years"), [x for x in LIMITS if "PZ" not in x[0]])
def test_extended_youth_care_moves_no_other_birthday(rule: str, product: str, years: int) -> None:
    step = van_product(product, verlengde_jeugdhulp=True)
    given(jeugdige(geboren=born(years))).when(step).then_signals(rule)


@pytest.mark.parametrize(("rule", "product", "years"), LIMITS)
def test_without_a_birth_date_nothing_is_judged(rule: str, product: str, years: int) -> None:
    for who in ([], [jeugdige()], [jeugdige(geboren=None)]):
        ledger = given(*who).when(van_product(product))
        ledger.then_accepted().then_not_judged(rule, "geboortedatum")


def test_the_birth_date_of_another_youth_does_not_matter() -> None:
    ledger = given(jeugdige(BRAM, geboren=born(30)), jeugdige(geboren=born(10)))
    ledger.when(van_product("kamertraining")).then_accepted()


def test_a_birth_date_told_later_judges_later_steps() -> None:
    ledger = given(van_product("kamertraining"), start(), verblijf("2025-07-01", "2025-07-02"))
    ledger.given(jeugdige(geboren=born(18), op="2025-07-03"))
    ledger.when(verblijf("2025-07-02", "2025-07-03")).then_refused_by("TW-VB-11")


def test_a_birth_date_that_is_set_right_is_the_one_that_counts() -> None:
    ledger = given(called("wrong", jeugdige(geboren=born(30))), jeugdige(geboren=born(10)))
    ledger.when(van_product("woongroep")).then_accepted()


def test_a_birth_date_taken_back_judges_nothing() -> None:
    ledger = given(called("wrong", jeugdige(geboren=born(30))), doorhaling("wrong"))
    ledger.when(van_product("woongroep")).then_accepted()
    ledger.then_not_judged("TW-VB-11", "geboortedatum")


@pytest.mark.parametrize(
    ("birth", "last_night", "refused"),
    [
        ("2008-02-29", "2026-02-27", False),  # the birthday of a leap day is 28 February
        ("2008-02-29", "2026-02-28", True),
        ("2008-02-28", "2026-02-28", True),
        ("2008-03-01", "2026-02-28", False),
        ("2008-01-01", "2025-12-31", False),
        ("2008-01-01", "2026-01-01", True),
        ("2007-12-31", "2025-12-31", True),
    ],
)
def test_birthdays_at_the_edges_of_a_year(birth: str, last_night: str, refused: bool) -> None:
    ledger = given(jeugdige(geboren=birth), van_product("woongroep", tot="2026-03-31"), start())
    ledger.allocation()
    night = date.fromisoformat(last_night)
    ledger.when(verblijf(night, night + timedelta(days=1)))
    ledger.then_refused_by("TW-VB-11") if refused else ledger.then_accepted()


def test_in_a_leap_year_the_birthday_of_29_february_is_that_day() -> None:
    ledger = given(
        jeugdige(geboren="2008-02-29"),
        van_product("gezinshuis", van="2028-06-01", tot="2029-05-31"),
        start(op="2028-06-01"),
    )
    ledger.when(verblijf("2029-02-26", "2029-02-28")).then_accepted()
    ledger.when(verblijf("2029-02-28", "2029-03-01")).then_refused_by("TW-GH-04")


# --- the age on the first day


@pytest.mark.parametrize(
    ("birth", "speaks"),
    [
        ("2015-01-06", False),  # 10 on the first day, 6 January 2025
        ("2015-01-07", True),
        ("2020-01-01", True),
        ("2025-01-06", True),
        ("2007-01-07", False),  # 18 the day after
        ("2007-01-06", True),
        ("1999-12-31", True),
    ],
)
def test_mst_is_for_ten_up_to_eighteen(birth: str, speaks: bool) -> None:
    ledger = given(jeugdige(geboren=birth)).when(van_product("mst"))
    ledger.then_signals("TW-AA-04") if speaks else ledger.then_accepted()
    ledger.when(start(op="2025-12-31")).then_accepted()


def test_the_age_for_mst_is_that_on_the_first_day_not_that_of_the_decision() -> None:
    ledger = given(jeugdige(geboren="2015-01-06"))
    ledger.when(van_product("mst", op="2024-12-01")).then_accepted()


@pytest.mark.parametrize(
    ("birth", "speaks"),
    [
        ("2020-01-07", False),  # five the day after the first day
        ("2020-01-06", True),
        ("2010-01-01", True),
        ("2025-01-06", False),
        ("2024-02-29", False),
    ],
)
def test_a_parent_and_child_group_is_for_a_child_up_to_four(birth: str, speaks: bool) -> None:
    ledger = given(jeugdige(geboren=birth)).when(van_product("ouder_kind_groep"))
    ledger.then_signals("TW-OK-03") if speaks else ledger.then_accepted()


def test_a_child_that_is_yet_to_be_born_may_be_in_the_group() -> None:
    given(jeugdige(geboren="2025-03-01")).when(van_product("ouder_kind_groep")).then_accepted()


@pytest.mark.parametrize(
    ("product", "rule"), [("mst", "TW-AA-04"), ("ouder_kind_groep", "TW-OK-03")]
)
def test_an_age_nobody_told_is_not_judged(product: str, rule: str) -> None:
    given().when(van_product(product)).then_accepted().then_not_judged(rule, "geboortedatum")


def test_effort_of_no_weight_is_refused_too() -> None:
    zero: Step = verblijf(BIRTHDAY, BIRTHDAY, aantal=0)
    aged("gezinshuis", 21).when(zero).then_refused_by("TW-GH-04")
