"""Writers that are killed, or cut off from their server, at a random moment; and what they left.

A round is one writer with persons of its own; several rounds share a grootboek, so that what is
found is also what all earlier kills left behind.
"""

import os
import signal
import time
from collections.abc import Sequence
from contextlib import closing
from math import inf
from random import Random

import attrs
from attrs import define
from sqlalchemy import make_url
from tests.application.care import introduced, opened
from tests.faults.databases import Databases, connect
from tests.faults.statements import sound
from tests.faults.writer import Operation, Order, digest, first_opened, operations
from tests.faults.writers import LONGEST, Heard, writers
from tests.projections import oracle

from rekenschap.application import Rekenschap
from rekenschap.infrastructure.codec import JsonCodec

NAME = "rekenschap-writer"
MOST_CUTS = 12


@define
class Tally:
    """What was counted over many rounds."""

    rounds: int = 0
    acknowledged: int = 0
    while_opening: int = 0
    in_flight_recorded: int = 0
    in_flight_not_recorded: int = 0
    cut_off: int = 0
    asked_again: int = 0
    lines_verified: int = 0

    def found(self) -> dict[str, int]:
        return attrs.asdict(self)


def kill_rounds(
    databases: Databases,
    seed: int,
    rounds: range,
    tally: Tally,
    *,
    per_ledger: int = 6,
    until: float = inf,
) -> None:
    """Kill a writer per round, somewhere in its first tenths of a second."""
    with writers() as them:
        for first in range(rounds.start, rounds.stop, per_ledger):
            if time.monotonic() > until:
                return
            url = named(databases)
            with opened(url) as ledger:
                ledger.execute(attrs.evolve(introduced(), command_id="regeling"))
            for number in range(first, min(first + per_ledger, rounds.stop)):
                order = Order(url, number, seed)
                pid = them.start(order)
                them.let_go_on(order)
                os.kill(pid, signal.SIGKILL)
                heard = them.rest()
                gone(databases, url)
                judge(databases, order, heard, tally)


def first_openings(databases: Databases, seed: int, rounds: range, until: float = inf) -> int:
    """Kill whoever makes a grootboek, while it does; the next one makes it. How many were."""
    done = 0
    with writers() as them:
        for number in rounds:
            if time.monotonic() > until:
                break
            order = Order(named(databases), number, seed, new=True)
            pid = them.start(order)
            time.sleep(Random(f"first {seed} {number}").uniform(0, 0.12))
            os.kill(pid, signal.SIGKILL)
            them.rest()
            gone(databases, order.url)
            for _ in range(2):
                with first_opened(order.url) as ledger:
                    assert (ledger.positie, ledger.verify()) == (1, 1), order
            done += 1
    return done


def cut_off_rounds(
    databases: Databases,
    seed: int,
    rounds: range,
    tally: Tally,
    *,
    per_ledger: int = 6,
    until: float = inf,
) -> None:
    """End the connections of a writer at random moments; it asks again until it is through."""
    with writers() as them:
        for first in range(rounds.start, rounds.stop, per_ledger):
            if time.monotonic() > until:
                return
            url = named(databases)
            with opened(url) as ledger:
                ledger.execute(attrs.evolve(introduced(), command_id="regeling"))
            for number in range(first, min(first + per_ledger, rounds.stop)):
                order = Order(url, number, seed, length=12, stubborn=True)
                pid = them.start(order)
                them.wait_for("open", 1)
                tally.cut_off += cut_off(url, pid, Random(f"moments {seed} {number}"))
                heard = them.rest()
                assert set(heard.answers) == set(range(len(operations(order)))), order
                judge(databases, order, heard, tally)


def cut_off(url: str, pid: int, chance: Random) -> int:
    """End the connections now and then while the writer lives; how many were ended.

    It may not lose its connection while it opens: it would end, as a host's process would.
    """
    ended, until = 0, time.monotonic() + LONGEST
    ending = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE %s"
    mine = f"application_name = '{NAME}' AND datname = current_database()"
    with closing(connect(plain(url))) as server:
        while alive(pid) and time.monotonic() < until and ended < MOST_CUTS:
            ended += server.execute((ending % mine).encode()).fetchone()[0]
            time.sleep(chance.uniform(0.005, 0.15))
    return ended


