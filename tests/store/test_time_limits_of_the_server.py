"""A server may set limits of its own; running into one is no error of the caller."""

import time
from collections.abc import Callable

import pytest
from sqlalchemy import make_url
from tests.store.writer_process import no_vault

from rekenschap.application.errors import Onbeschikbaar
from rekenschap.application.ports import NewRecord
from rekenschap.infrastructure.clock import SystemClock
from rekenschap.infrastructure.migrations.ready import create_schema
from rekenschap.infrastructure.store.engine import make_engine
from rekenschap.infrastructure.store.store import SqlStore

LIMIT = 0.1


@pytest.mark.postgresql
@pytest.mark.parametrize("limit", ["idle_in_transaction_session_timeout", "statement_timeout"])
def test_a_transaction_the_server_ended_is_unavailable_and_the_next_one_succeeds(
    postgresql_url: str, new_line: Callable[..., NewRecord], limit: str
) -> None:
    engine = make_engine(postgresql_url)
    create_schema(engine)
    engine.dispose()
    url = make_url(postgresql_url)
    options = f"{url.query['options']} -c{limit}={int(LIMIT * 1000)}"
    engine = make_engine(
        url.update_query_dict({"options": options}).render_as_string(hide_password=False)
    )
    store = SqlStore(engine, "gemeente", clock=SystemClock(), vault_factory=no_vault)

    def append(seconds: float) -> None:
        with store.writing() as unit:
            unit.log.append([new_line()], moment=unit.log.moment())
            if limit == "statement_timeout":
                unit.connection.exec_driver_sql(f"SELECT pg_sleep({seconds})")
            time.sleep(seconds)
            assert unit.log.find_command("later") is None

    with pytest.raises(Onbeschikbaar):
        append(LIMIT * 5)
    append(0)

    assert store.verify() == 1
    engine.dispose()
