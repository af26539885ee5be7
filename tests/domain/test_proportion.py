"""TW-PZ-01, WG-01, DV-01 and DV-02: the size in proportion to the days it is for."""

from typing import Any

import pytest
from tests.builders import Ledger, given, optie, toewijzing, van_product, verlenging, verwijzing

from rekenschap.domain.absent import AFWEZIG


def granted(product: str, volume: Any, tot: Any = "2026-01-05", **values: Any) -> Ledger:
    """From 6 January 2025; until 5 January 2026 that is 365 days."""
    return given().when(van_product(product, volume=volume, tot=tot, **values))


def judged(ledger: Ledger, rule: str, refused: bool) -> None:
    ledger.then_refused_by(rule) if refused else ledger.then_accepted()


@pytest.mark.parametrize(
    ("volume", "tot", "refused"),
    [
        (144, "2026-01-05", False),
        (145, "2026-01-05", True),
        (1000, "2026-01-05", True),
        (0, "2026-01-05", False),
        (144, "2026-01-04", True),  # 364 days
        (144, "2026-01-06", False),
        (11, "2025-02-02", False),  # 28 days: 11.05 fits, 12 does not
        (12, "2025-02-02", True),
        (1, "2025-01-06", True),  # one day
        (72, "2025-07-06", True),  # 182 days: 144.4 a year
        (72, "2025-07-07", False),
        (288, "2027-01-05", False),
        (289, "2027-01-05", True),
        (144, None, False),
        (9999, None, False),
        (AFWEZIG, "2026-01-05", False),
    ],
)
def test_more_than_144_days_a_year_is_full_time_foster_care(
    volume: Any, tot: Any, refused: bool
) -> None:
    judged(granted("pleegzorg_deeltijd", volume, tot), "TW-PZ-01", refused)


def test_a_leap_year_has_a_day_more() -> None:
    ledger = given().when(
        van_product("pleegzorg_deeltijd", van="2028-01-01", tot="2028-12-31", volume=144)
    )
    ledger.then_accepted()
    ledger = given().when(
        van_product("pleegzorg_deeltijd", van="2028-01-01", tot="2028-12-31", volume="144.4")
    )
    judged(ledger, "TW-PZ-01", refused=True)  # 144.4 x 365 / 366 = 144.005...


@pytest.mark.parametrize(
    ("volume", "per", "tot", "refused"),
    [
        (2, "per_week", "2025-12-28", False),  # 51 ISO weeks, 357 days: 104.3 a year
        (3, "per_week", "2025-12-28", True),
        (12, "per_maand", "2025-12-31", True),  # 144 in 360 days
        (11, "per_maand", "2025-12-31", False),
        (1, "per_dag", "2025-12-31", True),
        ("0.39", "per_dag", "2025-12-31", False),
        ("0.4", "per_dag", "2025-12-31", True),
    ],
)
def test_a_size_per_day_week_or_month_is_first_made_a_total(
    volume: Any, per: str, tot: str, refused: bool
) -> None:
    judged(granted("pleegzorg_deeltijd", volume, tot, frequentie=per), "TW-PZ-01", refused)


def test_the_absolute_reading_counts_144_per_allocation() -> None:
    reading = optie("deeltijdpleegzorg_per_jaar", "absoluut")
    short = {"tot": "2025-02-02", "eenheid": "etmaal"}

    def asked(volume: int, **values: Any) -> Ledger:
        return given(reading).when(van_product("pleegzorg_deeltijd", volume=volume, **values))

    asked(144, **short).then_accepted()
    asked(145, **short).then_refused_by("TW-PZ-01")
    asked(145, tot="2030-01-01").then_refused_by("TW-PZ-01")
    prorata = given(optie("deeltijdpleegzorg_per_jaar", "naar_rato"))
    prorata.when(van_product("pleegzorg_deeltijd", volume=144, **short))
    prorata.then_refused_by("TW-PZ-01")


def test_an_extension_is_judged_over_the_whole_new_period() -> None:
    ledger = given(van_product("pleegzorg_deeltijd", volume=144))
    ledger.when(verlenging(extra=1)).then_refused_by("TW-PZ-01")
    ledger.when(verlenging("2026-07-06", extra=72))
    ledger.then_refused_by("TW-PZ-01")  # 216 in 547 days: 144.13 a year
    ledger.when(verlenging("2026-07-07", extra=72))
    ledger.then_accepted()  # 216 in 548 days: 143.87


@pytest.mark.parametrize(
    ("volume", "tot", "refused"),
    [
        (16, "2025-02-02", False),  # 28 days
        (15, "2025-02-02", True),
        ("15.999", "2025-02-02", True),
        (0, "2025-02-02", True),
        (28, "2025-02-02", False),
        (208, "2026-01-04", False),  # 364 days
        (207, "2026-01-04", True),
        (208, "2026-01-05", True),  # 365 days
        (209, "2026-01-05", False),
        (1, "2025-01-06", False),  # one night in one day
        (1, None, False),
        (AFWEZIG, "2025-02-02", False),
    ],
)
def test_a_group_home_is_for_16_nights_in_four_weeks(volume: Any, tot: Any, refused: bool) -> None:
    judged(granted("woongroep", volume, tot), "TW-WG-01", refused)


