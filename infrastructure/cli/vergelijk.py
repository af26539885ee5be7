"""``rekenschap vergelijk``: what differs between two versions of a regeling."""

from collections.abc import Iterator, Mapping
from typing import Final

import click

from rekenschap.domain.identifiers import Product
from rekenschap.domain.producten import Productgegevens
from rekenschap.domain.regeling import Regel, Regeling
from rekenschap.domain.vergelijking import (
    Productverschil,
    Regelverschil,
    Vergelijking,
    Wijziging,
    compared,
)
from rekenschap.infrastructure.cli.plain import as_json
from rekenschap.infrastructure.cli.regels import read
from rekenschap.infrastructure.regelingen.told import application
from rekenschap.infrastructure.words import ERNST, value_words

MARKS: Final[Mapping[Wijziging, str]] = {
    Wijziging.NIEUW: "+",
    Wijziging.VERVALLEN: "-",
    Wijziging.GEWIJZIGD: "~",
}


@click.command()
@click.argument("een")
@click.argument("ander")
@click.option("--product", "-p", metavar="P", help="Only what bears on this product.")
@click.option("--json", "machine", is_flag=True, help="For machines.")
def vergelijk(een: str, ander: str, product: str | None, machine: bool) -> None:
    """Show what differs from version EEN to version ANDER: rules, products, prices, readings.

    Each is a name out of the package, or a YAML file.

    \b
    Examples:
      rekenschap vergelijk twente-2025 my-draft-2026.yaml
      rekenschap vergelijk twente-2025 my-draft-2026.yaml --product PRODUCT
    """
    one, other = read(een), read(ander)
    found = compared(one, other, None if product is None else Product(product))
    click.echo(as_json(found) if machine else "\n".join(lines(one, other, found)))


def lines(one: Regeling, other: Regeling, found: Vergelijking) -> Iterator[str]:
    """What differs, for people: + is new, - is gone, ~ is another."""
    yield f"van {found.een} naar {found.ander}"
    if found.gelijk:
        yield "    Er is geen verschil."
        return
    for rule in found.regels:
        yield ""
        yield from _rule(one, other, rule)
    for product in found.producten:
        yield ""
        yield from _product(product)
    for option in found.opties:
        yield ""
        yield f"{MARKS[option.wijziging]} lezing {option.optie}"
    yield ""
    counts = (len(found.regels), len(found.producten), len(found.opties))
    yield "Verschillen: {} in regels, {} in producten, {} in lezingen.".format(*counts)


def _rule(one: Regeling, other: Regeling, found: Regelverschil) -> Iterator[str]:
    yield f"{MARKS[found.wijziging]} {found.regel}"
    before = _said(one, found.een) if found.een is not None else []
    after = _said(other, found.ander) if found.ander is not None else []
    yield from (f"    - {line}" for line in before if line not in after)
    yield from (f"    + {line}" for line in after if line not in before)


def _said(rules: Regeling, rule: Regel) -> list[str]:
    """All a rule says, a line for each part of it."""
    period = rule.periode
    return [
        rule.zin,
        ERNST[rule.ernst],
        *([] if period is None else [f"geldt {period.van} tot en met {period.tot_en_met or '…'}"]),
        *(application(rules, one) for one in rule.toepassingen),
        *([] if rule.niet_getoetst is None else [f"niet getoetst: {rule.niet_getoetst}"]),
        *(f"bron: {one.plaats}: “{one.citaat}”" for one in rule.bronnen),
    ]


def _product(found: Productverschil) -> Iterator[str]:
    yield f"{MARKS[found.wijziging]} product {found.product}"
    before = [] if found.een is None else list(_facts(found.een))
    after = [] if found.ander is None else list(_facts(found.ander))
    yield from (f"    - {line}" for line in before if line not in after)
    yield from (f"    + {line}" for line in after if line not in before)


def _facts(product: Productgegevens) -> Iterator[str]:
    yield product.naam
    yield f"eenheid: {product.eenheid or 'die van de toewijzing'}"
    prices = [(one.tarief, one.periode.van, one.soort) for one in product.tarieven]
    for price, first, column in prices:
        named = "" if column is None else f" ({column})"
        yield f"{value_words(price.bedrag)} per {price.per}{named}, vanaf {first}"
    if product.tarief is not None:
        yield f"{value_words(product.tarief.bedrag)} per {product.tarief.per}"
