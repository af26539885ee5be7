"""All rules judge and the heaviest wins; what nobody told is not judged."""

import pytest
from tests.builders import (
    HUISREGELS,
    Ledger,
    begeleiding,
    behandeling,
    called,
    day,
    given,
    goedkeuring,
    inzet,
    no_show,
    peildatum,
    running,
    start,
    toewijzing,
    vaktherapie,
    verlenging,
)

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.verdicts import heaviest
from rekenschap.domain.vocabulary import Ernst, Rol, Uitkomst


def rules_of(ledger: Ledger) -> set[str]:
    return {str(o.regel) for o in ledger.answer.oordelen}


def test_no_verdict_is_acceptance() -> None:
    assert heaviest(()) is Uitkomst.GEACCEPTEERD
    running().when(inzet()).then_accepted()


def test_all_rules_judge_also_when_one_refuses() -> None:
    ledger = running(begeleiding(volume=10, budget=1, tarief=100))
    ledger.when(inzet(46, soort="reistijd", op="2026-01-06"))
    assert rules_of(ledger) >= {"TW-ALG-01", "TW-ALG-02", "TW-ALG-03", "TW-ALG-07"}


def test_a_refusal_outweighs_a_signal_and_both_are_told() -> None:
    ledger = running(begeleiding(volume=10)).when(inzet(11, op="2025-12-31"))
    ledger.then_refused_by("TW-ALG-01")
    assert ledger.answer.signalen == ("TW-ALG-15",)


def test_a_refusal_outweighs_approval() -> None:
    ledger = given().when(behandeling(variant="NIEUW_ALTERNATIEF", tot=None))
    ledger.then_refused_by("TW-HA-07")
    assert rules_of(ledger) == {"TW-HA-07", "TW-BH-03"}


def test_approval_outweighs_a_signal() -> None:
    """Crisis care that lasts too long waits; that its overview is missing only signals."""
    grant = toewijzing(
        product="crisis_pleegzorg",
        verwijzer="huisarts",
        afsprakenoverzicht="geen",
        volume=10,
        eenheid="etmaal",
        tot="2025-12-31",
    )
    ledger = given().when(grant)
    assert ledger.answer.uitkomst is Uitkomst.GOEDKEURING_NODIG
    assert "TW-ALG-12" in ledger.answer.signalen
    assert "TW-ALG-12" not in ledger.answer.regels


def test_two_signals_are_both_told() -> None:
    grant = behandeling(variant="ZIG", volume=9000, tot="2025-12-31")
    ledger = given().when(called("T", grant)).given(goedkeuring("T"), start())
    ledger.when(inzet(1801, op="2025-07-07")).then_signals("TW-ALG-15", "TW-BH-02")


def test_rules_that_passed_are_told_by_id() -> None:
    answer = running().when(inzet()).answer
    assert {"TW-ALG-01", "TW-ALG-02", "TW-ALG-04", "TW-ALG-10"} <= set(answer.geslaagd)


def test_a_rule_that_objects_did_not_pass() -> None:
    answer = running(begeleiding(volume=1)).when(inzet()).answer
    assert "TW-ALG-01" not in answer.geslaagd


def test_a_rule_of_two_parts_passes_only_if_both_do() -> None:
    grant = vaktherapie(
        verwijzer="huisarts", aanvullende_verzekering="vergoeding", verzekering_vergoedt=None
    )
    answer = given().when(grant).answer
    assert "TW-VT-05" in answer.regels
    assert "TW-VT-05" not in answer.geslaagd


def test_absent_is_silent_and_none_is_not() -> None:
    ledger = running().when(no_show(reistijd_minuten=AFWEZIG)).then_accepted()
    ledger.then_not_judged("TW-NS-03", "reistijd_minuten")
    ledger = given().when(begeleiding(verwijzer="huisarts", afsprakenoverzicht=AFWEZIG))
    ledger.then_accepted()
    ledger = given().when(begeleiding(verwijzer="huisarts", afsprakenoverzicht=None))
    ledger.then_refused_by("TW-ALG-12")


def test_none_can_be_the_right_answer() -> None:
    """Not called off is none, and that is what makes it a no-show."""
    running().when(no_show(afgezegd_minuten_vooraf=None)).then_accepted()


def test_a_silent_rule_is_told_once() -> None:
    answer = given().when(begeleiding(verwijzer=AFWEZIG)).answer
    assert len(answer.niet_getoetst) == len(set(answer.niet_getoetst))


def test_a_refused_step_changes_nothing_but_the_record() -> None:
    ledger = running(begeleiding(volume=60)).given(inzet(30))
    before = ledger.dossier()
    ledger.when(inzet(31)).then_refused_by("TW-ALG-01")
    after = ledger.dossier()
    assert after.toewijzingen == before.toewijzingen
    assert len(after.boekingen) == len(before.boekingen) + 1


def test_nothing_is_accepted_in_part() -> None:
    running(begeleiding(volume=60)).when(inzet(61)).then_used(0)


def test_a_day_on_which_time_passes_is_not_recorded() -> None:
    ledger = running()
    before = len(ledger.boekingen)
    ledger.when(peildatum("2025-12-31")).then_signals("TW-ALG-15")
    assert len(ledger.boekingen) == before


def test_a_verdict_once_given_is_never_changed() -> None:
    ledger = running(begeleiding(volume=60)).when(called("E", inzet(61)))
    verdict = ledger.named("E").beslissing
    ledger.given(verlenging(extra=60))
    assert ledger.named("E").beslissing == verdict


def test_an_info_rule_never_objects() -> None:
    assert Ernst.INFO.uitkomst is Uitkomst.GEACCEPTEERD


# --- who asks is a rule of the house


@pytest.mark.parametrize("rol", [Rol.GEMEENTE, Rol.TOEGANG, Rol.SCENARIO])
def test_gemeente_and_toegang_may_allocate(rol: Rol) -> None:
    ledger = Ledger(huisregels=(HUISREGELS,), rol=rol)
    ledger.when(begeleiding()).then_accepted()


@pytest.mark.parametrize("rol", [Rol.AANBIEDER, Rol.VERWIJZER])
@pytest.mark.parametrize("step", [begeleiding(), verlenging(extra=1)], ids=["grant", "extension"])
def test_a_provider_may_not(rol: Rol, step: object) -> None:
    ledger = given(begeleiding("T2"), begeleiding(), huisregels=(HUISREGELS,))
    if isinstance(step, type(begeleiding())):
        ledger = given(huisregels=(HUISREGELS,))
    ledger.rol = rol
    assert "HR-02" in ledger.when(step).answer.regels


def test_a_provider_may_register() -> None:
    ledger = given(begeleiding(), start(), huisregels=(HUISREGELS,))
    ledger.rol = Rol.AANBIEDER
    ledger.when(inzet()).then_accepted()


def test_a_line_reference_that_comes_twice_is_signalled() -> None:
    ledger = given(begeleiding(), start(), huisregels=(HUISREGELS,))
    ledger.given(inzet(regelreferentie="L1"))
    ledger.when(inzet(regelreferentie="L1", op="2025-04-01")).then_signals("HR-01").then_used(120)
    ledger.when(inzet(regelreferentie="L2")).then_accepted()


def test_dates_and_numbers_compared_are_told() -> None:
    answer = running().when(inzet(op="2026-01-06")).answer
    assert answer.oordelen[0].vergeleken["geldig_tot_en_met"] == day("2026-01-05")