def test_an_extension_without_nights_may_make_a_group_home_too_small() -> None:
    ledger = given(van_product("woongroep", volume=209))
    ledger.when(verlenging("2026-01-06")).then_refused_by("TW-WG-01")  # 15.99 in 28 days
    ledger.when(verlenging("2026-01-06", extra=1)).then_accepted()
    given(van_product("woongroep", volume=209)).when(verlenging(extra=0)).then_accepted()


def test_other_stays_may_be_as_small_or_as_large_as_one_likes() -> None:
    for product in ("kamertraining", "gezinshuis", "pleegzorg_voltijd", "behandelgroep"):
        for volume in (0, 1, 365):
            granted(product, volume).then_accepted()


# --- part-time stay


@pytest.mark.parametrize(
    ("volume", "tot", "refused"),
    [
        (3, "2025-01-12", False),  # one week
        (4, "2025-01-12", True),
        (12, "2025-02-02", False),
        (13, "2025-02-02", True),
        (156, "2026-01-05", False),  # 156.43 fits
        (157, "2026-01-05", True),
        (365, "2026-01-05", True),
        (1, "2025-01-07", True),  # two days
        (1, "2025-01-08", False),
        (0, "2025-01-06", False),
        (500, None, False),
        (AFWEZIG, "2026-01-05", False),
    ],
)
def test_part_time_stay_is_three_nights_a_week_on_average(
    volume: Any, tot: Any, refused: bool
) -> None:
    judged(granted("deeltijdverblijf_logeren", volume, tot), "TW-DV-01", refused)


def holiday(
    volume: int, part: Any, judged_by: Any = AFWEZIG, verwijzer: str = "huisarts", **values: Any
) -> Ledger:
    """Four weeks, in which 12 nights fit."""
    told = {
        "tot": "2025-02-02",
        "vakantie_etmalen": part,
        "vakantie_beoordeeld_door": judged_by,
        "verwijzer": verwijzer,
        **values,
    }
    return given().when(van_product("deeltijdverblijf_logeren", volume=volume, **told))


@pytest.mark.parametrize("judged_by", ["verwijzer", "gemeente", "toegang", None, AFWEZIG, "ouder"])
@pytest.mark.parametrize("referrer", ["gemeente", "huisarts", "gecertificeerde_instelling"])
def test_more_in_the_holidays_is_judged_by_the_referrer(judged_by: Any, referrer: str) -> None:
    """The gemeente and the toegang are the referrer when the gemeente refers."""
    ledger = holiday(16, 4, judged_by, referrer)
    own = referrer == "gemeente" and judged_by in ("gemeente", "toegang")
    if judged_by == "verwijzer" or own:
        ledger.then_accepted()
    else:
        ledger.then_waits_for("TW-DV-02")


def test_what_does_not_fit_without_the_holidays_is_refused() -> None:
    holiday(16, 3, "verwijzer").then_refused_by("TW-DV-01")
    holiday(16, 3).then_refused_by("TW-DV-01")
    holiday(16, 0, "verwijzer").then_refused_by("TW-DV-01")
    holiday(16, None, "verwijzer").then_refused_by("TW-DV-01")
    holiday(16, AFWEZIG, "verwijzer").then_refused_by("TW-DV-01")


def test_what_fits_with_the_holidays_needs_no_judgement() -> None:
    holiday(12, 4).then_accepted()
    holiday(12, 0).then_accepted()
    holiday(12, 12).then_accepted()


def test_the_referrer_is_that_of_the_letter() -> None:
    step = van_product(
        "deeltijdverblijf_logeren",
        tot="2025-02-02",
        volume=16,
        vakantie_etmalen=4,
        vakantie_beoordeeld_door="toegang",
        verwijzing="V1",
        verwijzer=AFWEZIG,
    )
    given(verwijzing(door="gemeente")).when(step).then_accepted()
    given(verwijzing(door="huisarts")).when(step).then_waits_for("TW-DV-02")


def test_an_extension_is_judged_with_the_holidays_of_the_allocation() -> None:
    grant = van_product(
        "deeltijdverblijf_logeren",
        tot="2025-02-02",
        volume=16,
        vakantie_etmalen=4,
        vakantie_beoordeeld_door="verwijzer",
    )
    given(grant).when(verlenging("2025-02-09", extra=3)).then_accepted()
    ledger = given(grant).when(verlenging("2025-02-09", extra=4))
    ledger.then_refused_by("TW-DV-01")


def test_other_units_are_refused_and_not_judged_as_nights() -> None:
    step = toewijzing(product="deeltijdverblijf_logeren", volume=999, eenheid="uur")
    given().when(step).then_refused_by("TW-ALG-04")
