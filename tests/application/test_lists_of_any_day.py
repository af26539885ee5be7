"""Do the work lists and signals answer for any day, as known at any position, by any clock?"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.application.care import (
    AANBIEDER,
    effort,
    granted,
    made,
    referred,
    started,
    treated,
)
from tests.application.reconsidering import corrected, happened, listed, reconsidered

from rekenschap.application import (
    Incorrect,
    LegEvaluatieVast,
    Rekenschap,
    StopZorg,
    TrekToewijzingIn,
    VerleenGoedkeuring,
    Verleng,
)
from rekenschap.application.bekend import as_known
from rekenschap.infrastructure.clock import FixedClock

ONE = timedelta(days=1)
ASKED = {"variant": "NIEUW_ALTERNATIEF", "akkoord_gemeente": False}
DECEMBER = {day: date(2025, 12, day) for day in (15, 19, 20, 21)}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 6, 1, 9, tzinfo=UTC))


def asked(ledger: Rekenschap, **values: Any) -> str | None:
    happened(ledger, referred())
    request = treated("T1", "V1", vastgesteld=ASKED, referentie="nieuw", **values)
    return ledger.execute(request).beslissing


def waiting(ledger: Rekenschap, day: date | None, **values: Any) -> list[str | None]:
    return [one.beslissing for one in listed(ledger, "wacht_op_goedkeuring", day, **values)]


def test_a_request_waits_from_its_day_until_the_day_it_is_ended(ledger: Rekenschap) -> None:
    request = asked(ledger)
    done = date(2025, 4, 1)
    assert waiting(ledger, date(1999, 3, 2)) == []
    assert waiting(ledger, date(2025, 3, 2)) == []

    approval = made(VerleenGoedkeuring, betreft="nieuw", door="gemeente", datum=done)
    happened(ledger, approval)

    assert waiting(ledger, date(2025, 3, 3)) == [request]
    assert waiting(ledger, done - ONE) == [request]
    assert waiting(ledger, done) == []


def test_a_request_about_a_later_day_waits_from_the_day_it_was_recorded(
    ledger: Rekenschap, clock: FixedClock
) -> None:
    later = {"ingangsdatum": date(2026, 7, 1), "einddatum": date(2026, 12, 31)}
    request = asked(ledger, datum=date(2026, 7, 1), **later)

    assert waiting(ledger, date(2026, 5, 31)) == []
    assert waiting(ledger, date(2026, 6, 1)) == [request]


def test_an_extension_of_a_later_day_hides_nothing(ledger: Rekenschap) -> None:
    happened(ledger, granted(), started(), effort("T1", 5400))
    longer = {"einddatum": date(2026, 3, 2), "extra_volume": 6000}
    happened(ledger, made(Verleng, toewijzing="T1", datum=DECEMBER[20], **longer))

    for kind in ("loopt_af", "bijna_op"):
        assert len(listed(ledger, kind, DECEMBER[19])) == 1
        assert listed(ledger, kind, DECEMBER[20]) == []


@pytest.mark.parametrize("how", [StopZorg, TrekToewijzingIn])
def test_what_ended_later_is_on_the_lists_of_before(ledger: Rekenschap, how: Any) -> None:
    values = {"actor": AANBIEDER} if how is StopZorg else {"door": "gemeente"}
    happened(ledger, granted(), started(), effort("T1", 5400))
    happened(ledger, made(how, toewijzing="T1", datum=DECEMBER[20], **values))

    for kind in ("loopt_af", "bijna_op"):
        assert len(listed(ledger, kind, DECEMBER[15])) == 1
        assert listed(ledger, kind, DECEMBER[21]) == []


def test_what_was_approved_counts_on_its_own_days(ledger: Rekenschap) -> None:
    asked(ledger)
    done = date(2026, 1, 20)
    happened(ledger, made(VerleenGoedkeuring, betreft="nieuw", door="gemeente", datum=done))

    assert [one.toewijzing for one in listed(ledger, "loopt_af", DECEMBER[15])] == ["T1"]


# --- as known then


def test_the_lists_can_be_asked_as_they_were_known(ledger: Rekenschap, clock: FixedClock) -> None:
    happened(ledger, granted(), started())
    before, moment, day = ledger.positie, clock.now(), date(2025, 9, 4)
    clock.set(datetime(2026, 6, 3, 9, tzinfo=UTC))
    held = {"soort": "tussen", "actor": AANBIEDER, "datum": date(2025, 9, 2)}
    happened(ledger, made(LegEvaluatieVast, toewijzing="T1", **held))

    assert listed(ledger, "signaal", day) == []
    assert ledger.signalen(day, toewijzing="T1").signalen == ()
    for known in (before, moment + timedelta(hours=1), date(2026, 6, 2)):
        assert len(listed(ledger, "signaal", day, bekend_op=known)) == 1
        told = ledger.signalen(day, toewijzing="T1", bekend_op=known)
        assert told.signalen == ("TW-ALG-15",)


def test_what_was_not_known_yet_is_on_no_list(ledger: Rekenschap) -> None:
    start = ledger.positie
    happened(ledger, granted(volume=600), started(), effort("T1", 600, referentie="alles"))
    full = ledger.positie
    ledger.execute(effort("T1", 60, datum=date(2025, 3, 11)))
    happened(ledger, corrected("alles", aantal=540))

    assert list(ledger.werklijst(DECEMBER[15], bekend_op=start)) == []
    assert list(ledger.werklijst(DECEMBER[15], bekend_op=0)) == []
    assert len(listed(ledger, "bijna_op", DECEMBER[15], bekend_op=full)) == 1
    assert reconsidered(ledger, bekend_op=full + 1) == {}
    assert len(reconsidered(ledger, bekend_op=full + 2)) == 1


def test_nothing_recorded_later_changes_what_the_list_said(ledger: Rekenschap) -> None:
    happened(ledger, granted(volume=600), started(), effort("T1", 540, referentie="a"))
    then = ledger.positie
    said = list(ledger.werklijst(DECEMBER[15]))

    happened(ledger, corrected("a", aantal=10), granted("T2", "kind-2"), started("T2"))

    assert list(ledger.werklijst(DECEMBER[15], bekend_op=then)) == said
    assert list(ledger.werklijst(DECEMBER[15])) != said


def test_a_position_that_is_not_there_is_incorrect(ledger: Rekenschap) -> None:
    with pytest.raises(Incorrect):
        list(ledger.werklijst(bekend_op=ledger.positie + 1))
    with pytest.raises(Incorrect):
        ledger.signalen(DECEMBER[15], jeugdige="kind-1", bekend_op=-1)


def test_a_moment_is_no_day(ledger: Rekenschap) -> None:
    with pytest.raises(Incorrect):
        list(ledger.werklijst(datetime(2025, 12, 15, tzinfo=UTC)))


def test_what_was_known_then_reads_nothing_later_and_appends_nothing(ledger: Rekenschap) -> None:
    happened(ledger, granted())
    with ledger._store.reading() as unit:
        log = as_known(unit, 1).log
        (line,) = log.read_from(0)
        assert (log.head().position, log.head().hash, line.position) == (1, line.hash, 1)
        assert log.read(("toewijzing/T1",)) == []
        assert log.references_of(ledger.positie) == ()
        assert set(log.references_between(0, ledger.positie)) <= {1}
        assert log.position_at(datetime(2030, 1, 1, tzinfo=UTC)) == 1
        with pytest.raises(RuntimeError):
            log.append([], moment=datetime(2030, 1, 1, tzinfo=UTC))


# --- a question needs no clock that is ahead


def test_a_clock_behind_the_log_stops_no_question(ledger: Rekenschap, clock: FixedClock) -> None:
    happened(ledger, granted(), started())
    day = date(2025, 9, 4)
    said = list(ledger.werklijst(day))

    clock.set(datetime(2025, 9, 4, 9, tzinfo=UTC))

    assert list(ledger.werklijst()) == list(ledger.werklijst(day)) == said
    assert ledger.signalen(day, toewijzing="T1").signalen == ("TW-ALG-15",)
