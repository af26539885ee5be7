"""Asking without recording, several commands in one commit, and grootboeken side by side."""

from collections.abc import Callable
from datetime import date

import pytest
from tests.application.care import (
    AANBIEDER,
    accepted,
    effort,
    granted,
    head,
    introduced,
    made,
    no_show,
    opened,
    referred,
    rows,
    said,
    started,
    treated,
)

from rekenschap.application.answers import Antwoord, Toets
from rekenschap.application.commands import (
    Actor,
    Command,
    LegGezinVast,
    LegJeugdigeVast,
    OntvangVerwijzing,
    TrekGegevenIn,
)
from rekenschap.application.errors import Incorrect
from rekenschap.application.rekenschap import Rekenschap
from rekenschap.domain.vocabulary import Uitkomst

ASKED: dict[str, Callable[[], Command]] = {
    "a grant": lambda: granted("T9", "kind-9"),
    "a grant to somebody who is known": lambda: granted("T9"),
    "a grant that exists": granted,
    "a grant by a provider": lambda: granted("T9", actor=AANBIEDER),
    "effort": effort,
    "too much effort": lambda: effort(aantal=6001),
    "effort on nothing": lambda: effort("T404"),
    "a charged no-show": no_show,
    "a second use of a referral": lambda: treated("T9", "V1"),
    "a birth date": lambda: made(LegJeugdigeVast, jeugdige="nieuw", geboortedatum=date(2012, 1, 1)),
    "a family": lambda: made(LegGezinVast, gezin="gezin-1", leden=["kind-1", "nieuw"]),
    "a regeling that is known": introduced,
}


@pytest.mark.parametrize("what", ASKED)
def test_asking_records_nothing_and_tells_what_recording_would(
    ledger: Rekenschap, what: str
) -> None:
    ledger.execute_batch([referred(), granted(), started(), treated("T2", "V1")])
    command, before = ASKED[what](), rows(ledger)
    asked = ledger.toets(command)
    assert rows(ledger) == before
    assert ledger.toets(command) == asked
    answer = ledger.execute(command)
    assert said(answer) == said(asked)
    assert rows(ledger)["head"] > before["head"]


def test_what_was_asked_is_of_a_kind_of_its_own(ledger: Rekenschap) -> None:
    asked = ledger.toets(granted())
    assert type(asked) is Toets
    assert not isinstance(asked, Antwoord)
    assert not hasattr(asked, "beslissing")


def test_asking_refuses_malformed_input_as_well(ledger: Rekenschap) -> None:
    before = rows(ledger)
    for command in (granted(volume=1.5), granted(command_id="a b"), granted(jeugdige="")):
        with pytest.raises(Incorrect):
            ledger.toets(command)
    assert rows(ledger) == before


def test_a_batch_is_judged_in_order_each_with_its_own_answer(ledger: Rekenschap) -> None:
    first = head(ledger)
    answers = ledger.execute_batch(
        [started(), granted(), started(), effort(aantal=6000), effort(aantal=1)]
    )
    outcomes = [answer.uitkomst for answer in answers]
    yes, no = Uitkomst.GEACCEPTEERD, Uitkomst.GEWEIGERD
    assert outcomes == [no, yes, yes, yes, no]
    assert [answer.positie for answer in answers] == list(range(first + 1, first + 6))
    assert len({answer.geregistreerd_op for answer in answers}) == 5


def test_a_batch_gives_the_answers_that_one_by_one_gives(
    ledger: Rekenschap, database_url: str
) -> None:
    commands = [referred(), granted(), started(), no_show(), effort(), treated("T2", "V1")]
    commands += [no_show(datum=date(2025, 4, day)) for day in range(2, 8)]
    together = ledger.execute_batch(commands)
    with opened(database_url, "een-voor-een") as other:
        other.execute(introduced())
        alone = [other.execute(command) for command in commands]
    assert [said(answer) for answer in together] == [said(answer) for answer in alone]


def test_nothing_of_a_batch_stays_when_one_of_it_is_malformed(ledger: Rekenschap) -> None:
    ledger.execute_batch([granted(), started()])
    before = rows(ledger)
    good = [granted("T2", "nieuw-kind"), effort(actor=Actor("iemand-nieuw", "aanbieder"))]
    born = made(LegJeugdigeVast, jeugdige="nog-een", geboortedatum=date(2012, 1, 1))
    with pytest.raises(Incorrect):
        ledger.execute_batch([*good, born, effort(aantal=1.5), effort()])
    assert rows(ledger) == before
    for command in good:
        accepted(ledger.execute(command))


def test_an_empty_batch_is_no_error(ledger: Rekenschap) -> None:
    before = rows(ledger)
    assert ledger.execute_batch([]) == []
    assert rows(ledger) == before


def test_two_grootboeken_in_one_database_know_nothing_of_each_other(
    ledger: Rekenschap, database_url: str
) -> None:
    ledger.execute_batch([granted(), started()])
    with opened(database_url, "buren") as other:
        other.execute(introduced())
        assert other.execute(effort()).gronden == ("toewijzing_niet_erkend",)
        accepted(other.execute(granted("T1", "kind-van-de-buren")))
        assert ledger.execute(granted("T1", "kind-1")).gronden == ("toewijzing_bestaat_al",)
        refs = [
            {ref for line in it._store.scan() for ref in _references(it, line.position)}
            for it in (ledger, other)
        ]
        youths = [{r for r in found if r.startswith("jeugdige/")} for found in refs]
        assert [len(found) for found in youths] == [1, 1]
        assert not youths[0] & youths[1]


def _references(rekenschap: Rekenschap, position: int) -> tuple[str, ...]:
    with rekenschap._store.reading() as unit:
        return unit.log.references_of(position)


def test_one_person_has_another_reference_in_another_grootboek(
    ledger: Rekenschap, database_url: str
) -> None:
    with opened(database_url, "buren") as other:
        other.execute(introduced())
        found = []
        for it in (ledger, other):
            it.execute(made(OntvangVerwijzing, verwijzing="V", jeugdige="kind", verwijzer="school"))
            found.append(next(r for r in _references(it, head(it)) if r.startswith("jeugdige/")))
    assert found[0] != found[1]


def test_the_answer_of_another_grootboek_points_at_nothing_here(ledger: Rekenschap) -> None:
    ledger.execute(granted())
    answer = ledger.execute(started())
    elsewhere = f"ander-grootboek/{answer.positie}"
    command = made(TrekGegevenIn, betreft=elsewhere, reden="vergissing", gezag="gemeente")
    assert ledger.execute(command).uitkomst is Uitkomst.GEWEIGERD


def test_a_line_reference_that_came_before_is_signalled_as_probably_double(
    ledger: Rekenschap,
) -> None:
    ledger.execute_batch([granted(), started()])
    assert accepted(ledger.execute(effort(regelreferentie="R-1"))).signalen == ()
    again = ledger.execute(effort(regelreferentie="R-1"))
    assert (again.uitkomst, again.signalen) == (Uitkomst.GESIGNALEERD, ("HR-01",))
    assert ledger.execute(effort(regelreferentie="R-2")).signalen == ()


def test_a_provider_grants_nothing(ledger: Rekenschap) -> None:
    refused = ledger.execute(granted(actor=AANBIEDER))
    assert refused.uitkomst is Uitkomst.GEWEIGERD
    assert "HR-02" in refused.regels
    assert ledger.execute(started()).gronden == ("toewijzing_niet_erkend",)
