"""Does the dossier of one decision hold what was known, what changed and what proves it?"""

from datetime import UTC, date, datetime
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
    rows,
    started,
    treated,
)

from rekenschap.application import (
    Aard,
    Actor,
    BeslisBezwaar,
    Bezwaardossier,
    CorrigeerGegeven,
    DienBezwaarIn,
    Incorrect,
    LegBekendmakingVast,
    LegContactVast,
    LegJeugdigeVast,
    Rekenschap,
    TrekBezwaarIn,
    TrekGegevenIn,
    Uitkomst,
    VerleenGoedkeuring,
    Verleng,
    WeigerGoedkeuring,
    WisGegevens,
)
from rekenschap.application.difference import Feitsoort
from rekenschap.domain.bezwaartermijnen import OpTijd
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.dossier.content import dossier_document
from rekenschap.infrastructure.dossier.html import as_html
from rekenschap.infrastructure.dossier.pdf import as_pdf
from rekenschap.infrastructure.sources import titles

ASKED = date(2025, 11, 3)
KNOWN = date(2025, 11, 4)
RECEIVED = date(2025, 11, 20)
NEW = {"variant": "NIEUW_ALTERNATIEF", "akkoord_gemeente": False}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 1, 12, 9, tzinfo=UTC))


def extension(**values: Any) -> Any:
    """An extension after a medical referral, which wants contact with the toegang first."""
    usual = {"einddatum": date(2026, 3, 1), "extra_volume": 600, "eenheid": "minuut"}
    told = {"vastgesteld": {"afsprakenoverzicht": "volledig"}, "besluit_door": "gemeente"}
    return made(Verleng, toewijzing="T1", datum=ASKED, **{**usual, **told, **values})


def contact(day: date = date(2025, 10, 30)) -> Any:
    about = {"met": "toegang", "onderwerp": "verlenging", "verwijzing": "V1"}
    return made(LegContactVast, datum=day, actor=AANBIEDER, **about)


def objects(ledger: Rekenschap, against: str, on: date = RECEIVED, **more: Any) -> str:
    answer = ledger.execute(made(DienBezwaarIn, beslissing=against, datum=on, **more))
    return accepted(answer).beslissing


def made_known(ledger: Rekenschap, what: str, on: date = KNOWN) -> None:
    accepted(ledger.execute(made(LegBekendmakingVast, beslissing=what, datum=on)))


def printed(ledger: Rekenschap, found: Bezwaardossier) -> str:
    """The page; that the same can be printed is part of it."""
    document = dossier_document(found, titles(ledger))
    assert as_pdf(document).startswith(b"%PDF-")
    return as_html(document)


@pytest.fixture
def running(ledger: Rekenschap) -> Rekenschap:
    steps = (referred(), treated("T1", "V1", referentie="toekenning"), started("T1"))
    for step in (*steps, effort("T1", 60, referentie="eerste")):
        accepted(ledger.execute(step))
    return ledger


@pytest.fixture
def refused(running: Rekenschap) -> str:
    """An extension without contact: refused."""
    answer = running.execute(extension(referentie="verlenging"))
    assert answer.uitkomst is Uitkomst.GEWEIGERD
    assert "TW-HA-03" in answer.regels
    return answer.beslissing


# --- what was known, and what changed


def test_a_ground_that_falls_away_by_a_late_fact_is_seen(running: Rekenschap, refused: str) -> None:
    accepted(running.execute(contact()))
    found = running.bezwaardossier(refused)

    assert found.besluit.uitkomst is Uitkomst.GEWEIGERD
    assert (found.jeugdige, found.toewijzing, found.gewist) == ("kind-1", "T1", False)
    assert [one.gebeurtenis for one in found.feiten] == [
        "ToewijzingAfgegeven",
        "ZorgGestart",
        "InzetGeregistreerd",
    ]
    assert [one.gebeurtenis for one in found.overig] == ["VerwijzingOntvangen"]
    (late,) = found.sindsdien
    assert (late.soort, late.feit.gebeurtenis) == (Feitsoort.LATER_BEKEND, "ContactVastgelegd")
    assert found.verschil is not None
    assert found.verschil.feiten == found.sindsdien
    assert [one.beslissing for one in found.verschil.te_herzien] == [refused]
    again = found.heroverwogen
    assert again.nu is not None
    assert (again.toen.uitkomst, again.nu.uitkomst) == ("geweigerd", "geaccepteerd")
    assert found.reproductie.gelijk
    assert found.bewijs.regel.positie == found.besluit.bekend_op
    page = printed(running, found)
    assert "Contact vastgelegd van 30 oktober 2025: later bekend geworden" in page
    assert "één feit" in page


