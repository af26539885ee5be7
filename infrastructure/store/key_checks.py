"""Is this the key that a vault is under? A value beside the vault tells, and nothing else."""

from sqlalchemy import Connection

from rekenschap.application.errors import Broken, Incorrect
from rekenschap.infrastructure.store.keys import HostKey
from rekenschap.infrastructure.store.vault_tables import ANYBODY, CHECK, FIRST_CHECK, run

WRONG_KEY = "the key that the vault of this grootboek was made with; this is another one"


def check_key(connection: Connection, ledger: str, key: HostKey) -> None:
    """Notice a wrong key at opening, before it writes what the right key cannot read.

    Run once per opening, in a transaction that may write: the first opening stores the check.
    """
    if run(connection, CHECK, ledger=ledger).scalar() is None:
        if run(connection, ANYBODY, ledger=ledger).first() is not None:
            raise Broken("the vault holds persons, but the check value of its key is gone")
        run(connection, FIRST_CHECK, ledger=ledger, key_check=key.check(ledger))
    if not is_under(connection, ledger, key):
        raise Incorrect("sleutel", None, WRONG_KEY, secret=True)


def refuse_replaced(connection: Connection, ledger: str, key: HostKey) -> None:
    """Raises Incorrect where the key was replaced since opening: before somebody is taken for
    unknown, or a row for changed."""
    if run(connection, CHECK, ledger=ledger).scalar() not in (None, key.check(ledger)):
        raise Incorrect("sleutel", None, WRONG_KEY, secret=True)


def is_under(connection: Connection, ledger: str, key: HostKey) -> bool:
    """Whether the vault is under this key."""
    return bool(run(connection, CHECK, ledger=ledger).scalar() == key.check(ledger))
