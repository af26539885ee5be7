"""The rule register of a regeling as a page in Markdown, and which products go together."""

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from rekenschap.domain.bronnen import Document
from rekenschap.domain.calendar import Periode
from rekenschap.domain.identifiers import Product, RegelId
from rekenschap.domain.producten import Productgegevens
from rekenschap.domain.regeling import Optie, Regel, Regeling
from rekenschap.infrastructure.regelingen.pairs import MARKS, Gezegd, beside_any, mark, pairs
from rekenschap.infrastructure.regelingen.told import application, in_order, names, plain
from rekenschap.infrastructure.words import day_words, value_words

WIDTH: Final = 120
WEIGHTS: Final = (
    "Wat een overtreding doet, staat vooraan bij de regel: **weigert** houdt de stap tegen, "
    "**goedkeuring** laat hem wachten op wie mag goedkeuren, **signaal** laat hem toe en meldt "
    "het, **info** zegt dat iets mag. Een regel zwijgt als niet is gemeld wat hij moet weten."
)
_ITEM: Final = re.compile(r"^(\s*)(\d+[.)]|[-+#>])(?=\s|$)")
_SPECIAL: Final = re.compile(r"([*_<>\[\]|])")

Marks = dict[tuple[Product, Product], list[Gezegd]]


def register_page(rules: Regeling, command: str) -> str:
    """The whole page; ``command`` is what makes it anew."""
    parts = [
        _head(rules, command),
        _judged(rules),
        _not_judged(rules),
        _options(rules),
        _products(rules),
        _compatibility(rules),
    ]
    lines = (line.rstrip() for part in parts for line in part)
    return "\n".join(lines).rstrip() + "\n"


def _head(rules: Regeling, command: str) -> Iterator[str]:
    judged = sum(1 for rule in rules.regels if rule.niet_getoetst is None)
    rest = len(rules.regels) - judged
    yield f"# De regels van {rules.titel}"
    yield ""
    yield f"<!-- gemaakt met: {command} -->"
    yield ""
    yield from _wrapped(
        f"`{rules.naam}` geldt in {rules.gebied} {_period(rules.periode)}. Het grootboek toetst "
        f"{judged} regels; {rest} staan hier met de reden waarom het ze niet toetst. Deze "
        "bladzijde is gemaakt uit het gegevensbestand dat het grootboek zelf toepast."
    )
    yield ""
    yield from _wrapped(WEIGHTS)
    yield ""
    who = ", ".join(plain(one) for one in rules.goedkeurders) or "niemand"
    yield from _wrapped(f"Goedkeuren mag: {who}. De documenten: {_documents(rules)}")
    yield ""


def _documents(rules: Regeling) -> str:
    return "; ".join(_document(one) for one in rules.documenten.values()) + "."


def _document(one: Document) -> str:
    told = [one.uitgever or "", day_words(one.datum) if one.datum else ""]
    rest = ", ".join(filter(None, told))
    return f"*{_safe(one.titel)}*" + (f" ({rest})" if rest else "")


def _judged(rules: Regeling) -> Iterator[str]:
    yield "## Wat het grootboek toetst"
    yield ""
    for rule in rules.regels:
        if rule.niet_getoetst is None:
            yield from _rule(rules, rule)


def _not_judged(rules: Regeling) -> Iterator[str]:
    yield "## Wat het grootboek niet toetst"
    yield ""
    for rule in rules.regels:
        if rule.niet_getoetst is not None:
            yield from _rule(rules, rule)


def _rule(rules: Regeling, rule: Regel) -> Iterator[str]:
    yield f"### {rule.id}"
    yield ""
    yield from _wrapped(_safe(rule.zin))
    yield ""
    told = [f"**{rule.ernst}**", f"status: {rule.status}"]
    told += [f"lezing: {rule.lezing}"] if rule.lezing is not None else []
    told += [f"geldt {_period(rule.periode)}"] if rule.periode is not None else []
    yield from _item("; ".join(told))
    if rule.niet_getoetst is not None:
        yield from _item(f"niet getoetst: {_safe(rule.niet_getoetst)}")
    else:
        yield from _item(f"producten: {names(rules, rules.producten_van(rule))}")
    for one in rule.toepassingen:
        yield from _item(f"toets: {application(rules, one)}")
    for source in rule.bronnen:
        title = rules.documenten[source.document].titel
        yield from _item(
            f"bron: *{_safe(title)}*, {_safe(source.plaats)}: “{_safe(source.citaat)}”"
        )
    yield ""


