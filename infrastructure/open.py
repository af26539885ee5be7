"""open_grootboek: the one place that puts the parts together."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from rekenschap.application.commands import Actor, VoerRegelingIn
from rekenschap.application.dossiers import KEPT
from rekenschap.application.errors import Incorrect
from rekenschap.application.gezondheid import Keuring
from rekenschap.application.kluis import Wissingen
from rekenschap.application.ports import Clock
from rekenschap.application.rekenschap import Rekenschap
from rekenschap.application.waarnemen import Geopend, Waarnemer, tell
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.codec import JsonCodec
from rekenschap.infrastructure.erasures import SYSTEM, erase_again, record_again, recorded
from rekenschap.infrastructure.health import keuring_of
from rekenschap.infrastructure.migrations.ready import create_schema
from rekenschap.infrastructure.outline import addition, outline
from rekenschap.infrastructure.parallel.together import let_others_help
from rekenschap.infrastructure.regelingen import YamlRegelingen
from rekenschap.infrastructure.store.engine import make_engine
from rekenschap.infrastructure.store.guarded import GuardedStore, guarded_store
from rekenschap.infrastructure.store.key_checks import check_key
from rekenschap.infrastructure.store.keys import HostKey, key_for
from rekenschap.infrastructure.store.names import checked_name
from rekenschap.infrastructure.store.wissingen import register_of
from rekenschap.projections.leesmodel import SqlLeesmodel

HUISREGELS = "huisregels"


@contextmanager
def open_grootboek(
    url: str,
    *,
    grootboek: str,
    sleutel: bytes | str | os.PathLike[str] | None = None,
    clock: Clock | None = None,
    wissingen: str | os.PathLike[str] | Wissingen | None = None,
    lezer: Actor | None = None,
    doel: str | None = None,
    waarnemer: Waarnemer | None = None,
    onthouden: int = KEPT,
) -> Iterator[Rekenschap]:
    """Open a grootboek in a database, making what is not there yet.

    ``url`` is ``sqlite:///file.db``, ``sqlite://`` (in memory) or ``postgresql://…``. ``grootboek``
    names the ledger in it; one that is opened can neither read nor write another. ``sleutel`` is
    the host's key of the vault: 32 bytes or the path of a key file; a SQLite file has one made
    beside it. ``wissingen`` is the register of erasures, kept apart from the database: the path
    of a file, or one of your own; what a restored database does not know is erased again from it.
    ``lezer`` and ``doel`` say who asks the questions and what for, as ``namens`` does.
    ``waarnemer`` is told what is decided and asked, afterwards and without personal data.
    ``onthouden`` is how many dossiers stay in memory between decisions: more of them than youths
    that are decided on in turn spares reading each again. After the block every request and
    question raises Gesloten.
    Raises Incorrect naming what is wrong, Onbeschikbaar when the store cannot be reached.
    """
    grootboek, onthouden = checked_name(grootboek), _checked(onthouden)  # before a key is made
    key, register = key_for(url, sleutel), register_of(wissingen)
    engine, clock = make_engine(url, grootboek), clock or SystemClock()
    try:
        create_schema(engine)
        with guarded_store(
            engine, grootboek, clock, key, register=register, recorded=recorded
        ) as store:
            let_others_help(store, url, sleutel)
            rekenschap = _front_door(store, key, waarnemer, keuring_of(store, url, key), onthouden)
            _erase_again(store, rekenschap, register)
            yield rekenschap if lezer is None else rekenschap.namens(lezer, doel=doel)
    finally:
        engine.dispose()


def _checked(onthouden: int) -> int:
    if type(onthouden) is not int or onthouden < 1:
        raise Incorrect("onthouden", onthouden, "a whole number from 1")
    return onthouden


def _front_door(
    store: GuardedStore,
    key: HostKey,
    waarnemer: Waarnemer | None,
    keuring: Keuring,
    onthouden: int,
) -> Rekenschap:
    """The grootboek behind its store; a new one gets its house rules."""
    with store.writing() as unit:
        check_key(unit.connection, store.ledger.id, key)
        new = unit.log.head().position == 0
    codec = JsonCodec()
    leesmodel = SqlLeesmodel(store, store.ledger.key, codec.decode, outline, addition)
    if waarnemer is not None:
        with store.reading() as unit:
            head, folded = unit.log.head().position, leesmodel.position(unit)
        tell(waarnemer, Geopend(grootboek=store.grootboek, hoofd=head, tabellen=folded))
    rekenschap = Rekenschap(
        store, codec, YamlRegelingen(), leesmodel, keuring, waarnemer, onthouden
    )
    if new:
        _introduce_house_rules(rekenschap, store.clock)
    return rekenschap


def _erase_again(store: GuardedStore, rekenschap: Rekenschap, register: Wissingen | None) -> None:
    """The log, the vault and the register outside agree on who was erased."""
    erase_again(store)
    if register is not None:
        record_again(store, rekenschap, register)
    store.aftermath.note_recorded()


def _introduce_house_rules(rekenschap: Rekenschap, clock: Clock) -> None:
    """The ledger's own rules are in it from the first line on; two openers record them once."""
    rekenschap.execute(
        VoerRegelingIn(
            command_id="rekenschap-huisregels-1",
            actor=SYSTEM,
            datum=amsterdam_day(clock.now()),
            tekst=HUISREGELS,
        )
    )
