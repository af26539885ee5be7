"""From a step to the command it stands for."""

from collections.abc import Mapping, Set
from functools import cache
from typing import Any, Final

import attrs

from rekenschap.application import commands
from rekenschap.application.commands import Actor, Command
from rekenschap.domain.kenmerken import SoortKenmerk
from rekenschap.domain.vocabulary import Rol
from rekenschap.infrastructure.regelingen import packaged_text, read_regeling
from rekenschap.infrastructure.scenario.defaults import step_written_out
from rekenschap.infrastructure.scenario.errors import ScenarioFout
from rekenschap.infrastructure.scenario.model import Scenario, Stap
from rekenschap.infrastructure.scenario.vocabulary import vocabulary

ACTOR: Final = Actor(id="scenario", rol=Rol.SCENARIO)
PEILDATUM: Final = "PeildatumBereikt"
"""The one event that is a question and no command."""


@cache
def command_classes() -> Mapping[str, type[Command]]:
    """Every command by the name of the event it asks to record."""
    named = (getattr(commands, name) for name in commands.__all__)
    return {
        cls.feit.__name__: cls
        for cls in named
        if isinstance(cls, type) and issubclass(cls, Command) and hasattr(cls, "feit")
    }


def command_id(scenario: Scenario, name: str | int) -> str:
    """An id of our own making, one per scenario and step."""
    return f"{scenario.id[:48]}.{name}"


def command_of(scenario: Scenario, step: Stap) -> Command:
    """The command of a step, its defaults written out.

    Raises ScenarioFout when the event has no command, or a field it needs is not named.
    """
    cls = command_classes().get(step.gebeurtenis)
    if cls is None:
        raise ScenarioFout(
            scenario.bestand,
            f"de gebeurtenis {step.gebeurtenis} kan het grootboek nog niet vastleggen",
            scenario=scenario.id,
            key=f"{step.plaats}, gebeurtenis",
        )
    fields = vocabulary().gebeurtenissen[step.gebeurtenis]
    values = _in_one_word(step_written_out(scenario, step, fields), codes(scenario.regeling))
    if step.referentie is not None:
        values["referentie"] = step.referentie
    values["datum"] = step.datum
    return made(cls, values, scenario, step.plaats, command_id(scenario, step.nr))


@cache
def codes(regulation: str) -> frozenset[str]:
    """The kenmerken of a regeling that are codes, which are written without spaces."""
    declared = read_regeling(packaged_text(regulation)).kenmerken.kenmerken
    return frozenset(n for n, one in declared.items() if one.soort is SoortKenmerk.CODE)


def _in_one_word(values: Mapping[str, Any], names: Set[str]) -> dict[str, Any]:
    """The values with every code in one word, also in what a correction puts in their place."""
    found = dict(values)
    for name, value in values.items():
        if isinstance(value, Mapping):
            found[name] = _in_one_word(value, names)
        elif name in names and isinstance(value, str):
            found[name] = value.replace(" ", "-")
    return found


def made(
    cls: type[Command], values: Mapping[str, Any], scenario: Scenario, place: str, name: str
) -> Command:
    """A command out of fields by name: its own attributes, and the rest as kenmerken."""
    own = {a.name: a for a in attrs.fields(cls)}
    core = {key: value for key, value in values.items() if key in own}
    rest = {key: value for key, value in values.items() if key not in own}
    missing = [
        key
        for key, attribute in own.items()
        if attribute.default is attrs.NOTHING
        and key not in core
        and key not in ("command_id", "actor")
    ]
    if missing:
        raise ScenarioFout(
            scenario.bestand,
            "deze sleutel is hier nodig en ontbreekt",
            scenario=scenario.id,
            key=f"{place}, {missing[0]}",
        )
    if rest:
        core["vastgesteld"] = rest
    return cls(command_id=name, actor=ACTOR, **core)
