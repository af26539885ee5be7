"""A step is as much work after many steps as after a few: its rules look through none of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.builders import (
    Ledger,
    begeleiding,
    behandeling,
    called,
    correctie,
    inzet,
    no_show,
    running,
)
from tests.tallying import lines_run

from rekenschap.domain.decide import decide_step
from rekenschap.domain.evolve import fold
from rekenschap.domain.facts import Feit, ToewijzingAfgegeven
from rekenschap.domain.lasten import Last, Lasten
from rekenschap.domain.verdicts import Gevolg

FIRST = date(2025, 1, 6)
BIG = 100_000


def after(steps: int, grant: ToewijzingAfgegeven) -> Ledger:
    """A ledger with so many sessions, two days apart, and a no-show early on."""
    days = (FIRST + timedelta(days=2 * number) for number in range(steps))
    return running(grant).given(no_show(FIRST), *(inzet(15, sessie=True, op=day) for day in days))


def work_of(step: Feit, ledger: Ledger) -> int:
    """What deciding on a step is, and what it leaves in the dossier."""
    key = ledger._key(step)
    situation = ledger.situation(key, step)

    def decided() -> None:
        ledger.said = decide_step(situation, step)
        fold(ledger._entries(None), situation.dossier)

    return lines_run(decided)


@pytest.mark.parametrize("grant", [begeleiding(volume=BIG), behandeling(volume=BIG)])
@pytest.mark.parametrize("step", [inzet(op="2025-11-03"), no_show("2025-11-03")])
def test_a_step_is_as_much_work_after_many_as_after_few(
    grant: ToewijzingAfgegeven, step: Feit
) -> None:
    work_of(step, after(10, grant))  # what is made once is there
    few, many = (work_of(step, after(steps, grant)) for steps in (50, 100))
    assert many == few


def test_a_charge_that_is_claimed_anew_takes_the_place_of_the_old_one() -> None:
    """Whatever is kept beside the charges says what they say, also once a day was corrected."""
    missed, held = called("N", no_show("2025-03-10")), inzet(sessie=True, op="2025-03-10")
    ledger = running().given(missed, held)
    charges = ledger.given(correctie("N", datum="2025-03-11")).allocation().lasten
    session, absent = charges
    assert (session.no_show, absent.no_show) == (False, True)
    assert charges.no_shows == (absent,)
    assert charges.sessies == 1
    by_day = [charges.op(date(2025, 3, day)) for day in (10, 11, 12)]
    assert by_day == [(session,), (absent,), ()]


def test_a_charge_for_the_same_fact_is_replaced() -> None:
    first, other, again = (charge(*told) for told in ((3, 10), (5, 10), (3, 11)))
    charges = Lasten().met(first).met(other).met(again)
    assert tuple(charges) == (other, again)
    assert (charges.op(first.feit.datum), charges.op(again.feit.datum)) == ((other,), (again,))
    assert (charges.no_shows, charges.sessies) == ((other, again), 0)
    assert [charges.voor(position) for position in (2, 3, 5, 6)] == [None, again, other, None]


def charge(position: int, day: int) -> Last:
    return Last(position, no_show(date(2025, 3, day)), Gevolg(aantal=Decimal(60)))
