"""TW-NS-04, NS-05, GR-01, GR-02, GR-03 and GR-04: hours in a group, and help beside it."""

from typing import Any

import pytest
from tests.builders import (
    ANNA,
    BRAM,
    Ledger,
    called,
    doorhaling,
    given,
    inzet,
    no_show,
    optie,
    running,
    start,
    stop,
    van_product,
    verlenging,
    verwijzing,
)

from rekenschap.domain.absent import AFWEZIG

GROUPS = [
    "begeleiding_groep_basis",
    "begeleiding_groep_intensief",
    "behandeling_groep_basis",
    "behandeling_groep_intensief",
]
KDC = ["kdc_odc_basis", "kdc_odc_intensief"]
SINGLE = ["begeleiding_individueel", "behandeling_individueel", "vaktherapie"]


def group(product: str = "begeleiding_groep_basis", **values: Any) -> Ledger:
    """From 6 January up to and including 31 December 2025: twelve calendar months."""
    return running(van_product(product, **{"tot": "2025-12-31", "volume": 480, **values}))


def missed(op: str, hours: Any, **values: Any) -> Any:
    return no_show(op, aantal=hours, eenheid="uur", **values)


def hours(count: Any, op: str = "2025-02-03", **values: Any) -> Any:
    return inzet(count, op=op, eenheid="uur", soort="groep", **values)


# --- a quarter of the month


@pytest.mark.parametrize("product", [*GROUPS, *KDC])
def test_a_quarter_of_the_month_may_be_charged_and_not_more(product: str) -> None:
    """480 hours over twelve months is 40 a month: 10 hours."""
    group(product).when(missed("2025-02-03", 10)).then_accepted().then_used(10)
    group(product).when(missed("2025-02-03", "10.01")).then_refused_by("TW-NS-04")
    group(product).when(missed("2025-02-03", 40)).then_refused_by("TW-NS-04")
    ledger = group(product).given(missed("2025-02-03", 4), missed("2025-02-28", 5))
    ledger.when(missed("2025-02-10", 2)).then_refused_by("TW-NS-04")
    ledger.when(missed("2025-02-10", 1)).then_accepted()
    ledger.when(missed("2025-02-10", 0)).then_accepted()


def test_each_calendar_month_has_its_own_quarter() -> None:
    ledger = group()
    for day in ("2025-01-31", "2025-02-01", "2025-02-28"):
        ledger.when(missed(day, 10 if day != "2025-02-28" else 1))
        refused = day == "2025-02-28"
        ledger.then_refused_by("TW-NS-04") if refused else ledger.then_accepted()
    ledger.when(missed("2025-03-01", 10)).then_accepted()


def test_the_first_and_the_last_month_count_whole() -> None:
    """31 January up to and including 1 March touches three months: 30 / 3 = 10, a quarter 2.5."""
    ledger = group(van="2025-01-31", tot="2025-03-01", volume=30)
    ledger.when(missed("2025-01-31", "2.5")).then_accepted()
    ledger.when(missed("2025-03-01", "2.6")).then_refused_by("TW-NS-04")
    ledger.when(missed("2025-03-01", "2.5")).then_accepted()


def test_a_third_is_not_rounded() -> None:
    """100 hours over three months: a quarter of a month is 8 hours and a third."""
    ledger = group(van="2025-01-06", tot="2025-03-31", volume=100)
    ledger.when(missed("2025-02-03", "8.333333")).then_accepted()
    ledger.when(missed("2025-03-03", "8.333334")).then_refused_by("TW-NS-04")


def test_the_size_and_the_last_day_are_those_of_that_moment() -> None:
    ledger = group().given(missed("2025-02-03", 10))
    ledger.given(verlenging(extra=48, op="2025-03-01"))  # 44 a month
    ledger.when(missed("2025-02-04", 1)).then_accepted()
    ledger.given(verlenging("2026-12-31", op="2025-03-02"))  # 528 / 24 = 22 a month
    ledger.when(missed("2025-04-01", 6)).then_refused_by("TW-NS-04")
    ledger.when(missed("2025-04-01", "5.5")).then_accepted()


