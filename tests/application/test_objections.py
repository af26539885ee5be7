"""Somebody objects: against which decision, what became of it, and by when it is decided."""

from datetime import date
from typing import Any

import pytest
from tests.application.care import (
    AANBIEDER,
    DAY,
    accepted,
    effort,
    granted,
    head,
    made,
    no_show,
    referred,
    started,
    treated,
)

from rekenschap.application import (
    Aard,
    BeslisBezwaar,
    Bezwaar,
    Bezwaarstand,
    Conflict,
    CorrigeerGegeven,
    Dictum,
    DienBezwaarIn,
    Incorrect,
    LegBekendmakingVast,
    LegHerstelVast,
    MeldAdviescommissie,
    NeemBeginstandOver,
    OpTijd,
    Rekenschap,
    SchortBeslistermijnOp,
    SoortWerk,
    TrekBezwaarIn,
    TrekGegevenIn,
    TrekVerzoekIn,
    Uitkomst,
    VerdaagBeslistermijn,
    VerleenGoedkeuring,
    Verleng,
    WeigerGoedkeuring,
)
from rekenschap.application.answers import Antwoord

KNOWN = date(2026, 1, 5)
RECEIVED = date(2026, 2, 2)
LATER = date(2026, 6, 1)


def objects(ledger: Rekenschap, against: str, on: date = RECEIVED, **more: Any) -> Antwoord:
    return ledger.execute(made(DienBezwaarIn, beslissing=against, datum=on, **more))


def decides(ledger: Rekenschap, objection: str, dictum: str = "gegrond", **more: Any) -> Antwoord:
    told = {"datum": date(2026, 3, 2), **more}
    return ledger.execute(made(BeslisBezwaar, bezwaar=objection, dictum=dictum, **told))


def made_known(ledger: Rekenschap, what: str, on: date = KNOWN, **more: Any) -> Antwoord:
    return ledger.execute(made(LegBekendmakingVast, beslissing=what, datum=on, **more))


def of(ledger: Rekenschap, on: date = LATER, **more: Any) -> tuple[Bezwaar, ...]:
    return ledger.bezwaren(jeugdige="kind-1", op=on, **more)


def only(ledger: Rekenschap, on: date = LATER, **more: Any) -> Bezwaar:
    (found,) = of(ledger, on, **more)
    return found


@pytest.fixture
def refused(ledger: Rekenschap) -> str:
    """A grant that was refused: the product is not for so long."""
    answer = ledger.execute(granted("T9", einddatum=date(2035, 12, 31), product="vaktherapie"))
    assert answer.uitkomst is Uitkomst.GEWEIGERD
    return answer.beslissing


@pytest.fixture
def running(ledger: Rekenschap) -> Rekenschap:
    accepted(ledger.execute(granted("T1", referentie="toekenning")))
    accepted(ledger.execute(started("T1")))
    return ledger


# --- which decisions


def test_a_refused_grant_can_be_objected_to(ledger: Rekenschap, refused: str) -> None:
    answer = objects(ledger, refused, referentie="bezwaar")
    assert answer.uitkomst is Uitkomst.GEACCEPTEERD
    found = only(ledger)
    assert (found.bezwaar, found.tegen) == (answer.beslissing, refused)
    assert (found.gebeurtenis, found.uitkomst) == ("ToewijzingAfgegeven", Uitkomst.GEWEIGERD)
    assert (found.toewijzing, found.aard) == ("T9", Aard.BESLUIT)
    assert (found.stand, found.ontvangen_op) == (Bezwaarstand.OPEN, RECEIVED)


def test_a_refused_extension_can_be_objected_to(running: Rekenschap) -> None:
    end = date(2024, 1, 1)
    extension = running.execute(made(Verleng, toewijzing="T1", einddatum=end, referentie="verl"))
    assert extension.uitkomst is Uitkomst.GEWEIGERD
    accepted(objects(running, "verl"))
    assert only(running).gebeurtenis == "Verlengd"
    assert only(running).tegen == extension.beslissing


