"""A place in a scenario file: reads its keys, and knows how people find it back."""

from collections.abc import Collection, Mapping
from typing import Any

from attrs import evolve, frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.infrastructure.scenario.errors import ScenarioFout
from rekenschap.infrastructure.scenario.kinds import read_kind, shown
from rekenschap.infrastructure.scenario.vocabulary import PRODUCT_KINDS, Veld, Velden


@frozen(kw_only=True)
class Plek:
    """Where in which scenario of which file."""

    bestand: str
    scenario: str = ""
    sleutel: str = ""
    producten: Collection[str] = ()
    """The products of the regeling; empty where they are not known."""

    def fout(self, problem: str, key: str = "") -> ScenarioFout:
        """The error for a key here."""
        named = ", ".join(part for part in (self.sleutel, key) if part)
        return ScenarioFout(self.bestand, problem, scenario=self.scenario, key=named)

    def bij(self, key: str) -> "Plek":
        """The place of a key in this one."""
        return evolve(self, sleutel=", ".join(part for part in (self.sleutel, key) if part))

    def kaart(self, raw: object) -> Mapping[str, Any]:
        """The keys and values here."""
        if not isinstance(raw, dict):
            raise self.fout(f"{shown(raw)} past hier niet; nodig zijn sleutels met waarden")
        return {str(key): value for key, value in raw.items()}

    def lijst(self, raw: object) -> list[Any]:
        """The items here."""
        if not isinstance(raw, list):
            raise self.fout(f"{shown(raw)} past hier niet; nodig is een lijst")
        return raw

    def bekend(self, given: Mapping[str, Any], allowed: Collection[str]) -> None:
        """Raises ScenarioFout on a key that does not belong here: a misspelling is no remark."""
        for key in given:
            if key not in allowed:
                raise self.fout(f"deze sleutel bestaat hier niet; wel: {', '.join(allowed)}", key)

    def waarde(self, field: Veld, given: Mapping[str, Any]) -> Any:
        """The value of a field, or AFWEZIG. Raises ScenarioFout when it does not fit."""
        if field.verplicht and given.get(field.naam) is None:
            raise self.fout("deze sleutel is verplicht en ontbreekt", field.naam)
        if field.naam not in given:
            return AFWEZIG
        allowed = self.producten if field.soort in PRODUCT_KINDS else field.waarden
        try:
            return read_kind(field.soort, given[field.naam], allowed)
        except ValueError as error:
            raise self.fout(str(error), field.naam) from error

    def velden(self, given: Mapping[str, Any], fields: Velden) -> dict[str, Any]:
        """The fields that are named here, each of its kind."""
        self.bekend(given, fields)
        values = {name: self.waarde(field, given) for name, field in fields.items()}
        return {name: value for name, value in values.items() if value is not AFWEZIG}