def test_a_size_per_month_is_the_size_of_each_month() -> None:
    ledger = group(volume=40, frequentie="per_maand", tot="2025-02-10")
    ledger.when(missed("2025-01-31", 10)).then_accepted()
    ledger.when(missed("2025-02-03", 11)).then_refused_by("TW-NS-04")


@pytest.mark.parametrize(
    ("values", "untold"),
    [
        ({"volume": AFWEZIG, "eenheid": AFWEZIG}, "volume"),
        ({"volume": AFWEZIG}, "volume"),
        ({"tot": None}, "einddatum"),
        ({"tot": None, "volume": 40, "frequentie": "per_maand"}, "einddatum"),
    ],
)
def test_without_a_size_or_a_last_day_it_is_not_judged(values: dict[str, Any], untold: str) -> None:
    ledger = group(**values).when(missed("2025-02-03", 200))
    ledger.then_accepted().then_not_judged("TW-NS-04", untold)


def test_a_size_of_nothing_has_no_quarter() -> None:
    ledger = group(volume=0)
    ledger.when(missed("2025-02-03", 0)).then_accepted()
    ledger.when(missed("2025-02-03", 1)).then_refused_by("TW-NS-04", "TW-ALG-01")


def test_what_is_only_reported_taken_back_or_of_others_does_not_count() -> None:
    ledger = group().given(
        missed("2025-02-03", 40, declareren=False),
        called("N", missed("2025-02-03", 10)),
        doorhaling("N"),
        hours(8, "2025-02-04"),
        van_product("begeleiding_groep_basis", "T2", voor=BRAM),
        start("T2"),
        missed("2025-02-03", 10, van="T2"),
        van_product("begeleiding_groep_basis", "T3"),
        start("T3"),
        missed("2025-02-05", 10, van="T3"),
    )
    ledger.when(missed("2025-02-06", 10)).then_accepted()
    ledger.when(missed("2025-02-06", 1)).then_refused_by("TW-NS-04")


def test_of_the_whole_size_the_quarter_is_larger() -> None:
    whole = group().given(optie("groep_no_show_basis", "totaal"))
    whole.when(missed("2025-02-03", 120)).then_accepted()
    whole.when(missed("2025-02-03", 1)).then_refused_by("TW-NS-04")
    part = group().given(optie("groep_no_show_basis", "maanddeel"))
    part.when(missed("2025-02-03", 11)).then_refused_by("TW-NS-04")
    per_month = group(volume=40, frequentie="per_maand")
    per_month.given(optie("groep_no_show_basis", "omvang_per_maand"))
    per_month.when(missed("2025-02-03", 11)).then_refused_by("TW-NS-04")
    per_month.when(missed("2025-02-03", 10)).then_accepted()


def test_with_only_a_size_per_month_a_total_is_not_divided() -> None:
    ledger = group().given(optie("groep_no_show_basis", "omvang_per_maand"))
    ledger.when(missed("2025-02-03", 120)).then_accepted()
    ledger.then_not_judged("TW-NS-04", "frequentie")
    divided = group(volume=40, frequentie="per_maand").when(missed("2025-02-03", 11))
    divided.then_refused_by("TW-NS-04")


# --- only where nobody could take the place


@pytest.mark.parametrize("product", [*GROUPS, *KDC])
@pytest.mark.parametrize("name", ["inhaaldag_mogelijk", "vervanger_gevonden"])
def test_a_place_that_was_filled_or_made_up_is_not_charged(product: str, name: str) -> None:
    group(product).when(missed("2025-02-03", 4, **{name: True})).then_refused_by("TW-NS-05")
    for told in (False, None, AFWEZIG):
        group(product).when(missed("2025-02-03", 4, **{name: told})).then_accepted()
    group(product).when(missed("2025-02-03", 4, declareren=False, **{name: True})).then_accepted()
    both = missed("2025-02-03", 4, inhaaldag_mogelijk=True, vervanger_gevonden=True)
    group(product).when(both).then_refused_by("TW-NS-05")