def alive(pid: int) -> bool:
    """Whether a process runs; the one that forked it waits for it, so it is no zombie for long."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def named(databases: Databases) -> str:
    """A fresh database, and on a server connections that can be told from those of others."""
    url = databases.fresh()
    if databases.kind == "sqlite":
        return url
    named_url = make_url(url).update_query_dict({"application_name": NAME})
    return named_url.render_as_string(hide_password=False)


def plain(url: str) -> str:
    """The same database, under no name."""
    nameless = make_url(url).difference_update_query(["application_name"])
    return nameless.render_as_string(hide_password=False)


def gone(databases: Databases, url: str) -> None:
    """Wait until the server has noticed: what it was doing may still become true."""
    if databases.kind == "sqlite":
        return
    left = f"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{NAME}' "
    until = time.monotonic() + LONGEST
    with closing(connect(plain(url))) as server:
        while server.execute(left + "AND datname = current_database()").fetchone()[0]:
            assert time.monotonic() < until, "the server keeps a connection of a dead process"
            time.sleep(0.002)


def judge(databases: Databases, order: Order, heard: Heard, tally: Tally) -> None:
    """What was left is whole, what was acknowledged is there, and the rest can be sent again."""
    asked = operations(order)
    url = plain(order.url) if databases.kind == "postgresql" else order.url
    with opened(url) as ledger:
        tally.lines_verified += sound(ledger)
        here = [recorded(ledger, operation) for operation in asked]
        reached = max(heard.answers, default=-1)
        commanded = [n for n, operation in enumerate(asked) if operation.commands]
        in_flight = next((n for n in commanded if n > reached), None)
        for number in commanded:
            assert here[number] in (set(), {True}, {False}), f"{order}: {number} is torn"
            if number in heard.answers:
                assert here[number] == {True}, f"{order}: {number} is lost"
            elif number != in_flight:
                assert here[number] == {False}, f"{order}: {number} came from nowhere"
        tally.rounds += 1
        tally.acknowledged += len(heard.answers)
        tally.while_opening += not heard.opened
        tally.asked_again += heard.failures
        if in_flight is not None and heard.opened:
            tally.in_flight_recorded += here[in_flight] == {True}
            tally.in_flight_not_recorded += here[in_flight] == {False}
        send_again(ledger, asked, heard, in_flight)
        assert_balances(ledger, f"T{order.round}", f"N{order.round}")


def recorded(ledger: Rekenschap, operation: Operation) -> set[bool]:
    """Whether the commands of an operation are in the log: all, none, or (torn) both."""
    with ledger._store.reading() as unit:
        found = [unit.log.find_command(one.command_id) for one in operation.commands]
    return {one is not None for one in found}


def send_again(
    ledger: Rekenschap, asked: Sequence[Operation], heard: Heard, in_flight: int | None
) -> None:
    """Everything once more: the same answers, nothing recorded, and the round goes on."""
    before = ledger.positie
    for number, answers in heard.answers.items():
        if asked[number].commands:
            again = [digest(answer) for answer in ledger.execute_batch(asked[number].commands)]
            assert again == answers, f"operation {number} has another answer"
    assert ledger.positie == before, "a command that was acknowledged was recorded twice"
    if in_flight is None:
        return
    first = ledger.execute_batch(asked[in_flight].commands)
    after = ledger.positie
    assert ledger.execute_batch(asked[in_flight].commands) == first
    assert ledger.positie == after, "a command that was in flight was recorded twice"


def assert_balances(ledger: Rekenschap, *names: str) -> None:
    """The balances are what a naive fold of the log says."""
    log = [JsonCodec.decode(record) for record in ledger._store.scan()]
    for name in names:
        for day in oracle.interesting_days(log, name)[::9]:
            known = oracle.known_of(log, name, len(log))
            if known is not None:
                said = ledger.stand(toewijzing=name, geldig_op=day)
                assert oracle.same(said) == oracle.balance(known, day), (name, day)
