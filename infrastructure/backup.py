"""A copy of an SQLite database while others write to it, and putting such a copy back.

The copy is one moment of the database: what was committed before it, and nothing after. The host's
key is not in it. PostgreSQL has tools of its own: see ``docs/backup.md``.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from attrs import frozen

from rekenschap.application.errors import Broken, Incorrect, Onbeschikbaar
from rekenschap.application.kluis import Wissingen
from rekenschap.infrastructure.open import open_grootboek
from rekenschap.infrastructure.store.engine import BUSY_SECONDS, sqlite_file
from rekenschap.infrastructure.store.keys import SUFFIX, sync_folder

Key = bytes | str | os.PathLike[str]
Register = str | os.PathLike[str] | Wissingen | None
BESIDE: Final = ("", "-wal", "-shm", "-journal")
SQLITE: Final = "an SQLite file; of PostgreSQL a copy is made with its own tools: docs/backup.md"
HEADS: Final = "SELECT name, position, hash FROM ledgers ORDER BY name"
LINE: Final = """
SELECT e.hash FROM events e JOIN ledgers l ON l.ledger = e.ledger
WHERE l.name = ? AND e.position = ?"""


@frozen
class Kop:
    """The end of a grootboek: the position of its last line, and that line's hash (hex)."""

    grootboek: str
    positie: int
    hash: str


@frozen
class Hersteld:
    """A grootboek that was put back: how many lines were verified, and how many persons the
    register of erasures made it erase again."""

    grootboek: str
    vastleggingen: int
    opnieuw_gewist: int


def backup(database: str, naar: str | os.PathLike[str]) -> tuple[Kop, ...]:
    """Copy an SQLite database to a new file; the ends of the grootboeken in the copy.

    Writers go on meanwhile. Raises Incorrect for a file that is there already or no SQLite
    database, Onbeschikbaar when the copy cannot be written.
    """
    source, target = sqlite_file(database), Path(naar)
    if source is None:
        raise Incorrect("database", None, SQLITE, secret=True)
    if not source.is_file():
        raise Incorrect("database", str(source), "the file of a database that exists")
    _refuse_existing("naar", target)
    draft = target.with_name(f"{target.name}.{secrets.token_hex(8)}.new")
    with _told(), _removed(draft):
        _reserve(draft)
        _copy(source, draft)
        heads = _heads(draft)
        with suppress(FileExistsError):
            os.link(draft, target)
            sync_folder(target.absolute().parent)
            return heads
    raise Incorrect("naar", str(target), "the name of a file that is not there yet")


def herstel(
    van: str | os.PathLike[str],
    database: str,
    *,
    sleutel: Key | None = None,
    wissingen: Register = None,
    koppen: Iterable[Kop] = (),
) -> tuple[Hersteld, ...]:
    """Put a copy back as a new database: verify the seal of each grootboek in it, hold it against
    ``koppen`` (ends that were noted elsewhere), and erase again whom ``wissingen`` tells.

    Raises Incorrect for a database that is there already and for a wrong key, Broken when the copy
    does not verify; then nothing is left behind.
    """
    source, target = Path(van), sqlite_file(database)
    if target is None:
        raise Incorrect("database", None, SQLITE, secret=True)
    if not source.is_file():
        raise Incorrect("van", str(source), "the file of a copy made by rekenschap backup")
    _refuse_existing("database", target)
    key = _key(target, sleutel)
    with _told():
        _reserve(target)
    try:
        with _told():
            _copy(source, target)
            heads = _heads(target)
            _hold_against(target, heads, tuple(koppen))
        url = f"sqlite:///{target}"
        return tuple(_restored(url, one.grootboek, key, wissingen) for one in heads)
    except BaseException:
        for end in BESIDE:
            Path(f"{target}{end}").unlink(missing_ok=True)
        raise


def _restored(url: str, name: str, key: Key, register: Register) -> Hersteld:
    with open_grootboek(url, grootboek=name, sleutel=key) as rekenschap:
        count = rekenschap.verify()
    with open_grootboek(url, grootboek=name, sleutel=key, wissingen=register) as rekenschap:
        return Hersteld(name, count, rekenschap.positie - count)


def _key(target: Path, given: Key | None) -> Key:
    """The key that was given, or the file beside the database; never a new one."""
    beside = target.with_name(target.name + SUFFIX)
    if given is None and not beside.is_file():
        allowed = "the key file this database was made with: put it there, or pass sleutel"
        raise Incorrect("sleutel", str(beside), allowed)
    return beside if given is None else given


def _refuse_existing(field: str, target: Path) -> None:
    if not target.absolute().parent.is_dir():
        raise Incorrect(field, str(target), "the name of a file in a folder that exists")
    for end in BESIDE:
        if Path(f"{target}{end}").exists():
            raise Incorrect(field, f"{target}{end}", "the name of a file that is not there yet")


def _reserve(target: Path) -> None:
    """An empty file that was not there: from here on it is ours to remove."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _copy(source: Path, target: Path) -> None:
    """All pages in one step, so that it is one moment; a writer in WAL mode waits for nothing."""
    with (
        closing(sqlite3.connect(source, timeout=BUSY_SECONDS)) as reading,
        closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as writing,
    ):
        reading.backup(writing, pages=-1)
        writing.execute("PRAGMA journal_mode = DELETE").close()  # one file, without a WAL beside it
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _heads(path: Path) -> tuple[Kop, ...]:
    with closing(sqlite3.connect(path)) as connection:
        return tuple(Kop(name, at, seal.hex()) for name, at, seal in connection.execute(HEADS))


def _hold_against(path: Path, heads: tuple[Kop, ...], noted: tuple[Kop, ...]) -> None:
    """A chain does not show that its end was cut off: an end that was noted elsewhere does."""
    there = {one.grootboek: one for one in heads}
    with closing(sqlite3.connect(path)) as connection:
        for one in noted:
            if one.grootboek not in there:
                raise Incorrect("kop", one.grootboek, "one of " + ", ".join(there))
            row = connection.execute(LINE, (one.grootboek, one.positie)).fetchone()
            if row is None:
                raise Broken(
                    "the copy ends before the end that was noted",
                    position=there[one.grootboek].positie + 1,
                )
            if row[0].hex() != one.hash:
                raise Broken(
                    "the line is another one than the end that was noted", position=one.positie
                )


@contextmanager
def _removed(draft: Path) -> Iterator[None]:
    try:
        yield
    finally:
        for end in BESIDE:
            Path(f"{draft}{end}").unlink(missing_ok=True)


@contextmanager
def _told() -> Iterator[None]:
    """What the database or the disk says, in the errors of the ledger."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # no such table
            raise Incorrect("van", None, "a database with a grootboek in it") from error
        raise Onbeschikbaar(f"the copy cannot be made ({error})") from error
    except sqlite3.DatabaseError as error:
        raise Broken(f"the database file is damaged ({error})") from error
    except OSError as error:
        raise Onbeschikbaar(f"the copy cannot be made ({error.strerror})") from error
