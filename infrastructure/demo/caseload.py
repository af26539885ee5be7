"""The caseload: from a seed to a stream of days, each with the commands recorded on it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Final

from rekenschap.application import Actor, Command, LegJeugdigeVast, Rol, VoerRegelingIn
from rekenschap.domain.calendar import AMSTERDAM
from rekenschap.infrastructure.demo.access import Access, Plan
from rekenschap.infrastructure.demo.care import Care
from rekenschap.infrastructure.demo.chance import Chance
from rekenschap.infrastructure.demo.mix import Mengsel, mix
from rekenschap.infrastructure.demo.pen import (
    FIRST_DAY,
    TOEGANG,
    Genoteerd,
    Pen,
    days,
    workday,
)

CLOSING_TIME: Final = time(17, 30)
GROUP_SIZE: Final = 3
ADMIN: Final = Actor("beheer@gemeente.example", Rol.BEHEERDER)


def caseload(
    seed: int, youths: int, story: tuple[Genoteerd, ...] = ()
) -> Iterator[tuple[datetime, list[Command]]]:
    """Day after day what is recorded: the story, if any, and ``youths`` others beside it."""
    per_day: dict[date, list[Command]] = defaultdict(list)
    for noted in (regulation(), *story, *lives(seed, range(1, youths + 1), mix())):
        per_day[noted.dag].append(noted.command)
    for day in sorted(per_day):
        yield datetime.combine(day, CLOSING_TIME, AMSTERDAM), per_day[day]


def regulation() -> Genoteerd:
    """The regeling, introduced before anything is asked."""
    introduced = VoerRegelingIn(
        command_id="regeling", actor=ADMIN, datum=FIRST_DAY, tekst=mix().regeling
    )
    return Genoteerd(FIRST_DAY, introduced)


def lives(seed: int, numbers: Iterable[int], mix: Mengsel) -> Iterator[Genoteerd]:
    """What happens to the youths with these numbers, one after another; groups among them."""
    groups: dict[str, list[tuple[Pen, Plan, Chance]]] = defaultdict(list)
    pens = []
    for number in numbers:
        chance = Chance(seed, number, odds=mix.kansen)
        pen = Pen(f"{number:04}")
        for plan in _life(pen, chance, mix):
            if plan.hulp.groep:
                groups[plan.aanbieder].append((pen, plan, chance))
        pens.append(pen)
    for members in groups.values():
        for place in range(0, len(members) - GROUP_SIZE + 1, 2 * GROUP_SIZE):
            _group(members[place : place + GROUP_SIZE])
    for pen in pens:
        yield from pen.regels


def _life(pen: Pen, chance: Chance, mix: Mengsel) -> Iterator[Plan]:
    """One youth: a referral, help, and sometimes a second kind of help."""
    youth = f"client-{chance.between(100_000, 999_999)}-{pen.prefix}"
    begins = workday(FIRST_DAY + days(chance.between(1, 480)))
    born = begins - days(chance.between(5 * 365, 17 * 365))
    pen.note(
        LegJeugdigeVast,
        TOEGANG,
        begins,
        begins,
        jeugdige=youth,
        geboortedatum=born,
        gezin=f"gezin-{chance.between(100_000, 999_999)}",
    )
    access = Access(pen, chance, mix, youth)
    troubled = chance.happens("lastige_komer")
    first = None
    for day in (begins, workday(begins + days(chance.between(60, 240)))):
        if first is not None and not chance.happens("tweede_hulp"):
            return
        hulp = chance.weighed(mix.hulp, [one.gewicht for one in mix.hulp])
        plan = access.help(hulp, day, chance.one_of(mix.aanbieders))
        alone = first is None or hulp.groep != first.groep
        first = hulp
        if plan is not None and alone:
            Care(pen, chance, plan, troubled=troubled).goes()
            yield plan


def _group(members: list[tuple[Pen, Plan, Chance]]) -> None:
    """Youths of one provider who are seen together on the days that all of them have help."""
    chance = members[0][2]
    first = max(plan.van for _, plan, _ in members) + days(20)
    last = min(plan.tot for _, plan, _ in members)
    day = workday(first)
    while day <= last:
        talk = f"groep-{members[0][0].prefix}-{day:%m%d}"
        total = chance.between(6, 9) * 15
        share = total // len(members)
        for pen, plan, own in members:
            asked = total if own.between(1, 20) == 1 else share
            care = Care(pen, own, plan, troubled=False)
            care.together(day, talk, len(members), total, asked)
        day = workday(day + days(21))
