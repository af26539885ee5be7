"""What is charged for a no-show or absence once its fact was corrected or taken back.

The fact is corrected whatever happens; its charge is what the last claim that counts came to. A
refused claim changes nothing in the balance, and what is no longer charged is claimed anew.
"""

from typing import Any

import pytest
from tests.builders import (
    Ledger,
    afwezigheid,
    afwijzing,
    begeleiding,
    called,
    correctie,
    doorhaling,
    given,
    goedkeuring,
    inzet,
    no_show,
    running,
    start,
    van_product,
    verzoek_terug,
)

FIVE = [called(f"N{n}", no_show(f"2025-02-0{n}")) for n in range(1, 6)]
OFF, ON = {"declareren": False}, {"declareren": True}


def charged(ledger: Ledger) -> list[tuple[str, int]]:
    """The day and the weight of every charge."""
    return [(str(c.feit.datum), int(c.aantal)) for c in ledger.allocation().lasten]


def five() -> Ledger:
    return running(begeleiding(tot="2026-12-31")).given(*FIVE)


# --- no longer charged, and charged again


def test_a_claim_whose_place_was_taken_does_not_come_back_with_its_fact() -> None:
    ledger = five().given(correctie("N1", **OFF), no_show("2025-03-01")).then_used(300)
    ledger.when(correctie("N1", **ON)).then_refused_by("TW-NS-01").then_used(300)
    assert ("2025-02-01", 60) not in charged(ledger)


def test_while_there_is_a_place_it_is_charged_again() -> None:
    ledger = five().given(correctie("N1", **OFF)).then_used(240)
    ledger.when(correctie("N1", **ON)).then_accepted().then_used(300)


@pytest.mark.parametrize("fits", [40, 41])
def test_charged_again_it_fits_in_the_size_or_is_not_charged(fits: int) -> None:
    ledger = running(begeleiding(volume=100)).given(called("N", no_show()), correctie("N", **OFF))
    ledger.given(inzet(fits)).when(correctie("N", **ON))
    used = 100 if fits == 40 else 41
    assert ledger.answer.uitkomst.erkend is (fits == 40)
    ledger.then_used(used)


def test_an_absence_that_was_not_charged_for_a_while_is_claimed_anew() -> None:
    ledger = running(van_product("woongroep"))
    ledger.given(called("A", afwezigheid("2025-02-01", "2025-03-14", reden="vakantie")))
    ledger.given(correctie("A", **OFF)).then_used(0)
    ledger.given(afwezigheid("2025-04-01", "2025-05-12", reden="vakantie")).then_used(42)
    ledger.when(correctie("A", **ON)).then_refused_by("TW-VB-02", "TW-VB-05").then_used(42)


def test_of_several_corrections_a_refused_one_revives_no_earlier_claim() -> None:
    ledger = running().given(called("N", no_show()), correctie("N", aantal=30)).then_used(30)
    ledger.given(correctie("N", **OFF)).then_used(0)
    late = correctie("N", declareren=True, afgezegd_minuten_vooraf=3000)
    ledger.when(late).then_refused_by("TW-NS-02").then_used(0)
    ledger.when(correctie("N", afgezegd_minuten_vooraf=None)).then_accepted().then_used(30)


# --- a refused correction of what is charged


def test_a_refused_correction_leaves_the_charge_on_its_day_and_the_fact_corrected() -> None:
    ledger = five().given(*(no_show(f"2026-02-0{n}") for n in range(1, 6)))
    before = charged(ledger)
    ledger.when(correctie("N1", datum="2026-03-01")).then_refused_by("TW-NS-01")
    assert charged(ledger) == before
    assert str(ledger.allocation().no_shows[0].feit.datum) == "2026-03-01"
    ledger.when(no_show("2025-03-01")).then_refused_by("TW-NS-01")


def test_a_refused_correction_leaves_the_weight() -> None:
    ledger = running(van_product("woongroep"))
    ledger.given(called("A", afwezigheid("2025-02-01", "2025-02-02", reden="weekendverlof")))
    ledger.when(correctie("A", tot_en_met="2025-02-03")).then_refused_by("TW-VB-03").then_used(2)


# --- corrections that are taken back


def test_a_withdrawn_correction_gives_the_charge_back_if_there_is_a_place() -> None:
    ledger = five().given(called("C", correctie("N1", **OFF))).then_used(240)
    ledger.when(doorhaling("C")).then_accepted().then_used(300)
    taken = five().given(called("C", correctie("N1", **OFF)), no_show("2025-03-01"))
    taken.when(doorhaling("C")).then_refused_by("TW-NS-01").then_used(300)


