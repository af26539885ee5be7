"""From the canonical text of a regeling to its rules; every error names file, rule and key."""

import hashlib
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, TypeVar

from rekenschap.domain.bronnen import Document, NietGeregeld
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.identifiers import Code, Hash, Product, RegelId, RegelingNaam
from rekenschap.domain.kenmerken import Kenmerk, Kenmerkenlijst, SoortKenmerk
from rekenschap.domain.regeling import Optie, Regeling
from rekenschap.domain.versions import Bij, Overgangsrecht, Peildag
from rekenschap.infrastructure.canonical import NotCanonical, loads
from rekenschap.infrastructure.regelingen.derived import with_derived
from rekenschap.infrastructure.regelingen.place import Place
from rekenschap.infrastructure.regelingen.products import read_product
from rekenschap.infrastructure.regelingen.rules import EVENTS, RuleReader, period

E = TypeVar("E", bound=StrEnum)


EXTENSIONS: Final = {
    "van_toewijzing": Bij.OUD,
    "dan_geldend": Bij.NIEUW,
    "vraagt": Bij.VRAAGT,
}
"""Under which version an extension falls: of the allocation, or that of the first day it adds."""


@lru_cache(maxsize=64)
def read_regeling(text: str) -> Regeling:
    """The regeling in a canonical text. Raises Incorrect naming file, rule and key."""
    try:
        data = loads(text.encode("utf-8"))
    except NotCanonical as error:
        raise Incorrect("regeling", str(error), "canonical JSON of a regeling") from error
    digest = Hash(hashlib.sha256(text.encode("utf-8")).hexdigest())
    name = data.get("regeling") if isinstance(data, dict) else None
    at = Place(str(name), data)
    found = with_derived(at, _regeling(at, digest))
    at.nothing_else()
    return found


def _regeling(at: Place, digest: Hash) -> Regeling:
    groups = at.optional("productgroepen", {}).map(lambda g: tuple(g.list_of(Place.text)))
    documents = at.key("documenten").map(_document)
    named = set(documents)
    products = at.optional("producten", {}).map(lambda one: read_product(one, named))
    terms = at.key("in_werking")
    options = at.key("opties").map(_option) if at.has("opties") else {}
    kinds = {name: option.soort for name, option in options.items()}
    kenmerken = _kenmerken(at.key("kenmerken")) if at.has("kenmerken") else _NO_KENMERKEN
    derived = frozenset(at.optional("afgeleid", {}).map(lambda one: one.where))
    read = RuleReader({Product(key) for key in products}, groups, kinds, kenmerken, derived)
    found = Regeling(
        naam=RegelingNaam(at.key("regeling").text()),
        titel=at.key("titel").text(),
        soort=at.key("soort").one_of("regeling", "huisregels"),
        gebied=at.key("gebied").text(),
        periode=period(terms),
        bekendgemaakt_op=at.optional("bekendgemaakt_op", None).maybe(Place.day),
        documenten=documents,
        producten={Product(key): value for key, value in products.items()},
        opties={Code(name): option for name, option in options.items()},
        goedkeurders=read.parties(at),
        rekent_om=at.optional("rekent_om", False).flag(),
        **_further(at),
        regels=tuple(at.key("regels").list_of(lambda rule: read.rule(rule, documents))),
        kenmerken=kenmerken,
        hash=digest,
    )
    _unique(at, [rule.id for rule in found.regels])
    if not found.regels:
        raise at.key("regels").wrong([], "at least one rule")
    return found


