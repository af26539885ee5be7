"""What an error of a database means to the caller."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Dialect, Engine
from sqlalchemy.exc import TimeoutError as PoolTimeout

from rekenschap.application.errors import Broken, Onbeschikbaar

_SQLITE_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
_SQLITE_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_POSTGRESQL_DAMAGED = {"XX001", "XX002"}
NOT_ALLOWED = "42501"  # by PostgreSQL to this user, by the rights on a table or its rows
# A standby refuses to write, and even to begin a transaction that may; the writer is elsewhere. For
# the second it has no code of its own, only one that says what it cannot do.
_POSTGRESQL_READ_ONLY, _POSTGRESQL_CANNOT = "25006", "0A000"


class DuplicateError(Exception):
    """A version of a stream, or a command id, is in the log already; nothing was recorded."""


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction, whose failures mean something: ``Onbeschikbaar`` or ``Broken``.

    An interrupt stays one, also where the driver fails at rolling back what it broke off.
    """
    before = sys.exception()
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    except Exception as error:
        interrupt = _interrupt_behind(error, before)
        if interrupt is not None:
            raise interrupt from None
        fault = fault_of(error, engine.dialect)
        if fault is None:
            raise
        raise fault from error


def _interrupt_behind(error: Exception, before: BaseException | None) -> BaseException | None:
    """The KeyboardInterrupt or SystemExit that an error came out of; not one that the caller was
    handling ``before``."""
    behind = error.__context__
    while behind is not None and behind is not before:
        if not isinstance(behind, Exception):
            return behind
        behind = behind.__context__
    return None


def fault_of(error: Exception, dialect: Dialect) -> Exception | None:
    """``Onbeschikbaar`` or ``Broken`` for an error of the database, None for any other.

    Takes the driver's own errors as well as SQLAlchemy's: the log runs on the driver's cursor.
    """
    if isinstance(error, PoolTimeout):
        return Onbeschikbaar("every connection to the store is in use")
    if isinstance(error, UnicodeDecodeError) and dialect.name == "sqlite":
        return Broken(f"the database file is damaged ({error})")  # its driver could not say how
    origin = getattr(error, "orig", error)
    driver: Any = dialect.loaded_dbapi
    if not isinstance(origin, driver.Error):
        return None
    if dialect.name == "sqlite":
        return _fault_of_sqlite(origin)
    return _fault_of_postgresql(origin, driver)


def _fault_of_sqlite(error: Exception) -> Exception | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _SQLITE_PASSING:
        return Onbeschikbaar(f"the store is busy, full or cannot be reached ({error})")
    if code in _SQLITE_DAMAGED or "Could not decode to UTF-8" in str(error):
        return Broken(f"the database file is damaged ({error})")
    if "no such " in str(error) or "already exists" in str(error):  # its schema is not ours
        return Broken(f"the database file is damaged, or not made by this program ({error})")
    return None


def _fault_of_postgresql(error: Any, driver: Any) -> Exception | None:
    if error.sqlstate in _POSTGRESQL_DAMAGED:
        return Broken("the database is damaged")
    if error.sqlstate == NOT_ALLOWED:
        return Onbeschikbaar(
            f"the user of the database may not do this ({error.diag.message_primary})"
        )
    told = error.diag.message_primary or ""
    recovering = error.sqlstate == _POSTGRESQL_CANNOT and "recovery" in told
    if recovering or error.sqlstate == _POSTGRESQL_READ_ONLY:
        return Onbeschikbaar("this server follows another one and only reads")
    if isinstance(error, driver.OperationalError | driver.InterfaceError):
        reason = error.sqlstate or "no connection"
        return Onbeschikbaar(f"the store is busy, full or cannot be reached ({reason})")
    return None
