"""A small ledger on each store, and the evidence of it, made once where nothing is changed."""

from collections.abc import Iterator

import pytest
from tests.evidence.small import Stored, small_ledger

from rekenschap.application import Rekenschap


@pytest.fixture
def ledger(database_url: str) -> Iterator[Rekenschap]:
    with small_ledger(database_url) as rekenschap:
        yield rekenschap


@pytest.fixture
def sqlite_ledger(sqlite_url: str) -> Iterator[Rekenschap]:
    with small_ledger(sqlite_url) as rekenschap:
        yield rekenschap


@pytest.fixture(scope="session")
def in_memory() -> Iterator[tuple[Rekenschap, Stored]]:
    """Never changed by a test, so that one serves them all."""
    with small_ledger("sqlite://") as rekenschap:
        yield rekenschap, Stored.of(rekenschap)
