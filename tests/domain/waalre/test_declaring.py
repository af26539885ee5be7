"""Declaring in time, for what was done, at the right price (WAA-F01 to F12, V01 to V09)."""

from typing import Any

import pytest
from tests.domain.waalre.builders import (
    OK,
    Stap,
    afwezig,
    bericht,
    betaal,
    dagen,
    declareer,
    hervat,
    inzet,
    keur_goed,
    laatste,
    speel,
    stand,
    stap,
    start,
    stop,
    toewijzing,
    vrij,
)

STAY = toewijzing("P018")
AMBULANT = toewijzing("ambulant")


@pytest.mark.parametrize(
    ("op", "ambulant", "verblijf"),
    [
        ("2016-03-31", OK, OK),
        ("2016-04-01", "gesignaleerd WAA-F01", "gesignaleerd WAA-F01 WAA-F03"),
        ("2016-04-30", "gesignaleerd WAA-F01", "gesignaleerd WAA-F01 WAA-F03"),
        ("2016-05-01", "geweigerd WAA-F02", "gesignaleerd WAA-F01 WAA-F03"),
        ("2017-12-31", "geweigerd WAA-F02", "gesignaleerd WAA-F01 WAA-F03"),
    ],
)
def test_a_claim_comes_in_time(op: str, ambulant: str, verblijf: str) -> None:
    claim = declareer(op, periode="2016-02")
    assert laatste(AMBULANT, claim) == ambulant
    assert laatste(STAY, claim) == verblijf
    guidance = toewijzing("begeleiding")
    assert laatste(guidance, claim) == OK
    of_mental_care = toewijzing("ambulant", productgroep="ggz")
    assert laatste(of_mental_care, claim) == ambulant.replace(
        "geweigerd WAA-F02", "gesignaleerd WAA-F01"
    )
    assert laatste(AMBULANT, {**claim, "soort": "creditnota"}) == OK


def test_the_last_month_of_a_year() -> None:
    assert laatste(AMBULANT, declareer("2017-01-31", periode="2016-12")) == OK
    assert laatste(AMBULANT, declareer("2017-02-28", periode="2016-12")) == "gesignaleerd WAA-F01"
    assert laatste(AMBULANT, declareer("2017-03-01", periode="2016-12")) == "geweigerd WAA-F02"


@pytest.mark.parametrize(
    ("maand", "op", "verwacht"),
    [
        ("2015-06", "2015-08-31", "gesignaleerd WAA-F01"),
        ("2015-06", "2015-09-01", "goedkeuring_nodig WAA-F02"),
        ("2015-01", "2015-12-31", "goedkeuring_nodig WAA-F02"),
        ("2015-07", "2015-09-30", "gesignaleerd WAA-F01"),
        ("2015-07", "2015-10-01", "geweigerd WAA-F02"),
    ],
)
def test_the_first_half_of_2015_is_lenient(maand: str, op: str, verwacht: str) -> None:
    granted = toewijzing("ambulant", "2015-01-05", "2015-12-31")
    assert laatste(granted, declareer(op, periode=maand)) == verwacht


@pytest.mark.parametrize(
    ("maand", "verwacht"),
    [
        ("2016-02", "geweigerd WAA-F04"),
        ("2016-03", OK),
        ("2016-06", OK),
        ("2016-07", "geweigerd WAA-F04"),
    ],
)
def test_a_month_outside_the_validity(maand: str, verwacht: str) -> None:
    granted = toewijzing("begeleiding", "2016-03-31", "2016-06-01")
    assert laatste(granted, declareer("2016-08-01", periode=maand)) == verwacht


def test_a_month_after_the_stop_or_the_withdrawal() -> None:
    granted = toewijzing("begeleiding")
    claim = declareer("2016-08-01", periode="2016-06")
    assert laatste(granted, stop("2016-05-31"), claim) == "geweigerd WAA-F04"
    assert laatste(granted, stop("2016-06-01"), claim) == OK
    gone = stap("ToewijzingIngetrokken", "2016-06-01", toewijzing="T1")
    assert laatste(granted, gone, claim) == "geweigerd WAA-F04"
    later = stap("ToewijzingIngetrokken", "2016-06-02", toewijzing="T1")
    assert laatste(granted, later, claim) == OK


