"""The defaults of the format, written out: the ledger itself never assumes a fact."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.quantities import IN_MINUTES
from rekenschap.domain.vocabulary import Eenheid, Frequentie
from rekenschap.infrastructure.scenario.model import Scenario, Stap
from rekenschap.infrastructure.scenario.vocabulary import Veld, Velden

DESCRIBE_IT: Final = ("ToewijzingAfgegeven", "ToewijzingGewijzigd")
"""The events that say what a toewijzing is of."""


def written_out(given: Mapping[str, Any], fields: Velden) -> dict[str, Any]:
    """The fields that are named, and the ones with a default of their own."""
    found = dict(given)
    for name, field in fields.items():
        if name not in found and field.standaard is not AFWEZIG:
            found[name] = field.standaard
    return found


def step_written_out(scenario: Scenario, step: Stap, fields: Velden) -> dict[str, Any]:
    """The fields of a step with every default, also those that come from elsewhere."""
    values = written_out(step.velden, fields)
    for name, field in fields.items():
        if name not in values and field.standaard_uit is not None:
            found = _from_elsewhere(field, values, scenario, step)
            if found is not AFWEZIG:
                values[name] = found
    return values


def _from_elsewhere(field: Veld, values: Mapping[str, Any], scenario: Scenario, step: Stap) -> Any:
    match field.standaard_uit:
        case "datum":
            return step.datum
        case "toewijzing":
            return _of_allocation(field.naam, values["toewijzing"], scenario, step)
        case "volume":
            return _minutes(values)
        case other:
            return values.get(str(other), AFWEZIG)


def _of_allocation(name: str, allocation: str, scenario: Scenario, step: Stap) -> Any:
    """What was last said about the toewijzing before this step."""
    said = [*scenario.gegeven.get("toewijzingen", ())]
    said += [
        earlier.velden
        for earlier in scenario.stappen[: step.nr - 1]
        if earlier.gebeurtenis in DESCRIBE_IT
    ]
    about_it = [one for one in said if one.get("toewijzing") == allocation and name in one]
    return about_it[-1][name] if about_it else AFWEZIG


def _minutes(values: Mapping[str, Any]) -> Any:
    """The whole size in minutes; AFWEZIG where there is no such number."""
    volume, unit = values.get("volume"), values.get("eenheid")
    factor = IN_MINUTES.get(Eenheid(unit)) if unit is not None else None
    times = _times(values)
    if volume is None or factor is None or times is None:
        return AFWEZIG
    minutes = Decimal(volume) * factor * times
    return int(minutes) if minutes == int(minutes) and minutes >= 0 else AFWEZIG


def _times(values: Mapping[str, Any]) -> int | None:
    """How often the size fits in the validity: per day, ISO week or calendar month."""
    first: date = values["ingangsdatum"]
    last: date | None = values.get("einddatum")
    frequency = values.get("frequentie") or Frequentie.TOTAAL
    if frequency == Frequentie.TOTAAL:
        return 1
    if last is None or last < first:
        return None
    if frequency == Frequentie.PER_DAG:
        return (last - first).days + 1
    if frequency == Frequentie.PER_MAAND:
        return (last.year - first.year) * 12 + last.month - first.month + 1
    return (last - (first - timedelta(days=first.weekday()))).days // 7 + 1
