"""A process that writes until it is killed, for the tests: ``python writer.py``.

It imports everything once and then reads one order per line of its standard input: an ``Order`` as
JSON. For each it forks a writer, which opens the grootboek and plays the operations of that round.
Both write one line of JSON per message, short enough to be written whole or not at all: ``pid``,
``open``, ``done`` (the number of an operation, and digests of its answers), ``error`` and ``gone``.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import date, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

import attrs
from attrs import frozen
from tests.application.care import (
    DAY,
    KEY,
    effort,
    granted,
    introduced,
    made,
    no_show,
    opened,
    referred,
    started,
    treated,
)

from rekenschap.application import (
    CorrigeerGegeven,
    LegJeugdigeVast,
    RegistreerInzet,
    RegistreerNoShow,
    Rekenschap,
    StopZorg,
    TrekGegevenIn,
    VerleenGoedkeuring,
    Verleng,
)
from rekenschap.application.commands import Command
from rekenschap.application.errors import Onbeschikbaar
from rekenschap.infrastructure import open_grootboek
from rekenschap.projections import claiming, projector

FEW_LINES = 3
"""The writer projects in batches of so many lines: more moments at which it can die."""
PATIENCE = 200
SILENT = 0.05
"""After so many seconds a rebuild is taken for dead: many writers are."""
CAN_BE_WRONG = RegistreerInzet | RegistreerNoShow


@frozen
class Order:
    """What a writer is to do; a stubborn one asks again when the store was not available.

    One that makes a ``new`` grootboek opens it, with a key file beside it, and does nothing else.
    """

    url: str
    round: int
    seed: int
    length: int = 60
    stubborn: bool = False
    new: bool = False


@frozen
class Operation:
    """Commands for one commit; or, without any, a question that has the tables caught up."""

    commands: tuple[Command, ...]
    question: str = ""


def operations(order: Order) -> list[Operation]:
    """What happens in a round: the same for the writer and for who looks at what it left."""
    chance = Random(f"{order.seed} {order.round}")
    youth, name = f"kind-{order.round}", f"T{order.round}"
    told = {"variant": "NIEUW_ALTERNATIEF", "akkoord_gemeente": False}
    waiting = {"vastgesteld": told, "referentie": f"nieuw-{order.round}"}
    begin = (
        made(LegJeugdigeVast, jeugdige=youth, geboortedatum=date(2012, 5, 17)),
        referred(f"V{order.round}", youth),
        granted(name, youth),
        started(name),
        treated(f"N{order.round}", f"V{order.round}", youth, **waiting),
        made(VerleenGoedkeuring, betreft=f"nieuw-{order.round}", door="gemeente", motivering="Ja."),
    )
    steps = [begin[:4], *((one,) for one in begin[4:])]
    targets: list[str] = []
    for number in range(order.length):
        size = chance.choice((1, 1, 1, 3, 6))
        batch = [_step(chance, name, f"{number}-{part}", tuple(targets)) for part in range(size)]
        targets += [str(one.referentie) for one in batch if isinstance(one, CAN_BE_WRONG)]
        steps.append(tuple(batch))
    steps.append((made(StopZorg, toewijzing=name, datum=date(2025, 12, 1)),))
    found: list[Operation] = []
    for number, commands in enumerate(steps):
        ids = (f"r{order.round}-{number}-{part}" for part in range(len(commands)))
        mine = (attrs.evolve(c, command_id=i) for c, i in zip(commands, ids, strict=True))
        found.append(Operation(tuple(mine)))
        if chance.random() < 0.35:
            found.append(Operation((), chance.choice(("stand", "stand", "spoor", "rebuild"))))
    return found


def _step(chance: Random, name: str, number: str, targets: Sequence[str]) -> Command:
    """One step on an allocation; of ``targets`` one may be corrected or taken back."""
    own = {"referentie": f"{name}-{number}"}
    day = DAY + timedelta(days=chance.randrange(200))
    if not targets:
        return effort(name, 60, datum=day, **own)
    about = {"betreft": chance.choice(targets), "reden": "fout", "gezag": "aanbieder"}
    changes = chance.choice(({"aantal": 15}, {"datum": day}))
    makers = (
        lambda: effort(name, chance.choice((15, 60, 600)), datum=day, **own),
        lambda: effort(name, 60, datum=day, **own),
        lambda: no_show(name, datum=day, **own),
        lambda: made(CorrigeerGegeven, **about, vervanging=changes, **own),
        lambda: made(TrekGegevenIn, **about, **own),
        lambda: made(Verleng, toewijzing=name, extra_volume=60, datum=day, **own),
    )
    command: Command = chance.choices(makers, (6, 3, 3, 3, 2, 1))[0]()
    return command


def digest(answer: Any) -> str:
    """An answer in few letters: the same answer, and only that, gives the same."""
    text = json.dumps(attrs.asdict(answer), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def perform(ledger: Rekenschap, operation: Operation, order: Order) -> Sequence[str]:
    """Do an operation; digests of the answers of its commands."""
    if operation.commands:
        return [digest(answer) for answer in ledger.execute_batch(operation.commands)]
    if operation.question == "rebuild":
        ledger.rebuild()
    else:
        getattr(ledger, operation.question)(jeugdige=f"kind-{order.round}")
    return []


def say(**message: Any) -> None:
    line = json.dumps(message).encode() + b"\n"
    if len(line) > 4096:
        raise ValueError("a message this long can be cut in two by a kill")
    os.write(1, line)


def write(order: Order) -> None:
    """Play a round to its end, telling after each operation that it was answered."""
    if order.new:
        with first_opened(order.url):
            say(what="open")
            time.sleep(PATIENCE)
        return
    with ExitStack() as stack:
        stack.enter_context(patch.object(projector, "BATCH", FEW_LINES))
        stack.enter_context(patch.object(claiming, "SILENT", SILENT))
        ledger = stack.enter_context(opened(order.url))
        say(what="open")
        for number, operation in enumerate(operations(order)):
            failures = 0
            while True:
                try:
                    answers = perform(ledger, operation, order)
                except Onbeschikbaar:
                    failures += 1
                    if not order.stubborn or failures > PATIENCE:
                        raise
                else:
                    break
            say(what="done", number=number, answers=list(answers), failures=failures)


def first_opened(url: str) -> AbstractContextManager[Rekenschap]:
    """Open a grootboek as it comes: on SQLite the key file is made as well."""
    key = None if url.startswith("sqlite") else KEY
    return open_grootboek(url, grootboek="gemeente", sleutel=key)


def warm_up() -> None:
    """Read the regeling once, for all writers that are forked."""
    with opened("sqlite://") as ledger:
        ledger.execute(introduced())
        ledger.execute(granted())


def main() -> None:
    warm_up()
    for line in sys.stdin:
        order = Order(**json.loads(line))
        pid = os.fork()
        if pid == 0:
            try:
                write(order)
            except BaseException as error:
                say(what="error", error=f"{type(error).__name__}: {error}"[:2000])
            os._exit(0)
        say(what="pid", pid=pid)
        os.waitpid(pid, 0)
        say(what="gone")


if __name__ == "__main__":
    main()
