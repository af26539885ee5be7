"""From YAML files to scenarios; every error names the file, the scenario and the key."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from rekenschap.domain.regeling import Optie, Regeling
from rekenschap.infrastructure.regelingen import packaged, packaged_text, read_regeling
from rekenschap.infrastructure.scenario.errors import ScenarioFout
from rekenschap.infrastructure.scenario.loader import load
from rekenschap.infrastructure.scenario.model import Scenario
from rekenschap.infrastructure.scenario.place import Plek
from rekenschap.infrastructure.scenario.steps import read_steps
from rekenschap.infrastructure.scenario.vocabulary import (
    PRODUCT_KINDS,
    Veld,
    Velden,
    Vocabulaire,
    vocabulary,
)

_KEYS: Final = {
    "id": "id",
    "titel": "tekst",
    "thema": "keuze",
    "zekerheid": "keuze",
    "toelichting": "tekst",
    "regeling": "tekst",
    "bron": "map",
    "opties": "map",
    "gegeven": "map",
    "eind": "map",
}
_FREE: Final = ("lezing", "regels", "stappen")


def read_files(paths: Iterable[Path]) -> list[Scenario]:
    """The scenarios of these files, in their order. Raises ScenarioFout."""
    return [scenario for path in paths for scenario in read_file(path)]


def read_file(path: Path) -> list[Scenario]:
    """The scenarios of one file. Raises ScenarioFout."""
    at = Plek(bestand=str(path))
    try:
        content = load(path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise at.fout("dit bestand is geen tekst in UTF-8") from error
    except OSError as error:
        raise at.fout(f"dit bestand kan niet worden gelezen ({error.strerror})") from error
    except ValueError as error:
        raise at.fout(str(error)) from error
    given = at.kaart(content)
    at.bekend(given, ("regeling", "scenarios"))
    if "scenarios" not in given:
        raise at.fout("deze sleutel is verplicht en ontbreekt", "scenarios")
    found: dict[str, Scenario] = {}
    for number, one in enumerate(at.bij("scenarios").lijst(given["scenarios"]), start=1):
        scenario = _scenario(Plek(bestand=at.bestand, sleutel=f"scenario nr. {number}"), one, given)
        if scenario.id in found:
            raise ScenarioFout(at.bestand, "dit id komt twee keer voor", scenario=scenario.id)
        found[scenario.id] = scenario
    return list(found.values())


def _scenario(at: Plek, raw: object, file: Mapping[str, Any]) -> Scenario:
    words = vocabulary()
    given = at.kaart(raw)
    name = at.waarde(Veld(naam="id", soort="id", verplicht=True), given)
    at = Plek(bestand=at.bestand, scenario=name)
    at.bekend(given, (*_KEYS, *_FREE))
    plain = at.velden({k: v for k, v in given.items() if k in _KEYS}, _own_fields(words))
    _check_lists(at, given)
    regulation = plain.get("regeling") or at.waarde(
        Veld(naam="regeling", soort="tekst", verplicht=True), file
    )
    rules = _regulation(at, regulation)
    at = Plek(
        bestand=at.bestand,
        scenario=name,
        producten=words.producten.get(regulation) or {str(p) for p in rules.producten},
    )
    known = _given(at.bij("gegeven"), plain.get("gegeven") or {}, words, regulation)
    youths = {one["id"] for one in known.get("jeugdigen", ())}
    steps = read_steps(at, given.get("stappen"), words, youths)
    return Scenario(
        bestand=at.bestand,
        id=name,
        titel=plain.get("titel") or "",
        regeling=regulation,
        opties=_options(at.bij("opties"), plain.get("opties") or {}, rules),
        gegeven=known,
        stappen=steps,
        eind=_end(at.bij("eind"), plain.get("eind") or {}, words),
        producten=_named_products(
            [(step.velden, words.gebeurtenissen[step.gebeurtenis]) for step in steps]
            + [(one, words.gegeven[group]) for group, many in known.items() for one in many]
        ),
    )


def _own_fields(words: Vocabulaire) -> Velden:
    return {
        name: Veld(naam=name, soort=kind, waarden=words.lijsten.get(name, ()))
        for name, kind in _KEYS.items()
    }


def _check_lists(at: Plek, given: Mapping[str, Any]) -> None:
    for one in at.bij("regels").lijst(given.get("regels") or []):
        at.waarde(Veld(naam="regels", soort="id", verplicht=True), {"regels": one})
    readings = given.get("lezing")
    for one in readings if isinstance(readings, list) else [readings]:
        at.waarde(Veld(naam="lezing", soort="id"), {"lezing": one})


def _regulation(at: Plek, name: str) -> Regeling:
    if name not in packaged():
        known = ", ".join(packaged())
        raise at.fout(f"de regeling '{name}' is er niet; wel: {known}", "regeling")
    return read_regeling(packaged_text(name))


def _given(
    at: Plek, raw: Mapping[str, Any], words: Vocabulaire, regulation: str
) -> dict[str, tuple[dict[str, Any], ...]]:
    at.bekend(raw, words.gegeven)
    found = {}
    for group, many in raw.items():
        here, read = at.bij(group), []
        for number, one in enumerate(here.lijst(many), start=1):
            place = here.bij(f"nr. {number}")
            given = place.kaart(one)
            if group == "toewijzingen" and given.get("regeling") != regulation:
                place = Plek(bestand=at.bestand, scenario=at.scenario, sleutel=place.sleutel)
            read.append(place.velden(given, words.gegeven[group]))
        found[group] = tuple(read)
    return found


def _options(at: Plek, raw: Mapping[str, Any], rules: Regeling) -> dict[str, Any]:
    fields = {
        str(name): Veld(naam=name, soort=option.soort, waarden=_values(option))
        for name, option in rules.opties.items()
    }
    return at.velden(raw, fields)


def _values(option: Optie) -> tuple[str, ...]:
    return tuple(str(value) for value in option.waarden or ())


def _end(at: Plek, raw: Mapping[str, Any], words: Vocabulaire) -> dict[str, dict[str, Any]]:
    return {
        name: at.bij(name).velden(at.bij(name).kaart(expected), words.eind)
        for name, expected in raw.items()
    }


def _named_products(said: Iterable[tuple[Mapping[str, Any], Velden]]) -> frozenset[str]:
    """Every product named in these fields, also in what a correction puts in their place."""
    found: set[str] = set()
    for values, fields in said:
        inside = values.get("vervanging")
        for name, value in {**values, **(inside or {})}.items():
            kind = fields[name].soort if name in fields else name
            if kind in PRODUCT_KINDS and value is not None:
                found.update((value,) if isinstance(value, str) else value)
    return frozenset(found)
