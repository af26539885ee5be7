"""What a regeling says, in plain Dutch: conditions, terms, and what a rule kind is told."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, get_type_hints

import attrs

from rekenschap.domain.calendar import Termijn
from rekenschap.domain.conditions import Eis, Eisen
from rekenschap.domain.identifiers import Product
from rekenschap.domain.kenmerken import SoortKenmerk
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.regeling import Regeling, Toepassing
from rekenschap.domain.rules.samenloop import Paar
from rekenschap.infrastructure.words import ERNST, event_words, number, value_words

SINGULAR: Final[Mapping[str, str]] = MappingProxyType(
    {"jaren": "jaar", "maanden": "maand", "weken": "week", "dagen": "dag"}
)
READING: Final = "_optie"
FLAGS: Final[Mapping[str, str]] = {
    "alleen_bij_onderbreking": "alleen als dagen niet worden betaald",
    "alleen_eerste_week": "alleen in de eerste week",
    "alleen_langer": "alleen als de einddatum later wordt",
    "alleen_voorganger": "alleen op een toewijzing van een eerdere regeling",
    "eigen_duur": "zolang het besluit zelf duurt",
    "geen_is_nul": "geen telt als nul",
    "ook_afwezig": "wat niet is gemeld, telt als geen",
    "ook_onbekend": "ook als dat niet is gemeld",
    "ook_stop": "ook naar de dag waarop de zorg stopte",
    "ook_zonder_start": "ook als de zorg nooit begon",
    "per_periode": "per maand",
    "tijdens_sessie": "alleen tijdens een sessie",
    "vanaf_volgende_maand": "vanaf de eerste dag van de volgende maand",
    "weigert_toewijzing": "een toewijzing die dan pas begint, wordt geweigerd",
    "zelfde_dagen": "alleen op dezelfde dagen",
}
"""What a parameter that is set says, where its name alone does not."""


def names(rules: Regeling, products: frozenset[Product] | None) -> str:
    """Products by name; None is every product."""
    if products is None:
        return "alle producten"
    return ", ".join(rules.producten[key].naam for key in in_order(rules) if key in products)


def in_order(rules: Regeling) -> list[Product]:
    """The products as people look them up: by part, then by name."""
    known = rules.producten
    return sorted(known, key=lambda key: (known[key].onderdeel or "", known[key].naam))


def conditions(rules: Regeling, wanted: Eisen) -> str:
    """What values must be."""
    return " en ".join(f"{plain(name)} {_demand(rules, name, one)}" for name, one in wanted.items())


def unless(rules: Regeling, wanted: Eisen) -> str:
    """When a rule speaks: a value that silences it is an exception, any other a condition."""
    told = []
    for name, one in wanted.items():
        if one.niet is not None and one.een_van is None and one.hoogstens is one.minstens is None:
            told.append(f"tenzij {plain(name)} {_either(rules, name, one.niet)} is")
        else:
            told.append(f"als {plain(name)} {_demand(rules, name, one)}")
    return ", ".join(told)


def parameters(rules: Regeling, kind: Any) -> Iterator[str]:
    """What a rule kind, or a part of its parameters, is told by this regeling, one at a time."""
    hints = get_type_hints(type(kind))
    for field in attrs.fields(type(kind)):
        value = getattr(kind, field.name)
        if value is None or value is False or value in ((), {}, frozenset()):
            continue
        name = plain(field.name.removesuffix(READING))
        if field.name.endswith(READING):
            yield f"{name}: volgens de keuze `{value}`"
        elif value is True:
            yield FLAGS.get(field.name, name)
        elif "Product" in str(hints[field.name]):
            products = frozenset({Product(value)}) if isinstance(value, str) else frozenset(value)
            yield f"{name}: {names(rules, products)}"
        else:
            yield f"{name}: {_words(rules, value)}"


def application(rules: Regeling, one: Toepassing) -> str:
    """How a rule is applied: the kind, when it judges, and what it is told."""
    events = ", ".join(event_words(event).lower() for event in sorted(one.bij))
    parts = [f"{plain(one.soort.naam)}, bij {events}"]
    parts += [f"voor {names(rules, one.producten)}"] if one.producten is not None else []
    if one.producten_optie is not None:
        parts.append(f"voor de producten van de keuze `{one.producten_optie}`")
    parts += [", ".join([*filter(None, (unless(rules, one.als), readings(rules, one)))])]
    parts += list(parameters(rules, one.soort))
    parts += ["ook als niet wordt gedeclareerd"] if one.ook_feit else []
    if one.oud_besluit is not None:
        on = "ook op" if one.oud_besluit else "niet op"
        parts.append(f"{on} een besluit van voor {rules.oude_besluiten_tot}")
    parts += [f"hier: {ERNST[one.ernst]}"] if one.ernst is not None else []
    return "; ".join(filter(None, parts))


def readings(rules: Regeling, one: Toepassing) -> str:
    """The readings an application holds for."""
    chosen = (f"`{name}` {_demand(rules, name, eis)}" for name, eis in one.als_optie.items())
    return " en ".join(f"bij de keuze {told}" for told in chosen)


def term(one: Termijn) -> str:
    """1 jaar, 6 maanden"""
    counted = ((name, getattr(one, name)) for name in SINGULAR)
    named = (
        f"{count} {SINGULAR[name] if count == 1 or name == 'jaren' else name}"
        for name, count in counted
        if count
    )
    return " en ".join(named) or "0 dagen"


def plain(name: str) -> str:
    """A name as people write it."""
    return name.replace("_", " ")


def _demand(rules: Regeling, name: str, one: Eis) -> str:
    told = []
    if one.een_van is not None:
        told.append(f"{_either(rules, name, one.een_van)} is")
    if one.niet is not None:
        told.append(f"niet {_either(rules, name, one.niet)} is")
    told += [f"ten hoogste {number(one.hoogstens)} is"] if one.hoogstens is not None else []
    told += [f"ten minste {number(one.minstens)} is"] if one.minstens is not None else []
    also = (", of geen" if one.geen else "") + (", of niet gemeld" if one.afwezig else "")
    return " en ".join(told) + also


def _either(rules: Regeling, name: str, values: tuple[Any, ...]) -> str:
    """Values of a field or kenmerk; a product by its name."""
    declared = rules.kenmerken.kenmerken.get(name)
    of_products = declared is not None and declared.soort is SoortKenmerk.PRODUCT
    if of_products or name in ("product", "prestatie"):
        known = rules.producten
        return " of ".join(known[one].naam if one in known else str(one) for one in values)
    return " of ".join(_words(rules, value) for value in values)


def _words(rules: Regeling, value: Any) -> str:
    match value:
        case Termijn():
            return term(value)
        case Paar():
            return f"{_side(rules, value.een)} met {_side(rules, value.ander)}"
        case Mapping() if all(isinstance(inner, Eis) for inner in value.values()):
            return conditions(rules, value)
        case Mapping():
            return ", ".join(f"{plain(k)}: {_words(rules, v)}" for k, v in value.items())
        case frozenset():
            return ", ".join(sorted(_words(rules, one) for one in value))
        case tuple() if any(isinstance(one, tuple) for one in value):
            return " en ".join(" of ".join(map(plain, one)) for one in value)
        case tuple():
            return "; ".join(_words(rules, one) for one in value)
        case Decimal() | bool() | int() | Bedrag() | date() | None:
            return value_words(value)
        case _ if attrs.has(type(value)):
            return ", ".join(parameters(rules, value))
    return plain(str(value))


def _side(rules: Regeling, wanted: Eisen) -> str:
    products = wanted.get("product")
    rest = {name: one for name, one in wanted.items() if name != "product"}
    named = "elk product" if products is None else _of(rules, products)
    return f"{named} (als {conditions(rules, rest)})" if rest else named


def _of(rules: Regeling, one: Eis) -> str:
    if one.een_van is not None:
        return _either(rules, "product", one.een_van)
    return f"alles behalve {_either(rules, 'product', one.niet or ())}"
