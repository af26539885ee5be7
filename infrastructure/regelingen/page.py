"""The rule register of a regeling as a page in Markdown, and which products go together."""

from collections.abc import Iterator
from typing import Any, Final

from rekenschap.domain.bronnen import Document
from rekenschap.domain.calendar import Periode
from rekenschap.domain.producten import Productgegevens
from rekenschap.domain.regeling import Optie, Regel, Regeling
from rekenschap.domain.versions import Bij, Peildag
from rekenschap.infrastructure.regelingen.markdown import item, safe, wrapped
from rekenschap.infrastructure.regelingen.matrix import compatibility
from rekenschap.infrastructure.regelingen.told import application, in_order, names, plain
from rekenschap.infrastructure.words import day_words, value_words

WEIGHTS: Final = (
    "Wat een overtreding doet, staat vooraan bij de regel: **weigert** houdt de stap tegen, "
    "**goedkeuring** laat hem wachten op wie mag goedkeuren, **signaal** laat hem toe en meldt "
    "het, **info** zegt dat iets mag. Een regel zwijgt als niet is gemeld wat hij moet weten."
)
GRANTS: Final = {
    Peildag.DATUM: "die geldt op de dag van het besluit",
    Peildag.INGANGSDATUM: "die geldt op de ingangsdatum",
}
LAW: Final = {
    Bij.OUD: "de oude versie",
    Bij.NIEUW: "deze versie",
    Bij.VRAAGT: "deze versie na goedkeuring: de tekst regelt het niet",
}


def register_page(rules: Regeling, command: str) -> str:
    """The whole page; ``command`` is what makes it anew."""
    parts = [
        _head(rules, command),
        _judged(rules),
        _not_judged(rules),
        _silences(rules),
        _versions(rules),
        _options(rules),
        _products(rules),
        compatibility(rules),
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
    yield from wrapped(
        f"`{rules.naam}` geldt in {rules.gebied} {_period(rules.periode)}. Het grootboek toetst "
        f"{judged} regels; {rest} staan hier met de reden waarom het ze niet toetst. Deze "
        "bladzijde is gemaakt uit het gegevensbestand dat het grootboek zelf toepast."
    )
    yield ""
    yield from wrapped(WEIGHTS)
    yield ""
    who = ", ".join(plain(one) for one in rules.goedkeurders) or "niemand"
    yield from wrapped(f"Goedkeuren mag: {who}. De documenten: {_documents(rules)}")
    yield ""


def _documents(rules: Regeling) -> str:
    return "; ".join(_document(one) for one in rules.documenten.values()) + "."


def _document(one: Document) -> str:
    told = [one.uitgever or "", day_words(one.datum) if one.datum else ""]
    rest = ", ".join(filter(None, told))
    return f"*{safe(one.titel)}*" + (f" ({rest})" if rest else "")


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
    yield from wrapped(safe(rule.zin))
    yield ""
    told = [f"**{rule.ernst}**", f"status: {rule.status}"]
    told += [f"lezing: {rule.lezing}"] if rule.lezing is not None else []
    told += [f"geldt {_period(rule.periode)}"] if rule.periode is not None else []
    yield from item("; ".join(told))
    if rule.niet_getoetst is not None:
        yield from item(f"niet getoetst: {safe(rule.niet_getoetst)}")
    else:
        yield from item(f"producten: {names(rules, rules.producten_van(rule))}")
    for one in rule.toepassingen:
        yield from item(f"toets: {application(rules, one)}")
    for source in rule.bronnen:
        title = rules.documenten[source.document].titel
        yield from item(f"bron: *{safe(title)}*, {safe(source.plaats)}: “{safe(source.citaat)}”")
    yield ""


def _silences(rules: Regeling) -> Iterator[str]:
    if not rules.niet_geregeld:
        return
    yield "## Wat de tekst niet regelt"
    yield ""
    yield from wrapped("Hierover zegt de tekst niets; het grootboek veronderstelt er niets bij.")
    yield ""
    for one in rules.niet_geregeld:
        yield from item(f"{plain(one.onderwerp)}: {safe(one.zin)}")
    yield ""


def _versions(rules: Regeling) -> Iterator[str]:
    law = rules.overgangsrecht
    yield "## Welke versie geldt"
    yield ""
    yield from item(f"een nieuwe toewijzing volgt de versie {GRANTS[law.toekenning]}")
    yield from item(f"een verlenging van een oudere toewijzing volgt {LAW[law.verlenging]}")
    yield from item(f"een aanvraag die liep, volgt {LAW[law.aanvraag]}")
    yield from item(f"een bezwaar dat liep, volgt {LAW[law.bezwaar]}")
    yield ""


def _options(rules: Regeling) -> Iterator[str]:
    if not rules.opties:
        return
    yield "## Lezingen waaruit een grootboek kan kiezen"
    yield ""
    yield from wrapped(
        "Waar de tekst twee lezingen toelaat, geldt de standaard, tot een grootboek vanaf een dag "
        "een andere kiest."
    )
    yield ""
    for name, option in rules.opties.items():
        yield from _option(name, option)
    yield ""


def _option(name: str, option: Optie) -> Iterator[str]:
    told = f"`{name}`: {safe(option.betekenis)}. Standaard: {_choice(option.standaard)}"
    if option.waarden is not None:
        told += f"; waarden: {', '.join(_choice(one) for one in option.waarden)}"
    yield from item(f"{told} ({option.soort}, lezing {option.lezing})")


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
        yield f"| {number} | {' | '.join(safe(cell) for cell in cells)} |"
    yield ""
    yield from _prices(rules)


def _cells(one: Productgegevens) -> list[str]:
    unit = str(one.eenheid or "van de toewijzing")
    return [one.naam, unit, one.onderdeel or "", one.perceel or "", _price(one)]


def _price(one: Productgegevens) -> str:
    if one.tarief is not None:
        return f"{value_words(one.tarief.bedrag)} per {one.tarief.per}"
    return "zie onder" if one.tarieven else ""


def _prices(rules: Regeling) -> Iterator[str]:
    priced = [key for key in in_order(rules) if rules.producten[key].tarieven]
    if not priced:
        return
    yield "### Tarieven"
    yield ""
    yield from wrapped("Een tarief geldt voor zorg die in zijn periode is geleverd.")
    yield ""
    for key in priced:
        product = rules.producten[key]
        told = (
            f"{value_words(line.tarief.bedrag)} per {line.tarief.per}"
            f"{'' if line.soort is None else f' ({plain(line.soort)})'} {_period(line.periode)}"
            for line in product.tarieven
        )
        yield from item(f"{safe(product.naam)}: {'; '.join(told)}")
    yield ""


def _period(period: Periode) -> str:
    last = "" if period.tot_en_met is None else f" tot en met {day_words(period.tot_en_met)}"
    return f"vanaf {day_words(period.van)}{last}"