def test_an_accepted_grant_can_be_objected_to_by_name_or_by_its_toewijzing(
    running: Rekenschap,
) -> None:
    accepted(objects(running, "toekenning"))
    accepted(running.execute(made(DienBezwaarIn, toewijzing="T1", datum=RECEIVED)))
    one, two = of(running)
    assert one.tegen == two.tegen
    assert one.bezwaar != two.bezwaar


def test_an_objection_to_what_was_taken_over_is_under_the_awb(ledger: Rekenschap) -> None:
    taken = {
        "toewijzing": "B1",
        "jeugdige": "kind-1",
        "regeling": "oud",
        "product": "vaktherapie",
        "ingangsdatum": DAY,
        "einddatum": date(2026, 12, 31),
    }
    accepted(ledger.execute(made(NeemBeginstandOver, **taken)))
    accepted(ledger.execute(made(DienBezwaarIn, toewijzing="B1", datum=RECEIVED)))
    assert (only(ledger).gebeurtenis, only(ledger).aard) == ("BeginstandOvergenomen", "besluit")


def test_a_refusal_under_the_contract_is_a_dispute_without_terms_of_the_awb(
    running: Rekenschap,
) -> None:
    late = running.execute(effort("T1", datum=date(2027, 1, 4), referentie="inzet"))
    assert late.uitkomst is Uitkomst.GEWEIGERD
    accepted(objects(running, "inzet"))
    found = only(running)
    assert found.aard is Aard.CONTRACTUEEL
    assert found.termijnen is None
    assert found.verstreken is None
    assert running.bezwaartermijn(late.beslissing).termijnen is None
    assert work(running, LATER) == []


def test_of_a_no_show_the_refused_claim_is_objected_to_and_not_the_fact(
    running: Rekenschap,
) -> None:
    claim = running.execute(no_show("T1", datum=date(2027, 1, 4), referentie="ns"))
    assert claim.uitkomst is Uitkomst.GEWEIGERD
    accepted(objects(running, "ns"))
    assert only(running).tegen == claim.beslissing
    assert only(running).gebeurtenis == "TenLasteGebracht"


@pytest.mark.parametrize("what", ["inzet", "start"])
def test_what_is_no_decision_and_no_refusal_cannot_be_objected_to(
    running: Rekenschap, what: str
) -> None:
    accepted(running.execute(effort("T1", referentie="inzet")))
    reference = "inzet" if what == "inzet" else running.execute(started("T1")).beslissing
    answer = objects(running, reference)
    assert (answer.uitkomst, answer.gronden) == (Uitkomst.GEWEIGERD, ("geen_besluit",))
    assert of(running) == ()


def test_against_a_decision_on_an_objection_one_appeals(running: Rekenschap) -> None:
    accepted(objects(running, "toekenning", referentie="bezwaar"))
    decision = accepted(decides(running, "bezwaar", "ongegrond"))
    assert objects(running, decision.beslissing).gronden == ("beroep_staat_open",)


def asks(ledger: Rekenschap, toewijzing: str, verwijzing: str) -> None:
    """A grant that waits for approval."""
    told = {"variant": "NIEUW_ALTERNATIEF", "akkoord_gemeente": False}
    accepted(ledger.execute(referred(verwijzing)))
    asked = treated(toewijzing, verwijzing, vastgesteld=told, referentie=toewijzing)
    assert ledger.execute(asked).uitkomst is Uitkomst.GOEDKEURING_NODIG


@pytest.mark.parametrize("how", [VerleenGoedkeuring, WeigerGoedkeuring])
def test_of_what_waited_the_decision_on_it_is_objected_to(ledger: Rekenschap, how: Any) -> None:
    asks(ledger, "T1", "V1")
    assert objects(ledger, "T1").gronden == ("beslissing_wacht",)
    assert made_known(ledger, "T1").gronden == ("beslissing_wacht",)
    ended = accepted(ledger.execute(made(how, betreft="T1", door="gemeente")))
    accepted(objects(ledger, "T1"))
    accepted(objects(ledger, ended.beslissing))
    accepted(made_known(ledger, "T1"))
    assert [one.tegen for one in of(ledger)] == [ended.beslissing] * 2
    assert {one.gebeurtenis for one in of(ledger)} == {how.feit.__name__}
    assert all(one.termijnen and one.termijnen.bezwaar_tot for one in of(ledger))


