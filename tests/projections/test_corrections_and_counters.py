"""What corrections do to balances and counters, case by case; each was once wrong, or nearly so."""

from datetime import date
from typing import Any

import pytest
from tests.projections.steps import Case
from tests.projections.tables import Place

from rekenschap.application import Incorrect, ToewijzingStand, WijzigToewijzing

BEGELEIDING, MEDICATIE = "begeleiding_individueel", "medicatiecontrole"


def stand(place: Place, **asked: Any) -> ToewijzingStand:
    found = place.ledger.stand(toewijzing="T1", **{"geldig_op": date.max, **asked})
    assert found is not None
    return found


def counted(place: Place, bekend_op: int | None = None) -> dict[str, dict[int, int]]:
    it = place.ledger.stand(jeugdige="kind-1", geldig_op=date.max, bekend_op=bekend_op)
    return {product: dict(years) for product, years in it.no_shows.items()}


def assert_rebuilt_the_same(place: Place) -> None:
    place.model.catch_up()
    assert place.rows() == place.rebuilt() == place.rebuilt(1)


def test_there_and_back_restores_the_valid_days_and_keeps_what_was_known(
    place: Place, case: Case
) -> None:
    case.lopend()
    first = case.inzet(60, op="2025-02-03", referentie="inzet").positie
    second = case.corrigeer("inzet", aantal=90).positie
    third = case.corrigeer("inzet", aantal=60).positie
    known = [stand(place, bekend_op=position).verbruikt for position in (first, second, third)]
    assert known == [60, 90, 60]
    for day in (date(2025, 2, 2), date(2025, 2, 3), date.max):
        then = stand(place, geldig_op=day, bekend_op=first)
        now = stand(place, geldig_op=day)
        assert (then.verbruikt, then.saldo) == (now.verbruikt, now.saldo)
    assert_rebuilt_the_same(place)


def test_a_no_show_whose_claim_was_refused_is_charged_as_it_was_corrected(
    place: Place, case: Case
) -> None:
    """The sixth of a year is refused; corrected to the year after, it is charged there."""
    case.lopend()
    for day in range(1, 6):
        assert case.no_show(f"2025-02-{day:02d}").uitkomst == "geaccepteerd"
    sixth = case.no_show("2025-12-30", referentie="zesde")
    assert sixth.uitkomst == "geweigerd"
    corrected = case.corrigeer("zesde", datum=date(2026, 1, 5))
    assert corrected.uitkomst == "geaccepteerd"
    it = stand(place)
    assert (it.verbruikt, it.no_shows) == (360, {2025: 5, 2026: 1})
    assert stand(place, geldig_op=date(2026, 1, 4)).verbruikt == 300
    assert counted(place) == {BEGELEIDING: {2025: 5, 2026: 1}}
    assert_rebuilt_the_same(place)


def test_a_counter_moves_along_with_the_product_of_its_allocation(place: Place, case: Case) -> None:
    case.lopend(
        product="vaktherapie", volume=2200, einddatum=date(2025, 12, 31), referentie="afgifte"
    )
    no_show = case.no_show("2025-02-03").positie
    moved = case.corrigeer("afgifte", "naar", product=BEGELEIDING)
    assert moved.uitkomst == "geaccepteerd"
    assert counted(place, no_show) == {"vaktherapie": {2025: 1}}
    assert counted(place, moved.positie) == {BEGELEIDING: {2025: 1}}
    case.trek_in("naar")
    assert counted(place) == {"vaktherapie": {2025: 1}}
    assert_rebuilt_the_same(place)


def test_a_change_of_product_leaves_the_counter_where_it_was_granted(
    place: Place, case: Case
) -> None:
    case.lopend(product="vaktherapie", volume=2200, einddatum=date(2025, 12, 31))
    case.no_show("2025-02-03")
    case.do(WijzigToewijzing, "2025-03-01", toewijzing="T1", product=BEGELEIDING)
    case.no_show("2025-03-03")
    assert stand(place).product == BEGELEIDING
    assert counted(place) == {"vaktherapie": {2025: 2}}


