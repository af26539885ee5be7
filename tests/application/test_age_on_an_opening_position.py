"""TW-VB-11, KD-01, PZ-05 and GH-04 on an allocation taken over from an earlier regeling."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.application.care import accepted, made

from rekenschap.application.commands import (
    LegJeugdigeVast,
    NeemBeginstandOver,
    RegistreerInzet,
    RegistreerNoShow,
    Verleng,
)
from rekenschap.application.rekenschap import Rekenschap

BIRTHDAY = date(2025, 5, 10)
LIMITS = [
    ("woongroep", "etmaal", 18, "TW-VB-11"),
    ("kdc_odc_basis", "uur", 18, "TW-KD-01"),
    ("pleegzorg_voltijd", "etmaal", 21, "TW-PZ-05"),
    ("gezinshuis", "etmaal", 21, "TW-GH-04"),
]
EACH = pytest.mark.parametrize(("product", "unit", "years", "rule"), LIMITS)


def taken_over(
    ledger: Rekenschap, product: str, unit: str, years: int, last: date = date(2025, 12, 31)
) -> None:
    born = BIRTHDAY.replace(year=BIRTHDAY.year - years)
    accepted(ledger.execute(made(LegJeugdigeVast, jeugdige="kind-1", geboortedatum=born)))
    accepted(
        ledger.execute(
            made(
                NeemBeginstandOver,
                toewijzing="O1",
                jeugdige="kind-1",
                regeling="voorganger",
                product=product,
                ingangsdatum=date(2024, 1, 1),
                einddatum=last,
                volume=400,
                eenheid=unit,
                verbruikt=200,
                gestart=date(2024, 1, 1),
            )
        )
    )


def effort(on: date, unit: str) -> Any:
    days = {}
    if unit == "etmaal":
        days = {"aankomst": on, "vertrek": on + timedelta(days=1)}
    return made(
        RegistreerInzet,
        toewijzing="O1",
        datum=on,
        soort="verblijf" if days else "groep",
        aantal=1,
        eenheid=unit,
        **days,
    )


@EACH
def test_effort_is_given_until_the_day_before_the_birthday(
    ledger: Rekenschap, product: str, unit: str, years: int, rule: str
) -> None:
    taken_over(ledger, product, unit, years)
    before = ledger.execute(effort(BIRTHDAY - timedelta(days=1), unit))
    assert (before.uitkomst, before.regels) == ("geaccepteerd", ())
    on = ledger.execute(effort(BIRTHDAY, unit))
    assert (on.uitkomst, on.regels) == ("geweigerd", (rule,))
    stand = ledger.stand(toewijzing="O1", geldig_op=date.max)
    assert stand is not None
    assert stand.verbruikt == 201


@EACH
def test_an_extension_that_first_reaches_the_birthday_is_a_signal(
    ledger: Rekenschap, product: str, unit: str, years: int, rule: str
) -> None:
    taken_over(ledger, product, unit, years, last=date(2025, 4, 30))
    longer = made(Verleng, toewijzing="O1", einddatum=BIRTHDAY, besluit_door="gemeente")
    assert rule in ledger.execute(longer).signalen


def test_other_rules_do_not_judge_it(ledger: Rekenschap) -> None:
    """Too much for its size, and a no-show in another unit: its own rules are not here."""
    taken_over(ledger, "kdc_odc_basis", "uur", 18)
    more = made(RegistreerInzet, toewijzing="O1", soort="groep", aantal=900, eenheid="uur")
    missed = made(RegistreerNoShow, toewijzing="O1", aantal=1, eenheid="uur", declareren=True)
    for step in (more, missed):
        answer = ledger.execute(step)
        assert (answer.uitkomst, answer.regels) == ("geaccepteerd", ())


def test_without_a_birth_date_it_is_silent(ledger: Rekenschap) -> None:
    ledger.execute(made(LegJeugdigeVast, jeugdige="kind-1"))
    taken_over_without = made(
        NeemBeginstandOver,
        toewijzing="O1",
        jeugdige="kind-1",
        regeling="voorganger",
        product="woongroep",
        ingangsdatum=date(2024, 1, 1),
        einddatum=None,
        volume=400,
        eenheid="etmaal",
        verbruikt=200,
        gestart=date(2024, 1, 1),
    )
    accepted(ledger.execute(taken_over_without))
    answer = ledger.execute(effort(BIRTHDAY, "etmaal"))
    assert answer.uitkomst == "geaccepteerd"
    assert ("TW-VB-11", "geboortedatum") in answer.niet_getoetst
