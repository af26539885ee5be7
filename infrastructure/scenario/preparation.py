"""What holds before the first step, as the commands that record it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from rekenschap.application.commands import (
    Command,
    KiesOptie,
    KondigToewijzingAan,
    LegGezinVast,
    LegJeugdigeVast,
    LegOvereenkomstVast,
    NeemBeginstandOver,
    StelTariefVast,
    VoerRegelingIn,
)
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.values import FIRST_DAY
from rekenschap.infrastructure.scenario.commands import ACTOR, command_id, made
from rekenschap.infrastructure.scenario.defaults import written_out
from rekenschap.infrastructure.scenario.model import Scenario, Stap
from rekenschap.infrastructure.scenario.vocabulary import vocabulary

INTRODUCES: Final = "ToewijzingAfgegeven"
MAY_BE_EARLY: Final = ("ZorgGestart", "BerichtVerzonden")
"""What may happen before the allocation it is about is given."""
Prepared = Iterator[tuple[str, Command]]
"""Commands, each with the place in the file it comes from."""


def preparation(scenario: Scenario) -> Prepared:
    """The regeling, the options, and every fact that is given, in an order that holds."""
    introduced = VoerRegelingIn(
        command_id=command_id(scenario, "regeling"),
        actor=ACTOR,
        datum=amsterdam_day(scenario.stappen[0].moment),
        tekst=scenario.regeling,
    )
    yield "regeling", introduced
    yield from _options(scenario)
    yield from _facts(scenario, "tarieven", StelTariefVast, {})
    yield from _facts(scenario, "jeugdigen", LegJeugdigeVast, {"id": "jeugdige"})
    yield from _families(scenario)
    yield from _facts(scenario, "aanbieders", LegOvereenkomstVast, {"id": "aanbieder"})
    yield from _facts(scenario, "toewijzingen", NeemBeginstandOver, {})


def announcements(scenario: Scenario, step: Stap) -> Prepared:
    """The allocation a step is about, announced when something happens before it is given.

    Whose it will be, the step says that introduces it.
    """
    name = step.velden.get("toewijzing")
    taken_over = [one["toewijzing"] for one in scenario.gegeven.get("toewijzingen", ())]
    about = [one for one in scenario.stappen if one.velden.get("toewijzing") == name]
    introduced = next((one for one in about if one.gebeurtenis == INTRODUCES), None)
    if name is None or name in taken_over or introduced is None:
        return
    if step is about[0] and step is not introduced and step.gebeurtenis in MAY_BE_EARLY:
        yield (
            step.plaats,
            KondigToewijzingAan(
                command_id=command_id(scenario, f"aangekondigd.{step.nr}"),
                actor=ACTOR,
                datum=step.datum,
                toewijzing=name,
                jeugdige=introduced.velden["jeugdige"],
            ),
        )


def _options(scenario: Scenario) -> Prepared:
    for number, (name, value) in enumerate(scenario.opties.items(), start=1):
        yield (
            f"opties, {name}",
            KiesOptie(
                command_id=command_id(scenario, f"optie.{number}"),
                actor=ACTOR,
                datum=FIRST_DAY,
                regeling=scenario.regeling,
                optie=name,
                waarde=value,
            ),
        )


def _facts(
    scenario: Scenario, group: str, cls: type[Command], renamed: Mapping[str, str]
) -> Prepared:
    fields = vocabulary().gegeven[group]
    for number, one in enumerate(scenario.gegeven.get(group, ()), start=1):
        values = {renamed.get(k, k): v for k, v in written_out(one, fields).items()}
        values["datum"] = _day_of(values)
        place = f"gegeven, {group}, nr. {number}"
        name = command_id(scenario, f"{group}.{number}")
        yield place, made(cls, values, scenario, place, name)


def _day_of(values: Mapping[str, Any]) -> date:
    """The day of a given decision; what has no day held from the beginning."""
    day = values.get("datum") or values.get("ingangsdatum") or FIRST_DAY
    return day if isinstance(day, date) else FIRST_DAY


def _families(scenario: Scenario) -> Prepared:
    members: dict[str, list[str]] = {}
    for youth in scenario.gegeven.get("jeugdigen", ()):
        if youth.get("gezin") is not None:
            members.setdefault(youth["gezin"], []).append(youth["id"])
    for number, (family, youths) in enumerate(members.items(), start=1):
        yield (
            "gegeven, jeugdigen, gezin",
            LegGezinVast(
                command_id=command_id(scenario, f"gezin.{number}"),
                actor=ACTOR,
                datum=FIRST_DAY,
                gezin=family,
                leden=youths,
            ),
        )
