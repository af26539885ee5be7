"""Where a grootboek is, told to another process: it opens a connection of its own, to read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from attrs import field, frozen
from sqlalchemy import URL, select

from rekenschap.application.errors import Incorrect
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.store.engine import (
    for_reading,
    make_reading_engine,
    sqlite_file,
)
from rekenschap.infrastructure.store.faults import transaction
from rekenschap.infrastructure.store.held_key import VaultsOnDemand
from rekenschap.infrastructure.store.keys import key_for
from rekenschap.infrastructure.store.schema import ledgers
from rekenschap.infrastructure.store.store import SqlStore
from rekenschap.infrastructure.store.urls import parsed_url

Sleutel = bytes | str | os.PathLike[str] | None


@frozen
class Place:
    """A grootboek in a database, and its key as it was given: the path of a file, or its bytes.

    It goes to a worker as it stands; what is secret in it is never shown.
    """

    url: str = field(repr=False)
    grootboek: str
    sleutel: Sleutel = field(repr=False, default=None)

    @classmethod
    def of(cls, url: str, grootboek: str, sleutel: Sleutel) -> "Place | None":
        """The same from every folder; None for a database that only this process can see."""
        if sleutel is not None and not isinstance(sleutel, bytes):
            sleutel = os.path.abspath(sleutel)
        file = sqlite_file(url)
        if file is not None:
            whole = URL.create("sqlite", database=os.path.abspath(file))
            return cls(whole.render_as_string(), grootboek, sleutel)
        is_server = parsed_url(url).get_backend_name() != "sqlite"
        return cls(url, grootboek, sleutel) if is_server else None


@contextmanager
def reading_place(place: Place) -> Iterator[SqlStore]:
    """The store to read from, on connections of its own; it never writes.

    Raises Incorrect when the database or the grootboek is not there, and, once the vault is asked
    something, when the key is not there or is another one.
    """
    file = sqlite_file(place.url)
    if file is not None and not file.is_file():
        raise Incorrect("url", str(file), "a database file that this worker can read")
    engine = make_reading_engine(place.url, place.grootboek)
    try:
        with transaction(for_reading(engine)) as connection:
            mine = select(ledgers.c.ledger).where(ledgers.c.name == place.grootboek)
            if connection.scalar(mine) is None:
                raise Incorrect("grootboek", place.grootboek, "a grootboek of this database")
        vaults = VaultsOnDemand(lambda: key_for(place.url, place.sleutel))
        yield SqlStore(engine, place.grootboek, clock=SystemClock(), vault_factory=vaults.of)
    finally:
        engine.dispose()
