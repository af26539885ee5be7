"""Which version of a regeling governs a decision."""

from datetime import date

import pytest
from attrs import frozen

from rekenschap.domain.calendar import Periode
from rekenschap.domain.versions import (
    Besluitsoort,
    Bij,
    Overgangsrecht,
    Peildag,
    Versievraag,
    choose_version,
    day_after,
)

SILENT = Overgangsrecht()


@frozen
class Text:
    """A version with nothing but its period and its transitional law."""

    naam: str
    periode: Periode
    overgangsrecht: Overgangsrecht = SILENT


NEW_DAY = date(2026, 1, 1)
OLD = Text("oud", Periode(date(2025, 1, 1), date(2025, 12, 31)))


def new(**law: object) -> Text:
    return Text("nieuw", Periode(NEW_DAY, None), Overgangsrecht(**law))  # type: ignore[arg-type]


def asked(kind: Besluitsoort, day: str, **more: object) -> Versievraag[Text]:
    return Versievraag(soort=kind, dag=date.fromisoformat(day), **more)  # type: ignore[arg-type]


def chosen(question: Versievraag[Text], *versions: Text) -> tuple[str, bool]:
    found = choose_version(versions, question)
    assert found is not None
    return found.versie.naam, found.open


def grant(decided: str, first: str, applied: str | None = None) -> Versievraag[Text]:
    return asked(
        Besluitsoort.TOEKENNING,
        decided,
        eerste_dag=date.fromisoformat(first),
        aanvraag=None if applied is None else date.fromisoformat(applied),
    )


@pytest.mark.parametrize(("first", "which"), [("2025-12-31", "oud"), ("2026-01-01", "nieuw")])
def test_a_grant_falls_under_the_version_of_its_first_day(first: str, which: str) -> None:
    for decided in ("2025-06-01", "2026-06-01"):
        assert chosen(grant(decided, first), OLD, new()) == (which, False)


@pytest.mark.parametrize(("decided", "which"), [("2025-12-31", "oud"), ("2026-01-01", "nieuw")])
def test_or_of_the_day_it_is_decided_where_the_text_says_so(decided: str, which: str) -> None:
    law = Overgangsrecht(toekenning=Peildag.DATUM)
    old, later = Text("oud", OLD.periode, law), Text("nieuw", Periode(NEW_DAY, None), law)
    for first in ("2025-06-01", "2026-06-01"):
        assert chosen(grant(decided, first), old, later) == (which, False)


@pytest.mark.parametrize(
    ("law", "which", "left_open"),
    [(Bij.OUD, "oud", False), (Bij.NIEUW, "nieuw", False), (Bij.VRAAGT, "nieuw", True)],
)
def test_a_pending_application_follows_what_the_new_text_says(
    law: Bij, which: str, *, left_open: bool
) -> None:
    later = new(aanvraag=law)
    pending = grant("2026-01-10", "2026-02-01", applied="2025-12-31")
    assert chosen(pending, OLD, later) == (which, left_open)
    on_the_day = grant("2026-01-10", "2026-02-01", applied="2026-01-01")
    assert chosen(on_the_day, OLD, later) == ("nieuw", False)


def test_an_application_of_before_every_version_asks_nothing() -> None:
    assert chosen(grant("2026-01-10", "2026-02-01", applied="2024-12-31"), OLD, new()) == (
        "nieuw",
        False,
    )
    assert chosen(grant("2026-01-10", "2026-02-01", applied="2025-12-31"), new()) == (
        "nieuw",
        False,
    )


@pytest.mark.parametrize(
    ("law", "which", "left_open"),
    [(Bij.OUD, "oud", False), (Bij.NIEUW, "nieuw", False), (Bij.VRAAGT, "oud", True)],
)
def test_an_extension_follows_what_the_text_of_its_first_added_day_says(
    law: Bij, which: str, *, left_open: bool
) -> None:
    later = new(verlenging=law)
    beyond = asked(Besluitsoort.VERLENGING, "2025-11-01", eerste_dag=NEW_DAY, eigen=OLD)
    assert chosen(beyond, OLD, later) == (which, left_open)
    within = asked(Besluitsoort.VERLENGING, "2025-11-01", eerste_dag=date(2025, 12, 31), eigen=OLD)
    assert chosen(within, OLD, later) == ("oud", False)


def test_more_size_without_more_days_is_a_decision_of_its_own_day() -> None:
    later = new(verlenging=Bij.NIEUW)
    for day, which in (("2025-12-31", "oud"), ("2026-01-01", "nieuw")):
        assert chosen(asked(Besluitsoort.VERLENGING, day, eigen=OLD), OLD, later) == (which, False)


@pytest.mark.parametrize(
    ("law", "which", "left_open"),
    [(Bij.OUD, "oud", False), (Bij.NIEUW, "nieuw", False), (Bij.VRAAGT, "nieuw", True)],
)
def test_an_objection_follows_what_the_new_text_says(
    law: Bij, which: str, *, left_open: bool
) -> None:
    later = new(bezwaar=law)
    decided = asked(Besluitsoort.BEZWAAR, "2026-03-01", eigen=OLD)
    assert chosen(decided, OLD, later) == (which, left_open)
    before = asked(Besluitsoort.BEZWAAR, "2025-12-31", eigen=OLD)
    assert chosen(before, OLD, later) == ("oud", False)


def test_use_stays_under_the_version_of_the_allocation() -> None:
    for day in ("2025-06-01", "2026-06-01"):
        use = asked(Besluitsoort.GEBRUIK, day, eigen=OLD)
        assert chosen(use, OLD, new(verlenging=Bij.NIEUW)) == ("oud", False)


def test_what_rests_on_earlier_rules_falls_under_the_version_of_the_day() -> None:
    assert chosen(asked(Besluitsoort.GEBRUIK, "2025-12-31"), OLD, new()) == ("oud", False)
    assert chosen(asked(Besluitsoort.GEBRUIK, "2026-01-01"), OLD, new()) == ("nieuw", False)


def test_outside_every_period_the_nearest_version_judges_so_that_it_can_refuse() -> None:
    ended = Text("nieuw", Periode(NEW_DAY, date(2026, 12, 31)))
    assert chosen(asked(Besluitsoort.GEBRUIK, "2024-12-31"), OLD, ended) == ("oud", False)
    assert chosen(asked(Besluitsoort.GEBRUIK, "2027-01-01"), OLD, ended) == ("nieuw", False)


def test_of_two_in_force_the_latest_governs_in_whatever_order_they_are_known() -> None:
    both = (Text("oud", Periode(date(2025, 1, 1), None)), new())
    for versions in (both, both[::-1]):
        assert chosen(asked(Besluitsoort.GEBRUIK, "2026-01-01"), *versions) == ("nieuw", False)


def test_without_a_regeling_there_is_nothing_to_choose() -> None:
    for kind in Besluitsoort:
        assert choose_version((), asked(kind, "2026-01-01")) is None


def test_the_first_day_an_extension_adds_is_the_day_after_the_last() -> None:
    assert day_after(date(2028, 2, 28)) == date(2028, 2, 29)
    assert day_after(date(2025, 12, 31)) == NEW_DAY
    assert day_after(None) is None