def test_what_was_taken_back_before_it_was_decided_is_no_decision(ledger: Rekenschap) -> None:
    asks(ledger, "T1", "V1")
    accepted(ledger.execute(made(TrekVerzoekIn, betreft="T1", door="aanbieder")))
    assert objects(ledger, "T1").gronden == ("geen_besluit",)


def test_by_toewijzing_it_is_against_the_approval_of_its_grant(ledger: Rekenschap) -> None:
    asks(ledger, "T1", "V1")
    waits = ledger.execute(made(DienBezwaarIn, toewijzing="T1", datum=RECEIVED))
    assert waits.gronden == ("toewijzing_wacht",)
    yes = accepted(ledger.execute(made(VerleenGoedkeuring, betreft="T1", door="gemeente")))
    accepted(ledger.execute(made(DienBezwaarIn, toewijzing="T1", datum=RECEIVED)))
    assert only(ledger).tegen == yes.beslissing


@pytest.mark.parametrize("name", ["nooit", "gemeente/999999", "elders/1", "gemeente/", ""])
def test_an_objection_to_what_is_not_known_is_kept_and_not_recognised(
    running: Rekenschap, name: str
) -> None:
    before = head(running)
    answer = objects(running, name)
    assert (answer.uitkomst, answer.gronden) == (Uitkomst.GEWEIGERD, ("beslissing_onbekend",))
    assert head(running) == before + 1
    assert running.verify() == before + 1
    assert of(running) == ()


def test_an_objection_by_toewijzing_needs_one_that_is_recognised(
    ledger: Rekenschap, refused: str
) -> None:
    for name in ("T9", "T404"):
        answer = ledger.execute(made(DienBezwaarIn, toewijzing=name, datum=RECEIVED))
        assert answer.gronden == ("toewijzing_niet_erkend",)


# --- what became of it


@pytest.mark.parametrize("dictum", list(Dictum))
def test_a_decision_names_the_objection_and_what_it_comes_to(
    ledger: Rekenschap, refused: str, dictum: Dictum
) -> None:
    accepted(objects(ledger, refused, referentie="bezwaar"))
    answer = accepted(decides(ledger, "bezwaar", dictum))
    found = only(ledger)
    assert (found.stand, found.dictum) == (Bezwaarstand.BESLIST, dictum)
    assert (found.beslissing, found.beslist_op) == (answer.beslissing, date(2026, 3, 2))
    assert answer.aard is Aard.BESLUIT
    assert ledger.bezwaartermijn(answer.beslissing).termijnen is not None


def test_what_takes_the_place_of_a_refusal_is_a_decision_of_its_own(
    ledger: Rekenschap, refused: str
) -> None:
    accepted(objects(ledger, refused, referentie="bezwaar"))
    new = accepted(ledger.execute(granted("T9", referentie="nieuw")))
    accepted(decides(ledger, "bezwaar", nieuw_besluit="nieuw"))
    assert only(ledger).nieuw_besluit == new.beslissing
    balance = ledger.stand(toewijzing="T9", geldig_op=LATER)
    assert balance is not None
    assert balance.toegewezen == 6000


@pytest.mark.parametrize("new", ["nooit", "weigering", "start"])
def test_a_new_decision_that_does_not_count_takes_the_place_of_nothing(
    running: Rekenschap, new: str
) -> None:
    long = {"einddatum": date(2035, 12, 31), "product": "vaktherapie", "referentie": "weigering"}
    running.execute(granted("T9", **long))
    accepted(running.execute(started("T1", referentie="start", datum=date(2025, 3, 4))))
    accepted(objects(running, "weigering", referentie="bezwaar"))
    assert decides(running, "bezwaar", nieuw_besluit=new).gronden == ("nieuw_besluit_onbekend",)
    assert only(running).stand is Bezwaarstand.OPEN


