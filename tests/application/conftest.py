"""An open grootboek with a regeling, on each store."""

from collections.abc import Iterator

import pytest
from tests.application.care import NOW, accepted, introduced, opened

from rekenschap.application.rekenschap import Rekenschap
from rekenschap.infrastructure.clock import FixedClock


@pytest.fixture
def postgresql_url(postgresql_url_with_tables: str) -> str:
    """What the tests here are about begins once there are tables."""
    return postgresql_url_with_tables


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def ledger(database_url: str, clock: FixedClock) -> Iterator[Rekenschap]:
    with opened(database_url, clock=clock) as rekenschap:
        accepted(rekenschap.execute(introduced()))
        yield rekenschap
