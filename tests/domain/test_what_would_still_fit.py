"""A refusal above a limit tells what would still fit: just that is taken, the least more is not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.application.care import accepted, effort, granted, made, opened, started

from rekenschap.application import (
    Betaal,
    Command,
    Declareer,
    LegEigenBijdrageOp,
    Rekenschap,
    VoerRegelingIn,
)
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.vocabulary import Uitkomst

TEXT = """
regeling: grensdorp-2025
titel: Grensdorp
soort: regeling
gebied: Grensdorp
in_werking: {vanaf: 2025-01-01, tot_en_met: null}
documenten: {besluit: {titel: Besluit}}
producten:
  hulp: {naam: Hulp, eenheid: uur, tarief: {bedrag: "0.07", per: uur}}
  andere: {naam: Andere hulp, eenheid: uur}
opties:
  jaar:
    {betekenis: jaar, lezing: L-1, soort: keuze, standaard: looptijdjaar, waarden: [looptijdjaar]}
goedkeurders: [gemeente]
rekent_om: true
kenmerken: kenmerken
regels:
  - id: G-1
    zin: Niet meer dan dit.
    ernst: weigert
    status: verordening
    bron: [{document: besluit, plaats: artikel 1, citaat: niet meer}]
    toepassingen:
      - {APPLICATION}
"""
DAY, LATER = date(2025, 3, 3), date(2025, 3, 4)
EFFORT_LIMITS = {
    "soort: omvang_maximum": 10,
    "soort: budget_maximum": 10,
    "soort: waarde_maximum": 10,
    "soort: omvang_hoogstens, bij: [InzetGeregistreerd], instelling: {hoogstens: 9}": 9,
    "soort: verbruik_maximum, instelling: {hoogstens: 9}": 9,
    "soort: uren_per_dag, instelling: {hoogstens: 9}": 9,
    "soort: inzet_per_periode, instelling: {hoogstens: 9}": 9,
    "soort: inzetsoort_jeugdige_maximum, instelling: {inzetsoort: direct, hoogstens: 9}": 9,
    "soort: omvang_jeugdige_maximum, bij: [InzetGeregistreerd], instelling: {hoogstens: 9}": 9,
    "soort: periodemaximum, bij: [InzetGeregistreerd], instelling:"
    " {hoogstens: 9, periode_optie: jaar, met: toegang, onderwerp: omvang}": 9,
    'soort: waarde_hoogstens, bij: [InzetGeregistreerd], instelling: {bedrag: "0.70"}': 10,
}


@contextmanager
def ledger(application: str, **grant: Any) -> Iterator[Rekenschap]:
    usual = {"volume": 10, "eenheid": "uur", "budget": "0.70", **grant}
    with opened("sqlite://") as rekenschap:
        text = TEXT.replace("APPLICATION", application)
        accepted(rekenschap.execute(made(VoerRegelingIn, tekst=text, datum=date(2025, 1, 1))))
        accepted(rekenschap.execute(granted(product="hulp", **usual)))
        accepted(rekenschap.execute(started()))
        yield rekenschap


def hours(amount: Any, day: date = DAY) -> Command:
    return effort(aantal=amount, eenheid="uur", datum=day)


def room(rekenschap: Rekenschap, command: Command, key: str = "past_nog") -> Any:
    answer = rekenschap.execute(command)
    assert (answer.uitkomst, answer.regels) == (Uitkomst.GEWEIGERD, ("G-1",))
    return answer.verdicts[0].vergeleken[key]


@pytest.mark.parametrize(("application", "limit"), EFFORT_LIMITS.items(), ids=list(EFFORT_LIMITS))
def test_effort_is_told_what_fits(application: str, limit: int) -> None:
    with ledger(application) as rekenschap:
        accepted(rekenschap.execute(hours(4)))

        fits = room(rekenschap, hours(20))

        if isinstance(fits, Bedrag):
            assert fits == Bedrag((limit - 4) * 7)
            fits = Decimal(fits.eurocent) / 7
        assert Decimal(fits) == limit - 4
        assert rekenschap.toets(hours(Decimal(fits) + 1)).regels == ("G-1",)
        accepted(rekenschap.execute(hours(Decimal(fits))))
        assert room(rekenschap, hours(1)) in (0, "0", Bedrag(0))


@pytest.mark.parametrize(
    ("application", "grant"),
    [
        ("soort: omvang_per_periode", {"frequentie": "per_week", "budget": AFWEZIG}),
        ("soort: budget_per_periode", {"frequentie": "per_week", "volume": AFWEZIG}),
    ],
)
def test_a_period_is_told_what_fits_in_it(application: str, grant: dict[str, Any]) -> None:
    with ledger(application, **grant) as rekenschap:
        accepted(rekenschap.execute(hours(4)))

        fits = room(rekenschap, hours(20, LATER))

        assert fits in ("6", Bedrag(42))
        assert rekenschap.toets(hours(7, LATER)).regels == ("G-1",)
        accepted(rekenschap.execute(hours(6, LATER)))


@pytest.mark.parametrize(
    "application",
    [
        "soort: omvang_samen_maximum, instelling: {hoogstens: 15, binnen: {jaren: 1}}",
        "soort: omvang_jeugdige_maximum, instelling: {hoogstens: 15}",
    ],
)
def test_a_grant_beside_another_is_told_what_fits(application: str) -> None:
    def second(size: int) -> Command:
        return granted("T2", product="hulp", volume=size, eenheid="uur")

    with ledger(application) as rekenschap:
        assert room(rekenschap, second(6)) == 5
        accepted(rekenschap.execute(second(5)))


def claim(amount: str, number: int = 1) -> Any:
    return made(Declareer, toewijzing="T1", soort="regulier", aantal=number, bedrag=amount)


def paid(amount: str) -> Any:
    return made(Betaal, toewijzing="T1", bedrag=amount, via="svb")


def contribution(amount: str) -> Any:
    return made(LegEigenBijdrageOp, toewijzing="T1", bedrag=amount, maanden=1)


@pytest.mark.parametrize(
    ("application", "step", "key"),
    [
        ('soort: gedeclareerd_maximum, instelling: {per: toewijzing, bedrag: "10.00"}', claim,
         "past_nog_bedrag"),
        ("soort: betaald_hoogstens_budget", paid, "past_nog"),
        ('soort: bijdrage_per_maand, instelling: {hoogstens: "10.00"}', contribution, "past_nog"),
    ],
)  # fmt: skip
def test_money_is_told_what_fits(application: str, step: Any, key: str) -> None:
    with ledger(application, budget="10.00") as rekenschap:
        accepted(rekenschap.execute(step("6.01")))

        assert room(rekenschap, step("4.00"), key) == Bedrag(399)

        accepted(rekenschap.execute(step("3.99")))
        assert room(rekenschap, step("0.01"), key) == Bedrag(0)


def test_a_number_of_claims_is_told_what_fits() -> None:
    application = "soort: gedeclareerd_maximum, instelling: {per: toewijzing, aantal: 5}"
    with ledger(application) as rekenschap:
        accepted(rekenschap.execute(claim("1.00", 3)))

        assert room(rekenschap, claim("1.00", 3)) == 2

        accepted(rekenschap.execute(claim("1.00", 2)))