def test_a_size_that_is_decided_replaces_the_old_one(running: Rekenschap) -> None:
    accepted(objects(running, "toekenning", referentie="bezwaar"))
    more = {"volume": 9000, "eenheid": "minuut"}
    accepted(decides(running, "bezwaar", "gedeeltelijk_gegrond", **more))
    for day, size in ((date(2026, 3, 1), 6000), (date(2026, 3, 2), 9000)):
        balance = running.stand(toewijzing="T1", geldig_op=day)
        assert balance is not None
        assert balance.toegewezen == size


def test_a_size_for_what_was_refused_has_no_place(ledger: Rekenschap, refused: str) -> None:
    accepted(objects(ledger, refused, referentie="bezwaar"))
    answer = decides(ledger, "bezwaar", volume=60, eenheid="minuut")
    assert answer.gronden == ("toewijzing_niet_erkend",)


@pytest.mark.parametrize("dictum", ["ongegrond", "niet_ontvankelijk"])
@pytest.mark.parametrize("more", [{"volume": 60, "eenheid": "minuut"}, {"nieuw_besluit": "nieuw"}])
def test_what_leaves_a_decision_as_it_is_puts_nothing_in_its_place(
    running: Rekenschap, dictum: str, more: dict[str, Any]
) -> None:
    accepted(objects(running, "toekenning", referentie="bezwaar"))
    before = head(running)
    with pytest.raises(Incorrect) as caught:
        decides(running, "bezwaar", dictum, **more)
    assert caught.value.field == next(iter(more))
    assert head(running) == before


def test_a_decision_on_an_objection_that_is_named_says_what_it_comes_to(
    running: Rekenschap,
) -> None:
    accepted(objects(running, "toekenning", referentie="bezwaar"))
    with pytest.raises(Incorrect) as caught:
        running.execute(made(BeslisBezwaar, bezwaar="bezwaar"))
    assert caught.value.field == "dictum"


def test_by_toewijzing_the_last_open_objection_is_decided(running: Rekenschap) -> None:
    for name in ("een", "twee"):
        accepted(objects(running, "toekenning", referentie=name))
    decide = {"toewijzing": "T1", "dictum": "ongegrond", "datum": date(2026, 3, 2)}
    for open_ones in (["open", "beslist"], ["beslist", "beslist"]):
        accepted(running.execute(made(BeslisBezwaar, **decide)))
        assert [one.stand for one in of(running)] == open_ones
    accepted(running.execute(made(BeslisBezwaar, **decide)))  # none is open: it is kept


def test_after_a_judge_undid_a_decision_the_next_one_takes_its_place(running: Rekenschap) -> None:
    accepted(objects(running, "toekenning", referentie="bezwaar"))
    accepted(decides(running, "bezwaar", "ongegrond"))
    accepted(decides(running, "bezwaar", "gegrond", datum=date(2026, 5, 1)))
    assert (only(running).dictum, only(running).beslist_op) == ("gegrond", date(2026, 5, 1))
    assert only(running, date(2026, 4, 1)).dictum == "ongegrond"


def test_an_objection_is_withdrawn_once_and_not_after_the_decision(running: Rekenschap) -> None:
    accepted(objects(running, "toekenning", referentie="een"))
    accepted(running.execute(made(TrekBezwaarIn, bezwaar="een", datum=date(2026, 2, 9))))
    assert (only(running).stand, only(running).ingetrokken_op) == (
        Bezwaarstand.INGETROKKEN,
        date(2026, 2, 9),
    )
    again = running.execute(made(TrekBezwaarIn, bezwaar="een", datum=date(2026, 2, 10)))
    assert again.gronden == ("bezwaar_ingetrokken",)
    assert decides(running, "een").gronden == ("bezwaar_ingetrokken",)
    accepted(objects(running, "toekenning", referentie="twee"))
    accepted(decides(running, "twee", "ongegrond"))
    late = running.execute(made(TrekBezwaarIn, bezwaar="twee", datum=date(2026, 4, 1)))
    assert late.gronden == ("bezwaar_beslist",)


