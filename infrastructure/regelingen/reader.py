"""From the canonical text of a regeling to its rules; every error names file, rule and key."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

import attrs

from rekenschap.domain.calendar import Periode
from rekenschap.domain.conditions import Eis
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import BY_CLASS_NAME
from rekenschap.domain.identifiers import Code, Hash, Product, RegelId, RegelingNaam
from rekenschap.domain.inrichting import Tarief
from rekenschap.domain.kenmerken import Kenmerk, Kenmerkenlijst, SoortKenmerk
from rekenschap.domain.regeling import (
    Bron,
    Document,
    Optie,
    Productgegevens,
    Regel,
    Regeling,
    Toepassing,
)
from rekenschap.domain.rules import SOORTEN
from rekenschap.domain.values import as_money
from rekenschap.domain.vocabulary import Eenheid, Ernst
from rekenschap.domain.zaak import Regelsoort
from rekenschap.infrastructure.canonical import NotCanonical, loads
from rekenschap.infrastructure.regelingen.parameters import (
    products_asked,
    read_conditions,
    read_parameters,
)
from rekenschap.infrastructure.regelingen.place import Place

T = TypeVar("T")
EVENTS = (*BY_CLASS_NAME, "PeildatumBereikt")
STATUSES = (
    "bestek",
    "bestek+NvI",
    "toelichting",
    "wet",
    "verordening",
    "nadere regels",
    "huisregel",
)


@lru_cache(maxsize=64)
def read_regeling(text: str) -> Regeling:
    """The regeling in a canonical text. Raises Incorrect naming file, rule and key."""
    try:
        data = loads(text.encode("utf-8"))
    except NotCanonical as error:
        raise Incorrect("regeling", str(error), "canonical JSON of a regeling") from error
    digest = Hash(hashlib.sha256(text.encode("utf-8")).hexdigest())
    name = data.get("regeling") if isinstance(data, dict) else None
    return _regeling(Place(str(name), data), digest)


def _regeling(at: Place, digest: Hash) -> Regeling:
    groups = at.optional("productgroepen", {}).map(lambda g: tuple(g.list_of(Place.text)))
    products = at.key("producten").map(_product) if at.has("producten") else {}
    terms = at.key("in_werking")
    options = at.key("opties").map(_option) if at.has("opties") else {}
    kinds = {name: option.soort for name, option in options.items()}
    read = _Rules({Product(key) for key in products}, groups, kinds)
    found = Regeling(
        naam=RegelingNaam(at.key("regeling").text()),
        titel=at.key("titel").text(),
        soort=at.key("soort").one_of("regeling", "huisregels"),
        gebied=at.key("gebied").text(),
        periode=_period(terms),
        bekendgemaakt_op=at.key("bekendgemaakt_op").maybe(Place.day)
        if at.has("bekendgemaakt_op")
        else None,
        documenten=(documents := at.key("documenten").map(_document)),
        producten={Product(key): value for key, value in products.items()},
        opties={Code(name): option for name, option in options.items()},
        goedkeurders=tuple(at.optional("goedkeurders", []).list_of(Place.text)),
        rekent_om=at.optional("rekent_om", False).flag(),
        regels=tuple(at.key("regels").list_of(lambda rule: read.rule(rule, documents))),
        kenmerken=_kenmerken(at.key("kenmerken")) if at.has("kenmerken") else _NO_KENMERKEN,
        hash=digest,
    )
    at.nothing_else()
    _unique(at, [rule.id for rule in found.regels])
    return found


def _unique(at: Place, ids: list[RegelId]) -> None:
    for rule in ids:
        if ids.count(rule) > 1:
            raise at.key("regels").wrong(rule, "each rule id once")


@attrs.frozen
class _Rules:
    """Reads the rules, knowing what else the regeling declares."""

    products: set[Product]
    groups: Mapping[str, tuple[str, ...]]
    options: Mapping[str, str]

    def rule(self, at: Place, documents: Mapping[str, Document]) -> Regel:
        at = at.named(at.key("id").text())
        sources = tuple(at.key("bron").list_of(lambda b: _source(b, documents)))
        if not sources:
            raise at.key("bron").wrong([], "at least one source: a rule without one does not load")
        applied = at.optional("toepassingen", []).list_of(self.application)
        untested = at.key("niet_getoetst").text() if at.has("niet_getoetst") else None
        if bool(applied) is (untested is not None):
            raise at.wrong(None, "either toepassingen, or niet_getoetst with the reason")
        rule = Regel(
            id=RegelId(at.key("id").text()),
            zin=at.key("zin").text(),
            ernst=at.key("ernst").enum(Ernst),
            bronnen=sources,
            status=at.key("status").one_of(*STATUSES),
            toepassingen=tuple(applied),
            niet_getoetst=untested,
            lezing=at.key("lezing").text() if at.has("lezing") else None,
            periode=_period(at.key("in_werking")) if at.has("in_werking") else None,
        )
        at.nothing_else()
        return rule

    def application(self, at: Place) -> Toepassing:
        kind = self.kind(at)
        events = self._events(at.key("bij"), kind) if at.has("bij") else kind.bij
        named = self._products_of_a_reading(at)
        found = Toepassing(
            soort=kind,
            bij=events,
            producten=None if named else self._named_products(at),
            producten_optie=named,
            als=self._conditions(at.key("als")) if at.has("als") else {},
            als_optie=self._options(at.key("als_optie")) if at.has("als_optie") else {},
            ernst=at.key("ernst").enum(Ernst) if at.has("ernst") else None,
            ook_feit=at.optional("ook_feit", False).flag(),
        )
        at.nothing_else()
        return found

    def kind(self, at: Place) -> Regelsoort:
        name, version = at.key("soort").text(), at.optional("versie", 1).number()
        cls = SOORTEN.get((name, version))
        if cls is None:
            known = ", ".join(sorted(f"{n} ({v})" for n, v in SOORTEN))
            raise at.key("soort").wrong(f"{name} ({version})", f"a known rule kind: {known}")
        return read_parameters(
            cls, at.optional("instelling", {}), self.options.keys(), self.products
        )

    def _events(self, at: Place, kind: Regelsoort) -> frozenset[str]:
        """The events named: known ones, that this kind can judge."""
        named = at.list_of(lambda one: one.one_of(*EVENTS))
        misplaced = set(named) - kind.bij
        if misplaced and not kind.overal:
            raise at.wrong(sorted(misplaced), "events this kind judges: " + ", ".join(kind.bij))
        return frozenset(named)

    def _conditions(self, at: Place) -> Mapping[str, Eis]:
        found = read_conditions(at)
        unknown = sorted(products_asked(found) - self.products)
        if unknown:
            raise at.wrong(unknown, "products of this regeling")
        return found

    def _options(self, at: Place) -> Mapping[Code, Eis]:
        unknown = [name for name in read_conditions(at) if name not in self.options]
        if unknown:
            raise at.wrong(unknown, "options of this regeling")
        return {Code(name): condition for name, condition in read_conditions(at).items()}

    def _products_of_a_reading(self, at: Place) -> Code | None:
        """``producten: {optie: ...}``: the products that a reading lists."""
        if not at.has("producten") or not isinstance(at.key("producten").value, dict):
            return None
        place = at.key("producten")
        option = place.key("optie")
        named = option.text()
        if self.options.get(named) != "productlijst":
            raise option.wrong(named, "an option of this regeling that is a productlijst")
        place.nothing_else()
        return Code(named)

    def _named_products(self, at: Place) -> frozenset[Product] | None:
        return self._products(at.key("producten")) if at.has("producten") else None

    def _products(self, at: Place) -> frozenset[Product]:
        if isinstance(at.value, str):
            if at.value not in self.groups:
                raise at.wrong(at.value, "a productgroep: " + ", ".join(self.groups))
            names: list[str] = list(self.groups[at.value])
        else:
            names = at.list_of(Place.text)
        unknown = [name for name in names if name not in self.products]
        if unknown:
            raise at.wrong(unknown, "products of this regeling")
        return frozenset(Product(name) for name in names)


def _source(at: Place, documents: Mapping[str, Document]) -> Bron:
    source = Bron(
        document=at.key("document").one_of(*documents),
        plaats=at.key("plaats").text(),
        citaat=at.key("citaat").text(),
    )
    at.nothing_else()
    return source


def _document(at: Place) -> Document:
    document = Document(
        titel=at.key("titel").text(),
        datum=at.key("datum").maybe(Place.day) if at.has("datum") else None,
        uitgever=at.key("uitgever").maybe(Place.text) if at.has("uitgever") else None,
    )
    at.nothing_else()
    return document


def _product(at: Place) -> Productgegevens:
    product = Productgegevens(
        naam=at.key("naam").text(),
        eenheid=at.key("eenheid").enum(Eenheid) if at.has("eenheid") else None,
        onderdeel=at.key("onderdeel").maybe(Place.text) if at.has("onderdeel") else None,
        perceel=at.key("perceel").maybe(Place.text) if at.has("perceel") else None,
        tarief=_price(at.key("tarief")) if at.has("tarief") else None,
        vertrekdag_telt=at.optional("vertrekdag_telt", False).flag(),
    )
    at.nothing_else()
    return product


def _price(at: Place) -> Tarief:
    try:
        amount = as_money(at.where, at.key("bedrag").text())
    except Incorrect as error:
        raise at.key("bedrag").wrong(error.value, error.allowed) from error
    if amount.eurocent < 0:
        raise at.key("bedrag").wrong(str(amount), "a price that is not negative")
    price = Tarief(amount, at.key("per").enum(Eenheid))
    at.nothing_else()
    return price


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


def _period(at: Place) -> Periode:
    first, last = at.key("vanaf").day(), at.key("tot_en_met").maybe(Place.day)
    at.nothing_else()
    if last is not None and last < first:
        raise at.key("tot_en_met").wrong(str(last), f"a day not before {first}")
    return Periode(first, last)


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