def _options(rules: Regeling) -> Iterator[str]:
    yield "## Lezingen waaruit een grootboek kan kiezen"
    yield ""
    yield from _wrapped(
        "Waar de tekst twee lezingen toelaat, geldt de standaard, tot een grootboek vanaf een dag "
        "een andere kiest."
    )
    yield ""
    for name, option in rules.opties.items():
        yield from _option(name, option)
    yield ""


def _option(name: str, option: Optie) -> Iterator[str]:
    told = f"`{name}`: {_safe(option.betekenis)}. Standaard: {_choice(option.standaard)}"
    if option.waarden is not None:
        told += f"; waarden: {', '.join(_choice(one) for one in option.waarden)}"
    yield from _item(f"{told} ({option.soort}, lezing {option.lezing})")


def _choice(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(_choice(one) for one in value) or "geen"
    return f"`{value}`" if isinstance(value, str) else value_words(value)


def _products(rules: Regeling) -> Iterator[str]:
    yield "## De producten"
    yield ""
    yield "| | Product | Eenheid | Onderdeel | Perceel | Tarief |"
    yield "|--:|---|---|---|---|---|"
    for number, one in enumerate(in_order(rules), start=1):
        cells = _cells(rules.producten[one])
        yield f"| {number} | {' | '.join(_safe(cell) for cell in cells)} |"
    yield ""


def _cells(one: Productgegevens) -> list[str]:
    price = "" if one.tarief is None else f"{value_words(one.tarief.bedrag)} per {one.tarief.per}"
    unit = str(one.eenheid or "van de toewijzing")
    return [one.naam, unit, one.onderdeel or "", one.perceel or "", price]


def _compatibility(rules: Regeling) -> Iterator[str]:
    said: Marks = defaultdict(list)
    for one in pairs(rules):
        said[one.een, one.ander].append(one)
    yield "## Welke producten samengaan"
    yield ""
    if not said:
        yield "Geen regel zegt iets over twee producten naast elkaar."
        return
    yield from _legend(rules, said)
    yield from _table(rules, said)
    yield "## Per product: wat ernaast kan"
    yield ""
    for product in _involved(rules, said):
        yield from _beside(rules, said, product)


def _legend(rules: Regeling, said: Marks) -> Iterator[str]:
    yield from _wrapped(
        "Elk vakje gaat over twee producten voor dezelfde jeugdige op dezelfde dagen; de kolommen "
        "hebben de nummers van de rijen. Leeg: geen regel zegt iets over dit paar. Zeggen regels "
        "meer dan één ding, dan staat hier het eerste van deze lijst, en alles in de lijst per "
        "product hieronder."
    )
    yield ""
    used = {one.teken for some in said.values() for one in some}
    for sign, meaning in MARKS.items():
        if sign in used:
            yield from _item(f"**{sign}** {meaning}")
    for product, rule in beside_any(rules):
        named = rules.producten[product].naam
        yield from _item(
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
        yield f"|{numbers[this]} {_safe(rules.producten[this].naam)}|{cells}|"
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
        yield from _item(f"**{sign}** met {others}: {words} ({_link(rule)})")
    yield ""


def _link(rule: RegelId) -> str:
    return f"[{rule}](#{rule.lower()})"


def _period(period: Periode) -> str:
    last = "" if period.tot_en_met is None else f" tot en met {day_words(period.tot_en_met)}"
    return f"vanaf {day_words(period.van)}{last}"


def _safe(text: str) -> str:
    """Words as they are, without what Markdown would read as a sign."""
    return _SPECIAL.sub(r"\\\1", text)


def _item(text: str) -> Iterator[str]:
    lines = list(_wrapped(text, WIDTH - 2))
    yield f"- {lines[0]}"
    yield from (f"  {line}" for line in lines[1:])


def _wrapped(text: str, width: int = WIDTH) -> Iterator[str]:
    """Lines of a paragraph; one that would begin a list or a heading is made plain."""
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    for number, line in enumerate(lines):
        yield line if not number else _ITEM.sub(_plain_sign, line)


def _plain_sign(match: re.Match[str]) -> str:
    sign = match[2]
    return f"{match[1]}{sign[:-1]}\\{sign[-1]}"
