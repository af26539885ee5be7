"""What was played, for machines (one line of JSON per scenario) and for people (a table)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from rich.text import Text

from rekenschap.application.answers import GRONDEN, Oordeelsvorming, Verdict
from rekenschap.domain.quantities import canonical
from rekenschap.infrastructure.scenario.runner import GespeeldeStap, Verslag

MARKS = {True: ("✓", "green"), False: ("✗", "bold red"), None: ("-", "dim")}


def as_json(report: Verslag) -> str:
    """One scenario on one line."""
    return dumps(
        {
            "id": report.scenario.id,
            "geslaagd": report.geslaagd,
            "stappen": [_step(step) for step in report.stappen],
            "eind": report.eind,
        }
    )


def _step(played: GespeeldeStap) -> dict[str, Any]:
    answer = played.antwoord
    return {
        "nr": played.stap.nr,
        "gebeurtenis": played.stap.gebeurtenis,
        "uitkomst": str(answer.uitkomst),
        "regels": [str(rule) for rule in answer.regels],
        "signalen": [str(rule) for rule in answer.signalen],
    }


def dumps(value: Any) -> str:
    """JSON in which a decimal is the number it is, and never a float."""
    match value:
        case Mapping():
            pairs = (f"{json.dumps(str(key))}: {dumps(inner)}" for key, inner in value.items())
            return "{" + ", ".join(pairs) + "}"
        case list() | tuple():
            return "[" + ", ".join(dumps(inner) for inner in value) + "]"
        case Decimal():
            return canonical(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


def as_lines(report: Verslag, *, verbose: bool = False) -> Iterator[Text]:
    """One scenario for people: its line, what went wrong, and the rules that spoke."""
    mark, style = MARKS[report.geslaagd]
    yield Text.assemble((mark, style), f" {report.scenario.id}  {report.scenario.titel}")
    for step in report.stappen:
        if verbose or step.afwijkingen or step.antwoord.verdicts:
            yield from _step_lines(step, full=verbose or bool(step.afwijkingen))
    for difference in report.afwijkingen:
        yield Text(f"    {difference}", style="red")


def _step_lines(played: GespeeldeStap, *, full: bool) -> Iterator[Text]:
    step, answer = played.stap, played.antwoord
    yield Text(f"    stap {step.nr} {step.gebeurtenis} {step.datum}: {answer.uitkomst}")
    for difference in played.afwijkingen:
        yield Text(f"        {difference}", style="red")
    for verdict in answer.verdicts:
        yield from _verdict_lines(verdict, full=full)
    if full:
        yield from _silence(answer)


def _verdict_lines(verdict: Verdict, *, full: bool) -> Iterator[Text]:
    places = "; ".join(f"{source.document}, {source.plaats}" for source in verdict.bronnen)
    if not full:
        yield Text(f"        {verdict.regel}  {places}", style="dim")
        return
    yield Text(f"        {verdict.regel} ({verdict.ernst}): {verdict.zin}")
    if verdict.vergeleken:
        values = ", ".join(f"{name} = {words(v)}" for name, v in verdict.vergeleken.items())
        yield Text(f"            vergeleken: {values}")
    for source in verdict.bronnen:
        place = f"            bron: {source.document}, {source.plaats}: “{source.citaat}”"
        yield Text(place, style="dim")


def _silence(answer: Oordeelsvorming) -> Iterator[Text]:
    for ground in answer.gronden:
        yield Text(f"        grond: {GRONDEN.get(ground, ground)}")
    if answer.niet_getoetst:
        silent = ", ".join(f"{rule} (geen {name})" for rule, name in answer.niet_getoetst)
        yield Text(f"        niet getoetst: {silent}", style="dim")


def words(value: Any) -> str:
    """A compared value in Dutch."""
    match value:
        case bool():
            return "ja" if value else "nee"
        case None:
            return "geen"
        case Decimal():
            return canonical(value)
        case datetime():
            return value.isoformat(" ", "minutes")
        case date() | time():
            return value.isoformat()
        case tuple() | list():
            return ", ".join(words(one) for one in value) or "geen"
        case _:
            return str(value)


def closing_line(reports: Sequence[Verslag], *, skipped: int, unplayable: int) -> str:
    """How it went, in one line."""
    passed = sum(report.geslaagd is True for report in reports)
    failed = sum(report.geslaagd is False for report in reports)
    said = [f"{len(reports)} gespeeld", f"{passed} geslaagd", f"{failed} mislukt"]
    if neutral := len(reports) - passed - failed:
        said.append(f"{neutral} zonder verwachting")
    if unplayable:
        said.append(f"{unplayable} niet te spelen")
    if skipped:
        said.append(f"{skipped} overgeslagen")
    return ", ".join(said)
