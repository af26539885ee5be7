"""TW-KD-04, AA-09, VB-08, CR-04 and CR-05: who is told, or begins, within the hours."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.builders import Ledger, afwezigheid, given, optie, running, start, van_product

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import AMSTERDAM

IN_HOURS = {"kdc_odc_basis": "TW-KD-04", "csi_gezinsopname": "TW-AA-09", "zit": "TW-AA-09"}
STAYS = [
    "woongroep",
    "hoogspecialistische_woonvoorziening",
    "kamertraining",
    "ouder_kind_groep",
    "behandelgroep",
    "driemilieuvoorziening",
    "jeugd_ggz_verblijf",
    "jeugdzorgplus",
    "deeltijdverblijf_logeren",
    "gezinshuis",
]
WITHOUT_A_RULE = ["kdc_odc_intensief", "pleegzorg_voltijd", "crisis_verblijf_jo"]
CRISIS = [
    "crisis_crisisdienst_ggz",
    "crisis_families_first",
    "crisis_ambulante_spoedhulp",
    "crisis_verblijf_lvb",
    "crisis_verblijf_ggz",
    "crisis_verblijf_jo",
    "crisis_pleegzorg",
]


def at(told: str, fold: int = 0) -> datetime:
    """A moment on the clock in Amsterdam."""
    local = datetime.fromisoformat(told).replace(tzinfo=AMSTERDAM, fold=fold)
    return local.astimezone(UTC)


def missing(begin: Any, contact: Any, *, declareren: bool = False, **values: Any) -> Any:
    """Somebody is away without a plan, and the referrer was called (or not)."""
    day = begin.astimezone(AMSTERDAM).date() if isinstance(begin, datetime) else date(2025, 1, 8)
    told = {
        "ongepland": True,
        "reden": "ziekenhuisopname",
        "begin_tijdstip": begin,
        "contact_verwijzer_op": contact,
        "gepland_aanwezig": True,
        **values,
    }
    return afwezigheid(day, day, declareren=declareren, **told)


def kept(product: str, begin: str, contact: str, **values: Any) -> Ledger:
    return running(van_product(product)).when(missing(at(begin), at(contact), **values))


# --- within 24 hours


@pytest.mark.parametrize(("product", "rule"), IN_HOURS.items())
@pytest.mark.parametrize("begin", ["2025-01-08T09:30", "2025-01-11T09:30", "2025-01-10T23:59"])
def test_exactly_24_hours_is_in_time_whatever_the_day(product: str, rule: str, begin: str) -> None:
    begun = at(begin)
    day = timedelta(hours=24)
    second = timedelta(seconds=1)
    for contact in (begun, begun + day - second, begun + day, begun - day):
        running(van_product(product)).when(missing(begun, contact)).then_accepted()
    for contact in (begun + day + second, begun + 30 * day, None):
        running(van_product(product)).when(missing(begun, contact)).then_signals(rule)


@pytest.mark.parametrize("product", STAYS)
def test_on_a_working_day_24_hours_is_in_time_also_when_they_end_in_the_weekend(
    product: str,
) -> None:
    kept(product, "2025-03-07T18:00", "2025-03-08T18:00").then_accepted()  # Friday to Saturday
    kept(product, "2025-03-07T18:00", "2025-03-08T18:01").then_signals("TW-VB-08")
    kept(product, "2025-03-07T23:59", "2025-03-10T09:00").then_signals("TW-VB-08")


@pytest.mark.parametrize("product", STAYS)
@pytest.mark.parametrize("begin", ["2025-03-08T00:00", "2025-03-08T12:00", "2025-03-09T23:59"])
def test_in_the_weekend_the_end_of_the_next_working_day_is_in_time(
    product: str, begin: str
) -> None:
    kept(product, begin, "2025-03-10T09:00").then_accepted()
    kept(product, begin, "2025-03-10T23:59:59").then_accepted()
    kept(product, begin, "2025-03-11T00:00").then_signals("TW-VB-08")
    kept(product, begin, "2025-05-01T00:00").then_signals("TW-VB-08")


def test_a_holiday_is_like_the_weekend_and_no_next_working_day() -> None:
    """Easter: Monday 21 April is a holiday, so who leaves on Saturday is reported on Tuesday."""
    easter = optie("feestdagen", (date(2025, 4, 21), date(2025, 5, 5)))

    def reported(begin: str, contact: str) -> Ledger:
        ledger = given(easter, van_product("kamertraining"), start())
        return ledger.when(missing(at(begin), at(contact)))

    reported("2025-04-19T12:00", "2025-04-22T23:00").then_accepted()
    reported("2025-04-19T12:00", "2025-04-23T00:00").then_signals("TW-VB-08")
    reported("2025-05-05T08:00", "2025-05-06T23:59").then_accepted()
    reported("2025-05-05T08:00", "2025-05-07T00:00").then_signals("TW-VB-08")
    kept("kamertraining", "2025-04-21T08:00", "2025-04-22T08:01").then_signals("TW-VB-08")


def test_holidays_change_nothing_where_the_text_has_no_weekend() -> None:
    free = optie("feestdagen", (date(2025, 1, 8),))
    ledger = given(free, van_product("csi_gezinsopname"), start())
    ledger.when(missing(at("2025-01-08T09:00"), at("2025-01-09T09:01"))).then_signals("TW-AA-09")


@pytest.mark.parametrize("product", ["csi_gezinsopname", "kamertraining"])
def test_on_the_night_the_clock_goes_back_24_hours_end_an_hour_earlier(product: str) -> None:
    """Sunday 26 October 2025 lasts 25 hours; Saturday at 12 is 24 hours before Sunday at 11."""
    kept("csi_gezinsopname", "2025-10-25T12:00", "2025-10-26T11:00").then_accepted()
    kept("csi_gezinsopname", "2025-10-25T12:00", "2025-10-26T11:01").then_signals("TW-AA-09")
    kept(product, "2025-10-24T12:00", "2025-10-25T12:00").then_accepted()


def test_on_the_night_the_clock_goes_forward_24_hours_end_an_hour_later() -> None:
    """Sunday 30 March 2025 lasts 23 hours."""
    kept("csi_gezinsopname", "2025-03-29T12:00", "2025-03-30T13:00").then_accepted()
    kept("csi_gezinsopname", "2025-03-29T12:00", "2025-03-30T13:01").then_signals("TW-AA-09")


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    begun = at("2025-10-26T02:30")
    again = at("2025-10-26T02:30", fold=1)
    assert again - begun == timedelta(hours=1)
    ledger = running(van_product("csi_gezinsopname"))
    ledger.when(missing(begun, at("2025-10-27T01:30"))).then_accepted()
    ledger.when(missing(begun, at("2025-10-27T01:31"))).then_signals("TW-AA-09")
    ledger.when(missing(again, at("2025-10-27T02:30"))).then_accepted()


@pytest.mark.parametrize("product", [*IN_HOURS, "woongroep", "gezinshuis"])
def test_what_was_planned_or_has_no_begin_is_not_judged(product: str) -> None:
    begun, late = at("2025-01-08T09:30"), at("2025-01-12T09:30")
    for told in (
        missing(begun, late, ongepland=False),
        missing(begun, late, ongepland=None),
        missing(begun, late, ongepland=AFWEZIG),
        missing(AFWEZIG, late),
        missing(None, late),
        missing(begun, AFWEZIG),
    ):
        running(van_product(product)).when(told).then_accepted()


@pytest.mark.parametrize("declareren", [True, False])
def test_a_charged_absence_is_judged_like_a_reported_one(declareren: bool) -> None:
    step = missing(at("2025-03-04T12:00"), None, declareren=declareren)
    running(van_product("woongroep")).when(step).then_signals("TW-VB-08")
    running(van_product("csi_gezinsopname")).when(step).then_signals("TW-AA-09")


def test_an_absence_without_an_end_is_judged_as_a_fact() -> None:
    step = afwezigheid(
        "2025-03-04",
        None,
        ongepland=True,
        begin_tijdstip=at("2025-03-04T12:00"),
        contact_verwijzer_op=None,
    )
    running(van_product("woongroep")).when(step).then_signals("TW-VB-08")


@pytest.mark.parametrize("product", WITHOUT_A_RULE)
def test_elsewhere_nobody_needs_to_be_called(product: str) -> None:
    running(van_product(product)).when(missing(at("2025-01-08T09:30"), None)).then_accepted()


# --- crisis care begins within 24 hours of the request


@pytest.mark.parametrize("product", ["crisis_families_first", "crisis_ambulante_spoedhulp"])
def test_ambulatory_crisis_care_begins_within_24_hours(product: str) -> None:
    asked = at("2025-01-06T16:00")

    def begins(moment: Any, request: Any = asked) -> Ledger:
        ledger = given(van_product(product))
        return ledger.when(start(op="2025-01-07", tijdstip=moment, verzoek_cpsh_op=request))

    begins(at("2025-01-07T16:00")).then_accepted()
    begins(at("2025-01-06T16:00")).then_accepted()
    begins(at("2025-01-07T16:00:01")).then_signals("TW-CR-04")
    begins(at("2025-02-07T16:00")).then_signals("TW-CR-04")
    for untold in (AFWEZIG, None):
        begins(untold).then_accepted()
        begins(at("2025-02-07T16:00"), untold).then_accepted()


def test_crisis_stay_has_no_24_hours_and_a_weekend_is_no_excuse() -> None:
    late = start(tijdstip=at("2025-01-08T16:00"), verzoek_cpsh_op=at("2025-01-06T16:00"))
    given(van_product("crisis_verblijf_jo")).when(late).then_accepted()
    ledger = given(van_product("crisis_families_first"))
    saturday = {"verzoek_cpsh_op": at("2025-01-11T16:00")}
    ledger.when(start(op="2025-01-12", tijdstip=at("2025-01-12T16:01"), **saturday))
    ledger.then_signals("TW-CR-04")


def test_the_night_the_clock_changes_counts_real_hours() -> None:
    def begins(moment: str) -> Ledger:
        ledger = given(van_product("crisis_families_first", van="2025-03-29", tot="2025-04-20"))
        asked = at("2025-03-29T12:00")
        return ledger.when(start(op="2025-03-30", tijdstip=at(moment), verzoek_cpsh_op=asked))

    begins("2025-03-30T13:00").then_accepted()
    begins("2025-03-30T13:01").then_signals("TW-CR-04")


# --- the toegang is called on the first working day


@pytest.mark.parametrize("product", CRISIS)
@pytest.mark.parametrize(
    ("begun", "in_time", "late"),
    [
        ("2025-01-06", "2025-01-07", "2025-01-08"),  # Monday
        ("2025-01-10", "2025-01-13", "2025-01-14"),  # Friday
        ("2025-01-11", "2025-01-13", "2025-01-14"),  # Saturday
        ("2025-01-12", "2025-01-13", "2025-01-14"),  # Sunday
    ],
)
def test_the_toegang_is_called_by_the_first_working_day(
    product: str, begun: str, in_time: str, late: str
) -> None:
    def called_on(told: Any) -> Ledger:
        on = date.fromisoformat(told) if isinstance(told, str) else told
        return given(van_product(product)).when(start(op=begun, contact_toegang_op=on))

    called_on(begun).then_accepted()
    called_on(in_time).then_accepted()
    called_on(late).then_signals("TW-CR-05")
    called_on("2025-02-02").then_signals("TW-CR-05")
    called_on(None).then_signals("TW-CR-05")
    called_on(AFWEZIG).then_accepted().then_not_judged("TW-CR-05", "contact_toegang_op")


def test_a_holiday_is_no_first_working_day_and_office_hours_do_not_matter() -> None:
    free = optie("feestdagen", (date(2026, 1, 1), date(2026, 1, 2)))
    grant = van_product("crisis_verblijf_jo", van="2025-12-31", tot="2026-01-20")

    def called_on(*before: Any, told: date, **values: Any) -> Ledger:
        step = start(op="2025-12-31", contact_toegang_op=told, **values)
        return given(*before, grant).when(step)

    called_on(free, told=date(2026, 1, 5)).then_accepted()
    called_on(free, told=date(2026, 1, 6)).then_signals("TW-CR-05")
    called_on(told=date(2026, 1, 1)).then_accepted()
    called_on(told=date(2026, 1, 2)).then_signals("TW-CR-05")
    for outside in (True, False, None):
        called_on(told=date(2026, 1, 2), buiten_kantooruren=outside).then_signals("TW-CR-05")


def test_care_that_is_no_crisis_calls_nobody() -> None:
    given(van_product("fact")).when(start(contact_toegang_op=None)).then_accepted()
