"""What do callers notice of a server that went and came back, or of one of several servers?"""

import threading
from typing import Any

import pytest
from sqlalchemy import make_url
from tests.application.care import effort, granted, introduced, opened, started
from tests.faults.databases import connect
from tests.faults.statements import quiet_pool

from rekenschap.application import Broken, Incorrect, Onbeschikbaar, Rekenschap
from rekenschap.infrastructure.store.engine import make_engine
from rekenschap.infrastructure.store.keys import key_for

pytestmark = pytest.mark.postgresql
CONNECTIONS = 4
NAME = "rekenschap-lost"


def in_use(ledger: Rekenschap) -> None:
    """Have several connections in the pool."""
    together = threading.Barrier(CONNECTIONS)

    def hold() -> None:
        with ledger._store.reading():
            together.wait(30)

    threads = [threading.Thread(target=hold) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def end_all(url: str) -> int:
    """The server ends every connection of the grootboek, as when it is restarted."""
    mine = f"application_name = '{NAME}' AND datname = current_database()"
    with connect(make_url(url).render_as_string(hide_password=False)) as server:
        ended = f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {mine}"
        found: int = server.execute(ended.encode()).fetchone()[0]
        return found


def named(url: str) -> str:
    named_url = make_url(url).update_query_dict({"application_name": NAME})
    return named_url.render_as_string(hide_password=False)


@pytest.mark.parametrize("what", ["question", "command"])
def test_a_restart_costs_one_caller_one_error_however_many_connections_there_were(
    postgresql_url: str, what: str
) -> None:
    failed = 0
    with opened(named(postgresql_url)) as ledger, quiet_pool():
        for command in (introduced(), granted(), started()):
            ledger.execute(command)
        in_use(ledger)
        assert end_all(postgresql_url) >= CONNECTIONS
        again = effort("T1", 15, command_id="again")
        for _ in range(2 * CONNECTIONS):
            try:
                _ = ledger.positie if what == "question" else ledger.execute(again)
            except Onbeschikbaar:
                failed += 1

    assert failed == 1


def several(url: str, *hosts: str) -> str:
    """The URL with several servers, as clients of PostgreSQL write it."""
    parsed = make_url(url)
    options = "&".join(f"{name}={value}" for name, value in parsed.query.items())
    return f"postgresql://{parsed.username}@{','.join(hosts)}/{parsed.database}?{options}"


def test_of_several_servers_the_first_one_that_answers_is_used(postgresql_url: str) -> None:
    real = make_url(postgresql_url)
    here = f"{real.host}:{real.port or 5432}"
    url = several(postgresql_url, "127.0.0.1:1", here) + "&target_session_attrs=read-write"
    with opened(url) as ledger:
        ledger.execute(introduced())
        assert ledger.positie == 2

    options = {"host": ("127.0.0.1:1", here)}
    ours = real.set(host=None, port=None).update_query_dict(options)
    with opened(ours.render_as_string(hide_password=False)) as ledger:
        assert ledger.positie == 2


def test_of_several_servers_none_answers() -> None:
    with (
        pytest.raises(Onbeschikbaar),
        opened("postgresql://u@127.0.0.1:1,127.0.0.1:2/db?connect_timeout=2"),
    ):
        pass


def test_a_password_between_several_servers_is_not_shown() -> None:
    for url in ("postgresql+odd://u:geheim@h1:1,h2:2/db", "postgresql://u:geheim@h1:x,h2:2/db"):
        with pytest.raises((Incorrect, Onbeschikbaar)) as refused, opened(url):
            pass
        assert "geheim" not in str(refused.value)


def test_several_servers_still_need_a_key() -> None:
    with pytest.raises(Incorrect) as refused:
        key_for("postgresql://u@h1:1,h2:2/db")

    assert refused.value.field == "sleutel"


def test_who_waits_for_a_server_that_is_gone_without_a_word_waits_a_minute_at_most(
    postgresql_url: str,
) -> None:
    engine = make_engine(postgresql_url)
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        told = raw.info.get_parameters()
    engine.dispose()

    wait = int(told["keepalives_idle"])
    wait += int(told["keepalives_interval"]) * int(told["keepalives_count"])
    assert (wait, told["tcp_user_timeout"]) == (30, "30000")


def test_lines_that_are_gone_after_a_failover_are_noticed_before_the_next_decision(
    postgresql_url: str,
) -> None:
    with opened(named(postgresql_url)) as ledger, quiet_pool():
        for command in (introduced(), granted(), started()):
            ledger.execute(command)
        lost = ledger.positie
        end_all(postgresql_url)
        with connect(postgresql_url) as server:  # a standby that had not received the last line
            server.execute("DROP FUNCTION rekenschap_append_only CASCADE")
            for gone in ("events", "event_references"):
                server.execute(f"DELETE FROM {gone} WHERE position = {lost}")
            server.execute(f"DELETE FROM commands WHERE last_position = {lost}")
            server.execute(
                "UPDATE ledgers SET position = position - 1, (hash, recorded_at) = "
                f"(SELECT hash, recorded_at FROM events WHERE position = {lost - 1})"
            )
        with pytest.raises(Onbeschikbaar):
            _ = ledger.positie
        for asked in (lambda: ledger.execute(effort("T1")), lambda: ledger.positie):
            with pytest.raises(Broken) as noticed:
                asked()
            assert noticed.value.position == lost
    with opened(postgresql_url) as ledger:  # who opens it again takes it as it is
        assert ledger.verify() == lost - 1
        ledger.execute(effort("T1"))
