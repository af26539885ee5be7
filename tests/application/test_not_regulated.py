"""Does an answer say so where the text is silent, also when what is asked is a charge?"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.application.care import (
    AANBIEDER,
    accepted,
    effort,
    granted,
    introduced,
    made,
    no_show,
    opened,
    started,
)

from rekenschap.application import (
    CorrigeerGegeven,
    MeldAfwezigheid,
    Rekenschap,
    VerleenGoedkeuring,
    VoerRegelingIn,
)
from rekenschap.domain.vocabulary import Uitkomst

DAY = date(2025, 3, 3)
NOT_THERE = "Over niet verschijnen en te laat afzeggen zegt de tekst niets."
AWAY = "Over afwezigheid zegt de tekst niets."


@pytest.fixture
def ledger(sqlite_url: str) -> Iterator[Rekenschap]:
    with opened(sqlite_url) as rekenschap:
        accepted(
            rekenschap.execute(made(VoerRegelingIn, tekst="lopik-2024-11", datum=date(2025, 1, 1)))
        )
        grant = granted(product="45B53", verwijzer="gemeente", volume=100, eenheid="uur")
        accepted(rekenschap.execute(grant))
        yield rekenschap


def away(**values: Any) -> Any:
    told = {"van": date(2025, 4, 1), "tot_en_met": date(2025, 4, 2), "reden": "ziekte"}
    return made(
        MeldAfwezigheid,
        **{"toewijzing": "T1", "actor": AANBIEDER, "datum": date(2025, 4, 2), **told, **values},
    )


@pytest.mark.parametrize("charged", [True, False])
def test_a_no_show_and_an_absence_name_the_silence_charged_or_not(
    ledger: Rekenschap, charged: bool
) -> None:
    for command, silence in (
        (no_show(declareren=charged, eenheid="uur", aantal=1), NOT_THERE),
        (away(declareren=charged), AWAY),
    ):
        tested = ledger.toets(command)
        answer = ledger.execute(command)

        assert tested.niet_geregeld == answer.niet_geregeld == (silence,)
        assert ledger.execute(command).niet_geregeld == (silence,)
        waits = answer.uitkomst is Uitkomst.GOEDKEURING_NODIG
        assert waits is charged


def test_a_correction_and_an_approval_of_the_charge_name_it_too(ledger: Rekenschap) -> None:
    waiting = ledger.execute(no_show(eenheid="uur", aantal=1))

    corrected = ledger.execute(
        made(
            CorrigeerGegeven,
            betreft=f"gemeente/{waiting.positie - 1}",
            reden="typefout",
            gezag="aanbieder",
            vervanging={"aantal": 2},
            actor=AANBIEDER,
        )
    )
    again = ledger.execute(no_show(eenheid="uur", aantal=1, datum=date(2025, 4, 8)))
    approved = ledger.execute(made(VerleenGoedkeuring, betreft=again.beslissing, door="gemeente"))

    assert corrected.niet_geregeld == again.niet_geregeld == (NOT_THERE,)
    assert approved.uitkomst.erkend, approved.regels
    assert approved.niet_geregeld == (NOT_THERE,)


def test_what_is_regulated_names_no_silence(sqlite_url: str) -> None:
    with opened(sqlite_url) as rekenschap:
        for command in (introduced(), granted()):
            accepted(rekenschap.execute(command))

        assert accepted(rekenschap.execute(started())).niet_geregeld == (
            "De starttermijn per product staat in het administratieprotocol en niet in deze tekst.",
        )
        assert rekenschap.execute(no_show()).niet_geregeld == ()
        assert accepted(rekenschap.execute(effort())).niet_geregeld == ()


@pytest.mark.parametrize("name", ["twente-2025", "waalre-2017", "lopik-2024-11", "boxtel-2020"])
def test_every_regeling_says_what_it_is_silent_about(name: str) -> None:
    with opened("sqlite://") as rekenschap:
        accepted(rekenschap.execute(made(VoerRegelingIn, tekst=name, datum=date(2025, 1, 1))))
        product = {"twente-2025": "vaktherapie", "waalre-2017": "Z992", "lopik-2024-11": "45B53"}
        told = rekenschap.uitleg(product=product.get(name, "vaktherapie"), geldig_op=DAY)

    assert told.niet_geregeld
    assert all(one.zin.endswith(".") for one in told.niet_geregeld)
