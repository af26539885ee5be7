"""What the tests of the projections share: a ledger to open, a clock to set, and its tables."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from uuid import uuid4

import pytest
from tests.projections.caseload import NOW
from tests.projections.steps import Case
from tests.projections.tables import Place

from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.open import open_grootboek

Opener = Callable[..., Place]


@pytest.fixture
def postgresql_url(postgresql_url_with_tables: str) -> str:
    """What the tests here are about begins once there are tables."""
    return postgresql_url_with_tables


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def opened(database_url: str) -> Iterator[Opener]:
    """Open a grootboek, a new one with a clock of its own unless told; closed after the test."""
    yield from _opener(database_url)


@pytest.fixture
def opened_sqlite() -> Iterator[Opener]:
    """In memory: the same statements, and no disk to wait for where examples are many."""
    yield from _opener("sqlite://")


@pytest.fixture
def opened_postgresql(postgresql_url: str) -> Iterator[Opener]:
    yield from _opener(postgresql_url)


@pytest.fixture
def place(opened: Opener, clock: FixedClock) -> Place:
    """A new grootboek, opened."""
    return opened(clock=clock)


@pytest.fixture
def case(place: Place) -> Case:
    """A hand on that grootboek, with the regeling introduced."""
    case = Case(place.ledger)
    case.regeling()
    return case


def _opener(url: str) -> Iterator[Opener]:
    key = secrets.token_bytes(32)
    with ExitStack() as stack:

        def open_one(name: str | None = None, clock: FixedClock | None = None) -> Place:
            name = name or f"grootboek-{uuid4().hex}"
            clock = clock or FixedClock(NOW)
            context = open_grootboek(url, grootboek=name, sleutel=key, clock=clock)
            return Place(stack.enter_context(context), clock, name)

        yield open_one
