"""Every balance, at every known position and on every day that matters, is what a naive fold says.

The caseload is random; a failing example prints the seed that plays it again.
"""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.projections import oracle
from tests.projections.caseload import FIRST, Caseload
from tests.projections.conftest import Opener
from tests.projections.tables import Place

from rekenschap.application import (
    AFWEZIG,
    Command,
    GeefToewijzingAf,
    StelTariefVast,
    ToewijzingStand,
    Uitkomst,
)
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.evolve import fold

SEEDS = st.integers(0, 2**32 - 1)
STEPS = 26


def randomly(examples: int) -> Callable[..., Callable[..., None]]:
    """Examples enough, the same ones in every run; each opens a grootboek of its own."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


def begun(opened: Opener, seed: int) -> tuple[Place, Caseload]:
    place = opened()
    caseload = Caseload(place.ledger, place.clock, Random(seed))
    caseload.begin()
    return place, caseload


def assert_every_balance_is_right(place: Place, log: list[Boeking]) -> None:
    """Every allocation, at every known position, on every day a fact ever named."""
    with place.store.reading() as unit:
        for name in oracle.allocations(log):
            days = oracle.interesting_days(log, name)
            known: oracle.Known | None = None
            expected: dict[date, oracle.Stand | None] = dict.fromkeys(days)
            for position in range(len(log) + 1):
                before, known = known, oracle.known_of(log, name, position)
                if known != before:
                    expected = {day: oracle.balance(known, day) for day in days}
                for day in days:
                    said = oracle.same(place.model.toewijzing(unit, name, day, position))
                    assert said == expected[day], (name, day, position)


def assert_every_counter_is_right(place: Place, log: list[Boeking]) -> None:
    owners = oracle.allocations(log)
    with place.store.reading() as unit:
        for youth in set(owners.values()):
            names = [name for name, owner in owners.items() if owner == youth]
            days = sorted({day for name in names for day in oracle.interesting_days(log, name)})
            for position in range(len(log) + 1):
                for day in (*days[::7], date.max):
                    said = place.model.tellers(unit, youth, day, position)
                    assert said == oracle.counters(log, names, day, position), (day, position)


@randomly(5)
@given(seed=SEEDS)
def test_every_balance_is_the_naive_fold_on_sqlite(opened_sqlite: Opener, seed: int) -> None:
    place, caseload = begun(opened_sqlite, seed)
    caseload.play(STEPS, place.model.catch_up)
    log = place.log()
    assert_every_balance_is_right(place, log)
    assert_every_counter_is_right(place, log)


@pytest.mark.postgresql
@randomly(1)
@given(seed=SEEDS)
def test_every_balance_is_the_naive_fold_on_postgresql(
    opened_postgresql: Opener, seed: int
) -> None:
    place, caseload = begun(opened_postgresql, seed)
    caseload.play(18, place.model.catch_up)
    log = place.log()
    assert_every_balance_is_right(place, log)
    assert_every_counter_is_right(place, log)


def assert_the_rows_do_not_depend_on_how(place: Place, caseload: Caseload, steps: int) -> None:
    """However the log is cut up, whoever folds it, however often: the same rows, byte for byte."""
    chance = Random(steps)

    def somebody_catches_up() -> None:
        if chance.random() < 0.7:
            place.another_model().catch_up()
        elif chance.random() < 0.8:
            place.model.catch_up()

    caseload.play(steps, somebody_catches_up)
    place.another_model().catch_up()
    step_by_step = place.rows()
    for batch in (1, 2, 7, None):
        assert place.rebuilt(batch) == step_by_step, batch


@randomly(8)
@given(seed=SEEDS)
def test_the_rows_do_not_depend_on_who_projects_or_when_on_sqlite(
    opened_sqlite: Opener, seed: int
) -> None:
    assert_the_rows_do_not_depend_on_how(*begun(opened_sqlite, seed), steps=40)


@pytest.mark.postgresql
@randomly(2)
@given(seed=SEEDS)
def test_the_rows_do_not_depend_on_who_projects_or_when_on_postgresql(
    opened_postgresql: Opener, seed: int
) -> None:
    assert_the_rows_do_not_depend_on_how(*begun(opened_postgresql, seed), steps=20)


def assert_old_answers_stand(place: Place, caseload: Caseload, steps: int) -> None:
    """What was asked on the way, through the front door, is answered the same at the end."""
    ledger, chance = place.ledger, Random(steps)
    asked: list[tuple[dict[str, object], object]] = []

    def ask(question: str, values: dict[str, object]) -> object:
        return getattr(ledger, question)(**values)

    def ask_something() -> None:
        name = chance.choice(list(caseload.owners))
        day = caseload.today if chance.random() < 0.5 else date.max
        known = chance.randint(0, ledger.positie)
        clocks = {"geldig_op": day, "bekend_op": chance.choice((known, ledger.positie))}
        youth = caseload.owners[name]
        for question, about in (
            ("stand", {"toewijzing": name}),
            ("stand", {"jeugdige": youth}),
            ("spoor", {"toewijzing": name, "limiet": 1000}),
            ("spoor", {"jeugdige": youth, "limiet": 1000}),
            ("toewijzingen", {"aanbieder": "agb-1"}),
        ):
            values = {**about, **clocks}
            asked.append(({"question": question, **values}, ask(question, values)))

    caseload.step()
    caseload.play(steps, ask_something)
    for values, answer in asked:
        question = {name: value for name, value in values.items() if name != "question"}
        assert ask(str(values["question"]), question) == answer, values


@randomly(5)
@given(seed=SEEDS)
def test_nothing_recorded_later_changes_an_old_answer_on_sqlite(
    opened_sqlite: Opener, seed: int
) -> None:
    assert_old_answers_stand(*begun(opened_sqlite, seed), steps=25)


@pytest.mark.postgresql
@randomly(1)
@given(seed=SEEDS)
def test_nothing_recorded_later_changes_an_old_answer_on_postgresql(
    opened_postgresql: Opener, seed: int
) -> None:
    assert_old_answers_stand(*begun(opened_postgresql, seed), steps=20)


@randomly(12)
@given(seed=SEEDS)
def test_the_front_door_says_what_the_oracle_says(opened_sqlite: Opener, seed: int) -> None:
    place, caseload = begun(opened_sqlite, seed)
    caseload.play(25)
    log, chance = place.log(), Random(seed)
    names = list(oracle.allocations(log))
    for _ in range(60):
        name = chance.choice(names)
        day = chance.choice(oracle.interesting_days(log, name))
        position = chance.randint(0, len(log))
        said = place.ledger.stand(toewijzing=name, geldig_op=day, bekend_op=position)
        expected = oracle.balance(oracle.known_of(log, name, position), day)
        assert oracle.same(said) == expected, (name, day, position)
        if said is not None:
            assert (said.geldig_op, said.bekend_op) == (day, position)


def assert_a_refusal_changes_nothing(place: Place, caseload: Caseload, steps: int) -> None:
    """A refused step changes no balance; in the end the dossier weighs what the tables say."""

    def balances() -> dict[str, object]:
        return {n: oracle.same(stand_of(place, n)) for n in oracle.allocations(place.log())}

    for _ in range(steps):
        before, given_so_far = balances(), len(caseload.given)
        caseload.step()
        new = caseload.given[given_so_far:]
        if all(one.antwoord.uitkomst is Uitkomst.GEWEIGERD for one in new):
            now = balances()
            assert {name: now[name] for name in before} == before, new
    for name, allocation in fold(place.log()).toewijzingen.items():
        said = stand_of(place, name)
        assert said is not None
        assert said.verbruikt == allocation.verbruikt, name
        if (settled := allocation.afrekening) is not None:
            assert said.bedrag_eur == settled.waarde, name


def stand_of(place: Place, name: str) -> ToewijzingStand | None:
    """The balance at the end of all days; None when nothing is known of it (any more)."""
    return place.ledger.stand(toewijzing=name, geldig_op=date.max)


@randomly(12)
@given(seed=SEEDS)
def test_a_refused_step_changes_no_balance(opened_sqlite: Opener, seed: int) -> None:
    assert_a_refusal_changes_nothing(*begun(opened_sqlite, seed), steps=40)


class Trajects(Caseload):
    """The same with trajects, which are stopped more often."""

    def begin(self) -> None:
        super().begin()
        for unit, price in (("minuut", "1.50"), ("traject", "8000.00")):
            told = {"product": "mst", "eenheid": unit, "bedrag": price}
            self._send(self._made(StelTariefVast, FIRST, **told))

    def step(self) -> None:
        if self.owners and self.chance.random() < 0.15:
            self._stop()
        else:
            super().step()

    def _unit(self, name: str) -> str:
        unit = super()._unit(name)
        return "minuut" if unit == "traject" else unit

    def _do(self, kind: type[Command], name: str, day: date, **values: Any) -> None:
        if kind is GeefToewijzingAf:
            values |= {"product": "mst", "eenheid": "traject", "volume": 1}
            values["tarief"] = self.chance.choice(("9000.00", AFWEZIG))
        super()._do(kind, name, day, **values)


@randomly(12)
@given(seed=SEEDS)
def test_a_traject_is_settled_alike_in_the_dossier_and_in_the_tables(
    opened_sqlite: Opener, seed: int
) -> None:
    place = opened_sqlite()
    caseload = Trajects(place.ledger, place.clock, Random(seed))
    caseload.begin()
    assert_a_refusal_changes_nothing(place, caseload, steps=40)
    place.model.catch_up()
    assert place.rows() == place.rebuilt()
