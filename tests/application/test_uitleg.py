"""Which rules and prices hold for a product, from which text, and why that version."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rekenschap.application import (
    Actor,
    GeefToewijzingAf,
    Incorrect,
    KiesOptie,
    NeemBeginstandOver,
    Rekenschap,
    StelTariefVast,
    VoerRegelingIn,
)
from rekenschap.domain.identifiers import Product
from rekenschap.domain.vergelijking import Wijziging
from rekenschap.infrastructure import open_grootboek

GEMEENTE = Actor("m", "gemeente")
FIRST = (Path(__file__).parents[1] / "domain/regelingen/duindam-2026.yaml").read_text("utf-8")
SECOND = (
    FIRST.replace("regeling: duindam-2026", "regeling: duindam-2028")
    .replace("{vanaf: 2026-01-01, tot_en_met: 2027-12-31}", "{vanaf: 2028-01-01, tot_en_met: null}")
    .replace('{bedrag: "1.05", per: minuut}', '{bedrag: "1.25", per: minuut}')
    .replace(
        "rekent_om: true\n", "rekent_om: true\n" + "overgangsrecht: {verlenging: dan_geldend}\n"
    )
)
LAST = "\nniet_geregeld:\n  - {onderwerp: reistijd, zin: Over reistijd zegt de tekst niets.}\n"


@pytest.fixture
def ledger(store_url: str) -> Iterator[Rekenschap]:
    with open_grootboek(store_url, grootboek="g", sleutel=b"k" * 32) as rekenschap:
        for name, text in (("r1", FIRST), ("r2", SECOND + LAST)):
            rekenschap.execute(VoerRegelingIn(tekst=text, **by(name)))
        yield rekenschap


@pytest.fixture
def store_url(database_url: str) -> str:
    return database_url


def by(name: str, day: date = date(2026, 1, 1)) -> dict[str, Any]:
    return {"command_id": name, "actor": GEMEENTE, "datum": day}


def test_the_version_and_the_price_are_those_of_the_day(ledger: Rekenschap) -> None:
    for day, regeling, price in (
        (date(2027, 12, 31), "duindam-2026", "1.05"),
        (date(2028, 1, 1), "duindam-2028", "1.25"),
    ):
        told = ledger.uitleg(product="wandelcoach", geldig_op=day)
        assert (told.regeling, told.waarom) == (regeling, "op_de_ingangsdatum")
        assert [str(one.bedrag) for one in told.tarieven] == [price]
        assert [v.regeling for v in told.versies if v.gekozen] == [regeling]
        assert "DD-02" in {rule.id for rule in told.regels}
        assert all(rule.bronnen for rule in told.regels)


def test_outside_every_period_it_says_so(ledger: Rekenschap) -> None:
    told = ledger.uitleg(product="wandelcoach", geldig_op=date(2025, 12, 31))
    assert (told.regeling, told.waarom) == ("duindam-2026", "buiten_de_geldigheid")


def test_no_price_is_an_answer(ledger: Rekenschap) -> None:
    assert ledger.uitleg(product="dagopvang", geldig_op=date(2026, 5, 1)).tarieven == ()


def test_a_price_that_was_fixed_goes_before_the_one_in_the_text(ledger: Rekenschap) -> None:
    ledger.execute(
        StelTariefVast(
            product="wandelcoach", eenheid="minuut", bedrag="1.10", **by("t", date(2026, 3, 1))
        )
    )
    for day, price, fixed in ((date(2026, 2, 28), "1.05", False), (date(2026, 3, 1), "1.10", True)):
        (one,) = ledger.uitleg(product="wandelcoach", geldig_op=day).tarieven
        assert (str(one.bedrag), one.vastgesteld) == (price, fixed)
    before = ledger.uitleg(product="wandelcoach", geldig_op=date(2026, 3, 1), bekend_op=2)
    assert [str(one.bedrag) for one in before.tarieven] == ["1.05"]


def test_the_readings_are_those_of_the_day_and_as_known(ledger: Rekenschap) -> None:
    ledger.execute(
        KiesOptie(
            regeling="duindam-2026",
            optie="gemist_jaar",
            waarde="kalenderjaar",
            **by("o", date(2026, 3, 1)),
        )
    )
    asked: dict[str, Any] = {"product": "wandelcoach"}
    told = ledger.uitleg(geldig_op=date(2026, 3, 1), **asked)
    assert told.opties["gemist_jaar"] == "kalenderjaar"
    earlier = ledger.uitleg(geldig_op=date(2026, 2, 28), **asked)
    assert earlier.opties["gemist_jaar"] == "voortschrijdend_12m"
    unknown = ledger.uitleg(geldig_op=date(2026, 3, 1), bekend_op=2, **asked)
    assert unknown.opties["gemist_jaar"] == "voortschrijdend_12m"


def test_a_toewijzing_stays_under_the_version_it_was_granted_under(ledger: Rekenschap) -> None:
    granted = ledger.execute(
        GeefToewijzingAf(
            toewijzing="T1",
            jeugdige="kind",
            product="wandelcoach",
            ingangsdatum=date(2027, 12, 1),
            einddatum=date(2028, 3, 31),
            volume=100,
            eenheid="minuut",
            verwijzer="gemeente",
            **by("g"),
        )
    )
    assert granted.uitkomst.erkend, granted
    told = ledger.uitleg(toewijzing="T1", geldig_op=date(2028, 2, 1))
    assert (told.regeling, told.waarom) == ("duindam-2026", "van_de_toewijzing")
    with pytest.raises(Incorrect, match="toewijzing"):
        ledger.uitleg(toewijzing="T1", bekend_op=granted.positie - 1)
    with pytest.raises(Incorrect, match="toewijzing"):
        ledger.uitleg(toewijzing="T2")


def test_one_taken_over_is_explained_as_of_earlier_rules(ledger: Rekenschap) -> None:
    ledger.execute(
        NeemBeginstandOver(
            toewijzing="B1",
            jeugdige="kind",
            regeling="duindam-2020",
            product="wandelcoach",
            ingangsdatum=date(2025, 6, 1),
            einddatum=date(2026, 6, 1),
            **by("b"),
        )
    )
    told = ledger.uitleg(toewijzing="B1", geldig_op=date(2026, 2, 1))
    assert (told.waarom, told.regels) == ("van_eerdere_regeling", ())


def test_what_the_text_does_not_regulate_is_told(ledger: Rekenschap) -> None:
    (silence,) = ledger.uitleg(product="wandelcoach", geldig_op=date(2028, 1, 1)).niet_geregeld
    assert silence.onderwerp == "reistijd"
    assert ledger.uitleg(product="wandelcoach", geldig_op=date(2027, 1, 1)).niet_geregeld == ()


@pytest.mark.parametrize("asked", [{}, {"product": "onbekend"}, {"product": None}])
def test_a_product_nobody_knows_is_incorrect(ledger: Rekenschap, asked: dict[str, Any]) -> None:
    with pytest.raises(Incorrect, match="product"):
        ledger.uitleg(geldig_op=date(2026, 5, 1), **asked)


def test_a_day_that_is_none_is_named_by_what_was_asked(ledger: Rekenschap) -> None:
    told: Any = "2028-01-01"
    for field, ask in (
        ("geldig_op", lambda: ledger.uitleg(product="wandelcoach", geldig_op=told)),
        ("besluit_op", lambda: ledger.uitleg(product="wandelcoach", besluit_op=told)),
        ("op", lambda: ledger.opties(op=told)),
        ("peildatum", lambda: list(ledger.werklijst(told))),
    ):
        with pytest.raises(Incorrect) as found:
            ask()
        assert found.value.field == field
    with pytest.raises(Incorrect, match="ander"):
        ledger.vergelijk("duindam-2026", "duindam")


def test_two_versions_can_be_compared(ledger: Rekenschap) -> None:
    found = ledger.vergelijk("duindam-2026", "duindam-2028")
    assert [(p.product, p.wijziging) for p in found.producten] == [
        (Product("wandelcoach"), Wijziging.GEWIJZIGD)
    ]
    assert (found.regels, found.opties, found.gelijk) == ((), (), False)
    assert ledger.vergelijk("duindam-2026", "duindam-2026").gelijk
    assert ledger.vergelijk("duindam-2026", "duindam-2028", product="dagopvang").gelijk
    with pytest.raises(Incorrect, match="ander"):
        ledger.vergelijk("duindam-2026", "duindam-2030")


def test_a_rule_that_came_went_or_changed_is_named(ledger: Rekenschap) -> None:
    third = SECOND.replace("duindam-2028", "duindam-2030").replace("2028-01-01", "2030-01-01")
    third = third.replace("id: DD-01", "id: DD-99").replace(
        "Hulp overdag duurt ten hoogste negen maanden.", "Hulp overdag duurt kort."
    )
    ledger.execute(VoerRegelingIn(tekst=third, **by("r3")))
    found = ledger.vergelijk("duindam-2028", "duindam-2030")
    assert {(r.regel, r.wijziging.value) for r in found.regels} == {
        ("DD-01", "vervallen"),
        ("DD-99", "nieuw"),
        ("DD-02", "gewijzigd"),
    }
