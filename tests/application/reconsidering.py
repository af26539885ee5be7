"""What the tests of reconsidered decisions share."""

from datetime import date
from typing import Any

from tests.application.care import AANBIEDER, accepted, made

from rekenschap.application import (
    Actor,
    CorrigeerGegeven,
    KiesOptie,
    Rekenschap,
    SoortWerk,
    TrekGegevenIn,
    Werk,
)

FIRST = date(2025, 3, 3)
YES, SIGNAL, WAITS, NO = "geaccepteerd", "gesignaleerd", "goedkeuring_nodig", "geweigerd"


def happened(ledger: Rekenschap, *commands: Any) -> None:
    for command in commands:
        accepted(ledger.execute(command))


def listed(ledger: Rekenschap, soort: str, day: date | None = None, **values: Any) -> list[Werk]:
    return list(ledger.werklijst(day, soorten=[SoortWerk(soort)], **values))


def reconsidered(
    ledger: Rekenschap, day: date | None = None, **values: Any
) -> dict[str | None, tuple[str, str]]:
    """The reference of each decision listed, with the answer it had and would have."""
    return {
        one.beslissing: (str(one.toen.uitkomst), str(one.nu.uitkomst))
        for one in listed(ledger, "te_herzien", day, **values)
        if one.toen is not None and one.nu is not None
    }


def corrected(
    betreft: str, referentie: str | None = None, actor: Actor = AANBIEDER, **new: Any
) -> Any:
    more = {} if referentie is None else {"referentie": referentie}
    about = {"betreft": betreft, "reden": "typefout", "gezag": actor.rol, "actor": actor}
    return made(CorrigeerGegeven, vervanging=new, **about, **more)


def taken_back(betreft: str, referentie: str | None = None, **values: Any) -> Any:
    more = {} if referentie is None else {"referentie": referentie}
    about = {"betreft": betreft, "reden": "dubbel", "gezag": "aanbieder", "actor": AANBIEDER}
    return made(TrekGegevenIn, **{**about, **more, **values})


def chosen(option: str, value: Any, day: date = date(2025, 1, 1), **values: Any) -> Any:
    about = {"regeling": "twente-2025", "optie": option, "waarde": value, "datum": day}
    return made(KiesOptie, **about, **values)
