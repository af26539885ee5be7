"""The k-th statement of the database fails, for every k: nothing changed, and a retry succeeds.

The short form: commands that differ most in what they write, in every way a statement can fail.
``docs/faults.md`` says what the long one is.
"""

from collections.abc import Iterator

import pytest
from tests.faults.databases import Databases
from tests.faults.statements import every_statement_fails, opening_fails, quiet_pool
from tests.faults.use_cases import BATCH, COMMANDS, EVERYTHING, QUESTIONS

from rekenschap.application import commands

CHOSEN = (
    ("sqlite", "RegistreerNoShow", "full"),
    ("sqlite", "RegistreerNoShow", "after"),
    ("sqlite", "VerleenGoedkeuring", "io"),
    ("sqlite", "batch", "lost"),
    ("sqlite", "stand of a jeugdige", "busy"),
    ("sqlite", "rebuild", "after"),
    ("postgresql", "RegistreerNoShow", "lost"),
    ("postgresql", "VerleenGoedkeuring", "after"),
)
OF_A_NAME = {case.name: case for case in EVERYTHING}


@pytest.fixture(autouse=True)
def quietly() -> Iterator[None]:
    with quiet_pool():
        yield


def test_every_command_and_question_is_a_use_case() -> None:
    abstract = {"Command", "OverStap", "OverBezwaar", "Actor"}
    assert {case.name for case in COMMANDS} == set(commands.__all__) - abstract
    assert len({case.name for case in EVERYTHING}) == len(EVERYTHING)
    assert BATCH in EVERYTHING
    assert set(QUESTIONS) <= set(EVERYTHING)


@pytest.mark.slow
@pytest.mark.parametrize(("store", "name", "kind"), CHOSEN)
def test_whichever_statement_fails_nothing_changed_and_a_retry_succeeds(
    where: Databases, store: str, name: str, kind: str
) -> None:
    if where.kind != store:
        pytest.skip("chosen for the other kind of store")
    cold = kind == "after" and store == "sqlite"
    step = 4 if name == "rebuild" else 1  # it has over a hundred, most of them alike

    found = every_statement_fails(where, OF_A_NAME[name], kind, cold=cold, step=step)

    assert found.tried >= 5


@pytest.mark.slow
def test_opening_fails_at_any_statement_and_succeeds_afterwards(where: Databases) -> None:
    kind = "full" if where.kind == "sqlite" else "lost"

    assert opening_fails(where, kind, new=False).statements >= 5
