"""Disks that are full: a writer is told, nothing is half-done, and it goes on once there is room.

A SQLite file gets no more pages than it has; a server of our own lies on a small disk in memory,
which is filled up, with its log of changes as well. That takes a mount, which only root may make.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from attrs import define
from sqlalchemy import event
from tests.application.care import effort, granted, introduced, opened, started
from tests.faults.clusters import NoServer, Server, alone, wait_until
from tests.faults.databases import connect
from tests.faults.writer import digest

from rekenschap.application import Onbeschikbaar, Rekenschap
from rekenschap.application.commands import Command

SIZE = "64m"
MANY = 2_000


@define
class Full:
    """What was counted on full disks."""

    times: int = 0
    acknowledged: int = 0
    servers_that_went_down: int = 0


def until_full(ledger: Rekenschap, word: str, tally: Full) -> tuple[dict[str, str], list[Command]]:
    """Write until there is no room: what was answered, and what was not."""
    answers: dict[str, str] = {}
    for number in range(MANY):
        ids = [f"{word}-{number}-{part}" for part in range(25)]
        batch: list[Command] = [effort("T1", 15, referentie=i, command_id=i) for i in ids]
        try:
            for command, answer in zip(batch, ledger.execute_batch(batch), strict=True):
                answers[command.command_id] = digest(answer)
        except Onbeschikbaar:
            tally.acknowledged += len(answers)
            tally.times += 1
            return answers, batch
    raise AssertionError("the disk does not get full")


def goes_on(ledger: Rekenschap, answers: dict[str, str], refused: list[Command]) -> None:
    """There is room again: nothing was half-done, what was answered is there, and the rest goes."""
    before = ledger.positie
    assert ledger.verify() == before
    for command_id, said in answers.items():
        command = effort("T1", 15, referentie=command_id, command_id=command_id)
        assert digest(ledger.execute(command)) == said
    assert ledger.positie == before, "what was answered was recorded anew"
    first = ledger.execute_batch(refused)
    assert ledger.positie in (before, before + len(refused)), "a batch was torn"
    assert ledger.execute_batch(refused) == first
    assert ledger.verify() == ledger.positie


def begin(ledger: Rekenschap) -> None:
    for command in (introduced(), granted("T1", volume=6_000_000), started("T1")):
        ledger.execute(command)


def sqlite_fills_up(url: str, tally: Full) -> None:
    """A file that gets no more pages than it has now and a few more."""
    pages = {"most": 2**30}
    with opened(url) as ledger:
        engine = ledger._store.engine  # type: ignore[attr-defined]

        @event.listens_for(engine, "checkout")
        def limit(connection: object, _record: object, _proxy: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {pages['most']}").close()  # type: ignore[attr-defined]

        begin(ledger)
        with engine.connect() as connection:
            now = connection.exec_driver_sql("PRAGMA page_count").scalar()
        pages["most"] = int(now) + 10
        answers, refused = until_full(ledger, "vol", tally)
        pages["most"] = 2**30
        goes_on(ledger, answers, refused)


def server_fills_up(
    server: Server, folder: Path, word: str, tally: Full, *, leave: int = 192 * 1024
) -> None:
    """The disk of a server is filled but for so many bytes, and written on until it is full."""
    database = f"grootboek_{word}"
    server.ask(f"CREATE DATABASE {database}")
    ballast = folder / "ballast"
    with opened(server.url(database)) as ledger:
        begin(ledger)
        fill(ballast, leave=leave)
        answers, refused = until_full(ledger, word, tally)
        ballast.unlink()
        if not comes_back(server):
            tally.servers_that_went_down += 1
            (server.folder / "postmaster.pid").unlink(missing_ok=True)
            server.start()
        with suppress(Onbeschikbaar):  # who had a connection to a server that went down
            _ = ledger.positie
        goes_on(ledger, answers, refused)
    server.ask(f"DROP DATABASE {database} WITH (FORCE)")
    server.ask("CHECKPOINT")


def fill(ballast: Path, *, leave: int) -> None:
    """Take all the room of a disk but for so many bytes."""
    room = shutil.disk_usage(ballast.parent).free - leave
    with ballast.open("wb", buffering=0) as file, suppress(OSError):  # the server takes room too
        for start in range(0, room, 65_536):
            file.write(bytes(min(65_536, room - start)))
    short = leave - shutil.disk_usage(ballast.parent).free
    if short > 0:
        os.truncate(ballast, max(0, ballast.stat().st_size - short))


def comes_back(server: Server) -> bool:
    """Whether a server answers, or starts again by itself."""
    import psycopg

    def answers() -> bool:
        try:
            with closing(connect(server.url())) as asked:
                asked.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    with suppress(AssertionError):
        wait_until(answers, 5)
        return True
    return False


@contextmanager
def on_a_small_disk() -> Iterator[tuple[Server, Path]]:
    """A server of our own on a disk of some tens of megabytes. Raises NoServer."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        raise NoServer("only root can mount a small disk")
    with tempfile.TemporaryDirectory(prefix="rekenschap-") as name:
        mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", name]
        done = subprocess.run(mounting, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise NoServer(f"no small disk can be mounted here ({done.stderr.strip()})")
        try:
            with alone(Path(name)) as server:
                yield server, Path(name)
        finally:
            subprocess.run(["umount", name], check=True)
