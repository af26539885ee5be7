"""The key of a vault, held against it when something is first asked: much never asks the vault."""

from collections.abc import Callable

from sqlalchemy import Connection

from rekenschap.application.errors import Incorrect
from rekenschap.infrastructure.store.key_checks import WRONG_KEY, is_under
from rekenschap.infrastructure.store.keys import HostKey
from rekenschap.infrastructure.store.vault import SqlVault


class VaultsOnDemand:
    """Vaults that remember nothing: an erasure that came through is seen at once.

    Making the first one raises Incorrect when the key is not there or is another one, and
    Onbeschikbaar for a user who may not read the vault.
    """

    def __init__(self, key: Callable[[], HostKey]) -> None:
        self._find = key
        self._key: HostKey | None = None

    def of(self, connection: Connection, ledger: str) -> SqlVault:
        """A ``VaultFactory``."""
        if self._key is None:
            key = self._find()
            if not is_under(connection, ledger, key):
                raise Incorrect("sleutel", None, WRONG_KEY, secret=True)
            self._key = key
        return SqlVault(connection, ledger, self._key)
