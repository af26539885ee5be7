"""Play one scenario against a throw-away grootboek, through the front door only."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final

from attrs import frozen

from rekenschap.application import Incorrect
from rekenschap.application.answers import Oordeelsvorming
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.open import open_grootboek
from rekenschap.infrastructure.scenario.commands import PEILDATUM, command_of
from rekenschap.infrastructure.scenario.errors import ScenarioFout
from rekenschap.infrastructure.scenario.model import Scenario, Stap
from rekenschap.infrastructure.scenario.preparation import announcements, preparation
from rekenschap.infrastructure.scenario.questions import balances, open_signals, plain, same
from rekenschap.infrastructure.scenario.vocabulary import vocabulary
from rekenschap.infrastructure.store.keys import KEY_SIZE

IN_MEMORY: Final = "sqlite://"
BEFORE: Final = timedelta(minutes=1)


@frozen
class GespeeldeStap:
    """A step, what the ledger answered, and what is wrong with that, in words."""

    stap: Stap
    antwoord: Oordeelsvorming
    afwijkingen: tuple[str, ...]


@frozen
class Verslag:
    """A scenario as it was played."""

    scenario: Scenario
    stappen: tuple[GespeeldeStap, ...]
    eind: Mapping[str, Mapping[str, Any]]
    afwijkingen: tuple[str, ...]
    """What is wrong with the balances at the end."""

    @property
    def geslaagd(self) -> bool | None:
        """Whether every expectation holds; None where nothing is expected."""
        if not self.scenario.verwacht_iets:
            return None
        return not self.afwijkingen and not any(step.afwijkingen for step in self.stappen)


def play(scenario: Scenario, database: str = IN_MEMORY) -> Verslag:
    """Play a scenario in a grootboek of its own.

    Raises ScenarioFout when a step asks what the ledger cannot take: nothing is left out silently.
    """
    clock = FixedClock(scenario.stappen[0].moment - BEFORE)
    commands = {s.nr: command_of(scenario, s) for s in scenario.stappen if not _asks(s)}
    with open_grootboek(
        database,
        grootboek=f"scenario-{secrets.token_hex(8)}",
        sleutel=secrets.token_bytes(KEY_SIZE),
        clock=clock,
    ) as rekenschap:
        for place, command in preparation(scenario):
            with _placed(scenario, place):
                answer = rekenschap.execute(command)
            _recorded(scenario, place, answer)
        played: list[GespeeldeStap] = []
        for step in scenario.stappen:
            clock.set(step.moment)
            for place, command in announcements(scenario, step):
                with _placed(scenario, place):
                    _recorded(scenario, place, rekenschap.execute(command))
            with _placed(scenario, step.plaats):
                said = (
                    open_signals(rekenschap, scenario, step)
                    if _asks(step)
                    else rekenschap.execute(commands[step.nr])
                )
            played.append(GespeeldeStap(step, said, _differences(scenario, step, said)))
        end = balances(rekenschap, scenario)
    return Verslag(scenario, tuple(played), end, _end_differences(scenario, end))


def _asks(step: Stap) -> bool:
    return step.gebeurtenis == PEILDATUM


@contextmanager
def _placed(scenario: Scenario, place: str) -> Iterator[None]:
    """What the ledger cannot take is an error of the file, at this place."""
    try:
        yield
    except ScenarioFout:
        raise
    except Incorrect as error:
        raise ScenarioFout(
            scenario.bestand,
            f"het grootboek neemt dit niet aan ({error})",
            scenario=scenario.id,
            key=f"{place}, {error.field}",
        ) from error


def _recorded(scenario: Scenario, place: str, answer: Oordeelsvorming) -> None:
    """What is given must be recorded: the rest of the case rests on it."""
    if not answer.uitkomst.erkend:
        grounds = ", ".join((*answer.regels, *answer.gronden))
        problem = f"dit gegeven is niet vastgelegd: {answer.uitkomst} ({grounds})"
        raise ScenarioFout(scenario.bestand, problem, scenario=scenario.id, key=place)


def _differences(scenario: Scenario, step: Stap, answer: Oordeelsvorming) -> tuple[str, ...]:
    if not scenario.verwacht_iets:
        return ()
    if step.verwacht is None:
        if answer.uitkomst.erkend:
            return ()
        return (f"verwacht: vastgelegd (geen verwacht genoemd); gekregen: {_said(answer)}",)
    found = []
    if answer.uitkomst is not step.verwacht.uitkomst:
        found.append(f"verwacht: {step.verwacht.uitkomst}; gekregen: {_said(answer)}")
    missing = [r for r in step.verwacht.regels if r not in {*answer.regels, *answer.signalen}]
    if missing:
        found.append(f"verwachte regels die niet spraken: {', '.join(missing)}")
    return tuple(found)


def _said(answer: Oordeelsvorming) -> str:
    grounds = dict.fromkeys((*answer.regels, *answer.signalen, *answer.gronden))
    return f"{answer.uitkomst} ({', '.join(grounds)})" if grounds else str(answer.uitkomst)


def _end_differences(scenario: Scenario, end: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    found = []
    fields = vocabulary().eind
    for name, wanted in scenario.eind.items():
        if name not in end:
            found.append(f"eind, {name}: verwacht een stand; deze toewijzing is niet vastgelegd")
            continue
        for key, value in wanted.items():
            hoped, got = plain(fields[key], value), end[name][key]
            if not same(fields[key], hoped, got):
                found.append(f"eind, {name}, {key}: verwacht: {hoped}; gekregen: {got}")
    return tuple(found)
