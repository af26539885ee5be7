"""Why a balance of one day is not what it was: which facts came later, or were set right."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from rekenschap.application import Rekenschap, SpoorRegel
from rekenschap.domain.facts import (
    Feit,
    GegevenGecorrigeerd,
    GegevenIngetrokken,
    InzetGeregistreerd,
    TenLasteGebracht,
)
from rekenschap.infrastructure.demo.figures import Verschil
from rekenschap.infrastructure.words import number

NOTHING = Decimal(0)


def differences(
    rekenschap: Rekenschap, toewijzing: str, day: date, since: int
) -> tuple[Verschil, ...]:
    """What was recorded after position ``since`` and changed the use up to ``day``."""
    lines = {line.bekend_op: line for line in whole_trail(rekenschap, toewijzing)}
    found = []
    for position, line in lines.items():
        if position > since and line.uitkomst.erkend:
            about, what, effect = _effect(line, lines)
            if effect and about <= day:
                found.append(
                    Verschil(
                        geregistreerd_op=line.geregistreerd_op,
                        bekend_op=position,
                        geldig_op=about,
                        wat=what,
                        gevolg=effect,
                    )
                )
    return tuple(found)


def whole_trail(rekenschap: Rekenschap, toewijzing: str) -> Iterator[SpoorRegel]:
    """Every line of the audit trail, page after page."""
    further = None
    while True:
        page = rekenschap.spoor(toewijzing=toewijzing, verder=further)
        yield from page.regels
        further = page.verder
        if further is None:
            return


def _effect(line: SpoorRegel, lines: Mapping[int, SpoorRegel]) -> tuple[date, str, Decimal]:
    """The day it is about, in words what it was, and what it did to the use."""
    match line.feit:
        case InzetGeregistreerd() as fact:
            weeks = (line.geregistreerd_op.date() - fact.datum).days // 7
            what = f"inzet ({fact.soort}), pas na {weeks} weken vastgelegd"
            return fact.datum, what, fact.aantal
        case TenLasteGebracht() as claim if claim.betreft in lines:
            return claim.datum, "no-show gedeclareerd", _size(lines[claim.betreft].feit)
        case GegevenGecorrigeerd() as step if step.betreft in lines:
            before = lines[step.betreft].feit
            old, new = _size(before), _size(step.nieuw)
            what = f"inzet gecorrigeerd ({_plain(step.reden)}): {number(old)} werd {number(new)}"
            return before.datum, what, new - old
        case GegevenIngetrokken() as step if step.betreft in lines:
            before = lines[step.betreft].feit
            name = "inzet" if isinstance(before, InzetGeregistreerd) else "no-show"
            what = f"{name} ingetrokken ({_plain(step.reden)})"
            return before.datum, what, -_size(before)
        case other:
            return other.datum, str(line.gebeurtenis), NOTHING


def _size(fact: Feit) -> Decimal:
    value = fact.lees("aantal")
    return value if isinstance(value, Decimal) else NOTHING


def _plain(code: str) -> str:
    return code.replace("_", " ")
