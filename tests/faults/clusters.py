"""PostgreSQL servers of the tests' own: a primary and a standby that follows it.

They are made with the binaries of an installed server, run on 127.0.0.1 at ports that were free,
write through to disk as a real one does, and are gone after the block.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from attrs import define, field

LONGEST = 60
"""Seconds after which a server that does not do what is asked is a failure."""
NAMES = ("een", "twee")
IN_MEMORY = Path("/dev/shm")
"""A disk in memory: a process that is killed leaves there what it leaves on any other."""
_SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
cluster_name = '{name}'
max_connections = 40
shared_buffers = '16MB'
dynamic_shared_memory_type = posix
max_wal_size = '64MB'
wal_log_hints = on
wal_keep_size = '64MB'
wal_retrieve_retry_interval = '200ms'
hot_standby_feedback = on
synchronous_standby_names = '{synchronous}'
fsync = on
log_min_messages = fatal
"""


class NoServer(Exception):
    """There are no binaries of a server here, or nobody to run them as."""


def binaries() -> Path:
    """The folder with initdb and its like. Raises NoServer."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    config = shutil.which("pg_config")
    if config is not None:
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        found.append(Path(told.stdout.strip()))
    for folder in reversed(found):
        if all((folder / one).exists() for one in ("initdb", "pg_ctl", "pg_basebackup")):
            return folder
    raise NoServer("no binaries of a PostgreSQL server (initdb, pg_ctl, pg_basebackup)")


def _somebody() -> dict[str, Any]:
    """A server refuses to run as root: whom to run it as, then."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise NoServer("a PostgreSQL server does not run as root, and there is nobody else")


def free_port() -> int:
    with closing(socket.socket()) as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


