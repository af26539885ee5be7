"""The disk is full: callers are told, nothing is half-done, and with room the same id succeeds."""

import pytest
from tests.faults.clusters import NoServer
from tests.faults.disks import Full, on_a_small_disk, server_fills_up, sqlite_fills_up
from tests.faults.statements import quiet_pool


def test_a_sqlite_file_that_gets_no_more_room(sqlite_url: str) -> None:
    tally = Full()
    sqlite_fills_up(sqlite_url, tally)

    assert tally.times == 1


@pytest.mark.postgresql
@pytest.mark.slow
def test_a_server_whose_disk_is_full() -> None:
    tally = Full()
    try:
        with on_a_small_disk() as (server, folder), quiet_pool():
            server_fills_up(server, folder, "vol", tally)
    except NoServer as reason:
        pytest.skip(f"no server on a small disk: {reason}")

    assert tally.times == 1
