"""The two clocks of a question on the command line, and saying which ones were used."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import Any, Final, TypeVar

import click

from rekenschap.application import Incorrect, Rekenschap
from rekenschap.domain.andere_regels import VAN_TOEN
from rekenschap.infrastructure.cli.dutch import allowed_words, incorrect_words
from rekenschap.infrastructure.words import day_words, moment_words

F = TypeVar("F", bound=Callable[..., Any])
Bekend = int | date | datetime
LONGEST_POSITION: Final = 16
MENDS: Final = {
    "toewijzing": "Deze toewijzing is hier nooit gemeld. Let op de schrijfwijze, of vraag met "
    "--jeugdige welke er zijn.",
    "jeugdige": "Deze jeugdige is hier niet bekend. Gebruik het kenmerk waaronder de jeugdige is "
    "vastgelegd.",
    "bekend_op": "Zo ver is het grootboek nog niet. Geef een eerdere positie: nodig is {}.",
    "aanbieder": "Een aanbieder heet hier zoals hij in de toewijzing staat.",
    "verder": "Geef bij --verder wat onder de vorige bladzijde stond.",
}
"""For each thing that can be asked wrongly: what is the matter and how to mend it."""


def read_day(text: str) -> date:
    """An Amsterdam day, as 2026-09-30. Raises BadParameter."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is geen dag; schrijf hem als 2026-09-30") from error


def read_known(text: str) -> Bekend:
    """A position, a day or a moment: all that was known up to then. Raises BadParameter."""
    if text.isdecimal() and len(text) < LONGEST_POSITION:
        return int(text)
    for read in (date.fromisoformat, datetime.fromisoformat):
        with suppress(ValueError):
            return read(text)
    allowed = "een positie (351), een dag (2026-09-30) of een moment (2026-09-30T17:30)"
    raise click.BadParameter(f"{text!r} past hier niet; nodig is {allowed}")


KNOWN: Final = click.option(
    "--bekend-op",
    type=read_known,
    metavar="POSITIE|DAG|MOMENT",
    help="As known then; a day is up to its end. Default: now.",
)
_OPTIONS: Final = (
    click.option("--toewijzing", "-t", metavar="T", help="The allocation it is about."),
    click.option("--jeugdige", "-j", metavar="J", help="Or the youth, by your own id."),
    click.option(
        "--geldig-op",
        type=read_day,
        metavar="DAG",
        help="The valid day: what holds on it (stand), or is about days up to it (spoor).",
    ),
    KNOWN,
)


def question_options(command: F) -> F:
    """Whom a question is about, and the two clocks."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def one_subject(toewijzing: str | None, jeugdige: str | None) -> None:
    """Raises UsageError unless exactly one is named."""
    if (toewijzing is None) is (jeugdige is None):
        raise click.UsageError(
            "Noem een toewijzing (--toewijzing T) of een jeugdige (--jeugdige J), niet allebei."
        )


@contextmanager
def asking() -> Iterator[None]:
    """Raises UsageError, with the mend, for a question about something that is not there."""
    try:
        yield
    except Incorrect as error:
        if error.field not in MENDS:
            raise
        if error.field == "bekend_op" and not isinstance(error.value, int):
            raise click.UsageError(f"Dit kan niet: {incorrect_words(error)}.") from error
        told = MENDS[error.field].format(allowed_words(error.allowed))
        raise click.UsageError(told) from error


def clocks_lines(
    rekenschap: Rekenschap, position: int, day: date | None, *, volgens: object = None
) -> list[str]:
    """Which clocks an answer used."""
    valid = "alle dagen" if day is None else day_words(day)
    known = "nog niets"
    if position:
        recorded = next(rekenschap.lees(position - 1, limiet=1)).geregistreerd_op
        known = f"tot en met positie {position}, vastgelegd {moment_words(recorded)}"
    assumed = rules_words(volgens)
    return [f"Geldig op: {valid}", f"Bekend:    {known}", f"Regels:    {assumed}"]


def rules_words(assumed: object) -> str:
    """The rules an answer used, in words."""
    first, *changes = (VAN_TOEN if assumed is None else str(assumed)).split(", ")
    named = "die van de beslissingen zelf" if first == VAN_TOEN else first
    changes = [one if one.startswith("zonder ") else f"met {one}" for one in changes]
    return ", ".join([named, *changes])