@pytest.mark.parametrize("name", ["nooit", "toekenning", "gemeente/1"])
def test_what_is_told_of_no_objection_is_kept_and_not_recognised(
    running: Rekenschap, name: str
) -> None:
    answer = running.execute(made(TrekBezwaarIn, bezwaar=name))
    assert answer.gronden == ("bezwaar_onbekend",)
    assert decides(running, name).gronden == ("bezwaar_onbekend",)


# --- the terms


def test_the_terms_run_from_the_day_the_decision_was_made_known(
    ledger: Rekenschap, refused: str
) -> None:
    accepted(objects(ledger, refused))
    before = only(ledger).termijnen
    assert before is not None
    assert (before.bezwaar_tot, before.op_tijd) == (None, OpTijd.NIET_TE_BEPALEN)
    assert only(ledger).verstreken is None
    accepted(made_known(ledger, refused))
    terms = only(ledger).termijnen
    assert terms is not None
    assert (terms.bekendgemaakt_op, terms.bezwaar_tot) == (KNOWN, date(2026, 2, 16))
    assert (terms.op_tijd, terms.beslis_uiterlijk) == (OpTijd.JA, date(2026, 3, 30))
    assert only(ledger, date(2026, 3, 30)).verstreken is False
    assert only(ledger, date(2026, 3, 31)).verstreken is True


def test_of_a_decision_nobody_objected_to_the_term_can_be_asked(running: Rekenschap) -> None:
    asked = running.bezwaartermijn("toekenning")
    assert asked.termijnen is not None
    assert asked.termijnen.bezwaar_tot is None
    accepted(made_known(running, "toekenning"))
    asked = running.bezwaartermijn("toekenning")
    assert asked.termijnen is not None
    assert (asked.aard, asked.termijnen.bezwaar_tot) == (Aard.BESLUIT, date(2026, 2, 16))
    with pytest.raises(Incorrect, match="beslissing"):
        running.bezwaartermijn("nooit")


def test_sending_a_decision_again_begins_no_new_term_and_a_correction_does(
    running: Rekenschap,
) -> None:
    accepted(made_known(running, "toekenning", date(2026, 1, 12), referentie="twee"))
    accepted(made_known(running, "toekenning", date(2026, 1, 5), referentie="een"))  # told later
    accepted(objects(running, "toekenning"))

    def first() -> date | None:
        terms = only(running).termijnen
        assert terms is not None
        return terms.bekendgemaakt_op

    assert first() == date(2026, 1, 5)
    change = {"reden": "typefout", "gezag": "gemeente", "betreft": "een"}
    day = {"vervanging": {"datum": date(2026, 1, 20)}}
    accepted(running.execute(made(CorrigeerGegeven, **change, **day)))
    assert first() == date(2026, 1, 12)
    accepted(running.execute(made(TrekGegevenIn, **{**change, "betreft": "twee"})))
    assert first() == date(2026, 1, 20)
    accepted(running.execute(made(TrekGegevenIn, **change)))
    assert first() in (None, date(2026, 1, 5))


def test_only_a_besluit_is_made_known(running: Rekenschap) -> None:
    accepted(running.execute(effort("T1", referentie="inzet")))
    assert made_known(running, "inzet").gronden == ("geen_besluit",)
    assert made_known(running, "nooit").gronden == ("beslissing_onbekend",)


def test_a_committee_a_repair_and_putting_off_move_the_term(running: Rekenschap) -> None:
    accepted(made_known(running, "toekenning"))
    accepted(objects(running, "toekenning", referentie="bezwaar"))

    def tell(cls: Any, on: str, **more: Any) -> date | None:
        day = date.fromisoformat(on)
        accepted(running.execute(made(cls, bezwaar="bezwaar", datum=day, **more)))
        terms = only(running).termijnen
        assert terms is not None
        return terms.beslis_uiterlijk

    assert tell(MeldAdviescommissie, "2026-02-03") == date(2026, 5, 11)
    term = {"hersteltermijn": date(2026, 3, 16)}
    assert tell(SchortBeslistermijnOp, "2026-03-02", **term) == date(2026, 5, 26)  # Whit Monday
    assert tell(LegHerstelVast, "2026-03-10") == date(2026, 5, 18)
    off = {"dagen": 42, "grond": "verdaging"}
    assert tell(VerdaagBeslistermijn, "2026-05-11", **off) == date(2026, 6, 29)
    terms = only(running).termijnen
    assert terms is not None
    assert (terms.commissie, terms.opgeschort, terms.verdaagd) == (True, 7, 42)


