"""The commands of one youth: a referral, a grant, a start and seventeen sessions; no chance."""

from collections.abc import Iterator
from datetime import date, timedelta

from rekenschap.application import (
    Actor,
    Command,
    GeefToewijzingAf,
    OntvangVerwijzing,
    RegistreerInzet,
    StartZorg,
    VoerRegelingIn,
)

ACTOR = Actor("benchmark", "gemeente")
PROVIDER = "AGB-73730001"
PER_YOUTH = 20
FIRST = date(2025, 1, 6)


def regulation() -> Command:
    """The regeling that judges it all."""
    return VoerRegelingIn(
        command_id="regeling", actor=ACTOR, datum=date(2025, 1, 1), tekst="twente-2025"
    )


def asked(youths: int, first: int = 0) -> list[Command]:
    """The commands of so many youths, from a number on."""
    return [command for youth in range(first, first + youths) for command in of_youth(youth)]


def of_youth(youth: int, sessions: int = PER_YOUTH - 3) -> Iterator[Command]:
    """All commands of one youth, its sessions in the order of their days."""
    by = {"actor": ACTOR, "datum": FIRST}
    yield OntvangVerwijzing(
        command_id=f"{youth}-v",
        verwijzing=f"V{youth}",
        jeugdige=f"J{youth}",
        verwijzer="gemeente",
        afgiftedatum=FIRST,
        **by,
    )
    yield GeefToewijzingAf(
        command_id=f"{youth}-t",
        toewijzing=f"T{youth}",
        jeugdige=f"J{youth}",
        verwijzing=f"V{youth}",
        aanbieder=PROVIDER,
        product="behandeling_individueel",
        ingangsdatum=FIRST,
        einddatum=date(2026, 1, 5),
        volume=6000,
        eenheid="minuut",
        vastgesteld={
            "variant": "regulier",
            "afsprakenoverzicht": "nvt",
            "verwachte_inzet_minuten": 6000,
            "akkoord_gemeente": False,
        },
        **by,
    )
    yield StartZorg(command_id=f"{youth}-s", toewijzing=f"T{youth}", **by)
    for number in range(sessions):
        yield session(youth, number, sessions)


def session(youth: int, number: int, of: int) -> Command:
    """One of so many sessions, spread over the year of the allocation."""
    return RegistreerInzet(
        command_id=f"{youth}-{number}",
        actor=ACTOR,
        datum=FIRST + timedelta(days=1 + number * 350 // of),
        toewijzing=f"T{youth}",
        soort="direct",
        aantal=60,
        eenheid="minuut",
        vastgesteld={"sessie": True, "aanwezige_jeugdigen": 1},
    )