@pytest.mark.parametrize("before", [None, 0, 1439, 1440, 10_000])
def test_how_long_before_it_was_called_off_plays_no_part(before: int | None) -> None:
    step = missed("2025-02-03", 4, afgezegd_minuten_vooraf=before, reistijd_minuten=30)
    group().when(step).then_accepted()


def test_five_a_year_is_no_rule_of_the_groups() -> None:
    ledger = group()
    for _ in range(9):
        ledger.when(missed("2025-02-03", 1)).then_accepted()


# --- the opening hours


@pytest.mark.parametrize("product", [*GROUPS, *KDC])
@pytest.mark.parametrize("bound", ["openingsuren", "geplande_uren"])
def test_no_more_than_planned_and_no_more_than_the_opening_hours(product: str, bound: str) -> None:
    ledger = group(product)
    ledger.when(hours(6, **{bound: 6})).then_accepted()
    ledger.when(hours("6.01", **{bound: 6})).then_refused_by("TW-GR-01")
    ledger.when(hours(24, **{bound: 6})).then_refused_by("TW-GR-01")
    ledger.when(hours(0, **{bound: 0})).then_accepted()
    ledger.when(hours(1, **{bound: 0})).then_refused_by("TW-GR-01")
    for untold in (None, AFWEZIG):
        ledger.when(hours(12, **{bound: untold})).then_accepted()


def test_the_planned_hours_may_be_charged_whoever_left_early() -> None:
    ledger = group()
    ledger.when(hours(6, openingsuren=8, geplande_uren=6, feitelijke_uren=2)).then_accepted()
    ledger.when(hours(7, openingsuren=8, geplande_uren=6)).then_refused_by("TW-GR-01")
    ledger.when(hours(9, openingsuren=8, geplande_uren=10)).then_refused_by("TW-GR-01")


def test_each_step_is_judged_by_itself() -> None:
    ledger = group().given(hours(6, openingsuren=6))
    ledger.when(hours(6, openingsuren=6)).then_accepted()


# --- not during the session


def beside(single: str, other: str, name: str = "T2") -> Ledger:
    """A group (T1) and individual help on another letter (T2), both running."""
    values = {"volume": 2200} if single == "vaktherapie" else {}
    return given(
        verwijzing("V1", door="gemeente"),
        verwijzing("V2", door="gemeente"),
        van_product(other, verwijzing="V1"),
        start(),
        van_product(
            single,
            name,
            verwijzing="V2",
            locatie="thuis",
            aanvullende_verzekering="niet_verzekerd",
            **values,
        ),
        start(name),
    )


PAIRS = [
    ("begeleiding_individueel", "begeleiding_groep_basis"),
    ("begeleiding_individueel", "begeleiding_groep_intensief"),
    ("begeleiding_individueel", "kdc_odc_basis"),
    ("behandeling_individueel", "behandeling_groep_basis"),
    ("behandeling_individueel", "behandeling_groep_intensief"),
    ("behandeling_individueel", "kdc_odc_intensief"),
    ("vaktherapie", "begeleiding_groep_basis"),
    ("vaktherapie", "behandeling_groep_intensief"),
]
SLOTS = [
    (("09:00", "09:59"), True),
    (("09:00", "10:00"), True),
    (("09:00", "10:01"), False),
    (("10:30", "11:00"), False),
    (("13:59", "15:00"), False),
    (("14:00", "15:00"), True),
    (("08:00", "18:00"), False),
]


