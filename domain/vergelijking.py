"""What differs between two versions of a regeling: rules, products, prices and readings."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from attrs import frozen

from rekenschap.domain.errors import Incorrect
from rekenschap.domain.identifiers import Product, RegelId
from rekenschap.domain.producten import Productgegevens
from rekenschap.domain.regeling import Optie, Regel, Regeling

K = TypeVar("K", bound=str)
V = TypeVar("V")


class Wijziging(StrEnum):
    """What became of something from one version to the other."""

    NIEUW = "nieuw"
    VERVALLEN = "vervallen"
    GEWIJZIGD = "gewijzigd"


@frozen
class Regelverschil:
    """A rule that is not the same in both; None where a version has none of that id."""

    regel: RegelId
    wijziging: Wijziging
    een: Regel | None
    ander: Regel | None


@frozen
class Productverschil:
    """A product, its unit or its prices that are not the same in both."""

    product: Product
    wijziging: Wijziging
    een: Productgegevens | None
    ander: Productgegevens | None


@frozen
class Optieverschil:
    """A reading that is not left open in the same way by both."""

    optie: str
    wijziging: Wijziging
    een: Optie | None
    ander: Optie | None


@frozen(kw_only=True)
class Vergelijking:
    """Everything that differs from ``een`` to ``ander``; empty when they say the same."""

    een: str
    ander: str
    regels: tuple[Regelverschil, ...]
    producten: tuple[Productverschil, ...]
    opties: tuple[Optieverschil, ...]

    @property
    def gelijk(self) -> bool:
        """Whether nothing differs."""
        return not (self.regels or self.producten or self.opties)


def compared(one: Regeling, other: Regeling, product: Product | None = None) -> Vergelijking:
    """What differs between two versions, or of that what bears on one product.

    Two rules are the same when all they say is the same: sentence, sources, weight, period and
    where each kind judges with which numbers. Raises Incorrect for a product neither knows.
    """
    if product is not None and not (product in one.producten or product in other.producten):
        raise Incorrect("product", product, f"a product of {one.naam} or {other.naam}")
    rules = _differences(one.op_id, other.op_id)
    products = _differences(one.producten, other.producten)
    options = _differences(one.opties, other.opties)
    return Vergelijking(
        een=one.naam,
        ander=other.naam,
        regels=tuple(
            Regelverschil(*found)
            for found in rules
            if product is None or _bears(one, other, found[0], product)
        ),
        producten=tuple(
            Productverschil(*found) for found in products if product in (None, found[0])
        ),
        opties=tuple(Optieverschil(*found) for found in options),
    )


def _bears(one: Regeling, other: Regeling, rule: RegelId, product: Product) -> bool:
    return any(
        rule in version.op_id and version.raakt(version.op_id[rule], product)
        for version in (one, other)
    )


def _differences(
    one: Mapping[K, V], other: Mapping[K, V]
) -> Iterator[tuple[K, Wijziging, V | None, V | None]]:
    """In the order of the first, and then what only the other has."""
    for name in dict.fromkeys((*one, *other)):
        before, after = one.get(name), other.get(name)
        if before is None:
            yield name, Wijziging.NIEUW, None, after
        elif after is None:
            yield name, Wijziging.VERVALLEN, before, None
        elif before != after:
            yield name, Wijziging.GEWIJZIGD, before, after
