"""The difference between two views of a case, in plain Dutch."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

import attrs

from rekenschap.application import GRONDEN, SpoorRegel
from rekenschap.application.difference import (
    Besluitverschil,
    Feitsoort,
    Feitverschil,
    Heroverweging,
    Veldverschil,
    Verschil,
)
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.regeling import Regel
from rekenschap.domain.verdicts import Beslissing
from rekenschap.domain.vergelijking import Wijziging
from rekenschap.infrastructure.fact_words import told
from rekenschap.infrastructure.regelingen.told import term
from rekenschap.infrastructure.words import (
    UITKOMST,
    day_words,
    event_words,
    moment_words,
    pairs_words,
    value_words,
)

FEITEN: Final[Mapping[Feitsoort, str]] = {
    Feitsoort.LATER_BEKEND: "later bekend geworden",
    Feitsoort.GECORRIGEERD: "later gecorrigeerd",
    Feitsoort.INGETROKKEN: "later ingetrokken",
    Feitsoort.HERSTELD: "later hersteld",
    Feitsoort.LATERE_DAG: "gaat over een latere dag",
}
WIJZIGING: Final[Mapping[Wijziging, str]] = {
    Wijziging.NIEUW: "nieuw",
    Wijziging.VERVALLEN: "vervallen",
    Wijziging.GEWIJZIGD: "gewijzigd",
}


def difference_lines(found: Verschil) -> Iterator[str]:
    """Everything that differs, in paragraphs with a heading."""
    for heading, lines in (
        ("Feiten", [line for one in found.feiten for line in fact_lines(one)]),
        ("Beslissingen die anders uitvallen", list(_decisions(found.besluiten))),
        ("Beslissingen die met wat nu bekend is anders zouden zijn", list(_reviews(found))),
        ("Regels", list(_rules(found))),
        ("Stand", [field_words(one) for one in found.stand]),
    ):
        if lines:
            yield heading
            yield from (f"  {line}" for line in lines)
            yield ""
    if found.gelijk:
        yield "Er is geen verschil."


def fact_lines(one: Feitverschil) -> Iterator[str]:
    """A fact that differs: which, since when, and what changed it."""
    line = one.feit
    yield f"{line_words(line)}: {FEITEN[one.soort]}"
    if not line.uitkomst.erkend:
        yield f"    {outcome_words(line)}"
    values = pairs_words(told(line.feit))
    if values:
        yield f"    {values}"
    yield f"    vastgelegd {moment_words(line.geregistreerd_op)} (positie {line.bekend_op})"
    if one.door is not None:
        by = one.door
        moment = f"{moment_words(by.geregistreerd_op)} (positie {by.bekend_op})"
        yield f"    {event_words(by.gebeurtenis).lower()} {moment}: {pairs_words(told(by.feit))}"


def line_words(line: SpoorRegel) -> str:
    """What a line of the trail is about, in a few words."""
    return f"{event_words(line.gebeurtenis)} van {day_words(line.geldig_op)}"


def field_words(one: Veldverschil) -> str:
    """A field of the balance: what it was, and what it is."""
    name = one.veld.removesuffix("_eur").replace("_", " ")
    money = " in geld" if one.veld.endswith("_eur") else ""
    return f"{name}{money}: {_shown(one.een)} → {_shown(one.ander)}"


def outcome_words(decision: Beslissing | SpoorRegel | None) -> str:
    """The outcome with the rules and grounds that carried it."""
    if decision is None:
        return "niet vastgelegd"
    spoke: list[str]
    if isinstance(decision, Beslissing):
        spoke = [*decision.regels, *decision.signalen]
    else:
        spoke = [v.regel for v in decision.verdicts]
    reasons = [*dict.fromkeys(spoke), *(GRONDEN.get(g, g) for g in decision.gronden)]
    carried = f" ({', '.join(reasons)})" if reasons else ""
    return f"{UITKOMST[decision.uitkomst]}{carried}"


def _decisions(found: tuple[Besluitverschil, ...]) -> Iterator[str]:
    for one in found:
        line = one.een or one.ander
        assert line is not None
        yield f"{line_words(line)} (positie {line.bekend_op})"
        yield f"    was: {outcome_words(one.een)}"
        yield f"    zou zijn: {outcome_words(one.ander)}"


def _reviews(found: Verschil) -> Iterator[str]:
    for one in found.te_herzien:
        yield from review_lines(one)


def review_lines(one: Heroverweging) -> Iterator[str]:
    """A decision with the answer it had, and the one it would have."""
    yield f"{event_words(one.gebeurtenis)} van {day_words(one.datum)} ({one.beslissing})"
    yield f"    was: {outcome_words(one.toen)}"
    yield f"    zou nu zijn: {outcome_words(one.nu)}"


def _rules(found: Verschil) -> Iterator[str]:
    if found.een.regeling != found.ander.regeling:
        yield f"regeling: {found.een.regeling or 'geen'} → {found.ander.regeling or 'geen'}"
    if found.regels is not None:
        for rule in found.regels.regels:
            said = rule.ander or rule.een
            sentence = "" if said is None else f": {said.zin}"
            yield f"{rule.regel} {WIJZIGING[rule.wijziging]}{sentence}"
            if rule.een is not None and rule.ander is not None:
                yield from dict.fromkeys(f"    {one}" for one in _changed(rule.een, rule.ander))
        for product in found.regels.producten:
            yield f"product {product.product} {WIJZIGING[product.wijziging]}"
    for one in found.lezingen:
        yield f"lezing {one.optie}: {value_words(one.een)} → {value_words(one.ander)}"


def _changed(one: Regel, other: Regel) -> Iterator[str]:
    """What a rule says otherwise: its sentence, its weight, and its numbers."""
    if one.zin != other.zin:
        yield f"was: {one.zin}"
    if one.ernst is not other.ernst:
        yield f"ernst: {value_words(one.ernst)} → {value_words(other.ernst)}"
    if [type(a.soort) for a in one.toepassingen] != [type(b.soort) for b in other.toepassingen]:
        yield "wordt anders toegepast"
        return
    for before, after in zip(one.toepassingen, other.toepassingen, strict=True):
        for name in (a.name for a in attrs.fields(type(before.soort))):  # type: ignore[arg-type]
            was, now = getattr(before.soort, name), getattr(after.soort, name)
            if was != now:
                words = name.replace("_", " ")
                is_plain = isinstance(was, PLAIN) and isinstance(now, PLAIN)
                told = f": {_number(was)} → {_number(now)}" if is_plain else " anders"
                yield f"{words}{told}"


PLAIN: Final = (bool, int, Decimal, str, date, tuple, Bedrag, Termijn, type(None))
"""What a parameter is that can be told in a word."""


def _number(value: object) -> str:
    return term(value) if isinstance(value, Termijn) else value_words(value)


def _shown(value: object) -> str:
    if isinstance(value, Mapping) and not value:
        return "niets"
    return "geen" if value is None else value_words(value)
