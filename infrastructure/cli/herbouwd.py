"""What ``rekenschap rebuild`` shows while it works, and what it tells of what it found."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from rekenschap.application.herbouw import (
    Fase,
    Herbouw,
    Nagerekend,
    SoortTabelverschil,
    Tabelverschil,
    Voortgang,
)
from rekenschap.infrastructure.words import number

NOW_AND_THEN: Final = 10.0
"""Seconds between two lines where nobody watches a bar."""
_HOW: Final = {
    SoortTabelverschil.ONTBRAK: "ontbrak",
    SoortTabelverschil.TEVEEL: "stond er ten onrechte",
    SoortTabelverschil.ANDERS: "stond er anders",
}


@contextmanager
def followed() -> Iterator[Callable[[Voortgang], None]]:
    """A bar on a terminal, else a line on standard error now and then."""
    screen = Console(stderr=True)
    if not screen.is_terminal:
        yield _Lines()
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[speed]}"))
    text = TextColumn("{task.description}")
    with Progress(text, *columns, console=screen, transient=True) as progress:
        yield _Bar(progress)


class _Speed:
    """How fast a phase goes, since it began."""

    fase: Fase | None = None

    def entered(self, found: Voortgang) -> bool:
        """Whether another phase began."""
        if found.fase is self.fase:
            return False
        self.fase, self._began, self._first = found.fase, time.monotonic(), found.gedaan
        return True

    def told(self, found: Voortgang) -> str:
        seconds = time.monotonic() - self._began
        done = found.gedaan - self._first
        return f"{number(round(done / seconds))} per seconde" if done and seconds > 0 else ""


class _Bar:
    """One bar per phase."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._speed = _Speed()
        self._task: TaskID | None = None

    def __call__(self, found: Voortgang) -> None:
        if self._speed.entered(found):
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._task = self._progress.add_task(found.fase.value, speed="")
        assert self._task is not None
        total = max(found.totaal, found.gedaan)
        speed = self._speed.told(found)
        self._progress.update(self._task, total=total, completed=found.gedaan, speed=speed)


class _Lines:
    """A line when a phase begins, and every so many seconds."""

    def __init__(self) -> None:
        self._speed = _Speed()
        self._last = 0.0

    def __call__(self, found: Voortgang) -> None:
        now, entered = time.monotonic(), self._speed.entered(found)
        if not entered and now - self._last < NOW_AND_THEN:
            return
        self._last = now
        if found.fase is Fase.WISSELEN:
            click.echo(found.fase, err=True)
            return
        done = "" if entered and not found.gedaan else f"{number(found.gedaan)} van "
        counted = "vastleggingen" if found.fase is Fase.VOUWEN else "rijen"
        line = f"{found.fase}: {done}{number(found.totaal)} {counted}"
        click.echo(", ".join(filter(None, (line, self._speed.told(found)))), err=True)


def told(found: Herbouw) -> str:
    """What stood otherwise in the tables than the log has it, for people."""
    if found.gelijk:
        return "De standen kwamen overeen met het logboek."
    counts = (f"{name} {number(count)}" for name, count in sorted(found.verschillen.items()))
    upto = f"tot en met positie {number(found.vergeleken_tot)}"
    lines = [
        "De standen kwamen NIET overeen met het logboek; het logboek is gevolgd.",
        f"Rijen die anders waren: {', '.join(counts)} ({upto}). De eerste:",
    ]
    return "\n".join([*lines, *map(_row, found.eerste)])


def recounted(found: Nagerekend, grootboek: str, head: int) -> str:
    """What it gave to work the balances out anew, for people; the log goes on to ``head``."""
    day = found.geldig_op.isoformat()
    lines = [
        (
            f"De standen van {grootboek} op {day} zijn nagerekend uit {number(found.positie)} "
            f"vastleggingen: {number(found.toewijzingen)} toewijzingen."
        )
    ]
    if found.gelijk:
        lines.append("De tabellen zeggen hetzelfde als het logboek.")
    else:
        lines.append(
            f"De tabellen zeggen iets anders dan het logboek van {number(found.afwijkend)} "
            "toewijzingen (rekenschap rebuild maakt ze goed). De eerste:"
        )
    lines += map(_row, found.eerste)
    if found.positie < head:
        later = number(head - found.positie)
        lines.append(f"Er is later nog {later} keer vastgelegd: dat staat nog niet in de tabellen.")
    return "\n".join(lines)


def _row(one: Tabelverschil) -> str:
    key = ", ".join(f"{name} {value}" for name, value in one.sleutel)
    return f"  {one.tabel}: {_HOW[one.soort]} ({key})"