@pytest.mark.parametrize(
    ("dag", "verwacht"),
    [
        ("2016-01-03", "geweigerd WAA-F04"),
        ("2016-01-04", OK),
        ("2016-12-31", OK),
        ("2017-01-01", "geweigerd WAA-F04"),
    ],
)
def test_effort_lies_inside_the_validity(dag: str, verwacht: str) -> None:
    assert laatste(toewijzing("begeleiding"), inzet(1, dag, "uur")) == verwacht


def test_more_than_the_size_is_not_refused() -> None:
    granted = toewijzing("begeleiding", volume=10, eenheid="uur")
    assert laatste(granted, inzet(11, "2016-02-01", "uur")) == OK
    assert str(stand(granted, inzet(11, "2016-02-01", "uur"))["saldo"]) == "-1"


def test_nothing_is_declared_on_an_urgent_start_before_its_grant() -> None:
    urgent = {"spoed": True, "spoed_gemotiveerd": True, "multidisciplinair_overleg": True}
    granted = toewijzing("ambulant", "2016-03-05", op="2016-04-08")
    claim = declareer("2016-04-04", periode="2016-03")
    for told in (urgent, {**urgent, "spoed_gemotiveerd": False}):
        story = (vrij(start("2016-03-05", **told)), vrij(claim), granted)
        assert speel(*story).stappen[1].antwoord.regels == ("WAA-F04",)
    message = bericht("JW315", "2016-03-05")
    assert speel(message, vrij(claim), granted).stappen[1].antwoord.regels == ()


def april(aantal: float, **velden: Any) -> Stap:
    return declareer("2016-05-04", periode="2016-04", aantal=aantal, **velden)


APRIL = dagen("2016-04-01", "2016-04-20", 20)


@pytest.mark.parametrize(
    ("aantal", "verwacht"), [(19, OK), (20, OK), (21, "geweigerd WAA-F04 WAA-F05")]
)
def test_no_more_is_declared_than_was_done(aantal: int, verwacht: str) -> None:
    assert laatste(STAY, APRIL, april(aantal)) == verwacht


def test_claims_of_a_month_add_up_and_others_do_not() -> None:
    refused = "geweigerd WAA-F04 WAA-F05"
    assert laatste(STAY, APRIL, april(15), april(6)) == refused
    assert laatste(STAY, APRIL, april(15), april(5)) == OK
    assert laatste(STAY, APRIL, vrij(april(21)), april(20)) == OK
    assert laatste(STAY, APRIL, april(21, soort="correctie")) == OK
    assert laatste(STAY, APRIL, declareer("2016-05-04", periode="2016-04")) == OK
    may = declareer("2016-06-04", periode="2016-05", aantal=1)
    assert laatste(STAY, APRIL, april(20), may) == refused


def test_days_count_in_the_month_they_lie_in() -> None:
    across = dagen("2016-04-29", "2016-05-03", 5)
    may = declareer("2016-06-04", periode="2016-05", aantal=3)
    assert laatste(STAY, across, april(2)) == OK
    assert laatste(STAY, across, april(3)) == "geweigerd WAA-F04 WAA-F05"
    assert laatste(STAY, across, may) == OK
    assert laatste(STAY, across, {**may, "aantal": 4}) == "geweigerd WAA-F04 WAA-F05"
    hours = toewijzing("P044")
    spent = inzet(10, "2016-04-30", "uur", van="2016-04-20", tot_en_met="2016-04-30")
    assert laatste(hours, spent, april(600, eenheid="minuut")) == OK
    assert laatste(hours, spent, april(601, eenheid="minuut")).startswith("geweigerd")


def test_a_no_show_adds_nothing() -> None:
    missed = stap("NoShowGeregistreerd", "2016-04-21", toewijzing="T1", aantal=1, eenheid="dag")
    assert laatste(STAY, APRIL, missed, april(21)) == "geweigerd WAA-F04 WAA-F05"
    assert laatste(STAY, {**missed, "declareren": True}) == "geweigerd WAA-F10"
    assert laatste(toewijzing("DBC"), {**missed, "declareren": True}) == "geweigerd WAA-F10"


def test_another_product_of_the_table_is_refused() -> None:
    assert laatste(STAY, APRIL, april(10, product="P015")) == "geweigerd WAA-F05"
    assert laatste(STAY, APRIL, april(10, product="NZ414")).startswith("geweigerd WAA-V04")
    assert laatste(STAY, APRIL, april(10, product="42A03")).startswith("geweigerd WAA-V06")


