"""From the data of a rule to the rule: its sources, and where which kind judges."""

from collections.abc import Mapping

import attrs

from rekenschap.domain.bronnen import Document
from rekenschap.domain.calendar import Periode
from rekenschap.domain.conditions import Eis
from rekenschap.domain.facts import BY_CLASS_NAME
from rekenschap.domain.identifiers import Code, Product, RegelId
from rekenschap.domain.kenmerken import Kenmerkenlijst
from rekenschap.domain.regeling import Regel, Toepassing
from rekenschap.domain.rules import SOORTEN
from rekenschap.domain.vocabulary import Ernst
from rekenschap.domain.zaak import Regelsoort
from rekenschap.infrastructure.regelingen.names import check_conditions, check_parties
from rekenschap.infrastructure.regelingen.parameters import (
    products_asked,
    read_conditions,
    read_parameters,
)
from rekenschap.infrastructure.regelingen.place import Place
from rekenschap.infrastructure.regelingen.products import read_source

EVENTS = (*BY_CLASS_NAME, "PeildatumBereikt")
STATUSES = (
    "bestek",
    "bestek+NvI",
    "toelichting",
    "wet",
    "verordening",
    "nadere regels",
    "uitvoeringsbesluit",
    "bijlage",
    "overeenkomst",
    "beleidsregel",
    "voorstel",
    "huisregel",
)


@attrs.frozen
class RuleReader:
    """Reads the rules, knowing what else the regeling declares."""

    products: set[Product]
    groups: Mapping[str, tuple[str, ...]]
    options: Mapping[str, str]
    kenmerken: Kenmerkenlijst
    derived: frozenset[str]

    def rule(self, at: Place, documents: Mapping[str, Document]) -> Regel:
        at = at.named(at.key("id").text())
        sources = tuple(at.key("bron").list_of(lambda b: read_source(b, set(documents))))
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
            goedkeurders=self.parties(at) if at.has("goedkeurders") else None,
            periode=period(at.key("in_werking")) if at.has("in_werking") else None,
        )
        at.nothing_else()
        return rule

    def parties(self, at: Place) -> tuple[str, ...]:
        """Who may approve; parties of the list."""
        place = at.optional("goedkeurders", [])
        named = tuple(place.list_of(Place.text))
        check_parties(place, named, self.kenmerken)
        return named

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
            oud_besluit=at.key("oud_besluit").flag() if at.has("oud_besluit") else None,
            ook_voorganger=at.optional("ook_voorganger", False).flag(),
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
        check_conditions(at, found, self.kenmerken, self.derived)
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


def period(at: Place) -> Periode:
    """From a day up to and including a day, or without end."""
    first, last = at.key("vanaf").day(), at.key("tot_en_met").maybe(Place.day)
    at.nothing_else()
    if last is not None and last < first:
        raise at.key("tot_en_met").wrong(str(last), f"a day not before {first}")
    return Periode(first, last)
