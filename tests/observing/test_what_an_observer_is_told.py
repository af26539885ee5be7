"""Is an observer told exactly what happened, after it happened, and can it do no harm?"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from tests.application.care import NOW, effort, granted, head, made, no_show, started
from tests.observing.watching import Watching, watched

from rekenschap.application import (
    Beslist,
    Conflict,
    Geopend,
    Gesloten,
    Getoetst,
    Gevraagd,
    Incorrect,
    Mislukt,
    Onbeschikbaar,
    Rekenschap,
    Samen,
    StartZorg,
    Uitkomst,
)
from rekenschap.application.waarnemen import kind_of
from rekenschap.infrastructure.clock import FixedClock


@pytest.fixture
def observer() -> Watching:
    return Watching()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def ledger(database_url: str, observer: Watching, clock: FixedClock) -> Iterator[Rekenschap]:
    with watched(database_url, observer, clock) as rekenschap:
        observer.seen.clear()
        yield rekenschap


def test_opening_tells_how_far_log_and_tables_are(sqlite_url: str, observer: Watching) -> None:
    with watched(sqlite_url, observer):
        pass
    with watched(sqlite_url, observer):
        pass

    assert [(one.hoofd, one.tabellen) for one in observer.of(Geopend)] == [(0, 0), (2, 0)]


def test_a_decision_is_told_with_its_kind_outcome_rules_and_place(
    ledger: Rekenschap, observer: Watching
) -> None:
    ledger.execute(granted())
    answer = ledger.execute(effort(aantal=6001))

    (one,) = observer.last(Beslist).opdrachten
    assert (one.soort, one.uitkomst) == ("RegistreerInzet", Uitkomst.GEWEIGERD)
    assert one.regels == answer.regels
    assert one.gronden == answer.gronden
    assert (one.positie, one.herhaald) == (answer.positie, False)
    assert observer.last(Beslist).hoofd == head(ledger)


def test_the_time_is_split_in_waiting_deciding_and_recording(
    ledger: Rekenschap, observer: Watching
) -> None:
    ledger.execute(granted())

    told = observer.last(Beslist)
    assert min(told.wachten, told.beslissen, told.vastleggen) > 0


def test_a_step_of_two_lines_tells_both(ledger: Rekenschap, observer: Watching) -> None:
    ledger.execute_batch([granted(), started()])
    before = head(ledger)
    ledger.execute(no_show())

    assert observer.last(Beslist).vastgelegd == head(ledger) - before == 2


def test_a_batch_is_one_commit_in_which_every_command_has_its_outcome(
    ledger: Rekenschap, observer: Watching
) -> None:
    answers = ledger.execute_batch([granted(), started(), effort(aantal=6001), effort()])

    (told,) = observer.of(Beslist)
    assert [one.uitkomst for one in told.opdrachten] == [one.uitkomst for one in answers]
    assert [one.positie for one in told.opdrachten] == [one.positie for one in answers]
    assert told.vastgelegd == 4


def test_a_command_that_comes_again_is_no_second_decision(
    ledger: Rekenschap, observer: Watching
) -> None:
    command, other = granted(), granted("T2")
    ledger.execute(command)
    ledger.execute_batch([command, other, other])

    told = observer.last(Beslist)
    assert [one.herhaald for one in told.opdrachten] == [True, False, True]
    assert told.vastgelegd == 1


def test_an_empty_batch_decides_nothing(ledger: Rekenschap, observer: Watching) -> None:
    assert ledger.execute_batch([]) == []

    told = observer.last(Beslist)
    assert (told.opdrachten, told.vastgelegd) == ((), 0)


def test_a_toets_is_told_as_one(ledger: Rekenschap, observer: Watching) -> None:
    asked = ledger.toets(effort("T404"))

    (told,) = observer.seen
    assert isinstance(told, Getoetst)
    assert (told.soort, told.uitkomst) == ("RegistreerInzet", Uitkomst.GEWEIGERD)
    assert told.gronden == asked.gronden


def test_what_fails_is_told_by_its_class_and_is_no_decision(
    ledger: Rekenschap, observer: Watching, clock: FixedClock
) -> None:
    ledger.execute(command := granted())
    observer.seen.clear()
    asked: Any = {"kind": "no command"}
    with pytest.raises(Incorrect):
        ledger.execute(granted(volume=1.5))
    with pytest.raises(Incorrect):
        ledger.execute(asked)
    with pytest.raises(Incorrect):
        ledger.toets(granted(volume=1.5))
    with pytest.raises(Incorrect):
        ledger.stand(jeugdige="nobody")
    with pytest.raises(Conflict):
        ledger.execute_batch([started(), granted(command_id=command.command_id, volume=1)])
    clock.advance(timedelta(minutes=-1))
    with pytest.raises(Onbeschikbaar):
        ledger.execute(effort())

    assert [type(one) for one in observer.seen] == [Mislukt] * 6
    told = [(one.vraag, one.soorten, one.fout) for one in observer.of(Mislukt)]
    assert told == [
        ("execute", ("GeefToewijzingAf",), "Incorrect"),
        ("execute", (), "Incorrect"),
        ("toets", ("GeefToewijzingAf",), "Incorrect"),
        ("stand", (), "Incorrect"),
        ("execute_batch", ("StartZorg", "GeefToewijzingAf"), "Conflict"),
        ("execute", ("RegistreerInzet",), "Onbeschikbaar"),
    ]


def test_a_closed_ledger_is_seen_to_fail(sqlite_url: str, observer: Watching) -> None:
    with watched(sqlite_url, observer) as ledger:
        pass
    with pytest.raises(Gesloten):
        ledger.execute(granted())

    assert observer.last(Mislukt).fout == "Gesloten"


def test_a_commit_that_fails_is_no_decision(ledger: Rekenschap, observer: Watching) -> None:
    engine = ledger._store.engine  # type: ignore[attr-defined]

    def full(_connection: object) -> None:
        raise Onbeschikbaar("the disk is full")

    event.listen(engine, "commit", full)
    with pytest.raises(Onbeschikbaar):
        ledger.execute(command := granted())
    event.remove(engine, "commit", full)

    assert [type(one) for one in observer.seen] == [Mislukt]
    ledger.execute(command)
    assert [one.herhaald for one in observer.last(Beslist).opdrachten] == [False]


def test_a_question_tells_how_much_it_folded_first(ledger: Rekenschap, observer: Watching) -> None:
    ledger.execute_batch([granted(), started()])
    ledger.stand(toewijzing="T1")
    ledger.stand(toewijzing="T1")

    first, second = observer.of(Gevraagd)
    assert (first.vraag, first.bijgewerkt) == ("stand", head(ledger))
    assert first.bijwerken > 0
    assert (second.bijgewerkt, second.bijwerken) == (0, 0.0)
    assert (second.hoofd, second.tabellen) == (head(ledger), head(ledger))


def test_a_question_inside_another_is_part_of_it(ledger: Rekenschap, observer: Watching) -> None:
    answer = ledger.execute(granted())
    observer.seen.clear()
    ledger.bezwaardossier(answer.beslissing)

    assert [one.vraag for one in observer.of(Gevraagd)] == ["bezwaardossier"]


def test_an_answer_line_by_line_is_told_once_at_its_end_or_when_it_is_left(
    ledger: Rekenschap, observer: Watching
) -> None:
    ledger.execute_batch([granted(), started()])
    observer.seen.clear()
    lines = ledger.lees()
    next(lines)
    assert observer.seen == []
    assert len(list(lines)) == 3
    assert [one.vraag for one in observer.of(Gevraagd)] == ["lees"]
    left: Any = ledger.reproduceer_alles()
    next(left)
    left.close()
    assert [one.vraag for one in observer.of(Gevraagd)] == ["lees", "reproduceer_alles"]


def test_a_reader_by_name_is_observed_as_well(ledger: Rekenschap, observer: Watching) -> None:
    ledger.execute(granted())
    ledger.namens(made(StartZorg, toewijzing="T1").actor).stand(toewijzing="T1")

    assert [one.vraag for one in observer.of(Gevraagd)] == ["stand"]


class Failing:
    """An observer as bad as they come: it fails at everything it sees."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.asked = 0

    def zie(self, waarneming: object) -> None:
        self.asked += 1
        raise self.error