AWAY = (
    dagen("2016-05-01", "2016-05-09", 9),
    afwezig("2016-05-10"),
    hervat("2016-06-25"),
    dagen("2016-06-25", "2016-06-30", 6),
)


@pytest.mark.parametrize(
    ("aantal", "verwacht"), [(15, OK), (16, "geweigerd WAA-F04 WAA-F05 WAA-V03")]
)
def test_an_interruption_is_paid_for_a_month(aantal: int, verwacht: str) -> None:
    june = declareer("2016-07-04", periode="2016-06", aantal=aantal)
    assert laatste(STAY, *AWAY, june) == verwacht
    may = declareer("2016-06-04", periode="2016-05", aantal=31)
    assert laatste(STAY, *AWAY[:2], may) == OK


def test_an_absence_with_an_end() -> None:
    away = afwezig("2016-04-21", "2016-04-25")
    assert laatste(STAY, APRIL, away, april(25)) == OK
    assert laatste(STAY, APRIL, away, april(26)) == "geweigerd WAA-F04 WAA-F05"
    day = toewijzing("V905")
    spent = dagen("2016-04-01", "2016-04-20", 20, soort="groep")
    assert laatste(day, spent, away, april(21)) == "geweigerd WAA-F04 WAA-F05 WAA-V03"


def test_an_absence_is_paid_no_longer_than_the_care_runs() -> None:
    may = declareer("2016-06-04", periode="2016-05", aantal=20)
    ended = (*AWAY[:2], stop("2016-05-20"))
    assert laatste(STAY, *ended, may) == OK
    assert laatste(STAY, *ended, {**may, "aantal": 21}) == "geweigerd WAA-F04 WAA-F05"


@pytest.mark.parametrize(
    ("tot", "verwacht"), [("2016-06-09", OK), ("2016-06-10", "geweigerd WAA-V03")]
)
def test_an_absence_that_is_charged(tot: str, verwacht: str) -> None:
    assert laatste(STAY, afwezig("2016-05-10", tot, declareren=True)) == verwacht
    assert laatste(STAY, afwezig("2016-05-10", tot)) == OK
    day = toewijzing("V905")
    assert laatste(day, afwezig("2016-05-10", "2016-05-11", declareren=True)) == "geweigerd WAA-V03"
    short = afwezig("2016-01-31", "2016-02-28", declareren=True)
    assert laatste(STAY, short) == OK
    assert laatste(STAY, {**short, "tot_en_met": "2016-02-29"}) == "geweigerd WAA-V03"


def test_the_specification_of_a_refused_line() -> None:
    story = (STAY, APRIL, vrij(april(21)))
    assert laatste(*story, bericht("specificatie", "2016-06-04")) == OK
    assert laatste(*story, bericht("specificatie", "2016-06-05")) == "gesignaleerd WAA-F05"
    assert laatste(STAY, bericht("specificatie", "2016-06-05")) == OK


@pytest.mark.parametrize(
    ("op", "verwacht"), [("2016-06-02", OK), ("2016-06-03", "gesignaleerd WAA-F06")]
)
def test_the_gemeente_pays_within_thirty_days(op: str, verwacht: str) -> None:
    paid = betaal(op, "10.00", via="gemeente", factuur_ontvangen_op="2016-05-03")
    assert laatste(STAY, paid) == verwacht
    assert laatste(STAY, {**paid, "via": "svb"}) == OK


def test_a_final_ambulant_invoice() -> None:
    story = (AMBULANT, stop("2016-05-31"))
    claim = declareer("2016-06-30", soort="eindfactuur", bedrag="100.00")
    price = [{"product": "ambulant", "eenheid": "traject", "bedrag": "99.99"}]
    assert laatste(*story, claim) == OK
    assert laatste(*story, {**claim, "datum": "2016-07-01"}) == "gesignaleerd WAA-F07"
    assert laatste(*story, claim, tarieven=price) == "geweigerd WAA-F08"
    assert laatste(*story, {**claim, "bedrag": "99.99"}, tarieven=price) == OK


@pytest.mark.parametrize(
    ("product", "formule", "verwacht"),
    [
        ("ambulant", True, OK),
        ("ambulant", False, "goedkeuring_nodig WAA-F08"),
        ("P018", True, "geweigerd WAA-F08"),
        ("P018", False, "geweigerd WAA-F08"),
        ("begeleiding", False, OK),
    ],
)
def test_invoices_in_advance(product: str, formule: bool, verwacht: str) -> None:
    granted = toewijzing(product, aanbieder="A1")
    claim = declareer("2016-01-05", soort="maand_vooraf", periode="2016-01", bedrag="400.00")
    given = [{"id": "A1", "maandformule": formule}]
    assert laatste(granted, claim, aanbieders=given) == verwacht
    if product == "ambulant":
        assert laatste(AMBULANT, claim) == "goedkeuring_nodig WAA-F08"


