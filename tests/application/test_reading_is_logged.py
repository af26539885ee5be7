"""Is every reading of a person on record, with who, when, what for and by which question?"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from tests.application.care import (
    GEMEENTE,
    KEY,
    NOW,
    accepted,
    effort,
    granted,
    head,
    introduced,
    made,
    opened,
    rows,
    started,
)

from rekenschap.application import (
    Actor,
    Broken,
    Gezichtspunt,
    Incorrect,
    Inzage,
    LegJeugdigeVast,
    Onbeschikbaar,
    Rekenschap,
    WisGegevens,
)
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.clock import FixedClock

JURIST = Actor("jurist-1", "gemeente", "college")


@pytest.fixture
def filled(ledger: Rekenschap) -> Rekenschap:
    youth = made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=date(2010, 1, 1))
    ledger.execute_batch([youth, granted(), started(), effort()])
    return ledger


def read(rekenschap: Rekenschap, youth: str = "kind-1") -> list[Inzage]:
    """What was read of a youth up to now (asking is a reading too, that comes after)."""
    return list(rekenschap.gelezen(jeugdige=youth).regels)


def numbers(rekenschap: Rekenschap) -> int:
    store: Any = rekenschap._store
    with store.reading() as unit:
        count: int = unit.connection.execute(text("SELECT count(*) FROM vault_reads")).scalar()
    return count


ASK: dict[str, Callable[[Rekenschap], Any]] = {
    "stand": lambda r: r.stand(jeugdige="kind-1"),
    "stand of an allocation": lambda r: r.stand(toewijzing="T1"),
    "spoor": lambda r: r.spoor(jeugdige="kind-1"),
    "toewijzingen": lambda r: r.toewijzingen(jeugdige="kind-1"),
    "signalen": lambda r: r.signalen(date(2025, 6, 2), jeugdige="kind-1"),
    "werklijst": lambda r: list(r.werklijst(date(2025, 6, 2))),
    "toets": lambda r: r.toets(granted("T2")),
    "gelezen": lambda r: r.gelezen(jeugdige="kind-1"),
    "verschil of many views": lambda r: r.verschil(toewijzing="T1", een=Gezichtspunt(bekend_op=4)),
    "bezwaardossier of many views": lambda r: r.bezwaardossier(f"{r.grootboek}/4"),
}


@pytest.mark.parametrize("what", ASK)
def test_a_question_about_a_youth_is_one_line_with_reader_role_purpose_and_moment(
    filled: Rekenschap, what: str
) -> None:
    ASK[what](filled.namens(JURIST, doel="bezwaarbehandeling"))
    (line,) = read(filled)
    assert line == Inzage(
        betrokkene=line.betrokkene,
        gelezen_op=NOW,
        lezer="jurist-1",
        rol=line.rol,
        namens="college",
        doel="bezwaarbehandeling",
        vraag=what.split()[0],
        toegekend=True,
    )
    assert line.rol == "gemeente"
    assert line.betrokkene.startswith("jeugdige/")


def test_who_does_not_say_who_they_are_is_logged_as_such(filled: Rekenschap) -> None:
    filled.stand(jeugdige="kind-1")
    (line,) = read(filled)
    assert (line.lezer, line.rol, line.namens, line.doel) == (None, None, None, None)
    assert (line.vraag, line.toegekend) == ("stand", True)


def test_a_reader_can_be_told_at_opening(database_url: str) -> None:
    opened_by = {"grootboek": "gemeente", "sleutel": KEY, "lezer": JURIST, "doel": "controle"}
    with open_grootboek(database_url, **opened_by) as rekenschap:  # type: ignore[arg-type]
        rekenschap.execute(introduced())
        rekenschap.execute(made(LegJeugdigeVast, jeugdige="kind-1"))
        rekenschap.stand(jeugdige="kind-1")
        (line,) = read(rekenschap)
        assert (line.lezer, line.doel) == ("jurist-1", "controle")


def test_a_question_that_tells_nothing_of_anybody_leaves_no_line(filled: Rekenschap) -> None:
    list(filled.lees())
    filled.regels(op=date(2025, 6, 1))
    filled.opties(op=date(2025, 6, 1))
    filled.uitleg(toewijzing="T1", geldig_op=date(2025, 6, 1))
    filled.verify()
    filled.rebuild()
    assert filled.positie
    assert numbers(filled) == 0


def test_decisions_are_on_record_themselves_and_leave_no_line(filled: Rekenschap) -> None:
    accepted(filled.execute(effort(aantal=1)))
    assert numbers(filled) == 0


def test_reading_records_nothing_in_the_log_and_changes_nothing_of_anybody(
    filled: Rekenschap,
) -> None:
    before = rows(filled)
    filled.stand(jeugdige="kind-1")
    filled.spoor(jeugdige="kind-1")
    assert rows(filled) == before
    assert filled.verify() == head(filled)


def test_each_person_that_was_told_of_has_a_line_and_nobody_else(filled: Rekenschap) -> None:
    filled.execute_batch([granted("T2", "kind-2"), granted("T3", "kind-3")])
    filled.toewijzingen(aanbieder="12")  # of nobody
    assert numbers(filled) == 0
    list(filled.namens(JURIST).werklijst(date(2025, 6, 2)))
    for youth in ("kind-1", "kind-2", "kind-3"):
        assert [line.vraag for line in read(filled, youth)] == ["werklijst"]
    filled.stand(toewijzing="T2")
    assert [line.vraag for line in read(filled, "kind-2")] == ["werklijst", "gelezen", "stand"]
    assert [line.vraag for line in read(filled, "kind-3")] == ["werklijst", "gelezen"]


def test_who_decided_is_a_person_too_when_the_trail_names_them(filled: Rekenschap) -> None:
    filled.namens(JURIST).spoor(jeugdige="kind-1")
    (line,) = filled.gelezen(persoon=GEMEENTE.id).regels
    assert (line.vraag, line.lezer) == ("spoor", "jurist-1")


def test_the_log_holds_references_and_no_id_of_anybody(filled: Rekenschap) -> None:
    filled.namens(JURIST, doel="bezwaarbehandeling").stand(jeugdige="kind-1")
    store: Any = filled._store
    with store.reading() as unit:
        (row,) = unit.connection.execute(text("SELECT * FROM vault_reads")).mappings()
    assert "kind-1" not in str(row)
    assert "jurist-1" not in str(row)
    assert (row["person"][:9], row["reader"][:8]) == ("jeugdige/", "persoon/")


def test_it_comes_in_pages_in_the_order_it_was_read(filled: Rekenschap, clock: FixedClock) -> None:
    for number in range(5):
        clock.set(NOW + timedelta(minutes=number))
        filled.stand(jeugdige="kind-1")
    first = filled.gelezen(jeugdige="kind-1", limiet=3)
    rest = filled.gelezen(jeugdige="kind-1", limiet=3, verder=first.verder)
    moments = [line.gelezen_op for line in (*first.regels, *rest.regels)]
    assert moments == [NOW + timedelta(minutes=n) for n in (0, 1, 2, 3, 4, 4)]
    assert rest.regels[-1].vraag == "gelezen"
    assert rest.verder is None
    assert first.bekend_op == head(filled)


def test_a_question_whose_reading_cannot_be_logged_is_not_answered(filled: Rekenschap) -> None:
    store: Any = filled._store
    with store.writing() as unit:
        unit.connection.execute(text("ALTER TABLE vault_reads RENAME TO elders"))
    for ask in ("stand", "spoor", "toewijzingen", "werklijst", "toets"):
        with pytest.raises((Onbeschikbaar, Broken), match=r"not told|vault_reads"):
            ASK[ask](filled)
    accepted(filled.execute(effort(aantal=1)))
    with store.writing() as unit:
        unit.connection.execute(text("ALTER TABLE elders RENAME TO vault_reads"))
    assert filled.stand(jeugdige="kind-1").jeugdige == "kind-1"


def test_a_question_that_fails_after_it_read_is_logged_as_not_granted(
    filled: Rekenschap, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise Onbeschikbaar("for the test")

    with monkeypatch.context() as patched:
        patched.setattr(filled._leesmodel, "toewijzingen", broken)
        with pytest.raises(Onbeschikbaar, match="for the test"):
            filled.toewijzingen(jeugdige="kind-1")
    (line,) = read(filled)
    assert (line.vraag, line.toegekend) == ("toewijzingen", False)


def test_asking_after_somebody_unknown_leaves_no_line(filled: Rekenschap) -> None:
    for ask in (filled.stand, filled.spoor, filled.gelezen):
        with pytest.raises(Incorrect):
            ask(jeugdige="nooit-gezien")
    assert numbers(filled) == 0


def test_lines_stay_without_names_when_reader_or_child_is_erased(filled: Rekenschap) -> None:
    filled.namens(JURIST).stand(jeugdige="kind-1")
    gone = made(WisGegevens, persoon="jurist-1", grond="verzoek_betrokkene")
    accepted(filled.execute(gone))
    (line,) = read(filled)
    assert (line.lezer, line.rol, line.namens) == (None, line.rol, "college")
    assert line.rol is not None
    accepted(filled.execute(made(WisGegevens, jeugdige="kind-1", grond="verzoek_betrokkene")))
    assert numbers(filled) > 0
    with pytest.raises(Incorrect):
        filled.gelezen(jeugdige="kind-1")


def test_a_reader_that_another_process_erased_is_somebody_new(database_url: str) -> None:
    with opened(database_url) as here, opened(database_url) as there:
        here.execute_batch([introduced(), made(LegJeugdigeVast, jeugdige="kind-1")])
        there.namens(JURIST).stand(jeugdige="kind-1")
        gone = made(WisGegevens, persoon="jurist-1", grond="verzoek_betrokkene")
        accepted(here.execute(gone))
        there.namens(JURIST).stand(jeugdige="kind-1")
        assert [line.lezer for line in read(here)] == [None, "jurist-1"]


@pytest.mark.parametrize(
    ("wie", "doel", "field"),
    [
        ("jurist-1", None, "lezer"),
        (None, None, "lezer"),
        (Actor("", "gemeente"), None, "lezer.id"),
        (Actor("x" * 201, "gemeente"), None, "lezer.id"),
        (Actor("jurist-1", "koning"), None, "lezer.rol"),
        (Actor("jurist-1", "gemeente", ""), None, "lezer.namens"),
        (JURIST, "omdat de moeder belde", "doel"),
        (JURIST, "", "doel"),
    ],
)
def test_a_malformed_reader_is_incorrect(
    filled: Rekenschap, wie: Any, doel: Any, field: str
) -> None:
    with pytest.raises(Incorrect) as error:
        filled.namens(wie, doel=doel)
    assert error.value.field == field
    assert "x" * 201 not in str(error.value)


def test_two_readers_beside_each_other_are_not_taken_for_one_another(filled: Rekenschap) -> None:
    first, second = filled.namens(JURIST), filled.namens(Actor("arts-2", "aanbieder"))
    works = first.werklijst(date(2025, 6, 2))
    next(works, None)
    second.stand(jeugdige="kind-1")
    list(works)
    filled.stand(jeugdige="kind-1")
    who = [(line.lezer, line.vraag) for line in read(filled)]
    assert who == [("jurist-1", "werklijst"), ("arts-2", "stand"), (None, "stand")]


def test_the_moment_is_in_utc(filled: Rekenschap, clock: FixedClock) -> None:
    clock.set(datetime(2026, 7, 1, 0, 30, tzinfo=UTC))
    filled.stand(jeugdige="kind-1")
    assert read(filled)[0].gelezen_op == datetime(2026, 7, 1, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("part", [{}, {"toewijzing": "T2"}])
def test_a_replay_is_logged_while_its_answers_are_taken(
    filled: Rekenschap, part: dict[str, str]
) -> None:
    """A limit of age is judged again, on the birth date itself."""
    filled.execute(granted("T2", product="woongroep"))
    replay = filled.namens(JURIST, doel="controle").herspeel(**part)
    assert numbers(filled) == 0
    assert [one.anders for one in replay if one.feit.stroom == "toewijzing/T2"] == [False]

    (line,) = read(filled)
    assert (line.lezer, line.doel, line.vraag) == ("jurist-1", "controle", "herspeel")


def test_a_reproduction_of_all_is_logged_while_its_answers_are_taken(filled: Rekenschap) -> None:
    filled.execute(granted("T2", product="woongroep"))
    assert all(one.gelijk for one in filled.namens(JURIST).reproduceer_alles())

    (line,) = read(filled)
    assert (line.lezer, line.vraag) == ("jurist-1", "reproduceer_alles")
