"""Basic mental care: when it runs, what is declared on it, and what follows (WAA-G01 to G17)."""

from typing import Any

import pytest
from tests.domain.waalre.builders import (
    OK,
    Stap,
    declareer,
    inzet,
    keur_goed,
    laatste,
    speel,
    stand,
    stap,
    start,
    stop,
    toewijzing,
    verleng,
    verwijzing,
    vrij,
)

BK = toewijzing("BK", "2016-03-01", "2017-12-31")


def test_care_begins_with_its_first_minute() -> None:
    first = inzet(10, "2016-03-05", soort="niet_clientgebonden")
    assert stand(BK, first, inzet(10, "2016-03-04"))["startdatum"] == "2016-03-04"
    assert stand(BK, start("2016-03-02"), first)["startdatum"] == "2016-03-02"
    run = inzet(10, "2016-03-31", van="2016-03-03", tot_en_met="2016-03-31")
    assert stand(BK, run)["startdatum"] == "2016-03-03"
    assert stand(BK)["startdatum"] is None


@pytest.mark.parametrize("product", ["BK", "OZP", "DBC"])
def test_a_start_is_not_later_than_the_first_effort(product: str) -> None:
    granted, first = toewijzing(product, "2016-03-01", "2017-12-31"), inzet(10, "2016-03-05")
    assert laatste(granted, first, start("2016-03-04")) == OK
    assert laatste(granted, first, start("2016-03-05")) == OK
    assert laatste(granted, first, start("2016-03-06")) == "geweigerd WAA-G01"


def test_the_start_moves_when_the_first_effort_was_wrong() -> None:
    first = inzet(10, "2016-03-05", referentie="R1")
    wrong = stap(
        "GegevenIngetrokken", "2016-03-20", betreft="R1", reden="typefout", gezag="aanbieder"
    )
    assert stand(BK, first, inzet(10, "2016-03-09"), wrong)["startdatum"] == "2016-03-09"
    assert laatste(BK, first, inzet(10, "2016-03-09"), wrong, start("2016-03-08")) == OK


@pytest.mark.parametrize(
    ("eerste", "dag", "verwacht"),
    [
        ("2016-03-01", "2017-02-28", OK),
        ("2016-03-01", "2017-03-01", "geweigerd WAA-G02"),
        ("2016-03-10", "2017-03-09", OK),
        ("2016-03-10", "2017-03-10", "geweigerd WAA-G02"),
    ],
)
@pytest.mark.parametrize("product", ["BK", "BC", "OBT"])
def test_a_traject_is_open_for_365_days(eerste: str, dag: str, verwacht: str, product: str) -> None:
    granted = toewijzing(product, "2016-03-01", "2017-12-31")
    assert laatste(granted, inzet(10, eerste), inzet(10, dag)) == verwacht


@pytest.mark.parametrize(
    ("eerste", "tot", "verwacht"),
    [
        (None, "2017-02-28", OK),
        (None, "2017-03-01", "geweigerd WAA-G02"),
        ("2016-03-10", "2017-03-09", OK),
        ("2016-03-10", "2017-03-10", "geweigerd WAA-G02"),
    ],
)
def test_it_is_not_extended_past_that(eerste: str | None, tot: str, verwacht: str) -> None:
    granted = toewijzing("BM", "2016-03-01", "2016-12-31")
    spent = [inzet(10, eerste)] if eerste else []
    assert laatste(granted, *spent, verleng("2016-12-01", einddatum=tot)) == verwacht


LISTED = [
    "afgerond",
    "doel_behaald",
    "geen_dsm_stoornis",
    "doorverwijzing_gespecialiseerde_ggz",
    "voortijdig_afgebroken",
    "overlijden",
    "na_365_dagen",
    "andere_bekostiging",
    "leeftijd_18",
]
OTHER = ["niet_in_zorg_genomen", "afschaling", "wens_pleegkind", "verhuizing"]


@pytest.mark.parametrize("reden", [*LISTED, *OTHER, None])
def test_a_claim_comes_after_a_listed_end(reden: str | None) -> None:
    why = {} if reden is None else {"reden": reden}
    product = "OBT" if reden == "geen_dsm_stoornis" else "BK"
    claim = declareer("2016-06-01", product=product)
    said = laatste(BK, inzet(300, "2016-04-01"), stop("2016-06-01", **why), claim)
    assert said == ("geweigerd WAA-G03" if reden in OTHER else OK)


