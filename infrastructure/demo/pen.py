"""Writes down what happens to one youth: commands, each on the day it is recorded."""

from datetime import date, timedelta
from typing import Any, Final

from attrs import fields, frozen

from rekenschap.application import Actor, Command, Rol

FIRST_DAY: Final = date(2025, 1, 1)
LAST_DAY: Final = date(2026, 12, 31)

TOEGANG: Final = Actor("j.jansen@toegang.example", Rol.TOEGANG)
GEMEENTE: Final = Actor("m.devries@gemeente.example", Rol.GEMEENTE)


def planner(aanbieder: str) -> Actor:
    """Who registers for a provider."""
    return Actor(f"planning@{aanbieder.lower()}.example", Rol.AANBIEDER)


def workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def days(count: int) -> timedelta:
    """So many days."""
    return timedelta(days=count)


@frozen
class Genoteerd:
    """A command and the day it is recorded."""

    dag: date
    command: Command


class Pen:
    """Keeps what is written for one youth, in order, with ids of its own."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.regels: list[Genoteerd] = []

    def note(self, cls: type[Command], by: Actor, day: date, known: date, **told: Any) -> None:
        """What happened on ``day`` and was recorded on ``known``; what falls outside is dropped.

        What is no field of the command is a kenmerk.
        """
        if not (day <= known <= LAST_DAY and known >= FIRST_DAY):
            return
        own = {a.name for a in fields(cls)}
        core = {name: value for name, value in told.items() if name in own}
        rest = {name: value for name, value in told.items() if name not in own}
        if rest:
            core["vastgesteld"] = rest
        name = f"{self.prefix}-{len(self.regels) + 1}"
        self.regels.append(Genoteerd(known, cls(command_id=name, actor=by, datum=day, **core)))

    def name(self, kind: str) -> str:
        """A fresh name of an allocation, referral or step."""
        return f"{kind}-{self.prefix}-{len(self.regels) + 1}"