@pytest.mark.parametrize("product", ["ambulant", "P018", "begeleiding"])
def test_costs_are_in_the_price(product: str) -> None:
    claim = declareer("2016-02-05", soort="reiskosten", bedrag="10.00")
    assert laatste(toewijzing(product), claim) == "geweigerd WAA-F09"


def test_a_correction_has_an_invoice_of_its_own() -> None:
    line = declareer("2016-02-05", factuur="F1")
    mended = declareer("2016-02-06", soort="correctie", factuur="F1", bedrag="-1.00")
    assert laatste(AMBULANT, line, mended) == "gesignaleerd WAA-F11"
    assert laatste(AMBULANT, line, {**mended, "factuur": "F2"}) == OK
    assert laatste(AMBULANT, mended, mended) == OK


@pytest.mark.parametrize(
    ("onder", "totaal", "verwacht"),
    [
        ("verblijf", "50000.00", OK),
        ("verblijf", "50000.01", "gesignaleerd WAA-F12"),
        ("ambulant", "0.00", OK),
        ("ambulant", "0.01", "gesignaleerd WAA-F12"),
    ],
)
def test_what_a_provider_declared_in_a_year(onder: str, totaal: str, verwacht: str) -> None:
    day = stap("PeildatumBereikt", "2016-12-31", aanbieder="A1", gedeclareerd_totaal=totaal)
    given = [{"id": "A1", "deelovereenkomst": onder}]
    said = speel(day, aanbieders=given).stappen[-1].antwoord
    assert (
        " ".join(
            (str(said.uitkomst), *said.regels, *(s for s in said.signalen if s not in said.regels))
        )
        == verwacht
    )


def test_what_the_ledger_holds_of_a_provider() -> None:
    granted = toewijzing("ambulant", aanbieder="A1")
    given = [{"id": "A1", "deelovereenkomst": "ambulant"}]
    claim = declareer("2016-12-31", bedrag="0.01")
    day = stap("PeildatumBereikt", "2016-12-31", aanbieder="A1")
    assert laatste(granted, day, aanbieders=given) == OK
    assert laatste(granted, claim, day, aanbieders=given) == "gesignaleerd WAA-F12"
    assert laatste(granted, claim, {**day, "datum": "2017-12-31"}, aanbieders=given) == OK


@pytest.mark.parametrize(
    ("bedrag", "verwacht"),
    [("3584.59", "geweigerd WAA-V01"), ("3584.60", OK), ("3584.61", "geweigerd WAA-V01")],
)
def test_the_amount_is_by_the_table(bedrag: str, verwacht: str) -> None:
    assert laatste(STAY, APRIL, april(20, bedrag=bedrag)) == verwacht
    assert laatste(STAY, APRIL, april(20)) == OK


def test_hours_are_priced_exactly() -> None:
    spent = inzet(1.5, "2016-04-20", "uur")
    assert laatste(toewijzing("P044"), spent, april(1.5, eenheid="uur", bedrag="48.89")) == OK
    assert laatste(toewijzing("P044"), spent, april(1.5, eenheid="uur", bedrag="48.88")).endswith(
        "V01"
    )


@pytest.mark.parametrize("code", ["1012", "Vz.2.5"])
def test_a_price_that_cannot_be_read_waits(code: str) -> None:
    granted = toewijzing(code)
    assert laatste(granted, APRIL, april(20, bedrag="1.00")) == "goedkeuring_nodig WAA-V01"
    waiting = april(20, bedrag="1.00", referentie="R1")
    assert laatste(granted, APRIL, vrij(waiting), keur_goed("R1", "2016-05-05")) == OK


@pytest.mark.parametrize(
    ("maand", "op", "verwacht"),
    [("2016-12", "2017-01-05", OK), ("2017-01", "2017-02-05", "goedkeuring_nodig WAA-V02")],
)
def test_the_prices_are_of_2016(maand: str, op: str, verwacht: str) -> None:
    granted = toewijzing("P015", "2016-09-01", "2017-08-31")
    spent = dagen(f"{maand}-01", f"{maand}-31", 31)
    claim = declareer(op, periode=maand, aantal=31, bedrag="4310.24")
    assert laatste(granted, spent, claim) == verwacht