@pytest.mark.parametrize(("single", "other"), PAIRS)
@pytest.mark.parametrize(("slot", "free"), SLOTS)
def test_individual_help_is_not_given_during_a_session_in_either_order(
    single: str, other: str, slot: tuple[str, str], free: bool
) -> None:
    """The session lasts from ten to two; touching times do not overlap."""
    session = hours(4, tussen=("10:00", "14:00"))
    help_given = inzet(1, van="T2", op="2025-02-03", tussen=slot)
    for first, second in ((session, help_given), (help_given, session)):
        ledger = beside(single, other).given(first).when(second)
        ledger.then_accepted() if free else ledger.then_refused_by("TW-GR-02")


def test_another_day_another_youth_or_no_clock_is_not_judged() -> None:
    session = hours(4, tussen=("10:00", "14:00"))
    ledger = beside(*PAIRS[0]).given(session)
    ledger.when(inzet(van="T2", op="2025-02-04", tussen=("10:00", "11:00"))).then_accepted()
    ledger.when(inzet(van="T2", op="2025-02-03")).then_accepted()
    ledger.then_not_judged("TW-GR-02", "begintijd")
    ledger = beside(*PAIRS[0]).given(hours(4))
    ledger.when(inzet(van="T2", op="2025-02-03", tussen=("10:00", "11:00"))).then_accepted()
    ledger = beside(*PAIRS[0]).given(session)
    ledger.given(van_product("begeleiding_individueel", "T3", voor=BRAM), start("T3"))
    ledger.when(inzet(van="T3", op="2025-02-03", tussen=("10:00", "11:00"))).then_accepted()


@pytest.mark.parametrize("soort", ["indirect", "reistijd"])
def test_indirect_time_and_travel_are_not_judged(soort: str) -> None:
    session = hours(4, tussen=("10:00", "14:00"))
    aside = inzet(1, van="T2", op="2025-02-03", soort=soort, tussen=("11:00", "12:00"))
    beside(*PAIRS[0]).given(session).when(aside).then_accepted()
    beside(*PAIRS[0]).given(aside).when(session).then_accepted()


@pytest.mark.parametrize("soort", ["indirect", "reistijd"])
def test_indirect_time_and_travel_of_the_group_are_no_session(soort: str) -> None:
    aside = inzet(1, op="2025-02-03", eenheid="uur", soort=soort, tussen=("10:00", "14:00"))
    help_given = inzet(1, van="T2", op="2025-02-03", tussen=("11:00", "12:00"))
    beside(*PAIRS[0]).given(aside).when(help_given).then_accepted()
    beside(*PAIRS[0]).given(help_given).when(aside).then_accepted()


def test_a_session_taken_back_leaves_the_hour_free() -> None:
    ledger = beside(*PAIRS[0]).given(called("S", hours(4, tussen=("10:00", "14:00"))))
    ledger.given(doorhaling("S"))
    ledger.when(inzet(van="T2", op="2025-02-03", tussen=("11:00", "12:00"))).then_accepted()


# --- a letter of its own


OWN = [
    ("behandeling_individueel", "behandeling_groep_basis"),
    ("behandeling_individueel", "behandeling_groep_intensief"),
    ("vaktherapie", "behandeling_groep_intensief"),
]
LETTERS = [
    ("V1", "V2", True),
    ("V1", "V1", False),
    (None, "V2", False),
    ("V1", None, False),
    (None, None, False),
]


def granted_on(product: str, name: str, letter: Any, **values: Any) -> Any:
    size = {"volume": 2200} if product == "vaktherapie" else {}
    told = {"aanvullende_verzekering": "niet_verzekerd", **size, **values}
    return van_product(product, name, verwijzing=letter, **told)


@pytest.mark.parametrize(("single", "other"), OWN)
@pytest.mark.parametrize(("one", "two", "own"), LETTERS)
def test_individual_treatment_next_to_group_treatment_has_its_own_letter(
    single: str, other: str, one: Any, two: Any, own: bool
) -> None:
    for first, second in ((other, single), (single, other)):
        ledger = given(verwijzing("V1", door="gemeente"), verwijzing("V2", door="gemeente"))
        ledger.given(granted_on(first, "T1", one)).when(granted_on(second, "T2", two))
        ledger.then_accepted() if own else ledger.then_refused_by("TW-GR-03")


