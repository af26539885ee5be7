"""One unit of work: a connection in one transaction, with the log and the vault on it."""

from collections.abc import Callable, Collection

from sqlalchemy import Connection

from rekenschap.application.ports import Vault
from rekenschap.infrastructure.store.log import SqlLog
from rekenschap.infrastructure.store.queries import Ledger

VaultFactory = Callable[[Connection, str], Vault]
"""Makes the vault of a unit of work from its connection and the id of the grootboek."""


class SqlUnitOfWork:
    """``UnitOfWork`` on one connection, in one transaction."""

    def __init__(self, connection: Connection, ledger: Ledger, log: SqlLog, make: VaultFactory):
        self.connection = connection
        self.log = log
        self._ledger = ledger
        self._make_vault = make
        self._vault: Vault | None = None
        self.committed: Callable[[], None] | None = None
        """What the vault does once the unit of work is committed; None while it is not used."""

        self.elsewhere: Callable[[], Connection] | None = None
        """Where the tables of balances and history stand, when it is not here."""

    @property
    def tables(self) -> Connection:
        """The connection on which the tables of balances and history are read."""
        return self.connection if self.elsewhere is None else self.elsewhere()

    @property
    def read(self) -> Collection[str]:
        """Of whom the vault told anything in this unit of work."""
        return () if self._vault is None else getattr(self._vault, "read", ())

    @property
    def vault(self) -> Vault:
        """The vault on the connection of this unit of work, made when it is first asked for."""
        if self._vault is None:
            self._vault = self._make_vault(self.connection, self._ledger.id)
            self.committed = getattr(self._vault, "committed", None)
        return self._vault
