"""A what-if of a long history: what one step of it costs does not grow with the steps before it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from tests.application.care import effort, granted, started
from tests.application.investigating import END, SIZE, Hand, hand
from tests.tallying import lines_run, statements_counted

from rekenschap.application.recorded import AT_ONCE
from rekenschap.domain.andere_regels import AndereRegels

FIRST = date(2025, 3, 4)
WITHOUT_SIZE = AndereRegels(zonder=(SIZE,))
WITHIN = 5
"""So many sessions fit; what comes after them would count without the rule on the size."""


@pytest.fixture
def care() -> Iterator[Hand]:
    with hand() as it:
        it.must(granted(volume=WITHIN * 60), started())
        yield it


def treat(care: Hand, sessions: range) -> None:
    """Sessions by their number, one a day."""
    for number in sessions:
        care.do(effort(datum=FIRST + timedelta(days=number)))


def ask(care: Hand, sessions: int) -> None:
    """The balance as it would be: every session counts."""
    found = care.ledger.stand(toewijzing="T1", geldig_op=END, regels=WITHOUT_SIZE)
    assert found is not None
    assert found.verbruikt == 60 * sessions


def test_the_work_of_a_what_if_grows_with_its_steps_and_no_faster(care: Hand) -> None:
    work = []
    for before, until in ((0, 20), (20, 40), (40, 80)):
        treat(care, range(before, until))
        ask(care, until)  # what is made once is there
        work.append(lines_run(lambda count=until: ask(care, count)))  # type: ignore[misc]
    assert work[2] - work[1] <= 2 * (work[1] - work[0]) * 1.01


def test_a_what_if_reads_many_steps_at_once(care: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    for before, until in ((0, 20), (20, 40)):
        treat(care, range(before, until))
        with statements_counted(monkeypatch) as statements:
            ask(care, until)
        asked.append(len(statements))
    assert care.ledger.positie < AT_ONCE
    assert asked[0] == asked[1]
