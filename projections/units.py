"""What the projections need of units of work on a database, as Protocols."""

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection

from rekenschap.application.ports import Log, Vault


class SqlUnit(Protocol):
    """A unit of work on a database."""

    @property
    def log(self) -> Log: ...

    @property
    def connection(self) -> Connection: ...


class SqlVaultUnit(SqlUnit, Protocol):
    """A unit of work on a database, with its vault."""

    @property
    def vault(self) -> Vault: ...

    @property
    def tables(self) -> Connection:
        """Where the tables are read: on the same connection, unless they are kept elsewhere."""
        ...


class SqlUnits(Protocol):
    """Where units of work on a database come from."""

    def writing(self) -> AbstractContextManager[SqlVaultUnit]: ...

    def reading(self) -> AbstractContextManager[SqlVaultUnit]: ...
