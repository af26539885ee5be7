"""Plays the caseload and the story in one grootboek, day by day, through the front door."""

import os
from collections.abc import Callable
from datetime import datetime
from typing import Final

from rekenschap.application import (
    Antwoord,
    Incorrect,
    Rekenschap,
    ToewijzingStand,
)
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.demo.caseload import caseload
from rekenschap.infrastructure.demo.figures import Demo, Telling, Verhaal
from rekenschap.infrastructure.demo.story import JEUGDIGE, PEILDAG, TOEWIJZING, VERLENGING, story
from rekenschap.infrastructure.demo.why import differences
from rekenschap.infrastructure.open import open_grootboek
from rekenschap.infrastructure.sources import titles

GROOTBOEK: Final = "demo"
Progress = Callable[[int, int], None]
"""Told how many days are done, and how many there are."""


def play_demo(
    url: str,
    *,
    seed: int,
    youths: int,
    sleutel: str | os.PathLike[str] | None = None,
    progress: Progress = lambda done, total: None,
) -> Demo:
    """Play ``youths`` youths (the one of the story among them) over two years.

    Raises Incorrect when the grootboek holds something already: the demo wants a fresh one.
    """
    days = list(caseload(seed, youths - 1, story()))
    clock = FixedClock(days[0][0])
    with open_grootboek(url, grootboek=GROOTBOEK, sleutel=sleutel, clock=clock) as rekenschap:
        if _in_use(rekenschap):
            allowed = "a database without a grootboek of that name: give another --database"
            raise Incorrect("grootboek", GROOTBOEK, allowed)
        count, refusal = Telling(), None
        for done, (moment, commands) in enumerate(days, start=1):
            clock.set(moment)
            for command, answer in zip(commands, rekenschap.execute_batch(commands), strict=True):
                count.add(command, answer)
                refusal = answer if command.referentie == VERLENGING else refusal
            progress(done, len(days))
        assert refusal is not None
        return Demo(
            cijfers=count.total(rekenschap.positie),
            verhaal=_told(rekenschap, refusal),
            zinnen={rule.id: rule.zin for rule in rekenschap.regels(op=PEILDAG)},
            titels=titles(rekenschap),
        )


def _in_use(rekenschap: Rekenschap) -> bool:
    """Whether a regeling other than the house rules was introduced: then somebody was here."""
    return any(True for _ in rekenschap.lees(1, limiet=1))


def _told(rekenschap: Rekenschap, refusal: Antwoord) -> Verhaal:
    then = _known(rekenschap.stand(toewijzing=TOEWIJZING, geldig_op=PEILDAG, bekend_op=PEILDAG))
    now = _known(rekenschap.stand(toewijzing=TOEWIJZING, geldig_op=PEILDAG))
    return Verhaal(
        toen=then,
        nu=now,
        toen_op=recorded_at(rekenschap, then.bekend_op),
        nu_op=recorded_at(rekenschap, now.bekend_op),
        verschillen=differences(rekenschap, TOEWIJZING, PEILDAG, then.bekend_op),
        weigering=refusal,
        heroverwogen=rekenschap.heroverweeg(refusal.beslissing),
        bezwaar=rekenschap.bezwaren(jeugdige=JEUGDIGE)[-1],
    )


def recorded_at(rekenschap: Rekenschap, position: int) -> datetime:
    """When a position was recorded."""
    return next(rekenschap.lees(position - 1, limiet=1)).geregistreerd_op


def _known(found: ToewijzingStand | None) -> ToewijzingStand:
    assert found is not None
    return found