def test_nothing_known_since_is_nothing_told(running: Rekenschap, refused: str) -> None:
    found = running.bezwaardossier(refused)

    assert (found.sindsdien, found.daarna, found.bezwaren) == ((), (), ())
    assert "hetzelfde" in printed(running, found)


@pytest.mark.parametrize("later", [0, 1])
def test_what_is_about_a_later_day_stands_apart(
    running: Rekenschap, refused: str, later: int
) -> None:
    accepted(running.execute(contact(date(2025, 11, 3 + later))))
    found = running.bezwaardossier(refused)

    assert (len(found.sindsdien), len(found.daarna)) == (1 - later, later)
    assert "Contact vastgelegd" in printed(running, found)


def test_a_correction_since_stands_with_what_it_changed(running: Rekenschap, refused: str) -> None:
    about = {"betreft": "eerste", "reden": "typefout", "gezag": "aanbieder", "actor": AANBIEDER}
    accepted(running.execute(made(CorrigeerGegeven, vervanging={"aantal": 90}, **about)))
    found = running.bezwaardossier(refused)

    (one,) = found.sindsdien
    assert one.soort is Feitsoort.GECORRIGEERD
    assert one.door is not None
    assert found.feiten[-1].achterhaald_op == one.door.bekend_op
    assert found.daarna == ()
    assert "aantal 90" in printed(running, found)


def test_what_was_recorded_with_the_decision_is_no_news(running: Rekenschap) -> None:
    """A no-show is two lines: the fact, and the claim that is decided on."""
    claim = running.execute(no_show("T1", datum=date(2027, 1, 4)))
    assert claim.uitkomst is Uitkomst.GEWEIGERD
    fact = f"gemeente/{(claim.positie or 0) - 1}"
    for reference in (claim.beslissing, fact):
        found = running.bezwaardossier(reference)
        assert (found.sindsdien, found.daarna) == ((), ())


# --- every kind of decision


def test_an_accepted_grant_that_is_too_small_can_be_objected_to(running: Rekenschap) -> None:
    grant = running.bezwaardossier(f"gemeente/{_position(running, 'toekenning')}")
    made_known(running, "toekenning")
    objection = objects(running, "toekenning")
    found = running.bezwaardossier(grant.beslissing)

    assert found.besluit.uitkomst.erkend
    assert [one.bezwaar for one in found.bezwaren] == [objection]
    assert found.feiten == ()
    assert {one.gebeurtenis for one in found.daarna} == {
        "InzetGeregistreerd",
        "BesluitBekendgemaakt",
        "BezwaarIngediend",
    }
    page = printed(running, found)
    assert "Over deze toewijzing was nog niets vastgelegd" in page
    assert "3.000 minuten" in page


def _position(ledger: Rekenschap, reference: str) -> int:
    page = ledger.spoor(jeugdige="kind-1")
    return next(one.bekend_op for one in page.regels if one.referentie == reference)


def test_a_refusal_under_the_contract_has_no_terms_of_the_awb(running: Rekenschap) -> None:
    late = running.execute(effort("T1", datum=date(2027, 1, 4)))
    assert late.uitkomst is Uitkomst.GEWEIGERD
    objects(running, late.beslissing)
    found = running.bezwaardossier(late.beslissing)

    assert (found.termijn.aard, found.termijn.termijnen) == (Aard.CONTRACTUEEL, None)
    assert [one.termijnen for one in found.bezwaren] == [None]
    page = printed(running, found)
    assert "termijnen van de Awb" in page
    assert "Awb 6:7" not in page
    assert "Awb 7:11" not in page


@pytest.mark.parametrize("how", [VerleenGoedkeuring, WeigerGoedkeuring])
@pytest.mark.parametrize("of", ["step", "ending"])
def test_of_what_waited_both_lines_give_the_objections_to_its_end(
    ledger: Rekenschap, how: Any, of: str
) -> None:
    accepted(ledger.execute(referred()))
    waits = ledger.execute(treated("T1", "V1", vastgesteld=NEW, referentie="vraag"))
    assert waits.uitkomst is Uitkomst.GOEDKEURING_NODIG
    before = ledger.bezwaardossier(waits.beslissing)
    assert before.termijn.beslissing == waits.beslissing
    ended = accepted(ledger.execute(made(how, betreft="vraag", door="gemeente")))
    made_known(ledger, "vraag")
    objection = objects(ledger, "vraag")

    found = ledger.bezwaardossier(waits.beslissing if of == "step" else ended.beslissing)

    assert [one.bezwaar for one in found.bezwaren] == [objection]
    assert found.termijn.beslissing == ended.beslissing
    assert found.termijn.termijnen is not None
    assert found.termijn.termijnen.bekendgemaakt_op == KNOWN
    page = printed(ledger, found)
    if of == "step":
        assert ended.beslissing in page
    elif how is WeigerGoedkeuring:
        assert "goedkeuring is geweigerd" in page
        assert '<p class="nadruk slecht">' in page


