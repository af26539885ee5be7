"""From the data of a regeling to the kenmerken it derives from other ones."""

from collections.abc import Mapping

import attrs

from rekenschap.domain.afleiding import Afleiding, Afleidingen, Geval
from rekenschap.domain.regeling import Regeling
from rekenschap.infrastructure.regelingen.parameters import read_conditions
from rekenschap.infrastructure.regelingen.place import Place


def with_derived(at: Place, rules: Regeling) -> Regeling:
    """The regeling with what it works out: kenmerken, the column of a price, what it leaves be."""
    derived = _all_derived(at.key("afgeleid")) if at.has("afgeleid") else {}
    return attrs.evolve(
        rules,
        afgeleid=Afleidingen(derived),
        tariefsoort=at.key("tariefsoort").text() if at.has("tariefsoort") else None,
        oude_besluiten_tot=at.optional("oude_besluiten_tot", None).maybe(Place.day),
    )


def _all_derived(at: Place) -> Mapping[str, Afleiding]:
    """Every derived kenmerk. Raises Incorrect for one that leans on itself."""
    found = at.map(_derived)
    for name in found:
        if name in _leans_on(found, name):
            raise at.key(name).wrong(name, "a kenmerk that does not follow from itself")
    return found


def _derived(at: Place) -> Afleiding:
    derived = Afleiding(
        betekenis=at.key("betekenis").text(),
        gevallen=tuple(at.key("gevallen").list_of(_case)),
    )
    at.nothing_else()
    return derived


def _case(at: Place) -> Geval:
    case = Geval(
        waarde=at.key("waarde").text(),
        als=read_conditions(at.key("als")) if at.has("als") else {},
    )
    at.nothing_else()
    return case


def _leans_on(found: Mapping[str, Afleiding], name: str) -> set[str]:
    """The derived kenmerken that one reads, directly or through others."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        for read in found[waiting.pop()].leest & found.keys() - reached:
            reached.add(read)
            waiting.append(read)
    return reached
