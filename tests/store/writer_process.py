"""A process that appends, for the tests: ``writer_process.py url grootboek name count``.

Prints each position once its commit has returned, so what was acknowledged is known outside.
"""

import sys

from sqlalchemy import Connection

from rekenschap.application.ports import NewRecord, Vault
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.migrations.ready import create_schema
from rekenschap.infrastructure.store.engine import make_engine
from rekenschap.infrastructure.store.store import SqlStore


def no_vault(_connection: Connection, _ledger_id: str) -> Vault:
    raise AssertionError("the tests of the log have no personal data")


def main(url: str, grootboek: str, name: str, count: int) -> None:
    engine = make_engine(url)
    create_schema(engine)
    store = SqlStore(engine, grootboek, clock=SystemClock(), vault_factory=no_vault)
    for number in range(count):
        records = [NewRecord(f"s/{name}", "Geteld", 1, b"%d" % part, (name,)) for part in (1, 2)]
        with store.writing() as unit:
            stored = unit.log.append(
                records, moment=unit.log.moment(), command_id=f"{name}-{number}"
            )
        print(stored[-1].position, flush=True)
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