@define
class Server:
    """One server: its folder, and its port, which it keeps."""

    name: str
    folder: Path
    port: int
    _bin: Path
    _who: dict[str, Any]

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def run(self, program: str, *words: str | Path) -> None:
        """Run a program of the server as who may; raises with what it said."""
        done = subprocess.run(
            [self._bin / program, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST,
            cwd="/",
            check=False,
            **self._who,
        )
        assert done.returncode == 0, f"{program}: {done.stdout}"

    def make(self, *words: str) -> None:
        usual = ("-N", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8")
        self.run("initdb", "-D", self.folder, *usual, *words)

    def start(self) -> None:
        log = self.folder.with_suffix(".log")
        self.run("pg_ctl", "-D", self.folder, "-l", log, "-w", "-t", str(LONGEST), "start")

    def stop(self, how: str = "fast") -> None:
        self.run("pg_ctl", "-D", self.folder, "-m", how, "-w", "-t", str(LONGEST), "stop")

    def kill(self) -> None:
        """The server and all it started get SIGKILL, at once: no goodbye to anybody."""
        pid = (self.folder / "postmaster.pid").read_text().split("\n")[0]
        children = Path(f"/proc/{pid}/task/{pid}/children")
        them = [pid, *(children.read_text().split() if children.exists() else ())]
        subprocess.run(["kill", "-KILL", *them], check=False, capture_output=True)
        wait_until(lambda: not Path(f"/proc/{pid}").exists() if children else True)

    @property
    def runs(self) -> bool:
        return (self.folder / "postmaster.pid").exists()

    def ask(self, statement: str, database: str = "postgres") -> Any:
        """The first value a statement gives."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True, connect_timeout=10) as one:
            done = one.execute(statement.encode())
            row = done.fetchone() if done.description else None
            return row[0] if row else None

    def follow(self, other: "Server") -> None:
        """Become a standby of another server, from a copy of it as it is now."""
        shutil.rmtree(self.folder, ignore_errors=True)
        source = f"host=127.0.0.1 port={other.port} user=postgres application_name={self.name}"
        words = ("-d", source, "-D", self.folder, "-R", "-X", "stream", "-c", "fast", "-N")
        self.run("pg_basebackup", *words)
        self.configure(self.name)
        self.start()

    def rewind(self, other: "Server") -> None:
        """Become a standby of the server that took over: what was written here and is not there
        is taken back."""
        source = f"host=127.0.0.1 port={other.port} user=postgres dbname=postgres"
        (self.folder / "postmaster.pid").unlink(missing_ok=True)  # of one that was killed
        self.run("pg_rewind", "-N", "-D", self.folder, "--source-server", source)
        following = f"primary_conninfo = '{source} application_name={self.name}'\n"
        self.configure(self.name, following)
        (self.folder / "standby.signal").touch()
        self.start()

    def configure(self, name: str, more: str = "", synchronous: str = "*") -> None:
        settings = _SETTINGS.format(port=self.port, name=name, synchronous=synchronous)
        auto = self.folder / "postgresql.auto.conf"
        kept = auto.read_text() if auto.exists() and not more else ""
        (self.folder / "postgresql.conf").write_text(settings)
        auto.write_text(kept + more)


@define
class Pair:
    """A primary and its standby; who is which changes."""

    primary: Server
    standby: Server
    _databases: int = field(default=0, init=False)

    def url(self, database: str) -> str:
        """Either of them, whichever writes now."""
        hosts = ",".join(f"127.0.0.1:{one.port}" for one in (self.primary, self.standby))
        wanted = "target_session_attrs=read-write&connect_timeout=2"
        return f"postgresql://postgres@{hosts}/{database}?{wanted}"

    def fresh(self) -> str:
        """The name of a new database on both."""
        self._databases += 1
        name = f"grootboek_{self._databases}_{os.getpid()}"
        self.primary.ask(f"CREATE DATABASE {name}")
        return name

    def level(self) -> None:
        """Wait until the standby has all that the primary has."""
        there = self.primary.ask("SELECT pg_current_wal_lsn()")
        asked = f"SELECT pg_last_wal_replay_lsn() >= '{there}'::pg_lsn"
        wait_until(lambda: bool(self.standby.ask(asked)))

    def fail_over(self, how: str) -> None:
        """The primary goes (``kill``, ``immediate`` or ``fast``), and the standby takes over.

        Until the other one is back nobody confirms what is written, and who writes waits.
        """
        if how == "kill":
            self.primary.kill()
        else:
            self.primary.stop(how)
        self.standby.ask("SELECT pg_promote(true, 30)")
        self.standby.ask("CHECKPOINT")  # before it pg_rewind takes it for one that was not promoted
        self.primary, self.standby = self.standby, self.primary

    def rejoin(self, *, rewind: bool) -> None:
        """The old primary comes back as standby of the new one."""
        if rewind:
            self.standby.rewind(self.primary)
        else:
            self.standby.follow(self.primary)
        self.attached()

    def attached(self) -> None:
        """Wait until the standby confirms what the primary writes."""
        asked = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
        wait_until(lambda: self.primary.ask(asked) == 1)


def wait_until(true: Any, longest: float = LONGEST) -> None:
    until = time.monotonic() + longest
    while not true():
        assert time.monotonic() < until, "a server does not come so far"
        time.sleep(0.02)


@contextmanager
def servers(
    names: Sequence[str] = NAMES, home: Path | None = None, *, where: Path | None = None
) -> Iterator[list[Server]]:
    """Servers that are not there yet; whatever runs in their folders is stopped afterwards."""
    folder, who = binaries(), _somebody()
    with tempfile.TemporaryDirectory(
        prefix="rekenschap-", dir=where, ignore_cleanup_errors=True
    ) as name:
        home = Path(name) if home is None else home
        if who:
            os.chown(home, who["user"], who["group"])
        made = [Server(one, home / one, free_port(), folder, who) for one in names]
        try:
            yield made
        finally:
            for one in made:
                if one.runs:
                    one.stop("immediate")


@contextmanager
def alone(home: Path | None = None) -> Iterator[Server]:
    """One server, with all it has in a folder of the caller's if that is given."""
    with servers(NAMES[:1], home) as (only,):
        only.make("--wal-segsize", "1")
        small = "wal_keep_size = 0\nmin_wal_size = '2MB'\nmax_wal_size = '8MB'\n"
        only.configure(only.name, small, synchronous="")
        only.start()
        yield only


@contextmanager
def pair(*, in_memory: bool = False) -> Iterator[Pair]:
    """A primary whose commits wait until its standby has them on disk, and that standby."""
    where = IN_MEMORY if in_memory and os.access(IN_MEMORY, os.W_OK) else None
    with servers(where=where) as (first, second):
        first.make()
        first.configure(first.name)
        first.start()
        second.follow(first)
        both = Pair(first, second)
        both.attached()
        yield both
