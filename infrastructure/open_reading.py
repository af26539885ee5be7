"""open_alleen_lezen: a grootboek that is only read, at a replica or wherever nothing is written."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Engine

from rekenschap.application.commands import Actor
from rekenschap.application.errors import Incorrect
from rekenschap.application.gezondheid import Keuring
from rekenschap.application.inzage import Leesregister
from rekenschap.application.ports import Clock
from rekenschap.application.rekenschap import Rekenschap
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.codec import JsonCodec
from rekenschap.infrastructure.health import keuring_of
from rekenschap.infrastructure.migrations.ready import refuse_older, standing
from rekenschap.infrastructure.outline import addition, outline
from rekenschap.infrastructure.parallel.together import let_others_help
from rekenschap.infrastructure.regelingen import YamlRegelingen
from rekenschap.infrastructure.store.engine import make_reading_engine, sqlite_file
from rekenschap.infrastructure.store.held_key import VaultsOnDemand
from rekenschap.infrastructure.store.keys import HostKey, key_for
from rekenschap.infrastructure.store.names import checked_name
from rekenschap.infrastructure.store.own_tables import OwnTables, ReadingLeesmodel
from rekenschap.infrastructure.store.primary import NoLog, OwnLog, Primary
from rekenschap.infrastructure.store.reading import ReadingStore
from rekenschap.infrastructure.store.unit import VaultFactory
from rekenschap.infrastructure.traces import traces

PathName = str | os.PathLike[str]


@contextmanager
def open_alleen_lezen(
    url: str,
    *,
    grootboek: str,
    sleutel: bytes | PathName | None = None,
    clock: Clock | None = None,
    primair: str | None = None,
    leeslog: Leesregister | None = None,
    standen: PathName | None = None,
    lezer: Actor | None = None,
    doel: str | None = None,
) -> Iterator[Rekenschap]:
    """Open a grootboek that is there, to read: makes nothing in the database and writes nothing.

    ``url`` is a streaming replica, a server under a role that may only read, or a SQLite file.
    Every question is answered by what is known there; commands raise Incorrect. What is read of
    persons is logged at ``primair``, the URL of the primary, or in ``leeslog``, a log of the
    host's own; without either a question that reads of persons raises Incorrect. ``standen`` is
    the path of a SQLite file for tables of balances and history of one's own, made where it is not
    there; without it those of the database are used, and where they are behind its log, tables in a
    file that is thrown away. What reads of nobody (the feed, verifying) needs no key or vault.
    The other arguments are those of ``open_grootboek``.
    """
    clock = clock or SystemClock()
    with ExitStack() as stack:
        engine = _engine(url, grootboek, stack)
        _apart(url, standen)
        key = _key(url, sleutel)
        vault = VaultsOnDemand(lambda: key or key_for(url, sleutel)).of
        store = ReadingStore(engine, grootboek, clock=clock, vault_factory=vault, traces=traces)
        let_others_help(store, url, sleutel)
        store.own = OwnTables(store, store.ledger, standen)
        stack.callback(store.own.close)
        _logged(store, vault, primair, leeslog, stack)
        rekenschap = _front_door(store, keuring_of(store, url, key))
        try:
            yield rekenschap if lezer is None else rekenschap.namens(lezer, doel=doel)
        finally:
            store.closed = True


def _engine(url: str, grootboek: str, stack: ExitStack) -> Engine:
    """Raises Onbeschikbaar for tables of an older program: here they cannot be brought up to date.
    Where there are none, there is no grootboek either."""
    engine = make_reading_engine(url, checked_name(grootboek))
    stack.callback(engine.dispose)
    stand = standing(engine)
    if stand.revision is not None:
        refuse_older(stand)
    return engine


def _key(url: str, sleutel: bytes | PathName | None) -> HostKey | None:
    """A key that is named must be there; on a server it is missed only when persons are asked."""
    if sleutel is None and sqlite_file(url) is None:
        return None
    return key_for(url, sleutel)


def _front_door(store: ReadingStore, keuring: Keuring) -> Rekenschap:
    codec = JsonCodec()
    leesmodel = ReadingLeesmodel(store.own, store.ledger.key, codec.decode, outline, addition)
    return Rekenschap(store, codec, YamlRegelingen(), leesmodel, keuring)


def _logged(
    store: ReadingStore,
    vault: VaultFactory,
    primair: str | None,
    leeslog: Leesregister | None,
    stack: ExitStack,
) -> None:
    """Where it is logged what is read, and where the primary is asked how far it is."""
    if primair is not None:
        store.primary = Primary(primair, store.ledger, store.clock, vault)
        stack.callback(store.primary.close)
    if leeslog is not None:
        store.leeslog = OwnLog(leeslog, store.clock)
    else:
        store.leeslog = store.primary or NoLog()


def _apart(url: str, standen: PathName | None) -> None:
    """The tables may not be made in the very file that is only read."""
    file = sqlite_file(url)
    if standen is None:
        return
    path = Path(standen)
    same = file is not None and path.exists() and path.samefile(file)
    if same or path.is_dir() or not path.absolute().parent.is_dir():
        allowed = "the path of a file of its own, in a folder that exists"
        raise Incorrect("standen", str(path), allowed)