def test_not_before_the_end_or_day_366() -> None:
    spent = inzet(300, "2016-04-01")
    assert laatste(BK, spent, declareer("2016-05-31")) == "geweigerd WAA-G03"
    ended = stop("2016-06-02", reden="afgerond")
    early = {**declareer("2016-06-01"), "geregistreerd": "2016-06-03T12:00:00+02:00"}
    assert laatste(BK, spent, ended, early) == "geweigerd WAA-G03"
    assert laatste(BK, spent, declareer("2017-03-31")) == "geweigerd WAA-G03"
    assert laatste(BK, spent, declareer("2017-04-01")) == OK
    assert laatste(BK, spent, declareer("2016-05-31", product="OVP_consult")) == OK
    advance = declareer("2016-07-01", soort="voorschot", bedrag="10.00", periode="2016-04")
    assert laatste(BK, spent, ended, advance) == "geweigerd WAA-G03"


@pytest.mark.parametrize(
    ("een", "ander", "mag"),
    [
        ("BK", "BM", False),
        ("BK", "BI", False),
        ("BK", "BK", False),
        ("BM", "BI", False),
        ("BC", "BC", False),
        ("OBT", "BC", False),
        ("OBT", "BI", False),
        ("BC", "BK", True),
        ("BM", "BC", True),
        ("BI", "BC", True),
        ("BK", "OVP_consult", True),
        ("OBT", "OZP", True),
        ("OVP_consult", "OVP_consult", True),
    ],
)
def test_which_run_together(een: str, ander: str, mag: bool) -> None:
    first = toewijzing(een, "2016-03-01", "2016-06-30", toewijzing="T0")
    last_day = toewijzing(ander, "2016-06-30", "2016-12-31")
    after = toewijzing(ander, "2016-07-01", "2016-12-31")
    assert laatste(first, last_day) == (OK if mag else "geweigerd WAA-G04")
    assert laatste(first, after) == OK


def test_a_stopped_one_ends_on_its_stop_and_a_withdrawn_one_does_not_count() -> None:
    ended = stop("2016-05-31", reden="afgerond")
    assert laatste(BK, ended, toewijzing("BM", "2016-05-31", toewijzing="T2")).endswith("G04")
    assert laatste(BK, ended, toewijzing("BM", "2016-06-01", toewijzing="T2")) == OK
    gone = stap("ToewijzingIngetrokken", "2016-04-01", toewijzing="T1")
    assert laatste(BK, gone, toewijzing("BM", "2016-03-20", op="2016-04-02", toewijzing="T2")) == OK


def test_one_regular_claim_on_a_traject() -> None:
    before = (BK, inzet(300, "2016-04-01"), stop("2016-06-01"), declareer("2016-06-02"))
    assert laatste(*before, declareer("2016-07-02")) == "geweigerd WAA-G04"
    assert laatste(*before, declareer("2016-07-02", product="OZP")) == OK
    assert laatste(*before, declareer("2016-07-02", product="OBT")) == "geweigerd WAA-G04 WAA-G09"


@pytest.mark.parametrize(
    ("eerste", "tweede", "verwacht"),
    [("H1", "H1", "goedkeuring_nodig WAA-G05"), ("H1", "H2", OK), ("H1", None, OK)],
)
def test_once_for_a_question(eerste: str, tweede: str | None, verwacht: str) -> None:
    first = toewijzing("BK", "2016-03-01", "2016-06-30", toewijzing="T0", hulpvraag=eerste)
    more = {} if tweede is None else {"hulpvraag": tweede}
    assert laatste(first, toewijzing("BK", "2016-07-01", **more)) == verwacht
    assert laatste(first, toewijzing("BM", "2016-07-01", **more)) == OK
    gone = stap("ToewijzingIngetrokken", "2016-04-01", toewijzing="T0")
    assert laatste(first, gone, toewijzing("BK", "2016-07-01", **more)) == OK


def test_after_a_change_only_the_last_is_declared() -> None:
    changed = stap("ToewijzingGewijzigd", "2016-04-10", toewijzing="T1", product="BI")
    story = (BK, inzet(260, "2016-03-20"), changed, stop("2016-09-30", reden="afgerond"))
    assert laatste(*story, declareer("2016-10-03", product="BK")) == "geweigerd WAA-G06"
    assert laatste(*story, declareer("2016-10-03", product="BC")) == "geweigerd WAA-G06"
    assert laatste(*story, declareer("2016-10-03", product="BI")) == OK
    assert laatste(*story, declareer("2016-10-03")) == OK
    assert stand(*story)["product"] == "BI"