def _further(at: Place) -> dict[str, Any]:
    """What a regeling may say and mostly does not."""
    return {
        "eenheid_van_eerste_inzet": at.optional("eenheid_van_eerste_inzet", False).flag(),
        "rondt_per_stap": at.optional("afronding", "totaal").one_of("totaal", "per_stap")
        == "per_stap",
        "goedkeuring_dekt_alles": at.optional("goedkeuring_dekt", "gevraagd").one_of(
            "gevraagd", "alles"
        )
        == "alles",
        "voorganger": frozenset(
            at.optional("voorganger", []).list_of(lambda one: one.one_of(*EVENTS))
        ),
        "overgangsrecht": _transitional(at.optional("overgangsrecht", {})),
        "niet_geregeld": tuple(at.optional("niet_geregeld", []).list_of(_silence)),
    }


def _unique(at: Place, ids: list[RegelId]) -> None:
    for rule in ids:
        if ids.count(rule) > 1:
            raise at.key("regels").wrong(rule, "each rule id once")


def _transitional(at: Place) -> Overgangsrecht:
    """Which version governs; what the text does not say is left to a person."""

    def told(name: str, kind: type[E], otherwise: E) -> E:
        return at.key(name).enum(kind) if at.has(name) else otherwise

    law = Overgangsrecht(
        toekenning=told("toekenning", Peildag, Peildag.INGANGSDATUM),
        verlenging=EXTENSIONS[at.optional("verlenging", "van_toewijzing").one_of(*EXTENSIONS)],
        aanvraag=told("aanvraag", Bij, Bij.VRAAGT),
        bezwaar=told("bezwaar", Bij, Bij.VRAAGT),
        voorganger_blijft=at.optional("voorganger_blijft", False).flag(),
    )
    at.nothing_else()
    return law


def _silence(at: Place) -> NietGeregeld:
    silence = NietGeregeld(
        onderwerp=Code(at.key("onderwerp").text()),
        zin=at.key("zin").text(),
        bij=frozenset(at.optional("bij", []).list_of(lambda one: one.one_of(*EVENTS))),
    )
    at.nothing_else()
    return silence


def _document(at: Place) -> Document:
    document = Document(
        titel=at.key("titel").text(),
        datum=at.key("datum").maybe(Place.day) if at.has("datum") else None,
        uitgever=at.key("uitgever").maybe(Place.text) if at.has("uitgever") else None,
    )
    at.nothing_else()
    return document


def _option(at: Place) -> Optie:
    values = at.key("waarden").list_of(Place.text) if at.has("waarden") else None
    option = Optie(
        betekenis=at.key("betekenis").text(),
        lezing=at.key("lezing").text(),
        standaard=_option_value(at.key("standaard")),
        waarden=None if values is None else tuple(Code(v) for v in values),
        soort=at.optional("soort", "keuze").text(),
    )
    at.nothing_else()
    if option.waarden is not None and option.standaard not in option.waarden:
        raise at.key("standaard").wrong(option.standaard, "one of " + ", ".join(option.waarden))
    return option


def _option_value(at: Place) -> Any:
    if isinstance(at.value, list):
        return tuple(_option_value(Place(at.where, one)) for one in at.value)
    if isinstance(at.value, str) and len(at.value) == 10 and at.value[4] == "-":
        return at.day()
    return at.value


def _kenmerken(at: Place) -> Kenmerkenlijst:
    lists = at.key("lijsten").map(lambda one: tuple(one.list_of(Place.text)))
    at.key("versie").number()

    def declared(place: Place) -> Kenmerk:
        values: tuple[str, ...] = ()
        if place.has("lijst"):
            values = lists[place.key("lijst").one_of(*lists)]
        elif place.has("waarden"):
            values = tuple(place.key("waarden").list_of(Place.text))
        kenmerk = Kenmerk(
            naam=place.where.rsplit(".", 1)[-1],
            soort=place.key("soort").enum(SoortKenmerk),
            betekenis=place.key("betekenis").text(),
            bij=frozenset(place.key("bij").list_of(Place.text)),
            waarden=values,
        )
        place.nothing_else()
        return kenmerk

    return Kenmerkenlijst(at.key("kenmerken").map(declared), lists)


_NO_KENMERKEN = Kenmerkenlijst({}, {})