def test_what_is_known_then_is_what_the_terms_were(running: Rekenschap) -> None:
    accepted(objects(running, "toekenning", referentie="bezwaar"))
    then = head(running)
    accepted(made_known(running, "toekenning"))
    accepted(decides(running, "bezwaar", "ongegrond"))
    assert only(running, bekend_op=then).stand is Bezwaarstand.OPEN
    terms = only(running, bekend_op=then).termijnen
    assert terms is not None
    assert terms.bezwaar_tot is None
    assert of(running, date(2026, 2, 1)) == ()
    assert only(running, RECEIVED).stand is Bezwaarstand.OPEN


def test_a_day_that_a_decree_made_free_is_told(running: Rekenschap) -> None:
    accepted(made_known(running, "toekenning", date(2026, 4, 3)))
    accepted(objects(running, "toekenning", date(2026, 5, 18), ter_post_op=None))
    free = {date(2026, 5, 15)}
    asked, told = only(running), only(running, gelijkgesteld=free)
    assert asked.termijnen is not None
    assert told.termijnen is not None
    assert (asked.termijnen.op_tijd, told.termijnen.op_tijd) == ("niet_te_bepalen", "ja")


# --- the work list


def work(ledger: Rekenschap, on: date) -> list[tuple[str | None, date | None]]:
    kinds = [SoortWerk.BEZWAAR_TERMIJN]
    return [(one.beslissing, one.uiterlijk) for one in ledger.werklijst(on, soorten=kinds)]


def test_an_objection_is_on_the_work_list_when_its_term_runs_out_and_until_it_is_decided(
    running: Rekenschap,
) -> None:
    objection = accepted(objects(running, "toekenning", referentie="bezwaar")).beslissing
    assert work(running, RECEIVED) == [(objection, None)]  # its term cannot be worked out
    accepted(made_known(running, "toekenning"))
    due = date(2026, 3, 30)
    assert work(running, date(2026, 2, 1)) == []
    assert work(running, date(2026, 2, 27)) == []
    assert work(running, date(2026, 2, 28)) == [(objection, due)]
    assert work(running, date(2026, 3, 31)) == [(objection, due)]
    accepted(decides(running, "bezwaar", "ongegrond", datum=date(2026, 4, 7)))
    assert work(running, date(2026, 4, 6)) == [(objection, due)]
    assert work(running, date(2026, 4, 7)) == []
    assert only(running).verstreken is True


# --- who, twice, and that it touches no balance


@pytest.mark.parametrize(
    ("cls", "more"),
    [
        (LegBekendmakingVast, {"beslissing": "toekenning"}),
        (MeldAdviescommissie, {"bezwaar": "bezwaar"}),
        (SchortBeslistermijnOp, {"bezwaar": "bezwaar", "hersteltermijn": LATER}),
        (LegHerstelVast, {"bezwaar": "bezwaar"}),
        (VerdaagBeslistermijn, {"bezwaar": "bezwaar", "dagen": 7, "grond": "instemming"}),
    ],
)
def test_a_provider_does_not_tell_what_moves_the_term(
    running: Rekenschap, cls: Any, more: dict[str, Any]
) -> None:
    accepted(objects(running, "toekenning", referentie="bezwaar", actor=AANBIEDER))
    told = {"datum": date(2026, 3, 3), **more}
    assert running.execute(made(cls, actor=AANBIEDER, **told)).regels == ("HR-05",)
    accepted(running.execute(made(cls, **told)))