@pytest.mark.parametrize("error", [ValueError("a secret"), Onbeschikbaar("no"), StopIteration()])
def test_an_observer_that_raises_breaks_no_decision_and_loses_no_answer(
    sqlite_url: str, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = Failing(error), Watching()
    with watched(sqlite_url, Samen(bad, good)) as ledger:
        answer = ledger.execute(command := granted())
        assert ledger.execute(command) == answer
        assert ledger.toets(effort()).uitkomst
        assert ledger.stand(toewijzing="T1") is not None
        assert len(list(ledger.lees())) == head(ledger) == answer.positie
        with pytest.raises(Incorrect):
            ledger.execute(granted(volume=1.5))
        assert ledger.verify() == answer.positie

    assert bad.asked == len(good.seen) > 6
    assert type(error).__name__ in caplog.text
    assert "a secret" not in caplog.text


def test_an_observer_that_asks_the_ledger_is_not_told_of_its_own_question(
    sqlite_url: str,
) -> None:
    class Asking(Watching):
        def zie(self, waarneming: Any) -> None:
            super().zie(waarneming)
            if isinstance(waarneming, Beslist):
                ledger.stand(toewijzing="T1")

    observer = Asking()
    with watched(sqlite_url, Watching()) as ledger:
        ledger._waarnemer = observer
        ledger.execute(granted())

    assert [type(one) for one in observer.seen] == [Beslist]


def test_the_kind_of_a_subclass_is_that_of_ours() -> None:
    own = type("J-de-Vries", (StartZorg,), {})

    assert kind_of(made(own, toewijzing="T1")) == "StartZorg"
    assert kind_of("j.devries") == "onbekend"