def test_a_change_nobody_was_told_of_waits() -> None:
    changed = stap(
        "ToewijzingGewijzigd",
        "2016-04-10",
        toewijzing="T1",
        product="BI",
        client_geinformeerd=False,
        referentie="R1",
    )
    assert laatste(BK, changed) == "goedkeuring_nodig WAA-G06"
    assert stand(BK, changed)["product"] == "BK"
    assert stand(BK, changed, keur_goed("R1", "2016-04-12"))["product"] == "BI"


@pytest.mark.parametrize(
    ("reden", "minuten", "bk", "obt"),
    [
        ("doorverwijzing_gespecialiseerde_ggz", 120, "WAA-G07", OK),
        ("doorverwijzing_gespecialiseerde_ggz", 121, OK, "WAA-G09"),
        ("voortijdig_afgebroken", 120, "WAA-G07", OK),
        ("voortijdig_afgebroken", 121, OK, "WAA-G09"),
        ("voortijdig_afgebroken", 0, "WAA-G07", OK),
        ("geen_dsm_stoornis", 10, "WAA-G08", OK),
        ("geen_dsm_stoornis", 500, "WAA-G08", OK),
        ("afgerond", 100, OK, OK),
        ("afgerond", 120, OK, OK),
        ("afgerond", 121, OK, "WAA-G09"),
        ("overlijden", 121, OK, "WAA-G09"),
    ],
)
def test_what_is_declared_after_which_end(reden: str, minuten: int, bk: str, obt: str) -> None:
    spent = [inzet(minuten, "2016-04-01", soort="indirect")] if minuten else []
    story = (BK, *spent, inzet(90, "2016-04-02", soort="niet_clientgebonden"))
    for product, hoped in (("BK", bk), ("OBT", obt)):
        claim = declareer("2016-05-02", product=product)
        said = laatste(*story, stop("2016-05-01", reden=reden), claim)
        assert said == (OK if hoped == OK else f"geweigerd {hoped}")


MAXIMUM = {"product": "BK", "eenheid": "traject", "bedrag": "500.00", "soort": "standaard_maximum"}


@pytest.mark.parametrize(
    ("bedrag", "schriftelijk", "verwacht"),
    [
        ("204.08", False, OK),
        ("204.09", False, "geweigerd WAA-G10 WAA-G11"),
        ("224.49", True, OK),
        ("224.50", True, "geweigerd WAA-G10 WAA-G11"),
    ],
)
def test_an_incomplete_traject_costs_part_of_a_short_one(
    bedrag: str, schriftelijk: bool, verwacht: str
) -> None:
    claim = declareer(
        "2016-06-02", product="OBT", bedrag=bedrag, schriftelijke_overeenkomst=schriftelijk
    )
    story = (BK, inzet(60, "2016-04-01"), stop("2016-06-01"), claim)
    assert laatste(*story, tarieven=[MAXIMUM]) == verwacht


def test_without_a_maximum() -> None:
    story = (BK, inzet(60, "2016-04-01"), stop("2016-06-01"))
    obt = declareer("2016-06-02", product="OBT", bedrag="10.00")
    assert laatste(*story, obt) == "goedkeuring_nodig WAA-G10"
    assert laatste(*story, declareer("2016-06-02", product="OBT")) == OK
    assert laatste(*story, declareer("2016-06-02", bedrag="9999.00")) == OK


@pytest.mark.parametrize(
    ("bedrag", "schriftelijk", "verwacht"),
    [
        ("500.00", False, OK),
        ("500.01", False, "geweigerd WAA-G11"),
        ("550.00", True, OK),
        ("550.01", True, "geweigerd WAA-G11"),
    ],
)
def test_a_traject_costs_at_most_its_maximum(
    bedrag: str, schriftelijk: bool, verwacht: str
) -> None:
    claim = declareer("2016-06-02", bedrag=bedrag, schriftelijke_overeenkomst=schriftelijk)
    story = (BK, inzet(300, "2016-04-01"), stop("2016-06-01"), claim)
    assert laatste(*story, tarieven=[MAXIMUM]) == verwacht


