"""Which products go together, as a table people can read and a list per product."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from rekenschap.domain.identifiers import Product, RegelId
from rekenschap.domain.regeling import Regeling
from rekenschap.infrastructure.regelingen.markdown import item, safe, wrapped
from rekenschap.infrastructure.regelingen.pairs import MARKS, Gezegd, beside_any, mark, pairs
from rekenschap.infrastructure.regelingen.told import in_order

LARGEST_TABLE: Final = 48
"""More columns than these nobody reads."""
Marks = dict[tuple[Product, Product], list[Gezegd]]


def compatibility(rules: Regeling) -> Iterator[str]:
    """The table, its legend, and per product what can be beside it."""
    said: Marks = defaultdict(list)
    for one in pairs(rules):
        said[one.een, one.ander].append(one)
    yield "## Welke producten samengaan"
    yield ""
    if not said:
        yield "Geen regel zegt iets over twee producten naast elkaar."
        return
    if len(_involved(rules, said)) <= LARGEST_TABLE:
        yield from _legend(rules, said)
        yield from _table(rules, said)
    else:
        yield from wrapped(
            "Dit gaat over te veel producten voor een tabel; hieronder staat het per product."
        )
        yield ""
    yield "## Per product: wat ernaast kan"
    yield ""
    for product in _involved(rules, said):
        yield from _beside(rules, said, product)


def _legend(rules: Regeling, said: Marks) -> Iterator[str]:
    yield from wrapped(
        "Elk vakje gaat over twee producten voor dezelfde jeugdige op dezelfde dagen; de kolommen "
        "hebben de nummers van de rijen. Leeg: geen regel zegt iets over dit paar. Zeggen regels "
        "meer dan één ding, dan staat hier het eerste van deze lijst, en alles in de lijst per "
        "product hieronder."
    )
    yield ""
    used = {one.teken for some in said.values() for one in some}
    for sign, meaning in MARKS.items():
        if sign in used:
            yield from item(f"**{sign}** {meaning}")
    for product, rule in beside_any(rules):
        named = rules.producten[product].naam
        yield from item(
            f"niet in de tabel: {named} kan alleen naast een ander product, welk dan ook "
            f"({_link(rule)})"
        )
    yield ""


def _table(rules: Regeling, said: Marks) -> Iterator[str]:
    numbers = {key: number for number, key in enumerate(in_order(rules), start=1)}
    involved = _involved(rules, said)
    yield f"|Product|{'|'.join(str(numbers[one]) for one in involved)}|"
    yield f"|---|{'|'.join('-' for _ in involved)}|"
    for this in involved:
        cells = "|".join(mark(said.get((this, its), [])) or " " for its in involved)
        yield f"|{numbers[this]} {safe(rules.producten[this].naam)}|{cells}|"
    yield ""


def _involved(rules: Regeling, said: Marks) -> list[Product]:
    return [key for key in in_order(rules) if any(key == this for this, _ in said)]


def _beside(rules: Regeling, said: Marks, product: Product) -> Iterator[str]:
    grouped: dict[tuple[str, str, RegelId], list[str]] = defaultdict(list)
    for key in in_order(rules):
        for one in said.get((product, key), []):
            grouped[one.teken, one.woorden, one.regel].append(rules.producten[key].naam)
    yield f"### {rules.producten[product].naam}"
    yield ""
    order = list(MARKS)
    for sign, words, rule in sorted(grouped, key=lambda one: (order.index(one[0]), one[2])):
        others = ", ".join(grouped[sign, words, rule])
        yield from item(f"**{sign}** met {others}: {words} ({_link(rule)})")
    yield ""


def _link(rule: RegelId) -> str:
    return f"[{rule}](#{rule.lower()})"
