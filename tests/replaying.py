"""A naive oracle of what would have been: the same commands, on a new ledger with another text.

It shares nothing with the replay it judges but the ledger itself: no world, no positions with room,
no changed reader. The other text is made here, from the data of the regeling.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch

import attrs
from sqlalchemy import text

from rekenschap.application import Command, Incorrect, Rekenschap
from rekenschap.application.replay import Herbeslissing
from rekenschap.domain.andere_regels import AndereRegels
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.verdicts import Beslissing
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.regelingen import files, packaged_text

Sent = tuple[datetime, Command]
Line = tuple[str, Any]
TABLES = ("events", "event_references", "commands", "vault_persons", "vault_values")


def changed_yaml(name: str, changes: AndereRegels) -> str:
    """A packaged regeling with these changes written into its text."""
    data = json.loads(packaged_text(name))
    data["regels"] = [rule for rule in data["regels"] if rule["id"] not in changes.zonder]
    for number, value in changes.getallen.items():
        path = number.instelling.split(".")
        for rule in (one for one in data["regels"] if one["id"] == number.regel):
            for application in rule["toepassingen"]:
                _put(application.get("instelling", {}), path, value)
    for option, value in changes.lezingen.items():
        if option in data.get("opties", {}):
            data["opties"][option]["standaard"] = value
    return json.dumps(data, indent=1, ensure_ascii=False)


def _put(settings: dict[str, Any], path: Sequence[str], value: Any) -> None:
    if path[0] not in settings:
        return
    if len(path) == 1:
        settings[path[0]] = value
    elif isinstance(settings[path[0]], dict):
        _put(settings[path[0]], path[1:], value)


def heart(decision: Beslissing | None) -> Any:
    """A decision without its receipt and the positions it used: those differ between ledgers."""
    if decision is None:
        return None
    effect = decision.gevolg if decision.uitkomst.erkend else None
    verdicts = [(v.regel, v.ernst, sorted(v.vergeleken.items())) for v in decision.oordelen]
    said = (decision.uitkomst, decision.gronden, decision.geslaagd, decision.niet_getoetst)
    return (*said, verdicts, effect)


def lines_of(ledger: Rekenschap, command_id: str) -> list[Boeking]:
    """What a command recorded."""
    with ledger._store.reading() as unit:
        known = unit.log.find_command(command_id)
        assert known is not None, command_id
        lines = unit.log.read_from(known.first_position - 1, upto=known.last_position)
        return [ledger._codec.decode(line) for line in lines]


def would_be(ledger: Rekenschap, sent: Sequence[Sent], changes: AndereRegels) -> list[list[Line]]:
    """What a replay says of each command, by its event; what could not be asked is ``None``."""
    by_position: dict[int, list[Herbeslissing]] = {}
    for one in ledger.herspeel(changes):
        by_position.setdefault(one.positie, []).append(one)
    return [
        _lines([h for e in lines_of(ledger, command.command_id) for h in by_position[e.positie]])
        for _, command in sent
    ]


def _lines(found: list[Herbeslissing]) -> list[Line]:
    if all(one.onmogelijk is not None for one in found):
        return [("onmogelijk", None)]
    return [(one.gebeurtenis, heart(one.nu)) for one in found if one.nu is not None]


def _quickly(parsed: Callable[[str, str], Any]) -> Callable[[str, str], Any]:
    """JSON is YAML; the texts made here are read as what they are, which is much quicker."""
    return lambda source, file: json.loads(source) if source[:1] == "{" else parsed(source, file)


@contextmanager
def played(
    sent: Sequence[Sent], other: Callable[[Command], Command]
) -> Iterator[tuple[Rekenschap, list[list[Line]]]]:
    """The commands on a ledger of their own, each as ``other`` makes it, and what came of them."""
    clock = FixedClock(sent[0][0])
    with (
        patch.object(files, "parsed", _quickly(files.parsed)),
        open_grootboek("sqlite://", grootboek="ander", sleutel=b"k" * 32, clock=clock) as ledger,
    ):
        found: list[list[Line]] = []
        for moment, command in sent:
            clock.set(moment)
            try:
                ledger.execute(other(command))
            except Incorrect:
                found.append([("onmogelijk", None)])
            else:
                found.append(
                    [
                        (type(e.feit).__name__, heart(e.beslissing))
                        for e in lines_of(ledger, command.command_id)
                    ]
                )
        yield ledger, found


def plain(answer: Any) -> Any:
    """A balance without what says how it was asked."""
    return None if answer is None else attrs.evolve(answer, bekend_op=0, volgens="")


def everything_stored(ledger: Rekenschap) -> Mapping[str, list[Any]]:
    """Every row of every table that holds evidence: what a question may not change."""
    store: Any = ledger._store
    with store.reading() as unit:
        return {
            name: sorted(map(repr, unit.connection.execute(text(f"SELECT * FROM {name}"))))
            for name in TABLES
        }