@pytest.mark.parametrize(("single", "other"), OWN)
def test_a_letter_nobody_told_of_is_not_judged(single: str, other: str) -> None:
    for one, two in ((AFWEZIG, "V2"), ("V1", AFWEZIG), (AFWEZIG, AFWEZIG), (AFWEZIG, None)):
        ledger = given(verwijzing("V1", door="gemeente"), verwijzing("V2", door="gemeente"))
        ledger.given(granted_on(other, "T1", one)).when(granted_on(single, "T2", two))
        ledger.then_accepted().then_not_judged("TW-GR-03", "verwijzing")


def test_the_same_letter_will_do_when_no_day_is_shared() -> None:
    ledger = given(verwijzing("V1", door="gemeente"))
    ledger.given(granted_on("behandeling_groep_basis", "T1", "V1", tot="2025-06-30"))
    later = granted_on("behandeling_individueel", "T2", "V1", van="2025-07-01", tot="2025-12-31")
    ledger.when(later).then_accepted()
    longer = verlenging("2025-07-01", op="2025-06-01")
    ledger.when(longer).then_refused_by("TW-GR-03")
    ledger.given(start(), stop(op="2025-03-31"))
    ledger.when(
        granted_on("behandeling_individueel", "T3", "V1", van="2025-04-01", tot="2025-06-30")
    )
    ledger.then_counts()


# --- not by the staff on duty


@pytest.mark.parametrize("single", ["behandeling_individueel", "vaktherapie"])
def test_staff_on_duty_never_treat_next_to_intensive_group_treatment(single: str) -> None:
    ledger = beside(single, "behandeling_groep_intensief")
    for op in ("2025-01-06", "2025-02-03", "2025-06-30"):
        step = inzet(1, van="T2", op=op, uitvoerder="ingeroosterde_pedagogisch_medewerker")
        ledger.when(step).then_refused_by("TW-GR-04")
    for who in ("anders", "gezinshuisouder", "pedagogisch_medewerker_gezinshuis"):
        ledger.when(inzet(1, van="T2", uitvoerder=who)).then_accepted()
    ledger.when(inzet(1, van="T2")).then_accepted().then_not_judged("TW-GR-04", "uitvoerder")
    ledger.given(stop(op="2025-03-10"))
    late = inzet(1, van="T2", op="2025-03-11", uitvoerder="ingeroosterde_pedagogisch_medewerker")
    ledger.when(late).then_accepted()


def test_next_to_basic_group_treatment_only_during_a_session() -> None:
    ledger = beside("behandeling_individueel", "behandeling_groep_basis")
    ledger.given(hours(4, tussen=("10:00", "14:00")))
    staff = {"uitvoerder": "ingeroosterde_pedagogisch_medewerker", "van": "T2"}
    during = inzet(1, op="2025-02-03", tussen=("13:59", "15:00"), **staff)
    ledger.when(during).then_refused_by("TW-GR-02", "TW-GR-04")
    ledger.when(inzet(1, op="2025-02-03", tussen=("14:00", "15:00"), **staff)).then_accepted()
    ledger.when(inzet(1, op="2025-02-04", tussen=("11:00", "12:00"), **staff)).then_accepted()
    indirect = inzet(1, op="2025-02-03", soort="indirect", tussen=("11:00", "12:00"), **staff)
    ledger.when(indirect).then_refused_by("TW-GR-04")


def test_staff_may_treat_a_youth_who_is_in_no_group() -> None:
    staff = inzet(1, uitvoerder="ingeroosterde_pedagogisch_medewerker")
    running(van_product("behandeling_individueel", voor=ANNA)).when(staff).then_accepted()
