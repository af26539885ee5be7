"""Every use case of the ledger: what goes before it, and what is then asked.

Each can be played any number of times on one grootboek: the ``n``-th time is about persons and
allocations of its own, with a history of the same shape.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs
from attrs import frozen
from tests.application.care import (
    AANBIEDER,
    DAY,
    GEMEENTE,
    effort,
    granted,
    introduced,
    made,
    no_show,
    referred,
    started,
    treated,
)
from tests.application.malformed_commands import RIGHT

from rekenschap.application import Rekenschap
from rekenschap.application import commands as c
from rekenschap.application.commands import Actor, Command

_NAMES = ("kind-1", "kind-2", "gezin-1", "T1", "T9", "V1", "B1", "A1", "G1", "R1", "F1", "start")
_WAITING = (c.VerleenGoedkeuring, c.WeigerGoedkeuring, c.TrekVerzoekIn)
_BY_GEMEENTE = (c.OverBezwaar, c.LegBekendmakingVast, c.WisGegevens)
_WITHOUT_ALLOCATION = (c.GeefToewijzingAf, c.OntvangVerwijzing)


@frozen
class UseCase:
    """``before`` is what happened; ``ask`` does it. ``records`` tells whether it may record."""

    name: str
    before: Callable[[int], Sequence[Command]]
    ask: Callable[[Rekenschap, int], Any]
    records: bool = True


def own(value: Any, n: int) -> Any:
    """The same value, with the names of the ``n``-th time."""
    if isinstance(value, str):
        return f"{value}-{n}" if value in _NAMES else value
    if isinstance(value, list):
        return [own(one, n) for one in value]
    return value


def command_of(cls: Any, n: int, **values: Any) -> Any:
    """A command of this class that is in order, about the ``n``-th case."""
    by_gemeente = cls.feit.aard != "contractueel" or issubclass(cls, _BY_GEMEENTE)
    actor = GEMEENTE if by_gemeente else AANBIEDER
    given = {name: own(value, n) for name, value in RIGHT[cls].items()}
    if issubclass(cls, c.OverBezwaar):
        given["bezwaar"] = f"bezwaar-{n}"
    if cls is c.LegBekendmakingVast:
        given["beslissing"] = f"afgifte-{n}"
    if cls is c.WisGegevens:
        given = {"grond": given["grond"], "jeugdige": f"kind-1-{n}"}
    if cls in _WAITING:
        given["betreft"] = f"nieuw-{n}"
    return cls(
        **{"command_id": f"{cls.__name__}-{n}", "actor": actor, "datum": DAY} | given | values
    )


def life(n: int) -> list[Command]:
    """An allocation that runs and is objected to, another that waits, and a question for advice."""
    told = {"variant": "NIEUW_ALTERNATIEF", "akkoord_gemeente": False}
    return [
        made(c.LegJeugdigeVast, jeugdige=f"kind-1-{n}", geboortedatum=date(2012, 5, 17)),
        referred(f"W-{n}", f"kind-1-{n}"),
        granted(f"T1-{n}", f"kind-1-{n}", referentie=f"afgifte-{n}"),
        started(f"T1-{n}", referentie=f"start-{n}"),
        made(c.DienBezwaarIn, beslissing=f"afgifte-{n}", referentie=f"bezwaar-{n}"),
        treated(f"N-{n}", f"W-{n}", f"kind-1-{n}", vastgesteld=told, referentie=f"nieuw-{n}"),
        made(c.VraagAdvies, advies=f"A1-{n}", verwijzer="huisarts", vorm="mondeling"),
    ]


def before(cls: Any) -> Callable[[int], Sequence[Command]]:
    """What went before a command of a class."""
    if cls in _WITHOUT_ALLOCATION:
        return lambda n: [
            made(c.LegJeugdigeVast, jeugdige=f"kind-1-{n}", geboortedatum=date(2012, 5, 17))
        ]
    if cls is c.VraagAdvies:
        return lambda n: life(n)[:4]
    return life


def _of_command(cls: Any) -> UseCase:
    return UseCase(cls.__name__, before(cls), lambda ledger, n: ledger.execute(command_of(cls, n)))


def batch(n: int) -> list[Command]:
    """Steps that lean on each other, one of them refused, one with two records."""
    name = {"command_id": f"batch-{n}-"}
    steps = [
        made(c.LegJeugdigeVast, jeugdige=f"kind-7-{n}", gezin=f"gezin-7-{n}"),
        granted(f"T7-{n}", f"kind-7-{n}"),
        started(f"T7-{n}"),
        effort(f"T7-{n}", aantal=Decimal(600)),
        effort(f"T7-{n}", aantal=Decimal(60_000)),
        no_show(f"T7-{n}"),
        made(c.VraagAdvies, advies=f"A7-{n}", verwijzer="huisarts", vorm="mondeling"),
    ]
    return [
        attrs.evolve(step, command_id=name["command_id"] + str(number))
        for number, step in enumerate(steps)
    ]


COMMANDS = tuple(_of_command(cls) for cls in RIGHT)
BATCH = UseCase("batch", life, lambda ledger, n: ledger.execute_batch(batch(n)))
TOETS = UseCase(
    "toets", life, lambda ledger, n: ledger.toets(command_of(c.RegistreerNoShow, n)), records=False
)
NEW_PERSON = UseCase(
    "toets of somebody new",
    lambda n: [],
    lambda ledger, n: ledger.toets(
        granted(f"T8-{n}", f"kind-8-{n}", actor=Actor(f"m-{n}", "gemeente"))
    ),
    records=False,
)


def _question(name: str, ask: Callable[[Rekenschap, int], Any]) -> UseCase:
    return UseCase(name, life, ask, records=False)


_MOMENT = datetime.fromisoformat("2025-06-02T09:00:00+00:00")
QUESTIONS = (
    _question("stand of an allocation", lambda it, n: it.stand(toewijzing=f"T1-{n}")),
    _question(
        "stand of a jeugdige", lambda it, n: it.stand(jeugdige=f"kind-1-{n}", bekend_op=_MOMENT)
    ),
    _question("spoor", lambda it, n: it.spoor(jeugdige=f"kind-1-{n}")),
    _question("toewijzingen", lambda it, n: it.toewijzingen(jeugdige=f"kind-1-{n}")),
    _question("uitleg", lambda it, n: it.uitleg(toewijzing=f"T1-{n}")),
    _question("werklijst", lambda it, n: list(it.werklijst(DAY, jeugdige=f"kind-1-{n}"))),
    _question("signalen", lambda it, n: it.signalen(DAY, toewijzing=f"T1-{n}")),
    _question("signalen van aanbieder", lambda it, _: it.signalen_van_aanbieder("agb-1", DAY)),
    _question("regels", lambda it, _: it.regels(op=DAY)),
    _question("opties", lambda it, _: it.opties(op=DAY)),
    _question("lees", lambda it, _: list(it.lees())),
    _question("positie", lambda it, _: it.positie),
    _question("verify", lambda it, _: it.verify()),
    # a rebuild has more statements the more there is: there is one life to fold, every time
    UseCase(
        "rebuild",
        lambda n: life(n) if n == 1 else (),
        lambda it, _: it.rebuild().positie,
        records=False,
    ),
)
EVERYTHING = (*COMMANDS, BATCH, TOETS, NEW_PERSON, *QUESTIONS)


def first_lines() -> list[Command]:
    """What a grootboek begins with."""
    return [attrs.evolve(introduced(), command_id="regeling")]
