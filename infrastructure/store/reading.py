"""The store of a grootboek that is only read: at a replica, in a file, or under a role that may."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, inspect, select

from rekenschap.application.achterstand import Achterstand
from rekenschap.application.errors import Incorrect
from rekenschap.infrastructure.store.faults import transaction
from rekenschap.infrastructure.store.guarded import GuardedStore
from rekenschap.infrastructure.store.lag import folded_to, lag_of
from rekenschap.infrastructure.store.own_tables import OwnTables
from rekenschap.infrastructure.store.primary import Primary
from rekenschap.infrastructure.store.queries import Ledger
from rekenschap.infrastructure.store.schema import ledgers
from rekenschap.infrastructure.store.unit import SqlUnitOfWork


class ReadingStore(GuardedStore):
    """Makes nothing and writes nothing; what would write is refused before it reads."""

    own: OwnTables
    primary: Primary | None = None

    @contextmanager
    def writing(self) -> Iterator[SqlUnitOfWork]:
        self._check_open()
        allowed = "one that was opened to be written, with open_grootboek: this one is only read"
        raise Incorrect("grootboek", self.grootboek, allowed)
        yield

    def achterstand(self) -> Achterstand:
        """How far behind the primary this is. Raises Onbeschikbaar when the replica is not there;
        of a primary that is not, the position is not known."""
        primary = None if self.primary is None else self.primary.position()
        with self.reading() as unit:
            here, folded = unit.log.head().position, folded_to(unit.connection, self.ledger.key)
            if self.own.always:
                with self.own.view() as tables:
                    folded = min(here, folded_to(tables, self.ledger.key))
            return lag_of(unit.connection, here, folded, primary)

    @contextmanager
    def one_writer(self) -> Iterator[None]:
        """Nobody writes here; the reading log lies elsewhere."""
        yield

    @contextmanager
    def _unit(self, engine: Engine, *, writing: bool) -> Iterator[SqlUnitOfWork]:
        with super()._unit(engine, writing=writing) as unit, self.own.beside(unit):
            yield unit

    def _opened(self, name: str) -> Ledger:
        with transaction(self._reader) as connection:
            return known_ledger(connection, name)


def known_ledger(connection: Connection, name: str) -> Ledger:
    """A grootboek of this database by its name. Raises Incorrect, with the names there are."""
    found = names_in(connection)
    if name not in found:
        there = ", ".join(found) or "there is none in it"
        raise Incorrect("grootboek", name, f"a grootboek of this database: {there}")
    wanted = select(ledgers.c.ledger, ledgers.c.id).where(ledgers.c.name == name)
    key, ledger_id = connection.execute(wanted).one()
    return Ledger(key=key, id=ledger_id, name=name)


def names_in(connection: Connection) -> list[str]:
    """The names of the grootboeken in a database, also in one that is not ours."""
    if not inspect(connection).has_table(ledgers.name):
        return []
    return list(connection.scalars(select(ledgers.c.name).order_by(ledgers.c.name)))
