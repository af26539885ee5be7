"""The steps of a scenario, in order, each with the moment it is registered."""

from collections.abc import Collection, Mapping
from datetime import datetime, time
from typing import Any, Final

from rekenschap.domain.calendar import AMSTERDAM
from rekenschap.domain.vocabulary import Uitkomst
from rekenschap.infrastructure.scenario.model import Stap, Verwachting
from rekenschap.infrastructure.scenario.place import Plek
from rekenschap.infrastructure.scenario.vocabulary import Veld, Velden, Vocabulaire

NOON: Final = time(12)


def read_steps(
    at: Plek, raw: object, words: Vocabulaire, youths: Collection[str]
) -> tuple[Stap, ...]:
    """The steps. Raises ScenarioFout, also when one is registered before the one above it."""
    if not raw:
        raise at.fout("een scenario heeft ten minste één stap", "stappen")
    found: list[Stap] = []
    for number, one in enumerate(at.bij("stappen").lijst(raw), start=1):
        place = at.bij(f"stap {number}")
        step = _step(place, one, number, words, found)
        if found and step.moment < found[-1].moment:
            key = "geregistreerd" if "geregistreerd" in place.kaart(one) else "datum"
            before = found[-1].moment.astimezone(AMSTERDAM).isoformat()
            raise place.fout(f"deze stap is eerder geregistreerd dan die erboven ({before})", key)
        youth = step.velden.get("jeugdige")
        if youth is not None and youth not in youths:
            raise place.fout(f"'{youth}' staat niet bij gegeven, jeugdigen", "jeugdige")
        found.append(step)
    return tuple(found)


def _step(at: Plek, raw: object, number: int, words: Vocabulaire, earlier: list[Stap]) -> Stap:
    given = at.kaart(raw)
    event = at.waarde(words.stap["gebeurtenis"], given)
    if event not in words.gebeurtenissen:
        known = ", ".join(words.gebeurtenissen)
        raise at.fout(f"'{event}' is geen gebeurtenis; wel: {known}", "gebeurtenis")
    fields = words.gebeurtenissen[event]
    at.bekend(given, (*words.stap, *fields))
    own = {
        name: at.waarde(field, given)
        for name, field in words.stap.items()
        if name not in ("gebeurtenis", "verwacht")
    }
    values = at.velden({k: v for k, v in given.items() if k in fields}, fields)
    if "vervanging" in values:
        values["vervanging"] = _replacement(at, values, words, earlier)
    return Stap(
        nr=number,
        gebeurtenis=event,
        datum=own["datum"],
        moment=own["geregistreerd"] or datetime.combine(own["datum"], NOON, AMSTERDAM),
        referentie=own["referentie"] or None,
        velden=values,
        verwacht=_expectation(at.bij("verwacht"), given.get("verwacht")),
    )


def _replacement(
    at: Plek, values: Mapping[str, Any], words: Vocabulaire, earlier: list[Stap]
) -> dict[str, Any]:
    """The fields a correction changes, read as those of the step it is about."""
    about = _target(values["betreft"], earlier)
    if about is None:
        raise at.fout(f"'{values['betreft']}' is geen referentie van een eerdere stap", "betreft")
    own = words.gebeurtenissen[about.gebeurtenis]
    fields: Velden = {
        name: Veld(naam=name, soort=field.soort, waarden=field.waarden)
        for name, field in {**own, "datum": words.stap["datum"]}.items()
    }
    return at.bij("vervanging").velden(values["vervanging"], fields)


def _target(reference: str, earlier: list[Stap]) -> Stap | None:
    """The step a correction is about; one of a correction is about the step that one is about."""
    for position in range(len(earlier) - 1, -1, -1):
        step = earlier[position]
        if step.referentie == reference:
            inner = step.velden.get("betreft") if "vervanging" in step.velden else None
            return step if inner is None else _target(inner, earlier[:position])
    return None


def _expectation(at: Plek, raw: object) -> Verwachting | None:
    if raw is None:
        return None
    given = {"uitkomst": raw} if isinstance(raw, str) else at.kaart(raw)
    at.bekend(given, ("uitkomst", "regels"))
    outcomes = tuple(outcome.value for outcome in Uitkomst)
    outcome = at.waarde(
        Veld(naam="uitkomst", soort="keuze", waarden=outcomes, verplicht=True), given
    )
    rules = at.bij("regels").lijst(given.get("regels") or [])
    field = Veld(naam="regels", soort="id", verplicht=True)
    return Verwachting(Uitkomst(outcome), tuple(at.waarde(field, {"regels": one}) for one in rules))
