"""Readings that a text leaves open, as named options."""

from datetime import date

from attrs import frozen

from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import Code


@frozen(kw_only=True)
class Optie:
    """A reading the text leaves open, with the default of the catalogue."""

    betekenis: str
    lezing: str
    standaard: Optiewaarde = None
    waarden: tuple[Code, ...] | None = None
    soort: str = "keuze"

    def check(self, value: Optiewaarde) -> None:
        """Raise Incorrect for a value this option cannot have."""
        allowed = ", ".join(self.waarden or ())
        match self.soort:
            case "keuze" if value not in (self.waarden or ()):
                raise Incorrect("waarde", value, f"one of {allowed}")
            case "janee" if not isinstance(value, bool):
                raise Incorrect("waarde", value, "True or False")
            case "datum" if value is not None and not isinstance(value, date):
                raise Incorrect("waarde", value, "a day, or None")
            case "datumlijst" | "productlijst" if not isinstance(value, tuple):
                raise Incorrect("waarde", value, "a list")
            case "geheel" if value is not None and (
                isinstance(value, bool) or not isinstance(value, int)
            ):
                raise Incorrect("waarde", value, "a whole number, or None")