def test_a_provider_does_not_decide_on_an_objection(ledger: Rekenschap, refused: str) -> None:
    accepted(objects(ledger, refused, referentie="bezwaar"))
    assert decides(ledger, "bezwaar", "ongegrond", actor=AANBIEDER).regels == ("HR-02",)
    assert only(ledger).stand is Bezwaarstand.OPEN


def test_the_same_command_again_is_the_same_answer_whatever_was_decided_since(
    running: Rekenschap,
) -> None:
    one = made(DienBezwaarIn, toewijzing="T1", datum=RECEIVED)
    two = made(BeslisBezwaar, toewijzing="T1", dictum="ongegrond", datum=date(2026, 3, 2))
    first, second = accepted(running.execute(one)), accepted(running.execute(two))
    before = head(running)
    assert (running.execute(one), running.execute(two)) == (first, second)
    assert head(running) == before
    with pytest.raises(Conflict):
        running.execute(made(DienBezwaarIn, command_id=one.command_id, beslissing="toekenning"))


def test_objecting_and_all_around_it_leave_the_balance_as_it_is(running: Rekenschap) -> None:
    before = running.stand(toewijzing="T1", geldig_op=LATER)
    assert before is not None
    made_known(running, "toekenning")
    objects(running, "toekenning", referentie="bezwaar")
    decides(running, "bezwaar", "ongegrond")
    objects(running, "toekenning", referentie="nog-een")
    running.execute(made(TrekBezwaarIn, bezwaar="nog-een", datum=LATER))
    after = running.stand(toewijzing="T1", geldig_op=LATER)
    assert after is not None
    names = ("toegewezen", "verbruikt", "saldo", "status", "regeling", "einddatum")
    assert [getattr(after, n) for n in names] == [getattr(before, n) for n in names]
    trail = [line.gebeurtenis for line in running.spoor(toewijzing="T1").regels]
    assert trail[-5:] == [
        *("BesluitBekendgemaakt", "BezwaarIngediend", "BezwaarBeslist"),
        *("BezwaarIngediend", "BezwaarIngetrokken"),
    ]
    assert trail[-5:] == [x.gebeurtenis for x in running.spoor(jeugdige="kind-1").regels][-5:]
    position = running.rebuild().positie
    assert running.stand(toewijzing="T1", geldig_op=LATER) == after
    assert running.verify() == position


def test_what_an_objection_is_against_cannot_be_corrected(running: Rekenschap) -> None:
    accepted(objects(running, "toekenning", referentie="bezwaar"))
    change = {"betreft": "bezwaar", "reden": "typefout", "gezag": "gemeente"}
    for field, value in (("betreft", 1), ("bij", "toewijzing/T2")):
        with pytest.raises(Incorrect) as caught:
            running.execute(made(CorrigeerGegeven, **change, vervanging={field: value}))
        assert caught.value.field == f"vervanging.{field}"
    earlier = {"vervanging": {"datum": date(2026, 1, 30)}}
    accepted(running.execute(made(CorrigeerGegeven, **change, **earlier)))
    assert only(running).ontvangen_op == date(2026, 1, 30)
    accepted(decides(running, "bezwaar", "ongegrond"))
    assert only(running).stand is Bezwaarstand.BESLIST


def test_an_impossible_fact_is_named(running: Rekenschap) -> None:
    accepted(objects(running, "toekenning", referentie="bezwaar"))
    wrong: list[tuple[Any, dict[str, Any], str]] = [
        (VerdaagBeslistermijn, {"dagen": 0, "grond": "verdaging"}, "dagen"),
        (SchortBeslistermijnOp, {"hersteltermijn": date(2026, 2, 1)}, "hersteltermijn"),
    ]
    for cls, more, field in wrong:
        with pytest.raises(Incorrect) as caught:
            running.execute(made(cls, bezwaar="bezwaar", datum=date(2026, 2, 2), **more))
        assert caught.value.field == field
    with pytest.raises(Incorrect) as caught:
        objects(running, "toekenning", RECEIVED, ter_post_op=date(2026, 2, 3))
    assert caught.value.field == "datum"
