"""Erasures applied again after a restore: of the vault alone, or of the whole database.

At every opening the log, the vault and the register outside are held against each other. That costs
the lines of the configuration and of the erasures themselves, however long the log is.
"""

from collections.abc import Iterator
from typing import Final

from rekenschap.application.commands import Actor, WisGegevens
from rekenschap.application.dossiers import Kept, Session
from rekenschap.application.errors import Incorrect
from rekenschap.application.kluis import Wissing, Wissingen
from rekenschap.application.ports import StoredRecord
from rekenschap.application.rekenschap import Rekenschap
from rekenschap.application.wissen import Wissen
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.facts import GROOTBOEK, GegevensGewist
from rekenschap.domain.vocabulary import Rol, Uitkomst
from rekenschap.infrastructure.codec import decode
from rekenschap.infrastructure.store.store import SqlStore

SYSTEM: Final = Actor(id="rekenschap", rol=Rol.BEHEERDER)
COMMAND: Final = "rekenschap-herstel-"


def recorded(store: SqlStore, after: int = 0) -> Iterator[tuple[int, Wissing]]:
    """The erasures that count, out of the log, each with its position: found by the reference
    that all of them touch."""
    with store.reading() as unit:
        lines = unit.log.read((GROOTBOEK,), after=after)
    for line in lines:
        found = _erasure(store.ledger.id, line)
        if found is not None:
            yield line.position, found


def _erasure(ledger: str, line: StoredRecord) -> Wissing | None:
    if line.name != GegevensGewist.naam:
        return None
    entry = decode(line)
    fact = entry.feit
    assert isinstance(fact, GegevensGewist)
    if not entry.beslissing.uitkomst.erkend or not fact.betrokkene:
        return None
    return Wissing(
        grootboek=ledger,
        betrokkene=fact.betrokkene,
        grond=fact.grond,
        geregistreerd_op=entry.geregistreerd_op,
    )


def erase_again(store: SqlStore) -> int:
    """Erase whom the log says was erased and the vault still has; returns how many there were.

    A vault that was restored from an older backup than the log has them.
    """
    wanted = [one.betrokkene for _, one in recorded(store)]
    if not wanted:
        return 0
    with store.reading() as unit:
        there = unit.vault.present(wanted)
    if there:
        with store.writing() as unit:
            session = Session(Kept(), unit.log, decode)
            for reference in there:
                Wissen(unit, session).erase(reference)
    return len(there)


def record_again(store: SqlStore, rekenschap: Rekenschap, register: Wissingen) -> int:
    """Erase, and record anew, whom the register says was erased and the vault still has; how many.

    A database that was restored from before the erasure has them, and its log knows of nothing.
    Raises Incorrect when a house rule does not let it: then introduce one that does.
    """
    noted = {one.betrokkene: one for one in register.alle() if one.grootboek == store.ledger.id}
    with store.reading() as unit:
        known = [(one, unit.vault.host_id(one)) for one in unit.vault.present([*noted])]
    for reference, host_id in known:
        assert host_id is not None
        _record(rekenschap, noted[reference], host_id)
    return len(known)


def _record(rekenschap: Rekenschap, one: Wissing, host_id: str) -> None:
    kind, _, token = one.betrokkene.partition("/")
    answer = rekenschap.execute(
        WisGegevens(
            command_id=COMMAND + token,
            actor=SYSTEM,
            datum=amsterdam_day(one.geregistreerd_op),
            grond=one.grond,
            **{kind: host_id},
        )
    )
    if answer.uitkomst is Uitkomst.GEWEIGERD:
        why = ", ".join((*answer.regels, *answer.gronden))
        allowed = f"a register whose erasures a beheerder may record again ({why})"
        raise Incorrect("wissingen", one.betrokkene, allowed)
