"""How a rule and a kenmerk are shown, to people and to machines."""

from collections.abc import Iterator
from typing import Any

from rekenschap.application import OptieStand
from rekenschap.domain.calendar import Periode
from rekenschap.domain.kenmerken import Kenmerk
from rekenschap.domain.regeling import Regel, Regeling
from rekenschap.infrastructure.regelingen.told import application
from rekenschap.infrastructure.words import day_words, value_words


def in_force(period: Periode) -> str:
    """A period in words."""
    last = "" if period.tot_en_met is None else f" tot en met {period.tot_en_met}"
    return f"vanaf {period.van}{last}"


def rule_lines(rules: Regeling, rule: Regel) -> Iterator[str]:
    """A rule for people."""
    yield f"{rule.id}  {rule.zin}"
    marks = [str(rule.ernst), rule.status]
    if rule.lezing is not None:
        marks.append(f"lezing {rule.lezing}")
    if rule.periode is not None:
        marks.append(f"geldt {in_force(rule.periode)}")
    yield f"    {', '.join(marks)}"
    if rule.niet_getoetst is not None:
        yield f"    niet getoetst: {rule.niet_getoetst}"
    else:
        products = rules.producten_van(rule)
        named = "alle" if products is None else ", ".join(sorted(products))
        yield f"    producten: {named}"
    for one in rule.toepassingen:
        yield f"    toets: {application(rules, one)}"
    for source in rule.bronnen:
        title = rules.documenten[source.document].titel
        yield f"    bron: {title}, {source.plaats}: “{source.citaat}”"


def rule_data(rules: Regeling, rule: Regel) -> dict[str, Any]:
    """A rule for machines. ``producten`` null is every product."""
    products = rules.producten_van(rule)
    return {
        "id": rule.id,
        "zin": rule.zin,
        "ernst": str(rule.ernst),
        "status": rule.status,
        "lezing": rule.lezing,
        "in_werking": None
        if rule.periode is None
        else {
            "vanaf": rule.periode.van.isoformat(),
            "tot_en_met": rule.periode.tot_en_met and rule.periode.tot_en_met.isoformat(),
        },
        "bronnen": [
            {
                "document": source.document,
                "titel": rules.documenten[source.document].titel,
                "plaats": source.plaats,
                "citaat": source.citaat,
            }
            for source in rule.bronnen
        ],
        "producten": None if products is None else sorted(products),
        "toetsen": [application(rules, one) for one in rule.toepassingen],
        "niet_getoetst": rule.niet_getoetst,
    }


def option_lines(one: OptieStand) -> Iterator[str]:
    """An option for people: how it reads, since when, and what else it can be."""
    since = "standaard" if one.sinds is None else f"gekozen, sinds {day_words(one.sinds)}"
    yield f"{one.optie}: {value_words(one.waarde)} ({since})"
    yield f"    {one.betekenis} (lezing {one.lezing})"
    if one.sinds is not None:
        yield f"    standaard: {value_words(one.standaard)}"
    if one.waarden is not None:
        yield f"    waarden: {', '.join(one.waarden)}"


def kenmerk_lines(one: Kenmerk) -> Iterator[str]:
    """A kenmerk for people."""
    yield f"{one.naam} ({one.soort}): {one.betekenis}"
    yield f"    bij: {', '.join(sorted(one.bij))}"
    if one.waarden:
        yield f"    waarden: {', '.join(one.waarden)}"


def kenmerk_data(one: Kenmerk) -> dict[str, Any]:
    """A kenmerk for machines."""
    return {
        "naam": one.naam,
        "soort": str(one.soort),
        "betekenis": one.betekenis,
        "bij": sorted(one.bij),
        "waarden": list(one.waarden),
    }
