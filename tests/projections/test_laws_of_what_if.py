"""The laws of the three clocks, at every known position of a random caseload.

The naive oracle is the same caseload played on a new ledger with the other text: it knows nothing
of replays. A failing example prints the seed that plays it again.
"""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import given
from tests.projections.caseload import Caseload
from tests.projections.conftest import Opener
from tests.projections.tables import Place
from tests.projections.test_laws import SEEDS, randomly
from tests.replaying import changed_yaml, everything_stored, plain, played, would_be

from rekenschap.application import Antwoord, Command, VoerRegelingIn
from rekenschap.domain.andere_regels import AndereRegels, Getal
from rekenschap.domain.identifiers import Code

VAN_TOEN = AndereRegels()
OTHERS = (
    AndereRegels(zonder=("TW-ALG-01",)),
    AndereRegels(zonder=("TW-ALG-10", "TW-ALG-05")),
    AndereRegels(getallen={Getal("TW-NS-01", "hoogstens"): 1}),
    AndereRegels(getallen={Getal("TW-ALG-16", "verwijzers"): ("huisarts",)}),
    AndereRegels(lezingen={"no_show_scope": Code("jeugdige")}),
)
LAST = date(2027, 12, 31)


@attrs.define
class Sent(Caseload):
    """A caseload that remembers what was sent, and when."""

    log: list[tuple[datetime, Command]] = attrs.field(factory=list)

    def _send(self, command: Command) -> Antwoord:
        self.clock.advance(timedelta(seconds=self.chance.choice((0, 1, 3600))))
        answer = self.ledger.execute(command)
        self.log.append((self.clock.now(), command))
        return answer

    def days(self) -> tuple[date, ...]:
        """A day of the care, and the end of all days."""
        return self.today, LAST


def begun(opened: Opener, seed: int, steps: int) -> tuple[Place, Sent]:
    place = opened()
    caseload = Sent(place.ledger, place.clock, Random(seed))
    caseload.begin()
    caseload.play(steps)
    return place, caseload


def assert_as_recorded_at_every_position(place: Place, caseload: Sent, every: int) -> None:
    """Under the rules of then, what would have been is what was: on any day, at any position."""
    ledger, chance = place.ledger, Random(every)
    for name, youth in list(caseload.owners.items())[:3]:
        for position in range(0, ledger.positie + 1, every):
            day = chance.choice(caseload.days())
            clocks: dict[str, Any] = {"geldig_op": day, "bekend_op": position}
            for ask, about in (
                (ledger.stand, {"toewijzing": name}),
                (ledger.stand, {"jeugdige": youth}),
                (ledger.spoor, {"toewijzing": name, "limiet": 1000}),
                (ledger.spoor, {"jeugdige": youth, "limiet": 1000}),
            ):
                was = ask(**about, **clocks)  # type: ignore[operator]
                would_be = ask(**about, **clocks, regels=VAN_TOEN)  # type: ignore[operator]
                assert would_be == was, (about, clocks)


@randomly(2)
@given(seed=SEEDS)
def test_under_the_rules_of_then_what_would_have_been_is_what_was_on_sqlite(
    opened_sqlite: Opener, seed: int
) -> None:
    place, caseload = begun(opened_sqlite, seed, 22)
    assert_as_recorded_at_every_position(place, caseload, 1)
    assert [one for one in place.ledger.herspeel() if one.anders] == []
    assert all(one.gelijk for one in place.ledger.reproduceer_alles())


@pytest.mark.postgresql
@randomly(1)
@given(seed=SEEDS)
def test_under_the_rules_of_then_what_would_have_been_is_what_was_on_postgresql(
    opened_postgresql: Opener, seed: int
) -> None:
    place, caseload = begun(opened_postgresql, seed, 16)
    assert_as_recorded_at_every_position(place, caseload, 3)
    assert [one for one in place.ledger.herspeel() if one.anders] == []
    assert all(one.gelijk for one in place.ledger.reproduceer_alles())


def last_positions(place: Place, caseload: Sent) -> list[int]:
    """Up to where the ledger was known after each command."""
    with place.store.reading() as unit:
        found = [unit.log.find_command(command.command_id) for _, command in caseload.log]
    return [one.last_position for one in found if one is not None]


@randomly(len(OTHERS))
@given(seed=SEEDS)
def test_at_every_position_it_is_what_a_new_ledger_with_that_text_knew(
    opened_sqlite: Opener, seed: int
) -> None:
    place, caseload = begun(opened_sqlite, seed, 22)
    changes = OTHERS[seed % len(OTHERS)]
    text = changed_yaml("twente-2025", changes)

    def other(command: Command) -> Command:
        return attrs.evolve(command, tekst=text) if isinstance(command, VoerRegelingIn) else command

    with played(caseload.log, other) as (there, expected):
        assert would_be(place.ledger, caseload.log, changes) == expected
        ours = last_positions(place, caseload)
        known: list[int] = []
        for (_, command), said in zip(caseload.log, expected, strict=True):
            found = None
            if said[0][0] != "onmogelijk":
                with there._store.reading() as unit:
                    found = unit.log.find_command(command.command_id)
            known.append(known[-1] if found is None else found.last_position)
        for name in list(caseload.owners)[:3]:
            for here, at in zip(ours, known, strict=True):
                for day in caseload.days():
                    if f"toewijzing/{name}" not in streams(there, at):
                        continue
                    mine = place.ledger.stand(
                        toewijzing=name, geldig_op=day, bekend_op=here, regels=changes
                    )
                    theirs = there.stand(toewijzing=name, geldig_op=day, bekend_op=at)
                    assert plain(mine) == plain(theirs), (changes, name, here, day)


def streams(ledger: Any, position: int) -> set[str]:
    """The streams there are up to a position."""
    with ledger._store.reading() as unit:
        return {record.stream for record in unit.log.read_from(0, upto=position)}


@randomly(3)
@given(seed=SEEDS)
def test_nothing_recorded_later_changes_what_would_have_been(
    opened_sqlite: Opener, seed: int
) -> None:
    place = opened_sqlite()
    caseload = Sent(place.ledger, place.clock, Random(seed))
    caseload.begin()
    chance, asked = Random(seed), []

    def ask(question: str, values: dict[str, Any]) -> Any:
        return getattr(place.ledger, question)(**values)

    def ask_something() -> None:
        if caseload.owners:
            name = chance.choice(list(caseload.owners))
            values: dict[str, Any] = {
                "toewijzing": name,
                "geldig_op": chance.choice(caseload.days()),
                "bekend_op": chance.choice(
                    (place.ledger.positie, chance.randint(0, place.ledger.positie))
                ),
                "regels": chance.choice(OTHERS),
            }
            question = chance.choice(("stand", "spoor"))
            asked.append((question, values, ask(question, values)))

    caseload.play(26, ask_something)
    assert len(asked) > 15
    for question, values, answer in asked:
        assert ask(question, values) == answer, values


@randomly(3)
@given(seed=SEEDS)
def test_replaying_twice_gives_the_same_and_records_nothing(
    opened_sqlite: Opener, seed: int
) -> None:
    place, _ = begun(opened_sqlite, seed, 30)
    before = everything_stored(place.ledger)
    for changes in OTHERS[seed % 2 :: 2]:
        assert list(place.ledger.herspeel(changes)) == list(place.ledger.herspeel(changes))
    assert everything_stored(place.ledger) == before
    assert place.ledger.verify() == place.ledger.positie