def test_a_housing_component_goes_with_its_package() -> None:
    beside = toewijzing("Z415", toewijzing="T2")
    assert laatste(toewijzing("NZ415")) == "geweigerd WAA-V04"
    assert laatste(beside, toewijzing("NZ415")) == OK
    assert laatste(beside, toewijzing("NZ414")) == "geweigerd WAA-V04"
    on_it = (toewijzing("Z415"), APRIL)
    assert laatste(*on_it, april(20, product="NZ415", bedrag="433.20")) == OK
    assert laatste(*on_it, april(20), april(20, product="NZ415")) == OK
    too_much = laatste(*on_it, april(21, product="NZ415"))
    assert too_much == "geweigerd WAA-F04 WAA-F05 WAA-V04"
    assert laatste(*on_it, april(20, product="NZ424")) == "geweigerd WAA-V04"


@pytest.mark.parametrize(
    ("naast", "verwacht"),
    [
        ("Z415", OK),
        ("V414", OK),
        ("P018", "goedkeuring_nodig WAA-V05"),
        ("Vz.2.5", "goedkeuring_nodig WAA-V05"),
        ("V978", "goedkeuring_nodig WAA-V05"),
    ],
)
def test_a_supplement_goes_with_a_package(naast: str, verwacht: str) -> None:
    if naast == "V978":
        assert laatste(toewijzing("Z911")) == verwacht
        return
    beside = toewijzing(naast, toewijzing="T2")
    assert laatste(beside, toewijzing("Z911")) == verwacht


def test_transport_counts_days_of_presence() -> None:
    beside = toewijzing("P026", toewijzing="T2")
    present = dagen("2016-04-01", "2016-04-30", 12, soort="vervoer")
    story = (beside, toewijzing("42A03"), present)
    assert laatste(*story, april(12, bedrag="240.00")) == OK
    assert laatste(*story, april(13)) == "geweigerd WAA-F04 WAA-F05 WAA-V06"
    on_other = april(1, toewijzing="T2", product="42A03")
    assert "WAA-V06" in laatste(*story, on_other)


def test_two_base_products_on_the_same_days() -> None:
    other = toewijzing("Z415", toewijzing="T2")
    story = (STAY, other, APRIL, april(20))
    same = dagen("2016-04-20", "2016-04-25", 6, toewijzing="T2")
    after = dagen("2016-04-21", "2016-04-25", 5, toewijzing="T2")
    claim = april(5, toewijzing="T2")
    assert laatste(*story, same, claim) == "gesignaleerd WAA-V07"
    assert laatste(*story, after, claim) == OK
    assert laatste(STAY, other, APRIL, same, claim) == OK


@pytest.mark.parametrize(
    ("product", "naast", "verwacht"),
    [
        ("Z415", "Z890", "gesignaleerd WAA-V09"),
        ("Z414", "Z890", OK),
        ("Z432", "P026", "gesignaleerd WAA-V09"),
        ("Z432", "Z890", OK),
        ("V433", "ambulante_behandeling", "gesignaleerd WAA-V09"),
        ("V431", "ambulante_behandeling", OK),
        ("V431", "P027", "gesignaleerd WAA-V09"),
    ],
)
def test_what_is_included_is_not_declared_again(product: str, naast: str, verwacht: str) -> None:
    own = dagen("2016-04-01", "2016-04-10", 10)
    its = dagen("2016-04-11", "2016-04-20", 10, toewijzing="T2")
    story = (toewijzing(product), toewijzing(naast, toewijzing="T2"), own, its)
    assert laatste(*story, april(10), april(10, toewijzing="T2")) == verwacht
    assert laatste(*story, april(10, toewijzing="T2"), april(10)) == verwacht


@pytest.mark.parametrize("code", ["A001", "A013"])
def test_a_price_for_a_bed_waits(code: str) -> None:
    granted = toewijzing(code)
    claim = april(1, eenheid="stuks", bedrag="62280.57" if code == "A001" else "10612.87")
    assert laatste(granted, claim) == "goedkeuring_nodig WAA-V08"
    spent = inzet(1, "2016-04-30", "stuks")
    assert laatste(granted, spent, claim) == "goedkeuring_nodig WAA-V08"