def test_a_decision_that_was_taken_back_since_still_has_its_dossier(running: Rekenschap) -> None:
    position = _position(running, "toekenning")
    about = {"betreft": "toekenning", "reden": "dubbel", "gezag": "gemeente"}
    taken = running.execute(made(TrekGegevenIn, **about))
    accepted(taken)
    found = running.bezwaardossier(f"gemeente/{position}")

    assert found.besluit.achterhaald_op == taken.positie
    assert found.heroverwogen.nu is None
    assert found.heroverwogen.nu_anders is None
    assert "ingetrokken" in printed(running, found)


def test_a_decision_that_was_corrected_since_says_so(running: Rekenschap) -> None:
    position = _position(running, "toekenning")
    about = {"betreft": "toekenning", "reden": "typefout", "gezag": "gemeente"}
    changed = accepted(
        running.execute(made(CorrigeerGegeven, vervanging={"volume": 3600}, **about))
    )
    for one in (f"gemeente/{position}", changed.beslissing):
        assert "gecorrigeerd" in printed(running, running.bezwaardossier(one)).lower()


def test_of_an_id_that_is_somebody_elses_nothing_of_them_is_shown(running: Rekenschap) -> None:
    refused = running.execute(granted("T1", "kind-2"))
    assert refused.uitkomst is Uitkomst.GEWEIGERD
    accepted(running.execute(effort("T1", 77, datum=DAY)))
    found = running.bezwaardossier(refused.beslissing)

    assert (found.jeugdige, found.toewijzing) == ("kind-2", "T1")
    assert (found.verschil, found.feiten, found.sindsdien, found.daarna) == (None, (), (), ())
    assert "77" not in printed(running, found).split("<h2>4.")[0].split("<main>")[1]


def test_a_refused_referral_is_about_no_toewijzing(ledger: Rekenschap) -> None:
    accepted(ledger.execute(referred()))
    refused = ledger.execute(referred())
    assert refused.uitkomst is Uitkomst.GEWEIGERD
    youth = made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=date(2012, 1, 1))
    accepted(ledger.execute(youth))
    found = ledger.bezwaardossier(refused.beslissing)

    assert (found.toewijzing, found.verschil) == (None, None)
    assert [one.feit.gebeurtenis for one in found.sindsdien] == ["JeugdigeVastgelegd"]
    assert "één feit" in printed(ledger, found)


@pytest.mark.parametrize("position", [1, 2])
def test_a_line_of_the_configuration_is_about_nobody(ledger: Rekenschap, position: int) -> None:
    accepted(ledger.execute(granted()))
    accepted(ledger.execute(made(WisGegevens, jeugdige="kind-1", grond="verzoek_betrokkene")))
    found = ledger.bezwaardossier(f"gemeente/{position}")

    assert (found.jeugdige, found.gewist, found.overig) == (None, False, ())
    assert "gewist" not in printed(ledger, found)


def test_a_record_about_a_person_shows_nothing_of_the_vault(ledger: Rekenschap) -> None:
    youth = made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=date(2012, 1, 7))
    told = accepted(ledger.execute(youth))
    found = ledger.bezwaardossier(told.beslissing)

    assert (found.jeugdige, found.toewijzing) == ("kind-1", None)
    assert "7 januari 2012" not in printed(ledger, found)


# --- objections


def test_without_the_day_it_was_made_known_no_term_can_be_told(
    running: Rekenschap, refused: str
) -> None:
    objects(running, refused)
    found = running.bezwaardossier(refused)

    (one,) = found.bezwaren
    assert one.termijnen is not None
    assert one.termijnen.op_tijd is OpTijd.NIET_TE_BEPALEN
    assert printed(running, found).count("niet te bepalen") >= 2


@pytest.mark.parametrize(("day", "told"), [(16, "ja"), (17, "nee, tenzij")])
def test_in_time_is_up_to_the_last_day(
    running: Rekenschap, refused: str, day: int, told: str
) -> None:
    made_known(running, refused)
    objects(running, refused, date(2025, 12, day), ter_post_op=None)

    page = printed(running, running.bezwaardossier(refused))

    assert "16 december 2025" in page
    assert f"<dt>Op tijd</dt><dd>{told}" in page


