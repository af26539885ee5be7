"""Input that cannot be a fact is Incorrect: it names the field, and nothing at all is written."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import attrs
import pytest
from tests.application.care import accepted, granted, head, made, opened, rows, started
from tests.application.malformed_commands import RIGHT, SECRET, is_secret, right, wrong_values

from rekenschap.application import commands
from rekenschap.application.commands import (
    Actor,
    Command,
    GeefToewijzingAf,
    KiesOptie,
    LegGezinVast,
    LegJeugdigeVast,
    MeldAfwezigheid,
    TrekGegevenIn,
    VerleenGoedkeuring,
    VoerRegelingIn,
)
from rekenschap.application.errors import Incorrect
from rekenschap.application.rekenschap import Rekenschap
from rekenschap.domain.absent import AFWEZIG

EVERY_COMMAND = pytest.mark.parametrize("cls", RIGHT, ids=lambda cls: cls.__name__)
ABSTRACT = (commands.Command, commands.OverStap, commands.OverBezwaar)


@pytest.fixture
def running(ledger: Rekenschap) -> Rekenschap:
    """A ledger with an allocation that has begun."""
    accepted(ledger.execute(granted("T0", "kind-1")))
    accepted(ledger.execute(started("T0", referentie="start")))
    return ledger


def test_every_command_has_its_right_and_wrong_values() -> None:
    named = [getattr(commands, name) for name in commands.__all__]
    known = {n for n in named if issubclass(n, Command) and n not in ABSTRACT}
    assert set(RIGHT) == known
    different = {(cls, name, repr(wrong)) for cls in RIGHT for name, wrong in wrong_values(cls)}
    assert len(different) >= 500


@EVERY_COMMAND
def test_a_command_that_is_in_order_is_no_error(running: Rekenschap, cls: Any) -> None:
    running.execute(right(cls))


@EVERY_COMMAND
def test_every_wrong_value_is_named_and_leaves_nothing_behind(
    running: Rekenschap, cls: Any
) -> None:
    before, wrong_answers = rows(running), []
    for name, wrong in wrong_values(cls):
        command = attrs.evolve(right(cls), **{name: wrong})
        for ask in (running.toets, running.execute):
            found = outcome(ask, command, name, is_secret(cls, name))
            if found is not None:
                wrong_answers.append((name, wrong, found))
                break
    assert wrong_answers == []
    assert rows(running) == before  # rows are only ever added: this holds for each of them


def outcome(ask: Any, command: Any, name: str, secret: bool) -> str | None:
    """What is wrong with how a wrong value was taken; None when it was Incorrect, as it should."""
    try:
        ask(command)
    except Incorrect as error:
        shown = f"{error} {error.value!r} {error.__cause__}"
        if name not in error.field and name not in ("vastgesteld", "vervanging", "tekst"):
            return f"names {error.field}"
        told = SECRET in shown or (secret and "Pietje" in shown)
        return f"tells a secret: {shown}" if told else None
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "accepted"


@pytest.mark.parametrize("value", [1, "ja", None, ["x"]])
def test_an_undeclared_kenmerk_is_named(running: Rekenschap, value: object) -> None:
    having = [cls for cls in RIGHT if issubclass(cls, commands.base.CommandMetKenmerken)]
    assert len(having) > 10
    before = rows(running)
    for cls in having:
        with pytest.raises(Incorrect) as caught:
            running.execute(right(cls, vastgesteld={"bestaat_niet": value}))
        assert caught.value.field == "vastgesteld.bestaat_niet", cls
    assert rows(running) == before


def test_a_kenmerk_of_another_event_is_undeclared(running: Rekenschap) -> None:
    with pytest.raises(Incorrect, match=r"vastgesteld\.variant"):
        running.execute(started("T0", vastgesteld={"variant": "IHT"}))


def absent(moment: object) -> Command:
    values = {"toewijzing": "T0", "van": date(2025, 3, 30), "tot_en_met": None}
    kenmerken = {"begin_tijdstip": moment}
    return made(MeldAfwezigheid, **values, declareren=False, vastgesteld=kenmerken)  # type: ignore[no-any-return]


def told_moment(running: Rekenschap, moment: object) -> str:
    answer = running.execute(absent(moment))
    line = next(iter(running._store.scan(answer.positie - 1)))
    found: str = json.loads(line.payload)["feit"]["vastgesteld"]["begin_tijdstip"]["tijdstip"]
    return found


def test_a_local_time_that_was_skipped_is_incorrect(running: Rekenschap) -> None:
    before = rows(running)
    for minute in (0, 30, 59):
        with pytest.raises(Incorrect) as caught:
            running.execute(absent(datetime(2025, 3, 30, 2, minute)))  # noqa: DTZ001
        assert "begin_tijdstip" in caught.value.field
    assert rows(running) == before
    assert told_moment(running, datetime(2025, 3, 30, 1, 59)) == "2025-03-30T00:59:00.000000Z"  # noqa: DTZ001
    assert told_moment(running, datetime(2025, 3, 30, 3, 0)) == "2025-03-30T01:00:00.000000Z"  # noqa: DTZ001


def test_a_local_time_that_came_twice_is_the_first_unless_an_offset_is_given(
    running: Rekenschap,
) -> None:
    twice = datetime(2025, 10, 26, 2, 30)  # noqa: DTZ001
    assert told_moment(running, twice) == "2025-10-26T00:30:00.000000Z"
    assert told_moment(running, twice.replace(fold=1)) == "2025-10-26T00:30:00.000000Z"
    winter = twice.replace(tzinfo=timezone(timedelta(hours=1)))
    assert told_moment(running, winter) == "2025-10-26T01:30:00.000000Z"


@pytest.mark.parametrize(
    "moment",
    [
        datetime.min,  # noqa: DTZ901
        datetime.max,  # noqa: DTZ901
        datetime.min.replace(tzinfo=timezone(timedelta(hours=1))),
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, tzinfo=UTC),
        "2025-03-30T01:00",
        date(2025, 3, 30),
        1.5,
    ],
    ids=str,
)
def test_a_moment_out_of_range_is_incorrect(running: Rekenschap, moment: object) -> None:
    with pytest.raises(Incorrect, match="begin_tijdstip"):
        running.execute(absent(moment))


def test_the_largest_allocation_there_can_be_is_stored_and_read_back(
    running: Rekenschap, database_url: str
) -> None:
    values = {"volume": Decimal("999999999999.999999"), "frequentie": "per_dag"}
    command = granted("T9", "kind-9", **values, einddatum=date(2199, 12, 31))
    answer = running.execute(command)
    with opened(database_url) as fresh:
        assert fresh.execute(command) == answer
        fresh.execute(granted("T10", "kind-9"))


@pytest.mark.parametrize("day", ["2199-12-31", "1900-01-01"])
def test_the_first_and_the_last_day_are_days(running: Rekenschap, day: str) -> None:
    running.execute(granted("T9", "kind-9", datum=date.fromisoformat(day)))


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "9" * 5000, "²", "٣", "-1", ""])
def test_a_decision_that_does_not_exist_is_refused_or_incorrect(
    running: Rekenschap, number: str
) -> None:
    command = made(
        TrekGegevenIn, betreft=f"gemeente/{number}", reden="vergissing", gezag="gemeente"
    )
    before = head(running)
    assert outcome(running.execute, command, "betreft", False) in (None, "accepted")
    assert head(running) in (before, before + 1)


@pytest.mark.parametrize("value", ["jeugdige_product", "jeugdige", "toewijzing"])
def test_every_reading_a_regeling_names_can_be_chosen(running: Rekenschap, value: str) -> None:
    choice = {"regeling": "twente-2025", "optie": "no_show_scope", "waarde": value}
    accepted(running.execute(made(KiesOptie, **choice)))


@pytest.mark.parametrize("host_id", [SECRET + "\x00", "🙂", "x" * 200, "'; DROP TABLE events;--"])
def test_a_host_may_name_its_persons_as_it_likes(running: Rekenschap, host_id: str) -> None:
    accepted(running.execute(granted("T9", host_id, actor=Actor(host_id, "gemeente", host_id))))


@pytest.mark.parametrize("actor", [None, AFWEZIG, "medewerker", 1], ids=repr)
def test_who_asks_is_an_actor(running: Rekenschap, actor: Any) -> None:
    with pytest.raises(Incorrect, match="actor"):
        running.execute(granted("T9", actor=actor))


@pytest.mark.parametrize("name", [None, "", 0, False], ids=repr)
def test_a_name_that_is_no_word_is_not_taken_for_no_name(running: Rekenschap, name: Any) -> None:
    with pytest.raises(Incorrect, match="referentie"):
        running.execute(granted("T9", referentie=name))


@pytest.mark.parametrize("text", [None, AFWEZIG, 1, 1.5, b"x", []], ids=repr)
def test_the_text_of_a_regeling_is_text(running: Rekenschap, text: Any) -> None:
    with pytest.raises(Incorrect, match="tekst"):
        running.execute(made(VoerRegelingIn, tekst=text))


@pytest.mark.parametrize(
    ("field", "command"),
    [
        ("jeugdige", granted("T9", "\ud800")),
        ("actor", granted("T9", actor=Actor("\ud800", "gemeente"))),
        ("actor", granted("T9", actor=Actor("m", "gemeente", "\ud800"))),
        ("leden", made(LegGezinVast, gezin="gezin-1", leden=["kind-1", "\ud800"])),
        ("regio", made(LegJeugdigeVast, jeugdige="kind-1", regio="\ud800")),
    ],
    ids=["jeugdige", "actor.id", "actor.namens", "leden", "regio"],
)
def test_text_that_is_no_unicode_is_incorrect_and_the_field_is_named(
    running: Rekenschap, field: str, command: Command
) -> None:
    before = rows(running)
    with pytest.raises(Incorrect) as caught:
        running.execute(command)
    assert rows(running) == before
    assert field in caught.value.field


def test_an_error_about_a_person_or_words_does_not_show_them(running: Rekenschap) -> None:
    said = [
        made(VerleenGoedkeuring, betreft="start", door="gemeente", motivering=SECRET * 200),
        granted("T9", SECRET * 9),
        granted("T9", actor=Actor(SECRET * 9, "gemeente")),
        made(GeefToewijzingAf, **{**RIGHT[GeefToewijzingAf], "jeugdige": [SECRET]}),
    ]
    for command in said:
        with pytest.raises(Incorrect) as caught:
            running.execute(command)
        error: BaseException | None = caught.value
        while error is not None:
            assert "Pietje" not in f"{error} {error.args} {vars(error)}"
            error = error.__cause__ or error.__context__


def test_a_number_too_long_to_be_spelled_is_refused_like_any_other(running: Rekenschap) -> None:
    command = attrs.evolve(right(GeefToewijzingAf), volume=10**5000)
    with pytest.raises(Incorrect, match=r"volume: .* below 1,000,000,000,000"):
        running.execute(command)
