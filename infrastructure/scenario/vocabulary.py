"""The vocabulary of scenarios: events, their fields, kinds, allowed values and defaults."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.infrastructure.scenario.kinds import read_kind
from rekenschap.infrastructure.scenario.loader import load

PRODUCT_KINDS: Final = ("product", "productlijst")


@frozen(kw_only=True)
class Veld:
    """A field: its kind, the values it may have, and what it is when a step does not name it.

    ``standaard`` is AFWEZIG where there is no default; ``standaard_uit`` names the field (or the
    toewijzing) the default comes from.
    """

    naam: str
    soort: str
    waarden: tuple[str, ...] = ()
    verplicht: bool = False
    standaard: Any = AFWEZIG
    standaard_uit: str | None = None


Velden = Mapping[str, Veld]


@frozen(kw_only=True)
class Vocabulaire:
    """What may stand in a scenario. ``producten`` are the known products per regeling."""

    lijsten: Mapping[str, tuple[str, ...]]
    stap: Velden
    gebeurtenissen: Mapping[str, Velden]
    gegeven: Mapping[str, Velden]
    eind: Velden
    producten: Mapping[str, frozenset[str]]


@cache
def vocabulary() -> Vocabulaire:
    """The vocabulary that comes with the package, read once."""
    source = files("rekenschap.infrastructure.scenario") / "vocabulaire.yaml"
    data = load(source.read_text("utf-8"))
    lists = {
        name: tuple(str(one["waarde"]) for one in values)
        for name, values in data["lijsten"].items()
    }

    def fields(declared: Mapping[str, Any]) -> Velden:
        return {name: _field(name, said, lists) for name, said in declared.items()}

    return Vocabulaire(
        lijsten=lists,
        stap=fields(data["stap"]),
        gebeurtenissen={n: fields(e["velden"]) for n, e in data["gebeurtenissen"].items()},
        gegeven={name: fields(group["velden"]) for name, group in data["gegeven"].items()},
        eind=fields(data["eind"]),
        producten={
            name: frozenset(str(key) for key in known["rekeneenheid"])
            for name, known in data["producten"].items()
        },
    )


def _field(name: str, said: Mapping[str, Any], lists: Mapping[str, tuple[str, ...]]) -> Veld:
    values = lists[said["lijst"]] if "lijst" in said else ()
    default = AFWEZIG
    if "standaard" in said:
        default = read_kind(said["soort"], said["standaard"], values)
    return Veld(
        naam=name,
        soort=said["soort"],
        waarden=values,
        verplicht=said.get("verplicht", False),
        standaard=default,
        standaard_uit=said.get("standaard_uit"),
    )