def test_two_objections_one_decided_and_one_withdrawn(running: Rekenschap, refused: str) -> None:
    made_known(running, refused)
    one, two = objects(running, refused), objects(running, "verlenging")
    objects(running, "toekenning")
    day = date(2025, 12, 1)
    told = {"dictum": "ongegrond", "datum": day}
    decided = accepted(running.execute(made(BeslisBezwaar, bezwaar=one, **told)))
    accepted(running.execute(made(TrekBezwaarIn, bezwaar=two, datum=day)))

    found = running.bezwaardossier(refused)

    assert [one.bezwaar for one in found.bezwaren] == [one, two]
    page = printed(running, found)
    assert f"1 december 2025: ongegrond ({decided.beslissing})" in page
    assert "<dt>Ingetrokken</dt><dd>1 december 2025" in page


def test_an_objection_of_a_day_still_to_come_is_in_it(
    running: Rekenschap, refused: str, clock: FixedClock
) -> None:
    """A ledger may be ahead of the clock of who reads it, as the demo is."""
    objection = objects(running, refused, date(2026, 3, 2))

    assert running.bezwaren(beslissing=refused) == ()
    assert [one.bezwaar for one in running.bezwaardossier(refused).bezwaren] == [objection]


# --- erased


def test_of_who_was_erased_it_still_comes_without_the_id(running: Rekenschap, refused: str) -> None:
    made_known(running, refused)
    objection = objects(running, refused)
    accepted(running.execute(made(WisGegevens, jeugdige="kind-1", grond="verzoek_betrokkene")))

    found = running.bezwaardossier(refused)

    assert (found.jeugdige, found.gewist) == (None, True)
    assert [one.bezwaar for one in found.bezwaren] == [objection]
    assert found.termijn.termijnen is not None
    assert found.reproductie.gelijk
    page = printed(running, found)
    assert "kind-1" not in page
    assert "gewist" in page


# --- what it is not


@pytest.mark.parametrize(
    "named",
    [
        *("", "gemeente", "gemeente/", "gemeente/0", "gemeente/99", "ander/1", "gemeente/-1"),
        *("x/1e9", "gemeente/1 ", "gemeente/\u0663", 7, None, "verlenging", "gemeente/" + "9" * 40),
    ],
)
@pytest.mark.parametrize("question", ["bezwaardossier", "heroverweeg"])
def test_what_is_no_decision_is_incorrect(running: Rekenschap, named: Any, question: str) -> None:
    before = head(running)
    with pytest.raises(Incorrect) as caught:
        getattr(running, question)(named)
    assert caught.value.field == "beslissing"
    assert head(running) == before


def test_nothing_is_recorded_and_twice_is_the_same(running: Rekenschap, refused: str) -> None:
    before = rows(running)

    assert running.bezwaardossier(refused) == running.bezwaardossier(refused)
    assert rows(running) == before


def test_that_it_was_read_is_logged_under_its_own_name(running: Rekenschap, refused: str) -> None:
    who = Actor("jurist-1", "gemeente", "commissie")
    running.namens(who, doel="bezwaar").bezwaardossier(refused)

    lines = [one for one in running.gelezen(jeugdige="kind-1").regels if one.lezer == "jurist-1"]

    assert lines
    assert {(one.vraag, one.doel, one.toegekend) for one in lines} == {
        ("bezwaardossier", "bezwaar", True)
    }


def test_on_whose_behalf_it_was_decided_is_told(running: Rekenschap) -> None:
    position = _position(running, "eerste")
    found = running.bezwaardossier(f"gemeente/{position}")

    assert found.namens == "praktijk-9"
    assert "namens praktijk-9" in printed(running, found)


def test_objections_are_asked_by_one_of_two(running: Rekenschap, refused: str) -> None:
    for told in ({}, {"jeugdige": "kind-1", "beslissing": refused}):
        with pytest.raises(Incorrect, match="either a jeugdige or a beslissing"):
            running.bezwaren(**told)
    with pytest.raises(Incorrect, match="a decision that is on record"):
        running.bezwaren(beslissing="gemeente/99")


def test_a_change_of_the_day_it_is_about_moves_nothing_else(
    running: Rekenschap, refused: str
) -> None:
    assert running.bezwaardossier(refused).besluit.geldig_op == ASKED != DAY