def test_a_withdrawal_is_itself_the_last_claim() -> None:
    """The claim of the second correction was of 90 minutes; without the first it is of 60."""
    ledger = running().given(called("N", no_show()), called("C", correctie("N", aantal=90)))
    ledger.given(correctie("N", datum="2025-04-01"))
    assert charged(ledger) == [("2025-04-01", 90)]
    ledger.when(doorhaling("C")).then_accepted()
    assert charged(ledger) == [("2025-04-01", 60)]


def test_a_withdrawn_withdrawal_takes_the_charge_away_again() -> None:
    ledger = running().given(called("N", no_show()), called("C", correctie("N", **OFF)))
    ledger.given(called("D", doorhaling("C"))).then_used(60)
    ledger.when(doorhaling("D")).then_accepted().then_used(0)


def test_what_was_first_charged_by_a_correction_goes_with_it() -> None:
    ledger = running().given(called("N", no_show(declareren=False)))
    ledger.given(called("C", correctie("N", **ON)), correctie("N", datum="2025-04-01"))
    assert charged(ledger) == [("2025-04-01", 60)]
    ledger.when(doorhaling("C")).then_accepted().then_used(0)


def test_a_charge_does_not_come_back_to_an_allocation_that_is_gone() -> None:
    ledger = given(called("T", begeleiding()), start(), called("N", no_show()))
    ledger.given(called("D", doorhaling("N")), doorhaling("T"))
    ledger.when(doorhaling("D")).then_refused_because("toewijzing_niet_erkend")
    only_a_fact = given(called("T", begeleiding()), start(), called("N", no_show(declareren=False)))
    only_a_fact.given(called("D", doorhaling("N")), doorhaling("T"))
    only_a_fact.when(doorhaling("D")).then_accepted()


# --- a claim that waits


def waiting_absence() -> Ledger:
    ledger = running(van_product("woongroep"))
    step = called("A", afwezigheid("2025-02-01", "2025-02-03", reden="overig"))
    return ledger.when(step).then_waits_for("TW-VB-12")


def waiting_no_show() -> Ledger:
    ledger = running(van_product("medicatiecontrole"))
    return ledger.when(called("A", no_show(aantal=10))).then_waits_for("TW-NS-07")


@pytest.mark.parametrize("waiting", [waiting_absence, waiting_no_show])
@pytest.mark.parametrize("change", [doorhaling("A"), correctie("A", **OFF)])
@pytest.mark.parametrize("answer", [goedkeuring, afwijzing, verzoek_terug])
def test_without_its_fact_or_uncharged_nothing_waits_any_more(
    waiting: Any, change: Any, answer: Any
) -> None:
    ledger = waiting().given(change)
    assert not ledger.dossier().wachtend
    ledger.when(answer("A")).then_refused_because("niets_dat_wacht").then_used(0)


def test_what_ended_the_waiting_is_not_undone_while_a_rule_asks_approval() -> None:
    ledger = waiting_absence().given(called("C", correctie("A", **OFF)))
    ledger.when(doorhaling("C")).then_refused_by("TW-VB-12").then_used(0)


def test_an_approval_is_about_the_fact_as_it_stands_by_then() -> None:
    ledger = waiting_absence()
    longer = correctie("A", tot_en_met="2025-02-05")
    ledger.when(longer).then_refused_by("TW-VB-12").then_used(0)
    ledger.when(goedkeuring("A")).then_accepted().then_used(5)


def test_what_has_come_to_object_to_the_corrected_fact_refuses_its_approval() -> None:
    ledger = running(van_product("woongroep", tot="2025-02-04"))
    ledger.when(called("A", afwezigheid("2025-02-01", "2025-02-03", reden="overig")))
    ledger.when(correctie("A", tot_en_met="2025-02-05"))
    ledger.when(goedkeuring("A")).then_refused_by("TW-ALG-02").then_used(0)


def test_a_correction_after_the_approval_is_claimed_for_itself() -> None:
    ledger = waiting_absence().given(goedkeuring("A")).then_used(3)
    ledger.when(correctie("A", tot_en_met="2025-02-05")).then_refused_by("TW-VB-12").then_used(3)
    ledger.given(correctie("A", **OFF)).then_used(0)
    ledger.when(goedkeuring("A")).then_refused_because("niets_dat_wacht")


def test_a_claim_on_another_fact_keeps_waiting() -> None:
    ledger = waiting_absence()
    ledger.when(called("B", afwezigheid("2025-03-01", "2025-03-02", reden="overig")))
    ledger.given(doorhaling("A"))
    ledger.when(goedkeuring("B")).then_accepted().then_used(2)


def test_another_allocation_is_not_touched() -> None:
    ledger = given(begeleiding(), start(), begeleiding("T2"), start("T2"))
    ledger.given(called("N", no_show()), no_show(van="T2"), correctie("N", **OFF))
    assert (ledger.allocation().verbruikt, ledger.allocation("T2").verbruikt) == (0, 60)
