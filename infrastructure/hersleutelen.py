"""Another key for the vault of a grootboek: everything in it sealed anew, in one transaction.

Every person gets another key of their own, wrapped by the host's new one and found by an index made
with it, and what is kept of them is sealed with that: the old key and an old copy open nothing in
it. The fingerprints of commands of before stay, and with the old key a guess can be tried on them
(docs/operating.md). Nothing of the log changes: references and commitments stay
what they are. Copies made before keep the old key: keep that as long as them.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine

from rekenschap.application.errors import Broken, Incorrect
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.migrations.ready import refuse_older
from rekenschap.infrastructure.migrations.revisions import stand_of
from rekenschap.infrastructure.store.aftermath import Aftermath
from rekenschap.infrastructure.store.engine import for_writing, make_engine
from rekenschap.infrastructure.store.faults import transaction
from rekenschap.infrastructure.store.key_checks import check_key, is_under
from rekenschap.infrastructure.store.keys import KEY_SIZE, HostKey, create_key_file, key_for
from rekenschap.infrastructure.store.log import SqlLog
from rekenschap.infrastructure.store.names import checked_name
from rekenschap.infrastructure.store.reading import known_ledger
from rekenschap.infrastructure.store.vault import SqlVault
from rekenschap.infrastructure.store.vault_tables import run, run_rows

Key = bytes | str | os.PathLike[str]

_SOME: Final = """
SELECT reference, lookup, wrapped_key, host_id FROM vault_persons
WHERE ledger = :ledger AND reference > :after ORDER BY reference LIMIT 1000"""
_OF_THEM: Final = """
SELECT v.subject, v.commitment, v.sealed FROM vault_values v
JOIN vault_persons p ON p.ledger = v.ledger AND p.reference = v.subject
WHERE v.ledger = :ledger AND v.subject >= :first AND v.subject <= :last"""
_REPLACED: Final = """
UPDATE vault_persons SET lookup = :lookup, wrapped_key = :wrapped_key, host_id = :host_id
WHERE ledger = :ledger AND reference = :reference"""
_RESEALED: Final = """
UPDATE vault_values SET sealed = :sealed WHERE ledger = :ledger AND commitment = :commitment"""
_CHECKED: Final = "UPDATE vault_checks SET key_check = :key_check WHERE ledger = :ledger"


def hersleutel(url: str, *, grootboek: str, nieuw: Key, sleutel: Key | None = None) -> int:
    """Put the vault under another key; for how many persons that was done.

    ``sleutel`` is the key until now, as at opening; ``nieuw`` the one from now on: 32 bytes, or the
    path of a key file, which is made when it is not there and stays when this fails. Nothing may
    have the grootboek open meanwhile: it would go on with the old key, and is refused as soon as it
    needs the vault. Raises Incorrect for a wrong key and for a new one that it is under already,
    Broken when something in the vault does not open; then nothing is changed.
    """
    name = checked_name(grootboek)
    old = key_for(url, sleutel)
    engine = make_engine(url, name)
    try:
        with transaction(for_writing(engine)) as connection:
            ledger = known_ledger(connection, name)
            refuse_older(stand_of(connection))
            _alone(connection, ledger)
            there = None if _to_be_made(nieuw) else _new_key(nieuw)
            if there is not None and is_under(connection, ledger.id, there):
                allowed = "another key: the vault is under this one already"
                raise Incorrect("nieuw", None, allowed, secret=True)
            check_key(connection, ledger.id, old)
            new = there or _new_key(nieuw)
            count = _sealed_anew(connection, ledger.id, old, new)
            run(connection, _CHECKED, ledger=ledger.id, key_check=new.check(ledger.id))
            if _opened(connection, ledger.id, new) != count:
                raise Broken("not every person in the vault has the new key")
        _leave_nothing(engine)
        return count
    finally:
        engine.dispose()


def _alone(connection: Connection, ledger: Any) -> None:
    """Nobody decides from here on, and nobody is made in the vault: on a server a question makes
    whoever asks it, without the lock of the grootboek."""
    SqlLog(connection, ledger, SystemClock(), writing=True).close()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE vault_persons IN SHARE ROW EXCLUSIVE MODE")


def _to_be_made(nieuw: Key) -> bool:
    return not isinstance(nieuw, bytes) and not Path(nieuw).exists()


def _new_key(nieuw: Key) -> HostKey:
    try:
        if isinstance(nieuw, bytes):
            return HostKey(nieuw)
        return create_key_file(nieuw) if _to_be_made(nieuw) else HostKey.from_file(nieuw)
    except Incorrect as error:
        secret = error.value is None
        raise Incorrect("nieuw", error.value, error.allowed, secret=secret) from error


def _sealed_anew(connection: Connection, ledger: str, old: HostKey, new: HostKey) -> int:
    before, after = SqlVault(connection, ledger, old), SqlVault(connection, ledger, new)
    count = 0
    for some in _persons(connection, ledger):
        secrets, rows = dict[str, tuple[bytes, bytes]](), list[dict[str, Any]]()
        for row in some:
            secret, host_id = before.opened(row.reference, row.lookup, row.wrapped_key, row.host_id)
            another = os.urandom(KEY_SIZE)
            secrets[row.reference] = secret, another
            sealed = after.sealed(row.reference, another, host_id)
            rows.append({"ledger": ledger, "reference": row.reference, **sealed})
        kept = []
        for value in _values(connection, ledger, some):
            own = secrets[value.subject]
            sealed_anew = after.resealed(value.subject, value.commitment, value.sealed, *own)
            row = {"ledger": ledger, "commitment": value.commitment, "sealed": sealed_anew}
            kept.append(row)
        run_rows(connection, _REPLACED, rows)
        if kept:
            run_rows(connection, _RESEALED, kept)
        count += len(rows)
    return count


def _opened(connection: Connection, ledger: str, key: HostKey) -> int:
    """How many persons open with a key, with all that is kept of them. Raises Broken for what does
    not."""
    vault, count = SqlVault(connection, ledger, key), 0
    for some in _persons(connection, ledger):
        own = {
            row.reference: vault.opened(row.reference, row.lookup, row.wrapped_key, row.host_id)[0]
            for row in some
        }
        count += len(own)
        for one in _values(connection, ledger, some):
            secret = own[one.subject]
            vault.resealed(one.subject, one.commitment, one.sealed, secret, secret)
    return count


def _persons(connection: Connection, ledger: str) -> Iterator[Sequence[Any]]:
    """Every person, a thousand at a time; by reference, which stays as it is."""
    after = ""
    while rows := run(connection, _SOME, ledger=ledger, after=after).all():
        yield rows
        after = rows[-1].reference


def _values(connection: Connection, ledger: str, persons: Sequence[Any]) -> Sequence[Any]:
    """What is kept of persons that follow on each other."""
    first, last = persons[0].reference, persons[-1].reference
    return run(connection, _OF_THEM, ledger=ledger, first=first, last=last).all()


def _leave_nothing(engine: Engine) -> None:
    """What the old key opens leaves the WAL of an SQLite file, unless somebody has it open."""
    after = Aftermath(engine, None, lambda _: ())
    after.erased()
    after.follow_up()
