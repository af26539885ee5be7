"""The steps of a single case, for tests that tell what happened day by day."""

from datetime import date
from typing import Any

from attrs import define

from rekenschap.application import (
    AFWEZIG,
    Actor,
    Antwoord,
    Command,
    CorrigeerGegeven,
    GeefToewijzingAf,
    RegistreerInzet,
    RegistreerNoShow,
    Rekenschap,
    Rol,
    StartZorg,
    StelTariefVast,
    TrekGegevenIn,
    VerleenGoedkeuring,
    VoerRegelingIn,
)

SOMEBODY = Actor(id="medewerker-1", rol=Rol.SCENARIO)
BEGELEIDING = "begeleiding_individueel"


@define
class Case:
    """One ledger, and a hand that sends steps to it; the answer of each comes back."""

    ledger: Rekenschap
    sent: int = 0

    def regeling(self) -> Antwoord:
        return self.do(VoerRegelingIn, "2025-01-01", tekst="twente-2025")

    def tarief(self, bedrag: str, *, vanaf: str, per: str = "minuut") -> Antwoord:
        told = {"product": BEGELEIDING, "eenheid": per, "bedrag": bedrag}
        return self.do(StelTariefVast, vanaf, **told)

    def toewijzing(self, name: str = "T1", *, op: str = "2025-01-06", **values: Any) -> Antwoord:
        """An allocation of 6000 minutes for a year, decided on its first day."""
        told: dict[str, Any] = {
            "jeugdige": "kind-1",
            "product": BEGELEIDING,
            "ingangsdatum": date.fromisoformat(op),
            "einddatum": date(2026, 12, 31),
            "verwijzer": "gemeente",
            "volume": 6000,
            "eenheid": "minuut",
            "vastgesteld": {"afsprakenoverzicht": "volledig", "akkoord_gemeente": False},
        }
        return self.do(GeefToewijzingAf, op, toewijzing=name, **{**told, **values})

    def start(self, name: str = "T1", *, op: str = "2025-01-06", **values: Any) -> Antwoord:
        return self.do(StartZorg, op, toewijzing=name, **values)

    def lopend(self, name: str = "T1", **values: Any) -> None:
        """An allocation whose care has begun."""
        assert self.toewijzing(name, **values).uitkomst == "geaccepteerd"
        assert self.start(name).uitkomst == "geaccepteerd"

    def inzet(self, aantal: Any, *, op: str, van: str = "T1", **values: Any) -> Antwoord:
        told = {"soort": "direct", "eenheid": "minuut", "vastgesteld": {"aanwezige_jeugdigen": 1}}
        return self.do(RegistreerInzet, op, toewijzing=van, aantal=aantal, **{**told, **values})

    def no_show(self, op: str, *, van: str = "T1", **values: Any) -> Antwoord:
        told: dict[str, Any] = {
            "aantal": 60,
            "eenheid": "minuut",
            "declareren": True,
            "vastgesteld": {"afgezegd_minuten_vooraf": None, "reistijd_minuten": 0},
        }
        return self.do(RegistreerNoShow, op, toewijzing=van, **{**told, **values})

    def keur_goed(self, betreft: str, *, door: str = "gemeente") -> Antwoord:
        return self.do(VerleenGoedkeuring, "2025-12-01", betreft=betreft, door=door)

    def corrigeer(self, betreft: str, als: str | None = None, **vervanging: Any) -> Antwoord:
        told = {"reden": "typefout", "gezag": "aanbieder", "vervanging": vervanging}
        name = {} if als is None else {"referentie": als}
        return self.do(CorrigeerGegeven, "2025-12-02", betreft=betreft, **told, **name)

    def trek_in(self, betreft: str, als: str | None = None) -> Antwoord:
        told = {"reden": "dubbel", "gezag": "aanbieder"}
        name = {} if als is None else {"referentie": als}
        return self.do(TrekGegevenIn, "2025-12-03", betreft=betreft, **told, **name)

    def do(self, kind: type[Command], op: str, **values: Any) -> Antwoord:
        self.sent += 1
        values = {name: value for name, value in values.items() if value is not AFWEZIG}
        envelope = {"command_id": f"c{self.sent}", "actor": SOMEBODY}
        return self.ledger.execute(kind(**envelope, datum=date.fromisoformat(op), **values))
