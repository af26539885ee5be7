"""Options that commands on a grootboek share, and opening one that is already there."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from rekenschap.application import Actor, Incorrect, Rekenschap
from rekenschap.infrastructure.open import open_grootboek
from rekenschap.infrastructure.open_reading import open_alleen_lezen
from rekenschap.infrastructure.store.engine import for_reading, make_reading_engine
from rekenschap.infrastructure.store.faults import transaction
from rekenschap.infrastructure.store.lag import only_reads
from rekenschap.infrastructure.store.reading import names_in

PRIMARY = "REKENSCHAP_PRIMAIR"
TABLES = "REKENSCHAP_STANDEN"
F = TypeVar("F", bound=Callable[..., Any])

database_option = click.option(
    "--database",
    "-d",
    required=True,
    envvar="REKENSCHAP_DATABASE",
    show_envvar=True,
    metavar="URL",
    help="sqlite:///file.db or postgresql://user@host:port/name.",
)
grootboek_option = click.option(
    "--grootboek",
    "-g",
    required=True,
    envvar="REKENSCHAP_GROOTBOEK",
    show_envvar=True,
    metavar="NAME",
    help="The ledger in that database.",
)
_OPTIONS = (
    database_option,
    grootboek_option,
    click.option(
        "--sleutel",
        "-s",
        type=click.Path(dir_okay=False),
        envvar="REKENSCHAP_SLEUTEL",
        show_envvar=True,
        metavar="FILE",
        help="The key file of the vault; needed for a server, found beside an SQLite file.",
    ),
)


def grootboek_options(command: F) -> F:
    """``--database``, ``--grootboek`` and ``--sleutel``, each also from the environment."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@contextmanager
def opened(
    database: str, grootboek: str, sleutel: str | os.PathLike[str] | None
) -> Iterator[Rekenschap]:
    """A grootboek that exists. A misspelt name makes nothing: it is Incorrect.

    A server that follows another one is only read, and so is one whose user may not record, and any
    database of which the primary or a file for the tables is named.
    """
    known, only_read = _looked_at(database, grootboek)
    if grootboek not in known:
        there = ", ".join(known) or "there is none in it"
        raise Incorrect("grootboek", grootboek, f"a grootboek of this database: {there}")
    who, purpose = _reader()
    asked: dict[str, Any] = {"grootboek": grootboek, "sleutel": sleutel}
    asked |= {"lezer": who, "doel": purpose}
    primary, tables = os.environ.get(PRIMARY) or None, os.environ.get(TABLES) or None
    with (
        open_alleen_lezen(database, primair=primary, standen=tables, **asked)
        if only_read or primary or tables
        else open_grootboek(database, **asked)
    ) as rekenschap:
        yield rekenschap


def _reader() -> tuple[Actor | None, str | None]:
    """Who reads and what for, out of the environment: whoever runs the command says so once."""
    named = os.environ.get("REKENSCHAP_LEZER")
    if not named:
        return None, None
    who, colon, role = named.rpartition(":")
    if not colon:
        raise Incorrect("REKENSCHAP_LEZER", None, "your id, a colon and your role", secret=True)
    return Actor(who, role), os.environ.get("REKENSCHAP_DOEL") or None


def existing(database: str, grootboek: str | None = None) -> list[str]:
    """The names of the grootboeken in a database; makes no file and no table.

    Where the rows are guarded, whoever is not their owner sees only the ``grootboek`` asked for.
    """
    return _looked_at(database, grootboek)[0]


def _looked_at(database: str, grootboek: str | None) -> tuple[list[str], bool]:
    """The names of the grootboeken, and whether they can only be read."""
    existing_file(database)
    engine = make_reading_engine(database, grootboek)
    try:
        with transaction(for_reading(engine)) as connection:
            known = names_in(connection)
            return known, bool(known) and only_reads(connection)
    finally:
        engine.dispose()


def existing_file(database: str) -> None:
    """Raises Incorrect for the URL of an SQLite file that is not there."""
    file = _file_of(database)
    if file is not None and not file.is_file():
        raise Incorrect("database", str(file), "the file of a database that exists")


def _file_of(database: str) -> Path | None:
    try:
        url = make_url(database)
    except (ArgumentError, ValueError, TypeError):
        return None
    is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(str(url.database)) if is_file else None