@pytest.mark.parametrize("product", ["BK", "OBT"])
def test_a_chief_practitioner_was_there(product: str) -> None:
    story = (BK, inzet(60, "2016-04-01"), stop("2016-06-01"))
    claim = declareer("2016-06-02", product=product, hoofdbehandelaar_betrokken=False)
    assert laatste(*story, claim) == "geweigerd WAA-G12"
    assert laatste(*story, {**claim, "product": "OVP_verblijf"}) == OK


def dbc(**velden: Any) -> Stap:
    told = {"toewijzing": "T2", "productcode": "32000", **velden}
    return toewijzing("DBC", "2016-05-01", "2017-04-30", **told)


@pytest.mark.parametrize(
    ("een", "ander", "verwacht"),
    [
        ("H1", "H1", "geweigerd WAA-G13"),
        ("H1", "H2", "gesignaleerd WAA-G13"),
        ("H1", None, OK),
        (None, None, OK),
    ],
)
def test_beside_a_specialist_traject(een: str | None, ander: str | None, verwacht: str) -> None:
    one = {} if een is None else {"hulpvraag": een}
    other = {} if ander is None else {"hulpvraag": ander}
    assert laatste({**BK, **one}, dbc(**other)) == verwacht
    first = dbc(**one)
    assert laatste(first, toewijzing("BK", "2016-06-01", **other)) == verwacht
    assert laatste(first, toewijzing("BK", "2017-05-01", "2017-12-31", **other)) == OK


def test_the_same_practitioner_goes_on_in_a_specialist_traject() -> None:
    old = {**BK, "behandelaar": "B1", "aanbieder": "A1", "hulpvraag": "H1"}
    new = dbc(behandelaar="B1", aanbieder="A1", hulpvraag="H1")
    assert laatste(old, inzet(200, "2016-04-01"), new) == OK
    assert stand(old, new)["status"] == "ingetrokken"
    assert laatste(old, new, declareer("2016-05-05", product="OBT")).startswith("geweigerd WAA-G")
    assert "WAA-G14" in laatste(old, new, declareer("2016-05-05"))
    ended = stop("2016-04-20", reden="afgerond")
    assert stand(old, inzet(200, "2016-04-01"), ended, new)["status"] == "ingetrokken"


def test_it_stays_where_something_was_declared_or_the_question_is_another() -> None:
    old = {**BK, "behandelaar": "B1", "hulpvraag": "H1"}
    done = (old, inzet(200, "2016-04-01"), stop("2016-04-20", reden="afgerond"))
    new = dbc(behandelaar="B1", hulpvraag="H1")
    assert stand(*done, declareer("2016-04-21"), new)["status"] == "gestopt"
    other = dbc(behandelaar="B1", hulpvraag="H2")
    assert laatste(old, other) == "gesignaleerd WAA-G13"
    assert stand(old, other)["status"] == "lopend"
    assert stand(old, dbc(behandelaar="B2"))["status"] == "lopend"


def test_it_is_back_when_the_other_was_a_mistake() -> None:
    old = {**BK, "behandelaar": "B1"}
    new = dbc(behandelaar="B1", referentie="R1")
    wrong = stap(
        "GegevenIngetrokken", "2016-05-20", betreft="R1", reden="typefout", gezag="gemeente"
    )
    assert stand(old, new, wrong)["status"] == "lopend"
    spent, ended = inzet(200, "2016-05-21"), stop("2016-05-22", reden="afgerond")
    assert laatste(old, new, wrong, spent, ended, declareer("2016-05-23")) == OK


def corrected(betreft: str, **vervanging: Any) -> Stap:
    return stap(
        "GegevenGecorrigeerd",
        "2016-05-20",
        betreft=betreft,
        reden="typefout",
        gezag="gemeente",
        vervanging=vervanging,
    )


def test_it_follows_what_the_other_is_corrected_to() -> None:
    old = {**BK, "behandelaar": "B1"}
    same, another = (dbc(behandelaar=who, referentie="R1") for who in ("B1", "B2"))
    to_other = {**corrected("R1", behandelaar="B2"), "referentie": "R2"}
    assert stand(old, same, to_other)["status"] == "lopend"
    assert laatste(old, same, to_other, inzet(10, "2016-05-21")) == OK
    assert stand(old, another, corrected("R1", behandelaar="B1"))["status"] == "ingetrokken"
    assert stand(old, same, to_other, corrected("R1", behandelaar="B1"))["status"] == "ingetrokken"
    undone = stap(
        "GegevenIngetrokken", "2016-05-20", betreft="R2", reden="typefout", gezag="gemeente"
    )
    assert stand(old, same, to_other, undone)["status"] == "ingetrokken"
    assert stand(old, same, corrected("R1", einddatum="2016-11-30"))["status"] == "ingetrokken"


