"""Another key for the vault of a grootboek: every person's key wrapped anew, in one transaction.

What is kept of persons stays as it is, under the key of each person; only that key is wrapped by
the host's new one, and found by an index made with it. Nothing of the log changes: references stay
what they are. Copies made before keep the old key: keep that as long as them.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from rekenschap.application.errors import Broken, Incorrect
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.migrations.ready import refuse_older
from rekenschap.infrastructure.migrations.revisions import stand_of
from rekenschap.infrastructure.store.engine import for_writing, make_engine
from rekenschap.infrastructure.store.faults import transaction
from rekenschap.infrastructure.store.keys import HostKey, create_key_file, key_for
from rekenschap.infrastructure.store.log import SqlLog
from rekenschap.infrastructure.store.names import checked_name
from rekenschap.infrastructure.store.reading import known_ledger
from rekenschap.infrastructure.store.vault import SqlVault, check_key
from rekenschap.infrastructure.store.vault_tables import run, run_rows

Key = bytes | str | os.PathLike[str]

_SOME: Final = """
SELECT reference, lookup, wrapped_key, host_id FROM vault_persons
WHERE ledger = :ledger AND reference > :after ORDER BY reference LIMIT 1000"""
_REPLACED: Final = """
UPDATE vault_persons SET lookup = :lookup, wrapped_key = :wrapped_key, host_id = :host_id
WHERE ledger = :ledger AND reference = :reference"""
_CHECKED: Final = "UPDATE vault_checks SET key_check = :key_check WHERE ledger = :ledger"


def hersleutel(url: str, *, grootboek: str, nieuw: Key, sleutel: Key | None = None) -> int:
    """Put the vault under another key; for how many persons that was done.

    ``sleutel`` is the key until now, as at opening; ``nieuw`` the one from now on: 32 bytes, or the
    path of a key file, which is made when it is not there. Nothing may have the grootboek open
    meanwhile: it would go on with the old key, and is refused at the first person it does not know.
    Raises Incorrect for a wrong key and for a new one that is the old one, Broken when something in
    the vault does not open; then nothing is changed.
    """
    name = checked_name(grootboek)
    old = key_for(url, sleutel)
    engine = make_engine(url, name)
    try:
        with transaction(for_writing(engine)) as connection:
            ledger = known_ledger(connection, name)
            refuse_older(stand_of(connection))
            SqlLog(connection, ledger, SystemClock(), writing=True).close()  # nobody decides now
            check_key(connection, ledger.id, old)
            new = _new_key(nieuw)
            if new.check(ledger.id) == old.check(ledger.id):
                raise Incorrect("nieuw", None, "another key than the one until now", secret=True)
            count = _wrapped_anew(connection, ledger.id, old, new)
            run(connection, _CHECKED, ledger=ledger.id, key_check=new.check(ledger.id))
            if _opened(connection, ledger.id, new) != count:
                raise Broken("not every person in the vault has the new key")
        return count
    finally:
        engine.dispose()


def _new_key(nieuw: Key) -> HostKey:
    if isinstance(nieuw, bytes):
        return HostKey(nieuw)
    path = Path(nieuw)
    return HostKey.from_file(path) if path.exists() else create_key_file(path)


def _wrapped_anew(connection: Connection, ledger: str, old: HostKey, new: HostKey) -> int:
    before, after = SqlVault(connection, ledger, old), SqlVault(connection, ledger, new)
    count = 0
    for some in _persons(connection, ledger):
        rows: list[dict[str, Any]] = []
        for row in some:
            secret, host_id = before.opened(row.reference, row.lookup, row.wrapped_key, row.host_id)
            sealed = after.sealed(row.reference, secret, host_id)
            rows.append({"ledger": ledger, "reference": row.reference, **sealed})
        run_rows(connection, _REPLACED, rows)
        count += len(rows)
    return count


def _opened(connection: Connection, ledger: str, key: HostKey) -> int:
    """How many persons open with a key. Raises Broken for one that does not."""
    vault = SqlVault(connection, ledger, key)
    return sum(
        1
        for some in _persons(connection, ledger)
        for row in some
        if vault.opened(row.reference, row.lookup, row.wrapped_key, row.host_id)
    )


def _persons(connection: Connection, ledger: str) -> Iterator[Sequence[Any]]:
    """Every person, a thousand at a time; by reference, which stays as it is."""
    after = ""
    while rows := run(connection, _SOME, ledger=ledger, after=after).all():
        yield rows
        after = rows[-1].reference
