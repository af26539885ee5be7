"""What does a replay come to: how many decisions, which outcomes, how much and what money?"""

from datetime import date
from decimal import Decimal

from tests.application.care import effort, granted, made, no_show, started
from tests.application.investigating import hand

from rekenschap.application import (
    AndereRegels,
    Bedrag,
    Eenheid,
    Geldsoort,
    Geldverschil,
    Getal,
    Herspeelverslag,
    StelTariefVast,
    Uitkomst,
)
from rekenschap.application.verslag import Omvangverschil

ONE_NO_SHOW = AndereRegels(getallen={Getal("TW-NS-01", "hoogstens"): 1})
DAYS = (date(2025, 4, 1), date(2025, 4, 8), date(2025, 4, 15))


def test_a_replay_under_the_rules_of_then_comes_to_nothing() -> None:
    with hand() as care:
        care.must(granted(), started(), effort())
        report = Herspeelverslag()

        assert list(report.door(care.ledger.herspeel())) == []

        assert report.gezien == care.ledger.positie
        assert (report.anders, report.geld, report.omvang) == (0, {}, ())
        assert not report.uitkomsten


def test_what_would_have_been_refused_is_counted_in_minutes_and_in_euros() -> None:
    with hand() as care:
        price = {"product": "begeleiding_individueel", "eenheid": "minuut", "bedrag": "1.25"}
        care.must(made(StelTariefVast, datum=date(2025, 1, 1), **price), granted(), started())
        care.must(*(no_show(datum=day) for day in DAYS))
        report = Herspeelverslag()

        different = list(report.door(care.ledger.herspeel(ONE_NO_SHOW)))

        assert len(different) == report.anders == 2
        assert report.uitkomsten == {(Uitkomst.GEACCEPTEERD, Uitkomst.GEWEIGERD): 2}
        used = Omvangverschil(Geldsoort.GEBRUIKT, Eenheid.MINUUT, Decimal(120), Decimal(0))
        assert report.omvang == (used,)
        assert report.geld == {Geldsoort.GEBRUIKT: Geldverschil(Bedrag(15_000), Bedrag(0))}
        assert report.zonder_prijs == 0


def test_without_a_price_there_is_no_amount_and_that_is_said() -> None:
    with hand() as care:
        care.must(granted(), started(), *(no_show(datum=day) for day in DAYS))
        report = Herspeelverslag()

        list(report.door(care.ledger.herspeel(ONE_NO_SHOW)))

        assert (report.anders, report.zonder_prijs, report.geld) == (2, 2, {})


def test_a_grant_that_falls_is_allocated_and_not_used() -> None:
    with hand() as care:
        care.must(granted(), started(), effort(aantal=100))
        report = Herspeelverslag()

        list(report.door(care.ledger.herspeel("lopik-2024-11")))

        kinds = {one.soort: (one.toen, one.nu) for one in report.omvang}
        assert kinds[Geldsoort.TOEGEWEZEN] == (Decimal(6000), Decimal(0))
        assert kinds[Geldsoort.GEBRUIKT] == (Decimal(100), Decimal(0))
        assert report.uitkomsten[Uitkomst.GEACCEPTEERD, None] == 1  # the product is not there


def test_a_correction_stands_apart_from_the_step_it_is_about() -> None:
    with hand() as care:
        care.must(granted(), started(), effort(aantal=100, referentie="inzet"))
        assert care.correct("inzet", aantal=90).uitkomst.erkend
        report = Herspeelverslag()

        list(report.door(care.ledger.herspeel("lopik-2024-11")))

        kinds = {one.soort: (one.toen, one.nu) for one in report.omvang}
        assert kinds[Geldsoort.GECORRIGEERD] == (Decimal(90), Decimal(0))
        assert kinds[Geldsoort.GEBRUIKT] == (Decimal(100), Decimal(0))