def test_a_no_show_from_before_the_first_day_counts_in_its_own_year(
    place: Place, case: Case
) -> None:
    """The grant is corrected to begin later; what was charged stays in the year it was missed."""
    case.lopend(referentie="afgifte")
    case.no_show("2025-02-03")
    moved = date(2026, 1, 5)
    assert case.corrigeer("afgifte", datum=moved, ingangsdatum=moved).uitkomst == "geaccepteerd"
    assert stand(place).no_shows == {2025: 1}
    assert counted(place) == {BEGELEIDING: {2025: 1}}
    assert_rebuilt_the_same(place)


def test_a_new_grant_under_the_id_of_one_taken_back_begins_with_nothing(
    place: Place, case: Case
) -> None:
    """As ``decide`` has it: what was charged to the first went with it."""
    case.lopend(referentie="eerste")
    case.inzet(60, op="2025-02-03")
    case.no_show("2025-02-04")
    case.trek_in("eerste", "weg")
    assert place.ledger.stand(toewijzing="T1", geldig_op=date.max) is None
    assert counted(place) == {}
    assert case.toewijzing(op="2025-03-03", volume=300).uitkomst == "geaccepteerd"
    it = stand(place)
    assert (it.toegewezen, it.verbruikt, it.startdatum) == (300, 0, None)
    assert counted(place) == {}
    assert case.start(op="2025-03-03").uitkomst == "geaccepteerd"
    assert case.inzet(300, op="2025-03-04").uitkomst == "geaccepteerd"
    assert stand(place).saldo == 0
    assert_rebuilt_the_same(place)


def test_a_waiting_grant_under_the_id_of_one_taken_back_has_used_nothing(
    place: Place, case: Case
) -> None:
    case.lopend(referentie="eerste")
    case.inzet(60, op="2025-02-03")
    case.trek_in("eerste")
    told = {"afsprakenoverzicht": "volledig", "variant": "NIEUW_ALTERNATIEF"}
    told |= {"akkoord_gemeente": False}
    product = "behandeling_individueel"
    asked = case.toewijzing(product=product, vastgesteld=told, referentie="vot")
    assert asked.uitkomst == "goedkeuring_nodig"
    assert (stand(place).status, stand(place).verbruikt) == ("wacht", 0)
    case.keur_goed("vot")
    assert (stand(place).status, stand(place).verbruikt) == ("lopend", 0)
    assert_rebuilt_the_same(place)


def test_a_no_show_that_is_no_longer_charged_weighs_nothing(place: Place, case: Case) -> None:
    case.lopend()
    case.no_show("2025-02-03", referentie="gemist")
    case.corrigeer("gemist", "niet-declareren", declareren=False)
    assert (stand(place).verbruikt, counted(place)) == (0, {})
    case.corrigeer("gemist", "wel-declareren", declareren=True)
    assert (stand(place).verbruikt, counted(place)) == (60, {BEGELEIDING: {2025: 1}})
    assert_rebuilt_the_same(place)


def test_an_approved_claim_counts_on_its_own_day(place: Place, case: Case) -> None:
    case.lopend(product=MEDICATIE, volume=600)
    asked = case.no_show("2025-02-03", referentie="gemist")
    assert asked.uitkomst == "goedkeuring_nodig"
    assert stand(place).verbruikt == 0
    approved = case.keur_goed("gemist")
    assert stand(place, bekend_op=approved.positie - 1).verbruikt == 0
    assert stand(place, geldig_op=date(2025, 2, 2)).verbruikt == 0
    assert stand(place, geldig_op=date(2025, 2, 3)).verbruikt == 60
    assert counted(place) == {MEDICATIE: {2025: 1}}
    assert_rebuilt_the_same(place)


def test_a_correction_whose_withdrawal_is_withdrawn_weighs_what_it_says(
    place: Place, case: Case
) -> None:
    case.lopend()
    case.inzet(60, op="2025-02-03", referentie="inzet")
    case.corrigeer("inzet", "naar-90", aantal=90)
    case.trek_in("naar-90", "toch-60")
    case.trek_in("toch-60")
    assert stand(place).verbruikt == 90


