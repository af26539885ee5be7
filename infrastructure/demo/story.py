"""The story: one youth, one allocation, told in fixed days. Nothing here is left to chance.

What was known of 30 September on 30 September itself is not what is known of it three months later:
two sessions were recorded weeks late, a number was a typing error, and a no-show turned out to be
somebody else's. Then an extension is refused, because the provider had not asked the toegang first;
the parents object; and the provider tells, late, that it had.
"""

from datetime import date
from typing import Any, Final

from rekenschap.application import (
    CorrigeerGegeven,
    DienBezwaarIn,
    Eenheid,
    GeefToewijzingAf,
    LegBekendmakingVast,
    LegContactVast,
    LegEvaluatieVast,
    LegJeugdigeVast,
    OntvangVerwijzing,
    RegistreerInzet,
    RegistreerNoShow,
    SoortEvaluatie,
    StartZorg,
    TrekGegevenIn,
    Verleng,
)
from rekenschap.infrastructure.demo.mix import mix
from rekenschap.infrastructure.demo.pen import (
    GEMEENTE,
    TOEGANG,
    Genoteerd,
    Pen,
    days,
    planner,
)

TOEWIJZING: Final = "T-2026-0042"
JEUGDIGE: Final = "client-271828-verhaal"
PEILDAG: Final = date(2026, 9, 30)
"""The day the balance is about, and the day on which it was first looked at."""
VERWIJZING: Final = "V-2026-0042"
VERLENGING: Final = "verlenging-2026-0042"
BEZWAAR: Final = "bezwaar-2026-0042"
AANBIEDER: Final = "AGB-73730003"
VOLUME: Final = 4200
BORN: Final = date(2014, 5, 17)

STARTED: Final = date(2026, 2, 4)
NO_SHOWS: Final = {
    date(2026, 4, 15): None,
    date(2026, 6, 24): 180,
    date(2026, 7, 8): 3_000,
    date(2026, 9, 9): None,
}
"""Claimed no-shows, and how many minutes before they were called off."""
NOT_CLAIMED: Final = date(2026, 5, 20)
MISTYPED: Final = date(2026, 6, 10)
LATE: Final = {date(2026, 8, 26): 120, date(2026, 9, 16): 75}
"""Sessions that were recorded only in October."""


def story() -> tuple[Genoteerd, ...]:
    """All that happens, each with the day it was recorded."""
    pen = Pen("verhaal")
    _allocation(pen)
    _care(pen)
    _afterwards(pen)
    _objection(pen)
    return tuple(pen.regels)


def _allocation(pen: Pen) -> None:
    came, decided = date(2026, 1, 8), date(2026, 1, 21)
    help_ = mix().hulp_naam("behandeling")
    pen.note(LegJeugdigeVast, TOEGANG, came, came, jeugdige=JEUGDIGE, geboortedatum=BORN)
    pen.note(
        OntvangVerwijzing,
        TOEGANG,
        came,
        came,
        verwijzing=VERWIJZING,
        jeugdige=JEUGDIGE,
        verwijzer="huisarts",
        afgiftedatum=date(2026, 1, 6),
        product=help_.product,
    )
    pen.note(
        GeefToewijzingAf,
        GEMEENTE,
        decided,
        decided,
        toewijzing=TOEWIJZING,
        jeugdige=JEUGDIGE,
        verwijzing=VERWIJZING,
        product=help_.product,
        variant=help_.variant,
        aanbieder=AANBIEDER,
        leveringsvorm="zin",
        ingangsdatum=date(2026, 2, 2),
        einddatum=date(2027, 2, 1),
        volume=VOLUME,
        eenheid=Eenheid.MINUUT,
        verwachte_inzet_minuten=VOLUME,
        afsprakenoverzicht="volledig",
        afstemming_verwijzer=True,
        akkoord_gemeente=False,
    )


