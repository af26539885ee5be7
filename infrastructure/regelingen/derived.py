"""From the data of a regeling to the kenmerken it derives from other ones."""

from collections.abc import Mapping

from rekenschap.domain.afleiding import Afleiding, Geval
from rekenschap.infrastructure.regelingen.parameters import read_conditions
from rekenschap.infrastructure.regelingen.place import Place


def read_derived(at: Place) -> Mapping[str, Afleiding]:
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