def test_a_no_show_can_be_corrected_after_its_allocation_is_gone(place: Place, case: Case) -> None:
    case.lopend(referentie="afgifte")
    case.no_show("2025-02-03", referentie="gemist")
    case.trek_in("afgifte")
    answer = case.corrigeer("gemist", datum=date(2025, 2, 4))
    assert answer.uitkomst == "geweigerd"
    assert answer.gronden == ("toewijzing_niet_erkend",)


def test_a_field_that_a_fact_does_not_have_is_incorrect(place: Place, case: Case) -> None:
    case.lopend()
    case.inzet(60, op="2025-02-03", referentie="inzet")
    case.trek_in("inzet", "weg")
    with pytest.raises(Incorrect, match="vervanging"):
        case.corrigeer("weg", aantal=30)


def five_charged(case: Case) -> None:
    case.lopend()
    for day in range(1, 6):
        assert case.no_show(f"2025-02-{day:02d}", referentie=f"n{day}").uitkomst == "geaccepteerd"


def test_a_claim_that_is_refused_a_second_time_does_not_come_back(place: Place, case: Case) -> None:
    five_charged(case)
    case.corrigeer("n1", declareren=False)
    assert stand(place).verbruikt == 240
    assert case.no_show("2025-03-01").uitkomst == "geaccepteerd"
    assert case.corrigeer("n1", declareren=True).uitkomst == "geweigerd"
    it = stand(place)
    assert (it.verbruikt, it.no_shows, counted(place)) == (300, {2025: 5}, {BEGELEIDING: {2025: 5}})
    assert_rebuilt_the_same(place)


def test_a_refused_correction_of_a_day_moves_no_charge(place: Place, case: Case) -> None:
    five_charged(case)
    for day in range(1, 6):
        assert case.no_show(f"2026-02-{day:02d}").uitkomst == "geaccepteerd"
    assert case.corrigeer("n1", datum=date(2026, 3, 1)).uitkomst == "geweigerd"
    assert stand(place).no_shows == {2025: 5, 2026: 5}
    assert stand(place, geldig_op=date(2025, 2, 1)).verbruikt == 60
    assert_rebuilt_the_same(place)


def test_a_correction_taken_back_leaves_the_charge_it_was_judged_as(
    place: Place, case: Case
) -> None:
    case.lopend()
    case.no_show("2025-02-01", referentie="n")
    case.corrigeer("n", "eerste", aantal=90)
    case.corrigeer("n", datum=date(2025, 4, 1))
    assert stand(place).verbruikt == 90
    assert case.trek_in("eerste").uitkomst == "geaccepteerd"
    assert stand(place).verbruikt == 60
    assert stand(place, geldig_op=date(2025, 3, 31)).verbruikt == 0
    assert_rebuilt_the_same(place)


@pytest.mark.parametrize("off", [True, False])
def test_what_is_not_charged_any_more_waits_no_more(place: Place, case: Case, off: bool) -> None:
    case.lopend(product=MEDICATIE, volume=600)
    assert case.no_show("2025-02-03", referentie="n").uitkomst == "goedkeuring_nodig"
    case.corrigeer("n", declareren=False) if off else case.trek_in("n")
    answer = case.keur_goed("n")
    assert (answer.uitkomst, answer.gronden) == ("geweigerd", ("niets_dat_wacht",))
    assert (stand(place).verbruikt, stand(place).no_shows) == (0, {})
    assert_rebuilt_the_same(place)


def test_an_approval_after_a_correction_is_of_the_corrected_fact(place: Place, case: Case) -> None:
    case.lopend(product=MEDICATIE, volume=600)
    case.no_show("2025-02-03", referentie="n")
    assert case.corrigeer("n", aantal=20, datum=date(2025, 2, 4)).uitkomst == "geweigerd"
    assert case.keur_goed("n").uitkomst == "geaccepteerd"
    assert stand(place).verbruikt == 20
    assert stand(place, geldig_op=date(2025, 2, 3)).verbruikt == 0
    assert_rebuilt_the_same(place)