def test_it_is_back_when_it_was_another_care_giver_itself() -> None:
    old, new = {**BK, "behandelaar": "B1", "referentie": "R0"}, dbc(behandelaar="B1")
    assert stand(old, new, corrected("R0", behandelaar="B2"))["status"] == "lopend"
    assert stand(old, new, corrected("R0", einddatum="2016-11-30"))["status"] == "ingetrokken"


def test_a_correction_meets_the_rules_as_if_it_had_stayed() -> None:
    old = {**BK, "behandelaar": "B1", "hulpvraag": "H1"}
    new = dbc(behandelaar="B1", hulpvraag="H1", referentie="R1")
    assert laatste(old, new, corrected("R1", behandelaar="B2")) == "geweigerd WAA-G13"
    assert laatste(old, new, corrected("R1", hulpvraag="H2")) == "gesignaleerd WAA-G13"
    assert stand(old, new, corrected("R1", hulpvraag="H2"))["status"] == "lopend"


def test_it_goes_when_a_waiting_one_is_approved() -> None:
    old = {**BK, "behandelaar": "B1"}
    new = dbc(behandelaar="B1", referentie="R1", aanbieder_gekozen_door=["jeugdige"])
    assert stand(old, new)["status"] == "lopend"
    assert stand(old, new, keur_goed("R1", "2016-05-09"))["status"] == "ingetrokken"


@pytest.mark.parametrize(
    ("stopt", "brief", "verwacht"),
    [
        ("2016-04-20", "V2", OK),
        (None, "V2", "geweigerd WAA-G15"),
        ("2016-04-20", None, "geweigerd WAA-G15 WAA-T02"),
        ("2016-04-20", "", "geweigerd WAA-G15"),
        ("2016-04-20", "V1", "geweigerd WAA-G15"),
    ],
)
def test_another_provider_comes_in_by_the_referrer(
    stopt: str | None, brief: str | None, verwacht: str
) -> None:
    letters = [verwijzing("2016-02-01", "huisarts")]
    letters += [verwijzing("2016-02-02", "huisarts", verwijzing="V2")]
    old = {**BK, "verwijzing": "V1", "aanbieder": "A1"}
    ended = [stop(stopt, reden="afgerond")] if stopt else []
    named = {} if brief == "" else {"verwijzing": brief}
    assert laatste(*letters, old, *ended, dbc(aanbieder="A2", **named)) == verwacht
    assert laatste(*letters, old, *ended, dbc(aanbieder="A1", verwijzing="V2")) == OK
    assert laatste(*letters, old, *ended, dbc(verwijzing="V2")) == OK


def test_only_basic_care_is_declared_on_it() -> None:
    story = (BK, inzet(300, "2016-04-01"), stop("2016-06-01"))
    assert "WAA-G16" in laatste(*story, declareer("2016-06-02", product="DBC"))
    assert laatste(*story, declareer("2016-06-02", soort="component")) == "geweigerd WAA-G16"


@pytest.mark.parametrize(("product", "norm"), [("BK", 294), ("BM", 495), ("BI", 750), ("BC", 753)])
def test_more_than_the_norm_is_only_a_signal(product: str, norm: int) -> None:
    granted = toewijzing(product, "2016-03-01", "2017-02-28")
    loose = inzet(100, "2016-04-01", soort="niet_clientgebonden")
    exact = inzet(norm, "2016-04-01")
    assert laatste(granted, loose, exact) == OK
    assert laatste(granted, exact, inzet(1, "2016-04-02", soort="reistijd")).endswith("WAA-G17")
    assert laatste(granted, exact, inzet(1, "2016-04-02"), inzet(1, "2016-04-03")).endswith("G17")
    assert str(stand(granted, loose, exact)["verbruikt"]) == str(norm + 100)


def test_every_step_is_answered_and_the_grant_is_the_answer() -> None:
    old = {**BK, "behandelaar": "B1"}
    report = speel(old, dbc(behandelaar="B1"), vrij(declareer("2016-05-05", toewijzing="T2")))
    assert [str(one.antwoord.uitkomst) for one in report.stappen][:2] == [OK, OK]