def _care(pen: Pen) -> None:
    """A session every Wednesday, unless the youth does not come."""
    _provider(pen, StartZorg, STARTED)
    day = STARTED
    while day < PEILDAG:
        if day in NO_SHOWS:
            _no_show(pen, day, claimed=True, ahead=NO_SHOWS[day])
        elif day == NOT_CLAIMED:
            _no_show(pen, day, claimed=False, ahead=None)
        elif day not in LATE:
            _session(pen, day, 150 if day == MISTYPED else 75, known=day + days(1))
        day += days(7)
    for day in (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 29)):
        _effort(pen, day, "indirect", 45, known=day + days(1))
    held = date(2026, 7, 22)
    by = ("jeugdige", "verwijzer", "aanbieder", "gemeente")
    _provider(pen, LegEvaluatieVast, held, soort=SoortEvaluatie.TUSSEN, met=by)


def _afterwards(pen: Pen) -> None:
    """What only came to light after the day that was looked at, and the extension asked."""
    for day, minutes in LATE.items():
        _session(pen, day, minutes, known=date(2026, 10, 21))
    for cls, day, about, reason in (
        (CorrigeerGegeven, date(2026, 11, 12), MISTYPED, "typefout"),
        (TrekGegevenIn, date(2026, 11, 26), date(2026, 9, 9), "verkeerde_client"),
    ):
        told: dict[str, Any] = {"betreft": _named(about), "reden": reason, "gezag": "aanbieder"}
        if cls is CorrigeerGegeven:
            told["vervanging"] = {"aantal": 75}
        pen.note(cls, planner(AANBIEDER), day, day, **told)
    asked = date(2026, 12, 7)
    pen.note(
        Verleng,
        GEMEENTE,
        asked,
        asked,
        toewijzing=TOEWIJZING,
        referentie=VERLENGING,
        einddatum=date(2027, 7, 31),
        extra_volume=1200,
        eenheid=Eenheid.MINUUT,
        besluit_door="gemeente",
        afsprakenoverzicht="volledig",
    )


def _objection(pen: Pen) -> None:
    """The refusal is sent, the parents object, and a contact of before it is told after it."""
    sent, received = date(2026, 12, 8), date(2026, 12, 17)
    pen.note(LegBekendmakingVast, GEMEENTE, sent, sent, beslissing=VERLENGING)
    pen.note(
        DienBezwaarIn,
        GEMEENTE,
        received,
        received,
        referentie=BEZWAAR,
        beslissing=VERLENGING,
        ter_post_op=None,
    )
    pen.note(
        LegContactVast,
        planner(AANBIEDER),
        date(2026, 12, 3),
        date(2026, 12, 22),
        met="toegang",
        onderwerp="verlenging",
        verwijzing=VERWIJZING,
    )


def _session(pen: Pen, day: date, minutes: int, *, known: date) -> None:
    _effort(pen, day, "direct", minutes, known=known, sessie=True, referentie=_named(day))


def _effort(pen: Pen, day: date, kind: str, minutes: int, *, known: date, **told: Any) -> None:
    fields = {"aanwezige_jeugdigen": 1, "sessie": False, **told}
    size = {"aantal": minutes, "eenheid": Eenheid.MINUUT}
    _provider(pen, RegistreerInzet, day, known=known, soort=kind, **size, **fields)


def _no_show(pen: Pen, day: date, *, claimed: bool, ahead: int | None) -> None:
    _provider(
        pen,
        RegistreerNoShow,
        day,
        referentie=_named(day),
        aantal=60,
        eenheid=Eenheid.MINUUT,
        declareren=claimed,
        afgezegd_minuten_vooraf=ahead,
        reistijd_minuten=0,
    )


def _provider(pen: Pen, cls: Any, day: date, *, known: date | None = None, **told: Any) -> None:
    pen.note(cls, planner(AANBIEDER), day, known or day, toewijzing=TOEWIJZING, **told)


def _named(day: date) -> str:
    return f"contact-{day:%Y%m%d}"
